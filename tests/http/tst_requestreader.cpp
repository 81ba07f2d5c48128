// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/requestreader.h"
#include "support/readrequests.h"
#include "support/unit.h"

#include <QDir>
#include <QRegularExpression>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::http;
using namespace Qt::StringLiterals;
using Stage = RequestReader::Stage;

Q_DECLARE_METATYPE(gatehouse::http::EdgeFault)
Q_DECLARE_METATYPE(gatehouse::http::RequestReader::Stage)

class TestRequestReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatIsThere();
    void readsOneRequestAfterAnother();
    void readsEachRequestByItselfThoughItsFieldsAreThoseBefore();
    void sharesWhatARequestHasInCommonWithTheOneBefore();
    void readsWhatIsWellFormed_data();
    void readsWhatIsWellFormed();
    void refusesWhatIsNot_data();
    void refusesWhatIsNot();
    void keepsItsLimitsToTheByte_data();
    void keepsItsLimitsToTheByte();
    void endsWhereClientsAskForIt_data();
    void endsWhereClientsAskForIt();
    void agreesWithTheVectorsOfLlhttp();

private:
    /// In one piece, and the same byte by byte and in pieces of three.
    static ReadRequests read(const QByteArray &bytes, const EdgeLimits &limits = {})
    {
        const ReadRequests whole = readRequests(bytes, limits, [&](qsizetype) { return bytes.size(); });
        for (const int piece : {1, 3}) {
            if (readRequests(bytes, limits, [piece](qsizetype) { return piece; }) != whole) {
                qWarning("In pieces of %d it is read differently", piece);
                return {};
            }
        }
        return whole;
    }
};

void TestRequestReader::readsWhatIsThere()
{
    const ReadRequests got
        = read("POST /mcp?a=%20b HTTP/1.1\r\nhost: localhost\r\nX-Twice:  a b\t\r\nX-Twice:\r\n"
               "Content-Length: 2\r\nUser-Agent: \xc3\xa9\r\n\r\nhi");
    QCOMPARE(got.requests.size(), 1);
    const ReadRequests::One &request = got.requests.first();
    QCOMPARE(request.method, "POST"_ba);
    QCOMPARE(request.target, "/mcp?a=%20b"_ba);
    const base::Headers expected = {{"host"_ba, "localhost"_ba},
                                    {"X-Twice"_ba, "a b"_ba},
                                    {"X-Twice"_ba, ""_ba},
                                    {"Content-Length"_ba, "2"_ba},
                                    {"User-Agent"_ba, "\xc3\xa9"_ba}};
    QCOMPARE(request.headers, expected);
    QCOMPARE(request.body, "hi"_ba);
    QVERIFY(!request.wantsClose);
    QCOMPARE(got.stage, Stage::Line);
}

void TestRequestReader::readsOneRequestAfterAnother()
{
    const ReadRequests got = read(
        "GET /a HTTP/1.1\r\nHost: a\r\n\r\nPOST /b HTTP/1.1\r\nHost: b\r\nTransfer-Encoding: Chunked\r\n\r\n"
        "3\r\nabc\r\n0a;x\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n\r\nGET /c HTTP/1.1\r\nHost: c\r\n\r\nGET "
        "/d");
    QCOMPARE(got.requests.size(), 3);
    QCOMPARE(got.requests.at(0).target, "/a"_ba);
    QCOMPARE(got.requests.at(1).body, "abc0123456789"_ba);
    QCOMPARE(got.requests.at(1).headers.size(), 2);
    QCOMPARE(got.requests.at(2).target, "/c"_ba);
    QVERIFY(got.requests.at(2).body.isEmpty());
}

