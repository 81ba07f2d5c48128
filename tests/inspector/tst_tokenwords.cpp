// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "inspector/claimmodel.h"
#include "inspector/exchanges.h"
#include "inspector/exchangewords.h"
#include "inspector/report.h"
#include "inspector/tokenwords.h"
#include "support/unit.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::inspector;
using namespace Qt::StringLiterals;

class TestTokenWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsEachClaimWithItsCheck();
    void showsClaimsAsATable();
    void marksWhereANearMissDiffers_data();
    void marksWhereANearMissDiffers();
    void saysHowLongATokenLasts_data();
    void saysHowLongATokenLasts();
    void putsASentenceAboveEverything_data();
    void putsASentenceAboveEverything();
    void explainsTheChallenge();
    void showsClaimsAsTheyAreWritten();
    void survivesClaimsOfEveryKind();
    void writesARequestThatAShellCanRepeat();
    void writesAReport();

private:
    static ClaimRow row(const QList<ClaimRow> &rows, const QString &claim)
    {
        for (const ClaimRow &one : rows) {
            if (one.claim == claim)
                return one;
        }
        return {};
    }
};

void TestTokenWords::tellsEachClaimWithItsCheck()
{
    const exchange::Exchange refused = aWrongAudience(1);
    const QList<ClaimRow> rows = claimRowsOf(refused.verdict, refused.times.receivedAt);
    QCOMPARE(rows.size(), 5); // org_id was looked for and is not there: no row.
    QCOMPARE(rows.at(0).claim, u"iss"_s);
    QCOMPARE(rows.at(0).check, u"is the configured issuer"_s);
    QCOMPARE(row(rows, u"aud"_s).state, auth::CheckState::Failed);
    QCOMPARE(row(rows, u"aud"_s).check, u"expected http://localhost:3000/mcp: one trailing slash too many"_s);
    QVERIFY(row(rows, u"aud"_s).meaning.contains(u"RFC 8707"_s));
    QCOMPARE(row(rows, u"exp"_s).value, u"1800000240"_s);
    QVERIFY(row(rows, u"exp"_s).words.endsWith(u", 2 min after the request"_s) // 239 s
            || row(rows, u"exp"_s).words.endsWith(u", 3 min after the request"_s));
    QCOMPARE(row(rows, u"custom"_s).value, u"{\"a\":1}"_s);
    QCOMPARE(row(rows, u"custom"_s).check, u"nothing required"_s);

    exchange::Exchange missing = refused;
    missing.verdict.claims.remove(u"sub"_s);
    missing.verdict.checks[4]
        = {u"sub"_s, auth::CheckState::Failed, auth::Reason::MissingClaim, u"the user's id"_s};
    const ClaimRow sub = row(claimRowsOf(missing.verdict, 0), u"sub"_s);
    QCOMPARE(sub.check, u"missing"_s);
    QVERIFY(sub.value.isEmpty());
}

void TestTokenWords::showsClaimsAsATable()
{
    ClaimModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QCOMPARE(model.rowCount(), 0);
    const exchange::Exchange refused = aWrongAudience(1);
    model.setRows(claimRowsOf(refused.verdict, refused.times.receivedAt));
    QCOMPARE(model.rowCount(), 5);
    const QModelIndex value = model.index(1, ClaimModel::Value);
    QCOMPARE(value.data().toString(), u"http://localhost:3000/mcp/"_s);
    QCOMPARE(value.data(ClaimModel::DiffersAtRole).toInt(), 25);
    QCOMPARE(value.data(ClaimModel::CellToneRole).value<Tone>(), Tone::Bad);
    QCOMPARE(model.index(1, ClaimModel::Check).data(ClaimModel::CellToneRole).value<Tone>(), Tone::Bad);
    QCOMPARE(model.index(0, ClaimModel::Check).data(ClaimModel::CellToneRole).value<Tone>(), Tone::Good);
    model.setRows({});
    QCOMPARE(model.rowCount(), 0);
}

