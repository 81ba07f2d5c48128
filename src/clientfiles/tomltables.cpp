// SPDX-License-Identifier: GPL-3.0-or-later
#include "clientfiles/tomltables.h"

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <algorithm>
#include <optional>
#include <toml++/toml.h>

using namespace Qt::StringLiterals;

namespace gatehouse::clientfiles {

namespace {

using Kind = FileFault::Kind;

/// Lines of a file, from 0; `end` is behind the last one.
struct Lines
{
    qsizetype begin = 0;
    qsizetype end = 0;
};

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

/// The next line, from there on, that begins a table.
void nextHead(const toml::node &node, uint after, uint &next)
{
    if (const toml::table *table = node.as_table()) {
        const uint line = table->source().begin.line;
        if (!table->is_inline() && line > after)
            next = std::min(next, line);
        for (const auto &[key, value] : *table)
            nextHead(value, after, next);
    } else if (const toml::array *array = node.as_array()) {
        for (const toml::node &one : *array)
            nextHead(one, after, next);
    }
}

/// The table of that name; null where there is none.
base::Expected<const toml::table *, FileFault> find(const toml::table &root, const QString &group,
                                                    const QString &name)
{
    const toml::node *outer = root.get(group.toStdString());
    if (!outer)
        return nullptr;
    const toml::table *tables = outer->as_table();
    if (!tables || tables->is_inline()) // Nothing can be added to an inline table (§ Inline Table).
        return base::failure(FileFault{Kind::OtherShape, int(outer->source().begin.line), 1, {}});
    const toml::node *inner = tables->get(name.toStdString());
    if (!inner)
        return nullptr;
    const toml::table *table = inner->as_table();
    if (!table || table->is_inline())
        return base::failure(FileFault{Kind::OtherShape, int(inner->source().begin.line), 1, {}});
    return table;
}

/// Where it stands, with the empty lines behind it.
Lines linesOf(const toml::table &root, const toml::table &table, qsizetype all)
{
    const uint head = table.source().begin.line;
    uint next = uint(all) + 1;
    nextHead(root, head, next);
    return {qsizetype(head) - 1, qsizetype(next) - 1};
}

QByteArrayList linesIn(const QByteArray &text)
{
    QByteArrayList lines;
    for (qsizetype from = 0; from < text.size();) {
        const qsizetype end = text.indexOf('\n', from);
        lines.append(text.sliced(from, (end < 0 ? text.size() : end + 1) - from));
        from += lines.last().size();
    }
    return lines;
}

/// Equal as values.
bool isSame(const toml::table &one, const toml::table &other)
{
    return one == other;
}

/// The table without that one in that group; an empty group counts as none.
toml::table without(toml::table root, const QString &group, const QString &name)
{
    toml::table *tables = root.get_as<toml::table>(group.toStdString());
    if (!tables)
        return root;
    tables->erase(name.toStdString());
    if (tables->empty())
        root.erase(group.toStdString());
    return root;
}

} // namespace

base::Expected<QByteArray, FileFault> tableIn(const QByteArray &text, const QString &group,
                                              const QString &name)
{
    const auto root = parse(text);
    if (!root)
        return base::failure(root.error());
    const auto table = find(*root, group, name);
    if (!table)
        return base::failure(table.error());
    if (!*table)
        return QByteArray();
    const QByteArrayList lines = linesIn(text);
    const Lines where = linesOf(*root, **table, lines.size());
    return lines.mid(where.begin, where.end - where.begin).join();
}

base::Expected<QByteArray, FileFault> withoutTable(const QByteArray &text, const QString &group,
                                                   const QString &name)
{
    auto root = parse(text);
    if (!root)
        return base::failure(root.error());
    const auto table = find(*root, group, name);
    if (!table)
        return base::failure(table.error());
    if (!*table)
        return text;
    const QByteArrayList lines = linesIn(text);
    const Lines where = linesOf(*root, **table, lines.size());
    const QByteArray out = (lines.mid(0, where.begin) + lines.mid(where.end)).join();
    const auto after = parse(out);
    if (!after || !isSame(without(*after, group, name), without(*root, group, name))
        || !find(*after, group, name) || *find(*after, group, name))
        return base::failure(FileFault{Kind::Uncertain});
    return out;
}

base::Expected<QByteArray, FileFault> withTable(const QByteArray &text, const QString &group,
                                                const QString &name, const QByteArray &lines)
{
    const auto without = withoutTable(text, group, name);
    if (!without)
        return without;
    const QByteArray newLine = text.contains("\r\n") ? "\r\n" : "\n";
    QByteArray out = *without;
    if (!out.isEmpty() && !out.endsWith('\n'))
        out += newLine;
    if (!out.isEmpty() && !out.endsWith("\n\n") && !out.endsWith("\n\r\n"))
        out += newLine;
    out += '[' + group.toUtf8() + '.' + name.toUtf8() + ']' + newLine
        + QByteArray(lines).replace("\n", newLine);
    const auto before = parse(text);
    const auto after = parse(out);
    if (!before || !after
        || !isSame(clientfiles::without(*after, group, name), clientfiles::without(*before, group, name)))
        return base::failure(FileFault{Kind::Uncertain});
    const auto made = find(*after, group, name);
    const auto wanted = parse(lines);
    if (!made || !*made || !wanted || !isSame(**made, *wanted))
        return base::failure(FileFault{Kind::Uncertain});
    return out;
}

} // namespace gatehouse::clientfiles
