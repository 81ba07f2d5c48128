// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/secretstore.h"
#include "oauth/flow.h"
#include "oauth/flowstate.h"

#include <optional>
#include <utility>

// What the user has forgotten: here, and what is kept for the next run.

namespace gatehouse::oauth {

namespace {

void clear(Tokens &tokens, const Forgotten &what)
{
    if (what.access)
        tokens.access.clear();
    if (what.refresh)
        tokens.refresh.clear();
    if (what.id)
        tokens.id.clear();
}

} // namespace

void Flow::Private::forget(const Forgotten &what, std::function<void()> then)
{
    const auto ifThere = [guard = QPointer<Flow>(q)](auto next) {
        return [guard, next = std::move(next)] {
            if (guard)
                next();
        };
    };
    forgetTokens(what, ifThere([this, what, ifThere, then = std::move(then)] {
                     forgetClient(what,
                                  ifThere([this, what, ifThere, then] { forgetTrust(what, ifThere(then)); }));
                 }));
}

void Flow::Private::forgetTokens(const Forgotten &what, std::function<void()> then)
{
    if (!what.access && !what.refresh && !what.id)
        return then();
    clear(tokens, what);
    const QString key = keyOfTokens(tokensClientId);
    // What is not meant stays as it is kept, not as this flow knows it: another program may have refreshed.
    const auto rewrite = [this, key, what, guard = QPointer<Flow>(q),
                          then = std::move(then)](const std::optional<QByteArray> &bytes) {
        if (!guard)
            return;
        std::optional<Tokens> kept = bytes ? readStoredTokens(*bytes) : std::nullopt;
        if (kept)
            clear(*kept, what);
        if (kept && !(kept->access.isEmpty() && kept->refresh.isEmpty() && kept->id.isEmpty()))
            return parts.secrets->write(key, writeTokens(*kept), [then](bool) { then(); });
        parts.secrets->remove(grantKey(settings.server), [this, key, guard, then] {
            if (guard)
                parts.secrets->remove(key, then);
        });
    };
    parts.secrets->read(key, rewrite);
}

void Flow::Private::forgetClient(const Forgotten &what, std::function<void()> then)
{
    if (!what.client)
        return then();
    client = {};
    parts.secrets->remove(keyOfClient(), std::move(then));
}

void Flow::Private::forgetTrust(const Forgotten &what, std::function<void()> then)
{
    if (!what.trust)
        return then();
    trusted = {};
    isIssuerSaid = false;
    hasTrust = false;
    mustJudgeTrust = true;
    // A kept sign-in would be refreshed where that trust allowed it.
    parts.secrets->remove(grantKey(settings.server),
                          [this, guard = QPointer<Flow>(q), then = std::move(then)] {
                              if (guard)
                                  parts.secrets->remove(trustKey(settings.server, settings.clientId), then);
                          });
}

} // namespace gatehouse::oauth
