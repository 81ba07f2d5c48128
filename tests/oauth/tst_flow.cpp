// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/flowrun.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QTcpServer>
#include <QTest>
#include <QUrlQuery>

using namespace gatehouse;
using namespace gatehouse::oauth;
using namespace Qt::StringLiterals;

namespace {

using Oddness = std::function<void(ScriptedServer &)>;

struct Odd
{
    Oddness make;
};

/// Free a moment ago: for what has to be registered before anybody listens.
quint16 freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost, 0) ? server.serverPort() : 0;
}

} // namespace

class TestFlow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesFromABareAddressToTheToolsAnswer();
    void asksForNothingWhereNoTokenIsWanted();
    void showsNoSecret();
    void marksEachRequestOnce();
    void splitsAddressAndAnswerOfTheSignIn();
    void forgetsWhatItIsToldTo();
    void stopsWhereAServerIsHostile_data();
    void stopsWhereAServerIsHostile();
    void stopsAtAServerThatIsNotThere();
    void saysThatTheToolFailed();
    void usesAStoredSignInAgain();
    void refreshesAnExpiredToken();
    void findsATokenEndpointThatHasMoved();
    void signsInAnewWhereTheRefreshTokenIsRefused();
    void refreshesWhereTheStoredTokenIsRefused();
    void signsInAnewWhereTheRefreshedTokenIsRefused();
    void followsTheServerToAnotherAuthorizationServer();
    void followsTheServerAfterARefusedRefresh();
    void keepsASignInThatAPageSaysNothingOf();
    void asksNobodyTwiceWhereAFreshTokenIsRefused();
    void signsInAsServersOf2025_03_26Want_data();
    void signsInAsServersOf2025_03_26Want();
    void takesNoServerForAnOldOneThatIsNone_data();
    void takesNoServerForAnOldOneThatIsNone();
    void goesOnAllTheSameWhereTheUserSaysSo();
    void showsItsDocumentWhereTheServerReadsIt_data();
    void showsItsDocumentWhereTheServerReadsIt();
    void asksForMoreScopesWhereTheServerWantsThem();
    void givesUpOnAServerThatAlwaysWantsMore();
    void forgetsADeadClientBeforeItEnds();
    void endsWithoutAKeyringThatDoesNotAnswer();
    void namesTheResourceThatAPageDoesNotKnow();
    void saysWhatKindOfNoTheServerGave_data();
    void saysWhatKindOfNoTheServerGave();
    void stopsWhereTheGivenAuthorizationIsRefused_data();
    void stopsWhereTheGivenAuthorizationIsRefused();
    void saysThatALostCallMayHaveHadItsEffect();
    void callsARefreshByItsName();
    void showsWhatIsSentAtOnce();
    void tellsOfAStepThatIsOverOnce();
    void doesNotCallABrokenDocumentNoPkce();
    void takesTheAnswerThatAPersonPastes();
    void keepsAClientThatDidNothingWrong_data();
    void keepsAClientThatDidNothingWrong();
    void forgetsAClientThatIsGone_data();
    void forgetsAClientThatIsGone();
    void registersAnewWhereTheServerForgotTheClient_data();
    void registersAnewWhereTheServerForgotTheClient();
    void registersAnewOnceOnly();
    void probesAKeptClientWhereItsTokenIsRefused();
    void usesItsOwnRegistrationWhereAnotherClientIsGone();
    void keepsTheTokensOfAClientThatIsADocument();
    void leavesTheOldSessionWhereItSignsInAnew();
    void leavesAGivenClientAsItIs();
    void forgetsOnlyWhatWasMeant();
    void usesARefreshTokenWhoseAccessTokenWasForgotten();
    void saysNothingOnceItIsGone();
    void masksTheHeadersThatTheUserGave();
    void showsAGivenClientBySecret();
    void triesTheRefreshTokenAtTheEnd();
    void goesStepByStepAndCanBeCancelled();
    void runsAgainFromAStep_data();
    void runsAgainFromAStep();
    void leavesNothingUnderWayWhereItIsCancelled_data();
    void leavesNothingUnderWayWhereItIsCancelled();
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
    QCOMPARE(run.step(StepId::Ask).status(), 401);
    QVERIFY(run.step(StepId::Token).detail.contains(u"Scopes: not stated: as asked for"_s));
    QCOMPARE(run.step(StepId::Client).status(), 201);
    QVERIFY(run.step(StepId::Server).requestLine().startsWith(u"GET "_s + server.origin()));

    const auto authorized
        = [&](const QByteArray &name) { return ScriptedServer::field(server.authorizeQuery, name); };
    QCOMPARE(authorized("response_type"), "code"_ba);
    QCOMPARE(authorized("client_id"), "client_1"_ba);
    QCOMPARE(authorized("resource"), server.mcp().toUtf8());
    QCOMPARE(authorized("code_challenge_method"), "S256"_ba);
    QCOMPARE(authorized("scope"), "mcp"_ba);
    QCOMPARE(authorized("tenant"), "a+b"_ba); // The endpoint's own query is kept.
    QCOMPARE(authorized("redirect_uri"), run.flow.redirectUri().toUtf8());
    QVERIFY(run.flow.redirectUri().startsWith(u"http://127.0.0.1:33418/callback/"_s));
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
        const QString shown = step.requestLine() + step.detail + step.sent() + step.answered();
        for (const QByteArray &secret : secrets)
            QVERIFY2(!shown.contains(QString::fromLatin1(secret)), qPrintable(step.title + u": "_s + shown));
    }
    QVERIFY(run.step(StepId::Token).sent().contains(u"code_verifier=…"_s));
}

void TestFlow::marksEachRequestOnce()
{
    ScriptedServer server;
    Run run(server);
    QVERIFY(run.toTheEnd());
    QSet<QByteArray> ids;
    int legs = 0;
    for (const Step &step : run.flow.steps()) {
        for (const Leg &leg : step.legs) {
            ++legs;
            ids.insert(leg.requestId);
            const bool isBrowser = step.id == StepId::Authorize && &leg == &step.legs.first();
            const QString mark = QString::fromLatin1(leg.requestId);
            QVERIFY2(leg.sent.contains((isBrowser ? u"code_challenge = "_s : u"X-Request-Id: gatehouse-"_s)
                                       + (isBrowser ? mark : mark.mid(10))),
                     qPrintable(leg.sent));
        }
    }
    QVERIFY(legs >= 10);
    QCOMPARE(ids.size(), legs);
}

void TestFlow::splitsAddressAndAnswerOfTheSignIn()
{
    ScriptedServer server;
    Run run(server);
    QVERIFY(run.toTheEnd());
    const Leg leg = run.step(StepId::Authorize).legs.first();
    QVERIFY2(leg.sent.contains(u"\nredirect_uri = http://127.0.0.1:"_s), qPrintable(leg.sent));
    QVERIFY2(leg.sent.contains(u"\nstate = …"_s), qPrintable(leg.sent));
    QVERIFY2(leg.answered.contains(u"\ncode = …"_s), qPrintable(leg.answered));
    QVERIFY2(leg.answered.contains(u"\nstate = …"_s), qPrintable(leg.answered));
    const QString report = reportOf(run.step(StepId::Authorize));
    QVERIFY(report.startsWith(u"### Sign in with the browser – done"_s));
    QCOMPARE(report.count(u"```http"_s), run.step(StepId::Authorize).legs.size() * 2);
    // A peer's text cannot close the block that it stands in.
    Step hostile = run.step(StepId::Authorize);
    hostile.legs.first().answered = u"HTTP 200\n\n```\n# Gone"_s;
    QVERIFY(reportOf(hostile).contains(u"````http\nHTTP 200\n\n```\n# Gone\n````\n"_s));
}

