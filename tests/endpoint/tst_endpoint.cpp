// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/mask.h"
#include "endpoint/served.h"
#include "http/eventstream.h"
#include "support/unit.h"

#include <QAbstractEventDispatcher>
#include <QRandomGenerator>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using namespace gatehouse::test;
using exchange::Refusal;

class TestEndpoint : public QObject, private Served
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void turnsAwayInTheOrderOfThePipeline_data();
    void turnsAwayInTheOrderOfThePipeline();
    void publishesItsMetadataAtEveryPlace_data();
    void publishesItsMetadataAtEveryPlace();
    void answersBrowsersOfAllowedPages();
    void judgesTheTokenOfEveryRequest();
    void asksForTheScopesOfATool();
    void turnsAwayWithoutAChallengeWhereANewSignInWouldNotHelp();
    void bindsASessionToItsUser();
    void namesATaskInAHeader();
    void tellsTheWholeStory();
    void namesTheTraceThatACallIsPartOf_data();
    void namesTheTraceThatACallIsPartOf();
    void countsWhatAListHolds();
    void readsARefusedCallForTheRecordOnly();
    void recordsWhatNeverBecameARequest();
    void keepsSecretsFromTheObserver();
    void worksTheSameWithoutAnObserver();
    void asksNobodyWithoutAuthorization();
    void endsEachExchangeOnce();
    void beginsAStreamWhereSomethingIsToBeToldBefore();
    void streamsOnlyToWhoeverTakesIt();
    void beginsAStreamWhereTheAnswerTakesLong();
    void keepsNothingForCallsThatWereAnswered();
    void stopsWhenThePeerLeaves();
    void recordsWhatWentOutForALateAnswer();
    void servesASessionsStream();
    void judgesATokenBeforeItTakesTheBodyIn_data();
    void judgesATokenBeforeItTakesTheBodyIn();
    void keepsWhatAForeignPageSentOutOfTheRecord();
    void recordsWhoLeftWhileKeysWereFetched_data();
    void recordsWhoLeftWhileKeysWereFetched();
    void refusesJsonThatIsNotExact_data();
    void refusesJsonThatIsNotExact();
    void answersEveryPrefixAndEverySpoiledBody();

private:
    struct Wired
    {
        QByteArray written;
        int heads = 0;
        http::Response head;
        int ends = 0;
        int answers = 0;
        http::Response response;
        http::Respond::Disconnected gone;
        QList<http::Standing> asked; ///< For the body.
    };
    /// With a body that comes only where it is asked for.
    std::shared_ptr<Wired> sendForStream(const http::Request &request, bool hasIntake = false);
};

void TestEndpoint::init()
{
    m_maximumBodyBytes = 2000;
    m_patience = endpoint::EndpointSettings().patience;
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    start();
}

void TestEndpoint::turnsAwayInTheOrderOfThePipeline_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<base::Headers>(
        "headers"); // Beside Host: localhost, unless Host is among them; no token unless "T".
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<Refusal>("refusal");
    using H = base::Headers;
    const base::Header good{"Authorization"_ba, "T"_ba};
    const base::Header json{"Content-Type"_ba, "application/json"_ba};
    const auto row = [](const char *name, const QByteArray &method, const QByteArray &path, const H &headers,
                        const QByteArray &body, int status, Refusal refusal) {
        QTest::newRow(name) << method << path << headers << body << status << refusal;
    };
    const QByteArray large(2001, ' ');
    row("a foreign Host, before all else", "PUT", "/nowhere", {{"Host"_ba, "evil.example"_ba}}, large, 403,
        Refusal::ForeignHost);
    row("a foreign Origin, before the path", "PUT", "/nowhere", {{"Origin"_ba, "https://evil.example"_ba}},
        large, 403, Refusal::ForeignOrigin);
    row("an unknown path, before the method", "PUT", "/nowhere", {}, large, 404, Refusal::UnknownPath);
    row("a path that begins like ours", "POST", "/mcp/", {good}, {}, 404, Refusal::UnknownPath);
    row("a path in capitals", "POST", "/MCP", {good}, {}, 404, Refusal::UnknownPath);
    row("a path with an escape", "POST", "/mcp%0a", {good}, {}, 404, Refusal::UnknownPath);
    row("a dot that is none", "GET", "/xwell-known/oauth-protected-resource", {}, {}, 404,
        Refusal::UnknownPath);
    row("metadata of another path", "GET", "/.well-known/oauth-protected-resource/other", {}, {}, 404,
        Refusal::UnknownPath);
    row("a wrong method, before the size", "PUT", "/mcp", {}, large, 405, Refusal::WrongMethod);
    row("GET, which would open a stream", "GET", "/mcp", {good}, {}, 405, Refusal::WrongMethod);
    row("a wrong method of metadata", "POST", "/.well-known/oauth-protected-resource", {}, {}, 405,
        Refusal::WrongMethod);
    row("too large, before the token", "POST", "/mcp", {}, large, 413, Refusal::TooLarge);
    row("no token, before the content type", "POST", "/mcp", {}, "x", 401, Refusal::None);
    row("a header twice", "POST", "/mcp",
        {good, json, {"Mcp-Session-Id"_ba, "a"_ba}, {"mcp-session-id"_ba, "b"_ba}}, "{}", 400,
        Refusal::RepeatedHeader);
    row("another content type", "POST", "/mcp", {good, {"Content-Type"_ba, "text/plain"_ba}}, "{}", 415,
        Refusal::WrongContentType);
    row("a content type that begins like ours", "POST", "/mcp",
        {good, {"Content-Type"_ba, "application/jsonx"_ba}}, "{}", 415, Refusal::WrongContentType);
    row("no content type", "POST", "/mcp", {good}, "{}", 415, Refusal::WrongContentType);
    row("two content types", "POST", "/mcp", {good, json, json}, "{}", 415, Refusal::WrongContentType);
    row("a compressed body", "POST", "/mcp", {good, json, {"Content-Encoding"_ba, "gzip"_ba}}, "{}", 415,
        Refusal::EncodedBody);
    row("a body in two codings", "POST", "/mcp",
        {good, json, {"content-encoding"_ba, "identity"_ba}, {"Content-Encoding"_ba, "br"_ba}}, "{}", 415,
        Refusal::EncodedBody);
    row("nothing that we could send", "POST", "/mcp", {good, json, {"Accept"_ba, "text/html, image/*"_ba}},
        "{}", 406, Refusal::NotAcceptable);
    row("no JSON", "POST", "/mcp", {good, json}, "{", 400, Refusal::NotJson);
    row("a member twice", "POST", "/mcp", {good, json}, R"({"id":1,"id":2})", 400, Refusal::NotJson);
    row("no body", "POST", "/mcp", {good, json}, "", 400, Refusal::NotJson);
    row("JSON that is no message", "POST", "/mcp", {good, json}, "1", 400, Refusal::None);
    row("a session that is not ours", "DELETE", "/mcp", {good, {"Mcp-Session-Id"_ba, "x"_ba}}, {}, 404,
        Refusal::None);
    row("DELETE without a token", "DELETE", "/mcp", {{"Mcp-Session-Id"_ba, "x"_ba}}, {}, 401, Refusal::None);
}

