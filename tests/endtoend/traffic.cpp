// SPDX-License-Identifier: GPL-3.0-or-later
// traffic NAME PORT SECONDS GOOD-TOKEN WRONG-TOKEN: mixed good, bad and hostile traffic against a running
// server. Every request that it may recognize again names its client "NAME n" with an n of its own. Prints
// one JSON object: "rows", how many rows the server must have recorded for each n (negative: up to so many),
// "hostile", how many requests were refused before they were one, and "wrong", what was answered otherwise
// than it should have been.
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTcpSocket>

#include <array>
#include <cstdio>
#include <functional>
#include <memory>

using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 20'000;

struct Answer
{
    int status = 0; ///< 0: none came.
    QByteArray head = {}; ///< In lower case.
    QByteArray session = {};
    QByteArray body = {}; ///< Of an event stream, what has come of it.
};

class Traffic
{
public:
    explicit Traffic(const QStringList &arguments)
        : m_name(arguments.at(1).toUtf8())
        , m_port(arguments.at(2).toUShort())
        , m_seconds(arguments.at(3).toInt())
        , m_good(arguments.at(4).toUtf8())
        , m_wrong(arguments.at(5).toUtf8())
        , m_random(quint32(qHash(m_name)))
    { }

    QJsonObject run()
    {
        const std::array<std::function<void()>, 16> ways = {
            [this] { callModern(); },     [this] { callModern(); },       [this] { callModern(); },
            [this] { callModern(); },     [this] { useSession(); },       [this] { callUnknownTool(); },
            [this] { bringNoToken(); },   [this] { bringWrongToken(); },  [this] { discover(); },
            [this] { beHostile(); },      [this] { leaveInTheMiddle(); }, [this] { leaveBeforeTheAnswer(); },
            [this] { sendTwoAtOnce(); },  [this] { listenForAWhile(); },  [this] { sendMuch(); },
            [this] { sendByteByByte(); },
        };
        QElapsedTimer clock;
        clock.start();
        while (clock.elapsed() < m_seconds * 1000 && m_problems.size() < 20)
            ways.at(size_t(m_random.bounded(int(ways.size()))))();
        return {{u"rows"_s, m_rows},
                {u"hostile"_s, m_hostile},
                {u"wrong"_s, QJsonArray::fromStringList(m_problems)}};
    }

private:
    /// A number of its own for requests that make so many rows.
    QByteArray next(int rows)
    {
        m_rows.append(rows);
        return QByteArray::number(m_rows.size() - 1);
    }

    void expect(bool is, const char *what, const Answer &answer)
    {
        if (!is)
            m_problems.append(QString::fromUtf8(what + QByteArray(": ") + QByteArray::number(answer.status)
                                                + ' ' + answer.head.left(200) + answer.body.left(300)));
    }

    QTcpSocket &connection()
    {
        // Now and then a new one, so that there are always some of each age.
        if (!m_socket || m_socket->state() != QAbstractSocket::ConnectedState || m_random.bounded(50) == 0)
            m_socket = newConnection();
        return *m_socket;
    }

    [[nodiscard]] std::unique_ptr<QTcpSocket> newConnection() const
    {
        auto socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(QHostAddress::LocalHost, m_port);
        (void)socket->waitForConnected(patienceMs);
        return socket;
    }

    static void say(QTcpSocket &socket, const QByteArray &bytes)
    {
        socket.write(bytes);
        while (socket.bytesToWrite() > 0 && socket.waitForBytesWritten(patienceMs)) { }
    }

    /// One answer; what came behind it stays in `in`.
    static Answer hear(QTcpSocket &socket, QByteArray &in)
    {
        const auto more = [&] {
            if (!socket.bytesAvailable() && !socket.waitForReadyRead(patienceMs))
                return false;
            in += socket.readAll();
            return true;
        };
        Answer answer;
        qsizetype end = -1;
        while ((end = in.indexOf("\r\n\r\n")) < 0) {
            if (!more())
                return answer;
        }
        answer.head = in.first(end + 2).toLower();
        const qsizetype session = answer.head.indexOf("mcp-session-id: ");
        if (session > 0)
            answer.session = in.mid(session, in.indexOf('\n', session) + 1 - session);
        in.remove(0, end + 4);
        const qsizetype at = answer.head.indexOf("content-length: ");
        const bool isStream = answer.head.contains("text/event-stream");
        const qsizetype length
            = at < 0 ? 0 : answer.head.mid(at + 16, answer.head.indexOf('\r', at) - at - 16).toLongLong();
        while (isStream ? !in.contains("\n\n") : in.size() < length) {
            if (!more())
                return answer;
        }
        answer.body = isStream ? in : in.first(length);
        in.remove(0, answer.body.size());
        answer.status = answer.head.mid(9, 3).toInt();
        return answer;
    }

