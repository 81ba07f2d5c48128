// SPDX-License-Identifier: GPL-3.0-or-later
#include "clientfiles/entries.h"

#include "clientfiles/commentedjson.h"
#include "clientfiles/tomllines.h"
#include "clientfiles/tomltables.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::clientfiles {

namespace {

using Kind = DifferenceLine::Kind;

constexpr int around = 2; ///< Lines of what stays.
constexpr qsizetype longestLine = 200;

/// Strings as they are written that this program put there, and may be shown.
using Own = QByteArrayList;

Own ownOf(const QByteArray &entry)
{
    Own own;
    for (qsizetype i = entry.indexOf('"'); i >= 0; i = entry.indexOf('"', i)) {
        const qsizetype end = stringEnd(entry, i);
        own.append(entry.sliced(i, end - i));
        i = end;
    }
    return own;
}

/// Names and brackets as they are, each value that is not ours as "…". The line has no comment.
QByteArray jsonShape(QByteArrayView line, const Own &own)
{
    constexpr QByteArrayView signs = "{}[],: ";
    QByteArray out;
    for (qsizetype i = 0; i < line.size();) {
        const char c = line[i];
        if (c == '"') {
            const qsizetype end = stringEnd(line, i);
            qsizetype next = end;
            while (next < line.size() && line[next] == ' ')
                ++next;
            const QByteArray text = line.sliced(i, end - i).toByteArray();
            const bool isName = next < line.size() && line[next] == ':';
            out += isName || own.contains(text) ? text : "\"…\""_ba;
            i = end;
        } else if (signs.contains(c)) {
            out += c;
            ++i;
        } else {
            out += "…";
            while (i < line.size() && !signs.contains(line[i]) && line[i] != '"')
                ++i;
        }
    }
    return out;
}

QByteArray tomlShape(const TomlLine &line, const Own &own)
{
    switch (line.kind) {
    case TomlLine::Kind::Blank:
        return {};
    case TomlLine::Kind::Comment:
        return "# …";
    case TomlLine::Kind::Head:
        return line.name;
    case TomlLine::Kind::Key:
        return line.name + " = " + (own.contains(line.value) ? line.value : "…"_ba);
    case TomlLine::Kind::Inside:
    case TomlLine::Kind::Other:
        break;
    }
    return "…";
}

/// The lines as they may be shown. A text is read as a whole: within a string or a comment of several lines
/// nothing of a line tells what it is.
QStringList shapesOf(const QByteArray &text, Notation notation, const Own &own)
{
    QStringList shapes;
    const QByteArrayList lines = linesOf(text);
    const QByteArrayList plain
        = notation == Notation::Toml ? QByteArrayList() : linesOf(withoutComments(text));
    const QList<TomlLine> toml = notation == Notation::Toml ? tomlLinesOf(text) : QList<TomlLine>();
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QByteArray spaced = QByteArray(lines.at(i)).replace('\t', "    ");
        const QByteArray trimmed = spaced.trimmed();
        const qsizetype indent = trimmed.isEmpty() ? 0 : spaced.indexOf(trimmed.at(0));
        const QByteArray shape = notation == Notation::Toml
            ? tomlShape(toml.at(i), own)
            : jsonShape(QByteArray(plain.at(i)).replace('\t', ' ').trimmed(), own);
        const bool isComment = shape.isEmpty() && !trimmed.isEmpty();
        shapes.append(QString(std::min<qsizetype>(indent, 40), u' ')
                      + (isComment ? u"// …"_s : QString::fromUtf8(shape)));
    }
    return shapes;
}

/// A long line from a little before that place on.
QString cutAround(const QString &line, qsizetype place)
{
    if (line.size() <= longestLine)
        return line;
    const qsizetype from = std::clamp<qsizetype>(place - longestLine / 3, 0, line.size() - longestLine);
    return (from > 0 ? u"…"_s : QString()) + line.sliced(from, longestLine)
        + (from + longestLine < line.size() ? u"…"_s : QString());
}

/// Where two lines begin to differ.
qsizetype firstDifference(const QString &one, const QString &other)
{
    const auto [a, b] = std::mismatch(one.begin(), one.end(), other.begin(), other.end());
    return a - one.begin();
}

} // namespace

base::Expected<QByteArray, FileFault> withServer(const Program &program, const QByteArray &text,
                                                 const QString &name, const QString &address)
{
    const QByteArray entry = entryFor(program, address);
    return program.notation == Notation::Toml ? withTable(text, program.group, name, entry)
                                              : withMember(text, program.group, name, entry);
}

base::Expected<QByteArray, FileFault> withoutServer(const Program &program, const QByteArray &text,
                                                    const QString &name)
{
    return program.notation == Notation::Toml ? withoutTable(text, program.group, name)
                                              : withoutMember(text, program.group, name);
}

base::Expected<QByteArray, FileFault> serverIn(const Program &program, const QByteArray &text,
                                               const QString &name)
{
    return program.notation == Notation::Toml ? tablesIn(text, program.group, name)
                                              : memberIn(text, program.group, name);
}

QList<DifferenceLine> differenceOf(const Program &program, const QByteArray &before, const QByteArray &after,
                                   const QString &address)
{
    const Own own = ownOf(entryFor(program, address));
    const QByteArrayList old = linesOf(before);
    const QByteArrayList now = linesOf(after);
    // One place changes: what is alike at both ends is the rest.
    const qsizetype most = std::min(old.size(), now.size());
    qsizetype head = 0;
    while (head < most && old.at(head) == now.at(head))
        ++head;
    qsizetype tail = 0;
    while (tail < most - head && old.at(old.size() - 1 - tail) == now.at(now.size() - 1 - tail))
        ++tail;
    const QStringList oldShapes = shapesOf(before, program.notation, own);
    const QStringList nowShapes = shapesOf(after, program.notation, own);
    const qsizetype place = head < old.size() - tail && head < now.size() - tail
        ? firstDifference(oldShapes.at(head), nowShapes.at(head))
        : 0;
    QList<DifferenceLine> lines;
    const auto same = [&](qsizetype i, qsizetype j) {
        lines.append({Kind::Same, int(i) + 1, int(j) + 1, cutAround(oldShapes.at(i), 0)});
    };
    const qsizetype shownHead = std::max<qsizetype>(0, head - around);
    if (shownHead > 0)
        lines.append({Kind::Skipped, int(shownHead), 0, {}});
    for (qsizetype i = shownHead; i < head; ++i)
        same(i, i);
    for (qsizetype i = head; i < old.size() - tail; ++i)
        lines.append({Kind::Gone, int(i) + 1, 0, cutAround(oldShapes.at(i), place)});
    for (qsizetype i = head; i < now.size() - tail; ++i)
        lines.append({Kind::Come, 0, int(i) + 1, cutAround(nowShapes.at(i), place)});
    const qsizetype shownTail = std::min<qsizetype>(tail, around);
    for (qsizetype i = 0; i < shownTail; ++i)
        same(old.size() - tail + i, now.size() - tail + i);
    if (tail > shownTail)
        lines.append({Kind::Skipped, int(tail - shownTail), 0, {}});
    return lines;
}

} // namespace gatehouse::clientfiles
