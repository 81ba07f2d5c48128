// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/unit.h"
#include "web/scopes.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestScopes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAListInItsOrderAndEachOnce();
    void addsThoseThatAreNotThere();
};

void TestScopes::readsAListInItsOrderAndEachOnce()
{
    QCOMPARE(web::scopesOf(u" openid  email openid Email"_s),
             (QStringList{u"openid"_s, u"email"_s, u"Email"_s}));
    QVERIFY(web::scopesOf({}).isEmpty() && web::scopesOf(u" "_s).isEmpty());
}

void TestScopes::addsThoseThatAreNotThere()
{
    QStringList scopes{u"openid"_s, u"email"_s};
    web::addScopes(scopes, {u"profile"_s, u"openid"_s, u"profile"_s});
    QCOMPARE(scopes, (QStringList{u"openid"_s, u"email"_s, u"profile"_s}));
}

GATEHOUSE_TEST(TestScopes)
#include "tst_scopes.moc"
