// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/readresponse.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using Fault = fetch::ResponseFault;
using Reader = fetch::ResponseReader;

class TestResponseReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void findsTheEndOfAnAnswer_data();
    void findsTheEndOfAnAnswer();
    void refusesWhatCannotBeRead_data();
    void refusesWhatCannotBeRead();
    void keepsFieldsAsTheyCame();
    void isBounded_data();
    void isBounded();
    void readsOneAfterTheOther();
    void tellsWhetherAnythingCame();
    void hasASentenceForEachFault();

private:
    static ReadResponse read(const QByteArray &bytes, QByteArrayView method = "GET")
    {
        return readResponse(
            bytes, [&](qsizetype) { return bytes.size(); }, method);
    }
};

void TestResponseReader::findsTheEndOfAnAnswer_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("keepsOpen");
    QTest::addColumn<qsizetype>("left");
    const auto row = [](const char *name, const QByteArray &bytes, int status, const QByteArray &body,
                        bool keepsOpen, qsizetype left = 0, const QByteArray &method = "GET") {
        QTest::newRow(name) << bytes << method << status << body << keepsOpen << left;
    };
    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    row("by its length", ok + "Content-Length: 5\r\n\r\nhello", 200, "hello", true);
    row("with something behind it", ok + "Content-Length: 2\r\n\r\nhello", 200, "he", true, 3);
    row("without a body", ok + "content-length: 0\r\n\r\n", 200, "", true);
    row("by the end of the connection", ok + "\r\nhello", 200, "hello", false);
    row("by nothing, at the end of the connection", ok + "\r\n", 200, "", false);
    row("by chunks", ok + "Transfer-Encoding: Chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n", 200, "hello",
        true);
    row("by chunks with extensions and spaces",
        ok + "Transfer-Encoding: chunked\r\n\r\n5 ; a=\"b;\"\r\nhello\r\n000 \r\n\r\n", 200, "hello", true);
    row("by chunks with trailers",
        ok + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\nZ: w\r\n\r\n", 200, "a", true);
    row("by chunks and not by its length",
        ok + "Content-Length: 100\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", 200, "a", false);
    row("by one length said twice", ok + "Content-Length: 2\r\nContent-Length: 2, 2\r\n\r\nab", 200, "ab",
        true);
    row("204 with a length", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", 204, "", true);
    row("304 with a length", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", 304, "", true);
    row("after HEAD", ok + "Content-Length: 5\r\n\r\n", 200, "", true, 0, "HEAD");
    row("after HEAD without a length", ok + "\r\n", 200, "", true, 0, "HEAD");
    row("that closes", ok + "Connection: close\r\nContent-Length: 1\r\n\r\na", 200, "a", false);
    row("that closes among others", ok + "Connection: x,, Close\r\nContent-Length: 1\r\n\r\na", 200, "a",
        false);
    row("of HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na", 200, "a", false);
    row("of HTTP/1.0 that stays", "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 1\r\n\r\na",
        200, "a", true);
    row("after hints and a wait",
        "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + ok
            + "Content-Length: 1\r\n\r\na",
        200, "a", true);
    row("after empty lines", "\r\n\r\n" + ok + "Content-Length: 1\r\n\r\na", 200, "a", true);
    row("without words", "HTTP/1.1 200\r\nContent-Length: 1\r\n\r\na", 200, "a", true);
    row("with words that are no ASCII", "HTTP/1.1 404 N\xc3\xa3o\r\nContent-Length: 1\r\n\r\na", 404, "a",
        true);
    row("with lines that end with LF", "HTTP/1.1 200 OK\nContent-Length: 1\n\na", 200, "a", true);
    row("with chunk lines that end with LF", "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n1\na\n0\n\n",
        200, "a", true);
}

void TestResponseReader::findsTheEndOfAnAnswer()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArray, method);
    const ReadResponse whole = read(bytes, method);
    QCOMPARE(whole.fault, Fault::None);
    QVERIFY(whole.isComplete);
    QTEST(whole.status, "status");
    QTEST(whole.body, "body");
    QTEST(whole.keepsOpen, "keepsOpen");
    QTEST(whole.left, "left");
    QVERIFY(readResponse(
                bytes, [](qsizetype) { return 1; }, method)
            == whole);
    // Cut anywhere, it is not whole, unless the end of the connection is its end.
    for (qsizetype cut = 0; cut < bytes.size() - whole.left - 1; ++cut) {
        const ReadResponse part = readResponse(
            bytes.first(cut), [&](qsizetype) { return cut; }, method, false);
        QVERIFY2(!part.isComplete || part.body == whole.body, QByteArray::number(cut).constData());
        QCOMPARE(part.fault, Fault::None);
    }
}

