// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/accessrules.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestAccessRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsRulesOfTools();
    void readsWhichScopesIncludeOthers();
    void saysWhatIsNoRule_data();
    void saysWhatIsNoRule();
    void saysWhatIncludesNothing_data();
    void saysWhatIncludesNothing();
};

void TestAccessRules::readsRulesOfTools()
{
    const auto rules = host::readToolRules({u"get-profile  scope=email scope=a:b permission=p=q"_s,
                                            u" delete organization=org_1"_s,
                                            u"get-profile scope=email scope=c organization=org_2"_s});
    QVERIFY(rules);
    QCOMPARE(rules->size(), 2);
    QCOMPARE(rules->value(u"get-profile"_s),
             (base::AccessRequirements{{u"email"_s, u"a:b"_s, u"c"_s}, {u"p=q"_s}, {u"org_2"_s}}));
    QCOMPARE(rules->value(u"delete"_s), (base::AccessRequirements{{}, {}, {u"org_1"_s}}));
    QVERIFY(host::readToolRules({})->isEmpty());
}

void TestAccessRules::readsWhichScopesIncludeOthers()
{
    const auto hierarchy
        = host::readScopeHierarchy({u"write read list"_s, u"write more"_s, u"admin write"_s});
    QVERIFY(hierarchy);
    QCOMPARE(hierarchy->value(u"write"_s), (QStringList{u"read"_s, u"list"_s, u"more"_s}));
    QCOMPARE(hierarchy->value(u"admin"_s), QStringList{u"write"_s});
}

void TestAccessRules::saysWhatIsNoRule_data()
{
    QTest::addColumn<QString>("line");
    QTest::newRow("empty") << QString();
    QTest::newRow("only a tool") << u"get-profile"_s;
    QTest::newRow("a word without a sign") << u"get-profile email"_s;
    QTest::newRow("an unknown condition") << u"get-profile role=admin"_s;
    QTest::newRow("in capitals") << u"get-profile SCOPE=email"_s;
    QTest::newRow("nothing behind the sign") << u"get-profile scope="_s;
    QTest::newRow("nothing before it") << u"get-profile =email"_s;
    QTest::newRow("a quote") << u"get-profile scope=\"email\""_s;
    QTest::newRow("beyond ASCII") << u"get-profile scope=é"_s;
}

void TestAccessRules::saysWhatIsNoRule()
{
    QFETCH(QString, line);
    const auto rules = host::readToolRules({u"other scope=a"_s, line});
    QVERIFY(!rules);
    QVERIFY(rules.error().contains(line.section(u' ', -1)));
}

void TestAccessRules::saysWhatIncludesNothing_data()
{
    QTest::addColumn<QString>("line");
    QTest::newRow("empty") << QString();
    QTest::newRow("one scope") << u"write"_s;
    QTest::newRow("a quote") << u"write \"read\""_s;
}

void TestAccessRules::saysWhatIncludesNothing()
{
    QFETCH(QString, line);
    QVERIFY(!host::readScopeHierarchy({line}));
}

GATEHOUSE_TEST(TestAccessRules)
#include "tst_accessrules.moc"
