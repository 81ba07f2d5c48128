// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "base/fetch.h"
#include "oauth/failure.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <functional>

namespace gatehouse::oauth {

/// What a protected resource says about itself (RFC 9728 §2), as far as a client needs it. Strings are kept
/// byte for byte: none goes through a URL class, which would add a slash to a bare origin.
struct Resource
{
    QString resource;
    QStringList issuers;
    QStringList scopes;
    QString address; ///< Of the document.
};

/// What an authorization server says about itself (RFC 8414 §2, OpenID Connect Discovery §3).
struct AuthorizationServer
{
    QString issuer;
    QUrl authorizationEndpoint; ///< Empty where none is named: nobody signs in there.
    QUrl tokenEndpoint;
    QUrl keysAddress; ///< jwks_uri; empty where none is named.
    QUrl registrationEndpoint; ///< Empty where none is named.
    QUrl deviceEndpoint = {}; ///< device_authorization_endpoint; empty where none that may be asked is named.
    QStringList codeChallengeMethods; ///< Empty where the member is absent.
    QStringList tokenAuthMethods = {QStringLiteral("client_secret_basic")};
    QStringList scopes;
    bool sendsIssuer = false; ///< authorization_response_iss_parameter_supported (RFC 9207 §3).
    QJsonObject document; ///< All members, of the documents that answered together.
    QHash<QString, QString> origins; ///< Of each member: the address of the document that it was taken from.
    QStringList addresses; ///< Of the documents that were read, in order.
    QString away = {}; ///< A place of another document that could not answer now; empty: all answered.
    QStringList notes; ///< What is odd but stops nobody, in English sentences.
};

/// Where to ask for the resource's document when the challenge names no place, in order (MCP "Protected
/// Resource Metadata Discovery Requirements"): behind the well-known path the server's path, then the root.
[[nodiscard]] QStringList resourceMetadataAddresses(const QString &server);
/// Where to ask for the issuer's document, in order (MCP "Authorization Server Metadata Discovery").
[[nodiscard]] QStringList serverMetadataAddresses(const QString &issuer);

/// Whether an address that a peer names may be asked, given the server that the user named: https, or http to
/// loopback, and loopback only where the server itself is there. The rest would be a way into the user's
/// machine.
[[nodiscard]] bool mayAsk(const QUrl &url, const QString &server);

/// What a user may say is right though the RFCs have it otherwise.
struct Allowances
{
    bool widerResource = false; ///< isWiderResource()
    bool issuerSlash = false; ///< differBySlash(): the document's own spelling counts then.
    bool certificate = false; ///< base::FetchRequest::trustsThisMachine
};
/// Whether `resource` is an address above the server's at the same origin, segment by segment: its tokens are
/// good for more than the server.
[[nodiscard]] bool isWiderResource(const QString &resource, const QString &server);
/// Whether two issuers differ by a slash at the end alone.
[[nodiscard]] bool differBySlash(const QString &issuer, const QString &other);

/// Reads the document that came from `address`. Its resource must be `server` to the byte; a document at the
/// root may name the server's origin instead, which is what that place speaks for (RFC 9728 §3.3).
[[nodiscard]] base::Expected<Resource, QString> readResource(QByteArrayView body, const QString &server,
                                                             const QString &address,
                                                             const Allowances &allowances = {});
/// Adds the document that came from `address` to what is known of `issuer`, which it must name to the byte
/// (RFC 8414 §3.3). A member that is known stays as it is.
[[nodiscard]] base::Expected<void, QString> addDocument(AuthorizationServer &known, QByteArrayView body,
                                                        const QString &issuer, const QString &address,
                                                        const Allowances &allowances = {});
/// Reads the members of `known.document` into its fields.
[[nodiscard]] base::Expected<AuthorizationServer, QString> readServer(AuthorizationServer known,
                                                                      const QString &server);

/// What MCP 2025-03-26 has of a server without metadata ("Fallbacks for Servers without Metadata Discovery"):
/// its origin's /authorize, /token and /register, with PKCE.
[[nodiscard]] AuthorizationServer serverOfOld(const QString &origin);

/// Asks each place in turn until one answers with a document. The callback comes once, from the event loop.
void findResource(base::Fetcher *fetcher, const QString &server, const QString &challengeAddress,
                  std::function<void(base::Expected<Resource, Failure>)> done,
                  const Allowances &allowances = {});
/// Reads both documents, RFC 8414's and OpenID Connect's: AuthKit names PKCE and registration only in the
/// first, other members only in the second. One is enough. The callback comes once, from the event loop.
void findServer(base::Fetcher *fetcher, const QString &issuer, const QString &server,
                std::function<void(base::Expected<AuthorizationServer, Failure>)> done,
                const Allowances &allowances = {});

} // namespace gatehouse::oauth
