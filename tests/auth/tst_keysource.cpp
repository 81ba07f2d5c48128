// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/keysource.h"
#include "base/json.h"
#include "keys/signingkey.h"
#include "support/scriptedfetcher.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using State = auth::KeyAnswer::State;

class TestKeySource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void fetchesOnceForManyWhoWait();
    void fetchesAgainForAnUnknownKeyAndFindsIt();
    void neverRefusesAKeyThatCameWithinThePause();
    void saysUnknownOnlyAfterAskingAgain();
    void isUnavailableAtOnceWhileTheIssuerFails();
    void comesBackByItselfWhenTheIssuerDoes();
    void keepsAnOldSetForADayWhileTheIssuerIsAway();
    void cannotSayUnknownWhileTheIssuerIsAway();
    void keepsASetForAsLongAsItsCacheControlSaysWithinBounds_data();
    void keepsASetForAsLongAsItsCacheControlSaysWithinBounds();
    void numbersASetAnewOnlyWhenItsKeysChange();
    void knowsHowFarTheIssuersClockIsAhead();
    void saysWhyAKeyOfThatNameCannotBeUsed();
    void fetchesAgainOnAWishAndTellsOfTheKeys();
    void mayBeDestroyedByWhoWaits();
    void keepsGoodKeysWhereASetHasNone_data();
    void keepsGoodKeysWhereASetHasNone();
    void hasNoKeysWhereASetHasNone();
    void backsOffWhoeverAsks();
    void letsNobodyWaitForLong();
    void fetchesAgainWhenTheClockWasSetBack();

private:
    State ask(const QString &keyId)
    {
        std::optional<State> state;
        m_source->find(keyId, u"RS256"_s, [&](const auth::KeyAnswer &answer) { state = answer.state; });
        if (!gatehouse::waitFor([&] { return state.has_value(); }, 5000))
            QTest::qFail("no answer came", __FILE__, __LINE__);
        return state.value_or(State::Unavailable);
    }
    void publish(const QList<keys::SigningKey> &all)
    {
        QJsonArray set;
        for (const keys::SigningKey &key : all)
            set.append(key.publicJwk());
        m_fetcher->answers.insert(m_url, {200, base::writeJson(QJsonObject{{u"keys"_s, set}})});
    }

    const QString m_url = u"https://acme.authkit.app/oauth2/jwks"_s;
    QList<keys::SigningKey> m_made;
    qint64 m_nowMs = 0;
    std::unique_ptr<test::ScriptedFetcher> m_fetcher;
    std::unique_ptr<auth::KeySource> m_source;
};

void TestKeySource::initTestCase()
{
    for (const QString &id : {u"k1"_s, u"k2"_s}) {
        const auto key = keys::SigningKey::generate(id, 0);
        QVERIFY(key);
        m_made.append(*key);
    }
}

void TestKeySource::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    m_nowMs = 1'800'000'000'000;
    m_fetcher = std::make_unique<test::ScriptedFetcher>();
    auth::KeyTimes times;
    times.pauseMs = 40;
    m_source = std::make_unique<auth::KeySource>(
        QUrl(m_url), m_fetcher.get(), [this] { return m_nowMs; }, times);
    publish({m_made[0]});
}

void TestKeySource::fetchesOnceForManyWhoWait()
{
    m_source->warm();
    int found = 0;
    for (int i = 0; i < 50; ++i)
        m_source->find(u"k1"_s, u"RS256"_s,
                       [&](const auth::KeyAnswer &answer) { found += answer.state == State::Found ? 1 : 0; });
    QTRY_COMPARE(found, 50);
    QCOMPARE(m_fetcher->count, 1);
    QCOMPARE(m_source->peek(u"k1"_s, u"RS256"_s).state, State::Found);
    QCOMPARE(m_source->peek(u"k2"_s, u"RS256"_s).state, State::Unknown);
}

void TestKeySource::fetchesAgainForAnUnknownKeyAndFindsIt()
{
    QCOMPARE(ask(u"k1"_s), State::Found);
    publish(m_made);
    QCOMPARE(ask(u"k2"_s), State::Found);
    QCOMPARE(m_fetcher->count, 2);
}

