// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/explanationtable.h"

#include "keys/algorithm.h"
#include "web/loopback.h"
#include "web/scopes.h"

#include <QCoreApplication>
#include <QUrl>

#include <cstdlib>

using namespace Qt::StringLiterals;

namespace gatehouse::auth {

namespace {

constexpr int tellingSkew = 30; ///< Seconds between two clocks that a Date header's rounding cannot make.

bool isLoopbackAddress(const QString &text)
{
    return web::isLoopbackHost(QUrl(text).host());
}

bool isStaging(const QString &issuer)
{
    return issuer.contains("-staging"_L1);
}

/// Whether the token's claim is a text that begins so.
bool begins(const Verdict &verdict, QLatin1StringView claim, QLatin1StringView with)
{
    return verdict.claims.value(claim).toString().startsWith(with);
}

bool hasScope(const Verdict &verdict, const QString &scope)
{
    return web::scopesOf(verdict.claims.value("scope"_L1).toString()).contains(scope);
}

/// Whether the token is for this server, rightly, and for others beside it.
bool isForOthersToo(const Verdict &verdict)
{
    return std::any_of(verdict.checks.begin(), verdict.checks.end(), [](const Check &check) {
        return check.what == "aud"_L1 && check.state == CheckState::Passed && !check.note.isEmpty();
    });
}

/// Whether a client that registered itself can be granted all of these with AuthKit.
bool areStandardScopes(const QString &scopes)
{
    for (const QString &scope : web::scopesOf(scopes)) {
        if (scope != "email"_L1 && scope != "offline_access"_L1 && scope != "openid"_L1
            && scope != "profile"_L1)
            return false;
    }
    return true;
}

/// The words. A struct only because lupdate finds a context in one.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::auth::Explanation)

public:
    static ExplanationRow requestRow(Reason reason);
    static ExplanationRow tokenRow(Reason reason);
    static ExplanationRow keyRow(Reason reason);
    static ExplanationRow claimRow(Reason reason);
    static ExplanationRow needRow(Reason reason);

    static ExplanationCase keyCase(const Verdict &verdict, const Check &check);
    static ExplanationCase kindCase(const Check &check);
    static ExplanationCase issuerCase(const Check &check);
    static ExplanationCase audienceCase(const Check &check);
    static ExplanationCase timeCase(const Verdict &verdict);
    static ExplanationCase needCase(const Verdict &verdict, const Check &check);
    static QList<HintRow> hints(const Verdict &verdict);

