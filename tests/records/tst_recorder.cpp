// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/recorder.h"
#include "records/sessionreader.h"
#include "records/sessionschema.h"
#include "support/exchanges.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::records;
using namespace Qt::StringLiterals;
using exchange::Exchange;
using store::Fault;

/// Nothing is lost: neither where it ends well, nor where it is killed.
class TestRecorder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"one.gatehouse"_s);
        m_faults.clear();
    }
    void writesWhatPassed();
    void beginsOneRunAfterTheOther();
    void writesWhatIsUnderWay();
    void waitsForAFileThatIsBusy();
    void dropsAndCountsWhatIsTooMuch();
    void saysThatItsFileHasGone();
    void leavesOutWhatBeginsInAPause();
    void forgetsWhatCameBeforeTheFirstRun();
    void savesAndMovesAndForgets();
    void saysWhatItCouldNotWriteInTheEnd();
    void putsAllIntoTheFileItselfOnceNothingPasses();
    void saysThatItCannotBegin();
    void losesNothingWhenItIsKilled();

private:
    [[nodiscard]] Recorder::Told told()
    {
        return [this](const std::optional<Fault> &fault) {
            const QMutexLocker lock(&m_mutex);
            m_faults.append(fault);
        };
    }
    [[nodiscard]] QList<std::optional<Fault>> faults()
    {
        const QMutexLocker lock(&m_mutex);
        return m_faults;
    }
    [[nodiscard]] QList<Exchange> written() const
    {
        QList<Exchange> all;
        const auto reader = SessionReader::open(m_path);
        if (!reader)
            return {};
        for (qint64 last = 0;;) {
            const auto page = (*reader)->rowsBehind(last, 5000);
            if (!page)
                qFatal("%s", qPrintable(sentenceOf(page.error())));
            if (page->isEnd())
                return all;
            for (const SessionRow &row : page->rows)
                all.append(row.exchange);
            last = page->last;
        }
    }
    static base::Clock clock()
    {
        return [] { return Q_INT64_C(1'800'000'060'000); };
    }
    /// Somebody who holds the file.
    [[nodiscard]] std::unique_ptr<store::Connection> other() const
    {
        store::Address address;
        address.file = m_path;
        return *store::Connection::open(address, sessionSchema());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    QMutex m_mutex;
    QList<std::optional<Fault>> m_faults;
};

void TestRecorder::writesWhatPassed()
{
    {
        Recorder recorder(m_path, clock(), told());
        recorder.beginRun({});
        for (quint64 id = 1; id <= 500; ++id) {
            recorder.began(running(id));
            recorder.ended(call(id));
        }
    }
    const QList<Exchange> all = written();
    QCOMPARE(all.size(), 500);
    QCOMPARE(all.first(), counted(call(1), all.first().verdict.jsonBytes));
    const QList<SessionRun> runs = (*SessionReader::open(m_path))->runs().value();
    QCOMPARE(runs.size(), 1);
    QCOMPARE(runs.first().endedMs, clock()());
    QCOMPARE(runs.first().dropped, 0);
    QCOMPARE(faults().size(), 0);
}

void TestRecorder::beginsOneRunAfterTheOther()
{
    SessionRun first;
    first.startedMs = 1'800'000'000'000;
    first.resource = u"http://localhost:3000/mcp"_s;
    SessionRun second = first;
    second.startedMs += 5000;
    second.settings = R"({"verifyJwt":false})";
    {
        Recorder recorder(m_path, clock(), told());
        recorder.ended(call(1)); // Before anybody says what it belongs to.
        recorder.began(running(2));
        recorder.flush();
        recorder.beginRun(first);
        recorder.ended(call(3));
        recorder.beginRun(second, false);
        recorder.ended(call(2)); // Under way through a change of settings.
        recorder.ended(call(4));
    }
    const auto reader = SessionReader::open(m_path);
    QVERIFY(reader);
    first.id = 1;
    first.endedMs = second.startedMs;
    second.id = 2;
    second.endedMs = clock()();
    QCOMPARE((*reader)->runs().value(), (QList<SessionRun>{first, second}));
    QHash<quint64, qint64> runs;
    const QList<SessionRow> rows = (*reader)->rowsBehind(0, 100).value().rows;
    for (const SessionRow &row : rows)
        runs.insert(row.exchange.id, row.run);
    QCOMPARE(runs, (QHash<quint64, qint64>{{1, 1}, {2, 2}, {3, 1}, {4, 2}}));
    QVERIFY(faults().isEmpty());
}

