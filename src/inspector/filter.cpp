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

/// A word, or a parenthesis.
struct Token
{
    enum class Kind { Word, Open, Close };
    Kind kind = Kind::Word;
    QString text = {}; ///< With its quotes taken off.
    qsizetype colon = -1; ///< Of the first colon outside quotes.
    bool isNegated = false;
    bool hasQuotes = false; ///< It means itself, whatever it says.
};

/// Words by blanks; double quotes hold blanks, colons and parentheses. A parenthesis within a word is part of
/// it.
QList<Token> tokensOf(const QString &text)
{
    QList<Token> tokens;
    Token word;
    bool isQuoted = false;
    bool isOpen = false;
    int groups = 0; // That are open.
    int inWord = 0; // Parentheses that the word itself has opened.
    const auto end = [&] {
        if (isOpen)
            tokens.append(word);
        word = {};
        isOpen = false;
        inWord = 0;
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool isLast = i + 1 == text.size() || text[i + 1].isSpace() || text[i + 1] == u')';
        if (c == u'"') {
            isQuoted = !isQuoted;
            isOpen = word.hasQuotes = true;
        } else if (isQuoted) {
            word.text += c;
        } else if (c.isSpace()) {
            end();
        } else if (c == u'(' && word.text.isEmpty() && !word.hasQuotes) {
            tokens.append({Token::Kind::Open, {}, -1, word.isNegated});
            ++groups;
            word = {};
            isOpen = false;
        } else if (c == u')' && isLast && groups > 0 && inWord == 0) {
            end();
            tokens.append({Token::Kind::Close});
            --groups;
        } else if (c == u'-' && !isOpen && !isLast) {
            word.isNegated = isOpen = true;
        } else {
            if (c == u':' && word.colon < 0)
                word.colon = word.text.size();
            inWord += c == u'(' ? 1 : c == u')' ? -1 : 0;
            word.text += c;
            isOpen = true;
        }
    }
    end();
    return tokens;
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

/// What `is:` knows.
struct State
{
    QLatin1StringView name;
    const char *words;
};

QList<State> states()
{
    return {
        {"failed"_L1,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "refused, or answered with an error")},
        {"refused"_L1,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "turned away, with or without a token")},
        {"verified"_L1,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "with a token that was checked and good")},
        {"pinned"_L1, QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "pinned")},
        {"running"_L1, QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "not answered yet, or streaming")},
        {"oauth"_L1,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "discovery, registration, sign-in and tokens")},
        {"sandbox"_L1, QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "requests to the sandbox")}};
}

const QStringList &results()
{
    static const QStringList all
        = {u"ok"_s, u"rpc error"_s, u"tool error"_s, u"left"_s, u"late"_s, u"running"_s, u"none"_s};
    return all;
}

QString translated(const char *words)
{
    return QCoreApplication::translate("gatehouse::inspector::Filter", words);
}

bool isRefused(const exchange::Exchange &exchange)
{
    return exchange.refusal != exchange::Refusal::None || !exchange.verdict.accepted();
}

/// What a client does to get a token: the sandbox's part of it, and ours.
bool isOfOAuth(const Entry &entry)
{
    const QByteArray &path = entry.exchange.path;
    return entry.isOfSandbox() || path.startsWith("/.well-known/") || path.startsWith("/oauth2/");
}

bool isInState(const Entry &entry, const QByteArray &state)
{
    const exchange::Exchange &exchange = entry.exchange;
    if (state == "failed")
        return hasFailed(exchange);
    if (state == "refused")
        return isRefused(exchange);
    if (state == "verified")
        return exchange.verdict.reason == auth::Reason::Valid;
    if (state == "pinned")
        return entry.isPinned;
    if (state == "running")
        return exchange.outcome == exchange::Outcome::Running;
    if (state == "sandbox")
        return entry.isOfSandbox();
    return isOfOAuth(entry);
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

bool isAscii(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool containsFolded(const QByteArray &body, const QByteArray &part)
{
    // To fold each body of a long list anew for each letter that is typed would be felt.
    if (isAscii(part)) {
        if (QLatin1StringView(body).contains(QLatin1StringView(part), Qt::CaseInsensitive))
            return true;
        if (isAscii(body))
            return false;
    }
    return folded(QString::fromUtf8(body)).contains(part);
}

} // namespace

const QList<Filter::Named> &Filter::fields()
{
    static const QList<Named> all = {
        {"auth"_L1, Field::Auth,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "the verdict on the token")},
        {"http"_L1, Field::Http,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "the status: 401, 4xx, >399")},
        {"result"_L1, Field::Result,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "what came of the call")},
        {"is"_L1, Field::Is,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "refused, running, oauth and others")},
        {"method"_L1, Field::Method, QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "tools/call, or GET")},
        {"tool"_L1, Field::Tool,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "tool, prompt or resource")},
        {"user"_L1, Field::User, QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "whom the token names")},
        {"client"_L1, Field::Client,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "the program that asks")},
        {"path"_L1, Field::Path, QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "part of the address")},
        {"body"_L1, Field::Body,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "text in the request or its answer")},
        {"dur"_L1, Field::Duration,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "how long it took: >500ms, <2s")},
        {"size"_L1, Field::Size,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "bytes of both bodies: >4k")},
        {"session"_L1, Field::Session,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "fingerprint of the session")},
        {"token"_L1, Field::Token,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "fingerprint of the token")},
    };
    return all;
}

/// Reads tokens from front to back: one of (all of (term or group)).
class Filter::Reader
{
public:
    explicit Reader(const QString &text)
        : m_tokens(tokensOf(text))
    { }