    static constexpr const char *indicators = QT_TR_NOOP("Connect → Configuration → MCP resource indicators");
    static constexpr const char *jwtTemplate = QT_TR_NOOP("Authentication → Sessions → JWT template");
};

ExplanationRow Words::requestRow(Reason reason)
{
    switch (reason) {
    case Reason::NotNeeded:
        return {"not_needed", 200, "", "", QT_TR_NOOP("–"), QT_TR_NOOP("No token is needed here."), "", ""};
    case Reason::Valid:
        return {"valid",
                200,
                "",
                "",
                QT_TR_NOOP("Valid"),
                QT_TR_NOOP("The token is valid: signature, issuer, audience and times are right."),
                "",
                ""};
    case Reason::NotVerified:
        return {"not_verified",
                200,
                "",
                "",
                QT_TR_NOOP("Not verified"),
                QT_TR_NOOP("Let in without a check of the signature: verifyJwt is off."),
                "",
                QT_TR_NOOP("Switch verifyJwt on in the settings before anybody else can reach this server.")};
    case Reason::NoToken:
        return {
            "no_token",
            401,
            "",
            "Sign in to use this server.",
            QT_TR_NOOP("No token"),
            QT_TR_NOOP("The request carries no token."),
            QT_TR_NOOP("Every client begins like this, to learn from the challenge where to sign in."),
            QT_TR_NOOP(
                "If the client never signs in, see whether it read the metadata address in the challenge.")};
    case Reason::WrongScheme:
        return {"wrong_scheme",
                401,
                "",
                "Use the Bearer scheme.",
                QT_TR_NOOP("Wrong scheme"),
                QT_TR_NOOP("The Authorization header is not of the Bearer scheme."),
                QT_TR_NOOP("The client is set up for another way to sign in, such as a password or a key, or "
                           "leaves out the word Bearer."),
                QT_TR_NOOP("Send “Authorization: Bearer <token>”.")};
    case Reason::MalformedHeader:
        return {
            "malformed_header",
            400,
            "invalid_request",
            "Send exactly one well-formed Authorization header.",
            QT_TR_NOOP("Malformed header"),
            QT_TR_NOOP("The Authorization header is malformed, or came twice."),
            QT_TR_NOOP("Two parts of the client, or a proxy in front, each add a header; or the token was "
                       "pasted with quotes, blanks or a line break."),
            QT_TR_NOOP(
                "Send one Authorization header with one token of the characters that RFC 6750 allows.")};
    case Reason::TokenInQuery:
        return {"token_in_query",
                400,
                "invalid_request",
                "Send the token in the Authorization header, never in the query.",
                QT_TR_NOOP("Token in query"),
                QT_TR_NOOP("The request carries a token in its query, where proxies and logs can read it."),
                QT_TR_NOOP("The client uses RFC 6750 §2.3, which MCP forbids."),
                QT_TR_NOOP("Move the token to the Authorization header and treat this one as leaked.")};
    default:
        return tokenRow(reason);
    }
}

ExplanationRow Words::tokenRow(Reason reason)
{
    switch (reason) {
    case Reason::TooLong:
        return {"too_long",
                401,
                "invalid_token",
                "The token is too long.",
                QT_TR_NOOP("Too long"),
                QT_TR_NOOP("The token is longer than 16 KiB and was not read."),
                QT_TR_NOOP("AuthKit's templates stop at 3 KiB, so this is hardly a token of AuthKit's."),
                QT_TR_NOOP("Make the JWT template of the environment smaller.")};
    case Reason::MalformedToken:
        return {
            "malformed_token",
            401,
            "invalid_token",
            "The token is not a signed JWT.",
            QT_TR_NOOP("Malformed"),
            QT_TR_NOOP("The token is not a signed JWT: its parts are not three, not base64url or not JSON."),
            QT_TR_NOOP(
                "It was cut when it was copied, or it is an opaque token, such as a refresh token or an "
                "API key."),
            QT_TR_NOOP("Send the access_token of the token answer, whole, and neither the id_token nor the "
                       "refresh_token.")};
    case Reason::UnsafeHeader:
        return {"unsafe_header",
                401,
                "invalid_token",
                "The token's header asks for something that is not allowed.",
                QT_TR_NOOP("Unsafe header"),
                QT_TR_NOOP("The token's header carries a member that would change how it is verified."),
                QT_TR_NOOP("crit, b64, jku, jwk, x5u, x5c and zip let a sender choose the key or the meaning "
                           "of a signature: forged tokens carry them."),
                QT_TR_NOOP("AuthKit issues no such token: find out where it came from.")};
    case Reason::WrongKind:
        return {
            "wrong_kind",
            401,
            "invalid_token",
            "The token is not an access token for MCP.",
            QT_TR_NOOP("Wrong kind"),
            QT_TR_NOOP("This is no access token for MCP but %2."),
            QT_TR_NOOP("Its header says that it was made for something else."),
            QT_TR_NOOP("Send the access_token that the AuthKit domain's own token endpoint answered with.")};
    default:
        return keyRow(reason);
    }
}

ExplanationRow Words::keyRow(Reason reason)
{
    switch (reason) {
    case Reason::AlgorithmNotAllowed:
        return {"algorithm_not_allowed",
                401,
                "invalid_token",
                "The token's algorithm is not allowed.",
                QT_TR_NOOP("Wrong algorithm"),
                QT_TR_NOOP("The token says algorithm “%2”; allowed is %1."),
                QT_TR_NOOP("The token was not made by AuthKit, or was changed."),
                QT_TR_NOOP("AuthKit signs with RS256: find out where this token came from.")};
    case Reason::UnknownKey:
        return {"unknown_key",
                401,
                "invalid_token",
                "The token is signed with an unknown key.",
                QT_TR_NOOP("Unknown key"),
                QT_TR_NOOP("The key “%2” is not in the issuer's set, which was fetched again at %6."),
                QT_TR_NOOP("The issuer has withdrawn the key, or the token is from another environment."),
                QT_TR_NOOP("Sign in again; compare the subdomain with the place the token came from.")};
    case Reason::KeyMismatch:
        return {"key_mismatch",
                401,
                "invalid_token",
                "The token's key is not meant for its algorithm.",
                QT_TR_NOOP("Key mismatch"),
                QT_TR_NOOP("The token says %1, but the issuer's key of that name is meant for %2."),
                QT_TR_NOOP("The token's header was changed, or its issuer signs in a way that its own key "
                           "set does not allow."),
                QT_TR_NOOP("Find out where this token came from.")};
    case Reason::BadSignature:
        return {
            "bad_signature",
            401,
            "invalid_token",
            "The token's signature is wrong.",
            QT_TR_NOOP("Bad signature"),
            QT_TR_NOOP(
                "The signature does not belong to this token: it was changed or signed by somebody else."),
            QT_TR_NOOP("It was edited or cut on its way, or another server has a key of the same name."),
            QT_TR_NOOP("Send the token unchanged, or sign in again.")};
    case Reason::KeysUnavailable:
        return {"keys_unavailable",
                503,
                "",
                "The keys to check tokens are not available.",
                QT_TR_NOOP("No keys"),
                QT_TR_NOOP("The issuer's keys could not be fetched, so no token can be judged."),
                "",
                QT_TR_NOOP("Check the subdomain and the network. The server goes on trying by itself.")};
    default:
        return claimRow(reason);
    }
}

ExplanationRow Words::claimRow(Reason reason)
{
    switch (reason) {
    case Reason::WrongIssuer:
        return {
            "wrong_issuer",
            401,
            "invalid_token",
            "The token is from another issuer.",
            QT_TR_NOOP("Wrong issuer"),
            QT_TR_NOOP("The token was issued by %2; this server trusts %1."),
            QT_TR_NOOP("The client signed in somewhere else, or has kept a sign-in from before this "
                       "server's issuer was changed."),
            QT_TR_NOOP("Sign in again, and remove what the client has stored for this server if it goes to "
                       "the old place; or set the subdomain to the issuer of your tokens.")};
    case Reason::MissingClaim:
        return {"missing_claim",
                401,
                "invalid_token",
                "The token lacks a claim that is needed.",
                QT_TR_NOOP("Claim missing"),
                QT_TR_NOOP("The token has no “%5”."),
                QT_TR_NOOP("Each access token of AuthKit has iss, aud, sub and exp: this one was made by "
                           "something else."),
                QT_TR_NOOP("Send an access token of AuthKit; an id_token or a key will not do.")};
    case Reason::WrongClaimType:
        return {"wrong_claim_type",
                401,
                "invalid_token",
                "A claim of the token has the wrong type.",
                QT_TR_NOOP("Wrong type"),
                QT_TR_NOOP("The claim “%5” is not %1."),
                QT_TR_NOOP("A JWT template writes it so: a template may replace aud, sid, org_id and role."),
                QT_TR_NOOP("Look at the JWT template of the environment.")};
    case Reason::WrongAudience:
        return {"wrong_audience",
                401,
                "invalid_token",
                "The token is meant for another server.",
                QT_TR_NOOP("Wrong audience"),
                QT_TR_NOOP("The token is for %2; this server is %1."),
                QT_TR_NOOP("The client asked for another server; or it asked for none, and got the "
                           "environment's default indicator; or a JWT template replaces aud."),
                QT_TR_NOOP("Add %1, exactly so, under Connect → Configuration → MCP resource indicators, and "
                           "sign in again.")};
    case Reason::Expired:
        return {"expired",
                401,
                "invalid_token",
                "The token has expired.",
                QT_TR_NOOP("Expired"),
                QT_TR_NOOP("The token expired %3 ago."),
                QT_TR_NOOP("The client did not refresh in time: AuthKit's access tokens live 5 minutes."),
                QT_TR_NOOP("Let the client use its refresh token, or sign in again.")};
    case Reason::NotYetValid:
        return {"not_yet_valid",
                401,
                "invalid_token",
                "The token is not valid yet.",
                QT_TR_NOOP("Not yet valid"),
                QT_TR_NOOP("The token becomes valid only in %3."),
                QT_TR_NOOP("The issuer's clock and this computer's differ, or the token was made by hand."),
                QT_TR_NOOP("Set the clocks of both machines.")};
    default:
        return needRow(reason);
    }
}

ExplanationRow Words::needRow(Reason reason)
{
    switch (reason) {
    case Reason::MissingPermission:
        return {"missing_permission",
                403,
                "",
                "The user lacks a permission that this needs.",
                QT_TR_NOOP("Permission missing"),
                QT_TR_NOOP("The token lacks the permission “%4”; needed is %1."),
                QT_TR_NOOP("The user's role in this organization does not have it."),
                QT_TR_NOOP("Give the user's role the permission in Dashboard → Roles & Permissions, and "
                           "sign in again.")};
    case Reason::WrongOrganization:
        return {"wrong_organization",
                403,
                "",
                "The token is not for an organization that may do this.",
                QT_TR_NOOP("Wrong organization"),
                QT_TR_NOOP("The token is for the organization %2; this is for %1."),
                QT_TR_NOOP("The user chose this organization when signing in; a token is for one only."),
                QT_TR_NOOP("Sign in again and choose the organization.")};
    default:
        break;
    }
    return {"missing_scope",
            403,
            "insufficient_scope",
            "The token lacks a scope that this needs.",
            QT_TR_NOOP("Scope missing"),
            QT_TR_NOOP("The token lacks the scope “%4”; needed is %1."),
            QT_TR_NOOP("The client did not ask for it, or the user did not grant it."),
            QT_TR_NOOP("Sign in again and ask for the scopes of the challenge.")};
}

ExplanationCase Words::keyCase(const Verdict &verdict, const Check &check)
{
    if (verdict.reason == Reason::AlgorithmNotAllowed) {
        if (check.actual.compare("none"_L1, Qt::CaseInsensitive) == 0 || check.actual.isEmpty())
            return {QT_TR_NOOP("The token is not signed at all: anybody can write one.")};
        if (check.actual.startsWith("HS"_L1))
            return {QT_TR_NOOP("It is signed with a shared secret: whoever can check such a token can make "
                               "one. Forged tokens use the issuer's public key as that secret.")};
        if (keys::algorithmNamed(check.actual))
            return {
                QT_TR_NOOP("The issuer signs with an algorithm that the settings do not allow."),
                QT_TR_NOOP("If that is your issuer's algorithm, add %2 to the algorithms in the settings.")};
        return {};
    }
    if (verdict.reason == Reason::KeysUnavailable && !check.note.isEmpty())
        return {"%4"};
    if (verdict.reason != Reason::UnknownKey)
        return {};
    if (!check.note.isEmpty())
        return {QT_TR_NOOP("The issuer publishes a key of that name, but it cannot be used: %4."),
                QT_TR_NOOP("Whoever runs the issuer must publish a key that is fit to verify signatures.")};
    if (check.actual.isEmpty())
        return {QT_TR_NOOP("The token names no key (kid), and the issuer publishes several.")};
    if (isLoopbackAddress(verdict.claims.value("iss"_L1).toString()))
        return {QT_TR_NOOP("The sandbox makes a new key whenever it starts: this token is from before that."),
                QT_TR_NOOP("Sign in again.")};
    return {};
}

ExplanationCase Words::kindCase(const Check &check)
{
    if (check.actual.startsWith("a browser-session"_L1))
        return {
            QT_TR_NOOP("It comes from WorkOS's User Management, whose tokens are for an application's own "
                       "pages. The two products' tokens are not interchangeable."),
            QT_TR_NOOP("Let the client sign in at the AuthKit domain that this server's metadata names.")};
    if (check.actual.startsWith("an ID token"_L1))
        return {QT_TR_NOOP("An ID token tells the client who signed in; it is for nobody else."),
                QT_TR_NOOP("Send the access_token of the same token answer.")};
    return {};
}

ExplanationCase Words::issuerCase(const Check &check)
{
    if (isStaging(check.expected) != isStaging(check.actual))
        return {
            QT_TR_NOOP("One of the two is a staging environment: its keys, clients and users are separate "
                       "from production's."),
            QT_TR_NOOP("Use the same environment on both sides, and sign in again.")};
    if (isLoopbackAddress(check.actual) && !isLoopbackAddress(check.expected))
        return {QT_TR_NOOP("The token comes from a sandbox on this computer, but the server now trusts your "
                           "environment.")};
    if (isLoopbackAddress(check.expected) && !isLoopbackAddress(check.actual))
        return {QT_TR_NOOP("The token comes from an environment, but the server uses its sandbox."),
                QT_TR_NOOP("Set the subdomain to that environment, or sign in again at the sandbox.")};
    if (!check.note.isEmpty())
        return {QT_TR_NOOP("They are compared byte for byte, and differ: %4."),
                QT_TR_NOOP("Set the subdomain to exactly what the token names, if that is your environment."),
                "", CopyText::Actual};
    return {};
}

ExplanationCase Words::audienceCase(const Check &check)
{
    if (check.actual.startsWith("client_"_L1))
        return {
            QT_TR_NOOP("No resource indicator is configured, so AuthKit names its environment's client id, "
                       "whatever the client asked for. Sign-in works, and every call will be refused."),
            "", indicators, CopyText::Expected};
    if (!check.note.isEmpty())
        return {
            QT_TR_NOOP("They are compared byte for byte, and differ: %4."),
            QT_TR_NOOP("Use %1, exactly so, in the client and under MCP resource indicators; or accept the "
                       "other form as well (\"audiences\" in the settings)."),
            indicators, CopyText::Expected};
    return {"", "", indicators, CopyText::Expected};
}

ExplanationCase Words::timeCase(const Verdict &verdict)
{
    const bool isExpired = verdict.reason == Reason::Expired;
    if (!isExpired && verdict.issuerAheadSeconds > tellingSkew)
        return {QT_TR_NOOP("The issuer's clock is %7 ahead of this computer's."),
                QT_TR_NOOP("Set this computer's clock.")};
    if (isExpired && verdict.issuerAheadSeconds < -tellingSkew)
        return {QT_TR_NOOP("This computer's clock is %7 ahead of the issuer's."),
                QT_TR_NOOP("Set this computer's clock.")};
    if (isExpired && verdict.claims.contains("scope"_L1) && !hasScope(verdict, u"offline_access"_s))
        return {QT_TR_NOOP("The client cannot refresh: the token was granted without offline_access."),
                QT_TR_NOOP("Let the client ask for offline_access as well, and sign in again.")};
    return {};
}

ExplanationCase Words::needCase(const Verdict &verdict, const Check &check)
{
    if (verdict.reason == Reason::MissingScope && !areStandardScopes(check.note))
        return {QT_TR_NOOP("AuthKit grants clients that registered themselves only email, offline_access, "
                           "openid and profile."),
                QT_TR_NOOP("Make a Connect application that may have “%4”, give its client id to the client, "
                           "and sign in with it."),
                QT_TR_NOOP("Connect → Applications")};
    if (verdict.reason == Reason::MissingPermission && !verdict.claims.contains("permissions"_L1))
        return {QT_TR_NOOP("The token has no permissions at all: AuthKit's stock access token has none."),
                QT_TR_NOOP("Add “permissions” with a JWT template, and sign in again."), jwtTemplate};
    if (verdict.reason == Reason::WrongOrganization && check.actual.isEmpty())
        return {QT_TR_NOOP("The token is for no organization: the user has none, or chose none."),
                QT_TR_NOOP("Add the user to the organization, and sign in again."),
                QT_TR_NOOP("Organizations")};
    return {};
}

QList<HintRow> Words::hints(const Verdict &verdict)
{
    QList<HintRow> rows;
    if (hasScope(verdict, u"email"_s) && !verdict.claims.contains("email"_L1))
        rows.append(
            {QT_TR_NOOP("The token has no e-mail address, as AuthKit's stock access token has none: it "
                        "is in the ID token and at userinfo. A JWT template adds it for tools."),
             jwtTemplate, CopyText::EmailTemplate});
    if (verdict.claims.contains("organization_id"_L1) && !verdict.claims.contains("org_id"_L1))
        rows.append({QT_TR_NOOP("The token has organization_id, which nothing here reads: AuthKit's claim is "
                                "org_id."),
                     jwtTemplate, CopyText::Nothing});
    if (isForOthersToo(verdict))
        rows.append(
            {QT_TR_NOOP("The token was also made for another server: whoever runs that one can use it "
                        "here. A client should ask for one resource at a time."),
             "", CopyText::Nothing});
    if (hasScope(verdict, u"openid"_s) && !hasScope(verdict, u"offline_access"_s)
        && begins(verdict, "sub"_L1, "user_"_L1))
        rows.append(
            {QT_TR_NOOP("Without offline_access the client cannot refresh: its user must sign in again "
                        "when this token ends."),
             "", CopyText::Nothing});
    return rows;
}

} // namespace

ExplanationRow rowOf(Reason reason)
{
    return Words::requestRow(reason);
}

ExplanationCase caseOf(const Verdict &verdict, const Check &decisive)
{
    switch (verdict.reason) {
    case Reason::AlgorithmNotAllowed:
    case Reason::UnknownKey:
    case Reason::KeysUnavailable:
        return Words::keyCase(verdict, decisive);
    case Reason::WrongKind:
        return Words::kindCase(decisive);
    case Reason::WrongIssuer:
        return Words::issuerCase(decisive);
    case Reason::WrongAudience:
        return Words::audienceCase(decisive);
    case Reason::Expired:
    case Reason::NotYetValid:
        return Words::timeCase(verdict);
    case Reason::MissingScope:
    case Reason::MissingPermission:
    case Reason::WrongOrganization:
        return Words::needCase(verdict, decisive);
    default:
        return {};
    }
}

QList<HintRow> hintRowsOf(const Verdict &verdict)
{
    return verdict.reason == Reason::Valid ? Words::hints(verdict) : QList<HintRow>();
}

} // namespace gatehouse::auth
