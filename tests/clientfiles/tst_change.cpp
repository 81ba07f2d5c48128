// SPDX-License-Identifier: GPL-3.0-or-later
#include "clientfiles/change.h"
#include "support/unit.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace gatehouse;
using namespace gatehouse::clientfiles;
using namespace Qt::StringLiterals;

/// Files of others that are written and put back.
class TestChange : public QObject
{
    Q_OBJECT

    const QString address = u"http://localhost:3000/mcp"_s;

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }
    void putsBackEveryByte_data();
    void putsBackEveryByte();
    void takesAwayTheFileThatItMade();
    void keepsTheOldFileAndWhoMayReadIt();
    void letsNobodyElseReadANewOne();
    void followsALink();
    void leavesWhatWasWrittenMeanwhile();
    void putsBackAnEntryThatWasThere_data();
    void putsBackAnEntryThatWasThere();
    void putsBackAnEntryAsItWasWritten();
    void putsBackTablesAsTheyWere_data();
    void putsBackTablesAsTheyWere();
    void keepsNoCopyThatNobodyNeeds();
    void takesBackNothingThroughALinkOfAProject();
    void saysWhereTheCopyIsOfWhatIsGone();
    void keepsEachOldFileApart();
    void writesOverNothingThatACopyLeadsTo();
    void staysWithinAProject_data();
    void staysWithinAProject();
    void writesNothingThatIsThereAlready();
    void saysWhyItCannot_data();
    void saysWhyItCannot();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    [[nodiscard]] QByteArray read(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : "?"_ba;
    }
    [[nodiscard]] static const Program &cursor() { return programOf(ProgramId::Cursor); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestChange::putsBackEveryByte_data()
{
    QTest::addColumn<ProgramId>("id");
    QTest::addColumn<QByteArray>("bytes");
    using Id = ProgramId;
    QTest::newRow("comments and commas")
        << Id::Zed
        << "\xEF\xBB\xBF// Zed\r\n{\r\n\t\"theme\": \"x\", /* y */\r\n\t\"context_servers\": {},\r\n}"_ba;
    QTest::newRow("other servers with keys")
        << Id::ClaudeCode << R"({"numStartups":1,"mcpServers":{"a":{"env":{"K":"V"}}},"n":1.50})"_ba;
    QTest::newRow("inputs of VS Code")
        << Id::VsCode << "{\n    // mine\n    \"servers\": {},\n    \"inputs\": [ ]\n}\n"_ba;
    QTest::newRow("TOML") << Id::Codex << "# Codex\nmodel = 'x'\n\n[mcp_servers.a]\ncommand = \"b\"\n"_ba;
    QTest::newRow("an empty file") << Id::Cursor << ""_ba;
}

void TestChange::putsBackEveryByte()
{
    QFETCH(const ProgramId, id);
    QFETCH(const QByteArray, bytes);
    write(u"f"_s, bytes);
    const auto change = writeServer(programOf(id), path(u"f"_s), u"gatehouse"_s, address);
    QVERIFY(change);
    QCOMPARE(read(u"f"_s), change->after);
    QVERIFY(serverIn(programOf(id), read(u"f"_s), u"gatehouse"_s).value().contains(address.toUtf8()));
    QVERIFY(takeBack(*change));
    QCOMPARE(read(u"f"_s), bytes);
}

void TestChange::takesAwayTheFileThatItMade()
{
    const auto change = writeServer(cursor(), path(u"a/b/mcp.json"_s), u"gatehouse"_s, address);
    QVERIFY(change);
    QCOMPARE(read(u"a/b/mcp.json"_s), fileFor(cursor(), u"gatehouse"_s, address));
    QVERIFY(change->copy.isEmpty());
    QVERIFY(takeBack(*change));
    QVERIFY(!QFile::exists(path(u"a/b/mcp.json"_s)));
    QVERIFY(takeBack(*change)); // Gone is gone.
}

void TestChange::keepsTheOldFileAndWhoMayReadIt()
{
    write(u"f"_s, "{}");
    QVERIFY(QFile::setPermissions(path(u"f"_s), QFile::ReadOwner | QFile::WriteOwner));
    const auto mine = QFile::permissions(path(u"f"_s));
    const auto change = writeServer(cursor(), path(u"f"_s), u"gatehouse"_s, address);
    QVERIFY(change);
    QCOMPARE(change->copy, path(u"f.before-gatehouse"_s));
    QCOMPARE(read(u"f.before-gatehouse"_s), "{}"_ba);
    QCOMPARE(QFile::permissions(path(u"f"_s)), mine);
    QCOMPARE(QFile::permissions(change->copy), mine);
}

void TestChange::letsNobodyElseReadANewOne()
{
    QVERIFY(writeServer(cursor(), path(u"f"_s), u"gatehouse"_s, address));
    QVERIFY(!(QFile::permissions(path(u"f"_s)) & (QFile::ReadOther | QFile::ReadGroup)));
}

void TestChange::followsALink()
{
    write(u"real"_s, "{}");
    QVERIFY(QFile::link(path(u"real"_s), path(u"link"_s)));
    const auto change = writeServer(cursor(), path(u"link"_s), u"gatehouse"_s, address);
    QVERIFY(change);
    QVERIFY(QFileInfo(path(u"link"_s)).isSymLink());
    QCOMPARE(read(u"real"_s), change->after);
    QVERIFY(takeBack(*change));
    QVERIFY(QFileInfo(path(u"link"_s)).isSymLink());
    QCOMPARE(read(u"real"_s), "{}"_ba);
}

void TestChange::leavesWhatWasWrittenMeanwhile()
{
    write(u"f"_s, "{\n  \"a\": 1\n}\n");
    const auto change = writeServer(cursor(), path(u"f"_s), u"gatehouse"_s, address);
    QVERIFY(change);
    write(u"f"_s, QByteArray(change->after).replace("\"a\": 1", "\"a\": 2"));
    QVERIFY(takeBack(*change));
    QCOMPARE(read(u"f"_s), "{\n  \"a\": 2,\n  \"mcpServers\": {\n  }\n}\n"_ba);
}

void TestChange::putsBackAnEntryThatWasThere_data()
{
    QTest::addColumn<ProgramId>("id");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("meanwhile");
    QTest::newRow("JSON") << ProgramId::Cursor
                          << "{\n  \"mcpServers\": {\n    \"gatehouse\": { \"url\": \"OLD\" }\n  }\n}\n"_ba
                          << "\n"_ba;
    QTest::newRow("TOML") << ProgramId::Codex << "[mcp_servers.gatehouse]\nurl = \"OLD\"\n"_ba
                          << "\n[t]\na = 1\n"_ba;
    QTest::newRow("TOML of Windows") << ProgramId::Codex << "[mcp_servers.gatehouse]\r\nurl = \"OLD\"\r\n"_ba
                                     << "\r\n[t]\r\na = 1\r\n"_ba;
    QTest::newRow("TOML that its program has added to")
        << ProgramId::Codex << "[mcp_servers.gatehouse]\nurl = \"OLD\"\n"_ba
        << "[mcp_servers.gatehouse.tools.search]\na = 1\n"_ba;
    QTest::newRow("a server of another kind in TOML")
        << ProgramId::Codex << "[mcp_servers.gatehouse]\ncommand = \"OLD\"\n"_ba
        << "\n[t]\na = 1\n"_ba;
}

void TestChange::putsBackAnEntryThatWasThere()
{
    QFETCH(const ProgramId, id);
    QFETCH(const QByteArray, before);
    QFETCH(const QByteArray, meanwhile);
    write(u"f"_s, before);
    const auto change = writeServer(programOf(id), path(u"f"_s), u"gatehouse"_s, address);
    QVERIFY(change && change->after != before);
    write(u"f"_s, change->after + meanwhile);
    QVERIFY(takeBack(*change));
    QVERIFY2(read(u"f"_s).contains("OLD") && !read(u"f"_s).contains("localhost"), read(u"f"_s).constData());
}

void TestChange::putsBackAnEntryAsItWasWritten()
{
    const QByteArray before = "{\n  \"mcpServers\": {\n    \"gatehouse\": {\n      // mine\n      \"url\": "
                              "\"OLD\"\n    }\n  }\n}\n";
    write(u"f"_s, before);
    const auto change = writeServer(cursor(), path(u"f"_s), u"gatehouse"_s, address);
    QVERIFY(change);
    write(u"f"_s, change->after + "// later\n");
    QVERIFY(takeBack(*change));
    QCOMPARE(read(u"f"_s), before + "// later\n");
    // Its program has written it anew, without a comment in it: none comes back.
    write(u"f"_s, "{ \"mcpServers\": { \"gatehouse\": { \"url\": \"x\" } } }");
    QVERIFY(takeBack(*change));
    QCOMPARE(read(u"f"_s), "{ \"mcpServers\": { \"gatehouse\": {\"url\":\"OLD\"} } }"_ba);
}

void TestChange::putsBackTablesAsTheyWere_data()
{
    QTest::addColumn<QByteArray>("entry");
    QTest::newRow("a name with dots")
        << "[mcp_servers.gatehouse]\nurl = \"https://a\"\nenv.FOO = \"bar\"\n"_ba;
    QTest::newRow("a name in quotes") << "[mcp_servers.gatehouse]\n\"x y\" = 1\n"_ba;
    QTest::newRow("tables below it")
        << "[mcp_servers.gatehouse]\ncommand = \"npx\"\n[mcp_servers.gatehouse.env]\nTOKEN = \"abc\"\n"_ba;
    QTest::newRow("tables below it alone") << "[mcp_servers.gatehouse.env]\nTOKEN = \"abc\"\n"_ba;
    QTest::newRow("a comment behind a value") << "[mcp_servers.gatehouse]\nurl = \"https://a\" # mine\n"_ba;
    QTest::newRow("a list over lines") << "[mcp_servers.gatehouse]\nargs = [\n  \"a\", # b\n]\n"_ba;
}

void TestChange::putsBackTablesAsTheyWere()
{
    QFETCH(const QByteArray, entry);
    write(u"f"_s, entry);
    const auto change = writeServer(programOf(ProgramId::Codex), path(u"f"_s), u"gatehouse"_s, address);
    QVERIFY2(change, qPrintable(change ? QString() : change.error().words));
    write(u"f"_s, "model = \"o3\"\n" + change->after); // Its program has written, too.
    QVERIFY(takeBack(*change));
    QCOMPARE(read(u"f"_s), "model = \"o3\"\n\n" + entry);
}

void TestChange::keepsNoCopyThatNobodyNeeds()
{
    write(u"f"_s, "{}");
    for (int i = 0; i < 150; ++i) {
        const auto change = writeServer(cursor(), path(u"f"_s), u"gatehouse"_s, address);
        QVERIFY(change && QFile::exists(change->copy));
        QVERIFY(takeBack(*change));
    }
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList{u"f"_s});
}

