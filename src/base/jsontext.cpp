// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/jsontext.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::base {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// Behind the string whose first quote stands there; the end of the text where it never ends.
qsizetype endOfString(QByteArrayView text, qsizetype quote)
{
    for (qsizetype i = quote + 1; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            return i + 1;
    }
    return text.size();
}

/// Behind the number or word that begins there.
qsizetype endOfScalar(QByteArrayView text, qsizetype begin)
{
    qsizetype end = begin;
    while (end < text.size() && !isSpace(text[end]) && !QByteArrayView(",]}").contains(text[end]))
        ++end;
    return end;
}

/// Behind the value that begins there, whatever is within it.
qsizetype endOfValue(QByteArrayView text, qsizetype begin)
{
    qsizetype depth = 0;
    qsizetype i = begin;
    do {
        const char c = text[i];
        if (c == '"') {
            i = endOfString(text, i);
        } else if (c == '{' || c == '[') {
            ++depth;
            ++i;
        } else if (c == '}' || c == ']') {
            --depth;
            ++i;
        } else if (isSpace(c) || c == ',' || c == ':') {
            ++i;
        } else {
            i = endOfScalar(text, i);
        }
    } while (depth > 0 && i < text.size());
    return i;
}

JsonText::Kind kindOf(char first)
{
    switch (first) {
    case '{':
        return JsonText::Kind::Object;
    case '[':
        return JsonText::Kind::Array;
    case '"':
        return JsonText::Kind::String;
    case 't':
    case 'f':
    case 'n':
        return JsonText::Kind::Word;
    default:
        return JsonText::Kind::Number;
    }
}

} // namespace

Expected<JsonText, JsonError> JsonText::read(const QByteArray &text, const JsonLimits &limits)
{
    if (const auto judged = readJson(text, limits); !judged)
        return failure(judged.error());
    JsonText made;
    made.m_text = text;
    made.scan();
    return made;
}

/// The text is known to be right: only what opens, closes and stands between is looked at.
void JsonText::scan()
{
    const QByteArrayView text = m_text;
    int open = -1; // The object or array that is being read.
    qsizetype nameBegin = 0;
    qsizetype nameEnd = 0;
    for (qsizetype i = 0; i < text.size();) {
        const char c = text[i];
        if (isSpace(c) || c == ',' || c == ':') {
            ++i;
            continue;
        }
        if (c == '}' || c == ']') {
            m_nodes[size_t(open)].end = ++i;
            open = m_nodes[size_t(open)].parent;
            continue;
        }
        const bool isName
            = c == '"' && open >= 0 && m_nodes[size_t(open)].kind == Kind::Object && nameEnd == nameBegin;
        if (isName) {
            nameBegin = i;
            nameEnd = i = endOfString(text, i);
            continue;
        }
        Node node;
        node.kind = kindOf(c);
        node.parent = open;
        node.nameBegin = std::exchange(nameBegin, 0);
        node.nameEnd = std::exchange(nameEnd, 0);
        node.begin = i;
        if (open >= 0)
            ++m_nodes[size_t(open)].length;
        const bool opens = node.kind == Kind::Object || node.kind == Kind::Array;
        i = opens ? i + 1 : node.kind == Kind::String ? endOfString(text, i) : endOfScalar(text, i);
        node.end = i;
        if (opens)
            open = int(m_nodes.size());
        m_nodes.push_back(node);
    }
}

QByteArrayView JsonText::nameOf(const Node &node) const
{
    return QByteArrayView(m_text).sliced(node.nameBegin, node.nameEnd - node.nameBegin);
}

QByteArrayView JsonText::textOf(const Node &node) const
{
    return QByteArrayView(m_text).sliced(node.begin, node.end - node.begin);
}

QString unquotedJson(QByteArrayView quoted)
{
    if (quoted.size() < 2 || !quoted.startsWith('"') || !quoted.endsWith('"'))
        return {};
    QByteArrayView inner = quoted.sliced(1, quoted.size() - 2);
    constexpr QByteArrayView mark = "\xEF\xBB\xBF"; // Qt takes it off, and two names could become one.
    qsizetype marks = 0;
    for (; inner.startsWith(mark); ++marks)
        inner = inner.sliced(mark.size());
    const QString before(marks, QChar(0xFEFF));
    if (!inner.contains('\\'))
        return before + QString::fromUtf8(inner);
    const auto read = readJson('"' + inner.toByteArray() + '"');
    return read ? before + read->toString() : QString();
}

QByteArray memberText(const QByteArray &object, QByteArrayView name)
{
    if (!readJsonObject(object))
        return {};
    // Without a list of its nodes, which may take many times what the text takes.
    const auto behind = [&object](QByteArrayView these, qsizetype at) {
        while (these.contains(object[at]))
            ++at;
        return at;
    };
    const QString wanted = QString::fromUtf8(name);
    qsizetype at = behind(" \t\r\n{", 0);
    while (object[at] == '"') {
        const qsizetype nameEnd = endOfString(object, at);
        const QString found = unquotedJson(QByteArrayView(object).sliced(at, nameEnd - at));
        const qsizetype begin = behind(" \t\r\n:", nameEnd);
        const qsizetype end = endOfValue(object, begin);
        if (found == wanted)
            return object.sliced(begin, end - begin);
        at = behind(" \t\r\n,", end);
    }
    return {};
}

QByteArray indentedJson(QByteArrayView json)
{
    QByteArray out;
    out.reserve(json.size() * 2);
    qsizetype depth = 0;
    const auto newLine = [&] {
        out += '\n';
        out.append(std::min<qsizetype>(depth, 100) * 4, ' ');
    };
    const auto behindSpace = [&](qsizetype at) {
        while (at < json.size() && isSpace(json[at]))
            ++at;
        return at;
    };
    for (qsizetype i = behindSpace(0); i < json.size(); i = behindSpace(i)) {
        const char c = json[i];
        if (c == '{' || c == '[') {
            out += c;
            i = behindSpace(i + 1);
            if (i < json.size() && (json[i] == '}' || json[i] == ']')) {
                out += json[i++];
                continue;
            }
            ++depth;
            newLine();
        } else if (c == '}' || c == ']') {
            depth = std::max<qsizetype>(0, depth - 1);
            newLine();
            out += c;
            ++i;
        } else if (c == ',') {
            out += c;
            newLine();
            ++i;
        } else if (c == ':') {
            out += ": ";
            ++i;
        } else {
            const qsizetype end = c == '"' ? endOfString(json, i) : std::max(i + 1, endOfScalar(json, i));
            out += json.sliced(i, end - i);
            i = end;
        }
    }
    return out;
}

QByteArray compactJson(QByteArrayView json)
{
    QByteArray out;
    out.reserve(json.size());
    for (qsizetype i = 0; i < json.size();) {
        const qsizetype end = json[i] == '"' ? endOfString(json, i) : i + 1;
        if (!isSpace(json[i]))
            out += json.sliced(i, end - i);
        i = end;
    }
    return out;
}

} // namespace gatehouse::base
