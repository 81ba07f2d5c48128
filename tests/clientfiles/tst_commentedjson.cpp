// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "clientfiles/commentedjson.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::clientfiles;
using namespace Qt::StringLiterals;

/// Files that editors and people have written, with one member more, less or other in them.
class TestCommentedJson : public QObject
{
    Q_OBJECT

    static constexpr auto entry = "{\n  \"url\": \"U\"\n}";

private Q_SLOTS:
    void addsAMemberAndKeepsEveryOtherByte_data();
    void addsAMemberAndKeepsEveryOtherByte();
    void takesAMemberOut_data();
    void takesAMemberOut();
    void takesOutWhatItPutIn_data();
    void takesOutWhatItPutIn();
    void leavesAloneWhatItCannotUnderstand_data();
    void leavesAloneWhatItCannotUnderstand();
    void saysHowAMemberIsWritten();
    void keepsThePlaceOfEachByte();
};

void TestCommentedJson::addsAMemberAndKeepsEveryOtherByte_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char *name, const QByteArray &before, const QByteArray &after) {
        QTest::newRow(name) << before << after;
    };
    row("no file", "", "{\n  \"s\": {\n    \"n\": {\n      \"url\": \"U\"\n    }\n  }\n}\n");
    row("white space", " \n", " \n{\n  \"s\": {\n    \"n\": {\n      \"url\": \"U\"\n    }\n  }\n}\n");
    row("a comment alone", "// mine",
        "// mine\n{\n  \"s\": {\n    \"n\": {\n      \"url\": \"U\"\n    }\n  }\n}\n");
    row("an empty object", "{}", "{\n  \"s\": {\n    \"n\": {\n      \"url\": \"U\"\n    }\n  }\n}");
    row("an empty group", "{\n  \"s\": {}\n}\n",
        "{\n  \"s\": {\n    \"n\": {\n      \"url\": \"U\"\n    }\n  }\n}\n");
    row("no group, other members", "{\n  \"a\": 1\n}\n",
        "{\n  \"a\": 1,\n  \"s\": {\n    \"n\": {\n      \"url\": \"U\"\n    }\n  }\n}\n");
    row("another server", "{\n  \"s\": {\n    \"m\": {}\n  }\n}\n",
        "{\n  \"s\": {\n    \"m\": {},\n    \"n\": {\n      \"url\": \"U\"\n    }\n  }\n}\n");
    row("the same server",
        "{\n  \"s\": {\n    \"n\": {\n      \"url\": \"V\"\n    },\n    \"m\": 1\n  }\n}\n",
        "{\n  \"s\": {\n    \"n\": {\n      \"url\": \"U\"\n    },\n    \"m\": 1\n  }\n}\n");
    row("tabs", "{\n\t\"s\": {\n\t\t\"m\": 1\n\t}\n}",
        "{\n\t\"s\": {\n\t\t\"m\": 1,\n\t\t\"n\": {\n\t\t\t\"url\": \"U\"\n\t\t}\n\t}\n}");
    row("four spaces", "{\n    \"s\": {\n        \"m\": 1\n    }\n}",
        "{\n    \"s\": {\n        \"m\": 1,\n        \"n\": {\n            \"url\": \"U\"\n        }\n    "
        "}\n}");
    row("lines of Windows", "{\r\n  \"s\": {\r\n    \"m\": 1\r\n  }\r\n}\r\n",
        "{\r\n  \"s\": {\r\n    \"m\": 1,\r\n    \"n\": {\r\n      \"url\": \"U\"\r\n    }\r\n  }\r\n}\r\n");
    row("a comment at the end of a line of Windows", "{\r\n  \"s\": {\r\n    \"m\": 1 // one\r\n  }\r\n}\r\n",
        "{\r\n  \"s\": {\r\n    \"m\": 1, // one\r\n    \"n\": {\r\n      \"url\": \"U\"\r\n    }\r\n  "
        "}\r\n}\r\n");
    row("a root that is indented", "  {\n    \"a\": 1\n  }",
        "  {\n    \"a\": 1,\n    \"s\": {\n      \"n\": {\n        \"url\": \"U\"\n      }\n    }\n  }");
    row("the same server, laid out otherwise", "{\"s\":{ \"n\" : {\"url\" : \"U\"} }}",
        "{\"s\":{ \"n\" : {\"url\" : \"U\"} }}");
    row("a byte order mark", "\xEF\xBB\xBF{\n  \"a\": 1\n}",
        "\xEF\xBB\xBF{\n  \"a\": 1,\n  \"s\": {\n    \"n\": {\n      \"url\": \"U\"\n    }\n  }\n}");
    row("one line", R"({"a":1.50,"s":{"m":{"url":"V"}}})",
        R"({"a":1.50,"s":{"m":{"url":"V"}, "n": {"url":"U"}}})");
    row("one line, the same server", R"({"s":{"n":{"url":"V"}}})", R"({"s":{"n":{"url":"U"}}})");
    row("a comma behind the last", "{\n  \"s\": {\n    \"m\": 1,\n  },\n}\n",
        "{\n  \"s\": {\n    \"m\": 1,\n    \"n\": {\n      \"url\": \"U\"\n    },\n  },\n}\n");
    row("a comma behind the last, in one line", R"({"s":{"m":1,},})", R"({"s":{"m":1, "n": {"url":"U"},},})");
    row("a comment behind the last", "{\n  \"s\": {\n    \"m\": 1 // one, {\n  }\n}\n",
        "{\n  \"s\": {\n    \"m\": 1, // one, {\n    \"n\": {\n      \"url\": \"U\"\n    }\n  }\n}\n");
    row("a comment of several lines behind the last", "{\n  \"s\": {\n    \"m\": 1 /* one\n two */\n  }\n}\n",
        "{\n  \"s\": {\n    \"m\": 1, /* one\n two */\n    \"n\": {\n      \"url\": \"U\"\n    }\n  }\n}\n");
    row("comments before and in the group",
        "// \"s\": {}\n{\n  /* { */\n  \"s\": {\n    // nothing yet\n  }\n}\n",
        "// \"s\": {}\n{\n  /* { */\n  \"s\": {\n    // nothing yet\n    \"n\": {\n      \"url\": \"U\"\n    "
        "}\n  }\n}\n");
    row("what looks like a comment in a text",
        "{\n  \"a\": \"https://x/*\",\n  \"s\": {\n    \"m\": \"//\"\n  }\n}",
        "{\n  \"a\": \"https://x/*\",\n  \"s\": {\n    \"m\": \"//\",\n    \"n\": {\n      \"url\": \"U\"\n  "
        "  "
        "}\n  }\n}");
    row("a name that is escaped", "{\n  \"\\u0073\": {\n    \"m\": 1\n  }\n}",
        "{\n  \"\\u0073\": {\n    \"m\": 1,\n    \"n\": {\n      \"url\": \"U\"\n    }\n  }\n}");
    row("the name deeper elsewhere", "{\n  \"p\": {\n    \"s\": {}\n  },\n  \"s\": {}\n}",
        "{\n  \"p\": {\n    \"s\": {}\n  },\n  \"s\": {\n    \"n\": {\n      \"url\": \"U\"\n    }\n  }\n}");
    row("the brackets on a line of their own", "{\n  \"s\":\n  {\n    \"m\": 1\n  }\n}",
        "{\n  \"s\":\n  {\n    \"m\": 1,\n    \"n\": {\n      \"url\": \"U\"\n    }\n  }\n}");
    row("several in one line", "{\n  \"s\": { \"m\": 1 }\n}",
        "{\n  \"s\": { \"m\": 1, \"n\": {\"url\":\"U\"} }\n}");
}