void TestChange::takesBackNothingThroughALinkOfAProject()
{
    QVERIFY(QDir(m_folder->path()).mkpath(u"project"_s));
    write(u"project/.mcp.json"_s, "{\"mcpServers\": {\"gatehouse\": {\"command\": \"evil\"}}}");
    const auto change
        = writeServer(cursor(), path(u"project/.mcp.json"_s), u"gatehouse"_s, address, path(u"project"_s));
    QVERIFY(change);
    write(u"mine"_s, "{\"mcpServers\": {}}");
    QVERIFY(QFile::remove(path(u"project/.mcp.json"_s)));
    QVERIFY(QFile::link(path(u"mine"_s), path(u"project/.mcp.json"_s)));
    const auto back = takeBack(*change);
    QVERIFY(!back);
    QCOMPARE(back.error().kind, FileFault::Kind::Outside);
    QCOMPARE(read(u"mine"_s), "{\"mcpServers\": {}}"_ba);
}

void TestChange::saysWhereTheCopyIsOfWhatIsGone()
{
    write(u"f"_s, "{}");
    const auto change = writeServer(cursor(), path(u"f"_s), u"gatehouse"_s, address);
    QVERIFY(change && QFile::remove(path(u"f"_s)));
    const auto back = takeBack(*change);
    QVERIFY(!back);
    QCOMPARE(back.error().kind, FileFault::Kind::Gone);
    QCOMPARE(back.error().words, change->copy);
}

