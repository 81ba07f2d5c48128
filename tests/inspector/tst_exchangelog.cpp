// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "inspector/exchangelog.h"
#include "inspector/exchanges.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::inspector;
using namespace Qt::StringLiterals;

namespace {

/// A refused request that is as large as one may be in the part that `where` names.
exchange::Exchange aLargeOne(quint64 id, const QString &where)
{
    exchange::Exchange one = aWrongAudience(id);
    const QByteArray text = QByteArray::number(id).rightJustified(8'000, 'x');
    if (where == u"headers"_s)
        one.requestHeaders = {{"A"_ba, text}, {"B"_ba, text}, {"C"_ba, text}};
    else if (where == u"many small headers"_s) {
        for (int i = 0; i < 64; ++i)
            one.requestHeaders.append({"A" + QByteArray::number(i), QByteArray::number(id)});
    } else if (where == u"path"_s)
        one.path = text;
    else if (where == u"query"_s)
        one.query = text;
    else if (where == u"body"_s)
        one.requestBody = {text, text.size()};
    else if (where == u"long body"_s)
        one.requestBody = {text.repeated(10), 10 * text.size()};
    else if (where == u"client"_s)
        one.client = QString::fromLatin1(text);
    else if (where == u"claims"_s) {
        one.verdict.fingerprint = QByteArray::number(id);
        one.verdict.claims.insert(u"x"_s, QString::fromLatin1(text));
        one.verdict.jsonBytes = base::memoryOf(one.verdict.claims);
    } else if (where == u"checks"_s) {
        // One token, judged otherwise each time.
        one.verdict.checks.append(
            {u"aud"_s, auth::CheckState::Failed, auth::Reason::WrongAudience, {}, QString::fromLatin1(text)});
    }
    return one;
}

} // namespace

class TestExchangeLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsAllThatAPeerSent_data();
    void countsAllThatAPeerSent();
    void countsWhatIsSharedOnce();
    void forgetsWhatNobodyHolds();
    void countsAnotherTokenOfTheSameFingerprint();
    void forgetsTheMarkOfARowWhoseEndCameWithoutHeaders();
};

void TestExchangeLog::countsAllThatAPeerSent_data()
{
    QTest::addColumn<QString>("where");
    QTest::addColumn<qsizetype>("least");
    for (const auto &[where, least] :
         {std::pair{u"headers"_s, 24'000}, std::pair{u"many small headers"_s, 64 * 50},
          std::pair{u"path"_s, 8'000}, std::pair{u"query"_s, 8'000}, std::pair{u"body"_s, 8'000},
          std::pair{u"long body"_s, 80'000}, std::pair{u"client"_s, 16'000}, std::pair{u"claims"_s, 16'000},
          std::pair{u"checks"_s, 16'000}})
        QTest::newRow(qPrintable(where)) << where << qsizetype(least);
}

void TestExchangeLog::countsAllThatAPeerSent()
{
    QFETCH(QString, where);
    QFETCH(qsizetype, least);
    constexpr qsizetype limit = 1'000'000;
    ExchangeLog log({100'000, limit});
    for (quint64 id = 1; id <= 1'000; ++id) {
        (void)log.record({begun(aLargeOne(id, where))});
        (void)log.record({aLargeOne(id, where)});
        QVERIFY(log.bytes() <= limit);
    }
    QVERIFY2(log.size() <= limit / least, qPrintable(QString::number(log.size())));
    QVERIFY(log.size() > 0);
    QCOMPARE(log.droppedCount() + log.size(), 1'000);
}

void TestExchangeLog::countsWhatIsSharedOnce()
{
    ExchangeLog log;
    (void)log.record({aLargeOne(1, u"headers"_s)});
    const qsizetype one = log.bytes();
    QVERIFY(one > 24'000);
    for (quint64 id = 2; id <= 1'000; ++id) {
        exchange::Exchange same = aLargeOne(1, u"headers"_s);
        same.id = id;
        (void)log.record({same});
    }
    QCOMPARE(log.size(), 1'000);
    QVERIFY2(log.bytes() < one + 1'000 * 200, qPrintable(QString::number(log.bytes())));
}

void TestExchangeLog::forgetsWhatNobodyHolds()
{
    ExchangeLog log({10, 100'000'000});
    for (quint64 id = 1; id <= 100; ++id) {
        for (const auto &where : {u"headers"_s, u"path"_s, u"claims"_s, u"checks"_s, u"long body"_s})
            (void)log.record({aLargeOne(id * 10, where)});
    }
    QCOMPARE(log.size(), 10);
    QVERIFY2(log.bytes() < 1'000'000, qPrintable(QString::number(log.bytes())));
    (void)log.addNote(u"a note"_s, 1);
    log.setPinned(log.serials().at(5), true);
    log.clear();
    QCOMPARE(log.size(), 1);
    log.setPinned(log.serials().first(), false);
    log.clear();
    QCOMPARE(log.size(), 0);
    QCOMPARE(log.bytes(), 0);
}

void TestExchangeLog::countsAnotherTokenOfTheSameFingerprint()
{
    inspector::ExchangeLog log({1000, 1'000'000});
    for (quint64 id = 1; id <= 200; ++id) {
        exchange::Exchange one = aLargeOne(id, u"claims"_s);
        one.verdict.fingerprint = "00000000"; // Which strangers can find.
        (void)log.record({one});
    }
    QVERIFY(log.bytes() <= 1'000'000);
    QVERIFY2(log.size() < 100, qPrintable(QString::number(log.size())));
}

void TestExchangeLog::forgetsTheMarkOfARowWhoseEndCameWithoutHeaders()
{
    inspector::ExchangeLog log({1, 1'000'000});
    exchange::Exchange one = aWrongAudience(1);
    one.requestHeaders = {{"X-Request-Id"_ba, "gatehouse-00ff"_ba}};
    one.outcome = exchange::Outcome::Running;
    (void)log.record({one});
    QVERIFY(log.serialOf("gatehouse-00ff") != 0);
    one.outcome = exchange::Outcome::Ok;
    one.requestHeaders.clear();
    (void)log.record({one});
    QVERIFY(log.serialOf("gatehouse-00ff") != 0);
    (void)log.record({aWrongAudience(2)});
    QCOMPARE(log.serialOf("gatehouse-00ff"), quint64(0));
}

GATEHOUSE_TEST(TestExchangeLog)
#include "tst_exchangelog.moc"
