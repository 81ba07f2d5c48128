// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/exchangewords.h"

#include "auth/explanation.h"
#include "base/json.h"
#include "inspector/foreigntext.h"
#include "inspector/words.h"
#include "protocol/eventstream.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

namespace {

/// About what was turned away without a word about its token.
struct Turned
{
    const char *cause = "";
    const char *remedy = ""; ///< For whoever runs the server.
    const char *next = ""; ///< For the client.
    const char *setting = ""; ///< Advice::setting
};

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::inspector::ExchangeWords)

public:
    static Turned turnedAway(exchange::Refusal refusal);
    /// By exchange::FaultWords::name.
    static Turned turnedAwayBefore(const QByteArray &fault);

private:
    static constexpr const char *askRight
        = QT_TR_NOOP("The client must be corrected: the same request will be refused again, with any token.");
    static constexpr const char *tryLater
        = QT_TR_NOOP("The client should try again in a while. Nothing is wrong with its token.");
};

Turned Tr::turnedAway(exchange::Refusal refusal)
{
    using exchange::Refusal;
    switch (refusal) {
    case Refusal::None:
    case Refusal::BeforeHttp:
        break;
    case Refusal::NoHost:
        return {
            QT_TR_NOOP(
                "Without the name that was asked for, a page in a browser could be led here under another "
                "(DNS rebinding)."),
            "",
            QT_TR_NOOP(
                "The client should send Host with the name and port of the address that it was given.")};
    case Refusal::ForeignHost:
        return {
            QT_TR_NOOP(
                "The client, or a proxy before this server, used another name than those that it is known "
                "by. "
                "Pages in a browser would be led here in the same way (DNS rebinding)."),
            QT_TR_NOOP(
                "Give the server the address that its clients use, or have the proxy pass that name on."),
            QT_TR_NOOP("The client should use the address of this server. Signing in again changes nothing."),
            "resource"};
    case Refusal::ForeignOrigin:
        return {
            QT_TR_NOOP("A page of another origin made a browser ask."),
            QT_TR_NOOP(
                "If the page is meant to call this server, serve both from one origin, or the page from this "
                "machine."),
            QT_TR_NOOP("Nothing helps the client: pages of that origin may not call, with any token.")};
    case Refusal::UnknownPath:
        return {"", "", QT_TR_NOOP("The client should use the address of the MCP endpoint, path included.")};
    case Refusal::WrongMethod:
        return {"", "", QT_TR_NOOP("The client should use one of the methods that Allow names.")};
    case Refusal::TooLarge:
        return {"", "", QT_TR_NOOP("The client should send less at once. Its token was not at fault."),
                "maxBodyKiB"};
    case Refusal::RepeatedHeader:
        return {QT_TR_NOOP("Two values of one header could be read differently by two who look at it."), "",
                askRight};
    case Refusal::WrongContentType:
    case Refusal::EncodedBody:
    case Refusal::NotAcceptable:
    case Refusal::NotJson:
        return {"", "", askRight};
    }
    return {};
}