/// Alone, or behind requests whose fields are alike, fewer, more, empty or in another order.
void TestRequestReader::readsEachRequestByItselfThoughItsFieldsAreThoseBefore()
{
    const QByteArrayList fields{"A: 1\r\n",
                                "A: 1\r\nB: 2\r\n",
                                "B: 2\r\nA: 1\r\n",
                                "a: 1\r\nB: 22\r\n",
                                "A:\r\nB: 2\r\nC: 3\r\n",
                                "A: " + QByteArray(5'000, 'x') + "\r\n",
                                "C: 3\r\n",
                                ""};
    for (const QByteArray &before : fields) {
        for (const QByteArray &after : fields) {
            const QByteArray second = "GET /b HTTP/1.1\r\nHost: b\r\n" + after + "\r\n";
            const ReadRequests alone = read(second);
            const ReadRequests both = read("GET /a HTTP/1.1\r\nHost: a\r\n" + before + "\r\n" + second);
            QCOMPARE(both.requests.size(), 2);
            QCOMPARE(both.requests.last().headers, alone.requests.first().headers);
        }
    }
}

void TestRequestReader::sharesWhatARequestHasInCommonWithTheOneBefore()
{
    const EdgeLimits limits;
    RequestReader reader(limits);
    const auto headersOf = [&reader](const QByteArray &bytes) {
        QByteArrayView rest = bytes;
        while (!rest.isEmpty())
            rest = rest.sliced(reader.read(rest));
        const base::Headers headers = reader.head().headers;
        reader.next();
        return headers;
    };
    const base::Headers first = headersOf("GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n\r\n");
    const base::Headers second = headersOf("GET / HTTP/1.1\r\nHost: a\r\nX: z\r\n\r\n");
    QVERIFY(second.at(0).second.isSharedWith(first.at(0).second));
    QVERIFY(second.at(1).first.isSharedWith(first.at(1).first));
    QCOMPARE(second.at(1).second, "z"_ba);
    // What is long is not kept while a connection waits.
    const QByteArray longOne = "GET / HTTP/1.1\r\nHost: a\r\nX: " + QByteArray(5'000, 'x') + "\r\n\r\n";
    const base::Headers third = headersOf(longOne);
    QVERIFY(!headersOf(longOne).at(1).second.isSharedWith(third.at(1).second));
}

void TestRequestReader::readsWhatIsWellFormed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("body");
    const auto chunked = [](const QByteArray &chunks) {
        return "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks;
    };
    QTest::newRow("two empty lines before it") << "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"_ba
                                               << ""_ba;
    QTest::newRow("HTTP/1.0 without Host") << "GET / HTTP/1.0\r\n\r\n"_ba
                                           << ""_ba;
    QTest::newRow("an empty Host, which is for others to judge") << "GET / HTTP/1.1\r\nHost:\r\n\r\n"_ba
                                                                 << ""_ba;
    QTest::newRow("an empty body") << "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"_ba
                                   << ""_ba;
    QTest::newRow("leading zeros") << "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 002\r\n\r\nhi"_ba
                                   << "hi"_ba;
    QTest::newRow("a body on GET") << "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi"_ba
                                   << "hi"_ba;
    QTest::newRow("an upgrade, which is not taken up")
        << "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"_ba
        << ""_ba;
    QTest::newRow("no chunks") << chunked("0\r\n\r\n") << ""_ba;
    QTest::newRow("many zeros") << chunked("0000000000000002\r\nhi\r\n000\r\n\r\n") << "hi"_ba;
    QTest::newRow("chunks of one byte") << chunked("1\r\nh\r\n1\r\ni\r\n0\r\n\r\n") << "hi"_ba;
    QTest::newRow("chunk extensions") << chunked("2;a;b=c;d=\"e \\\" ;\"\r\nhi\r\n0;z\r\n\r\n") << "hi"_ba;
    QTest::newRow("a line end within a chunk") << chunked("4\r\n\r\n\r\n\r\n0\r\n\r\n") << "\r\n\r\n"_ba;
}

void TestRequestReader::readsWhatIsWellFormed()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArray, body);
    const ReadRequests got = read(bytes);
    QCOMPARE(got.fault, EdgeFault::None);
    QCOMPARE(got.requests.size(), 1);
    QCOMPARE(got.requests.first().body, body);
    QCOMPARE(got.taken, bytes.size());
}

