// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"
#include "base/json.h"
#include "keys/signingkey.h"
#include "oauth/tokenjudge.h"
#include "support/scriptedfetcher.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::oauth;
using namespace Qt::StringLiterals;

/// What a client can tell of its own tokens. The checks themselves are the gate's.
class TestTokenJudge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void asksForTheKeysOnBehalfOfTheServer();
    void answersOnlyWhoAskedLast();
    void saysNothingOnceItIsGone();

private:
    TokenJudge::Expected expected() const
    {
        return {u"https://as.example"_s, u"https://mcp.example/mcp"_s, QUrl(u"https://as.example/jwks"_s),
                u"https://mcp.example/mcp"_s};
    }
    QByteArray m_token;
    test::ScriptedFetcher m_fetcher;
};

void TestTokenJudge::initTestCase()
{
    const auto key = keys::SigningKey::generate(u"key-1"_s, 0);
    QVERIFY(key);
    m_token = key->sign({{u"alg"_s, u"RS256"_s}, {u"kid"_s, u"key-1"_s}},
                        base::writeJson(QJsonObject{{u"iss"_s, u"https://as.example"_s},
                                                    {u"aud"_s, u"https://mcp.example/mcp"_s},
                                                    {u"sub"_s, u"user_1"_s},
                                                    {u"exp"_s, base::systemClock()() / 1000 + 300}}));
    m_fetcher.answers.insert(
        u"https://as.example/jwks"_s,
        {200, base::writeJson(QJsonObject{{u"keys"_s, QJsonArray({key->publicJwk()})}})});
}

void TestTokenJudge::init()
{
    m_fetcher.count = 0;
    m_fetcher.last = {};
}

void TestTokenJudge::asksForTheKeysOnBehalfOfTheServer()
{
    TokenJudge judge(&m_fetcher, base::systemClock());
    std::optional<auth::Verdict> verdict;
    judge.judge(m_token, expected(), [&](const auth::Verdict &given) { verdict = given; });
    QTRY_VERIFY(verdict);
    QCOMPARE(verdict->reason, auth::Reason::Valid);
    QCOMPARE(m_fetcher.last.url, QUrl(u"https://as.example/jwks"_s));
    QCOMPARE(m_fetcher.last.onBehalfOf, u"mcp.example"_s);
}

void TestTokenJudge::answersOnlyWhoAskedLast()
{
    TokenJudge judge(&m_fetcher, base::systemClock());
    int first = 0;
    int second = 0;
    judge.judge(m_token, expected(), [&](const auth::Verdict &) { ++first; });
    judge.judge(m_token, expected(), [&](const auth::Verdict &) { ++second; });
    QCOMPARE(first, 0);
    QTRY_COMPARE(second, 1);
    QCOMPARE(first, 0);
    judge.judge(m_token, expected(), [&](const auth::Verdict &) { ++first; });
    judge.judge({}, {}, {});
    QTRY_COMPARE(m_fetcher.findChildren<QTimer *>().size(), 0); // Nothing is under way.
    QCOMPARE(first, 0);
}

void TestTokenJudge::saysNothingOnceItIsGone()
{
    int answers = 0;
    {
        TokenJudge judge(&m_fetcher, base::systemClock());
        judge.judge(m_token, expected(), [&](const auth::Verdict &) { ++answers; });
    }
    QTRY_COMPARE(m_fetcher.findChildren<QTimer *>().size(), 0);
    QCOMPARE(answers, 0);
}

GATEHOUSE_TEST(TestTokenJudge)
#include "tst_tokenjudge.moc"
