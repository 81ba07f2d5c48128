// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"
#include "support/unit.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTcpSocket>
#include <QTest>
#include <QUrl>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace {

/// What a call of an honest client may take while others do harm.
#ifdef __SANITIZE_ADDRESS__
constexpr qint64 honestMs = 400; // Everything is several times as slow, beside other tests.
#else
constexpr qint64 honestMs = 100;
#endif

} // namespace

/// Peers that mean harm, against the running program: each is refused, none hangs it, and others are served
/// meanwhile.
class TestAbuse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void refusesWhatNoServerShouldTake_data();
    void refusesWhatNoServerShouldTake();
    void answersOnlyTheFirstOf_data();
    void answersOnlyTheFirstOf();
    void judgesWhatOthersAreBlindTo_data();
    void judgesWhatOthersAreBlindTo();
    void keepsTheWordsOfTheProtocol_data();
    void keepsTheWordsOfTheProtocol();
    void leavesSlowPeersAndServesOthers_data();
    void leavesSlowPeersAndServesOthers();
    void survivesFloods_data();
    void survivesFloods();

private:
    struct Heard
    {
        QByteArray text;
        bool hasEnded = false;
        [[nodiscard]] QList<int> statuses() const
        {
            QList<int> out;
            for (qsizetype at = text.indexOf("HTTP/1.1 "); at >= 0; at = text.indexOf("HTTP/1.1 ", at + 1)) {
                if (const int status = text.mid(at + 9, 3).toInt(); status > 0)
                    out.append(status);
            }
            return out;
        }
    };
    using Socket = std::unique_ptr<QTcpSocket>;
    [[nodiscard]] Socket connected() const
    {
        auto socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(QHostAddress::LocalHost, m_port);
        (void)socket->waitForConnected(5000);
        return socket;
    }
    /// What comes back until the end of the connection, or until nothing came for a while after an answer.
    [[nodiscard]] Heard say(const QByteArray &bytes) const
    {
        const Socket socket = connected();
        socket->write(bytes);
        Heard heard;
        QElapsedTimer silence;
        silence.start();
        while (socket->state() == QAbstractSocket::ConnectedState
               && silence.elapsed() < (heard.text.isEmpty() ? 6000 : 1200)) {
            QTest::qWait(5);
            if (const QByteArray more = socket->readAll(); !more.isEmpty()) {
                heard.text += more;
                silence.restart();
            }
        }
        heard.text += socket->readAll();
        heard.hasEnded = socket->state() == QAbstractSocket::UnconnectedState;
        return heard;
    }
    [[nodiscard]] QByteArray goodCall() const;
    /// How long each of some calls of an honest client took, in ms, the longest last.
    [[nodiscard]] QList<qint64> honestCalls(int count) const;
    [[nodiscard]] qsizetype descriptors() const
    {
        return QDir(u"/proc/%1/fd"_s.arg(m_pid))
            .entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System)
            .size();
    }
    [[nodiscard]] qint64 residentKiB() const
    {
        QFile file(u"/proc/%1/status"_s.arg(m_pid));
        if (!file.open(QIODevice::ReadOnly))
            return 0;
        const QByteArray text = file.readAll();
        const qsizetype at = text.indexOf("VmRSS:");
        return text.mid(at + 6, text.indexOf("kB", at) - at - 6).trimmed().toLongLong();
    }

    std::unique_ptr<Program> m_program;
    quint16 m_port = 0;
    qint64 m_pid = 0;
    QByteArray m_token;
    qsizetype m_descriptors = 0;
    qint64 m_residentKiB = 0;
};

void TestAbuse::initTestCase()
{
    m_program = std::make_unique<Program>(
        QStringList{u"serve"_s, u"--json"_s, u"--port"_s, u"0"_s, u"--sandbox-port"_s, u"0"_s,
                    u"--max-body"_s, u"256"_s, u"--first-byte-time"_s, u"2"_s, u"--header-time"_s, u"1"_s,
                    u"--body-time"_s, u"1"_s, u"--idle-time"_s, u"2"_s, u"--answer-time"_s, u"3"_s});
    const QJsonObject line = m_program->jsonLine();
    QCOMPARE(line.value("event"_L1).toString(), u"listening"_s);
    const QString mcp = line.value("mcp"_L1).toString();
    m_port = quint16(QUrl(mcp).port());
    m_pid = line.value("pid"_L1).toInteger();
    Program minted({u"token"_s, u"--issuer"_s, line.value("issuer"_L1).toString(), u"--resource"_s, mcp,
                    u"--ttl"_s, u"3600"_s});
    QCOMPARE(minted.wait(), 0);
    m_token = minted.everything().trimmed();
    QVERIFY(m_token.count('.') == 2);
    QVERIFY(honestCalls(20).size() == 20);
    m_descriptors = descriptors();
    m_residentKiB = residentKiB();
}

