// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/flowrun.h"
#include "oauth/trust.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::oauth;
using namespace Qt::StringLiterals;

namespace {

/// An authorization server that an MCP server named: where its endpoints lie.
AuthorizationServer serverAt(const QString &issuer, const QString &authorize, const QString &token,
                             const QString &registration = {})
{
    AuthorizationServer server;
    server.issuer = issuer;
    server.authorizationEndpoint = QUrl(authorize);
    server.tokenEndpoint = QUrl(token);
    server.registrationEndpoint = QUrl(registration);
    return server;
}

const QString honest = u"https://honest.example"_s;
const QString evil = u"https://evil.example"_s;

} // namespace

/// Codes, verifiers and secrets go to the issuer that they belong to, or to nobody.
class TestTrust : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comparesOrigins_data();
    void comparesOrigins();
    void doubts_data();
    void doubts();
    void keepsWhatWasSaid();
    void borrowsNobodysSignInPage();
    void goesOnByTheUsersWordAndKeepsIt();
    void givesASecretOnlyToTheIssuerThatWasNamed_data();
    void givesASecretOnlyToTheIssuerThatWasNamed();
    void showsNoGivenClientToTheIssuerOfAKeptSignIn_data();
    void showsNoGivenClientToTheIssuerOfAKeptSignIn();
    void bindsAGivenClientToItsFirstIssuer();
    void bindsNothingBeforeAnAnswerHasCome();
    void forgetsWhatWasSaid();
    void knowsOfTrustWhereASignInIsKept();
    void keepsWhatAnotherRunLearntMeanwhile();
    void takesNoOtherIssuerThanTheOneNamed();
    void answersEachIssuerUnderAPathOfItsOwn();
    void followsNoRedirectIntoAnotherSignIn_data();
    void followsNoRedirectIntoAnotherSignIn();
};

void TestTrust::comparesOrigins_data()
{
    QTest::addColumn<AuthorizationServer>("server");
    QTest::addColumn<QStringList>("elsewhere");
    const auto row = [](const char *name, const AuthorizationServer &server, const QStringList &elsewhere) {
        QTest::addRow("%s", name) << server << elsewhere;
    };
    row("all at the issuer", serverAt(honest, honest + u"/a"_s, honest + u"/t"_s, honest + u"/r"_s), {});
    row("an issuer with a path", serverAt(honest + u"/x"_s, honest + u"/y/a"_s, honest + u"/t"_s), {});
    row("the scheme's own port written out", serverAt(honest, honest + u":443/a"_s, honest + u"/t"_s), {});
    row("capitals in the host", serverAt(honest, u"https://HONEST.example/a"_s, honest + u"/t"_s), {});
    row("another port", serverAt(honest, honest + u":8443/a"_s, honest + u"/t"_s),
        {u"https://honest.example:8443"_s});
    row("another scheme",
        serverAt(u"https://127.0.0.1:1"_s, u"http://127.0.0.1:1/a"_s, u"https://127.0.0.1:1/t"_s),
        {u"http://127.0.0.1:1"_s});
    row("a name below", serverAt(honest, u"https://login.honest.example/a"_s, honest + u"/t"_s),
        {u"https://login.honest.example"_s});
    row("a borrowed sign-in page", serverAt(evil, honest + u"/a"_s, evil + u"/t"_s), {honest});
    row("a foreign token endpoint", serverAt(honest, honest + u"/a"_s, evil + u"/t"_s), {evil});
    row("a foreign registration", serverAt(honest, honest + u"/a"_s, honest + u"/t"_s, evil + u"/r"_s),
        {evil});
    row("two of one", serverAt(evil, honest + u"/a"_s, honest + u"/t"_s), {honest});
    row("IPv6", serverAt(u"http://[::1]:1"_s, u"http://[::1]:2/a"_s, u"http://[::1]:1/t"_s),
        {u"http://[::1]:2"_s});
}

void TestTrust::comparesOrigins()
{
    QFETCH(AuthorizationServer, server);
    QTEST(originsElsewhere(server), "elsewhere");
}

