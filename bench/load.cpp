// SPDX-License-Identifier: GPL-3.0-or-later
// load URL COUNT CONNECTIONS RATE PADDING TOKEN…: sends exactly COUNT calls of get-profile, with the tokens
// in turn and so many bytes more than they need, at most RATE a second (0: as fast as answers come), and
// prints
// {"sent","answered","ok","refused","seconds"}.
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>

#include <cstdio>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

struct Load
{
    QList<QByteArray> requests;
    int count = 0;
    int rate = 0;
    int sent = 0;
    int answered = 0;
    int ok = 0;
    int refused = 0;
    QElapsedTimer clock;

    [[nodiscard]] bool mayGoOn() const
    {
        return sent < count && (rate == 0 || sent < clock.elapsed() * rate / 1000 + 1);
    }
};

/// One connection, one request at a time.
class Connection : public QObject
{
public:
    Connection(Load &load, const QUrl &url)
        : m_load(load)
    {
        connect(&m_socket, &QTcpSocket::connected, this, &Connection::next);
        connect(&m_socket, &QTcpSocket::readyRead, this, &Connection::read);
        m_socket.connectToHost(u"127.0.0.1"_s, quint16(url.port()));
        m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    }

    void next()
    {
        if (m_isWaiting || m_socket.state() != QAbstractSocket::ConnectedState || !m_load.mayGoOn())
            return;
        m_isWaiting = true;
        m_socket.write(m_load.requests.at(m_load.sent % m_load.requests.size()));
        ++m_load.sent;
    }

private:
    void read()
    {
        m_in += m_socket.readAll();
        const qsizetype end = m_in.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        const qsizetype at = m_in.indexOf("Content-Length: ");
        const qsizetype length
            = at < 0 || at > end ? 0 : m_in.mid(at + 16, m_in.indexOf('\r', at) - at - 16).toLongLong();
        if (m_in.size() < end + 4 + length)
            return;
        ++m_load.answered;
        ++(m_in.startsWith("HTTP/1.1 200") ? m_load.ok : m_load.refused);
        m_in.clear();
        m_isWaiting = false;
        if (m_load.answered == m_load.count)
            QCoreApplication::quit();
        else
            next();
    }

    Load &m_load;
    QTcpSocket m_socket;
    QByteArray m_in;
    bool m_isWaiting = false;
};

QByteArray requestWith(const QUrl &url, qsizetype padding, const QByteArray &token)
{
    const QByteArray body
        = R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get-profile","_meta":{)"
          R"("io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
          R"("io.modelcontextprotocol/clientCapabilities":{},"com.example/padding":")"
        + QByteArray(padding, 'x') + R"("}}})";
    return "POST " + url.path().toUtf8() + " HTTP/1.1\r\nHost: localhost:" + QByteArray::number(url.port())
        + "\r\nUser-Agent: load/1\r\nAuthorization: Bearer " + token
        + "\r\nContent-Type: application/json\r\nAccept: application/json\r\nMCP-Protocol-Version: "
          "2026-07-28\r\n"
          "Mcp-Method: tools/call\r\nMcp-Name: get-profile\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 7) {
        std::fputs("load URL COUNT CONNECTIONS RATE PADDING TOKEN…\n", stderr);
        return 1;
    }
    const QUrl url(arguments.at(1));
    Load load;
    load.count = arguments.at(2).toInt();
    load.rate = arguments.at(4).toInt();
    for (const QString &token : arguments.sliced(6))
        load.requests.append(requestWith(url, arguments.at(5).toInt(), token.toUtf8()));
    load.clock.start();
    std::vector<std::unique_ptr<Connection>> connections;
    for (int i = arguments.at(3).toInt(); i > 0; --i)
        connections.push_back(std::make_unique<Connection>(load, url));
    QTimer pace;
    QObject::connect(&pace, &QTimer::timeout, &pace, [&connections] {
        for (const auto &connection : connections)
            connection->next();
    });
    if (load.rate > 0)
        pace.start(1);
    QCoreApplication::exec();
    const double seconds = double(load.clock.nsecsElapsed()) / 1e9;
    const QJsonObject result{{u"sent"_s, load.sent},  {u"answered"_s, load.answered},
                             {u"ok"_s, load.ok},      {u"refused"_s, load.refused},
                             {u"seconds"_s, seconds}, {u"perSecond"_s, load.answered / seconds}};
    std::printf("%s\n", QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
    return 0;
}