void TestAbuse::cleanupTestCase()
{
    const auto calls = honestCalls(20);
    QCOMPARE(calls.size(), 20);
    if (m_residentKiB > 0) {
        QTRY_VERIFY_WITH_TIMEOUT(descriptors() <= m_descriptors + 2, 5000);
#ifndef __SANITIZE_ADDRESS__ // Which keeps for a while what was freed.
        const qint64 more = residentKiB() - m_residentKiB;
        qInfo("%lld KiB more than at the start", more);
        QVERIFY2(more < 32 * 1024, qPrintable(QString::number(more)));
#endif
    }
    QCOMPARE(m_program->stop(), 0);
    const QByteArray all = m_program->everything();
    QVERIFY(all.count("\"refusal\":\"before_http\"") > 60);
    QVERIFY(!all.contains(m_token.mid(m_token.size() / 2, 60)));
}

QByteArray TestAbuse::goodCall() const
{
    const QByteArray body
        = R"({"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"get-profile","_meta":{)"
          R"("io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
          R"("io.modelcontextprotocol/clientCapabilities":{}}}})";
    return "POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + m_token
        + "\r\nContent-Type: application/json\r\nAccept: application/json\r\nMCP-Protocol-Version: "
          "2026-07-28\r\n"
          "Mcp-Method: tools/call\r\nMcp-Name: get-profile\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QList<qint64> TestAbuse::honestCalls(int count) const
{
    QList<qint64> took;
    for (int i = 0; i < count; ++i) {
        QElapsedTimer time;
        time.start();
        const Socket socket = connected(); // Each on a connection of its own, as a newcomer.
        socket->write(goodCall());
        QByteArray in;
        while (!in.contains("ada@example.com") && time.elapsed() < 5000) {
            if (socket->waitForReadyRead(1000))
                in += socket->readAll();
        }
        if (in.startsWith("HTTP/1.1 200 "))
            took.append(time.elapsed());
    }
    std::sort(took.begin(), took.end());
    return took;
}

void TestAbuse::refusesWhatNoServerShouldTake_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const auto row = [](const char *group, const QByteArray &name, const QByteArray &bytes, int status) {
        QTest::addRow("%s: %s", group, name.constData()) << bytes << status;
    };
    const QByteArray next = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const QByteArray post = "POST /mcp HTTP/1.1\r\nHost: localhost\r\n";

    for (const char *value : {"+5", "0x5", "-1", "5,5", "18446744073709551616", "", "5 5", "5\t5", "1e1"})
        row("length", value, post + "Content-Length: " + value + "\r\n\r\n" + next, 400);
    row("length", "two that differ", post + "Content-Length: 0\r\nContent-Length: 5\r\n\r\n" + next, 400);
    row("length", "with a coding",
        post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + next, 400);
    row("length", "ten gigabytes", post + "Content-Length: 10000000000\r\n\r\n", 413);
    row("length", "more than allowed, and sent",
        post + "Content-Length: 33554432\r\n\r\n" + QByteArray(2'000'000, 'x'), 413);
    for (const char *value :
         {"xchunked", "identity", "chunked, chunked", "gzip, chunked", "\"chunked\"", "chunked,"})
        row("coding", value, post + "Transfer-Encoding: " + value + "\r\n\r\n0\r\n\r\n" + next, 501);
    row("coding", "a vertical tab", post + "Transfer-Encoding: \vchunked\r\n\r\n0\r\n\r\n" + next, 400);
    row("coding", "a space before the colon", post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + next,
        400);
    row("coding", "in HTTP/1.0", "POST /mcp HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + next,
        400);

    // What a stranger's body would be is never looked at.
    for (const char *size : {"garbage", "5", "40000000"})
        row("a stranger's chunk", size,
            post + "Transfer-Encoding: chunked\r\n\r\n" + size + "\r\nhello\r\n" + next, 401);
    const QByteArray chunked = post + "Authorization: Bearer " + m_token
        + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (const char *size : {"garbage", "-1", "0x5", "+5", "1_0", " 5", "5 ", "", "fffffffffffffffff"})
        row("chunk", size, chunked + size + "\r\nhello\r\n0\r\n\r\n" + next, 400);
    row("chunk", "a gigabyte", chunked + "40000000\r\n", 413);
    row("chunk", "no line end", chunked + "5\r\nhello0\r\n\r\n" + next, 400);
    row("chunk", "a bare LF", chunked + "5\nhello\r\n0\r\n\r\n" + next, 400);
    row("chunk", "a trailer without a colon", chunked + "0\r\nbad\r\n\r\n" + next, 400);
    row("chunk", "more of them than allowed",
        chunked + ("4000\r\n" + QByteArray(0x4000, 'x') + "\r\n").repeated(20), 413);

    const auto field = [&](const QByteArray &name, const QByteArray &text) {
        row("field", name, post + text + "\r\nContent-Length: 0\r\n\r\n" + next, 400);
    };
    field("no colon", "X");
    field("a space within", "X Y: z");
    field("a control byte", "X\x02: z");
    field("a NUL", QByteArray("X: a\0b", 6));
    field("a bare CR", "X: a\rContent-Length: 9");
    field("a bare LF", "X: a\nContent-Length: 9");
    field("a leading space", " X: a");
    field("a folded line", "X: a\r\n b");
    field("a second Host", "Host: evil.example");
    row("field", "no Host", "POST /mcp HTTP/1.1\r\nContent-Length: 0\r\n\r\n" + next, 400);

    row("blinding", "a hundred and one fields", post + QByteArray("A: b\r\n").repeated(101) + "\r\n", 431);
    row("blinding", "one large field", post + "A: " + QByteArray(70'000, 'x') + "\r\n\r\n", 431);
    row("blinding", "one bad name", post + "A(: b\r\n\r\n", 400);

    const auto line = [&](const QByteArray &text, int status) {
        row("line", text.left(40), text + "\r\nHost: localhost\r\n\r\n", status);
    };
    line("GET / HTTP/9.9", 505);
    line("GET / HTTP/2.0", 505);
    line("GET / HTTP/0.9", 505);
    line("GET /", 400);
    line("GET / HTTP/1.1x", 400);
    line("rubbish", 400);
    line("GET /a\nb HTTP/1.1", 400);
    line("GET /mcp#fragment HTTP/1.1", 400);
    line("GET http://localhost/mcp HTTP/1.1", 400);
    line("GET http://evil.example/mcp HTTP/1.1", 400);
    line("CONNECT localhost:80 HTTP/1.1", 501);
    line("TRACE / HTTP/1.1", 501);
    line("get / HTTP/1.1", 501);
    row("line", "a NUL", QByteArray("GET /a\0b HTTP/1.1\r\nHost: localhost\r\n\r\n", 39), 400);
    row("line", "64 kB", "GET /" + QByteArray(65'536, 'x') + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 414);
    row("line", "without an end", "GET /" + QByteArray(1'000'000, 'x'), 414);
    row("line", "TLS", QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n\n", 15), 400);
    row("field", "without an end", post + "A: " + QByteArray(1'000'000, 'x'), 431);
    row("expectation", "one of its own", post + "Expect: 200-maybe\r\nContent-Length: 5\r\n\r\n", 417);
}

void TestAbuse::refusesWhatNoServerShouldTake()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, status);
    const Heard heard = say(bytes);
    QCOMPARE(heard.statuses(), QList<int>{status});
    QVERIFY(heard.text.contains("\r\nConnection: close\r\n"));
    QVERIFY(heard.text.endsWith("\"}"));
    QVERIFY2(heard.hasEnded, "a refused peer is left");
}

void TestAbuse::answersOnlyTheFirstOf_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<int>>("statuses");
    const QByteArray get = "GET /nowhere HTTP/1.1\r\nHost: localhost\r\n";
    QTest::newRow("two, the first of which closes") << get + "Connection: close\r\n\r\n" + get + "\r\n"
                                                    << QList<int>{404};
    QTest::newRow("two of HTTP/1.0")
        << QByteArray("GET /nowhere HTTP/1.0\r\nHost: localhost\r\n\r\n").repeated(2) << QList<int>{404};
    QTest::newRow("one that is good and one that is not") << get + "\r\n" + get + "Content-Length: x\r\n\r\n"
                                                          << QList<int>{404, 400};
    QTest::newRow("a hundred good ones") << (get + "\r\n").repeated(99) + get + "Connection: close\r\n\r\n"
                                         << QList<int>(100, 404);
}

void TestAbuse::answersOnlyTheFirstOf()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QList<int>, statuses);
    const Heard heard = say(bytes);
    QCOMPARE(heard.statuses(), statuses);
    QVERIFY(heard.hasEnded);
}

