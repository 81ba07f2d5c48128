// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "endtoend/fakeissuer.h"
#include "endtoend/program.h"
#include "support/unit.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QUrl>

using namespace gatehouse;
using namespace Qt::StringLiterals;

/// A server with its sandbox, asked as clients ask it.
class TestCalls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void answersGetProfileInBothEras();
    void refusesNoValidTokenWhileKeysRotate();
    void servesAsSoonAsTheIssuerIsThere();
    void takesItsIssuerFromTheEnvironment();
    void letsEverybodyInWithoutAuthorization();
    void namesTheBusyPortAndOffersAFreeOne();
    void letsNoSecretOut();
    void refusesWhatIsNotForIt_data();
    void refusesWhatIsNotForIt();
    void survivesPeersThatLeave();

private:
    struct Server
    {
        explicit Server(const QStringList &more = {}, const QStringList &environment = {})
            : program(QStringList{u"serve"_s, u"--json"_s, u"--port"_s, u"0"_s, u"--sandbox-port"_s, u"0"_s}
                          + more,
                      environment)
        {
            listening = program.jsonLine();
            resource = listening.value("mcp"_L1).toString();
            issuer = listening.value("issuer"_L1).toString();
            port = QUrl(resource).port();
        }
        Program program;
        QJsonObject listening;
        QString resource;
        QString issuer;
        int port = 0;

        [[nodiscard]] RawAnswer send(const QByteArray &method, const QByteArray &target,
                                     const QByteArrayList &headers, const QByteArray &body = {}) const
        {
            QByteArray request
                = method + ' ' + target + " HTTP/1.1\r\nHost: localhost:" + QByteArray::number(port) + "\r\n";
            for (const QByteArray &header : headers)
                request += header + "\r\n";
            return exchangeRaw("127.0.0.1", port,
                               request + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n"
                                   + body);
        }
        [[nodiscard]] RawAnswer profile(const QByteArray &token) const
        {
            return send(
                "POST", "/mcp",
                {"Authorization: Bearer " + token, "Content-Type: application/json",
                 "MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call", "Mcp-Name: get-profile"},
                R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get-profile","_meta":{)"
                R"("io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}})");
        }
        [[nodiscard]] QByteArray token(const QJsonObject &wish = {}) const
        {
            return control("token", wish).value("access_token"_L1).toString().toLatin1();
        }
        [[nodiscard]] QJsonObject control(const QByteArray &command, const QJsonObject &wish) const
        {
            const QByteArray body = base::writeJson(wish);
            const int sandbox = QUrl(issuer).port();
            const RawAnswer answer = exchangeRaw(
                "127.0.0.1", sandbox,
                "POST /sandbox/" + command + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(sandbox)
                    + "\r\nGatehouse-Control: 1\r\nContent-Length: " + QByteArray::number(body.size())
                    + "\r\n\r\n" + body);
            return QJsonDocument::fromJson(answer.body).object();
        }
    };

    static QJsonObject profileOf(const RawAnswer &answer)
    {
        return QJsonDocument::fromJson(answer.body).object()[u"result"_s][u"structuredContent"_s].toObject();
    }
};