void TestFlow::forgetsWhatItIsToldTo()
{
    ScriptedServer server;
    Run run(server);
    QVERIFY(run.toTheEnd());
    const QString key
        = tokensKey(run.flow.server().issuer, run.flow.resource().resource, run.flow.client().id);
    const auto read = [&run](const QString &of) {
        std::optional<std::optional<QByteArray>> answer;
        run.secrets.read(of, [&answer](const auto &stored) { answer = stored; });
        return gatehouse::waitFor([&answer] { return answer.has_value(); }) ? *answer : std::nullopt;
    };
    const auto forget = [&run](const Forgotten &what) {
        bool isDone = false;
        run.flow.forget(what, [&isDone] { isDone = true; });
        return gatehouse::waitFor([&isDone] { return isDone; });
    };
    QVERIFY(!run.flow.tokens().refresh.isEmpty());
    QVERIFY(forget({false, true, false, false}));
    const auto kept = readStoredTokens(read(key).value_or(QByteArray()));
    QVERIFY(kept && kept->refresh.isEmpty() && !kept->access.isEmpty());
    QVERIFY(run.flow.tokens().refresh.isEmpty());
    QVERIFY(read(clientKey(run.flow.server().issuer, run.flow.redirectUri())));
    QVERIFY(forget({true, true, true, false}));
    QVERIFY(!read(key));
    QVERIFY(!read(grantKey(server.mcp())));
    QVERIFY(run.flow.accessToken().isEmpty());
    QVERIFY(read(clientKey(run.flow.server().issuer, run.flow.redirectUri())));
    QVERIFY(forget({false, false, false, true}));
    QVERIFY(!read(clientKey(run.flow.server().issuer, run.flow.redirectUri())));
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
    row("an oversized document", StepId::Resource, u"larger than 262144 bytes"_s,
        [resource](ScriptedServer &server) {
            for (const QByteArray &path : {resource, "/.well-known/oauth-protected-resource"_ba})
                server.odd.insert(path, [](const http::Request &) {
                    return http::jsonResponse(200, QByteArray(300'000, ' '));
                });
        });
    row("localhost where 127.0.0.1 was called", StepId::Resource, u"the resource is \"http://localhost:"_s,
        [resource](ScriptedServer &server) {
            QJsonObject json = server.resourceDocument();
            json.insert(u"resource"_s, server.mcp().replace(u"127.0.0.1"_s, u"localhost"_s));
            server.odd.insert(resource, [json](const http::Request &) { return ScriptedServer::json(json); });
        });
    row("a document that redirects", StepId::Resource, u"HTTP 302"_s, [resource](ScriptedServer &server) {
        for (const QByteArray &path : {resource, "/.well-known/oauth-protected-resource"_ba})
            server.odd.insert(path, [](const http::Request &) {
                return ScriptedServer::redirect("http://127.0.0.1:1/steal");
            });
    });
    row("a document of 10 MB", StepId::Resource, u"larger than"_s, at(resource, [](const http::Request &) {
            return http::jsonResponse(200, QByteArray(10'000'000, ' '));
        }));
    row("registration that is switched off", StepId::Client, u"DCR is disabled for this environment"_s,
        at("/register", [](const http::Request &) {
            return ScriptedServer::json({{u"error"_s, u"dynamic_client_registration_disabled"_s}}, 400);
        }));
    row("another issuer", StepId::Server, u"the issuer is"_s,
        document(issuer, u"issuer"_s, u"https://evil.example"_s));
    row("no PKCE", StepId::Server, u"PKCE"_s,
        document(issuer, u"code_challenge_methods_supported"_s, QJsonValue::Null));
    row("only plain PKCE", StepId::Server, u"PKCE"_s,
        document(issuer, u"code_challenge_methods_supported"_s, QJsonArray({u"plain"_s})));
    for (const auto &[endpoint, field] :
         {std::pair{u"authorization_endpoint"_s, u"redirect_uri=https%3A%2F%2Fevil.example"_s},
          std::pair{u"authorization_endpoint"_s, u"x=1&clien%74_id=other"_s},
          std::pair{u"authorization_endpoint"_s, u"request_uri=urn%3Ax"_s},
          std::pair{u"authorization_endpoint"_s, u"code_challenge"_s},
          std::pair{u"token_endpoint"_s, u"resource=https%3A%2F%2Fevil.example"_s}})
        row(qPrintable(endpoint + u" with "_s + field), StepId::Server, u"which only the client may say"_s,
            [endpoint = endpoint, field = field, issuer](ScriptedServer &server) {
                QJsonObject json = server.serverDocument();
                json.insert(endpoint, server.origin() + u"/x?"_s + field);
                server.odd.insert(issuer,
                                  [json](const http::Request &) { return ScriptedServer::json(json); });
            });
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
    row("no code", StepId::Authorize, u"does not hold exactly one code"_s,
        at("/authorize", [](const http::Request &request) {
            return ScriptedServer::redirect(ScriptedServer::back(request, "session_state=x"));
        }));
    row("two codes", StepId::Authorize, u"does not hold exactly one code"_s,
        at("/authorize", [](const http::Request &request) {
            return ScriptedServer::redirect(ScriptedServer::back(request, "code=a&code=b"));
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
    row("a code that is refused", StepId::Token, u"refuses: HTTP 400 invalid_code"_s,
        at("/token", [](const http::Request &) {
            return ScriptedServer::json({{u"error"_s, u"invalid_code"_s}}, 400);
        }));
    row("a token endpoint that fails", StepId::Token, u"cannot answer now: HTTP 500"_s,
        at("/token", [](const http::Request &) { return http::jsonResponse(500, "oops"); }));
    row("a token answer that is a page", StepId::Token, u"cannot be used"_s,
        at("/token", [](const http::Request &) { return http::jsonResponse(200, "<html>"); }));
    row("an oversized token answer", StepId::Token, u"larger than 262144 bytes"_s,
        at("/token",
           [](const http::Request &) { return http::jsonResponse(200, QByteArray(2'000'000, ' ')); }));
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
    for (int id = 0; id < int(StepId::Session); ++id)
        QCOMPARE(second.step(StepId(id)).state, StepState::Skipped);
    QCOMPARE(server.count("/mcp"), int(server.asked.size())); // The token is tried at once.
    QCOMPARE(second.flow.accessToken(), server.token);

    // Asked for something else, a kept sign-in does not count.
    FlowSettings other;
    other.scopes = {u"more"_s};
    Run third(server, other, &kept);
    QVERIFY(third.toTheEnd());
    QVERIFY2(!third.flow.failure(), third.why().constData());
    QCOMPARE(ScriptedServer::field(server.authorizeQuery, "scope"), "more"_ba);
    FlowSettings anew;
    anew.useKept = false;
    server.asked.clear();
    Run fourth(server, anew, &kept);
    QVERIFY(fourth.toTheEnd());
    QVERIFY2(!fourth.flow.failure(), fourth.why().constData());
    QCOMPARE(server.count("/authorize"), 1);
    QCOMPARE(server.count("/register"), 0);
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

void TestFlow::findsATokenEndpointThatHasMoved()
{
    ScriptedServer server;
    base::MemorySecretStore kept;
    Run first(server, {}, &kept);
    QVERIFY(first.toTheEnd());
    server.asked.clear();
    server.token = "token-2";
    // Where it was, it cannot answer; the metadata names another place by now.
    QJsonObject moved = server.serverDocument();
    moved.insert(u"token_endpoint"_s, QString(server.origin() + u"/token?new"_s));
    server.odd.insert("/.well-known/oauth-authorization-server",
                      [&](const http::Request &) { return ScriptedServer::json(moved); });
    server.odd.insert("/token", [&](const http::Request &request) {
        if (request.query != "new")
            return http::jsonResponse(503, {});
        return ScriptedServer::json({{u"access_token"_s, u"token-2"_s}, {u"token_type"_s, u"Bearer"_s}});
    });
    Run second(server, {}, &kept);
    second.laterMs = 301'000;
    QVERIFY(second.toTheEnd());
    QVERIFY2(!second.flow.failure(), second.why().constData());
    QCOMPARE(server.count("/authorize"), 0); // The refresh token was not thrown away.
    QVERIFY(second.step(StepId::Ask).detail.contains(u"could not be refreshed"_s));
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
    QVERIFY(second.step(StepId::Ask).detail.contains(u"stored refresh token was refused"_s));
}

void TestFlow::refreshesWhereTheStoredTokenIsRefused()
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
    QCOMPARE(server.count("/authorize") + server.count("/register"), 0);
    QCOMPARE(server.count("/token"), 1);
    QCOMPARE(second.step(StepId::Token).state, StepState::Done);
    QVERIFY(second.flow.accessToken() == server.token);
    // It is kept: the next run needs nothing.
    server.asked.clear();
    Run third(server, {}, &kept);
    QVERIFY(third.toTheEnd());
    QVERIFY2(!third.flow.failure(), third.why().constData());
    QCOMPARE(server.count("/token"), 0);
}

void TestFlow::signsInAnewWhereTheRefreshedTokenIsRefused()
{
    ScriptedServer server;
    base::MemorySecretStore kept;
    Run first(server, {}, &kept);
    QVERIFY(first.toTheEnd());
    server.token = "token-2";
    server.asked.clear();
    server.odd.insert("/token", [](const http::Request &request) {
        const bool isRefresh = ScriptedServer::field(request.body, "grant_type") == "refresh_token";
        return ScriptedServer::json({{u"access_token"_s, isRefresh ? u"token-x"_s : u"token-2"_s},
                                     {u"refresh_token"_s, u"refresh-1"_s},
                                     {u"token_type"_s, u"Bearer"_s}});
    });
    Run second(server, {}, &kept);
    QVERIFY(second.toTheEnd());
    QVERIFY2(!second.flow.failure(), second.why().constData());
    QCOMPARE(server.count("/token"), 3); // Also to see that the client is known.
    QCOMPARE(server.count("/authorize"), 1);
    QCOMPARE(server.count("/register"), 0);
}

void TestFlow::followsTheServerToAnotherAuthorizationServer()
{
    ScriptedServer server;
    ScriptedServer other; // Where it goes once the first token was given.
    other.odd.insert("/token", [](const http::Request &) {
        return ScriptedServer::json({{u"access_token"_s, u"token-2"_s}, {u"token_type"_s, u"Bearer"_s}});
    });
    other.odd.insert("/register", [](const http::Request &) {
        return ScriptedServer::json({{u"client_id"_s, u"client_2"_s}}, 201);
    });
    server.odd.insert("/token", [&](const http::Request &) {
        server.token = "token-2";
        QJsonObject document = server.resourceDocument();
        document.insert(u"authorization_servers"_s, QJsonArray({other.origin()}));
        server.odd.insert("/.well-known/oauth-protected-resource/mcp",
                          [document](const http::Request &) { return ScriptedServer::json(document); });
        return ScriptedServer::json({{u"access_token"_s, u"token-1"_s}, {u"token_type"_s, u"Bearer"_s}});
    });
    Run run(server);
    QVERIFY(run.toTheEnd());
    QVERIFY2(!run.flow.failure(), run.why().constData());
    QCOMPARE(run.flow.server().issuer, other.origin());
    QCOMPARE(other.count("/register"), 1);
    QCOMPARE(ScriptedServer::field(other.authorizeQuery, "client_id"), "client_2"_ba);
    QVERIFY(run.step(StepId::Resource).state == StepState::Done);
}

/// It was good at first, its refresh token is not, and the server names another authorization server by then.
void TestFlow::followsTheServerAfterARefusedRefresh()
{
    ScriptedServer server;
    ScriptedServer other;
    other.odd.insert("/token", [&server](const http::Request &) {
        server.token = "token-2";
        return ScriptedServer::json({{u"access_token"_s, u"token-2"_s}, {u"token_type"_s, u"Bearer"_s}});
    });
    bool hasMoved = false;
    server.before = [&](const QString &method) {
        if (method != "tools/list"_L1 || std::exchange(hasMoved, true))
            return;
        server.token = "nobody's";
        QJsonObject document = server.resourceDocument();
        document.insert(u"authorization_servers"_s, QJsonArray({other.origin()}));
        server.odd.insert("/.well-known/oauth-protected-resource/mcp",
                          [document](const http::Request &) { return ScriptedServer::json(document); });
        server.odd.insert("/token", [](const http::Request &) {
            return ScriptedServer::json({{u"error"_s, u"invalid_grant"_s}}, 400);
        });
    };
    Run run(server);
    QVERIFY(run.toTheEnd());
    QVERIFY2(!run.flow.failure(), run.why().constData());
    QCOMPARE(server.count("/authorize"), 1);
    QCOMPARE(other.count("/authorize"), 1);
    // What was kept of the old one is gone.
    bool hasCome = false;
    std::optional<QByteArray> found;
    run.secrets.read(tokensKey(server.origin(), server.mcp(), u"client_1"_s),
                     [&](const std::optional<QByteArray> &bytes) {
                         found = bytes;
                         hasCome = true;
                     });
    QTRY_VERIFY(hasCome);
    QVERIFY(!found);
}

void TestFlow::keepsASignInThatAPageSaysNothingOf()
{
    ScriptedServer server;
    base::MemorySecretStore kept;
    Run first(server, {}, &kept);
    QVERIFY(first.toTheEnd());
    server.odd.insert("/token",
                      [](const http::Request &) { return http::jsonResponse(403, "<html>blocked"); });
    Run second(server, {}, &kept);
    second.laterMs = 301'000;
    QVERIFY(second.toTheEnd());
    server.odd.remove("/token");
    server.token = "token-2";
    server.asked.clear();
    Run third(server, {}, &kept);
    third.laterMs = 301'000;
    QVERIFY(third.toTheEnd());
    QVERIFY2(!third.flow.failure(), third.why().constData());
    QCOMPARE(server.count("/authorize"), 0); // The refresh token was still there.
}

void TestFlow::asksNobodyTwiceWhereAFreshTokenIsRefused()
{
    ScriptedServer server;
    server.odd.insert("/token", [](const http::Request &) {
        return ScriptedServer::json({{u"access_token"_s, u"token-x"_s}, {u"token_type"_s, u"Bearer"_s}});
    });
    Run run(server);
    QVERIFY(run.toTheEnd());
    QVERIFY(run.flow.failure());
    QCOMPARE(run.flow.failure()->code, FailureCode::CallRefused);
    QCOMPARE(run.step(StepId::Session).state, StepState::Failed);
    QCOMPARE(server.count("/authorize"), 1);
    QCOMPARE(server.count("/.well-known/oauth-protected-resource/mcp"), 2);
}

void TestFlow::signsInAsServersOf2025_03_26Want_data()
{
    QTest::addColumn<bool>("hasMetadata"); // At its origin.
    QTest::newRow("with metadata at its origin") << true;
    QTest::newRow("without any") << false;
}

void TestFlow::signsInAsServersOf2025_03_26Want()
{
    QFETCH(const bool, hasMetadata);
    ScriptedServer server;
    server.namesMetadata = false;
    const auto nothing = [](const http::Request &) { return http::jsonResponse(404, {}); };
    for (const QByteArray &path :
         {"/.well-known/oauth-protected-resource/mcp"_ba, "/.well-known/oauth-protected-resource"_ba})
        server.odd.insert(path, nothing);
    if (!hasMetadata)
        server.odd.insert("/.well-known/oauth-authorization-server", nothing);
    server.odd.insert("/token", [&server](const http::Request &request) {
        const bool isGood = ScriptedServer::field(request.body, "resource") == "<none>";
        return ScriptedServer::json({{u"access_token"_s, QString::fromLatin1(isGood ? server.token : "x")},
                                     {u"token_type"_s, u"Bearer"_s}});
    });
    base::MemorySecretStore kept;
    Run run(server, {}, &kept);
    QVERIFY(run.toTheEnd());
    QVERIFY2(!run.flow.failure(), run.why().constData());
    QCOMPARE(ScriptedServer::field(server.authorizeQuery, "resource"), "<none>"_ba);
    QVERIFY(run.step(StepId::Resource).detail.contains(u"2025-03-26"_s));
    QCOMPARE(server.count("/register"), 1);
    server.asked.clear();
    Run again(server, {}, &kept); // The sign-in is kept like any other.
    QVERIFY(again.toTheEnd());
    QVERIFY2(!again.flow.failure(), again.why().constData());
    QCOMPARE(server.count("/authorize"), 0);

    // Its token is for no resource; another server at the same origin does not get it all the same.
    int shown = 0;
    server.odd.insert("/evil", [&shown](const http::Request &request) {
        shown += int(base::onlyValueOf(request.headers, "Authorization").has_value());
        http::Response response = http::jsonResponse(401, {});
        response.headers.append({"WWW-Authenticate"_ba, "Bearer realm=\"x\""_ba});
        return response;
    });
    server.odd.insert("/.well-known/oauth-protected-resource/evil", nothing);
    server.odd.insert("/authorize", nothing); // Whoever wants it has to sign in, and cannot here.
    FlowSettings settings;
    settings.server = server.origin() + u"/evil"_s;
    Run evil(server, settings, &kept);
    QVERIFY(evil.toTheEnd());
    QVERIFY(evil.flow.failure());
    QCOMPARE(shown, 0);
}

void TestFlow::takesNoServerForAnOldOneThatIsNone_data()
{
    QTest::addColumn<bool>("namesMetadata");
    QTest::addColumn<int>("status"); // Of all metadata.
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<StepId>("at");
    QTest::addColumn<FailureCode>("code");
    const auto none = FailureCode::NoResourceMetadata;
    QTest::newRow("its challenge names metadata that is not there")
        << true << 404 << QString() << StepId::Resource << none;
    QTest::newRow("it wants a key and no sign-in") << false << 404 << QString() << StepId::Client << none;
    QTest::newRow("another issuer is wanted")
        << false << 404 << u"https://acme.authkit.app"_s << StepId::Resource << none;
    QTest::newRow("its metadata cannot be had now")
        << false << 503 << QString() << StepId::Resource << FailureCode::MetadataAway;
}

void TestFlow::takesNoServerForAnOldOneThatIsNone()
{
    QFETCH(const bool, namesMetadata);
    QFETCH(const int, status);
    QFETCH(const QString, issuer);
    QFETCH(const StepId, at);
    QFETCH(const FailureCode, code);
    ScriptedServer server;
    server.namesMetadata = namesMetadata;
    const auto nothing = [status](const http::Request &) { return http::jsonResponse(status, {}); };
    for (const QByteArray &path :
         {"/.well-known/oauth-protected-resource/mcp"_ba, "/.well-known/oauth-protected-resource"_ba,
          "/.well-known/oauth-authorization-server"_ba, "/register"_ba, "/authorize"_ba, "/token"_ba})
        server.odd.insert(path, nothing);
    FlowSettings settings;
    settings.issuer = issuer;
    Run run(server, settings);
    QVERIFY(run.toTheEnd());
    QVERIFY(run.flow.failure());
    QCOMPARE(run.flow.failure()->code, code);
    QCOMPARE(run.step(at).state, StepState::Failed);
    QCOMPARE(server.count("/authorize"), 0);
}

void TestFlow::goesOnAllTheSameWhereTheUserSaysSo()
{
    ScriptedServer server;
    QJsonObject resource = server.resourceDocument();
    resource.insert(u"resource"_s, server.origin());
    server.odd.insert("/.well-known/oauth-protected-resource/mcp",
                      [resource](const http::Request &) { return ScriptedServer::json(resource); });
    QJsonObject document = server.serverDocument();
    document.insert(u"issuer"_s, QString(server.origin() + u'/'));
    server.odd.insert("/.well-known/oauth-authorization-server",
                      [document](const http::Request &) { return ScriptedServer::json(document); });
    server.odd.insert("/token", [&server](const http::Request &request) {
        const bool isGood = ScriptedServer::field(request.body, "resource") == server.origin().toUtf8();
        return ScriptedServer::json({{u"access_token"_s, QString::fromLatin1(isGood ? server.token : "x")},
                                     {u"token_type"_s, u"Bearer"_s}});
    });
    Run run(server);
    QVERIFY(run.toTheEnd());
    QVERIFY(run.flow.failure());
    QCOMPARE(run.flow.failure()->code, FailureCode::ResourceWider);
    QCOMPARE(server.count("/authorize"), 0);
    // A word on the one is none on the other.
    for (const bool isLast : {false, true}) {
        run.flow.allow();
        QCOMPARE(run.flow.retryFrom(StepId::Resource), StepId::Resource);
        run.finished.clear();
        QVERIFY(run.toTheEnd());
        if (isLast)
            break;
        QVERIFY(run.flow.failure());
        QCOMPARE(run.flow.failure()->code, FailureCode::IssuerSlash);
    }
    QVERIFY2(!run.flow.failure(), run.why().constData());
    QCOMPARE(run.flow.server().issuer, server.origin() + u'/');
}

void TestFlow::showsItsDocumentWhereTheServerReadsIt_data()
{
    QTest::addColumn<bool>("isRead");
    QTest::addColumn<QString>("clientId"); // Given.
    QTest::addColumn<QString>("shown");
    QTest::addColumn<int>("registrations");
    const QString document = u"https://client.example/gatehouse.json"_s;
    QTest::newRow("read") << true << QString() << document << 0;
    QTest::newRow("not read") << false << QString() << u"client_1"_s << 1;
    QTest::newRow("a client that is given") << true << u"given"_s << u"given"_s << 0;
}

void TestFlow::showsItsDocumentWhereTheServerReadsIt()
{
    QFETCH(const bool, isRead);
    QFETCH(const QString, clientId);
    QFETCH(const QString, shown);
    QFETCH(const int, registrations);
    ScriptedServer server;
    QJsonObject document = server.serverDocument();
    document.insert(u"client_id_metadata_document_supported"_s, isRead);
    server.odd.insert("/.well-known/oauth-authorization-server",
                      [document](const http::Request &) { return ScriptedServer::json(document); });
    FlowSettings settings;
    settings.clientMetadataUrl = u"https://client.example/gatehouse.json"_s;
    settings.clientId = clientId;
    Run run(server, settings);
    QVERIFY(run.toTheEnd());
    QVERIFY2(!run.flow.failure(), run.why().constData());
    QCOMPARE(server.count("/register"), registrations);
    QCOMPARE(QString::fromUtf8(ScriptedServer::field(server.authorizeQuery, "client_id")), shown);
    // The document names the redirect addresses, so they cannot be made for one server.
    QCOMPARE(QUrl(run.flow.redirectUri()).path() == "/callback"_L1, registrations == 0);
    const QString said = run.step(StepId::Client).detail;
    QCOMPARE(said.contains(u"does not say that it reads metadata documents"_s), registrations == 1);
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

/// Programs end with the run, and what was only begun by then is lost.
void TestFlow::forgetsADeadClientBeforeItEnds()
{
    struct Slow : base::MemorySecretStore
    {
        void remove(const QString &key, std::function<void()> done) override
        {
            QTimer::singleShot(20, qApp, [this, key, done = std::move(done)] {
                ++removed;
                MemorySecretStore::remove(key, done);
            });
        }
        int removed = 0;
    };
    Slow kept;
    ScriptedServer server;
    FlowSettings settings;
    settings.useKept = false;
    settings.redirect = readRedirect(u"http://127.0.0.1:%1/callback"_s.arg(freePort())).value_or(Redirect());
    Run first(server, settings, &kept);
    QVERIFY(first.toTheEnd());
    QVERIFY2(!first.flow.failure(), first.why().constData());
    FlowSettings patient = settings; // AuthKit's page for a client that it evicted never comes back.
    patient.opener = [](const QUrl &) { return true; };
    patient.signInMs = 50;
    Run second(server, patient, &kept);
    connect(&second.flow, &Flow::finished, this, [&kept] { QCOMPARE(kept.removed, 1); });
    QVERIFY(second.toTheEnd());
    QVERIFY(second.flow.failure());
    QCOMPARE(second.flow.failure()->code, FailureCode::BrowserTimedOut);
    QCOMPARE(kept.removed, 1);
    Run third(server, settings, &kept);
    QVERIFY(third.toTheEnd());
    QVERIFY2(!third.flow.failure(), third.why().constData());
    QCOMPARE(server.count("/register"), 2);
}

void TestFlow::endsWithoutAKeyringThatDoesNotAnswer()
{
    struct Locked : base::MemorySecretStore
    {
        void remove(const QString &, std::function<void()>) override { ++asked; }
        int asked = 0;
    };
    Locked kept;
    ScriptedServer server;
    FlowSettings settings;
    settings.useKept = false;
    settings.redirect = readRedirect(u"http://127.0.0.1:%1/callback"_s.arg(freePort())).value_or(Redirect());
    Run first(server, settings, &kept);
    QVERIFY(first.toTheEnd());
    settings.opener = [](const QUrl &) { return true; };
    settings.signInMs = 50;
    Run second(server, settings, &kept);
    QVERIFY(second.toTheEnd());
    QCOMPARE(kept.asked, 1);
    QVERIFY(second.flow.failure());
    QVERIFY(!second.flow.isEnding());
}

/// AuthKit sends nobody back where the resource is unknown to it.
void TestFlow::namesTheResourceThatAPageDoesNotKnow()
{
    ScriptedServer server;
    server.odd.insert("/authorize", [](const http::Request &) {
        return ScriptedServer::redirect("/oauth2/error?error=invalid_target");
    });
    server.odd.insert("/oauth2/error", [](const http::Request &) { return http::jsonResponse(200, "{}"); });
    Run run(server);
    QVERIFY(run.toTheEnd());
    QVERIFY(run.flow.failure());
    QCOMPARE(run.flow.failure()->code, FailureCode::PageSaysError);
    QCOMPARE(run.flow.failure()->reason, Failure::Reason::TargetUnknown);
    QVERIFY2(run.flow.failure()->remedy.contains(server.mcp()), run.why().constData());
}

void TestFlow::saysWhatKindOfNoTheServerGave_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("code");
    QTest::newRow("an error of HTTP") << 500 << "{}"_ba << int(FailureCode::AnswerUnusable);
    QTest::newRow("no message") << 200 << "[]"_ba << int(FailureCode::AnswerUnusable);
    QTest::newRow("an error of JSON-RPC")
        << 200 << R"({"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"broken inside"}})"_ba
        << int(FailureCode::ServerError);
    QTest::newRow("a ban") << 403 << "{}"_ba << int(FailureCode::ServerForbids);
}

void TestFlow::saysWhatKindOfNoTheServerGave()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    ScriptedServer server;
    server.odd.insert("/mcp", [&](const http::Request &) { return http::jsonResponse(status, body); });
    Run run(server);
    QVERIFY(run.toTheEnd());
    QVERIFY(run.flow.failure());
    QTEST(int(run.flow.failure()->code), "code");
}

void TestFlow::stopsWhereTheGivenAuthorizationIsRefused_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isLater"); // In the call, and not at once.
    QTest::newRow("at once") << 401 << false;
    QTest::newRow("forbidden at once") << 403 << false;
    QTest::newRow("in the call") << 401 << true;
    QTest::newRow("forbidden in the call") << 403 << true;
}

