// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/fetch.h"
#include "base/random.h"
#include "keys/signingkey.h"

#include <QByteArray>
#include <QHash>
#include <QUrl>

#include <functional>

namespace gatehouse::oauth {

/// A key for proofs of possession: ES256, for one run. The error is a sentence.
[[nodiscard]] base::Expected<keys::SigningKey, QString> makeDpopKey();

/// One proof (RFC 9449 §4.2): that whoever sends this request has the key. `token`: the access token that it
/// goes with, empty at a token endpoint; `nonce`: what that server asked for, empty where it did not.
[[nodiscard]] QByteArray dpopProof(const keys::SigningKey &key, const base::FetchRequest &request,
                                   const QByteArray &token, const QByteArray &nonce, qint64 nowMs,
                                   const base::Random &random);

/// Gives requests to the token endpoint, and those with a token that is bound to the key, their proofs, and
/// passes all others on as they are. A server that asks for a nonce (§8, §9) has refused the request unread:
/// it is sent once more with that. One thread.
class DpopFetcher : public base::Fetcher
{
public:
    DpopFetcher(base::Fetcher *inner, keys::SigningKey key, base::Clock clock, base::Random random);

    /// Whose requests want a proof, and how to make one of them anew: what a client signs of itself works
    /// once.
    void setTokenEndpoint(const QUrl &url, std::function<base::FetchRequest()> remake)
    {
        m_tokenEndpoint = url;
        m_remake = std::move(remake);
    }
    /// Shown as "DPoP" from now on where it would be shown as "Bearer"; empty: there is none.
    void setBoundToken(const QByteArray &token) { m_token = token; }

    base::CancelFetch fetch(const base::FetchRequest &request,
                            std::function<void(base::FetchResult)> done) override;

private:
    struct Exchange;
    void send(const std::shared_ptr<Exchange> &exchange);
    void take(const std::shared_ptr<Exchange> &exchange, base::FetchResult result);
    [[nodiscard]] base::FetchRequest withProof(const base::FetchRequest &request) const;
    [[nodiscard]] bool wantsProof(const base::FetchRequest &request) const;

    base::Fetcher *m_inner;
    keys::SigningKey m_key;
    base::Clock m_clock;
    base::Random m_random;
    QUrl m_tokenEndpoint;
    std::function<base::FetchRequest()> m_remake;
    QByteArray m_token;
    QHash<QString, QByteArray> m_nonces; ///< The last one of each origin.
};

} // namespace gatehouse::oauth
