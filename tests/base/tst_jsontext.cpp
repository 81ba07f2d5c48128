// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/jsontext.h"
#include "support/randomjson.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using base::JsonText;

class TestJsonText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatIsWritten();
    void judgesAsStrictlyAsTheReader();
    void findsMembers_data();
    void findsMembers();
    void indentsWithoutChangingAnything_data();
    void indentsWithoutChangingAnything();
    void readsBackWhatItIndented();
};

void TestJsonText::keepsWhatIsWritten()
{
    const QByteArray text
        = R"( {"z": 1.10, "a":[5000.00,12345678901234567890, 1e400000],"" :{} ,"s":"\u00e4\t"} )";
    const auto json = JsonText::read(QByteArray(text).replace("1e400000", "1E+2"));
    QVERIFY(json);
    QByteArrayList all;
    for (const JsonText::Node &node : json->nodes())
        all.append(json->nameOf(node).toByteArray() + '|' + json->textOf(node).toByteArray().left(12) + '|'
                   + QByteArray::number(node.parent) + '|' + QByteArray::number(node.length));
    const QByteArrayList wanted{R"(|{"z": 1.10, |-1|4)", R"("z"|1.10|0|0)",      R"("a"|[5000.00,123|0|3)",
                                R"(|5000.00|2|0)",       R"(|123456789012|2|0)", R"(|1E+2|2|0)",
                                R"(""|{}|0|0)",          R"("s"|"\u00e4\t"|0|0)"};
    QCOMPARE(all, wanted);
    QVERIFY(json->hasName(json->nodes()[6]));
    QVERIFY(!json->hasName(json->nodes()[3]));
    QCOMPARE(base::unquotedJson(json->textOf(json->nodes()[7])), u"ä\t"_s);
    QCOMPARE(base::unquotedJson("\"\xEF\xBB\xBF"
                                "aud\""),
             QString(QChar(0xFEFF)) + u"aud"_s);
    constexpr int many = 300'000; // As many as a peer likes to send.
    QCOMPARE(base::unquotedJson('"' + "\xEF\xBB\xBF"_ba.repeated(many) + "\\t\""),
             QString(many, QChar(0xFEFF)) + u'\t');
}

void TestJsonText::judgesAsStrictlyAsTheReader()
{
    for (const QByteArray &wrong : {""_ba, "{"_ba, "{\"a\":1,\"a\":2}"_ba, "[1,]"_ba, "1 2"_ba})
        QVERIFY2(!JsonText::read(wrong), wrong.constData());
    for (const QByteArray &scalar : {"1"_ba, " \"x\" "_ba, "null"_ba}) {
        const auto json = JsonText::read(scalar);
        QVERIFY2(json, scalar.constData());
        QCOMPARE(json->nodes().size(), size_t(1));
        QCOMPARE(json->textOf(json->nodes().front()).toByteArray(), scalar.trimmed());
    }
}

void TestJsonText::findsMembers_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("member");
    QTest::newRow("an object") << R"({"id":1,"result":{"n":5.00}})"_ba
                               << R"({"n":5.00})"_ba;
    QTest::newRow("written with an escape") << R"({"r\u0065sult":1.0})"_ba
                                            << "1.0"_ba;
    QTest::newRow("only deeper") << R"({"a":{"result":1}})"_ba
                                 << ""_ba;
    QTest::newRow("behind others, with marks in texts")
        << " { \"a\" : {\"b\":[\"}\",\"\\\"]\",\"result\"]} ,\n\"result\" : [1.10,{\"x\":\"]\"}, [ ]] , \"c\":1}"_ba
        << R"([1.10,{"x":"]"}, [ ]])"_ba;
    QTest::newRow("a text") << R"({"n":-1e5,"result":"a\\"})"_ba
                            << R"("a\\")"_ba;
    QTest::newRow("none there") << R"({"a":[1,2],"b":{}})"_ba
                                << ""_ba;
    QTest::newRow("an empty object") << "{ }"_ba
                                     << ""_ba;
    QTest::newRow("an array") << R"(["result"])"_ba
                              << ""_ba;
    QTest::newRow("no JSON") << "result"_ba
                             << ""_ba;
}

void TestJsonText::findsMembers()
{
    QFETCH(QByteArray, text);
    QTEST(base::memberText(text, "result"), "member");
}

void TestJsonText::indentsWithoutChangingAnything_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("lines");
    QTest::newRow("a scalar") << " 1.50 "_ba
                              << "1.50"_ba;
    QTest::newRow("empty ones") << "{\"a\":[ ],\"b\":{\n}}"_ba
                                << "{\n    \"a\": [],\n    \"b\": {}\n}"_ba;
    QTest::newRow("an array of an array") << "[[1,2]]"_ba
                                          << "[\n    [\n        1,\n        2\n    ]\n]"_ba;
    QTest::newRow("marks within strings") << R"(["a{,:}\"[","b"])"_ba
                                          << "[\n    \"a{,:}\\\"[\",\n    \"b\"\n]"_ba;
    QTest::newRow("no JSON") << "Bearer x, y"_ba
                             << "Bearerx,\ny"_ba;
    QTest::newRow("a string that never ends") << "[\"a"_ba
                                              << "[\n    \"a"_ba;
    QTest::newRow("only closing") << "]]}"_ba
                                  << "\n]\n]\n}"_ba;
    QTest::newRow("nothing") << ""_ba
                             << ""_ba;
}

void TestJsonText::indentsWithoutChangingAnything()
{
    QFETCH(QByteArray, json);
    QTEST(base::indentedJson(json), "lines");
}

void TestJsonText::readsBackWhatItIndented()
{
    QRandomGenerator random(20261128);
    for (int i = 0; i < 10'000; ++i) {
        const QByteArray json = test::randomJson(random);
        const QByteArray tokens = test::tokensOf(json);
        QVERIFY2(!tokens.isEmpty(), json.constData());
        QCOMPARE(test::tokensOf(base::indentedJson(json)), tokens);
        QCOMPARE(base::compactJson(base::indentedJson(json)), base::compactJson(json));
        QCOMPARE(test::tokensOf(base::compactJson(json)), tokens);
    }
}

GATEHOUSE_TEST(TestJsonText)
#include "tst_jsontext.moc"
