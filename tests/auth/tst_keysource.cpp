// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/keysource.h"
#include "base/json.h"
#include "keys/signingkey.h"
#include "support/scriptedfetcher.h"

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
    void mayBeDestroyedByWhoWaits();

private:
    State ask(const QString &keyId)
    {
        std::optional<State> state;
        m_source->find(keyId, [&](const auth::KeyAnswer &answer) { state = answer.state; });
        if (!QTest::qWaitFor([&] { return state.has_value(); }, 5000))
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
        m_source->find(u"k1"_s,
                       [&](const auth::KeyAnswer &answer) { found += answer.state == State::Found ? 1 : 0; });
    QTRY_COMPARE(found, 50);
    QCOMPARE(m_fetcher->count, 1);
    QCOMPARE(m_source->peek(u"k1"_s).state, State::Found);
    QCOMPARE(m_source->peek(u"k2"_s).state, State::Unknown);
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
    m_source->find(u"k2"_s, [&](const auth::KeyAnswer &answer) { first = answer.state; });
    QTRY_COMPARE(m_fetcher->count, 3); // Under way; whatever the issuer does from here on, it may not see.
    m_source->find(u"k2"_s, [&](const auth::KeyAnswer &answer) { second = answer.state; });
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
    int answered = 0;
    for (int i = 0; i < 500; ++i)
        m_source->find(u"made up %1"_s.arg(i), [&](const auth::KeyAnswer &answer) {
            answered += answer.state == State::Unknown ? 1 : 0;
        });
    QTRY_COMPARE(answered, 500);
    QCOMPARE(m_fetcher->count, 3); // A flood of foreign kids costs one fetch per pause.
}

void TestKeySource::isUnavailableAtOnceWhileTheIssuerFails()
{
    m_fetcher->answers.clear();
    QSignalSpy lost(m_source.get(), &auth::KeySource::becameUnreachable);
    QCOMPARE(ask(u"k1"_s), State::Unavailable);
    QCOMPARE(lost.count(), 1);
    bool atOnce = false;
    m_source->find(u"k1"_s,
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

void TestKeySource::mayBeDestroyedByWhoWaits()
{
    m_source->find(u"k1"_s, [this](const auth::KeyAnswer &) { m_source.reset(); });
    m_source->find(u"k1"_s, [](const auth::KeyAnswer &) {});
    QTRY_VERIFY(!m_source);
}

QTEST_GUILESS_MAIN(TestKeySource)
#include "tst_keysource.moc"