Turned Tr::turnedAwayBefore(const QByteArray &fault)
{
    static const QHash<QByteArray, Turned> known = {
        {"line_too_long", {"", "", QT_TR_NOOP("The client should use a shorter address."), "maxLineKiB"}},
        {"fields_too_large",
         {QT_TR_NOOP("Large cookies or tokens are the usual reason."), "",
          QT_TR_NOOP("The client should send smaller header fields."), "maxHeaderKiB"}},
        {"too_many_fields",
         {"", "", QT_TR_NOOP("The client should send fewer header fields."), "maxHeaderFields"}},
        {"body_too_large",
         {"", "", QT_TR_NOOP("The client should send less at once. Its token was not at fault."),
          "maxBodyKiB"}},
        {"head_too_slow", {"", "", tryLater, "headerSeconds"}},
        {"body_too_slow", {"", "", tryLater, "bodySeconds"}},
        {"answer_too_slow",
         {QT_TR_NOOP("The work took longer than a plain answer may take; an event stream may take longer."),
          "",
          QT_TR_NOOP(
              "The client may try again; a tool that takes long should answer with an event stream or as a "
              "task."),
          "answerSeconds"}},
        {"too_many_connections", {"", "", tryLater, "maxConnections"}},
        {"too_much_unfinished", {"", "", tryLater, ""}},
        {"no_host",
         {"", "",
          QT_TR_NOOP(
              "The client should send Host with the name and port of the address that it was given.")}},
        {"bad_version",
         {QT_TR_NOOP("HTTP/2 without TLS, or something that is no HTTP, was sent."), "",
          QT_TR_NOOP("The client should speak HTTP/1.1.")}},
        {"bad_line",
         {QT_TR_NOOP("HTTPS, or something that is no HTTP at all, was sent to a port of plain HTTP."), "",
          QT_TR_NOOP("The client should use the address as it is given, with http, or the https address of a "
                     "proxy.")}},
    };
    const auto found = known.constFind(fault);
    return found != known.cend() ? *found : Turned{"", "", askRight, ""};
}

QString translated(const char *text)
{
    return *text ? QCoreApplication::translate("gatehouse::inspector::ExchangeWords", text) : QString();
}

Turned turnedAway(const exchange::Exchange &exchange)
{
    return exchange.refusal == exchange::Refusal::BeforeHttp ? Tr::turnedAwayBefore(exchange.fault.name)
                                                             : Tr::turnedAway(exchange.refusal);
}

Headline headlineOfRefused(const exchange::Exchange &exchange, const auth::Explanation &words)
{
    const Turned turned = turnedAway(exchange);
    const bool isServer = exchange.source == exchange::Source::Server; // The sandbox's limits are its own.
    return {Tone::Warning,
            exchange.refusal == exchange::Refusal::BeforeHttp
                ? whyRefused(exchange)
                : Tr::tr("Refused: %1").arg(whyRefused(exchange)),
            exchange.verdict.reason == auth::Reason::NotNeeded
                ? Tr::tr("No token was looked at.")
                : Tr::tr("The token: %1").arg(escapedForDisplay(words.sentence)),
            {translated(turned.cause),
             translated(turned.remedy),
             {},
             {},
             isServer ? QString::fromLatin1(turned.setting) : QString()}};
}

/// A minus sign, and one that no font breaks a line at.
QString codeText(int code)
{
    return QString::number(code).replace(u'-', u'\u2212');
}

/// Of what was let in, and did not come to a good end.
std::optional<Headline> headlineOfFailed(const exchange::Exchange &exchange)
{
    const bool mayQuote
        = exchange.outcome == exchange::Outcome::ToolError || exchange.outcome == exchange::Outcome::RpcError;
    const QString own = mayQuote ? ownWordsOf(exchange) : QString();
    switch (exchange.outcome) {
    case exchange::Outcome::Left:
        return Headline{
            Tone::Plain,
            Tr::tr("The client closed the connection after %1.").arg(tookWords(tookUs(exchange.times))),
            Tr::tr("A client of 2026-07-28 cancels its call in this way; one that only listened has "
                   "stopped."),
            {}};
    case exchange::Outcome::Late:
        return Headline{Tone::Warning,
                        Tr::tr("Allowed, but the answer was not there in time: the client was given HTTP %1.")
                            .arg(exchange.status),
                        Tr::tr("An event stream may take longer."),
                        {{}, {}, {}, {}, u"answerSeconds"_s}};
    case exchange::Outcome::ToolError:
        return Headline{Tone::Warning,
                        own.isEmpty() ? Tr::tr("The tool itself reported an error.")
                                      : Tr::tr("The tool reported: %1").arg(own),
                        Tr::tr("The call was let in; HTTP and JSON-RPC were fine."),
                        {}};
    case exchange::Outcome::RpcError:
        return Headline{Tone::Warning,
                        own.isEmpty() ? Tr::tr("JSON-RPC error %1.").arg(codeText(exchange.rpcErrorCode))
                                      : Tr::tr("%1: %2").arg(codeText(exchange.rpcErrorCode), own),
                        Tr::tr("The request was let in, and answered with this JSON-RPC error."),
                        {}};
    case exchange::Outcome::Running:
    case exchange::Outcome::None:
    case exchange::Outcome::Ok:
        break;
    }
    return std::nullopt;
}