void TestEndpoint::turnsAwayInTheOrderOfThePipeline()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(base::Headers, headers);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    http::Request request;
    request.method = method;
    request.path = path;
    request.body = body;
    if (base::valuesOf(headers, "Host").isEmpty())
        request.headers.append({"Host"_ba, "localhost:3000"_ba});
    for (const auto &[name, value] : headers)
        request.headers.append({name, value == "T" ? "Bearer " + token() : value});
    const http::Response response = send(request);
    QCOMPARE(response.status, status);
    QCOMPARE(!headerOf(response, "Allow").isEmpty(), status == 405);
    QCOMPARE(!headerOf(response, "WWW-Authenticate").isEmpty(),
             status == 401 || m_recorder.all.last().verdict.reason == auth::Reason::MissingScope);
    QVERIFY2(!bodyOf(response).isEmpty(), "every refusal says why in JSON");
    QTRY_COMPARE(m_recorder.all.size(), 1);
    QTEST(m_recorder.all.first().refusal, "refusal");
    QCOMPARE(m_recorder.all.first().status, status);
}

void TestEndpoint::publishesItsMetadataAtEveryPlace_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QString>("member");
    QTest::addColumn<QString>("value");
    for (const QByteArray &suffix : {""_ba, "/mcp"_ba, "/team/mcp"_ba}) {
        QTest::newRow(("resource" + suffix).constData())
            << "/.well-known/oauth-protected-resource" + suffix << u"resource"_s << resource;
        QTest::newRow(("server" + suffix).constData())
            << "/.well-known/oauth-authorization-server" + suffix << u"issuer"_s << u"a"_s;
        QTest::newRow(("OpenID" + suffix).constData())
            << "/.well-known/openid-configuration" + suffix << u"issuer"_s << u"b"_s;
    }
}

void TestEndpoint::publishesItsMetadataAtEveryPlace()
{
    QFETCH(QByteArray, path);
    QFETCH(QString, member);
    http::Request request;
    request.method = "GET";
    request.path = path;
    // Whatever name we are called by, and from any page: the content is the configured one.
    request.headers = {{"Host"_ba, "gate.example"_ba}, {"Origin"_ba, "https://evil.example"_ba}};
    const http::Response response = send(request);
    QCOMPARE(response.status, 200);
    QTEST(bodyOf(response).value(member).toString(), "value");
    QCOMPARE(headerOf(response, "Access-Control-Allow-Origin"), "*"_ba);
    QVERIFY(headerOf(response, "Access-Control-Allow-Credentials").isEmpty());
    request.headers = {{"Host"_ba, "evil.example"_ba}};
    QCOMPARE(send(request).status, 403);
}

void TestEndpoint::answersBrowsersOfAllowedPages()
{
    http::Request request = post(modernCall(), {});
    request.headers.append({"Origin"_ba, "http://localhost:6274"_ba});
    http::Response response = send(request);
    QCOMPARE(response.status, 401);
    QCOMPARE(headerOf(response, "Access-Control-Allow-Origin"), "http://localhost:6274"_ba);
    QVERIFY(headerOf(response, "Access-Control-Expose-Headers").contains("WWW-Authenticate"));
    QCOMPARE(headerOf(response, "Vary"), "Origin"_ba);
    request.method = "OPTIONS";
    response = send(request);
    QCOMPARE(response.status, 200);
    QVERIFY(response.body.isEmpty());
    QVERIFY(headerOf(response, "Access-Control-Allow-Headers").contains("Authorization"));
    QVERIFY(!headerOf(response, "Access-Control-Allow-Headers").contains("mcp-param"));
    request.headers.append({"Access-Control-Request-Headers"_ba,
                            "content-type, Mcp-Param-Region,mcp-param-a b, x-own, mcp-param-c\r\nx: y"_ba});
    const QByteArray allowed = headerOf(send(request), "Access-Control-Allow-Headers");
    QVERIFY2(allowed.endsWith("Last-Event-ID, mcp-param-region"), allowed.constData());
    request.headers.removeLast();
    request.headers.last().second = "https://evil.example";
    response = send(request);
    QCOMPARE(response.status, 403);
    QVERIFY(headerOf(response, "Access-Control-Allow-Origin").isEmpty());
}

void TestEndpoint::judgesTheTokenOfEveryRequest()
{
    const QJsonObject good = bodyOf(send(asModern(post(modernCall(), token()))));
    QCOMPARE(good[u"result"_s][u"structuredContent"_s][u"userId"_s].toString(), u"user_1"_s);
    const QByteArray forged = token().chopped(8) + "AAAAAAAA";
    http::Response response = send(asModern(post(modernCall(), forged)));
    QCOMPARE(response.status, 401);
    QVERIFY(headerOf(response, "WWW-Authenticate").contains("error=\"invalid_token\""));
    QVERIFY(headerOf(response, "WWW-Authenticate")
                .contains("https://gate.example/.well-known/oauth-protected-resource/team/mcp"));
    m_fetcher->answers.clear();
    start();
    m_fetcher->answers.clear();
    response = send(asModern(post(modernCall(), token())));
    QCOMPARE(response.status, 503);
    QVERIFY(headerOf(response, "WWW-Authenticate").isEmpty());
    QVERIFY(!headerOf(response, "Retry-After").isEmpty());
}

