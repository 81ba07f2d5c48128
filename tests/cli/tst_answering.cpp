// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/answering.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

/// What --answer means where nobody sits at a terminal; with one: endtoend/call.
class TestAnswering : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offersWhatTheOptionSays_data();
    void offersWhatTheOptionSays();
    void saysWhatItWants_data();
    void saysWhatItWants();
};

void TestAnswering::offersWhatTheOptionSays_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<QStringList>("capabilities");
    QTest::newRow("nothing") << QString() << QStringList();
    QTest::newRow("accept") << u"accept"_s << QStringList{u"elicitation"_s, u"roots"_s};
    QTest::newRow("decline") << u"decline"_s << QStringList{u"elicitation"_s};
    QTest::newRow("an object") << uR"({"name":"Ada"})"_s
                               << QStringList{u"elicitation"_s, u"roots"_s, u"sampling"_s};
}

void TestAnswering::offersWhatTheOptionSays()
{
    QFETCH(const QString, answer);
    QFETCH(const QStringList, capabilities);
    const auto offer = cli::offerFrom(answer, false);
    QVERIFY(offer);
    QCOMPARE(offer->capabilities.keys(), capabilities);
    QCOMPARE(bool(offer->answer), !capabilities.isEmpty());
}

void TestAnswering::saysWhatItWants_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<QString>("said");
    QTest::newRow("a word that is none") << u"perhaps"_s << u"wants ask, accept, decline or a JSON object"_s;
    QTest::newRow("in capitals") << u"Accept"_s << u"wants ask"_s;
    QTest::newRow("a list") << u"[1]"_s << u"wants ask"_s;
    QTest::newRow("half an object") << u"{\"a\":"_s << u"wants ask"_s;
    QTest::newRow("a person where none sits") << u"ask"_s << u"needs a terminal"_s;
}

void TestAnswering::saysWhatItWants()
{
    QFETCH(const QString, answer);
    QFETCH(const QString, said);
    const auto offer = cli::offerFrom(answer, false);
    if (offer && answer == "ask"_L1)
        QSKIP("This test runs at a terminal.");
    QVERIFY(!offer);
    QVERIFY2(offer.error().contains(said), qPrintable(offer.error()));
}

GATEHOUSE_TEST(TestAnswering)
#include "tst_answering.moc"