/// By the verdict on its token, for what was refused for it.
QString nextStepOf(auth::Reason reason)
{
    using auth::Reason;
    switch (reason) {
    case Reason::NotNeeded:
    case Reason::Valid:
    case Reason::NotVerified:
        return {};
    case Reason::NoToken:
        return Tr::tr(
            "The client should now read resource_metadata, find the authorization server there, register, "
            "sign its user in and come back with a token. If nothing follows, it stopped on that way.");
    case Reason::WrongScheme:
    case Reason::MalformedHeader:
        return Tr::tr(
            "The client must be corrected: it has to send one header, Authorization: Bearer and the token.");
    case Reason::TokenInQuery:
        return Tr::tr(
            "The client must be corrected: it has to send the token in the Authorization header, since "
            "addresses are written into logs.");
    case Reason::TooLong:
    case Reason::MalformedToken:
    case Reason::UnsafeHeader:
    case Reason::AlgorithmNotAllowed:
    case Reason::KeyMismatch:
        return Tr::tr(
            "The client should sign in again. If the next token is refused for the same reason, its issuer "
            "makes tokens that this server does not take.");
    case Reason::WrongAudience:
    case Reason::WrongIssuer:
    case Reason::WrongKind:
    case Reason::MissingClaim:
    case Reason::WrongClaimType:
        return Tr::tr(
            "The client will sign in again, and come back with a token that is refused for the same "
            "reason, until the cause is mended.");
    case Reason::MissingPermission:
    case Reason::WrongOrganization:
        return Tr::tr("The client should tell its user. No challenge was sent, because signing in again by "
                      "itself would not help.");
    case Reason::MissingScope:
        return Tr::tr(
            "The client should now sign in again, ask for the scopes of the challenge as well, and repeat "
            "the request.");
    case Reason::KeysUnavailable:
        return Tr::tr("The client should try again in a while; its token may be good.");
    case Reason::NotYetValid:
        return Tr::tr(
            "The client should repeat the request in a moment: its issuer's clock and this one differ.");
    case Reason::Expired:
    case Reason::UnknownKey:
    case Reason::BadSignature:
        return Tr::tr(
            "The client should now use its refresh token or sign in again, and repeat the request.");
    }
    return {};
}

/// The text of the first block of a tool's result that has one.
QString firstTextIn(const QJsonObject &result)
{
    const QJsonArray content = result.value("content"_L1).toArray();
    for (const QJsonValue value : content) {
        if (const QString text = value.toObject().value("text"_L1).toString(); !text.isEmpty())
            return text;
    }
    return {};
}

} // namespace

QString ownWordsOf(const exchange::Exchange &exchange)
{
    constexpr qsizetype longest = 300;
    QString words;
    // One message, or the last of an event stream that says something.
    QByteArrayList texts{exchange.responseBody.shown};
    if (!exchange.responseBody.shown.startsWith('{')) {
        texts = protocol::EventStreamReader().feed(exchange.responseBody.shown);
        std::reverse(texts.begin(), texts.end());
    }
    for (const QByteArray &text : std::as_const(texts)) {
        const QJsonObject message = base::readJsonObject(text).value_or(QJsonObject());
        words = exchange.outcome == exchange::Outcome::ToolError
            ? firstTextIn(message.value("result"_L1).toObject())
            : message.value("error"_L1).toObject().value("message"_L1).toString();
        if (!words.isEmpty())
            break;
    }
    if (words.size() <= longest)
        return escapedForDisplay(words.trimmed());
    const bool splitsPair = words[longest - 1].isHighSurrogate();
    return escapedForDisplay(words.first(longest - (splitsPair ? 1 : 0)) + u'…');
}