void TestCalls::answersGetProfileInBothEras()
{
    Server server;
    QVERIFY(server.listening.value("sandbox"_L1).toBool());
    const QByteArray token = server.token();
    const QJsonObject claims = QJsonDocument::fromJson(QByteArray::fromBase64(token.split('.').at(1),
                                                                              QByteArray::Base64UrlEncoding))
                                   .object();
    const QJsonObject expected{
        {u"sessionId"_s, claims.value("sid"_L1)},
        {u"clientId"_s, claims.value("client_id"_L1)},
        {u"expiresAt"_s, claims.value("exp"_L1)},
        {u"userId"_s, u"user_01J00000000000000000000ADA"_s},
        {u"email"_s, u"ada@example.com"_s},
        {u"emailVerified"_s, true},
        {u"name"_s, u"Ada Lovelace"_s},
        {u"firstName"_s, u"Ada"_s},
        {u"lastName"_s, u"Lovelace"_s},
        {u"organizationId"_s, u"org_01J0000000000000000000ACME"_s},
        {u"roles"_s, QJsonArray({u"admin"_s})},
        {u"permissions"_s, QJsonArray({u"documents:read"_s, u"documents:write"_s, u"members:manage"_s})},
        {u"scopes"_s, QJsonArray({u"email"_s, u"offline_access"_s, u"openid"_s, u"profile"_s})},
        {u"verified"_s, true}};
    QCOMPARE(profileOf(server.profile(token)), expected);

    const QByteArrayList common{"Authorization: Bearer " + token, "Content-Type: application/json"};
    const RawAnswer first = server.send(
        "POST", "/mcp", common,
        R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",)"
        R"("capabilities":{},"clientInfo":{"name":"tester","version":"1"}}})");
    QCOMPARE(first.status, 200);
    const QByteArray session = first.header("mcp-session-id");
    QVERIFY(!session.isEmpty());
    const QByteArrayList within
        = common + QByteArrayList{"Mcp-Session-Id: " + session, "MCP-Protocol-Version: 2025-06-18"};
    const RawAnswer initialized
        = server.send("POST", "/mcp", within, R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
    QCOMPARE(initialized.status, 202);
    QVERIFY(initialized.body.isEmpty());
    const RawAnswer called = server.send(
        "POST", "/mcp", within,
        R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"get-profile","arguments":{}}})");
    QCOMPARE(profileOf(called), expected);
    QCOMPARE(server.send("DELETE", "/mcp", within).status, 200);
    QCOMPARE(server.send("POST", "/mcp", within, R"({"jsonrpc":"2.0","id":3,"method":"ping"})").status, 404);

    for (const QByteArray &path :
         {"/.well-known/oauth-protected-resource"_ba, "/.well-known/oauth-protected-resource/mcp"_ba}) {
        const QJsonObject metadata = QJsonDocument::fromJson(server.send("GET", path, {}).body).object();
        QCOMPARE(metadata.value("resource"_L1).toString(), server.resource);
        QCOMPARE(metadata.value("authorization_servers"_L1).toArray(), QJsonArray({server.issuer}));
    }
    for (const QByteArray &path :
         {"/.well-known/oauth-authorization-server"_ba, "/.well-known/openid-configuration"_ba}) {
        const QJsonObject metadata = QJsonDocument::fromJson(server.send("GET", path, {}).body).object();
        QCOMPARE(metadata.value("issuer"_L1).toString(), server.issuer);
    }
    QCOMPARE(server.program.stop(), 0);
}

void TestCalls::refusesNoValidTokenWhileKeysRotate()
{
    Server server;
    QList<QByteArray> tokens{server.token()};
    for (int i = 0; i < 6; ++i) {
        QVERIFY(!server.control("rotate-keys", {{u"keepOld"_s, true}}).isEmpty());
        tokens.append(server.token());
        // The newest first: its key is one that the server has never heard of.
        for (auto token = tokens.crbegin(); token != tokens.crend(); ++token)
            QCOMPARE(server.profile(*token).status, 200);
    }
    // A key that is withdrawn goes with the next key that is asked for.
    QVERIFY(!server.control("rotate-keys", {{u"keepOld"_s, false}}).isEmpty());
    QCOMPARE(server.profile(server.token()).status, 200);
    QCOMPARE(server.profile(tokens.last()).status, 401);
    QCOMPARE(server.program.stop(), 0);
}

