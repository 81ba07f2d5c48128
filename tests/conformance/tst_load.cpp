// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "support/unit.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonObject>
#include <QProcess>
#include <QTcpSocket>
#include <QTest>
#include <QUrl>

using namespace gatehouse;
using namespace Qt::StringLiterals;

namespace {

// The sanitizer pads each block and keeps what was freed for a while: what is measured there is mostly its
// own.
#ifdef __SANITIZE_ADDRESS__
constexpr double allowedMiB = 400;
#else
constexpr double allowedMiB = 120;
#endif

/// everything_server, for as long as its standard input stays open.
struct Server
{
    explicit Server(const QStringList &arguments)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"ASAN_OPTIONS"_s,
                           environment.value(u"ASAN_OPTIONS"_s) + u":quarantine_size_mb=16"_s);
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(QStringLiteral(EVERYTHING_SERVER), arguments);
        while (!process.canReadLine() && process.waitForReadyRead(20'000)) { }
        port = QUrl(QString::fromLatin1(process.readLine().trimmed())).port();
    }
    ~Server()
    {
        process.closeWriteChannel();
        process.waitForFinished(20'000);
    }

    /// In MiB; 0 where the system does not tell.
    [[nodiscard]] double resident() const
    {
        QFile status(u"/proc/%1/status"_s.arg(process.processId()));
        if (!status.open(QIODevice::ReadOnly))
            return 0;
        const QByteArray text = status.readAll();
        const qsizetype at = text.indexOf("VmRSS:");
        return at < 0 ? 0 : text.mid(at + 6, 20).simplified().split(' ').first().toDouble() / 1024;
    }
    /// What each of them is.
    [[nodiscard]] QByteArray openFiles() const
    {
        QStringList all;
        const QDir folder(u"/proc/%1/fd"_s.arg(process.processId()));
        const QFileInfoList links
            = folder.entryInfoList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot);
        for (const QFileInfo &link : links)
            all.append(link.fileName() + u" → "_s + link.symLinkTarget().section(u'/', -1));
        return all.join(u"; "_s).toUtf8();
    }
    [[nodiscard]] qsizetype descriptors() const
    {
        return QDir(u"/proc/%1/fd"_s.arg(process.processId()))
            .entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot)
            .size();
    }

    QProcess process;
    int port = 0;
};

