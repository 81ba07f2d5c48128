// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

namespace gatehouse::auth {

/// Why a request was let in or refused. One value per thing that can be wrong; explanation.h has the words
/// for each.
enum class Reason {
    NotNeeded, ///< The path asks for no token (metadata, CORS preflight), or authorization is off.
    Valid, ///< Everything was checked and is right.
    NotVerified, ///< Let in with verifyJwt off: the signature was not checked.
    NoToken, ///< No Authorization header.
    WrongScheme, ///< An Authorization header that is not Bearer.
    MalformedHeader, ///< Two tokens, two headers, or characters that no token has.
    TokenInQuery, ///< `access_token` in the query string: MCP forbids RFC 6750 §2.3.
    TooLong, ///< Longer than any token may be.
    MalformedToken, ///< Not a compact JWS, or its payload is no JSON object.
    UnsafeHeader, ///< A JOSE header member that changes how to verify: crit, b64, jku, …
    AlgorithmNotAllowed, ///< none, HMAC, or one that the settings do not list.
    WrongKind, ///< Signed, but no access token for MCP: an ID token, a browser-session token, …
    WrongIssuer, ///< `iss` is not the configured issuer.
    MissingClaim, ///< sub, exp, iss or aud absent.
    WrongClaimType, ///< A claim that is not of the type that RFC 7519 gives it.
    WrongAudience, ///< `aud` does not contain this server.
    Expired, ///< `exp` has passed.
    NotYetValid, ///< `nbf` or `iat` lies in the future.
    KeysUnavailable, ///< The key set could not be had: nothing can be judged.
    UnknownKey, ///< No key with this kid, even after asking again.
    KeyMismatch, ///< The key is there but not meant for this algorithm or use.
    BadSignature, ///< The signature does not belong to these bytes.
    MissingScope, ///< Valid, but lacks a scope that this operation needs.
    MissingPermission, ///< Valid, but its `permissions` lack one that this operation needs.
    WrongOrganization, ///< Valid, but for none of the organizations that may do this.
};
inline constexpr Reason lastReason = Reason::WrongOrganization; ///< For whoever walks through all of them.

enum class CheckState {
    Passed,
    Failed,
    NotChecked, ///< Never reached, or nothing to compare with: `note` says which.
};

/// One thing that was looked at.
struct Check
{
    QString what = {}; ///< "kind", "algorithm", "key", "signature", "scopes", "permission", "organization",
                       ///< or a claim's name: "iss", "aud", …
    CheckState state = CheckState::NotChecked;
    Reason reason = Reason::Valid; ///< With Failed: what the refusal is called.
    QString expected = {}; ///< Empty where nothing particular is.
    QString actual = {};
    QString note = {}; ///< What to add in English: how a near miss differs, or why nothing was checked.
    qint64 offBySeconds = 0; ///< How late or early, for Expired and NotYetValid.

    bool operator==(const Check &) const = default;
};

/// The judgement on one request's token: a list of checks and what they come to. Holds no secret: what looks
/// like one in a header or claim has been masked, so that logs and windows may show all of it.
struct Verdict
{
    Reason reason = Reason::NoToken; ///< That of the first check that failed.
    QByteArray fingerprint = {}; ///< base::fingerprint of the token; empty without one.
    qsizetype jsonBytes = 0; ///< What header, claims and their text take in memory (base::memoryOf).
    QJsonObject header = {}; ///< Decoded JOSE header; empty if it could not be read.
    QJsonObject claims = {}; ///< Decoded payload; empty if it could not be read.
    QByteArray claimsText = {}; ///< The same as it is written: order and numbers are the issuer's.
    QList<Check> checks = {}; ///< In the order of judging.
    qint64 keysFetchedAt = 0; ///< Milliseconds since 1970; 0 when no key set was at hand.
    int issuerAheadSeconds = 0; ///< How far the issuer's clock was ahead of ours when it gave its keys.
    QStringList neededScopes = {}; ///< With MissingScope: all scopes of the operation, for the challenge.

    [[nodiscard]] bool accepted() const
    {
        return reason == Reason::Valid || reason == Reason::NotVerified || reason == Reason::NotNeeded;
    }

    /// The first check that failed, or null.
    [[nodiscard]] const Check *decisive() const
    {
        for (const Check &check : checks) {
            if (check.state == CheckState::Failed)
                return &check;
        }
        return nullptr;
    }

    bool operator==(const Verdict &) const = default;
};

/// The caller as the token's claims name them (RFC 7519, AuthKit's claims). Unmasked: for tools, never for
/// logs.
struct Principal
{
    bool verified = false; ///< False with verifyJwt off.
    QString algorithm = {}; ///< That the token was signed with.
    QString issuer = {};
    QString subject = {};
    QString email = {};
    bool emailVerified = false;
    QString name = {}; ///< `name`, else first and last name.
    QString preferredUsername = {};
    QString firstName = {};
    QString lastName = {};
    QString picture = {};
    QString clientId = {}; ///< `client_id`, else `azp`
    QString organizationId = {};
    QString sessionId = {}; ///< `sid`
    QStringList roles = {}; ///< `roles`, else the one `role` that stock AuthKit names.
    QStringList scopes = {};
    QStringList permissions = {};
    qint64 expiresAt = 0; ///< Seconds since 1970.
    QJsonObject claims = {};
};

/// The verdict for whoever watches, and the caller for whoever serves.
struct Judgement
{
    Verdict verdict = {};
    Principal principal = {}; ///< Filled only where the verdict is Valid or NotVerified.
};

} // namespace gatehouse::auth