Headline headlineOf(const exchange::Exchange &exchange)
{
    const auth::Explanation words = auth::explain(exchange.verdict);
    if (exchange.refusal != exchange::Refusal::None)
        return headlineOfRefused(exchange, words);
    if (!exchange.verdict.accepted()) {
        const bool isNormal = exchange.verdict.reason == auth::Reason::NoToken;
        return {isNormal ? Tone::Warning : Tone::Bad,
                Tr::tr("Refused: %1").arg(escapedForDisplay(words.sentence)),
                signatureSentence(exchange.verdict), adviceOf(words)};
    }
    if (exchange.outcome == exchange::Outcome::Running)
        return {Tone::Plain, runningWords(exchange), signatureSentence(exchange.verdict), {}};
    if (exchange.source == exchange::Source::Sandbox)
        return {exchange.status >= 400 ? Tone::Warning : Tone::Plain,
                Tr::tr("The sandbox answered with HTTP %1.").arg(exchange.status),
                Tr::tr("It stands in for AuthKit; requests to it carry no token for your server."),
                {}};
    if (const auto failed = headlineOfFailed(exchange))
        return *failed;
    if (exchange.status >= 400)
        return {
            Tone::Warning, Tr::tr("Answered with HTTP %1.").arg(exchange.status), ownWordsOf(exchange), {}};
    if (exchange.verdict.reason == auth::Reason::NotVerified)
        return {Tone::Warning, escapedForDisplay(words.sentence), signatureSentence(exchange.verdict),
                adviceOf(words)};
    if (exchange.verdict.reason == auth::Reason::NotNeeded)
        return {Tone::Plain, Tr::tr("Answered. No token is needed here."), {}, {}};
    return {Tone::Good,
            Tr::tr("Allowed: %1").arg(escapedForDisplay(words.sentence)),
            signatureSentence(exchange.verdict),
            {}};
}

Advice adviceFor(const exchange::Exchange &exchange)
{
    const Advice advice = headlineOf(exchange).advice;
    if (!advice.copy.isEmpty() || !advice.page.isEmpty())
        return advice;
    const QList<Advice> hints = hintsFor(exchange.verdict);
    for (const Advice &hint : hints) {
        if (!hint.copy.isEmpty() || !hint.page.isEmpty())
            return hint;
    }
    return advice;
}

bool isOverALimit(const exchange::Exchange &exchange)
{
    return exchange.refusal == exchange::Refusal::BeforeHttp
        && (*turnedAway(exchange).setting != '\0' || exchange.fault.name == "too_much_unfinished");
}

QString nextStepOf(const exchange::Exchange &exchange)
{
    if (exchange.refusal != exchange::Refusal::None)
        return translated(turnedAway(exchange).next);
    if (!exchange.verdict.accepted())
        return nextStepOf(exchange.verdict.reason);
    switch (exchange.outcome) {
    case exchange::Outcome::RpcError:
        return Tr::tr(
            "The client should correct what the message names; the same request gets the same answer.");
    case exchange::Outcome::ToolError:
        return Tr::tr(
            "The client gives these words to its model, which may call again with other arguments.");
    case exchange::Outcome::Late:
        return Tr::tr(
            "The client may try again; a tool that takes long should answer with an event stream or as a "
            "task.");
    case exchange::Outcome::Running:
    case exchange::Outcome::None:
    case exchange::Outcome::Ok:
    case exchange::Outcome::Left:
        break;
    }
    return {};
}

} // namespace gatehouse::inspector