void TestTokenWords::marksWhereANearMissDiffers_data()
{
    QTest::addColumn<QString>("actual");
    QTest::addColumn<QString>("marked");
    QTest::newRow("a slash too many") << u"http://localhost:3000/mcp/"_s << u"/"_s;
    QTest::newRow("a letter missing at the end") << u"http://localhost:3000/mc"_s << u"c"_s;
    QTest::newRow("another port") << u"http://localhost:3100/mcp"_s << u"1"_s;
    QTest::newRow("another name") << u"http://127.0.0.1:3000/mcp"_s << u"127.0.0.1"_s;
    QTest::newRow("nothing alike") << u"client_01ABC"_s << QString();
}

void TestTokenWords::marksWhereANearMissDiffers()
{
    QFETCH(QString, actual);
    exchange::Exchange refused = aWrongAudience(1);
    refused.verdict.claims.insert(u"aud"_s, actual);
    const ClaimRow aud = row(claimRowsOf(refused.verdict, 0), u"aud"_s);
    QTEST(aud.differsAt < 0 ? QString() : aud.value.mid(aud.differsAt, aud.differsLength), "marked");
}

void TestTokenWords::saysHowLongATokenLasts_data()
{
    QTest::addColumn<qint64>("now"); // Seconds after its end.
    QTest::addColumn<QString>("text");
    QTest::addColumn<Tone>("tone");
    QTest::newRow("long") << qint64(-8000) << u"Expires in 2 h"_s << Tone::Good;
    QTest::newRow("minutes") << qint64(-250) << u"Expires in 4 min 10 s"_s << Tone::Good;
    QTest::newRow("soon") << qint64(-25) << u"Expires in 25 s"_s << Tone::Warning;
    QTest::newRow("over") << qint64(200) << u"Expired 3 min ago"_s << Tone::Bad;
}