void TestTrust::doubts_data()
{
    QTest::addColumn<AuthorizationServer>("server");
    QTest::addColumn<Trust>("said");
    QTest::addColumn<Stake>("stake");
    QTest::addColumn<QString>("doubt"); // Empty: none.
    const AuthorizationServer plain = serverAt(honest, honest + u"/a"_s, honest + u"/t"_s);
    const AuthorizationServer borrowed = serverAt(evil, honest + u"/a"_s, evil + u"/t"_s);
    const Stake none;
    const Stake client{u"client_1"_s, false};
    const Stake secret{u"client_1"_s, true};
    const auto row
        = [](const char *name, const AuthorizationServer &server, const Trust &said, const Stake &stake,
             const QString &doubt) { QTest::addRow("%s", name) << server << said << stake << doubt; };
    row("a registration at the issuer", plain, {}, none, {});
    row("a given client, nothing said yet", plain, {}, client, {});
    row("a given client of this issuer", plain, {honest, {}, true}, client, {});
    row("a given client that was shown to this issuer", plain, {honest, {}, false}, client, {});
    row("a given client of another issuer", plain, {evil, {}, true}, client, u"belongs to https://evil"_s);
    row("a given client that was shown to another issuer", plain, {evil, {}, false}, client,
        u"belongs to https://evil"_s);
    row("a secret, nothing said yet", plain, {}, secret, u"a secret, or what is signed for it"_s);
    row("a secret of this issuer", plain, {honest, {}, true}, secret, {});
    row("a secret of a client that was shown to this issuer", plain, {honest, {}, false}, secret,
        u"a secret, or what is signed for it"_s);
    row("a secret of another issuer", plain, {evil, {}, true}, secret, u"belongs to https://evil"_s);
    row("a secret of the issuer with a slash", plain, {honest + u'/', {}, true}, secret, u"belongs to"_s);
    row("endpoints elsewhere", borrowed, {}, none, u"elsewhere: https://honest.example"_s);
    row("endpoints elsewhere, which was said", borrowed, {evil, {honest}, true}, none, {});
    row("endpoints elsewhere, and the issuer alone was said", borrowed, {evil, {}, true}, none,
        u"elsewhere"_s);
    row("endpoints elsewhere, and others were said", borrowed, {evil, {u"https://x.example"_s}, true}, none,
        u"elsewhere"_s);
    row("endpoints elsewhere, said of another issuer", borrowed, {honest, {honest}, true}, none,
        u"elsewhere"_s);
    row("a secret and endpoints elsewhere", borrowed, {}, secret, u"elsewhere"_s);
}

void TestTrust::doubts()
{
    QFETCH(AuthorizationServer, server);
    QFETCH(Trust, said);
    QFETCH(Stake, stake);
    QFETCH(QString, doubt);
    const auto found = doubtOf(server, said, stake);
    QCOMPARE(found.has_value(), !doubt.isEmpty());
    if (!found)
        return;
    QCOMPARE(found->reason, Failure::Reason::IssuerNotNamed);
    QVERIFY2(found->text.contains(doubt), qPrintable(found->text));
    QVERIFY2(found->remedy.contains(u"say so"_s), qPrintable(found->remedy));
}

void TestTrust::keepsWhatWasSaid()
{
    const Trust trust{honest, {evil, u"https://x.example"_s}, true};
    QCOMPARE(readTrust(writeTrust(trust)), trust);
    QCOMPARE(readTrust("[]"), Trust());
    QCOMPARE(readTrust("{\"issuer\":1,\"origins\":[2]}").issuer, QString());
    QVERIFY(trustKey(u"a"_s, {}) != trustKey(u"b"_s, {}));
    QCOMPARE(trustKey(u"a"_s, u"c"_s), trustKey(u"b"_s, u"c"_s)); // A client belongs to one issuer.
    QVERIFY(trustKey({}, u"c"_s) != trustKey(u"c"_s, {}));
}

