// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/exchange.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace gatehouse::exchange {

namespace {

struct Words
{
    const char *name;
    const char *sentence;
};

// English on the wire, translated for people.
Words wordsOf(Refusal refusal)
{
    switch (refusal) {
    case Refusal::None:
        return {"", ""};
    case Refusal::NoHost:
        return {"no_host",
                QT_TRANSLATE_NOOP("gatehouse::exchange::Refusal", "The request has no Host header.")};
    case Refusal::ForeignHost:
        return {
            "foreign_host",
            QT_TRANSLATE_NOOP("gatehouse::exchange::Refusal", "The Host header does not name this server.")};
    case Refusal::ForeignOrigin:
        return {"foreign_origin",
                QT_TRANSLATE_NOOP("gatehouse::exchange::Refusal",
                                  "Pages of this Origin may not call this server.")};
    case Refusal::UnknownPath:
        return {"unknown_path",
                QT_TRANSLATE_NOOP("gatehouse::exchange::Refusal", "Nothing is served at this address.")};
    case Refusal::WrongMethod:
        return {"wrong_method",
                QT_TRANSLATE_NOOP("gatehouse::exchange::Refusal",
                                  "This address does not take this method: Allow names those it does.")};
    case Refusal::TooLarge:
        return {"too_large",
                QT_TRANSLATE_NOOP("gatehouse::exchange::Refusal", "The request body is too large.")};
    case Refusal::RepeatedHeader:
        return {"repeated_header",
                QT_TRANSLATE_NOOP("gatehouse::exchange::Refusal", "A header of the protocol came twice.")};
    case Refusal::WrongContentType:
        return {"wrong_content_type",
                QT_TRANSLATE_NOOP("gatehouse::exchange::Refusal", "Content-Type must be application/json.")};
    case Refusal::EncodedBody:
        return {"encoded_body",
                QT_TRANSLATE_NOOP("gatehouse::exchange::Refusal",
                                  "The request body must not have a Content-Encoding.")};
    case Refusal::NotAcceptable:
        return {"not_acceptable",
                QT_TRANSLATE_NOOP("gatehouse::exchange::Refusal", "Accept must allow application/json.")};
    case Refusal::NotJson:
        return {"not_json",
                QT_TRANSLATE_NOOP("gatehouse::exchange::Refusal", "The request body is not JSON.")};
    case Refusal::BeforeHttp:
        return {"before_http", QT_TRANSLATE_NOOP("gatehouse::exchange::Refusal", "What came is no request.")};
    }
    return {"", ""};
}

} // namespace

qsizetype sizeOf(const base::Headers &headers)
{
    constexpr qsizetype each = 2 * (sizeof(QByteArray) + 16); // Of the two texts of a field.
    qsizetype bytes = 0;
    for (const auto &[name, value] : headers)
        bytes += each + name.size() + value.size();
    return bytes;
}

qsizetype sizeOf(const QList<auth::Check> &checks)
{
    qsizetype bytes = 0;
    for (const auth::Check &check : checks)
        bytes += qsizetype(sizeof(auth::Check))
            + 2 * (check.what.size() + check.expected.size() + check.actual.size() + check.note.size());
    return bytes;
}

qsizetype sizeOf(const auth::Verdict &verdict)
{
    return verdict.jsonBytes + sizeOf(verdict.checks);
}

qsizetype sizeOf(const Exchange &exchange)
{
    const qsizetype texts = exchange.client.size() + exchange.rpcMethod.size() + exchange.target.size()
        + exchange.revision.size() + exchange.user.size() + exchange.organization.size();
    return qsizetype(sizeof(Exchange)) + exchange.method.size() + exchange.path.size() + exchange.query.size()
        + exchange.requestBody.shown.size() + exchange.responseBody.shown.size() + exchange.challenge.size()
        + exchange.traceId.size() + 2 * texts + sizeOf(exchange.requestHeaders)
        + sizeOf(exchange.responseHeaders) + sizeOf(exchange.verdict);
}

QString describe(Refusal refusal)
{
    return QString::fromLatin1(wordsOf(refusal).sentence);
}

QString refusalName(Refusal refusal)
{
    return QString::fromLatin1(wordsOf(refusal).name);
}

} // namespace gatehouse::exchange
