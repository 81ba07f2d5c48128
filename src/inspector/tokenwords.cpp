// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/tokenwords.h"

#include "auth/challengereader.h"
#include "auth/explanation.h"
#include "auth/nearmiss.h"
#include "base/json.h"
#include "base/jsontext.h"
#include "inspector/words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QLocale>
#include <QSet>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::inspector::TokenWords)
};

struct Claim
{
    const char *name;
    const char *words;
    const char *meaning;
};

constexpr Claim claims[] = {
    {"iss", QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "who issued it"),
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "Issuer (RFC 7519 §4.1.1): the authorization server. Compared byte for byte.")},
    {"aud", QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "who it is for"),
     QT_TRANSLATE_NOOP(
         "gatehouse::inspector::TokenWords",
         "Audience (RFC 7519 §4.1.3, RFC 8707): the resource that the client asked the token for.")},
    {"exp", QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "when it ends"),
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "Expiration time (RFC 7519 §4.1.4), in seconds since 1970. AuthKit gives 300 s.")},
    {"nbf", QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "when it begins"),
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "Not before (RFC 7519 §4.1.5), in seconds since 1970.")},
    {"iat", QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "when it was issued"),
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "Issued at (RFC 7519 §4.1.6), in seconds since 1970.")},
    {"sub", QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "the user"),
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "Subject (RFC 7519 §4.1.2): AuthKit's user id, or the client itself for M2M.")},
    {"scope", QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "granted scopes"),
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "Scopes that were granted, separated by blanks (RFC 9068 §2.2.3).")},
    {"org_id", QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "organization chosen at sign-in"),
     QT_TRANSLATE_NOOP(
         "gatehouse::inspector::TokenWords",
         "AuthKit: the organization that the user signed in to; absent where none was chosen.")},
    {"role", QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "role in the organization"),
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "AuthKit: the user's first role in this organization.")},
    {"roles", QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "roles in the organization"),
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "AuthKit: all roles of the user in this organization.")},
    {"permissions", QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "what the roles allow"),
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "AuthKit: the permissions that the roles come with.")},
    {"client_id", QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "the client that asked"),
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "OAuth client that the token was issued to (RFC 9068 §2.2).")},
    {"azp", QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "the client that asked"),
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "Authorized party (OpenID Connect Core §2).")},
    {"sid", QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "the consent"),
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "AuthKit: the id of the consent, not of a browser session.")},
    {"jti", QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "the token's own id"),
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "JWT ID (RFC 7519 §4.1.7): the same in no other token.")},
    {"email", QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "e-mail address"),
     QT_TRANSLATE_NOOP(
         "gatehouse::inspector::TokenWords",
         "Not part of AuthKit's stock access token: a JWT template of the environment adds it.")},
    {"email_verified",
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "whether the address was verified"),
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "Added by a JWT template, as the e-mail is.")},
    {"name", QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "full name"),
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "Added by a JWT template.")},
    {"given_name", QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "first name"),
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "Added by a JWT template (OpenID Connect Core §5.1).")},
    {"family_name", QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "last name"),
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "Added by a JWT template (OpenID Connect Core §5.1).")},
    {"first_name", QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "first name"),
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "Added by a JWT template.")},
    {"last_name", QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "last name"),
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "Added by a JWT template.")},
    {"auth_time", QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "when the user signed in"),
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "OpenID Connect Core §2, in seconds since 1970.")},
    {"nonce", QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "ties an ID token to its request"),
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "OpenID Connect Core §2: this looks like an ID token.")},
};

constexpr Claim challengeParameters[] = {
    {"realm", "",
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "A name for what is protected (RFC 9110 §11.5).")},
    {"error", "",
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "What is wrong with the request or its token (RFC 6750 §3.1).")},
    {"error_description", "",
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "The same for developers.")},
    {"scope", "",
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "The scopes that the token needs; a client asks for exactly these (RFC 6750 §3).")},
    {"resource_metadata", "",
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "Where the client finds out which authorization server to use (RFC 9728 §5.1).")},
};

