// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/engine.h"
#include "support/peer.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <memory>
#include <vector>

using namespace gatehouse;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(gatehouse::host::Settings)

/// The settings change while calls are under way.
class TestApply : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void touchesOnlyWhatAChangeConcerns_data();
    void touchesOnlyWhatAChangeConcerns();
    void leavesAllAsItWasWhereAChangeCannotBe();
    void judgesAnewWhatWaitsForKeys();
    void judgesAnewWhoseBodyIsStillComing_data();
    void judgesAnewWhoseBodyIsStillComing();
    void letsCallersBeWhileNobodyIsAskedWhoTheyAre();
    void changesTheAddressAtTheSamePort();
    void tellsAgainOfAnIssuerThatIsAway();
    void announcesListsWhereScopesIncludeOthersNow();
    void takesTheHostsThatTheResourceMeans_data();
    void takesTheHostsThatTheResourceMeans();
    void answersWhoeverAsksForTheHeadAlone();
    void takesNothingOfASandboxBeforeItWasPrivate();
    void tellsHandlersThatTheServerStops();

private:
    using Socket = std::unique_ptr<QTcpSocket>;
    [[nodiscard]] QByteArray post(const QJsonObject &message, const base::Headers &more = {}) const;
    Socket sent(const QByteArray &request) const
    {
        auto socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(QHostAddress::LocalHost, quint16(m_running.port));
        socket->write(request);
        return socket;
    }
    /// The whole answer; its connection stays as it is.
    static QByteArray answerOf(QTcpSocket &socket)
    {
        QByteArray in;
        (void)gatehouse::waitFor(
            [&] {
                in += socket.readAll();
                const qsizetype end = in.indexOf("\r\n\r\n");
                const qsizetype at = in.indexOf("Content-Length: ");
                return (end > 0 && at > 0
                        && in.size() - end - 4 >= in.mid(at + 16, in.indexOf('\r', at) - at - 16).toInt())
                    || socket.state() == QAbstractSocket::UnconnectedState;
            },
            10'000);
        return in + socket.readAll();
    }
    QByteArray callOf(const QString &tool, int id, bool asTask = false) const;
    /// For the session's own stream.
    [[nodiscard]] QByteArray streamOf(const QByteArray &session) const
    {
        return "GET /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + m_token
            + "\r\nAccept: text/event-stream\r\nMcp-Session-Id: " + session + "\r\n\r\n";
    }
    int statusOf(const QByteArray &request)
    {
        const Socket socket = sent(request);
        return answerOf(*socket).mid(9, 3).toInt();
    }
    QByteArray ping() const
    {
        return post({{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, 1}, {u"method"_s, u"ping"_s}},
                    {{"Mcp-Session-Id", m_session}});
    }

    std::unique_ptr<host::Engine> m_engine;
    host::Settings m_settings;
    host::Running m_running;
    Peer m_peer;
    QByteArray m_token;
    QByteArray m_session;
    QList<mcp::ToolAnswer> m_open;
    int m_cancelled = 0;
};

void TestApply::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    m_open.clear();
    m_cancelled = 0;
    m_session.clear();
    m_engine = std::make_unique<host::Engine>();
    m_engine->setOffer({.add = [this](mcp::Features &features) {
        mcp::Tool tool;
        tool.name = u"wait"_s;
        tool.inputSchema = {{u"type"_s, u"object"_s}};
        tool.tasks = mcp::TaskSupport::Optional;
        tool.handler = [this](const mcp::ToolCall &call, const mcp::ToolAnswer &answer) {
            call.context.becomeTask();
            call.context.progress(1); // Where somebody wants to hear of it.
            call.context.whenCancelled([this] { ++m_cancelled; });
            m_open.append(answer);
        };
        QVERIFY(features.addTool(tool));
    }});
    m_settings = {};
    m_settings.port = m_settings.sandboxPort = 0;
    m_settings.resource = u"http://localhost/mcp"_s;
    const auto running = m_engine->start(m_settings);
    QVERIFY(running);
    m_running = *running;
    m_token = m_peer.token(m_running.issuer);
    QVERIFY(m_token.count('.') == 2);
    const Socket socket = sent(
        post({{u"jsonrpc"_s, u"2.0"_s},
              {u"id"_s, 1},
              {u"method"_s, u"initialize"_s},
              {u"params"_s,
               QJsonObject{{u"protocolVersion"_s, u"2025-11-25"_s},
                           {u"capabilities"_s, QJsonObject()},
                           {u"clientInfo"_s, QJsonObject{{u"name"_s, u"t"_s}, {u"version"_s, u"1"_s}}}}}}));
    const QByteArray answer = answerOf(*socket);
    const qsizetype at = answer.indexOf("Mcp-Session-Id: ");
    QVERIFY2(at > 0, answer.constData());
    m_session = answer.mid(at + 16, answer.indexOf('\r', at) - at - 16);
    QCOMPARE(statusOf(ping()), 200);
}

