// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "clientfiles/programs.h"
#include "support/unit.h"

#include <QJsonArray>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::clientfiles;
using namespace Qt::StringLiterals;

class TestPrograms : public QObject
{
    Q_OBJECT

    const QString address = u"http://localhost:3000/mcp"_s;

private Q_SLOTS:
    void saysWhatToWriteWhere_data();
    void saysWhatToWriteWhere();
    void saysWhatToType_data();
    void saysWhatToType();
    void quotesWhatAShellWouldTake();
    void makesLinksThatSayTheSame();
    void knowsClientsByTheirNames_data();
    void knowsClientsByTheirNames();
    void takesOnlyNamesThatAllOfThemTake();
    void knowsEachOnce();
};

void TestPrograms::saysWhatToWriteWhere_data()
{
    QTest::addColumn<ProgramId>("id");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("projectFile");
    QTest::addColumn<QByteArray>("entry");
    using Id = ProgramId;
    const auto row
        = [](const char *name, Id id, const QString &file, const QString &projectFile,
             const QByteArray &entry) { QTest::newRow(name) << id << file << projectFile << entry; };
    const QByteArray url = "{\n  \"url\": \"http://localhost:3000/mcp\"\n}";
    const QByteArray typed = "{\n  \"type\": \"http\",\n  \"url\": \"http://localhost:3000/mcp\"\n}";
    const QByteArray serverUrl = "{\n  \"serverUrl\": \"http://localhost:3000/mcp\"\n}";
    row("Claude Code", Id::ClaudeCode, u"/h/.claude.json"_s, u"/p/.mcp.json"_s, typed);
    row("Claude Desktop", Id::ClaudeDesktop, u"/c/Claude/claude_desktop_config.json"_s, {},
        "{\n  \"command\": \"npx\",\n  \"args\": [\"-y\", \"mcp-remote\", "
        "\"http://localhost:3000/mcp\"]\n}");
    row("Cursor", Id::Cursor, u"/h/.cursor/mcp.json"_s, u"/p/.cursor/mcp.json"_s, url);
    row("VS Code", Id::VsCode, u"/c/Code/User/mcp.json"_s, u"/p/.vscode/mcp.json"_s, typed);
    row("Codex", Id::Codex, u"/x/config.toml"_s, u"/p/.codex/config.toml"_s,
        "url = \"http://localhost:3000/mcp\"\n");
    row("Gemini CLI", Id::GeminiCli, u"/h/.gemini/settings.json"_s, u"/p/.gemini/settings.json"_s,
        "{\n  \"httpUrl\": \"http://localhost:3000/mcp\"\n}");
    row("Antigravity", Id::Antigravity, u"/h/.gemini/config/mcp_config.json"_s, {}, serverUrl);
    row("Windsurf", Id::Windsurf, u"/h/.codeium/windsurf/mcp_config.json"_s, {}, serverUrl);
    row("Zed", Id::Zed, u"/c/zed/settings.json"_s, u"/p/.zed/settings.json"_s, url);
    row("LM Studio", Id::LmStudio, u"/h/.lmstudio/mcp.json"_s, {}, url);
    row("MCP Inspector", Id::Inspector, {}, {}, url);
}

void TestPrograms::saysWhatToWriteWhere()
{
    QFETCH(const ProgramId, id);
    const Program &program = programOf(id);
    const Places places{u"/h"_s, u"/c"_s, u"/x"_s};
    QCOMPARE(program.name, QString::fromLatin1(QTest::currentDataTag()));
    QTEST(fileOf(program, places, {}), "file");
    QTEST(fileOf(program, places, u"/p"_s), "projectFile");
    QTEST(entryFor(program, address), "entry");
}

void TestPrograms::saysWhatToType_data()
{
    QTest::addColumn<ProgramId>("id");
    QTest::addColumn<QString>("forUser");
    QTest::addColumn<QString>("forProject");
    using Id = ProgramId;
    QTest::newRow("Claude Code")
        << Id::ClaudeCode
        << u"claude mcp add --transport http --scope user gatehouse http://localhost:3000/mcp"_s
        << u"claude mcp add --transport http --scope project gatehouse http://localhost:3000/mcp"_s;
    QTest::newRow("VS Code")
        << Id::VsCode
        << uR"(code --add-mcp '{"name":"gatehouse","type":"http","url":"http://localhost:3000/mcp"}')"_s
        << QString();
    QTest::newRow("Codex") << Id::Codex << u"codex mcp add gatehouse --url http://localhost:3000/mcp"_s
                           << QString();
    QTest::newRow("Gemini CLI")
        << Id::GeminiCli
        << u"gemini mcp add --transport http --scope user gatehouse http://localhost:3000/mcp"_s
        << u"gemini mcp add --transport http --scope project gatehouse http://localhost:3000/mcp"_s;
    QTest::newRow("Zed") << Id::Zed << QString() << QString();
}

