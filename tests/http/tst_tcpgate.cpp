// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/eventstream.h"
#include "http/httpserver.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QElapsedTimer>
#include <QTcpSocket>
#include <QTest>

#include <array>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#endif

using namespace gatehouse;
using namespace gatehouse::http;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(gatehouse::http::EdgeFault)

class TestTcpGate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void answersAndGoesOn();
    void answersInOrderWhatCameAtOnce();
    void answersInOrderHoweverItIsCut();
    void holdsWhatComesBeforeTheAnswer();
    void handsOverExactlyWhatCame();
    void handsOverWholeBodies_data();
    void handsOverWholeBodies();
    void endsWhereThePeerAsksForIt_data();
    void endsWhereThePeerAsksForIt();
    void answersAPeerThatHasSaidAllItHad();
    void askedToContinueItSaysSo();
    void givesNoBodyToHead();
    void refusesWithAStatusAndSaysWhy_data();
    void refusesWithAStatusAndSaysWhy();
    void endsWhatIsTooSlow_data();
    void endsWhatIsTooSlow();
    void answersInTheHandlersPlaceWhenItDoesNot();
    void makesRoomForNewPeers();
    void letsWhoeverComesNowBeforeThoseWhoStay();
    void evictsNobodyForACrowd();
    void goesOnWithAStreamBehindALineEnd();
    void refusesNewPeersWhereAllOthersAreBusy();
    void refusesAPeerThatHasManyConnections_data();
    void refusesAPeerThatHasManyConnections();
    void holdsNoMoreUnfinishedBodiesThanAllowed();
    void writesALargeAnswerToASlowReader();
    void leavesAReaderThatDoesNotRead();
    void streamsToHttp10WithoutChunks();
    void forgetsAPeerThatLeaves();
    void asksTheHandlerBeforeItTakesABodyIn_data();
    void asksTheHandlerBeforeItTakesABodyIn();
    void answersAHeadWhoseBodyNobodyWants();
    void asksForABodyOnlyWhereItIsWanted();
    void tellsTheHandlerWhatBecameOfABody_data();
    void tellsTheHandlerWhatBecameOfABody();
    void makesRoomByThoseWhoWaitForAJudgement();
    void dropsBodiesOfStrangersFirst();

private:
    using Socket = std::unique_ptr<QTcpSocket>;
    [[nodiscard]] Socket connected() const
    {
        auto socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(QHostAddress::LocalHost, m_port);
        return socket->waitForConnected(5000) ? std::move(socket) : nullptr;
    }
    [[nodiscard]] Socket sent(const QByteArray &bytes) const
    {
        Socket socket = connected();
        if (socket)
            socket->write(bytes);
        return socket;
    }
    /// What comes until the text is in it, or the end of the connection.
    static QByteArray until(QTcpSocket &socket, const QByteArray &text)
    {
        QByteArray in;
        (void)gatehouse::waitFor(
            [&] {
                in += socket.readAll();
                return in.contains(text) || socket.state() == QAbstractSocket::UnconnectedState;
            },
            5000);
        return in + socket.readAll();
    }
    static bool isLeft(QTcpSocket &socket)
    {
        return gatehouse::waitFor(
            [&] { return socket.readAll().isEmpty() && socket.state() == QAbstractSocket::UnconnectedState; },
            5000);
    }
    void listen(const EdgeLimits &limits);

    std::unique_ptr<HttpServer> m_server;
    quint16 m_port = 0;
    bool m_wantsWhole = true; ///< Else the handler is given heads.
    QList<Request> m_requests;
    std::vector<Respond> m_kept;
    QList<Refused> m_refused;
    std::function<void(const Request &, const Respond &)> m_handler;
};

void TestTcpGate::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    m_requests.clear();
    m_refused.clear();
    m_wantsWhole = true;
    m_handler = [](const Request &request, const Respond &respond) {
        respond(jsonResponse(200, '"' + request.path + '"'));
    };
    listen({});
}

void TestTcpGate::cleanup()
{
    m_server.reset();
    m_kept.clear();
}

void TestTcpGate::listen(const EdgeLimits &limits)
{
    const Handler handler = [this](const Request &request, const Respond &respond) {
        m_requests.append(request);
        m_handler(request, respond);
    };
    m_server = std::make_unique<HttpServer>(m_wantsWhole ? wholeRequests(handler) : handler);
    m_server->setLimits(limits);
    m_server->setRefusedHandler([this](const Refused &refused) { m_refused.append(refused); });
    const auto port = m_server->listen(QHostAddress(QHostAddress::LocalHost), 0);
    QVERIFY(port);
    m_port = *port;
}

