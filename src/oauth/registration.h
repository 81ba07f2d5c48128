// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "base/fetch.h"
#include "oauth/discovery.h"
#include "oauth/failure.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <optional>

namespace gatehouse::oauth {

/// Who asks: a client that an authorization server knows. Belongs to one issuer and one redirect address.
struct ClientRegistration
{
    QString id;
    QString secret; ///< Empty for a public client, which is what a desktop program is.
    QString authMethod = QStringLiteral("none"); ///< none, client_secret_post or client_secret_basic.
};

/// The body of a registration (RFC 7591 §2): a native client with this one redirect address, public where the
/// method is `none`. Without the method AuthKit would make a confidential one, whose tokens then cannot be
/// fetched.
[[nodiscard]] QByteArray registrationBody(const QString &redirectUri,
                                          const QString &authMethod = QStringLiteral("none"),
                                          const QStringList &moreGrantTypes = {});

/// Reads the answer to a registration (RFC 7591 §3.2). The redirect address must come back as it was sent, if
/// it comes back at all. A secret without a method is shown as `server` lists it, in the header by default.
[[nodiscard]] base::Expected<ClientRegistration, Failure> readRegistration(const base::FetchReply &reply,
                                                                           const QString &redirectUri,
                                                                           const AuthorizationServer &server);

/// A client that the user named: how it shows itself depends on the secret and on what the server takes.
[[nodiscard]] ClientRegistration givenClient(const QString &id, const QString &secret,
                                             const AuthorizationServer &server);

/// Whether the server reads the document that a client id leads to, and registers nobody for that
/// (draft-ietf-oauth-client-id-metadata-document §6).
[[nodiscard]] bool readsClientMetadata(const AuthorizationServer &server);

/// Where to register; empty where the server names no place. AuthKit is known to leave it out although it
/// works.
[[nodiscard]] QUrl registrationAddress(const AuthorizationServer &server);

/// Whether the server is AuthKit or does as it does, by its token and key addresses: then its four standard
/// scopes are there to ask for.
[[nodiscard]] bool looksLikeAuthKit(const AuthorizationServer &server);

/// Registers a public client, or one with a secret where the server lists no `none`; where it refuses the
/// one, once more as the other. The callback comes once, from the event loop.
void registerClient(base::Fetcher *fetcher, const AuthorizationServer &server, const QString &redirectUri,
                    std::function<void(base::Expected<ClientRegistration, Failure>)> done,
                    const QStringList &moreGrantTypes = {});

/// A client as SecretStore keeps it, and back; nullopt where it is not one.
[[nodiscard]] QByteArray writeClient(const ClientRegistration &client);
[[nodiscard]] std::optional<ClientRegistration> readClient(QByteArrayView bytes);

} // namespace gatehouse::oauth
