// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/fetch.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <functional>

namespace gatehouse::oauth {

/// One request and its answer as a person may see them: masked at birth, bounded.
struct Leg
{
    QString requestLine; ///< "GET https://acme.authkit.app/…"
    int status = 0; ///< 0 without an answer.
    QString sent; ///< Request line, headers and body.
    QString answered; ///< Status, headers and body, or what went wrong.
    qint64 tookMs = 0;
};

[[nodiscard]] QString sentText(QByteArrayView method, const QUrl &url, const base::Headers &headers,
                               QByteArrayView body);
[[nodiscard]] QString answeredText(int status, const base::Headers &headers, QByteArrayView body);
[[nodiscard]] QString requestLineOf(QByteArrayView method, const QUrl &url);

/// Passes everything on to another fetcher and tells of each exchange when its answer has come, before the
/// caller hears of it. Knows what is under way, so that all of it can be ended at once.
class TracingFetcher : public base::Fetcher
{
public:
    TracingFetcher(base::Fetcher *inner, base::Clock clock, std::function<void(const Leg &)> told);
    ~TracingFetcher() override;
    Q_DISABLE_COPY_MOVE(TracingFetcher)

    base::CancelFetch fetch(const base::FetchRequest &request,
                            std::function<void(base::FetchResult)> done) override;
    /// Ends all that is under way; none of its callbacks comes any more.
    void cancel();

private:
    base::Fetcher *m_inner;
    base::Clock m_clock;
    std::function<void(const Leg &)> m_told;
    qint64 m_last = 0;
    QHash<qint64, base::CancelFetch> m_underway;
};

} // namespace gatehouse::oauth