void TestTokenWords::saysHowLongATokenLasts()
{
    QFETCH(qint64, now);
    const Expiry expiry = expiryOf(aWrongAudience(1).verdict, (1'800'000'240 + now) * 1000);
    QTEST(expiry.text, "text");
    QTEST(expiry.tone, "tone");
    QVERIFY(expiryOf(auth::Verdict(), 0).text.isEmpty());
}

void TestTokenWords::putsASentenceAboveEverything_data()
{
    QTest::addColumn<exchange::Exchange>("exchange");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QString>("more");
    QTest::addColumn<Tone>("tone");
    exchange::Exchange one = aCall(1);
    QTest::newRow("let in") << one << u"Allowed: The token is valid"_s << QString() << Tone::Good;
    one.outcome = exchange::Outcome::ToolError;
    QTest::newRow("the tool failed") << one << u"The tool itself reported an error"_s
                                     << u"HTTP and JSON-RPC were fine"_s << Tone::Warning;
    one.outcome = exchange::Outcome::RpcError;
    one.rpcErrorCode = -32602;
    QTest::newRow("the call failed") << one << u"JSON-RPC error −32602"_s << u"answered with this"_s
                                     << Tone::Warning;
    QTest::newRow("refused") << aWrongAudience(1) << u"Nothing else is wrong with it."_s
                             << u"Signature good, key key-1."_s << Tone::Bad;
    one = aCall(1);
    one.status = 401;
    one.verdict = {};
    QTest::newRow("no token") << one << u"Refused: The request carries no token."_s << QString()
                              << Tone::Warning;
    one = begun(aCall(1));
    one.status = 403;
    one.outcome = exchange::Outcome::None;
    one.refusal = exchange::Refusal::ForeignHost;
    QTest::newRow("before the gate") << one << u"The Host header does not name this server."_s
                                     << u"No token was looked at."_s << Tone::Warning;
    one = begun(aCall(1));
    QTest::newRow("running") << one << u"Not answered yet."_s << QString() << Tone::Plain;
    one.status = 200;
    QTest::newRow("a stream that is open")
        << one << u"The answer is a stream that is still open."_s << QString() << Tone::Plain;
}

void TestTokenWords::putsASentenceAboveEverything()
{
    QFETCH(exchange::Exchange, exchange);
    QFETCH(QString, sentence);
    QFETCH(QString, more);
    const Headline headline = headlineOf(exchange);
    QVERIFY2(headline.sentence.contains(sentence), qPrintable(headline.sentence));
    QVERIFY2(headline.more.contains(more), qPrintable(headline.more));
    QTEST(headline.tone, "tone");
}

void TestTokenWords::explainsTheChallenge()
{
    const QList<ChallengePart> parts = challengePartsOf(aWrongAudience(1));
    QCOMPARE(parts.size(), 3);
    QCOMPARE(parts.at(0).name, u"error"_s);
    QCOMPARE(parts.at(0).value, u"invalid_token"_s);
    QVERIFY(parts.at(2).meaning.contains(u"RFC 9728"_s));
    QVERIFY(nextStepOf(aWrongAudience(1)).contains(u"until the cause is mended"_s));
    exchange::Exchange expired = aWrongAudience(1);
    expired.verdict.reason = auth::Reason::Expired;
    QVERIFY(nextStepOf(expired).contains(u"refresh token"_s));
    exchange::Exchange forbidden = expired;
    forbidden.status = 403;
    forbidden.verdict.reason = auth::Reason::WrongOrganization;
    QVERIFY(nextStepOf(forbidden).contains(u"No challenge was sent"_s));
    QVERIFY(nextStepOf(aCall(1)).isEmpty());
    QVERIFY(challengePartsOf(aCall(1)).isEmpty());
    QVERIFY(headerMeaning("MCP-Protocol-Version").contains(u"revision"_s));
    QVERIFY(headerMeaning("X-Unknown").isEmpty());
}

void TestTokenWords::showsClaimsAsTheyAreWritten()
{
    auth::Verdict verdict;
    verdict.claimsText
        = "{\"z\":1.10,\"a\":12345678901234567890,\"m\":{\"b\": 5000.00,\"a\":[]},\"s\":\"x\\u202ey\"}";
    verdict.claims = base::readJsonObject(verdict.claimsText).value_or(QJsonObject());
    QCOMPARE(verdict.claims.size(), 4);
    QStringList shown;
    const QList<ClaimRow> rows = claimRowsOf(verdict, 0);
    for (const ClaimRow &one : rows)
        shown.append(one.claim + u'=' + one.value);
    const QStringList wanted{u"z=1.10"_s, u"a=12345678901234567890"_s, u"m={\"b\":5000.00,\"a\":[]}"_s,
                             u"s=x⟨U+202E⟩y"_s};
    QCOMPARE(shown, wanted);
}

void TestTokenWords::survivesClaimsOfEveryKind()
{
    auth::Verdict verdict;
    verdict.claims = {{u"exp"_s, u"soon"_s},
                      {u"iat"_s, -1e300},
                      {u"nbf"_s, QJsonValue::Null},
                      {u"aud"_s, QJsonArray({1})},
                      {u"x\ny"_s, true},
                      {u"big"_s, 1e20},
                      {u"long"_s, QString(50'000, u'x')}};
    const QList<ClaimRow> rows = claimRowsOf(verdict, 0);
    QCOMPARE(rows.size(), 7);
    for (const ClaimRow &one : rows) {
        QVERIFY(!one.claim.contains(u'\n'));
        QVERIFY(one.value.size() <= 2000);
    }
    QVERIFY(expiryOf(verdict, 0).text.isEmpty());
}

void TestTokenWords::writesARequestThatAShellCanRepeat()
{
    exchange::Exchange one = aCall(1);
    one.requestHeaders = {{"Host", "localhost:3000"},
                          {"Authorization", "Bearer …abcd"},
                          {"Content-Type", "application/json"},
                          {"X-Odd", "it's"}};
    one.requestBody.shown = R"({"id":1})";
    QCOMPARE(
        curlOf(one, u"http://localhost:3000/mcp"_s),
        u"curl -i -g --path-as-is -X 'POST' \\\n  'http://localhost:3000/mcp' \\\n  -H \"Authorization: "
        u"Bearer $TOKEN\" \\\n "
        u" "
        "-H 'Content-Type: application/json' \\\n  -H 'X-Odd: it'\\''s' \\\n  --data-raw '{\"id\":1}'"_s);
}

void TestTokenWords::writesAReport()
{
    const QString report = reportOf(aWrongAudience(1));
    for (const QString &part : {u"**Refused: The token is for"_s, u"WWW-Authenticate: Bearer error="_s,
                                u"| aud | `http://localhost:3000/mcp/` |"_s,
                                u"✕ expected http://localhost:3000/mcp: one trailing slash too many"_s})
        QVERIFY2(report.contains(part), qPrintable(report));
}

GATEHOUSE_TEST(TestTokenWords)
#include "tst_tokenwords.moc"