/// Nobody who shows a key of his own wants to be signed in.
void TestFlow::stopsWhereTheGivenAuthorizationIsRefused()
{
    QFETCH(int, status);
    QFETCH(bool, isLater);
    ScriptedServer server;
    server.token = "mine";
    base::MemorySecretStore kept;
    {
        server.token = "token-1";
        Run first(server, {}, &kept); // What is kept is not used either.
        QVERIFY(first.toTheEnd());
        server.asked.clear();
        server.token = "mine";
    }
    int asked = 0;
    server.before = [&](const QString &method) {
        if (isLater ? method == "tools/call"_L1 : ++asked > 0)
            server.token = "another";
    };
    if (status == 403) {
        server.before = {};
        server.odd.insert("/mcp", [&](const http::Request &request) {
            const bool isCall = request.body.contains("tools/call");
            if (isLater ? isCall : true)
                return http::jsonResponse(403, {});
            return ScriptedServer::json({{u"jsonrpc"_s, u"2.0"_s},
                                         {u"id"_s, base::readJsonObject(request.body)->value("id"_L1)},
                                         {u"result"_s,
                                          QJsonObject{{u"protocolVersion"_s, u"2025-11-25"_s},
                                                      {u"supportedVersions"_s, QJsonArray{u"2026-07-28"_s}},
                                                      {u"tools"_s, QJsonArray{server.tool}}}}});
        });
    }
    FlowSettings settings;
    settings.headers = {{"authorization"_ba, "Bearer mine"_ba}};
    Run run(server, settings, &kept);
    QVERIFY(run.toTheEnd());
    QVERIFY(run.flow.failure());
    QCOMPARE(run.flow.failure()->code, FailureCode::HeaderRefused);
    QCOMPARE(server.count("/authorize") + server.count("/token") + server.count("/register"), 0);
    QCOMPARE(server.count("/.well-known/oauth-protected-resource/mcp"), 0);
    for (const http::Request &request : std::as_const(server.asked))
        QCOMPARE(base::valuesOf(request.headers, "Authorization"), QList<QByteArray>{"Bearer mine"});
}