void TestTcpGate::answersAndGoesOn()
{
    const Socket socket = connected();
    for (int i = 0; i < 3; ++i) {
        socket->write("GET /" + QByteArray::number(i) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        const QByteArray answer = until(*socket, "\"/" + QByteArray::number(i) + '"');
        QVERIFY2(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer.constData());
        QVERIFY(answer.contains("\r\nContent-Length: 4\r\n"));
        QVERIFY(answer.contains("\r\nContent-Type: application/json\r\n"));
        QVERIFY(answer.contains(" GMT\r\n"));
        QVERIFY(!answer.toLower().contains("connection:"));
    }
    QCOMPARE(socket->state(), QAbstractSocket::ConnectedState);
}

void TestTcpGate::answersInOrderWhatCameAtOnce()
{
    QByteArray all;
    for (int i = 0; i < 200; ++i)
        all += "POST /" + QByteArray::number(i) + " HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";
    const Socket socket = sent(all);
    const QByteArray answers = until(*socket, "\"/199\"");
    qsizetype at = 0;
    for (int i = 0; i < 200; ++i) {
        at = answers.indexOf("\"/" + QByteArray::number(i) + '"', at);
        QVERIFY2(at > 0, qPrintable(QString::number(i)));
    }
    QCOMPARE(m_requests.size(), 200);
}

void TestTcpGate::answersInOrderHoweverItIsCut()
{
    QByteArray all;
    for (int i = 0; i < 400; ++i)
        all += "POST /" + QByteArray::number(i) + " HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";
    const Socket socket = connected();
    quint32 random = 12345;
    for (qsizetype at = 0; at < all.size();) {
        random = random * 1664525 + 1013904223;
        const qsizetype length = 1 + qsizetype(random >> 16) % 500;
        socket->write(all.mid(at, length));
        socket->flush();
        at += length;
        if (random % 3 == 0)
            QCoreApplication::processEvents();
    }
    QTRY_COMPARE(m_requests.size(), 400);
    for (int i = 0; i < 400; ++i)
        QCOMPARE(m_requests.at(i).path, "/" + QByteArray::number(i));
    QVERIFY(until(*socket, "\"/399\"").endsWith("\"/399\""));
}

void TestTcpGate::holdsWhatComesBeforeTheAnswer()
{
    m_handler = [this](const Request &, const Respond &respond) { m_kept.push_back(respond); };
    const QByteArray one
        = "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n" + QByteArray(60000, 'b');
    const Socket socket = sent(one + one + one + one);
    for (int i = 0; i < 4; ++i) {
        QTRY_COMPARE(int(m_kept.size()), i + 1);
        QTest::qWait(20);
        QCOMPARE(int(m_kept.size()), i + 1); // Only one at a time.
        m_kept.back()(jsonResponse(200, QByteArray::number(1000 + i)));
        m_kept.back()(jsonResponse(200, "again"_ba));
        m_kept.front()(jsonResponse(200, "late"_ba)); // Its request is not the current one any more.
        const QByteArray answer = until(*socket, QByteArray::number(1000 + i));
        QVERIFY(!answer.contains("again") && !answer.contains("late"));
    }
    for (const Request &request : std::as_const(m_requests))
        QCOMPARE(request.body.size(), 60000);
}

void TestTcpGate::handsOverExactlyWhatCame()
{
    const Socket socket = sent("GET /%6dcp%0a/..//x?a=%20&b=/?# HTTP/1.1\r\nHost: evil.example\r\n\r\n");
    QVERIFY(until(*socket, "}").startsWith("HTTP/1.1 400 ")); // The fragment.
    const Socket other
        = sent("GET /%6dcp%0a/..//x?a=%20&b=/? HTTP/1.1\r\nHOST: evil.example\r\nx-A: 1\r\nX-a:2\r\n\r\n");
    (void)until(*other, "\r\n\r\n");
    QCOMPARE(m_requests.size(), 1);
    const Request &request = m_requests.first();
    QCOMPARE(request.path, "/%6dcp%0a/..//x"_ba);
    QCOMPARE(request.query, "a=%20&b=/?"_ba);
    const base::Headers headers = {{"HOST"_ba, "evil.example"_ba}, {"x-A"_ba, "1"_ba}, {"X-a"_ba, "2"_ba}};
    QCOMPARE(request.headers, headers);
    QCOMPARE(request.peerPort, other->localPort());
}

void TestTcpGate::handsOverWholeBodies_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("chunk");
    for (const char *method : {"POST", "PUT", "PATCH", "DELETE", "GET", "OPTIONS"})
        QTest::addRow("%s with a length", method) << QByteArray(method) << 10 << 0;
    QTest::newRow("a length of a megabyte") << "POST"_ba << 1024 * 1024 << 0;
    QTest::newRow("chunks of one byte") << "POST"_ba << 5000 << 1;
    QTest::newRow("chunks up to a megabyte") << "POST"_ba << 1024 * 1024 << 100'000;
}

