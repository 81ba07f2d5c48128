// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/mask.h"
#include "host/host.h"
#include "support/peer.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <atomic>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using State = host::Host::State;

/// Without what reached the sandbox, which our own key fetch does, too.
static QList<exchange::Exchange> ofTheServer(QList<exchange::Exchange> batch)
{
    batch.removeIf([](const auto &one) { return one.source == exchange::Source::Sandbox; });
    return batch;
}

class TestHost : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void startsStopsAndStartsAgainOnTheSamePort();
    void tellsOfEachExchangeFromItsEngine();
    void tellsSinksOfItsOwnThroughAllStarts();
    void tellsOfWhatReachesTheSandbox();
    void saysWhichPortIsInUseAndWhichIsFree();
    void saysWhatAUserShouldKnow();
    void survivesBeingStoppedAtAnyMoment();
    void saysThatTheIssuerIsAway();
    void fetchesTheKeysOnAWish();
    void tellsOfAProxyWhoseAddressIsNotTheResource();
    void keepsTheSandboxsTokensThroughAChangeOfSettings();
    void goesOnWhereNewSettingsCannotBe();
    void appliesAlsoWhereNothingRuns();
    void saysThatItWasStoppedBeforeThatTookEffect();
    void drainsAndThenIsStopped();
    void endsASessionByWhatItTellsOfIt();
    void tellsOfSessionsThatNewSettingsEnd();

private:
    static host::Settings freePorts()
    {
        host::Settings settings;
        settings.port = settings.sandboxPort = 0;
        return settings;
    }
};

void TestHost::startsStopsAndStartsAgainOnTheSamePort()
{
    host::Host server;
    host::Settings settings = freePorts();
    server.start(settings);
    QTRY_COMPARE(server.state(), State::Listening);
    QVERIFY(server.running().sandbox);
    settings.port = server.running().port;
    server.start(settings);
    QTRY_COMPARE(server.state(), State::Listening);
    QCOMPARE(server.running().resource, u"http://localhost:%1/mcp"_s.arg(settings.port));
    server.stop();
    QCOMPARE(server.state(), State::Stopped);
    QVERIFY(QTcpServer().listen(QHostAddress::LocalHost, quint16(settings.port)));
}

void TestHost::tellsOfEachExchangeFromItsEngine()
{
    host::Host server;
    QList<exchange::Exchange> seen;
    connect(&server, &host::Host::exchanged, this,
            [&](const QList<exchange::Exchange> &batch) { seen += ofTheServer(batch); });
    server.start(freePorts());
    QTRY_COMPARE(server.state(), State::Listening);
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, quint16(server.running().port));
    socket.write("POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}");
    QTRY_VERIFY(!seen.isEmpty() && seen.last().outcome != exchange::Outcome::Running);
    QCOMPARE(seen.last().status, 401);
    QCOMPARE(seen.last().verdict.reason, auth::Reason::NoToken);
    QVERIFY(seen.last().challenge.startsWith("Bearer"));
}

void TestHost::tellsSinksOfItsOwnThroughAllStarts()
{
    class Count : public exchange::Sink
    {
    public:
        void began(const exchange::Exchange &) override { ++begun; }
        void ended(const exchange::Exchange &) override { ++over; }
        std::atomic<int> begun = 0;
        std::atomic<int> over = 0;
    } count;
    host::Host server;
    server.addSink(&count);
    for (int i = 1; i <= 2; ++i) {
        server.start(freePorts());
        QTRY_COMPARE(server.state(), State::Listening);
        const int before = count.over;
        QCOMPARE(Peer().ask("GET", server.running().resource).status, 405);
        QTRY_VERIFY(count.over > before);
        server.stop();
        QCOMPARE(count.begun.load(), count.over.load());
    }
}

void TestHost::tellsOfWhatReachesTheSandbox()
{
    host::Host server;
    Peer peer;
    QList<exchange::Exchange> seen;
    connect(&server, &host::Host::exchanged, this, [&](const QList<exchange::Exchange> &batch) {
        seen += batch;
        seen.removeIf([](const auto &one) {
            return one.source == exchange::Source::Server || one.outcome == exchange::Outcome::Running;
        });
    });
    server.start(freePorts());
    QTRY_COMPARE(server.state(), State::Listening);
    peer.ask("GET", server.running().issuer + u"/oauth2/authorize?state=secret-state&client_id=none"_s);
    const auto find = [&seen](const QByteArray &path) {
        return std::find_if(seen.cbegin(), seen.cend(),
                            [&path](const auto &one) { return one.path == path; });
    };
    QTRY_VERIFY(find("/oauth2/authorize") != seen.cend());
    const exchange::Exchange authorize = *find("/oauth2/authorize");
    QVERIFY(authorize.status >= 300);
    QVERIFY(authorize.times.answeredUs > 0);
    QVERIFY2(!authorize.query.contains("secret-state"), authorize.query.constData());
    QVERIFY(authorize.query.contains("client_id=none"));
    QTRY_VERIFY(find("/oauth2/jwks") != seen.cend()); // Our own gate fetches the keys.
}