/// One connection that speaks HTTP.
struct Peer
{
    explicit Peer(const Server &server)
        : port(server.port)
    {
        socket.connectToHost(u"127.0.0.1"_s, quint16(port));
        socket.waitForConnected(20'000);
    }

    void send(const QByteArray &method, const QByteArrayList &headers, const QByteArray &body = {})
    {
        QByteArray text = method + " /mcp HTTP/1.1\r\nHost: localhost:" + QByteArray::number(port)
            + "\r\nAccept: application/json, text/event-stream\r\n";
        for (const QByteArray &header : headers)
            text += header + "\r\n";
        if (!body.isEmpty())
            text += "Content-Type: application/json\r\n";
        socket.write(text + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    }
    /// The head of the answer, once it is there; its body may follow.
    QByteArray head()
    {
        while (!socket.peek(16'384).contains("\r\n\r\n")) {
            if (!socket.waitForReadyRead(20'000))
                return {};
        }
        const QByteArray all = socket.peek(16'384);
        return socket.read(all.indexOf("\r\n\r\n") + 4);
    }
    /// A whole answer, which must not be a stream.
    QByteArray answer()
    {
        const QByteArray first = head();
        const qsizetype at = first.toLower().indexOf("content-length: ");
        const int length = at < 0 ? 0 : first.mid(at + 16, first.indexOf('\r', at) - at - 16).toInt();
        while (socket.bytesAvailable() < length) {
            if (!socket.waitForReadyRead(20'000))
                return {};
        }
        return first + socket.read(length);
    }
    static int statusOf(const QByteArray &answer) { return answer.mid(9, 3).toInt(); }

    QTcpSocket socket;
    int port;
};

const QByteArray initializeBody
    = R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},)"
      R"("clientInfo":{"name":"load","version":"1"}}})";

QByteArray modern(const QByteArray &method, const QByteArray &params)
{
    return R"({"jsonrpc":"2.0","id":5,"method":")" + method + R"(","params":{)" + params
        + R"(,"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
          R"("io.modelcontextprotocol/clientCapabilities":{}}}})";
}

QByteArray begin(Peer &peer)
{
    peer.send("POST", {}, initializeBody);
    const QByteArray answer = peer.answer();
    const qsizetype at = answer.toLower().indexOf("mcp-session-id: ");
    return at < 0 ? QByteArray() : answer.mid(at + 16, answer.indexOf('\r', at) - at - 16);
}

void openStream(Peer &peer, const QByteArray &session)
{
    if (!session.isEmpty())
        peer.send("GET", {"Mcp-Session-Id: " + session});
    else
        peer.send("POST", {"MCP-Protocol-Version: 2026-07-28", "Mcp-Method: subscriptions/listen"},
                  modern("subscriptions/listen", R"("notifications":{"toolsListChanged":true})"));
}

} // namespace

/// Many clients at once, for as long as it takes to see that nothing grows.
class TestLoad : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void carriesTwoThousandSessionsAndFiveHundredStreamsForAMinute();
    void refusesCleanlyWhatIsMoreThanItsBounds();
    void bringsALargeResultToWhoeverReadsOn_data();
    void bringsALargeResultToWhoeverReadsOn();
};

void TestLoad::bringsALargeResultToWhoeverReadsOn_data()
{
    QTest::addColumn<bool>("isModern");
    QTest::addColumn<bool>("isSlow");
    QTest::addColumn<bool>("comesBack");
    QTest::newRow("2026-07-28, a fast reader") << true << false << false;
    QTest::newRow("2026-07-28, a slow reader") << true << true << false;
    QTest::newRow("2025-11-25, a fast reader") << false << false << false;
    QTest::newRow("2025-11-25, a slow reader") << false << true << false;
    QTest::newRow("2025-11-25, a reader who leaves and comes back") << false << false << true;
}

/// Progress first, and then more than the system holds between two programs.
void TestLoad::bringsALargeResultToWhoeverReadsOn()
{
    QFETCH(bool, isModern);
    QFETCH(bool, isSlow);
    QFETCH(bool, comesBack);
    Server server({});
    QVERIFY(server.port > 0);
    auto peer = std::make_unique<Peer>(server);
    const QByteArray session = isModern ? QByteArray() : begin(*peer);
    const QByteArray params = R"("name":"test_large_result","arguments":{})";
    if (isModern)
        peer->send(
            "POST",
            {"MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call", "Mcp-Name: test_large_result"},
            modern("tools/call", params).replace("\"_meta\":{", "\"_meta\":{\"progressToken\":1,"));
    else
        peer->send("POST", {"Mcp-Session-Id: " + session},
                   R"({"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"_meta":{"progressToken":1},)"
                       + params + "}}");
    peer->socket.setReadBufferSize(isSlow ? 32 * 1024 : 0);
    QCOMPARE(Peer::statusOf(peer->head()), 200);
    QByteArray got;
    const auto readUntil = [&got, &peer, isSlow](const auto &isThere) {
        while (!isThere(got)) {
            if (peer->socket.bytesAvailable() == 0 && !peer->socket.waitForReadyRead(20'000))
                return false;
            got += peer->socket.readAll();
            if (isSlow)
                QTest::qSleep(1); // So slow is this reader.
        }
        return true;
    };
    if (comesBack) {
        QVERIFY(readUntil([](const QByteArray &text) { return text.size() > 1'000'000; }));
        QVERIFY(got.contains("notifications/progress"));
        const qsizetype at = got.indexOf("id: ") + 4;
        const QByteArray event = got.mid(at, got.indexOf('\n', at) - at).trimmed();
        peer = std::make_unique<Peer>(server); // The old connection is cut.
        peer->send("GET", {"Mcp-Session-Id: " + session, "Last-Event-ID: " + event});
        QCOMPARE(Peer::statusOf(peer->head()), 200);
        got.clear();
    }
    const auto isWhole = [](const QByteArray &text) { return text.endsWith("0\r\n\r\n"); };
    QVERIFY2(readUntil(isWhole), QByteArray::number(got.size()).constData());
    QCOMPARE(got.count("notifications/progress"), 1);
    QVERIFY2(got.count('x') >= 8 * 1024 * 1024, QByteArray::number(got.count('x')).constData());
}

void TestLoad::carriesTwoThousandSessionsAndFiveHundredStreamsForAMinute()
{
    constexpr int sessionCount = 2000;
    constexpr int streamCount = 500;
    Server server(
        {u"--max-sessions"_s, u"2100"_s, u"--max-streams"_s, u"510"_s, u"--max-connections"_s, u"1000"_s});
    QVERIFY(server.port > 0);
    if (server.resident() == 0)
        QSKIP("This system does not tell what a process holds.");
    const double memoryBefore = server.resident();
    Peer asking(server);
    QByteArrayList sessions;
    for (int i = 0; i < sessionCount; ++i) {
        sessions.append(begin(asking));
        QVERIFY2(!sessions.last().isEmpty(), qPrintable(QString::number(i)));
    }
    // With that connection, and once each of its threads has begun, which the line of its start does not wait
    // for.
    const qsizetype descriptorsBefore = server.descriptors();
    const QByteArray filesBefore = server.openFiles();
    std::vector<std::unique_ptr<Peer>> streams;
    for (int i = 0; i < streamCount; ++i) {
        streams.push_back(std::make_unique<Peer>(server));
        openStream(*streams.back(), i % 2 == 0 ? sessions[i] : QByteArray());
        QCOMPARE(Peer::statusOf(streams.back()->head()), 200);
    }
    QElapsedTimer minute;
    minute.start();
    double most = 0;
    int rounds = 0;
    int told = 0;
    while (minute.elapsed() < 60'000) {
        // Each round changes the list of tools, of which every stream is told, and uses a hundred sessions.
        asking.send("POST",
                    {"MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call",
                     "Mcp-Name: test_trigger_tool_change"},
                    modern("tools/call", R"("name":"test_trigger_tool_change","arguments":{})"));
        QCOMPARE(Peer::statusOf(asking.answer()), 200);
        for (int i = 0; i < 100; ++i) {
            asking.send("POST", {"Mcp-Session-Id: " + sessions[(rounds * 100 + i) % sessionCount]},
                        R"({"jsonrpc":"2.0","id":2,"method":"ping"})");
            QCOMPARE(Peer::statusOf(asking.answer()), 200);
        }
        for (const auto &stream : streams) {
            while (!stream->socket.peek(4096).contains("tools/list_changed"))
                QVERIFY2(stream->socket.waitForReadyRead(10'000), "every stream is told");
            told += int(stream->socket.readAll().count("tools/list_changed"));
        }
        ++rounds;
        most = std::max(most, server.resident());
        QTest::qWait(200);
    }
    QVERIFY2(told >= rounds * streamCount, qPrintable(u"%1 of %2"_s.arg(told).arg(rounds * streamCount)));
    qInfo().noquote()
        << u"%1 sessions, %2 streams, %3 rounds, %4 notifications; resident %5 MiB at first, %6 MiB at most"_s
               .arg(sessionCount)
               .arg(streamCount)
               .arg(rounds)
               .arg(told)
               .arg(memoryBefore, 0, 'f', 1)
               .arg(most, 0, 'f', 1);
    QVERIFY2(most - memoryBefore < allowedMiB, "2,000 sessions and 500 streams cost more than they may");

    // Half of the streams leave in order, half are cut off; then the sessions end.
    for (size_t i = 0; i < streams.size(); ++i) {
        if (i % 4 < 2)
            streams[i]->socket.disconnectFromHost();
        else
            streams[i]->socket.abort();
    }
    for (const QByteArray &session : sessions) {
        asking.send("DELETE", {"Mcp-Session-Id: " + session});
        QCOMPARE(Peer::statusOf(asking.answer()), 200);
    }
    asking.send("POST", {"Mcp-Session-Id: " + sessions.first()},
                R"({"jsonrpc":"2.0","id":2,"method":"ping"})");
    QCOMPARE(Peer::statusOf(asking.answer()), 404);
    streams.clear();
    QTRY_VERIFY2_WITH_TIMEOUT(server.descriptors() <= descriptorsBefore,
                              ("before: " + filesBefore + "\nnow: " + server.openFiles()).constData(),
                              60'000);
    // All places are free again.
    for (int i = 0; i < 510; ++i) {
        streams.push_back(std::make_unique<Peer>(server));
        openStream(*streams.back(), {});
        QCOMPARE(Peer::statusOf(streams.back()->head()), 200);
    }
}

void TestLoad::refusesCleanlyWhatIsMoreThanItsBounds()
{
    Server server({});
    QVERIFY(server.port > 0);
    Peer asking(server);
    QByteArray session;
    for (int i = 0; i < 1000; ++i) {
        session = begin(asking);
        QVERIFY2(!session.isEmpty(), qPrintable(QString::number(i)));
    }
    asking.send("POST", {}, initializeBody);
    const QByteArray refused = asking.answer();
    QCOMPARE(Peer::statusOf(refused), 503);
    QVERIFY(refused.contains("Too many sessions are open"));
    std::vector<std::unique_ptr<Peer>> streams;
    for (int i = 0; i < 101; ++i) {
        streams.push_back(std::make_unique<Peer>(server));
        openStream(*streams.back(), i == 0 ? session : QByteArray());
        const QByteArray head = streams.back()->head();
        QCOMPARE(Peer::statusOf(head), i < 100 ? 200 : 503);
    }
    // Those that are in are served as before.
    asking.send("POST", {"Mcp-Session-Id: " + session}, R"({"jsonrpc":"2.0","id":2,"method":"ping"})");
    QCOMPARE(Peer::statusOf(asking.answer()), 200);
    asking.send("DELETE", {"Mcp-Session-Id: " + session});
    QCOMPARE(Peer::statusOf(asking.answer()), 200);
    QVERIFY2(!begin(asking).isEmpty(), "who leaves makes room");
}

GATEHOUSE_TEST(TestLoad)
#include "tst_load.moc"
