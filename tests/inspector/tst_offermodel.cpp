// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "inspector/exchanges.h"
#include "inspector/offermodel.h"
#include "inspector/tone.h"
#include "support/unit.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::inspector;
using namespace Qt::StringLiterals;
using exchange::Exchange;
using Kind = OfferItem::Kind;

/// What servers offer, and how often it is used.
class TestOfferModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEntriesOfEachList_data();
    void readsEntriesOfEachList();
    void asksForWhatIsGiven_data();
    void asksForWhatIsGiven();
    void believesNoMoreThanAToolSays_data();
    void believesNoMoreThanAToolSays();
    void listsServersAndWhatTheyOffer();
    void findsByWords();
    void countsWhatWasLetIn();
    void countsNothingOfOtherServers();
    void countsNoMoreNamesThanThereMayBe();
    void showsForeignNamesAsText();

private:
    static OfferItem item(Kind kind, const QByteArray &json)
    {
        return readOfferItem(kind, base::readJsonObject(json).value());
    }
    static OfferItem tool(const QString &name)
    {
        return readOfferItem(Kind::Tool, {{u"name"_s, name}, {u"description"_s, u"About "_s + name}});
    }
};

void TestOfferModel::readsEntriesOfEachList_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QByteArray>("takes");
    QTest::newRow("a tool")
        << Kind::Tool << R"({"name":"t","title":"T","inputSchema":{"type":"object","properties":{}}})"_ba
        << u"t"_s << u"T"_s << R"({"properties":{},"type":"object"})"_ba;
    QTest::newRow("a tool that says nothing") << Kind::Tool << "{}"_ba << QString() << QString() << "{}"_ba;
    QTest::newRow("a resource")
        << Kind::Resource << R"({"uri":"file:///a","name":"A"})"_ba << u"file:///a"_s << u"A"_s
        << R"({"additionalProperties":false,"properties":{},"required":[],"type":"object"})"_ba;
    QTest::newRow("a template")
        << Kind::Template << R"({"uriTemplate":"doc://{id}","name":"D","title":"Documents"})"_ba
        << u"doc://{id}"_s << u"Documents"_s
        << R"({"additionalProperties":false,"properties":{"uri":{"default":"doc://{id}","type":"string"}},"required":["uri"],"type":"object"})"_ba;
    QTest::newRow("a prompt")
        << Kind::Prompt
        << R"({"name":"p","arguments":[{"name":"a","description":"A","required":true},{"name":"b","title":7},{"title":"none"},3]})"_ba
        << u"p"_s << QString()
        << R"({"additionalProperties":false,"properties":{"a":{"description":"A","type":"string"},"b":{"type":"string"}},"required":["a"],"type":"object"})"_ba;
}

void TestOfferModel::readsEntriesOfEachList()
{
    QFETCH(const Kind, kind);
    QFETCH(const QByteArray, json);
    const OfferItem read = item(kind, json);
    QTEST(read.name, "name");
    QTEST(read.title, "title");
    QTEST(base::writeJson(read.takes), "takes");
}

void TestOfferModel::asksForWhatIsGiven_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("method");
    QTest::addColumn<QByteArray>("params");
    QTest::newRow("a tool") << Kind::Tool << u"tools/call"_s
                            << R"({"arguments":{"uri":"x://1"},"name":"n"})"_ba;
    QTest::newRow("a resource") << Kind::Resource << u"resources/read"_s << R"({"uri":"n"})"_ba;
    QTest::newRow("a template") << Kind::Template << u"resources/read"_s << R"({"uri":"x://1"})"_ba;
    QTest::newRow("a prompt") << Kind::Prompt << u"prompts/get"_s
                              << R"({"arguments":{"uri":"x://1"},"name":"n"})"_ba;
}

void TestOfferModel::asksForWhatIsGiven()
{
    QFETCH(const Kind, kind);
    OfferItem asked;
    asked.kind = kind;
    asked.name = u"n"_s;
    const OfferRequest request = requestFor(asked, {{u"uri"_s, u"x://1"_s}});
    QTEST(protocol::nameOf(request.method), "method");
    QTEST(base::writeJson(request.params), "params");
}

void TestOfferModel::believesNoMoreThanAToolSays_data()
{
    QTest::addColumn<QByteArray>("annotations");
    QTest::addColumn<bool>("onlyReads");
    QTest::addColumn<bool>("destroys");
    QTest::newRow("nothing") << "{}"_ba << false << true;
    QTest::newRow("only reads") << R"({"readOnlyHint":true})"_ba << true << false;
    QTest::newRow("changes and destroys nothing")
        << R"({"readOnlyHint":false,"destructiveHint":false})"_ba << false << false;
    QTest::newRow("no truth value") << R"({"readOnlyHint":"true"})"_ba << false << true;
}

void TestOfferModel::believesNoMoreThanAToolSays()
{
    QFETCH(const QByteArray, annotations);
    const OfferItem read = item(Kind::Tool, R"({"name":"t","annotations":)" + annotations + "}");
    QTEST(saysThatItOnlyReads(read), "onlyReads");
    QTEST(mayDestroy(read), "destroys");
}