void TestPrograms::saysWhatToType()
{
    QFETCH(const ProgramId, id);
    QTEST(commandFor(programOf(id), u"gatehouse"_s, address, false), "forUser");
    QTEST(commandFor(programOf(id), u"gatehouse"_s, address, true), "forProject");
}

void TestPrograms::quotesWhatAShellWouldTake()
{
    QCOMPARE(commandFor(programOf(ProgramId::Codex), u"n"_s, u"https://x/mcp?a=1&b='2'"_s, false),
             u"codex mcp add n --url 'https://x/mcp?a=1&b='\\''2'\\'''"_s);
}

void TestPrograms::makesLinksThatSayTheSame()
{
    const QByteArray cursor = linkFor(programOf(ProgramId::Cursor), u"n"_s, address);
    const QByteArray begin = "cursor://anysphere.cursor-deeplink/mcp/install?name=n&config=";
    QVERIFY2(cursor.startsWith(begin), cursor.constData());
    const QByteArray config
        = QByteArray::fromBase64(QByteArray::fromPercentEncoding(cursor.mid(begin.size())));
    QCOMPARE(config, "{\"url\":\"http://localhost:3000/mcp\"}"_ba);
    const QByteArray code = linkFor(programOf(ProgramId::VsCode), u"n"_s, address);
    const QByteArray codeBegin = "vscode:mcp/install?";
    QVERIFY(code.startsWith(codeBegin));
    QCOMPARE(base::readJsonObject(QByteArray::fromPercentEncoding(code.mid(codeBegin.size()))).value(),
             (QJsonObject{{u"name"_s, u"n"_s}, {u"type"_s, u"http"_s}, {u"url"_s, address}}));
    QCOMPARE(linkFor(programOf(ProgramId::Zed), u"n"_s, address), ""_ba);
    for (const Program &program : programs())
        QVERIFY(!linkFor(program, u"n"_s, u"http://x/?a=\"<>&b=c d"_s).contains('"'));
}

void TestPrograms::knowsClientsByTheirNames_data()
{
    QTest::addColumn<ProgramId>("id");
    QTest::addColumn<QString>("client");
    QTest::addColumn<bool>("isIt");
    using Id = ProgramId;
    QTest::newRow("by name and version") << Id::ClaudeCode << u"claude-code 2.1.332"_s << true;
    QTest::newRow("by a bridge") << Id::ClaudeDesktop << u"claude-ai (via mcp-remote 0.1.37)"_s << true;
    QTest::newRow("in capitals") << Id::VsCode << u"Visual Studio Code 1.107"_s << true;
    QTest::newRow("with a part of it more") << Id::Codex << u"codex-mcp-client"_s << true;
    QTest::newRow("another word that begins so") << Id::Zed << u"zedar"_s << false;
    QTest::newRow("another one") << Id::Cursor << u"claude-code 2.1"_s << false;
    QTest::newRow("nobody") << Id::Cursor << QString() << false;
}

void TestPrograms::knowsClientsByTheirNames()
{
    QFETCH(const ProgramId, id);
    QFETCH(const QString, client);
    QTEST(isCalled(programOf(id), client), "isIt");
}

void TestPrograms::takesOnlyNamesThatAllOfThemTake()
{
    for (const QString &name : {u"gatehouse"_s, u"my-server_2"_s, QString(64, u'a')})
        QVERIFY2(isServerName(name), qPrintable(name));
    for (const QString &name :
         {u""_s, u"my server"_s, u"a.b"_s, u"ä"_s, u"-x"_s, u"a'b"_s, QString(65, u'a')})
        QVERIFY2(!isServerName(name), qPrintable(name));
}

void TestPrograms::knowsEachOnce()
{
    for (const Program &program : programs()) {
        QCOMPARE(&programOf(program.id), &program);
        QVERIFY(!program.calls.isEmpty());
        QCOMPARE(program.notation == Notation::None, program.userFile.isEmpty());
        for (const Program &other : programs()) {
            for (const QString &call : program.calls)
                QVERIFY2(other.id == program.id || !isCalled(other, call), qPrintable(call));
        }
    }
}

GATEHOUSE_TEST(TestPrograms)
#include "tst_programs.moc"
