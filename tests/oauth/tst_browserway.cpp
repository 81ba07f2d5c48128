// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/flowrun.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QTcpServer>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::oauth;
using namespace Qt::StringLiterals;

/// The sign-in that goes through a browser and comes back to a listener of our own.
class TestBrowserWay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackThroughTheListener();
    void saysWhatThePersonDecided();
    void goesOnWaitingAfterAForeignAnswer();
    void givesUpOnABrowserThatNeverReturns();
    void opensNothingAgainThatIsOver();
    void takesAnotherPortWhereItsOwnIsTaken();
    void offersALinkThatWorksOnceAndHoldsNoState();
    void opensAgainWithAnotherLink();
    void givesUpOnADocumentThatNeverEnds();

private:
    fetch::NetworkFetcher m_browser;
    base::FetchResult get(const QString &address, const base::Headers &headers = {});
};

base::FetchResult TestBrowserWay::get(const QString &address, const base::Headers &headers)
{
    base::FetchRequest request;
    request.url = QUrl(address);
    request.headers = headers;
    std::optional<base::FetchResult> came;
    m_browser.fetch(request, [&came](base::FetchResult result) { came = std::move(result); });
    if (!gatehouse::waitFor([&came] { return came.has_value(); }, 5000))
        return base::failure(base::FetchError{});
    return *came;
}

void TestBrowserWay::comesBackThroughTheListener()
{
    ScriptedServer server;
    FlowSettings settings;
    settings.opener = [this](const QUrl &address) { return openIn(m_browser, address); };
    Run run(server, settings);
    QVERIFY(run.toTheEnd());
    QVERIFY2(!run.flow.failure(), run.why().constData());
    QCOMPARE(resultText(run.flow.result()), u"Ada"_s);
    QVERIFY(!listensAt(QUrl(run.flow.redirectUri())));
}

void TestBrowserWay::saysWhatThePersonDecided()
{
    ScriptedServer server;
    server.odd.insert("/authorize", [](const http::Request &request) {
        return ScriptedServer::redirect(ScriptedServer::back(request, "error=access_denied"));
    });
    FlowSettings settings;
    settings.opener = [this](const QUrl &address) { return openIn(m_browser, address); };
    Run run(server, settings);
    QVERIFY(run.toTheEnd());
    QVERIFY(run.flow.failure());
    QCOMPARE(run.flow.failure()->text, u"The authorization server refused the sign-in: access_denied"_s);
    QCOMPARE(run.flow.failure()->remedy, u"Sign in again and allow the access."_s);
    QVERIFY(!listensAt(QUrl(run.flow.redirectUri())));
}

void TestBrowserWay::goesOnWaitingAfterAForeignAnswer()
{
    ScriptedServer server;
    FlowSettings settings;
    settings.opener = [](const QUrl &) { return true; };
    Run run(server, settings);
    QSignalSpy awaited(&run.flow, &Flow::browserAwaited);
    run.flow.runAll();
    QTRY_COMPARE(awaited.count(), 1);
    const auto foreign = get(run.flow.redirectUri() + u"?code=stolen&state=wrong"_s);
    QVERIFY(foreign);
    QCOMPARE(foreign->status, 400);
    QVERIFY2(foreign->body.contains("does not belong to the sign-in that is under way"),
             foreign->body.constData());
    QVERIFY(!foreign->body.contains("stolen"));
    QCOMPARE(run.flow.current(), int(StepId::Authorize));
    QVERIFY(run.flow.isRunning());
    openIn(m_browser, run.flow.authorizationAddress());
    QTRY_COMPARE_WITH_TIMEOUT(run.finished.count(), 1, 10'000);
    QVERIFY2(!run.flow.failure(), run.why().constData());
}

void TestBrowserWay::givesUpOnABrowserThatNeverReturns()
{
    ScriptedServer server;
    FlowSettings settings;
    settings.opener = [](const QUrl &) { return true; };
    settings.signInMs = 20;
    Run run(server, settings);
    QVERIFY(run.toTheEnd());
    QVERIFY(run.flow.failure());
    QCOMPARE(run.flow.failure()->text, u"The browser did not come back in time."_s);
    QVERIFY(!listensAt(QUrl(run.flow.redirectUri())));
    // Nothing was lost: the same client tries again.
    QCOMPARE(run.flow.retryFrom(StepId::Authorize), StepId::Authorize);
}

/// Between the failure and the end the dead client is forgotten, which takes as long as the keyring does.
void TestBrowserWay::opensNothingAgainThatIsOver()
{
    struct Slow : base::MemorySecretStore
    {
        void remove(const QString &, std::function<void()> done) override { late = std::move(done); }
        std::function<void()> late;
    };
    Slow kept;
    ScriptedServer server;
    FlowSettings settings;
    settings.useKept = false;
    settings.callbackPort = 33419;
    settings.opener = [this](const QUrl &address) { return openIn(m_browser, address); };
    Run first(server, settings, &kept);
    QVERIFY(first.toTheEnd());
    QVERIFY2(!first.flow.failure(), first.why().constData());
    settings.callbackPort = quint16(QUrl(first.flow.redirectUri()).port());
    settings.opener = [](const QUrl &) { return true; };
    settings.signInMs = 20;
    Run second(server, settings, &kept);
    second.flow.runAll();
    QTRY_VERIFY(second.flow.isEnding() && kept.late);
    second.flow.openAgain();
    QVERIFY(!listensAt(QUrl(second.flow.redirectUri())));
    kept.late();
    QTRY_COMPARE(second.finished.count(), 1);
}

void TestBrowserWay::takesAnotherPortWhereItsOwnIsTaken()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    ScriptedServer server;
    FlowSettings settings;
    settings.callbackPort = other.serverPort();
    settings.opener = [this](const QUrl &address) { return openIn(m_browser, address); };
    Run run(server, settings);
    QVERIFY(run.toTheEnd());
    QVERIFY2(!run.flow.failure(), run.why().constData());
    QVERIFY(QUrl(run.flow.redirectUri()).port() != other.serverPort());
    const QString said = run.step(StepId::Client).detail;
    QVERIFY2(said.contains(u"Port %1 is taken; the callback uses %2"_s.arg(other.serverPort())
                               .arg(QUrl(run.flow.redirectUri()).port())),
             qPrintable(said));
}

