// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/filterhistory.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse::app;
using namespace Qt::StringLiterals;

class TestFilterHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesBackAndForth();
    void forgetsWhatWasGoneBackFrom();
    void keepsSoManyAtMost();
    void listsEachEarlierOneOnce();
    void keepsWhatIsSaved();
};

void TestFilterHistory::goesBackAndForth()
{
    FilterHistory history;
    QVERIFY(!history.back());
    history.push(u"a"_s);
    history.push(u"a"_s);
    history.push(u"b"_s);
    QCOMPARE(history.back(), u"a"_s);
    QCOMPARE(history.back(), QString()); // No filter, at the beginning.
    QVERIFY(!history.back());
    QCOMPARE(history.forward(), u"a"_s);
    QCOMPARE(history.forward(), u"b"_s);
    QVERIFY(!history.forward());
}

void TestFilterHistory::forgetsWhatWasGoneBackFrom()
{
    FilterHistory history;
    history.push(u"a"_s);
    history.push(u"b"_s);
    (void)history.back();
    history.push(u"c"_s);
    QVERIFY(!history.forward());
    QCOMPARE(history.back(), u"a"_s);
}

void TestFilterHistory::keepsSoManyAtMost()
{
    FilterHistory history;
    for (int i = 0; i < 200; ++i)
        history.push(QString::number(i));
    int steps = 0;
    while (history.back())
        ++steps;
    QCOMPARE(steps, int(FilterHistory::most) - 1);
    QCOMPARE(history.forward(), QString::number(200 - FilterHistory::most + 1));
}

void TestFilterHistory::listsEachEarlierOneOnce()
{
    FilterHistory history;
    for (const auto &one : {u"a"_s, u"b"_s, u""_s, u"a"_s, u"c"_s, u"d"_s})
        history.push(one);
    history.toggleSaved(u"c"_s);
    QCOMPARE(history.earlier(u"d"_s, 10), QStringList({u"a"_s, u"b"_s}));
    QCOMPARE(history.earlier(u"d"_s, 1), QStringList({u"a"_s}));
}

void TestFilterHistory::keepsWhatIsSaved()
{
    FilterHistory history;
    history.toggleSaved(u"a"_s);
    history.toggleSaved(QString());
    QVERIFY(history.isSaved(u"a"_s));
    QCOMPARE(history.saved(), QStringList{u"a"_s});
    history.toggleSaved(u"a"_s);
    QVERIFY(history.saved().isEmpty());
    history.setSaved({u" x "_s, u""_s, u"x"_s, u" "_s, u"y"_s}); // As somebody may have written it.
    QCOMPARE(history.saved(), QStringList({u"x"_s, u"y"_s}));
}

GATEHOUSE_TEST(TestFilterHistory)
#include "tst_filterhistory.moc"