void TestTcpGate::handsOverWholeBodies()
{
    QFETCH(const QByteArray, method);
    QFETCH(const int, size);
    QFETCH(const int, chunk);
    QByteArray body(size, Qt::Uninitialized);
    for (int i = 0; i < size; ++i)
        body[i] = char(i * 7);
    QByteArray bytes = method + " / HTTP/1.1\r\nHost: a\r\n";
    if (chunk == 0) {
        bytes += "Content-Length: " + QByteArray::number(size) + "\r\n\r\n" + body;
    } else {
        bytes += "Transfer-Encoding: chunked\r\n\r\n";
        for (int at = 0; at < size; at += chunk) {
            const QByteArray piece = body.mid(at, chunk);
            bytes += QByteArray::number(piece.size(), 16) + "\r\n" + piece + "\r\n";
        }
        bytes += "0\r\n\r\n";
    }
    const Socket socket = sent(bytes);
    QVERIFY(until(*socket, "\"/\"").startsWith("HTTP/1.1 200 "));
    QCOMPARE(m_requests.size(), 1);
    QCOMPARE(m_requests.first().method, method);
    QVERIFY(m_requests.first().body == body);
}

void TestTcpGate::endsWhereThePeerAsksForIt_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("ends");
    QTest::addColumn<QByteArray>("connection");
    QTest::newRow("HTTP/1.1") << "GET / HTTP/1.1\r\nHost: a\r\n\r\n"_ba << false << ""_ba;
    QTest::newRow("close") << "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"_ba << true
                           << "close"_ba;
    QTest::newRow("close, and more behind it")
        << "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET /more HTTP/1.1\r\nHost: a\r\n\r\n"_ba
        << true << "close"_ba;
    QTest::newRow("HTTP/1.0") << "GET / HTTP/1.0\r\n\r\n"_ba << true << "close"_ba;
    QTest::newRow("HTTP/1.0 kept alive")
        << "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"_ba << false << "keep-alive"_ba;
}

void TestTcpGate::endsWhereThePeerAsksForIt()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, ends);
    QFETCH(const QByteArray, connection);
    const Socket socket = sent(bytes);
    const QByteArray answer = until(*socket, "\"/\"");
    QVERIFY(answer.startsWith("HTTP/1.1 200 OK"));
    QCOMPARE(answer.contains("Connection: "), !connection.isEmpty());
    QVERIFY(answer.contains("Connection: " + connection + "\r\n") || connection.isEmpty());
    if (ends)
        QVERIFY(isLeft(*socket));
    QTest::qWait(20);
    QCOMPARE(socket->state() == QAbstractSocket::UnconnectedState, ends);
    QCOMPARE(m_requests.size(), 1);
}

void TestTcpGate::answersAPeerThatHasSaidAllItHad()
{
#ifdef Q_OS_UNIX
    const Socket socket = connected(); // As `nc -N` does it.
    socket->write("GET /half HTTP/1.1\r\nHost: a\r\n\r\n");
    socket->flush();
    QCOMPARE(::shutdown(int(socket->socketDescriptor()), SHUT_WR), 0);
    QVERIFY(until(*socket, "\"/half\"").startsWith("HTTP/1.1 200 "));
    QVERIFY(isLeft(*socket));
#else
    QSKIP("Qt has no way to close one direction");
#endif
}