void TestRequestReader::refusesWhatIsNot_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<EdgeFault>("fault");
    const auto line = [](const char *name, const QByteArray &text, EdgeFault fault) {
        QTest::addRow("line: %s", name) << text + "\r\nHost: a\r\n\r\n" << fault;
    };
    line("nothing but a word", "GET", EdgeFault::BadLine);
    line("HTTP/0.9", "GET /", EdgeFault::BadLine);
    line("two spaces", "GET  / HTTP/1.1", EdgeFault::BadLine);
    line("a space before", " GET / HTTP/1.1", EdgeFault::BadLine);
    line("a space behind", "GET / HTTP/1.1 ", EdgeFault::BadLine);
    line("a tab between", "GET\t/ HTTP/1.1", EdgeFault::BadLine);
    line("a space in the path", "GET /a b HTTP/1.1", EdgeFault::BadLine);
    line("a bare CR", "GET / HTTP/1.1\r", EdgeFault::BadLine);
    line("a method that is no token", "G(T / HTTP/1.1", EdgeFault::BadLine);
    line("a method in small letters", "get / HTTP/1.1", EdgeFault::UnknownMethod);
    line("a method of WebDAV", "PROPFIND / HTTP/1.1", EdgeFault::UnknownMethod);
    line("TRACE", "TRACE / HTTP/1.1", EdgeFault::UnknownMethod);
    line("CONNECT", "CONNECT a:443 HTTP/1.1", EdgeFault::UnknownMethod);
    line("the preface of HTTP/2", "PRI * HTTP/2.0", EdgeFault::BadVersion);
    line("HTTP/9.9", "GET / HTTP/9.9", EdgeFault::BadVersion);
    line("HTTP/1.2", "GET / HTTP/1.2", EdgeFault::BadVersion);
    line("HTTP/1.10", "GET / HTTP/1.10", EdgeFault::BadLine);
    line("http/1.1", "GET / http/1.1", EdgeFault::BadLine);
    line("another protocol", "GET / RTSP/1.0", EdgeFault::BadLine);
    line("the absolute form", "GET http://a/mcp HTTP/1.1", EdgeFault::BadTarget);
    line("the authority form", "GET a:80 HTTP/1.1", EdgeFault::BadTarget);
    line("the asterisk", "OPTIONS * HTTP/1.1", EdgeFault::BadTarget);
    line("a fragment", "GET /mcp#x HTTP/1.1", EdgeFault::BadTarget);
    line("a NUL", QByteArray("GET /a\0b HTTP/1.1", 17), EdgeFault::BadTarget);
    line("UTF-8", "GET /\xc3\xa9 HTTP/1.1", EdgeFault::BadTarget);
    line("a DEL", "GET /\x7f HTTP/1.1", EdgeFault::BadTarget);
    QTest::newRow("line: a bare LF") << "GET / HTTP/1.1\nHost: a\r\n\r\n"_ba << EdgeFault::BadLine;
    QTest::newRow("line: three empty ones before")
        << "\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"_ba << EdgeFault::BadLine;
    QTest::newRow("line: a TLS hello") << QByteArray("\x16\x03\x01\x02\x00\x01\n", 7) << EdgeFault::BadLine;

    const auto field = [](const char *name, const QByteArray &text, EdgeFault fault) {
        QTest::addRow("field: %s", name) << "POST / HTTP/1.1\r\nHost: a\r\n" + text + "\r\n\r\n0\r\n\r\n"
                                         << fault;
    };
    field("no colon", "X", EdgeFault::BadField);
    field("no name", ": x", EdgeFault::BadField);
    field("a space before the colon", "X : y", EdgeFault::BadField);
    field("a space within the name", "X Y: z", EdgeFault::BadField);
    field("a control byte within the name", "X\x01: y", EdgeFault::BadField);
    field("a byte beyond ASCII within the name", "\xc3\xa9: y", EdgeFault::BadField);
    field("a space before the name", " X: y", EdgeFault::BadField);
    field("a folded line", "X: y\r\n z", EdgeFault::BadField);
    field("a NUL", QByteArray("X: a\0b", 6), EdgeFault::BadField);
    field("a bare CR", "X: a\rb", EdgeFault::BadField);
    field("a bare LF", "X: a\nY: b", EdgeFault::BadField);
    field("a vertical tab", "X: a\vb", EdgeFault::BadField);
    field("a DEL", "X: a\x7f", EdgeFault::BadField);
    field("a second Host", "Host: a", EdgeFault::RepeatedHost);
    field("a second Host, other letters", "hOST: b", EdgeFault::RepeatedHost);
    field("an expectation of its own", "Expect: a-cake", EdgeFault::BadExpectation);
    QTest::newRow("field: no Host") << "GET / HTTP/1.1\r\nX: y\r\n\r\n"_ba << EdgeFault::NoHost;

    for (const char *value : {"+5", "-1", "0x5", "5,5", "5, 5", "", " ", "5 5", "5.0", "1e1",
                              "18446744073709551616", "0000000000000000000005", "\xd9\xa5", "five"})
        QTest::addRow("Content-Length: %s", value)
            << "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + QByteArray(value) + "\r\n\r\nhello"
            << EdgeFault::BadLength;
    field("two lengths", "Content-Length: 5\r\nContent-Length: 6", EdgeFault::BadLength);
    field("one length twice", "Content-Length: 5\r\ncontent-length: 5", EdgeFault::BadLength);
    for (const char *value :
         {"xchunked", "identity", "chunked, chunked", "gzip, chunked", "gzip", "\"chunked\"", "chunked;q=1",
          "chunked,", ",chunked", "chunked x", "", "chun\tked"})
        QTest::addRow("Transfer-Encoding: %s", value)
            << "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: " + QByteArray(value) + "\r\n\r\n0\r\n\r\n"
            << EdgeFault::UnknownCoding;
    field("a coding behind a vertical tab", "Transfer-Encoding:\vchunked", EdgeFault::BadField);
    field("chunked twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
          EdgeFault::UnknownCoding);
    field("a length and a coding", "Content-Length: 5\r\nTransfer-Encoding: chunked",
          EdgeFault::LengthAndCoding);
    field("a coding and a length", "Transfer-Encoding: chunked\r\nContent-Length: 5",
          EdgeFault::LengthAndCoding);
    QTest::newRow("field: a coding in HTTP/1.0")
        << "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"_ba << EdgeFault::LengthAndCoding;

    const auto chunk = [](const char *name, const QByteArray &text, EdgeFault fault = EdgeFault::BadChunk) {
        QTest::addRow("chunk: %s", name)
            << "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + text << fault;
    };
    chunk("no size", "\r\nhi\r\n");
    chunk("garbage", "zz\r\nhi\r\n");
    chunk("a sign", "+2\r\nhi\r\n");
    chunk("less than none", "-2\r\nhi\r\n");
    chunk("0x", "0x2\r\nhi\r\n");
    chunk("an underscore", "1_0\r\n0123456789abcdef\r\n");
    chunk("a space before", " 2\r\nhi\r\n");
    chunk("a space behind", "2 \r\nhi\r\n");
    chunk("a size beyond all", "fffffffffffffffff\r\n");
    chunk("2^64 - 1", "ffffffffffffffff\r\n", EdgeFault::BodyTooLarge);
    chunk("a bare LF behind the size", "2\nhi\r\n");
    chunk("a bare CR behind the size", "2\rhi\r\n");
    chunk("nothing behind the data", "2\r\nhi0\r\n\r\n");
    chunk("a bare LF behind the data", "2\r\nhi\n0\r\n\r\n");
    chunk("more data than size", "2\r\nhigh\r\n");
    chunk("an extension without a name", "2;\r\nhi\r\n");
    chunk("an extension with a control byte", "2;a\x01\r\nhi\r\n");
    chunk("an extension without a quote's end", "2;a=\"b\r\nhi\r\n");
    chunk("an extension that is long", "2;" + QByteArray(2000, 'a') + "\r\nhi\r\n");
    chunk("a trailer that is no field", "0\r\nno field\r\n\r\n", EdgeFault::BadField);
    QByteArray wordy;
    for (int i = 0; i < 200; ++i)
        wordy += "1;" + QByteArray(200, 'x') + "\r\na\r\n";
    chunk("far more extensions than data", wordy);
}

