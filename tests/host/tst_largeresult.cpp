// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "host/engine.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QFile>
#include <QTcpSocket>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

/// What a tool's result of 10 MiB costs on its way out, and whether all of it arrives.
class TestLargeResult : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsTenMebibytesWithoutTriplingThem();
    void streamsEightMebibytesBehindProgress_data();
    void streamsEightMebibytesBehindProgress();
};

namespace {

constexpr qsizetype largeBytes = 10 * 1024 * 1024;

/// Of the status of this process, in KiB; 0 where there is none.
qint64 kibOf(const QByteArray &name)
{
    QFile file(u"/proc/self/status"_s);
    const QByteArray text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    const qsizetype at = text.indexOf(name + ':');
    return at < 0 ? 0 : text.mid(at + name.size() + 1, 20).trimmed().split(' ').first().toLongLong();
}

/// From here on, the most memory that was used counts anew.
void forgetPeak()
{
    QFile file(u"/proc/self/clear_refs"_s);
    if (file.open(QIODevice::WriteOnly))
        file.write("5");
}

} // namespace

void TestLargeResult::sendsTenMebibytesWithoutTriplingThem()
{
    const auto text = std::make_shared<QString>(u"x"_s); // The tool's own, and not counted.
    host::Engine engine;
    engine.setOffer({.add = [text](mcp::Features &features) {
        mcp::Tool tool;
        tool.name = u"large"_s;
        tool.inputSchema = {{u"type"_s, u"object"_s}};
        tool.handler = [text](const mcp::ToolCall &, const mcp::ToolAnswer &answer) {
            answer(mcp::ToolResult::text(*text));
        };
        QVERIFY(features.addTool(tool));
    }});
    host::Settings settings;
    settings.port = 0;
    settings.authorization = false;
    const auto running = engine.start(settings);
    QVERIFY(running);

    const QByteArray body
        = R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"large","_meta":{)"
          R"("io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
          R"("io.modelcontextprotocol/clientCapabilities":{}}}})";
    const QByteArray request
        = "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
          "Accept: application/json\r\nMCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\n"
          "Mcp-Name: large\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    // A small one first: what the program loads for any call is no matter of size.
    for (const auto &[name, bytes] :
         {std::pair{"a small one", qsizetype(1024)}, std::pair{"the first large one", largeBytes},
          std::pair{"the second", largeBytes}}) {
        *text = QString(bytes, u'x');
        const qint64 before = kibOf("VmRSS");
        forgetPeak();
        QTcpSocket socket;
        socket.setReadBufferSize(64 * 1024);
        socket.connectToHost(QHostAddress::LocalHost, running->port);
        socket.write(request);
        qsizetype length = 0;
        qsizetype letters = 0;
        const auto read = [&] {
            const QByteArray piece = socket.read(32 * 1024);
            length += piece.size();
            letters += piece.count('x');
            return letters >= bytes;
        };
        while (!read())
            QVERIFY(socket.bytesAvailable() > 0
                    || gatehouse::waitFor([&] { return socket.bytesAvailable() > 0; }, 20'000));
        QVERIFY(length < bytes + 1024);
        const qint64 more = kibOf("VmHWM") - before;
        qInfo("%s: at most %lld MiB more than before", name, more / 1024);
#ifndef __SANITIZE_ADDRESS__ // Which keeps for a while what was freed.
        QVERIFY(before == 0 || more * 1024 < 3 * largeBytes);
#endif
    }
}

void TestLargeResult::streamsEightMebibytesBehindProgress_data()
{
    QTest::addColumn<bool>("isModern");
    QTest::addColumn<qsizetype>("pieceBytes"); ///< 0: as fast as it comes.
    for (const bool isModern : {true, false}) {
        const char *era = isModern ? "2026-07-28" : "2025-11-25";
        QTest::addRow("%s, a fast reader", era) << isModern << qsizetype(0);
        QTest::addRow("%s, a slow reader", era) << isModern << qsizetype(16 * 1024);
    }
}

void TestLargeResult::streamsEightMebibytesBehindProgress()
{
    QFETCH(bool, isModern);
    QFETCH(qsizetype, pieceBytes);
    constexpr qsizetype bytes = 8 * 1024 * 1024;
    host::Engine engine;
    engine.setOffer({.add = [](mcp::Features &features) {
        mcp::Tool tool;
        tool.name = u"large"_s;
        tool.inputSchema = {{u"type"_s, u"object"_s}};
        tool.handler = [](const mcp::ToolCall &call, const mcp::ToolAnswer &answer) {
            call.context.progress(1, 3);
            call.context.progress(2, 3, QString(bytes / 4, u'p')); // As a log line may be large, too.
            answer(mcp::ToolResult::text(QString(bytes, u'#')));
        };
        QVERIFY(features.addTool(tool));
    }});
    host::Settings settings;
    settings.port = 0;
    settings.authorization = false;
    const auto running = engine.start(settings);
    QVERIFY(running);
    const auto requestOf = [](const QByteArray &body, const QByteArray &more) {
        return "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
               "Accept: application/json, text/event-stream\r\n"
            + more + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    };
    QByteArray more = "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: large\r\n";
    QByteArray meta = R"("io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
                      R"("io.modelcontextprotocol/clientCapabilities":{},)";
    if (!isModern) {
        QTcpSocket first;
        first.connectToHost(QHostAddress::LocalHost, running->port);
        first.write(requestOf(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":)"
                              R"("2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}})",
                              {}));
        QByteArray in;
        QVERIFY(gatehouse::waitFor([&] { return (in += first.readAll()).contains("serverInfo"); }, 5'000));
        const qsizetype at = in.indexOf("Mcp-Session-Id: ");
        more = in.mid(at, in.indexOf('\n', at) - at + 1);
        meta.clear();
    }
    QTcpSocket socket;
    socket.setReadBufferSize(pieceBytes);
    socket.connectToHost(QHostAddress::LocalHost, running->port);
    socket.write(
        requestOf(R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"large","_meta":{)" + meta
                      + R"("progressToken":1}}})",
                  more));
    qsizetype letters = 0;
    QByteArray tail;
    const bool isWhole = gatehouse::waitFor(
        [&] {
            const QByteArray piece = pieceBytes > 0 ? socket.read(pieceBytes) : socket.readAll();
            letters += piece.count('#');
            tail = (tail + piece).right(200);
            return tail.endsWith("\r\n0\r\n\r\n");
        },
        pieceBytes > 0 ? 120'000 : 20'000);
    QVERIFY2(isWhole, tail.constData());
    QCOMPARE(letters, bytes);
}

GATEHOUSE_TEST(TestLargeResult)
#include "tst_largeresult.moc"
