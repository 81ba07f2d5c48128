// SPDX-License-Identifier: GPL-3.0-or-later
// Signing in with a browser that comes back to our own listener, and what else may knock there.
#include "base/secretstore.h"
#include "client/content.h"
#include "fetch/networkfetcher.h"
#include "oauth/browser.h"
#include "oauth/flow.h"
#include "oauth/scriptedserver.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QFile>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::oauth;
using namespace Qt::StringLiterals;

namespace {

/// A flow whose browser is this test: it gets the address and does with it what it likes.
struct SignIn
{
    explicit SignIn(ScriptedServer &server, quint16 port = 0)
        : flow(settingsFor(server, port, &opened),
               {&fetcher, &secrets, base::systemClock(), base::systemRandom()})
        , finished(&flow, &Flow::finished)
    { }
    static FlowSettings settingsFor(const ScriptedServer &server, quint16 port, QUrl *opened)
    {
        FlowSettings settings;
        settings.server = server.mcp();
        settings.callbackPort = port;
        settings.opener = [opened](const QUrl &url) {
            *opened = url;
            return true;
        };
        return settings;
    }
    bool untilTheBrowser()
    {
        flow.runAll();
        return gatehouse::waitFor([this] { return !opened.isEmpty() || finished.count() > 0; }, 10'000)
            && !opened.isEmpty();
    }
    base::FetchReply visit(const QByteArray &method, const QString &address,
                           const base::Headers &headers = {})
    {
        std::optional<base::FetchResult> came;
        base::FetchRequest request;
        request.method = method;
        request.url = QUrl(address, QUrl::StrictMode);
        request.headers = headers;
        fetcher.fetch(request, [&came](const base::FetchResult &result) { came = result; });
        return gatehouse::waitFor([&came] { return came.has_value(); }, 10'000)
            ? came->value_or(base::FetchReply())
            : base::FetchReply();
    }
    /// As a browser does: asks the authorization server, and goes where it says.
    QString wayBack()
    {
        const QByteArray page = visit("GET", opened.toString(QUrl::FullyEncoded)).header("location");
        return QString::fromUtf8(visit("GET", QString::fromUtf8(page)).header("location"));
    }
    [[nodiscard]] bool waits() const { return flow.isRunning() && flow.current() == int(StepId::Authorize); }

    QUrl opened;
    fetch::NetworkFetcher fetcher;
    base::MemorySecretStore secrets;
    Flow flow;
    QSignalSpy finished;
};

} // namespace

class TestBrowser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackToTheListener();
    void answersNothingElseOnThePort();
    void ignoresAnAnswerToAnotherSignIn();
    void showsThatTheSignInWasRefused();
    void givesUpWhereNobodyComesBack();
    void takesAFreePortWhereTheUsualOneIsTaken();
    void startsACommandWithTheAddressAtItsEnd();
    void opensNothingThatCouldRun_data();
    void opensNothingThatCouldRun();
};

void TestBrowser::comesBackToTheListener()
{
    ScriptedServer server;
    SignIn signIn(server);
    QVERIFY(signIn.untilTheBrowser());
    const QString back = signIn.wayBack();
    QVERIFY(back.startsWith(signIn.flow.redirectUri() + u'?'));
    const auto page = signIn.visit("GET", back);
    QCOMPARE(page.status, 200);
    QVERIFY(page.body.contains("Signed in"));
    QVERIFY(page.header("content-security-policy").startsWith("default-src 'none'"));
    QVERIFY(!page.body.contains(ScriptedServer::field(server.authorizeQuery, "state")));
    QTRY_COMPARE(signIn.finished.count(), 1);
    QVERIFY2(!signIn.flow.failure(), qPrintable(signIn.flow.failure().value_or(Failure()).text));
    QCOMPARE(client::resultText(signIn.flow.result()), u"Ada"_s);
    QCOMPARE(ScriptedServer::field(server.tokenBody, "redirect_uri"), signIn.flow.redirectUri().toUtf8());
    // The listener is gone, so that the next program may have the port.
    QTcpServer next;
    QVERIFY(next.listen(QHostAddress::LocalHost, quint16(QUrl(signIn.flow.redirectUri()).port())));
}

void TestBrowser::answersNothingElseOnThePort()
{
    ScriptedServer server;
    SignIn signIn(server);
    QVERIFY(signIn.untilTheBrowser());
    const QString back = signIn.wayBack();
    for (const QString &other : {u"foo?"_s, u"/?"_s, u"/..?"_s})
        QCOMPARE(signIn.visit("GET", QString(back).replace(u'?', other)).status, 404);
    const QString plain = signIn.flow.redirectUri().section(u'/', 0, 3); // Of clients that were given.
    QVERIFY(plain.endsWith(u"/callback"_s));
    QCOMPARE(signIn.visit("GET", plain + u'?' + back.section(u'?', 1)).status, 404);
    QCOMPARE(signIn.visit("POST", back).status, 405);
    QCOMPARE(signIn.visit("GET", back, {{"Host"_ba, "evil.example"_ba}}).status, 403);
    QVERIFY(signIn.waits());
    QCOMPARE(server.count("/token"), 0);
}

void TestBrowser::ignoresAnAnswerToAnotherSignIn()
{
    ScriptedServer server;
    SignIn signIn(server);
    QVERIFY(signIn.untilTheBrowser());
    const QString callback = signIn.flow.redirectUri();
    for (const QString &query :
         {u""_s, u"?code=evil"_s, u"?code=evil&state=wrong"_s, u"?error=access_denied&state="_s})
        QCOMPARE(signIn.visit("GET", callback + query).status, 400);
    QVERIFY(signIn.waits()); // A page on the web cannot end the sign-in.
    QCOMPARE(signIn.visit("GET", signIn.wayBack()).status, 200);
    QTRY_COMPARE(signIn.finished.count(), 1);
    QVERIFY(!signIn.flow.failure());
}

void TestBrowser::showsThatTheSignInWasRefused()
{
    ScriptedServer server;
    server.odd.insert("/authorize", [](const http::Request &request) {
        return ScriptedServer::redirect(
            ScriptedServer::back(request, "error=access_denied&error_description=%3Cb%3Eno"));
    });
    SignIn signIn(server);
    QVERIFY(signIn.untilTheBrowser());
    const auto page = signIn.visit("GET", signIn.wayBack());
    QVERIFY(page.body.contains("Not signed in"));
    QVERIFY(!page.body.contains("<b>no"));
    QTRY_COMPARE(signIn.finished.count(), 1);
    QVERIFY(signIn.flow.failure());
    QVERIFY(signIn.flow.failure()->text.contains(u"access_denied <b>no"_s));
}

void TestBrowser::givesUpWhereNobodyComesBack()
{
    ScriptedServer server;
    SignIn signIn(server);
    FlowSettings settings = SignIn::settingsFor(server, 0, &signIn.opened);
    settings.signInMs = 100;
    Flow flow(settings, {&signIn.fetcher, &signIn.secrets, base::systemClock(), base::systemRandom()});
    QSignalSpy finished(&flow, &Flow::finished);
    flow.runAll();
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(flow.failure());
    QVERIFY(flow.failure()->text.contains(u"did not come back"_s));
}

void TestBrowser::takesAFreePortWhereTheUsualOneIsTaken()
{
    ScriptedServer server;
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost, 0));
    SignIn signIn(server, other.serverPort());
    QVERIFY(signIn.untilTheBrowser());
    const QString redirect = signIn.flow.redirectUri();
    QVERIFY(!redirect.contains(u":%1/"_s.arg(other.serverPort())));
    const QString said = signIn.flow.steps().at(int(StepId::Client)).detail;
    QVERIFY2(said.contains(u"Port %1 is taken"_s.arg(other.serverPort())), qPrintable(said));
    // The client was registered for the address that is used.
    const auto registration
        = std::find_if(server.asked.cbegin(), server.asked.cend(),
                       [](const http::Request &request) { return request.path == "/register"; });
    QVERIFY(registration != server.asked.cend());
    QVERIFY(base::readJsonObject(registration->body)->value("redirect_uris"_L1).toArray().contains(redirect));
}

