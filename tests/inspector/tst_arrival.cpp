// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ownrequest.h"
#include "inspector/arrival.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::inspector;
using namespace Qt::StringLiterals;
using exchange::Exchange;
using exchange::Outcome;
using Rung = Arrival::Rung;
using State = Arrival::State;

/// A client that somebody waits for, step by step.
class TestArrival : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_arrival = {};
        m_arrival.begin(1000, [](const Exchange &one) { return one.client.startsWith("cursor"_L1); });
    }
    void climbsTheLadderOfASignIn();
    void knowsAClientByItsDocument();
    void skipsWhatWasKnownBefore();
    void skipsWhatIsNotSeenWhereTheIssuerIsElsewhere();
    void saysWhatItWasTurnedAwayFor_data();
    void saysWhatItWasTurnedAwayFor();
    void forgetsARefusalOnceItIsIn();
    void forgetsWhatWentBetterTheSecondTime();
    void keepsARefusalWhileTheClientLooksAgain();
    void countsNobodyElse_data();
    void countsNobodyElse();
    void needsAnAnswerToACall_data();
    void needsAnAnswerToACall();
    void needsNoTokenWhereNoneIsAskedFor();
    void beginsAnew();

private:
    Exchange exchange(const QByteArray &method, const QByteArray &path, int status)
    {
        Exchange one;
        one.id = ++m_last;
        one.times.receivedAt = m_now += 1000;
        one.method = method;
        one.path = path;
        one.status = status;
        one.outcome = Outcome::None;
        one.client = u"claude-code/2.1"_s;
        one.requestHeaders = {{"User-Agent", "claude-code/2.1"}};
        one.verdict.reason = auth::Reason::NotNeeded;
        return one;
    }
    Exchange atSandbox(const QByteArray &method, const QByteArray &path, int status)
    {
        Exchange one = exchange(method, path, status);
        one.source = exchange::Source::Sandbox;
        return one;
    }
    Exchange call(auth::Reason reason, int status = 200)
    {
        Exchange one = exchange("POST", "/mcp", status);
        one.rpcMethod = u"initialize"_s;
        one.verdict.reason = reason;
        one.outcome = status == 200 ? Outcome::Ok : Outcome::None;
        return one;
    }
    [[nodiscard]] QString drawn() const
    {
        QString all;
        for (int i = 0; i < Arrival::rungs; ++i)
            all += u"o+-"_s.at(int(m_arrival.stateOf(Rung(i))));
        return all;
    }

    Arrival m_arrival;
    quint64 m_last = 0;
    qint64 m_now = 1000;
};

void TestArrival::climbsTheLadderOfASignIn()
{
    QCOMPARE(drawn(), u"ooooo"_s);
    QVERIFY(m_arrival.record(call(auth::Reason::NoToken, 401)));
    QVERIFY(m_arrival.askedMs() > 0);
    QCOMPARE(m_arrival.client(), u"claude-code/2.1"_s);
    QCOMPARE(m_arrival.next(), Rung::Metadata);
    QVERIFY(m_arrival.record(exchange("GET", "/.well-known/oauth-protected-resource/mcp", 200)));
    QCOMPARE(drawn(), u"+oooo"_s);
    Exchange registration = atSandbox("POST", "/oauth2/register", 201);
    registration.requestBody.shown = "{\"client_name\":\"Claude Code (gatehouse)\"}";
    QVERIFY(m_arrival.record(registration));
    QCOMPARE(m_arrival.step(Rung::Registered).evidence, u"as “Claude Code (gatehouse)”"_s);
    QVERIFY(m_arrival.record(atSandbox("GET", "/oauth2/authorize", 200)));
    QVERIFY(m_arrival.pageMs() > 0);
    QCOMPARE(m_arrival.next(), Rung::SignedIn);
    m_now += 20'000;
    QVERIFY(m_arrival.record(atSandbox("POST", "/oauth2/token", 200)));
    QCOMPARE(m_arrival.step(Rung::SignedIn).evidence, u"21 s in the browser"_s);
    QCOMPARE(drawn(), u"+++oo"_s);
    Exchange first = call(auth::Reason::Valid);
    first.user = u"ada@example.com"_s;
    first.verdict.claims = {{u"iat"_s, 1000}, {u"exp"_s, 1300}};
    QVERIFY(m_arrival.record(first));
    QCOMPARE(drawn(), u"+++++"_s);
    QCOMPARE(m_arrival.step(Rung::Token).evidence, u"of ada@example.com, lives 5 min"_s);
    QCOMPARE(m_arrival.step(Rung::Call).evidence, u"initialize"_s);
    QVERIFY(m_arrival.isThere());
    QCOMPARE(m_arrival.lastMs(), m_arrival.step(Rung::Call).atMs);
    QVERIFY(!m_arrival.record(first)); // Nothing new.
}