/// What a browser's command line shows can be read by every user of the machine.
void TestBrowserWay::offersALinkThatWorksOnceAndHoldsNoState()
{
    ScriptedServer server;
    FlowSettings settings;
    QUrl opened;
    settings.opener = [&opened](const QUrl &address) {
        opened = address;
        return false;
    };
    Run run(server, settings);
    QSignalSpy awaited(&run.flow, &Flow::browserAwaited);
    QSignalSpy again(&run.flow, &Flow::startOpenedAgain);
    run.flow.runAll();
    QTRY_COMPARE(awaited.count(), 1);
    QCOMPARE(awaited.first().first().toBool(), false);
    const QString link = run.flow.startAddress().toString();
    QCOMPARE(opened, run.flow.startAddress());
    const QString start = run.flow.redirectUri().section(u'/', 0, 2) + u"/start"_s;
    QVERIFY(link.startsWith(start + u'/'));
    QCOMPARE(link.size(), start.size() + 1 + 43);
    for (const QString &guess : {start, start + u'/', link.chopped(1), link + u'A'}) {
        const auto guessed = get(guess);
        QVERIFY(guessed);
        QCOMPARE(guessed->status, 404);
    }
    const auto elsewhere = get(link, {{"Sec-Fetch-Site"_ba, "cross-site"_ba}});
    QVERIFY(elsewhere);
    QCOMPARE(elsewhere->status, 410);
    const auto first = get(link);
    QVERIFY(first);
    QCOMPARE(first->status, 302);
    QCOMPARE(first->header("location"), run.flow.authorizationAddress().toEncoded());
    QVERIFY(!first->body.contains("state="));
    QCOMPARE(again.count(), 0);
    const auto second = get(link);
    QVERIFY(second);
    QCOMPARE(second->status, 410);
    QVERIFY(second->header("location").isEmpty());
    QVERIFY(get(link));
    QCOMPARE(again.count(), 1); // However often.
    QCOMPARE(run.step(StepId::Authorize).detail.count(u"opened a second time"_s), 1);
    openIn(m_browser, run.flow.authorizationAddress());
    QTRY_COMPARE_WITH_TIMEOUT(run.finished.count(), 1, 10'000);
    QVERIFY2(!run.flow.failure(), run.why().constData());
    QVERIFY(run.flow.startAddress().isEmpty());
}

void TestBrowserWay::opensAgainWithAnotherLink()
{
    ScriptedServer server;
    FlowSettings settings;
    QList<QUrl> opened;
    settings.opener = [&opened](const QUrl &address) {
        opened.append(address);
        return true;
    };
    Run run(server, settings);
    run.flow.openAgain(); // Nothing waits for a browser.
    run.flow.runAll();
    QTRY_COMPARE(opened.size(), 1);
    run.flow.openAgain();
    QCOMPARE(opened.size(), 2);
    QVERIFY(opened.first() != opened.last());
    const auto old = get(opened.first().toString());
    QVERIFY(old);
    QCOMPARE(old->status, 404);
    openIn(m_browser, opened.last());
    QTRY_COMPARE_WITH_TIMEOUT(run.finished.count(), 1, 10'000);
    QVERIFY2(!run.flow.failure(), run.why().constData());
    QCOMPARE(opened.size(), 2);
}

void TestBrowserWay::givesUpOnADocumentThatNeverEnds()
{
    QTcpServer endless;
    QVERIFY(endless.listen(QHostAddress::LocalHost));
    connect(&endless, &QTcpServer::newConnection, this, [&endless] {
        QTcpSocket *socket = endless.nextPendingConnection();
        socket->write(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        const auto more = [socket] {
            while (socket->bytesToWrite() < 65'536)
                socket->write("400\r\n" + QByteArray(1024, ' ') + "\r\n");
        };
        connect(socket, &QTcpSocket::bytesWritten, socket, more);
        more();
    });
    ScriptedServer server;
    FlowSettings settings;
    Run run(server, settings);
    QJsonObject document = server.resourceDocument();
    document.insert(u"authorization_servers"_s,
                    QJsonArray({u"http://127.0.0.1:%1"_s.arg(endless.serverPort())}));
    server.odd.insert("/.well-known/oauth-protected-resource/mcp",
                      [&](const http::Request &) { return ScriptedServer::json(document); });
    QVERIFY(run.toTheEnd());
    QVERIFY(run.flow.failure());
    QCOMPARE(run.flow.current(), int(StepId::Server));
    QVERIFY2(run.why().contains("larger than"), run.why().constData());
}

GATEHOUSE_TEST(TestBrowserWay)
#include "tst_browserway.moc"
