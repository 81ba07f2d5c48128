// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/exchanges.h"
#include "inspector/trafficmodel.h"
#include "support/unit.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::inspector;
using namespace Qt::StringLiterals;

class TestTrafficModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void appendsWhatBeginsAndCompletesItInPlace();
    void foldsWhatBeganAndEndedInOneBatch();
    void dropsTheOldestFirst();
    void keepsPinnedRowsBeyondTheLimit();
    void dropsByBytesToo();
    void showsOnlyWhatMatchesAlsoOnceItHasEnded();
    void keepsSerialsThroughAFilter();
    void tellsTheSandboxsRowsFromTheServers();
    void findsTheRowOfOurOwnClientsRequest();
    void countsWhatItSkipsInAPause();
    void separatesRunsWhoseIdsBeginAnew();
    void clearsAllButPinnedRows();
    void saysEachRowInOneSentence();
    void hasColumnsThatAreHiddenAtFirst();
    void neverBreaksAModelsRules();

private:
    static Filter filter(const QString &text) { return Filter::parse(text).value_or(Filter()); }
    static QString cell(const TrafficModel &model, int row, int column)
    {
        return model.index(row, column).data().toString();
    }
};

void TestTrafficModel::appendsWhatBeginsAndCompletesItInPlace()
{
    TrafficModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy changed(&model, &TrafficModel::dataChanged);
    QSignalSpy arrived(&model, &TrafficModel::arrived);
    model.record({begun(aCall(1))});
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(cell(model, 0, TrafficModel::Http), u"…"_s);
    QCOMPARE(cell(model, 0, TrafficModel::Call), u"POST /mcp"_s);
    model.record({aCall(1)});
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(arrived.count(), 1);
    QCOMPARE(cell(model, 0, TrafficModel::Http), u"200"_s);
    QCOMPARE(cell(model, 0, TrafficModel::Call), u"tools/call get-profile"_s);
    QCOMPARE(model.index(0, TrafficModel::Call).data(TrafficModel::MutedPrefixRole).toInt(), 10);
    QCOMPARE(model.index(0, TrafficModel::Auth).data(TrafficModel::CellToneRole).value<Tone>(), Tone::Good);
    model.record({aWrongAudience(2)});
    QCOMPARE(model.index(1, 0).data(TrafficModel::RowToneRole).value<Tone>(), Tone::Bad);
    QCOMPARE(cell(model, 1, TrafficModel::Auth), u"Wrong audience"_s);
}

void TestTrafficModel::foldsWhatBeganAndEndedInOneBatch()
{
    TrafficModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.record({begun(aCall(1)), begun(aCall(2)), aCall(1)});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(cell(model, 0, TrafficModel::Http), u"200"_s);
    QCOMPARE(cell(model, 1, TrafficModel::Http), u"…"_s);
    QCOMPARE(model.totalCount(), 2);
}

