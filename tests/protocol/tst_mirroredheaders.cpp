// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "protocol/mirroredheaders.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

using Headers = QHash<QByteArray, QByteArray>;

class TestMirroredHeaders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void findsTheMarksOfASchema()
    {
        const auto found = protocol::headerParametersOf(read(R"({"type":"object","properties":{
            "region":{"type":"string","x-mcp-header":"Region"},
            "page":{"type":"object","properties":{"size":{"type":"integer","x-mcp-header":"Page-Size"}}},
            "x-mcp-header":{"type":"string"},
            "other":{"type":"string","default":{"x-mcp-header":"Not-A-Schema"}}}})"));
        QVERIFY(found);
        QCOMPARE(found->size(), 2);
        QCOMPARE(found->at(0).name, "Page-Size"_ba);
        QCOMPARE(found->at(0).path, (QStringList{u"page"_s, u"size"_s}));
        QCOMPARE(found->at(1).name, "Region"_ba);
    }

    void refusesMarksThatAreWrong_data()
    {
        QTest::addColumn<QByteArray>("members");
        QTest::newRow("no name") << R"("a":{"type":"string","x-mcp-header":""})"_ba;
        QTest::newRow("no text") << R"("a":{"type":"string","x-mcp-header":1})"_ba;
        QTest::newRow("a space") << R"("a":{"type":"string","x-mcp-header":"A B"})"_ba;
        QTest::newRow("a line end") << R"("a":{"type":"string","x-mcp-header":"A\nB"})"_ba;
        QTest::newRow("a colon") << R"("a":{"type":"string","x-mcp-header":"A:"})"_ba;
        QTest::newRow("number") << R"("a":{"type":"number","x-mcp-header":"A"})"_ba;
        QTest::newRow("array") << R"("a":{"type":"array","x-mcp-header":"A"})"_ba;
        QTest::newRow("object") << R"("a":{"type":"object","x-mcp-header":"A"})"_ba;
        QTest::newRow("two types") << R"("a":{"type":["string","null"],"x-mcp-header":"A"})"_ba;
        QTest::newRow("twice, but for the case")
            << R"("a":{"type":"string","x-mcp-header":"A"},"b":{"type":"string","x-mcp-header":"a"})"_ba;
        QTest::newRow("in the items of an array")
            << R"("a":{"type":"array","items":{"type":"string","x-mcp-header":"A"}})"_ba;
        QTest::newRow("in a choice") << R"("a":{"anyOf":[{"type":"string","x-mcp-header":"A"}]})"_ba;
        QTest::newRow("under properties in a choice")
            << R"("a":{"oneOf":[{"properties":{"b":{"type":"string","x-mcp-header":"A"}}}]})"_ba;
    }
    void refusesMarksThatAreWrong()
    {
        QFETCH(QByteArray, members);
        QVERIFY(!protocol::headerParametersOf(read(R"({"type":"object","properties":{)" + members + "}}")));
        QVERIFY2(!protocol::headerParametersOf({{u"type"_s, u"string"_s}, {u"x-mcp-header"_s, u"A"_s}}),
                 "at the very top no chain leads");
    }

    void namesNoMoreHeadersThanAServerTakes()
    {
        QJsonObject members;
        for (int i = 0; i < 100'000; ++i)
            members.insert(u"m%1"_s.arg(i),
                           QJsonObject{{u"type"_s, u"string"_s}, {u"x-mcp-header"_s, u"H%1"_s.arg(i)}});
        const auto found = protocol::headerParametersOf({{u"properties"_s, members}});
        QVERIFY(!found); // At once: none of them is compared with all others.
        QVERIFY(found.error().contains(u"64"_s));
    }
    void letsASchemaBeDeepWhereItMarksNothing()
    {
        QJsonObject schema{{u"type"_s, u"string"_s}};
        for (int i = 0; i < 100; ++i)
            schema = {{u"properties"_s, QJsonObject{{u"a"_s, schema}}}};
        const auto found = protocol::headerParametersOf(schema);
        QVERIFY(found && found->isEmpty());
    }

    void comparesHeadersWithArguments_data()
    {
        QTest::addColumn<QByteArray>("arguments");
        QTest::addColumn<Headers>("headers");
        QTest::addColumn<bool>("isRight");
        const QByteArray west = R"({"region":"west"})";
        QTest::newRow("the same") << west << Headers{{"region", "west"}} << true;
        QTest::newRow("with space around") << west << Headers{{"region", " west\t"}} << true;
        QTest::newRow("another") << west << Headers{{"region", "east"}} << false;
        QTest::newRow("another case") << west << Headers{{"region", "West"}} << false;
        QTest::newRow("missing") << west << Headers{} << false;
        QTest::newRow("neither") << "{}"_ba << Headers{} << true;
        QTest::newRow("null has none") << R"({"region":null})"_ba << Headers{} << true;
        QTest::newRow("header alone") << "{}"_ba << Headers{{"region", "west"}} << false;
        QTest::newRow("of another tool") << west << Headers{{"region", "west"}, {"zone", "1"}} << true;
        QTest::newRow("empty and empty") << R"({"region":""})"_ba << Headers{{"region", ""}} << true;
        QTest::newRow("Base64") << R"({"region":"Zürich"})"_ba
                                << Headers{{"region", "=?base64?WsO8cmljaA==?="}} << true;
        QTest::newRow("Base64 without padding")
            << R"({"region":"Hello"})"_ba << Headers{{"region", "=?base64?SGVsbG8?="}} << false;
        QTest::newRow("Base64 with foreign characters")
            << R"({"region":"Hello"})"_ba << Headers{{"region", "=?base64?SGVs!bG8=?="}} << false;
        QTest::newRow("other capitals are a plain text")
            << R"({"region":"=?BASE64?SGVsbG8=?="})"_ba << Headers{{"region", "=?BASE64?SGVsbG8=?="}} << true;
        QTest::newRow("integer") << R"({"limit":42})"_ba << Headers{{"limit", "42"}} << true;
        QTest::newRow("integer with a point") << R"({"limit":42})"_ba << Headers{{"limit", "42.0"}} << true;
        QTest::newRow("another integer") << R"({"limit":42})"_ba << Headers{{"limit", "43"}} << false;
        QTest::newRow("no integer") << R"({"limit":42})"_ba << Headers{{"limit", "many"}} << false;
        QTest::newRow("boolean") << R"({"dry":true})"_ba << Headers{{"dry", "true"}} << true;
        QTest::newRow("boolean as a number") << R"({"dry":true})"_ba << Headers{{"dry", "1"}} << false;
        QTest::newRow("an object instead") << R"({"region":{}})"_ba << Headers{{"region", ""}} << false;
    }
    void comparesHeadersWithArguments()
    {
        QFETCH(QByteArray, arguments);
        QFETCH(Headers, headers);
        const auto parameters = protocol::headerParametersOf(read(R"({"type":"object","properties":{
            "region":{"type":"string","x-mcp-header":"Region"},"limit":{"type":"integer","x-mcp-header":"Limit"},
            "dry":{"type":"boolean","x-mcp-header":"Dry"}}})"));
        QVERIFY(parameters);
        QTEST(protocol::judgeParameters(*parameters, read(arguments), headers).isEmpty(), "isRight");
    }

    /// What the client sends is what the server takes.
    void writesWhatIsJudgedRight_data()
    {
        QTest::addColumn<QByteArray>("arguments");
        QTest::addColumn<int>("count");
        QTest::newRow("nothing") << "{}"_ba << 0;
        QTest::newRow("all") << R"({"region":"eu","page":{"size":-42},"dry":false})"_ba << 3;
        QTest::newRow("null") << R"({"region":null})"_ba << 0;
        QTest::newRow("other letters") << R"({"region":"Zürich\n"})"_ba << 1;
        QTest::newRow("a blank at an end") << R"({"region":" a"})"_ba << 1;
        QTest::newRow("what looks like Base64") << R"({"region":"=?base64?YQ==?="})"_ba << 1;
        QTest::newRow("an empty text") << R"({"region":""})"_ba << 1;
        QTest::newRow("a large number") << R"({"page":{"size":9007199254740991}})"_ba << 1;
        QTest::newRow("a very large number") << R"({"page":{"size":9223372036854775807}})"_ba << 1;
        QTest::newRow("a number with a point") << R"({"page":{"size":42.0}})"_ba << 1;
    }
    void writesWhatIsJudgedRight()
    {
        QFETCH(QByteArray, arguments);
        const auto parameters = protocol::headerParametersOf(read(R"({"type":"object","properties":{
            "region":{"type":"string","x-mcp-header":"Region"},
            "page":{"type":"object","properties":{"size":{"type":"integer","x-mcp-header":"Page-Size"}}},
            "dry":{"type":"boolean","x-mcp-header":"Dry"}}})"));
        QVERIFY(parameters);
        protocol::Message call;
        call.method = u"tools/call"_s;
        call.params = {{u"name"_s, u"wetter für morgen"_s}, {u"arguments"_s, read(arguments)}};
        const base::Headers sent = protocol::mirroredHeadersOf(call, *parameters);
        protocol::MirroredHeaders headers{
            {}, base::onlyValueOf(sent, "Mcp-Method"), base::onlyValueOf(sent, "Mcp-Name")};
        for (const auto &[name, value] : sent) {
            if (name.startsWith("Mcp-Param-"))
                headers.parameters.insert(name.sliced(10).toLower(), value);
        }
        QTEST(int(headers.parameters.size()), "count");
        QCOMPARE(protocol::judgeNames(headers, call), QString());
        QCOMPARE(protocol::judgeParameters(*parameters, read(arguments), headers.parameters), QString());
    }

private:
    static QJsonObject read(const QByteArray &text) { return base::readJsonObject(text).value(); }
};

GATEHOUSE_TEST(TestMirroredHeaders)
#include "tst_mirroredheaders.moc"