void TestBrowser::startsACommandWithTheAddressAtItsEnd()
{
    QTemporaryDir folder;
    const QString script = folder.filePath(u"a browser.sh"_s);
    QFile file(script);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("#!/bin/sh\nprintf '%s\\n' \"$@\" > \"$0.part\" && mv \"$0.part\" \"$0.out\"\n");
    file.close();
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    const Opener opener = commandOpener(u"\"%1\" --new-window"_s.arg(script));
    QVERIFY(opener);
    QVERIFY(opener(QUrl(u"https://as.example/a?b=$(touch%20x)&c=d;e"_s)));
    QFile out(script + u".out"_s);
    QTRY_VERIFY(out.exists());
    QVERIFY(out.open(QIODevice::ReadOnly));
    QCOMPARE(out.readAll(),
             "--new-window\nhttps://as.example/a?b=$(touch%20x)&c=d;e\n"_ba); // No shell has seen it.
    QVERIFY(!commandOpener(u"  "_s));
    QVERIFY(!commandOpener(folder.filePath(u"no-such-program"_s))(QUrl(u"https://as.example/"_s)));
}

void TestBrowser::opensNothingThatCouldRun_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("allowed");
    QTest::addRow("https") << u"https://acme.authkit.app/oauth2/authorize"_s << true;
    QTest::addRow("http to loopback") << u"http://127.0.0.1:4455/oauth2/authorize"_s << true;
    QTest::addRow("http elsewhere") << u"http://as.example/"_s << false;
    QTest::addRow("a script") << u"javascript:alert(1)"_s << false;
    QTest::addRow("data") << u"data:text/html,x"_s << false;
    QTest::addRow("a file") << u"file:///usr/bin/xterm"_s << false;
    QTest::addRow("a program's own scheme") << u"ms-settings:x"_s << false;
    QTest::addRow("nothing") << QString() << false;
}

void TestBrowser::opensNothingThatCouldRun()
{
    QFETCH(QString, address);
    QFETCH(bool, allowed);
    QCOMPARE(mayOpen(QUrl(address)), allowed);
}

GATEHOUSE_TEST(TestBrowser)
#include "tst_browser.moc"