void TestApply::cleanup()
{
    m_open.clear();
    m_engine.reset();
}

QByteArray TestApply::post(const QJsonObject &message, const base::Headers &more) const
{
    const QByteArray body = base::writeJson(message);
    QByteArray request = "POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + m_token
        + "\r\nContent-Type: application/json\r\nAccept: application/json\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n";
    for (const auto &[name, value] : more)
        request += name + ": " + value + "\r\n";
    return request + "\r\n" + body;
}

QByteArray TestApply::callOf(const QString &tool, int id, bool asTask) const
{
    QJsonObject capabilities;
    if (asTask)
        capabilities.insert(u"extensions"_s,
                            QJsonObject{{u"io.modelcontextprotocol/tasks"_s, QJsonObject()}});
    const QJsonObject meta{{u"io.modelcontextprotocol/protocolVersion"_s, u"2026-07-28"_s},
                           {u"io.modelcontextprotocol/clientCapabilities"_s, capabilities}};
    return post(
        {{u"jsonrpc"_s, u"2.0"_s},
         {u"id"_s, id},
         {u"method"_s, u"tools/call"_s},
         {u"params"_s, QJsonObject{{u"name"_s, tool}, {u"_meta"_s, meta}}}},
        {{"MCP-Protocol-Version", "2026-07-28"}, {"Mcp-Method", "tools/call"}, {"Mcp-Name", tool.toUtf8()}});
}

void TestApply::touchesOnlyWhatAChangeConcerns_data()
{
    using Change = std::function<void(host::Settings &)>;
    QTest::addColumn<Change>("change");
    QTest::addColumn<bool>("livesOn");
    const auto row = [](const char *name, bool livesOn, const Change &change) {
        QTest::newRow(name) << change << livesOn;
    };
    row("nothing", true, [](host::Settings &) {});
    row("what a tool needs", true, [](host::Settings &s) { s.toolRules = {u"get-profile scope=email"_s}; });
    row("what is advertised", true, [](host::Settings &s) { s.scopes = {u"openid"_s}; });
    row("limits of the protocol", true, [](host::Settings &s) { s.maxSessions = 10; });
    row("limits of the edge", true, [](host::Settings &s) { s.idleSeconds = 7; });
    row("a scope that callers have", true, [](host::Settings &s) { s.requiredScopes = {u"openid"_s}; });
    row("one more audience", true, [](host::Settings &s) { s.audiences = {u"https://b.example/mcp"_s}; });
    row("signatures unchecked", true, [](host::Settings &s) { s.verifyJwt = false; });
    row("how long the sandbox's tokens live", true, [](host::Settings &s) { s.tokenLifetime = 60; });
    row("who signs in by themselves", true, [](host::Settings &s) { s.autoSignIn = u"ada@example.com"_s; });
    row("the port", true, [](host::Settings &s) {
        QTcpServer probe;
        probe.listen(QHostAddress::LocalHost, 0);
        s.port = probe.serverPort();
    });
    row("a scope that callers lack", false,
        [](host::Settings &s) { s.requiredScopes = {u"documents:write"_s}; });
    row("organizations that callers are not of", false,
        [](host::Settings &s) { s.organizations = {u"org_2"_s}; });
    row("who this server is", false, [](host::Settings &s) { s.resource = u"http://localhost/other"_s; });
    row("the sandbox's address", false, [](host::Settings &s) {
        QTcpServer probe;
        probe.listen(QHostAddress::LocalHost, 0);
        s.sandboxPort = probe.serverPort();
    });
    row("another authorization server", false,
        [](host::Settings &s) { s.subdomain = u"http://127.0.0.1:9"_s; });
}