void TestChange::keepsEachOldFileApart()
{
    write(u"f"_s, "{\"mine\": 1}");
    const auto first = writeServer(cursor(), path(u"f"_s), u"gatehouse"_s, address);
    const auto second = writeServer(cursor(), path(u"f"_s), u"gatehouse"_s, u"http://localhost:3001/mcp"_s);
    QVERIFY(first && second);
    QCOMPARE(read(u"f.before-gatehouse"_s), "{\"mine\": 1}"_ba);
    QCOMPARE(second->copy, path(u"f.before-gatehouse-2"_s));
    QCOMPARE(read(u"f.before-gatehouse-2"_s), first->after);
    QVERIFY(takeBack(*second));
    QVERIFY(takeBack(*first));
    QCOMPARE(read(u"f"_s), "{\"mine\": 1}"_ba);
}

void TestChange::writesOverNothingThatACopyLeadsTo()
{
    write(u"f"_s, "{}");
    write(u"victim"_s, "mine");
    QVERIFY(QFile::link(path(u"victim"_s), path(u"f.before-gatehouse"_s)));
    QVERIFY(QFile::link(path(u"nowhere"_s), path(u"f.before-gatehouse-2"_s)));
    const auto change = writeServer(cursor(), path(u"f"_s), u"gatehouse"_s, address);
    QVERIFY(change);
    QCOMPARE(read(u"victim"_s), "mine"_ba);
    QVERIFY(!QFile::exists(path(u"nowhere"_s)));
    QCOMPARE(change->copy, path(u"f.before-gatehouse-3"_s));
}

