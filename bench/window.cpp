// SPDX-License-Identifier: GPL-3.0-or-later
// Opens the window over a real server, lets `load` send accepted and refused calls, and measures what a
// person would feel: the longest gap of the event loop, memory, and how long a filter over 100,000 rows
// takes. Counts that each call is there once. Prints one line per number.
#include "inspector/filter.h"
#include "support/openwindow.h"
#include "support/peer.h"

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

} // namespace

int main(int argc, char *argv[])
{
    const QApplication application(argc, argv);
    const QString loader = QCoreApplication::applicationDirPath() + u"/bench_load"_s;
    const int count = argc > 1 ? QByteArray(argv[1]).toInt() : 20'000;
    const int rate = argc > 2 ? QByteArray(argv[2]).toInt() : 2000;
    OpenWindow window;
    if (!window.waitForServer())
        return 1;
    const host::Running running = window.running();
    Peer peer;
    const QByteArray good = peer.token(running.issuer);
    const QByteArray bad = peer.token(running.issuer, {{u"resource"_s, QString(running.resource + u'/')}});
    TrafficModel *model = window.traffic();
    say("memory of the empty window", u"%1 MiB"_s.arg(residentMiB(), 0, 'f', 0));

    // Six that are let in, one that is refused.
    QStringList tokens(6, QString::fromLatin1(good));
    tokens.append(QString::fromLatin1(bad));
    QProcess load;
    load.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    auto gaps = std::make_unique<Gaps>();
    load.start(loader,
               QStringList{running.resource, QString::number(count), u"16"_s, QString::number(rate), u"0"_s}
                   + tokens);
    if (!QTest::qWaitFor([&load] { return load.state() == QProcess::NotRunning; }, 120'000))
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

    // Up to 100,000 with what was recorded, as if it came again.
    QList<exchange::Exchange> batch;
    for (quint64 id = quint64(count) + 1;
         model->totalCount() + batch.size() < manyRows && model->droppedCount() == 0; ++id) {
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