void TestApply::touchesOnlyWhatAChangeConcerns()
{
    QFETCH(std::function<void(host::Settings &)>, change);
    QFETCH(bool, livesOn);
    std::vector<Socket> calls;
    for (int i = 0; i < 50; ++i)
        calls.push_back(sent(callOf(u"wait"_s, i)));
    QTRY_COMPARE(m_open.size(), 50);
    const Socket task = sent(callOf(u"wait"_s, 99, true));
    const QByteArray created = answerOf(*task);
    QVERIFY2(created.contains("\"taskId\""), created.constData());
    // A call on its own event stream, and the session's stream for everything else.
    QByteArray streaming
        = post({{u"jsonrpc"_s, u"2.0"_s},
                {u"id"_s, 77},
                {u"method"_s, u"tools/call"_s},
                {u"params"_s,
                 QJsonObject{{u"name"_s, u"wait"_s}, {u"_meta"_s, QJsonObject{{u"progressToken"_s, 1}}}}}},
               {{"Mcp-Session-Id", m_session}});
    streaming.replace("Accept: application/json", "Accept: application/json, text/event-stream");
    const Socket stream = sent(streaming);
    const Socket standing = sent(streamOf(m_session));
    QByteArray heard;
    QTRY_VERIFY2((heard += stream->readAll()).contains("notifications/progress"), heard.constData());
    QByteArray told;
    QTRY_VERIFY2((told += standing->readAll()).contains("200 OK"), told.constData());

    host::Settings wanted = m_settings;
    change(wanted);
    const auto running = m_engine->start(wanted);
    QVERIFY2(running, running ? "" : qPrintable(running.error().detail));
    const int oldPort = std::exchange(m_running.port, running->port);

    for (const mcp::ToolAnswer &answer : std::as_const(m_open))
        answer(mcp::ToolResult::text(u"done"_s));
    for (const Socket &call : calls) {
        const QByteArray answer = answerOf(*call);
        QVERIFY2(answer.startsWith(livesOn ? "HTTP/1.1 200 " : "HTTP/1.1 503 "), answer.constData());
        QVERIFY2(answer.contains(livesOn ? "done" : "settings have changed"), answer.constData());
    }
    QTRY_VERIFY2((heard += stream->readAll()).contains(livesOn ? "done" : "settings have changed"),
                 heard.constData());
    QVERIFY(heard.contains("\"id\":77"));
    QCOMPARE(m_cancelled, livesOn ? 0 : 52);
    // The session, by the same token, at the address that the server has now.
    const int status = statusOf(ping());
    QCOMPARE(status == 200, livesOn);
    if (m_running.port != oldPort) {
        QTcpSocket old;
        old.connectToHost(QHostAddress::LocalHost, quint16(oldPort));
        QVERIFY(!old.waitForConnected(1000));
    }
    // Its stream goes on, also at an address that was left.
    if (!livesOn)
        QTRY_COMPARE(standing->state(), QAbstractSocket::UnconnectedState);
    else
        QCOMPARE(standing->state(), QAbstractSocket::ConnectedState);
    if (!livesOn) {
        // Back again: what had to end has ended.
        const auto back = m_engine->start(m_settings);
        QVERIFY(back);
        m_running = *back;
        QVERIFY(statusOf(ping()) != 200);
    }
}

