// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/fetch.h"

#include <QHash>
#include <QPointer>
#include <QTimer>

namespace gatehouse::test {

/// Answers from a table of addresses, from the event loop as a real fetcher does, and counts what was asked.
class ScriptedFetcher : public QObject, public base::Fetcher
{
public:
    base::CancelFetch fetch(const base::FetchRequest &request,
                            std::function<void(base::FetchResult)> done) override
    {
        ++count;
        last = request;
        // Read when the answer is due, as a real server would.
        auto *timer = new QTimer(this);
        timer->callOnTimeout(timer, [this, timer, url = request.url.toString(), done = std::move(done)] {
            timer->deleteLater();
            if (const auto found = answers.constFind(url); found != answers.cend())
                done(base::FetchReply{found->first, headers, found->second});
            else
                done(base::failure(base::FetchError{fault, QStringLiteral("scripted")}));
        });
        timer->setSingleShot(true);
        timer->start(delayMs);
        return [pending = QPointer(timer)] { delete pending; };
    }

    QHash<QString, QPair<int, QByteArray>> answers; ///< Address → status and body; all others fail.
    base::Headers headers; ///< Of every answer; names in lower case.
    base::FetchFault fault = base::FetchFault::Unreachable;
    int delayMs = 0;
    int count = 0;
    base::FetchRequest last; ///< As it came.
};

} // namespace gatehouse::test