void TestHost::saysWhichPortIsInUseAndWhichIsFree()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost, 0));
    host::Host server;
    host::Settings settings = freePorts();
    settings.port = other.serverPort();
    server.start(settings);
    QTRY_COMPARE(server.state(), State::Failed);
    QCOMPARE(server.error().kind, host::StartError::Kind::PortInUse);
    QCOMPARE(server.error().field, u"port"_s);
    const QString sentence = host::sentenceOf(server.error());
    QVERIFY(sentence.contains(QString::number(other.serverPort())));
    QVERIFY(sentence.contains(QString::number(server.error().nextFree)));
}

void TestHost::saysWhatAUserShouldKnow()
{
    host::Host server;
    host::Settings settings = freePorts();
    settings.verifyJwt = false;
    server.start(settings);
    QTRY_COMPARE(server.state(), State::Listening);
    bool said = false;
    for (const host::Notice &notice : server.running().notices) {
        said = said || notice.kind == host::Notice::Kind::VerifyJwtOff;
        QVERIFY(!host::sentenceOf(notice).contains(u'%'));
        QVERIFY(!host::nameOf(notice.kind).isEmpty());
    }
    QVERIFY(said);
}

void TestHost::survivesBeingStoppedAtAnyMoment()
{
    for (int i = 0; i < 5; ++i) {
        host::Host server;
        server.start(freePorts());
        if (i == 1)
            server.stop();
        if (i > 1)
            QTest::qWait(i);
        if (i == 4)
            server.start(freePorts());
    }
}

void TestHost::saysThatTheIssuerIsAway()
{
    host::Host server;
    QSignalSpy noticed(&server, &host::Host::noticed);
    host::Settings settings = freePorts();
    settings.subdomain = u"http://127.0.0.1:1"_s; // Nobody listens on port 1.
    server.start(settings);
    QTRY_COMPARE(noticed.count(), 1);
    const auto notice = noticed.first().first().value<host::Notice>();
    QCOMPARE(notice.kind, host::Notice::Kind::IssuerUnreachable);
    QVERIFY(host::sentenceOf(notice).contains("http://127.0.0.1:1"_L1));
    QCOMPARE(server.state(), State::Listening);
}

void TestHost::fetchesTheKeysOnAWish()
{
    host::Host server;
    QSignalSpy noticed(&server, &host::Host::noticed);
    server.fetchKeys(); // Nothing runs: nothing happens.
    server.start(freePorts());
    QTRY_COMPARE(server.state(), State::Listening);
    server.fetchKeys();
    QTRY_COMPARE(noticed.count(), 1);
    const auto notice = noticed.first().first().value<host::Notice>();
    QCOMPARE(notice.kind, host::Notice::Kind::KeysFetched);
    QCOMPARE(notice.count, 1);
    QVERIFY(host::sentenceOf(notice).contains(u"sso_oidc_key_pair_"_s));
}

void TestHost::tellsOfAProxyWhoseAddressIsNotTheResource()
{
    host::Host server;
    QSignalSpy noticed(&server, &host::Host::noticed);
    host::Settings settings = freePorts();
    server.start(settings);
    QTRY_COMPARE(server.state(), State::Listening);
    const QString resource = server.running().resource;
    Peer peer;
    const auto askAs = [&](const base::Headers &headers) {
        return peer
            .ask("GET", QString(resource).replace(u"/mcp"_s, u"/.well-known/oauth-protected-resource"_s),
                 headers)
            .status;
    };
    const base::Headers tunnel{{"X-Forwarded-Proto", "https"}, {"X-Forwarded-Host", "a.ngrok.app"}};
    QCOMPARE(askAs({{"Forwarded",
                     "proto=http;host=\"localhost:%1\""_ba.replace(
                         "%1", QByteArray::number(server.running().port))}}),
             200); // As it is published.
    for (int i = 0; i < 3; ++i)
        QCOMPARE(askAs(tunnel), 200);
    QTRY_COMPARE(noticed.count(), 1); // Once for each.
    const auto notice = noticed.first().first().value<host::Notice>();
    QCOMPARE(notice.kind, host::Notice::Kind::BehindProxy);
    QCOMPARE(notice.detail, u"https://a.ngrok.app/mcp"_s);
    QCOMPARE(notice.published, resource);
    QVERIFY(host::sentenceOf(notice).contains(u"https://a.ngrok.app/mcp"_s));
    for (int i = 0; i < 20; ++i) // Anybody can send it.
        QCOMPARE(askAs({{"X-Forwarded-Proto", "https"}, {"X-Forwarded-Host", "a" + QByteArray::number(i)}}),
                 200);
    QTRY_COMPARE(noticed.count(), 8);
    // Once the address is the one at which the proxy is reached there is nothing to say, and a new one counts
    // anew.
    settings.resource = u"https://a.ngrok.app/mcp"_s;
    bool isApplied = false;
    server.apply(settings, [&isApplied](const auto &error) { isApplied = !error; });
    QTRY_VERIFY(isApplied);
    QCOMPARE(askAs(tunnel), 200);
    QCOMPARE(askAs({{"X-Forwarded-Proto", "http"}, {"X-Forwarded-Host", "a.ngrok.app"}}), 200);
    QTRY_COMPARE(noticed.count(), 9);
    QCOMPARE(noticed.last().first().value<host::Notice>().detail, u"http://a.ngrok.app/mcp"_s);
}