void TestApply::leavesAllAsItWasWhereAChangeCannotBe()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost, 0));
    const Socket call = sent(callOf(u"wait"_s, 1));
    QTRY_COMPARE(m_open.size(), 1);
    host::Settings wanted = m_settings;
    wanted.requiredScopes = {u"documents:write"_s};
    wanted.peopleFile = u"/nowhere/at/all.json"_s;
    const auto failed = m_engine->start(wanted);
    QVERIFY(!failed);
    QCOMPARE(failed.error().field, u"peopleFile"_s);
    wanted = m_settings;
    wanted.stateKeyFile = u"/nowhere/at/all.key"_s;
    const auto keyless = m_engine->start(wanted);
    QVERIFY(!keyless);
    QCOMPARE(keyless.error().field, u"stateKeyFile"_s);
    wanted = m_settings;
    wanted.autoSignIn = u"nobody@example.com"_s;
    QVERIFY(!m_engine->start(wanted));
    wanted = m_settings;
    wanted.port = other.serverPort();
    QVERIFY(!m_engine->start(wanted));
    // The sandbox that runs is still there, with its key.
    QCOMPARE(m_peer.token(m_running.issuer).count('.'), 2);
    m_open.first()(mcp::ToolResult::text(u"done"_s));
    QVERIFY(answerOf(*call).contains("done"));
    QCOMPARE(statusOf(ping()), 200);
}

void TestApply::judgesAnewWhatWaitsForKeys()
{
    // The sandbox makes its key only now: calls wait for the first set.
    m_engine = std::make_unique<host::Engine>();
    m_settings.resource = u"http://localhost/mcp"_s;
    const auto running = m_engine->start(m_settings);
    QVERIFY(running);
    m_running = *running;
    const Socket call = sent(callOf(u"get-profile"_s, 1)); // By a token of the sandbox that is gone.
    QCoreApplication::processEvents();
    host::Settings wanted = m_settings;
    wanted.scopes = {u"openid"_s};
    QVERIFY(m_engine->start(wanted));
    const QByteArray answer = answerOf(*call);
    QVERIFY2(answer.startsWith("HTTP/1.1 401 "), answer.constData());
}

void TestApply::judgesAnewWhoseBodyIsStillComing_data()
{
    using Change = std::function<void(host::Settings &)>;
    QTest::addColumn<Change>("before");
    QTest::addColumn<Change>("after");
    QTest::addColumn<bool>("hasToken");
    QTest::addColumn<int>("status");
    const Change none = [](host::Settings &) {};
    const Change off = [](host::Settings &s) { s.authorization = false; };
    QTest::newRow("nothing that concerns it") << none << none << true << 200;
    QTest::newRow("callers are asked who they are") << off << none << false << 401;
    QTest::newRow("callers are asked who they are, and this one can tell") << off << none << true << 200;
    QTest::newRow("nobody is asked any more") << none << off << true << 200;
    QTest::newRow("an organization") << none
                                     << Change([](host::Settings &s) { s.organizations = {u"org_x"_s}; })
                                     << true << 403;
    QTest::newRow("what the tool needs")
        << off << Change([](host::Settings &s) { s.toolRules = {u"get-profile scope=x"_s}; }) << true << 403;
}

void TestApply::judgesAnewWhoseBodyIsStillComing()
{
    QFETCH(std::function<void(host::Settings &)>, before);
    QFETCH(std::function<void(host::Settings &)>, after);
    QFETCH(bool, hasToken);
    host::Settings wanted = m_settings;
    before(wanted);
    QVERIFY(m_engine->start(wanted));
    QByteArray whole = callOf(u"get-profile"_s, 1);
    if (!hasToken)
        whole.replace("Authorization: Bearer " + m_token + "\r\n", "");
    const qsizetype part = whole.indexOf("\r\n\r\n") + 14;
    // The engine has seen its head once a later request of another connection is answered.
    const Socket call = sent(whole.first(part));
    QTRY_COMPARE(call->bytesToWrite(), 0);
    statusOf(ping());
    wanted = m_settings;
    after(wanted);
    QVERIFY(m_engine->start(wanted));
    call->write(whole.sliced(part));
    QTEST(answerOf(*call).mid(9, 3).toInt(), "status");
}

