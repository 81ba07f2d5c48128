// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ownrequest.h"
#include "inspector/clientlog.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::inspector;
using namespace Qt::StringLiterals;
using exchange::Exchange;
using exchange::Outcome;

/// Who is there, as far as what passed tells.
class TestClientLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_log = ClientLog(); }
    void countsWhatAClientDoes();
    void knowsWhoeverSignsInForWhoWasThereBefore();
    void tellsUsersAndOrganizationsApart();
    void joinsASessionToWhatOpenedIt();
    void tellsTwoSessionsOfOneProgramApart();
    void givesNobodyAnothersSession();
    void endsASessionThatIsDeleted();
    void knowsWhatIsOverBeforeItIsTold();
    void hasNobodyWhereTheServerIsOver();
    void countsStreamsWhileTheyAreOpen();
    void looksAtNoneThatIsNoClient();
    void trustsNothingThatARefusedTokenSays();
    void dropsThoseThatWereHereLongestAgo();
    void dropsStrangersBeforeAnybodyElse();
    void countsARefusalWhereItBelongs_data();
    void countsARefusalWhereItBelongs();
    void givesNobodyAnothersRefusal();
    void takesNoCheckOfThisProgramForAClient();
    void isNotHiddenFromByANameOrANumber();
    void looksAtNoneThatWasRefusedForSomethingElse();
    void knowsTheRevisionThatIsSpoken();
    void believesInNoSessionWhereThereAreNone();
    void keepsTheClientIdOfWhatIsKeptInOutline();
    void opensNoMoreThanItCloses();
    void tellsTwoHandshakesAtOneTimeApart();
    void saysWhoIsConnected();
    void saysHowItIsKnown_data();
    void saysHowItIsKnown();

private:
    /// A call that was let in, of Ada.
    Exchange call(const QString &method = u"tools/call"_s)
    {
        Exchange exchange;
        exchange.id = ++m_last;
        exchange.times.receivedAt = 1'000'000 + qint64(m_last) * 1000;
        exchange.method = "POST";
        exchange.status = 200;
        exchange.outcome = Outcome::Ok;
        exchange.client = u"claude-code 2.1"_s;
        exchange.rpcMethod = method;
        exchange.revision = u"2025-11-25"_s;
        exchange.user = u"ada@example.com"_s;
        exchange.organization = u"org_1"_s;
        exchange.verdict.reason = auth::Reason::Valid;
        exchange.verdict.claims = {{u"client_id"_s, u"client_1"_s}};
        return exchange;
    }
    Exchange refused()
    {
        Exchange exchange = call();
        exchange.status = 401;
        exchange.outcome = Outcome::None;
        exchange.user.clear();
        exchange.organization.clear();
        exchange.verdict = {};
        exchange.verdict.reason = auth::Reason::NoToken;
        return exchange;
    }
    const ClientRecord &only() const
    {
        if (m_log.all().size() != 1)
            qFatal("There are %d.", int(m_log.all().size()));
        return m_log.all().first();
    }

    ClientLog m_log;
    quint64 m_last = 0;
};

void TestClientLog::countsWhatAClientDoes()
{
    Exchange wrong = call();
    wrong.outcome = Outcome::ToolError;
    Exchange late = call();
    late.outcome = Outcome::Late;
    for (const Exchange &one :
         {call(u"initialize"_s), call(u"notifications/initialized"_s), call(), wrong, late})
        m_log.record(one);
    QCOMPARE(only().calls, 4);
    QCOMPARE(only().errors, 2);
    QCOMPARE(only().refused, 0);
    QCOMPARE(only().open, 0);
    QCOMPARE(only().client, u"claude-code 2.1"_s);
    QCOMPARE(only().revision, u"2025-11-25"_s);
    QCOMPARE(only().user, u"ada@example.com"_s);
    QCOMPARE(only().organization, u"org_1"_s);
    QCOMPARE(only().clientId, u"client_1"_s);
    QVERIFY(only().firstMs < only().lastMs);
}

void TestClientLog::knowsWhoeverSignsInForWhoWasThereBefore()
{
    m_log.record(refused());
    QCOMPARE(only().user, QString());
    m_log.record(call());
    QCOMPARE(only().user, u"ada@example.com"_s);
    QCOMPARE(only().refused, 1);
    QCOMPARE(only().calls, 1);
    // Whoever is turned away after that is nobody again.
    m_log.record(refused());
    QCOMPARE(m_log.all().size(), 2);
}