void TestEndpoint::asksForTheScopesOfATool()
{
    const http::Response refused = send(
        asModern(post(modernCall(u"guarded"_s), token(u"user_1"_s, u"openid files:read"_s)), "guarded"));
    QCOMPARE(refused.status, 403);
    const QByteArray challenge = headerOf(refused, "WWW-Authenticate");
    QVERIFY(challenge.contains("error=\"insufficient_scope\""));
    QVERIFY(challenge.contains("scope=\"files:read files:write\""));
    QVERIFY(challenge.contains("resource_metadata="));
    QCOMPARE(m_recorder.all.last().verdict.reason, auth::Reason::MissingScope);
    QCOMPARE(m_recorder.all.last().target, u"guarded"_s);
    const http::Response allowed = send(
        asModern(post(modernCall(u"guarded"_s), token(u"user_1"_s, u"files:write files:read"_s)), "guarded"));
    QCOMPARE(allowed.status, 200);
}

void TestEndpoint::turnsAwayWithoutAChallengeWhereANewSignInWouldNotHelp()
{
    const http::Response refused
        = send(asModern(post(modernCall(u"members"_s), token(u"user_1"_s, u"openid"_s)), "members"));
    QCOMPARE(refused.status, 403);
    QVERIFY(headerOf(refused, "WWW-Authenticate").isEmpty());
    QVERIFY(refused.body.contains("\"access_denied\""));
    QVERIFY(!refused.body.contains("members:manage")); // Who lacks it need not learn its name.
    QCOMPARE(m_recorder.all.last().verdict.reason, auth::Reason::MissingPermission);
}

void TestEndpoint::bindsASessionToItsUser()
{
    const QJsonObject initialize{
        {u"jsonrpc"_s, u"2.0"_s},
        {u"id"_s, 1},
        {u"method"_s, u"initialize"_s},
        {u"params"_s,
         QJsonObject{{u"protocolVersion"_s, u"2025-11-25"_s},
                     {u"capabilities"_s, QJsonObject()},
                     {u"clientInfo"_s, QJsonObject{{u"name"_s, u"a"_s}, {u"version"_s, u"1"_s}}}}}};
    const QByteArray session = headerOf(send(post(initialize, token())), "Mcp-Session-Id");
    QVERIFY(session.size() >= 40);
    const QJsonObject ping{{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, 2}, {u"method"_s, u"ping"_s}};
    const auto with = [&](const QString &user) {
        http::Request request = post(ping, token(user));
        request.headers.append({"Mcp-Session-Id"_ba, session});
        return request;
    };
    QCOMPARE(send(with(u"user_1"_s)).status, 200);
    QCOMPARE(send(with(u"user_2"_s)).status, 404);
    http::Request end = with(u"user_1"_s);
    end.method = "DELETE";
    QCOMPARE(send(end).status, 200);
    QCOMPARE(send(with(u"user_1"_s)).status, 404);
    for (const exchange::Exchange &one : std::as_const(m_recorder.all)) {
        for (const auto &[name, value] : one.requestHeaders + one.responseHeaders)
            QVERIFY2(!value.contains(session), name.constData());
    }
}

void TestEndpoint::namesATaskInAHeader()
{
    mcp::Tool slow = tools::profileTool();
    slow.name = u"slow"_s;
    slow.outputSchema = {};
    slow.tasks = mcp::TaskSupport::Optional;
    slow.handler = [](const mcp::ToolCall &call, const mcp::ToolAnswer &answer) {
        call.context.becomeTask();
        answer(mcp::ToolResult::text(u"done"_s));
    };
    QVERIFY(m_features->addTool(slow));
    const auto call = [this](const QString &tool) {
        const QJsonObject knowsTasks{
            {u"extensions"_s, QJsonObject{{u"io.modelcontextprotocol/tasks"_s, QJsonObject()}}}};
        const QJsonObject meta{{u"io.modelcontextprotocol/protocolVersion"_s, u"2026-07-28"_s},
                               {u"io.modelcontextprotocol/clientCapabilities"_s, knowsTasks}};
        http::Request request
            = post(QJsonObject{{u"jsonrpc"_s, u"2.0"_s},
                               {u"id"_s, 1},
                               {u"method"_s, u"tools/call"_s},
                               {u"params"_s, QJsonObject{{u"name"_s, tool}, {u"_meta"_s, meta}}}},
                   token());
        request.headers += base::Headers{{"MCP-Protocol-Version"_ba, "2026-07-28"_ba},
                                         {"Mcp-Method"_ba, "tools/call"_ba},
                                         {"Mcp-Name"_ba, tool.toLatin1()}};
        return send(request);
    };
    const http::Response created = call(u"slow"_s);
    const QString id
        = base::readJsonObject(created.body).value_or(QJsonObject())[u"result"_s][u"taskId"_s].toString();
    QVERIFY(!id.isEmpty());
    QCOMPARE(headerOf(created, "Gatehouse-Task"), id.toLatin1());
    QVERIFY(headerOf(call(u"get-profile"_s), "Gatehouse-Task").isEmpty());
}

