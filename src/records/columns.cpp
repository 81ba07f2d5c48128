// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/columns.h"

#include "records/verdicttext.h"

#include <QStringDecoder>

#include <limits>

using namespace Qt::StringLiterals;

namespace gatehouse::records {

namespace {

using exchange::Exchange;
using exchange::Outcome;
using exchange::Refusal;
using exchange::Source;

template <auto member> QVariant numberFrom(const Exchange &exchange)
{
    return qint64(exchange.*member);
}

/// Whether it is a number that fits.
template <typename Number> bool numberIsRead(Number &number, const QVariant &value, qint64 least, qint64 most)
{
    bool isNumber = false;
    const qint64 read = value.toLongLong(&isNumber);
    number = Number(read);
    return isNumber && read >= least && read <= most;
}

template <auto member> bool numberInto(Exchange &exchange, const QVariant &value)
{
    using Number = std::remove_reference_t<decltype(exchange.*member)>;
    constexpr bool isUnsigned = std::is_unsigned_v<Number>;
    constexpr qint64 most = sizeof(Number) < sizeof(qint64) ? qint64(std::numeric_limits<Number>::max())
                                                            : std::numeric_limits<qint64>::max();
    constexpr qint64 least = isUnsigned ? 0 : qint64(std::numeric_limits<Number>::min());
    return numberIsRead(exchange.*member, value, least, most);
}

template <auto member> QVariant timeFrom(const Exchange &exchange)
{
    return exchange.times.*member;
}

template <auto member> bool timeInto(Exchange &exchange, const QVariant &value)
{
    // Milliseconds up to the year 9999, which no text of a time goes beyond.
    return numberIsRead(exchange.times.*member, value, 0, 253'402'300'799'999);
}

/// QString::fromUtf8() takes a byte order mark for no part of the text.
QString fromUtf8(const QByteArray &bytes)
{
    return QStringDecoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom)(bytes);
}

template <auto member> QVariant bytesFrom(const Exchange &exchange)
{
    if constexpr (std::is_same_v<decltype(exchange.*member), const QString &>)
        return (exchange.*member).toUtf8();
    else
        return exchange.*member;
}

template <auto member> bool bytesInto(Exchange &exchange, const QVariant &value)
{
    if constexpr (std::is_same_v<decltype(exchange.*member), QString &>)
        exchange.*member = fromUtf8(value.toByteArray());
    else
        exchange.*member = value.toByteArray();
    return value.isNull() || value.typeId() == QMetaType::QByteArray;
}

template <auto body> QVariant bodyFrom(const Exchange &exchange)
{
    return (exchange.*body).shown;
}

template <auto body> bool bodyInto(Exchange &exchange, const QVariant &value)
{
    (exchange.*body).shown = value.toByteArray();
    return value.isNull() || value.typeId() == QMetaType::QByteArray;
}

template <auto body> QVariant sizeFrom(const Exchange &exchange)
{
    return qint64((exchange.*body).size);
}

template <auto body> bool sizeInto(Exchange &exchange, const QVariant &value)
{
    constexpr qint64 most = qint64(1) << 40; // Nobody sends more in one body.
    return numberIsRead((exchange.*body).size, value, 0, most);
}

template <auto body> QVariant cutFrom(const Exchange &exchange)
{
    return qint64((exchange.*body).isCut ? 1 : 0);
}

template <auto body> bool cutInto(Exchange &exchange, const QVariant &value)
{
    (exchange.*body).isCut = value.toLongLong() != 0;
    return true;
}

constexpr const char *sourceNames[] = {"server", "sandbox"}; ///< By exchange::Source …
constexpr const char *outcomeNames[] ///< … and by exchange::Outcome.
    = {"running", "none", "ok", "rpc_error", "tool_error", "left", "late"};

template <typename Enum, size_t count>
bool enumInto(Enum &member, const char *const (&names)[count], const QVariant &value)
{
    for (size_t i = 0; i < count; ++i) {
        if (value.toByteArray() == names[i]) {
            member = Enum(i);
            return true;
        }
    }
    return false;
}

QVariant sourceFrom(const Exchange &exchange)
{
    return QString::fromLatin1(sourceNames[int(exchange.source)]);
}

bool sourceInto(Exchange &exchange, const QVariant &value)
{
    return enumInto(exchange.source, sourceNames, value);
}

QVariant outcomeFrom(const Exchange &exchange)
{
    return QString::fromLatin1(outcomeNames[int(exchange.outcome)]);
}

bool outcomeInto(Exchange &exchange, const QVariant &value)
{
    return enumInto(exchange.outcome, outcomeNames, value);
}

QVariant refusalFrom(const Exchange &exchange)
{
    return exchange::refusalName(exchange.refusal);
}

bool refusalInto(Exchange &exchange, const QVariant &value)
{
    for (int i = int(Refusal::None); i <= int(Refusal::BeforeHttp); ++i) {
        if (exchange::refusalName(Refusal(i)) == value.toString()) {
            exchange.refusal = Refusal(i);
            return true;
        }
    }
    return false;
}

template <auto member> Column number(const char *name)
{
    return {name, "INTEGER", &numberFrom<member>, &numberInto<member>};
}

template <auto member> Column time(const char *name)
{
    return {name, "INTEGER", &timeFrom<member>, &timeInto<member>};
}

template <auto member> Column bytes(const char *name)
{
    return {name, "BLOB", &bytesFrom<member>, &bytesInto<member>};
}

template <auto body> QList<Column> bodyColumns(const char *shown, const char *size, const char *isCut)
{
    return {{shown, "BLOB", &bodyFrom<body>, &bodyInto<body>},
            {size, "INTEGER", &sizeFrom<body>, &sizeInto<body>},
            {isCut, "INTEGER", &cutFrom<body>, &cutInto<body>}};
}

QVariant faultNameFrom(const Exchange &exchange)
{
    return exchange.fault.name;
}

bool faultNameInto(Exchange &exchange, const QVariant &value)
{
    exchange.fault.name = value.toByteArray();
    return true;
}

QVariant faultSentenceFrom(const Exchange &exchange)
{
    return exchange.fault.sentence;
}

bool faultSentenceInto(Exchange &exchange, const QVariant &value)
{
    exchange.fault.sentence = value.toByteArray();
    return true;
}

QList<Column> makeColumns()
{
    using exchange::Times;
    QList<Column> all{{"source", "TEXT", &sourceFrom, &sourceInto},
                      number<&Exchange::id>("id"),
                      time<&Times::receivedAt>("received_ms"),
                      time<&Times::headUs>("head_us"),
                      time<&Times::judgedUs>("judged_us"),
                      time<&Times::bodyUs>("body_us"),
                      time<&Times::parsedUs>("parsed_us"),
                      time<&Times::calledUs>("called_us"),
                      time<&Times::answeredUs>("answered_us"),
                      time<&Times::endedUs>("ended_us"),
                      bytes<&Exchange::peer>("peer"),
                      bytes<&Exchange::method>("method"),
                      bytes<&Exchange::path>("path"),
                      bytes<&Exchange::query>("query"),
                      number<&Exchange::status>("status"),
                      bytes<&Exchange::client>("client"),
                      bytes<&Exchange::rpcMethod>("rpc_method"),
                      bytes<&Exchange::target>("target"),
                      bytes<&Exchange::revision>("revision"),
                      bytes<&Exchange::session>("session"),
                      bytes<&Exchange::traceId>("trace"),
                      {"outcome", "TEXT", &outcomeFrom, &outcomeInto},
                      number<&Exchange::rpcErrorCode>("rpc_code"),
                      number<&Exchange::listLength>("list_length"),
                      {"refusal", "TEXT", &refusalFrom, &refusalInto},
                      {"fault", "BLOB", &faultNameFrom, &faultNameInto},
                      {"fault_sentence", "BLOB", &faultSentenceFrom, &faultSentenceInto},
                      bytes<&Exchange::user>("user"),
                      bytes<&Exchange::organization>("organization")};
    all += bodyColumns<&Exchange::requestBody>("request_body", "request_size", "request_cut");
    all += bodyColumns<&Exchange::responseBody>("response_body", "response_size", "response_cut");
    return all;
}

template <auto member> QByteArray headersTextFrom(const Exchange &exchange)
{
    return textOf(exchange.*member);
}

template <auto member>
base::Expected<void, QString> headersTextInto(Exchange &exchange, const QByteArray &text)
{
    auto headers = headersFrom(text);
    if (!headers)
        return base::failure(headers.error());
    exchange.*member = *std::move(headers);
    return {};
}

template <auto member> bool isSameMember(const Exchange &a, const Exchange &b)
{
    return a.*member == b.*member;
}

template <auto member> void copyMember(const Exchange &from, Exchange &to)
{
    to.*member = from.*member;
}

QByteArray verdictTextFrom(const Exchange &exchange)
{
    return textOf(exchange.verdict);
}

base::Expected<void, QString> verdictTextInto(Exchange &exchange, const QByteArray &text)
{
    auto verdict = verdictFrom(text);
    if (!verdict)
        return base::failure(verdict.error());
    exchange.verdict = *std::move(verdict);
    return {};
}

QByteArray challengeFrom(const Exchange &exchange)
{
    return exchange.challenge;
}

base::Expected<void, QString> challengeInto(Exchange &exchange, const QByteArray &text)
{
    exchange.challenge = text;
    return {};
}

} // namespace

const QList<Column> &columns()
{
    static const QList<Column> all = makeColumns();
    return all;
}

const QList<SharedColumn> &sharedColumns()
{
    static const QList<SharedColumn> all{
        {"request_headers", &headersTextFrom<&Exchange::requestHeaders>,
         &headersTextInto<&Exchange::requestHeaders>, &isSameMember<&Exchange::requestHeaders>,
         &copyMember<&Exchange::requestHeaders>},
        {"response_headers", &headersTextFrom<&Exchange::responseHeaders>,
         &headersTextInto<&Exchange::responseHeaders>, &isSameMember<&Exchange::responseHeaders>,
         &copyMember<&Exchange::responseHeaders>},
        {"challenge", &challengeFrom, &challengeInto, &isSameMember<&Exchange::challenge>,
         &copyMember<&Exchange::challenge>},
        {"verdict", &verdictTextFrom, &verdictTextInto, &isSameMember<&Exchange::verdict>,
         &copyMember<&Exchange::verdict>}};
    return all;
}

} // namespace gatehouse::records
