// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/har.h"

#include "base/json.h"
#include "records/columns.h"
#include "records/verdicttext.h"
#include "web/mediatype.h"

#include <QDateTime>
#include <QJsonArray>
#include <QStringDecoder>
#include <QUrlQuery>

#include <optional>

using namespace Qt::StringLiterals;

namespace gatehouse::records {

namespace {

using exchange::Body;
using exchange::Exchange;

QString textOfHeader(const base::Headers &headers, QByteArrayView name)
{
    return QString::fromLatin1(base::onlyValueOf(headers, name).value_or(QByteArray()));
}

QJsonArray namesAndValues(const base::Headers &headers)
{
    QJsonArray all;
    for (const auto &[name, value] : headers)
        all.append(
            QJsonObject{{u"name"_s, QString::fromLatin1(name)}, {u"value"_s, QString::fromLatin1(value)}});
    return all;
}

QJsonArray queryOf(const QByteArray &query)
{
    QJsonArray all;
    const auto items = QUrlQuery(QString::fromUtf8(query)).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items)
        all.append(QJsonObject{{u"name"_s, name}, {u"value"_s, value}});
    return all;
}

/// Nothing where it is no UTF-8; a text that was cut may end within a character.
std::optional<QString> utf8Of(const Body &body)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(body.shown);
    if (decoder.hasError())
        return std::nullopt;
    return text;
}

QString cutComment(const Body &body)
{
    return u"The first %1 of %2 bytes."_s.arg(body.shown.size()).arg(body.size);
}

QJsonObject requestOf(const Exchange &exchange, const QUrl &server)
{
    const QByteArray target = exchange.path.toPercentEncoding("/%:@!$&'()*+,;=~")
        + (exchange.query.isEmpty() ? QByteArray()
                                    : '?' + exchange.query.toPercentEncoding("/?%:@!$&'()*+,;=~"));
    QJsonObject request{
        {u"method"_s, QString::fromLatin1(exchange.method)},
        {u"url"_s, server.scheme() + u"://"_s + server.authority() + QString::fromLatin1(target)},
        {u"httpVersion"_s, u"HTTP/1.1"_s},
        {u"cookies"_s, QJsonArray()},
        {u"headers"_s, namesAndValues(exchange.requestHeaders)},
        {u"queryString"_s, queryOf(exchange.query)},
        {u"headersSize"_s, -1},
        {u"bodySize"_s, exchange.requestBody.size}};
    if (exchange.requestBody.size == 0)
        return request;
    const auto text = utf8Of(exchange.requestBody);
    QJsonObject data{{u"mimeType"_s, textOfHeader(exchange.requestHeaders, "Content-Type")},
                     {u"text"_s, text.value_or(QString())}};
    if (!text) { // HAR has no way to write them; HTTP Toolkit reads this one.
        request.insert(u"_requestBodyStatus"_s, u"discarded:not-representable"_s);
        request.insert(u"_content"_s,
                       QJsonObject{{u"text"_s, QString::fromLatin1(exchange.requestBody.shown.toBase64())},
                                   {u"size"_s, exchange.requestBody.size},
                                   {u"encoding"_s, u"base64"_s}});
    }
    if (exchange.requestBody.isCut)
        data.insert(u"comment"_s, cutComment(exchange.requestBody));
    request.insert(u"postData"_s, data);
    return request;
}

