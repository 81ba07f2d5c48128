// SPDX-License-Identifier: GPL-3.0-or-later
#include "endtoend/program.h"
#include "support/unit.h"

#include <QJsonDocument>
#include <QTcpServer>
#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;

class TestServe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void saysWhereItListensAndEndsCleanly();
    void saysWhereItListensBehindAPublishedAddress();
    void asksEveryoneForAToken_data();
    void asksEveryoneForAToken();
    void printsWhatItAnsweredLastBeforeItEnds();
    void printsNothingThatATerminalObeys_data();
    void printsNothingThatATerminalObeys();
    void refusesOptionsThatItCannotRead_data();
    void refusesOptionsThatItCannotRead();
};

void TestServe::saysWhereItListensAndEndsCleanly()
{
    Program program({u"serve"_s, u"--port"_s, u"0"_s, u"--json"_s});
    const QJsonObject line = program.jsonLine();
    QCOMPARE(line.value("event"_L1).toString(), u"listening"_s);
    const QUrl mcp(line.value("mcp"_L1).toString());
    QCOMPARE(mcp.path(), u"/mcp"_s);
    QVERIFY(mcp.port() > 0);
    QCOMPARE(line.value("port"_L1).toInt(), mcp.port());
    QVERIFY(line.value("pid"_L1).toInteger() > 0);
    QCOMPARE(program.stop(), 0);
}

void TestServe::saysWhereItListensBehindAPublishedAddress()
{
    const QStringList arguments{u"serve"_s,
                                u"--port"_s,
                                u"0"_s,
                                u"--sandbox-port"_s,
                                u"0"_s,
                                u"--resource"_s,
                                u"https://mcp.example.com/mcp"_s};
    Program program(arguments + QStringList{u"--json"_s});
    const QJsonObject line = program.jsonLine();
    QCOMPARE(line.value("mcp"_L1).toString(), u"https://mcp.example.com/mcp"_s);
    const int port = line.value("port"_L1).toInt();
    QCOMPARE(exchangeRaw("127.0.0.1", port,
                         "POST /mcp HTTP/1.1\r\nHost: mcp.example.com\r\nContent-Length: 2\r\n\r\n{}")
                 .status,
             401);
    QCOMPARE(program.stop(), 0);
    Program inWords(arguments);
    const QString first = QString::fromUtf8(inWords.line());
    static const QRegularExpression pattern(
        u"\\AListening on https://mcp\\.example\\.com/mcp \\(port [0-9]+\\), tokens from "_s);
    QVERIFY2(pattern.match(first).hasMatch(), qPrintable(first));
    QCOMPARE(inWords.stop(), 0);
}

void TestServe::asksEveryoneForAToken_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::newRow("over IPv4") << "127.0.0.1"_ba;
    QTest::newRow("over IPv6") << "::1"_ba;
}

void TestServe::asksEveryoneForAToken()
{
    QFETCH(QByteArray, address);
    if (address == "::1" && !QTcpServer().listen(QHostAddress::LocalHostIPv6, 0))
        QSKIP("This machine has no IPv6.");
    Program program({u"serve"_s, u"--port"_s, u"0"_s, u"--json"_s});
    const int port = QUrl(program.jsonLine().value("mcp"_L1).toString()).port();
    const QByteArray name = "localhost:" + QByteArray::number(port);
    const RawAnswer answer = exchangeRaw(
        address, port, "POST /mcp HTTP/1.1\r\nHost: " + name + "\r\nContent-Length: 2\r\n\r\n{}");
    QCOMPARE(answer.status, 401);
    QVERIFY(answer.header("www-authenticate"_ba).startsWith("Bearer"));
    QCOMPARE(answer.header("content-type"_ba), "application/json"_ba);
    QVERIFY(answer.body.startsWith('{'));
    QCOMPARE(program.stop(), 0);
}

void TestServe::printsWhatItAnsweredLastBeforeItEnds()
{
    for (int i = 0; i < 5; ++i) {
        Program program({u"serve"_s, u"--port"_s, u"0"_s, u"--sandbox-port"_s, u"0"_s, u"--json"_s});
        const int port = QUrl(program.jsonLine().value("mcp"_L1).toString()).port();
        QCOMPARE(exchangeRaw("127.0.0.1", port, "GET /last HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 404);
        QCOMPARE(program.stop(), 0); // At once: the record waits a moment for others.
        QVERIFY(program.everything().contains("\"/last\""));
    }
}

void TestServe::printsNothingThatATerminalObeys_data()
{
    QTest::addColumn<bool>("json");
    QTest::newRow("lines") << false;
    QTest::newRow("JSON") << true;
}

void TestServe::printsNothingThatATerminalObeys()
{
    QFETCH(bool, json);
    QStringList arguments{u"serve"_s, u"--port"_s, u"0"_s, u"--sandbox-port"_s, u"0"_s};
    if (json)
        arguments.append(u"--json"_s);
    Program program(arguments);
    const QByteArray ready = program.line();
    const int port = json ? QUrl(QJsonDocument::fromJson(ready)[u"mcp"_s].toString()).port()
                          : QUrl(QString::fromLatin1(ready.split(' ').value(2)).chopped(1)).port();
    const QByteArray hostile = "\xc2\x9b"
                               "2J\xe2\x80\xae"
                               "evil\xf3\xa0\x81\x81\xe2\x80\xa8";
    const QByteArray body
        = R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"clientInfo":{"name":")" + hostile
        + R"(\u001b]0;x\u0007","version":"1"},"protocolVersion":"2025-11-25","capabilities":{}}})";
    QCOMPARE(exchangeRaw("127.0.0.1", port,
                         "POST /mcp HTTP/1.1\r\nHost: localhost\r\nUser-Agent: " + hostile
                             + "\r\nContent-Type: application/json\r\nContent-Length: "
                             + QByteArray::number(body.size()) + "\r\n\r\n" + body)
                 .status,
             401);
    QCOMPARE(program.stop(), 0);
    const QByteArray printed = program.everything();
    QVERIFY(printed.contains("evil"));
    for (const QChar c : QString::fromUtf8(printed)) {
        const auto category = c.category();
        QVERIFY2(c == u'\n'
                     || (category != QChar::Other_Control && category != QChar::Other_Format
                         && category != QChar::Separator_Line && !c.isSurrogate()),
                 qPrintable(u"U+%1"_s.arg(c.unicode(), 4, 16, QChar(u'0'))));
    }
}

void TestServe::refusesOptionsThatItCannotRead_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("a port that is no number")
        << QStringList{u"serve"_s, u"--port"_s, u"http"_s} << "--port"_ba;
    QTest::newRow("a port out of range") << QStringList{u"serve"_s, u"--port"_s, u"65536"_s} << "--port"_ba;
    QTest::newRow("a host that is no address")
        << QStringList{u"serve"_s, u"--host"_s, u"nowhere"_s} << "--host"_ba;
    QTest::newRow("an unknown option") << QStringList{u"serve"_s, u"--prot"_s, u"1"_s} << "prot"_ba;
    QTest::newRow("a word too many") << QStringList{u"serve"_s, u"now"_s} << "now"_ba;
    QTest::newRow("an unknown command") << QStringList{u"sevre"_s} << "sevre"_ba;
}

void TestServe::refusesOptionsThatItCannotRead()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, word);
    Program program(arguments);
    QCOMPARE(program.wait(), 1);
    QVERIFY2(program.errors().contains(word), program.errors().constData());
}

GATEHOUSE_TEST(TestServe)
#include "tst_serve.moc"
