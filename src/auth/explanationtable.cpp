// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/explanationtable.h"

#include <QtGlobal>

#include <iterator>

namespace gatehouse::auth {

namespace {

struct Entry
{
    Reason reason;
    ExplanationRow row;
};

/// In the order of the enumeration: a reason without its row does not compile.
constexpr Entry entries[] = {
    {Reason::NotNeeded,
     {"not_needed", 200, "", "", QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "–"),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "No token is needed here."), "", ""}},
    {Reason::Valid,
     {"valid", 200, "", "", QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Valid"),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "The token is valid: signature, issuer, audience and times are right."),
      "", ""}},
    {Reason::NotVerified,
     {"not_verified", 200, "", "", QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Not verified"),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "Let in without a check of the signature: verifyJwt is off."),
      "",
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "Switch verifyJwt on in the settings before anybody else can reach this server.")}},
    {Reason::NoToken,
     {"no_token", 401, "", "Sign in to use this server.",
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "No token"),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "The request carries no token."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "Every client begins like this, to learn from the challenge where to sign in."),
      QT_TRANSLATE_NOOP(
          "gatehouse::auth::Explanation",
          "If the client never signs in, see whether it read the metadata address in the challenge.")}},
    {Reason::WrongScheme,
     {"wrong_scheme", 401, "", "Use the Bearer scheme.",
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Wrong scheme"),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "The Authorization header is not of the Bearer scheme."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "The client is set up for another way to sign in, such as a password or a key, or "
                        "leaves out the word Bearer."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Send “Authorization: Bearer <token>”.")}},
    {Reason::MalformedHeader,
     {"malformed_header", 400, "invalid_request", "Send exactly one well-formed Authorization header.",
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Malformed header"),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "The Authorization header is malformed, or came twice."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "Two parts of the client, or a proxy in front, each add a header; or the token was "
                        "pasted with quotes, blanks or a line break."),
      QT_TRANSLATE_NOOP(
          "gatehouse::auth::Explanation",
          "Send one Authorization header with one token of the characters that RFC 6750 allows.")}},
    {Reason::TokenInQuery,
     {"token_in_query", 400, "invalid_request",
      "Send the token in the Authorization header, never in the query.",
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Token in query"),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "The request carries a token in its query, where proxies and logs can read it."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "The client uses RFC 6750 §2.3, which MCP forbids."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "Move the token to the Authorization header and treat this one as leaked.")}},
    {Reason::TooLong,
     {"too_long", 401, "invalid_token", "The token is too long.",
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Too long"),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "The token is longer than 16 KiB and was not read."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "AuthKit's templates stop at 3 KiB, so this is hardly a token of AuthKit's."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "Make the JWT template of the environment smaller.")}},
    {Reason::MalformedToken,
     {"malformed_token", 401, "invalid_token", "The token is not a signed JWT.",
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Malformed"),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "The token is not a signed JWT: its parts are not three, not base64url or not JSON."),
      QT_TRANSLATE_NOOP(
          "gatehouse::auth::Explanation",
          "It was cut when it was copied, or it is an opaque token, such as a refresh token or an "
          "API key."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "Send the access_token of the token answer, whole, and neither the id_token nor the "
                        "refresh_token.")}},
    {Reason::UnsafeHeader,
     {"unsafe_header", 401, "invalid_token", "The token's header asks for something that is not allowed.",
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Unsafe header"),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "The token's header carries a member that would change how it is verified."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "crit, b64, jku, jwk, x5u, x5c and zip let a sender choose the key or the meaning "
                        "of a signature: forged tokens carry them."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "AuthKit issues no such token: find out where it came from.")}},
    {Reason::AlgorithmNotAllowed,
     {"algorithm_not_allowed", 401, "invalid_token", "The token's algorithm is not allowed.",
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Wrong algorithm"),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "The token says algorithm “%2”; allowed is %1."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "The token was not made by AuthKit, or was changed."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "AuthKit signs with RS256: find out where this token came from.")}},
    {Reason::WrongKind,
     {"wrong_kind", 401, "invalid_token", "The token is not an access token for MCP.",
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Wrong kind"),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "This is no access token for MCP but %2."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "Its header says that it was made for something else."),
      QT_TRANSLATE_NOOP(
          "gatehouse::auth::Explanation",
          "Send the access_token that the AuthKit domain's own token endpoint answered with.")}},
    {Reason::WrongIssuer,
     {"wrong_issuer", 401, "invalid_token", "The token is from another issuer.",
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Wrong issuer"),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "The token was issued by %2; this server trusts %1."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "The client signed in somewhere else, or has kept a sign-in from before this "
                        "server's issuer was changed."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "Sign in again, and remove what the client has stored for this server if it goes to "
                        "the old place; or set the subdomain to the issuer of your tokens.")}},
    {Reason::MissingClaim,
     {"missing_claim", 401, "invalid_token", "The token lacks a claim that is needed.",
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Claim missing"),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "The token has no “%5”."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "Each access token of AuthKit has iss, aud, sub and exp: this one was made by "
                        "something else."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "Send an access token of AuthKit; an id_token or a key will not do.")}},
    {Reason::WrongClaimType,
     {"wrong_claim_type", 401, "invalid_token", "A claim of the token has the wrong type.",
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Wrong type"),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "The claim “%5” is not %1."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "A JWT template writes it so: a template may replace aud, sid, org_id and role."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Look at the JWT template of the environment.")}},
    {Reason::WrongAudience,
     {"wrong_audience", 401, "invalid_token", "The token is meant for another server.",
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Wrong audience"),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "The token is for %2; this server is %1."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "The client asked for another server; or it asked for none, and got the "
                        "environment's default indicator; or a JWT template replaces aud."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "Add %1, exactly so, under Connect → Configuration → MCP resource indicators, and "
                        "sign in again.")}},
    {Reason::Expired,
     {"expired", 401, "invalid_token", "The token has expired.",
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Expired"),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "The token expired %3 ago."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "The client did not refresh in time: AuthKit's access tokens live 5 minutes."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "Let the client use its refresh token, or sign in again.")}},
    {Reason::NotYetValid,
     {"not_yet_valid", 401, "invalid_token", "The token is not valid yet.",
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Not yet valid"),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "The token becomes valid only in %3."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "The issuer's clock and this computer's differ, or the token was made by hand."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Set the clocks of both machines.")}},
    {Reason::KeysUnavailable,
     {"keys_unavailable", 503, "", "The keys to check tokens are not available.",
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "No keys"),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "The issuer's keys could not be fetched, so no token can be judged."),
      "",
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "Check the subdomain and the network. The server goes on trying by itself.")}},
    {Reason::UnknownKey,
     {"unknown_key", 401, "invalid_token", "The token is signed with an unknown key.",
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Unknown key"),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "The key “%2” is not in the issuer's set, which was fetched again at %6."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "The issuer has withdrawn the key, or the token is from another environment."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "Sign in again; compare the subdomain with the place the token came from.")}},
    {Reason::KeyMismatch,
     {"key_mismatch", 401, "invalid_token", "The token's key is not meant for its algorithm.",
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Key mismatch"),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "The token says %1, but the issuer's key of that name is meant for %2."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "The token's header was changed, or its issuer signs in a way that its own key "
                        "set does not allow."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Find out where this token came from.")}},
    {Reason::BadSignature,
     {"bad_signature", 401, "invalid_token", "The token's signature is wrong.",
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Bad signature"),
      QT_TRANSLATE_NOOP(
          "gatehouse::auth::Explanation",
          "The signature does not belong to this token: it was changed or signed by somebody else."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "It was edited or cut on its way, or another server has a key of the same name."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Send the token unchanged, or sign in again.")}},
    {Reason::MissingScope,
     {"missing_scope", 403, "insufficient_scope", "The token lacks a scope that this needs.",
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Scope missing"),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "The token lacks the scope “%4”; needed is %1."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "The client did not ask for it, or the user did not grant it."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "Sign in again and ask for the scopes of the challenge.")}},
    {Reason::MissingPermission,
     {"missing_permission", 403, "", "The user lacks a permission that this needs.",
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Permission missing"),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "The token lacks the permission “%4”; needed is %1."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "The user's role in this organization does not have it."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "Give the user's role the permission in Dashboard → Roles & Permissions, and "
                        "sign in again.")}},
    {Reason::WrongOrganization,
     {"wrong_organization", 403, "", "The token is not for an organization that may do this.",
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Wrong organization"),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "The token is for the organization %2; this is for %1."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                        "The user chose this organization when signing in; a token is for one only."),
      QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Sign in again and choose the organization.")}},
};

constexpr bool isWhole()
{
    for (std::size_t i = 0; i < std::size(entries); ++i) {
        if (std::size_t(entries[i].reason) != i)
            return false;
    }
    return std::size(entries) == std::size_t(lastReason) + 1;
}
static_assert(isWhole(), "each reason has its row, in the order of Reason");

} // namespace

ExplanationRow rowOf(Reason reason)
{
    return entries[std::size_t(reason)].row;
}

} // namespace gatehouse::auth