void TestClientLog::tellsUsersAndOrganizationsApart()
{
    Exchange grace = call();
    grace.user = u"grace@example.com"_s;
    Exchange other = call();
    other.organization = u"org_2"_s;
    Exchange program = call();
    program.client = u"cursor 1.0"_s;
    for (const Exchange &one : {call(), grace, other, program, call(), grace, other, program})
        m_log.record(one);
    QCOMPARE(m_log.all().size(), 4);
    for (const ClientRecord &one : m_log.all())
        QCOMPARE(one.calls, 2);
}

void TestClientLog::joinsASessionToWhatOpenedIt()
{
    m_log.record(call(u"initialize"_s));
    Exchange next = call();
    next.session = "s1";
    m_log.record(next);
    QCOMPARE(only().session, "s1"_ba);
    QCOMPARE(only().calls, 2);
    QCOMPARE(m_log.sessions(), 1);
}

void TestClientLog::tellsTwoSessionsOfOneProgramApart()
{
    for (const char *session : {"s1", "s2"}) {
        m_log.record(call(u"initialize"_s));
        Exchange next = call();
        next.session = session;
        m_log.record(next);
    }
    QCOMPARE(m_log.all().size(), 2);
    Exchange first = call();
    first.session = "s1";
    m_log.record(first);
    QCOMPARE(m_log.all().first().calls, 3);
    QCOMPARE(m_log.sessions(), 2);
}

void TestClientLog::tellsTwoHandshakesAtOneTimeApart()
{
    m_log.record(refused());
    QList<Exchange> begun{call(u"initialize"_s), call(u"initialize"_s)};
    for (Exchange &one : begun) {
        one.outcome = Outcome::Running;
        m_log.record(one);
    }
    begun[0].session = "s1"; // As the answer says.
    begun[1].session = "s2";
    for (Exchange &one : begun) {
        one.outcome = Outcome::Ok;
        m_log.record(one);
    }
    QCOMPARE(m_log.all().size(), 2);
    for (const ClientRecord &one : m_log.all())
        QCOMPARE(one.calls, 1);
    QCOMPARE(m_log.sessions(), 2);
}

void TestClientLog::givesNobodyAnothersSession()
{
    Exchange first = call();
    first.session = "s1";
    m_log.record(first);
    Exchange grace = first;
    grace.id = ++m_last;
    grace.user = u"grace@example.com"_s;
    grace.status = 404;
    grace.outcome = Outcome::RpcError;
    m_log.record(grace);
    QCOMPARE(m_log.all().size(), 2);
    QCOMPARE(m_log.all().first().user, u"ada@example.com"_s);
    QCOMPARE(m_log.all().last().user, u"grace@example.com"_s);
    QCOMPARE(m_log.all().last().session, QByteArray());
    QCOMPARE(m_log.all().last().errors, 1);
    QCOMPARE(m_log.sessions(), 1);
}

void TestClientLog::endsASessionThatIsDeleted()
{
    Exchange next = call();
    next.session = "s1";
    m_log.record(next);
    next.id = ++m_last;
    next.method = "DELETE";
    next.rpcMethod.clear();
    next.outcome = Outcome::None;
    next.status = 404;
    m_log.record(next);
    QVERIFY(!only().hasEnded);
    next.id = ++m_last;
    next.status = 204;
    m_log.record(next);
    QVERIFY(only().hasEnded);
    QCOMPARE(m_log.sessions(), 0);
    QVERIFY(!ClientLog::isConnected(only(), only().lastMs));
    // Whoever comes then is another one.
    m_log.record(call());
    QCOMPARE(m_log.all().size(), 2);
    // Or by whoever runs the server.
    Exchange other = call();
    other.session = "s2";
    m_log.record(other);
    QCOMPARE(m_log.sessions(), 1);
    m_log.endSession({});
    m_log.endSession("s9");
    QCOMPARE(m_log.sessions(), 1);
    m_log.endSession("s2");
    QCOMPARE(m_log.sessions(), 0);
}

