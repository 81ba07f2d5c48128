// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/flowrun.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::oauth;
using namespace Qt::StringLiterals;

namespace {

using Oddness = std::function<void(ScriptedServer &)>;

struct Odd
{
    Oddness make;
};

} // namespace

class TestFlow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesFromABareAddressToTheToolsAnswer();
    void asksForNothingWhereNoTokenIsWanted();
    void showsNoSecret();
    void stopsWhereAServerIsHostile_data();
    void stopsWhereAServerIsHostile();
    void stopsAtAServerThatIsNotThere();
    void saysThatTheToolFailed();
    void usesAStoredSignInAgain();
    void refreshesAnExpiredToken();
    void signsInAnewWhereTheRefreshTokenIsRefused();
    void signsInAnewWhereTheStoredTokenIsRefused();
    void asksForMoreScopesWhereTheServerWantsThem();
    void givesUpOnAServerThatAlwaysWantsMore();
    void showsAGivenClientBySecret();
    void triesTheRefreshTokenAtTheEnd();
    void goesStepByStepAndCanBeCancelled();
};

void TestFlow::goesFromABareAddressToTheToolsAnswer()
{
    ScriptedServer server;
    Run run(server);
    QVERIFY(run.toTheEnd());
    QVERIFY2(!run.flow.failure(), run.why().constData());
    for (const Step &step : run.flow.steps())
        QCOMPARE(step.state, step.id == StepId::Refresh ? StepState::Skipped : StepState::Done);
    QCOMPARE(resultText(run.flow.result()), u"Ada"_s);
    QCOMPARE(run.step(StepId::Ask).status, 401);
    QCOMPARE(run.step(StepId::Client).status, 201);
    QVERIFY(run.step(StepId::Server).requestLine.startsWith(u"GET "_s + server.origin()));

    const auto authorized
        = [&](const QByteArray &name) { return ScriptedServer::field(server.authorizeQuery, name); };
    QCOMPARE(authorized("response_type"), "code"_ba);
    QCOMPARE(authorized("client_id"), "client_1"_ba);
    QCOMPARE(authorized("resource"), server.mcp().toUtf8());
    QCOMPARE(authorized("code_challenge_method"), "S256"_ba);
    QCOMPARE(authorized("scope"), "mcp"_ba);
    QCOMPARE(authorized("tenant"), "a+b"_ba); // The endpoint's own query is kept.
    QCOMPARE(authorized("redirect_uri"), "http://127.0.0.1:33418/callback"_ba);
    QCOMPARE(authorized("state").size(), 43);
    QCOMPARE(ScriptedServer::field(server.tokenBody, "redirect_uri"), authorized("redirect_uri"));
    QCOMPARE(ScriptedServer::field(server.tokenBody, "resource"), server.mcp().toUtf8());
    QCOMPARE(ScriptedServer::field(server.tokenBody, "client_id"), "client_1"_ba);
    QCOMPARE(server.asked.last().method, "DELETE"_ba); // The session is ended.
}

void TestFlow::asksForNothingWhereNoTokenIsWanted()
{
    ScriptedServer server;
    server.wantsToken = false;
    Run run(server);
    QVERIFY(run.toTheEnd());
    QVERIFY2(!run.flow.failure(), run.why().constData());
    QCOMPARE(run.step(StepId::Authorize).state, StepState::Skipped);
    QCOMPARE(run.step(StepId::Call).state, StepState::Done);
    QCOMPARE(server.count("/mcp"), int(server.asked.size()));
}

void TestFlow::showsNoSecret()
{
    ScriptedServer server;
    server.token = "secret-access-token-of-forty-characters-0123456789";
    Run run(server);
    QVERIFY(run.toTheEnd());
    QVERIFY2(!run.flow.failure(), run.why().constData());
    const QList<QByteArray> secrets = {server.token,
                                       "refresh-1",
                                       "c%2Bd",
                                       "c+d",
                                       "session-1",
                                       ScriptedServer::field(server.tokenBody, "code_verifier"),
                                       ScriptedServer::field(server.authorizeQuery, "state")};
    for (const Step &step : run.flow.steps()) {
        const QString shown = step.requestLine + step.detail + step.sent + step.answered;
        for (const QByteArray &secret : secrets)
            QVERIFY2(!shown.contains(QString::fromLatin1(secret)), qPrintable(step.title + u": "_s + shown));
    }
    QVERIFY(run.step(StepId::Token).sent.contains(u"code_verifier=…"_s));
}