QJsonObject responseOf(const Exchange &exchange)
{
    const Body &body = exchange.responseBody;
    const bool isAnswered = exchange.status > 0;
    const QString type = textOfHeader(exchange.responseHeaders, "Content-Type");
    QJsonObject content{{u"size"_s, body.size}, {u"mimeType"_s, isAnswered ? type : u"x-unknown"_s}};
    if (const auto text = utf8Of(body)) {
        content.insert(u"text"_s, *text);
    } else {
        content.insert(u"text"_s, QString::fromLatin1(body.shown.toBase64()));
        content.insert(u"encoding"_s, u"base64"_s);
    }
    if (body.isCut)
        content.insert(u"comment"_s, cutComment(body));
    QJsonObject response{{u"status"_s, exchange.status},
                         {u"statusText"_s, QString()},
                         {u"httpVersion"_s, u"HTTP/1.1"_s},
                         {u"cookies"_s, QJsonArray()},
                         {u"headers"_s, namesAndValues(exchange.responseHeaders)},
                         {u"content"_s, content},
                         {u"redirectURL"_s, textOfHeader(exchange.responseHeaders, "Location")},
                         {u"headersSize"_s, -1},
                         {u"bodySize"_s, isAnswered ? body.size : -1}};
    if (!isAnswered)
        response.insert(u"_error"_s, u"There was no answer."_s);
    return response;
}

/// In milliseconds; what they come to is the time of the whole.
QJsonObject timingsOf(const exchange::Times &times)
{
    const qint64 whole = tookUs(times);
    const qint64 sent = std::clamp<qint64>(std::max(times.headUs, times.bodyUs), 0, whole);
    const qint64 answered = std::clamp(times.answeredUs, sent, whole);
    return {{u"blocked"_s, -1},
            {u"dns"_s, -1},
            {u"connect"_s, -1},
            {u"ssl"_s, -1},
            {u"send"_s, double(sent) / 1000},
            {u"wait"_s, double(answered - sent) / 1000},
            {u"receive"_s, double(whole - answered) / 1000}};
}

/// All that the columns of a session file say, without what stands elsewhere.
QJsonObject ownOf(const Exchange &exchange)
{
    static const QSet<QByteArray> elsewhere{"path",          "query",         "method",       "status",
                                            "peer",          "request_body",  "request_size", "request_cut",
                                            "response_body", "response_size", "response_cut"};
    QJsonObject own;
    for (const Column &column : columns()) {
        if (elsewhere.contains(column.name))
            continue;
        const QVariant value = column.from(exchange);
        const QJsonValue json = value.typeId() == QMetaType::QByteArray
            ? QJsonValue(QString::fromUtf8(value.toByteArray()))
            : QJsonValue::fromVariant(value);
        if (json != QJsonValue(QString()))
            own.insert(QLatin1StringView(column.name), json);
    }
    own.insert(u"verdict"_s, base::readOwnJson(records::textOf(exchange.verdict)));
    return own;
}

} // namespace

QByteArray harHead()
{
    const QByteArray creator = base::writeJson(
        QJsonObject{{u"name"_s, u"Gatehouse"_s}, {u"version"_s, QStringLiteral(GATEHOUSE_VERSION)}});
    return R"({"log":{"version":"1.2","comment":"Secrets are masked.","creator":)" + creator
        + R"(,"entries":[)";
}

QByteArray harTail()
{
    return "]}}\n";
}

QByteArray harEntryOf(const Exchange &exchange, const QUrl &server)
{
    const qsizetype colon = exchange.peer.lastIndexOf(':');
    const bool isStream = web::mayHaveMediaType(exchange.responseHeaders, "text/event-stream");
    return base::writeJson(QJsonObject{
        {u"startedDateTime"_s,
         QDateTime::fromMSecsSinceEpoch(exchange.times.receivedAt, Qt::UTC).toString(Qt::ISODateWithMs)},
        {u"time"_s, double(tookUs(exchange.times)) / 1000},
        {u"request"_s, requestOf(exchange, server)},
        {u"response"_s, responseOf(exchange)},
        {u"cache"_s, QJsonObject()},
        {u"timings"_s, timingsOf(exchange.times)},
        {u"connection"_s, QString::fromLatin1(exchange.peer.mid(colon + 1))},
        {u"_resourceType"_s, isStream ? u"eventsource"_s : u"fetch"_s},
        {u"_gatehouse"_s, ownOf(exchange)}});
}

} // namespace gatehouse::records
