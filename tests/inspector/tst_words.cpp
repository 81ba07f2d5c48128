// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "inspector/words.h"
#include "support/unit.h"

#include <QLocale>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QLocale::setDefault(QLocale::c()); }
    void describesACall();
    void writesNumbersAsTheLanguageDoes();
    void describesWhatHasNoCall();
    void saysWhyARequestWasRefused();
    void letsNoPeerWriteToTheTerminal();

private:
    static exchange::Exchange aCall()
    {
        exchange::Exchange one;
        one.id = 7;
        one.times.receivedAt = 1'800'000'000'123;
        one.times.answeredUs = 1234;
        one.method = "POST";
        one.path = "/mcp";
        one.status = 200;
        one.client = u"claude-code 2.1"_s;
        one.rpcMethod = u"tools/call"_s;
        one.target = u"get-profile"_s;
        one.outcome = exchange::Outcome::Ok;
        one.user = u"ada@example.com"_s;
        one.verdict.reason = auth::Reason::Valid;
        return one;
    }
    static QJsonObject jsonOf(const exchange::Exchange &exchange)
    {
        return base::readJsonObject(inspector::jsonOf(exchange)).value_or(QJsonObject());
    }
};

void TestWords::describesACall()
{
    const inspector::RowWords words = inspector::wordsOf(aCall());
    QVERIFY(words.time.endsWith(".123"_L1));
    QCOMPARE(words.client, u"claude-code 2.1"_s);
    QCOMPARE(words.call, u"tools/call get-profile"_s);
    QCOMPARE(words.status, u"200"_s);
    QCOMPARE(words.result, u"OK"_s);
    QCOMPARE(words.verdict, u"Valid"_s);
    QCOMPARE(words.user, u"ada@example.com"_s);
    QCOMPARE(words.took, u"1.2 ms"_s);
    QVERIFY(inspector::whyRefused(aCall()).isEmpty());
    const QJsonObject json = jsonOf(aCall());
    QCOMPARE(json.value("id"_L1).toInt(), 7);
    QCOMPARE(json.value("reason"_L1).toString(), u"valid"_s);
    QCOMPARE(json.value("time"_L1).toString(), u"2027-01-15T08:00:00.123Z"_s);
    QVERIFY2(!json.contains("why"_L1), "absent members are left out");
    exchange::Exchange list = aCall();
    list.listLength = 4;
    QCOMPARE(inspector::wordsOf(list).result, u"OK · 4"_s);
    QCOMPARE(jsonOf(list).value("result"_L1).toString(), u"OK"_s);
}

void TestWords::writesNumbersAsTheLanguageDoes()
{
    QLocale::setDefault(QLocale(QLocale::German));
    QCOMPARE(inspector::wordsOf(aCall()).took, u"1,2 ms"_s);
}

void TestWords::describesWhatHasNoCall()
{
    exchange::Exchange one;
    one.method = "GET";
    one.path = "/favicon.ico";
    one.verdict.reason = auth::Reason::NotNeeded;
    const inspector::RowWords words = inspector::wordsOf(one);
    QCOMPARE(words.call, u"GET /favicon.ico"_s);
    QCOMPARE(words.status, u"…"_s); // Still running.
    QCOMPARE(words.client, u"–"_s);
    QCOMPARE(words.user, u"–"_s);
}

void TestWords::saysWhyARequestWasRefused()
{
    exchange::Exchange one = aCall();
    one.verdict.reason = auth::Reason::Expired;
    one.verdict.checks = {{u"exp"_s, auth::CheckState::Failed, auth::Reason::Expired, {}, u"1"_s, {}, 4}};
    QCOMPARE(inspector::wordsOf(one).verdict, u"Expired 4 s"_s);
    QCOMPARE(inspector::whyRefused(one), u"The token expired 4 s ago."_s);
    one.refusal = exchange::Refusal::ForeignHost;
    QCOMPARE(inspector::whyRefused(one), exchange::describe(exchange::Refusal::ForeignHost));
    QCOMPARE(jsonOf(one).value("refusal"_L1).toString(), u"foreign_host"_s);
    one.refusal = exchange::Refusal::BeforeHttp;
    one.fault = {"bad_length"_ba, "Content-Length must be one number."_ba};
    one.method.clear();
    one.rpcMethod.clear();
    QCOMPARE(inspector::whyRefused(one), u"Refused before HTTP: Content-Length must be one number."_s);
    QCOMPARE(jsonOf(one).value("fault"_L1).toString(), u"bad_length"_s);
    QCOMPARE(inspector::wordsOf(one).call, u"–"_s);
    QCOMPARE(inspector::wordsOf(one).result, u"Malformed"_s);
    one.fault.name = "line_too_long"_ba;
    QCOMPARE(inspector::wordsOf(one).result, u"Over the limit"_s);
}

void TestWords::letsNoPeerWriteToTheTerminal()
{
    const QString hostile = u"a\x1b[2Jb\r\nc\u202Ed\u2028e"_s;
    exchange::Exchange one = aCall();
    one.client = one.target = one.user = hostile;
    one.path = hostile.toUtf8();
    one.verdict.reason = auth::Reason::WrongIssuer;
    one.verdict.checks = {{u"iss"_s, auth::CheckState::Failed, auth::Reason::WrongIssuer, u"x"_s, hostile}};
    const inspector::RowWords words = inspector::wordsOf(one);
    for (const QString &text : {words.client, words.call, words.user, inspector::whyRefused(one)}) {
        for (const QChar c : text)
            QVERIFY2(c.isPrint() || c == QChar::ReplacementCharacter, qPrintable(text));
    }
}

GATEHOUSE_TEST(TestWords)
#include "tst_words.moc"