/// Their tokens are as good as before once somebody asks again.
void TestApply::letsCallersBeWhileNobodyIsAskedWhoTheyAre()
{
    const Socket task = sent(callOf(u"wait"_s, 1, true));
    QVERIFY(answerOf(*task).contains("\"taskId\""));
    host::Settings wanted = m_settings;
    wanted.authorization = false;
    QVERIFY(m_engine->start(wanted));
    QVERIFY(m_engine->start(m_settings));
    QCOMPARE(statusOf(ping()), 200);
    QCOMPARE(m_cancelled, 0);
    // Who came meanwhile is unknown.
    QVERIFY(m_engine->start(wanted));
    const Socket open = sent(callOf(u"wait"_s, 2));
    QTRY_COMPARE(m_open.size(), 2);
    QVERIFY(m_engine->start(m_settings));
    QVERIFY(answerOf(*open).startsWith("HTTP/1.1 503 "));
    QCOMPARE(m_cancelled, 1);
}

void TestApply::changesTheAddressAtTheSamePort()
{
    if (!m_running.notices.isEmpty())
        QSKIP("There is no IPv6 loopback here.");
    host::Settings wanted = m_settings;
    wanted.port = m_running.port;
    wanted.host = u"::1"_s; // Which is listened on beside 127.0.0.1.
    const Socket call = sent(callOf(u"wait"_s, 1));
    QTRY_COMPARE(m_open.size(), 1);
    const auto running = m_engine->start(wanted);
    QVERIFY2(running, running ? "" : qPrintable(running.error().detail));
    QCOMPARE(running->port, m_running.port);
    QTcpSocket there;
    there.connectToHost(QHostAddress::LocalHostIPv6, quint16(m_running.port));
    QVERIFY(there.waitForConnected(5000));
    m_open.first()(mcp::ToolResult::text(u"done"_s));
    QVERIFY(answerOf(*call).contains("done"));
    // Where the rest of a change cannot be, the address is what it was.
    host::Settings impossible = wanted;
    impossible.host = m_settings.host;
    impossible.peopleFile = u"/nowhere/at/all.json"_s;
    QVERIFY(!m_engine->start(impossible));
    QTcpSocket still;
    still.connectToHost(QHostAddress::LocalHostIPv6, quint16(m_running.port));
    QVERIFY(still.waitForConnected(5000));
    QTcpSocket gone;
    gone.connectToHost(QHostAddress::LocalHost, quint16(m_running.port));
    QVERIFY(!gone.waitForConnected(1000));
}

