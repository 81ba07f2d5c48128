// SPDX-License-Identifier: GPL-3.0-or-later
#include "clientfiles/tomltables.h"

#include "clientfiles/tomllines.h"

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
// A file that is half typed is no fault of the program's: it is told as one of the file.
#define TOML_ASSERT(expression) static_assert(true)
#include <algorithm>
#include <toml++/toml.h>

using namespace Qt::StringLiterals;

namespace gatehouse::clientfiles {

namespace {

using Kind = FileFault::Kind;

const QByteArray byteOrderMark = "\xEF\xBB\xBF";
constexpr int mostParts = 50; ///< Of a name: each takes the reader's stack.

/// A text that is read, line by line and as values.
struct Page
{
    QByteArrayList lines = {};
    QList<TomlLine> kinds = {};
    toml::table root = {};
};

/// Lines, from 0; `end` is behind the last one.
struct Range
{
    qsizetype begin = 0;
    qsizetype end = 0;
};

/// What the reader must not be given: it takes names for granted where they begin.
std::optional<FileFault> faultIn(const QList<TomlLine> &kinds)
{
    for (int i = 0; i < kinds.size(); ++i) {
        if (kinds.at(i).kind == TomlLine::Kind::Other)
            return FileFault{Kind::Syntax, i + 1, 1, u"This is no line of TOML."_s};
        if (kinds.at(i).parts > mostParts)
            return FileFault{Kind::Syntax, i + 1, 1, u"This name has too many parts."_s};
    }
    return {};
}

base::Expected<toml::table, FileFault> parse(const QByteArray &text)
{
    toml::parse_result result = toml::parse(std::string_view(text.constData(), size_t(text.size())));
    if (!result) {
        const toml::source_position at = result.error().source().begin;
        return base::failure(FileFault{Kind::Syntax, int(at.line), int(at.column),
                                       QString::fromUtf8(QByteArrayView(result.error().description()))});
    }
    return std::move(result).table();
}

base::Expected<Page, FileFault> read(const QByteArray &text)
{
    Page page{linesOf(text), tomlLinesOf(text), {}};
    if (const auto fault = faultIn(page.kinds))
        return base::failure(*fault);
    auto root = parse(text);
    if (!root)
        return base::failure(root.error());
    page.root = *std::move(root);
    return page;
}

bool isHead(const Page &page, const toml::node &node)
{
    const qsizetype line = qsizetype(node.source().begin.line) - 1;
    return line >= 0 && line < page.kinds.size() && page.kinds.at(line).kind == TomlLine::Kind::Head;
}

/// The table of that name; null where there is none. Inline, or made by names with dots, it cannot be changed
/// here.
base::Expected<const toml::table *, FileFault> find(const Page &page, const QString &group,
                                                    const QString &name)
{
    const auto otherShape = [](const toml::node &node) {
        return base::failure(FileFault{Kind::OtherShape, int(node.source().begin.line), 1, {}});
    };
    const toml::node *outer = page.root.get(group.toStdString());
    if (!outer)
        return nullptr;
    const toml::table *tables = outer->as_table();
    if (!tables || tables->is_inline() || !isHead(page, *tables))
        return otherShape(*outer);
    const toml::node *inner = tables->get(name.toStdString());
    if (!inner)
        return nullptr;
    const toml::table *table = inner->as_table();
    if (!table || table->is_inline() || !isHead(page, *table))
        return otherShape(*inner);
    return table;
}

/// Where the values of a table end that stand below its own head.
qsizetype lastLine(const Page &page, const toml::node &node, qsizetype last)
{
    last = std::max(last, qsizetype(node.source().end.line));
    if (const toml::table *table = node.as_table(); table && !table->is_inline()) {
        for (const auto &[key, value] : *table) {
            if (!isHead(page, value))
                last = lastLine(page, value, last);
        }
    }
    return last;
}

/// Of that table and of those below it, each from its head to its last value.
void addRanges(const Page &page, const toml::node &node, QList<Range> &ranges)
{
    if (const toml::array *array = node.as_array()) {
        for (const toml::node &one : *array)
            addRanges(page, one, ranges);
        return;
    }
    const toml::table *table = node.as_table();
    if (!table || table->is_inline())
        return;
    const qsizetype head = qsizetype(table->source().begin.line);
    // A table that only heads below it have made stands at the first of them.
    const bool isThere = std::any_of(ranges.begin(), ranges.end(),
                                     [head](const Range &range) { return range.begin == head - 1; });
    const qsizetype last = lastLine(page, *table, head);
    if (isThere) {
        for (Range &range : ranges)
            range.end = range.begin == head - 1 ? std::max(range.end, last) : range.end;
    } else if (isHead(page, *table)) {
        ranges.append({head - 1, last});
    }
    for (const auto &[key, value] : *table) {
        const bool isBelow = value.is_table() ? isHead(page, value) : value.is_array_of_tables();
        if (isBelow)
            addRanges(page, value, ranges);
    }
}

/// The table without that one in that group; an empty group counts as none.
toml::table rootWithout(toml::table root, const QString &group, const QString &name)
{
    toml::table *tables = root.get_as<toml::table>(group.toStdString());
    if (!tables)
        return root;
    tables->erase(name.toStdString());
    if (tables->empty())
        root.erase(group.toStdString());
    return root;
}

/// Only what is known to be right leaves this place: all else is the same, and there the table is what is
/// wanted (null: nothing).
base::Expected<QByteArray, FileFault> checked(const QByteArray &out, const Page &before, const QString &group,
                                              const QString &name, const toml::table *wanted)
{
    const auto after = read(out);
    const auto uncertain = base::failure(FileFault{Kind::Uncertain});
    if (!after || rootWithout(after->root, group, name) != rootWithout(before.root, group, name))
        return uncertain;
    const auto made = find(*after, group, name);
    if (!made || (*made == nullptr) != (wanted == nullptr))
        return uncertain;
    if (wanted && **made != *wanted)
        return uncertain;
    return out;
}

QByteArray lineEndOf(const QByteArray &text)
{
    return text.contains("\r\n") ? "\r\n" : "\n";
}

QByteArray withoutRanges(const Page &page, const QList<Range> &ranges)
{
    const bool hasMark = !page.lines.isEmpty() && page.lines.first().startsWith(byteOrderMark);
    QByteArray out;
    for (qsizetype i = 0; i < page.lines.size(); ++i) {
        const bool isGone = std::any_of(ranges.begin(), ranges.end(), [i](const Range &range) {
            return i >= range.begin && i < range.end;
        });
        if (!isGone)
            out += page.lines.at(i);
    }
    return hasMark && !out.startsWith(byteOrderMark) ? byteOrderMark + out : out;
}

QByteArray withLineEnds(const QByteArray &text, const QByteArray &newLine)
{
    return QByteArray(text).replace("\r\n", "\n").replace("\n", newLine);
}

/// The text with an empty line at its end, where there is any.
QByteArray atTheEnd(QByteArray text, const QByteArray &newLine)
{
    if (text.isEmpty() || text == byteOrderMark)
        return text;
    if (!text.endsWith('\n'))
        text += newLine;
    if (!text.endsWith("\n\n") && !text.endsWith("\n\r\n"))
        text += newLine;
    return text;
}

/// The values of those keys replaced in their lines; nothing where one of them has none of its own.
std::optional<QByteArray> withValues(const Page &page, const toml::table &table, const Page &pairs)
{
    const qsizetype head = qsizetype(table.source().begin.line);
    const qsizetype last = lastLine(page, table, head);
    QByteArrayList lines = page.lines;
    for (const TomlLine &pair : pairs.kinds) {
        if (pair.kind != TomlLine::Kind::Key)
            continue;
        bool isThere = false;
        for (qsizetype i = head; i < last; ++i) {
            const TomlLine &line = page.kinds.at(i);
            const bool goesOn = i + 1 < last && page.kinds.at(i + 1).kind == TomlLine::Kind::Inside;
            if (line.kind != TomlLine::Kind::Key || line.name != pair.name || goesOn)
                continue;
            // A comment behind it stays: it begins behind the value, which the reader knows.
            const toml::node *value = table.get(pair.name.toStdString());
            if (!value)
                return {}; // A name of several parts, or in quotes.
            const QByteArray &whole = page.lines.at(i);
            const auto from = QString::fromUtf8(whole).toUcs4();
            const auto begin = qsizetype(value->source().begin.column) - 1;
            const auto end = qsizetype(value->source().end.column) - 1;
            if (begin < 0 || end < begin || end > from.size())
                return {};
            const auto utf8 = [&from](qsizetype at, qsizetype count) {
                return QString::fromUcs4(reinterpret_cast<const char32_t *>(from.constData()) + at, count)
                    .toUtf8();
            };
            lines[i] = utf8(0, begin) + pair.value + utf8(end, from.size() - end);
            isThere = true;
        }
        if (!isThere)
            return {};
    }
    return lines.join();
}

} // namespace

base::Expected<QByteArray, FileFault> tablesIn(const QByteArray &text, const QString &group,
                                               const QString &name)
{
    const auto page = read(text);
    if (!page)
        return base::failure(page.error());
    const auto table = find(*page, group, name);
    if (!table)
        return base::failure(table.error());
    QList<Range> ranges;
    if (*table)
        addRanges(*page, **table, ranges);
    std::sort(ranges.begin(), ranges.end(), [](const Range &a, const Range &b) { return a.begin < b.begin; });
    QByteArray out;
    for (const Range &range : std::as_const(ranges))
        out += page->lines.mid(range.begin, range.end - range.begin).join();
    return out.startsWith(byteOrderMark) ? out.sliced(byteOrderMark.size()) : out; // It is the text's.
}

base::Expected<QByteArray, FileFault> withoutTable(const QByteArray &text, const QString &group,
                                                   const QString &name)
{
    const auto page = read(text);
    if (!page)
        return base::failure(page.error());
    const auto table = find(*page, group, name);
    if (!table)
        return base::failure(table.error());
    if (!*table)
        return text;
    QList<Range> ranges;
    addRanges(*page, **table, ranges);
    return checked(withoutRanges(*page, ranges), *page, group, name, nullptr);
}

base::Expected<QByteArray, FileFault> withTable(const QByteArray &text, const QString &group,
                                                const QString &name, const QByteArray &pairs)
{
    const auto page = read(text);
    if (!page)
        return base::failure(page.error());
    const auto wanted = read(pairs);
    if (!wanted)
        return base::failure(FileFault{Kind::Uncertain});
    const auto there = find(*page, group, name);
    if (!there)
        return base::failure(there.error());
    if (*there) {
        if (const auto changed = withValues(*page, **there, *wanted)) {
            toml::table table = **there;
            for (const auto &[key, value] : wanted->root)
                table.insert_or_assign(key.str(), value);
            return checked(*changed, *page, group, name, &table);
        }
    }
    return withTables(text, group, name, '[' + group.toUtf8() + '.' + name.toUtf8() + "]\n" + pairs);
}

base::Expected<QByteArray, FileFault> withTables(const QByteArray &text, const QString &group,
                                                 const QString &name, const QByteArray &tables)
{
    const auto page = read(text);
    if (!page)
        return base::failure(page.error());
    const auto given = read(tables);
    if (!given)
        return base::failure(FileFault{Kind::Uncertain});
    const auto wanted = find(*given, group, name);
    if (!wanted || !*wanted)
        return base::failure(FileFault{Kind::Uncertain});
    const auto without = withoutTable(text, group, name);
    if (!without)
        return without;
    const QByteArray newLine = lineEndOf(text);
    return checked(atTheEnd(*without, newLine) + withLineEnds(tables, newLine), *page, group, name, *wanted);
}

} // namespace gatehouse::clientfiles