void TestKeySource::neverRefusesAKeyThatCameWithinThePause()
{
    QCOMPARE(ask(u"k1"_s), State::Found);
    QCOMPARE(ask(u"k2"_s), State::Unknown); // Begins the pause.
    m_fetcher->delayMs = 30;
    std::optional<State> first;
    std::optional<State> second;
    m_source->find(u"k2"_s, u"RS256"_s, [&](const auth::KeyAnswer &answer) { first = answer.state; });
    QTRY_COMPARE(m_fetcher->count, 3); // Under way; whatever the issuer does from here on, it may not see.
    m_source->find(u"k2"_s, u"RS256"_s, [&](const auth::KeyAnswer &answer) { second = answer.state; });
    QTRY_VERIFY(first);
    publish(m_made);
    QTRY_VERIFY(second);
    QCOMPARE(*second, State::Found);
}

void TestKeySource::saysUnknownOnlyAfterAskingAgain()
{
    QCOMPARE(ask(u"k1"_s), State::Found);
    QCOMPARE(ask(u"k2"_s), State::Unknown);
    QCOMPARE(m_fetcher->count, 2);
    QHash<State, int> answered;
    for (int i = 0; i < 500; ++i)
        m_source->find(u"made up %1"_s.arg(i), u"RS256"_s,
                       [&](const auth::KeyAnswer &answer) { ++answered[answer.state]; });
    QCOMPARE(answered.value(State::Unavailable), 468); // Few wait; the others may come again.
    QTRY_COMPARE(answered.value(State::Unknown), 32);
    QCOMPARE(m_fetcher->count, 3); // A flood of foreign kids costs one fetch per pause.
}

void TestKeySource::isUnavailableAtOnceWhileTheIssuerFails()
{
    m_fetcher->answers.clear();
    QSignalSpy lost(m_source.get(), &auth::KeySource::becameUnreachable);
    QCOMPARE(ask(u"k1"_s), State::Unavailable);
    QCOMPARE(lost.count(), 1);
    bool atOnce = false;
    m_source->find(u"k1"_s, u"RS256"_s,
                   [&](const auth::KeyAnswer &answer) { atOnce = answer.state == State::Unavailable; });
    QVERIFY(atOnce);
    QTRY_VERIFY(m_fetcher->count > 3);
    QCOMPARE(lost.count(), 1); // Said once, not at each try.
}

void TestKeySource::comesBackByItselfWhenTheIssuerDoes()
{
    const auto answers = std::exchange(m_fetcher->answers, {});
    QSignalSpy found(m_source.get(), &auth::KeySource::becameReachable);
    QCOMPARE(ask(u"k1"_s), State::Unavailable);
    m_fetcher->answers = answers;
    QTRY_COMPARE(found.count(), 1);
    QCOMPARE(ask(u"k1"_s), State::Found);
}

void TestKeySource::keepsAnOldSetForADayWhileTheIssuerIsAway()
{
    QCOMPARE(ask(u"k1"_s), State::Found);
    m_fetcher->answers.clear();
    m_nowMs += 23 * 3600'000LL;
    QCOMPARE(ask(u"k1"_s), State::Found);
    QTRY_COMPARE(m_fetcher->count, 2); // Asked in the background, in vain.
    m_nowMs += 2 * 3600'000LL;
    QCOMPARE(ask(u"k1"_s), State::Unavailable);
}

void TestKeySource::cannotSayUnknownWhileTheIssuerIsAway()
{
    QCOMPARE(ask(u"k1"_s), State::Found);
    m_fetcher->answers.insert(m_url, {500, "{}"});
    QCOMPARE(ask(u"k2"_s),
             State::Unavailable); // It may have come with a rotation that nobody could tell us of.
    QCOMPARE(ask(u"k1"_s), State::Found);
}

void TestKeySource::keepsASetForAsLongAsItsCacheControlSaysWithinBounds_data()
{
    QTest::addColumn<QByteArray>("cacheControl");
    QTest::addColumn<int>("seconds");
    QTest::newRow("nothing said") << ""_ba << 300;
    QTest::newRow("as AuthKit says it") << "public, max-age=300, stale-while-revalidate=60"_ba << 300;
    QTest::newRow("ten minutes") << "max-age=600"_ba << 600;
    QTest::newRow("capitals") << "Public, Max-Age=600"_ba << 600;
    QTest::newRow("shorter than the bound") << "max-age=5"_ba << 60;
    QTest::newRow("no store") << "no-store, max-age=9000"_ba << 60;
    QTest::newRow("a year") << "max-age=31536000"_ba << 3600;
    QTest::newRow("beyond all numbers") << "max-age=99999999999999999999"_ba << 3600;
    QTest::newRow("no number") << "max-age=soon"_ba << 300;
}

