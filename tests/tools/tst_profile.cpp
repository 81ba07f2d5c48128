// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "schema/schema.h"
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
    void fitsTheSchemaThatItVouchesFor_data();
    void fitsTheSchemaThatItVouchesFor();

private:
    static mcp::ToolResult call(const mcp::Caller &caller)
    {
        mcp::ToolResult result;
        tools::profileTool().handler({u"get-profile"_s, {}, caller}, [&](const mcp::ToolOutcome &given) {
            result = std::get<mcp::ToolResult>(given);
        });
        return result;
    }
    static QJsonObject profileOf(const mcp::Caller &caller)
    {
        return base::readJsonObject(call(caller).structuredText).value_or(QJsonObject());
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
    const QJsonObject profile = profileOf(caller);
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
    const QJsonObject profile = profileOf(caller);
    QVERIFY(!profile.contains(u"email"_s) && !profile.contains(u"emailVerified"_s)
            && !profile.contains(u"organizationId"_s));
    QVERIFY2(!profile[u"verified"_s].toBool(), "claims that nobody checked are called so");
}

void TestProfile::saysThatNobodyIsSignedIn()
{
    const mcp::ToolResult result = call({});
    QVERIFY(result.isError);
    QVERIFY(!result.structuredContent && result.structuredText.isEmpty());
}

void TestProfile::fitsTheSchemaThatItVouchesFor_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing but a name") << QString();
    QTest::newRow("all there can be") << u"text"_s;
    QTest::newRow("what JSON escapes") << u"a\"\\\n\r\u2028\u0000b"_s;
    QTest::newRow("half a surrogate pair") << QString(QChar(0xD800));
}

/// Nobody judges it any more when it is called.
void TestProfile::fitsTheSchemaThatItVouchesFor()
{
    QFETCH(const QString, text);
    mcp::Caller caller;
    caller.authenticated = true;
    caller.userId = u"user_1"_s;
    for (QString *place :
         {&caller.email, &caller.name, &caller.preferredUsername, &caller.firstName, &caller.lastName,
          &caller.picture, &caller.organizationId, &caller.sessionId, &caller.clientId})
        *place = text;
    caller.roles = caller.permissions = caller.scopes = {text};
    caller.expiresAt = text.isEmpty() ? 0 : 1'800'000'000;
    const auto schema = schema::Schema::compile(*tools::profileTool().outputSchema);
    QVERIFY(schema);
    const mcp::ToolResult result = call(caller);
    QVERIFY(result.isVouched);
    QVERIFY(!result.structuredText.contains('\n') && !result.structuredText.contains('\r'));
    const auto read = base::readJsonObject(result.structuredText);
    QVERIFY2(read, result.structuredText.constData());
    const auto judged = schema->judge(*read);
    QVERIFY2(judged.verdict == schema::Schema::Verdict::Valid, qPrintable(judged.text(u"profile"_s)));
}

GATEHOUSE_TEST(TestProfile)
#include "tst_profile.moc"
