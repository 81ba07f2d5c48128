// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/explanation.h"

#include <QTest>

using namespace gatehouse::auth;
using namespace Qt::StringLiterals;

class TestExplanation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasWordsForEveryReason();
    void saysNothingOfTheTokenOnTheWire();
    void seesHowTwoStringsDiffer_data();
    void seesHowTwoStringsDiffer();
};

void TestExplanation::hasWordsForEveryReason()
{
    QStringList names;
    for (int i = 0; i <= int(Reason::MissingScope); ++i) {
        Verdict verdict;
        verdict.reason = Reason(i);
        const Explanation words = explain(verdict);
        QVERIFY(!words.word.isEmpty() && !words.sentence.isEmpty());
        QCOMPARE(verdict.accepted(), words.status == 200);
        QVERIFY(verdict.accepted() || (!words.wire.isEmpty() && !words.remedy.isEmpty()));
        const QString name = reasonName(Reason(i));
        QVERIFY2(!name.isEmpty() && !names.contains(name), qPrintable(name));
        names.append(name);
    }
}

void TestExplanation::saysNothingOfTheTokenOnTheWire()
{
    for (int i = 0; i <= int(Reason::MissingScope); ++i) {
        Verdict verdict;
        verdict.reason = Reason(i);
        verdict.checks.append(
            {u"aud"_s, CheckState::Failed, Reason(i), u"wanted %2 %1"_s, u"came"_s, u"near"_s, 7});
        const Explanation words = explain(verdict);
        for (const QString &value : {u"wanted"_s, u"came"_s, u"near"_s, u"%"_s})
            QVERIFY2(!words.wire.contains(value), qPrintable(words.wire));
    }
}

void TestExplanation::seesHowTwoStringsDiffer_data()
{
    QTest::addColumn<QString>("actual");
    QTest::addColumn<QString>("word");
    QTest::newRow("the same") << u"http://localhost:3000/mcp"_s << QString();
    QTest::newRow("a slash too many") << u"http://localhost:3000/mcp/"_s << u"slash"_s;
    QTest::newRow("capitals") << u"http://Localhost:3000/mcp"_s << u"case"_s;
    QTest::newRow("another scheme") << u"https://localhost:3000/mcp"_s << u"https"_s;
    QTest::newRow("another port") << u"http://localhost:3001/mcp"_s << u"port"_s;
    QTest::newRow("another name") << u"http://127.0.0.1:3000/mcp"_s << u"127.0.0.1"_s;
    QTest::newRow("a client id") << u"client_01ABC"_s << u"client id"_s;
    QTest::newRow("something else") << u"urn:x"_s << QString();
}

void TestExplanation::seesHowTwoStringsDiffer()
{
    QFETCH(QString, actual);
    QFETCH(QString, word);
    const QString miss = nearMiss(u"http://localhost:3000/mcp"_s, actual);
    QCOMPARE(miss.isEmpty(), word.isEmpty());
    QVERIFY2(miss.contains(word), qPrintable(miss));
}

QTEST_GUILESS_MAIN(TestExplanation)
#include "tst_explanation.moc"
