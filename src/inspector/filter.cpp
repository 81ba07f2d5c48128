// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/filter.h"

#include "auth/explanation.h"
#include "inspector/words.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::inspector::Filter)
};

struct Word
{
    QString text; ///< With its quotes taken off.
    qsizetype colon = -1; ///< Of the first colon outside quotes.
};

/// Words by blanks; double quotes hold blanks and colons.
QList<Word> wordsOf(const QString &text)
{
    QList<Word> words;
    Word word;
    bool isQuoted = false;
    bool isOpen = false;
    for (const QChar c : text) {
        if (c == u'"') {
            isQuoted = !isQuoted;
            isOpen = true;
        } else if (c.isSpace() && !isQuoted) {
            if (isOpen)
                words.append(word);
            word = {};
            isOpen = false;
        } else {
            if (c == u':' && !isQuoted && word.colon < 0)
                word.colon = word.text.size();
            word.text += c;
            isOpen = true;
        }
    }
    if (isOpen)
        words.append(word);
    return words;
}

QByteArray folded(const QString &text)
{
    return text.toCaseFolded().toUtf8();
}

/// "14:07", as a person types a time of the day.
bool isTime(const QString &text)
{
    static const QRegularExpression time(u"^\\d\\d?:\\d"_s);
    return time.match(text).hasMatch();
}

bool contains(const QString &text, const QByteArray &part)
{
    return folded(text).contains(part);
}

/// "500ms", "2s", "1.5s", "80" (milliseconds) in microseconds.
std::optional<qint64> microsecondsOf(QString text)
{
    double factor = 1000;
    if (text.endsWith("ms"_L1)) {
        text.chop(2);
    } else if (text.endsWith("us"_L1)) {
        text.chop(2);
        factor = 1;
    } else if (text.endsWith(u's')) {
        text.chop(1);
        factor = 1'000'000;
    }
    bool ok = false;
    const double number = text.toDouble(&ok);
    if (!ok || number < 0 || number > 1e9)
        return std::nullopt;
    return qint64(number * factor);
}

/// "512", "4k", "1M" in bytes.
std::optional<qint64> bytesOf(QString text)
{
    qint64 factor = 1;
    if (text.endsWith(u'k', Qt::CaseInsensitive))
        factor = 1024;
    else if (text.endsWith(u'm', Qt::CaseInsensitive))
        factor = 1024 * 1024;
    if (factor > 1)
        text.chop(1);
    bool ok = false;
    const qint64 number = text.toLongLong(&ok);
    if (!ok || number < 0 || number > 1'000'000'000)
        return std::nullopt;
    return number * factor;
}

QString resultWord(const exchange::Exchange &exchange)
{
    switch (exchange.outcome) {
    case exchange::Outcome::Running:
        return u"running"_s;
    case exchange::Outcome::None:
        return u"none"_s;
    case exchange::Outcome::Ok:
        return u"ok"_s;
    case exchange::Outcome::RpcError:
        return u"rpc error"_s;
    case exchange::Outcome::ToolError:
        return u"tool error"_s;
    case exchange::Outcome::Left:
        return u"left"_s;
    case exchange::Outcome::Late:
        return u"late"_s;
    }
    return {};
}

bool hasFailed(const exchange::Exchange &exchange)
{
    return exchange.status >= 400 || exchange.outcome == exchange::Outcome::RpcError
        || exchange.outcome == exchange::Outcome::ToolError;
}

const QStringList &states()
{
    static const QStringList words
        = {u"failed"_s, u"refused"_s, u"verified"_s, u"pinned"_s, u"running"_s, u"oauth"_s, u"sandbox"_s};
    return words;
}

bool isInState(const Entry &entry, const QByteArray &state)
{
    const exchange::Exchange &exchange = entry.exchange;
    if (state == "failed")
        return hasFailed(exchange);
    if (state == "refused")
        return !exchange.verdict.accepted();
    if (state == "verified")
        return exchange.verdict.reason == auth::Reason::Valid;
    if (state == "pinned")
        return entry.isPinned;
    if (state == "running")
        return exchange.outcome == exchange::Outcome::Running;
    if (state == "sandbox")
        return entry.isOfSandbox();
    return exchange.path.startsWith("/.well-known/"); // oauth
}

} // namespace

QStringList Filter::fields()
{
    return {u"auth:"_s,    u"http:"_s, u"result:"_s, u"method:"_s, u"tool:"_s, u"user:"_s, u"client:"_s,
            u"session:"_s, u"path:"_s, u"token:"_s,  u"dur:"_s,    u"size:"_s, u"is:"_s};
}

base::Expected<Filter, QString> Filter::parse(const QString &text)
{
    Filter filter;
    const QList<Word> words = wordsOf(text.left(2000));
    for (Word word : words) {
        const bool isNegated = word.text.size() > 1 && word.text.startsWith(u'-');
        if (isNegated) {
            word.text.remove(0, 1);
            --word.colon;
        }
        const QString name = word.colon > 0 ? word.text.first(word.colon) : QString();
        const bool isField = fields().contains(name + u':', Qt::CaseInsensitive) && !name.isEmpty();
        // "localhost:3000" is a word like any other.
        auto term = isField ? readTerm(name.toLower(), word.text.sliced(word.colon + 1))
                            : base::Expected<Term, QString>(Term{
                                Field::Any, Relation::Equal, folded(word.text), isTime(word.text) ? 1 : 0});
        if (!term)
            return base::failure(term.error());
        if (term->text.isEmpty() && term->field != Field::Duration && term->field != Field::Size)
            continue; // "auth:" is about to be finished.
        term->isNegated = isNegated;
        filter.m_terms.append(*term);
    }
    return filter;
}