/// RFC 9700 §4.4: the code would go to the wrong server, and the verifier with it.
void TestTrust::borrowsNobodysSignInPage()
{
    ScriptedServer honestServer;
    ScriptedServer hostile;
    QJsonObject document = hostile.serverDocument();
    document.insert(u"authorization_endpoint"_s, honestServer.origin() + u"/authorize"_s);
    hostile.odd.insert("/.well-known/oauth-authorization-server",
                       [document](const http::Request &) { return ScriptedServer::json(document); });
    FlowSettings settings;
    bool isOpened = false;
    settings.opener = [&isOpened](const QUrl &) { return isOpened = true; };
    Run run(hostile, settings);
    QVERIFY(run.toTheEnd());
    QVERIFY(run.flow.failure());
    QCOMPARE(run.flow.current(), int(StepId::Client));
    QCOMPARE(run.flow.failure()->reason, Failure::Reason::IssuerNotNamed);
    QVERIFY2(run.why().contains(honestServer.origin().toUtf8()), run.why().constData());
    QVERIFY(!isOpened);
    QCOMPARE(hostile.count("/register"), 0);
    QCOMPARE(honestServer.count("/authorize"), 0);
}

void TestTrust::goesOnByTheUsersWordAndKeepsIt()
{
    ScriptedServer pages; // A sign-in page on a host of its own, as some have it.
    ScriptedServer server;
    pages.odd.insert("/authorize", [&server](const http::Request &request) {
        server.authorizeQuery = request.query;
        return ScriptedServer::redirect(ScriptedServer::back(request, "code=c%2Bd"));
    });
    QJsonObject document = server.serverDocument();
    document.insert(u"authorization_endpoint"_s, pages.origin() + u"/authorize"_s);
    server.odd.insert("/.well-known/oauth-authorization-server",
                      [&document](const http::Request &) { return ScriptedServer::json(document); });
    base::MemorySecretStore kept;
    FlowSettings settings;
    settings.useKept = false;
    Run first(server, settings, &kept);
    QVERIFY(first.toTheEnd());
    QVERIFY(first.flow.failure());
    first.flow.trustTheIssuer();
    QCOMPARE(first.flow.retryFrom(StepId::Client), StepId::Client);
    first.finished.clear();
    QVERIFY(first.toTheEnd());
    QVERIFY2(!first.flow.failure(), first.why().constData());
    Run second(server, settings, &kept);
    QVERIFY(second.toTheEnd());
    QVERIFY2(!second.flow.failure(), second.why().constData());
    // What was not there when the user said yes is asked about again.
    document.insert(u"token_endpoint"_s, pages.origin().replace(u"127.0.0.1"_s, u"localhost"_s));
    Run third(server, settings, &kept);
    QVERIFY(third.toTheEnd());
    QVERIFY(third.flow.failure());
    QCOMPARE(third.flow.failure()->reason, Failure::Reason::IssuerNotNamed);
    // An issuer that is named stands for its endpoints.
    document = server.serverDocument();
    document.insert(u"authorization_endpoint"_s, pages.origin() + u"/authorize"_s);
    settings.issuer = server.origin();
    Run named(server, settings);
    QVERIFY(named.toTheEnd());
    QVERIFY2(!named.flow.failure(), named.why().constData());
}

void TestTrust::givesASecretOnlyToTheIssuerThatWasNamed_data()
{
    QTest::addColumn<bool>("isNamed");
    QTest::addColumn<bool>("wasShown"); // The client alone, to the same server.
    QTest::newRow("nobody was named") << false << false;
    QTest::newRow("nobody was named, and the client alone was shown to it") << false << true;
    QTest::newRow("this one was named") << true << false;
}

void TestTrust::givesASecretOnlyToTheIssuerThatWasNamed()
{
    QFETCH(bool, isNamed);
    ScriptedServer server;
    QFETCH(bool, wasShown);
    base::MemorySecretStore kept;
    FlowSettings settings;
    settings.clientId = u"client_1"_s;
    settings.useKept = false;
    if (wasShown) {
        Run alone(server, settings, &kept);
        QVERIFY(alone.toTheEnd());
        QVERIFY2(!alone.flow.failure(), alone.why().constData());
        server.asked.clear();
    }
    settings.clientSecret = u"s3cret"_s;
    settings.issuer = isNamed ? server.origin() : QString();
    Run run(server, settings, &kept);
    QVERIFY(run.toTheEnd());
    QCOMPARE(!run.flow.failure(), isNamed);
    QCOMPARE(server.count("/token"), isNamed ? 1 : 0);
    if (!isNamed)
        return;
    // Said once, it is kept: the same client and server need no second word.
    settings.issuer.clear();
    settings.useKept = false;
    Run again(server, settings, &kept);
    QVERIFY(again.toTheEnd());
    QVERIFY2(!again.flow.failure(), again.why().constData());
}

