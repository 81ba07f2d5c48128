// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/batches.h"
#include "support/unit.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using exchange::Exchange;

class TestBatches : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void foldsWhatBeganAndEndedMeanwhile();
    void givesTheEndOfWhatWasGivenBefore();
    void keepsTheOrderInWhichTheyBegan();
    void waitsForWhoeverTakesThem();
    void keepsABoundedNumberBack();
    void keepsOnlyTheOutlineOfWhatIsTooLarge();
    void saysSoAlsoOfWhatBeganBefore();
    void givesAllBeforeTheEnd();
    void asksForLessOfEachBodyTheMoreIsKept();
    void givesThemAsOftenAsItIsTold();

private:
    static Exchange exchange(quint64 id, exchange::Outcome outcome, qsizetype bytes = 0)
    {
        Exchange one;
        one.id = id;
        one.outcome = outcome;
        one.responseBody = {QByteArray(bytes, 'x'), bytes};
        return one;
    }
    void pass(quint64 id, qsizetype bytes = 0)
    {
        m_batches->began(exchange(id, exchange::Outcome::Running));
        m_batches->ended(exchange(id, exchange::Outcome::Ok, bytes));
    }

    std::unique_ptr<host::Batches> m_batches;
    QList<QList<Exchange>> m_given;
};

void TestBatches::init()
{
    m_given.clear();
    m_batches = std::make_unique<host::Batches>();
    connect(m_batches.get(), &host::Batches::exchanged, this,
            [this](const QList<Exchange> &batch) { m_given.append(batch); });
}

void TestBatches::foldsWhatBeganAndEndedMeanwhile()
{
    m_batches->began(exchange(1, exchange::Outcome::Running));
    m_batches->streams(exchange(1, exchange::Outcome::Running));
    m_batches->ended(exchange(1, exchange::Outcome::Ok));
    QVERIFY(m_given.isEmpty()); // Later, with what else comes.
    QTRY_COMPARE(m_given.size(), 1);
    QCOMPARE(m_given.first().size(), 1);
    QCOMPARE(m_given.first().first().outcome, exchange::Outcome::Ok);
}

void TestBatches::givesTheEndOfWhatWasGivenBefore()
{
    m_batches->began(exchange(1, exchange::Outcome::Running));
    QTRY_COMPARE(m_given.size(), 1);
    QCOMPARE(m_given.first().first().outcome, exchange::Outcome::Running);
    m_batches->ended(exchange(1, exchange::Outcome::ToolError));
    QTRY_COMPARE(m_given.size(), 2);
    QCOMPARE(m_given.last().first().outcome, exchange::Outcome::ToolError);
}

void TestBatches::keepsTheOrderInWhichTheyBegan()
{
    Exchange other = exchange(1, exchange::Outcome::Running);
    other.source = exchange::Source::Sandbox; // Counts by itself.
    m_batches->began(exchange(1, exchange::Outcome::Running));
    m_batches->began(other);
    m_batches->began(exchange(2, exchange::Outcome::Running));
    m_batches->ended(exchange(2, exchange::Outcome::Ok));
    m_batches->ended(exchange(1, exchange::Outcome::RpcError));
    QTRY_COMPARE(m_given.size(), 1);
    QList<exchange::Outcome> outcomes;
    for (const Exchange &one : std::as_const(m_given.first()))
        outcomes.append(one.outcome);
    QCOMPARE(outcomes,
             QList<exchange::Outcome>(
                 {exchange::Outcome::RpcError, exchange::Outcome::Running, exchange::Outcome::Ok}));
}

void TestBatches::waitsForWhoeverTakesThem()
{
    for (quint64 id = 1; id <= 4; ++id) {
        pass(id);
        QTRY_COMPARE(m_given.size(), qsizetype(id));
    }
    QSignalSpy tried(m_batches->findChild<QTimer *>(), &QTimer::timeout);
    pass(5);
    QTRY_VERIFY(tried.size() > 1);
    QCOMPARE(m_given.size(), 4);
    pass(6);
    m_batches->took();
    QTRY_COMPARE(m_given.size(), 5); // Both at once.
    QCOMPARE(m_given.last().size(), 2);
}