void TestApply::tellsAgainOfAnIssuerThatIsAway()
{
    QList<host::Notice> told;
    connect(m_engine.get(), &host::Engine::noticed, this,
            [&told](const host::Notice &notice) { told.append(notice); });
    host::Settings wanted = m_settings;
    wanted.subdomain = u"http://127.0.0.1:9"_s;
    QVERIFY(m_engine->start(wanted));
    QTRY_COMPARE(told.size(), 1);
    QCOMPARE(told.first().kind, host::Notice::Kind::IssuerUnreachable);
    wanted.scopes = {u"openid"_s};
    QVERIFY(m_engine->start(wanted));
    QTRY_COMPARE(told.size(), 2);
    QCOMPARE(told.last().kind, host::Notice::Kind::IssuerUnreachable);
    wanted.verifyJwt = false;
    QVERIFY(m_engine->start(wanted));
    wanted.verifyJwt = true;
    QVERIFY(m_engine->start(wanted));
    QTRY_COMPARE(told.size(), 3);
    // Who asks for the keys is told also where nobody needs them.
    wanted.verifyJwt = false;
    QVERIFY(m_engine->start(wanted));
    m_engine->fetchKeys();
    QTRY_COMPARE_WITH_TIMEOUT(told.size(), 4, 20'000);
    QCOMPARE(told.last().kind, host::Notice::Kind::IssuerUnreachable);
}

void TestApply::announcesListsWhereScopesIncludeOthersNow()
{
    host::Settings wanted = m_settings;
    wanted.toolRules = {u"get-profile scope=files:read"_s};
    QVERIFY(m_engine->start(wanted));
    const Socket stream = sent(streamOf(m_session));
    QByteArray heard;
    QTRY_VERIFY((heard += stream->readAll()).contains("200 OK"));
    QCoreApplication::processEvents();
    wanted.scopeHierarchy = {u"openid files:read"_s};
    QVERIFY(m_engine->start(wanted));
    QTRY_VERIFY2((heard += stream->readAll()).contains("notifications/tools/list_changed"),
                 heard.constData());
}

void TestApply::takesTheHostsThatTheResourceMeans_data()
{
    QTest::addColumn<QString>("resource");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<bool>("isTaken");
    const auto row
        = [](const char *resource, const QByteArray &host, const QByteArray &origin, bool isTaken) {
              QTest::addRow("%s, %s, %s", resource, host.constData(), origin.constData())
                  << QString::fromLatin1(resource) << host << origin << isTaken;
          };
    row("https://mcp.example:443/mcp", "mcp.example", "https://mcp.example", true);
    row("https://mcp.example:443/mcp", "mcp.example:443", "", true);
    row("https://mcp.example/mcp", "mcp.example:443", "", true);
    row("https://mcp.example/mcp", "MCP.example", "https://mcp.example", true);
    row("https://mcp.example/mcp", "mcp.example:80", "", false);
    row("https://mcp.example/mcp", "mcp.example", "http://mcp.example", false);
    row("https://mcp.example:8443/mcp", "mcp.example:8443", "https://mcp.example:8443", true);
    row("https://mcp.example:8443/mcp", "mcp.example", "", false);
    row("https://[2001:db8::1]/mcp", "[2001:db8::1]", "https://[2001:db8::1]", true);
    row("https://[2001:db8::1]:8443/mcp", "[2001:db8::1]:8443", "", true);
    row("https://[2001:db8::1]/mcp", "2001:db8::1", "", false);
}

void TestApply::takesTheHostsThatTheResourceMeans()
{
    QFETCH(QString, resource);
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, origin);
    QFETCH(bool, isTaken);
    host::Settings wanted = m_settings;
    wanted.resource = resource;
    QVERIFY(m_engine->start(wanted));
    const QByteArray from = origin.isEmpty() ? QByteArray() : "Origin: " + origin + "\r\n";
    const int status = statusOf("POST /mcp HTTP/1.1\r\nHost: " + host + "\r\n" + from
                                + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    QCOMPARE(status, isTaken ? 401 : 403);
}

/// RFC 9110 §9.1: whoever serves GET serves HEAD.
void TestApply::answersWhoeverAsksForTheHeadAlone()
{
    const Socket socket
        = sent("HEAD /.well-known/oauth-protected-resource/mcp HTTP/1.1\r\nHost: localhost\r\n\r\n"
               "GET /.well-known/oauth-protected-resource/mcp HTTP/1.1\r\nHost: localhost\r\n"
               "Connection: close\r\n\r\n");
    QByteArray in;
    QTRY_VERIFY((in += socket->readAll()).count("HTTP/1.1 200 OK") == 2
                && socket->state() == QAbstractSocket::UnconnectedState);
    in += socket->readAll();
    const qsizetype second = in.indexOf("HTTP/1.1", 1);
    const QByteArray head = in.first(second);
    QVERIFY2(head.endsWith("\r\n\r\n"), head.constData()); // And no body.
    const qsizetype at = head.indexOf("Content-Length: ");
    QVERIFY(at > 0);
    QCOMPARE(in.size() - in.indexOf("\r\n\r\n", second) - 4,
             head.mid(at + 16, head.indexOf('\r', at) - at - 16).toInt());
}

/// Everybody on this machine could have had one.
void TestApply::takesNothingOfASandboxBeforeItWasPrivate()
{
    QCOMPARE(statusOf(ping()), 200);
    host::Settings wanted = m_settings;
    wanted.sandboxPrivate = true;
    QVERIFY(m_engine->start(wanted));
    QCOMPARE(statusOf(ping()), 401); // The first one, too.
    wanted.tokenLifetime = 200;
    QVERIFY(m_engine->start(wanted));
    QCOMPARE(statusOf(ping()), 401);
}

void TestApply::tellsHandlersThatTheServerStops()
{
    const Socket call = sent(callOf(u"wait"_s, 1));
    const Socket task = sent(callOf(u"wait"_s, 2, true));
    QTRY_COMPARE(m_open.size(), 2);
    m_engine.reset();
    QCOMPARE(m_cancelled, 2);
}

GATEHOUSE_TEST(TestApply)
#include "tst_apply.moc"
