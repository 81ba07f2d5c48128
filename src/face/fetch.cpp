// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "fetch/networkfetcher.h"

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
    for (const auto &[name, value] : headers)
        request.headers.append({name.toUtf8(), value.toUtf8()});
    // Goes with its answer; where the program ends before that, with the program.
    auto *program = QCoreApplication::instance();
    const bool isOnItsThread = program && program->thread() == QThread::currentThread();
    auto *fetcher = new gatehouse::fetch::NetworkFetcher(isOnItsThread ? program : nullptr);
    fetcher->fetch(request, [fetcher, then = std::move(then)](const base::FetchResult &fetched) {
        fetcher->deleteLater();
        if (fetched)
            then(fetched->status, base::readJsonObject(fetched->body).value_or(QJsonObject()));
        else
            then(0, {{u"error"_s, fetched.error().text}});
    });
}

} // namespace Gatehouse
