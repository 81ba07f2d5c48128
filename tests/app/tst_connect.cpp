// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connectdesk.h"
#include "app/differenceview.h"
#include "app/mainwindow.h"
#include "support/openwindow.h"
#include "support/peer.h"
#include "support/unit.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QProcess>
#include <QPushButton>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::app;
using namespace Qt::StringLiterals;
using clientfiles::ProgramId;

/// Other programs that are told of the server, in the window.
class TestConnect : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void cleanup()
    {
        m_open.reset();
        m_home.reset();
    }
    void writesTheEntryAndTakesItBack();
    void showsWhatChangesAndNothingOfOthers();
    void saysWhatIsWrongWithAFile();
    void copiesWhatToTypeOpenAndWrite();
    void takesTheFileOfAProject();
    void offersNothingUnderANameThatNobodyTakes();
    void tellsWhoIsFoundAndWhoIsThere();
    void climbsTheLadderWithWhoeverComes();
    void saysAtOnceWhatSomebodyIsTurnedAwayFor();
    void countsAnotherProgramForItself();
    void saysWhoCameWhereThatIsAnotherOne();
    void waitsForNobodyOnceThePageIsClosed();
    void remembersTheProjectOfThoseThatHaveOne();
    void writesNothingThatWasNotShown();
    void showsWhatOthersHaveWrittenMeanwhile();
    void speaksOfNoSignInWhereThereIsNone();
    void waitsForNobodyWhereTheServerIsStopped();
    void waitsOnWhereTheServerComesBack();
    void goesBackWithEscape();
    void isReachedFromTheBarAndFromTheEmptyList();
    void connectsARealClaudeCode();

