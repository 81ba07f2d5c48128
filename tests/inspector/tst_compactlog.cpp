// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/compactlog.h"
#include "inspector/exchanges.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::inspector;
using namespace Qt::StringLiterals;

class TestCompactLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesBackWhatItWasGiven_data();
    void givesBackWhatItWasGiven();
    void keepsWhatIsAlikeOnce();
    void writesOneAfterTheOther();
    void countsWhatItHoldsAndForgetsIt();
    void sharesOnlyAFewOfOneHash();
    void countsHoursAsOneHourBeforeTheCall();
    void holdsANote();
};

void TestCompactLog::givesBackWhatItWasGiven_data()
{
    QTest::addColumn<exchange::Exchange>("exchange");
    QTest::newRow("a call") << aCall(1);
    QTest::newRow("one that is refused") << aWrongAudience(2);
    QTest::newRow("one that goes on") << begun(aCall(3));
    QTest::newRow("nothing") << exchange::Exchange();
    exchange::Exchange full = aWrongAudience(4);
    full.source = exchange::Source::Sandbox;
    full.times = {1, 2, 3, 4, 5, 6, 7, 8};
    full.query = "a=b";
    full.requestHeaders = {{"Host"_ba, "localhost"_ba}};
    full.requestBody = {"{}"_ba, 9, true};
    full.responseHeaders = {{"Content-Type"_ba, "text/plain"_ba}};
    full.responseBody = {"answer"_ba, 6, false};
    full.revision = u"2025-11-25"_s;
    full.session = "5e55"_ba;
    full.traceId = "0af7651916cd43dd8448eb211c80319c"_ba;
    full.rpcErrorCode = -32602;
    full.listLength = 3;
    full.refusal = exchange::Refusal::BeforeHttp;
    full.fault = {"bad_line"_ba, "The request line is malformed."_ba};
    full.organization = u"org_1"_s;
    QTest::newRow("everything at once") << full;
    exchange::Exchange late = full;
    late.times = {1'800'000'000'123, 4'294'967'295, 5, 6, 7, 8, 10'000'000'000, 20'000'000'000};
    QTest::newRow("a stream of many hours") << late;
    for (const QByteArray &peer :
         {"127.0.0.1:51234"_ba, "[::1]:0"_ba, "127.0.0.1:65535"_ba, "127.0.0.1:65536"_ba, "127.0.0.1:007"_ba,
          "127.0.0.1:"_ba, ":"_ba, ":5"_ba, "unix"_ba, "127.0.0.1:+5"_ba}) {
        full.peer = peer;
        QTest::addRow("from %s", peer.constData()) << full;
    }
}

void TestCompactLog::givesBackWhatItWasGiven()
{
    QFETCH(const exchange::Exchange, exchange);
    CompactLog log;
    QVERIFY(log.hold(exchange).whole() == exchange);
}

void TestCompactLog::keepsWhatIsAlikeOnce()
{
    CompactLog log;
    exchange::Exchange one = aCall(1);
    one.peer = "127.0.0.1:1000";
    const CompactExchange first = log.hold(one);
    one.id = 2;
    one.peer = "127.0.0.1:1001";
    one.times.answeredUs = 99;
    one.requestHeaders = {{"X"_ba, "y"_ba}};
    one.traceId = "0af7651916cd43dd8448eb211c80319c"_ba;
    one.responseBody = {"another"_ba, 7};
    QVERIFY(&log.hold(one).alike() == &first.alike());
    one.status = 500;
    QVERIFY(&log.hold(one).alike() != &first.alike());
}

/// As a filter looks through them.
void TestCompactLog::writesOneAfterTheOther()
{
    CompactLog log;
    QList<exchange::Exchange> given;
    for (quint64 id = 1; id <= 40; ++id) {
        exchange::Exchange one = id % 5 == 0 ? aWrongAudience(id) : aCall(id);
        one.peer = id % 3 == 0 ? "unix"_ba : "127.0.0.1:" + QByteArray::number(id);
        given.append(one);
    }
    exchange::Exchange whole;
    const Alike *before = nullptr;
    for (const exchange::Exchange &one : std::as_const(given)) {
        const CompactExchange compact = log.hold(one);
        compact.writeTo(whole, before);
        before = &compact.alike();
        QVERIFY(whole == one);
    }
}

void TestCompactLog::countsWhatItHoldsAndForgetsIt()
{
    CompactLog log;
    CompactExchange first = log.hold(aCall(1));
    const qsizetype one = log.bytes();
    QVERIFY(one > qsizetype(sizeof(exchange::Exchange)));
    {
        CompactExchange same = log.hold(aCall(2));
        QCOMPARE(log.bytes(), one);
        CompactExchange other = log.hold(aWrongAudience(3));
        QVERIFY(log.bytes() > one + qsizetype(sizeof(exchange::Exchange)));
        CompactExchange sameAsThat = log.hold(aWrongAudience(4));
        for (CompactExchange *each : {&other, &same, &sameAsThat})
            log.release(std::move(*each));
    }
    QCOMPARE(log.bytes(), one);
    log.release(std::move(first));
    QCOMPARE(log.bytes(), 0);
}

/// A stranger can make as many as there is room for that differ where the hash does not look.
void TestCompactLog::sharesOnlyAFewOfOneHash()
{
    CompactLog log;
    const auto hold = [&log](int i) {
        exchange::Exchange one = aCall(1);
        one.challenge = "Bearer realm=\"" + QByteArray::number(i) + '"';
        return log.hold(one);
    };
    std::vector<CompactExchange> held;
    for (int i = 0; i < 20; ++i)
        held.push_back(hold(i));
    for (int i = 0; i < 20; ++i) {
        held.push_back(hold(i));
        QCOMPARE(&held.back().alike() == &held.at(size_t(i)).alike(), i < 8);
    }
    QCOMPARE(held.at(35).whole().challenge, "Bearer realm=\"15\""_ba);
    for (CompactExchange &one : held)
        log.release(std::move(one));
    QCOMPARE(log.bytes(), 0);
    // And then there is room for others.
    QCOMPARE(&hold(30).alike(), &hold(30).alike());
}

void TestCompactLog::countsHoursAsOneHourBeforeTheCall()
{
    exchange::Exchange late = aCall(1);
    late.times.headUs = 5'000'000'000;
    late.times.answeredUs = 6'000'000'000;
    CompactLog log;
    const exchange::Exchange whole = log.hold(late).whole();
    QCOMPARE(whole.times.headUs, 4'294'967'295);
    QCOMPARE(whole.times.answeredUs, 6'000'000'000);
}

void TestCompactLog::holdsANote()
{
    CompactLog log;
    CompactExchange note = log.holdNote(u"Server started ÄNEW"_s, 7);
    QCOMPARE(note.alike().note, u"Server started ÄNEW"_s);
    QCOMPARE(note.alike().folded, u"server started änew"_s.toUtf8());
    QCOMPARE(note.whole().times.receivedAt, 7);
    QVERIFY(log.bytes() > 0);
    log.release(std::move(note));
    QCOMPARE(log.bytes(), 0);
}

GATEHOUSE_TEST(TestCompactLog)
#include "tst_compactlog.moc"