void TestEndpoint::namesTheTraceThatACallIsPartOf_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("meta");
    QTest::addColumn<QByteArray>("trace");
    const QByteArray a(32, 'a');
    const QByteArray b(32, 'b');
    const QByteArray inA = "00-" + a + "-00f067aa0ba902b7-01";
    const QString inB = u"00-"_s + QString::fromLatin1(b) + u"-00f067aa0ba902b7-01"_s;
    QTest::newRow("none") << QByteArray() << QString() << QByteArray();
    QTest::newRow("by the header") << inA << QString() << a;
    QTest::newRow("by the message") << QByteArray() << inB << b;
    QTest::newRow("by both: the header may be a proxy's") << inA << inB << b;
    QTest::newRow("by the header, and the message's is none") << inA << u"<img src=x>"_s << a;
    QTest::newRow("what is none") << "00-x\r\ny-01"_ba << u"\u202e"_s << QByteArray();
}

void TestEndpoint::namesTheTraceThatACallIsPartOf()
{
    QFETCH(const QByteArray, header);
    QFETCH(const QString, meta);
    QJsonObject call = modernCall();
    QJsonObject params = call.value(u"params"_s).toObject();
    QJsonObject own = params.value(u"_meta"_s).toObject();
    if (!meta.isEmpty())
        own.insert(u"traceparent"_s, meta);
    params.insert(u"_meta"_s, own);
    call.insert(u"params"_s, params);
    http::Request request = asModern(post(call, token()));
    if (!header.isEmpty())
        request.headers.append({"Traceparent"_ba, header});
    QCOMPARE(send(request).status, 200);
    QTEST(m_recorder.all.last().traceId, "trace");
}

void TestEndpoint::tellsTheWholeStory()
{
    (void)send(asModern(post(modernCall(), token())));
    QCOMPARE(m_recorder.begun.size(), 1);
    QCOMPARE(m_recorder.begun.first().outcome, exchange::Outcome::Running);
    QCOMPARE(m_recorder.all.size(), 1);
    const exchange::Exchange &one = m_recorder.all.first();
    QCOMPARE(one.peer, "127.0.0.1:51234"_ba);
    QCOMPARE(one.method, "POST"_ba);
    QCOMPARE(one.client, u"tester 3"_s);
    QCOMPARE(one.rpcMethod, u"tools/call"_s);
    QCOMPARE(one.target, u"get-profile"_s);
    QCOMPARE(one.revision, u"2026-07-28"_s);
    QCOMPARE(one.user, u"user_1@example.com"_s);
    QCOMPARE(one.outcome, exchange::Outcome::Ok);
    QCOMPARE(one.status, 200);
    QCOMPARE(one.times.receivedAt, nowMs);
    QVERIFY(one.times.judgedUs > 0 && one.times.judgedUs <= one.times.parsedUs);
    QVERIFY(one.times.parsedUs <= one.times.calledUs && one.times.calledUs <= one.times.answeredUs);
    QCOMPARE(one.times.bodyUs, 0); // It was there with the head.
    QCOMPARE(one.times.endedUs, 0); // No stream: what is ours behind the answer is not counted.
    QVERIFY(one.requestBody.shown.contains("get-profile"));
    QCOMPARE(one.requestBody.size, one.requestBody.shown.size());
    QVERIFY(one.responseBody.shown.contains("structuredContent"));
    QCOMPARE(one.verdict.fingerprint, base::fingerprint(token()));
}

void TestEndpoint::countsWhatAListHolds()
{
    m_features->setHidesForbidden(false);
    QJsonObject list = modernCall();
    list.insert(u"method"_s, u"tools/list"_s);
    http::Request request = post(list, token());
    request.headers
        += base::Headers{{"MCP-Protocol-Version"_ba, "2026-07-28"_ba}, {"Mcp-Method"_ba, "tools/list"_ba}};
    (void)send(request);
    (void)send(asModern(post(modernCall(), token())));
    QCOMPARE(m_recorder.all.size(), 2);
    QCOMPARE(m_recorder.all.at(0).listLength, 3);
    QCOMPARE(m_recorder.all.at(1).listLength, -1);
}

void TestEndpoint::readsARefusedCallForTheRecordOnly()
{
    (void)send(asModern(post(modernCall(), {})));
    QCOMPARE(m_recorder.all.last().target, u"get-profile"_s);
    QCOMPARE(m_recorder.all.last().client, u"tester 3"_s);
    QCOMPARE(m_recorder.all.last().outcome, exchange::Outcome::None);
    http::Request garbage = post({}, {});
    garbage.body = "{\"method\":";
    QCOMPARE(send(garbage).status, 401);
    QVERIFY(m_recorder.all.last().rpcMethod.isEmpty());
}

void TestEndpoint::recordsWhatNeverBecameARequest()
{
    http::Request request;
    request.method = "POST";
    request.path = "/mcp";
    request.headers = {{"Authorization"_ba, "Bearer SECRET-token"_ba}};
    m_endpoint->record({http::EdgeFault::BadLength, request, http::jsonResponse(400, "{}"_ba)});
    QCOMPARE(m_recorder.all.size(), 1);
    const exchange::Exchange one = m_recorder.all.last();
    QCOMPARE(one.refusal, exchange::Refusal::BeforeHttp);
    QCOMPARE(one.fault.name, "bad_length"_ba);
    QCOMPARE(one.status, 400);
    QCOMPARE(one.outcome, exchange::Outcome::None);
    QVERIFY(!one.requestHeaders.first().second.contains("SECRET"));
    QVERIFY2(one.id > 0, "its ids go on with those of requests");
    (void)send(post({}, {}));
    QVERIFY(m_recorder.all.last().id > one.id);
}