void TestClientLog::knowsWhatIsOverBeforeItIsTold()
{
    m_log.endSession("s1"); // Began and ended between two batches.
    Exchange begun = call();
    begun.session = "s1";
    m_log.record(begun);
    QCOMPARE(m_log.sessions(), 0);
    QVERIFY(!ClientLog::isConnected(only(), only().lastMs));
    // Who is told of a million of them keeps few.
    for (int i = 0; i < 1000; ++i)
        m_log.endSession("x" + QByteArray::number(i));
    begun = call();
    begun.session = "x999";
    m_log.record(begun);
    QCOMPARE(m_log.sessions(), 0);
    begun = call();
    begun.session = "x0";
    m_log.record(begun);
    QCOMPARE(m_log.sessions(), 1);
}

void TestClientLog::hasNobodyWhereTheServerIsOver()
{
    Exchange begun = call();
    begun.session = "s1";
    m_log.record(begun);
    begun.outcome = Outcome::Running;
    m_log.record(begun);
    m_log.record(call()); // Without a session.
    m_log.endAll();
    QCOMPARE(m_log.sessions(), 0);
    Exchange late = call(); // Told after that, by somebody who was not known yet.
    late.user = u"grace@example.com"_s;
    m_log.record(late);
    Exchange session = call(u"initialize"_s);
    session.session = "s2";
    m_log.record(session);
    QCOMPARE(m_log.sessions(), 0);
    for (const auto &one : m_log.all())
        QVERIFY(!ClientLog::isConnected(one, one.lastMs));
    m_log.clear();
    m_log.record(call());
    QVERIFY(ClientLog::isConnected(only(), only().lastMs));
}

void TestClientLog::countsStreamsWhileTheyAreOpen()
{
    Exchange stream = call(QString());
    stream.method = "GET";
    stream.session = "s1";
    stream.outcome = Outcome::Running;
    m_log.record(stream);
    m_log.record(stream); // Told again while it grows.
    QCOMPARE(only().open, 1);
    QCOMPARE(only().calls, 0);
    stream.outcome = Outcome::Left;
    m_log.record(stream);
    QCOMPARE(only().open, 0);
    m_log.record(stream);
    QCOMPARE(only().open, 0);
}

void TestClientLog::looksAtNoneThatIsNoClient()
{
    Exchange sandbox = call();
    sandbox.source = exchange::Source::Sandbox;
    m_log.record(sandbox);
    m_log.record(call(QString())); // Metadata.
    Exchange begun = call(QString());
    begun.session = "s1";
    begun.outcome = Outcome::Running;
    begun.status = 0;
    m_log.record(begun); // Nobody knows yet who it is.
    QVERIFY(m_log.all().isEmpty());
}

void TestClientLog::trustsNothingThatARefusedTokenSays()
{
    Exchange forged = refused();
    forged.user = u"root@example.com"_s;
    forged.organization = u"org_9"_s;
    forged.verdict.reason = auth::Reason::BadSignature;
    forged.verdict.claims = {{u"client_id"_s, u"mine"_s}};
    for (int i = 0; i < 3; ++i) {
        forged.id = ++m_last;
        forged.user = u"root%1@example.com"_s.arg(i);
        m_log.record(forged);
    }
    QCOMPARE(only().user, QString());
    QCOMPARE(only().clientId, QString());
    QCOMPARE(only().refused, 3);
}

void TestClientLog::dropsThoseThatWereHereLongestAgo()
{
    for (int i = 0; i < int(ClientLog::most) + 1; ++i) {
        Exchange one = call();
        one.user = u"u%1@example.com"_s.arg(i == 3 ? 0 : i);
        m_log.record(one);
    }
    QCOMPARE(m_log.all().size(), ClientLog::most);
    Exchange more = call();
    more.user = u"more@example.com"_s;
    m_log.record(more);
    QCOMPARE(m_log.all().size(), ClientLog::most - ClientLog::most / 10 + 1);
    QCOMPARE(m_log.all().at(0).user, u"u101@example.com"_s); // u0 came twice, and went with the rest.
    QCOMPARE(m_log.all().last().user, u"more@example.com"_s);
    // Those that are left are still found.
    more.id = ++m_last;
    m_log.record(more);
    QCOMPARE(m_log.all().last().calls, 2);
}

