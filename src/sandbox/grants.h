// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/expected.h"
#include "base/random.h"
#include "sandbox/oautherror.h"

#include <QByteArray>
#include <QHash>
#include <QString>
#include <QStringList>

namespace gatehouse::sandbox {

/// Who let which client do what.
struct Grant
{
    QString clientId;
    QString userId;
    QString organizationId; ///< Empty for a user without one.
    QStringList scopes;
    QString resource; ///< Empty: none was named.
    QString consentId; ///< AuthKit's `sid`.
};

/// What an authorization code stands for.
struct CodeGrant
{
    Grant grant;
    QString redirectUri;
    QString codeChallenge; ///< S256 (RFC 7636 §4.2).
    QString nonce; ///< OpenID Connect Core §3.1.2.1; empty if none was sent.
};

/// What the client says of the code that it redeems.
struct Redemption
{
    QString code;
    QString clientId;
    QString redirectUri;
    QString codeVerifier;
};

/// An S256 challenge: 43 characters of base64url (RFC 7636 §4.2).
[[nodiscard]] bool isCodeChallenge(const QString &text);

/// Authorization codes and refresh tokens. A code works once and for 60 seconds; a second use ends what came
/// of the first (RFC 6749 §4.1.2). A refresh token works once, too: its use gives the next one, and the use
/// of a spent one ends the whole family (RFC 9700 §4.14.2). Only digests are kept; the oldest go when there
/// are too many.
class Grants
{
public:
    Grants(base::Clock clock, base::Random random);

    [[nodiscard]] QString issueCode(const CodeGrant &grant);
    /// The error is invalid_grant with a description of which of the four is wrong.
    [[nodiscard]] base::Expected<CodeGrant, OAuthError> redeem(const Redemption &redemption);

    /// The first refresh token of a family. `code` is the one that the grant came from.
    [[nodiscard]] QString issueRefreshToken(const Grant &grant, const QString &code);
    /// What the token stands for, if it is the family's live one and this client's; a spent one ends the
    /// family.
    [[nodiscard]] base::Expected<Grant, OAuthError> use(const QString &refreshToken, const QString &clientId);
    /// The next token in place of this live one. `grant` may have been narrowed.
    [[nodiscard]] QString rotate(const QString &refreshToken, const Grant &grant);

    /// Ends all codes and refresh tokens that this person gave this client.
    void end(const QString &userId, const QString &clientId);

    static constexpr qint64 codeLifetimeMs = 60 * 1000;
    static constexpr qint64 refreshLifetimeMs = 30LL * 24 * 60 * 60 * 1000;

private:
    struct Code
    {
        CodeGrant grant;
        qint64 issuedAt = 0;
        bool isSpent = false;
        QString family; ///< Of refresh tokens; empty without one.
    };
    struct Family
    {
        Grant grant;
        qint64 usedAt = 0;
        QByteArray digest; ///< Of the one live token.
    };

    base::Clock m_clock;
    base::Random m_random;
    QHash<QByteArray, Code> m_codes; ///< By digest.
    QHash<QString, Family> m_families;
};

} // namespace gatehouse::sandbox
