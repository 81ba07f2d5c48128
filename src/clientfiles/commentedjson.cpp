// SPDX-License-Identifier: GPL-3.0-or-later
#include "clientfiles/commentedjson.h"

#include "base/jsontext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::clientfiles {

qsizetype stringEnd(QByteArrayView text, qsizetype begin)
{
    for (qsizetype i = begin + 1; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            return i + 1;
    }
    return text.size();
}

namespace {

using base::JsonText;
using Kind = FileFault::Kind;

constexpr QByteArrayView byteOrderMark = "\xEF\xBB\xBF";

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// Behind the comment that begins there; the place itself where none does. An open one goes on to the end.
qsizetype commentEnd(QByteArrayView text, qsizetype begin)
{
    const QByteArrayView rest = text.sliced(begin);
    if (rest.startsWith("//")) {
        const qsizetype line = rest.indexOf('\n');
        return line < 0 ? text.size() : begin + line;
    }
    if (!rest.startsWith("/*"))
        return begin;
    const qsizetype end = rest.sliced(2).indexOf("*/");
    return end < 0 ? text.size() : begin + end + 4;
}

/// How the ends of lines within comments are taken: as such, or as white space, since nothing can be put
/// there.
enum class LineEnds { Kept, Blank };

/// Without comments and byte order mark, but with the commas as they are. `open` is where a comment begins
/// that does not end, or -1.
QByteArray uncommented(QByteArray text, LineEnds ends, qsizetype *open = nullptr)
{
    const auto blank = [&](qsizetype begin, qsizetype end) {
        for (qsizetype i = begin; i < end; ++i) {
            const bool isEnd = text[i] == '\n' || text[i] == '\r';
            if (!isEnd || ends == LineEnds::Blank)
                text[i] = ' ';
        }
    };
    if (open)
        *open = -1;
    if (text.startsWith(byteOrderMark))
        blank(0, byteOrderMark.size());
    for (qsizetype i = 0; i < text.size();) {
        if (text[i] == '"') {
            i = stringEnd(text, i);
            continue;
        }
        const qsizetype end = commentEnd(text, i);
        const bool isBlock = end > i && text[i + 1] == '*';
        if (isBlock && open && (end - i < 4 || text[end - 1] != '/' || text[end - 2] != '*'))
            *open = i;
        if (end > i)
            blank(i, end);
        i = std::max(end, i + 1);
    }
    return text;
}

qsizetype skipSpace(QByteArrayView text, qsizetype at)
{
    while (at < text.size() && isSpace(text[at]))
        ++at;
    return at;
}

/// A comma behind which the object or array ends.
void blankLastCommas(QByteArray &text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == '"') {
            i = stringEnd(text, i) - 1;
            continue;
        }
        if (text[i] != ',')
            continue;
        const qsizetype next = skipSpace(text, i + 1);
        if (next < text.size() && (text[next] == '}' || text[next] == ']'))
            text[i] = ' ';
    }
}

/// A file that is read, and what it looks like.
class Page
{
public:
    static base::Expected<Page, FileFault> read(const QByteArray &text);

    [[nodiscard]] int member(int object, const QString &name) const;
    [[nodiscard]] std::vector<int> childrenOf(int node) const;
    [[nodiscard]] const JsonText::Node &at(int node) const { return m_json.nodes().at(size_t(node)); }
    [[nodiscard]] bool isObject(int node) const { return at(node).kind == JsonText::Kind::Object; }

    [[nodiscard]] QByteArray withMember(int object, const QString &name, const QByteArray &value) const;
    [[nodiscard]] QByteArray withValue(int node, const QByteArray &value, bool isAsWritten) const;
    [[nodiscard]] QByteArray without(int object, int node) const;
    [[nodiscard]] QByteArray textOf(int node) const
    {
        return m_text.sliced(at(node).begin, at(node).end - at(node).begin);
    }
    /// `value`, as it stands in the file at that depth.
    [[nodiscard]] QByteArray indented(const QByteArray &value, const QByteArray &indent) const;

private:
    [[nodiscard]] QByteArray indentAt(qsizetype place) const;
    [[nodiscard]] bool startsItsLine(qsizetype place) const;
    [[nodiscard]] QByteArray unit() const;
    [[nodiscard]] qsizetype lineEnd(qsizetype from, qsizetype before) const;
    [[nodiscard]] QByteArray intoEmpty(int object, const QByteArray &name, const QByteArray &value) const;
    [[nodiscard]] QByteArray intoOneLine(const JsonText::Node &last, const QByteArray &name,
                                         const QByteArray &value) const;

