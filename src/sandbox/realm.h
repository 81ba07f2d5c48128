// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"
#include "keys/signingkey.h"
#include "sandbox/keymaker.h"
#include "sandbox/sandbox.h"

#include <functional>
#include <vector>

namespace gatehouse::sandbox {

/// All that one run of the sandbox knows: what its routes read and write. One thread.
struct Realm
{
    Realm(SandboxSettings wanted, base::Clock time, base::Random entropy);

    SandboxSettings settings;
    base::Clock clock;
    base::Random random;
    QString issuer;
    QString environmentClientId; ///< `aud` of tokens without a resource.
    QString controlClientId; ///< Client of the tokens that the control endpoint makes.
    std::vector<keys::SigningKey> keys; ///< The newest last; that one signs, all are published.
    KeyMaker keyMaker;

    [[nodiscard]] QString newId(const QString &prefix) const;
    /// A new key that signs from then on; the older ones stay published or go. The text is empty or says what
    /// failed.
    void rotateKeys(bool keepOld, std::function<void(const QString &fault)> done);
    /// A compact JWS with AuthKit's header: alg and kid, no typ.
    [[nodiscard]] QByteArray signedToken(const QJsonObject &claims) const;
};

/// One address with one method.
struct Route
{
    QByteArrayView path;
    QByteArrayView method;
    void (*answer)(Realm &, const http::Request &, const http::Respond &) = nullptr;
    bool needsKey = false; ///< Entered only when there is a key.
    bool isForEverybody = false; ///< Pages of every origin may read the answer (CORS).
};

} // namespace gatehouse::sandbox