    base::Expected<Node, QString> read()
    {
        // A parenthesis that nobody opened is about to be corrected; what stands before it counts.
        return readAlternatives(0);
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
        if (group && !atEnd())
            ++m_at; // Its end.
        if (group)
            group->isNegated = token.isNegated;
        return group;
    }

    static base::Expected<Node, QString> readWord(const Token &token)
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
        return node.term.text.isEmpty() ? Node() : node; // "auth:" is about to be finished.
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
};

base::Expected<Filter, QString> Filter::parse(const QString &text)
{
    auto read = Reader(text.left(2000)).read();
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
        if (name.contains(QByteArray(text).replace(' ', '_')) || contains(auth::explain(verdict).word, text))
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

base::Expected<void, QString> Filter::readState(Term &term, const QString &value)
{
    QStringList known;
    bool isPrefix = value.isEmpty();
    const QList<State> all = states();
    for (const State &state : all) {
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
        const bool isKnown = isCode || value == "-"_L1
            || std::any_of(results().begin(), results().end(),
                           [&](const QString &one) { return one.contains(value, Qt::CaseInsensitive); });
        if (!isKnown)
            read = base::failure(
                Tr::tr("“result:” knows %1, or the number of an error.").arg(results().join(u", "_s)));
        break;
    }
    default:
        break;
    }
    if (!read)
        return base::failure(read.error());
    return term;
}

QList<Filter::Completion> Filter::completionsOf(const QString &typed)
{
    const QString sign = typed.startsWith(u'-') ? u"-"_s : QString();
    const QString word = typed.sliced(sign.size());
    const qsizetype colon = word.indexOf(u':');
    QList<Completion> all;
    const auto add = [&](const QString &term, const QString &words) {
        if (term.startsWith(word, Qt::CaseInsensitive) && term != word)
            all.append({sign + term, words});
    };
    if (colon < 0) {
        for (const Named &field : fields())
            add(field.name + u':', translated(field.words));
        return all;
    }
    const QString name = word.first(colon).toLower();
    if (name == "is"_L1) {
        const QList<State> known = states();
        for (const State &state : known)
            add(u"is:"_s + state.name, translated(state.words));
    } else if (name == "auth"_L1) {
        for (int reason = 0; reason <= int(auth::lastReason); ++reason) {
            auth::Verdict verdict;
            verdict.reason = auth::Reason(reason);
            add(u"auth:"_s + auth::reasonName(verdict.reason), auth::explain(verdict).word);
        }
    } else if (name == "result"_L1) {
        for (const QString &result : results())
            add(result.contains(u' ') ? u"result:\""_s + result + u'"' : u"result:"_s + result, {});
    } else if (name == "http"_L1) {
        for (const auto status : {"2xx"_L1, "3xx"_L1, "4xx"_L1, "5xx"_L1, "401"_L1, "403"_L1, ">399"_L1})
            add(u"http:"_s + status, {});
    }
    return all;
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
        return exchange.status > 0
            && QByteArray::number(exchange.status).startsWith(QByteArray(term.text).replace("x", ""));
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
    case Field::Body:
        return containsFolded(exchange.requestBody.shown, term.text)
            || containsFolded(exchange.responseBody.shown, term.text);
    case Field::Duration:
        return exchange.outcome != exchange::Outcome::Running && related(exchange::tookUs(exchange.times));
    case Field::Size:
        return related(exchange.requestBody.size + exchange.responseBody.size);
    case Field::Is:
        return isInState(entry, term.text);
    }
    return false;
}

bool Filter::holds(const Node &node, const Entry &entry)
{
    const auto partHolds = [&entry](const Node &part) { return holds(part, entry); };
    const bool isTrue = node.kind == Node::Kind::Term ? holds(node.term, entry)
        : node.kind == Node::Kind::All ? std::all_of(node.parts.begin(), node.parts.end(), partHolds)
                                       : std::any_of(node.parts.begin(), node.parts.end(), partHolds);
    return isTrue != node.isNegated;
}

bool Filter::matches(const Entry &entry) const
{
    return entry.isNote() ? isEmpty() : holds(m_root, entry);
}

bool Filter::asksForSandbox(const Node &node)
{
    if (node.isNegated)
        return false;
    if (node.kind == Node::Kind::Term)
        return node.term.field == Field::Is && (node.term.text == "sandbox" || node.term.text == "oauth");
    return std::any_of(node.parts.begin(), node.parts.end(),
                       [](const Node &part) { return asksForSandbox(part); });
}

bool Filter::asksForSandbox() const
{
    return asksForSandbox(m_root);
}

bool hasAlternatives(const QString &text)
{
    int depth = 0;
    const QList<Token> tokens = tokensOf(text);
    return std::any_of(tokens.begin(), tokens.end(), [&depth](const Token &token) {
        depth += token.kind == Token::Kind::Open ? 1 : token.kind == Token::Kind::Close ? -1 : 0;
        return depth == 0 && token.kind == Token::Kind::Word && !token.hasQuotes && !token.isNegated
            && token.text.compare("or"_L1, Qt::CaseInsensitive) == 0;
    });
}

bool hasTerm(const QString &text, const QString &term)
{
    return text.split(u' ', Qt::SkipEmptyParts).contains(term);
}

QString withTermToggled(const QString &text, const QString &term)
{
    QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    if (words.removeAll(term) > 0)
        return words.join(u' ');
    // It shall narrow each of what may be found, and not the last alone.
    const QString whole = hasAlternatives(text) ? u'(' + text.trimmed() + u')' : text.trimmed();
    return whole.isEmpty() ? term : whole + u' ' + term;
}

} // namespace gatehouse::inspector