    QByteArray m_text;
    QByteArray m_commas; ///< Without comments; commas behind the last member are there.
    JsonText m_json;
    QByteArray m_newLine = "\n";
};

FileFault faultAt(QByteArrayView text, const base::JsonError &error)
{
    const QByteArrayView before = text.first(std::clamp<qsizetype>(error.offset, 0, text.size()));
    const qsizetype lineBegin = before.lastIndexOf('\n') + 1;
    return {Kind::Syntax, int(before.count('\n')) + 1, int(before.size() - lineBegin) + 1, error.text};
}

base::Expected<Page, FileFault> Page::read(const QByteArray &text)
{
    Page page;
    page.m_text = text;
    qsizetype open = -1;
    page.m_commas = uncommented(text, LineEnds::Blank, &open);
    if (open >= 0)
        return base::failure(faultAt(text, {base::JsonFault::Syntax, open, u"This comment does not end."_s}));
    QByteArray strict = page.m_commas;
    blankLastCommas(strict);
    auto json = JsonText::read(strict);
    if (!json)
        return base::failure(faultAt(text, json.error()));
    page.m_json = *std::move(json);
    if (!page.isObject(0))
        return base::failure(FileFault{Kind::OtherShape, 1, 1, {}});
    if (text.contains("\r\n"))
        page.m_newLine = "\r\n";
    return page;
}

int Page::member(int object, const QString &name) const
{
    for (const int child : childrenOf(object)) {
        if (base::unquotedJson(m_json.nameOf(at(child))) == name)
            return child;
    }
    return -1;
}

std::vector<int> Page::childrenOf(int node) const
{
    std::vector<int> children;
    for (int i = 0; i < int(m_json.nodes().size()); ++i) {
        if (at(i).parent == node)
            children.push_back(i);
    }
    return children;
}

/// The white space that the line of that place begins with.
QByteArray Page::indentAt(qsizetype place) const
{
    const qsizetype begin = place == 0 ? 0 : m_text.lastIndexOf('\n', place - 1) + 1;
    qsizetype end = begin;
    while (end < place && (m_text[end] == ' ' || m_text[end] == '\t'))
        ++end;
    return m_text.sliced(begin, end - begin);
}

bool Page::startsItsLine(qsizetype place) const
{
    const QByteArray indent = indentAt(place);
    const qsizetype begin = place - indent.size();
    return m_text.sliced(begin, indent.size()) == indent && (begin == 0 || m_text[begin - 1] == '\n');
}

/// What one level is indented by: as the root's first member is, else two spaces.
QByteArray Page::unit() const
{
    const std::vector<int> members = childrenOf(0);
    if (members.empty() || !startsItsLine(at(members.front()).nameBegin))
        return "  ";
    // Beyond what the whole is indented by.
    const QByteArray root = indentAt(at(0).begin);
    const QByteArray indent = indentAt(at(members.front()).nameBegin);
    return indent.size() > root.size() && indent.startsWith(root) ? indent.sliced(root.size()) : "  "_ba;
}

QByteArray Page::indented(const QByteArray &value, const QByteArray &indent) const
{
    QByteArray out;
    const QByteArrayList lines = value.split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QByteArray &line = lines.at(i);
        const qsizetype depth = (line.size() - line.trimmed().size()) / 2;
        out += i == 0 ? line : m_newLine + indent + unit().repeated(depth) + line.trimmed();
    }
    return out;
}

/// Where the line of that place ends, or where the object does if that comes first: no such place is within a
/// comment.
qsizetype Page::lineEnd(qsizetype from, qsizetype before) const
{
    qsizetype end = from;
    while (end < before && m_commas[end] != '\n')
        ++end;
    if (end == before)
        return from;
    return end > from && m_text[end - 1] == '\r' ? end - 1 : end;
}

QByteArray Page::intoEmpty(int object, const QByteArray &name, const QByteArray &value) const
{
    const JsonText::Node &node = at(object);
    const QByteArray outer = indentAt(object == 0 ? node.begin : node.nameBegin);
    const QByteArray inner = outer + unit();
    const QByteArray member = m_newLine + inner + name + ": " + indented(value, inner);
    // A comment that stands in it stays.
    const qsizetype close = node.end - 1;
    qsizetype end = close;
    while (end > node.begin + 1 && isSpace(m_text[end - 1]))
        --end;
    return m_text.first(end) + member + m_newLine + outer + m_text.sliced(close);
}