void TestEndpoint::keepsSecretsFromTheObserver()
{
    const QByteArray planted = token(u"planted"_s);
    const QByteArray signature = planted.sliced(planted.lastIndexOf('.') + 1);
    for (const bool isAccepted : {true, false}) {
        QJsonObject call = modernCall();
        QJsonObject params = call.value("params"_L1).toObject();
        params.insert(u"arguments"_s,
                      QJsonObject{{u"note"_s, QString::fromLatin1("take " + planted)},
                                  {u"client_secret"_s, u"SECRET-1"_s}});
        call.insert(u"params"_s, params);
        http::Request request = asModern(post(call, isAccepted ? token() : planted.chopped(4) + "AAAA"));
        request.path = "/mcp";
        request.query = "code=SECRET-2&state=SECRET-3&x=" + planted;
        request.headers += base::Headers{
            {"Cookie"_ba, "SECRET-4"_ba}, {"X-Note"_ba, "Bearer " + planted}, {"User-Agent"_ba, planted}};
        (void)send(request);
        const exchange::Exchange &one = m_recorder.all.last();
        QByteArray all = one.peer + one.method + one.path + one.query + one.requestBody.shown
            + one.responseBody.shown + one.challenge
            + (one.client + one.rpcMethod + one.target + one.revision + one.user + one.organization).toUtf8()
            + one.session + base::writeJson(one.verdict.header) + base::writeJson(one.verdict.claims);
        for (const auto &[name, value] : one.requestHeaders + one.responseHeaders)
            all += name + value;
        for (const auth::Check &check : one.verdict.checks)
            all += (check.expected + check.actual + check.note).toUtf8();
        QVERIFY(!all.contains(signature.first(40)));
        QVERIFY(!all.contains(planted.left(80)));
        QVERIFY2(!all.contains("SECRET-"), all.mid(all.indexOf("SECRET-") - 40, 60).constData());
    }
}

void TestEndpoint::worksTheSameWithoutAnObserver()
{
    const http::Response watched = send(asModern(post(modernCall(), token())));
    m_endpoint->setSink(nullptr);
    const http::Response alone = send(asModern(post(modernCall(), token())));
    QCOMPARE(alone.status, watched.status);
    QCOMPARE(alone.body, watched.body);
    QCOMPARE(alone.headers, watched.headers);
}

void TestEndpoint::asksNobodyWithoutAuthorization()
{
    start(false);
    const http::Response response = send(asModern(post(modernCall(), {})));
    QCOMPARE(response.status, 200);
    QVERIFY(bodyOf(response)[u"result"_s][u"isError"_s].toBool()); // Nobody is signed in.
    http::Request request;
    request.method = "GET";
    request.path = "/.well-known/oauth-protected-resource";
    request.headers = {{"Host"_ba, "localhost"_ba}};
    QCOMPARE(send(request).status, 404);
}

void TestEndpoint::endsEachExchangeOnce()
{
    m_fetcher->delayMs = 20;
    int answers = 0;
    for (int i = 0; i < 10; ++i)
        m_endpoint->handle(asModern(post(modernCall(), token())), [&](const http::Response &) { ++answers; });
    QTRY_COMPARE(answers, 10);
    QTRY_COMPARE(m_recorder.all.size(), 10);
    QVERIFY(m_recorder.open.isEmpty());
    // One that is never answered, because the endpoint goes, ends with it.
    start();
    m_fetcher->delayMs = 20;
    m_endpoint->handle(asModern(post(modernCall(), token())), [&](const http::Response &) { ++answers; });
    m_endpoint.reset();
    QCOMPARE(m_recorder.all.size(), 1);
    QCOMPARE(m_recorder.all.first().status, 0);
    QTest::qWait(50);
    QCOMPARE(m_recorder.all.size(), 1);
    QCOMPARE(answers, 10);
}

std::shared_ptr<TestEndpoint::Wired> TestEndpoint::sendForStream(const http::Request &request, bool hasIntake)
{
    const auto wired = std::make_shared<Wired>();
    http::Request onlyHead = request;
    http::BodyIntake intake;
    if (hasIntake) {
        onlyHead.body.clear();
        intake = {[wired, body = request.body](http::Standing standing, const http::BodyIntake::Body &then) {
                      wired->asked.append(standing);
                      then(body);
                  },
                  request.body.size()};
    }
    m_endpoint->handle(
        onlyHead,
        {[wired](const http::Response &response) {
             ++wired->answers;
             wired->response = response;
         },
         [wired](const http::Response &head) {
             ++wired->heads;
             wired->head = head;
             return std::make_shared<http::EventStream>(http::EventStream::Wire{
                 [wired](const QByteArray &piece) { wired->written += piece; }, [wired] { ++wired->ends; }});
         },
         [wired](const http::Respond::Disconnected &then) { wired->gone = then; }, intake});
    return wired;
}

namespace {

/// A tool that tells how far it is and keeps its answer for later.
mcp::Tool slowTool(mcp::ToolAnswer &answer)
{
    mcp::Tool tool = tools::profileTool();
    tool.name = u"slow"_s;
    tool.outputSchema.reset();
    tool.handler = [&answer](const mcp::ToolCall &call, const mcp::ToolAnswer &given) {
        answer = given;
        call.context.progress(0.5, 1, u"half"_s);
    };
    return tool;
}

http::Request withProgress(http::Request request)
{
    QJsonObject message = base::readJsonObject(request.body).value();
    QJsonObject params = message[u"params"_s].toObject();
    QJsonObject meta = params[u"_meta"_s].toObject();
    meta.insert(u"progressToken"_s, 1);
    params.insert(u"_meta"_s, meta);
    message.insert(u"params"_s, params);
    request.body = base::writeJson(message);
    return request;
}

const base::Headers takesStreams{{"Accept"_ba, "application/json, text/event-stream"_ba},
                                 {"Origin"_ba, "http://localhost:6274"_ba}};

} // namespace

