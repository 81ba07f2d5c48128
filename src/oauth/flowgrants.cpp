// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/flow.h"
#include "oauth/flowstate.h"
#include "oauth/words.h"

using namespace Qt::StringLiterals;

// Grants without a browser: what a program shows in the place of a person.

namespace gatehouse::oauth {

void Flow::Private::prepareGrant()
{
    if (settings.grant != Grant::Enterprise)
        return skip(Words::tr("No person signs in with this grant."));
    const auto take = [this](const base::FetchResult &fetched) {
        if (!fetched)
            return fail(failureOf(FailureCode::TokenEndpointSilent, {fetched.error().text}));
        const auto assertion = readExchanged(*fetched);
        if (!assertion)
            return fail(assertion.error());
        exchanged = *assertion;
        done(Words::tr("%1 gave an assertion for %2.").arg(settings.idpTokenEndpoint.host(), server.issuer));
    };
    fetcher.fetch(idTokenExchange(settings.idpTokenEndpoint, settings.idToken, tokenWish()), ifCurrent(take));
}

void Flow::Private::askByGrant()
{
    switch (settings.grant) {
    case Grant::Code:
        break;
    case Grant::ClientCredentials:
        return askForTokens(
            [this] { return clientCredentialsRequest(tokenWish(), parts.clock(), parts.random); });
    case Grant::JwtBearer:
        return askForTokens([this] {
            return jwtBearerRequest(tokenWish(), settings.assertion, parts.clock(), parts.random);
        });
    case Grant::Enterprise:
        return askForTokens(
            [this] { return jwtBearerRequest(tokenWish(), exchanged, parts.clock(), parts.random); });
    }
}

} // namespace gatehouse::oauth
