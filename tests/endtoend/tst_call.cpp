// SPDX-License-Identifier: GPL-3.0-or-later
#include "endtoend/program.h"
#include "oauth/scriptedserver.h"
#include "support/randomjson.h"
#include "support/terminal.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QDir>
#include <QJsonDocument>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;

/// `gatehouse call` against `gatehouse serve`, with and without a keyring.
class TestCall : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void signsInAndPrintsOnlyTheResult();
    void endsWithTheRightCode_data();
    void endsWithTheRightCode();
    void letsNoSecretOut_data();
    void letsNoSecretOut();
    void printsTextLineByLine();
    void printsJsonAsItIsWritten();
    void readsASecretFromStandardInput();
    void asksBeforeItUsesEndpointsElsewhere();
    void keepsTheSignInWhereThereIsAKeyring();
    void letsTwoProgramsRefreshAtOnce();
    void refreshesOnceForEightPrograms();
    void signsInByADevice();
    void takesTheAddressThatIsPastedAtATerminal();
    void takesOneLineForOneAnswer();
    void keepsNothingWhereItIsTold();

private:
    struct Server
    {
        explicit Server(const QStringList &more = {})
            : program(QStringList{u"serve"_s, u"--json"_s, u"--port"_s, u"0"_s, u"--sandbox-port"_s, u"0"_s}
                      + more)
        {
            address = program.jsonLine().value("mcp"_L1).toString();
        }
        Program program;
        QString address;
    };
    static const QStringList &noKeyring()
    {
        static const QStringList environment{u"DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere"_s, u"DISPLAY="_s};
        return environment;
    }
    /// What a shell prints that has a keyring of its own.
    static QByteArray withKeyring(const QString &script, const QString &address);
};

void TestCall::signsInAndPrintsOnlyTheResult()
{
    Server server({u"--auto-sign-in"_s, u"ada@example.com"_s});
    Program call({u"call"_s, server.address, u"get-profile"_s, u"--browser"_s, u"none"_s}, noKeyring());
    QCOMPARE(call.wait(), 0);
    const QByteArray errors = call.errors();
    const QByteArray out = call.everything().chopped(errors.size());
    const QJsonObject profile = QJsonDocument::fromJson(out).object();
    QCOMPARE(profile.value("email"_L1).toString(), u"ada@example.com"_s);
    for (const QByteArray &line :
         {"Resource metadata: done"_ba, "Client identity: done"_ba, "Sign in with the browser: done"_ba,
          "Exchange the code: done"_ba, "kept for this run only"_ba})
        QVERIFY2(errors.contains(line), errors.constData());
    // No token, code, state or verifier: nothing of that length that is not a word or an address.
    static const QRegularExpression secret(u"eyJ|code=|state=|[A-Za-z0-9_-]{40}"_s);
    QVERIFY2(!secret.match(QString::fromUtf8(errors)).hasMatch(), errors.constData());
    Program whole(
        {u"call"_s, server.address, u"get-profile"_s, u"{}"_s, u"--browser"_s, u"none"_s, u"--json"_s},
        noKeyring());
    const QByteArray line = whole.line();
    QCOMPARE(whole.wait(), 0);
    QVERIFY(QJsonDocument::fromJson(line).object().contains("structuredContent"_L1));
    QStringList steps;
    const QList<QByteArray> objects = whole.errors().trimmed().split('\n');
    for (const QByteArray &object : objects) {
        const QJsonObject json = QJsonDocument::fromJson(object).object();
        QVERIFY2(json.contains("step"_L1) || json.value("event"_L1) == "keyring"_L1, object.constData());
        if (json.contains("step"_L1))
            steps.append(json.value("step"_L1).toString() + u' ' + json.value("state"_L1).toString());
    }
    QCOMPARE(steps,
             QStringList({u"ask done"_s, u"resource done"_s, u"server done"_s, u"client done"_s,
                          u"authorize done"_s, u"token done"_s, u"session done"_s, u"list done"_s,
                          u"call done"_s, u"refresh skipped"_s}));
    QCOMPARE(server.program.stop(), 0);
}

void TestCall::letsNoSecretOut_data()
{
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QByteArray>("odd"); // The path that refuses, with the secrets in its words.
    QTest::newRow("in words") << QStringList{} << QByteArray();
    QTest::newRow("for programs") << QStringList{u"--json"_s} << QByteArray();
    QTest::newRow("where the token endpoint refuses") << QStringList{u"--json"_s} << "/token"_ba;
    QTest::newRow("where registration refuses") << QStringList{} << "/register"_ba;
    QTest::newRow("where the server refuses") << QStringList{u"--json"_s} << "/mcp"_ba;
}