void TestEndpoint::beginsAStreamWhereSomethingIsToBeToldBefore()
{
    mcp::ToolAnswer answer;
    QVERIFY(m_features->addTool(slowTool(answer)));
    http::Request request = withProgress(asModern(post(modernCall(u"slow"_s), token()), "slow"_ba));
    request.headers += takesStreams;
    const auto wired = sendForStream(request);
    QTRY_COMPARE(wired->heads, 1);
    QCOMPARE(headerOf(wired->head, "X-Accel-Buffering"), "no"_ba);
    QCOMPARE(headerOf(wired->head, "Cache-Control"), "no-store"_ba);
    QCOMPARE(headerOf(wired->head, "Access-Control-Allow-Origin"), "http://localhost:6274"_ba);
    QVERIFY2(wired->written.startsWith("data: {") && wired->written.endsWith("}\n\n"),
             wired->written.constData());
    QVERIFY(m_recorder.all.isEmpty());
    QCOMPARE(m_recorder.streaming.size(), 2); // Its call, and then its stream.
    const exchange::Exchange &pending = m_recorder.streaming.last();
    QCOMPARE(pending.outcome, exchange::Outcome::Running);
    QCOMPARE(pending.status, 200);
    QCOMPARE(pending.verdict.reason, auth::Reason::Valid);
    QCOMPARE(pending.target, u"slow"_s);
    answer(mcp::ToolResult::text(u"done"_s));
    QTRY_COMPARE(wired->ends, 1);
    QCOMPARE(m_recorder.streaming.size(), 2); // Its call, and then its stream.
    QCOMPARE(wired->answers, 0);
    QCOMPARE(wired->written.count("data: "), 2);
    QCOMPARE(m_recorder.all.size(), 1);
    const exchange::Exchange &told = m_recorder.all.last();
    QCOMPARE(told.outcome, exchange::Outcome::Ok);
    QCOMPARE(told.status, 200);
    QCOMPARE(told.responseBody.shown, wired->written);
    QCOMPARE(told.responseBody.size, wired->written.size());
}

void TestEndpoint::streamsOnlyToWhoeverTakesIt()
{
    mcp::ToolAnswer answer;
    QVERIFY(m_features->addTool(slowTool(answer)));
    http::Request request = withProgress(asModern(post(modernCall(u"slow"_s), token()), "slow"_ba));
    request.headers.append({"Accept"_ba, "application/json"_ba});
    const auto wired = sendForStream(request);
    QTRY_VERIFY(answer);
    QCoreApplication::processEvents();
    QCOMPARE(wired->heads, 0);
    answer(mcp::ToolResult::text(u"done"_s));
    QTRY_COMPARE(wired->answers, 1);
    QCOMPARE(wired->heads, 0);
    // An answer that is there at once is no stream either.
    http::Request quick = asModern(post(modernCall(), token()));
    quick.headers += takesStreams;
    const auto plain = sendForStream(quick);
    QTRY_COMPARE(plain->answers, 1);
    QCOMPARE(plain->heads, 0);
}

void TestEndpoint::beginsAStreamWhereTheAnswerTakesLong()
{
    m_patience = std::chrono::milliseconds(1);
    start();
    mcp::ToolAnswer answer;
    QVERIFY(m_features->addTool(slowTool(answer)));
    http::Request request = asModern(post(modernCall(u"slow"_s), token()), "slow"_ba);
    request.headers += takesStreams;
    const auto wired = sendForStream(request);
    QTRY_COMPARE(wired->heads, 1);
    QVERIFY(wired->written.isEmpty());
    answer(mcp::ToolResult::text(u"done"_s));
    QTRY_COMPARE(wired->ends, 1);
    QCOMPARE(wired->written.count("data: "), 1);
}

void TestEndpoint::keepsNothingForCallsThatWereAnswered()
{
    mcp::ToolAnswer answer;
    QVERIFY(m_features->addTool(slowTool(answer)));
    http::Request request = asModern(post(modernCall(u"slow"_s), token()), "slow"_ba);
    request.headers += takesStreams;
    // Of a timer for each call, ten thousand calls a second would make a hundred thousand: Qt looks through
    // them all.
    const auto timers = [] { return QAbstractEventDispatcher::instance()->children().size(); };
    qsizetype before = 0;
    for (int i = 0; i < 20; ++i) {
        const auto wired = sendForStream(request);
        QTRY_VERIFY(answer);
        std::exchange(answer, {})(mcp::ToolResult::text(u"done"_s));
        QTRY_COMPARE(wired->answers, 1);
        if (i == 0)
            before = timers(); // Once the keys are there.
    }
    QCOMPARE(timers(), before);
}

void TestEndpoint::stopsWhenThePeerLeaves()
{
    mcp::ToolAnswer answer;
    QVERIFY(m_features->addTool(slowTool(answer)));
    http::Request request = withProgress(asModern(post(modernCall(u"slow"_s), token()), "slow"_ba));
    request.headers += takesStreams;
    for (const bool streams : {true, false}) {
        if (!streams)
            request.headers.removeIf([](const auto &one) { return one.first == "Accept"; });
        const qsizetype before = m_recorder.all.size();
        const auto wired = sendForStream(request);
        QTRY_VERIFY(answer);
        QTRY_VERIFY(!streams || wired->heads == 1);
        wired->gone({});
        QCOMPARE(m_recorder.all.size(), before + 1);
        QCOMPARE(m_recorder.all.last().outcome, exchange::Outcome::Left);
        QVERIFY(exchange::tookUs(m_recorder.all.last().times) > 0);
        QCOMPARE(m_recorder.all.last().times.answeredUs > 0, streams); // Its head went out.
        answer(mcp::ToolResult::text(u"late"_s));
        answer = {};
        QCoreApplication::processEvents();
        QCOMPARE(wired->answers, 0);
        QVERIFY(!wired->written.contains("late"));
        QCOMPARE(m_recorder.all.size(), before + 1);
    }
}

void TestEndpoint::recordsWhatWentOutForALateAnswer()
{
    mcp::ToolAnswer answer;
    QVERIFY(m_features->addTool(slowTool(answer)));
    const auto wired = sendForStream(asModern(post(modernCall(u"slow"_s), token()), "slow"_ba));
    QTRY_VERIFY(answer);
    const http::Response instead = http::jsonResponse(503, R"({"error":"late"})"_ba);
    wired->gone({http::EdgeFault::AnswerTooSlow, instead});
    answer(mcp::ToolResult::text(u"late"_s));
    QCoreApplication::processEvents();
    QCOMPARE(wired->answers, 0);
    const exchange::Exchange &one = m_recorder.all.last();
    QCOMPARE(one.outcome, exchange::Outcome::Late);
    QCOMPARE(one.status, 503);
    QCOMPARE(one.responseBody.shown, instead.body);
}

