// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "endtoend/moodyissuer.h"
#include "endtoend/program.h"
#include "fetch/networkfetcher.h"
#include "support/unit.h"

#include <QElapsedTimer>
#include <QTest>
#include <QUrl>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using Mood = MoodyIssuer::Mood;

/// What the real server does while its issuer's key server fails in every way that can be thought of: it
/// never refuses a token for that, never lets one in that it cannot check, never hangs, and comes back by
/// itself.
class TestKeyFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void answers503UntilTheKeysCanBeHad_data() { eachFault(); }
    void answers503UntilTheKeysCanBeHad();
    void goesOnWithTheKeysItHas_data() { eachFault(); }
    void goesOnWithTheKeysItHas();
    void usesNoKeyThatIsUnfit_data();
    void usesNoKeyThatIsUnfit();
    void refusesNoValidTokenWhileKeysRotateUnderLoad();
    void costsTheIssuerLittleUnderAFloodOfUnknownKeys();
    void tellsOfClocksThatDiffer_data();
    void tellsOfClocksThatDiffer();

private:
    struct Server
    {
        explicit Server(const MoodyIssuer &issuer)
            : program({u"serve"_s, u"--port"_s, u"0"_s, u"--json"_s, u"--algorithms"_s, u"ES256"_s,
                       u"--subdomain"_s, issuer.address()})
        {
            resource = program.jsonLine().value("mcp"_L1).toString();
        }
        RawAnswer call(const QByteArray &token) const
        {
            const QByteArray body
                = R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get-profile","_meta":{)"
                  R"("io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
                  R"("io.modelcontextprotocol/clientCapabilities":{}}}})";
            const int port = QUrl(resource).port();
            return exchangeRaw(
                "127.0.0.1", port,
                "POST /mcp HTTP/1.1\r\nHost: localhost:" + QByteArray::number(port)
                    + "\r\nContent-Type: application/json\r\nMCP-Protocol-Version: 2026-07-28\r\n"
                      "Mcp-Method: tools/call\r\nMcp-Name: get-profile\r\nAuthorization: Bearer "
                    + token + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        }
        /// The record of the last call.
        QJsonObject record()
        {
            QJsonObject line = program.jsonLine();
            while (line.value("event"_L1).toString() == "notice"_L1)
                line = program.jsonLine();
            return line;
        }
        QString resource;
        Program program;
    };
    static void eachFault();
};

void TestKeyFaults::eachFault()
{
    QTest::addColumn<Mood>("mood");
    QTest::newRow("down") << Mood::Refusing;
    QTest::newRow("hanging") << Mood::Hanging;
    QTest::newRow("a byte at a time") << Mood::Dripping;
    QTest::newRow("leaving in the middle") << Mood::Leaving;
    QTest::newRow("HTTP 500") << Mood::Failing;
    QTest::newRow("a redirect to good keys") << Mood::Redirecting;
    QTest::newRow("no HTTP at all") << Mood::NoHttp;
    QTest::newRow("a web page") << Mood::Html;
    QTest::newRow("JSON that is no key set") << Mood::NoSet;
    QTest::newRow("a set without keys") << Mood::EmptySet;
    QTest::newRow("a set of private keys") << Mood::PrivateKeys;
    QTest::newRow("10 MB") << Mood::Huge;
    QTest::newRow("without an end") << Mood::Endless;
    QTest::newRow("compressed, unasked") << Mood::Zipped;
}