void TestClientLog::dropsStrangersBeforeAnybodyElse()
{
    Exchange stream = call(QString());
    stream.method = "GET";
    stream.session = "s1";
    stream.outcome = Outcome::Running;
    m_log.record(stream);
    Exchange other = call();
    other.user = u"grace@example.com"_s;
    m_log.record(other);
    for (int i = 0; i < 3000; ++i) {
        Exchange stranger = refused();
        stranger.client = u"stranger %1"_s.arg(i);
        m_log.record(stranger);
    }
    QVERIFY(m_log.all().size() <= ClientLog::most);
    QCOMPARE(m_log.all().at(0).open, 1);
    QCOMPARE(m_log.all().at(1).user, u"grace@example.com"_s);
    QCOMPARE(m_log.sessions(), 1);
    // A stream stays before one that has nothing open, though that was here later.
    for (int i = 0; i < 3000; ++i) {
        Exchange one = call();
        one.user = u"u%1@example.com"_s.arg(i);
        m_log.record(one);
    }
    QCOMPARE(m_log.all().first().session, "s1"_ba);
}

void TestClientLog::countsARefusalWhereItBelongs_data()
{
    QTest::addColumn<int>("reason");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isVouchedFor"); // The signature was good.
    using auth::Reason;
    QTest::newRow("expired in its session") << int(Reason::Expired) << 401 << true;
    QTest::newRow("a scope is missing") << int(Reason::MissingScope) << 403 << true;
    QTest::newRow("forged in its session") << int(Reason::BadSignature) << 401 << false;
    QTest::newRow("without a token in its session") << int(Reason::NoToken) << 401 << false;
    QTest::newRow("two headers") << int(Reason::MalformedHeader) << 400 << false;
    QTest::newRow("in the query") << int(Reason::TokenInQuery) << 400 << false;
    QTest::newRow("no keys") << int(Reason::KeysUnavailable) << 503 << false;
}

void TestClientLog::countsARefusalWhereItBelongs()
{
    QFETCH(const int, reason);
    QFETCH(const int, status);
    QFETCH(const bool, isVouchedFor);
    Exchange first = call();
    first.session = "s1";
    m_log.record(first);
    Exchange turnedAway = refused();
    turnedAway.session = "s1";
    turnedAway.status = status;
    turnedAway.verdict.reason = auth::Reason(reason);
    if (isVouchedFor) {
        turnedAway.user = u"ada@example.com"_s;
        turnedAway.verdict.checks = {{u"signature"_s, auth::CheckState::Passed}};
    } else {
        turnedAway.user = u"root@example.com"_s;
    }
    m_log.record(turnedAway);
    QCOMPARE(only().refused, 1);
    QCOMPARE(only().calls, 1);
    QCOMPARE(only().errors, 0);
    QCOMPARE(only().user, u"ada@example.com"_s);
    // Outside of a session only a good signature says whose it was.
    turnedAway.id = ++m_last;
    turnedAway.session.clear();
    m_log.record(turnedAway);
    QCOMPARE(m_log.all().last().user, isVouchedFor ? u"ada@example.com"_s : QString());
    QVERIFY(!ClientLog::isConnected(m_log.all().last(), m_log.all().last().lastMs));
}

void TestClientLog::givesNobodyAnothersRefusal()
{
    Exchange expired = refused();
    expired.user = u"ada@example.com"_s;
    expired.verdict.reason = auth::Reason::Expired;
    expired.verdict.checks = {{u"signature"_s, auth::CheckState::Passed}};
    m_log.record(expired);
    Exchange grace = call();
    grace.user = u"grace@example.com"_s;
    m_log.record(grace);
    QCOMPARE(m_log.all().size(), 2);
    QCOMPARE(m_log.all().last().refused, 0);
}

void TestClientLog::takesNoCheckOfThisProgramForAClient()
{
    Exchange check = refused();
    check.requestHeaders = {{"Host", "localhost:3000"},
                            {"X-Request-Id", base::ownRequestId(base::systemRandom(), "localhost:3000")}};
    m_log.record(check);
    QVERIFY(m_log.all().isEmpty());
    Exchange signedIn = call();
    signedIn.requestHeaders = check.requestHeaders;
    m_log.record(signedIn); // Its own client is one.
    QCOMPARE(m_log.all().size(), 1);
    // A proxy may have named the server in its own way.
    check.requestHeaders[0].second = "backend:3000";
    m_log.setPublished("mcp.example.com");
    check.requestHeaders[1].second = base::ownRequestId(base::systemRandom(), "mcp.example.com");
    m_log.record(check);
    QCOMPARE(m_log.all().size(), 1);
    m_log.record(refused()); // And so is everybody else.
    QCOMPARE(m_log.all().size(), 2);
}

