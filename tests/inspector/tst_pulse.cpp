// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/pulse.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::inspector;
using exchange::Exchange;
using exchange::Outcome;

class TestPulse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsEachSecondApart();
    void tellsHowItWent_data();
    void tellsHowItWent();
    void forgetsWhatIsLongerAgo();
    void countsNeitherTheSandboxNorWhatIsUnderWay();
    void seesWhatComesWhenTheClockWasSetBack();

private:
    static constexpr qint64 now = 1'800'000'000;
    static Exchange at(qint64 second, auth::Reason reason = auth::Reason::Valid, int status = 200,
                       Outcome outcome = Outcome::Ok)
    {
        Exchange one;
        one.times.receivedAt = second * 1000 + 123;
        one.status = status;
        one.outcome = outcome;
        one.verdict.reason = reason;
        return one;
    }
};

void TestPulse::countsEachSecondApart()
{
    Pulse pulse;
    for (const qint64 second : {now - 59, now - 1, now - 1, now})
        pulse.record(at(second), now * 1000);
    const QList<Pulse::Second> shown = pulse.upTo(now * 1000 + 900);
    QCOMPARE(shown.size(), 60);
    QCOMPARE(shown.first(), (Pulse::Second{now - 59, 1, 0, 0}));
    QCOMPARE(shown.at(58), (Pulse::Second{now - 1, 2, 0, 0}));
    QCOMPARE(shown.last(), (Pulse::Second{now, 1, 0, 0}));
    QCOMPARE(shown.at(30).all(), 0);
}

void TestPulse::tellsHowItWent_data()
{
    QTest::addColumn<Exchange>("one");
    QTest::addColumn<QList<int>>("counts"); // Good, warned, bad.
    using Reason = auth::Reason;
    QTest::newRow("answered") << at(now) << QList<int>{1, 0, 0};
    QTest::newRow("an error of a tool")
        << at(now, Reason::Valid, 200, Outcome::ToolError) << QList<int>{0, 1, 0};
    QTest::newRow("the first refusal of a sign-in")
        << at(now, Reason::NoToken, 401, Outcome::None) << QList<int>{0, 1, 0};
    QTest::newRow("a token that is refused")
        << at(now, Reason::WrongAudience, 401, Outcome::None) << QList<int>{0, 0, 1};
    QTest::newRow("keys that are away")
        << at(now, Reason::KeysUnavailable, 503, Outcome::None) << QList<int>{0, 0, 1};
    QTest::newRow("metadata") << at(now, Reason::NotNeeded, 200, Outcome::None) << QList<int>{1, 0, 0};
}

void TestPulse::tellsHowItWent()
{
    QFETCH(const Exchange, one);
    Pulse pulse;
    pulse.record(one, now * 1000);
    const Pulse::Second second = pulse.upTo(now * 1000).last();
    QTEST((QList<int>{second.good, second.warned, second.bad}), "counts");
}

void TestPulse::forgetsWhatIsLongerAgo()
{
    Pulse pulse;
    pulse.record(at(now), now * 1000);
    pulse.record(at(now - 61), now * 1000); // Told late: its place is another's by now.
    QCOMPARE(pulse.upTo(now * 1000).last().all(), 1);
    const QList<Pulse::Second> later = pulse.upTo((now + 61) * 1000);
    QVERIFY(std::all_of(later.begin(), later.end(), [](const Pulse::Second &one) { return one.all() == 0; }));
    pulse.clear();
    QCOMPARE(pulse.upTo(now * 1000).last().all(), 0);
}

void TestPulse::countsNeitherTheSandboxNorWhatIsUnderWay()
{
    Pulse pulse;
    Exchange sandbox = at(now);
    sandbox.source = exchange::Source::Sandbox;
    pulse.record(sandbox, now * 1000);
    pulse.record(at(now, auth::Reason::Valid, 0, Outcome::Running), now * 1000);
    QCOMPARE(pulse.upTo(now * 1000).last().all(), 0);
}

void TestPulse::seesWhatComesWhenTheClockWasSetBack()
{
    Pulse pulse;
    for (qint64 second = now; second > now - 61; --second)
        pulse.record(at(second), now * 1000);
    constexpr qint64 back = now - 600;
    pulse.record(at(back), back * 1000);
    QCOMPARE(pulse.upTo(back * 1000).last().all(), 1);
}

GATEHOUSE_TEST(TestPulse)
#include "tst_pulse.moc"