void TestBatches::keepsABoundedNumberBack()
{
    QSignalSpy dropped(m_batches.get(), &host::Batches::dropped);
    for (quint64 id = 1; id <= 20'003; ++id)
        pass(id);
    QTRY_COMPARE(m_given.size(), 1);
    QCOMPARE(m_given.first().size(), 20'000);
    QCOMPARE(dropped.size(), 1);
    QCOMPARE(dropped.first().first().toLongLong(), 3);
}

void TestBatches::keepsOnlyTheOutlineOfWhatIsTooLarge()
{
    QSignalSpy thinned(m_batches.get(), &host::Batches::thinned);
    constexpr qsizetype large = 12 * 1024 * 1024;
    for (quint64 id = 1; id <= 3; ++id)
        m_batches->ended(exchange(id, exchange::Outcome::Ok, large));
    QTRY_COMPARE(m_given.size(), 1);
    QCOMPARE(m_given.first()[1].responseBody.shown.size(), large);
    QVERIFY(m_given.first()[2].responseBody.shown.isEmpty());
    QCOMPARE(m_given.first()[2].responseBody.size, large); // That much is known of it.
    QCOMPARE(thinned.size(), 1);
    QCOMPARE(thinned.first().first().toLongLong(), 1);
    m_batches->took();
    QTRY_VERIFY([this] { // Once they are gone there is room again.
        m_given.clear();
        m_batches->ended(exchange(9, exchange::Outcome::Ok, large));
        const bool isGiven = QTest::qWaitFor([this] { return !m_given.isEmpty(); });
        m_batches->took();
        return isGiven && !m_given.last().last().responseBody.shown.isEmpty();
    }());
}

void TestBatches::saysSoAlsoOfWhatBeganBefore()
{
    QSignalSpy thinned(m_batches.get(), &host::Batches::thinned);
    constexpr qsizetype large = 33 * 1024 * 1024;
    m_batches->began(exchange(1, exchange::Outcome::Running));
    m_batches->ended(exchange(1, exchange::Outcome::Ok, large));
    QTRY_COMPARE(m_given.size(), 1);
    QVERIFY(m_given.first().first().responseBody.shown.isEmpty());
    QCOMPARE(thinned.size(), 1);
}

void TestBatches::givesAllBeforeTheEnd()
{
    for (quint64 id = 1; id <= 4; ++id) {
        pass(id);
        QTRY_COMPARE(m_given.size(), qsizetype(id));
    }
    pass(5);
    m_batches->giveAll(); // Though nothing was taken.
    QCOMPARE(m_given.size(), 5);
    QCOMPARE(m_given.last().first().id, 5u);
}

void TestBatches::asksForLessOfEachBodyTheMoreIsKept()
{
    QCOMPARE(m_batches->bodyBudget(), 1024 * 1024);
    for (quint64 id = 1; id <= 30; ++id)
        m_batches->ended(exchange(id, exchange::Outcome::Ok, m_batches->bodyBudget()));
    const qsizetype later = m_batches->bodyBudget();
    QVERIFY2(later > 0 && later < 512 * 1024, qPrintable(QString::number(later)));
    m_batches->ended(exchange(31, exchange::Outcome::Ok, later * 7));
    QVERIFY(m_batches->bodyBudget() < later);
}

void TestBatches::givesThemAsOftenAsItIsTold()
{
    const auto *timer = m_batches->findChild<QTimer *>();
    QCOMPARE(timer->intervalAsDuration(), host::Batches::usualInterval);
    m_batches->setInterval(std::chrono::milliseconds(1));
    QCOMPARE(timer->interval(), 1);
    pass(1);
    QTRY_COMPARE(m_given.size(), 1);
}

GATEHOUSE_TEST(TestBatches)
#include "tst_batches.moc"