void TestArrival::knowsAClientByItsDocument()
{
    Exchange page = atSandbox("GET", "/oauth2/authorize", 400);
    page.query = "response_type=code&client_id=https%3A%2F%2Fclaude.example%2Fclient";
    QVERIFY(m_arrival.record(page));
    QVERIFY2(m_arrival.refusal().remedy.contains(u"https://claude.example/client"_s),
             qPrintable(m_arrival.refusal().remedy));
    QCOMPARE(m_arrival.refusal().filter, u"is:sandbox path:/oauth2/authorize"_s);
    QCOMPARE(m_arrival.pageMs(), 0);
    page.status = 200;
    QVERIFY(m_arrival.record(page));
    QCOMPARE(m_arrival.step(Rung::Registered).evidence, u"by its document at claude.example"_s);
    QCOMPARE(m_arrival.refusal().atMs, 0);
    QCOMPARE(m_arrival.next(), Rung::SignedIn);
}

void TestArrival::skipsWhatWasKnownBefore()
{
    QVERIFY(m_arrival.record(call(auth::Reason::Valid)));
    QCOMPARE(drawn(), u"---++"_s);
}

void TestArrival::skipsWhatIsNotSeenWhereTheIssuerIsElsewhere()
{
    QVERIFY(m_arrival.record(exchange("GET", "/.well-known/oauth-protected-resource", 200)));
    QCOMPARE(m_arrival.next(), Rung::Registered);
    QVERIFY(m_arrival.record(call(auth::Reason::MissingScope, 403)));
    QCOMPARE(drawn(), u"+--+o"_s);
    QCOMPARE(m_arrival.next(), Rung::Call);
}

void TestArrival::saysWhatItWasTurnedAwayFor_data()
{
    QTest::addColumn<Exchange>("one");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("rungs");
    QTest::newRow("a token for another address")
        << call(auth::Reason::WrongAudience, 401) << u"The token is for"_s << u"ooooo"_s;
    QTest::newRow("a scope that it lacks")
        << call(auth::Reason::MissingScope, 403) << u"scope"_s << u"---+o"_s;
    Exchange off = atSandbox("POST", "/oauth2/register", 400);
    off.responseBody.shown = R"({"error":"x","error_description":"Switched off."})";
    QTest::newRow("a registration that is switched off")
        << off << u"did not register it: Switched off."_s << u"ooooo"_s;
    Exchange noToken = atSandbox("POST", "/oauth2/token", 400);
    noToken.responseBody.shown = "no JSON";
    QTest::newRow("a code that is no good") << noToken << u"gave it no token"_s << u"ooooo"_s;
}

void TestArrival::saysWhatItWasTurnedAwayFor()
{
    QFETCH(const Exchange, one);
    QFETCH(const QString, title);
    QVERIFY(m_arrival.record(one));
    QVERIFY2(m_arrival.refusal().title.contains(title), qPrintable(m_arrival.refusal().title));
    QCOMPARE(m_arrival.refusal().key, exchange::keyOf(one));
    QVERIFY(m_arrival.refusal().atMs > 0);
    QTEST(drawn(), "rungs");
}

void TestArrival::forgetsARefusalOnceItIsIn()
{
    QVERIFY(m_arrival.record(call(auth::Reason::Expired, 401)));
    QVERIFY(m_arrival.record(call(auth::Reason::Valid)));
    QCOMPARE(m_arrival.refusal().atMs, 0);
}

void TestArrival::forgetsWhatWentBetterTheSecondTime()
{
    for (const char *path : {"/oauth2/register", "/oauth2/token"}) {
        QVERIFY(m_arrival.record(atSandbox("POST", path, 400)));
        QVERIFY(m_arrival.refusal().atMs > 0);
        QVERIFY(m_arrival.record(atSandbox("POST", path, 200)));
        QCOMPARE(m_arrival.refusal().atMs, 0);
    }
    QVERIFY(m_arrival.record(call(auth::Reason::NoToken, 401)));
    QVERIFY(!m_arrival.record(call(auth::Reason::NoToken, 401))); // Nothing new.
}

