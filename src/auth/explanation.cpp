// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/explanation.h"

#include <QCoreApplication>
#include <QUrl>

namespace gatehouse::auth {

using namespace Qt::StringLiterals;

namespace {

/// Everything that is fixed about a reason. Words with %1 and %2 take expected and actual.
struct Row
{
    const char *name;
    int status;
    const char *error;
    const char *wire;
    const char *word;
    const char *sentence;
    const char *remedy;
};

Row rowOf(Reason reason)
{
    switch (reason) {
    case Reason::NotNeeded:
        return {"not_needed",
                200,
                "",
                "",
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "–"),
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "No token is needed here."),
                ""};
    case Reason::Valid:
        return {"valid",
                200,
                "",
                "",
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Valid"),
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                                  "The token is valid: signature, issuer, audience and times are right."),
                ""};
    case Reason::NotVerified:
        return {"not_verified",
                200,
                "",
                "",
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Not verified"),
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                                  "Let in without a check of the signature: verifyJwt is off."),
                QT_TRANSLATE_NOOP(
                    "gatehouse::auth::Explanation",
                    "Switch verifyJwt on in the settings before anybody else can reach this server.")};
    case Reason::NoToken:
        return {"no_token",
                401,
                "",
                "Sign in to use this server.",
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "No token"),
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "The request carries no token."),
                QT_TRANSLATE_NOOP(
                    "gatehouse::auth::Explanation",
                    "This is how every client begins. If it never signs in, see whether it read the metadata "
                    "address in the challenge.")};
    case Reason::WrongScheme:
        return {"wrong_scheme",
                401,
                "",
                "Use the Bearer scheme.",
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Wrong scheme"),
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                                  "The Authorization header is not of the Bearer scheme."),
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Send “Authorization: Bearer <token>”.")};
    case Reason::MalformedHeader:
        return {"malformed_header",
                400,
                "invalid_request",
                "Send exactly one well-formed Authorization header.",
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Malformed header"),
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                                  "The Authorization header is malformed, or came twice."),
                QT_TRANSLATE_NOOP(
                    "gatehouse::auth::Explanation",
                    "Send one Authorization header with one token of the characters that RFC 6750 allows.")};
    case Reason::TokenInQuery:
        return {
            "token_in_query",
            400,
            "invalid_request",
            "Send the token in the Authorization header, never in the query.",
            QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Token in query"),
            QT_TRANSLATE_NOOP(
                "gatehouse::auth::Explanation",
                "The request carries a token in its query, where proxies and logs can read it."),
            QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                              "Move the token to the Authorization header and treat this one as leaked.")};
    case Reason::TooLong:
        return {"too_long",
                401,
                "invalid_token",
                "The token is too long.",
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Too long"),
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                                  "The token is longer than 16 KiB and was not read."),
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                                  "Make the JWT template of the environment smaller.")};
    case Reason::MalformedToken:
        return {"malformed_token",
                401,
                "invalid_token",
                "The token is not a signed JWT.",
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Malformed"),
                QT_TRANSLATE_NOOP(
                    "gatehouse::auth::Explanation",
                    "The token is not a signed JWT: its parts are not three, not base64url or not JSON."),
                QT_TRANSLATE_NOOP(
                    "gatehouse::auth::Explanation",
                    "Send the access_token of the token answer, whole, and neither the id_token nor the "
                    "refresh_token.")};
    case Reason::UnsafeHeader:
        return {
            "unsafe_header",
            401,
            "invalid_token",
            "The token's header asks for something that is not allowed.",
            QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Unsafe header"),
            QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                              "The token's header carries a member that would change how it is verified."),
            QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                              "AuthKit issues no such token: find out where it came from.")};
    case Reason::AlgorithmNotAllowed:
        return {"algorithm_not_allowed",
                401,
                "invalid_token",
                "The token's algorithm is not allowed.",
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Wrong algorithm"),
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                                  "The token says algorithm “%2”; allowed is %1."),
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                                  "AuthKit signs with RS256: find out where this token came from.")};
    case Reason::UnknownKey:
        return {
            "unknown_key",
            401,
            "invalid_token",
            "The token is signed with an unknown key.",
            QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Unknown key"),
            QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                              "The issuer's key set has no key “%2”, even after asking again."),
            QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                              "Sign in again; compare the subdomain with the place the token came from.")};
    case Reason::KeyMismatch:
        return {"key_mismatch",
                401,
                "invalid_token",
                "The token's key is not meant for its algorithm.",
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Key mismatch"),
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                                  "The key exists but is not meant for the token's algorithm."),
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Find out where this token came from.")};
    case Reason::BadSignature:
        return {
            "bad_signature",
            401,
            "invalid_token",
            "The token's signature is wrong.",
            QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Bad signature"),
            QT_TRANSLATE_NOOP(
                "gatehouse::auth::Explanation",
                "The signature does not belong to this token: it was changed or signed by somebody else."),
            QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Send the token unchanged, or sign in again.")};
    case Reason::KeysUnavailable:
        return {"keys_unavailable",
                503,
                "",
                "The keys to check tokens are not available.",
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "No keys"),
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                                  "The issuer's keys could not be fetched, so no token can be judged."),
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                                  "Check the subdomain and the network; the log has the reason.")};
    case Reason::WrongKind:
        return {"wrong_kind",
                401,
                "invalid_token",
                "The token is not an access token for MCP.",
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Wrong kind"),
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "This is no access token for MCP but %2."),
                QT_TRANSLATE_NOOP(
                    "gatehouse::auth::Explanation",
                    "Send the access_token that the AuthKit domain's own token endpoint answered with.")};
    case Reason::WrongIssuer:
        return {"wrong_issuer",
                401,
                "invalid_token",
                "The token is from another issuer.",
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Wrong issuer"),
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                                  "The token was issued by %2; this server trusts %1."),
                QT_TRANSLATE_NOOP(
                    "gatehouse::auth::Explanation",
                    "Set the subdomain to the issuer of your tokens, or sign in at the right one.")};
    case Reason::MissingClaim:
        return {"missing_claim",
                401,
                "invalid_token",
                "The token lacks a claim that is needed.",
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Claim missing"),
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "The token has no “%5”."),
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                                  "Send an access token of AuthKit; an id_token or a key will not do.")};
    case Reason::WrongClaimType:
        return {"wrong_claim_type",
                401,
                "invalid_token",
                "A claim of the token has the wrong type.",
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Wrong type"),
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "The claim “%5” is not %1."),
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                                  "Look at the JWT template of the environment.")};
    case Reason::WrongAudience:
        return {
            "wrong_audience",
            401,
            "invalid_token",
            "The token is meant for another server.",
            QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Wrong audience"),
            QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "The token is for %2; this server is %1."),
            QT_TRANSLATE_NOOP(
                "gatehouse::auth::Explanation",
                "Add %1, exactly so, under Connect → Configuration → MCP resource indicators, and sign in "
                "again.")};
    case Reason::Expired:
        return {
            "expired",
            401,
            "invalid_token",
            "The token has expired.",
            QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Expired"),
            QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "The token expired %3 ago."),
            QT_TRANSLATE_NOOP(
                "gatehouse::auth::Explanation",
                "Let the client refresh or sign in again; ask for offline_access to get a refresh token.")};
    case Reason::NotYetValid:
        return {"not_yet_valid",
                401,
                "invalid_token",
                "The token is not valid yet.",
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Not yet valid"),
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "The token becomes valid only in %3."),
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Set the clocks of both machines.")};
    case Reason::MissingScope:
        return {"missing_scope",
                403,
                "insufficient_scope",
                "The token lacks a scope that this needs.",
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Scope missing"),
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                                  "The token lacks the scope “%4”; needed is %1."),
                QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                                  "Sign in again and ask for the scopes of the challenge.")};
    case Reason::MissingPermission:
        return {
            "missing_permission",
            403,
            "",
            "The user lacks a permission that this needs.",
            QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Permission missing"),
            QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                              "The token lacks the permission “%4”; needed is %1."),
            QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                              "Give the user's role the permission in Dashboard → Roles & Permissions, and "
                              "sign in again.")};
    case Reason::WrongOrganization:
        return {
            "wrong_organization",
            403,
            "",
            "The token is not for an organization that may do this.",
            QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Wrong organization"),
            QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                              "The token is for the organization %2; this is for %1."),
            QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Sign in again and choose the organization.")};
    }
    Q_UNREACHABLE();
}

