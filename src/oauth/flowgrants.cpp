// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/flow.h"
#include "oauth/flowstate.h"
#include "oauth/words.h"

#include <utility>

using namespace Qt::StringLiterals;

// Grants without a browser: what a program shows in the place of a person.

namespace gatehouse::oauth {

void Flow::Private::prepareGrant()
{
    if (isByDevice())
        return askForDeviceCode();
    if (settings.grant != Grant::Enterprise)
        return skip(Words::tr("No person signs in with this grant."));
    const auto take = [this](const base::FetchResult &fetched) {
        if (!fetched)
            return fail(
                failureOf(fetched.error(), FailureCode::TokenEndpointSilent, FailureCode::TokensUnusable));
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
    case Grant::Device:
        return pollForTokens();
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

void Flow::Private::askForDeviceCode()
{
    const auto take = [this](const base::FetchResult &fetched) {
        if (!fetched)
            return fail(
                failureOf(fetched.error(), FailureCode::TokenEndpointSilent, FailureCode::TokensUnusable));
        const auto code = readDeviceCode(*fetched);
        if (!code)
            return fail(code.error());
        deviceCode = *code;
        deviceUntil = parts.clock() + code->lifetimeMs;
        Q_EMIT q->deviceAwaited(deviceCode);
        const auto goOn = [this] {
            done(Words::tr("Open %1 anywhere and type %2.")
                     .arg(deviceCode.address.toString(), deviceCode.user));
        };
        if (std::exchange(isFirstIssuer, false))
            bindTheClient(goOn);
        else
            goOn();
    };
    fetcher.fetch(deviceRequest(tokenWish(), parts.clock(), parts.random), ifCurrent(take));
}

void Flow::Private::pollForTokens()
{
    if (parts.clock() >= deviceUntil)
        return fail(failureOf(FailureCode::DeviceTimedOut));
    now().detail = Words::tr("Until somebody has typed %1 at %2, tokens are asked for every %3 s.")
                       .arg(deviceCode.user, deviceCode.address.toString())
                       .arg(deviceCode.intervalMs / 1000);
    askForTokens(
        [this] { return deviceTokenRequest(tokenWish(), deviceCode.device, parts.clock(), parts.random); });
}

void Flow::Private::judgePoll(const base::FetchResult &fetched)
{
    const auto came = tokensIn(fetched);
    const auto next = came ? std::nullopt : nextIntervalMs(came.error(), deviceCode.intervalMs);
    if (!next)
        return judgeTokens(came);
    deviceCode.intervalMs = *next;
    QTimer::singleShot(*next, q, ifCurrent([this] { pollForTokens(); }));
}

} // namespace gatehouse::oauth