void TestClientLog::isNotHiddenFromByANameOrANumber()
{
    Exchange pretender = refused();
    pretender.requestHeaders = {{"Host", "localhost:3000"},
                                {"User-Agent", "Gatehouse/1.0"},
                                {"X-Request-Id", "gatehouse-" + QByteArray(32, '0')}};
    m_log.record(pretender);
    QCOMPARE(m_log.all().size(), 1);
    m_log.clear();
    // One that was sent to another server, and is sent on from there.
    pretender.requestHeaders[2].second = base::ownRequestId(base::systemRandom(), "attacker.example");
    m_log.record(pretender);
    QCOMPARE(m_log.all().size(), 1);
}

void TestClientLog::looksAtNoneThatWasRefusedForSomethingElse()
{
    Exchange foreign = refused();
    foreign.status = 403;
    foreign.session = "s1";
    foreign.verdict.reason = auth::Reason::NotNeeded;
    foreign.refusal = exchange::Refusal::ForeignOrigin;
    m_log.record(foreign);
    QVERIFY(m_log.all().isEmpty());
}

void TestClientLog::knowsTheRevisionThatIsSpoken()
{
    Exchange first = call(u"initialize"_s);
    first.revision = u"2099-01-01"_s; // Asked for.
    first.session = "s1";
    m_log.record(first);
    QCOMPARE(only().revision, QString());
    Exchange next = call();
    next.session = "s1";
    next.revision = u"2025-06-18"_s;
    m_log.record(next);
    Exchange wrong = next;
    wrong.id = ++m_last;
    wrong.status = 400;
    wrong.revision = u"2099-01-01"_s;
    m_log.record(wrong);
    QCOMPARE(only().revision, u"2025-06-18"_s);
}

void TestClientLog::believesInNoSessionWhereThereAreNone()
{
    Exchange modern = call();
    modern.revision = u"2026-07-28"_s;
    modern.session = "s1"; // A header that means nothing there.
    m_log.record(modern);
    QCOMPARE(m_log.sessions(), 0);
    QCOMPARE(only().session, QByteArray());
    m_log.endSession("s1");
    modern.id = ++m_last;
    m_log.record(modern);
    QVERIFY(!only().hasEnded);
}

void TestClientLog::keepsTheClientIdOfWhatIsKeptInOutline()
{
    m_log.record(call());
    Exchange outline = call();
    outline.verdict.claims = {};
    m_log.record(outline);
    QCOMPARE(only().clientId, u"client_1"_s);
}

void TestClientLog::opensNoMoreThanItCloses()
{
    QList<Exchange> all;
    for (int i = 0; i < 10'050; ++i) {
        all.append(call());
        all.last().outcome = Outcome::Running;
        m_log.record(all.last());
    }
    QVERIFY(only().open >= 10'000);
    for (Exchange &one : all) {
        one.outcome = Outcome::Ok;
        m_log.record(one);
    }
    QCOMPARE(only().open, 0);
}

void TestClientLog::saysWhoIsConnected()
{
    ClientRecord record;
    record.lastMs = 1'000'000;
    QVERIFY(!ClientLog::isConnected(record, 1'000'000)); // Turned away so far.
    record.calls = 1;
    QVERIFY(ClientLog::isConnected(record, 1'000'000 + 299'999));
    QVERIFY(!ClientLog::isConnected(record, 1'000'000 + 300'000));
    record.open = 1;
    QVERIFY(ClientLog::isConnected(record, 9'000'000));
    record.hasEnded = true;
    QVERIFY(!ClientLog::isConnected(record, 1'000'000));
}

void TestClientLog::saysHowItIsKnown_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<int>("registration");
    QTest::newRow("nobody has signed in") << QString() << int(Registration::Unknown);
    QTest::newRow("a document") << u"https://example.com/client.json"_s << int(Registration::Document);
    QTest::newRow("an id") << u"client_01J"_s << int(Registration::Other);
}

void TestClientLog::saysHowItIsKnown()
{
    QFETCH(const QString, id);
    QFETCH(const int, registration);
    ClientRecord record;
    record.clientId = id;
    QCOMPARE(int(registrationOf(record)), registration);
}

GATEHOUSE_TEST(TestClientLog)
#include "tst_clientlog.moc"