QString translated(const char *text)
{
    return *text ? QCoreApplication::translate("gatehouse::auth::Explanation", text) : QString();
}

QString filled(const QString &text, const Check &check)
{
    const auto shown = [](const QString &value) { return value.isEmpty() ? u"–"_s : value.left(300); };
    // In one pass, so that a value that holds "%1" itself stays what it is.
    QString out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar next = text[i] == u'%' && i + 1 < text.size() ? text[i + 1] : QChar();
        switch (next.unicode()) {
        case u'1':
            out += shown(
                QCoreApplication::translate("gatehouse::auth::Check", check.expected.toUtf8().constData()));
            break;
        case u'2':
            out += shown(
                QCoreApplication::translate("gatehouse::auth::Check", check.actual.toUtf8().constData()));
            break;
        case u'3':
            out += duration(check.offBySeconds);
            break;
        case u'4':
            out += shown(check.note);
            break;
        case u'5':
            out += shown(check.what);
            break;
        default:
            out += text[i];
            continue;
        }
        ++i;
    }
    return out;
}

/// Whether a token of which one thing is wrong was signed by its issuer and is good otherwise.
bool isOnlyFault(const Verdict &verdict)
{
    qsizetype failed = 0;
    bool isSigned = false;
    for (const Check &check : verdict.checks) {
        failed += check.state == CheckState::Failed ? 1 : 0;
        isSigned = isSigned || (check.what == "signature"_L1 && check.state == CheckState::Passed);
    }
    return failed == 1 && isSigned;
}

} // namespace