void TestAbuse::judgesWhatOthersAreBlindTo_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("status");
    QTest::newRow("a foreign Host") << "Host: evil.example\r\n"_ba << 403;
    QTest::newRow("a name that ends elsewhere") << "Host: localhost.evil.example\r\n"_ba << 403;
    QTest::newRow("user information") << "Host: localhost:80@evil.example\r\n"_ba << 403;
    QTest::newRow("an empty Host") << "Host:\r\n"_ba << 403;
    QTest::newRow("a foreign Origin") << "Host: localhost\r\nOrigin: https://evil.example\r\n"_ba << 403;
    QTest::newRow("an Origin that begins well")
        << "Host: localhost\r\nOrigin: http://localhost.evil.example\r\n"_ba << 403;
    QTest::newRow("two Origins")
        << "Host: localhost\r\nOrigin: http://localhost\r\nOrigin: https://evil.example\r\n"_ba << 403;
    QTest::newRow("the null Origin") << "Host: localhost\r\nOrigin: null\r\n"_ba << 403;
    QTest::newRow("no token") << "Host: localhost\r\n"_ba << 401;
    QTest::newRow("two tokens")
        << "Host: localhost\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\n"_ba << 400;
}

void TestAbuse::judgesWhatOthersAreBlindTo()
{
    QFETCH(const QByteArray, fields);
    QFETCH(const int, status);
    // As many fields as there may be, so that whoever drops some of them is seen.
    for (const int more : {0, 50}) {
        const Heard heard = say("POST /mcp HTTP/1.1\r\n" + QByteArray("A: b\r\n").repeated(more) + fields
                                + "Connection: close\r\nContent-Length: 0\r\n\r\n");
        QCOMPARE(heard.statuses(), QList<int>{status});
    }
}