void TestKeyFaults::answers503UntilTheKeysCanBeHad()
{
    QFETCH(Mood, mood);
    MoodyIssuer issuer;
    issuer.setMood(mood);
    Server server(issuer);
    QElapsedTimer timer;
    timer.start();
    const RawAnswer refused = server.call(issuer.token(server.resource));
    QCOMPARE(refused.status, 503);
    QVERIFY(refused.header("www-authenticate").isEmpty());
    QVERIFY2(timer.elapsed() < 6500, "the wait for keys is bounded");
    const QJsonObject record = server.record();
    QCOMPARE(record.value("reason"_L1).toString(), u"keys_unavailable"_s);
    QVERIFY2(record.value("cause"_L1).toString().contains(issuer.address()), "the record says what failed");

    issuer.setMood(Mood::Good);
    QTRY_COMPARE_WITH_TIMEOUT(server.call(issuer.token(server.resource)).status, 200, 20'000);
    QCOMPARE(server.program.stop(), 0);
}

void TestKeyFaults::goesOnWithTheKeysItHas()
{
    QFETCH(Mood, mood);
    MoodyIssuer issuer;
    Server server(issuer);
    const QByteArray known = issuer.token(server.resource);
    QCOMPARE(server.call(known).status, 200);

    issuer.setMood(mood);
    issuer.rotate();
    // Whether the new key is good nobody can tell now: neither in nor refused.
    QCOMPARE(server.call(issuer.token(server.resource)).status, 503);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(server.call(known).status, 200);
    issuer.setMood(Mood::Good);
    QTRY_COMPARE_WITH_TIMEOUT(server.call(issuer.token(server.resource)).status, 200, 20'000);
    QCOMPARE(server.call(known).status, 200);
    QCOMPARE(server.program.stop(), 0);
}

void TestKeyFaults::usesNoKeyThatIsUnfit_data()
{
    QTest::addColumn<Mood>("mood");
    QTest::addColumn<QString>("cause");
    QTest::newRow("a private key given away") << Mood::PrivateKeys << u"private or symmetric"_s;
    QTest::newRow("a point that is none") << Mood::WeakKeys << u"32 bytes"_s;
}

void TestKeyFaults::usesNoKeyThatIsUnfit()
{
    QFETCH(Mood, mood);
    QFETCH(QString, cause);
    MoodyIssuer issuer;
    issuer.setMood(mood);
    Server server(issuer);
    // The issuer's fault, not the token's: nobody is asked to sign in again for it.
    QCOMPARE(server.call(issuer.token(server.resource)).status, 503);
    const QJsonObject record = server.record();
    QCOMPARE(record.value("reason"_L1).toString(), u"keys_unavailable"_s);
    QVERIFY2(record.value("cause"_L1).toString().contains(cause),
             qPrintable(record.value("cause"_L1).toString()));
    QCOMPARE(server.program.stop(), 0);
}

void TestKeyFaults::refusesNoValidTokenWhileKeysRotateUnderLoad()
{
    MoodyIssuer issuer;
    Server server(issuer);
    fetch::NetworkFetcher fetcher;
    QHash<int, int> answers; // HTTP status → how many.
    int open = 0;
    int sent = 0;
    QList<QByteArray> tokens; // All of them valid all the time: the issuer keeps its old keys.
    const QByteArray body
        = R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get-profile","_meta":{)"
          R"("io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
          R"("io.modelcontextprotocol/clientCapabilities":{}}}})";
    const auto send = [&] {
        base::FetchRequest request;
        request.method = "POST";
        request.url = QUrl(server.resource);
        request.headers = {{"Content-Type", "application/json"},
                           {"MCP-Protocol-Version", "2026-07-28"},
                           {"Mcp-Method", "tools/call"},
                           {"Mcp-Name", "get-profile"},
                           {"Authorization", "Bearer " + tokens.at(sent % tokens.size())}};
        request.body = body;
        request.timeoutMs = 10'000;
        ++sent;
        ++open;
        fetcher.fetch(request, [&](const base::FetchResult &result) {
            --open;
            ++answers[result ? result->status : 0];
        });
    };
    QElapsedTimer running;
    running.start();
    int rotations = 0;
    while (running.elapsed() < 6000) {
        if (running.elapsed() >= rotations * 300) {
            issuer.rotate();
            ++rotations;
            tokens.append(issuer.token(server.resource));
        }
        while (open < 16)
            send();
        QTest::qWait(2);
    }
    QTRY_COMPARE_WITH_TIMEOUT(open, 0, 15'000);
    qInfo("%d calls, %d rotations, %d fetches of the keys", sent, rotations, issuer.fetches());
    QVERIFY(sent > 200 && rotations >= 15);
    QCOMPARE(answers.value(200), sent);
    QVERIFY2(issuer.fetches() < 12, "one fetch a second, whatever comes");
    QCOMPARE(server.program.stop(), 0);
}

void TestKeyFaults::costsTheIssuerLittleUnderAFloodOfUnknownKeys()
{
    MoodyIssuer issuer;
    MoodyIssuer stranger;
    Server server(issuer);
    const QByteArray known = issuer.token(server.resource);
    QCOMPARE(server.call(known).status, 200);
    QJsonObject claims = stranger.claims(server.resource);
    claims.insert(u"iss"_s, issuer.address());
    for (int i = 0; i < 20; ++i)
        stranger.rotate();
    QElapsedTimer running;
    running.start();
    const int before = issuer.fetches();
    int asked = 0;
    while (running.elapsed() < 5000) {
        const RawAnswer answer = server.call(stranger.sign(claims));
        QCOMPARE(answer.status, 401);
        QCOMPARE(server.call(known).status, 200);
        stranger.rotate();
        ++asked;
    }
    QVERIFY(asked >= 2);
    QVERIFY2(issuer.fetches() - before <= 4, "questions in vain are spread further and further");
    QCOMPARE(server.program.stop(), 0);
}

void TestKeyFaults::tellsOfClocksThatDiffer_data()
{
    QTest::addColumn<int>("ahead"); // The issuer's clock.
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("cause");
    QTest::newRow("the same time") << 0 << 200 << u"valid"_s << QString();
    QTest::newRow("within the tolerance") << 8 << 200 << u"valid"_s << QString();
    QTest::newRow("two minutes ahead") << 120 << 401 << u"not_yet_valid"_s << u"issuer's clock is"_s;
    QTest::newRow("ten minutes behind") << -600 << 401 << u"expired"_s << u"This computer's clock is"_s;
    QTest::newRow("a minute behind, and the token still lives") << -60 << 200 << u"valid"_s << QString();
}

void TestKeyFaults::tellsOfClocksThatDiffer()
{
    QFETCH(int, ahead);
    QFETCH(QString, cause);
    MoodyIssuer issuer;
    issuer.setAhead(ahead);
    Server server(issuer);
    // The keys first: their Date is how the other clock is known.
    (void)server.call(issuer.token(server.resource));
    (void)server.record();
    QJsonObject claims = issuer.claims(server.resource);
    const qint64 now = claims.value("iat"_L1).toInteger() + ahead;
    claims.insert(u"iat"_s, now);
    claims.insert(u"exp"_s, now + 300);
    QTEST(server.call(issuer.sign(claims)).status, "status");
    const QJsonObject record = server.record();
    QTEST(record.value("reason"_L1).toString(), "reason");
    QVERIFY2(record.value("cause"_L1).toString().contains(cause),
             qPrintable(record.value("cause"_L1).toString()));
    QCOMPARE(server.program.stop(), 0);
}

GATEHOUSE_TEST(TestKeyFaults)
#include "tst_keyfaults.moc"