void TestChange::staysWithinAProject_data()
{
    QTest::addColumn<QString>("link"); // In the project, to a folder or file beside it.
    QTest::addColumn<QString>("file");
    QTest::addColumn<bool>("isFine");
    QTest::newRow("a folder of its own") << QString() << u".cursor/mcp.json"_s << true;
    QTest::newRow("a folder that leads out") << u".cursor"_s << u".cursor/mcp.json"_s << false;
    QTest::newRow("a file that leads out") << u".mcp.json"_s << u".mcp.json"_s << false;
}

void TestChange::staysWithinAProject()
{
    QFETCH(const QString, link);
    QFETCH(const QString, file);
    QFETCH(const bool, isFine);
    const QDir root(m_folder->path());
    QVERIFY(root.mkpath(u"project"_s) && root.mkpath(u"victim"_s));
    if (!link.isEmpty())
        QVERIFY(QFile::link(path(u"victim"_s), path(u"project/"_s + link)));
    const auto change
        = writeServer(cursor(), path(u"project/"_s + file), u"gatehouse"_s, address, path(u"project"_s));
    QCOMPARE(change.has_value(), isFine);
    QVERIFY(isFine || change.error().kind == FileFault::Kind::Outside);
    QVERIFY(QDir(path(u"victim"_s)).isEmpty());
}

void TestChange::writesNothingThatIsThereAlready()
{
    write(u"f"_s, "{}");
    QVERIFY(writeServer(cursor(), path(u"f"_s), u"gatehouse"_s, address));
    QVERIFY(QFile::remove(path(u"f.before-gatehouse"_s)));
    const auto again = writeServer(cursor(), path(u"f"_s), u"gatehouse"_s, address);
    QVERIFY(again);
    QCOMPARE(*again->before, again->after);
    QVERIFY(!QFile::exists(path(u"f.before-gatehouse"_s)));
}

void TestChange::saysWhyItCannot_data()
{
    QTest::addColumn<QString>("situation");
    QTest::addColumn<FileFault::Kind>("kind");
    using Kind = FileFault::Kind;
    QTest::newRow("no JSON") << u"no JSON"_s << Kind::Syntax;
    QTest::newRow("a folder in its place") << u"folder"_s << Kind::NotReadable;
    QTest::newRow("a file in the place of its folder") << u"file as folder"_s << Kind::NotWritable;
    QTest::newRow("no such project") << u"project"_s << Kind::NoFolder;
    QTest::newRow("a folder that is not ours to write in") << u"read-only"_s << Kind::NotWritable;
}

void TestChange::saysWhyItCannot()
{
    QFETCH(const QString, situation);
    QString file = path(u"f"_s);
    QString project;
    if (situation == u"no JSON"_s) {
        write(u"f"_s, "{");
    } else if (situation == u"folder"_s) {
        QVERIFY(QDir().mkpath(file));
    } else if (situation == u"file as folder"_s) {
        write(u"f"_s, "{}");
        file += u"/g"_s;
    } else if (situation == u"project"_s) {
        project = path(u"missing"_s);
        file = project + u"/.cursor/mcp.json"_s;
    } else {
        if (::geteuid() == 0)
            QSKIP("root may write anywhere");
        QVERIFY(QDir().mkpath(path(u"d"_s)));
        QVERIFY(QFile::setPermissions(path(u"d"_s), QFile::ReadOwner | QFile::ExeOwner));
        file = path(u"d/f"_s);
    }
    const auto change = writeServer(cursor(), file, u"gatehouse"_s, address, project);
    QVERIFY(!change);
    QTEST(change.error().kind, "kind");
    if (situation == u"no JSON"_s)
        QCOMPARE(read(u"f"_s), "{"_ba);
    QVERIFY(!QFile::exists(path(u"missing"_s)));
}

GATEHOUSE_TEST(TestChange)
#include "tst_change.moc"
