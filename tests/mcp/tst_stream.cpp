// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/stream.h"
#include "protocol/eventstream.h"
#include "support/collected.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

namespace {

QByteArrayList idsOf(const test::Collected &peer)
{
    QByteArrayList ids;
    for (const protocol::Event &event : peer.events)
        ids.append(event.id);
    return ids;
}

} // namespace

class TestStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void givesWhatWasMissedToTheNextConnection()
    {
        mcp::ReplayBudget budget(10'000);
        mcp::Stream stream(3, {}, &budget);
        const auto first = std::make_shared<test::Collected>();
        stream.attach(first, 0);
        stream.prime();
        stream.put("{\"a\":1}");
        first->leave();
        QVERIFY(!stream.isCarried());
        stream.put("{\"a\":2}");
        stream.finish({200, "{\"a\":3}"});
        QCOMPARE(idsOf(*first), (QByteArrayList{"3-1", "3-2"}));
        QCOMPARE(first->ends, 0);

        const auto second = std::make_shared<test::Collected>();
        stream.attach(second, 0);
        stream.replay(mcp::Stream::placeOf(first->events.last().id)->event);
        QCOMPARE(idsOf(*second), (QByteArrayList{"3-3", "3-4"}));
        QCOMPARE(second->messages().last(), QJsonObject({{u"a"_s, 3}}));
        QCOMPARE(second->ends, 1);
    }

    void endsTheOlderConnectionWhereANewOneComes()
    {
        mcp::ReplayBudget budget(10'000);
        mcp::Stream stream(0, {}, &budget);
        const auto older = std::make_shared<test::Collected>();
        const auto newer = std::make_shared<test::Collected>();
        stream.attach(older, 0);
        stream.attach(newer, 0);
        QCOMPARE(older->ends, 1);
        older->leave();
        QVERIFY2(stream.isCarried(), "that the older one leaves concerns nobody");
        stream.put("{}");
        QCOMPARE(older->events.size(), 0);
        QCOMPARE(newer->events.size(), 1);
    }

    void letsAConnectionGoButNotTheStream()
    {
        mcp::ReplayBudget budget(10'000);
        mcp::Stream stream(1, {}, &budget);
        const auto first = std::make_shared<test::Collected>();
        stream.attach(first, 0);
        stream.prime();
        stream.closeStream(500);
        QCOMPARE(first->ends, 1);
        QCOMPARE(first->events.last().retryMs, 500);
        stream.finish({200, "{}"});
        const auto second = std::make_shared<test::Collected>();
        stream.attach(second, 0);
        stream.replay(1);
        QCOMPARE(second->messages().size(), 1);
    }

    void keepsNoMoreThanItsBudget()
    {
        mcp::ReplayBudget budget(10'000);
        {
            mcp::Stream one(1, {}, &budget);
            mcp::Stream two(2, {}, &budget);
            for (int i = 0; i < 1000; ++i) {
                one.put(QByteArray(100, 'x'));
                two.put(QByteArray(100, 'y'));
                QVERIFY(budget.used() <= 10'000);
            }
            const auto peer = std::make_shared<test::Collected>();
            two.attach(peer, 0);
            two.replay(0);
            QVERIFY(peer->events.size() > 10 && peer->events.size() < 100);
            QCOMPARE(peer->events.last().id, "2-1000"_ba);
            two.put(QByteArray(20'000, 'z')); // More than all that may be kept: sent, not kept.
            QCOMPARE(peer->events.last().data.size(), 20'000);
            QVERIFY(budget.used() <= 10'000);
        }
        QCOMPARE(budget.used(), 0);
    }

    void letsNobodyDriveOutWhatIsKeptForOthers()
    {
        mcp::ReplayBudget budget(100'000);
        mcp::Stream quiet(1, u"quiet"_s, &budget);
        quiet.put(QByteArray(1'000, 'q'));
        std::vector<std::unique_ptr<mcp::Stream>> loud;
        for (int i = 0; i < 4; ++i)
            loud.push_back(std::make_unique<mcp::Stream>(i, u"loud"_s, &budget));
        for (int i = 0; i < 1000; ++i) {
            loud[size_t(i) % 4]->put(QByteArray(1'000, 'l'));
            QVERIFY(budget.used() <= 25'000 + 1'200);
        }
        const auto peer = std::make_shared<test::Collected>();
        quiet.attach(peer, 0);
        quiet.replay(0);
        QCOMPARE(peer->events.size(), 1);
        loud.clear();
        QCOMPARE(budget.used(), 1'200);
    }

    void readsOnlyItsOwnIds_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<bool>("isPlace");
        QTest::newRow("ours") << "3-17"_ba << true;
        QTest::newRow("first") << "0-0"_ba << true;
        for (const auto &id : {""_ba, "-"_ba, "3"_ba, "3-"_ba, "-3"_ba, "-3-1"_ba, "3--1"_ba, "x-1"_ba,
                               "1-x"_ba, "1-99999999999999999999999"_ba, "99999999999-1"_ba})
            QTest::newRow(("no id: " + id).constData()) << id << false;
    }
    void readsOnlyItsOwnIds()
    {
        QFETCH(QByteArray, id);
        QTEST(mcp::Stream::placeOf(id).has_value(), "isPlace");
    }
};

GATEHOUSE_TEST(TestStream)
#include "tst_stream.moc"
