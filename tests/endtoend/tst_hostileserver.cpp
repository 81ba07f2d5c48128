// SPDX-License-Identifier: GPL-3.0-or-later
#include "endtoend/hostileserver.h"
#include "endtoend/program.h"
#include "support/unit.h"

#include <QElapsedTimer>
#include <QTest>

#include <sys/resource.h>

using namespace Qt::StringLiterals;

namespace {

const QByteArray ok = "HTTP/1.1 200 OK\r\n";
const QByteArray json = "Content-Type: application/json\r\n";
const QByteArray stream = ok + "Content-Type: text/event-stream\r\n\r\n";

/// A result for whatever was asked: an answer of a server that listens to nobody.
QByteArray resultOf(const QByteArray &result, int id = 1)
{
    return answerOf(R"({"jsonrpc":"2.0","id":)" + QByteArray::number(id) + R"(,"result":)" + result + '}');
}

/// The same under the id of the request, which the socket holds.
HostileServer::Act answering(const std::function<QByteArray(const QByteArray &id)> &make)
{
    return [make](QTcpSocket *socket) {
        const QByteArray request = socket->property("request").toByteArray();
        const qsizetype at = request.lastIndexOf("\"id\":") + 5;
        qsizetype end = at;
        while (end < request.size() && request[end] >= '0' && request[end] <= '9')
            ++end;
        socket->write(make(request.sliced(at, end - at)));
    };
}
HostileServer::Act answeringResult(const QByteArray &result)
{
    return answering([result](const QByteArray &id) { return resultOf(result, id.toInt()); });
}

} // namespace

/// What servers send to our client, by the real program: it ends in time, within bounds of memory, with the
/// right code and a word about it, and shows nothing that a terminal obeys.
class TestHostileServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void endsInTimeAndSaysWhy_data();
    void endsInTimeAndSaysWhy();
    void stayedWithinItsMemory();

private:
    static void addTransport();
    static void addMessages();
    static void addStreams();
    static void addChallenges();
    static void addDocuments();
    static void addSignIn();

    long m_usualKiB = 0; ///< Of a run without anything hostile.
};

namespace {

/// The most that any child had in memory.
long childrenKiB()
{
    rusage usage{};
    getrusage(RUSAGE_CHILDREN, &usage);
    return usage.ru_maxrss;
}

struct Row
{
    const char *name;
    QByteArray stage;
    HostileServer::Act act;
    int code;
    QByteArray word; ///< On stderr.
};

void add(const Row &row)
{
    QTest::newRow(row.name) << row.stage << row.act << row.code << row.word;
}

/// No keyring; and what AddressSanitizer keeps of freed memory is not what is measured here.
QStringList environment()
{
    return {u"DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere"_s,
            u"ASAN_OPTIONS=detect_leaks=1:quarantine_size_mb=8"_s};
}

/// Where another bound than that of time is looked for, time shall not be it: the machine may be busy.
QStringList callOf(const QString &server, bool isOfTime = false)
{
    return {u"call"_s,
            server,
            u"get-profile"_s,
            u"--browser"_s,
            u"none"_s,
            u"--timeout"_s,
            isOfTime ? u"1"_s : u"15"_s,
            u"--no-keyring"_s};
}

} // namespace

Q_DECLARE_METATYPE(HostileServer::Act)

void TestHostileServer::initTestCase()
{
    HostileServer server("/nowhere", closing(false));
    Program call(callOf(server.mcp()), environment());
    QCOMPARE(call.wait(), 0);
    m_usualKiB = childrenKiB();
    QVERIFY(m_usualKiB > 0);
}

