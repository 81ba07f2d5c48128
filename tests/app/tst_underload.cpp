// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/openwindow.h"
#include "support/peer.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <ctime>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using inspector::TrafficModel;

/// The window while 64 connections call the server as fast as it answers.
class TestUnderLoad : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void staysAwakeAndWithinItsLimits_data();
    void staysAwakeAndWithinItsLimits();
};

namespace {

/// How long turns of this thread's event loop take. The processor's time is what counts: on a busy machine
/// others may have it meanwhile, and that is no fault of the window.
class Turns : public QObject
{
public:
    Turns()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, [this] {
            longestMs = std::max(longestMs, m_clock.restart());
            const double now = processorMs();
            longestWorkMs = std::max(longestWorkMs, now - m_workedMs);
            m_workedMs = now;
        });
        m_clock.start();
        m_timer.start(1);
    }
    qint64 longestMs = 0;
    double longestWorkMs = 0;

private:
    static double processorMs()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
    }
    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_workedMs = processorMs();
};

} // namespace

void TestUnderLoad::staysAwakeAndWithinItsLimits_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("padding");
    QTest::newRow("small calls") << 12'000 << 0;
    // As recorded they are more than the log keeps, so that it drops the oldest all the time.
    QTest::newRow("calls of 32 KiB") << 4'000 << 32 * 1024;
}

void TestUnderLoad::staysAwakeAndWithinItsLimits()
{
    QFETCH(const int, count);
    QFETCH(const int, padding);
    // No measure of speed, which bench/run takes: a turn that grows with the rows takes many seconds here.
    constexpr double longestMs = 2000;
    OpenWindow window;
    QVERIFY(window.waitForServer());
    const host::Running running = window.running();
    Peer peer;
    const QByteArray token = peer.token(running.issuer);
    QVERIFY(!token.isEmpty());
    QCOMPARE(peer.call(running.resource, token), 200); // The keys are there now.
    QTest::qWait(200);

    QProcess load;
    load.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    Turns turns;
    load.start(QCoreApplication::applicationDirPath() + u"/load"_s,
               {running.resource, QString::number(count), u"64"_s, u"0"_s, QString::number(padding),
                QString::fromLatin1(token)});
    QVERIFY(gatehouse::waitFor([&load] { return load.state() == QProcess::NotRunning; }, 120'000));
    TrafficModel *model = window.traffic();
    const auto at = [model](int row) -> exchange::Exchange { return model->entryAt(row)->exchange; };
    QTRY_COMPARE_WITH_TIMEOUT(at(model->rowCount() - 1).id, quint64(count + 1), 10'000);
    const auto isRunning = [&] {
        bool any = false;
        for (int row = 0; row < model->rowCount(); ++row)
            any |= at(row).outcome == exchange::Outcome::Running;
        return any;
    };
    QTRY_VERIFY_WITH_TIMEOUT(!isRunning(), 10'000);
    const double longestWorkMs = turns.longestWorkMs;
    const QJsonObject result = QJsonDocument::fromJson(load.readAllStandardOutput()).object();
    qInfo("%.0f calls a second; the longest turn of the event loop took %.1f ms of work, and %lld ms in all",
          result.value("perSecond"_L1).toDouble(), longestWorkMs, turns.longestMs);
    QCOMPARE(result.value("ok"_L1).toInt(), count);
    QVERIFY(longestWorkMs <= longestMs);

    // The latest are there, each once and none lost.
    qint64 bytes = 0;
    for (int row = 0; row < model->rowCount(); ++row) {
        QCOMPARE(at(row).id, quint64(count + 2 - model->rowCount() + row));
        QCOMPARE(at(row).outcome, exchange::Outcome::Ok);
        bytes += at(row).requestBody.shown.size(); // Answers are alike, and kept once.
    }
    QVERIFY(bytes <= inspector::ExchangeLog::Limits().bytes);
    QCOMPARE(model->droppedCount() > 0, padding > 0);
}

GATEHOUSE_TEST(TestUnderLoad)
#include "tst_underload.moc"