void TestRequestReader::refusesWhatIsNot()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const EdgeFault, fault);
    const ReadRequests got = read(bytes);
    QCOMPARE(got.requests.size(), 0);
    QCOMPARE(got.stage, Stage::Refused);
    QCOMPARE(got.fault, fault);
    QVERIFY(statusOf(fault) >= 400);
    QVERIFY(!describe(fault).isEmpty());
}

void TestRequestReader::keepsItsLimitsToTheByte_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("behind");
    QTest::addColumn<int>("most");
    QTest::addColumn<EdgeFault>("fault");
    const QByteArray head = "POST / HTTP/1.1\r\nHost: a\r\n"; // 9 bytes of fields.
    QTest::newRow("the request line")
        << "GET /"_ba
        << " HTTP/1.1\r\nHost: a\r\n\r\n"_ba << 128 - 16 << EdgeFault::LineTooLong;
    QTest::newRow("one field") << head + "X: "
                               << "\r\n\r\n"_ba << 256 - 9 - 3 - 2 - 2 << EdgeFault::FieldsTooLarge;
    QTest::newRow("trailers") << head + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: "
                              << "\r\n\r\n"_ba << 256 - 9 - 28 - 2 - 3 - 2 - 2 << EdgeFault::FieldsTooLarge;
}

