// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/report.h"

#include "base/quoting.h"
#include "inspector/exchangewords.h"
#include "inspector/tokenwords.h"
#include "inspector/words.h"

#include <QDateTime>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

namespace {

bool isSentAnyway(const QByteArray &name)
{
    static const QByteArrayList own
        = {"host", "content-length", "connection", "accept-encoding", "user-agent", "authorization"};
    return own.contains(name.toLower());
}

QString cell(const QString &text)
{
    return base::markdownText(text.left(300));
}

QString headersText(const base::Headers &headers)
{
    QByteArray text;
    for (const auto &[name, value] : headers)
        text += name + ": " + value + '\n';
    return QString::fromUtf8(text);
}

QString targetOf(const exchange::Exchange &exchange)
{
    return QString::fromUtf8(exchange.query.isEmpty() ? exchange.path : exchange.path + '?' + exchange.query);
}

QString bodyText(const exchange::Body &body)
{
    QString text = QString::fromUtf8(body.shown);
    if (body.isCut)
        text += u"\n… (%1 bytes in all)"_s.arg(body.size);
    return text;
}

QString checkMark(auth::CheckState state)
{
    switch (state) {
    case auth::CheckState::Passed:
        return u"✓"_s;
    case auth::CheckState::Failed:
        return u"✕"_s;
    case auth::CheckState::NotChecked:
        break;
    }
    return u"–"_s;
}

} // namespace

QString curlOf(const exchange::Exchange &exchange, const QString &resource)
{
    const QUrl base(resource);
    const QByteArray address
        = base.scheme().toUtf8() + "://" + base.authority().toUtf8() + targetOf(exchange).toUtf8();
    // As it stands: brackets and braces are no patterns (-g), and dots no way up.
    QStringList words{u"curl -i -g --path-as-is -X "_s + base::shellWord(exchange.method),
                      base::shellWord(address)};
    for (const auto &[name, value] : exchange.requestHeaders) {
        if (name.compare("authorization", Qt::CaseInsensitive) == 0)
            words.append(u"-H \"Authorization: Bearer $TOKEN\""_s);
        else if (!isSentAnyway(name))
            words.append(u"-H "_s + base::shellWord(value.isEmpty() ? name + ';' : name + ": " + value));
    }
    if (!exchange.requestBody.shown.isEmpty())
        words.append(u"--data-raw "_s
                     + base::shellWord(exchange.requestBody.shown)); // An @ at its start is no file.
    return words.join(u" \\\n  "_s);
}

QString requestText(const exchange::Exchange &exchange)
{
    return QString::fromUtf8(exchange.method) + u' ' + targetOf(exchange) + u'\n'
        + headersText(exchange.requestHeaders) + u'\n' + bodyText(exchange.requestBody);
}

QString responseText(const exchange::Exchange &exchange)
{
    return u"HTTP %1\n"_s.arg(exchange.status) + headersText(exchange.responseHeaders) + u'\n'
        + bodyText(exchange.responseBody);
}

QString reportOf(const exchange::Exchange &exchange)
{
    const Headline headline = headlineOf(exchange);
    const RowWords words = wordsOf(exchange);
    QString out = u"**"_s + cell(headline.sentence) + u"**\n\n"_s;
    for (const QString &line : {headline.more, headline.advice.cause, headline.advice.remedy}) {
        if (!line.isEmpty())
            out += cell(line) + u"\n\n"_s;
    }
    const QString when
        = QDateTime::fromMSecsSinceEpoch(exchange.times.receivedAt).toUTC().toString(Qt::ISODateWithMs);
    out += u"| | |\n|---|---|\n"_s;
    const std::pair<QString, QString> facts[] = {
        {u"When"_s, when},           {u"Call"_s, words.call},     {u"Client"_s, words.client},
        {u"Status"_s, words.status}, {u"Result"_s, words.result}, {u"Verdict"_s, words.verdict},
        {u"User"_s, words.user},     {u"Took"_s, words.took},
    };
    for (const auto &[name, value] : facts)
        out += u"| "_s + name + u" | "_s + cell(value) + u" |\n"_s;
    if (!exchange.challenge.isEmpty())
        out += u'\n'
            + base::markdownBlock(u"WWW-Authenticate: "_s
                                      + escapedForDisplay(QString::fromUtf8(exchange.challenge)),
                                  u"http"_s);
    const QList<ClaimRow> claims = claimRowsOf(exchange.verdict, exchange.times.receivedAt);
    if (!claims.isEmpty()) {
        out += u"\n| Claim | Value | In words | Check |\n|---|---|---|---|\n"_s;
        for (const ClaimRow &row : claims)
            out += u"| %1 | %2 | %3 | %4 %5 |\n"_s.arg(
                cell(row.claim), base::markdownCode(row.value.left(300)), cell(row.words),
                checkMark(row.state), cell(row.check));
    }
    return out;
}

} // namespace gatehouse::inspector
