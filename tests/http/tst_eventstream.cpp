// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/eventstream.h"
#include "http/httpserver.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QElapsedTimer>
#include <QTcpSocket>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::http;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestEventStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void writesWholeEventsInChunks();
    void saysWhenThePeerLeaves_data();
    void saysWhenThePeerLeaves();
    void cutsOffAPeerThatDoesNotRead();
    void leavesAPeerThatTakesNothingForLong_data();
    void leavesAPeerThatTakesNothingForLong();
    void givesLargeEventsToWhoeverReads_data();
    void givesLargeEventsToWhoeverReads();
    void holdsNoMoreThanAllowedForAllReaders();
    void takesNoSecondRequestOnItsConnection();
    void endsWithItsLastOwner();
    void knowsNothingOfAPeerThatHasItsAnswer();

private:
    void open(QTcpSocket &socket);
    QByteArray all(QTcpSocket &socket) const
    {
        QByteArray in;
        while (gatehouse::waitFor([&] { return socket.bytesAvailable() > 0; }, 100))
            in += socket.readAll();
        return in;
    }

    std::unique_ptr<HttpServer> m_server;
    quint16 m_port = 0;
    Respond m_respond;
};

void TestEventStream::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    m_server = std::make_unique<HttpServer>(
        [this](const Request &, const Respond &respond) { m_respond = respond; });
    const auto port = m_server->listen(QHostAddress(QHostAddress::LocalHost), 0);
    QVERIFY(port);
    m_port = *port;
}

void TestEventStream::cleanup()
{
    m_respond = {};
    m_server.reset();
}

