// SPDX-License-Identifier: GPL-3.0-or-later
#include "clientfiles/entries.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::clientfiles;
using namespace Qt::StringLiterals;

class TestEntries : public QObject
{
    Q_OBJECT

    const QString address = u"http://localhost:3000/mcp"_s;

private Q_SLOTS:
    void writesAFileThatHoldsTheEntry_data();
    void writesAFileThatHoldsTheEntry();
    void showsWhatChangesAndNothingOfOthers_data();
    void showsWhatChangesAndNothingOfOthers();
    void showsOnlyWhatIsAroundIt();
    void showsThePlaceInALongLine();

private:
    [[nodiscard]] static QString drawn(const QList<DifferenceLine> &lines)
    {
        QStringList all;
        for (const DifferenceLine &line : lines) {
            using Kind = DifferenceLine::Kind;
            all.append(line.kind == Kind::Skipped ? u"@ %1"_s.arg(line.before)
                                                  : (line.kind == Kind::Gone       ? u"- "_s
                                                         : line.kind == Kind::Come ? u"+ "_s
                                                                                   : u"  "_s)
                               + line.text);
        }
        return all.join(u'\n');
    }
};

void TestEntries::writesAFileThatHoldsTheEntry_data()
{
    QTest::addColumn<ProgramId>("id");
    for (const Program &program : programs()) {
        if (program.notation != Notation::None)
            QTest::addRow("%s", qPrintable(program.name)) << program.id;
    }
}

void TestEntries::writesAFileThatHoldsTheEntry()
{
    QFETCH(const ProgramId, id);
    const Program &program = programOf(id);
    const auto made = withServer(program, "", u"gatehouse"_s, address);
    QVERIFY(made);
    QCOMPARE(*made, fileFor(program, u"gatehouse"_s, address));
    QVERIFY(serverIn(program, *made, u"gatehouse"_s).value().contains(address.toUtf8()));
    QCOMPARE(serverIn(program, *made, u"other"_s).value_or("?"), ""_ba);
    const auto two = withServer(program, *made, u"other"_s, u"http://localhost:3001/mcp"_s);
    QVERIFY(two);
    QCOMPARE(withoutServer(program, *two, u"other"_s).value_or("?").trimmed(), made->trimmed());
}

void TestEntries::showsWhatChangesAndNothingOfOthers_data()
{
    QTest::addColumn<ProgramId>("id");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QString>("shown");
    using Id = ProgramId;
    QTest::newRow("beside a server with a key")
        << Id::Cursor
        << "{\n  \"mcpServers\": {\n    \"a\": {\n      \"env\": { \"KEY\": \"SECRET\", \"n\": 42 }\n    }\n  }\n}\n"_ba
        << u"@ 2\n      \"a\": {\n        \"env\": { \"KEY\": \"…\", \"n\": … }\n+     },\n"
           "+     \"gatehouse\": {\n+       \"url\": \"http://localhost:3000/mcp\"\n      }\n    }\n@ 1"_s;
    QTest::newRow("all in one line")
        << Id::Cursor << R"({"mcpServers":{"a":{"headers":{"Authorization":"Bearer SECRET"}}}})"_ba
        << u"- {\"mcpServers\":{\"a\":{\"headers\":{\"Authorization\":\"…\"}}}}\n"
           "+ {\"mcpServers\":{\"a\":{\"headers\":{\"Authorization\":\"…\"}}, \"gatehouse\": "
           "{\"url\":\"http://localhost:3000/mcp\"}}}"_s;
    QTest::newRow("comments and texts of several words")
        << Id::Cursor
        << "{\n  \"SECRET\": \"// SECRET\", // SECRET\n  \"b\": [1, true, \"SECRET\\\"\"] /* SECRET */\n}\n"_ba
        << u"  {\n    \"SECRET\": \"…\",\n-   \"b\": […, …, \"…\"]\n+   \"b\": […, …, \"…\"],\n"
           "+   \"mcpServers\": {\n+     \"gatehouse\": {\n+       \"url\": \"http://localhost:3000/mcp\"\n"
           "+     }\n+   }\n  }"_s;
    QTest::newRow("another address before")
        << Id::Cursor
        << "{\n  \"mcpServers\": {\n    \"gatehouse\": {\n      \"url\": \"http://SECRET\"\n    }\n  }\n}\n"_ba
        << u"@ 2\n      \"gatehouse\": {\n-       \"url\": \"…\"\n+       \"url\": "
           u"\"http://localhost:3000/mcp\"\n"
           "      }\n    }\n@ 1"_s.replace(u"@ 2\n"_s, u"@ 1\n    \"mcpServers\": {\n"_s);
    QTest::newRow("TOML") << Id::Codex << "[a]\nkey = 'SECRET' # SECRET\nlist = [\n 'SECRET',\n]\n"_ba
                          << u"@ 3\n   …\n  …\n+ \n+ [mcp_servers.gatehouse]\n"
                             "+ url = \"http://localhost:3000/mcp\""_s;
    const auto toml = [](const char *name, const QByteArray &lines, const QString &shown) {
        QTest::newRow(name) << Id::Codex << lines
                            << shown
                + u"\n+ \n+ [mcp_servers.gatehouse]\n+ url = \"http://localhost:3000/mcp\""_s;
    };
    toml("a list with what looks like a name", "args = [\n \"Authorization: SECRET\",\"--SECRET=x\" ]\n",
         u"  args = …\n   …"_s);
    toml("an address with a query", "[a]\nurl = \"https://u:SECRET@h/mcp?k=SECRET\"\n",
         u"  [a]\n  url = …"_s);
    toml("a comment that looks like a name", "[a]\n# my token was SECRET = old\n", u"  [a]\n  # …"_s);
    toml("a head with a comment", "[other] # key SECRET\nb = 1\n", u"  [other]\n  b = …"_s);
    toml("a list of lists", "a = [\n  [\"SECRET\", 1], ['SECRET'] ]\n", u"  a = …\n    …"_s);
    toml("a head within a text", "a = \"\"\"\n[SECRET]\n SECRET = 1\"\"\"\n", u"@ 1\n  …\n   …"_s);
    toml("a backslash before the end of a text", "a = '''\nSECRET\\'''\nb = 1\n", u"@ 1\n  …\n  b = …"_s);
    QTest::newRow("a name within a comment")
        << Id::Cursor << "{\n  /* \"SECRET\" : SECRET\n  \"SECRET\": */ \"b\": 1\n}\n"_ba
        << u"  {\n    // …\n-   \"b\": …\n"
           "+   \"b\": …, \"mcpServers\": {\"gatehouse\":{\"url\":\"http://localhost:3000/mcp\"}}\n  }"_s;
}

