// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/policy.h"
#include "base/json.h"
#include "endpoint/callerof.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

/// Who a tool sees for a token: the mapping of mcp-use's WorkOS provider.
class TestCallerOf : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mapsEachClaimAsMcpUseDoes();
    void leavesEmptyWhatAStockTokenLacks();
    void prefersOneNameToAnother_data();
    void prefersOneNameToAnother();
    void isNobodyWithoutASubject();

private:
    static mcp::Caller caller(const QByteArray &claims, bool verified = true)
    {
        return endpoint::callerOf(auth::principalOf(base::readJsonObject(claims).value(), verified, {}));
    }
};

void TestCallerOf::mapsEachClaimAsMcpUseDoes()
{
    const QByteArray claims
        = R"({"sub":"user_1","email":"ada@example.com","email_verified":true,"name":"Ada L","preferred_username":"ada",)"
          R"("first_name":"Ada","last_name":"Lovelace","picture":"https://p/1","roles":["admin","member"],)"
          R"("permissions":["a:read","a:write"],"org_id":"org_1","sid":"consent_1","scope":"openid  email",)"
          R"("client_id":"client_1","azp":"client_2","exp":1800000300,"urn:x":{"y":1}})";
    const mcp::Caller ada = caller(claims);
    QVERIFY(ada.authenticated && ada.verified);
    QCOMPARE(ada.userId, u"user_1"_s);
    QCOMPARE(ada.email, u"ada@example.com"_s);
    QVERIFY(ada.emailVerified);
    QCOMPARE(ada.name, u"Ada L"_s);
    QCOMPARE(ada.preferredUsername, u"ada"_s);
    QCOMPARE(ada.firstName, u"Ada"_s);
    QCOMPARE(ada.lastName, u"Lovelace"_s);
    QCOMPARE(ada.picture, u"https://p/1"_s);
    QCOMPARE(ada.roles, (QStringList{u"admin"_s, u"member"_s}));
    QCOMPARE(ada.permissions, (QStringList{u"a:read"_s, u"a:write"_s}));
    QCOMPARE(ada.organizationId, u"org_1"_s);
    QCOMPARE(ada.sessionId, u"consent_1"_s);
    QCOMPARE(ada.scopes, (QStringList{u"openid"_s, u"email"_s}));
    QCOMPARE(ada.clientId, u"client_1"_s);
    QCOMPARE(ada.expiresAt, 1800000300);
    QCOMPARE(ada.claims, base::readJsonObject(claims).value());
    QVERIFY(!caller(claims, false).verified);
}

void TestCallerOf::leavesEmptyWhatAStockTokenLacks()
{
    const mcp::Caller stock = caller(
        R"({"sub":"user_1","org_id":"org_1","organization_id":"org_2","role":"admin","given_name":"Ada"})");
    QVERIFY(stock.email.isEmpty() && stock.name.isEmpty() && stock.firstName.isEmpty()
            && stock.picture.isEmpty());
    QVERIFY(!stock.emailVerified);
    QVERIFY(stock.permissions.isEmpty() && stock.scopes.isEmpty() && stock.clientId.isEmpty());
    QCOMPARE(stock.organizationId, u"org_1"_s); // Never organization_id, which AuthKit does not issue.
    QCOMPARE(stock.roles, QStringList{u"admin"_s}); // Beyond mcp-use, which reads `roles` only.
}

void TestCallerOf::prefersOneNameToAnother_data()
{
    QTest::addColumn<QByteArray>("claims");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("client");
    QTest::newRow("a name and its parts")
        << R"({"sub":"u","name":"A B","first_name":"C","client_id":"c"})"_ba << u"A B"_s << u"c"_s;
    QTest::newRow("only the parts") << R"({"sub":"u","first_name":"A","last_name":"B","azp":"c"})"_ba
                                    << u"A B"_s << u"c"_s;
    QTest::newRow("only one part") << R"({"sub":"u","last_name":"B"})"_ba << u"B"_s << QString();
}

void TestCallerOf::prefersOneNameToAnother()
{
    QFETCH(QByteArray, claims);
    QTEST(caller(claims).name, "name");
    QTEST(caller(claims).clientId, "client");
}

void TestCallerOf::isNobodyWithoutASubject()
{
    QVERIFY(!caller("{}").authenticated);
    QVERIFY(!endpoint::callerOf({}).authenticated);
}

GATEHOUSE_TEST(TestCallerOf)
#include "tst_callerof.moc"