void TestHost::keepsTheSandboxsTokensThroughAChangeOfSettings()
{
    host::Host server;
    Peer peer;
    QList<exchange::Exchange> seen;
    connect(&server, &host::Host::exchanged, this,
            [&](const QList<exchange::Exchange> &batch) { seen += ofTheServer(batch); });
    server.start(freePorts());
    QTRY_COMPARE(server.state(), State::Listening);
    const host::Running before = server.running();
    const QByteArray token = peer.token(before.issuer);
    QCOMPARE(peer.call(before.resource, token), 200);

    // A scope that the token lacks: refused from now on, and let in again without it.
    host::Settings stricter = freePorts();
    stricter.port = before.port;
    stricter.requiredScopes = {u"documents:write"_s};
    std::optional<std::optional<host::StartError>> heard;
    const auto apply = [&](const host::Settings &settings) {
        heard.reset();
        server.apply(settings, [&heard](const std::optional<host::StartError> &error) { heard = error; });
        return gatehouse::waitFor([&heard] { return heard.has_value(); }, 5000);
    };
    QVERIFY(apply(stricter));
    QVERIFY(!heard->has_value());
    QCOMPARE(peer.call(before.resource, token), 403);
    stricter.requiredScopes.clear();
    QVERIFY(apply(stricter));
    QCOMPARE(server.running().issuer, before.issuer);
    QCOMPARE(peer.call(before.resource, token), 200);
    // Each exchange was told of, also those of a server that was changed meanwhile.
    QTRY_COMPARE(std::count_if(seen.begin(), seen.end(),
                               [](const auto &one) { return one.outcome != exchange::Outcome::Running; }),
                 3);

    // To another port and back.
    host::Settings elsewhere = stricter;
    elsewhere.port = 0;
    QVERIFY(apply(elsewhere));
    QVERIFY(!heard->has_value());
}

void TestHost::goesOnWhereNewSettingsCannotBe()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost, 0));
    host::Host server;
    Peer peer;
    server.start(freePorts());
    QTRY_COMPARE(server.state(), State::Listening);
    const host::Running before = server.running();
    host::Settings taken = freePorts();
    taken.port = other.serverPort();
    std::optional<host::StartError> error;
    server.apply(taken, [&error](const std::optional<host::StartError> &why) { error = why; });
    QTRY_VERIFY(error);
    QCOMPARE(error->kind, host::StartError::Kind::PortInUse);
    QCOMPARE(server.state(), State::Listening);
    QCOMPARE(server.running().port, before.port);
    QCOMPARE(peer.call(before.resource, peer.token(before.issuer)), 200);
    error.reset();
    taken.port = 70'000;
    server.apply(taken, [&error](const std::optional<host::StartError> &why) { error = why; });
    QTRY_VERIFY(error);
    QCOMPARE(error->field, u"port"_s);
    QCOMPARE(peer.call(before.resource, peer.token(before.issuer)), 200);
}

void TestHost::appliesAlsoWhereNothingRuns()
{
    host::Host server;
    std::optional<std::optional<host::StartError>> heard;
    server.apply(freePorts(), [&heard](const std::optional<host::StartError> &error) { heard = error; });
    QTRY_VERIFY(heard);
    QVERIFY(!heard->has_value());
    QCOMPARE(server.state(), State::Listening);
}

void TestHost::saysThatItWasStoppedBeforeThatTookEffect()
{
    host::Host server;
    QList<std::optional<host::StartError>> heard;
    const auto apply = [&] {
        server.apply(freePorts(),
                     [&heard](const std::optional<host::StartError> &error) { heard.append(error); });
    };
    apply(); // While nothing runs …
    server.stop();
    QCOMPARE(heard.size(), 1);
    QVERIFY(heard.last() && heard.last()->kind == host::StartError::Kind::Stopped);
    apply();
    QTRY_COMPARE(heard.size(), 2);
    QVERIFY(!heard.last());
    apply(); // … and where it does.
    server.stop();
    QCOMPARE(heard.size(), 3);
    QVERIFY(heard.last() && heard.last()->kind == host::StartError::Kind::Stopped);
    apply();
    QTRY_COMPARE(heard.size(), 4); // And none is told twice.
    QVERIFY(!heard.last());
    {
        host::Host other;
        other.apply(freePorts(),
                    [&heard](const std::optional<host::StartError> &error) { heard.append(error); });
    }
    QCOMPARE(heard.size(), 4); // Whoever waits for one that goes may be half gone.
}