void TestResponseReader::refusesWhatCannotBeRead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Fault>("fault");
    const auto row = [](const char *name, const QByteArray &bytes, Fault fault) {
        QTest::newRow(name) << bytes << fault;
    };
    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    const QByteArray chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";
    row("nothing", "", Fault::EndedEarly);
    row("another protocol", "SSH-2.0-OpenSSH_9.2\r\n", Fault::NoHttp);
    row("another protocol that waits", "220 ", Fault::NoHttp);
    row("HTTP/2", "HTTP/2 200\r\n\r\n", Fault::NoHttp);
    row("HTTP/1.2", "HTTP/1.2 200 OK\r\n\r\n", Fault::NoHttp);
    row("a status of two digits", "HTTP/1.1 20 OK\r\n\r\n", Fault::NoHttp);
    row("a status of four digits", "HTTP/1.1 2000 OK\r\n\r\n", Fault::NoHttp);
    row("a status that begins with 0", "HTTP/1.1 020 OK\r\n\r\n", Fault::NoHttp);
    row("control characters among the words", "HTTP/1.1 200 O\x01K\r\n\r\n", Fault::NoHttp);
    row("many empty lines", QByteArray("\n").repeated(5) + ok + "\r\n", Fault::NoHttp);
    row("a page", "<html></html>\r\n", Fault::NoHttp);
    row("a field without a colon", ok + "X\r\n\r\n", Fault::BadField);
    row("a space before the colon", ok + "X : 1\r\n\r\n", Fault::BadField);
    row("a fold before any field", ok + " X: 1\r\n\r\n", Fault::BadField);
    row("a CR within a value", ok + "X: 1\r2\r\n\r\n", Fault::BadField);
    row("a NUL within a value", ok + QByteArray("X: 1\0", 5) + "\r\n\r\n", Fault::BadField);
    row("a NUL within a folded line", ok + "X: 1\r\n" + QByteArray(" \0", 2) + "\r\n\r\n", Fault::BadField);
    row("a length that is negative", ok + "Content-Length: -1\r\n\r\n", Fault::BadLength);
    row("an empty length", ok + "Content-Length:\r\n\r\n", Fault::BadLength);
    row("a length of many digits", ok + "Content-Length: 9999999999999999999\r\n\r\n", Fault::BadLength);
    row("two lengths", ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", Fault::BadLength);
    row("another coding", ok + "Transfer-Encoding: gzip, chunked\r\n\r\n", Fault::UnknownCoding);
    row("chunked twice", ok + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
        Fault::UnknownCoding);
    row("a chunk without a size", chunked + "\r\n", Fault::BadChunk);
    row("a size that is none", chunked + "g\r\n", Fault::BadChunk);
    row("a size with a sign", chunked + "+1\r\na\r\n", Fault::BadChunk);
    row("a size of many digits", chunked + "1000000000000000\r\n", Fault::BadChunk);
    row("a chunk that is longer than it says", chunked + "1\r\nab\r\n", Fault::BadChunk);
    row("a body that ends early", ok + "Content-Length: 5\r\n\r\nhell", Fault::EndedEarly);
    row("chunks without an end", chunked + "1\r\na\r\n", Fault::EndedEarly);
    row("chunks without the last line", chunked + "0\r\n", Fault::EndedEarly);
    row("half a head", ok + "Content-", Fault::EndedEarly);
    row("only hints", "HTTP/1.1 103 Early Hints\r\n\r\n", Fault::EndedEarly);
    row("another protocol from here on", "HTTP/1.1 101 Switching Protocols\r\n\r\n", Fault::Switched);
    row("17 times a wait", QByteArray("HTTP/1.1 100 Continue\r\n\r\n").repeated(17), Fault::TooManyInterim);
}

void TestResponseReader::refusesWhatCannotBeRead()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const Fault, fault);
    const ReadResponse whole = read(bytes);
    QVERIFY2(whole.fault == fault, qPrintable(fetch::sentenceOf(whole.fault)));
    QVERIFY(!whole.isComplete && !whole.keepsOpen);
    QVERIFY(readResponse(bytes, [](qsizetype) { return 1; }) == whole);
}

