// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/explanation.h"
#include "inspector/filter.h"
#include "inspector/filterstates.h"
#include "inspector/filtertext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>
#include <QTime>

#include <algorithm>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::inspector::Filter)
};

/// "14:07", as a person types a time of the day.
bool isTime(const QString &text)
{
    static const QRegularExpression time(u"^\\d\\d?:\\d"_s);
    return time.match(text).hasMatch();
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

/// "http://…", which is no status.
bool isHttpUrl(const QString &name, const QString &value)
{
    return name.compare("http"_L1, Qt::CaseInsensitive) == 0 && value.startsWith("//"_L1);
}

/// "localhost:3000", "14:07", "urn:a:b", "https://…": words that have a colon, name no field and are meant as
/// they are.
bool isWordWithColon(const QString &name, const QString &value)
{
    static const QRegularExpression fieldName(u"\\A[A-Za-z]+\\z"_s);
    const auto isCalled
        = [&name](QLatin1StringView one) { return name.compare(one, Qt::CaseInsensitive) == 0; };
    return !fieldName.match(name).hasMatch() || isCalled("localhost"_L1) || isCalled("urn"_L1)
        || value.startsWith("//"_L1);
}

} // namespace

/// Reads tokens from front to back: one of (all of (term or group)).
class Filter::Reader
{
public:
    Reader(const QString &text, Unfinished unfinished)
        : m_tokens(tokensOf(text))
        , m_isWhole(unfinished == Unfinished::IsWrong)
    { }

    base::Expected<Node, QString> read()
    {
        // A parenthesis that nobody opened is about to be corrected; what stands before it counts.
        auto root = readAlternatives(0);
        return root && m_isWhole && !atEnd() ? base::failure(notFinished(u")"_s)) : root;
    }

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_tokens.size(); }
    [[nodiscard]] bool isOperator(const char *word) const
    {
        const Token &token = m_tokens[m_at];
        return token.kind == Token::Kind::Word && !token.hasQuotes && !token.isNegated
            && token.text.compare(QLatin1StringView(word), Qt::CaseInsensitive) == 0;
    }

    base::Expected<Node, QString> readAlternatives(int depth)
    {
        Node one;
        one.kind = Node::Kind::One;
        Node all;
        while (!atEnd() && m_tokens[m_at].kind != Token::Kind::Close) {
            if (isOperator("or")) {
                ++m_at;
                if (m_isWhole && all.parts.empty())
                    return base::failure(notFinished(u"or"_s));
                if (!all.parts.empty())
                    one.parts.push_back(std::exchange(all, {}));
                continue;
            }
            if (isOperator("and")) {
                ++m_at;
                continue;
            }
            auto part = readPart(depth);
            if (!part)
                return part;
            if (part->kind == Node::Kind::Term || !part->parts.empty())
                all.parts.push_back(std::move(*part));
        }
        if (one.parts.empty())
            return all;
        if (m_isWhole && all.parts.empty())
            return base::failure(notFinished(u"or"_s));
        if (!all.parts.empty()) // Else "a or" is about to be finished.
            one.parts.push_back(std::move(all));
        Node root;
        root.parts.push_back(std::move(one));
        return root;
    }

    base::Expected<Node, QString> readPart(int depth)
    {
        constexpr int deepest = 20;
        const Token token = m_tokens[m_at++];
        if (token.kind == Token::Kind::Word)
            return readWord(token);
        if (depth >= deepest)
            return base::failure(Tr::tr("The filter has too many parentheses within each other."));
        auto group = readAlternatives(depth + 1);
        if (group && m_isWhole && (atEnd() || group->parts.empty()))
            return base::failure(notFinished(u"("_s));
        if (group && !atEnd())
            ++m_at; // Its end.
        if (group)
            group->isNegated = token.isNegated;
        return group;
    }

    base::Expected<Node, QString> readWord(const Token &token) const
    {
        Node node;
        node.kind = Node::Kind::Term;
        node.isNegated = token.isNegated;
        const QString name = token.colon > 0 ? token.text.first(token.colon) : QString();
        const QString value = token.colon > 0 ? token.text.sliced(token.colon + 1) : QString();
        const auto field = std::find_if(fields().begin(), fields().end(), [&name](const Named &one) {
            return one.name.compare(name, Qt::CaseInsensitive) == 0;
        });
        const bool isUrl = isHttpUrl(name, value) && !token.hasQuotes;
        if (field == fields().end() || isUrl) {
            if (!name.isEmpty() && !isUrl && !isWordWithColon(name, value))
                return base::failure(unknownField(name));
            node.term = Term{Field::Any, Relation::Equal, folded(token.text), isTime(token.text) ? 1 : 0};
        } else {
            auto term = readTerm(*field, value);
            if (!term)
                return base::failure(term.error());
            node.term = *term;
        }
        if (m_isWhole && node.term.text.isEmpty())
            return base::failure(notFinished(token.text));
        return node.term.text.isEmpty() ? Node() : node; // "auth:" is about to be finished.
    }

    static QString notFinished(const QString &text)
    {
        return Tr::tr("“%1” in the filter is not finished.").arg(text.left(40));
    }

    static QString unknownField(const QString &name)
    {
        QStringList names;
        for (const Named &field : fields())
            names.append(field.name + u':');
        return Tr::tr("There is no field “%1:”. There are %2. Put a word with a colon in quotes.")
            .arg(name.left(40), names.join(u' '));
    }

    QList<Token> m_tokens;
    qsizetype m_at = 0;
    bool m_isWhole;
};

