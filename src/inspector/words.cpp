// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/words.h"

#include "auth/explanation.h"
#include "base/jsonwriter.h"
#include "inspector/exchangewords.h"
#include "inspector/localtime.h"

#include <QCoreApplication>
#include <QDateTime>

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

namespace {

QString orDash(const QString &text)
{
    return text.isEmpty() ? u"–"_s : escapedForDisplay(text);
}

/// RFC 3339, in UTC. What is the same for a second is made once: it takes Qt as long as all else of a line.
QByteArray timeText(qint64 atMs)
{
    thread_local qint64 second = -1;
    thread_local QByteArray text;
    if (const qint64 now = atMs / 1000; now != second) {
        second = now;
        text = QDateTime::fromSecsSinceEpoch(now).toUTC().toString(Qt::ISODate).chopped(1).toLatin1();
    }
    return text + '.' + QByteArray::number(1000 + atMs % 1000).sliced(1) + 'Z';
}

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::inspector::Words)
};

/// For machines; resultWords() has the words for people.
QString resultOf(const exchange::Exchange &exchange)
{
    switch (exchange.outcome) {
    case exchange::Outcome::Running:
        return u"…"_s;
    case exchange::Outcome::None:
        return u"–"_s;
    case exchange::Outcome::Ok:
        return u"OK"_s;
    case exchange::Outcome::RpcError:
        return u"RPC %1"_s.arg(exchange.rpcErrorCode);
    case exchange::Outcome::ToolError:
        return u"Tool error"_s;
    case exchange::Outcome::Left:
        return u"Left"_s;
    case exchange::Outcome::Late:
        return u"Late"_s;
    }
    return {};
}

QString resultWords(const exchange::Exchange &exchange)
{
    if (exchange.refusal == exchange::Refusal::BeforeHttp)
        return isOverALimit(exchange) ? Tr::tr("Over the limit") : Tr::tr("Malformed");
    switch (exchange.outcome) {
    case exchange::Outcome::Running:
        return Tr::tr("Running");
    case exchange::Outcome::RpcError:
        // A minus sign, and one that no font breaks a line at.
        return Tr::tr("RPC %1").arg(QString::number(exchange.rpcErrorCode).replace(u'-', u'\u2212'));
    case exchange::Outcome::ToolError:
        return Tr::tr("Tool error");
    case exchange::Outcome::Left:
        return Tr::tr("Closed");
    case exchange::Outcome::Late:
        return Tr::tr("Late");
    case exchange::Outcome::Ok:
        return exchange.listLength < 0 ? Tr::tr("OK") : Tr::tr("OK · %1").arg(exchange.listLength);
    case exchange::Outcome::None:
        break;
    }
    return resultOf(exchange);
}

QString callOf(const exchange::Exchange &exchange)
{
    if (exchange.rpcMethod.isEmpty())
        return exchange.method.isEmpty() ? u"–"_s : QString::fromUtf8(exchange.method + ' ' + exchange.path);
    return exchange.target.isEmpty() ? exchange.rpcMethod : exchange.rpcMethod + u' ' + exchange.target;
}

double milliseconds(qint64 us)
{
    return double(us) / 1000;
}

} // namespace

