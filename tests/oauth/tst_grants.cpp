// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/flowrun.h"
#include "support/pem.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::oauth;
using namespace Qt::StringLiterals;

/// Runs in which nobody signs in.
class TestGrants : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void callsInAProgramsName_data();
    void callsInAProgramsName();
    void goesByWayOfTheIdentityProvider();
    void givesUpAtTheFirstRefusal();
    void givesNoAssertionToAServerThatNobodyNamed();
    void asksAgainForMoreScopes();

private:
    /// No PKCE and nowhere to sign in, as servers for programs are.
    static void forPrograms(ScriptedServer &server)
    {
        QJsonObject document = server.serverDocument();
        document.remove(u"authorization_endpoint"_s);
        document.remove(u"code_challenge_methods_supported"_s);
        document.remove(u"registration_endpoint"_s);
        server.odd.insert("/.well-known/oauth-authorization-server",
                          [document](const http::Request &) { return ScriptedServer::json(document); });
        server.odd.insert("/token", [&server](const http::Request &) { return given(server.token); });
    }
    static http::Response given(const QByteArray &token)
    {
        return ScriptedServer::json(
            {{u"access_token"_s, QString::fromLatin1(token)}, {u"token_type"_s, u"Bearer"_s}});
    }
    static FlowSettings settingsFor(Grant grant, const ScriptedServer &server)
    {
        FlowSettings settings;
        settings.grant = grant;
        settings.issuer = server.origin();
        if (grant == Grant::JwtBearer) {
            settings.assertion = "a.b.c";
            return settings;
        }
        settings.clientId = u"c"_s;
        settings.clientSecret = u"s"_s;
        return settings;
    }
};

void TestGrants::callsInAProgramsName_data()
{
    QTest::addColumn<Grant>("grant");
    QTest::addColumn<bool>("hasKey");
    QTest::addColumn<QByteArray>("type");
    QTest::newRow("client credentials with a secret")
        << Grant::ClientCredentials << false << "client_credentials"_ba;
    QTest::newRow("client credentials with a key")
        << Grant::ClientCredentials << true << "client_credentials"_ba;
    QTest::newRow("an assertion") << Grant::JwtBearer << false
                                  << "urn:ietf:params:oauth:grant-type:jwt-bearer"_ba;
}

void TestGrants::callsInAProgramsName()
{
    QFETCH(const Grant, grant);
    QFETCH(const bool, hasKey);
    QFETCH(const QByteArray, type);
    ScriptedServer server;
    forPrograms(server);
    FlowSettings settings = settingsFor(grant, server);
    if (hasKey) {
        settings.clientSecret.clear();
        settings.clientKey = keys::SigningKey::fromPem(test::pem::p256, u"ES256"_s).value();
    }
    base::MemorySecretStore kept;
    for (int i = 0; i < 2; ++i) { // Nothing is kept: a second run asks again.
        server.asked.clear();
        Run run(server, settings, &kept);
        QVERIFY(run.toTheEnd());
        QVERIFY2(!run.flow.failure(), run.why().constData());
        QCOMPARE(resultText(run.flow.result()), u"Ada"_s);
        QCOMPARE(run.step(StepId::Authorize).state, StepState::Skipped);
        QCOMPARE(run.step(StepId::Token).state, StepState::Done);
        QVERIFY(run.step(StepId::Token).title != titleOf(StepId::Token));
        QCOMPARE(server.count("/token"), 1);
        QCOMPARE(server.count("/register") + server.count("/authorize"), 0);
        QCOMPARE(ScriptedServer::field(server.tokenBody, "grant_type"), type);
        QCOMPARE(ScriptedServer::field(server.tokenBody, "scope"), "mcp"_ba);
        QCOMPARE(server.tokenBody.contains("client_assertion="), hasKey);
        for (const Leg &leg : run.step(StepId::Token).legs)
            QVERIFY2(!leg.sent.contains(u"a.b.c"_s) && !leg.sent.contains(u"eyJ"_s), qPrintable(leg.sent));
    }
}

void TestGrants::goesByWayOfTheIdentityProvider()
{
    ScriptedServer server;
    forPrograms(server);
    ScriptedServer provider;
    provider.odd.insert("/token", [](const http::Request &) {
        return ScriptedServer::json({{u"access_token"_s, u"id.jag.x"_s},
                                     {u"issued_token_type"_s, u"urn:ietf:params:oauth:token-type:id-jag"_s},
                                     {u"token_type"_s, u"N_A"_s}});
    });
    FlowSettings settings = settingsFor(Grant::Enterprise, server);
    settings.idToken = "i.d.t";
    settings.idpTokenEndpoint = QUrl(QString(provider.origin() + u"/token"_s));
    Run run(server, settings);
    QVERIFY(run.toTheEnd());
    QVERIFY2(!run.flow.failure(), run.why().constData());
    QCOMPARE(ScriptedServer::field(provider.tokenBody, "subject_token"), "i.d.t"_ba);
    QCOMPARE(ScriptedServer::field(server.tokenBody, "assertion"), "id.jag.x"_ba);
    QCOMPARE(run.step(StepId::Authorize).state, StepState::Done);
    QCOMPARE(run.step(StepId::Authorize).title, u"Exchange the ID token"_s);
    QVERIFY(!server.tokenBody.contains("i.d.t"));
}

void TestGrants::givesUpAtTheFirstRefusal()
{
    ScriptedServer server;
    forPrograms(server);
    server.odd.insert("/token", [](const http::Request &) {
        return ScriptedServer::json({{u"error"_s, u"invalid_grant"_s}}, 400);
    });
    Run run(server, settingsFor(Grant::JwtBearer, server));
    QVERIFY(run.toTheEnd());
    QVERIFY(run.flow.failure());
    QCOMPARE(run.flow.failure()->code, FailureCode::TokenRefused);
    QCOMPARE(server.count("/token"), 1);
}

void TestGrants::givesNoAssertionToAServerThatNobodyNamed()
{
    ScriptedServer server;
    forPrograms(server);
    for (const Grant grant : {Grant::JwtBearer, Grant::ClientCredentials}) {
        FlowSettings settings = settingsFor(grant, server);
        settings.issuer.clear();
        Run run(server, settings);
        QVERIFY(run.toTheEnd());
        QVERIFY(run.flow.failure());
        QCOMPARE(run.flow.failure()->code, FailureCode::SecretElsewhere);
        QCOMPARE(server.count("/token"), 0);
    }
}

void TestGrants::asksAgainForMoreScopes()
{
    ScriptedServer server;
    forPrograms(server);
    server.odd.insert("/token", [&server](const http::Request &request) {
        const QByteArray scope = ScriptedServer::field(request.body, "scope");
        server.authorizeQuery = "scope=" + scope; // What it looks at for a call.
        return given(server.token);
    });
    server.neededScope = "write";
    Run run(server, settingsFor(Grant::ClientCredentials, server));
    QVERIFY(run.toTheEnd());
    QVERIFY2(!run.flow.failure(), run.why().constData());
    QCOMPARE(server.count("/token"), 2);
    QCOMPARE(ScriptedServer::field(server.tokenBody, "scope"), "mcp write"_ba);
}

GATEHOUSE_TEST(TestGrants)
#include "tst_grants.moc"
