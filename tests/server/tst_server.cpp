// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/server.h"
#include "support/peer.h"
#include "support/unit.h"
#include "tools/profile.h"

#include <QTcpServer>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using server::Configuration;
using server::Server;

/// How many passed.
class Count : public exchange::Sink
{
public:
    void began(const exchange::Exchange &) override { ++begun; }
    void ended(const exchange::Exchange &) override { ++over; }
    int begun = 0;
    int over = 0;
};

/// The server by itself: no sandbox, no settings.
class TestServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void servesWhatItOffers();
    void asksForATokenWhereItHasAPolicy();
    void tellsItsSinkAndIsTheSameWithNone();
    void saysThatAPortIsTaken();
    void goesOnWhereANewAddressIsNotSettled();
    void leavesAnAddressForAnother();
    void namesRulesWithoutATool();
    void answersWhoeverWaitsWhenItEnds();

private:
    /// Its tools are for everybody, unless a policy is given.
    void settle(const Configuration &configuration = {}, quint16 port = 0)
    {
        auto opening = m_server->open(QHostAddress(QHostAddress::LocalHost), port);
        QVERIFY(opening);
        m_server->settle(std::move(*opening), configuration);
    }
    static Configuration withIssuer()
    {
        Configuration configuration;
        configuration.policy.emplace();
        configuration.policy->issuer = u"http://127.0.0.1:1"_s; // Nobody listens there.
        return configuration;
    }

    std::unique_ptr<Server> m_server;
    Peer m_peer;
};

void TestServer::init()
{
    m_server = std::make_unique<Server>();
    QVERIFY(m_server->features().addTool(tools::profileTool()));
}

void TestServer::servesWhatItOffers()
{
    settle();
    QCOMPARE(m_server->resource(), server::usualResource(m_server->port()));
    QCOMPARE(m_peer.call(m_server->resource(), {}), 200);
}

void TestServer::asksForATokenWhereItHasAPolicy()
{
    settle(withIssuer());
    const base::FetchReply refused = m_peer.ask("POST", m_server->resource(), {}, "{}");
    QCOMPARE(refused.status, 401);
    QVERIFY(refused.header("www-authenticate").startsWith("Bearer"));
    const base::FetchReply metadata = m_peer.ask(
        "GET", QString(m_server->resource()).replace(u"/mcp"_s, u"/.well-known/oauth-protected-resource"_s));
    QVERIFY(metadata.body.contains("http://127.0.0.1:1"));
    QTRY_VERIFY(m_server->failingKeys());
    settle({}, m_server->port()); // And without one it does not any more.
    QCOMPARE(m_peer.call(m_server->resource(), {}), 200);
    QVERIFY(!m_server->failingKeys());
}

void TestServer::tellsItsSinkAndIsTheSameWithNone()
{
    Count a;
    Count b;
    exchange::Sinks sinks;
    sinks.add(&a);
    sinks.add(&b);
    m_server->setSink(&sinks);
    settle();
    QCOMPARE(m_peer.call(m_server->resource(), {}), 200);
    QCOMPARE(m_peer.ask("GET", m_server->resource()).status, 405);
    for (const Count *count : {&a, &b}) {
        QCOMPARE(count->begun, 2);
        QTRY_COMPARE(count->over, 2);
    }
    m_server = std::make_unique<Server>();
    QVERIFY(m_server->features().addTool(tools::profileTool()));
    settle();
    QCOMPARE(m_peer.call(m_server->resource(), {}), 200);
}

void TestServer::saysThatAPortIsTaken()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const auto opening = m_server->open(QHostAddress(QHostAddress::LocalHost), other.serverPort());
    QVERIFY(!opening);
    QVERIFY(opening.error().isInUse);
    QCOMPARE(opening.error().port, other.serverPort());
}

void TestServer::goesOnWhereANewAddressIsNotSettled()
{
    settle();
    const QString resource = m_server->resource();
    quint16 tried = 0;
    {
        const auto elsewhere = m_server->open(QHostAddress(QHostAddress::LocalHost), 0);
        QVERIFY(elsewhere);
        tried = elsewhere->port();
        // The same port at another address: for that the old one had to be left.
        const auto wider = m_server->open(QHostAddress(QHostAddress::AnyIPv4), m_server->port());
        QVERIFY(wider);
        QCOMPARE(wider->port(), m_server->port());
    }
    QCOMPARE(m_peer.call(resource, {}), 200);
    QCOMPARE(m_server->resource(), resource);
    QVERIFY(tried == m_server->port() || QTcpServer().listen(QHostAddress::LocalHost, tried));
}

void TestServer::leavesAnAddressForAnother()
{
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress::LocalHost));
    const quint16 port = probe.serverPort();
    probe.close();
    settle();
    const quint16 before = m_server->port();
    settle({}, port);
    QCOMPARE(m_server->port(), port);
    QCOMPARE(m_peer.call(m_server->resource(), {}), 200);
    QTRY_VERIFY(QTcpServer().listen(QHostAddress::LocalHost, before));
}

void TestServer::namesRulesWithoutATool()
{
    Configuration configuration;
    configuration.rules.insert(u"get-profile"_s, {{u"email"_s}, {}, {}});
    configuration.rules.insert(u"no-such"_s, {{u"email"_s}, {}, {}});
    settle(configuration);
    QCOMPARE(m_server->rulesWithoutTool(), QStringList(u"no-such"_s));
}

void TestServer::answersWhoeverWaitsWhenItEnds()
{
    Count count;
    m_server->setSink(&count);
    mcp::Tool slow = tools::profileTool();
    slow.name = u"slow"_s;
    bool isAsked = false;
    slow.handler = [&isAsked](const mcp::ToolCall &, const mcp::ToolAnswer &) { isAsked = true; };
    QVERIFY(m_server->features().addTool(slow));
    settle();
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_server->port());
    const QByteArray body
        = R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"slow","_meta":{)"
          R"("io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
          R"("io.modelcontextprotocol/clientCapabilities":{}}}})";
    socket.write(
        "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: "
        "application/json\r\nMCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: "
        "slow\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QTRY_VERIFY(isAsked);
    m_server.reset();
    QCOMPARE(count.begun, 1);
    QCOMPARE(count.over, 1); // Whoever watches hears of the end of each.
}

GATEHOUSE_TEST(TestServer)
#include "tst_server.moc"