void TestAbuse::keepsTheWordsOfTheProtocol_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<int>>("statuses");
    QTest::addColumn<bool>("ends");
    const QByteArray get = "GET /.well-known/oauth-protected-resource HTTP/1.1\r\nHost: localhost\r\n";
    QTest::newRow("keep-alive") << get + "\r\n" << QList<int>{200} << false;
    QTest::newRow("close") << get + "Connection: close\r\n\r\n" << QList<int>{200} << true;
    QTest::newRow("an upgrade that nobody takes up")
        << get + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n"
        << QList<int>{200} << false;
    QTest::newRow("an upgrade to HTTP/2") << get
            + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: "
              "AAMAAABkAAQAAP__\r\n\r\n" << QList<int>{200}
                                          << false;
    QTest::newRow("an escaped path is another path")
        << "GET /%2ewell-known/oauth-protected-resource HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"_ba
        << QList<int>{404} << true;
    QTest::newRow("a path with a line end in it")
        << "POST /mcp%0a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"_ba
        << QList<int>{404} << true;
    QTest::newRow("a path that a pattern would match")
        << "GET /xwell-known/oauth-protected-resource HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"_ba
        << QList<int>{404} << true;
}

void TestAbuse::keepsTheWordsOfTheProtocol()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QList<int>, statuses);
    QFETCH(const bool, ends);
    const Heard heard = say(bytes);
    QCOMPARE(heard.statuses(), statuses);
    QCOMPARE(heard.hasEnded, ends);
}

