// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/mainwindow.h"
#include "inspect/configuration.h"
#include "support/peer.h"
#include "support/unit.h"

#include <QApplication>
#include <QStandardPaths>
#include <QTest>

#include <Gatehouse/Inspector>

using namespace Gatehouse;
using namespace Qt::StringLiterals;
using gatehouse::app::MainWindow;

/// The window over a server of a program's own.
class TestInspect : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void showsWhatPassesAServerOfOnesOwn();
    void saysWhatCannotBeOffered();
    void countsWhatIsKeptTheEnvironmentAndTheProgramInThatOrder();

private:
    static MainWindow *window()
    {
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            if (auto *found = qobject_cast<MainWindow *>(widget))
                return found;
        }
        return nullptr;
    }
    static Server::Options open()
    {
        return {.name = u"clock"_s, .version = u"1"_s, .title = u"Clock"_s, .oauth = {.isOff = true}};
    }
};

void TestInspect::showsWhatPassesAServerOfOnesOwn()
{
    Server server(open());
    QThread *served = nullptr;
    server.tool({.name = u"get-profile"_s},
                [&served](const Call &) { // As one of the program's own is called.
                    served = QThread::currentThread();
                    return "mine";
                });
    int observed = 0;
    server.observe([&observed](const Exchange &one) { observed += one.target == "get-profile"_L1 ? 1 : 0; });
    QString text;
    const auto use = [&] {
        MainWindow *shown = window();
        const auto end = qScopeGuard([shown] { shown->closeUnasked(); });
        QTRY_COMPARE(shown->host()->state(), gatehouse::host::Host::State::Listening);
        gatehouse::Peer peer;
        const QString address = shown->host()->running().resource;
        QCOMPARE(peer.call(address, {}), 200);
        QTRY_COMPARE(shown->traffic()->rowCount(), 1);
        QCOMPARE(shown->traffic()->entryAt(0)->exchange.target, u"get-profile"_s);
        server.tool({.name = u"later"_s}, [](const Call &) { return "too"; }); // While it runs.
        const auto listed = [&] {
            return peer
                .ask("POST", address,
                     {{"Content-Type", "application/json"},
                      {"Accept", "application/json"},
                      {"MCP-Protocol-Version", "2026-07-28"},
                      {"Mcp-Method", "tools/list"}},
                     R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{)"
                     R"("io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
                     R"("io.modelcontextprotocol/clientCapabilities":{}}}})")
                .body;
        };
        QTRY_VERIFY(listed().contains("\"later\""));
        QVERIFY(listed().contains("\"title\":\"Clock\""));
        text = u"done"_s;
    };
    QTimer::singleShot(0, this, use);
    QCOMPARE(inspect(server, 0), 0);
    QCOMPARE(text, u"done"_s);
    QVERIFY(served && served != QThread::currentThread());
    QCOMPARE(observed, 1);
}

void TestInspect::saysWhatCannotBeOffered()
{
    Server server(open());
    const auto handler = [](const Call &) { return "x"; };
    server.tool({.name = u"a"_s}, handler).tool({.name = u"a"_s}, handler);
    QCOMPARE(inspect(server, 0), 1);
}

void TestInspect::countsWhatIsKeptTheEnvironmentAndTheProgramInThatOrder()
{
    gatehouse::host::Settings kept;
    kept.maxTasks = 7;
    kept.subdomain = u"kept"_s;
    kept.port = 4000;
    const QHash<QString, QString> environment{{u"MCP_USE_OAUTH_WORKOS_SUBDOMAIN"_s, u"environment"_s},
                                              {u"MCP_URL"_s, u"https://mcp.example.com"_s}};
    Server::Options options{.name = u"a"_s};
    auto made = gatehouse::inspect::configurationOf(options, 3000, kept, environment);
    QCOMPARE(made.settings.maxTasks, 7);
    QCOMPARE(made.settings.subdomain, u"environment"_s);
    QCOMPARE(made.settings.resource, u"https://mcp.example.com/mcp"_s);
    QCOMPARE(made.settings.port, 3000);
    QCOMPARE(made.overrides.value(u"port"_s), u"the program"_s);
    QVERIFY(made.kept == kept); // What the program says stays out of the file.
    options.oauth.subdomain = u"program"_s;
    options.oauth.verifyJwt = false;
    made = gatehouse::inspect::configurationOf(options, 3000, kept, environment);
    QCOMPARE(made.settings.subdomain, u"program"_s);
    QVERIFY(!made.settings.verifyJwt);
    QCOMPARE(made.overrides.value(u"subdomain"_s), u"the program"_s);
    QCOMPARE(made.overrides.value(u"resource"_s), u"MCP_URL"_s);
}

GATEHOUSE_TEST(TestInspect)
#include "tst_inspect.moc"
