// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/fetch.h"
#include "base/random.h"
#include "keys/signingkey.h"
#include "oauth/discovery.h"
#include "oauth/registration.h"
#include "web/form.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace gatehouse::oauth {

/// How tokens are come by.
enum class Grant {
    Code, ///< A person signs in (RFC 6749 §4.1).
    Device, ///< A person signs in with a browser anywhere, and a code (RFC 8628).
    ClientCredentials, ///< A program in its own name (RFC 6749 §4.4, MCP extension oauth-client-credentials).
    JwtBearer, ///< A program by an assertion of where it runs (RFC 7523 §2.1, MCP extension auth/wif).
    Enterprise, ///< A person's ID token, by way of the identity provider (MCP extension
                ///< enterprise-managed-authorization).
};

/// What one request for tokens is about.
struct TokenWish
{
    AuthorizationServer server = {};
    ClientRegistration client = {};
    QString resource = {}; ///< Sent to the byte as the resource published it (RFC 8707 §2); empty: not sent.
    QStringList scopes = {}; ///< None: no `scope` is sent.
    std::optional<keys::SigningKey> key = {}; ///< Of a client that shows itself by private_key_jwt.
    QString keyAlgorithm = {};
};

/// A request to the token endpoint with that form, in the client's name: none, client_secret_basic,
/// client_secret_post or private_key_jwt (RFC 7523 §2.2: an assertion of one minute for this server alone).
[[nodiscard]] base::FetchRequest tokenRequest(const TokenWish &wish, web::Form form, qint64 nowMs,
                                              const base::Random &random);

[[nodiscard]] base::FetchRequest clientCredentialsRequest(const TokenWish &wish, qint64 nowMs,
                                                          const base::Random &random);
[[nodiscard]] base::FetchRequest jwtBearerRequest(const TokenWish &wish, const QByteArray &assertion,
                                                  qint64 nowMs, const base::Random &random);

/// An ID token for an assertion that the authorization server takes (RFC 8693; ID-JAG): what the identity
/// provider is asked for.
[[nodiscard]] base::FetchRequest idTokenExchange(const QUrl &tokenEndpoint, const QByteArray &idToken,
                                                 const TokenWish &wish);
/// The assertion in its answer. The error explains.
[[nodiscard]] base::Expected<QByteArray, Failure> readExchanged(const base::FetchReply &reply);

} // namespace gatehouse::oauth
