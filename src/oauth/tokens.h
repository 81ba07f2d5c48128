// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "oauth/failure.h"
#include "oauth/registration.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace gatehouse::oauth {

/// What a token endpoint gave. Secrets: kept in memory and in SecretStore, never logged.
struct Tokens
{
    QByteArray access;
    QByteArray refresh; ///< Empty where none was given.
    QByteArray id; ///< The ID token; empty where none was given.
    QString scope; ///< As granted; empty where the server did not say, which means "as asked for".
    qint64 expiresAt = 0; ///< Milliseconds since 1970; 0 where the server did not say.
    bool isBound = false; ///< To the key of its proofs (RFC 9449); never kept.

    /// Whether it can be used at that time, with ten seconds to get there.
    [[nodiscard]] bool usable(qint64 nowMs) const
    {
        return !access.isEmpty() && (expiresAt == 0 || nowMs + 10'000 < expiresAt);
    }
};

/// Why a token endpoint gave nothing, in its own words; nullopt where it says that it did. `resource`: what a
/// token was wanted for.
[[nodiscard]] std::optional<Failure> refusalIn(int status, QByteArrayView body, const QString &resource = {});
/// Whether a text can be shown as a token, in a header or a form; not empty.
[[nodiscard]] bool isTokenText(const QByteArray &token);

/// Reads the answer of a token endpoint (RFC 6749 §5): a bearer token, or the server's error explained. With
/// `mayBind` also one of type DPoP.
[[nodiscard]] base::Expected<Tokens, Failure>
readTokens(int status, QByteArrayView body, const QString &resource, qint64 nowMs, bool mayBind = false);

/// For SecretStore, one entry per authorization server, resource and client.
[[nodiscard]] QString tokensKey(const QString &issuer, const QString &resource, const QString &clientId);
[[nodiscard]] QString clientKey(const QString &issuer, const QString &redirectUri);
/// One entry per MCP server: which sign-in is the one for that address.
[[nodiscard]] QString grantKey(const QString &server);
[[nodiscard]] QByteArray writeTokens(const Tokens &tokens);
[[nodiscard]] std::optional<Tokens> readStoredTokens(QByteArrayView bytes);

/// What is needed to use a sign-in again without asking the MCP server's metadata first.
struct GrantedTokens
{
    QString issuer;
    QString resource;
    QUrl tokenEndpoint;
    ClientRegistration client;
    QStringList scopes; ///< As asked for, and as granted where that was said.
};
[[nodiscard]] QByteArray writeGrant(const GrantedTokens &grant);
/// nullopt where it is not one, or where `server` may not lead to its addresses.
[[nodiscard]] std::optional<GrantedTokens> readGrant(QByteArrayView bytes, const QString &server);

} // namespace gatehouse::oauth