void TestHost::drainsAndThenIsStopped()
{
    host::Host host;
    int ends = 0;
    const auto ended = [&ends] { ++ends; };
    host.drain(std::chrono::minutes(10), ended);
    QCOMPARE(ends, 1); // Nothing runs.
    host.start(freePorts());
    QTRY_COMPARE(host.state(), host::Host::State::Listening);
    Peer peer;
    QCOMPARE(peer.call(host.running().resource, {}), 401);
    host.drain(std::chrono::minutes(10), ended);
    QTRY_COMPARE(ends, 2);
    QCOMPARE(host.state(), host::Host::State::Stopped);
    // Whoever stops it or starts it anew meanwhile does not wait.
    for (const bool isStart : {false, true}) {
        ends = 0;
        host.start(freePorts());
        QTRY_COMPARE(host.state(), host::Host::State::Listening);
        host.drain(std::chrono::minutes(10), ended);
        host.drain(std::chrono::minutes(10), ended);
        isStart ? host.start(freePorts()) : host.stop();
        QCOMPARE(ends, 2);
    }
    QTRY_COMPARE(host.state(), host::Host::State::Listening);
    QCOMPARE(peer.call(host.running().resource, {}), 401);
}

void TestHost::endsASessionByWhatItTellsOfIt()
{
    host::Host host;
    QByteArray seen; // Its fingerprint.
    connect(&host, &host::Host::exchanged, this, [&seen](const QList<exchange::Exchange> &batch) {
        for (const exchange::Exchange &one : batch)
            seen = one.session.isEmpty() ? seen : one.session;
    });
    QList<bool> heard;
    const auto end = [&](const QByteArray &fingerprint) {
        host.endSession(fingerprint, [&heard](bool wasThere) { heard.append(wasThere); });
    };
    end("00000000"); // Nothing runs.
    host.start(freePorts());
    QTRY_COMPARE(host.state(), host::Host::State::Listening);
    Peer peer;
    base::Headers headers{{"Content-Type", "application/json"},
                          {"Accept", "application/json, text/event-stream"},
                          {"Authorization", "Bearer " + peer.token(host.running().issuer)}};
    const base::FetchReply begun = peer.ask(
        "POST", host.running().resource, headers,
        R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}})");
    QCOMPARE(begun.status, 200);
    headers.append({"Mcp-Session-Id", begun.header("mcp-session-id")});
    const auto ping = [&] {
        return peer
            .ask("POST", host.running().resource, headers, R"({"jsonrpc":"2.0","id":2,"method":"ping"})")
            .status;
    };
    QCOMPARE(ping(), 200);
    QTRY_VERIFY(!seen.isEmpty());
    QVERIFY(heard.isEmpty());
    end("00000000");
    QTRY_COMPARE(heard, QList<bool>({false}));
    QCOMPARE(ping(), 200);
    end(seen);
    QTRY_COMPARE(heard, QList<bool>({false, true}));
    QCOMPARE(ping(), 404);
}

void TestHost::tellsOfSessionsThatNewSettingsEnd()
{
    host::Host host;
    QSignalSpy ended(&host, &host::Host::sessionEnded);
    const host::Settings settings = freePorts();
    host.start(settings);
    QTRY_COMPARE(host.state(), host::Host::State::Listening);
    Peer peer;
    const base::Headers headers{{"Content-Type", "application/json"},
                                {"Accept", "application/json, text/event-stream"},
                                {"Authorization", "Bearer " + peer.token(host.running().issuer)}};
    const base::FetchReply begun = peer.ask(
        "POST", host.running().resource, headers,
        R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}})");
    QCOMPARE(begun.status, 200);
    host::Settings other = settings;
    other.port = host.running().port;
    other.scopes = {u"openid"_s}; // Says nothing of who may come.
    bool isApplied = false;
    host.apply(other, [&isApplied](const auto &error) { isApplied = !error; });
    QTRY_VERIFY(isApplied);
    QCOMPARE(ended.size(), 0);
    other.requiredScopes = {u"documents:write"_s};
    host.apply(other, [](const auto &) {});
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(ended.first().first().toByteArray(), base::fingerprint(begun.header("mcp-session-id")));
}

GATEHOUSE_TEST(TestHost)
#include "tst_host.moc"
