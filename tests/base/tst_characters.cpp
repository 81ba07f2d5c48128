// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/characters.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestCharacters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesEachCharacterThatMayStandThere_data();
    void takesEachCharacterThatMayStandThere();
    void saysNoToAnEmptyText();
};

void TestCharacters::takesEachCharacterThatMayStandThere_data()
{
    QTest::addColumn<QByteArray>("characters"); // All that are taken, in order.
    QTest::addColumn<int>("rule");
    const QByteArray digits = "0123456789";
    const QByteArray upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const QByteArray lower = "abcdefghijklmnopqrstuvwxyz";
    QTest::newRow("a token") << "!#$%&'*+-." + digits + upper + "^_`" + lower + "|~" << 0;
    QTest::newRow("behind Bearer") << "+-./" + digits + "=" + upper + "_" + lower + "~" << 1;
    QTest::newRow("in a URL") << "-." + digits + upper + "_" + lower + "~" << 2;
    QTest::newRow("a scope") << "!#$%&'()*+,-./" + digits + ":;<=>?@" + upper + "[]^_`" + lower + "{|}~" << 3;
}

void TestCharacters::takesEachCharacterThatMayStandThere()
{
    QFETCH(QByteArray, characters);
    QFETCH(int, rule);
    QByteArray taken;
    for (int c = 0; c < 256; ++c) {
        const QByteArray one(1, char(c));
        const bool isTaken = rule == 0 ? base::isToken(one) && base::isTokenCharacter(char(c))
            : rule == 1                ? base::isBearerText(one) && base::isBearerCharacter(char(c))
            : rule == 2                ? base::isUnreserved(one)
                                       : base::isScope(QString::fromLatin1(one));
        taken += isTaken ? one : QByteArray();
    }
    QCOMPARE(taken, characters);
}

void TestCharacters::saysNoToAnEmptyText()
{
    QVERIFY(!base::isToken({}) && !base::isBearerText({}) && !base::isUnreserved({}) && !base::isScope({}));
    QVERIFY(!base::isToken("a b") && !base::isBearerText("a!") && !base::isScope(u"a b"));
}

GATEHOUSE_TEST(TestCharacters)
#include "tst_characters.moc"