void TestArrival::keepsARefusalWhileTheClientLooksAgain()
{
    QVERIFY(m_arrival.record(call(auth::Reason::Expired, 401)));
    QVERIFY(m_arrival.record(exchange("GET", "/.well-known/oauth-protected-resource/mcp", 200)));
    QVERIFY(!m_arrival.refusal().title.isEmpty());
    QVERIFY(m_arrival.record(atSandbox("POST", "/oauth2/token", 200)));
    QVERIFY(!m_arrival.refusal().title.isEmpty()); // The server was not asked again.
    QVERIFY(m_arrival.record(call(auth::Reason::MissingScope, 403)));
    QVERIFY(m_arrival.refusal().title.contains(u"scope"_s));
    QVERIFY(m_arrival.record(call(auth::Reason::Valid)));
    QCOMPARE(m_arrival.refusal().atMs, 0);
}

void TestArrival::countsNobodyElse_data()
{
    QTest::addColumn<Exchange>("one");
    Exchange before = call(auth::Reason::Valid);
    before.times.receivedAt = 999;
    QTest::newRow("who came before") << before;
    Exchange other = call(auth::Reason::Valid);
    other.client = u"cursor-vscode 3.0"_s;
    QTest::newRow("a client that is known, and another's") << other;
    Exchange own = call(auth::Reason::Valid);
    own.requestHeaders = {{"Host", "localhost:3000"},
                          {"X-Request-Id", base::ownRequestId(base::systemRandom(), "localhost:3000")}};
    QTest::newRow("this program itself") << own;
    Exchange probe = atSandbox("POST", "/oauth2/register", 400);
    probe.requestHeaders = {{"Host", "127.0.0.1:4455"},
                            {"X-Request-Id", base::ownRequestId(base::systemRandom(), "127.0.0.1:4455")}};
    QTest::newRow("this program, which looks at the registration") << probe;
    Exchange running = call(auth::Reason::Valid);
    running.status = 0;
    running.outcome = Outcome::Running;
    QTest::newRow("what is not answered yet") << running;
    Exchange foreign = call(auth::Reason::NotNeeded, 403);
    foreign.refusal = exchange::Refusal::ForeignOrigin;
    QTest::newRow("a page of elsewhere") << foreign;
    QTest::newRow("a document that is not there")
        << exchange("GET", "/.well-known/oauth-protected-resource/other", 404);
    QTest::newRow("the sandbox's keys") << atSandbox("GET", "/oauth2/jwks", 200);
}

void TestArrival::countsNobodyElse()
{
    QFETCH(const Exchange, one);
    QVERIFY(!m_arrival.record(one));
    QCOMPARE(drawn(), u"ooooo"_s);
    QCOMPARE(m_arrival.lastMs(), 1000);
}

void TestArrival::needsAnAnswerToACall_data()
{
    QTest::addColumn<Exchange>("one");
    QTest::addColumn<QString>("rungs");
    Exchange error = call(auth::Reason::Valid);
    error.outcome = Outcome::RpcError;
    QTest::newRow("an error of the protocol") << error << u"---+o"_s;
    Exchange tool = call(auth::Reason::Valid);
    tool.outcome = Outcome::ToolError;
    QTest::newRow("an error of a tool") << tool << u"---++"_s;
    Exchange stream = call(auth::Reason::Valid);
    stream.rpcMethod.clear();
    QTest::newRow("a stream alone") << stream << u"---+o"_s;
}

void TestArrival::needsAnAnswerToACall()
{
    QFETCH(const Exchange, one);
    m_arrival.record(one);
    QTEST(drawn(), "rungs");
}

void TestArrival::needsNoTokenWhereNoneIsAskedFor()
{
    QVERIFY(m_arrival.record(call(auth::Reason::NotNeeded)));
    QCOMPARE(drawn(), u"----+"_s);
}

void TestArrival::beginsAnew()
{
    m_arrival.record(call(auth::Reason::Valid));
    m_arrival.begin(m_now + 1);
    QCOMPARE(drawn(), u"ooooo"_s);
    QVERIFY(m_arrival.client().isEmpty());
    QVERIFY(m_arrival.record(call(auth::Reason::Valid)));
}

GATEHOUSE_TEST(TestArrival)
#include "tst_arrival.moc"
