// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"
#include "keys/signingkey.h"
#include "sandbox/clientdocuments.h"
#include "sandbox/clients.h"
#include "sandbox/consents.h"
#include "sandbox/faults.h"
#include "sandbox/grants.h"
#include "sandbox/keymaker.h"
#include "sandbox/openforms.h"
#include "sandbox/sandbox.h"
#include "sandbox/tokens.h"

#include <functional>
#include <vector>

namespace gatehouse::sandbox {

/// A resource indicator (RFC 8707) that the environment knows.
struct ResourceIndicator
{
    QString id = {}; ///< "authkit_oauth_resource_…"
    QString uri = {};
    bool isDefault = false;
    qint64 createdAt = 0;
};

/// All that one run of the sandbox knows: what its routes read and write. One thread.
struct Realm
{
    Realm(SandboxSettings wanted, base::Clock time, base::Random entropy);

    SandboxSettings settings;
    base::Clock clock;
    base::Random random;
    QByteArray runSecret; ///< Made with it.
    QString issuer;
    QString environmentClientId; ///< `aud` of tokens without a resource.
    QString controlClientId; ///< Client of the tokens that the control endpoint makes.
    Clients clients;
    ClientDocuments documents;
    Grants grants;
    Consents consents;
    OpenForms forms;
    Faults faults;
    qint64 begunAt = 0; ///< Milliseconds since 1970.
    QList<ResourceIndicator> resources; ///< Of the environment, as its Management API has them.
    std::vector<http::Respond> unanswered; ///< Requests of a SandboxFault that keeps silent.
    std::vector<keys::SigningKey> keys; ///< The newest last; that one signs, all are published.
    KeyMaker keyMaker;

    /// Whether it may be used by whoever sent that: the secret of this run, where it is private.
    [[nodiscard]] bool isOpenTo(QByteArrayView secret) const;
    [[nodiscard]] QString newId(const QString &prefix) const;
    /// Whether it knows clients by the document at their address.
    [[nodiscard]] bool readsDocuments() const
    {
        return documents.canRead() && !faults.isOn(SandboxFault::DocumentsOff);
    }
    /// A new key that signs from then on; the older ones stay published or go. The text is empty or says what
    /// failed.
    void rotateKeys(bool keepOld, std::function<void(const QString &fault)> done);
    /// The facts for a token of this grant that begins now, with the audience that AuthKit would give it.
    [[nodiscard]] TokenFacts factsOf(const Grant &grant, const User &user) const;
    /// A compact JWS with AuthKit's header: alg and kid, no typ. Empty: the key's own kid.
    [[nodiscard]] QByteArray signedToken(const QJsonObject &claims, const QString &keyId = {}) const;
};

/// One address with one method. Host, Origin and method are judged before it is entered.
struct Route
{
    /// Which pages may send a POST here. Programs that are no browsers send no Origin.
    enum class Pages {
        Loopback, ///< Any page of this machine: developers' tools run on ports of their own.
        Own, ///< Only the sandbox's pages.
        None, ///< No page at all: only programs.
    };
    using Answer = void (*)(Realm &, const http::Request &, const http::Respond &);

    QByteArrayView path;
    QByteArrayView method;
    Answer answer = nullptr;
    bool needsKey = false; ///< Entered only when there is a key.
    bool isForEverybody = false; ///< Pages of every origin may read the answer (CORS).
    Pages pages = Pages::Loopback;
};

/// The scopes of a request, each once; the error is invalid_scope (RFC 6749 §3.3).
[[nodiscard]] base::Expected<QStringList, OAuthError> readScopes(const QString &text,
                                                                 const QStringList &allowed);

/// An absolute URI without a fragment, byte for byte, or empty; the error is invalid_target (RFC 8707 §2).
[[nodiscard]] base::Expected<QString, OAuthError> readResource(const QString &text);

} // namespace gatehouse::sandbox
