// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/words.h"

#include "auth/explanation.h"

#include <QCoreApplication>
#include <QDateTime>

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

namespace {

QString orDash(const QString &text)
{
    return text.isEmpty() ? u"–"_s : harmless(text);
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
    }
    return {};
}

QString resultWords(const exchange::Exchange &exchange)
{
    if (exchange.refusal == exchange::Refusal::BeforeHttp)
        return Tr::tr("Before HTTP");
    switch (exchange.outcome) {
    case exchange::Outcome::Running:
        return Tr::tr("Running");
    case exchange::Outcome::RpcError:
        // A minus sign, and one that no font breaks a line at.
        return Tr::tr("RPC %1").arg(QString::number(exchange.rpcErrorCode).replace(u'-', u'\u2212'));
    case exchange::Outcome::ToolError:
        return Tr::tr("Tool error");
    case exchange::Outcome::Left:
        return Tr::tr("Left");
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

QString tookWords(qint64 us)
{
    if (us >= 10'000'000)
        return Tr::tr("%1 s").arg(double(us) / 1'000'000, 0, 'f', 1);
    return Tr::tr("%1 ms").arg(milliseconds(us), 0, 'f', us < 100'000 ? 1 : 0);
}

} // namespace

QString harmless(QString text)
{
    for (QChar &c : text) {
        const auto category = c.category();
        if (category == QChar::Other_Control || category == QChar::Other_Format
            || category == QChar::Separator_Line || category == QChar::Separator_Paragraph)
            c = QChar::ReplacementCharacter;
    }
    return text;
}

RowWords wordsOf(const exchange::Exchange &exchange)
{
    const bool isRunning = exchange.outcome == exchange::Outcome::Running;
    return {QDateTime::fromMSecsSinceEpoch(exchange.times.receivedAt).toString(u"HH:mm:ss.zzz"_s),
            orDash(exchange.client),
            harmless(callOf(exchange)),
            exchange.status > 0 ? QString::number(exchange.status)
                : isRunning     ? u"…"_s
                                : u"–"_s,
            resultWords(exchange),
            auth::explain(exchange.verdict).word,
            orDash(exchange.user),
            isRunning ? u"…"_s : tookWords(exchange.times.answeredUs)};
}

QString whyRefused(const exchange::Exchange &exchange)
{
    if (exchange.refusal == exchange::Refusal::BeforeHttp)
        return Tr::tr("Refused before HTTP: %1")
            .arg(QCoreApplication::translate("gatehouse::http::Fault", exchange.fault.sentence.constData()));
    if (exchange.refusal != exchange::Refusal::None)
        return QCoreApplication::translate("gatehouse::exchange::Refusal",
                                           exchange::describe(exchange.refusal).toUtf8().constData());
    return exchange.verdict.accepted() ? QString() : harmless(auth::explain(exchange.verdict).sentence);
}

QJsonObject jsonOf(const exchange::Exchange &exchange)
{
    QJsonObject out{
        {u"event"_s, u"exchange"_s},
        {u"id"_s, qint64(exchange.id)},
        {u"time"_s,
         QDateTime::fromMSecsSinceEpoch(exchange.times.receivedAt, Qt::UTC).toString(Qt::ISODateWithMs)},
        {u"method"_s, QString::fromUtf8(exchange.method)},
        {u"path"_s, QString::fromUtf8(exchange.path)},
        {u"status"_s, exchange.status},
        {u"result"_s, resultOf(exchange)},
        {u"reason"_s, auth::reasonName(exchange.verdict.reason)},
        {u"tookMs"_s, milliseconds(exchange.times.answeredUs)}};
    const auto add = [&out](const QString &name, const QString &value) {
        if (!value.isEmpty())
            out.insert(name, value);
    };
    add(u"peer"_s, QString::fromUtf8(exchange.peer));
    add(u"client"_s, exchange.client);
    add(u"call"_s, exchange.rpcMethod);
    add(u"target"_s, exchange.target);
    add(u"revision"_s, exchange.revision);
    add(u"session"_s, QString::fromUtf8(exchange.session));
    add(u"user"_s, exchange.user);
    add(u"organization"_s, exchange.organization);
    add(u"token"_s, QString::fromUtf8(exchange.verdict.fingerprint));
    add(u"refusal"_s, exchange::refusalName(exchange.refusal));
    add(u"fault"_s, QString::fromLatin1(exchange.fault.name));
    add(u"why"_s, whyRefused(exchange));
    if (exchange.refusal == exchange::Refusal::None && !exchange.verdict.accepted()) {
        const auth::Explanation words = auth::explain(exchange.verdict);
        add(u"cause"_s, harmless(words.cause));
        add(u"remedy"_s, harmless(words.remedy));
        add(u"dashboard"_s, words.page);
        add(u"copy"_s, harmless(words.copy));
    }
    add(u"challenge"_s, QString::fromUtf8(exchange.challenge));
    return out;
}

} // namespace gatehouse::inspector