void TestAbuse::leavesSlowPeersAndServesOthers_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("drip");
    QTest::addColumn<QByteArray>("heard");
    const QByteArray post = "POST /mcp HTTP/1.1\r\nHost: localhost\r\n";
    const QByteArray known
        = post + "Authorization: Bearer " + m_token + "\r\nContent-Type: application/json\r\n";
    QTest::newRow("not a byte") << ""_ba
                                << ""_ba
                                << ""_ba;
    QTest::newRow("a slow line") << "P"_ba
                                 << "O"_ba
                                 << "HTTP/1.1 408 "_ba;
    QTest::newRow("slow fields") << post << "A: b\r\n"_ba
                                 << "HTTP/1.1 408 "_ba;
    QTest::newRow("a slow body") << known + "Content-Length: 200000\r\n\r\n" + QByteArray(100'000, 'x')
                                 << "x"_ba
                                 << "HTTP/1.1 408 "_ba;
    QTest::newRow("slow chunks") << known + "Transfer-Encoding: chunked\r\n\r\n"
                                 << "1\r\nx\r\n"_ba
                                 << "HTTP/1.1 408 "_ba;
    QTest::newRow("a chunk whose end never comes") << known + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello"
                                                   << ""_ba
                                                   << "HTTP/1.1 408 "_ba;
    QTest::newRow("idle after an answer") << "GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n"_ba
                                          << ""_ba
                                          << "HTTP/1.1 404 "_ba;
}

void TestAbuse::leavesSlowPeersAndServesOthers()
{
    QFETCH(const QByteArray, first);
    QFETCH(const QByteArray, drip);
    QFETCH(const QByteArray, heard);
    std::vector<Socket> slow;
    std::vector<QByteArray> in(40);
    for (size_t i = 0; i < in.size(); ++i) {
        slow.push_back(connected());
        slow.back()->write(first);
        slow.back()->flush();
    }
    QElapsedTimer time;
    time.start();
    QList<qint64> honest;
    qsizetype tried = 0; // How many fit in before the slow ones are left is the machine's affair.
    size_t open = slow.size();
    while (open > 0 && time.elapsed() < 10'000) {
        QTest::qWait(50);
        if (tried < 20) {
            honest += honestCalls(2);
            tried += 2;
        }
        open = 0;
        for (size_t i = 0; i < slow.size(); ++i) {
            in[i] += slow[i]->readAll();
            if (slow[i]->state() != QAbstractSocket::ConnectedState)
                continue;
            ++open;
            if (!drip.isEmpty() && in[i].isEmpty())
                slow[i]->write(drip);
        }
    }
    QCOMPARE(open, size_t(0));
    QVERIFY(time.elapsed() < 6'000);
    for (const QByteArray &text : in) {
        QVERIFY2(text.startsWith(heard), text.constData());
        QCOMPARE(text.isEmpty(), heard.isEmpty());
    }
    QCOMPARE(honest.size(), tried);
    QVERIFY(tried >= 2);
    std::sort(honest.begin(), honest.end());
    // All but the longest, which may have met something else of this machine.
    QVERIFY2(honest.at(honest.size() - 2) < honestMs,
             qPrintable(QString::number(honest.at(honest.size() - 2))));
}

void TestAbuse::survivesFloods_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("stays");
    QTest::newRow("connections that say nothing") << ""_ba << true;
    QTest::newRow("connections that leave") << ""_ba << false;
    QTest::newRow("halves of requests") << "POST /mcp HTTP/1.1\r\nHost: loc"_ba << true;
    QTest::newRow("large bodies without their end")
        << "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 250000\r\n\r\n"
            + QByteArray(240'000, 'x')
        << true;
    QTest::newRow("requests whose sender has left")
        << "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"_ba << false;
}

void TestAbuse::survivesFloods()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, stays);
    std::vector<Socket> flood;
    QList<qint64> honest;
    for (int i = 0; i < 600; ++i) {
        Socket socket = connected();
        socket->write(bytes);
        socket->flush();
        if (!stays)
            socket->abort();
        flood.push_back(std::move(socket));
        if (i % 30 == 29) {
            honest += honestCalls(1);
            QCoreApplication::processEvents();
        }
    }
    QCOMPARE(honest.size(), 20);
    std::sort(honest.begin(), honest.end());
    QVERIFY2(honest.at(honest.size() - 2) < honestMs,
             qPrintable(QString::number(honest.at(honest.size() - 2))));
}

GATEHOUSE_TEST(TestAbuse)
#include "tst_abuse.moc"