QByteArray Page::intoOneLine(const JsonText::Node &last, const QByteArray &name,
                             const QByteArray &value) const
{
    return m_text.first(last.end) + ", " + name + ": " + base::compactJson(value) + m_text.sliced(last.end);
}

QByteArray Page::withMember(int object, const QString &name, const QByteArray &value) const
{
    const QByteArray quoted = base::writeJson(QJsonValue(name));
    const std::vector<int> members = childrenOf(object);
    if (members.empty())
        return intoEmpty(object, quoted, value);
    const JsonText::Node &last = at(members.back());
    const qsizetype close = at(object).end - 1;
    const qsizetype next = skipSpace(m_commas, last.end);
    const bool hasComma = m_commas[next] == ',';
    if (!startsItsLine(last.nameBegin))
        return hasComma
            ? m_text.first(next) + ", " + quoted + ": " + base::compactJson(value) + m_text.sliced(next)
            : intoOneLine(last, quoted, value);
    const qsizetype place = lineEnd(hasComma ? next + 1 : last.end, close);
    const QByteArray indent = indentAt(last.nameBegin);
    const QByteArray member = m_newLine + indent + quoted + ": " + indented(value, indent);
    return hasComma ? m_text.first(place) + member + ',' + m_text.sliced(place)
                    : m_text.first(last.end) + ',' + m_text.sliced(last.end, place - last.end) + member
            + m_text.sliced(place);
}

QByteArray Page::withValue(int node, const QByteArray &value, bool isAsWritten) const
{
    if (isAsWritten)
        return m_text.first(at(node).begin) + value + m_text.sliced(at(node).end);
    const bool isInLine = !textOf(node).contains('\n') && !startsItsLine(at(node).nameBegin);
    const QByteArray written
        = isInLine ? base::compactJson(value) : indented(value, indentAt(at(node).nameBegin));
    return m_text.first(at(node).begin) + written + m_text.sliced(at(node).end);
}

/// The entry and its comma go, each by itself: what others wrote between or beside them stays. Its line goes
/// where nothing else is in it.
QByteArray Page::without(int object, int node) const
{
    const std::vector<int> members = childrenOf(object);
    const JsonText::Node &gone = at(node);
    qsizetype comma = skipSpace(m_commas, gone.end);
    const bool isLast = members.back() == node;
    if (m_commas[comma] != ',' && isLast && members.size() > 1) {
        const auto self = std::find(members.begin(), members.end(), node);
        comma = skipSpace(m_commas, at(*(self - 1)).end); // Before it, which is now one too many.
    }
    const bool hasComma = m_commas[comma] == ',';
    std::vector<bool> goes(size_t(m_text.size()), false);
    const auto drop
        = [&goes](qsizetype from, qsizetype to) { std::fill(goes.begin() + from, goes.begin() + to, true); };
    drop(gone.nameBegin, gone.end);
    if (hasComma)
        drop(comma, comma + 1);
    qsizetype begin = gone.nameBegin;
    while (begin > 0 && (m_text[begin - 1] == ' ' || m_text[begin - 1] == '\t'))
        --begin;
    const auto isEmpty = [&](qsizetype at) {
        const char c = m_text[at];
        return goes[size_t(at)] || c == ' ' || c == '\t' || c == '\r';
    };
    qsizetype end = gone.end;
    while (end < m_text.size() && isEmpty(end))
        ++end;
    const bool ownsLines
        = begin > 0 && m_text[begin - 1] == '\n' && end < m_text.size() && m_text[end] == '\n';
    if (ownsLines)
        drop(begin, end + 1);
    else if (isLast || !hasComma) // In a line with others: the white space before it.
        drop(begin, gone.nameBegin);
    QByteArray out;
    for (qsizetype i = 0; i < m_text.size(); ++i) {
        if (!goes[size_t(i)])
            out += m_text[i];
    }
    return out;
}

/// The whole as values.
base::Expected<QJsonObject, FileFault> valueOf(const QByteArray &text)
{
    auto value = base::readJsonObject(strictJson(text));
    if (!value)
        return base::failure(faultAt(text, value.error()));
    return *std::move(value);
}