/// Anything but HTTP, and HTTP that never ends.
void TestHostileServer::addTransport()
{
    const QByteArray mcp = "/mcp";
    const QByteArray long10 = QByteArray(10 * 1024 * 1024, 'a');
    add({"a status line without an end", mcp, endless("HTTP/1.1 200 ", QByteArray(4096, 'x')), 5,
         "header lines"});
    add({"a header line without an end", mcp, endless(ok + "A: ", QByteArray(4096, 'x')), 5, "header lines"});
    add({"header lines without an end", mcp, endless(ok, "A: b\r\n"), 5, "header lines"});
    add({"10 MiB of header", mcp, sending(ok + "A: " + long10 + "\r\n\r\n"), 5, "header lines"});
    add({"a header line that is none", mcp, sending(ok + "no colon here\r\n\r\n"), 5,
         "header line that is none"});
    add({"a header name with a space", mcp, sending(ok + "A b: c\r\n\r\n"), 5, "header line that is none"});
    add({"a zero byte in a header", mcp, sending(ok + QByteArray("A: b\0c\r\n\r\n", 10)), 5,
         "header line that is none"});
    add({"two lengths", mcp, sending(ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}"), 5,
         "Content-Length"});
    add({"a length below zero", mcp, sending(ok + "Content-Length: -1\r\n\r\n{}"), 5, "Content-Length"});
    add({"a length that no number holds", mcp, sending(ok + "Content-Length: 99999999999999999999\r\n\r\n{}"),
         5, "Content-Length"});
    add({"a length of an exabyte, and bytes", mcp,
         endless(ok + json + "Content-Length: 1152921504606846976\r\n\r\n", long10.first(65536)), 5,
         "Content-Length"});
    add({"a length that is longer than what comes", mcp,
         sendingAndClosing(ok + json + "Content-Length: 100\r\n\r\n{}"), 4, "before the answer was whole"});
    add({"two ways to say the length", mcp,
         sending(ok + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 5, "no JSON"});
    add({"a coding that nobody asked for", mcp, sending(ok + "Transfer-Encoding: gzip\r\n\r\nxx"), 5,
         "nobody asked"});
    add({"a chunk of an exabyte", mcp,
         endless(ok + json + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\n", long10.first(65536)), 5,
         "larger than"});
    add({"a chunk without a length", mcp, sending(ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"), 5,
         "chunks"});
    add({"a chunk's extension without an end", mcp,
         endless(ok + "Transfer-Encoding: chunked\r\n\r\n1;", QByteArray(4096, 'x')), 5, "chunks"});
    add({"trailers without an end", mcp,
         endless(ok + json + "Transfer-Encoding: chunked\r\n\r\n0\r\n", "A: b\r\n"), 5, "header lines"});
    add({"a body without an end", mcp, endless(ok + json + "\r\n", long10.first(65536)), 5, "larger than"});
    add({"compressed, which nobody asked for", mcp,
         sending(
             answerOf("\x1f\x8b\x08 and so on", "application/json", "200 OK", "Content-Encoding: gzip\r\n")),
         5, "no JSON"});
    add({"1xx without an end", mcp, endless({}, "HTTP/1.1 100 Continue\r\n\r\n"), 5, "again and again"});
    add({"another protocol", mcp, sending("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"), 5,
         "101"});
    add({"HTTP/0.9", mcp, sendingAndClosing("<html>hello</html>"), 5, "does not speak HTTP"});
    add({"HTTP/2", mcp, sending(QByteArray("\0\0\x12\x04\0\0\0\0\0", 9) + QByteArray(18, '\0')), 5,
         "does not speak HTTP"});
    add({"an alert of TLS", mcp, sendingAndClosing(QByteArray("\x15\x03\x01\0\x02\x02\x46", 7)), 5,
         "does not speak HTTP"});
    add({"a status that is no number", mcp, sending("HTTP/1.1 OK\r\n\r\n"), 5, "does not speak HTTP"});
    add({"a status of five digits", mcp, sending("HTTP/1.1 20000 OK\r\n\r\n"), 5, "does not speak HTTP"});
    add({"nothing, and the end", mcp, closing(false), 4, "without an answer"});
    add({"a connection that is cut", mcp, closing(true), 4, "without an answer"});
    add({"nothing at all", mcp, sending({}), 4, "came in time"});
    add({"a status line in drops", mcp,
         dripping("HTTP/1.1 200                                                    "), 4, "came in time"});
    add({"headers in drops", mcp,
         dripping("HTTP/1.1 200 OK\r\nA: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
                  "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\r\n"),
         4, "time"});
    add({"two answers at once", mcp, answering([](const QByteArray &id) {
             return resultOf(R"({"supportedVersions":[]})", id.toInt()) + answerOf("{}");
         }),
         5, "does not know"});
}

/// JSON, and what MCP makes of it.
void TestHostileServer::addMessages()
{
    const QByteArray call = "+tools/call";
    const QByteArray deep(200'000, '[');
    const QByteArray open = R"({"jsonrpc":"2.0","id":)";
    add({"a text of 7 MiB as a result", call,
         answeringResult(R"({"content":[{"type":"text","text":")" + QByteArray(7 * 1024 * 1024, 'x')
                         + "\"}]}"),
         0, "Sign in"});
    add({"an answer of 20 MiB", call,
         answeringResult(R"({"content":[{"type":"text","text":")" + QByteArray(20 * 1024 * 1024, 'x')
                         + "\"}]}"),
         5, "larger than"});
    add({"brackets without an end", call, sending(answerOf(deep)), 5, "no JSON"});
    add({"objects within objects", call, sending(answerOf(QByteArray(R"({"a":)").repeated(100'000))), 5,
         "no JSON"});
    add({"brackets in a result", call, answeringResult(deep + QByteArray(200'000, ']')), 5, "no JSON"});
    add({"a million numbers", call, answeringResult("[" + QByteArray("1,").repeated(1'000'000) + "1]"), 5,
         "no object"});
    add({"a number of a million digits", call,
         answeringResult(R"({"content":[],"n":)" + QByteArray(1'000'000, '9') + '}'), 5, "no JSON"});
    add({"bytes that are no text", call,
         answeringResult("{\"content\":[{\"type\":\"text\",\"text\":\"\xff\xfe\"}]}"), 5, "no JSON"});
    add({"half a character", call, answeringResult(R"({"content":[{"type":"text","text":"\ud800"}]})"), 5,
         "no JSON"});
    add({"nothing", call, sending(answerOf({})), 5, "no JSON"});
    add({"another's answer", call, sending(answerOf(open + R"("x","result":{}})")), 5, "another request"});
    add({"an error of wrong kinds", call, answering([open](const QByteArray &id) {
             return answerOf(open + id + R"(,"error":{"code":"x","message":{}}})");
         }),
         5, "no object"});
    add({"an error that a terminal would obey", call, answering([open](const QByteArray &id) {
             return answerOf(open + id + R"(,"error":{"code":-1,"message":"\u001b[2J\u0007\u202egone"}})");
         }),
         5, "answered with error -1"});
    add({"a tool that a terminal would obey", call,
         answeringResult(R"({"content":[{"type":"text","text":"\u001b]0;x\u0007"}],"isError":true})"), 5,
         "reported"});
    add({"a list of a million tools", "+tools/list",
         answeringResult(R"({"tools":[)" + QByteArray("{},").repeated(1'000'000) + "{}]}"), 0, "Sign in"});
    add({"pages in a circle", "+tools/list",
         answeringResult(R"({"tools":[{"name":"get-profile"}],"nextCursor":"a"})"), 0, "Sign in"});
    add({"a session that would split a header", "initialize", answering([open](const QByteArray &id) {
             return answerOf(open + id + R"(,"result":{"protocolVersion":"2025-11-25","capabilities":{}}})",
                             "application/json", "200 OK", "Mcp-Session-Id: a\x01b\r\n");
         }),
         5, "header line that is none"});
    add({"a session of 100 KiB", "initialize", answering([open](const QByteArray &id) {
             return answerOf(open + id + R"(,"result":{"protocolVersion":"2025-11-25","capabilities":{}}})",
                             "application/json", "200 OK",
                             "Mcp-Session-Id: " + QByteArray(100'000, 's') + "\r\n");
         }),
         5, "session id"});
}

void TestHostileServer::addStreams()
{
    const QByteArray call = "+tools/call";
    add({"a stream of comments", call, endless(stream, ": hello\n\n"), 5, "larger than"});
    add({"a line without an end", call, endless(stream + "data: ", QByteArray(4096, 'x')), 5, "larger than"});
    add({"events that answer nobody", call,
         endless(stream,
                 R"(data: {"jsonrpc":"2.0","method":"x","params":{"a":")" + QByteArray(65'536, 'a')
                     + "\"}}\n\n"),
         5, "larger than"});
    add({"questions without an end", call,
         endless(stream, "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n\n"), 5, "larger than"});
    add({"progress without an end", call,
         endless(
             stream,
             R"(data: {"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1,)"
             R"("message":")"
                 + QByteArray(65'536, 'a') + "\"}}\n\n"),
         5, "larger than"});
    add({"a stream that says nothing", call, sending(stream), 4, "No answer came in time"});
    add({"a stream in drops", call, dripping(stream + ": x\n\n: y\n\n: z\n\n"), 4, "tools/call: "});
    add({"a stream that ends at once, again and again", call,
         sendingAndClosing(stream + "id: 1\nretry: 0\n\n"), 5, "another request"});
    add({"a place of a mebibyte to come back to", call,
         sendingAndClosing(stream + "id: " + QByteArray(1024 * 1024, 'i') + "\n\n"), 5,
         "ended without the answer"});
}

/// What stands with a 401.
void TestHostileServer::addChallenges()
{
    const auto refusing = [](const QByteArray &challenge) {
        return sending(
            answerOf({}, "text/plain", "401 Unauthorized", "WWW-Authenticate: " + challenge + "\r\n"));
    };
    const auto naming = [&refusing](const QByteArray &address) {
        return refusing("Bearer resource_metadata=\"" + address + '"');
    };
    const QByteArray mcp = "-/mcp";
    add({"a challenge of 200 KiB", mcp, refusing("Bearer x=\"" + QByteArray(200'000, 'x') + '"'), 0,
         "Sign in"});
    add({"a challenge in pieces", mcp, refusing("Bearer =,,\"\\\x80 Basic"), 0, "Sign in"});
    add({"a thousand challenges", mcp, refusing(QByteArray("Bearer realm=\"a\", ").repeated(1000) + "Basic"),
         0, "Sign in"});
    add({"metadata in a file", mcp, naming("file:///etc/passwd"), 0, "Sign in"});
    add({"metadata in the cloud's own place", mcp, naming("http://169.254.169.254/latest/meta-data/"), 0,
         "Sign in"});
    add({"metadata in a script", mcp, naming("javascript:alert(1)"), 0, "Sign in"});
    add({"metadata in another program's file", mcp, naming("gopher://127.0.0.1:70/"), 0, "Sign in"});
    add({"metadata with somebody's password", mcp, naming("http://ada:pw@127.0.0.1:1/"), 0, "Sign in"});
}

void TestHostileServer::addDocuments()
{
    const QByteArray resource = "/.well-known/oauth-protected-resource/mcp";
    const QByteArray server = "/.well-known/oauth-authorization-server";
    const auto document = [](const QByteArray &members) {
        return [members](QTcpSocket *socket) {
            const QByteArray origin = "http://127.0.0.1:" + QByteArray::number(socket->localPort());
            socket->write(answerOf(QByteArray(members).replace("ORIGIN", origin)));
        };
    };
    const QByteArray good = R"("issuer":"ORIGIN","authorization_endpoint":"ORIGIN/authorize",)"
                            R"("token_endpoint":"ORIGIN/token","registration_endpoint":"ORIGIN/register",)"
                            R"("code_challenge_methods_supported":["S256"])";
    add({"a resource document of 10 MiB", resource, endless(ok + json + "\r\n", QByteArray(65536, ' ')), 3,
         "large"});
    add({"a resource document of brackets", resource, sending(answerOf(QByteArray(100'000, '['))), 3,
         "metadata"});
    add({"a resource document of another server", resource,
         document(R"({"resource":"https://other.example/mcp","authorization_servers":["ORIGIN"]})"), 3,
         "other.example"});
    add({"a resource document that sends to a file", resource,
         document(R"({"resource":"ORIGIN/mcp","authorization_servers":["file:///etc/passwd"]})"), 3,
         "cannot be used"});
    add({"a resource document that is elsewhere", resource,
         sending("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n"), 3,
         "metadata"});
    add({"ten thousand authorization servers", resource,
         document(R"({"resource":"ORIGIN/mcp","authorization_servers":["ORIGIN")"
                  + QByteArray(",\"ORIGIN/x\"").repeated(10'000) + "]}"),
         3, "cannot be used"});
    add({"a server document of another issuer", server,
         document("{"
                  + QByteArray(good).replace("\"issuer\":\"ORIGIN\"", "\"issuer\":\"https://evil.example\"")
                  + "}"),
         3, "evil.example"});
    add({"a token endpoint in a file", server,
         document("{" + QByteArray(good).replace("ORIGIN/token", "file:///etc/passwd") + "}"), 3,
         "token_endpoint"});
    add({"a token endpoint in the cloud's own place", server,
         document("{" + QByteArray(good).replace("ORIGIN/token", "http://169.254.169.254/token") + "}"), 3,
         "token_endpoint"});
    add({"a sign-in page in a script", server,
         document("{" + QByteArray(good).replace("ORIGIN/authorize", "javascript:alert(1)") + "}"), 3,
         "authorization_endpoint"});
    add({"a sign-in page that says what only we say", server,
         document("{" + QByteArray(good).replace("ORIGIN/authorize", "ORIGIN/authorize?redirect_uri=x")
                  + "}"),
         3, "redirect_uri"});
}

void TestHostileServer::addSignIn()
{
    add({"a client's name of a mebibyte", "/register",
         sending(answerOf(R"({"client_id":")" + QByteArray(200'000, 'c') + "\"}", "application/json",
                          "201 Created")),
         3, "client_id"});
    add({"a client's name that splits a line", "/register",
         sending(answerOf(R"({"client_id":"a\r\nb"})", "application/json", "201 Created")), 3, "client_id"});
    add({"redirects in a circle", "/authorize",
         sending("HTTP/1.1 302 Found\r\nLocation: /authorize\r\nContent-Length: 0\r\n\r\n"), 3, "redirects"});
    add({"a redirect into a file", "/authorize",
         sending("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n"), 3,
         "redirect"});
    add({"a redirect into the cloud's own place", "/authorize",
         sending("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n"), 3,
         "redirect"});
    add({"a page without an end", "/authorize",
         endless(ok + "Content-Type: text/html\r\n\r\n", QByteArray(65536, 'x')), 4, "large"});
    add({"a token that splits a line", "/token",
         sending(answerOf(R"({"access_token":"a\r\nX: y","token_type":"Bearer"})")), 3, "access_token"});
    add({"a token of a mebibyte", "/token",
         sending(answerOf(R"({"access_token":")" + QByteArray(200'000, 't') + R"(","token_type":"Bearer"})")),
         3, "access_token"});
    add({"a token that lives for ever and a day", "/token",
         sending(answerOf(R"({"access_token":"token-1","token_type":"Bearer","expires_in":1e308})")), 0,
         "Sign in"});
    add({"a token for somebody else's key", "/token",
         sending(answerOf(R"({"access_token":"token-1","token_type":"DPoP"})")), 3, "token_type"});
    add({"a refusal that a terminal would obey", "/token",
         sending(answerOf(R"({"error":"\u001b[2J","error_description":"\u001b]0;x\u0007"})",
                          "application/json", "400 Bad Request")),
         3, "refuses"});
    add({"a refusal in drops", "/token",
         dripping("HTTP/1.1 400 Bad Request\r\nA: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
                  "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\r\n"),
         3, "Exchange the code"});
}

void TestHostileServer::endsInTimeAndSaysWhy_data()
{
    QTest::addColumn<QByteArray>("stage");
    QTest::addColumn<HostileServer::Act>("act");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("word");
    addTransport();
    addMessages();
    addStreams();
    addChallenges();
    addDocuments();
    addSignIn();
}

void TestHostileServer::endsInTimeAndSaysWhy()
{
    QFETCH(const QByteArray, stage);
    QFETCH(const HostileServer::Act, act);
    QFETCH(const int, code);
    QFETCH(const QByteArray, word);
    HostileServer server(stage, act);
    Program call(callOf(server.mcp(), word.contains("time") || word == "tools/call: "), environment());
    const int came = call.wait(); // Patient for 20 s.
    const QByteArray errors = call.errors();
    QVERIFY2(came == code,
             ("ended with " + QByteArray::number(came) + '\n' + errors.right(2000)).constData());
    QVERIFY(server.hostileAnswers() > 0);
    QVERIFY2(errors.contains(word), errors.right(2000).constData());
    QVERIFY2(errors.size() < 64 * 1024, "It says too much");
    for (const char c : errors)
        QVERIFY2(c == '\n' || (c >= ' ' && c != 0x7f) || (c & 0x80) != 0, errors.right(2000).constData());
}

/// Of all of them together: the worst.
void TestHostileServer::stayedWithinItsMemory()
{
    const long worst = childrenKiB();
    qInfo("%ld MiB at worst, %ld MiB in a usual run", worst / 1024, m_usualKiB / 1024);
    QVERIFY2(worst - m_usualKiB < 300 * 1024, QByteArray::number(qint64(worst)).constData());
}

GATEHOUSE_TEST(TestHostileServer)
#include "tst_hostileserver.moc"