void TestEntries::showsWhatChangesAndNothingOfOthers()
{
    QFETCH(const ProgramId, id);
    QFETCH(const QByteArray, before);
    const auto after = withServer(programOf(id), before, u"gatehouse"_s, address);
    QVERIFY(after);
    const QString shown = drawn(differenceOf(programOf(id), before, *after, address));
    QTEST(shown, "shown");
    QVERIFY(!QString(shown).remove(u"\"SECRET\": "_s).contains(u"SECRET"_s));
}

/// Where the whole is one line, the part that changes.
void TestEntries::showsThePlaceInALongLine()
{
    QByteArray before = "{\"mcpServers\":{";
    for (int i = 0; i < 20'000; ++i)
        before += "\"server" + QByteArray::number(i) + "\":{\"url\":\"https://h\"},";
    before.chop(1);
    before += "}}";
    const Program &program = programOf(ProgramId::Cursor);
    const QList<DifferenceLine> lines
        = differenceOf(program, before, *withServer(program, before, u"gatehouse"_s, address), address);
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines.first().text.size() < 300);
    QVERIFY(!lines.first().text.contains(u"gatehouse"_s));
    QVERIFY2(lines.last().text.contains(u"\"gatehouse\": {\"url\":\"http://localhost:3000/mcp\"}"_s),
             qPrintable(lines.last().text));
}

void TestEntries::showsOnlyWhatIsAroundIt()
{
    QByteArray before = "{\n";
    for (int i = 0; i < 1000; ++i)
        before += "  \"a" + QByteArray::number(i) + "\": 1,\n";
    before += "  \"mcpServers\": {},\n  \"b\": 1,\n  \"c\": 1,\n  \"d\": 1\n}\n";
    const Program &program = programOf(ProgramId::Cursor);
    const QList<DifferenceLine> lines
        = differenceOf(program, before, *withServer(program, before, u"gatehouse"_s, address), address);
    QCOMPARE(lines.first(), (DifferenceLine{DifferenceLine::Kind::Skipped, 999, 0, {}}));
    QCOMPARE(lines.at(1).text, u"  \"a998\": …,"_s);
    QCOMPARE(lines.at(1).before, 1000);
    QCOMPARE(lines.last(), (DifferenceLine{DifferenceLine::Kind::Skipped, 2, 0, {}}));
    QVERIFY(lines.size() < 14);
}

GATEHOUSE_TEST(TestEntries)
#include "tst_entries.moc"