void TestFlow::saysThatALostCallMayHaveHadItsEffect()
{
    ScriptedServer server;
    server.silent = "tools/call";
    FlowSettings settings;
    settings.requestMs = 300;
    Run run(server, settings);
    QVERIFY(run.toTheEnd());
    QVERIFY(run.flow.failure());
    QCOMPARE(run.flow.failure()->code, FailureCode::CallLost);
    QCOMPARE(run.flow.failure()->kind, Failure::Kind::Unreachable);
    QVERIFY(run.step(StepId::Call).detail.contains(u"may have had its effect"_s));
}

void TestFlow::callsARefreshByItsName()
{
    ScriptedServer server;
    base::MemorySecretStore kept;
    Run first(server, {}, &kept);
    QVERIFY(first.toTheEnd());
    QCOMPARE(first.step(StepId::Token).title, titleOf(StepId::Token));
    Run second(server, {}, &kept);
    second.laterMs = 301'000;
    QVERIFY(second.toTheEnd());
    QCOMPARE(second.step(StepId::Token).title, titleOf(StepId::Refresh));
}

void TestFlow::showsWhatIsSentAtOnce()
{
    ScriptedServer server;
    server.silent = "/token";
    Run run(server);
    run.flow.runAll();
    QTRY_VERIFY(server.isWaiting);
    const Step &step = run.step(StepId::Token);
    QCOMPARE(step.state, StepState::Running);
    QCOMPARE(step.legs.size(), 1);
    QVERIFY(step.sent().startsWith(u"POST "_s) && step.requestLine().endsWith(u"/token"_s));
    QVERIFY(step.answered().isEmpty());
    run.flow.cancel();
    QTRY_COMPARE(run.finished.size(), 1);
    QCOMPARE(run.step(StepId::Token).legs.size(), 1);
}

