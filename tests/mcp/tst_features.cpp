// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/jsonwriter.h"
#include "mcp/features.h"
#include "mcp/present.h"
#include "support/unit.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

namespace {

mcp::Tool tool(const QString &name)
{
    mcp::Tool made;
    made.name = name;
    made.inputSchema = {{u"type"_s, u"object"_s}};
    made.handler = [](const mcp::ToolCall &, const mcp::ToolAnswer &) {};
    return made;
}

mcp::Resource resource(const QString &uri)
{
    mcp::Resource made;
    made.uri = uri;
    made.name = u"name"_s;
    made.handler = [](const mcp::ResourceRead &, const mcp::ReadAnswer &) {};
    return made;
}

} // namespace

class TestFeatures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!The tool).*"_s)); }

    void takesOnlyWhatCanBeServed()
    {
        mcp::Features features;
        QVERIFY(features.addTool(tool(u"a"_s)));
        QVERIFY2(!features.addTool(tool(u"a"_s)), "taken");
        QVERIFY(!features.addTool(tool(u"a b"_s)));
        QVERIFY(!features.addTool(tool({})));
        QVERIFY(!features.addTool(tool(QString(129, u'a'))));
        mcp::Tool mute = tool(u"mute"_s);
        mute.handler = {};
        QVERIFY(!features.addTool(mute));
        mcp::Tool marked = tool(u"marked"_s);
        marked.inputSchema
            = {{u"type"_s, u"object"_s},
               {u"properties"_s,
                QJsonObject{{u"a"_s, QJsonObject{{u"type"_s, u"number"_s}, {u"x-mcp-header"_s, u"A"_s}}}}}};
        QVERIFY(!features.addTool(marked));
        QVERIFY(features.addResource(resource(u"a://b"_s)));
        QVERIFY(!features.addResource(resource(u"a://b"_s)));
        QVERIFY(!features.addResource(resource({})));
        mcp::ResourceTemplate resources;
        resources.uriTemplate = u"a://{x}{y}"_s;
        resources.name = u"n"_s;
        resources.handler = [](const mcp::ResourceRead &, const mcp::ReadAnswer &) {};
        QVERIFY(!features.addTemplate(resources));
        resources.uriTemplate = u"a://{x}"_s;
        QVERIFY(features.addTemplate(resources));
        QVERIFY(!features.addTemplate(resources));
        mcp::Prompt prompt;
        QVERIFY(!features.addPrompt(prompt));
    }

    void findsAResourceBeforeATemplate()
    {
        mcp::Features features;
        mcp::ResourceTemplate resources;
        resources.uriTemplate = u"a://{x}"_s;
        resources.name = u"n"_s;
        resources.mimeType = u"text/of-template"_s;
        resources.needs.scopes = {u"many"_s};
        resources.handler = [](const mcp::ResourceRead &, const mcp::ReadAnswer &) {};
        QVERIFY(features.addTemplate(resources));
        mcp::Resource one = resource(u"a://b"_s);
        one.needs.scopes = {u"one"_s};
        QVERIFY(features.addResource(one));
        QCOMPARE(features.findResource(u"a://b"_s).needs.scopes, QStringList{u"one"_s});
        QCOMPARE(features.findResource(u"a://c"_s).needs.scopes, QStringList{u"many"_s});
        QCOMPARE(features.findResource(u"a://c"_s).variables.value(u"x"_s), u"c"_s);
        QVERIFY(!features.findResource(u"b://c"_s).handler);
        QVERIFY(features.removeResource(u"a://b"_s));
        QCOMPARE(features.findResource(u"a://b"_s).needs.scopes, QStringList{u"many"_s});
        QVERIFY(features.removeTemplate(u"a://{x}"_s));
        QVERIFY(!features.findResource(u"a://b"_s).handler);
        QVERIFY2(features.offersResources(), "what a server said it has, it goes on having");
    }

    void tellsOnceOfManyChanges()
    {
        mcp::Features features;
        QSignalSpy tools(&features, &mcp::Features::toolsChanged);
        QSignalSpy resources(&features, &mcp::Features::resourcesChanged);
        for (int i = 0; i < 100; ++i)
            QVERIFY(features.addTool(tool(u"t%1"_s.arg(i))));
        QVERIFY(features.removeTool(u"t7"_s));
        QVERIFY(!features.removeTool(u"t7"_s));
        QCoreApplication::processEvents();
        QCOMPARE(tools.count(), 1);
        QCOMPARE(resources.count(), 0);
        QVERIFY(features.addTool(tool(u"another"_s)));
        QCoreApplication::processEvents();
        QCOMPARE(tools.count(), 2);
    }

    void keepsItsPlaceWhileToolsComeAndGo()
    {
        mcp::Features features;
        for (int i = 1; i <= 10; ++i)
            QVERIFY(features.addTool(tool(u"t%1"_s.arg(i))));
        const auto all = [](const auto &) { return true; };
        const auto first = features.tools().page(0, 4, all);
        QCOMPARE(first.things.last()->name, u"t4"_s);
        QVERIFY(first.last);
        QVERIFY(features.removeTool(u"t4"_s)); // The one that the cursor names …
        QVERIFY(features.removeTool(u"t2"_s));
        QVERIFY(features.addTool(tool(u"t2"_s))); // … and one that comes again, at the end.
        const auto second = features.tools().page(*first.last, 4, all);
        QCOMPARE(second.things.first()->name, u"t5"_s);
        const auto third = features.tools().page(*second.last, 4, all);
        QCOMPARE(third.things.last()->name, u"t2"_s);
        QVERIFY(!third.last);
    }

    void followsTheAdministratorsRulesBeforeTheToolsOwn()
    {
        mcp::Features features;
        mcp::Tool guarded = tool(u"guarded"_s);
        guarded.needs.scopes = {u"own"_s};
        QVERIFY(features.addTool(guarded));
        QCOMPARE(features.needsOfTool(u"guarded"_s).scopes, QStringList{u"own"_s});
        features.setRules({{u"guarded"_s, {{u"rule"_s}, {}, {}}}, {u"none"_s, {{u"x"_s}, {}, {}}}});
        QCOMPARE(features.needsOfTool(u"guarded"_s).scopes, QStringList{u"rule"_s});
        QVERIFY2(features.needsOfTool(u"none"_s) == base::AccessRequirements(), "a rule makes no tool");
        features.setRules({});
        QCOMPARE(features.needsOfTool(u"guarded"_s).scopes, QStringList{u"own"_s});
    }

    void showsNoMemberThatCameLater_data()
    {
        QTest::addColumn<QString>("revision");
        QTest::addColumn<QStringList>("members"); // Of those that came later than 2025-03-26.
        QTest::newRow("2025-03-26") << u"2025-03-26"_s << QStringList{};
        QTest::newRow("2025-06-18") << u"2025-06-18"_s << QStringList{u"outputSchema"_s, u"title"_s};
        QTest::newRow("2025-11-25") << u"2025-11-25"_s
                                    << QStringList{u"icons"_s, u"outputSchema"_s, u"title"_s};
        QTest::newRow("2026-07-28") << u"2026-07-28"_s
                                    << QStringList{u"icons"_s, u"outputSchema"_s, u"title"_s};
    }
    void showsNoMemberThatCameLater()
    {
        QFETCH(QString, revision);
        QFETCH(QStringList, members);
        mcp::Tool full = tool(u"full"_s);
        full.title = u"Full"_s;
        full.outputSchema = QJsonObject{{u"type"_s, u"object"_s}};
        full.icons = {QJsonObject{{u"src"_s, u"https://a.example/i.png"_s}}};
        QJsonObject shown = mcp::present(full, revision);
        shown.remove(u"name"_s);
        shown.remove(u"inputSchema"_s);
        QCOMPARE(shown.keys(), members);

        mcp::ToolResult result;
        result.content.append(mcp::content::link(u"a://b"_s, u"b"_s));
        result.structuredContent = QJsonArray({1});
        base::JsonWriter written;
        written.beginObject();
        mcp::write(written, result, revision);
        written.endObject();
        const QJsonObject given = QJsonDocument::fromJson(written.take()).object();
        QCOMPARE(given[u"content"_s][0][u"type"_s].toString(),
                 revision == u"2025-03-26"_s ? u"text"_s : u"resource_link"_s);
        QVERIFY2(given.contains(u"structuredContent"_s) == (revision == u"2026-07-28"_s),
                 "before 2026-07-28 only objects are structured content");
    }
};

GATEHOUSE_TEST(TestFeatures)
#include "tst_features.moc"