private:
    void open(const host::Settings &settings = {})
    {
        m_home = std::make_unique<QTemporaryDir>();
        m_open = std::make_unique<OpenWindow>(settings);
        QVERIFY(m_open->waitUntilReady());
        const QString home = m_home->path();
        desk()->setPlaces({home, home + u"/.config"_s, home + u"/.codex"_s});
        child<QAction>(u"actionConnect"_s)->trigger();
        QTRY_VERIFY(child<QListWidget>(u"programs"_s)->hasFocus());
    }
    void choose(ProgramId id)
    {
        const QList<clientfiles::Program> &all = clientfiles::programs();
        for (int row = 0; row < all.size(); ++row) {
            if (all.at(row).id == id)
                child<QListWidget>(u"programs"_s)->setCurrentRow(row);
        }
        QCOMPARE(desk()->program().id, id);
    }
    template <typename T> [[nodiscard]] T *child(const QString &name) const
    {
        T *found = m_open->window()->findChild<T *>(name);
        if (!found)
            qFatal("There is no %s.", qPrintable(name));
        return found;
    }
    void click(const QString &name) const
    {
        auto *button = child<QPushButton>(name);
        QVERIFY2(button->isVisible() && button->isEnabled(), qPrintable(name));
        button->click();
    }
    [[nodiscard]] QString text(const QString &name) const { return child<QLabel>(name)->text(); }
    [[nodiscard]] bool isShown(const QString &name) const { return child<QWidget>(name)->isVisible(); }
    [[nodiscard]] ConnectDesk *desk() const { return m_open->window()->findChild<ConnectDesk *>(); }
    [[nodiscard]] QString address() const { return m_open->running().resource; }
    void write(const QString &name, const QByteArray &bytes) const
    {
        const QString path = m_home->filePath(name);
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    [[nodiscard]] QByteArray read(const QString &name) const
    {
        QFile file(m_home->filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : "?"_ba;
    }
    /// What a client does that calls itself so; without a token it gets 401.
    int call(const QByteArray &agent, const QByteArray &token)
    {
        base::Headers headers{{"Content-Type", "application/json"},
                              {"Accept", "application/json, text/event-stream"},
                              {"User-Agent", agent}};
        if (!token.isEmpty())
            headers.append({"Authorization", "Bearer " + token});
        const QJsonObject info{{u"name"_s, QString::fromLatin1(agent.split('/').first())},
                               {u"version"_s, u"2.1"_s}};
        const QJsonObject params{{u"protocolVersion"_s, u"2025-11-25"_s},
                                 {u"capabilities"_s, QJsonObject()},
                                 {u"clientInfo"_s, info}};
        const QByteArray body = base::writeJson(QJsonObject{
            {u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, 1}, {u"method"_s, u"initialize"_s}, {u"params"_s, params}});
        return m_peer.ask("POST", address(), headers, body).status;
    }

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<OpenWindow> m_open;
    Peer m_peer;
};

void TestConnect::writesTheEntryAndTakesItBack()
{
    open();
    const QByteArray before
        = "{\n\t// mine\n\t\"mcpServers\": {\n\t\t\"a\": { \"url\": \"https://a\" },\n\t},\n}\n";
    write(u".cursor/mcp.json"_s, before);
    choose(ProgramId::Cursor);
    QVERIFY(text(u"connectFileWords"_s).contains(u"that come: 3"_s));
    auto *write = child<QPushButton>(u"connectWrite"_s);
    write->setFocus();
    click(u"connectWrite"_s);
    const QByteArray after = read(u".cursor/mcp.json"_s);
    QVERIFY2(after.contains("\n\t\t\"gatehouse\": {\n\t\t\t\"url\": \"" + address().toUtf8()
                            + "\"\n\t\t},\n\t},\n}"),
             after.constData());
    QCOMPARE(read(u".cursor/mcp.json.before-gatehouse"_s), before);
    QTRY_VERIFY(text(u"connectFileWords"_s).contains(u"mcp.json.before-gatehouse"_s));
    QVERIFY(!write->isEnabled());
    QTRY_VERIFY(child<QPushButton>(u"connectUndo"_s)->hasFocus());
    click(u"connectUndo"_s);
    QCOMPARE(read(u".cursor/mcp.json"_s), before);
    QVERIFY(!isShown(u"connectUndo"_s));
    QVERIFY(write->isEnabled());
    QVERIFY(child<QPushButton>(u"copyConnectEntry"_s)->hasFocus() || write->hasFocus());
}

void TestConnect::showsWhatChangesAndNothingOfOthers()
{
    open();
    write(u".claude.json"_s,
          "{\n  \"mcpServers\": {\n    \"a\": {\n      \"headers\": { \"Authorization\": \"Bearer SECRET\" "
          "}\n    }\n  "
          "}\n}\n");
    choose(ProgramId::Cursor);
    choose(ProgramId::ClaudeCode);
    const QString shown = child<DifferenceView>(u"connectDifference"_s)->source();
    QVERIFY2(shown.contains(u"+     \"gatehouse\": {"_s) && shown.contains(address()), qPrintable(shown));
    QVERIFY2(shown.contains(u"\"Authorization\": \"…\""_s) && !shown.contains(u"SECRET"_s),
             qPrintable(shown));
}

void TestConnect::saysWhatIsWrongWithAFile()
{
    open();
    write(u".cursor/mcp.json"_s, "{\n  \"mcpServers\": {{\n}\n");
    choose(ProgramId::Cursor);
    QVERIFY2(text(u"connectFileWords"_s).contains(u"line 2"_s), qPrintable(text(u"connectFileWords"_s)));
    QVERIFY(!child<QPushButton>(u"connectWrite"_s)->isEnabled());
    QVERIFY(!isShown(u"connectDifference"_s));
    QVERIFY(isShown(u"copyConnectEntry"_s)); // By hand it goes.
}

void TestConnect::copiesWhatToTypeOpenAndWrite()
{
    open();
    choose(ProgramId::VsCode);
    click(u"copyConnectCommand"_s);
    QCOMPARE(QApplication::clipboard()->text(),
             u"code --add-mcp '{\"name\":\"gatehouse\",\"type\":\"http\",\"url\":\"%1\"}'"_s.arg(address()));
    click(u"copyConnectLink"_s);
    QVERIFY(QApplication::clipboard()->text().startsWith(u"vscode:mcp/install?%7B"_s));
    click(u"copyConnectEntry"_s);
    QVERIFY(QApplication::clipboard()->text().startsWith(u"{\n  \"servers\": {\n    \"gatehouse\": {"_s));
    choose(ProgramId::ClaudeCode);
    QVERIFY(!isShown(u"copyConnectLink"_s));
    child<QLineEdit>(u"connectName"_s)->setText(u"mine"_s);
    QTRY_COMPARE(text(u"ConnectSignInText"_s).remove(QChar(0x200B)), u"claude mcp login mine"_s);
    click(u"copyConnectSignIn"_s);
    QCOMPARE(QApplication::clipboard()->text(), u"claude mcp login mine"_s);
    click(u"copyForAnother"_s);
    QCOMPARE(QApplication::clipboard()->text(), address());
}

void TestConnect::takesTheFileOfAProject()
{
    open();
    choose(ProgramId::ClaudeCode);
    click(u"connectForProject"_s);
    auto *folder = child<QLineEdit>(u"connectProject"_s);
    QVERIFY(folder->hasFocus());
    QVERIFY(!isShown(u"connectWrite"_s)); // Which folder?
    QVERIFY(text(u"ConnectCommandText"_s).contains(u"--scope project"_s));
    folder->setText(m_home->filePath(u"missing"_s));
    QTRY_VERIFY(isShown(u"connectWrite"_s));
    click(u"connectWrite"_s);
    QVERIFY(m_open->window()->statusBar()->currentMessage().contains(u"no such folder"_s));
    QVERIFY(QDir(m_home->path()).mkdir(u"project"_s));
    folder->setText(m_home->filePath(u"project"_s));
    QTRY_VERIFY(text(u"connectFile"_s).endsWith(u"project/.mcp.json"_s));
    click(u"connectWrite"_s);
    QVERIFY(read(u"project/.mcp.json"_s).contains(address().toUtf8()));
    QVERIFY(!QFile::exists(m_home->filePath(u".claude.json"_s)));
    choose(ProgramId::Windsurf); // It has none for projects.
    QTRY_VERIFY(text(u"connectFile"_s).endsWith(u"windsurf/mcp_config.json"_s));
}

void TestConnect::offersNothingUnderANameThatNobodyTakes()
{
    open();
    choose(ProgramId::Codex);
    QVERIFY(isShown(u"connectWrite"_s));
    child<QLineEdit>(u"connectName"_s)->setText(u"my server"_s);
    QTRY_VERIFY(isShown(u"connectNameFault"_s));
    QVERIFY(!isShown(u"connectWrite"_s));
    QVERIFY(!isShown(u"copyConnectCommand"_s));
    child<QLineEdit>(u"connectName"_s)->setText(u"my-server"_s);
    QTRY_VERIFY(isShown(u"connectWrite"_s));
    click(u"connectWrite"_s);
    QVERIFY(read(u".codex/config.toml"_s).startsWith("[mcp_servers.my-server]\n"));
}

void TestConnect::tellsWhoIsFoundAndWhoIsThere()
{
    open();
    QVERIFY(QDir(m_home->path()).mkpath(u".lmstudio"_s));
    desk()->setPlaces({m_home->path(), m_home->path() + u"/.config"_s, m_home->path() + u"/.codex"_s});
    const auto words = [this](int row) {
        return child<QListWidget>(u"programs"_s)->item(row)->data(Qt::AccessibleTextRole).toString();
    };
    QTRY_COMPARE(words(9), u"LM Studio, found: ~/.lmstudio"_s);
    QCOMPARE(call("claude-code/2.1", m_peer.token(m_open->running().issuer)), 200);
    QTRY_VERIFY2(words(0).startsWith(u"Claude Code, connected, last call"_s), qPrintable(words(0)));
}

void TestConnect::climbsTheLadderWithWhoeverComes()
{
    open();
    choose(ProgramId::ClaudeCode);
    QTRY_COMPARE(text(u"rungWords0"_s), u"nothing has come yet"_s);
    QCOMPARE(call("claude-code/2.1", {}), 401);
    QTRY_VERIFY(text(u"rungWords0"_s).startsWith(u"it called without a token"_s));
    const QString metadata = address().replace(u"/mcp"_s, u"/.well-known/oauth-protected-resource/mcp"_s);
    QCOMPARE(m_peer.ask("GET", metadata, {{"User-Agent", "claude-code/2.1"}}).status, 200);
    QTRY_COMPARE(text(u"rungWords0"_s), u"the document behind the path"_s);
    const QByteArray client = R"({"client_name":"Claude Code","redirect_uris":["http://localhost:1/cb"]})";
    QCOMPARE(m_peer
                 .ask("POST", m_open->running().issuer + u"/oauth2/register"_s,
                      {{"User-Agent", "claude-code/2.1"}, {"Content-Type", "application/json"}}, client)
                 .status,
             201);
    QTRY_COMPARE(text(u"rungWords1"_s), u"as “Claude Code”"_s);
    QCOMPARE(call("claude-code/2.1", m_peer.token(m_open->running().issuer)), 200);
    QTRY_COMPARE(text(u"rungWords4"_s), u"initialize"_s);
    QVERIFY(text(u"rungWords3"_s).contains(u"ada@example.com"_s));
    QVERIFY(text(u"ladderTitle"_s).startsWith(u"Claude Code connected"_s));
    QCOMPARE(m_open->window()->statusBar()->currentMessage(), u"Claude Code is connected"_s);
    click(u"ladderAgain"_s);
    QTRY_COMPARE(text(u"rungWords0"_s), u"nothing has come yet"_s);
    click(u"ladderTraffic"_s);
    QVERIFY(isShown(u"trafficView"_s));
    QVERIFY(child<QLineEdit>(u"filter"_s)->text().startsWith(u"session:"_s));
}

void TestConnect::saysAtOnceWhatSomebodyIsTurnedAwayFor()
{
    open();
    choose(ProgramId::ClaudeCode);
    const QByteArray token
        = m_peer.token(m_open->running().issuer, {{u"resource"_s, u"http://elsewhere/mcp"_s}});
    QCOMPARE(call("claude-code/2.1", token), 401);
    QTRY_VERIFY(isShown(u"ladderStuck"_s));
    QVERIFY2(text(u"ladderStuckSentence"_s).contains(u"http://elsewhere/mcp"_s),
             qPrintable(text(u"ladderStuckSentence"_s)));
    click(u"ladderTraffic"_s);
    QCOMPARE(child<QLineEdit>(u"filter"_s)->text(), u"is:refused"_s);
}

void TestConnect::countsAnotherProgramForItself()
{
    open();
    choose(ProgramId::Cursor);
    QCOMPARE(call("claude-code/2.1", m_peer.token(m_open->running().issuer)), 200);
    QTRY_COMPARE(m_open->traffic()->rowCount(), 1);
    QTRY_VERIFY(desk()->recordOf(ProgramId::ClaudeCode));
    QVERIFY(!desk()->arrival().isThere());
    QCOMPARE(call("nobody-knows-it/1", m_peer.token(m_open->running().issuer)), 200);
    QTRY_VERIFY(desk()->arrival().isThere()); // It may be the one.
}

void TestConnect::saysWhoCameWhereThatIsAnotherOne()
{
    open();
    choose(ProgramId::ClaudeCode);
    QCOMPARE(call("curl/8.5", m_peer.token(m_open->running().issuer)), 200);
    QTRY_VERIFY2(text(u"ladderTitle"_s).startsWith(u"Somebody connected"_s),
                 qPrintable(text(u"ladderTitle"_s)));
    QVERIFY(text(u"ladderAbout"_s).contains(u"curl 2.1, which may be Claude Code or not"_s));
    QCOMPARE(m_open->window()->statusBar()->currentMessage(), u"curl 2.1 is connected"_s);
}

void TestConnect::waitsForNobodyOnceThePageIsClosed()
{
    open();
    QTest::keyClick(child<QListWidget>(u"programs"_s), Qt::Key_Escape);
    QCOMPARE(call("nobody/1", m_peer.token(m_open->running().issuer)), 200);
    QTRY_COMPARE(m_open->traffic()->rowCount(), 1);
    QVERIFY(!m_open->window()->statusBar()->currentMessage().contains(u"connected"_s));
    // What was installed meanwhile is found.
    QVERIFY(QDir(m_home->path()).mkpath(u".lmstudio"_s));
    child<QAction>(u"actionConnect"_s)->trigger();
    QTRY_COMPARE(child<QListWidget>(u"programs"_s)->item(9)->data(Qt::AccessibleTextRole).toString(),
                 u"LM Studio, found: ~/.lmstudio"_s);
    QVERIFY(!desk()->arrival().isThere());
}

void TestConnect::remembersTheProjectOfThoseThatHaveOne()
{
    open();
    choose(ProgramId::Cursor);
    click(u"connectForProject"_s);
    child<QLineEdit>(u"connectProject"_s)->setText(m_home->path());
    QTRY_VERIFY(text(u"connectFile"_s).endsWith(u"~/.cursor/mcp.json"_s));
    choose(ProgramId::Windsurf);
    QTRY_VERIFY(text(u"connectFile"_s).endsWith(u"windsurf/mcp_config.json"_s));
    choose(ProgramId::Cursor);
    QTRY_VERIFY(isShown(u"connectWrite"_s));
    QCOMPARE(desk()->project(), m_home->path());
}

void TestConnect::writesNothingThatWasNotShown()
{
    open();
    choose(ProgramId::Cursor);
    child<QLineEdit>(u"connectName"_s)->setText(u"other"_s);
    child<QPushButton>(u"connectWrite"_s)->click(); // Before the page has followed.
    QVERIFY(!QFile::exists(m_home->filePath(u".cursor/mcp.json"_s)));
    QVERIFY(child<DifferenceView>(u"connectDifference"_s)->source().contains(u"\"other\""_s));
    write(u".cursor/mcp.json"_s, "{\n  \"mcpServers\": { \"other\": { \"command\": \"mine\" } }\n}\n");
    child<QPushButton>(u"connectWrite"_s)->click(); // Before anybody has looked at it.
    QVERIFY(read(u".cursor/mcp.json"_s).contains("mine"));
    QVERIFY(m_open->window()->statusBar()->currentMessage().contains(u"look at it again"_s));
    child<QPushButton>(u"connectWrite"_s)->click();
    QVERIFY(!read(u".cursor/mcp.json"_s).contains("mine"));
    child<QPushButton>(u"connectWrite"_s)->setFocus();
    child<QAction>(u"actionStop"_s)->trigger();
    QTRY_VERIFY(!isShown(u"connectWrite"_s));
    QVERIFY(child<QListWidget>(u"programs"_s)->hasFocus()); // And no button that leads away.
    QVERIFY(!desk()->write());
}

void TestConnect::showsWhatOthersHaveWrittenMeanwhile()
{
    open();
    choose(ProgramId::Cursor);
    QTRY_VERIFY(text(u"connectFileWords"_s).contains(u"there is none yet"_s));
    write(u".cursor/mcp.json"_s, "{\n  \"mcpServers\": {}\n}\n");
    QTRY_VERIFY_WITH_TIMEOUT(text(u"connectFileWords"_s).contains(u"The old file is kept"_s), 5000);
}

void TestConnect::speaksOfNoSignInWhereThereIsNone()
{
    host::Settings settings;
    settings.authorization = false;
    open(settings);
    choose(ProgramId::ClaudeCode);
    QVERIFY(!isShown(u"copyConnectSignIn"_s));
    QVERIFY(!text(u"connectNext"_s).contains(u"Authenticate"_s));
    QCOMPARE(call("claude-code/2.1", {}), 200);
    QTRY_VERIFY(text(u"ladderTitle"_s).startsWith(u"Claude Code connected"_s));
    QCOMPARE(text(u"rungWords1"_s), u"not needed: nobody is asked for a token"_s);
}

void TestConnect::waitsForNobodyWhereTheServerIsStopped()
{
    open();
    child<QAction>(u"actionStop"_s)->trigger();
    QTRY_COMPARE(text(u"ladderTitle"_s), u"The server is stopped"_s);
    QVERIFY(!isShown(u"connectWrite"_s));
    child<QAction>(u"actionStart"_s)->trigger();
    QTRY_VERIFY(isShown(u"connectWrite"_s));
}

void TestConnect::waitsOnWhereTheServerComesBack()
{
    open();
    choose(ProgramId::ClaudeCode);
    QCOMPARE(call("claude-code/2.1", {}), 401);
    QTRY_VERIFY(desk()->arrival().askedMs() > 0);
    const QString before = address();
    desk()->setServer({}, SignInPlace::Sandbox);
    desk()->setServer(before, SignInPlace::Sandbox);
    QVERIFY(desk()->arrival().askedMs() > 0);
    desk()->setServer(u"http://localhost:1/mcp"_s, SignInPlace::Sandbox); // That is another one.
    QCOMPARE(desk()->arrival().askedMs(), 0);
}

void TestConnect::goesBackWithEscape()
{
    open();
    QTest::keyClick(child<QListWidget>(u"programs"_s), Qt::Key_Escape);
    QVERIFY(!isShown(u"connectView"_s));
    QVERIFY(child<QPushButton>(u"noClientsButton"_s)->hasFocus());
}

void TestConnect::isReachedFromTheBarAndFromTheEmptyList()
{
    open();
    QTest::keyClick(child<QListWidget>(u"programs"_s), Qt::Key_Escape);
    click(u"noClientsButton"_s);
    QVERIFY(isShown(u"connectView"_s));
    child<QAction>(u"actionTraffic"_s)->trigger();
    click(u"connectClient"_s);
    QVERIFY(isShown(u"connectView"_s));
    QVERIFY(child<QListWidget>(u"programs"_s)->hasFocus());
}

/// The program itself: `npm install @anthropic-ai/claude-code` somewhere, and its path in the environment. It
/// is 190 MB, so that no test brings it.
void TestConnect::connectsARealClaudeCode()
{
    const QString claude = qEnvironmentVariable("GATEHOUSE_CLAUDE_CODE");
    if (claude.isEmpty())
        QSKIP("GATEHOUSE_CLAUDE_CODE does not name a Claude Code");
    host::Settings settings;
    settings.autoSignIn = u"ada@example.com"_s;
    settings.failures = {u"documents-off"_s}; // Its document is on the internet.
    open(settings);
    choose(ProgramId::ClaudeCode);
    click(u"connectWrite"_s);

    // What it would open in a browser it gives to this one.
    QVERIFY(QDir(m_home->path()).mkdir(u"bin"_s));
    write(u"bin/xdg-open"_s, "#!/bin/sh\nprintf %s \"$1\" > \"$HOME/opened\"\n");
    QVERIFY(QFile::setPermissions(m_home->filePath(u"bin/xdg-open"_s), QFile::ReadOwner | QFile::ExeOwner));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, m_home->path());
    environment.insert(u"PATH"_s, m_home->filePath(u"bin"_s) + u':' + environment.value(u"PATH"_s));
    environment.insert(u"DISPLAY"_s, u":99"_s); // Without one it opens nothing.
    environment.insert(u"CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"_s, u"1"_s);
    const auto run = [&](const QStringList &arguments) {
        auto process = std::make_unique<QProcess>();
        process->setProcessEnvironment(environment);
        process->setProgram(claude);
        process->setArguments(arguments);
        if (arguments.contains(u"login"_s)) { // That wants a terminal.
            process->setProgram(u"script"_s);
            process->setArguments({u"-qec"_s, claude + u' ' + arguments.join(u' '), u"/dev/null"_s});
        }
        process->start();
        return process;
    };
    const auto outputOf = [](QProcess &process) {
        return waitFor([&] { return process.state() == QProcess::NotRunning; }, 60'000) ? process.readAll()
                                                                                        : "?"_ba;
    };
    const QByteArray before = outputOf(*run({u"mcp"_s, u"get"_s, u"gatehouse"_s}));
    QVERIFY2(before.contains("Needs authentication"), before.constData());
    QTRY_COMPARE(text(u"rungWords0"_s), u"the document behind the path"_s);

    const auto login = run({u"mcp"_s, u"login"_s, u"gatehouse"_s});
    QTRY_VERIFY_WITH_TIMEOUT(read(u"opened"_s).startsWith("http"), 20'000);
    QString next = QString::fromUtf8(read(u"opened"_s));
    for (int i = 0; i < 5 && !next.isEmpty(); ++i) {
        const base::FetchReply reply = m_peer.ask("GET", next);
        next = QString::fromUtf8(base::onlyValueOf(reply.headers, "Location").value_or(QByteArray()));
    }
    const QByteArray done = outputOf(*login);
    QVERIFY2(done.contains("Authenticated"), done.constData());
    const QByteArray after = outputOf(*run({u"mcp"_s, u"get"_s, u"gatehouse"_s}));
    QVERIFY2(after.contains("Connected"), after.constData());
    QTRY_VERIFY2(text(u"ladderTitle"_s).startsWith(u"Claude Code connected"_s),
                 qPrintable(text(u"ladderTitle"_s)));
    QVERIFY2(text(u"ladderAbout"_s).contains(u"claude-code "_s), qPrintable(text(u"ladderAbout"_s)));
}

GATEHOUSE_TEST(TestConnect)
#include "tst_connect.moc"