/// The stream for what belongs to no call outlives the step that opened it.
void TestFlow::tellsOfAStepThatIsOverOnce()
{
    ScriptedServer server;
    server.odd.insert("/mcp", [&server](const http::Request &request) {
        if (request.method == "GET")
            return http::jsonResponse(405, {});
        const QJsonObject message = base::readJsonObject(request.body).value_or(QJsonObject());
        const QString method = message.value("method"_L1).toString();
        if (method == "notifications/initialized"_L1)
            return http::jsonResponse(202, {});
        QJsonObject result{{u"tools"_s, QJsonArray{server.tool}}, {u"content"_s, QJsonArray()}};
        if (method == "initialize"_L1)
            result = {{u"protocolVersion"_s, u"2025-11-25"_s},
                      {u"capabilities"_s, QJsonObject{{u"logging"_s, QJsonObject()}}}};
        return ScriptedServer::json(
            {{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, message.value("id"_L1)}, {u"result"_s, result}});
    });
    Run run(server);
    QList<int> over;
    connect(&run.flow, &Flow::stepChanged, this, [&](int index) {
        if (run.flow.steps().at(index).state != StepState::Running)
            over.append(index);
    });
    QVERIFY(run.toTheEnd());
    QVERIFY2(!run.flow.failure(), run.why().constData());
    QCOMPARE(over.size(), stepCount);
    const Step &asking = run.step(StepId::Ask);
    const auto stream = std::find_if(asking.legs.begin(), asking.legs.end(),
                                     [](const Leg &leg) { return leg.requestLine.startsWith(u"GET"_s); });
    QVERIFY(stream != asking.legs.end());
    QVERIFY(stream->answered.contains(u"405"_s));
}

