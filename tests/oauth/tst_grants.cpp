// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/dpop.h"
#include "oauth/flowrun.h"
#include "support/pem.h"
#include "support/unit.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <utility>

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
    void leavesAKeptSignInAlone_data();
    void leavesAKeptSignInAlone();
    void takesNoTokenThatIsNotBound();

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
    for (const auto &[grant, hasKey] :
         {std::pair(Grant::JwtBearer, false), std::pair(Grant::ClientCredentials, false),
          std::pair(Grant::ClientCredentials, true), std::pair(Grant::Enterprise, false)}) {
        FlowSettings settings = settingsFor(grant, server);
        settings.issuer.clear();
        if (hasKey || grant == Grant::Enterprise)
            settings.clientSecret.clear();
        if (hasKey)
            settings.clientKey = keys::SigningKey::fromPem(test::pem::p256, u"ES256"_s).value();
        if (grant == Grant::Enterprise) {
            settings.idToken = "i.d.t";
            settings.idpTokenEndpoint = QUrl(QString(server.origin() + u"/token"_s));
        }
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

void TestGrants::leavesAKeptSignInAlone_data()
{
    QTest::addColumn<bool>("isBound");
    QTest::newRow("of a person, in a run with tokens that are bound") << true;
    QTest::newRow("of a person, in a run of a program with the same client") << false;
}

/// The token of the run is refused in its middle, so that its refresh token is tried.
void TestGrants::leavesAKeptSignInAlone()
{
    QFETCH(const bool, isBound);
    ScriptedServer server;
    base::MemorySecretStore kept;
    Run first(server, {}, &kept);
    QVERIFY(first.toTheEnd());
    const QString key = tokensKey(server.origin(), server.mcp(), u"client_1"_s);
    const auto read = [&] {
        std::optional<QByteArray> found;
        bool hasCome = false;
        kept.read(key, [&](const std::optional<QByteArray> &bytes) {
            found = bytes;
            hasCome = true;
        });
        (void)QTest::qWaitFor([&hasCome] { return hasCome; });
        return found;
    };
    const auto before = read();
    QVERIFY(before);
    int given = 0;
    server.odd.insert("/token", [&](const http::Request &) {
        server.token = "run-" + QByteArray::number(++given);
        return ScriptedServer::json({{u"access_token"_s, QString::fromLatin1(server.token)},
                                     {u"refresh_token"_s, u"refresh-of-the-run"_s},
                                     {u"token_type"_s, isBound ? u"DPoP"_s : u"Bearer"_s}});
    });
    bool isRefused = false;
    server.before = [&](const QString &method) {
        if (method == "tools/list"_L1 && !std::exchange(isRefused, true))
            server.token = "nobody's";
    };
    FlowSettings settings;
    QTemporaryDir locks;
    settings.lockFolder = locks.path();
    if (isBound) {
        settings.dpopKey = makeDpopKey().value();
    } else {
        settings = settingsFor(Grant::ClientCredentials, server);
        settings.clientId = u"client_1"_s;
    }
    server.asked.clear();
    Run second(server, settings, &kept);
    QVERIFY(second.toTheEnd());
    QVERIFY2(!second.flow.failure(), second.why().constData());
    QCOMPARE(server.count("/token"), isBound ? 3 : 2); // A kept registration is probed first.
    QCOMPARE(ScriptedServer::field(server.tokenBody, "refresh_token"), "refresh-of-the-run"_ba);
    QCOMPARE(read(), before);
    QVERIFY(QDir(locks.path()).entryList(QDir::Files).isEmpty());
}

void TestGrants::takesNoTokenThatIsNotBound()
{
    ScriptedServer server; // It knows no DPoP.
    FlowSettings settings;
    settings.dpopKey = makeDpopKey().value();
    Run run(server, settings);
    QVERIFY(run.toTheEnd());
    QVERIFY(run.flow.failure());
    QCOMPARE(run.flow.failure()->code, FailureCode::NotBound);
}

GATEHOUSE_TEST(TestGrants)
#include "tst_grants.moc"