void TestTrafficModel::dropsTheOldestFirst()
{
    TrafficModel model({3, 100'000});
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    for (quint64 id = 1; id <= 10; ++id)
        model.record({begun(aCall(id))});
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(cell(model, 0, TrafficModel::Number), u"8"_s);
    QCOMPARE(model.droppedCount(), 7);
    model.record({aCall(1)}); // It is gone; its answer comes as a row of its own rather than being lost.
    QCOMPARE(cell(model, 2, TrafficModel::Number), u"11"_s);
    QList<exchange::Exchange> many;
    for (quint64 id = 20; id < 40; ++id)
        many.append(aCall(id));
    model.record(many); // More than there is room for, at once.
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(cell(model, 2, TrafficModel::Number), u"31"_s);
    QCOMPARE(model.totalCount() + model.droppedCount(), 31);
}

void TestTrafficModel::keepsPinnedRowsBeyondTheLimit()
{
    TrafficModel model({4, 100'000});
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.record({aCall(1), aCall(2), aCall(3)});
    model.setPinned(2, true);
    for (quint64 id = 4; id <= 9; ++id)
        model.record({aCall(id)});
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(cell(model, 0, TrafficModel::Number), u"2"_s);
    QCOMPARE(cell(model, 1, TrafficModel::Number), u"7"_s);
    QVERIFY(model.entryOf(2)->isPinned);
    QVERIFY(!model.entryOf(1));
    QCOMPARE(model.rowOf(2), 0);
    QCOMPARE(model.rowOf(9), 3);
    // A cell says what is so now, though it was asked a moment ago.
    const auto isPinned = [&model] {
        return model.data(model.index(0, TrafficModel::Pin), Qt::CheckStateRole).toInt() == Qt::Checked;
    };
    QVERIFY(isPinned());
    model.setPinned(2, false);
    QVERIFY(!isPinned());
}

void TestTrafficModel::dropsByBytesToo()
{
    TrafficModel model({100, 50'000});
    for (quint64 id = 1; id <= 3; ++id) {
        exchange::Exchange large = aCall(id);
        large.responseBody.shown = QByteArray(30'000, char('a' + id));
        model.record({large});
    }
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(cell(model, 0, TrafficModel::Number), u"3"_s);
    QCOMPARE(model.droppedCount(), 2);
}

void TestTrafficModel::showsOnlyWhatMatchesAlsoOnceItHasEnded()
{
    TrafficModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setFilter(filter(u"is:failed"_s));
    QSignalSpy arrived(&model, &TrafficModel::arrived);
    model.record({begun(aCall(1)), begun(aCall(2)), begun(aCall(3))});
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(arrived.count(), 0);
    model.record({aWrongAudience(3)});
    model.record({aWrongAudience(1), aCall(2)});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(cell(model, 0, TrafficModel::Number), u"1"_s); // In the order of arrival, not of the answers.
    QCOMPARE(cell(model, 1, TrafficModel::Number), u"3"_s);
    model.setFilter(filter(u"is:running"_s));
    QCOMPARE(model.rowCount(), 0);
    model.record({begun(aCall(4))});
    QCOMPARE(model.rowCount(), 1);
    model.record({aCall(4)});
    QCOMPARE(model.rowCount(), 0);
}

void TestTrafficModel::keepsSerialsThroughAFilter()
{
    TrafficModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    for (quint64 id = 1; id <= 20; ++id)
        model.record({id % 5 == 0 ? aWrongAudience(id) : aCall(id)});
    QCOMPARE(model.rowOf(10), 9);
    model.setFilter(filter(u"auth:audience"_s));
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(model.rowOf(10), 1);
    QCOMPARE(model.rowOf(11), -1);
    QVERIFY(model.entryOf(11));
    model.setFilter({});
    QCOMPARE(model.rowOf(11), 10);
}

void TestTrafficModel::tellsTheSandboxsRowsFromTheServers()
{
    TrafficModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    exchange::Exchange ofSandbox = aCall(1);
    ofSandbox.source = exchange::Source::Sandbox;
    // Both count their ids by themselves.
    model.record({begun(aCall(1)), begun(ofSandbox)});
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.totalCount(), 1);
    QCOMPARE(model.hiddenSandboxCount(), 1);
    model.record({ofSandbox});
    QCOMPARE(model.entryOf(1)->exchange.outcome, exchange::Outcome::Running);
    QCOMPARE(model.entryOf(2)->exchange.outcome, exchange::Outcome::Ok);
    model.setSandboxShown(true);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.totalCount(), 2);
    QCOMPARE(model.index(1, TrafficModel::Auth).data().toString(), u"Sandbox"_s);
    model.setSandboxShown(false);
    model.setFilter(filter(u"is:sandbox"_s));
    QCOMPARE(model.rowCount(), 1);
    model.setFilter(filter(u"-is:sandbox"_s));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.hiddenSandboxCount(), 1);
    // A new run of the server is none of the sandbox's.
    model.setFilter({});
    ofSandbox.id = 2;
    model.record({begun(ofSandbox)});
    model.startRun({}, 0);
    model.record({ofSandbox});
    QCOMPARE(model.hiddenSandboxCount(), 2);
    model.clear();
    QCOMPARE(model.hiddenSandboxCount(), 0);
}

void TestTrafficModel::findsTheRowOfOurOwnClientsRequest()
{
    TrafficModel model(ExchangeLog::Limits{2});
    exchange::Exchange ours = aCall(1);
    ours.requestHeaders = {{"X-Request-Id", "gatehouse-0123456789abcdef"}};
    exchange::Exchange foreign = aCall(2);
    foreign.requestHeaders = {{"X-Request-Id", "7b3f"}};
    exchange::Exchange browser = aCall(3);
    browser.source = exchange::Source::Sandbox;
    browser.method = "GET";
    browser.path = "/oauth2/authorize";
    browser.query = "client_id=c&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&state=…";
    model.record({ours});
    QCOMPARE(model.serialOf("gatehouse-0123456789abcdef"), 1);
    model.record({foreign});
    QCOMPARE(model.serialOf("7b3f"), 0);
    model.record({browser});
    QCOMPARE(model.serialOf("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"), 3);
    QCOMPARE(model.serialOf("gatehouse-0123456789abcdef"), 0); // The log dropped it.
    model.clear();
    QCOMPARE(model.serialOf("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"), 0);
}

void TestTrafficModel::countsWhatItSkipsInAPause()
{
    TrafficModel model;
    model.record({begun(aCall(1))});
    model.setPaused(true);
    model.record({begun(aCall(2)), aCall(1)}); // What was open is completed.
    model.record({aCall(2), aCall(3)});
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(cell(model, 0, TrafficModel::Http), u"200"_s);
    QCOMPARE(model.skippedCount(), 2);
    model.record({begun(aCall(4))});
    model.setPaused(false);
    model.record({aCall(4), aCall(5)}); // The end of what began in the pause is not a row either.
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.skippedCount(), 3);
    QCOMPARE(model.entryAt(1)->exchange.id, 5U);
}

void TestTrafficModel::separatesRunsWhoseIdsBeginAnew()
{
    TrafficModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.startRun(u"Server started"_s, 1);
    QCOMPARE(model.rowCount(), 0); // Nothing to separate.
    model.record({begun(aCall(1)), aCall(2)});
    model.startRun(u"Server started"_s, 1);
    model.record({aCall(1)});
    QCOMPARE(model.rowCount(), 4);
    QVERIFY(model.index(2, 0).data(TrafficModel::NoteRole).toBool());
    QCOMPARE(cell(model, 2, TrafficModel::Call), u"Server started"_s);
    QCOMPARE(cell(model, 0, TrafficModel::Http), u"…"_s); // Not confused with the other run's first.
    QCOMPARE(cell(model, 3, TrafficModel::Http), u"200"_s);
    model.setFilter(filter(u"get"_s));
    for (int row = 0; row < model.rowCount(); ++row)
        QVERIFY(!model.index(row, 0).data(TrafficModel::NoteRole).toBool());
}

void TestTrafficModel::clearsAllButPinnedRows()
{
    TrafficModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.record({aCall(1), aCall(2), begun(aCall(3))});
    model.setPinned(2, true);
    model.clear();
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.rowOf(2), 0);
    model.record({aCall(3), aCall(4)});
    QCOMPARE(model.rowCount(), 3);
    model.setPinned(2, false);
    model.clear();
    QCOMPARE(model.rowCount(), 0); // Also what was kept only for its pin.
    QCOMPARE(model.totalCount(), 0);
}

void TestTrafficModel::saysEachRowInOneSentence()
{
    TrafficModel model;
    model.record({aWrongAudience(1)});
    model.setPinned(1, true);
    QCOMPARE(
        model.index(0, 0).data(Qt::AccessibleTextRole).toString(),
        u"Request 1, tools/call get-profile from claude-code 2.1, status 401, Wrong audience, 1.2 ms, pinned"_s);
    for (int column = 0; column < TrafficModel::ColumnCount; ++column)
        QVERIFY(!model.headerData(column, Qt::Horizontal, Qt::AccessibleTextRole).toString().isEmpty());
}

void TestTrafficModel::hasColumnsThatAreHiddenAtFirst()
{
    TrafficModel model;
    exchange::Exchange one = aWrongAudience(1);
    one.session = "51e55104";
    one.revision = u"2026-07-28"_s;
    one.organization = u"org_1"_s;
    one.requestHeaders = {{"Origin", "http://localhost:5173"}};
    one.verdict.claims.insert(u"scope"_s, u"openid email"_s);
    one.requestBody.size = 2048;
    model.record({one});
    const std::pair<int, QString> expected[] = {
        {TrafficModel::Session, u"51e55104"_s},   {TrafficModel::Method, u"POST"_s},
        {TrafficModel::Path, u"/mcp"_s},          {TrafficModel::Revision, u"2026-07-28"_s},
        {TrafficModel::Token, u"93a0dced"_s},     {TrafficModel::Organization, u"org_1"_s},
        {TrafficModel::Scope, u"openid email"_s}, {TrafficModel::Origin, u"http://localhost:5173"_s},
        {TrafficModel::ResponseSize, u"–"_s},
    };
    for (const auto &[column, text] : expected) {
        QVERIFY(column >= TrafficModel::firstHiddenColumn);
        QCOMPARE(cell(model, 0, column), text);
    }
    QVERIFY(cell(model, 0, TrafficModel::RequestSize).startsWith(u'2'));
}

void TestTrafficModel::neverBreaksAModelsRules()
{
    // Everything at once, with a fixed walk through a random sequence; the tester aborts on a fault.
    TrafficModel model({50, 2'000'000});
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    quint32 state = 12345;
    const auto next = [&state](quint32 below) {
        state = state * 1664525 + 1013904223;
        return (state >> 16) % below;
    };
    quint64 id = 0;
    qint64 taken = 0;
    for (int round = 0; round < 400; ++round) {
        QList<exchange::Exchange> batch;
        for (quint32 i = next(12); i > 0; --i) {
            const bool isOld = id > 5 && next(3) == 0;
            const quint64 which = isOld ? id - next(5) : ++id;
            exchange::Exchange one = next(2) == 0 ? aCall(which) : aWrongAudience(which);
            one.responseBody.shown = QByteArray(int(next(900)), 'x');
            batch.append(next(2) == 0 ? begun(one) : one);
            ++taken;
        }
        model.record(batch);
        if (next(6) == 0)
            model.setFilter(filter(next(2) == 0 ? u"is:failed"_s : QString()));
        if (next(5) == 0 && model.rowCount() > 0)
            model.setPinned(model.entryAt(int(next(quint32(model.rowCount()))))->serial, next(2) == 0);
        if (next(60) == 0)
            model.clear();
        if (next(60) == 0)
            model.startRun(u"run"_s, 0);
        QVERIFY(model.totalCount() <= 50);
        for (int row = 1; row < model.rowCount(); ++row)
            QVERIFY(model.entryAt(row - 1)->serial < model.entryAt(row)->serial);
    }
    QVERIFY(taken > 1000);
}

GATEHOUSE_TEST(TestTrafficModel)
#include "tst_trafficmodel.moc"
