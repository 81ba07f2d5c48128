// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/httpserver.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::http;
using namespace Qt::StringLiterals;

class TestHttpServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void handsOverWhatCame();
    void answersLaterAndOnce();
    void survivesAPeerThatLeavesBeforeTheAnswer();
    void writesNoHeaderWithControlCharacters();
    void refusesABodyThatIsTooLarge();
    void namesABusyPortAndTheNextFreeOne();

private:
    static constexpr auto hello = "POST /mcp?x=1 HTTP/1.1\r\nHost: localhost\r\nX-Twice: a\r\nX-Twice: "
                                  "b\r\nContent-Length: 2\r\n\r\nhi";
    static QByteArray read(QTcpSocket &socket)
    {
        QByteArray in;
        // Ends when nothing more comes: the answers of these tests are small.
        while (gatehouse::waitFor([&] { return socket.bytesAvailable() > 0; }, in.isEmpty() ? 5000 : 50))
            in += socket.readAll();
        return in;
    }
};

void TestHttpServer::handsOverWhatCame()
{
    Request seen;
    HttpServer server(wholeRequests([&](const Request &request, const Respond &respond) {
        seen = request;
        respond({202, {{"X-Own"_ba, "yes"_ba}}, {}});
    }));
    const auto port = server.listen(QHostAddress(QHostAddress::LocalHost), 0);
    QVERIFY(port);
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, *port);
    socket.write(hello);
    const QByteArray answer = read(socket);
    QVERIFY2(answer.startsWith("HTTP/1.1 202 "), answer.constData());
    QVERIFY(answer.contains("X-Own: yes"));
    QVERIFY2(!answer.toLower().contains("content-type"), "an empty body has no type");
    QCOMPARE(seen.method, "POST"_ba);
    QCOMPARE(seen.path, "/mcp"_ba);
    QCOMPARE(seen.query, "x=1"_ba);
    QCOMPARE(seen.body, "hi"_ba);
    QVERIFY(seen.peer.isLoopback());
    QCOMPARE(seen.peerPort, socket.localPort());
    QCOMPARE(base::valuesOf(seen.headers, "x-twice").size(), 2);
    QVERIFY(!base::onlyValueOf(seen.headers, "x-twice"));
}

void TestHttpServer::answersLaterAndOnce()
{
    Respond kept;
    HttpServer server([&](const Request &, const Respond &respond) { kept = respond; });
    const auto port = server.listen(QHostAddress(QHostAddress::LocalHost), 0);
    QVERIFY(port);
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, *port);
    socket.write(hello);
    QTRY_VERIFY(kept);
    kept(jsonResponse(200, "1"_ba));
    kept(jsonResponse(200, "2"_ba));
    const QByteArray answer = read(socket);
    QVERIFY(answer.endsWith("\r\n\r\n1"));
}

void TestHttpServer::survivesAPeerThatLeavesBeforeTheAnswer()
{
    std::vector<Respond> kept;
    HttpServer server([&](const Request &, const Respond &respond) { kept.push_back(respond); });
    const auto port = server.listen(QHostAddress(QHostAddress::LocalHost), 0);
    QVERIFY(port);
    for (int i = 0; i < 20; ++i) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, *port);
        socket.write(hello);
        QTRY_COMPARE(int(kept.size()), i + 1);
        if (i % 2 == 0)
            socket.abort();
        else
            socket.disconnectFromHost();
    }
    QTest::qWait(50); // Lets the server hear of it.
    for (const Respond &respond : kept)
        respond(jsonResponse(200, "late"_ba));
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, *port);
    socket.write(hello);
    QTRY_COMPARE(int(kept.size()), 21);
    kept.back()(jsonResponse(200, "in time"_ba));
    QVERIFY(read(socket).endsWith("in time"));
}

void TestHttpServer::writesNoHeaderWithControlCharacters()
{
    HttpServer server([&](const Request &, const Respond &respond) {
        respond({200, {{"X-Split"_ba, "a\r\nX-Injected: b"_ba}, {"X-Good"_ba, "c"_ba}}, "{}"_ba});
    });
    const auto port = server.listen(QHostAddress(QHostAddress::LocalHost), 0);
    QVERIFY(port);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"control characters"_s));
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, *port);
    socket.write(hello);
    const QByteArray answer = read(socket);
    QVERIFY(answer.contains("X-Good: c"));
    QVERIFY(!answer.contains("X-Injected"));
}

void TestHttpServer::refusesABodyThatIsTooLarge()
{
    int calls = 0;
    HttpServer server([&](const Request &, const Respond &respond) {
        ++calls;
        respond(jsonResponse(200, "{}"_ba));
    });
    EdgeLimits limits;
    limits.bodyBytes = 1;
    server.setLimits(limits);
    const auto port = server.listen(QHostAddress(QHostAddress::LocalHost), 0);
    QVERIFY(port);
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, *port);
    socket.write(hello);
    QVERIFY(read(socket).startsWith("HTTP/1.1 413 "));
    QCOMPARE(calls, 0);
}

void TestHttpServer::namesABusyPortAndTheNextFreeOne()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost, 0));
    HttpServer server([](const Request &, const Respond &) {});
    const auto port = server.listen(QHostAddress(QHostAddress::LocalHost), other.serverPort());
    QVERIFY(!port);
    QCOMPARE(port.error().port, other.serverPort());
    QVERIFY(port.error().nextFree > other.serverPort());
    QVERIFY(port.error().isInUse);
    QVERIFY(!port.error().detail.isEmpty());
    const auto nowhere = server.listen(QHostAddress(u"192.0.2.1"_s), 0); // TEST-NET-1 is nobody's.
    QVERIFY(!nowhere);
    QVERIFY(!nowhere.error().isInUse);
}

GATEHOUSE_TEST(TestHttpServer)
#include "tst_httpserver.moc"
