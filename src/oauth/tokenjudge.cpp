// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/tokenjudge.h"

#include "auth/gate.h"
#include "auth/keysource.h"
#include "keys/algorithm.h"

#include <utility>

namespace gatehouse::oauth {

namespace {

/// Asks on behalf of the server that the user named.
class ForServer : public base::Fetcher
{
public:
    ForServer(base::Fetcher *inner, const QString &server)
        : m_inner(inner)
        , m_host(QUrl(server).host())
    { }
    base::CancelFetch fetch(const base::FetchRequest &request,
                            std::function<void(base::FetchResult)> done) override
    {
        base::FetchRequest marked = request;
        marked.onBehalfOf = m_host;
        return m_inner->fetch(marked, std::move(done));
    }

private:
    base::Fetcher *m_inner;
    QString m_host;
};

} // namespace

/// The gate for one token. The gate points at the keys and goes first.
struct TokenJudge::Bench
{
    Bench(const auth::Policy &policy, const Expected &expected, base::Fetcher *inner,
          const base::Clock &clock)
        : fetcher(inner, expected.server)
        , keys(expected.keysAddress, &fetcher, clock)
        , gate(policy, &keys, clock)
    { }

    ForServer fetcher;
    auth::KeySource keys;
    auth::AuthGate gate;
};

TokenJudge::TokenJudge(base::Fetcher *fetcher, base::Clock clock, QObject *parent)
    : QObject(parent)
    , m_fetcher(fetcher)
    , m_clock(std::move(clock))
{ }

TokenJudge::~TokenJudge()
{
    if (m_isWanted)
        *m_isWanted = false;
}

void TokenJudge::judge(const QByteArray &token, const Expected &expected,
                       std::function<void(auth::Verdict)> done)
{
    if (m_isWanted)
        *m_isWanted = false;
    m_bench.reset();
    if (token.isEmpty())
        return;
    auth::Policy policy;
    policy.issuer = expected.issuer;
    policy.resource = expected.audience;
    policy.algorithms = keys::algorithmNames(); // Which of them its server takes is for that to say.
    policy.accessTokensOnly = !expected.idToken;
    policy.verifyJwt = !expected.keysAddress.isEmpty();
    m_bench = std::make_unique<Bench>(policy, expected, m_fetcher, m_clock);
    m_isWanted = std::make_shared<bool>(true);
    m_bench->gate.judge({{"Bearer " + token}, {}},
                        [isWanted = m_isWanted, done = std::move(done)](const auth::Judgement &judged) {
                            if (*isWanted)
                                done(judged.verdict);
                        });
}

} // namespace gatehouse::oauth
