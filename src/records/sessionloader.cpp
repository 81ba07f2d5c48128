// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sessionloader.h"

#include <algorithm>

namespace gatehouse::records {

namespace {

using store::Fault;

constexpr int pageRows = 1000;

} // namespace

SessionLoader::SessionLoader(QString path, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
{ }

SessionLoader::~SessionLoader()
{
    ++m_wanted;
    m_room.release(mostUntaken);
    const QMutexLocker lock(&m_mutex);
    if (m_reader)
        m_reader->interrupt();
}

void SessionLoader::load(const Wish &wish)
{
    const quint64 number = ++m_wanted;
    m_isLoading = true;
    QMetaObject::invokeMethod(m_thread.context(), [this, number, wish] { look(number, wish); });
}

void SessionLoader::cancel()
{
    ++m_wanted;
    m_isLoading = false;
}

void SessionLoader::tell(quint64 number, const std::function<void()> &what)
{
    QMetaObject::invokeMethod(this, [this, number, what] {
        if (m_wanted == number)
            what();
    });
}

base::Expected<SessionLoader::Contents, Fault> SessionLoader::open()
{
    if (!m_reader) {
        auto opened = SessionReader::open(m_path);
        if (!opened)
            return base::failure(opened.error());
        const QMutexLocker lock(&m_mutex);
        m_reader = *std::move(opened);
    }
    const auto runs = m_reader->runs();
    if (!runs)
        return base::failure(runs.error());
    const auto span = m_reader->span();
    if (!span)
        return base::failure(span.error());
    return Contents{*runs, span->first, span->second};
}

void SessionLoader::look(quint64 number, const Wish &wish)
{
    const auto finish = [&](const Outcome &outcome) {
        tell(number, [this, outcome] {
            m_isLoading = false;
            Q_EMIT finished(outcome);
        });
    };
    const auto contents = open();
    if (!contents)
        return finish({contents.error()});
    tell(number, [this, contents = *contents] { Q_EMIT opened(contents); });
    Outcome outcome;
    qint64 last = wish.isFromEnd ? std::max<qint64>(wish.behind, contents->last - wish.most) : wish.behind;
    qsizetype given = 0;
    while (last < contents->last && m_wanted == number && (wish.most < 0 || given < wish.most)) {
        const int most = wish.most < 0 ? pageRows : int(std::min<qsizetype>(pageRows, wish.most - given));
        auto page = m_reader->rowsBehind(last, most);
        if (!page) {
            outcome.fault = page.error();
            break;
        }
        if (page->isEnd())
            break;
        last = page->last;
        outcome.why = outcome.unreadable == 0 ? page->why : outcome.why;
        outcome.unreadable += page->unreadable;
        if (wish.isWanted)
            page->rows.removeIf([&wish](const SessionRow &row) { return !wish.isWanted(row); });
        given += page->rows.size();
        // Whoever takes them may be slower.
        while (!m_room.tryAcquire(1, 100)) {
            if (m_wanted != number)
                return;
        }
        QMetaObject::invokeMethod(this, [this, number, rows = std::move(page->rows), last] {
            m_room.release();
            if (m_wanted == number)
                Q_EMIT read(rows, last);
        });
    }
    finish(outcome);
}

} // namespace gatehouse::records
