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
};

void TestScopes::readsAListInItsOrderAndEachOnce()
{
    QCOMPARE(web::scopesOf(u" openid  email openid Email"_s),
             (QStringList{u"openid"_s, u"email"_s, u"Email"_s}));
    QVERIFY(web::scopesOf({}).isEmpty() && web::scopesOf(u" "_s).isEmpty());
}

GATEHOUSE_TEST(TestScopes)
#include "tst_scopes.moc"
