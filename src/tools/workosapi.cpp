// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/workosapi.h"

#include "base/json.h"
#include "base/mask.h"

#include <QJsonArray>

#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::tools {

namespace {

constexpr int timeoutMs = 10'000;
constexpr qsizetype maximumBytes = 1024 * 1024;
constexpr int pageSize = 100; // The most that WorkOS gives.
constexpr int longestRetry = 3600;

QString messageIn(const QByteArray &body)
{
    // The specification promises nothing but `message`.
    const QString message
        = base::readJsonObject(body).value_or(QJsonObject()).value("message"_L1).toString().simplified();
    return base::maskText(message.left(300));
}

ApiFault faultOf(const base::FetchReply &reply)
{
    ApiFault fault{ApiFault::Kind::Failed, messageIn(reply.body)};
    switch (reply.status) {
    case 400:
    case 409:
    case 422:
        fault.kind = ApiFault::Kind::Refused;
        break;
    case 401:
        fault.kind = ApiFault::Kind::KeyRefused;
        break;
    case 403:
        fault.kind = ApiFault::Kind::Forbidden;
        break;
    case 404:
        fault.kind = ApiFault::Kind::NotFound;
        break;
    case 429:
        fault.kind = ApiFault::Kind::TooMany;
        fault.retryAfter = std::clamp(reply.header("retry-after").toInt(), 0, longestRetry);
        break;
    default:
        break;
    }
    return fault;
}

/// What list() has so far.
struct Pages
{
    QList<QJsonObject> data = {};
    base::CancelFetch cancel = [] {};
};

} // namespace

QString sentenceOf(const ApiFault &fault)
{
    switch (fault.kind) {
    case ApiFault::Kind::Unreachable:
        return u"WorkOS does not answer: try again in a moment."_s;
    case ApiFault::Kind::KeyRefused:
        return u"WorkOS does not take this server's API key: whoever runs it has to set another one."_s;
    case ApiFault::Kind::Forbidden:
        return u"WorkOS does not let this server's API key do that."_s;
    case ApiFault::Kind::NotFound:
        return u"WorkOS knows no such thing in this environment."_s;
    case ApiFault::Kind::Refused:
        return fault.message.isEmpty() ? u"WorkOS refused this."_s
                                       : u"WorkOS refused this: "_s + fault.message;
    case ApiFault::Kind::TooMany:
        return fault.retryAfter > 0
            ? u"WorkOS has had too many requests from here: try again in %1 seconds."_s.arg(fault.retryAfter)
            : u"WorkOS has had too many requests from here: try again in a moment."_s;
    case ApiFault::Kind::Failed:
        return u"WorkOS failed at this: try again in a moment."_s;
    }
    return {};
}

WorkOsApi::WorkOsApi(base::Fetcher *fetcher, ApiAccess access)
    : m_fetcher(fetcher)
    , m_access(std::move(access))
{ }

base::CancelFetch WorkOsApi::send(const QByteArray &method, const QStringList &path, const web::Form &query,
                                  const QByteArray &body, const Answer &answer) const
{
    QByteArray address = m_access.address.toUtf8();
    for (const QString &part : path) {
        // So that no id leads elsewhere. Dots have no escape that counts (RFC 3986 §6.2.2.3).
        const bool isStep = part == "."_L1 || part == ".."_L1;
        address += '/' + (isStep ? "none"_ba : QUrl::toPercentEncoding(part));
    }
    if (!query.fields().isEmpty())
        address += '?' + query.text();
    base::FetchRequest request;
    request.method = method;
    request.url = QUrl::fromEncoded(address, QUrl::StrictMode);
    request.headers = {{"Authorization"_ba, "Bearer " + m_access.key}, {"Accept"_ba, "application/json"_ba}};
    if (!body.isEmpty())
        request.headers.append({"Content-Type"_ba, "application/json"_ba});
    request.body = body;
    request.timeoutMs = timeoutMs;
    request.maximumBytes = maximumBytes;
    return m_fetcher->fetch(request, [answer](const base::FetchResult &result) {
        if (!result)
            return answer(base::failure(ApiFault{ApiFault::Kind::Unreachable, result.error().text}));
        if (result->status < 200 || result->status > 299)
            return answer(base::failure(faultOf(*result)));
        if (result->body.trimmed().isEmpty())
            return answer(QJsonObject());
        const auto object = base::readJsonObject(result->body);
        if (!object)
            return answer(base::failure(ApiFault{ApiFault::Kind::Failed, object.error().text}));
        answer(*object);
    });
}

base::CancelFetch WorkOsApi::get(const QStringList &path, Answer answer) const
{
    return send("GET"_ba, path, {}, {}, answer);
}

base::CancelFetch WorkOsApi::post(const QStringList &path, const QJsonObject &body, Answer answer) const
{
    return send("POST"_ba, path, {}, base::writeJson(body), answer);
}

base::CancelFetch WorkOsApi::remove(const QStringList &path, Answer answer) const
{
    return send("DELETE"_ba, path, {}, {}, answer);
}

base::CancelFetch WorkOsApi::list(const QStringList &path, const web::Form &query, qsizetype most,
                                  const ListAnswer &answer) const
{
    const auto pages = std::make_shared<Pages>();
    const auto next = std::make_shared<std::function<void(const QString &)>>();
    // It is held by the question under way, and by nobody once that is answered.
    *next = [api = *this, path, query, most, answer, pages,
             weak = std::weak_ptr(next)](const QString &after) {
        web::Form page = query;
        page.add(u"limit"_s, QString::number(pageSize));
        if (!after.isEmpty())
            page.add(u"after"_s, after);
        pages->cancel = api.send(
            "GET"_ba, path, page, {},
            [pages, most, answer, again = weak.lock()](const base::Expected<QJsonObject, ApiFault> &one) {
                if (!one)
                    return answer(base::failure(one.error()));
                const QJsonArray data = one->value("data"_L1).toArray();
                for (const QJsonValue &item : data)
                    pages->data.append(item.toObject());
                const QString following = (*one)["list_metadata"_L1]["after"_L1].toString();
                // A server that goes on for ever, or gives nothing and says that there is more, is not
                // followed.
                if (following.isEmpty() || data.isEmpty() || pages->data.size() > most)
                    return answer(pages->data.first(std::min(pages->data.size(), most + 1)));
                (*again)(following);
            });
    };
    (*next)({});
    return [pages] { pages->cancel(); };
}

} // namespace gatehouse::tools