void TestResponseReader::keepsFieldsAsTheyCame()
{
    const ReadResponse one
        = read("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"a\"\r\nSet-Cookie: a=1\r\n"
               "www-authenticate:\t Bearer \r\nX: a\r\n \t b\r\nEmpty:\r\nContent-Length: 0\r\n\r\n");
    const base::Headers wanted{{"WWW-Authenticate", "Basic realm=\"a\""},
                               {"Set-Cookie", "a=1"},
                               {"www-authenticate", "Bearer"},
                               {"X", "a b"},
                               {"Empty", ""},
                               {"Content-Length", "0"}};
    QCOMPARE(one.headers, wanted);
}

void TestResponseReader::isBounded_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("again");
    QTest::addColumn<Fault>("fault");
    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    QTest::newRow("an endless status line")
        << QByteArray("HTTP/1.1 200 ") << QByteArray("a") << Fault::HeadTooLarge;
    QTest::newRow("an endless line of something else") << QByteArray() << QByteArray("a") << Fault::NoHttp;
    QTest::newRow("an endless field") << ok + "X: " << QByteArray("a") << Fault::HeadTooLarge;
    QTest::newRow("endless fields") << ok << QByteArray("X: 1\r\n") << Fault::HeadTooLarge;
    QTest::newRow("an endless fold") << ok + "X: 1\r\n" << QByteArray(" a\r\n") << Fault::HeadTooLarge;
    QTest::newRow("endless trailers") << ok + "Transfer-Encoding: chunked\r\n\r\n0\r\n"
                                      << QByteArray("X: 1\r\n") << Fault::HeadTooLarge;
    QTest::newRow("an endless extension")
        << ok + "Transfer-Encoding: chunked\r\n\r\n1;" << QByteArray("a") << Fault::BadChunk;
    QTest::newRow("hints with many fields")
        << "HTTP/1.1 103 Early Hints\r\n" + QByteArray("X: 1\r\n").repeated(900) + "\r\n"
        << "HTTP/1.1 103 Early Hints\r\n" + QByteArray("X: 1\r\n").repeated(900) + "\r\n"
        << Fault::TooManyInterim;
}

/// Ten megabytes of it are refused long before their end, in whatever pieces they come.
void TestResponseReader::isBounded()
{
    QFETCH(const QByteArray, before);
    QFETCH(const QByteArray, again);
    QFETCH(const Fault, fault);
    Reader reader("GET");
    QCOMPARE(reader.read(before), before.size());
    qsizetype taken = before.size();
    const QByteArray piece = again.repeated(int(1000 / again.size() + 1));
    while (reader.stage() != Reader::Stage::Refused && taken < 10'000'000)
        taken += std::max<qsizetype>(reader.read(piece), 1);
    QCOMPARE(reader.fault(), fault);
    QVERIFY2(taken <= Reader::headBytes + piece.size(), QByteArray::number(taken).constData());
}

void TestResponseReader::readsOneAfterTheOther()
{
    const QByteArray both
        = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\nbc";
    Reader reader("GET");
    const qsizetype first = reader.read(both);
    QCOMPARE(reader.stage(), Reader::Stage::Complete);
    QCOMPARE(reader.takeBody(), "a"_ba);
    QVERIFY(reader.keepsOpen());
    reader.next("GET");
    QVERIFY(!reader.hasBegun() && !reader.hasHead() && reader.takeBody().isEmpty());
    QCOMPARE(first + reader.read(QByteArrayView(both).sliced(first)), both.size());
    QCOMPARE(reader.head().status, 404);
    QCOMPARE(reader.takeBody(), "bc"_ba);
}

void TestResponseReader::tellsWhetherAnythingCame()
{
    Reader reader("GET");
    QVERIFY(!reader.hasBegun());
    reader.end();
    QVERIFY(!reader.hasBegun());
    QCOMPARE(reader.fault(), Fault::EndedEarly);
    // A body without a length ends with its connection, and not with its breaking.
    reader.next("GET");
    QCOMPARE(reader.read("HTTP/1.1 200 OK\r\n\r\nhalf"), 23);
    reader.end(false);
    QCOMPARE(reader.fault(), Fault::EndedEarly);
    reader.next("GET");
    QCOMPARE(reader.read("H"), 1);
    QVERIFY(reader.hasBegun() && !reader.hasHead());
}

void TestResponseReader::hasASentenceForEachFault()
{
    QVERIFY(fetch::sentenceOf(Fault::None).isEmpty());
    for (int fault = int(Fault::NoHttp); fault <= int(Fault::EndedEarly); ++fault)
        QVERIFY(fetch::sentenceOf(Fault(fault)).endsWith(u'.'));
}

GATEHOUSE_TEST(TestResponseReader)
#include "tst_responsereader.moc"