void TestCommentedJson::addsAMemberAndKeepsEveryOtherByte()
{
    QFETCH(const QByteArray, before);
    const auto after = withMember(before, u"s"_s, u"n"_s, entry);
    QVERIFY2(after, qPrintable(after ? QString() : after.error().words));
    QTEST(*after, "after");
    QCOMPARE(withMember(*after, u"s"_s, u"n"_s, entry).value_or("?"), *after); // There already.
}

void TestCommentedJson::takesAMemberOut_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char *name, const QByteArray &before, const QByteArray &after) {
        QTest::newRow(name) << before << after;
    };
    row("the only one", "{\n  \"s\": {\n    \"n\": {}\n  }\n}", "{\n  \"s\": {\n  }\n}");
    row("the first", "{\n  \"s\": {\n    \"n\": {},\n    \"m\": 1\n  }\n}",
        "{\n  \"s\": {\n    \"m\": 1\n  }\n}");
    row("the last", "{\n  \"s\": {\n    \"m\": 1,\n    \"n\": {}\n  }\n}",
        "{\n  \"s\": {\n    \"m\": 1\n  }\n}");
    row("the last, behind a comment", "{\n  \"s\": {\n    \"m\": 1, // one\n    \"n\": {}\n  }\n}",
        "{\n  \"s\": {\n    \"m\": 1 // one\n  }\n}");
    row("the last, with a comma behind it", "{\n  \"s\": {\n    \"m\": 1,\n    \"n\": {},\n  }\n}",
        "{\n  \"s\": {\n    \"m\": 1,\n  }\n}");
    row("a comment before its comma", "{\n  \"s\": {\n    \"n\": {} /* mine */,\n    \"m\": 1\n  }\n}",
        "{\n  \"s\": {\n     /* mine */\n    \"m\": 1\n  }\n}");
    row("a comment above it", "{\n  \"s\": {\n    // mine\n    \"n\": {}, \"b\": {}\n  }\n}",
        "{\n  \"s\": {\n    // mine\n     \"b\": {}\n  }\n}");
    row("in one line", R"({"s":{"m":1,"n":{},"o":2}})", R"({"s":{"m":1,"o":2}})");
    row("not there", "{\n  \"s\": {}\n}", "{\n  \"s\": {}\n}");
    row("no group", "{ }", "{ }");
}