void TestCall::letsNoSecretOut()
{
    QFETCH(QStringList, more);
    QFETCH(QByteArray, odd);
    using gatehouse::oauth::ScriptedServer;
    ScriptedServer server;
    server.token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJwbGFudGVkIn0.c2lnbmF0dXJlLXRoYXQtaXMtcGxhbnRlZA";
    const QByteArray refusal = R"({"error":"e","error_description":"Bearer )" + server.token
        + R"(","access_token":")" + server.token + R"("})";
    if (odd == "/mcp") {
        server.wantsToken = true;
        server.odd.insert(odd, [refusal](const gatehouse::http::Request &request) {
            const bool first = !gatehouse::base::onlyValueOf(request.headers, "Authorization");
            auto response = gatehouse::http::jsonResponse(first ? 401 : 500, refusal);
            if (first)
                response.headers.append({"WWW-Authenticate"_ba, "Bearer"_ba});
            return response;
        });
    } else if (!odd.isEmpty()) {
        server.odd.insert(odd, [refusal](const gatehouse::http::Request &) {
            return gatehouse::http::jsonResponse(400, refusal);
        });
    }
    Program call(QStringList{u"call"_s, server.mcp(), u"get-profile"_s, u"--browser"_s, u"none"_s,
                             u"--header"_s, u"X-Api-Key: planted-header-secret"_s}
                     + more,
                 noKeyring() + QStringList{u"QT_LOGGING_RULES=*.debug=true"_s});
    const int code = call.wait();
    QCOMPARE(code == 0, odd.isEmpty());
    const QByteArray all = call.everything();
    if (odd == "/token")
        QVERIFY2(all.contains(R"("failure":"token_refused")"), all.constData());
    else if (odd == "/mcp")
        QVERIFY2(all.contains(R"("failure":"answer_unusable")"), all.constData());
    const auto field = &ScriptedServer::field;
    QList<QByteArray> secrets{server.token, server.token.split('.').last(), "refresh-1", "c%2Bd", "c+d",
                              "session-1",  "planted-header-secret"};
    if (odd != "/register")
        secrets += {field(server.tokenBody, "code_verifier"), field(server.authorizeQuery, "state")};
    for (const QByteArray &secret : std::as_const(secrets)) {
        QVERIFY(secret != "<none>");
        QVERIFY2(!all.contains(secret), (secret + " in " + all).constData());
    }
    QVERIFY2(all.contains(odd.isEmpty() ? "Ada"_ba : "HTTP"_ba), all.constData());
}

void TestCall::endsWithTheRightCode_data()
{
    QTest::addColumn<QStringList>("arguments"); // URL stands for the server's address.
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("no tool") << QStringList{u"URL"_s} << 1 << "TOOL"_ba;
    QTest::newRow("no address") << QStringList{u"nowhere"_s, u"t"_s} << 1 << "nowhere"_ba;
    QTest::newRow("plain http elsewhere")
        << QStringList{u"http://192.0.2.1/mcp"_s, u"t"_s} << 1 << "https"_ba;
    QTest::newRow("arguments that are a list") << QStringList{u"URL"_s, u"t"_s, u"[]"_s} << 1 << "object"_ba;
    QTest::newRow("a header that would split")
        << QStringList{u"URL"_s, u"t"_s, u"--header"_s, u"A: b\r\nC: d"_s} << 1 << "--header"_ba;
    QTest::newRow("a page that wants a person")
        << QStringList{u"URL"_s, u"get-profile"_s} << 3 << "wants a person"_ba;
    QTest::newRow("a client that nobody knows")
        << QStringList{u"URL"_s, u"get-profile"_s, u"--client-id"_s, u"client_x"_s} << 3
        << "Sign in with the browser"_ba;
    QTest::newRow("a server that is not there")
        << QStringList{u"http://127.0.0.1:1/mcp"_s, u"t"_s} << 4 << "Nothing listens"_ba;
}