constexpr Claim headers[] = {
    {"authorization", "",
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "The access token (RFC 6750 §2.1). Only its last four characters are shown.")},
    {"www-authenticate", "",
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "The challenge: how to get a token that works here (RFC 9110 §11.6.1).")},
    {"mcp-session-id", "",
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "The session that initialize opened. A secret, so it is masked.")},
    {"mcp-protocol-version", "",
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "The revision of MCP that the client speaks.")},
    {"mcp-method", "",
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "The JSON-RPC method, repeated for proxies (MCP 2026-07-28).")},
    {"mcp-name", "",
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "The tool, prompt or resource, repeated for proxies (MCP 2026-07-28).")},
    {"accept", "",
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "MCP clients take application/json and text/event-stream.")},
    {"content-type", "",
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "What the body is; MCP requests are application/json.")},
    {"origin", "",
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "The page that made a browser ask. Checked against DNS rebinding.")},
    {"host", "",
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "The name that the client used for this server. Checked against DNS rebinding.")},
    {"user-agent", "",
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "The program that asks, as it calls itself.")},
    {"last-event-id", "",
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "The event after which a stream is to go on.")},
    {"cache-control", "",
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords",
                       "Answers with tokens or challenges must not be stored.")},
    {"retry-after", "",
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "When it makes sense to ask again, in seconds.")},
    {"allow", "",
     QT_TRANSLATE_NOOP("gatehouse::inspector::TokenWords", "The methods that this address takes.")},
};

template <std::size_t N> const Claim *find(const Claim (&table)[N], QByteArrayView name)
{
    for (const Claim &claim : table) {
        if (name.compare(claim.name, Qt::CaseInsensitive) == 0)
            return &claim;
    }
    return nullptr;
}

QString translated(const char *text)
{
    return *text ? QCoreApplication::translate("gatehouse::inspector::TokenWords", text) : QString();
}

/// What auth noted in English, in the user's language; texts of a token stay as they are.
QString checkText(const QString &text)
{
    return escapedForDisplay(
        QCoreApplication::translate("gatehouse::auth::Check", text.toUtf8().constData()));
}

/// A claim as the token has it.
struct Written
{
    QString name;
    QByteArray json;
};

/// All of them, in the order of the token where its text is there.
QList<Written> writtenClaimsOf(const auth::Verdict &verdict)
{
    QList<Written> all;
    const auto text = base::JsonText::read(verdict.claimsText);
    if (text) {
        for (const base::JsonText::Node &node : text->nodes()) {
            if (node.parent == 0)
                all.append({base::unquotedJson(text->nameOf(node)), text->textOf(node).toByteArray()});
        }
        return all;
    }
    for (auto it = verdict.claims.begin(); it != verdict.claims.end(); ++it)
        all.append({it.key(), base::writeJson(QJsonValue(*it))});
    return all;
}

QString textOf(const QByteArray &json)
{
    return escapedForDisplay(json.startsWith('"') ? base::unquotedJson(json)
                                                  : QString::fromUtf8(base::compactJson(json)));
}

QString clockText(qint64 atMs, qint64 besideMs)
{
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(atMs);
    const bool isSameDay = at.date() == QDateTime::fromMSecsSinceEpoch(besideMs).date();
    return isSameDay ? at.toString(u"HH:mm:ss"_s) : QLocale().toString(at, QLocale::ShortFormat);
}

QString timeWords(const QJsonValue &value, qint64 receivedAtMs)
{
    const double seconds = value.toDouble(-1);
    if (!value.isDouble() || seconds < 0 || seconds > 1e11)
        return {};
    const qint64 at = qint64(seconds) * 1000;
    const qint64 off = (at - receivedAtMs) / 1000;
    const QString clock = clockText(at, receivedAtMs);
    if (off == 0)
        return Tr::tr("%1, with the request").arg(clock);
    return (off > 0 ? Tr::tr("%1, %2 after the request") : Tr::tr("%1, %2 before the request"))
        .arg(clock, auth::duration(std::abs(off)));
}

QString passedText(const QString &claim, Reader reader)
{
    if (claim == "iss"_L1)
        return reader == Reader::Gate ? Tr::tr("is the configured issuer") : Tr::tr("is the issuer found");
    if (claim == "aud"_L1)
        return reader == Reader::Gate  ? Tr::tr("names this server")
            : reader == Reader::Client ? Tr::tr("names the server")
                                       : Tr::tr("names this client");
    if (claim == "exp"_L1)
        return Tr::tr("not past");
    if (claim == "nbf"_L1 || claim == "iat"_L1)
        return Tr::tr("not in the future");
    return Tr::tr("present");
}

