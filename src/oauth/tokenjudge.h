// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/verdict.h"
#include "base/clock.h"
#include "base/fetch.h"

#include <QObject>
#include <QUrl>

#include <functional>
#include <memory>

namespace gatehouse::oauth {

/// What a client itself can tell of a token before it sends it: the same checks as a server's gate, with the
/// issuer's keys. Lives on one thread.
class TokenJudge : public QObject
{
    Q_OBJECT

public:
    struct Expected
    {
        QString issuer;
        QString audience; ///< The resource for an access token, the client's id for an ID token.
        QUrl keysAddress; ///< jwks_uri. Empty: the signature is not checked.
        QString server
            = {}; ///< That the user named, and that led to this address (base::FetchRequest::onBehalfOf).
        bool idToken = false; ///< An ID token for the client itself, which no server would take.
    };

    TokenJudge(base::Fetcher *fetcher, base::Clock clock, QObject *parent = nullptr);
    ~TokenJudge() override;

    /// Answers once, unless it is asked anew or destroyed before. Says nothing where there is no token.
    void judge(const QByteArray &token, const Expected &expected, std::function<void(auth::Verdict)> done);

private:
    struct Bench;
    base::Fetcher *m_fetcher;
    base::Clock m_clock;
    std::unique_ptr<Bench> m_bench;
    std::shared_ptr<bool> m_isWanted; ///< Of the answer that is under way: a gate gives one even while it is
                                      ///< being destroyed.
};

} // namespace gatehouse::oauth