void TestCalls::servesAsSoonAsTheIssuerIsThere()
{
    // A port that is free now; the sandbox takes it later.
    int port = 0;
    {
        QTcpServer probe;
        QVERIFY(probe.listen(QHostAddress::LocalHost, 0));
        port = probe.serverPort();
    }
    const QString issuer = u"http://127.0.0.1:%1"_s.arg(port);
    Server server({u"--subdomain"_s, issuer});
    const QJsonObject notice = server.program.jsonLine();
    QCOMPARE(notice.value("kind"_L1).toString(), u"issuer_unreachable"_s);
    QVERIFY(notice.value("text"_L1).toString().contains(issuer));
    Program token({u"token"_s, u"--issuer"_s, issuer});
    QCOMPARE(token.wait(), 4);

    FakeIssuer other;
    RawAnswer answer = server.profile(other.sign([&] {
        QJsonObject claims = other.claims(server.resource);
        claims.insert(u"iss"_s, issuer);
        return claims;
    }()));
    QCOMPARE(answer.status, 503);
    QVERIFY(answer.header("www-authenticate").isEmpty());
    QVERIFY(
        !QJsonDocument::fromJson(answer.body).object().value("error_description"_L1).toString().isEmpty());

    Program sandbox({u"sandbox"_s, u"--port"_s, QString::number(port)});
    QVERIFY(sandbox.line().contains(issuer.toUtf8()));
    const QByteArray good = [&] {
        Program mint({u"token"_s, u"--issuer"_s, issuer, u"--resource"_s, server.resource});
        return mint.line();
    }();
    QTRY_COMPARE_WITH_TIMEOUT(server.profile(good).status, 200, 20000);
    QCOMPARE(server.program.stop(), 0);
    QCOMPARE(sandbox.stop(), 0);
}

void TestCalls::takesItsIssuerFromTheEnvironment()
{
    FakeIssuer issuer;
    Server server(
        {}, {u"MCP_USE_OAUTH_WORKOS_SUBDOMAIN="_s + issuer.address(), u"MCP_URL=https://gate.example"_s});
    QCOMPARE(server.issuer, issuer.address());
    QVERIFY(!server.listening.value("sandbox"_L1).toBool(true));
    QCOMPARE(server.resource, u"https://gate.example/mcp"_s);
    QCOMPARE(server.program.stop(), 0);
    Program broken({u"serve"_s, u"--port"_s, u"0"_s},
                   {u"MCP_USE_OAUTH_WORKOS_SUBDOMAIN=http://acme.authkit.app"_s});
    QCOMPARE(broken.wait(), 1);
    QVERIFY(broken.errors().contains("MCP_USE_OAUTH_WORKOS_SUBDOMAIN"));
}

void TestCalls::letsEverybodyInWithoutAuthorization()
{
    Server server({u"--no-auth"_s});
    QCOMPARE(server.issuer, QString());
    QCOMPARE(server.program.jsonLine().value("kind"_L1).toString(), u"authorization_off"_s);
    const RawAnswer answer = server.send(
        "POST", "/mcp",
        {"Content-Type: application/json", "MCP-Protocol-Version: 2026-07-28", "Mcp-Method: server/discover"},
        R"({"jsonrpc":"2.0","id":1,"method":"server/discover","params":{"_meta":{)"
        R"("io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}})");
    QCOMPARE(answer.status, 200);
    QCOMPARE(server.program.stop(), 0);
    Program open({u"serve"_s, u"--no-auth"_s, u"--host"_s, u"0.0.0.0"_s});
    QCOMPARE(open.wait(), 1);
}

void TestCalls::namesTheBusyPortAndOffersAFreeOne()
{
    Server server;
    Program second({u"serve"_s, u"--port"_s, QString::number(server.port)});
    QCOMPARE(second.wait(), 2);
    QVERIFY(second.errors().contains("Port " + QByteArray::number(server.port) + " is in use. Port "));
    QCOMPARE(server.program.stop(), 0);
}