void TestKeySource::keepsASetForAsLongAsItsCacheControlSaysWithinBounds()
{
    QFETCH(QByteArray, cacheControl);
    QFETCH(int, seconds);
    m_fetcher->headers = {{"cache-control", cacheControl}};
    QCOMPARE(ask(u"k1"_s), State::Found);
    m_nowMs += seconds * 1000 - 1;
    QCOMPARE(ask(u"k1"_s), State::Found);
    QTest::qWait(60);
    QCOMPARE(m_fetcher->count, 1);
    m_nowMs += 1;
    QCOMPARE(ask(u"k1"_s), State::Found); // At once; the fetch is in the background.
    QTRY_COMPARE(m_fetcher->count, 2);
}

void TestKeySource::numbersASetAnewOnlyWhenItsKeysChange()
{
    QCOMPARE(ask(u"k1"_s), State::Found);
    const auto number = [this] { return m_source->peek(u"k1"_s, u"RS256"_s).generation; };
    const quint64 first = number();
    QVERIFY(first > 0);
    QCOMPARE(ask(u"k2"_s), State::Unknown); // Fetched again, and the same.
    QCOMPARE(m_fetcher->count, 2);
    QCOMPARE(number(), first);
    publish(m_made);
    QCOMPARE(ask(u"k2"_s), State::Found);
    QVERIFY(number() != first);
}

void TestKeySource::knowsHowFarTheIssuersClockIsAhead()
{
    QCOMPARE(ask(u"k1"_s), State::Found);
    QCOMPARE(m_source->peek(u"k1"_s, u"RS256"_s).issuerAheadSeconds, 0); // No Date header, nothing known.
    m_fetcher->headers = {{"date", "Fri, 15 Jan 2027 08:01:35 GMT"}}; // 95 s after 1,800,000,000.
    QCOMPARE(ask(u"k2"_s), State::Unknown);
    QCOMPARE(m_source->peek(u"k1"_s, u"RS256"_s).issuerAheadSeconds, 95);
}

void TestKeySource::saysWhyAKeyOfThatNameCannotBeUsed()
{
    QJsonObject weak = m_made[1].publicJwk();
    weak.insert(u"use"_s, u"enc"_s);
    m_fetcher->answers.insert(
        m_url, {200, base::writeJson(QJsonObject{{u"keys"_s, QJsonArray({weak, m_made[0].publicJwk()})}})});
    QCOMPARE(ask(u"k2"_s), State::Unknown);
    QVERIFY(m_source->peek(u"k2"_s, u"RS256"_s).whySkipped.contains(u"signatures"_s));
    QVERIFY(m_source->peek(u"k3"_s, u"RS256"_s).whySkipped.isEmpty());
}

void TestKeySource::fetchesAgainOnAWishAndTellsOfTheKeys()
{
    QCOMPARE(ask(u"k1"_s), State::Found);
    publish(m_made);
    std::optional<auth::KeyReport> report;
    const auto wish = [&] {
        report.reset();
        m_source->refresh([&](const auth::KeyReport &given) { report = given; });
        return gatehouse::waitFor([&] { return report.has_value(); }, 5000);
    };
    QVERIFY(wish());
    QCOMPARE(report->keyIds, (QStringList{u"k1"_s, u"k2"_s}));
    QVERIFY(report->fault.isEmpty() && report->skipped.isEmpty());
    QCOMPARE(report->fetchedAt, m_nowMs);
    QCOMPARE(m_fetcher->count, 2);
    m_fetcher->answers.clear();
    QVERIFY(wish());
    QVERIFY(!report->fault.isEmpty());
    QCOMPARE(report->keyIds.size(), 2); // They are still in use.
}

void TestKeySource::mayBeDestroyedByWhoWaits()
{
    m_source->find(u"k1"_s, u"RS256"_s, [this](const auth::KeyAnswer &) { m_source.reset(); });
    m_source->find(u"k1"_s, u"RS256"_s, [](const auth::KeyAnswer &) {});
    QTRY_VERIFY(!m_source);
}