QJsonObject withMember(QJsonObject root, const QString &object, const QString &name, const QJsonValue &value)
{
    QJsonObject inner = root.value(object).toObject();
    if (value.isUndefined())
        inner.remove(name);
    else
        inner.insert(name, value);
    root.insert(object, inner);
    return root;
}

/// Only what is known to be right leaves this place.
base::Expected<QByteArray, FileFault> checked(const QByteArray &text, const QJsonObject &wanted)
{
    const auto found = valueOf(text);
    if (!found || *found != wanted)
        return base::failure(FileFault{Kind::Uncertain});
    return text;
}

} // namespace

QByteArray withoutComments(const QByteArray &text)
{
    return uncommented(text, LineEnds::Kept);
}

QByteArray strictJson(const QByteArray &text)
{
    QByteArray strict = uncommented(text, LineEnds::Blank);
    blankLastCommas(strict);
    return strict;
}

namespace {

/// White space and comments alone: an object behind them makes a file of it.
QByteArray withRoot(const QByteArray &text)
{
    if (!uncommented(text, LineEnds::Blank).trimmed().isEmpty())
        return text;
    return text + (text.isEmpty() || text.endsWith('\n') ? "" : "\n") + "{\n}\n";
}

/// `value` is put there by the page, or as it is.
base::Expected<QByteArray, FileFault> put(const QByteArray &given, const QString &object, const QString &name,
                                          const QByteArray &value, bool isAsWritten)
{
    const auto wanted = base::readJson(strictJson(value));
    if (!wanted)
        return base::failure(FileFault{Kind::Uncertain});
    const QByteArray text = withRoot(given);
    const auto page = Page::read(text);
    if (!page)
        return base::failure(page.error());
    const auto before = valueOf(text);
    if (!before)
        return base::failure(before.error());
    const int place = page->member(0, object);
    const int there = place < 0 || !page->isObject(place) ? -1 : page->member(place, name);
    QByteArray out;
    if (place < 0) {
        const QByteArray whole = "{\n  " + base::writeJson(QJsonValue(name)) + ": "
            + QByteArray(value).replace("\n", "\n  ") + "\n}";
        out = page->withMember(0, object, whole);
    } else if (!page->isObject(place)) {
        return base::failure(FileFault{Kind::OtherShape});
    } else if (there < 0) {
        out = page->withMember(place, name, value);
    } else if (before->value(object).toObject().value(name) == *wanted && !isAsWritten) {
        return given; // The same, however it is laid out.
    } else {
        out = page->withValue(there, value, isAsWritten);
    }
    return checked(out, withMember(*before, object, name, *wanted));
}

} // namespace

base::Expected<QByteArray, FileFault> withMember(const QByteArray &text, const QString &object,
                                                 const QString &name, const QByteArray &value)
{
    return put(text, object, name, value, false);
}

base::Expected<QByteArray, FileFault> withMemberAsWritten(const QByteArray &text, const QString &object,
                                                          const QString &name, const QByteArray &value)
{
    return put(text, object, name, value, true);
}

base::Expected<QByteArray, FileFault> withoutMember(const QByteArray &text, const QString &object,
                                                    const QString &name)
{
    const auto page = Page::read(text);
    if (!page)
        return base::failure(page.error());
    const int place = page->member(0, object);
    const int there = place < 0 ? -1 : page->member(place, name);
    if (there < 0)
        return text;
    const auto before = valueOf(text);
    if (!before)
        return base::failure(before.error());
    return checked(page->without(place, there), withMember(*before, object, name, QJsonValue::Undefined));
}

QByteArray twoSpacesDeep(const QByteArray &value)
{
    QByteArrayList lines = base::indentedJson(value).trimmed().split('\n');
    for (QByteArray &line : lines)
        line = QByteArray((line.size() - line.trimmed().size()) / 2, ' ') + line.trimmed();
    return lines.join('\n');
}

base::Expected<QByteArray, FileFault> memberIn(const QByteArray &text, const QString &object,
                                               const QString &name)
{
    if (uncommented(text, LineEnds::Blank).trimmed().isEmpty())
        return QByteArray();
    const auto page = Page::read(text);
    if (!page)
        return base::failure(page.error());
    const int place = page->member(0, object);
    const int there = place < 0 ? -1 : page->member(place, name);
    return there < 0 ? QByteArray() : page->textOf(there);
}

} // namespace gatehouse::clientfiles