void TestTrust::showsNoGivenClientToTheIssuerOfAKeptSignIn_data()
{
    QTest::addColumn<bool>("hasSecret");
    QTest::addColumn<bool>("isBoundElsewhere");
    QTest::addColumn<bool>("isNamed");
    QTest::newRow("with its secret") << true << false << false;
    QTest::newRow("with its secret, which belongs to another issuer") << true << true << false;
    QTest::newRow("without it, and it belongs to another issuer") << false << true << false;
    QTest::newRow("with its secret, and the issuer is named") << true << false << true;
}

/// A hostile server registers its client under an id that it knows to be the user's elsewhere, and as one
/// with a secret: the sign-in that is kept for its address would then be refreshed with that secret.
void TestTrust::showsNoGivenClientToTheIssuerOfAKeptSignIn()
{
    QFETCH(bool, hasSecret);
    QFETCH(bool, isBoundElsewhere);
    QFETCH(bool, isNamed);
    ScriptedServer hostile;
    hostile.odd.insert("/register", [](const http::Request &) {
        return ScriptedServer::json({{u"client_id"_s, u"client_1"_s},
                                     {u"client_secret"_s, u"theirs"_s},
                                     {u"token_endpoint_auth_method"_s, u"client_secret_basic"_s}},
                                    201);
    });
    base::MemorySecretStore kept;
    Run registered(hostile, {}, &kept);
    QVERIFY(registered.toTheEnd());
    QVERIFY2(!registered.flow.failure(), registered.why().constData());
    if (isBoundElsewhere)
        kept.write(trustKey({}, u"client_1"_s), writeTrust({u"https://honest.example"_s, {}, true}),
                   [](bool) {});
    hostile.asked.clear();
    FlowSettings settings;
    settings.clientId = u"client_1"_s;
    settings.clientSecret = hasSecret ? u"s3cret"_s : QString();
    settings.issuer = isNamed ? hostile.origin() : QString();
    Run run(hostile, settings, &kept);
    run.laterMs = 3'600'000;
    QVERIFY(run.toTheEnd());
    QCOMPARE(hostile.count("/token") > 0, isNamed);
    if (!isNamed) {
        QVERIFY(run.flow.failure());
        QCOMPARE(run.flow.failure()->reason, Failure::Reason::IssuerNotNamed);
    }
}

/// A first address that was mistyped shall not claim the client.
void TestTrust::bindsNothingBeforeAnAnswerHasCome()
{
    base::MemorySecretStore kept;
    FlowSettings settings;
    settings.clientId = u"client_1"_s;
    settings.useKept = false;
    {
        ScriptedServer mistyped;
        mistyped.odd.insert("/authorize", [](const http::Request &) { return http::jsonResponse(500, {}); });
        Run run(mistyped, settings, &kept);
        QVERIFY(run.toTheEnd());
        QVERIFY(run.flow.failure());
        QVERIFY(!run.flow.hasTrust());
    }
    ScriptedServer right;
    Run run(right, settings, &kept);
    QVERIFY(run.toTheEnd());
    QVERIFY2(!run.flow.failure(), run.why().constData());
    QVERIFY(run.flow.hasTrust());
}

void TestTrust::forgetsWhatWasSaid()
{
    ScriptedServer server;
    base::MemorySecretStore kept;
    FlowSettings settings;
    settings.clientId = u"client_1"_s;
    settings.clientSecret = u"s3cret"_s;
    settings.issuer = server.origin();
    settings.useKept = false;
    Run named(server, settings, &kept);
    QVERIFY(named.toTheEnd());
    QVERIFY2(!named.flow.failure(), named.why().constData());
    settings.issuer.clear();
    Run known(server, settings, &kept);
    QVERIFY(known.toTheEnd());
    QVERIFY2(!known.flow.failure(), known.why().constData());
    QVERIFY(known.flow.hasTrust());
    int forgotten = 0;
    known.flow.forget({false, false, false, false, true}, [&] { ++forgotten; });
    QTRY_COMPARE(forgotten, 1);
    QVERIFY(!known.flow.hasTrust());
    Run again(server, settings, &kept);
    QVERIFY(again.toTheEnd());
    QVERIFY(again.flow.failure());
    QCOMPARE(again.flow.failure()->reason, Failure::Reason::IssuerNotNamed);
    // So does this one, from whichever step it goes on.
    server.asked.clear();
    QCOMPARE(known.flow.retryFrom(StepId::Authorize), StepId::Client);
    known.finished.clear();
    QVERIFY(known.toTheEnd());
    QCOMPARE(server.count("/authorize"), 0);
}

