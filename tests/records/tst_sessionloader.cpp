// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sessionloader.h"
#include "support/exchanges.h"
#include "support/unit.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::records;
using namespace Qt::StringLiterals;
using exchange::Exchange;

/// As much of a file as somebody wants to look at, from a thread of its own.
class TestSessionLoader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"one.gatehouse"_s);
        auto file = SessionFile::open(m_path);
        QVERIFY(file && (*file)->beginRun({}));
        QList<Exchange> batch;
        for (quint64 id = 1; id <= 5000; ++id)
            batch.append(call(id));
        QVERIFY((*file)->write(batch));
        file->reset();
    }
    void init()
    {
        m_loader = std::make_unique<SessionLoader>(m_path);
        m_ids.clear();
        m_outcome.reset();
        m_opened = 0;
        connect(m_loader.get(), &SessionLoader::opened, this,
                [this](const SessionLoader::Contents &contents) {
                    ++m_opened;
                    m_contents = contents;
                });
        connect(m_loader.get(), &SessionLoader::read, this, [this](const QList<SessionRow> &rows) {
            for (const SessionRow &row : rows)
                m_ids.append(row.serial);
        });
        connect(m_loader.get(), &SessionLoader::finished, this,
                [this](const SessionLoader::Outcome &outcome) { m_outcome = outcome; });
    }
    void cleanup() { m_loader.reset(); }

    void readsWhatIsWished_data();
    void readsWhatIsWished();
    void tellsNothingOfAnEarlierWish();
    void endsWhileNobodyTakesWhatItReads();
    void saysWhatItCannotOpen();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::unique_ptr<SessionLoader> m_loader;
    SessionLoader::Contents m_contents;
    QList<qint64> m_ids;
    std::optional<SessionLoader::Outcome> m_outcome;
    int m_opened = 0;
};

void TestSessionLoader::readsWhatIsWished_data()
{
    using Wish = SessionLoader::Wish;
    const auto isEven = [](const SessionRow &row) { return row.serial % 2 == 0; };
    QTest::addColumn<Wish>("wish");
    QTest::addColumn<qint64>("first");
    QTest::addColumn<qint64>("last");
    QTest::addColumn<qsizetype>("count");
    QTest::newRow("all") << Wish{} << 1LL << 5000LL << qsizetype(5000);
    QTest::newRow("the last of it") << Wish{0, 1500, true, {}} << 3501LL << 5000LL << qsizetype(1500);
    QTest::newRow("more than there is, from the end")
        << Wish{0, 9000, true, {}} << 1LL << 5000LL << qsizetype(5000);
    QTest::newRow("a stretch") << Wish{1000, 1500, false, {}} << 1001LL << 2500LL << qsizetype(1500);
    QTest::newRow("what is wanted") << Wish{0, -1, false, isEven} << 2LL << 5000LL << qsizetype(2500);
    QTest::newRow("some of what is wanted") << Wish{0, 100, false, isEven} << 2LL << 200LL << qsizetype(100);
    QTest::newRow("nothing") << Wish{0, -1, false, [](const SessionRow &) { return false; }} << 0LL << 0LL
                             << qsizetype(0);
    QTest::newRow("behind the end") << Wish{5000, -1, false, {}} << 0LL << 0LL << qsizetype(0);
}

void TestSessionLoader::readsWhatIsWished()
{
    QFETCH(const SessionLoader::Wish, wish);
    m_loader->load(wish);
    QVERIFY(m_loader->isLoading());
    QTRY_VERIFY_WITH_TIMEOUT(m_outcome, 20'000);
    QVERIFY(!m_loader->isLoading());
    QVERIFY(!m_outcome->fault);
    QCOMPARE(m_opened, 1);
    QCOMPARE(m_contents.first, 1);
    QCOMPARE(m_contents.last, 5000);
    QCOMPARE(m_contents.runs.size(), 1);
    QTEST(m_ids.size(), "count");
    QTEST(m_ids.isEmpty() ? 0LL : qint64(m_ids.first()), "first");
    QTEST(m_ids.isEmpty() ? 0LL : qint64(m_ids.last()), "last");
    QVERIFY(std::is_sorted(m_ids.begin(), m_ids.end()));
}

void TestSessionLoader::tellsNothingOfAnEarlierWish()
{
    m_loader->load({});
    m_loader->load({4990, -1, false, {}});
    QTRY_VERIFY_WITH_TIMEOUT(m_outcome, 20'000);
    QCOMPARE(m_ids.size(), 10);
    QCOMPARE(m_opened, 1);
    m_outcome.reset();
    m_loader->load({});
    m_loader->cancel();
    QVERIFY(!m_loader->isLoading());
    m_loader->load({4999, -1, false, {}});
    QTRY_VERIFY_WITH_TIMEOUT(m_outcome, 20'000);
    QCOMPARE(m_ids.size(), 11);
}

void TestSessionLoader::endsWhileNobodyTakesWhatItReads()
{
    std::atomic<int> looked = 0;
    m_loader->load({0, -1, false, [&looked](const SessionRow &) {
                        ++looked;
                        return true;
                    }});
    while (looked < 4000) // No event loop runs here: four pieces are what it may have under way.
        QThread::yieldCurrentThread();
    m_loader.reset();
    QVERIFY(m_ids.isEmpty());
}

void TestSessionLoader::saysWhatItCannotOpen()
{
    SessionLoader loader(m_folder->filePath(u"no such file"_s));
    std::optional<SessionLoader::Outcome> outcome;
    connect(&loader, &SessionLoader::finished, this,
            [&outcome](const SessionLoader::Outcome &one) { outcome = one; });
    loader.load({});
    QTRY_VERIFY(outcome);
    QVERIFY(outcome->fault);
    QCOMPARE(outcome->fault->kind, store::Fault::Kind::CannotOpen);
}

GATEHOUSE_TEST(TestSessionLoader)
#include "tst_sessionloader.moc"
