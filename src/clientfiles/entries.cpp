// SPDX-License-Identifier: GPL-3.0-or-later
#include "clientfiles/entries.h"

#include "clientfiles/commentedjson.h"
#include "clientfiles/tomltables.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::clientfiles {

namespace {

using Kind = DifferenceLine::Kind;

constexpr int around = 2; ///< Lines of what stays.
constexpr qsizetype longestLine = 200;

QByteArrayList linesOf(const QByteArray &text)
{
    QByteArrayList lines = text.split('\n');
    if (!lines.isEmpty() && lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

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

/// Names and brackets as they are, each value that is not ours as "…".
QByteArray jsonShape(const QByteArray &line, const Own &own)
{
    QByteArray out;
    for (qsizetype i = 0; i < line.size();) {
        const char c = line.at(i);
        if (c == '"') {
            const qsizetype end = stringEnd(line, i);
            const QByteArray text = line.sliced(i, end - i);
            const bool isName = line.sliced(end).trimmed().startsWith(':');
            out += isName || own.contains(text) ? text : "\"…\""_ba;
            i = end;
        } else if (QByteArrayView("{}[],: ").contains(c)) {
            out += c;
            ++i;
        } else {
            const QByteArrayView rest = QByteArrayView(line).sliced(i);
            const bool isComment = rest.startsWith("/") || rest.startsWith("*");
            out += isComment ? "// …"_ba : "…"_ba;
            if (isComment)
                break;
            while (i < line.size() && !QByteArrayView("{}[],: \"/").contains(line.at(i)))
                ++i;
        }
    }
    return out;
}

QByteArray tomlShape(const QByteArray &line, const Own &own)
{
    if (line.isEmpty() || line.startsWith('['))
        return line;
    const qsizetype equals = line.indexOf('=');
    if (equals < 0)
        return "…"_ba;
    const QByteArray value = line.sliced(equals + 1).trimmed();
    return line.first(equals) + "= " + (own.contains(value) ? value : "…"_ba);
}

/// A line as it may be shown. Within a text or a comment of several lines nothing tells what it is, so that
/// such a line shows less than it could.
QString shapeOf(const QByteArray &line, Notation notation, const Own &own)
{
    const QByteArray spaced = QByteArray(line).replace('\t', "    ");
    const QByteArray text = spaced.trimmed();
    const qsizetype indent = text.isEmpty() ? 0 : spaced.indexOf(text.at(0));
    const QByteArray shape = notation == Notation::Toml ? tomlShape(text, own) : jsonShape(text, own);
    return QString(std::min<qsizetype>(indent, 40), u' ') + QString::fromUtf8(shape).left(longestLine);
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
    return program.notation == Notation::Toml ? tableIn(text, program.group, name)
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
    QList<DifferenceLine> lines;
    const auto same = [&](qsizetype i, qsizetype j) {
        lines.append({Kind::Same, int(i) + 1, int(j) + 1, shapeOf(old.at(i), program.notation, own)});
    };
    const qsizetype shownHead = std::max<qsizetype>(0, head - around);
    if (shownHead > 0)
        lines.append({Kind::Skipped, int(shownHead), 0, {}});
    for (qsizetype i = shownHead; i < head; ++i)
        same(i, i);
    for (qsizetype i = head; i < old.size() - tail; ++i)
        lines.append({Kind::Gone, int(i) + 1, 0, shapeOf(old.at(i), program.notation, own)});
    for (qsizetype i = head; i < now.size() - tail; ++i)
        lines.append({Kind::Come, 0, int(i) + 1, shapeOf(now.at(i), program.notation, own)});
    const qsizetype shownTail = std::min<qsizetype>(tail, around);
    for (qsizetype i = 0; i < shownTail; ++i)
        same(old.size() - tail + i, now.size() - tail + i);
    if (tail > shownTail)
        lines.append({Kind::Skipped, int(tail - shownTail), 0, {}});
    return lines;
}

} // namespace gatehouse::clientfiles