base::Expected<Filter, QString> Filter::parse(const QString &text, Unfinished unfinished)
{
    constexpr qsizetype longest = 2000;
    if (unfinished == Unfinished::IsWrong && text.size() > longest)
        return base::failure(Tr::tr("The filter is too long."));
    auto read = Reader(text.left(longest), unfinished).read();
    if (!read)
        return base::failure(read.error());
    Filter filter;
    filter.m_root = std::move(*read);
    return filter;
}

qint64 Filter::reasonsCalled(const QByteArray &text)
{
    qint64 reasons = 0;
    for (int reason = 0; reason <= int(auth::lastReason); ++reason) {
        auth::Verdict verdict;
        verdict.reason = auth::Reason(reason);
        const QByteArray name = auth::reasonName(verdict.reason).toUtf8();
        if (name.contains(QByteArray(text).replace(' ', '_'))
            || folded(auth::explain(verdict).word).contains(text))
            reasons |= qint64(1) << reason;
    }
    return reasons;
}

base::Expected<void, QString> Filter::readMeasure(Term &term, QString value)
{
    if (value.startsWith(u'>') || value.startsWith(u'<')) {
        term.relation = value.startsWith(u'>') ? Relation::Greater : Relation::Less;
        value.remove(0, 1);
    }
    if (term.field == Field::Http) {
        static const QRegularExpression status(u"\\A[1-5](\\d{0,2}|\\dx|x{1,2})\\z"_s,
                                               QRegularExpression::CaseInsensitiveOption);
        if (!value.isEmpty() && !status.match(value).hasMatch())
            return base::failure(Tr::tr("“http:” wants a status such as 401, 4xx or >399."));
        term.text = folded(value);
        term.number = value.toInt();
        return {};
    }
    const bool isTime = term.field == Field::Duration;
    const auto number = isTime ? microsecondsOf(value) : bytesOf(value);
    if (!number && !value.isEmpty())
        return base::failure(isTime ? Tr::tr("“dur:” wants a time such as >500ms or <2s.")
                                    : Tr::tr("“size:” wants a number of bytes such as >4k."));
    term.number = number.value_or(0);
    if (value.isEmpty())
        term.text.clear();
    if (term.relation == Relation::Equal)
        term.relation = Relation::Greater; // "dur:500ms" can only mean at least that.
    return {};
}

namespace {

/// A time of the day, perhaps of a named day: what "time:" has before and behind its hyphen.
struct Moment
{
    QDate day = {};
    QTime time = {};
    bool isSecond = false; ///< Else it is a whole minute.

