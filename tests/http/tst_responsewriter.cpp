// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/responsewriter.h"
#include "support/unit.h"

#include <QDateTime>
#include <QLocale>
#include <QRegularExpression>
#include <QTest>
#include <QTimeZone>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using http::Framing;
using http::Persistence;
using http::Response;

class TestResponseWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsBehindTheHead_data();
    void saysWhatIsBehindTheHead();
    void namesTheTimeInGreenwich();
    void leavesOutWhatWouldSplitTheAnswer();
    void writesChunks();

private:
    /// Without the date, which is another one each time.
    static QByteArrayList linesOf(QByteArray head)
    {
        QByteArrayList lines = head.replace("\r\n", "\n").split('\n');
        lines.removeIf([](const QByteArray &line) { return line.startsWith("Date: "); });
        return lines;
    }
};

void TestResponseWriter::saysWhatIsBehindTheHead_data()
{
    QTest::addColumn<Response>("response");
    QTest::addColumn<Framing>("framing");
    QTest::addColumn<Persistence>("persistence");
    QTest::addColumn<QByteArrayList>("lines");

    using Lines = QByteArrayList;
    QTest::addRow("a body") << Response{200, {}, "{}"} << Framing::Length << Persistence::Implied
                            << Lines{"HTTP/1.1 200 OK", "Content-Type: application/json", "Content-Length: 2",
                                     "", ""};
    QTest::addRow("a body of a type of its own")
        << Response{200, {{"content-type", "text/html"}}, "<p>"} << Framing::Length << Persistence::Implied
        << Lines{"HTTP/1.1 200 OK", "content-type: text/html", "Content-Length: 3", "", ""};
    QTest::addRow("no body") << Response{202, {}, {}} << Framing::Length << Persistence::Close
                             << Lines{"HTTP/1.1 202 Accepted", "Content-Length: 0", "Connection: close", "",
                                      ""};
    QTest::addRow("a status that has no length (RFC 9110 §8.6)")
        << Response{204, {}, {}} << Framing::Length << Persistence::KeepAlive
        << Lines{"HTTP/1.1 204 No Content", "Connection: keep-alive", "", ""};
    QTest::addRow("chunks") << Response{200, {{"Content-Type", "text/event-stream"}}, {}} << Framing::Chunked
                            << Persistence::Implied
                            << Lines{"HTTP/1.1 200 OK", "Content-Type: text/event-stream",
                                     "Transfer-Encoding: chunked", "", ""};
    QTest::addRow("whatever comes") << Response{200, {}, {}} << Framing::UntilClose << Persistence::Close
                                    << Lines{"HTTP/1.1 200 OK", "Connection: close", "", ""};
    QTest::addRow("a status without words")
        << Response{299, {}, {}} << Framing::Length << Persistence::Implied
        << Lines{"HTTP/1.1 299 ", "Content-Length: 0", "", ""};
}

void TestResponseWriter::saysWhatIsBehindTheHead()
{
    QFETCH(Response, response);
    QFETCH(Framing, framing);
    QFETCH(Persistence, persistence);
    QFETCH(QByteArrayList, lines);
    QCOMPARE(linesOf(http::headOf(response, framing, persistence)), lines);
}

void TestResponseWriter::namesTheTimeInGreenwich()
{
    const QByteArray head = http::headOf({}, Framing::Length, Persistence::Implied);
    const QRegularExpression line(u"\r\nDate: (\\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d) GMT\r\n"_s);
    const auto match = line.match(QString::fromLatin1(head));
    QVERIFY(match.hasMatch());
    QDateTime date = QLocale::c().toDateTime(match.captured(1), u"ddd, dd MMM yyyy HH:mm:ss"_s);
    date.setTimeZone(QTimeZone::utc());
    QVERIFY(qAbs(date.secsTo(QDateTime::currentDateTimeUtc())) <= 60);
}

void TestResponseWriter::leavesOutWhatWouldSplitTheAnswer()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"control characters.*X-Peer"_s));
    const QByteArray head = http::headOf({200, {{"X-Peer", "a\r\nSet-Cookie: b"}, {"X-Own", "c"}}, {}},
                                         Framing::Length, Persistence::Implied);
    QVERIFY(!head.contains("Set-Cookie") && !head.contains("X-Peer"));
    QVERIFY(head.contains("\r\nX-Own: c\r\n"));
}

void TestResponseWriter::writesChunks()
{
    QCOMPARE(http::chunkOf(QByteArray(26, 'a')), "1a\r\n" + QByteArray(26, 'a') + "\r\n");
    QCOMPARE(http::chunkOf({}), "0\r\n\r\n"_ba);
}

GATEHOUSE_TEST(TestResponseWriter)
#include "tst_responsewriter.moc"
