// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/threadinvoker.h"
#include "support/unit.h"

#include <QTest>

#include <thread>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestThreadInvoker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsAtOnceWhereThereIsNothingToCross();
    void keepsTheOrderOfWhatWasPostedBefore();
    void waitsForTheThreadThatItLeadsTo();
    void dropsWhatComesAfterTheLanding();
    void givesOneAnswer();
    void saysThatThereWasNoAnswer();
};

void TestThreadInvoker::runsAtOnceWhereThereIsNothingToCross()
{
    const mcp::Landing landing;
    QStringList seen;
    landing.invoker().run([&] { seen.append(u"run"_s); });
    QCOMPARE(seen, QStringList{u"run"_s});
    landing.invoker().post([&] { seen.append(u"posted"_s); });
    QCOMPARE(seen.size(), 1);
    QTRY_COMPARE(seen.size(), 2);
    landing.invoker().run([&] { seen.append(u"run again"_s); });
    QCOMPARE(seen.size(), 3);
}

void TestThreadInvoker::keepsTheOrderOfWhatWasPostedBefore()
{
    const mcp::Landing landing;
    QStringList seen;
    landing.invoker().post([&] {
        seen.append(u"progress"_s);
        landing.invoker().run([&] { seen.append(u"from within"_s); });
    });
    landing.invoker().run([&] { seen.append(u"answer"_s); });
    QVERIFY(seen.isEmpty());
    QTRY_COMPARE(seen.size(), 3);
    // The answer waits already, so what runs from within comes behind it.
    QCOMPARE(seen, QStringList({u"progress"_s, u"answer"_s, u"from within"_s}));
}

void TestThreadInvoker::waitsForTheThreadThatItLeadsTo()
{
    const mcp::Landing landing;
    std::thread::id where;
    std::thread([&] { landing.invoker().run([&] { where = std::this_thread::get_id(); }); }).join();
    QCOMPARE(where, std::thread::id());
    QTRY_VERIFY(where != std::thread::id());
    QCOMPARE(where, std::this_thread::get_id());
}

void TestThreadInvoker::dropsWhatComesAfterTheLanding()
{
    auto landing = std::make_unique<mcp::Landing>();
    const mcp::ThreadInvoker invoker = landing->invoker();
    int calls = 0;
    invoker.post([&] { ++calls; });
    landing.reset();
    invoker.run([&] { ++calls; });
    mcp::ThreadInvoker().run([&] { ++calls; });
    QCoreApplication::processEvents();
    QCOMPARE(calls, 0);
}

void TestThreadInvoker::givesOneAnswer()
{
    const mcp::Landing landing;
    QList<std::optional<int>> given;
    {
        const auto answer
            = mcp::answerOnce<int>(landing.invoker(), [&](std::optional<int> one) { given.append(one); });
        answer(1);
        answer(2);
    }
    QCoreApplication::processEvents();
    QCOMPARE(given.size(), 1);
    QCOMPARE(given.first(), 1);
}

void TestThreadInvoker::saysThatThereWasNoAnswer()
{
    const mcp::Landing landing;
    QList<std::optional<int>> given;
    {
        const auto answer
            = mcp::answerOnce<int>(landing.invoker(), [&](std::optional<int> one) { given.append(one); });
        const auto copy = answer;
    }
    QTRY_COMPARE(given.size(), 1);
    QVERIFY(!given.first());
}

GATEHOUSE_TEST(TestThreadInvoker)
#include "tst_threadinvoker.moc"