    [[nodiscard]] qint64 lasts() const { return isSecond ? 1000 : 60'000; }
};

/// Groups: day, hours, minutes, seconds.
constexpr QStringView moment = u"(?:(\\d{4}-\\d\\d-\\d\\d)T)?(\\d\\d?):(\\d\\d)(?::(\\d\\d))?";
constexpr QStringView wholeDay = u"\\A(\\d{4}-\\d\\d-\\d\\d)\\z";

Moment momentOf(const QRegularExpressionMatch &found, int first)
{
    const QTime time(found.captured(first + 1).toInt(), found.captured(first + 2).toInt(),
                     found.captured(first + 3).toInt());
    return {QDate::fromString(found.captured(first), Qt::ISODate), time, found.hasCaptured(first + 3)};
}

} // namespace

/// "14:28" is that minute, "14:28:42" that second, "14:28-14:30" all from the one to the end of the other.
/// With "2026-12-01T" in front it is that day's.
base::Expected<void, QString> Filter::readTime(Term &term, const QString &value)
{
    static const QRegularExpression span(u"\\A%1(?:-%1)?\\z"_s.arg(moment));
    static const QRegularExpression whole(wholeDay.toString());
    if (value.isEmpty())
        return {};
    const QDate only = QDate::fromString(whole.match(value).captured(1), Qt::ISODate);
    if (only.isValid()) {
        term.isOfOneDay = true;
        term.number = only.startOfDay().toMSecsSinceEpoch();
        term.until = only.addDays(1).startOfDay().toMSecsSinceEpoch();
        return {};
    }
    const QRegularExpressionMatch found
        = span.match(value, 0, QRegularExpression::PartialPreferCompleteMatch);
    if (found.hasPartialMatch()) {
        term.text.clear(); // Being typed.
        return {};
    }
    const Moment from = momentOf(found, 1);
    Moment to = found.hasCaptured(6) ? momentOf(found, 5) : from;
    const bool isDayWrong = (found.hasCaptured(1) && !from.day.isValid())
        || (found.hasCaptured(5) && !to.day.isValid()) || (to.day.isValid() && !from.day.isValid());
    if (!found.hasMatch() || !from.time.isValid() || !to.time.isValid() || isDayWrong)
        return base::failure(Tr::tr("“time:” wants a time of the day such as 14:28, or 14:28:40-14:29:10."));
    term.isOfOneDay = from.day.isValid();
    if (!term.isOfOneDay) {
        term.number = from.time.msecsSinceStartOfDay();
        term.until = to.time.msecsSinceStartOfDay() + to.lasts();
        return {};
    }
    if (!to.day.isValid())
        to.day = to.time < from.time ? from.day.addDays(1) : from.day;
    term.number = QDateTime(from.day, from.time).toMSecsSinceEpoch();
    term.until = QDateTime(to.day, to.time).toMSecsSinceEpoch() + to.lasts();
    if (term.until <= term.number)
        return base::failure(Tr::tr("“time:” wants a span that ends after it begins."));
    return {};
}

base::Expected<void, QString> Filter::readState(Term &term, const QString &value)
{
    QStringList known;
    bool isPrefix = value.isEmpty();
    const QList<FilterState> &all = filterStates();
    for (const FilterState &state : all) {
        known.append(state.name);
        isPrefix = isPrefix || known.last().startsWith(value, Qt::CaseInsensitive);
    }
    if (!isPrefix)
        return base::failure(Tr::tr("“is:” knows %1.").arg(known.join(u", "_s)));
    if (!known.contains(value, Qt::CaseInsensitive))
        term.text.clear(); // Being typed.
    return {};
}

base::Expected<Filter::Term, QString> Filter::readTerm(const Named &field, const QString &value)
{
    Term term;
    term.field = field.field;
    term.text = folded(value);
    base::Expected<void, QString> read;
    switch (term.field) {
    case Field::Http:
    case Field::Duration:
    case Field::Size:
        read = readMeasure(term, value);
        break;
    case Field::Time:
        read = readTime(term, value);
        break;
    case Field::Is:
        read = readState(term, value);
        break;
    case Field::Auth:
        term.number = reasonsCalled(term.text);
        if (term.number == 0)
            read = base::failure(
                Tr::tr("No verdict on a token is called “%1”. There are expired, wrong_audience, "
                       "no_token, valid and others.")
                    .arg(value.left(40)));
        break;
    case Field::Result: {
        bool isCode = false;
        (void)value.toInt(&isCode);
        const bool isLeft = value.compare("left"_L1, Qt::CaseInsensitive) == 0;
        if (isLeft) // As machines are told of it, and saved filters may have it.
            term.text = "closed";
        const bool isKnown = isCode || isLeft || value == "-"_L1
            || std::any_of(filterResults().begin(), filterResults().end(),
                           [&](const QString &one) { return one.contains(value, Qt::CaseInsensitive); });
        if (!isKnown)
            read = base::failure(
                Tr::tr("“result:” knows %1, or the number of an error.").arg(filterResults().join(u", "_s)));
        break;
    }
    default:
        break;
    }
    if (!read)
        return base::failure(read.error());
    return term;
}

} // namespace gatehouse::inspector