void TestEventStream::open(QTcpSocket &socket)
{
    m_respond = {};
    socket.connectToHost(QHostAddress::LocalHost, m_port);
    socket.write("GET /mcp HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTRY_VERIFY(m_respond);
    QVERIFY(m_respond.canStream());
}

void TestEventStream::writesWholeEventsInChunks()
{
    QTcpSocket socket;
    open(socket);
    const auto stream = m_respond.stream({200, {{"X-Own"_ba, "yes"_ba}}, {}});
    QVERIFY(stream);
    stream->write("id: 1\ndata: {}\n\n"_ba);
    stream->write({}); // Not the chunk that ends a body.
    stream->write("data: [1]\n\n"_ba);
    stream->end();
    stream->write("data: late\n\n"_ba);
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    const QByteArray answer = socket.readAll();
    QVERIFY2(answer.startsWith("HTTP/1.1 200 "), answer.constData());
    const QByteArray lower = answer.toLower();
    for (const auto &header : {"content-type: text/event-stream\r\n", "transfer-encoding: chunked\r\n",
                               "connection: close\r\n", "x-own: yes\r\n"})
        QVERIFY2(lower.count(header) == 1, header);
    QCOMPARE(answer.mid(answer.indexOf("\r\n\r\n") + 4),
             "10\r\nid: 1\ndata: {}\n\n\r\nb\r\ndata: [1]\n\n\r\n0\r\n\r\n"_ba);
    QVERIFY2(!m_respond.stream({}), "one request has one answer");
}

void TestEventStream::saysWhenThePeerLeaves_data()
{
    QTest::addColumn<bool>("streams");
    QTest::addColumn<bool>("aborts");
    QTest::newRow("before its answer, at once") << false << true;
    QTest::newRow("before its answer, in order") << false << false;
    QTest::newRow("in the stream, at once") << true << true;
    QTest::newRow("in the stream, in order") << true << false;
}

void TestEventStream::saysWhenThePeerLeaves()
{
    QFETCH(bool, streams);
    QFETCH(bool, aborts);
    QTcpSocket socket;
    open(socket);
    int left = 0;
    m_respond.onDisconnected([&left](const Cut &) { ++left; });
    const auto stream = streams ? m_respond.stream({}) : nullptr;
    if (aborts)
        socket.abort();
    else
        socket.disconnectFromHost();
    QTRY_COMPARE(left, 1);
    if (stream) {
        stream->write("data: {}\n\n"_ba);
        stream->end();
    } else {
        m_respond(jsonResponse(200, "{}"_ba));
    }
    QTest::qWait(20);
    QCOMPARE(left, 1);
}

void TestEventStream::cutsOffAPeerThatDoesNotRead()
{
    EdgeLimits limits;
    limits.stalled = 20ms;
    m_server->setLimits(limits);
    QTcpSocket socket;
    socket.setReadBufferSize(1);
    open(socket);
    int left = 0;
    bool isWriting = false;
    m_respond.onDisconnected([&](const Cut &) {
        ++left;
        QVERIFY2(!isWriting, "whoever writes does not hear of the end from within");
    });
    const auto stream = m_respond.stream({});
    const QByteArray event = "data: " + QByteArray(100'000, 'x') + "\n\n";
    int written = 0;
    // What the system's own buffers hold comes on top of the bound: some megabytes.
    while (left == 0 && written < 1000) {
        isWriting = true;
        stream->write(event);
        isWriting = false;
        ++written;
        QTest::qWait(1);
    }
    QVERIFY2(left == 1, "a peer that does not read is left");
    QVERIFY2(written < 200, qPrintable(QString::number(written)));
}

void TestEventStream::leavesAPeerThatTakesNothingForLong_data()
{
    QTest::addColumn<bool>("isPatient");
    QTest::newRow("for longer than so much may take") << false;
    QTest::newRow("but so much may take longer") << true;
}

void TestEventStream::leavesAPeerThatTakesNothingForLong()
{
    QFETCH(bool, isPatient);
    EdgeLimits limits;
    limits.reading = 50ms;
    limits.slowestBytesPerSecond = isPatient ? 16 * 1024 : 1024 * 1024 * 1024;
    m_server->setLimits(limits);
    QTcpSocket socket;
    socket.setReadBufferSize(1);
    open(socket);
    int left = 0;
    m_respond.onDisconnected([&](const Cut &) { ++left; });
    const auto stream = m_respond.stream({});
    stream->write(QByteArray(8 * 1024 * 1024, 'x')); // More than the system holds, and then not a word.
    if (!isPatient) {
        QTRY_COMPARE(left, 1);
        return;
    }
    QTest::qWait(150);
    QCOMPARE(left, 0);
    stream->end();
    QTest::qWait(150);
    QCOMPARE(socket.state(), QAbstractSocket::ConnectedState);
}

void TestEventStream::givesLargeEventsToWhoeverReads_data()
{
    QTest::addColumn<int>("pieceBytes");
    QTest::addColumn<int>("events");
    QTest::newRow("one, to a fast reader") << 0 << 1;
    QTest::newRow("one, to a slow reader") << 64 * 1024 << 1;
    QTest::newRow("several at once, to a fast reader") << 0 << 5;
    QTest::newRow("several at once, to a slow reader") << 128 * 1024 << 5;
}

void TestEventStream::givesLargeEventsToWhoeverReads()
{
    QFETCH(int, pieceBytes);
    QFETCH(int, events);
    EdgeLimits limits;
    limits.stalled = 500ms; // It reads on, if slowly.
    m_server->setLimits(limits);
    QTcpSocket socket;
    socket.setReadBufferSize(pieceBytes);
    open(socket);
    const auto stream = m_respond.stream({});
    stream->write("data: progress\n\n"_ba);
    const QByteArray event = "data: " + QByteArray(8 * 1024 * 1024, 'x') + "\n\n";
    for (int i = 0; i < events; ++i)
        stream->write(event);
    QTest::qWait(20);
    stream->write("data: small\n\n"_ba);
    stream->end();
    qsizetype came = 0;
    QByteArray last;
    const auto read = [&] {
        const QByteArray more = pieceBytes > 0 ? socket.read(pieceBytes) : socket.readAll();
        came += more.size();
        last = (last + more).right(100);
        return last.endsWith("\r\n0\r\n\r\n");
    };
    QElapsedTimer time;
    time.start();
    while (!read() && time.elapsed() < 60'000)
        QTest::qWait(pieceBytes > 0 ? 1 : 0);
    QVERIFY2(last.contains("data: small"), last.constData());
    QVERIFY(came > events * event.size());
}

void TestEventStream::holdsNoMoreThanAllowedForAllReaders()
{
    EdgeLimits limits;
    limits.unreadBytes = 16 * 1024 * 1024;
    m_server->setLimits(limits);
    QTcpSocket good;
    open(good);
    const auto served = m_respond.stream({});
    QTcpSocket bad;
    bad.setReadBufferSize(1);
    open(bad);
    int left = 0;
    m_respond.onDisconnected([&](const Cut &) { ++left; });
    const auto stalled = m_respond.stream({});
    stalled->write(QByteArray(12 * 1024 * 1024, 'x'));
    QTest::qWait(20);
    QCOMPARE(left, 0);
    stalled->write(QByteArray(16 * 1024 * 1024, 'x'));
    QTRY_COMPARE(left, 1);
    served->write("data: on\n\n"_ba);
    QVERIFY(all(good).contains("data: on"));
}

void TestEventStream::takesNoSecondRequestOnItsConnection()
{
    QTcpSocket socket;
    open(socket);
    const auto stream = m_respond.stream({});
    m_respond = {};
    stream->write("data: 1\n\n"_ba);
    QVERIFY(all(socket).contains("data: 1"));
    int left = 0;
    socket.write("GET /mcp HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QObject::connect(&socket, &QTcpSocket::disconnected, this, [&left] { ++left; });
    QTRY_COMPARE(left, 1);
    QVERIFY2(!m_respond, "the second request is nobody's");
}

void TestEventStream::endsWithItsLastOwner()
{
    QTcpSocket socket;
    open(socket);
    auto stream = m_respond.stream({});
    stream.reset();
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    QVERIFY(socket.readAll().endsWith("0\r\n\r\n"));
}

void TestEventStream::knowsNothingOfAPeerThatHasItsAnswer()
{
    QTcpSocket socket;
    open(socket);
    int left = 0;
    m_respond.onDisconnected([&left](const Cut &) { ++left; });
    m_respond(jsonResponse(200, "{}"_ba));
    QVERIFY(all(socket).endsWith("{}"));
    QCOMPARE(left, 0);
    socket.abort();
    QTest::qWait(50);
    QCOMPARE(left, 0);
}

GATEHOUSE_TEST(TestEventStream)
#include "tst_eventstream.moc"
