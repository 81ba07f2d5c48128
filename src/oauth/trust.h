// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oauth/discovery.h"
#include "oauth/failure.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

namespace gatehouse::oauth {

/// What is kept about the authorization server of one MCP server or of one given client: which issuer it is,
/// and which other origins may take part. An MCP server names its authorization server itself, and a hostile
/// one could borrow an honest sign-in page or collect another server's client secret (RFC 9700 §4.4, §4.5).
struct Trust
{
    QString issuer; ///< Empty: nothing is known.
    QStringList origins; ///< Of endpoints that do not lie at the issuer; those that were shown to the user.
    bool isSaid = false; ///< By the user. Else it was the first that answered a given client, which allows
                         ///< nothing.

    bool operator==(const Trust &) const = default;
};

/// What a sign-in would entrust to the authorization server that was found.
struct Stake
{
    QString clientId; ///< Empty: a client is registered there, which is of no use elsewhere.
    bool hasSecret = false; ///< A secret, a key or an assertion was given for this run.
};

/// The origins at which the server's endpoints lie while its issuer lies elsewhere; in order, each once.
[[nodiscard]] QStringList originsElsewhere(const AuthorizationServer &server);

/// Why the sign-in must not go on without a word of the user: the endpoints lie elsewhere, the secret's
/// issuer was never named, or the client is known to belong to another one. nullopt: nothing speaks against
/// it.
[[nodiscard]] std::optional<Failure> doubtOf(const AuthorizationServer &server, const Trust &known,
                                             const Stake &stake);
/// What is to be kept once the user trusts this server, which is said.
[[nodiscard]] Trust trustIn(const AuthorizationServer &server);

/// For SecretStore: one entry per given client, whichever MCP server it is used for, since it belongs to one
/// issuer; else one per MCP server.
[[nodiscard]] QString trustKey(const QString &server, const QString &clientId);
[[nodiscard]] QByteArray writeTrust(const Trust &trust);
/// An empty one where the bytes are none.
[[nodiscard]] Trust readTrust(QByteArrayView bytes);

} // namespace gatehouse::oauth