void TestRequestReader::keepsItsLimitsToTheByte()
{
    QFETCH(const QByteArray, before);
    QFETCH(const QByteArray, behind);
    QFETCH(const int, most);
    QFETCH(const EdgeFault, fault);
    EdgeLimits limits;
    limits.lineBytes = 128;
    limits.fieldBytes = 256;
    limits.fields = 4;
    limits.bodyBytes = 16;
    QCOMPARE(read(before + QByteArray(most, 'x') + behind, limits).requests.size(), 1);
    QCOMPARE(read(before + QByteArray(most + 1, 'x') + behind, limits).fault, fault);
    QCOMPARE(read(before + QByteArray(5000, 'x'), limits).fault, fault); // Without waiting for its end.

    const QByteArray head = "POST / HTTP/1.1\r\nHost: a\r\n";
    QCOMPARE(read(head + "A: 1\r\nB: 2\r\nC: 3\r\n\r\n", limits).requests.size(), 1);
    QCOMPARE(read(head + "A: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\n\r\n", limits).fault, EdgeFault::TooManyFields);
    QCOMPARE(read(head + "Content-Length: 16\r\n\r\n0123456789abcdef", limits).requests.size(), 1);
    QCOMPARE(read(head + "Content-Length: 17\r\n\r\n", limits).fault, EdgeFault::BodyTooLarge);
    const QByteArray chunks = head + "Transfer-Encoding: chunked\r\n\r\n8\r\n01234567\r\n";
    QCOMPARE(read(chunks + "8\r\n01234567\r\n0\r\n\r\n", limits).requests.size(), 1);
    QCOMPARE(read(chunks + "9\r\n", limits).fault, EdgeFault::BodyTooLarge);
}

void TestRequestReader::endsWhereClientsAskForIt_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<bool>("wantsClose");
    QTest::newRow("HTTP/1.1") << "HTTP/1.1\r\nHost: a\r\n"_ba << false;
    QTest::newRow("close") << "HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"_ba << true;
    QTest::newRow("close among others") << "HTTP/1.1\r\nHost: a\r\nConnection: TE ,\tCLOSE, x\r\n"_ba << true;
    QTest::newRow("close and keep-alive")
        << "HTTP/1.1\r\nHost: a\r\nConnection: close\r\nConnection: keep-alive\r\n"_ba << true;
    QTest::newRow("a word that begins like it")
        << "HTTP/1.1\r\nHost: a\r\nConnection: closed\r\n"_ba << false;
    QTest::newRow("HTTP/1.0") << "HTTP/1.0\r\n"_ba << true;
    QTest::newRow("HTTP/1.0 kept alive") << "HTTP/1.0\r\nConnection: Keep-Alive\r\n"_ba << false;
}

void TestRequestReader::endsWhereClientsAskForIt()
{
    QFETCH(const QByteArray, head);
    QFETCH(const bool, wantsClose);
    const ReadRequests got = read("GET / " + head + "\r\n");
    QCOMPARE(got.requests.size(), 1);
    QCOMPARE(got.requests.first().wantsClose, wantsClose);
}