    Answer ask(const QByteArray &request)
    {
        QByteArray in;
        QTcpSocket &socket = connection();
        say(socket, request);
        const Answer answer = hear(socket, in);
        if (!in.isEmpty())
            m_problems.append(u"More came than one answer."_s);
        return answer;
    }

    [[nodiscard]] QByteArray request(const QByteArray &method, const QByteArray &path, const QByteArray &n,
                                     const QByteArray &fields, const QByteArray &body = {}) const
    {
        return method + ' ' + path + " HTTP/1.1\r\nHost: localhost:" + QByteArray::number(m_port)
            + "\r\nUser-Agent: " + m_name + '/' + n + " (soak)\r\n" + fields
            + (body.isEmpty() ? QByteArray()
                              : "Content-Type: application/json\r\nContent-Length: "
                       + QByteArray::number(body.size()) + "\r\n")
            + "\r\n" + body;
    }

    [[nodiscard]] QByteArray modern(const QByteArray &n, const QByteArray &method, const QByteArray &params,
                                    const QByteArray &token, const QByteArray &toolName) const
    {
        const QByteArray body = R"({"jsonrpc":"2.0","id":)" + n + R"(,"method":")" + method
            + R"(","params":{)" + params + (params.isEmpty() ? "" : ",")
            + R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
              R"("io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":")"
            + m_name + R"(","version":")" + n + R"("}}}})";
        return request("POST", "/mcp", n,
                       "Accept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2026-07-28\r\n"
                       "Mcp-Method: "
                           + method + "\r\n" + (toolName.isEmpty() ? "" : "Mcp-Name: " + toolName + "\r\n")
                           + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n"),
                       body);
    }

    [[nodiscard]] QByteArray call(const QByteArray &n, const QByteArray &token,
                                  const QByteArray &tool = "get-profile"_ba) const
    {
        return modern(n, "tools/call", R"("name":")" + tool + R"(","arguments":{})", token, tool);
    }

    void callModern()
    {
        const QByteArray n = next(1);
        const Answer answer = ask(call(n, m_good));
        expect(answer.status == 200 && answer.body.contains("ada@example.com")
                   && answer.body.contains("\"id\":" + n + ','),
               "a call", answer);
    }

    void callUnknownTool()
    {
        const Answer answer = ask(call(next(1), m_good, "no-such-tool"));
        expect(answer.body.contains("-32602"), "an unknown tool", answer);
    }

    void bringNoToken()
    {
        const Answer answer = ask(call(next(1), {}));
        expect(answer.status == 401 && answer.head.contains("www-authenticate: bearer"), "no token", answer);
    }

    void bringWrongToken()
    {
        const QByteArray token = m_random.bounded(2) ? m_wrong : m_good.chopped(10) + "AAAAAAAAAA";
        const Answer answer = ask(call(next(1), token));
        expect(answer.status == 401 && answer.head.contains("invalid_token"), "a wrong token", answer);
    }

    void discover()
    {
        const Answer answer = ask(request("GET", "/.well-known/oauth-protected-resource/mcp", next(1), {}));
        expect(answer.status == 200 && answer.body.contains("authorization_servers"), "discovery", answer);
        const Answer nowhere = ask(request("GET", "/favicon.ico", next(1), {}));
        expect(nowhere.status == 404, "nothing", nowhere);
    }

    void useSession()
    {
        const QByteArray n = next(4);
        const QByteArray fields = "Authorization: Bearer " + m_good
            + "\r\nAccept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2025-11-25\r\n";
        const Answer hello = ask(request(
            "POST", "/mcp", n, fields,
            R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",)"
            R"("capabilities":{},"clientInfo":{"name":")"
                + m_name + R"(","version":")" + n + R"("}}})"));
        expect(hello.status == 200 && !hello.session.isEmpty(), "initialize", hello);
        const QByteArray within = fields + hello.session;
        const Answer told = ask(
            request("POST", "/mcp", n, within, R"({"jsonrpc":"2.0","method":"notifications/initialized"})"));
        expect(told.status == 202, "initialized", told);
        const Answer called = ask(
            request("POST", "/mcp", n, within,
                    R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"get-profile"}})"));
        expect(called.body.contains("ada@example.com"), "a call in a session", called);
        const Answer bye = ask(request("DELETE", "/mcp", n, within));
        expect(bye.status == 200, "the end of a session", bye);
    }

    void beHostile()
    {
        const std::array<QByteArray, 8> shapes = {
            "GET /mcp HTTP/9.9\r\nHost: localhost\r\n\r\n"_ba,
            "rubbish\r\n\r\n"_ba,
            "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"_ba,
            "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: +5\r\n\r\nhello"_ba,
            // Of a stranger's body nothing is read.
            "POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + m_good
                + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n"_ba,
            "GET / HTTP/1.1\r\n\r\n"_ba,
            "GET /" + QByteArray(20'000, 'x') + " HTTP/1.1\r\n",
        };
        const auto socket = newConnection();
        QByteArray in;
        say(*socket, shapes.at(size_t(m_random.bounded(int(shapes.size())))));
        const Answer answer = hear(*socket, in);
        expect(answer.status >= 400 && answer.head.contains("connection: close"), "what is no request",
               answer);
        ++m_hostile;
    }

    void leaveInTheMiddle()
    {
        const auto socket = newConnection();
        const QByteArray whole = call("-1", m_good); // Its row, where it comes to one, is not counted.
        say(*socket, whole.first(m_random.bounded(1, int(whole.size()))));
        socket->abort();
    }

    void leaveBeforeTheAnswer()
    {
        const auto socket = newConnection();
        say(*socket, call(next(-1), m_good));
        socket->abort();
    }

    void sendTwoAtOnce()
    {
        const QByteArray first = next(1);
        const QByteArray second = next(1);
        QTcpSocket &socket = connection();
        QByteArray in;
        say(socket, call(first, m_good) + call(second, m_good));
        for (const QByteArray &n : {first, second}) {
            const Answer answer = hear(socket, in);
            expect(answer.status == 200 && answer.body.contains("\"id\":" + n + ','), "one of two", answer);
        }
    }

    void listenForAWhile()
    {
        const auto socket = newConnection();
        QByteArray in;
        say(*socket,
            modern(next(1), "subscriptions/listen", R"("notifications":{"toolsListChanged":true})", m_good,
                   {}));
        const Answer answer = hear(*socket, in);
        expect(answer.status == 200 && answer.body.contains("acknowledged"), "a stream", answer);
        socket->abort();
    }

    void sendMuch()
    {
        const QByteArray n = next(1);
        const QByteArray padding = R"("name":"get-profile","arguments":{"x":")"
            + QByteArray(m_random.bounded(1, 200'000), 'y') + R"("})";
        const Answer answer = ask(modern(n, "tools/call", padding, m_good, "get-profile"));
        expect(answer.status == 200 && answer.body.contains("\"isError\":true"), "much", answer);
    }

    void sendByteByByte()
    {
        const QByteArray n = next(1);
        const auto socket = newConnection();
        const QByteArray whole = request("GET", "/mcp", n, {});
        for (const char c : whole) {
            socket->write(&c, 1);
            socket->flush();
        }
        QByteArray in;
        const Answer answer = hear(*socket, in);
        expect(answer.status == 405, "byte by byte", answer);
    }

    QByteArray m_name;
    quint16 m_port;
    int m_seconds;
    QByteArray m_good;
    QByteArray m_wrong;
    QRandomGenerator m_random;
    std::unique_ptr<QTcpSocket> m_socket;
    QJsonArray m_rows;
    int m_hostile = 0;
    QStringList m_problems;
};

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    if (QCoreApplication::arguments().size() != 6) {
        std::fputs("traffic NAME PORT SECONDS GOOD-TOKEN WRONG-TOKEN\n", stderr);
        return 1;
    }
    std::puts(QJsonDocument(Traffic(QCoreApplication::arguments()).run())
                  .toJson(QJsonDocument::Compact)
                  .constData());
    return 0;
}