void TestTrust::knowsOfTrustWhereASignInIsKept()
{
    ScriptedServer server;
    base::MemorySecretStore kept;
    FlowSettings settings;
    settings.clientId = u"client_1"_s;
    settings.issuer = server.origin();
    Run named(server, settings, &kept);
    QVERIFY(named.toTheEnd());
    settings.issuer.clear();
    Run again(server, settings, &kept);
    QVERIFY(again.toTheEnd());
    QVERIFY2(!again.flow.failure(), again.why().constData());
    QCOMPARE(server.count("/authorize"), 1); // The kept sign-in was used.
    QVERIFY(again.flow.hasTrust());
    bool isForgotten = false;
    again.flow.forget({false, false, false, false, true}, [&] { isForgotten = true; });
    QTRY_VERIFY(isForgotten);
    // It rested on that trust.
    Run anew(server, settings, &kept);
    QVERIFY(anew.toTheEnd());
    QVERIFY(!anew.flow.hasTrust() || server.count("/authorize") == 2);
    // Whoever belongs to another is known to be so, too.
    kept.write(trustKey({}, u"client_1"_s), writeTrust({u"https://honest.example"_s, {}, true}), [](bool) {});
    settings.useKept = false;
    Run foreign(server, settings, &kept);
    QVERIFY(foreign.toTheEnd());
    QVERIFY(foreign.flow.failure());
    QVERIFY(foreign.flow.hasTrust());
}

void TestTrust::keepsWhatAnotherRunLearntMeanwhile()
{
    ScriptedServer server;
    base::MemorySecretStore kept;
    const Trust honest{u"https://honest.example"_s, {}, true};
    server.odd.insert("/authorize", [&](const http::Request &request) {
        kept.write(trustKey({}, u"client_1"_s), writeTrust(honest), [](bool) {});
        return ScriptedServer::redirect(ScriptedServer::back(request, "code=c%2Bd"));
    });
    FlowSettings settings;
    settings.clientId = u"client_1"_s;
    settings.useKept = false;
    Run run(server, settings, &kept);
    QVERIFY(run.toTheEnd());
    QVERIFY(run.flow.failure());
    QCOMPARE(run.flow.failure()->reason, Failure::Reason::IssuerNotNamed);
    QCOMPARE(server.count("/token"), 0);
    std::optional<QByteArray> stored;
    kept.read(trustKey({}, u"client_1"_s), [&](const std::optional<QByteArray> &found) { stored = found; });
    QTRY_COMPARE(stored, writeTrust(honest));
}

void TestTrust::bindsAGivenClientToItsFirstIssuer()
{
    ScriptedServer first;
    ScriptedServer second;
    base::MemorySecretStore kept;
    FlowSettings settings;
    settings.clientId = u"client_1"_s;
    settings.useKept = false;
    Run good(first, settings, &kept);
    QVERIFY(good.toTheEnd());
    QVERIFY2(!good.flow.failure(), good.why().constData());
    QJsonObject document = first.resourceDocument();
    document.insert(u"authorization_servers"_s, QJsonArray({second.origin()}));
    first.odd.insert("/.well-known/oauth-protected-resource/mcp",
                     [document](const http::Request &) { return ScriptedServer::json(document); });
    Run moved(first, settings, &kept);
    QVERIFY(moved.toTheEnd());
    QVERIFY(moved.flow.failure());
    QVERIFY2(moved.why().contains("belongs to " + first.origin().toUtf8()), moved.why().constData());
    QCOMPARE(second.count("/authorize"), 0);
    // Another MCP server with an issuer of its own could lead to the honest one's sign-in.
    ScriptedServer third;
    Run elsewhere(third, settings, &kept);
    QVERIFY(elsewhere.toTheEnd());
    QVERIFY(elsewhere.flow.failure());
    QCOMPARE(elsewhere.flow.failure()->reason, Failure::Reason::IssuerNotNamed);
    QCOMPARE(third.count("/authorize"), 0);
}