void TestKeySource::keepsGoodKeysWhereASetHasNone_data()
{
    QTest::addColumn<QByteArray>("set");
    QTest::newRow("no keys") << R"({"keys":[]})"_ba;
    QTest::newRow("only a secret") << R"({"keys":[{"kty":"oct","k":"AAAA","kid":"k1"}]})"_ba;
    QTest::newRow("only one to encrypt with")
        << R"({"keys":[{"kty":"RSA","use":"enc","kid":"k1","n":"AQAB","e":"AQAB"}]})"_ba;
}

void TestKeySource::keepsGoodKeysWhereASetHasNone()
{
    QFETCH(QByteArray, set);
    QCOMPARE(ask(u"k1"_s), State::Found);
    QSignalSpy lost(m_source.get(), &auth::KeySource::becameUnreachable);
    QSignalSpy found(m_source.get(), &auth::KeySource::becameReachable);
    const qint64 before = m_nowMs;
    m_fetcher->answers.insert(m_url, {200, set});
    m_nowMs += 3600'000LL;
    QCOMPARE(ask(u"k1"_s), State::Found);
    QTRY_COMPARE(lost.count(), 1);
    QVERIFY(lost.first().first().toString().contains(u"without a key that can be used"_s));
    QCOMPARE(lost.first().at(1).toLongLong(), before);
    QCOMPARE(ask(u"k1"_s), State::Found);
    QCOMPARE(ask(u"k2"_s), State::Unavailable);
    m_nowMs += 24 * 3600'000LL; // Within its bound.
    QCOMPARE(ask(u"k1"_s), State::Unavailable);
    publish({m_made[0]});
    QTRY_COMPARE(found.count(), 1);
    QCOMPARE(ask(u"k1"_s), State::Found);
}

void TestKeySource::hasNoKeysWhereASetHasNone()
{
    m_fetcher->answers.insert(m_url, {200, R"({"keys":[]})"});
    QCOMPARE(ask(u"k1"_s), State::Unavailable);
}

void TestKeySource::backsOffWhoeverAsks()
{
    auth::KeyTimes times;
    times.pauseMs = 10'000;
    times.longestRetryMs = 30'000;
    m_source = std::make_unique<auth::KeySource>(
        QUrl(m_url), m_fetcher.get(), [this] { return m_nowMs; }, times);
    m_fetcher->answers.clear();
    for (const int waited : {10'000, 20'000, 30'000, 30'000}) {
        const int before = m_fetcher->count;
        QCOMPARE(ask(u"k1"_s), State::Unavailable);
        QTRY_COMPARE(m_fetcher->count, before + 1);
        QCoreApplication::processEvents();
        m_nowMs += waited - 1;
        for (int i = 0; i < 100; ++i)
            QCOMPARE(ask(u"k1"_s), State::Unavailable);
        QCOMPARE(m_fetcher->count, before + 1);
        m_nowMs += 1;
    }
}

void TestKeySource::letsNobodyWaitForLong()
{
    auth::KeyTimes times;
    times.pauseMs = 0;
    times.longestWaitMs = 30;
    m_source = std::make_unique<auth::KeySource>(
        QUrl(m_url), m_fetcher.get(), [this] { return m_nowMs; }, times);
    QCOMPARE(ask(u"k1"_s), State::Found);
    m_fetcher->delayMs = 60'000;
    std::optional<auth::KeyAnswer> answer;
    m_source->find(u"k2"_s, u"RS256"_s, [&](const auth::KeyAnswer &given) { answer = given; });
    QTRY_VERIFY(answer);
    QCOMPARE(answer->state, State::Unavailable);
    QVERIFY(answer->whyUnavailable.contains(u"has not come yet"_s));
    QCOMPARE(ask(u"k1"_s), State::Found);
}

void TestKeySource::fetchesAgainWhenTheClockWasSetBack()
{
    QCOMPARE(ask(u"k1"_s), State::Found);
    m_nowMs -= 3600'000LL;
    publish(m_made);
    QCOMPARE(ask(u"k1"_s), State::Found);
    QTRY_COMPARE(m_fetcher->count, 2);
    QTRY_COMPARE(m_source->peek(u"k2"_s, u"RS256"_s).state, State::Found);
}

GATEHOUSE_TEST(TestKeySource)
#include "tst_keysource.moc"
