// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "client/wire.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::client;
using namespace Qt::StringLiterals;

/// What stands in a request of each era.
class TestWire : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsAgreedOn_data();
    void saysWhatIsAgreedOn();
    void marksACallForItsProgress();
    void givesNotificationsNoId();
    void forgetsWhatWasAgreedOn();
    void putsTheUsersFieldsLast();

private:
    static Wire wire(std::optional<protocol::Era> era, const QString &revision)
    {
        Wire out;
        out.server = QUrl(u"http://127.0.0.1:1/mcp"_s);
        out.token = "t";
        out.era = era;
        out.revision = revision;
        return out;
    }
    static QJsonObject messageOf(const base::FetchRequest &request)
    {
        return base::readJsonObject(request.body).value();
    }
    static QByteArray field(const base::FetchRequest &request, QByteArrayView name)
    {
        return base::valuesOf(request.headers, name).join('|');
    }
};

void TestWire::saysWhatIsAgreedOn_data()
{
    QTest::addColumn<int>("era"); // -1: none yet.
    QTest::addColumn<QString>("revision");
    QTest::addColumn<QStringList>("metas");
    QTest::addColumn<QByteArray>("version");
    QTest::newRow("nothing yet") << -1 << QString() << QStringList() << QByteArray();
    QTest::newRow("2025-11-25") << int(protocol::Era::Legacy) << u"2025-11-25"_s << QStringList()
                                << "2025-11-25"_ba;
    QTest::newRow("2026-07-28") << int(protocol::Era::Modern) << u"2026-07-28"_s
                                << QStringList{u"io.modelcontextprotocol/clientCapabilities"_s,
                                               u"io.modelcontextprotocol/clientInfo"_s,
                                               u"io.modelcontextprotocol/protocolVersion"_s}
                                << "2026-07-28"_ba;
}

void TestWire::saysWhatIsAgreedOn()
{
    QFETCH(const int, era);
    QFETCH(const QString, revision);
    QFETCH(const QStringList, metas);
    QFETCH(const QByteArray, version);
    const Wire there = wire(era < 0 ? std::nullopt : std::optional(protocol::Era(era)), revision);
    const base::FetchRequest request = there.postOf(7, Call{u"tools/list"_s});
    QCOMPARE(request.method, "POST"_ba);
    QCOMPARE(field(request, "Authorization"), "Bearer t"_ba);
    QCOMPARE(field(request, "MCP-Protocol-Version"), version);
    QCOMPARE(field(request, "Mcp-Method"), metas.isEmpty() ? QByteArray() : "tools/list"_ba);
    const QJsonObject message = messageOf(request);
    QCOMPARE(message.value("jsonrpc"_L1), "2.0"_L1);
    QCOMPARE(message.value("id"_L1), 7);
    QCOMPARE(message.value("method"_L1), "tools/list"_L1);
    QCOMPARE(message["params"_L1]["_meta"_L1].toObject().keys(), metas);
}

void TestWire::marksACallForItsProgress()
{
    const Wire there = wire(protocol::Era::Legacy, u"2025-11-25"_s);
    const QJsonObject message = messageOf(there.postOf(7, Call{u"tools/call"_s, {{u"name"_s, u"x"_s}}}));
    QCOMPARE(message["params"_L1]["_meta"_L1].toObject(), (QJsonObject{{u"progressToken"_s, 7}}));
    QCOMPARE(message["params"_L1]["name"_L1], "x"_L1);
}

void TestWire::givesNotificationsNoId()
{
    const Wire there = wire(protocol::Era::Legacy, u"2025-11-25"_s);
    const QJsonObject message
        = messageOf(there.postOf(QJsonValue::Undefined, Call{u"notifications/initialized"_s}));
    QCOMPARE(message.keys(), (QStringList{u"jsonrpc"_s, u"method"_s}));
}

void TestWire::forgetsWhatWasAgreedOn()
{
    Wire there = wire(protocol::Era::Legacy, u"2025-11-25"_s);
    there.session = "s";
    QCOMPARE(field(there.requestFor("GET"), "Mcp-Session-Id"), "s"_ba);
    there.forget();
    const base::FetchRequest request = there.requestFor("GET");
    QVERIFY(field(request, "Mcp-Session-Id").isEmpty() && field(request, "MCP-Protocol-Version").isEmpty());
    QCOMPARE(field(request, "Authorization"), "Bearer t"_ba); // That is no matter of the session.
}

void TestWire::putsTheUsersFieldsLast()
{
    Wire there = wire(protocol::Era::Legacy, u"2025-11-25"_s);
    there.extra = {{"X-Mine"_ba, "1"_ba}};
    QCOMPARE(there.requestFor("GET").headers.last().first, "X-Mine"_ba);
}

GATEHOUSE_TEST(TestWire)
#include "tst_wire.moc"