QString tookWords(qint64 us)
{
    if (us < 1000)
        return Tr::tr("%L1 µs").arg(us);
    if (us >= 10'000'000)
        return Tr::tr("%L1 s").arg(double(us) / 1'000'000, 0, 'f', 1);
    return Tr::tr("%L1 ms").arg(milliseconds(us), 0, 'f', us < 100'000 ? 1 : 0);
}

QString wordOf(const exchange::Exchange &exchange, RowWord word)
{
    const bool isRunning = exchange.outcome == exchange::Outcome::Running;
    switch (word) {
    case RowWord::Time:
        return localTimeOf(exchange.times.receivedAt).toString(u"HH:mm:ss.zzz"_s);
    case RowWord::Client:
        return orDash(exchange.client);
    case RowWord::Call:
        return escapedForDisplay(callOf(exchange));
    case RowWord::Status:
        return exchange.status > 0 ? QString::number(exchange.status) : isRunning ? u"…"_s : u"–"_s;
    case RowWord::Result:
        return resultWords(exchange);
    case RowWord::Verdict:
        return auth::explain(exchange.verdict).word;
    case RowWord::User:
        return orDash(exchange.user);
    case RowWord::Took:
        return isRunning ? u"…"_s : tookWords(exchange::tookUs(exchange.times));
    }
    return {};
}

RowWords wordsOf(const exchange::Exchange &exchange)
{
    const auto word = [&exchange](RowWord one) { return wordOf(exchange, one); };
    return {word(RowWord::Time),   word(RowWord::Client),  word(RowWord::Call), word(RowWord::Status),
            word(RowWord::Result), word(RowWord::Verdict), word(RowWord::User), word(RowWord::Took)};
}

QString sinceWords(qint64 ms)
{
    const qint64 shown = std::max<qint64>(0, ms);
    return shown < 10'000 ? Tr::tr("%L1 s").arg(double(shown) / 1000, 0, 'f', 1)
                          : Tr::tr("%L1 s").arg(shown / 1000);
}

QString whyRefused(const exchange::Exchange &exchange)
{
    if (exchange.refusal == exchange::Refusal::BeforeHttp)
        return Tr::tr("Refused before HTTP: %1")
            .arg(QCoreApplication::translate("gatehouse::http::EdgeFault",
                                             exchange.fault.sentence.constData()));
    if (exchange.refusal != exchange::Refusal::None)
        return QCoreApplication::translate("gatehouse::exchange::Refusal",
                                           exchange::describe(exchange.refusal).toUtf8().constData());
    return exchange.verdict.accepted() ? QString()
                                       : escapedForDisplay(auth::explain(exchange.verdict).sentence);
}

QString runningWords(const exchange::Exchange &exchange)
{
    return exchange.status > 0 ? Tr::tr("The answer is a stream that is still open.")
                               : Tr::tr("Not answered yet.");
}

QByteArray jsonOf(const exchange::Exchange &exchange)
{
    base::JsonWriter out;
    const auto add = [&out](QLatin1StringView name, const QString &value) {
        if (!value.isEmpty())
            out.member(name, QStringView(value));
    };
    const auto addBytes = [&add](QLatin1StringView name, const QByteArray &value) {
        if (!value.isEmpty())
            add(name, QString::fromUtf8(value));
    };
    out.beginObject();
    out.member("event"_L1, "exchange"_L1);
    out.member("id"_L1, qint64(exchange.id));
    if (exchange.source == exchange::Source::Sandbox)
        out.member("source"_L1, "sandbox"_L1);
    out.member("time"_L1, base::Utf8{timeText(exchange.times.receivedAt)});
    out.member("method"_L1, QStringView(QString::fromUtf8(exchange.method)));
    out.member("path"_L1, QStringView(QString::fromUtf8(exchange.path)));
    out.member("status"_L1, qint64(exchange.status));
    out.member("result"_L1, QStringView(resultOf(exchange)));
    out.member("reason"_L1, QStringView(auth::reasonName(exchange.verdict.reason)));
    out.member("tookMs"_L1, milliseconds(exchange::tookUs(exchange.times)));
    addBytes("peer"_L1, exchange.peer);
    add("client"_L1, exchange.client);
    add("call"_L1, exchange.rpcMethod);
    add("target"_L1, exchange.target);
    add("revision"_L1, exchange.revision);
    addBytes("session"_L1, exchange.session);
    addBytes("trace"_L1, exchange.traceId);
    add("user"_L1, exchange.user);
    add("organization"_L1, exchange.organization);
    addBytes("token"_L1, exchange.verdict.fingerprint);
    add("refusal"_L1, exchange::refusalName(exchange.refusal));
    addBytes("fault"_L1, exchange.fault.name);
    add("why"_L1, whyRefused(exchange));
    if (exchange.refusal == exchange::Refusal::None && !exchange.verdict.accepted()) {
        const auth::Explanation words = auth::explain(exchange.verdict);
        add("cause"_L1, words.cause);
        add("remedy"_L1, words.remedy);
        add("dashboard"_L1, words.page);
        add("copy"_L1, words.copy);
    }
    addBytes("challenge"_L1, exchange.challenge);
    out.endObject();
    return out.take();
}

} // namespace gatehouse::inspector
