// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "client/mcpclient.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <functional>
#include <memory>
#include <optional>

namespace gatehouse::test {

using namespace gatehouse::client;
using namespace Qt::StringLiterals;

using Reply = std::function<base::FetchResult(const base::FetchRequest &)>;

/// Answers from a function, later, and remembers what was asked.
class Script : public base::Fetcher
{
public:
    Reply reply;
    QList<base::FetchRequest> asked;

    base::CancelFetch fetch(const base::FetchRequest &request,
                            std::function<void(base::FetchResult)> done) override
    {
        asked.append(request);
        const auto isWanted = std::make_shared<bool>(true);
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [this, request, isWanted, done = std::move(done)] {
                if (!*isWanted)
                    return;
                base::FetchResult result = reply(request);
                // Byte by byte: what comes in pieces must be read in pieces.
                if (result && request.onBody) {
                    const QByteArray body = std::exchange(result->body, {});
                    for (qsizetype i = 0;
                         i < body.size() && !request.onBody(*result, QByteArrayView(body).sliced(i, 1));
                         ++i) { }
                }
                done(result);
            },
            Qt::QueuedConnection);
        return [isWanted] { *isWanted = false; };
    }

    [[nodiscard]] QStringList methods() const
    {
        QStringList names;
        for (const auto &request : asked)
            names.append(request.method == "POST" ? bodyOf(request).value("method"_L1).toString()
                                                  : QString::fromLatin1(request.method));
        return names;
    }
    static QJsonObject bodyOf(const base::FetchRequest &request)
    {
        return base::readJsonObject(request.body).value_or(QJsonObject());
    }
    static QByteArray header(const base::FetchRequest &request, const QByteArray &name)
    {
        for (const auto &[key, value] : request.headers) {
            if (key.compare(name, Qt::CaseInsensitive) == 0)
                return value;
        }
        return {};
    }
};

inline base::FetchReply http(int status, const QByteArray &body = {},
                             const QByteArray &type = "application/json")
{
    return {status, {{"content-type"_ba, type}}, body};
}

inline base::FetchReply answer(const base::FetchRequest &request, const QJsonObject &result)
{
    return http(200,
                base::writeJson(QJsonObject{{u"jsonrpc"_s, u"2.0"_s},
                                            {u"id"_s, Script::bodyOf(request).value("id"_L1)},
                                            {u"result"_s, result}}));
}

inline base::FetchReply rpcError(int status, int code, const QString &text, const QJsonObject &data = {})
{
    QJsonObject error{{u"code"_s, code}, {u"message"_s, text}};
    if (!data.isEmpty())
        error.insert(u"data"_s, data);
    return http(
        status,
        base::writeJson(QJsonObject{{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, QJsonValue()}, {u"error"_s, error}}));
}

/// A server of 2025-11-25 with one session, which knows no other era; `more` answers what is left.
inline Reply legacy(const Reply &more, const QByteArray &session = "s-1")
{
    return [more, session](const base::FetchRequest &request) -> base::FetchResult {
        const QString method = Script::bodyOf(request).value("method"_L1).toString();
        if (method == "server/discover"_L1)
            return rpcError(200, -32601, u"Method not found"_s);
        if (method == "initialize"_L1) {
            auto reply
                = answer(request,
                         {{u"protocolVersion"_s, u"2025-11-25"_s},
                          {u"capabilities"_s, QJsonObject()},
                          {u"serverInfo"_s, QJsonObject{{u"name"_s, u"old"_s}, {u"version"_s, u"1"_s}}}});
            reply.headers.append({"mcp-session-id"_ba, session});
            return reply;
        }
        if (method == "notifications/initialized"_L1)
            return http(202);
        return more(request);
    };
}

template <typename T> struct Got
{
    std::optional<base::Expected<T, Error>> value;
    Done<T> taker()
    {
        return [this](base::Expected<T, Error> came) { value = std::move(came); };
    }
};

/// Each exchange ends when the test says so.
class Held : public base::Fetcher
{
public:
    struct One
    {
        base::FetchRequest request;
        std::function<void(base::FetchResult)> done;
        bool isCancelled = false;
        std::shared_ptr<bool> over = std::make_shared<bool>(false);
        [[nodiscard]] bool isOver() const { return *over; }
    };
    QList<std::shared_ptr<One>> all;

    base::CancelFetch fetch(const base::FetchRequest &request,
                            std::function<void(base::FetchResult)> done) override
    {
        const auto one = std::make_shared<One>(One{request, {}});
        one->done = [over = one->over, done = std::move(done)](base::FetchResult result) {
            *over = true;
            done(std::move(result));
        };
        all.append(one);
        return [one] { one->isCancelled = true; };
    }
    [[nodiscard]] QJsonObject body(qsizetype number) const { return Script::bodyOf(all.at(number)->request); }
    /// Of the newest that was sent so.
    [[nodiscard]] One &last(const QString &method) const
    {
        for (qsizetype i = all.size() - 1; i >= 0; --i) {
            if (all.at(i)->request.method == "POST"
                    ? body(i).value("method"_L1) == method
                    : QString::fromLatin1(all.at(i)->request.method) == method)
                return *all.at(i);
        }
        qFatal("Nothing like that was sent");
    }
    static void finish(One &one, base::FetchReply reply)
    {
        const QByteArray body = std::exchange(reply.body, {});
        if (one.request.onBody && !body.isEmpty())
            (void)one.request.onBody(reply, body);
        one.done(reply);
    }
    static void feed(One &one, const QByteArray &text)
    {
        if (!one.isCancelled && one.request.onBody(head(), text))
            one.done(head());
    }
    static base::FetchReply head() { return http(200, {}, "text/event-stream"); }
    static QByteArray event(const QJsonObject &message)
    {
        return "data: " + base::writeJson(message) + "\n\n";
    }
    /// The answer to the newest call, as an event.
    static QByteArray answerTo(const One &one)
    {
        return event({{u"jsonrpc"_s, u"2.0"_s},
                      {u"id"_s, Script::bodyOf(one.request).value("id"_L1)},
                      {u"result"_s, QJsonObject{{u"content"_s, QJsonArray()}}}});
    }
};

} // namespace gatehouse::test