/// AuthKit says in one of its two documents that it supports PKCE, and that one may be broken.
void TestFlow::doesNotCallABrokenDocumentNoPkce()
{
    ScriptedServer server;
    QJsonObject openId = server.serverDocument();
    openId.remove(u"code_challenge_methods_supported"_s);
    server.odd.insert("/.well-known/openid-configuration",
                      [openId](const http::Request &) { return ScriptedServer::json(openId); });
    server.odd.insert("/.well-known/oauth-authorization-server",
                      [](const http::Request &) { return http::jsonResponse(500, "{}"); });
    Run run(server);
    QVERIFY(run.toTheEnd());
    QVERIFY(run.flow.failure());
    QCOMPARE(run.flow.failure()->code, FailureCode::MetadataAway);
    server.odd.remove("/.well-known/oauth-authorization-server");
    server.odd.insert("/.well-known/oauth-authorization-server",
                      [](const http::Request &) { return http::jsonResponse(404, "{}"); });
    Run none(server);
    QVERIFY(none.toTheEnd());
    QVERIFY(none.flow.failure());
    QCOMPARE(none.flow.failure()->code, FailureCode::NoPkce);
}

/// The browser of another machine ends at an address that it cannot open.
void TestFlow::takesTheAnswerThatAPersonPastes()
{
    ScriptedServer server;
    FlowSettings settings;
    settings.opener = [](const QUrl &) { return false; };
    Run run(server, settings);
    QSignalSpy awaited(&run.flow, &Flow::browserAwaited);
    run.flow.runAll();
    QTRY_COMPARE(awaited.size(), 1);
    const QUrlQuery asked(run.flow.authorizationAddress());
    const QString state = asked.queryItemValue(u"state"_s, QUrl::FullyDecoded);
    server.authorizeQuery = run.flow.authorizationAddress().query(QUrl::FullyEncoded).toLatin1();
    QVERIFY(!run.flow.takePasted(u"hello"_s));
    QVERIFY(!run.flow.takePasted(run.flow.redirectUri()));
    QVERIFY(!run.flow.takePasted(run.flow.redirectUri() + u"?code=c%2Bd&state=another"_s));
    QVERIFY(run.flow.isRunning());
    QVERIFY(run.flow.takePasted(u"  "_s + run.flow.redirectUri() + u"?code=c%2Bd&state="_s + state
                                + u"#_=_\n"_s));
    QTRY_COMPARE(run.finished.size(), 1);
    QVERIFY2(!run.flow.failure(), run.why().constData());
    QVERIFY(!run.flow.takePasted(run.flow.redirectUri() + u"?code=c%2Bd&state="_s + state));
}

void TestFlow::keepsAClientThatDidNothingWrong_data()
{
    QTest::addColumn<QByteArray>("answer"); // Of the authorization endpoint: what is redirected to.
    QTest::newRow("the user denies") << "error=access_denied"_ba;
    QTest::newRow("a page for a person") << QByteArray();
    QTest::newRow("an error of the server") << "error=server_error"_ba;
    QTest::newRow("too many requests") << "429"_ba;
    QTest::newRow("the edge before the server refuses") << "403"_ba;
}

/// Each would register one more client at the authorization server.
void TestFlow::keepsAClientThatDidNothingWrong()
{
    QFETCH(QByteArray, answer);
    base::MemorySecretStore kept;
    ScriptedServer server;
    FlowSettings settings;
    settings.useKept = false;
    Run first(server, settings, &kept);
    QVERIFY(first.toTheEnd());
    server.odd.insert("/authorize", [answer](const http::Request &request) {
        if (!answer.contains('='))
            return http::jsonResponse(answer.isEmpty() ? 200 : answer.toInt(), {});
        return ScriptedServer::redirect(ScriptedServer::back(request, answer));
    });
    Run second(server, settings, &kept);
    QVERIFY(second.toTheEnd());
    QVERIFY(second.flow.failure());
    server.odd.clear();
    Run third(server, settings, &kept);
    QVERIFY(third.toTheEnd());
    QVERIFY2(!third.flow.failure(), third.why().constData());
    QCOMPARE(server.count("/register"), 1);
}

void TestFlow::forgetsAClientThatIsGone_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("location");
    QTest::newRow("said to the client") << 302 << "BACK?error=unauthorized_client"_ba;
    QTest::newRow("on AuthKit's page") << 302 << "/error?error=application_not_found"_ba;
    QTest::newRow("on AuthKit's page, of the redirect") << 302 << "/error?error=invalid_redirect_uri"_ba;
    QTest::newRow("at once") << 400 << ""_ba;
    QTest::newRow("at once, as if the page were missing") << 404 << ""_ba;
}

/// Else no run would come to an end any more.
void TestFlow::forgetsAClientThatIsGone()
{
    QFETCH(int, status);
    QFETCH(QByteArray, location);
    base::MemorySecretStore kept;
    ScriptedServer server;
    FlowSettings settings;
    settings.useKept = false;
    Run first(server, settings, &kept);
    QVERIFY(first.toTheEnd());
    server.odd.insert("/error", [](const http::Request &) { return http::jsonResponse(200, "<html>"); });
    server.odd.insert("/authorize", [status, location](const http::Request &request) {
        if (status != 302)
            return http::jsonResponse(status, {});
        if (location.startsWith("BACK?"))
            return ScriptedServer::redirect(ScriptedServer::back(request, location.sliced(5)));
        return ScriptedServer::redirect(location);
    });
    Run second(server, settings, &kept);
    QVERIFY(second.toTheEnd());
    QVERIFY(second.flow.failure());
    QCOMPARE(second.flow.failure()->reason, Failure::Reason::ClientUnknown);
    server.odd.remove("/authorize");
    Run third(server, settings, &kept);
    QVERIFY(third.toTheEnd());
    QVERIFY2(!third.flow.failure(), third.why().constData());
    QCOMPARE(server.count("/register"), 2);
}

void TestFlow::registersAnewWhereTheServerForgotTheClient_data()
{
    QTest::addColumn<bool>("keepsTokens");
    QTest::addColumn<bool>("opensABrowser");
    QTest::newRow("no token is kept, seen before the browser opens") << false << true;
    QTest::newRow("no token is kept, without a browser") << false << false;
    QTest::newRow("its refresh token is kept") << true << true;
}

