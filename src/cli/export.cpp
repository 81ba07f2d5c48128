// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/export.h"

#include "base/quoting.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "inspector/compactlog.h"
#include "inspector/exchangelog.h"
#include "inspector/filter.h"
#include "inspector/words.h"
#include "records/har.h"
#include "records/sessionreader.h"
#include "store/fileidentity.h"

#include <QFile>
#include <QLocale>
#include <QSaveFile>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace gatehouse::cli {

namespace {

using records::SessionRow;
using records::SessionRun;

constexpr int pageRows = 500;

enum class Format { Lines, Har };

/// Where it goes: a file that is there only when it is whole, or standard output.
class Outlet
{
public:
    explicit Outlet(const QString &path)
        : m_file(path)
        , m_isFile(!path.isEmpty())
    { }
    [[nodiscard]] bool open()
    {
        if (m_isFile)
            return m_file.open(QIODevice::WriteOnly)
                && m_file.setPermissions(QFile::ReadOwner | QFile::WriteOwner); // People's names and bodies.
        return m_out.open(stdout, QIODevice::WriteOnly);
    }
    [[nodiscard]] bool write(const QByteArray &bytes)
    {
        return (m_isFile ? m_file.write(bytes) : m_out.write(bytes)) == bytes.size();
    }
    [[nodiscard]] bool close() { return m_isFile ? m_file.commit() : m_out.flush(); }
    [[nodiscard]] QString fault() const { return m_isFile ? m_file.errorString() : m_out.errorString(); }

private:
    QSaveFile m_file;
    QFile m_out;
    bool m_isFile;
};

int fail(const QString &sentence)
{
    printError(sentence);
    return CannotStart;
}

/// Its run's server, or who issues tokens there where it reached the sandbox.
QUrl serverOf(const exchange::Exchange &exchange, const QHash<qint64, SessionRun> &runs, qint64 run)
{
    const SessionRun found = runs.value(run);
    const QUrl url(exchange.source == exchange::Source::Sandbox ? found.issuer : found.resource);
    return url.isValid() && !url.host().isEmpty() ? url : QUrl(u"http://localhost"_s);
}

int exportTo(Outlet &outlet, records::SessionReader &reader, const QString &path, Format format,
             const inspector::Filter &filter)
{
    const auto read = reader.runs();
    if (!read)
        return fail(records::sentenceOf(read.error(), path));
    QHash<qint64, SessionRun> runs;
    for (const SessionRun &run : *read)
        runs.insert(run.id, run);
    const auto span = reader.span();
    if (!span)
        return fail(records::sentenceOf(span.error(), path));
    bool isFirst = true;
    bool isWritten = format == Format::Lines || outlet.write(records::harHead());
    qint64 unreadable = 0;
    QString why;
    // Up to what is there now: somebody who writes it may go on and on.
    for (qint64 last = 0; isWritten && last < span->second;) {
        const auto page = reader.rowsBehind(last, pageRows);
        if (!page)
            return fail(records::sentenceOf(page.error(), path));
        if (page->isEnd())
            break;
        last = page->last;
        why = unreadable == 0 ? page->why : why;
        unreadable += page->unreadable;
        for (const SessionRow &row : page->rows) {
            inspector::Entry entry;
            entry.serial = quint64(row.serial);
            entry.exchange = row.exchange;
            entry.folded = inspector::foldedWordsOf(row.exchange);
            if (row.serial > span->second || !filter.matches(entry))
                continue;
            const QByteArray text = format == Format::Lines
                ? base::terminalJson(inspector::jsonOf(row.exchange)) + '\n'
                : (isFirst ? QByteArray() : ",\n"_ba)
                    + records::harEntryOf(row.exchange, serverOf(row.exchange, runs, row.run));
            isFirst = false;
            isWritten = isWritten && outlet.write(text);
        }
    }
    if (isWritten && format == Format::Har)
        isWritten = outlet.write(records::harTail());
    if (!isWritten || !outlet.close())
        return fail(u"It could not be written: %1"_s.arg(outlet.fault()));
    if (unreadable > 0)
        return fail(
            u"Rows that could not be read, and are left out: %1. The first: %2"_s.arg(unreadable).arg(why));
    return Ok;
}

} // namespace

int runExport(const QStringList &arguments)
{
    QCommandLineParser parser;
    QLocale::setDefault(QLocale::c());
    parser.setApplicationDescription(
        u"Writes what stands in a session file, one JSON object per line as serve --json does. Secrets are "
        "masked in it already."_s);
    parser.addPositionalArgument(u"file"_s, u"The session file."_s, u"FILE"_s);
    parser.addOption({u"ndjson"_s, u"One JSON object per line; so it is unless told otherwise."_s});
    parser.addOption({u"har"_s, u"An HTTP Archive 1.2, for browsers and proxies."_s});
    parser.addOption(
        {u"filter"_s, u"Only what this finds, as in the window: \"auth:expired user:ada\"."_s, u"FILTER"_s});
    parser.addOption({u"output"_s, u"Into this file instead of standard output."_s, u"FILE"_s});
    if (const auto exitCode = parse(parser, arguments, 1))
        return *exitCode;
    if (parser.positionalArguments().size() != 1 || (parser.isSet(u"har"_s) && parser.isSet(u"ndjson"_s))) {
        printError(u"It takes one session file, and one of --ndjson and --har."_s);
        return Usage;
    }
    const auto filter
        = inspector::Filter::parse(parser.value(u"filter"_s), inspector::Filter::Unfinished::IsWrong);
    if (!filter) {
        printError(filter.error());
        return Usage;
    }
    const QString path = parser.positionalArguments().first();
    const QString output = parser.value(u"output"_s);
    const QByteArray identity = store::fileIdentity(path);
    if (!identity.isEmpty() && store::fileIdentity(output) == identity) {
        printError(u"--output names the session file itself."_s);
        return Usage;
    }
    const auto reader = records::SessionReader::open(path);
    if (!reader)
        return fail(records::sentenceOf(reader.error(), path));
    Outlet outlet(output);
    if (!outlet.open())
        return fail(u"%1 cannot be written: %2"_s.arg(output, outlet.fault()));
    return exportTo(outlet, **reader, path, parser.isSet(u"har"_s) ? Format::Har : Format::Lines, *filter);
}

} // namespace gatehouse::cli
