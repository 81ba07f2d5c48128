// SPDX-License-Identifier: GPL-3.0-or-later
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
    void dropsTheOneThatWasHereLongestAgo();
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
    QCOMPARE(m_log.all().last().user, QString());
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
    for (const auto &one : m_log.all())
        QVERIFY(!ClientLog::isConnected(one, one.lastMs));
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

void TestClientLog::dropsTheOneThatWasHereLongestAgo()
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
    QCOMPARE(m_log.all().size(), ClientLog::most);
    QCOMPARE(m_log.all().first().user, u"u0@example.com"_s); // Who came twice.
    QCOMPARE(m_log.all().at(1).user, u"u2@example.com"_s);
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