void TestCall::endsWithTheRightCode()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, word);
    Server server; // Without automatic sign-in.
    arguments.replaceInStrings(u"URL"_s, server.address);
    Program call(QStringList{u"call"_s} + arguments + QStringList{u"--browser"_s, u"none"_s}, noKeyring());
    QTEST(call.wait(), "code");
    QVERIFY2(call.errors().contains(word), call.errors().constData());
    QCOMPARE(server.program.stop(), 0);
}

QByteArray TestCall::withKeyring(const QString &script, const QString &address)
{
    QTemporaryDir home;
    home.setAutoRemove(false);
    QProcess shell;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : {u"HOME"_s, u"XDG_DATA_HOME"_s, u"XDG_CONFIG_HOME"_s, u"XDG_RUNTIME_DIR"_s})
        environment.insert(name, home.path());
    environment.insert(u"URL"_s, address);
    environment.remove(u"DISPLAY"_s);
    shell.setProcessEnvironment(environment);
    shell.setProcessChannelMode(QProcess::MergedChannels);
    shell.start(
        u"dbus-run-session"_s,
        {u"--"_s, u"bash"_s, u"-c"_s,
         u"printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "_s + script});
    // A server of this process may have to answer meanwhile.
    if (!gatehouse::waitFor([&shell] { return shell.state() == QProcess::NotRunning; }, 60'000))
        shell.kill();
    // The keyring ends a moment after its session, and may write until then.
    if (!gatehouse::waitFor([&home] { return QDir(home.path()).removeRecursively(); }, 5000))
        qInfo("The keyring's folder could not be removed.");
    return shell.readAll();
}

void TestCall::printsTextLineByLine()
{
    using gatehouse::oauth::ScriptedServer;
    ScriptedServer server;
    server.toolText = u"one\n\ttwo\u202E\r\n\nfour\x1b[2J"_s;
    Program call({u"call"_s, server.mcp(), u"get-profile"_s, u"--browser"_s, u"none"_s}, noKeyring());
    QCOMPARE(call.wait(), 0);
    const QByteArray errors = call.errors();
    // A pipe gets what came.
    QCOMPARE(call.everything().chopped(errors.size()), server.toolText.toUtf8() + '\n');
    Program help({u"--help"_s});
    QCOMPARE(help.wait(), 0);
    const QByteArray overview = help.everything();
    QVERIFY2(overview.count('\n') > 5 && !overview.contains("\xef\xbf\xbd"), overview.constData());
    Program unknown({u"nothing"_s});
    QCOMPARE(unknown.wait(), 1);
    const QByteArray told = unknown.errors();
    QVERIFY2(told.count('\n') > 5 && !told.contains("\xef\xbf\xbd"), told.constData());
}

/// What another program reads there: each number by its digits, each text by its characters, in the order
/// that came.
static QStringList readBack(const QByteArray &json)
{
    using gatehouse::base::JsonText;
    QStringList out;
    const auto read = JsonText::read(json, {128, 64 * 1024 * 1024});
    if (!read)
        return {read.error().text};
    for (const JsonText::Node &node : read->nodes()) {
        const QByteArrayView text = read->textOf(node);
        const bool isGroup = node.kind == JsonText::Kind::Object || node.kind == JsonText::Kind::Array;
        out.append(QString::number(node.parent) + gatehouse::base::unquotedJson(read->nameOf(node)) + u'='
                   + (node.kind == JsonText::Kind::String ? gatehouse::base::unquotedJson(text)
                          : isGroup                       ? QString::number(int(node.kind))
                                                          : QString::fromLatin1(text)));
    }
    return out;
}

void TestCall::printsJsonAsItIsWritten()
{
    using gatehouse::oauth::ScriptedServer;
    QRandomGenerator random(20261129);
    QByteArrayList all;
    for (int i = 0; i < 10'000; ++i)
        all.append(gatehouse::test::randomJson(random));
    const QByteArray content = R"({"all":[)" + all.join(',') + "]}";
    ScriptedServer server;
    server.toolResult = R"({"content":[],"structuredContent":)" + content + '}';
    const QStringList words{u"call"_s, server.mcp(), u"get-profile"_s, u"--browser"_s, u"none"_s};
    const QStringList came = readBack(server.toolResult);
    QVERIFY(came.size() > 30'000);
    Program asJson(words + QStringList{u"--json"_s}, noKeyring());
    QCOMPARE(asJson.wait(), 0);
    const QByteArray printed = asJson.everything();
    // Between the steps, which are lines of their own.
    const qsizetype begin = printed.indexOf(R"({"content":[])");
    QVERIFY2(begin >= 0, printed.left(1000).constData());
    QCOMPARE(readBack(printed.sliced(begin, printed.indexOf('\n', begin) - begin)), came);
    Program plain(words, noKeyring());
    QCOMPARE(plain.wait(), 0);
    const QByteArray errors = plain.errors();
    QCOMPARE(readBack(plain.everything().chopped(errors.size())), readBack(content));
}

void TestCall::readsASecretFromStandardInput()
{
    using gatehouse::oauth::ScriptedServer;
    ScriptedServer server;
    const QStringList words{u"call"_s,        server.mcp(),  u"get-profile"_s,     u"--browser"_s, u"none"_s,
                            u"--client-id"_s, u"client_1"_s, u"--client-secret"_s, u"-"_s};
    Program unnamed(words, noKeyring());
    unnamed.write("s3cret\n");
    unnamed.closeInput();
    QCOMPARE(unnamed.wait(), 3);
    QVERIFY2(unnamed.errors().contains("--issuer '" + server.origin().toUtf8() + '\''),
             unnamed.errors().constData());
    QCOMPARE(server.count("/token"), 0);
    Program call(words + QStringList{u"--issuer"_s, server.origin()}, noKeyring());
    call.write("s3cret\n");
    call.closeInput();
    QCOMPARE(call.wait(), 0);
    QVERIFY(!call.everything().contains("s3cret"));
    const auto request = std::find_if(server.asked.cbegin(), server.asked.cend(),
                                      [](const auto &one) { return one.path == "/token"; });
    QVERIFY(request != server.asked.cend());
    QCOMPARE(gatehouse::base::onlyValueOf(request->headers, "Authorization"),
             "Basic " + "client_1:s3cret"_ba.toBase64());
    Program none(words, noKeyring());
    none.closeInput();
    QCOMPARE(none.wait(), 1);
    QVERIFY(none.errors().contains("--client-secret"));
}

void TestCall::asksBeforeItUsesEndpointsElsewhere()
{
    using gatehouse::oauth::ScriptedServer;
    ScriptedServer honest;
    ScriptedServer hostile;
    QJsonObject document = hostile.serverDocument();
    document.insert(u"authorization_endpoint"_s, honest.origin() + u"/authorize"_s);
    hostile.odd.insert("/.well-known/oauth-authorization-server",
                       [document](const auto &) { return ScriptedServer::json(document); });
    Program call({u"call"_s, hostile.mcp(), u"get-profile"_s, u"--browser"_s, u"none"_s}, noKeyring());
    QCOMPARE(call.wait(), 3);
    QVERIFY2(call.errors().contains(honest.origin().toUtf8()), call.errors().constData());
    QCOMPARE(honest.count("/authorize"), 0);
}

void TestCall::keepsTheSignInWhereThereIsAKeyring()
{
    if (QStandardPaths::findExecutable(u"dbus-run-session"_s).isEmpty()
        || QStandardPaths::findExecutable(u"gnome-keyring-daemon"_s).isEmpty())
        QSKIP("There is no dbus-run-session and gnome-keyring-daemon here.");
    Server server({u"--auto-sign-in"_s, u"ada@example.com"_s});
    const QString call = u"\"$GATEHOUSE\" call \"$URL\" get-profile --browser none"_s;
    const QByteArray all
        = withKeyring(u"%1; echo \"exit $?\"; echo SECOND; %1; echo \"exit $?\""_s.arg(call), server.address);
    const QByteArray first = all.left(all.indexOf("SECOND"));
    const QByteArray second = all.mid(all.indexOf("SECOND"));
    QVERIFY2(first.contains("Sign in with the browser: done") && first.contains("exit 0"), first.constData());
    QVERIFY2(!first.contains("kept for this run only"), first.constData());
    QVERIFY2(second.contains("ada@example.com") && second.contains("exit 0"), second.constData());
    QVERIFY2(!second.contains("Sign in with the browser: done")
                 && !second.contains("Exchange the code: done"),
             second.constData());
    QCOMPARE(server.program.stop(), 0);
}

void TestCall::letsTwoProgramsRefreshAtOnce()
{
    if (QStandardPaths::findExecutable(u"dbus-run-session"_s).isEmpty()
        || QStandardPaths::findExecutable(u"gnome-keyring-daemon"_s).isEmpty())
        QSKIP("There is no dbus-run-session and gnome-keyring-daemon here.");
    // Tokens that our client takes for spent at once: it keeps ten seconds for the way.
    Server server({u"--auto-sign-in"_s, u"ada@example.com"_s, u"--token-lifetime"_s, u"5"_s});
    const QString call = u"\"$GATEHOUSE\" call \"$URL\" get-profile --browser none"_s;
    const QByteArray all = withKeyring(
        u"%1 >/dev/null 2>&1; echo \"exit $?\"; for i in 1 2 3 4; do (%1; echo \"exit $?\") & done; wait"_s
            .arg(call),
        server.address);
    QCOMPARE(all.count("exit 0"), 5);
    QVERIFY2(!all.contains("Sign in with the browser: done"),
             all.constData()); // A reused refresh token would end the family.
    QVERIFY(all.count("Refresh: done") >= 1);
    QCOMPARE(server.program.stop(), 0);
}

/// A kept token that was revoked: who has the turn refreshes, and the others use what came of it.
void TestCall::refreshesOnceForEightPrograms()
{
    if (QStandardPaths::findExecutable(u"dbus-run-session"_s).isEmpty()
        || QStandardPaths::findExecutable(u"gnome-keyring-daemon"_s).isEmpty())
        QSKIP("There is no dbus-run-session and gnome-keyring-daemon here.");
    gatehouse::oauth::ScriptedServer server;
    bool hasCalled = false;
    server.before = [&](const QString &method) {
        if (hasCalled && method == "server/discover"_L1)
            server.token = "token-2";
        hasCalled = hasCalled || method == "tools/call"_L1;
    };
    const QString call = u"\"$GATEHOUSE\" call \"$URL\" get-profile --browser none"_s;
    const QByteArray all = withKeyring(u"%1; echo \"exit $?\"; for i in 1 2 3 4 5 6 7 8; do (%1; echo \"exit "
                                       u"$?\") & done; wait"_s.arg(call),
                                       server.mcp());
    QVERIFY2(all.count("exit 0") == 9, all.constData());
    QCOMPARE(server.count("/authorize"), 1);
    QCOMPARE(server.count("/token"), 2); // The code, and one refresh.
    QCOMPARE(gatehouse::oauth::ScriptedServer::field(server.tokenBody, "grant_type"), "refresh_token"_ba);
}

void TestCall::signsInByADevice()
{
    using gatehouse::oauth::ScriptedServer;
    ScriptedServer server;
    QJsonObject document = server.serverDocument();
    document.insert(u"device_authorization_endpoint"_s, server.origin() + u"/device"_s);
    server.odd.insert("/.well-known/oauth-authorization-server",
                      [document](const auto &) { return ScriptedServer::json(document); });
    server.odd.insert("/device", [&server](const auto &) {
        return ScriptedServer::json({{u"device_code"_s, u"d1"_s},
                                     {u"user_code"_s, u"WDJB-MJHT"_s},
                                     {u"verification_uri"_s, server.origin() + u"/activate"_s},
                                     {u"expires_in"_s, 600},
                                     {u"interval"_s, 1}});
    });
    server.odd.insert("/token", [](const auto &) {
        return ScriptedServer::json({{u"access_token"_s, u"token-1"_s}, {u"token_type"_s, u"Bearer"_s}});
    });
    Program call({u"call"_s, server.mcp(), u"get-profile"_s, u"--grant"_s, u"device"_s}, noKeyring());
    QCOMPARE(call.wait(), 0);
    const QByteArray errors = call.errors();
    QVERIFY2(errors.contains("Open " + server.origin().toUtf8()
                             + "/activate in any browser, and type the code WDJB-MJHT"),
             errors.constData());
    QVERIFY(!errors.contains("d1\""));
}

/// No browser here: it runs on another machine, and ends at an address that it cannot open.
void TestCall::takesTheAddressThatIsPastedAtATerminal()
{
    using gatehouse::oauth::ScriptedServer;
    ScriptedServer server;
    const QList<QByteArray> command{qgetenv("GATEHOUSE"),
                                    "call",
                                    server.mcp().toUtf8(),
                                    "get-profile",
                                    "--browser",
                                    "/no/browser",
                                    "--no-keyring",
                                    "--callback-port",
                                    "0"};
    gatehouse::test::Terminal terminal(command, "/tmp");
    static const QRegularExpression shown(u"(http://127\\.0\\.0\\.1:\\d+/authorize\\?\\S+)\\s"_s);
    QRegularExpressionMatch match;
    QVERIFY2(terminal.paste({},
                            [&] {
                                match = shown.match(QString::fromUtf8(terminal.said));
                                return match.hasMatch();
                            }),
             terminal.said.constData());
    server.authorizeQuery = match.captured(1).section(u'?', 1).toLatin1();
    QVERIFY2(terminal.paste("hello\n", [&] { return terminal.said.contains("That is not the address"); }),
             terminal.said.constData());
    const QByteArray answer = ScriptedServer::field(server.authorizeQuery, "redirect_uri")
        + "?code=c%2Bd&state=" + ScriptedServer::field(server.authorizeQuery, "state") + '\n';
    QVERIFY2(terminal.paste(answer, [&] { return terminal.said.contains("Ada"); }),
             terminal.said.constData());
    QVERIFY2(terminal.said.contains("Exchange the code: done"), terminal.said.constData());
}

/// What is left of a long line would answer the next question, which nobody has read.
void TestCall::takesOneLineForOneAnswer()
{
    using gatehouse::oauth::ScriptedServer;
    ScriptedServer server;
    server.wantsToken = false;
    QJsonObject answers;
    const auto question = [](const QString &method, const QJsonObject &params) {
        return QJsonObject{{u"method"_s, method}, {u"params"_s, params}};
    };
    const QJsonObject wanted{
        {u"a"_s, question(u"sampling/createMessage"_s, {})},
        {u"b"_s, question(u"elicitation/create"_s, {{u"message"_s, u"Delete everything?"_s}})}};
    server.odd.insert("/mcp", [&](const gatehouse::http::Request &request) {
        const QJsonObject message = gatehouse::base::readJsonObject(request.body).value_or(QJsonObject());
        const QJsonObject given = message["params"_L1]["inputResponses"_L1].toObject();
        if (!given.isEmpty())
            answers = given;
        QJsonObject result{{u"supportedVersions"_s, QJsonArray{u"2026-07-28"_s}},
                           {u"tools"_s, QJsonArray{server.tool}},
                           {u"content"_s, QJsonArray()}};
        if (message.value("method"_L1) == "tools/call"_L1 && given.isEmpty())
            result = {{u"resultType"_s, u"input_required"_s}, {u"inputRequests"_s, wanted}};
        return ScriptedServer::json(
            {{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, message.value("id"_L1)}, {u"result"_s, result}});
    });
    gatehouse::test::Terminal terminal({qgetenv("GATEHOUSE"), "call", server.mcp().toUtf8(), "get-profile",
                                        "--answer", "ask", "--no-keyring"},
                                       "/tmp");
    QVERIFY2(terminal.paste({}, [&] { return terminal.said.contains("Your answer in its place"); }),
             terminal.said.constData());
    QVERIFY2(
        terminal.paste(QByteArray(300, 'A') + "y\n", [&] { return terminal.said.contains("Answer? [y/N]"); }),
        terminal.said.constData());
    QVERIFY(answers.isEmpty()); // Nobody has answered that one.
    QVERIFY(terminal.paste("n\n", [&] { return !answers.isEmpty(); }));
    QCOMPARE(answers["a"_L1]["content"_L1]["text"_L1].toString(), QString(u"A"_s.repeated(300) + u'y'));
    QCOMPARE(answers["b"_L1]["action"_L1].toString(), u"decline"_s);
}

void TestCall::keepsNothingWhereItIsTold()
{
    gatehouse::oauth::ScriptedServer server;
    Program call({u"call"_s, server.mcp(), u"get-profile"_s, u"--browser"_s, u"none"_s, u"--no-keyring"_s,
                  u"--revision"_s, u"2025-11-25"_s},
                 noKeyring());
    QCOMPARE(call.wait(), 0);
    QVERIFY2(!call.errors().contains("keyring"), call.errors().constData()); // It was not asked for.
    for (const auto &request : std::as_const(server.asked))
        QVERIFY2(!request.body.contains("server/discover"), request.body.constData());
    Program odd({u"call"_s, server.mcp(), u"get-profile"_s, u"--revision"_s, u"2027-01-01"_s}, noKeyring());
    QCOMPARE(odd.wait(), 1);
    QVERIFY(odd.errors().contains("--revision wants one of 2026-07-28"));
}

GATEHOUSE_TEST(TestCall)
#include "tst_call.moc"
