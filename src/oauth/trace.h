// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/fetch.h"
#include "base/mask.h"
#include "base/random.h"
#include "oauth/step.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <functional>

namespace gatehouse::oauth {

/// `secret` are names of headers whose values are masked whatever they are called.
[[nodiscard]] QString sentText(QByteArrayView method, const QUrl &url, const base::Headers &headers,
                               QByteArrayView body, base::Place place, const QByteArrayList &secret = {});
[[nodiscard]] QString answeredText(int status, const base::Headers &headers, QByteArrayView body,
                                   base::Place place, const QByteArrayList &secret = {});
/// A query with one decoded parameter per line, masked and bounded.
[[nodiscard]] QString parametersText(QByteArrayView query);
[[nodiscard]] QString requestLineOf(QByteArrayView method, const QUrl &url);

/// Passes everything on to another fetcher, marked with an X-Request-Id of its own, and tells of each
/// exchange twice: as soon as it is sent, and when its answer has come, before the caller hears of it. Knows
/// what is under way, so that all of it can be ended at once.
class TracingFetcher : public base::Fetcher
{
public:
    /// `server`: the address that the user named, on whose behalf all is asked.
    TracingFetcher(base::Fetcher *inner, const QString &server, base::Clock clock, base::Random random,
                   std::function<void(const Leg &)> told);
    ~TracingFetcher() override;
    /// Headers that the user gives for the server: what they hold is not known here.
    void setSecretHeaders(const QByteArrayList &names) { m_secretHeaders = names; }
    /// All that is asked from now on may be answered by a server of this machine that nobody vouches for.
    void setTrustsThisMachine(bool trusts) { m_trustsThisMachine = trusts; }
    Q_DISABLE_COPY_MOVE(TracingFetcher)

    base::CancelFetch fetch(const base::FetchRequest &request,
                            std::function<void(base::FetchResult)> done) override;
    /// Ends all that is under way; none of its callbacks comes any more.
    void cancel();

private:
    base::Fetcher *m_inner;
    QUrl m_server;
    QByteArrayList m_secretHeaders;
    base::Clock m_clock;
    base::Random m_random;
    std::function<void(const Leg &)> m_told;
    bool m_trustsThisMachine = false;
    qint64 m_last = 0;
    QHash<qint64, base::CancelFetch> m_underway;
};

} // namespace gatehouse::oauth
