// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keptarguments.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::app;
using namespace Qt::StringLiterals;

/// What was given to tools before, and what of it lies on the disk.
class TestKeptArguments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheLastOfEach();
    void forgetsTheOldest();
    void bringsThemToTheNextStart();
    void leavesNoSecretOnTheDisk_data();
    void leavesNoSecretOnTheDisk();
    void takesWhatIsNoneForNothing_data();
    void takesWhatIsNoneForNothing();
};

void TestKeptArguments::keepsTheLastOfEach()
{
    KeptArguments kept;
    QVERIFY(!kept.find(u"a"_s));
    kept.insert(u"a"_s, {{u"n"_s, 1}});
    kept.insert(u"b"_s, {});
    kept.insert(u"a"_s, {{u"n"_s, 2}});
    QCOMPARE(*kept.find(u"a"_s), (QJsonObject{{u"n"_s, 2}}));
    QCOMPARE(*kept.find(u"b"_s), QJsonObject());
}

void TestKeptArguments::forgetsTheOldest()
{
    KeptArguments kept;
    for (int i = 0; i < KeptArguments::most; ++i)
        kept.insert(QString::number(i), {{u"n"_s, i}});
    kept.insert(u"0"_s, {{u"n"_s, 1000}}); // Is the newest now.
    kept.insert(u"one more"_s, {});
    QVERIFY(kept.find(u"0"_s));
    QVERIFY(!kept.find(u"1"_s));
}

void TestKeptArguments::bringsThemToTheNextStart()
{
    KeptArguments kept;
    kept.insert(u"list-documents"_s, {{u"limit"_s, 20}, {u"text"_s, u"Grüße\n"_s}});
    kept.insert(u"nothing given"_s, {});
    KeptArguments next;
    next.insert(u"of before"_s, {});
    next.restore(kept.saved());
    QCOMPARE(next.find(u"list-documents"_s), kept.find(u"list-documents"_s));
    QVERIFY(!next.find(u"nothing given"_s));
    QVERIFY(!next.find(u"of before"_s));
}

void TestKeptArguments::leavesNoSecretOnTheDisk_data()
{
    QTest::addColumn<QJsonObject>("given");
    QTest::newRow("by its name") << QJsonObject{{u"user"_s, u"ada"_s}, {u"password"_s, u"sesame"_s}};
    QTest::newRow("by a name that may be something else") << QJsonObject{{u"token"_s, u"sesame"_s}};
    QTest::newRow("within another") << QJsonObject{{u"at"_s, QJsonObject{{u"client_secret"_s, u"sesame"_s}}}};
    QTest::newRow("by its shape") << QJsonObject{
        {u"text"_s, u"Authorization: Bearer sesame0123456789sesame0123456789"_s}};
    QTest::newRow("too long") << QJsonObject{
        {u"text"_s, u"sesame"_s.repeated(int(KeptArguments::longest) / 6)}};
}

void TestKeptArguments::leavesNoSecretOnTheDisk()
{
    QFETCH(const QJsonObject, given);
    KeptArguments kept;
    kept.insert(u"it"_s, given);
    QVERIFY(!kept.saved().contains("sesame"));
    QCOMPARE(*kept.find(u"it"_s), given); // While the window is there.
}

void TestKeptArguments::takesWhatIsNoneForNothing_data()
{
    QTest::addColumn<QByteArray>("saved");
    for (const char *one : {"", "no JSON", "[]", R"({"given":5})", R"({"given":[[1,2]]})",
                            R"({"given":[["a"]]})", R"({"given":[["a","b"]]})", R"({"given":["a",{}]})"})
        QTest::addRow("%s", one) << QByteArray(one);
}

void TestKeptArguments::takesWhatIsNoneForNothing()
{
    QFETCH(const QByteArray, saved);
    KeptArguments kept;
    kept.restore(saved);
    QVERIFY(!kept.find(u"a"_s));
    QCOMPARE(kept.saved(), KeptArguments().saved());
}

GATEHOUSE_TEST(TestKeptArguments)
#include "tst_keptarguments.moc"