void TestFlow::stopsWhereAServerIsHostile_data()
{
    QTest::addColumn<Odd>("odd");
    QTest::addColumn<StepId>("at");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *name, StepId at, const QString &said, const Oddness &make) {
        QTest::addRow("%s", name) << Odd{make} << at << said;
    };
    const auto document = [](const QByteArray &path, const QString &name, const QJsonValue &value) {
        return [=](ScriptedServer &server) {
            QJsonObject json
                = path.contains("resource") ? server.resourceDocument() : server.serverDocument();
            value.isNull() ? json.remove(name) : (void)json.insert(name, value);
            server.odd.insert(path, [json](const http::Request &) { return ScriptedServer::json(json); });
        };
    };
    const auto at
        = [](const QByteArray &path, const std::function<http::Response(const http::Request &)> &answer) {
              return [=](ScriptedServer &server) { server.odd.insert(path, answer); };
          };
    const QByteArray resource = "/.well-known/oauth-protected-resource/mcp";
    const QByteArray issuer = "/.well-known/oauth-authorization-server";
    row("another resource", StepId::Resource, u"expected \"http://127.0.0.1"_s,
        document(resource, u"resource"_s, u"https://evil.example/mcp"_s));
    row("no authorization server", StepId::Resource, u"names no authorization server"_s,
        document(resource, u"authorization_servers"_s, QJsonArray()));
    row("an oversized document", StepId::Resource, u"oauth-protected-resource"_s,
        at(resource,
           [](const http::Request &) { return http::jsonResponse(200, QByteArray(300'000, ' ')); }));
    row("another issuer", StepId::Server, u"the issuer is"_s,
        document(issuer, u"issuer"_s, u"https://evil.example"_s));
    row("no PKCE", StepId::Server, u"PKCE"_s,
        document(issuer, u"code_challenge_methods_supported"_s, QJsonValue::Null));
    row("only plain PKCE", StepId::Server, u"PKCE"_s,
        document(issuer, u"code_challenge_methods_supported"_s, QJsonArray({u"plain"_s})));
    row("no registration", StepId::Client, u"registers no clients"_s,
        document(issuer, u"registration_endpoint"_s, QJsonValue::Null));
    row("another redirect address", StepId::Client, u"redirect_uris"_s,
        at("/register", [](const http::Request &) {
            return ScriptedServer::json(
                {{u"client_id"_s, u"c"_s},
                 {u"redirect_uris"_s, QJsonArray({u"http://127.0.0.1:1/callback"_s})}},
                201);
        }));
    row("another state", StepId::Authorize, u"another state"_s,
        at("/authorize", [](const http::Request &request) {
            return ScriptedServer::redirect(ScriptedServer::field(request.query, "redirect_uri")
                                            + "?code=c&state=wrong");
        }));
    row("an error", StepId::Authorize, u"access_denied"_s, at("/authorize", [](const http::Request &request) {
            return ScriptedServer::redirect(ScriptedServer::back(request, "error=access_denied"));
        }));
    row("another issuer in the answer", StepId::Authorize, u"another issuer"_s,
        at("/authorize", [](const http::Request &request) {
            return ScriptedServer::redirect(
                ScriptedServer::back(request, "code=c&iss=https%3A%2F%2Fevil.example"));
        }));
    row("no issuer although announced", StepId::Authorize, u"RFC 9207"_s,
        document(issuer, u"authorization_response_iss_parameter_supported"_s, true));
    row("an answer to another address", StepId::Authorize, u"redirect address that was registered"_s,
        at("/authorize", [](const http::Request &request) {
            return ScriptedServer::redirect("http://127.0.0.1:33418/other?code=c&state="
                                            + ScriptedServer::field(request.query, "state"));
        }));
    row("a page", StepId::Authorize, u"wants a person"_s,
        at("/authorize", [](const http::Request &) { return http::jsonResponse(200, "{}"); }));
    row("redirects for ever", StepId::Authorize, u"ten redirects"_s,
        at("/authorize", [](const http::Request &) { return ScriptedServer::redirect("/authorize"); }));
    row("a redirect to a file", StepId::Authorize, u"may not be followed"_s,
        at("/authorize",
           [](const http::Request &) { return ScriptedServer::redirect("file:///etc/passwd"); }));
    row("no access token", StepId::Token, u"no access_token"_s, at("/token", [](const http::Request &) {
            return ScriptedServer::json({{u"token_type"_s, u"Bearer"_s}});
        }));
    row("an unknown resource", StepId::Token, u"invalid_target"_s, at("/token", [](const http::Request &) {
            return ScriptedServer::json({{u"error"_s, u"invalid_target"_s}}, 400);
        }));
    row("an oversized token answer", StepId::Token, u"larger than 262144 bytes"_s, at("/token", [](const http::Request &) {
            return http::jsonResponse(200, QByteArray(2'000'000, ' '));
        }));
    row("a redirect of the token request", StepId::Token, u"HTTP 307"_s,
        at("/token", [](const http::Request &) {
            http::Response response = ScriptedServer::redirect("http://127.0.0.1:1/steal");
            response.status = 307;
            return response;
        }));
    row("a token that is refused", StepId::Session, u"sign-in"_s, at("/token", [](const http::Request &) {
            return ScriptedServer::json(
                {{u"access_token"_s, u"worthless"_s}, {u"token_type"_s, u"Bearer"_s}});
        }));
}

void TestFlow::stopsWhereAServerIsHostile()
{
    QFETCH(Odd, odd);
    QFETCH(StepId, at);
    QFETCH(QString, said);
    ScriptedServer server;
    odd.make(server);
    Run run(server);
    QVERIFY(run.toTheEnd());
    QVERIFY(run.flow.failure());
    QCOMPARE(run.flow.current(), int(at));
    QCOMPARE(run.step(at).state, StepState::Failed);
    QVERIFY2(run.flow.failure()->text.contains(said, Qt::CaseInsensitive), run.why().constData());
    QVERIFY(run.flow.result().isEmpty());
    QCOMPARE(run.finished.count(), 1);
}

void TestFlow::stopsAtAServerThatIsNotThere()
{
    ScriptedServer server;
    FlowSettings settings;
    settings.server = u"http://127.0.0.1:1/mcp"_s;
    Run run(server, settings);
    QVERIFY(run.toTheEnd());
    QVERIFY(run.flow.failure());
    QCOMPARE(run.flow.failure()->kind, Failure::Kind::Unreachable);
    QCOMPARE(run.flow.current(), int(StepId::Ask));
}

void TestFlow::saysThatTheToolFailed()
{
    ScriptedServer server;
    server.toolFails = true;
    Run run(server);
    QVERIFY(run.toTheEnd());
    QVERIFY(run.flow.failure());
    QCOMPARE(run.flow.failure()->kind, Failure::Kind::Tool);
    QVERIFY(run.flow.failure()->text.contains(u"Ada"_s));
    QVERIFY(run.flow.result().value("isError"_L1).toBool());
}

void TestFlow::usesAStoredSignInAgain()
{
    ScriptedServer server;
    base::MemorySecretStore kept;
    Run first(server, {}, &kept);
    QVERIFY(first.toTheEnd());
    server.asked.clear();
    Run second(server, {}, &kept);
    QVERIFY(second.toTheEnd());
    QVERIFY2(!second.flow.failure(), second.why().constData());
    QCOMPARE(server.count("/register") + server.count("/authorize") + server.count("/token"), 0);
    QCOMPARE(second.step(StepId::Token).state, StepState::Skipped);
    QCOMPARE(second.flow.accessToken(), server.token);
}

void TestFlow::refreshesAnExpiredToken()
{
    ScriptedServer server;
    base::MemorySecretStore kept;
    Run first(server, {}, &kept);
    QVERIFY(first.toTheEnd());
    server.asked.clear();
    server.token = "token-2";
    Run second(server, {}, &kept);
    second.laterMs = 301'000;
    QVERIFY(second.toTheEnd());
    QVERIFY2(!second.flow.failure(), second.why().constData());
    QCOMPARE(server.count("/authorize"), 0);
    QCOMPARE(server.count("/token"), 1);
    QCOMPARE(ScriptedServer::field(server.tokenBody, "grant_type"), "refresh_token"_ba);
    QCOMPARE(ScriptedServer::field(server.tokenBody, "resource"), server.mcp().toUtf8());
    QCOMPARE(second.flow.accessToken(), "token-2"_ba);
}

void TestFlow::signsInAnewWhereTheRefreshTokenIsRefused()
{
    ScriptedServer server;
    base::MemorySecretStore kept;
    Run first(server, {}, &kept);
    QVERIFY(first.toTheEnd());
    server.token = "token-2";
    server.asked.clear();
    int refused = 0;
    server.odd.insert("/token", [&](const http::Request &) {
        if (refused++ == 0)
            return ScriptedServer::json({{u"error"_s, u"invalid_grant"_s}}, 400);
        return ScriptedServer::json({{u"access_token"_s, u"token-2"_s}, {u"token_type"_s, u"Bearer"_s}});
    });
    Run second(server, {}, &kept);
    second.laterMs = 301'000;
    QVERIFY(second.toTheEnd());
    QVERIFY2(!second.flow.failure(), second.why().constData());
    QCOMPARE(server.count("/authorize"), 1);
    QVERIFY(second.step(StepId::Authorize).detail.contains(u"stored refresh token was refused"_s));
}

void TestFlow::signsInAnewWhereTheStoredTokenIsRefused()
{
    ScriptedServer server;
    base::MemorySecretStore kept;
    Run first(server, {}, &kept);
    QVERIFY(first.toTheEnd());
    server.token = "token-2"; // The first one was revoked before its time.
    server.asked.clear();
    Run second(server, {}, &kept);
    QVERIFY(second.toTheEnd());
    QVERIFY2(!second.flow.failure(), second.why().constData());
    QCOMPARE(server.count("/authorize"), 1);
    QCOMPARE(server.count("/register"), 0);
}

void TestFlow::asksForMoreScopesWhereTheServerWantsThem()
{
    ScriptedServer server;
    server.neededScope = "documents:write";
    Run run(server);
    QVERIFY(run.toTheEnd());
    QVERIFY2(!run.flow.failure(), run.why().constData());
    QCOMPARE(server.count("/authorize"), 2);
    QCOMPARE(ScriptedServer::field(server.authorizeQuery, "scope"), "mcp documents:write"_ba);
    QCOMPARE(resultText(run.flow.result()), u"Ada"_s);
}

void TestFlow::givesUpOnAServerThatAlwaysWantsMore()
{
    ScriptedServer server;
    server.neededScope = "wanted-1";
    int authorizations = 1;
    server.odd.insert("/authorize", [&](const http::Request &request) {
        server.neededScope = "wanted-" + QByteArray::number(++authorizations);
        return ScriptedServer::redirect(ScriptedServer::back(request, "code=c%2Bd"));
    });
    Run run(server);
    QVERIFY(run.toTheEnd());
    QVERIFY(run.flow.failure());
    QCOMPARE(run.flow.failure()->kind, Failure::Kind::SignIn);
    QCOMPARE(server.count("/authorize"), 3);
}

void TestFlow::showsAGivenClientBySecret()
{
    ScriptedServer server;
    FlowSettings settings;
    settings.clientId = u"given id"_s;
    settings.clientSecret = u"s:1"_s;
    Run run(server, settings);
    QVERIFY(run.toTheEnd());
    QVERIFY2(!run.flow.failure(), run.why().constData());
    QCOMPARE(server.count("/register"), 0);
    QCOMPARE(ScriptedServer::field(server.authorizeQuery, "client_id"), "given id"_ba);
    QByteArray shown;
    for (const http::Request &request : std::as_const(server.asked)) {
        if (request.path == "/token")
            shown = base::onlyValueOf(request.headers, "Authorization").value_or(QByteArray());
    }
    QCOMPARE(shown, "Basic " + "given%20id:s%3A1"_ba.toBase64());
    QVERIFY(!server.tokenBody.contains("client_secret"));
}

void TestFlow::triesTheRefreshTokenAtTheEnd()
{
    ScriptedServer server;
    FlowSettings settings;
    settings.refreshAtEnd = true;
    Run run(server, settings);
    QVERIFY(run.toTheEnd());
    QVERIFY2(!run.flow.failure(), run.why().constData());
    QCOMPARE(run.step(StepId::Refresh).state, StepState::Done);
    QCOMPARE(ScriptedServer::field(server.tokenBody, "grant_type"), "refresh_token"_ba);
}

void TestFlow::goesStepByStepAndCanBeCancelled()
{
    ScriptedServer server;
    Run run(server);
    QSignalSpy paused(&run.flow, &Flow::paused);
    for (int i = 0; i < 3; ++i) {
        run.flow.next();
        run.flow.next(); // One runs already.
        QCOMPARE(run.flow.current(), i);
        QTRY_COMPARE(paused.count(), i + 1);
        QCOMPARE(run.flow.current(), i + 1);
    }
    QCOMPARE(run.step(StepId::Client).state, StepState::Waiting);
    run.flow.next();
    run.flow.cancel();
    QTRY_COMPARE(run.finished.count(), 1);
    QCOMPARE(run.flow.failure()->kind, Failure::Kind::Cancelled);
    QCOMPARE(run.step(StepId::Client).state, StepState::Failed);
    QTest::qWait(50);
    QCOMPARE(server.count("/authorize"), 0);
    QCOMPARE(run.finished.count(), 1);
}

QTEST_GUILESS_MAIN(TestFlow)
#include "tst_flow.moc"