/// Else each run would end on a page that leads nowhere.
void TestFlow::registersAnewWhereTheServerForgotTheClient()
{
    QFETCH(bool, keepsTokens);
    QFETCH(bool, opensABrowser);
    base::MemorySecretStore kept;
    ScriptedServer server;
    FlowSettings settings;
    settings.useKept = keepsTokens;
    // Each sign-in by a browser of its own: one would go on using the connection of the first.
    std::vector<std::unique_ptr<fetch::NetworkFetcher>> browsers;
    if (opensABrowser)
        settings.opener = [&browsers](const QUrl &address) {
            return openIn(*browsers.emplace_back(std::make_unique<fetch::NetworkFetcher>()), address);
        };
    settings.redirect = readRedirect(u"http://127.0.0.1:%1/callback"_s.arg(freePort())).value_or(Redirect());
    Run first(server, settings, &kept);
    QVERIFY(first.toTheEnd());
    QVERIFY2(!first.flow.failure(), first.why().constData());
    server.asked.clear();
    server.forgotten = {"client_1"_ba};
    server.token = "token-2";
    Run second(server, settings, &kept);
    second.laterMs = 301'000;
    QVERIFY(second.toTheEnd());
    QVERIFY2(!second.flow.failure(), second.why().constData());
    QCOMPARE(server.count("/register"), 1);
    QCOMPARE(server.count("/authorize"), 1); // Nobody saw the page of the dead one.
    QCOMPARE(second.flow.client().id, u"client_2"_s);
    const QString detail = second.step(StepId::Client).detail;
    QVERIFY2(detail.contains(u"client_1"_s), qPrintable(detail));
    QVERIFY(!second.flow.tokens().refresh.isEmpty());
    // And the next one goes on with that.
    server.asked.clear();
    Run third(server, settings, &kept);
    third.laterMs = 301'000;
    QVERIFY(third.toTheEnd());
    QVERIFY2(!third.flow.failure(), third.why().constData());
    QCOMPARE(server.count("/register"), 0);
}

void TestFlow::registersAnewOnceOnly()
{
    base::MemorySecretStore kept;
    ScriptedServer server;
    FlowSettings settings;
    settings.useKept = false;
    Run first(server, settings, &kept);
    QVERIFY(first.toTheEnd());
    server.odd.insert("/token", [](const http::Request &) {
        return ScriptedServer::json({{u"error"_s, u"invalid_client"_s}}, 401);
    });
    Run second(server, settings, &kept);
    QVERIFY(second.toTheEnd());
    QVERIFY(second.flow.failure());
    QCOMPARE(second.flow.failure()->reason, Failure::Reason::ClientUnknown);
    QCOMPARE(server.count("/register"), 2);
}

/// Its token is good by the clock, so that nobody looks at the client before the server has refused it.
void TestFlow::probesAKeptClientWhereItsTokenIsRefused()
{
    base::MemorySecretStore kept;
    ScriptedServer server;
    Run first(server, {}, &kept);
    QVERIFY(first.toTheEnd());
    const QString key = tokensKey(server.origin(), server.mcp(), u"client_1"_s);
    Tokens withoutRefresh = first.flow.tokens();
    withoutRefresh.refresh.clear();
    kept.write(key, writeTokens(withoutRefresh), [](bool) {});
    kept.remove(grantKey(server.mcp()), [] {}); // As where it is asked without a token first.
    server.forgotten = {"client_1"_ba};
    server.token = "token-2";
    server.asked.clear();
    Run second(server, {}, &kept);
    QVERIFY(second.toTheEnd());
    QVERIFY2(!second.flow.failure(), second.why().constData());
    QCOMPARE(server.count("/authorize"), 1);
    QCOMPARE(server.count("/register"), 1);
    QCOMPARE(second.flow.client().id, u"client_2"_s);
}

void TestFlow::usesItsOwnRegistrationWhereAnotherClientIsGone()
{
    base::MemorySecretStore kept;
    ScriptedServer server;
    Run first(server, {}, &kept);
    QVERIFY(first.toTheEnd());
    FlowSettings settings;
    settings.clientId = u"given"_s;
    settings.issuer = server.origin();
    Run given(server, settings, &kept); // Is the one for that address from now on.
    QVERIFY(given.toTheEnd());
    QVERIFY2(!given.flow.failure(), given.why().constData());
    server.forgotten = {"given"_ba};
    server.asked.clear();
    Run third(server, {}, &kept);
    third.laterMs = 301'000;
    QVERIFY(third.toTheEnd());
    QVERIFY2(!third.flow.failure(), third.why().constData());
    QCOMPARE(server.count("/register"), 0);
    QCOMPARE(third.flow.client().id, u"client_1"_s);
}

/// The server may not have been able to read it for a moment.
void TestFlow::keepsTheTokensOfAClientThatIsADocument()
{
    base::MemorySecretStore kept;
    ScriptedServer server;
    server.odd.insert("/.well-known/oauth-authorization-server", [&server](const http::Request &) {
        QJsonObject document = server.serverDocument();
        document.insert(u"client_id_metadata_document_supported"_s, true);
        return ScriptedServer::json(document);
    });
    FlowSettings settings;
    settings.clientMetadataUrl = u"https://client.example/doc"_s;
    Run first(server, settings, &kept);
    QVERIFY(first.toTheEnd());
    QVERIFY2(!first.flow.failure(), first.why().constData());
    server.forgotten = {"https://client.example/doc"_ba};
    Run second(server, settings, &kept);
    second.laterMs = 301'000;
    QVERIFY(second.toTheEnd());
    QVERIFY(second.flow.failure());
    std::optional<QByteArray> left;
    kept.read(tokensKey(server.origin(), server.mcp(), settings.clientMetadataUrl),
              [&left](const std::optional<QByteArray> &bytes) { left = bytes; });
    QTRY_VERIFY(left);
    QVERIFY(left->contains("refresh-1"));
    QCOMPARE(server.count("/register"), 0);
}

/// Its stream would go on asking questions, and fill the steps that follow.
void TestFlow::leavesTheOldSessionWhereItSignsInAnew()
{
    ScriptedServer server;
    server.wantsToken = false;
    int deleted = 0;
    server.before = [&](const QString &method) {
        if (method == "tools/call"_L1)
            server.wantsToken = true;
        if (method.isEmpty() && server.asked.last().method == "DELETE")
            ++deleted;
    };
    Run run(server);
    QVERIFY(run.toTheEnd());
    QVERIFY2(!run.flow.failure(), run.why().constData());
    QTRY_VERIFY(deleted >= 1);
    // What is signed in with has not been seen by the session of before.
    const Step &authorize = run.step(StepId::Authorize);
    for (const Leg &leg : authorize.legs)
        QVERIFY2(!leg.requestLine.contains(u"/mcp"_s), qPrintable(leg.requestLine));
    QVERIFY(authorize.legs.first().answered.contains(u"state"_s));
}

void TestFlow::leavesAGivenClientAsItIs()
{
    ScriptedServer server;
    server.forgotten = {"given"_ba};
    FlowSettings settings;
    settings.clientId = u"given"_s;
    settings.issuer = server.origin();
    Run run(server, settings);
    QVERIFY(run.toTheEnd());
    QVERIFY(run.flow.failure());
    QCOMPARE(run.flow.failure()->reason, Failure::Reason::ClientUnknown);
    QCOMPARE(server.count("/register"), 0);
}

void TestFlow::forgetsOnlyWhatWasMeant()
{
    base::MemorySecretStore kept;
    ScriptedServer server;
    Run run(server, {}, &kept);
    QVERIFY(run.toTheEnd());
    const QString key = tokensKey(server.origin(), server.mcp(), run.flow.client().id);
    const auto stored = [&] {
        std::optional<QByteArray> found;
        bool isRead = false;
        kept.read(key, [&](const std::optional<QByteArray> &bytes) {
            found = bytes;
            isRead = true;
        });
        [&] { QTRY_VERIFY(isRead); }();
        return found;
    };
    const auto forget = [&](const Forgotten &what) {
        bool isDone = false;
        run.flow.forget(what, [&] { isDone = true; });
        return gatehouse::waitFor([&] { return isDone; });
    };
    // Another program has refreshed meanwhile.
    Tokens newer = run.flow.tokens();
    newer.refresh = "refresh-of-another-program";
    kept.write(key, writeTokens(newer), [](bool) {});
    QVERIFY(forget({false, false, false, true, false}));
    QCOMPARE(stored(), writeTokens(newer));
    QVERIFY(forget({false, false, false, false, true}));
    QCOMPARE(stored(), writeTokens(newer));
    QVERIFY(forget({true, false, false, false, false}));
    newer.access.clear();
    QCOMPARE(stored(), writeTokens(newer)); // Not the refresh token that this flow knows.
    QVERIFY(forget({true, true, true, false, false})); // Also after their client.
    QVERIFY(!stored());
}

