// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/fault.h"
#include "inspector/exchanges.h"
#include "inspector/exchangewords.h"
#include "support/unit.h"

#include <QFile>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::inspector;
using namespace Qt::StringLiterals;

namespace {

/// One row of the table: what happened, and all that is said of it.
struct Row
{
    QString what;
    exchange::Exchange exchange;
    bool isRefused = true; ///< Else it was let in.
};

QList<Row> refusals()
{
    QList<Row> rows;
    for (int i = int(exchange::Refusal::NoHost); i < int(exchange::Refusal::BeforeHttp); ++i) {
        exchange::Exchange one = aCall(1);
        one.refusal = exchange::Refusal(i);
        one.outcome = exchange::Outcome::None;
        one.status = 403; // The words shall not look at it.
        one.verdict = {};
        one.verdict.reason = auth::Reason::NotNeeded;
        rows.append({exchange::refusalName(one.refusal), one});
    }
    for (int i = int(http::EdgeFault::BadLine); i <= int(http::EdgeFault::TooMuchUnfinished); ++i) {
        if (http::EdgeFault(i) == http::EdgeFault::AnswerTooSlow)
            continue; // It was let in: "late".
        exchange::Exchange one = rows.first().exchange;
        one.refusal = exchange::Refusal::BeforeHttp;
        one.fault = {http::faultName(http::EdgeFault(i)), http::describe(http::EdgeFault(i))};
        rows.append({u"before_http: "_s + QString::fromLatin1(one.fault.name), one});
    }
    return rows;
}

/// The check that failed, with what it could have seen.
auth::Check failedCheck(auth::Reason reason)
{
    auth::Check check{u"it"_s, auth::CheckState::Failed, reason, u"expected"_s, u"actual"_s, {}, 4};
    const auto saw = [&check](const QString &what, const QString &expected, const QString &actual,
                              const QString &note = {}) {
        check.what = what;
        check.expected = expected;
        check.actual = actual;
        check.note = note;
    };
    using auth::Reason;
    if (reason == Reason::AlgorithmNotAllowed)
        saw(u"algorithm"_s, u"RS256"_s, u"none"_s);
    else if (reason == Reason::WrongKind)
        saw(u"kind"_s, {}, u"an ID token"_s);
    else if (reason == Reason::WrongIssuer)
        saw(u"iss"_s, u"https://acme.authkit.app"_s, u"https://login.example"_s);
    else if (reason == Reason::MissingClaim)
        saw(u"exp"_s, {}, {});
    else if (reason == Reason::WrongClaimType)
        saw(u"aud"_s, u"text, or a list of texts"_s, u"7"_s);
    else if (reason == Reason::WrongAudience)
        saw(u"aud"_s, u"https://mcp.example/mcp"_s, u"https://other.example/mcp"_s);
    else if (reason == Reason::UnknownKey)
        saw(u"key"_s, {}, u"key_2"_s);
    else if (reason == Reason::KeyMismatch)
        saw(u"key"_s, u"RS256"_s, u"ES256"_s);
    else if (reason == Reason::MissingScope)
        saw(u"scopes"_s, u"documents:write"_s, u"email openid"_s, u"documents:write"_s);
    else if (reason == Reason::MissingPermission)
        saw(u"permission"_s, u"documents:write"_s, {}, u"documents:write"_s);
    else if (reason == Reason::WrongOrganization)
        saw(u"organization"_s, u"org_ACME"_s, u"org_GLOBEX"_s);
    return check;
}

QList<Row> verdicts()
{
    QList<Row> rows;
    for (int i = int(auth::Reason::NotVerified); i <= int(auth::lastReason); ++i) {
        exchange::Exchange one = aWrongAudience(1);
        one.verdict.reason = auth::Reason(i);
        one.verdict.checks = {failedCheck(one.verdict.reason)};
        const bool isLetIn = one.verdict.reason == auth::Reason::NotVerified;
        one.outcome = isLetIn ? exchange::Outcome::Ok : exchange::Outcome::None;
        one.status = isLetIn ? 200 : 401;
        rows.append({auth::reasonName(one.verdict.reason), one, !isLetIn});
    }
    return rows;
}

QList<Row> outcomes()
{
    exchange::Exchange rpc = aCall(1);
    rpc.outcome = exchange::Outcome::RpcError;
    rpc.rpcErrorCode = -32602;
    rpc.responseBody.shown
        = R"({"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"Unknown tool: x"}})";
    exchange::Exchange tool = aCall(1);
    tool.outcome = exchange::Outcome::ToolError;
    tool.responseBody.shown
        = R"({"result":{"isError":true,"content":[{"type":"text","text":"No such city."}]}})";
    exchange::Exchange late = aCall(1);
    late.outcome = exchange::Outcome::Late;
    late.status = 503;
    exchange::Exchange left = aCall(1);
    left.outcome = exchange::Outcome::Left;
    return {{u"rpc_error"_s, rpc, false},
            {u"tool_error"_s, tool, false},
            {u"late"_s, late, false},
            {u"left"_s, left, false}};
}

} // namespace

class TestExchangeWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); } // A row has a time of the day.
    void saysSomethingOfEverythingThatGoesWrong();
    void sendsNobodyToSignInForWhatNoTokenChanges();
    void namesTheSettingThatDecides();
    void quotesWhatTheAnswerSays_data();
    void quotesWhatTheAnswerSays();
    void standsInTheDocumentation();
};

void TestExchangeWords::saysSomethingOfEverythingThatGoesWrong()
{
    const QList<Row> rows = refusals() + verdicts() + outcomes();
    QVERIFY(rows.size() > 50);
    for (const Row &row : rows) {
        const Headline headline = headlineOf(row.exchange);
        const QString all = headline.sentence + headline.more + headline.advice.cause + headline.advice.remedy
            + nextStepOf(row.exchange);
        QVERIFY2(!headline.sentence.isEmpty(), qPrintable(row.what));
        QVERIFY2(!all.contains(u"--"_s),
                 qPrintable(row.what + u": a flag is no advice in a window: "_s + all));
        QVERIFY2(!all.contains(u"“–”"_s) && !all.contains(u"expected"_s),
                 qPrintable(row.what + u": "_s + all));
        QVERIFY2(!all.contains(u"%1"_s) && !all.contains(u"  "_s), qPrintable(row.what + u": "_s + all));
        if (row.isRefused)
            QVERIFY2(!nextStepOf(row.exchange).isEmpty(), qPrintable(row.what));
    }
}

void TestExchangeWords::sendsNobodyToSignInForWhatNoTokenChanges()
{
    const QList<Row> rows = refusals();
    for (const Row &row : rows) {
        const QString next = nextStepOf(row.exchange);
        QVERIFY2(!next.contains(u"sign in"_s) && !next.contains(u"scopes"_s),
                 qPrintable(row.what + u": "_s + next));
    }
    exchange::Exchange forbidden = aWrongAudience(1);
    forbidden.status = 403;
    forbidden.verdict.reason = auth::Reason::MissingScope;
    QVERIFY(nextStepOf(forbidden).contains(u"scopes of the challenge"_s));
    // An endpoint's own 403 is no missing scope.
    exchange::Exchange answered = aCall(1);
    answered.status = 403;
    QVERIFY2(nextStepOf(answered).isEmpty(), qPrintable(nextStepOf(answered)));
}

void TestExchangeWords::namesTheSettingThatDecides()
{
    exchange::Exchange one = refusals().first().exchange;
    one.refusal = exchange::Refusal::TooLarge;
    QCOMPARE(headlineOf(one).advice.setting, u"maxBodyKiB"_s);
    one.refusal = exchange::Refusal::BeforeHttp;
    one.fault
        = {http::faultName(http::EdgeFault::FieldsTooLarge), http::describe(http::EdgeFault::FieldsTooLarge)};
    QCOMPARE(headlineOf(one).advice.setting, u"maxHeaderKiB"_s);
    one.source = exchange::Source::Sandbox;
    QCOMPARE(headlineOf(one).advice.setting, QString());
}