qint64 Filter::reasonsCalled(const QByteArray &text)
{
    qint64 reasons = 0;
    for (int reason = 0; reason <= int(auth::lastReason); ++reason) {
        auth::Verdict verdict;
        verdict.reason = auth::Reason(reason);
        const QByteArray name = auth::reasonName(verdict.reason).toUtf8();
        if (name.contains(QByteArray(text).replace(' ', '_')) || contains(auth::explain(verdict).word, text))
            reasons |= qint64(1) << reason;
    }
    return reasons;
}

base::Expected<Filter::Term, QString> Filter::readTerm(const QString &name, const QString &given)
{
    static const QList<std::pair<QString, Field>> known
        = {{u"auth"_s, Field::Auth},     {u"http"_s, Field::Http},       {u"result"_s, Field::Result},
           {u"method"_s, Field::Method}, {u"tool"_s, Field::Tool},       {u"user"_s, Field::User},
           {u"client"_s, Field::Client}, {u"session"_s, Field::Session}, {u"path"_s, Field::Path},
           {u"token"_s, Field::Token},   {u"dur"_s, Field::Duration},    {u"size"_s, Field::Size},
           {u"is"_s, Field::Is}};
    Term term;
    for (const auto &[word, field] : known) {
        if (word == name)
            term.field = field;
    }
    QString value = given;
    const bool isMeasure
        = term.field == Field::Duration || term.field == Field::Size || term.field == Field::Http;
    if (isMeasure && (value.startsWith(u'>') || value.startsWith(u'<'))) {
        term.relation = value.startsWith(u'>') ? Relation::Greater : Relation::Less;
        value.remove(0, 1);
    }
    term.text = folded(value);
    if (term.field == Field::Duration || term.field == Field::Size) {
        const auto number = term.field == Field::Duration ? microsecondsOf(value) : bytesOf(value);
        if (!number && !value.isEmpty())
            return base::failure(term.field == Field::Duration
                                     ? Tr::tr("“dur:” wants a time such as >500ms or <2s.")
                                     : Tr::tr("“size:” wants a number of bytes such as >4k."));
        term.number = number.value_or(0);
        if (term.relation == Relation::Equal)
            term.relation = Relation::Greater; // "dur:500ms" can only mean at least that.
    } else if (term.field == Field::Auth) {
        term.number = reasonsCalled(term.text);
    } else if (term.field == Field::Http && term.relation != Relation::Equal) {
        term.number = value.toInt();
    } else if (term.field == Field::Is && !value.isEmpty() && !states().contains(value.toLower())) {
        const bool isPrefix = std::any_of(states().begin(), states().end(), [&](const QString &state) {
            return state.startsWith(value.toLower());
        });
        if (!isPrefix)
            return base::failure(Tr::tr("“is:” knows %1.").arg(states().join(u", "_s)));
        term.text.clear(); // Being typed.
    }
    return term;
}

bool Filter::holds(const Term &term, const Entry &entry)
{
    const exchange::Exchange &exchange = entry.exchange;
    const auto related = [&term](qint64 number) {
        return term.relation == Relation::Greater ? number > term.number : number < term.number;
    };
    switch (term.field) {
    case Field::Any:
        return entry.folded.contains(term.text)
            || (term.number != 0 && !entry.isNote() && contains(wordsOf(exchange).time, term.text));
    case Field::Auth:
        return (term.number >> int(exchange.verdict.reason) & 1) != 0;
    case Field::Http:
        if (term.relation != Relation::Equal)
            return exchange.status > 0 && related(exchange.status);
        return QByteArray::number(exchange.status).startsWith(QByteArray(term.text).replace("x", ""));
    case Field::Result:
        return contains(resultWord(exchange), term.text)
            || (exchange.outcome == exchange::Outcome::RpcError
                && QByteArray::number(exchange.rpcErrorCode) == term.text);
    case Field::Method:
        return contains(exchange.rpcMethod, term.text) || exchange.method.toLower() == term.text;
    case Field::Tool:
        return contains(exchange.target, term.text);
    case Field::User:
        return contains(exchange.user, term.text);
    case Field::Client:
        return contains(exchange.client, term.text);
    case Field::Session:
        return !exchange.session.isEmpty() && exchange.session.startsWith(term.text);
    case Field::Path:
        return exchange.path.toLower().contains(term.text);
    case Field::Token:
        return !exchange.verdict.fingerprint.isEmpty() && exchange.verdict.fingerprint.startsWith(term.text);
    case Field::Duration:
        return exchange.outcome != exchange::Outcome::Running && related(exchange.times.answeredUs);
    case Field::Size:
        return related(exchange.requestBody.size + exchange.responseBody.size);
    case Field::Is:
        return isInState(entry, term.text);
    }
    return false;
}

bool Filter::matches(const Entry &entry) const
{
    if (entry.isNote())
        return m_terms.isEmpty();
    return std::all_of(m_terms.begin(), m_terms.end(),
                       [&entry](const Term &term) { return holds(term, entry) != term.isNegated; });
}

bool Filter::asksForSandbox() const
{
    return std::any_of(m_terms.begin(), m_terms.end(), [](const Term &term) {
        return term.field == Field::Is && term.text == "sandbox" && !term.isNegated;
    });
}

bool hasTerm(const QString &text, const QString &term)
{
    return text.split(u' ', Qt::SkipEmptyParts).contains(term);
}

QString withTermToggled(const QString &text, const QString &term)
{
    QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    if (words.removeAll(term) == 0)
        words.append(term);
    return words.join(u' ');
}

} // namespace gatehouse::inspector
