// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/masked.h"
#include "support/unit.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace gatehouse;
using namespace gatehouse::exchange;

class TestMasked : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysThatABodyIsCutOnlyWhereItIs_data();
    void saysThatABodyIsCutOnlyWhereItIs();
    void keepsNothingWhereNobodyCanUseIt();
    void masksOneAfterTheOtherAsEachByItself();

private:
    static constexpr qsizetype budget = 100'000;
};

void TestMasked::saysThatABodyIsCutOnlyWhereItIs_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<qsizetype>("size");
    QTest::addColumn<bool>("isCut");
    const auto textOf = [](qsizetype size) { return '"' + QByteArray(size - 2, 'x') + '"'; };
    QTest::newRow("none") << QByteArray() << qsizetype(0) << false;
    QTest::newRow("shorter once its secret is masked")
        << "{\"password\":\"a long secret, longer than its mask\"}"_ba << qsizetype(0) << false;
    QTest::newRow("as long as may be shown") << textOf(budget) << qsizetype(0) << false;
    QTest::newRow("longer") << textOf(budget + 1) << qsizetype(0) << true;
    QTest::newRow("longer than is looked at") << textOf(lookedAtBytes(budget) + 1) << qsizetype(0) << true;
    QTest::newRow("of which only the beginning was kept") << textOf(100) << qsizetype(101) << true;
}

void TestMasked::saysThatABodyIsCutOnlyWhereItIs()
{
    QFETCH(const QByteArray, body);
    QFETCH(const qsizetype, size);
    QFETCH(const bool, isCut);
    const Body masked = maskedBody(body, {}, base::Place::Elsewhere, budget, size);
    QCOMPARE(masked.isCut, isCut);
    QCOMPARE(masked.size, std::max(size, body.size()));
    QVERIFY(!masked.shown.contains("a long secret"));
}

void TestMasked::keepsNothingWhereNobodyCanUseIt()
{
    const Body none = maskedBody("{\"a\":1}", {}, base::Place::Elsewhere, 0);
    QVERIFY(none.shown.isEmpty() && none.isCut);
    QCOMPARE(none.size, 7);
    QVERIFY(!maskedBody({}, {}, base::Place::Elsewhere, 0).isCut);
}

void TestMasked::masksOneAfterTheOtherAsEachByItself()
{
    const QByteArray token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1In0.c2lnbmF0dXJlLW9mLWl0LXdoaWNoLWlzLWxvbmc";
    const QList<base::Header> some{{"Authorization", "Bearer " + token},
                                   {"authorization", "Bearer " + token.chopped(1)},
                                   {"Cookie", "a=b"},
                                   {"X-Cookie", "a=b"},
                                   {"Host", "localhost"},
                                   {"X-Api-Key", "localhost"},
                                   {"X-Long", QByteArray(5'000, 'x') + token},
                                   {"", ""}};
    exchange::HeaderMask mask;
    QRandomGenerator random(33);
    for (int i = 0; i < 2'000; ++i) {
        base::Headers headers(random.bounded(5));
        for (base::Header &header : headers)
            header = some.at(random.bounded(int(some.size())));
        QCOMPARE(mask.masked(headers), exchange::maskedHeaders(headers));
    }
}

GATEHOUSE_TEST(TestMasked)
#include "tst_masked.moc"
