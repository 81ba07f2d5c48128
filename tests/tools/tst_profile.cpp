// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/unit.h"
#include "tools/profile.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestProfile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhoTheVerifiedTokenNames();
    void leavesOutWhatTheTokenLacks();
    void saysThatNobodyIsSignedIn();

private:
    static mcp::ToolResult call(const mcp::Caller &caller)
    {
        mcp::ToolResult result;
        tools::profileTool().handler({u"get-profile"_s, {}, caller}, [&](const mcp::ToolOutcome &given) {
            result = std::get<mcp::ToolResult>(given);
        });
        return result;
    }
};

void TestProfile::saysWhoTheVerifiedTokenNames()
{
    mcp::Caller caller;
    caller.authenticated = caller.verified = true;
    caller.userId = u"user_1"_s;
    caller.email = u"ada@example.com"_s;
    caller.emailVerified = true;
    caller.name = u"Ada"_s;
    caller.organizationId = u"org_1"_s;
    caller.roles = {u"admin"_s};
    caller.permissions = {u"documents:read"_s};
    caller.scopes = {u"openid"_s, u"email"_s};
    const QJsonObject profile = call(caller).structuredContent.value().toObject();
    QCOMPARE(profile,
             QJsonObject({{u"userId"_s, u"user_1"_s},
                          {u"verified"_s, true},
                          {u"email"_s, u"ada@example.com"_s},
                          {u"emailVerified"_s, true},
                          {u"name"_s, u"Ada"_s},
                          {u"organizationId"_s, u"org_1"_s},
                          {u"roles"_s, QJsonArray({u"admin"_s})},
                          {u"permissions"_s, QJsonArray({u"documents:read"_s})},
                          {u"scopes"_s, QJsonArray({u"openid"_s, u"email"_s})}}));
}

void TestProfile::leavesOutWhatTheTokenLacks()
{
    mcp::Caller caller;
    caller.authenticated = true;
    caller.userId = u"user_1"_s;
    const QJsonObject profile = call(caller).structuredContent.value().toObject();
    QVERIFY(!profile.contains(u"email"_s) && !profile.contains(u"emailVerified"_s)
            && !profile.contains(u"organizationId"_s));
    QVERIFY2(!profile[u"verified"_s].toBool(), "claims that nobody checked are called so");
}

void TestProfile::saysThatNobodyIsSignedIn()
{
    const mcp::ToolResult result = call({});
    QVERIFY(result.isError);
    QVERIFY(!result.structuredContent);
}

GATEHOUSE_TEST(TestProfile)
#include "tst_profile.moc"