void TestTcpGate::askedToContinueItSaysSo()
{
    const QByteArray head = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: ";
    const Socket socket = sent(head + "2\r\n\r\n");
    QCOMPARE(until(*socket, "\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n"_ba);
    socket->write("hi");
    QVERIFY(until(*socket, "\"/\"").startsWith("HTTP/1.1 200 "));
    const Socket eager = sent(head + "2\r\n\r\nhi");
    QVERIFY2(until(*eager, "\"/\"").startsWith("HTTP/1.1 200 "), "the body is there, nobody waits");
    const Socket large = sent(head + "99999999\r\n\r\n");
    QVERIFY2(until(*large, "}").startsWith("HTTP/1.1 413 "), "before the body is sent in vain");
}

void TestTcpGate::givesNoBodyToHead()
{
    const Socket socket = sent("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n");
    const QByteArray answers = until(*socket, "\"/b\"");
    QVERIFY(answers.contains("Content-Length: 4\r\n"));
    QVERIFY(!answers.contains("\"/a\""));
    QCOMPARE(answers.count("HTTP/1.1 200 OK"), 2);
}

void TestTcpGate::refusesWithAStatusAndSaysWhy_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<EdgeFault>("fault");
    QTest::addColumn<int>("status");
    const QByteArray post = "POST /secret HTTP/1.1\r\nHost: a\r\n";
    QTest::newRow("no HTTP") << "hello\r\n"_ba << EdgeFault::BadLine << 400;
    QTest::newRow("TLS") << QByteArray("\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03\n", 12)
                         << EdgeFault::BadLine << 400;
    QTest::newRow("a long line") << "GET /" + QByteArray(9000, 'x') << EdgeFault::LineTooLong << 414;
    QTest::newRow("many fields") << post + QByteArray("A: b\r\n").repeated(70) << EdgeFault::TooManyFields
                                 << 431;
    QTest::newRow("large fields") << post + "A: " + QByteArray(40'000, 'x') << EdgeFault::FieldsTooLarge
                                  << 431;
    QTest::newRow("another version") << "GET / HTTP/2.0\r\n\r\n"_ba << EdgeFault::BadVersion << 505;
    QTest::newRow("another method") << "BREW / HTTP/1.1\r\n\r\n"_ba << EdgeFault::UnknownMethod << 501;
    QTest::newRow("another coding") << post + "Transfer-Encoding: gzip\r\n\r\n"
                                    << EdgeFault::UnknownCoding << 501;
    QTest::newRow("a large body") << post + "Content-Length: 10000000000\r\n\r\n"
                                  << EdgeFault::BodyTooLarge << 413;
    QTest::newRow("a smuggled request") << post
            + "Content-Length: 44\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled "
              "HTTP/1.1\r\nHost: a\r\n\r\n"
                                        << EdgeFault::LengthAndCoding << 400;
}

void TestTcpGate::refusesWithAStatusAndSaysWhy()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const EdgeFault, fault);
    QFETCH(const int, status);
    const Socket socket = connected();
    const quint16 port = socket->localPort();
    socket->write(bytes + QByteArray(200'000, '\n')); // What still comes must not cost it the answer.
    QByteArray answer = until(*socket, "}");
    QVERIFY2(answer.startsWith("HTTP/1.1 " + QByteArray::number(status) + ' '), answer.left(200).constData());
    QVERIFY(answer.contains("\r\nConnection: close\r\n"));
    QVERIFY(answer.contains("Content-Type: application/json\r\n"));
    QVERIFY(answer.endsWith("{\"error\":\"" + describe(fault) + "\"}"));
    QVERIFY(isLeft(*socket));
    QCOMPARE(m_requests.size(), 0);
    QCOMPARE(m_refused.size(), 1);
    QCOMPARE(m_refused.first().response.status, status);
    QCOMPARE(m_refused.first().fault, fault);
    QCOMPARE(m_refused.first().request.peerPort, port);
}

void TestTcpGate::endsWhatIsTooSlow_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("drip"); ///< Comes again and again, and must not help.
    QTest::addColumn<EdgeFault>("fault");
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("no byte") << ""_ba
                             << ""_ba << EdgeFault::None << ""_ba;
    QTest::newRow("an idle connection") << "GET / HTTP/1.1\r\nHost: a\r\n\r\n"_ba
                                        << ""_ba << EdgeFault::None << "HTTP/1.1 200 OK"_ba;
    QTest::newRow("a slow line") << "GET /"_ba
                                 << "x"_ba << EdgeFault::HeadTooSlow << "HTTP/1.1 408 "_ba;
    QTest::newRow("slow fields") << "GET / HTTP/1.1\r\n"_ba
                                 << "A: b\r\n"_ba << EdgeFault::HeadTooSlow << "HTTP/1.1 408 "_ba;
    QTest::newRow("a slow body") << "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n"_ba
                                 << "x"_ba << EdgeFault::BodyTooSlow << "HTTP/1.1 408 "_ba;
    QTest::newRow("slow chunks") << "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"_ba
                                 << "1\r\nx\r\n"_ba << EdgeFault::BodyTooSlow << "HTTP/1.1 408 "_ba;
}

void TestTcpGate::endsWhatIsTooSlow()
{
    QFETCH(const QByteArray, first);
    QFETCH(const QByteArray, drip);
    QFETCH(const EdgeFault, fault);
    QFETCH(const QByteArray, answer);
    EdgeLimits limits;
    limits.firstByte = limits.head = limits.body = limits.idle = 150ms;
    listen(limits);
    const Socket socket = sent(first);
    QElapsedTimer time;
    time.start();
    QByteArray in;
    while (socket->state() == QAbstractSocket::ConnectedState && time.elapsed() < 5000) {
        QTest::qWait(10);
        in += socket->readAll();
        if (!drip.isEmpty() && in.isEmpty())
            socket->write(drip);
    }
    QCOMPARE(socket->state(), QAbstractSocket::UnconnectedState);
    QVERIFY(time.elapsed() >= 140);
    QVERIFY2(in.startsWith(answer), in.constData());
    QCOMPARE(in.isEmpty(), answer.isEmpty());
    QCOMPARE(m_refused.size(), fault == EdgeFault::None ? 0 : 1);
    if (fault != EdgeFault::None)
        QCOMPARE(m_refused.first().fault, fault);
}

void TestTcpGate::answersInTheHandlersPlaceWhenItDoesNot()
{
    EdgeLimits limits;
    limits.answer = 100ms;
    listen(limits);
    int gone = 0;
    m_handler = [&](const Request &, const Respond &respond) {
        respond.onDisconnected([&](const Cut &cut) {
            gone += cut.fault == EdgeFault::AnswerTooSlow && cut.instead.status == 503 ? 1 : 100;
        });
        m_kept.push_back(respond);
    };
    const Socket socket = sent("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    QVERIFY(until(*socket, "}").startsWith("HTTP/1.1 503 "));
    QCOMPARE(gone, 1);
    m_kept.front()(jsonResponse(200, "late"_ba));
    QVERIFY(!until(*socket, "late").contains("late"));
    QVERIFY(isLeft(*socket));
    QVERIFY2(m_refused.isEmpty(), "the request came through, it is recorded as one");
}

