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

using Socket = std::unique_ptr<QTcpSocket>;

/// Sends a message of 2026-07-28 over a connection of its own.
static Socket sent(quint16 port, const QByteArray &method, const QByteArray &name, const QByteArray &params)
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    const QByteArray body = R"({"jsonrpc":"2.0","id":1,"method":")" + method + R"(","params":{)" + params
        + R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
          R"("io.modelcontextprotocol/clientCapabilities":{}}}})";
    socket->write("POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: "
                  "application/json, text/event-stream\r\nMCP-Protocol-Version: 2026-07-28\r\nMcp-Method: "
                  + method + (name.isEmpty() ? QByteArray() : "\r\nMcp-Name: " + name)
                  + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    return socket;
}

static Socket called(quint16 port, const QByteArray &tool)
{
    return sent(port, "tools/call", tool, R"("name":")" + tool + R"(",)");
}

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
    void answersWhatIsUnderWayBeforeItEnds();
    void endsWhatWaitsForChanges();
    void waitsNoLongerThanItIsTold();

private:
    /// A tool that answers when the test does.
    void offerSlow()
    {
        mcp::Tool slow = tools::profileTool();
        slow.name = u"slow"_s;
        slow.outputSchema = {};
        slow.handler
            = [this](const mcp::ToolCall &, const mcp::ToolAnswer &answer) { m_open.append(answer); };
        QVERIFY(m_server->features().addTool(slow));
    }

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

    QList<mcp::ToolAnswer> m_open; ///< Of those who called "slow".
    std::unique_ptr<Server> m_server;
    Peer m_peer;
};

void TestServer::init()
{
    m_open.clear();
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
    offerSlow();
    settle();
    const Socket socket = called(m_server->port(), "slow");
    QTRY_COMPARE(m_open.size(), 1);
    m_server.reset();
    QCOMPARE(count.begun, 1);
    QCOMPARE(count.over, 1); // Whoever watches hears of the end of each.
}

void TestServer::answersWhatIsUnderWayBeforeItEnds()
{
    offerSlow();
    settle();
    const quint16 port = m_server->port();
    const Socket idle = called(m_server->port(), "get-profile");
    QTRY_VERIFY(idle->bytesAvailable() > 0);
    const Socket slow = called(m_server->port(), "slow");
    QTRY_COMPARE(m_open.size(), 1);
    int ends = 0;
    // Also at an address that was left, and for whoever asks twice.
    const Socket left = called(m_server->port(), "slow");
    QTRY_COMPARE(m_open.size(), 2);
    const quint16 before = m_server->port();
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress(QHostAddress::LocalHost)));
    const quint16 next = probe.serverPort();
    probe.close();
    settle({}, next);
    QVERIFY(m_server->port() != before);
    m_server->drain(std::chrono::minutes(10), [&ends] { ++ends; });
    m_server->drain(std::chrono::minutes(10), [&ends] { ++ends; });
    QTRY_COMPARE(idle->state(), QAbstractSocket::UnconnectedState);
    QTRY_VERIFY2(QTcpServer().listen(QHostAddress(QHostAddress::LocalHost), port),
                 "nobody is there for new ones");
    QTRY_VERIFY(QTcpServer().listen(QHostAddress(QHostAddress::LocalHost), next));
    QCOMPARE(ends, 0);
    QCOMPARE(slow->state(), QAbstractSocket::ConnectedState);
    m_open.first()(mcp::ToolResult::text(u"done"_s));
    QTRY_COMPARE(slow->state(), QAbstractSocket::UnconnectedState);
    const QByteArray answer = slow->readAll();
    QVERIFY2(answer.startsWith("HTTP/1.1 200") && answer.contains("done"), answer.constData());
    QCOMPARE(ends, 0);
    m_open.last()(mcp::ToolResult::text(u"done"_s));
    QTRY_COMPARE(left->state(), QAbstractSocket::UnconnectedState);
    QTRY_COMPARE(ends, 2);
}

void TestServer::endsWhatWaitsForChanges()
{
    settle();
    const Socket stream
        = sent(m_server->port(), "subscriptions/listen", {}, R"("notifications":{"toolsListChanged":true},)");
    QTRY_VERIFY(stream->bytesAvailable() > 0);
    QVERIFY(stream->peek(1000).startsWith("HTTP/1.1 200"));
    int ends = 0;
    m_server->drain(std::chrono::minutes(10), [&ends] { ++ends; });
    QTRY_COMPARE(ends, 1);
    QTRY_COMPARE(stream->state(), QAbstractSocket::UnconnectedState);
    QVERIFY2(stream->readAll().endsWith("\r\n0\r\n\r\n"), "it ended and was not cut");
}

void TestServer::waitsNoLongerThanItIsTold()
{
    offerSlow();
    settle();
    const Socket slow = called(m_server->port(), "slow");
    QTRY_COMPARE(m_open.size(), 1);
    int ends = 0;
    m_server->drain(std::chrono::milliseconds(1), [&ends] { ++ends; });
    QTRY_COMPARE(ends, 1);
    m_open.first()(mcp::ToolResult::text(u"late"_s));
    QTRY_COMPARE(slow->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(ends, 1);
    Server unsettled;
    unsettled.drain(std::chrono::minutes(10), [&ends] { ++ends; });
    QCOMPARE(ends, 2);
}

GATEHOUSE_TEST(TestServer)
#include "tst_server.moc"
