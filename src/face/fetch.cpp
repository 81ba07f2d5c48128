// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/characters.h"
#include "base/json.h"
#include "fetch/networkfetcher.h"
#include "mcp/handlercall.h"

#include <QCoreApplication>
#include <QThread>

#include <Gatehouse/fetch.h>

using namespace Qt::StringLiterals;
using namespace gatehouse;

namespace Gatehouse {

void fetch(const QString &url, const QList<std::pair<QString, QString>> &headers,
           std::function<void(int status, const QJsonObject &body)> then)
{
    base::FetchRequest request;
    request.url = QUrl(url);
    request.headers.append({"Accept"_ba, "application/json"_ba});
    bool isClean = true; // A line break in one would begin another.
    for (const auto &[name, value] : headers) {
        request.headers.append({name.toUtf8(), value.toUtf8()});
        isClean = isClean && base::isToken(request.headers.last().first)
            && base::isFieldValue(request.headers.last().second);
    }
    // Goes with its answer; where the program ends before that, with the program.
    auto *program = QCoreApplication::instance();
    const bool isOnItsThread = program && program->thread() == QThread::currentThread();
    auto *fetcher = new gatehouse::fetch::NetworkFetcher(isOnItsThread ? program : nullptr);
    const auto done = [fetcher, then = std::move(then)](int status, const QJsonObject &body) {
        fetcher->deleteLater();
        mcp::callHandler([&] { then(status, body); });
    };
    if (!isClean) {
        QMetaObject::invokeMethod(
            fetcher,
            [done] {
                done(0, {{u"error"_s, u"A header field cannot be sent as it is."_s}});
            },
            Qt::QueuedConnection);
        return;
    }
    fetcher->fetch(request, [done](const base::FetchResult &fetched) {
        if (fetched)
            done(fetched->status, base::readJsonObject(fetched->body).value_or(QJsonObject()));
        else
            done(0, {{u"error"_s, fetched.error().text}});
    });
}

} // namespace Gatehouse