void TestTcpGate::makesRoomForNewPeers()
{
    EdgeLimits limits;
    limits.connections = 4;
    listen(limits);
    m_handler = [this](const Request &request, const Respond &respond) {
        if (request.path == "/wait")
            m_kept.push_back(respond);
        else
            respond(jsonResponse(200, "{}"_ba));
    };
    const Socket busy = sent("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE(int(m_kept.size()), 1);
    const Socket slow = sent("GET /slow");
    const Socket idle = sent("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    (void)until(*idle, "{}");
    const Socket silent = connected();

    // Those of whom nothing is known first, the oldest before others; then an idle one that was let in.
    std::array<Socket, 3> more;
    const std::array<QTcpSocket *, 3> order = {slow.get(), silent.get(), idle.get()};
    for (size_t i = 0; i < more.size(); ++i) {
        more[i] = sent("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
        QTRY_COMPARE(int(m_kept.size()), int(i) + 2);
        QVERIFY2(isLeft(*order[i]), qPrintable(QString::number(i)));
        for (size_t j = i + 1; j < order.size(); ++j)
            QCOMPARE(order[j]->state(), QAbstractSocket::ConnectedState);
    }
    QCOMPARE(m_refused.size(), 1);
    QCOMPARE(m_refused.first().fault, EdgeFault::TooManyConnections);
    m_kept.front()(jsonResponse(200, "\"at last\""_ba));
    QVERIFY(until(*busy, "at last").contains("at last"));
}

/// A flood of connections with a byte each shall not push out whoever has only just come.
void TestTcpGate::letsWhoeverComesNowBeforeThoseWhoStay()
{
    EdgeLimits limits;
    limits.connections = 4;
    listen(limits);
    std::vector<Socket> flood;
    for (int i = 0; i < 3; ++i)
        flood.push_back(sent("G"));
    const Socket honest = connected();
    for (int i = 0; i < 3; ++i) {
        flood.push_back(sent("G"));
        QVERIFY(isLeft(*flood[size_t(i)]));
    }
    honest->write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    QVERIFY(until(*honest, "\"/\"").startsWith("HTTP/1.1 200 "));
}

void TestTcpGate::evictsNobodyForACrowd()
{
    EdgeLimits limits;
    limits.connections = 3;
    limits.connectionsPerPeer = 2;
    limits.countsLoopback = true;
    listen(limits);
    const Socket first = connected();
    const Socket second = connected();
    Socket other = std::make_unique<QTcpSocket>(); // Another peer fills the table.
    other->bind(QHostAddress(u"127.0.0.2"_s));
    other->connectToHost(QHostAddress::LocalHost, m_port);
    QVERIFY(other->waitForConnected(5000));
    const Socket third = connected();
    QVERIFY(until(*third, "}").startsWith("HTTP/1.1 503 "));
    for (const Socket *one : {&first, &second, static_cast<const Socket *>(&other)})
        QCOMPARE((*one)->state(), QAbstractSocket::ConnectedState);
    (*first).write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    QVERIFY(until(*first, "\"/\"").startsWith("HTTP/1.1 200 "));
}

void TestTcpGate::goesOnWithAStreamBehindALineEnd()
{
    std::shared_ptr<EventStream> stream;
    m_handler = [&stream](const Request &, const Respond &respond) { stream = respond.stream({}); };
    const Socket socket = sent("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_VERIFY(stream);
    (void)until(*socket, "\r\n\r\n");
    socket->write("\r\n");
    QTRY_COMPARE(socket->bytesToWrite(), 0);
    // Its end is seen by the same loop that sends this.
    for (int i = 0; i < 3; ++i) {
        stream->write("data: " + QByteArray::number(i) + "\n\n");
        QVERIFY(until(*socket, "data: " + QByteArray::number(i)).contains("data: " + QByteArray::number(i)));
    }
    QCOMPARE(socket->state(), QAbstractSocket::ConnectedState);
}

void TestTcpGate::refusesNewPeersWhereAllOthersAreBusy()
{
    EdgeLimits limits;
    limits.connections = 2;
    listen(limits);
    m_handler = [this](const Request &, const Respond &respond) { m_kept.push_back(respond); };
    const std::array<Socket, 2> busy
        = {sent("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), sent("GET / HTTP/1.1\r\nHost: a\r\n\r\n")};
    QTRY_COMPARE(int(m_kept.size()), 2);
    const Socket late = connected();
    QVERIFY(until(*late, "}").startsWith("HTTP/1.1 503 "));
    QVERIFY(isLeft(*late));
    for (const Respond &respond : m_kept)
        respond(jsonResponse(200, "{}"_ba));
    for (const Socket &socket : busy)
        QVERIFY(until(*socket, "{}").startsWith("HTTP/1.1 200 "));
    const Socket next = sent("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE(int(m_kept.size()), 3);
}

void TestTcpGate::refusesAPeerThatHasManyConnections_data()
{
    QTest::addColumn<bool>("isCounted");
    QTest::addRow("another machine") << true;
    QTest::addRow("this one, from where a proxy may send all") << false;
}

void TestTcpGate::refusesAPeerThatHasManyConnections()
{
    QFETCH(const bool, isCounted);
    EdgeLimits limits;
    limits.connectionsPerPeer = 2;
    limits.countsLoopback = isCounted; // All peers of a test are on this machine.
    listen(limits);
    std::vector<Socket> open;
    for (int i = 0; i < 2; ++i) {
        open.push_back(sent("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        QVERIFY(until(*open.back(), "\"/\"").startsWith("HTTP/1.1 200 "));
    }
    const Socket third = sent("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    QVERIFY(
        until(*third, isCounted ? "}" : "\"/\"").startsWith(isCounted ? "HTTP/1.1 503 " : "HTTP/1.1 200 "));
    QCOMPARE(m_requests.size(), isCounted ? 2 : 3);
    if (!isCounted)
        return;
    QCOMPARE(m_refused.last().fault, EdgeFault::TooManyConnections);
    QCOMPARE(open.front()->state(), QAbstractSocket::ConnectedState); // Nobody had to make room.

    open.pop_back();
    QTRY_VERIFY(until(*sent("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), "\"/\"").startsWith("HTTP/1.1 200 "));
}

void TestTcpGate::holdsNoMoreUnfinishedBodiesThanAllowed()
{
    EdgeLimits limits;
    limits.bodyBytes = 100'000;
    limits.unfinishedBytes = 250'000;
    listen(limits);
    std::vector<Socket> greedy;
    for (int i = 0; i < 6; ++i)
        greedy.push_back(
            sent("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n" + QByteArray(99'000, 'x')));
    QTRY_COMPARE(m_refused.size(), 4);
    for (const Refused &refused : std::as_const(m_refused))
        QCOMPARE(refused.fault, EdgeFault::TooMuchUnfinished);
    const Socket small = sent("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi");
    QVERIFY(until(*small, "\"/\"").startsWith("HTTP/1.1 200 "));
}

void TestTcpGate::writesALargeAnswerToASlowReader()
{
    QByteArray large(10 * 1024 * 1024, Qt::Uninitialized);
    for (qsizetype i = 0; i < large.size(); ++i)
        large[i] = char('a' + i % 23);
    m_handler = [&](const Request &, const Respond &respond) { respond(jsonResponse(200, large)); };
    const Socket socket = connected();
    socket->setReadBufferSize(256 * 1024);
    socket->write("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
    QByteArray in;
    QVERIFY(gatehouse::waitFor(
        [&] {
            in += socket->read(256 * 1024);
            return in.size() > large.size() * 2;
        },
        30'000));
    (void)gatehouse::waitFor([&] { return (in += socket->readAll()).endsWith(large); }, 5000);
    QCOMPARE(in.count("HTTP/1.1 200 OK"), 2);
    QVERIFY(in.endsWith("\r\n\r\n" + large));
    QVERIFY(in.contains("\r\n\r\n" + large + "HTTP/1.1 200"));
}

void TestTcpGate::leavesAReaderThatDoesNotRead()
{
    EdgeLimits limits;
    limits.reading = 100ms;
    listen(limits);
    m_handler = [&](const Request &, const Respond &respond) {
        respond(jsonResponse(200, QByteArray(32 * 1024, 'x')));
    };
    // Small enough for the time that its size allows to be short, and many enough to fill the system's
    // buffers.
    const Socket socket = connected();
    socket->setReadBufferSize(1);
    QTest::qWait(20);
    socket->write(QByteArray("GET / HTTP/1.1\r\nHost: a\r\n\r\n").repeated(1000));
    qsizetype seen = -1;
    QVERIFY(gatehouse::waitFor(
        [&] {
            QTest::qWait(300);
            return std::exchange(seen, m_requests.size()) == m_requests.size();
        },
        20'000));
    QVERIFY(m_requests.size() < 1000);
    QTest::qWait(3000); // 100 ms, and two seconds for the size of an answer.
    socket->setReadBufferSize(0);
    QVERIFY(isLeft(*socket));
}

void TestTcpGate::streamsToHttp10WithoutChunks()
{
    std::shared_ptr<EventStream> stream;
    m_handler = [&](const Request &, const Respond &respond) { stream = respond.stream({}); };
    const Socket socket = sent("GET / HTTP/1.0\r\n\r\n");
    QTRY_VERIFY(stream);
    stream->write("data: 1\n\n"_ba);
    stream->write("data: 2\n\n"_ba);
    stream->end();
    const QByteArray answer = until(*socket, "data: 2\n\n");
    QVERIFY(isLeft(*socket));
    QVERIFY(!answer.contains("chunked"));
    QVERIFY(answer.endsWith("\r\n\r\ndata: 1\n\ndata: 2\n\n"));
}

void TestTcpGate::forgetsAPeerThatLeaves()
{
    m_handler = [this](const Request &, const Respond &respond) { m_kept.push_back(respond); };
    for (const char *bytes : {"", "GET /", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhi"}) {
        const Socket socket = sent(bytes);
        QTest::qWait(10);
        socket->abort();
    }
    int gone = 0;
    const Socket socket = sent("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE(int(m_kept.size()), 1);
    m_kept.front().onDisconnected([&](const Cut &cut) { gone += cut.fault == EdgeFault::None ? 1 : 100; });
    socket->abort();
    QTRY_COMPARE(gone, 1);
    m_kept.front()(jsonResponse(200, "late"_ba));
    QVERIFY(m_refused.isEmpty());
}

void TestTcpGate::asksTheHandlerBeforeItTakesABodyIn_data()
{
    QTest::addColumn<bool>("isChunked");
    QTest::addColumn<int>("size");
    for (const int size : {1, 1000, 70'000, 900'000}) {
        QTest::addRow("a length of %d", size) << false << size;
        QTest::addRow("chunks of %d", size) << true << size;
    }
}

void TestTcpGate::asksTheHandlerBeforeItTakesABodyIn()
{
    QFETCH(const bool, isChunked);
    QFETCH(const int, size);
    m_wantsWhole = false;
    listen({});
    QByteArray body(size, Qt::Uninitialized);
    for (int i = 0; i < size; ++i)
        body[i] = char(i * 7);
    m_handler = [this](const Request &, const Respond &respond) { m_kept.push_back(respond); };
    const QByteArray length = QByteArray::number(size);
    const QByteArray framing
        = isChunked ? "Transfer-Encoding: chunked\r\n\r\n"_ba : "Content-Length: " + length + "\r\n\r\n";
    const QByteArray framed
        = isChunked ? QByteArray::number(size, 16) + "\r\n" + body + "\r\n0\r\n\r\n" : body;
    const Socket socket = sent("POST /a HTTP/1.1\r\nHost: a\r\n" + framing + framed
                               + "GET /next HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE(int(m_kept.size()), 1);
    QVERIFY(m_requests.first().body.isEmpty());
    QCOMPARE(m_kept.front().bodyBytes(), isChunked ? -1 : size);
    QTest::qWait(20);
    QByteArray got;
    const Respond first = m_kept.front();
    first.takeBody(Standing::Admitted, [&got](const QByteArray &all) { got = all; });
    first.takeBody(Standing::Admitted, [&got](const QByteArray &) { got = "twice"; });
    QTRY_VERIFY(got == body);
    QCOMPARE(int(m_kept.size()), 1); // The next one waits for its turn.
    first(jsonResponse(200, "\"one\""_ba));
    QTRY_COMPARE(int(m_kept.size()), 2);
    QCOMPARE(m_requests.last().path, "/next"_ba);
    bool isEmpty = false;
    m_kept.back().takeBody(Standing::Stranger,
                           [&isEmpty](const QByteArray &all) { isEmpty = all.isEmpty(); });
    QVERIFY(isEmpty);
    m_kept.back()(jsonResponse(200, "\"two\""_ba));
    QVERIFY(until(*socket, "\"two\"").contains("\"one\""));
}

void TestTcpGate::answersAHeadWhoseBodyNobodyWants()
{
    m_wantsWhole = false;
    listen({});
    m_handler = [](const Request &, const Respond &respond) { respond(jsonResponse(401, "\"no\""_ba)); };
    const Socket socket = sent("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n");
    QByteArray answer = until(*socket, "\"no\"");
    QVERIFY2(answer.startsWith("HTTP/1.1 401 "), answer.constData());
    QVERIFY(answer.contains("Connection: close\r\n"));
    // The peer goes on as if nothing had happened, and what looks like a request in it is none.
    socket->write("GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n" + QByteArray(800'000, 'x'));
    QVERIFY(isLeft(*socket));
    QCOMPARE(m_requests.size(), 1);
    // One that has no body goes on.
    const Socket other = sent("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
    answer = until(*other, "\"no\"");
    QVERIFY(!answer.contains("Connection: close"));
    QCOMPARE(other->state(), QAbstractSocket::ConnectedState);
}

void TestTcpGate::asksForABodyOnlyWhereItIsWanted()
{
    m_wantsWhole = false;
    listen({});
    m_handler = [this](const Request &, const Respond &respond) { m_kept.push_back(respond); };
    const QByteArray head = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
    const Socket refused = sent(head);
    QTRY_COMPARE(int(m_kept.size()), 1);
    m_kept.back()(jsonResponse(401, "\"no\""_ba));
    QVERIFY(!until(*refused, "\"no\"").contains("100 Continue"));
    const Socket wanted = sent(head);
    QTRY_COMPARE(int(m_kept.size()), 2);
    m_kept.back().takeBody(Standing::Admitted, [this](const QByteArray &body) {
        m_kept.back()(jsonResponse(200, '"' + body + '"'));
    });
    QCOMPARE(until(*wanted, "\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n"_ba);
    wanted->write("hi");
    QVERIFY(until(*wanted, "\"hi\"").contains("HTTP/1.1 200 "));
}

void TestTcpGate::tellsTheHandlerWhatBecameOfABody_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<EdgeFault>("fault");
    QTest::newRow("the peer leaves") << "abort"_ba << EdgeFault::None;
    QTest::newRow("it takes too long") << ""_ba << EdgeFault::BodyTooSlow;
    QTest::newRow("it is no chunk") << "zz\r\n"_ba << EdgeFault::BadChunk;
    QTest::newRow("it is too large") << "fffffff\r\n"_ba << EdgeFault::BodyTooLarge;
}

void TestTcpGate::tellsTheHandlerWhatBecameOfABody()
{
    QFETCH(const QByteArray, body);
    QFETCH(const EdgeFault, fault);
    m_wantsWhole = false;
    EdgeLimits limits;
    limits.body = 100ms;
    listen(limits);
    QList<EdgeFault> told;
    int statusTold = 0;
    m_handler = [&](const Request &, const Respond &respond) {
        respond.onDisconnected([&](const Cut &cut) {
            told.append(cut.fault);
            statusTold = cut.fault == EdgeFault::None ? 0 : cut.instead.status;
        });
        respond.takeBody(Standing::Admitted, [](const QByteArray &) { QFAIL("there is none"); });
        m_kept.push_back(respond);
    };
    const Socket socket = sent("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n");
    QTRY_COMPARE(int(m_kept.size()), 1);
    if (body == "abort")
        socket->abort();
    else
        socket->write(body);
    QTRY_COMPARE(told, QList<EdgeFault>{fault});
    QCOMPARE(statusTold, statusOf(fault));
    QVERIFY2(m_refused.isEmpty(), "it is told once");
}

void TestTcpGate::makesRoomByThoseWhoWaitForAJudgement()
{
    m_wantsWhole = false;
    EdgeLimits limits;
    limits.connections = 2;
    listen(limits);
    QList<EdgeFault> told;
    m_handler = [&](const Request &request, const Respond &respond) {
        respond.onDisconnected([&](const Cut &cut) { told.append(cut.fault); });
        m_kept.push_back(respond);
        if (request.path == "/known")
            respond.takeBody(Standing::Admitted, [](const QByteArray &) {});
    };
    const QByteArray head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n";
    const Socket first = sent(head);
    QTRY_COMPARE(int(m_kept.size()), 1);
    const Socket second = sent("GET /known HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE(int(m_kept.size()), 2);
    const Socket third = sent("GET /known HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE(int(m_kept.size()), 3);
    QCOMPARE(told, QList<EdgeFault>{EdgeFault::TooManyConnections});
    QVERIFY(isLeft(*first) || !first->readAll().isEmpty());
    // Those that were let in and wait for their answer make no room.
    const Socket fourth = sent("GET /known HTTP/1.1\r\nHost: a\r\n\r\n");
    QVERIFY(until(*fourth, "}").startsWith("HTTP/1.1 503 "));
    QCOMPARE(told.size(), 1);
}

void TestTcpGate::dropsBodiesOfStrangersFirst()
{
    m_wantsWhole = false;
    EdgeLimits limits;
    limits.bodyBytes = 100'000;
    limits.unfinishedBytes = 150'000;
    listen(limits);
    m_handler = [this](const Request &request, const Respond &respond) {
        m_kept.push_back(respond);
        respond.onDisconnected([path = request.path, this](const Cut &cut) {
            m_refused.append({cut.fault, {"GET", path, {}, {}, {}, {}}, {}});
        });
        respond.takeBody(request.path == "/known" ? Standing::Admitted : Standing::Stranger,
                         [respond](const QByteArray &body) {
                             respond(jsonResponse(200, QByteArray::number(body.size())));
                         });
    };
    const auto post = [](const QByteArray &path, int size) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n"
            + QByteArray(size, 'x');
    };
    const Socket known = sent(post("/known", 99'000));
    std::vector<Socket> strangers;
    for (int i = 0; i < 6; ++i)
        strangers.push_back(sent(post("/stranger", 20'000)));
    QTRY_COMPARE_WITH_TIMEOUT(m_refused.size(), 4, 2000);
    for (const Refused &refused : std::as_const(m_refused))
        QCOMPARE(refused.request.path, "/stranger"_ba);
    known->write(QByteArray(1'000, 'x'));
    QVERIFY(until(*known, "100000").startsWith("HTTP/1.1 200 "));
}

GATEHOUSE_TEST(TestTcpGate)
#include "tst_tcpgate.moc"