namespace {

/// One block of the files: bytes, and what llhttp says of them.
struct Vector
{
    QString name;
    QString kind;
    bool skipsBody = false; ///< Told from outside, as for an answer to HEAD.
    QByteArray bytes;
    QString log;
};

/// The notation of these files: a line end is CRLF, one behind a backslash is none, and \r, \n, \t, \f and
/// \xNN stand for themselves.
QByteArray bytesOf(QString text)
{
    text.remove(u"\\\n"_s);
    text.replace(u"\n"_s, u"\r\n"_s);
    text.replace(u"\\r"_s, u"\r"_s)
        .replace(u"\\n"_s, u"\n"_s)
        .replace(u"\\t"_s, u"\t"_s)
        .replace(u"\\f"_s, u"\f"_s);
    static const QRegularExpression hex(u"\\\\x([0-9a-fA-F]{2})"_s);
    for (auto match = hex.match(text); match.hasMatch(); match = hex.match(text))
        text.replace(match.capturedStart(), match.capturedLength(),
                     QChar(match.captured(1).toUShort(nullptr, 16)));
    return text.toLatin1();
}

QList<Vector> vectorsIn(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    static const QRegularExpression block(
        u"\\n#+ ([^\\n]+)\\n(?:(?!\\n#).)*?\"type\": *\"([^\"]+)\"([^\\n]*)\\n```http\\n((?:(?!```).)*)\\n```(?:(?!```).)*```log\\n(.*?)\\n```"_s,
        QRegularExpression::DotMatchesEverythingOption);
    QList<Vector> out;
    auto matches = block.globalMatch(QString::fromUtf8(file.readAll()));
    while (matches.hasNext()) {
        const auto match = matches.next();
        out.append({match.captured(1), match.captured(2), match.captured(3).contains(u"skipBody"_s),
                    bytesOf(match.captured(4)), match.captured(5)});
    }
    return out;
}

} // namespace

void TestRequestReader::agreesWithTheVectorsOfLlhttp()
{
    const QDir folder(QStringLiteral(GATEHOUSE_SOURCE_DIR) + u"/../shared/vectors/http"_s);
    if (!folder.exists())
        QSKIP("The test vectors of llhttp are not beside the project (../shared/vectors/http).");
    static const QRegularExpression error(u"error code=(\\d+)"_s);
    int blocks = 0;
    int refused = 0;
    int read = 0;
    for (const QFileInfo &file : folder.entryInfoList({u"*.md"_s}, QDir::Files)) {
        for (const Vector &vector : vectorsIn(file.filePath())) {
            ++blocks;
            QByteArray bytes = vector.bytes;
            // Most of them leave Host out, which HTTP/1.1 demands: that is tested elsewhere.
            if (!bytes.toLower().contains("\nhost"))
                bytes.replace(" HTTP/1.1\r\n", " HTTP/1.1\r\nHost: a\r\n");
            const ReadRequests got = TestRequestReader::read(bytes);
            const QByteArray what = (file.fileName() + u": "_s + vector.name).toUtf8() + ", fault "
                + QByteArray::number(int(got.fault)) + ", requests "
                + QByteArray::number(got.requests.size());
            const int code = error.match(vector.log).captured(1).toInt();
            const bool isPaused = code == 22 || code == 23; // It stops there for an upgrade; we go on.
            const bool isAfterClose = code == 5; // Bytes behind the last request are nobody's here.
            if (code != 0 && !isPaused && !isAfterClose) {
                ++refused;
                const qsizetype complete = vector.log.count(u"message complete"_s);
                QVERIFY2(got.requests.size() <= complete && got.stage != Stage::Complete, what.constData());
            } else if (vector.kind == u"request"_s && got.fault == EdgeFault::None && !isPaused
                       && !vector.skipsBody) {
                ++read;
                QVERIFY2(got.requests.size() == vector.log.count(u"message complete"_s), what.constData());
            } else if (vector.kind == u"request"_s && got.fault != EdgeFault::None) {
                // What llhttp reads and we do not: other methods, protocols, forms of the target, codings.
                QVERIFY2(QList({EdgeFault::UnknownMethod, EdgeFault::BadLine, EdgeFault::BadTarget,
                                EdgeFault::UnknownCoding})
                             .contains(got.fault),
                         what.constData());
            }
        }
    }
    QVERIFY(refused > 40);
    QVERIFY(read > 30);
    QVERIFY2(blocks > 120, qPrintable(QString::number(blocks)));
}

GATEHOUSE_TEST(TestRequestReader)
#include "tst_requestreader.moc"