void TestRecorder::writesWhatIsUnderWay()
{
    Recorder recorder(m_path, clock());
    recorder.beginRun({});
    recorder.began(running(1));
    QTRY_COMPARE(written().size(), 1); // By itself.
    QCOMPARE(written().first().outcome, exchange::Outcome::Running);
    recorder.ended(call(1));
    recorder.flush();
    QCOMPARE(written().size(), 1);
    QCOMPARE(written().first().outcome, exchange::Outcome::Ok);
}

void TestRecorder::waitsForAFileThatIsBusy()
{
    Recorder recorder(m_path, clock(), told());
    recorder.beginRun({});
    recorder.flush();
    const auto holder = other();
    QVERIFY(holder->run(u"BEGIN IMMEDIATE"_s));
    recorder.ended(call(1));
    QTRY_COMPARE_WITH_TIMEOUT(faults().size(), 1, 10'000);
    QCOMPARE(faults().last()->kind, Fault::Kind::Busy);
    recorder.ended(call(2));
    QVERIFY(holder->run(u"ROLLBACK"_s));
    QTRY_COMPARE_WITH_TIMEOUT(written().size(), 2, 10'000);
    QTRY_COMPARE(faults().size(), 2);
    QVERIFY(!faults().last()); // All is well again.
    QCOMPARE(recorder.droppedCount(), 0);
}

void TestRecorder::dropsAndCountsWhatIsTooMuch()
{
    {
        Recorder recorder(m_path, clock(), told(), {.flushMs = 50, .waitingBytes = 100'000});
        recorder.beginRun({});
        recorder.flush();
        const auto holder = other();
        QVERIFY(holder->run(u"BEGIN IMMEDIATE"_s));
        Exchange one = call(1);
        one.responseBody.shown = QByteArray(60'000, 'x');
        recorder.ended(one);
        QTRY_COMPARE_WITH_TIMEOUT(faults().size(), 1, 10'000);
        one.id = 2; // What could not be written counts as well.
        recorder.began(running(2));
        recorder.ended(one);
        QCOMPARE(recorder.droppedCount(), 1);
        QVERIFY(holder->run(u"ROLLBACK"_s));
        QTRY_COMPARE_WITH_TIMEOUT(faults().size(), 2, 10'000);
    }
    QCOMPARE(written().size(), 2); // That it began is there.
    QCOMPARE((*SessionReader::open(m_path))->runs()->first().dropped, 1);
}

void TestRecorder::saysThatItsFileHasGone()
{
    Recorder recorder(m_path, clock(), told());
    recorder.beginRun({});
    recorder.ended(call(1));
    recorder.flush();
    const QString elsewhere = m_folder->filePath(u"elsewhere.gatehouse"_s);
    QVERIFY(QFile::rename(m_path, elsewhere));
    recorder.ended(call(2));
    QTRY_COMPARE(faults().size(), 1);
    QCOMPARE(faults().last()->kind, Fault::Kind::CannotOpen);
    QCOMPARE(recorder.bodyBudget(), 0);
    recorder.ended(call(3));
    recorder.flush();
    QVERIFY(!QFile::exists(m_path)); // No second one is made where nobody asked for it.
    // What was acknowledged has gone with it.
    m_path = elsewhere;
    QCOMPARE(written().size(), 1);
}

void TestRecorder::leavesOutWhatBeginsInAPause()
{
    {
        Recorder recorder(m_path, clock(), told());
        recorder.beginRun({});
        recorder.began(running(1));
        recorder.setPaused(true);
        recorder.ended(call(1));
        recorder.began(running(2));
        recorder.streams(running(2));
        recorder.began(running(3));
        recorder.ended(call(3));
        recorder.setPaused(false);
        recorder.ended(call(2));
        recorder.began(running(3)); // Another one of that number: the ids began anew.
        recorder.ended(call(3));
    }
    QList<quint64> ids;
    for (const Exchange &one : written())
        ids.append(one.id);
    QCOMPARE(ids, (QList<quint64>{1, 3}));
}

void TestRecorder::forgetsWhatCameBeforeTheFirstRun()
{
    {
        Recorder recorder(m_path, clock(), told());
        recorder.ended(call(1));
        recorder.flush();
        recorder.forget();
        recorder.ended(call(2));
        recorder.flush();
        recorder.beginRun({});
        recorder.ended(call(3));
    }
    QList<quint64> ids;
    for (const Exchange &one : written())
        ids.append(one.id);
    QCOMPARE(ids, (QList<quint64>{2, 3}));
    QCOMPARE((*SessionReader::open(m_path))->runs()->size(), 1);
}

void TestRecorder::savesAndMovesAndForgets()
{
    const QString saved = m_folder->filePath(u"saved.gatehouse"_s);
    const QString moved = m_folder->filePath(u"moved.gatehouse"_s);
    const auto count = [this](const QString &path) {
        m_path = path;
        return written().size();
    };
    QSemaphore answers;
    QList<bool> went;
    const auto done = [&](const base::Expected<void, Fault> &result) {
        went.append(result.has_value());
        answers.release();
    };
    {
        Recorder recorder(m_path, clock(), told());
        recorder.beginRun({});
        recorder.ended(call(1));
        recorder.ended(call(2));
        recorder.forget();
        recorder.ended(call(3));
        recorder.saveTo(saved, done);
        recorder.moveTo(moved, done);
        recorder.saveTo(m_folder->filePath(u"no/folder"_s), done);
        answers.acquire(3);
        recorder.ended(call(4));
    }
    QCOMPARE(went, (QList<bool>{true, true, false}));
    QCOMPARE(count(saved), 1);
    QCOMPARE(count(moved), 2);
    QCOMPARE((*SessionReader::open(moved))->runs()->first().endedMs, clock()());
}

void TestRecorder::saysWhatItCouldNotWriteInTheEnd()
{
    Recorder::Limits limits;
    limits.endMs = 100;
    std::unique_ptr<store::Connection> holder;
    {
        Recorder recorder(m_path, clock(), told(), limits);
        recorder.beginRun({});
        recorder.ended(call(1));
        recorder.flush();
        holder = other();
        QVERIFY(holder->run(u"BEGIN IMMEDIATE"_s));
        recorder.ended(call(2));
        recorder.ended(call(3));
    }
    QVERIFY(!faults().isEmpty() && faults().last());
    QVERIFY2(faults().last()->detail.startsWith("2 requests"_L1), qPrintable(faults().last()->detail));
    QVERIFY(holder->run(u"ROLLBACK"_s));
    QCOMPARE(written().size(), 1);
    QCOMPARE((*SessionReader::open(m_path))->runs()->first().endedMs, 0); // It did not end well.
}

void TestRecorder::putsAllIntoTheFileItselfOnceNothingPasses()
{
    Recorder::Limits limits;
    limits.settleMs = 1;
    Recorder recorder(m_path, clock(), told(), limits);
    recorder.beginRun({});
    recorder.ended(call(1));
    recorder.flush();
    // Who copies the file alone has it.
    const QString copy = m_folder->filePath(u"copy.gatehouse"_s);
    const auto copied = [&] {
        QFile::remove(copy);
        if (!QFile::copy(m_path, copy))
            return qsizetype(-1);
        const auto reader = SessionReader::open(copy);
        const auto page = reader ? (*reader)->rowsBehind(0, 10) : base::failure(reader.error());
        return page ? page->rows.size() : -1;
    };
    QTRY_COMPARE(copied(), 1);
}

void TestRecorder::saysThatItCannotBegin()
{
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray("somebody's notes, which stay as they are ").repeated(100));
    file.close();
    {
        Recorder recorder(m_path, clock(), told());
        recorder.beginRun({});
        recorder.ended(call(1));
        QTRY_COMPARE(faults().size(), 1);
        QVERIFY(faults().last());
    }
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().startsWith("somebody's notes"));
}

void TestRecorder::losesNothingWhenItIsKilled()
{
    QRandomGenerator random(7);
    quint64 all = 0;
    for (int i = 0; i < 20; ++i) {
        m_path = m_folder->filePath(u"%1.gatehouse"_s.arg(i));
        QProcess writer;
        writer.start(QStringLiteral(GATEHOUSE_SESSION_WRITER), {m_path});
        quint64 last = 0;
        for (int lines = random.bounded(1, 15); lines > 0; --lines) {
            QVERIFY(writer.canReadLine() || writer.waitForReadyRead(20'000));
            last = writer.readLine().toULongLong();
        }
        writer.kill();
        QVERIFY(writer.waitForFinished());
        for (const QByteArray &line : writer.readAll().split('\n'))
            last = std::max(last, line.toULongLong());
        all += last;
        QList<quint64> ids;
        for (const Exchange &one : written()) {
            ids.append(one.id);
            QVERIFY(one.id > last || one.outcome == exchange::Outcome::Ok); // Their ends, too.
        }
        QVERIFY2(quint64(ids.size()) >= last, qPrintable(u"%1 of %2"_s.arg(ids.size()).arg(last)));
        for (quint64 id = 1; id <= last; ++id)
            QCOMPARE(ids.at(qsizetype(id) - 1), id);
        QCOMPARE(other()->run(u"PRAGMA quick_check"_s)->rows.value(0).value(0).toString(), u"ok"_s);
    }
    QVERIFY2(all > 500, qPrintable(QString::number(all)));
}

GATEHOUSE_TEST(TestRecorder)
#include "tst_recorder.moc"