void TestEndpoint::judgesATokenBeforeItTakesTheBodyIn_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("hasToken");
    QTest::addColumn<qsizetype>("padding");
    QTest::addColumn<int>("status");
    QTest::addColumn<QList<http::Standing>>("asked");
    QTest::addColumn<bool>("waits"); // Before it sends its body.
    using http::Standing;
    const QList<Standing> asStranger{Standing::Stranger};
    QTest::newRow("good") << "/mcp"_ba << true << qsizetype(0) << 200 << QList<Standing>{Standing::Admitted}
                          << false;
    QTest::newRow("good and long") << "/mcp"_ba << true << qsizetype(200'000) << 200
                                   << QList<Standing>{Standing::Admitted} << false;
    // Short ones are read all the same: their connection goes on, and the record knows what was refused.
    QTest::newRow("no token") << "/mcp"_ba << false << qsizetype(0) << 401 << asStranger << false;
    QTest::newRow("no token, and it waits to be told")
        << "/mcp"_ba << false << qsizetype(0) << 401 << QList<Standing>() << true;
    QTest::newRow("good, and it waits to be told")
        << "/mcp"_ba << true << qsizetype(0) << 200 << QList<Standing>{Standing::Admitted} << true;
    QTest::newRow("no token, and long")
        << "/mcp"_ba << false << qsizetype(200'000) << 401 << QList<Standing>() << false;
    QTest::newRow("nowhere") << "/elsewhere"_ba << true << qsizetype(0) << 404 << asStranger << false;
    QTest::newRow("nowhere, and long")
        << "/elsewhere"_ba << true << qsizetype(200'000) << 404 << QList<Standing>() << false;
    QTest::newRow("too long") << "/mcp"_ba << true << qsizetype(400'000) << 413 << QList<Standing>() << false;
}

void TestEndpoint::judgesATokenBeforeItTakesTheBodyIn()
{
    QFETCH(QByteArray, path);
    QFETCH(bool, hasToken);
    QFETCH(qsizetype, padding);
    QFETCH(int, status);
    QFETCH(QList<http::Standing>, asked);
    QFETCH(bool, waits);
    m_maximumBodyBytes = 300'000;
    start();
    http::Request request = asModern(post(modernCall(), hasToken ? token() : QByteArray()));
    request.path = path;
    request.body += QByteArray(padding, ' ');
    if (waits)
        request.headers.append({"Expect"_ba, "100-continue"_ba});
    const auto wired = sendForStream(request, true);
    QTRY_COMPARE(wired->answers, 1);
    QCOMPARE(wired->response.status, status);
    QCOMPARE(wired->asked, asked);
    QCOMPARE(m_recorder.all.size(), 1);
    const bool isKnown = !asked.isEmpty() && path == "/mcp";
    QCOMPARE(m_recorder.all.first().target, isKnown ? u"get-profile"_s : QString());
    QCOMPARE(m_recorder.all.first().requestBody.shown.contains("tools/call"), !asked.isEmpty());
}

void TestEndpoint::keepsWhatAForeignPageSentOutOfTheRecord()
{
    for (const bool hasIntake : {true, false}) {
        http::Request request = post(modernCall(u"<img src=x>"_s), token());
        request.headers.append({"Origin"_ba, "https://evil.example"_ba});
        const auto wired = sendForStream(request, hasIntake);
        QTRY_COMPARE(wired->answers, 1);
        QCOMPARE(wired->response.status, 403);
        QVERIFY(wired->asked.isEmpty());
        QVERIFY(m_recorder.all.last().target.isEmpty());
        QVERIFY(m_recorder.all.last().rpcMethod.isEmpty());
    }
}

void TestEndpoint::recordsWhoLeftWhileKeysWereFetched_data()
{
    QTest::addColumn<http::EdgeFault>("fault");
    QTest::addColumn<exchange::Outcome>("outcome");
    QTest::newRow("the peer") << http::EdgeFault::None << exchange::Outcome::Left;
    QTest::newRow("the time") << http::EdgeFault::AnswerTooSlow << exchange::Outcome::Late;
    QTest::newRow("the room") << http::EdgeFault::TooManyConnections << exchange::Outcome::None;
}

void TestEndpoint::recordsWhoLeftWhileKeysWereFetched()
{
    QFETCH(http::EdgeFault, fault);
    QFETCH(exchange::Outcome, outcome);
    m_fetcher->delayMs = 50;
    const auto wired = sendForStream(asModern(post(modernCall(), token())), true);
    QVERIFY(m_recorder.all.isEmpty());
    const http::Response instead = http::jsonResponse(503, "{}"_ba);
    wired->gone(fault == http::EdgeFault::None ? http::Cut() : http::Cut{fault, instead});
    QCOMPARE(m_recorder.all.size(), 1);
    QCOMPARE(m_recorder.all.first().outcome, outcome);
    QCOMPARE(m_recorder.all.first().status, fault == http::EdgeFault::None ? 0 : 503);
    QCOMPARE(m_recorder.all.first().fault.name,
             outcome == exchange::Outcome::None ? "too_many_connections"_ba : QByteArray());
    QTRY_COMPARE(m_keys->peek(u"k1"_s, u"RS256"_s).state, auth::KeyAnswer::State::Found);
    QCoreApplication::processEvents();
    QCOMPARE(wired->answers, 0);
    QVERIFY(wired->asked.isEmpty());
    QCOMPARE(m_recorder.all.size(), 1);
}

void TestEndpoint::servesASessionsStream()
{
    const QJsonObject initialize{
        {u"jsonrpc"_s, u"2.0"_s},
        {u"id"_s, 1},
        {u"method"_s, u"initialize"_s},
        {u"params"_s,
         QJsonObject{{u"protocolVersion"_s, u"2025-11-25"_s},
                     {u"capabilities"_s, QJsonObject()},
                     {u"clientInfo"_s, QJsonObject{{u"name"_s, u"t"_s}, {u"version"_s, u"1"_s}}}}}};
    const http::Response begun = send(post(initialize, token()));
    http::Request get;
    get.method = "GET";
    get.path = "/mcp";
    get.headers = {{"Host"_ba, "localhost:3000"_ba},
                   {"Authorization"_ba, "Bearer " + token()},
                   {"Mcp-Session-Id"_ba, headerOf(begun, "Mcp-Session-Id")}};
    http::Request anonymous = get;
    anonymous.headers.removeAt(1);
    QCOMPARE(send(anonymous).status, 401);
    http::Request deaf = get;
    deaf.headers.append({"Accept"_ba, "application/json"_ba});
    QCOMPARE(send(deaf).status, 406);
    get.headers += takesStreams;
    http::Request foreign = get;
    foreign.headers[1].second = "Bearer " + token(u"user_2"_s);
    QCOMPARE(sendForStream(foreign)->response.status, 404);
    const auto wired = sendForStream(get);
    QCOMPARE(wired->heads, 1);
    mcp::Tool more = tools::profileTool();
    more.name = u"more"_s;
    QVERIFY(m_features->addTool(more));
    QTRY_VERIFY(wired->written.contains("notifications/tools/list_changed"));
    QVERIFY(wired->written.startsWith("id: 0-"));
    QVERIFY2(!m_recorder.open.isEmpty(), "it is under way until its end");
    http::Request end = get;
    end.method = "DELETE";
    QCOMPARE(send(end).status, 200);
    QCOMPARE(wired->ends, 1);
    QCOMPARE(sendForStream(get)->response.status, 404);
}

void TestEndpoint::refusesJsonThatIsNotExact_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("code");
    const QByteArray ping = R"({"jsonrpc":"2.0","id":1,"method":"ping"})";
    QTest::newRow("nothing") << QByteArray() << -32700;
    QTest::newRow("half of it") << ping.first(20) << -32700;
    QTest::newRow("something behind it") << ping + "x" << -32700;
    QTest::newRow("two messages") << ping + ping << -32700;
    QTest::newRow("two methods") << R"({"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call"})"_ba
                                 << -32700;
    QTest::newRow("two ids, one written otherwise")
        << R"({"jsonrpc":"2.0","id":1,"method":"ping","i\u0064":2})"_ba << -32700;
    QTest::newRow("two names deep below")
        << R"({"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":[{"b":1,"b":2}]}})"_ba << -32700;
    QTest::newRow("half of a pair") << R"({"jsonrpc":"2.0","id":1,"method":"\ud83d"})"_ba << -32700;
    QTest::newRow("the pair the wrong way round")
        << R"({"jsonrpc":"2.0","id":1,"method":"\ude00\ud83d"})"_ba << -32700;
    QTest::newRow("no UTF-8") << "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xff\"}"_ba << -32700;
    QTest::newRow("a byte order mark") << "\xef\xbb\xbf" + ping << -32700;
    QTest::newRow("a comment") << "/**/" + ping << -32700;
    QTest::newRow("a comma too many") << R"({"jsonrpc":"2.0","id":1,"method":"ping",})"_ba << -32700;
    QTest::newRow("nested too deeply") << R"({"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":)"
            + QByteArray(200, '[') + QByteArray(200, ']')
            + "}}" << -32700;
    QTest::newRow("a number beyond all numbers")
        << R"({"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":1e999}})"_ba << -32700;
    QTest::newRow("a text") << R"("ping")"_ba << -32600;
    QTest::newRow("an empty batch") << "[]"_ba << -32600;
    QTest::newRow("no version") << R"({"id":1,"method":"ping"})"_ba << -32600;
    QTest::newRow("id null") << R"({"jsonrpc":"2.0","id":null,"method":"ping"})"_ba << -32600;
}

void TestEndpoint::refusesJsonThatIsNotExact()
{
    QFETCH(QByteArray, body);
    http::Request request = post({}, token());
    request.body = body;
    const http::Response response = send(request);
    QCOMPARE(response.status, 400);
    QTEST(bodyOf(response)[u"error"_s][u"code"_s].toInt(), "code");
    QVERIFY(bodyOf(response)[u"error"_s][u"message"_s].toString().size() > 10);
    QVERIFY2(!bodyOf(response).contains(u"id"_s), "an id that could not be read is not named");
}

void TestEndpoint::answersEveryPrefixAndEverySpoiledBody()
{
    start(false);
    const QByteArray body = base::writeJson(modernCall());
    const auto answered = [this](const QByteArray &sent) {
        http::Request request = asModern(post({}, {}));
        request.body = sent;
        int answers = 0;
        http::Response response;
        m_endpoint->handle(request, [&](const http::Response &given) {
            response = given;
            ++answers;
        });
        for (int turn = 0; turn < 3 && answers == 0; ++turn)
            QCoreApplication::sendPostedEvents();
        return answers == 1 && response.status >= 200 && response.status < 500
            && (response.body.isEmpty() || base::readJsonObject(response.body));
    };
    for (qsizetype i = 0; i <= body.size(); ++i)
        QVERIFY2(answered(body.first(i)), body.first(i).constData());
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo() << "seed" << seed;
    QRandomGenerator random(seed);
    for (int i = 0; i < 10'000; ++i) {
        QByteArray spoiled = body;
        for (int changes = 1 + random.bounded(3); changes > 0 && !spoiled.isEmpty(); --changes) {
            const int at = random.bounded(int(spoiled.size()));
            const int length = random.bounded(8);
            switch (random.bounded(4)) {
            case 0:
                spoiled[at] = char(random.bounded(256));
                break;
            case 1:
                spoiled.remove(at, length);
                break;
            case 2:
                spoiled.insert(at, body.mid(random.bounded(int(body.size())), length));
                break;
            default:
                std::swap(spoiled[at], spoiled[random.bounded(int(spoiled.size()))]);
            }
        }
        QVERIFY2(answered(spoiled), spoiled.constData());
    }
}

GATEHOUSE_TEST(TestEndpoint)
#include "tst_endpoint.moc"