void TestOfferModel::listsServersAndWhatTheyOffer()
{
    OfferModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setGroups({{u"One"_s, true, {tool(u"a"_s), tool(u"b"_s)}},
                     {u"Two"_s, false, {tool(u"a"_s)}},
                     {u"Empty"_s, false, {}}});
    QCOMPARE(model.rowCount(), 2);
    const QModelIndex one = model.index(0, 0);
    QCOMPARE(one.data().toString(), u"One"_s);
    QCOMPARE(one.siblingAtColumn(OfferModel::Mean).data().toString(), u"2"_s);
    QVERIFY(!model.itemAt(one));
    QCOMPARE(model.rowCount(one), 2);
    const QModelIndex b = model.index(1, 0, one);
    QCOMPARE(model.itemAt(b)->name, u"b"_s);
    QCOMPARE(model.groupOf(b), u"One"_s);
    QCOMPARE(model.indexOf(u"Two"_s, Kind::Tool, u"a"_s), model.index(0, 0, model.index(1, 0)));
    QVERIFY(!model.indexOf(u"Two"_s, Kind::Tool, u"b"_s).isValid());
    QVERIFY(!model.indexOf(u"One"_s, Kind::Prompt, u"a"_s).isValid());
    model.setGroups({});
    QCOMPARE(model.rowCount(), 0);
}

void TestOfferModel::findsByWords()
{
    OfferModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    OfferItem titled = tool(u"get-x"_s);
    titled.title = u"Everything"_s;
    model.setGroups({{u"One"_s, true, {tool(u"get-profile"_s), titled}}, {u"Two"_s, false, {tool(u"b"_s)}}});
    model.setSearch(u"EVERY get"_s);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.rowCount(model.index(0, 0)), 1);
    QCOMPARE(model.itemAt(model.index(0, 0, model.index(0, 0)))->name, u"get-x"_s);
    model.setSearch(u"about"_s); // In its words.
    QCOMPARE(model.rowCount(), 2);
    model.setSearch(u"nobody"_s);
    QCOMPARE(model.rowCount(), 0);
    model.setSearch({});
    QCOMPARE(model.rowCount(model.index(0, 0)), 2);
}

void TestOfferModel::countsWhatWasLetIn()
{
    OfferModel model;
    model.setGroups({{u"One"_s, true, {tool(u"get-profile"_s)}}});
    model.setCountable({tool(u"get-profile"_s)});
    const QModelIndex row = model.index(0, 0, model.index(0, 0));
    const auto cell = [&row](int column) { return row.siblingAtColumn(column).data().toString(); };
    QCOMPARE(cell(OfferModel::Calls), u"–"_s);
    Exchange wrong = aCall(2);
    wrong.outcome = exchange::Outcome::ToolError;
    wrong.times.answeredUs = 3234;
    Exchange foreign = aCall(3);
    foreign.source = exchange::Source::Sandbox;
    Exchange invented = aCall(5);
    invented.target = u"nobody-has-this"_s;
    model.record({begun(aCall(1)), aCall(1), wrong, aWrongAudience(4), foreign, invented});
    QCOMPARE(cell(OfferModel::Calls), u"2"_s);
    QCOMPARE(cell(OfferModel::Errors), u"1"_s);
    QCOMPARE(cell(OfferModel::Mean), u"2.2 ms"_s);
    QCOMPARE(row.siblingAtColumn(OfferModel::Errors).data(OfferModel::ToneRole).toInt(), int(Tone::Bad));
    model.clearCounts();
    QCOMPARE(cell(OfferModel::Calls), u"–"_s);
}

void TestOfferModel::countsNothingOfOtherServers()
{
    OfferModel model;
    model.setGroups({{u"Another"_s, false, {tool(u"get-profile"_s)}}});
    model.record({aCall(1)});
    const QModelIndex row = model.index(0, 0, model.index(0, 0));
    QCOMPARE(row.siblingAtColumn(OfferModel::Calls).data().toString(), u"–"_s);
}

void TestOfferModel::countsNoMoreNamesThanThereMayBe()
{
    CallCounts counts;
    for (int i = 0; i < int(CallCounts::most) + 10; ++i) {
        Exchange one = aCall(quint64(i) + 1);
        one.target = u"tool %1"_s.arg(i);
        counts.record(one);
    }
    const auto callsOf = [&counts](int i) { return counts.of(u"tools/call"_s, u"tool %1"_s.arg(i)).calls; };
    QCOMPARE(callsOf(0), 1);
    QCOMPARE(callsOf(int(CallCounts::most) - 1), 1);
    QCOMPARE(callsOf(int(CallCounts::most)), 0);
}

void TestOfferModel::showsForeignNamesAsText()
{
    OfferModel model;
    OfferItem evil = tool(u"<b>x</b>\u202Eevil\n\x1b[2J"_s);
    evil.title = u"<img src=x>"_s;
    model.setGroups({{u"<i>One</i>"_s, true, {evil}}});
    const QModelIndex row = model.index(0, 0, model.index(0, 0));
    const QString shown = row.data().toString();
    QVERIFY2(shown.contains(u"⟨U+202E⟩"_s) && !shown.contains(u'\n') && !shown.contains(u'\x1b'),
             qPrintable(shown));
    QVERIFY(!row.data(Qt::ToolTipRole).toString().contains(u"<img"_s));
}

GATEHOUSE_TEST(TestOfferModel)
#include "tst_offermodel.moc"