QString failedText(const auth::Check &check)
{
    using auth::Reason;
    switch (check.reason) {
    case Reason::Expired:
        return Tr::tr("past by %1").arg(auth::duration(check.offBySeconds));
    case Reason::NotYetValid:
        return Tr::tr("begins only in %1").arg(auth::duration(check.offBySeconds));
    case Reason::MissingClaim:
        return Tr::tr("missing");
    default:
        break;
    }
    const QString expected = Tr::tr("expected %1").arg(checkText(check.expected));
    return check.note.isEmpty() ? expected : expected + u": "_s + checkText(check.note);
}

/// What to mark in `actual`.
std::pair<qsizetype, qsizetype> difference(const QString &expected, const QString &actual)
{
    const auth::Difference found = auth::differenceOf(expected, actual);
    if (actual.size() - found.length < 4)
        return {-1, 0}; // Nothing in common: the whole value is wrong.
    // A part that is missing is marked where it should be.
    return found.length > 0 ? std::pair(found.from, found.length)
                            : std::pair(std::max<qsizetype>(0, found.from - 1), qsizetype(1));
}

ClaimRow rowOf(const QString &name, const QByteArray &written, const QJsonValue &value, qint64 receivedAtMs)
{
    ClaimRow row;
    row.claim = escapedForDisplay(name.left(100));
    row.value = textOf(written).left(2000);
    const QByteArray bytes = name.toUtf8();
    const Claim *claim = find(claims, bytes);
    row.words = claim ? translated(claim->words) : QString();
    row.meaning = claim ? translated(claim->meaning) : QString();
    static const QStringList times = {u"exp"_s, u"nbf"_s, u"iat"_s, u"auth_time"_s};
    if (times.contains(name)) {
        const QString words = timeWords(value, receivedAtMs);
        row.words = words.isEmpty() ? row.words : words;
    }
    return row;
}

const auth::Check *checkOf(const auth::Verdict &verdict, QLatin1StringView what)
{
    for (const auth::Check &check : verdict.checks) {
        if (check.what == what)
            return &check;
    }
    return nullptr;
}

QString clockTime(qint64 atMs)
{
    return QDateTime::fromMSecsSinceEpoch(atMs).toString(u"HH:mm:ss"_s);
}

} // namespace

Advice adviceOf(const auth::Explanation &words)
{
    return {escapedForDisplay(words.cause), escapedForDisplay(words.remedy), words.page, words.copy, {}};
}

QList<ClaimRow> claimRowsOf(const auth::Verdict &verdict, qint64 receivedAtMs, Reader reader)
{
    QList<ClaimRow> rows;
    QSet<QString> shown;
    const QList<Written> claims = writtenClaimsOf(verdict);
    QHash<QString, QByteArray> written;
    for (const Written &claim : claims)
        written.insert(claim.name, claim.json);
    static const QStringList notClaims = {u"kind"_s,   u"algorithm"_s,  u"key"_s,         u"signature"_s,
                                          u"scopes"_s, u"permission"_s, u"organization"_s};
    for (const auth::Check &check : verdict.checks) {
        const bool isClaim = !notClaims.contains(check.what);
        const bool isThere = verdict.claims.contains(check.what);
        if (!isClaim || shown.contains(check.what) || (!isThere && check.state != auth::CheckState::Failed))
            continue;
        shown.insert(check.what);
        ClaimRow row
            = rowOf(check.what, written.value(check.what), verdict.claims.value(check.what), receivedAtMs);
        row.state = check.state;
        if (check.state == auth::CheckState::Passed) {
            row.check = passedText(check.what, reader);
            if (!check.note.isEmpty())
                row.check += u", "_s + checkText(check.note);
        } else if (check.state == auth::CheckState::Failed) {
            row.check = failedText(check);
            const bool isText = verdict.claims.value(check.what).isString();
            if (isText && !check.expected.isEmpty())
                std::tie(row.differsAt, row.differsLength) = difference(check.expected, row.value);
        } else {
            row.check = check.note.isEmpty() ? Tr::tr("nothing required") : checkText(check.note);
        }
        rows.append(row);
    }
    for (const Written &claim : claims) {
        if (shown.contains(claim.name))
            continue;
        ClaimRow row = rowOf(claim.name, claim.json, verdict.claims.value(claim.name), receivedAtMs);
        row.check = Tr::tr("nothing required");
        rows.append(row);
    }
    return rows;
}

