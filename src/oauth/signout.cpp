// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/signout.h"

#include "base/secretstore.h"
#include "oauth/tokenrequest.h"
#include "oauth/tokens.h"

#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

namespace {

struct SigningOut
{
    QString server;
    FlowParts parts;
    std::function<void(const SignedOut &)> done;
    GrantedTokens grant = {};
    Tokens tokens = {};
    QString key = {}; ///< Of the tokens.
    SignedOut out = {};

    using Mine = std::shared_ptr<SigningOut>;

    static void lookForGrant(const Mine &mine)
    {
        mine->parts.secrets->read(grantKey(mine->server), [mine](const std::optional<QByteArray> &kept) {
            const auto grant = kept ? readGrant(*kept, mine->server) : std::nullopt;
            if (!grant)
                return mine->done(mine->out);
            mine->grant = *grant;
            mine->out = {true, grant->issuer, false, {}};
            mine->key = tokensKey(grant->issuer, grant->resource.isEmpty() ? mine->server : grant->resource,
                                  grant->client.id);
            lookForTokens(mine);
        });
    }

    static void lookForTokens(const Mine &mine)
    {
        mine->parts.secrets->read(mine->key, [mine](const std::optional<QByteArray> &kept) {
            mine->tokens = (kept ? readStoredTokens(*kept) : std::nullopt).value_or(Tokens());
            if (mine->tokens.refresh.isEmpty() && mine->tokens.access.isEmpty())
                return end(mine, u"No token was kept."_s);
            findServer(mine->parts.fetcher, mine->grant.issuer, mine->server,
                       [mine](const base::Expected<AuthorizationServer, Failure> &found) {
                           found ? revoke(mine, *found) : end(mine, found.error().text);
                       });
        });
    }

    static void revoke(const Mine &mine, AuthorizationServer server)
    {
        const QUrl endpoint(server.document.value("revocation_endpoint"_L1).toString(), QUrl::StrictMode);
        if (endpoint.isEmpty() || !mayAsk(endpoint, mine->server))
            return end(mine, u"The authorization server does not say how tokens are revoked."_s);
        server.tokenEndpoint = endpoint;
        const bool isRefresh = !mine->tokens.refresh.isEmpty();
        web::Form form;
        form.add(u"token"_s, QString::fromUtf8(isRefresh ? mine->tokens.refresh : mine->tokens.access));
        form.add(u"token_type_hint"_s, isRefresh ? u"refresh_token"_s : u"access_token"_s);
        const TokenWish wish{server, mine->grant.client, {}, {}, {}, {}};
        mine->parts.fetcher->fetch(tokenRequest(wish, form, mine->parts.clock(), mine->parts.random),
                                   [mine](const base::FetchResult &fetched) { judge(mine, fetched); });
    }

    static void judge(const Mine &mine, const base::FetchResult &fetched)
    {
        if (!fetched)
            return end(mine, fetched.error().text);
        const auto refused = refusalIn(fetched->status, fetched->body);
        mine->out.isRevoked = !refused;
        end(mine, refused ? refused->text : QString());
    }

    /// What is kept goes in any case.
    static void end(const Mine &mine, const QString &note)
    {
        mine->out.note = note;
        mine->parts.secrets->remove(mine->key, [mine] {
            mine->parts.secrets->remove(grantKey(mine->server), [mine] { mine->done(mine->out); });
        });
    }
};

} // namespace

void signOut(const QString &server, const FlowParts &parts, std::function<void(const SignedOut &)> done)
{
    SigningOut::lookForGrant(std::make_shared<SigningOut>(SigningOut{server, parts, std::move(done)}));
}

} // namespace gatehouse::oauth
