// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "oauth/flow.h"

#include <QString>

namespace gatehouse::oauth {

/// How tokens are come by and what is shown for them, as a user gives it: files by their names.
struct Credentials
{
    Grant grant = Grant::Code;
    QString keyFile = {}; ///< PEM, of a client that shows itself by private_key_jwt.
    QString keyAlgorithm = QStringLiteral("ES256");
    QString assertionFile = {}; ///< A JWT.
    QString idTokenFile = {};
    QString idpTokenEndpoint = {};
    bool isBound = false; ///< Tokens to a key of the run (DPoP).

    bool operator==(const Credentials &) const = default;
};

/// What is wrong with them, beside the settings' client and its secret.
enum class CredentialFault {
    KeyUnusable, ///< Here and in the next three the text says why.
    AssertionUnusable,
    IdTokenUnusable,
    NoProofKey,
    EndpointNotSafe, ///< Neither https nor http to loopback.
    KeyWithoutClient,
    KeyAndSecret, ///< Two ways to show one client.
    AssertionUnused, ///< Given, though the grant shows none.
    IdTokenUnused, ///< Likewise, or its endpoint.
    NothingToShow, ///< Client credentials without a client, or without a secret and a key.
    NoAssertion,
    EnterpriseIncomplete, ///< Without a client, an ID token or the identity provider's endpoint.
};
struct CredentialError
{
    CredentialFault fault;
    QString text = {}; ///< One sentence, where there is more to say.
};

/// Reads the files and puts all of it into the settings, whose clientId and clientSecret are there already.
/// The files are at most 64 KiB. Blocks as long as reading them takes.
[[nodiscard]] base::Expected<void, CredentialError> takeCredentials(const Credentials &given,
                                                                    FlowSettings &settings);

} // namespace gatehouse::oauth