void TestFlow::usesARefreshTokenWhoseAccessTokenWasForgotten()
{
    base::MemorySecretStore kept;
    ScriptedServer server;
    Run first(server, {}, &kept);
    QVERIFY(first.toTheEnd());
    QVERIFY(!first.flow.tokens().refresh.isEmpty());
    bool isForgotten = false;
    first.flow.forget({true, false, false, false, false}, [&] { isForgotten = true; });
    QTRY_VERIFY(isForgotten);
    server.token = "token-2";
    Run second(server, {}, &kept);
    QVERIFY(second.toTheEnd());
    QVERIFY2(!second.flow.failure(), second.why().constData());
    QCOMPARE(second.flow.accessToken(), "token-2"_ba);
    QCOMPARE(server.count("/authorize"), 1);
}

void TestFlow::saysNothingOnceItIsGone()
{
    struct Slow : base::MemorySecretStore
    {
        void remove(const QString &, std::function<void()> done) override { late = std::move(done); }
        std::function<void()> late;
    };
    Slow kept;
    ScriptedServer server;
    auto run = std::make_unique<Run>(server, FlowSettings(), &kept);
    QVERIFY(run->toTheEnd());
    int answers = 0;
    run->flow.forget({false, false, false, true, true}, [&] { ++answers; });
    QTRY_VERIFY(kept.late); // The client; then the trust.
    std::exchange(kept.late, {})();
    QTRY_VERIFY(kept.late);
    run.reset();
    kept.late();
    QCOMPARE(answers, 0);
}

void TestFlow::masksTheHeadersThatTheUserGave()
{
    ScriptedServer server;
    FlowSettings settings;
    settings.headers = {{"X-Tenant"_ba, "s3cret"_ba}};
    Run run(server, settings);
    QVERIFY(run.toTheEnd());
    QVERIFY2(!run.flow.failure(), run.why().constData());
    int shown = 0;
    for (const Step &step : run.flow.steps()) {
        for (const Leg &leg : step.legs) {
            QVERIFY2(!leg.sent.contains(u"s3cret"_s), qPrintable(leg.sent));
            shown += int(leg.sent.count(u"X-Tenant: …"_s));
        }
    }
    QVERIFY(shown > 0);
    QVERIFY(std::any_of(server.asked.begin(), server.asked.end(), [](const http::Request &request) {
        return base::onlyValueOf(request.headers, "X-Tenant") == "s3cret"_ba;
    }));
}

void TestFlow::showsAGivenClientBySecret()
{
    ScriptedServer server;
    FlowSettings settings;
    settings.clientId = u"given id"_s;
    settings.clientSecret = u"s:1"_s;
    settings.issuer = server.origin();
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

void TestFlow::runsAgainFromAStep_data()
{
    QTest::addColumn<StepId>("asked");
    QTest::addColumn<StepId>("from");
    QTest::addColumn<int>("registrations"); // In both runs together.
    QTest::addColumn<int>("authorizations");
    QTest::newRow("from the start") << StepId::Ask << StepId::Ask << 1 << 2;
    QTest::newRow("from the client") << StepId::Client << StepId::Client << 1 << 2;
    QTest::newRow("from the sign-in") << StepId::Authorize << StepId::Authorize << 1 << 2;
    QTest::newRow("from the code, which is spent") << StepId::Token << StepId::Authorize << 1 << 2;
    QTest::newRow("from the session") << StepId::Session << StepId::Session << 1 << 1;
    QTest::newRow("from the call, whose session is over") << StepId::Call << StepId::Session << 1 << 1;
}

void TestFlow::runsAgainFromAStep()
{
    QFETCH(StepId, asked);
    QFETCH(StepId, from);
    ScriptedServer server;
    server.toolFails = true;
    FlowSettings settings;
    settings.useKept = asked < StepId::Authorize ? false : true;
    Run run(server, settings);
    QVERIFY(run.toTheEnd());
    QVERIFY(run.flow.failure());
    server.toolFails = false;
    QCOMPARE(run.flow.retryFrom(asked), from);
    QVERIFY(!run.flow.failure());
    QCOMPARE(run.flow.current(), int(from));
    for (int id = 0; id < stepCount; ++id)
        QCOMPARE(run.step(StepId(id)).state, id < int(from) ? StepState::Done : StepState::Waiting);
    run.finished.clear();
    QVERIFY(run.toTheEnd());
    QVERIFY2(!run.flow.failure(), run.why().constData());
    QCOMPARE(resultText(run.flow.result()), u"Ada"_s);
    QTEST(server.count("/register"), "registrations");
    QTEST(server.count("/authorize"), "authorizations");
}

void TestFlow::leavesNothingUnderWayWhereItIsCancelled_data()
{
    QTest::addColumn<StepId>("at");
    QTest::addColumn<QByteArray>(
        "silent"); // The path that gives no answer; empty: the flow waits to be told.
    QTest::newRow("asking without a token") << StepId::Ask << "/mcp"_ba;
    QTest::newRow("resource metadata") << StepId::Resource << "/.well-known/oauth-protected-resource/mcp"_ba;
    QTest::newRow("server metadata") << StepId::Server << "/.well-known/oauth-authorization-server"_ba;
    QTest::newRow("registration") << StepId::Client << "/register"_ba;
    QTest::newRow("before the browser opens") << StepId::Authorize << QByteArray();
    QTest::newRow("while the browser is out") << StepId::Authorize << "/authorize"_ba;
    QTest::newRow("the code's exchange") << StepId::Token << "/token"_ba;
    QTest::newRow("the session") << StepId::Session << "initialize"_ba;
    QTest::newRow("the list") << StepId::List << "tools/list"_ba;
    QTest::newRow("the call") << StepId::Call << "tools/call"_ba;
}

void TestFlow::leavesNothingUnderWayWhereItIsCancelled()
{
    QFETCH(StepId, at);
    QFETCH(QByteArray, silent);
    ScriptedServer server;
    server.silent = silent;
    FlowSettings settings;
    fetch::NetworkFetcher browser;
    settings.opener = [&](const QUrl &address) { return !silent.isEmpty() && openIn(browser, address); };
    auto run = std::make_unique<Run>(server, settings);
    if (silent.isEmpty()) {
        for (int i = 0; i < int(at); ++i) {
            run->flow.next();
            QTRY_COMPARE(run->flow.current(), i + 1);
        }
    } else {
        run->flow.runAll();
        QTRY_VERIFY(run->flow.current() == int(at) && server.isWaiting);
    }
    const QUrl callback(run->flow.redirectUri());
    run->flow.cancel();
    QTRY_COMPARE(run->finished.count(), 1);
    QCOMPARE(run->flow.failure()->kind, Failure::Kind::Cancelled);
    QCOMPARE(run->step(at).detail, u"Cancelled."_s);
    QVERIFY(!run->flow.isRunning());
    QVERIFY(!listensAt(callback));
    const int asked = int(server.asked.size());
    QTest::qWait(30);
    QCOMPARE(server.asked.size(), asked);
    run.reset(); // And the flow may go at once.
    QTest::qWait(10);
}

GATEHOUSE_TEST(TestFlow)
#include "tst_flow.moc"