void TestCalls::letsNoSecretOut()
{
    // With everything switched on that could print: Qt's own categories write whole headers.
    const QStringList loud{u"QT_LOGGING_RULES=*.debug=true"_s};
    for (const bool json : {true, false}) {
        Server server({}, loud);
        Program plain({u"serve"_s, u"--port"_s, u"0"_s, u"--subdomain"_s, server.issuer, u"--resource"_s,
                       server.resource},
                      loud);
        static const QRegularExpression atPort(u"\\(port ([0-9]+)\\)"_s);
        const int plainPort = atPort.match(QString::fromUtf8(plain.line())).captured(1).toInt();
        QVERIFY(plainPort > 0 && plainPort != server.port);
        const int port = json ? server.port : plainPort;
        const QByteArray token = server.token();
        const QByteArray signature = token.sliced(token.lastIndexOf('.') + 1);
        const QByteArray secret = "SECRETsecretSECRETsecret0123456789";
        const QByteArray host = "Host: localhost:" + QByteArray::number(server.port);
        // In every place that a request has, with the good token and with a spoilt one.
        for (const QByteArray &bearer : {token, token.chopped(6) + "AAAAAA"}) {
            const QByteArray body = R"({"jsonrpc":"2.0","id":")" + token
                + R"(","method":"tools/call","params":{"name":")" + token + R"(","code":")" + secret
                + R"(","arguments":{"refresh_token":")" + secret + R"(","note":")" + token + R"("}}})";
            for (const QByteArray &target :
                 {"/mcp?code=" + secret, "/" + token, "/callback?state=" + secret + "&code=" + secret,
                  "/.well-known/oauth-protected-resource?client_secret=" + secret}) {
                for (const QByteArray &method : {"POST"_ba, "GET"_ba}) {
                    (void)exchangeRaw("127.0.0.1", port,
                                      method + ' ' + target + " HTTP/1.1\r\n" + host
                                          + "\r\nAuthorization: Bearer " + bearer + "\r\nCookie: " + secret
                                          + "\r\nX-Api-Key: Bearer " + secret + "\r\nUser-Agent: " + token
                                          + "\r\nMcp-Session-Id: " + secret + "\r\nMcp-Name: " + token
                                          + "\r\nContent-Type: application/json\r\nContent-Length: "
                                          + QByteArray::number(body.size()) + "\r\n\r\n" + body);
                }
            }
        }
        QCOMPARE(server.program.stop(), 0);
        QCOMPARE(plain.stop(), 0);
        const QByteArray all = server.program.everything() + plain.everything();
        QVERIFY(
            (json ? server.program : plain).everything().contains(json ? "\"event\":\"exchange\"" : "401"));
        QVERIFY2(!all.contains(signature.first(40)),
                 all.mid(qMax(0, all.indexOf(signature.first(40)) - 200), 260).constData());
        QVERIFY2(!all.contains(secret), all.mid(qMax(0, all.indexOf(secret) - 200), 260).constData());
    }
}

void TestCalls::refusesWhatIsNotForIt_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::newRow("a rebound name")
        << "POST /mcp HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\n\r\n"_ba << 403;
    QTest::newRow("a foreign page")
        << "POST /mcp HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\nContent-Length: 0\r\n\r\n"_ba
        << 403;
    QTest::newRow("no Host") << "POST /mcp HTTP/1.1\r\nContent-Length: 0\r\n\r\n"_ba << 400;
    QTest::newRow("a path that is not ours") << "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"_ba << 404;
    QTest::newRow("a fragment")
        << "GET /.well-known/oauth-protected-resource#x HTTP/1.1\r\nHost: localhost\r\n\r\n"_ba << 400;
    QTest::newRow("a stream") << "GET /mcp HTTP/1.1\r\nHost: localhost\r\n\r\n"_ba << 405;
    QTest::newRow("a method that is not ours")
        << "PUT /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"_ba << 405;
    QTest::newRow("a large body")
        << "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1048577\r\n\r\n"
            + QByteArray(1048577, ' ')
        << 413;
}

void TestCalls::refusesWhatIsNotForIt()
{
    QFETCH(QByteArray, request);
    Server server;
    QTEST(exchangeRaw("127.0.0.1", server.port, request).status, "status");
    QCOMPARE(server.profile(server.token()).status, 200);
    QCOMPARE(server.program.stop(), 0);
}

void TestCalls::survivesPeersThatLeave()
{
    FakeIssuer issuer; // Answers only while this thread has its event loop: the calls below wait for their
                       // keys meanwhile.
    Server server({u"--subdomain"_s, issuer.address()});
    const QByteArray token = issuer.sign(issuer.claims(server.resource));
    for (int i = 0; i < 50; ++i) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, quint16(server.port));
        QVERIFY(socket.waitForConnected());
        socket.write("POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                     + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
        QVERIFY(socket.waitForBytesWritten());
        if (i % 2 == 0)
            socket.abort();
    }
    QCOMPARE(server.profile(token).status, 200);
    QCOMPARE(server.program.stop(), 0);
}

GATEHOUSE_TEST(TestCalls)
#include "tst_calls.moc"