QString signatureSentence(const auth::Verdict &verdict)
{
    const auth::Check *signature = checkOf(verdict, "signature"_L1);
    if (!signature)
        return {};
    const QString kid = escapedForDisplay(verdict.header.value("kid"_L1).toString().left(200));
    const QString fetched = verdict.keysFetchedAt > 0
        ? u' ' + Tr::tr("Keys read at %1.").arg(clockTime(verdict.keysFetchedAt))
        : QString();
    switch (signature->state) {
    case auth::CheckState::Passed:
        return Tr::tr("Signature good, key %1.").arg(kid) + fetched;
    case auth::CheckState::Failed:
        return Tr::tr("The signature does not fit key %1.").arg(kid) + fetched;
    case auth::CheckState::NotChecked:
        break;
    }
    const auth::Check *key = checkOf(verdict, "key"_L1);
    const QString why = !signature->note.isEmpty() ? signature->note : key ? key->note : QString();
    return why.isEmpty() ? Tr::tr("Signature not checked.")
                         : Tr::tr("Signature not checked: %1").arg(checkText(why));
}

Expiry expiryOf(const auth::Verdict &verdict, qint64 nowMs)
{
    const QJsonValue exp = verdict.claims.value("exp"_L1);
    if (!exp.isDouble() || exp.toDouble() < 0 || exp.toDouble() > 1e11)
        return {};
    const qint64 left = qint64(exp.toDouble()) - nowMs / 1000;
    if (left < 0)
        return {Tr::tr("Expired %1 ago").arg(auth::duration(-left)), Tone::Bad};
    if (left < 30)
        return {Tr::tr("Expires in %1").arg(auth::duration(left)), Tone::Warning};
    if (left < 600)
        return {Tr::tr("Expires in %1 min %2 s").arg(left / 60).arg(left % 60, 2, 10, QChar(u'0')),
                Tone::Good};
    return {Tr::tr("Expires in %1").arg(auth::duration(left)), Tone::Good};
}

QList<Advice> hintsFor(const auth::Verdict &verdict)
{
    QList<Advice> hints;
    const QList<auth::Hint> given = auth::hintsOf(verdict);
    for (const auth::Hint &hint : given)
        hints.append({hint.sentence, {}, hint.page, hint.copy, {}});
    return hints;
}

Headline headlineOf(const auth::Verdict &verdict, Reader reader)
{
    const bool isForServer = reader != Reader::ClientOfId;
    if (reader == Reader::Gate && verdict.reason == auth::Reason::NotNeeded)
        return {Tone::Muted, Tr::tr("This server asks nobody for a token: it was not judged."), {}};
    const auth::Explanation words = auth::explain(verdict);
    const bool isUnchecked = verdict.reason == auth::Reason::NotVerified;
    return {verdict.accepted() ? (isUnchecked ? Tone::Warning : Tone::Good) : Tone::Bad,
            isUnchecked ? (isForServer ? Tr::tr("Valid for this server, but its signature was not checked.")
                                       : Tr::tr("Valid, but its signature was not checked."))
                : verdict.accepted() ? (isForServer ? Tr::tr("Valid for this server.") : Tr::tr("Valid."))
                : reader == Reader::Gate
                ? Tr::tr("This server would refuse it: %1").arg(escapedForDisplay(words.sentence))
                : Tr::tr("A server would refuse it: %1").arg(escapedForDisplay(words.sentence)),
            signatureSentence(verdict), verdict.accepted() ? Advice() : adviceOf(words)};
}

QList<ChallengePart> challengePartsOf(const exchange::Exchange &exchange)
{
    const auto challenge = auth::readChallenge(exchange.challenge);
    QList<ChallengePart> parts;
    if (!challenge || !*challenge)
        return parts;
    for (const auto &[name, value] : (*challenge)->parameters) {
        const Claim *known = find(challengeParameters, name);
        parts.append({escapedForDisplay(QString::fromUtf8(name)), escapedForDisplay(QString::fromUtf8(value)),
                      known ? translated(known->meaning) : QString()});
    }
    return parts;
}

QString headerMeaning(QByteArrayView name)
{
    const Claim *known = find(headers, name);
    return known ? translated(known->meaning) : QString();
}

} // namespace gatehouse::inspector