Explanation explain(const Verdict &verdict)
{
    const Row row = rowOf(verdict.reason);
    const Check *decisive = verdict.decisive();
    const Check check = decisive ? *decisive : Check();
    Explanation words;
    words.word = translated(row.word);
    if (verdict.reason == Reason::Expired)
        words.word += u' ' + duration(check.offBySeconds);
    words.wire = QString::fromLatin1(row.wire);
    words.sentence = filled(translated(row.sentence), check);
    const bool isPair = verdict.reason == Reason::WrongAudience || verdict.reason == Reason::WrongIssuer;
    if (isPair && !check.note.isEmpty()) {
        words.sentence.chop(1); // The full stop comes behind.
        words.sentence += u" ("_s + check.note + u")."_s;
    }
    if (isOnlyFault(verdict))
        words.sentence += u' '
            + translated(QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Nothing else is wrong with it."));
    words.remedy = filled(translated(row.remedy), check);
    words.error = QString::fromLatin1(row.error);
    words.status = row.status;
    return words;
}

QString duration(qint64 seconds)
{
    if (seconds < 120)
        return u"%1 s"_s.arg(seconds);
    return seconds < 7200 ? u"%1 min"_s.arg(seconds / 60) : u"%1 h"_s.arg(seconds / 3600);
}

QString reasonName(Reason reason)
{
    return QString::fromLatin1(rowOf(reason).name);
}

QString nearMiss(const QString &expected, const QString &actual)
{
    const auto words
        = [](const char *text) { return QCoreApplication::translate("gatehouse::auth::Explanation", text); };
    if (expected == actual || expected.isEmpty())
        return {};
    if (actual == expected + u'/')
        return words(QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "one trailing slash too many"));
    if (expected == actual + u'/')
        return words(QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "the trailing slash is missing"));
    if (expected.compare(actual, Qt::CaseInsensitive) == 0)
        return words(QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "upper and lower case differ"));
    const QUrl wanted(expected);
    const QUrl given(actual);
    const bool samePlace
        = wanted.host() == given.host() && wanted.path() == given.path() && !wanted.host().isEmpty();
    if (samePlace && wanted.scheme() != given.scheme())
        return words(QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "%1 instead of %2"))
            .arg(given.scheme(), wanted.scheme());
    if (samePlace && wanted.port() != given.port())
        return words(QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "another port"));
    if (wanted.path() == given.path() && wanted.port() == given.port() && wanted.scheme() == given.scheme()
        && !given.host().isEmpty())
        return words(QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "another name: %1 instead of %2"))
            .arg(given.host(), wanted.host());
    if (actual.startsWith("client_"_L1))
        return words(QT_TRANSLATE_NOOP("gatehouse::auth::Explanation",
                                       "that is a client id: no resource indicator is configured"));
    return {};
}

} // namespace gatehouse::auth