void TestCommentedJson::takesAMemberOut()
{
    QFETCH(const QByteArray, before);
    const auto after = withoutMember(before, u"s"_s, u"n"_s);
    QVERIFY(after);
    QTEST(*after, "after");
}

void TestCommentedJson::takesOutWhatItPutIn_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
         {"{\n  \"s\": {\n    \"m\": 1\n  }\n}\n", "{\n\t\"s\": {\n\t\t\"m\": 1,\n\t},\n}",
          "{\r\n  \"s\": {\r\n    \"m\": 1 // x\r\n  }\r\n}\r\n", R"({"s":{"m":{"url":"V"}}})",
          "{\n  \"s\": {\n    \"m\": 1 /* one\n two */\n  }\n}\n"})
        QTest::addRow("%s", text) << QByteArray(text);
}

void TestCommentedJson::takesOutWhatItPutIn()
{
    QFETCH(const QByteArray, text);
    const auto with = withMember(text, u"s"_s, u"n"_s, entry);
    QVERIFY(with);
    QCOMPARE(withoutMember(*with, u"s"_s, u"n"_s).value_or("?"), text);
}

void TestCommentedJson::leavesAloneWhatItCannotUnderstand_data()
{
    using Kind = FileFault::Kind;
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<FileFault::Kind>("kind");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::newRow("no JSON") << "{\n  a: 1\n}"_ba << Kind::Syntax << 2 << 3;
    QTest::newRow("half a file") << "{\n  \"s\": {"_ba << Kind::Syntax << 2 << 9;
    QTest::newRow("an open comment") << "{\n  /* \"s\": {}\n}"_ba << Kind::Syntax << 2 << 3;
    for (const char *open : {"/* servers go here\n", "/*", "/*/", "\xEF\xBB\xBF/*", "// c\n/*", "/*{}"})
        QTest::addRow("nothing but an open comment: %s", open)
            << QByteArray(open) << Kind::Syntax << int(QByteArray(open).trimmed().count('\n')) + 1
            << (QByteArray(open).startsWith("\xEF") ? 4 : 1);
    QTest::newRow("the group twice") << "{\n  \"s\": {},\n  \"s\": {}\n}"_ba << Kind::Syntax << 3 << 3;
    QTest::newRow("a list") << "[]"_ba << Kind::OtherShape << 1 << 1;
    QTest::newRow("a group that is a list") << "{\"s\": []}"_ba << Kind::OtherShape << 0 << 0;
    QTest::newRow("something behind it") << "{} x"_ba << Kind::Syntax << 1 << 4;
    QTest::newRow("deeper than anybody writes")
        << QByteArray("{\"a\":").repeated(1000) + '1' + QByteArray(1000, '}') << Kind::Syntax << 1 << 641;
}

void TestCommentedJson::leavesAloneWhatItCannotUnderstand()
{
    QFETCH(const QByteArray, text);
    const auto after = withMember(text, u"s"_s, u"n"_s, entry);
    QVERIFY(!after);
    QTEST(after.error().kind, "kind");
    QTEST(after.error().line, "line");
    QTEST(after.error().column, "column");
}

void TestCommentedJson::saysHowAMemberIsWritten()
{
    const QByteArray text = "{\n  \"s\": {\n    \"n\": { \"url\": 1.50 /* V */ }, // n\n  }\n}";
    QCOMPARE(memberIn(text, u"s"_s, u"n"_s).value_or("?"), R"({ "url": 1.50 /* V */ })"_ba);
    QCOMPARE(memberIn(text, u"s"_s, u"m"_s).value_or("?"), ""_ba);
    QCOMPARE(memberIn("", u"s"_s, u"m"_s).value_or("?"), ""_ba);
}

void TestCommentedJson::keepsThePlaceOfEachByte()
{
    const QByteArray text = "\xEF\xBB\xBF{ // ä\n\"a\": [1, /* 2 */],\n\"b\": \"\\\"//\",}";
    const QByteArray strict = strictJson(text);
    QCOMPARE(strict.size(), text.size());
    QCOMPARE(strict.indexOf("\"b\""), text.indexOf("\"b\""));
    QVERIFY(base::readJsonObject(strict));
}

GATEHOUSE_TEST(TestCommentedJson)
#include "tst_commentedjson.moc"