void TestTrust::takesNoOtherIssuerThanTheOneNamed()
{
    ScriptedServer server;
    FlowSettings settings;
    settings.issuer = server.origin() + u'/';
    Run run(server, settings);
    QVERIFY(run.toTheEnd());
    QVERIFY(run.flow.failure());
    QCOMPARE(run.flow.current(), int(StepId::Resource));
    QVERIFY2(run.why().contains("names the authorization server " + server.origin().toUtf8()),
             run.why().constData());
    QCOMPARE(server.count("/.well-known/oauth-authorization-server"), 0);
    // Where a server names several, the one that was named is taken.
    QJsonObject document = server.resourceDocument();
    document.insert(u"authorization_servers"_s, QJsonArray({u"http://127.0.0.1:1"_s, server.origin()}));
    server.odd.insert("/.well-known/oauth-protected-resource/mcp",
                      [document](const http::Request &) { return ScriptedServer::json(document); });
    settings.issuer = server.origin();
    Run second(server, settings);
    QVERIFY(second.toTheEnd());
    QVERIFY2(!second.flow.failure(), second.why().constData());
}

void TestTrust::answersEachIssuerUnderAPathOfItsOwn()
{
    ScriptedServer one;
    ScriptedServer other;
    const auto pathAt = [](ScriptedServer &server, const QString &clientId) {
        FlowSettings settings;
        settings.clientId = clientId;
        Run run(server, settings);
        const bool isOver = run.toTheEnd();
        return isOver && !run.flow.failure()
            ? QUrl(QString::fromUtf8(ScriptedServer::field(server.authorizeQuery, "redirect_uri"))).path()
            : QString();
    };
    const QString first = pathAt(one, {});
    QVERIFY(first.startsWith(u"/callback/"_s));
    QVERIFY(first != pathAt(other, {}));
    QCOMPARE(pathAt(one, {}), first);
    // The user could register only what can be known beforehand.
    QCOMPARE(pathAt(one, u"client_1"_s), u"/callback"_s);
}

void TestTrust::followsNoRedirectIntoAnotherSignIn_data()
{
    QTest::addColumn<bool>("isNamed");
    QTest::addColumn<bool>("wasNamed"); // In an earlier run.
    QTest::newRow("nobody was named") << false << false;
    QTest::newRow("by an issuer that was named") << true << false;
    QTest::newRow("by an issuer that was named earlier") << false << true;
}

/// The endpoint lies at the issuer, but it sends the sign-in on to somebody else's.
void TestTrust::followsNoRedirectIntoAnotherSignIn()
{
    QFETCH(bool, isNamed);
    ScriptedServer honestServer;
    ScriptedServer hostile;
    hostile.odd.insert("/authorize", [&honestServer](const http::Request &request) {
        return ScriptedServer::redirect(honestServer.origin().toUtf8() + "/authorize?" + request.query);
    });
    QFETCH(bool, wasNamed);
    base::MemorySecretStore kept;
    FlowSettings settings;
    settings.useKept = false;
    if (wasNamed) {
        settings.clientId = u"client_1"_s;
        settings.issuer = hostile.origin();
        Run before(hostile, settings, &kept);
        QVERIFY(before.toTheEnd());
        QVERIFY2(!before.flow.failure(), before.why().constData());
        honestServer.asked.clear();
    }
    settings.issuer = isNamed ? hostile.origin() : QString();
    Run run(hostile, settings, &kept);
    QVERIFY(run.toTheEnd());
    const bool goesOn = isNamed || wasNamed;
    QCOMPARE(!run.flow.failure(), goesOn);
    QCOMPARE(honestServer.count("/authorize"), goesOn ? 1 : 0);
    if (!goesOn)
        QVERIFY2(run.why().contains("redirects to another server, " + honestServer.origin().toUtf8()),
                 run.why().constData());
}

GATEHOUSE_TEST(TestTrust)
#include "tst_trust.moc"
