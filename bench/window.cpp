// SPDX-License-Identifier: GPL-3.0-or-later
// Opens the window over a real server, and each of its views once; lets `load` send accepted and refused
// calls, and measures what a person would feel: how long it takes to its first picture, the longest gap of
// the event loop with each view in front, memory, and how long a filter over 100,000 rows takes. Counts that
// each call is there once. Prints one line per number.
#include "inspector/filter.h"
#include "support/openwindow.h"
#include "support/peer.h"

#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTest>
#include <QTimer>

#include <cstdio>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using inspector::TrafficModel;

namespace {

constexpr int manyRows = 100'000;

void say(const char *what, const QString &value)
{
    std::printf("%-58s %s\n", what, qPrintable(value));
    std::fflush(stdout);
}

double residentMiB()
{
    QFile file(u"/proc/self/status"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = file.readAll();
    const qsizetype at = text.indexOf("VmRSS:");
    return at < 0 ? 0 : text.mid(at + 6, 20).trimmed().split(' ').first().toDouble() / 1024;
}

/// The longest time between two turns of the event loop, from its making to stop().
class Gaps : public QObject
{
public:
    Gaps()
    {
        connect(&m_timer, &QTimer::timeout, this,
                [this] { m_longest = std::max(m_longest, m_clock.restart()); });
        m_clock.start();
        m_timer.start(0);
    }
    [[nodiscard]] qint64 longest() const { return m_longest; }

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_longest = 0;
};

/// When something is painted first, in milliseconds since this was made; -1 before.
class FirstPaint : public QObject
{
public:
    FirstPaint()
    {
        m_clock.start();
        QCoreApplication::instance()->installEventFilter(this);
    }
    [[nodiscard]] qint64 ms() const { return m_ms; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (m_ms < 0 && event->type() == QEvent::Paint && watched->isWidgetType())
            m_ms = m_clock.elapsed();
        return false;
    }

private:
    QElapsedTimer m_clock;
    qint64 m_ms = -1;
};

const char *const views[] = {"actionHome", "actionClients", "actionClient", "actionTools",
                             "actionKeys", "actionChecks",  "actionTraffic"};

void show(OpenWindow &window, const char *view)
{
    window.window()->findChild<QAction *>(QString::fromLatin1(view))->trigger();
    QCoreApplication::processEvents();
}

/// False where it does not end in time.
bool send(QProcess &load, const QString &loader, const QString &resource, int count, int rate,
          const QStringList &tokens)
{
    load.start(loader,
               QStringList{resource, QString::number(count), u"16"_s, QString::number(rate), u"0"_s}
                   + tokens);
    return QTest::qWaitFor([&load] { return load.state() == QProcess::NotRunning; }, 120'000);
}

} // namespace

int main(int argc, char *argv[])
{
    const QApplication application(argc, argv);
    const QString loader = QCoreApplication::applicationDirPath() + u"/bench_load"_s;
    const int count = argc > 1 ? QByteArray(argv[1]).toInt() : 20'000;
    const int rate = argc > 2 ? QByteArray(argv[2]).toInt() : 2000;
    FirstPaint paint;
    OpenWindow window;
    if (!window.waitForServer())
        return 1;
    say("from its making to its first picture", u"%1 ms"_s.arg(paint.ms()));
    const host::Running running = window.running();
    Peer peer;
    const QByteArray good = peer.token(running.issuer);
    const QByteArray bad = peer.token(running.issuer, {{u"resource"_s, QString(running.resource + u'/')}});
    TrafficModel *model = window.traffic();
    say("memory of the empty window", u"%1 MiB"_s.arg(residentMiB(), 0, 'f', 0));

    for (const char *view : views)
        show(window, view);
    say("memory with all views made", u"%1 MiB"_s.arg(residentMiB(), 0, 'f', 0));

    // Six that are let in, one that is refused.
    QStringList tokens(6, QString::fromLatin1(good));
    tokens.append(QString::fromLatin1(bad));
    QProcess load;
    load.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    auto gaps = std::make_unique<Gaps>();
    if (!send(load, loader, running.resource, count, rate, tokens))
        return 1;
    const QByteArray result = load.readAllStandardOutput().trimmed();
    if (!QTest::qWaitFor([&] { return model->totalCount() + model->droppedCount() >= count; }, 10'000))
        say("MISSING ROWS", QString::number(count - model->totalCount()));
    QTest::qWait(200);
    say("load", QString::fromUtf8(result));
    int ok = 0;
    int refused = 0;
    QSet<quint64> ids;
    for (int row = 0; row < model->rowCount(); ++row) {
        const exchange::Exchange one = model->entryAt(row)->exchange;
        ids.insert(one.id);
        ok += one.status == 200 ? 1 : 0;
        refused += one.status == 401 ? 1 : 0;
    }
    say("rows, different ones, let in, refused",
        u"%1, %2, %3, %4"_s.arg(model->rowCount()).arg(ids.size()).arg(ok).arg(refused));
    say("longest gap of the event loop under load", u"%1 ms"_s.arg(gaps->longest()));
    gaps.reset();
    say("memory after the load", u"%1 MiB"_s.arg(residentMiB(), 0, 'f', 0));

    for (const char *view : views) {
        show(window, view);
        gaps = std::make_unique<Gaps>();
        if (!send(load, loader, running.resource, 2 * rate, rate, tokens))
            return 1;
        (void)load.readAllStandardOutput();
        say(qPrintable(u"longest gap of two seconds with %1"_s.arg(QString::fromLatin1(view).mid(6))),
            u"%1 ms"_s.arg(gaps->longest()));
    }
    gaps.reset();

    // Up to 100,000 with what was recorded, as if it came again.
    QList<exchange::Exchange> batch;
    const auto first = quint64(model->totalCount()) + 1;
    for (quint64 id = first; model->totalCount() + batch.size() < manyRows && model->droppedCount() == 0;
         ++id) {
        exchange::Exchange one = model->entryAt(int(id % quint64(count)))->exchange;
        one.id = id;
        one.peer = "127.0.0.1:" + QByteArray::number(10'000 + id % 50'000);
        // Bodies of their own, and short enough that 100,000 stay below the limit of 64 MiB.
        one.responseBody.shown
            = one.responseBody.shown.first(std::min<qsizetype>(300, one.responseBody.shown.size()))
            + QByteArray::number(id);
        batch.append(one);
        if (batch.size() == 1000) {
            model->record(batch);
            batch.clear();
            QCoreApplication::processEvents();
        }
    }
    model->record(batch);
    batch.clear();
    QTest::qWait(100);
    say("rows", QString::number(model->rowCount()));
    say("memory with 100,000 rows (bodies of 300 bytes)", u"%1 MiB"_s.arg(residentMiB(), 0, 'f', 0));
    const std::pair<const char *, QString> questions[]
        = {{"filter that all match", u"get-profile"_s},       {"filter that none match", u"zebra"_s},
           {"filter with scattered matches", u"audience"_s},  {"filter by a field", u"is:failed"_s},
           {"filter by a verdict", u"auth:wrong_audience"_s}, {"no filter", QString()}};
    for (const auto &[what, text] : questions) {
        QElapsedTimer clock;
        clock.start();
        model->setFilter(inspector::Filter::parse(text).value_or(inspector::Filter()));
        QCoreApplication::processEvents();
        say(what, u"%1 ms, %2 rows"_s.arg(clock.elapsed()).arg(model->rowCount()));
    }
    window.close();
    return 0;
}