void TestExchangeWords::quotesWhatTheAnswerSays_data()
{
    QTest::addColumn<exchange::Outcome>("outcome");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("sentence");
    using exchange::Outcome;
    QTest::newRow("a JSON-RPC error")
        << Outcome::RpcError << R"({"error":{"code":-32602,"message":"Unknown tool: x"},"id":1})"_ba
        << u"−32602: Unknown tool: x"_s;
    QTest::newRow("in an event stream")
        << Outcome::RpcError
        << "id: 1\ndata: {\"method\":\"n\"}\n\nid: 2\ndata: {\"error\":{\"message\":\"No\"}}\n\n"_ba
        << u"−32602: No"_s;
    QTest::newRow("one that obeys nobody")
        << Outcome::RpcError << "{\"error\":{\"message\":\"a\\u001b[2J\\u202e\"}}"_ba
        << u"−32602: a⟨U+001B⟩[2J⟨U+202E⟩"_s;
    QTest::newRow("one that is kept no longer") << Outcome::RpcError << ""_ba << u"JSON-RPC error −32602."_s;
    QTest::newRow("a tool's words")
        << Outcome::ToolError
        << R"({"result":{"content":[{"type":"image"},{"type":"text","text":"No such city."}]}})"_ba
        << u"The tool reported: No such city."_s;
    QTest::newRow("a tool without words")
        << Outcome::ToolError << R"({"result":{"content":7}})"_ba << u"The tool itself reported an error."_s;
    QTest::newRow("a long one") << Outcome::RpcError
                                << "{\"error\":{\"message\":\"" + QByteArray(1000, 'x') + "\"}}"
                                << u"−32602: "_s + QString(300, u'x') + u'…';
}

void TestExchangeWords::quotesWhatTheAnswerSays()
{
    exchange::Exchange one = aCall(1);
    QFETCH(exchange::Outcome, outcome);
    QFETCH(QByteArray, body);
    one.outcome = outcome;
    one.rpcErrorCode = -32602;
    one.responseBody.shown = body;
    QTEST(headlineOf(one).sentence, "sentence");
}

/// docs/advice.md is this table; GATEHOUSE_WRITE_DOCS=1 writes it.
void TestExchangeWords::standsInTheDocumentation()
{
    QString text
        = u"# What Gatehouse says when something goes wrong\n\n"
          "Every refusal, verdict and failure with all that the window says of it. Written by `tests/inspector/tst_exchangewords.cpp`.\n"_s;
    const auto section = [&text](const QString &title, const QList<Row> &rows) {
        text += u"\n## "_s + title + u"\n"_s;
        for (const Row &row : rows) {
            const Headline headline = headlineOf(row.exchange);
            text += u"\n### `"_s + row.what + u"`\n\n**"_s + headline.sentence + u"** "_s + headline.more
                + u'\n';
            const auto line = [&text](const QString &name, const QString &words) {
                if (!words.isEmpty())
                    text += u"* "_s + name + u": "_s + words + u'\n';
            };
            line(u"likely cause"_s, headline.advice.cause);
            line(u"what to do"_s, headline.advice.remedy);
            line(u"in the WorkOS dashboard"_s, headline.advice.page);
            line(u"setting"_s, headline.advice.setting);
            line(u"the client's next step"_s, nextStepOf(row.exchange));
        }
    };
    section(u"Turned away without a look at the token"_s, refusals());
    section(u"Verdicts on tokens"_s, verdicts());
    section(u"Let in, and no good end"_s, outcomes());
    QFile file(QStringLiteral(GATEHOUSE_SOURCE_DIR "/docs/advice.md"));
    if (qEnvironmentVariableIsSet("GATEHOUSE_WRITE_DOCS")) {
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.write(text.toUtf8()) > 0);
        return;
    }
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(file.readAll()), text);
}

GATEHOUSE_TEST(TestExchangeWords)
#include "tst_exchangewords.moc"
