// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "schema/schema.h"
#include "support/unit.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

using Verdict = schema::Schema::Verdict;

class TestSchema : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void passesTheOfficialSuite();
    void saysWhatWasWantedAndWhatCame_data();
    void saysWhatWasWantedAndWhatCame();
    void refusesWhatItCannotUse_data();
    void refusesWhatItCannotUse();
    void answersWhateverItCosts_data();
    void answersWhateverItCosts();
    void readsOnlySoManyPatterns();
    void readsPatternsAsEcmaScriptDoes_data();
    void readsPatternsAsEcmaScriptDoes();
    void comparesJsonAsValues();

private:
    static QJsonValue read(const QByteArray &text) { return base::readJson(text).value(); }
    static QJsonValue readFile(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? base::readJson(file.readAll()).value_or(QJsonValue())
                                              : QJsonValue();
    }
    struct Count
    {
        int right = 0;
        int wrong = 0;
    };
    Count run(const QString &path, const schema::Schema::Documents &remotes, bool isRequired);
};

TestSchema::Count TestSchema::run(const QString &path, const schema::Schema::Documents &remotes,
                                  bool isRequired)
{
    Count count;
    const QJsonArray groups = readFile(path).toArray();
    for (const QJsonValue &group : groups) {
        const auto schema = schema::Schema::compile(group[u"schema"_s], remotes);
        for (const QJsonValue &test : group[u"tests"_s].toArray()) {
            const Verdict wanted = test[u"valid"_s].toBool() ? Verdict::Valid : Verdict::Invalid;
            const auto judged = schema ? schema->judge(test[u"data"_s]) : schema::Schema::Judgement();
            const bool isRight = schema && judged.verdict == wanted;
            ++(isRight ? count.right : count.wrong);
            if (isRight || !isRequired)
                continue;
            qInfo().noquote() << QFileInfo(path).fileName() << group[u"description"_s].toString() << "/"
                              << test[u"description"_s].toString() << ":"
                              << (schema ? judged.text(u"the value"_s) : schema.error());
        }
    }
    return count;
}

void TestSchema::passesTheOfficialSuite()
{
    const QDir suite(QStringLiteral(GATEHOUSE_SOURCE_DIR) + u"/../shared/vectors/jsonschema"_s);
    if (!suite.exists())
        QSKIP("The official test suite is not beside the project (../shared/vectors/jsonschema).");
    schema::Schema::Documents remotes;
    QDirIterator files(suite.filePath(u"remotes"_s), {u"*.json"_s}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        const QString name = QDir(suite.filePath(u"remotes"_s)).relativeFilePath(path);
        remotes.insert(u"http://localhost:1234/draft2020-12/"_s + name, readFile(path));
        remotes.insert(u"http://localhost:1234/"_s + name, readFile(path));
    }
    Count required;
    Count optional;
    const QString draft = suite.filePath(u"draft2020-12"_s);
    for (const QString &name : QDir(draft).entryList({u"*.json"_s})) {
        const Count count = run(draft + u'/' + name, remotes, true);
        required.right += count.right;
        required.wrong += count.wrong;
    }
    QDirIterator more(draft + u"/optional"_s, {u"*.json"_s}, QDir::Files, QDirIterator::Subdirectories);
    QStringList shortOf;
    while (more.hasNext()) {
        const QString path = more.next();
        const Count count = run(path, remotes, false);
        optional.right += count.right;
        optional.wrong += count.wrong;
        if (count.wrong > 0)
            shortOf.append(u"%1 (%2)"_s.arg(QFileInfo(path).completeBaseName()).arg(count.wrong));
    }
    qInfo().noquote() << u"required: %1 right, %2 wrong; optional: %3 right, %4 other than wanted"_s
                             .arg(required.right)
                             .arg(required.wrong)
                             .arg(optional.right)
                             .arg(optional.wrong);
    qInfo().noquote() << "optional ones that are not met:" << shortOf.join(u", "_s);
    QCOMPARE(required.wrong, 0);
    QVERIFY(required.right >= 1299);
}

void TestSchema::saysWhatWasWantedAndWhatCame_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("text");
    QTest::newRow("type") << R"({"type":"object","properties":{"limit":{"type":"integer"}}})"_ba
                          << R"({"limit":"12"})"_ba << uR"(limit: must be an integer and is "12")"_s;
    QTest::newRow("two types") << R"({"type":["string","null"]})"_ba
                               << "[1]"_ba << u"arguments: must be null or a string and is an array"_s;
    QTest::newRow("missing") << R"({"required":["a"]})"_ba
                             << "{}"_ba << u"arguments: must have the member a"_s;
    QTest::newRow("unknown member") << R"({"properties":{"a":true},"additionalProperties":false})"_ba
                                    << R"({"b":1})"_ba << u"arguments: must not have the member b"_s;
    QTest::newRow("choice") << R"({"properties":{"unit":{"enum":["C","F"]}}})"_ba
                            << R"({"unit":"K"})"_ba << uR"(unit: must be "C" or "F" and is "K")"_s;
    QTest::newRow("bound") << R"({"properties":{"n":{"maximum":10}}})"_ba
                           << R"({"n":11})"_ba << u"n: must be at most 10 and is 11"_s;
    QTest::newRow("deep") << R"({"properties":{"a":{"items":{"properties":{"b/c":{"minLength":2}}}}}})"_ba
                          << R"({"a":[{},{"b/c":"x"}]})"_ba
                          << u"a/1/b~1c: must have at least 2 characters and has 1"_s;
    QTest::newRow("none of the forms")
        << R"({"anyOf":[{"type":"string"},{"type":"integer"}]})"_ba
        << "null"_ba
        << u"arguments: fits none of the 2 allowed forms; arguments: must be a string and is null; arguments: must be an integer and is null"_s;
    QTest::newRow("two at once") << R"({"required":["a","b"]})"_ba
                                 << "{}"_ba
                                 << u"arguments: must have the member a; arguments: must have the member b"_s;
    QTest::newRow("pattern") << R"({"pattern":"^a+$"})"_ba
                             << R"("b")"_ba << uR"(arguments: must fit the pattern ^a+$ and is "b")"_s;
}

void TestSchema::saysWhatWasWantedAndWhatCame()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, value);
    const auto compiled = schema::Schema::compile(read(schema));
    QVERIFY2(compiled, compiled ? "" : qPrintable(compiled.error()));
    const auto judged = compiled->judge(read(value));
    QCOMPARE(judged.verdict, Verdict::Invalid);
    QTEST(judged.text(u"arguments"_s), "text");
}

void TestSchema::refusesWhatItCannotUse_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::newRow("no schema") << "[]"_ba;
    QTest::newRow("no type") << R"({"type":"strnig"})"_ba;
    QTest::newRow("a type that is a number") << R"({"type":1})"_ba;
    QTest::newRow("a schema that is a text, deep below")
        << R"({"items":{"not":{"properties":{"a":"x"}}}})"_ba;
    QTest::newRow("a negative length") << R"({"minLength":-1})"_ba;
    QTest::newRow("required once as a text") << R"({"required":"a"})"_ba;
    QTest::newRow("a reference into nothing") << R"({"$ref":"#/$defs/a"})"_ba;
    QTest::newRow("a reference to no anchor") << R"({"$ref":"#a"})"_ba;
    QTest::newRow("a reference into the network") << R"({"$ref":"https://example.com/schema.json"})"_ba;
    QTest::newRow("a reference to a file") << R"({"$ref":"file:///etc/passwd"})"_ba;
    QTest::newRow("a reference to what is no schema") << R"({"const":[1],"$ref":"#/const/0"})"_ba;
    QTest::newRow("a pattern that is none") << R"({"pattern":"("})"_ba;
    QTest::newRow("a pattern without end") << R"({"pattern":")" + QByteArray(5000, 'a') + "\"}";
    QTest::newRow("another dialect") << R"({"$schema":"http://json-schema.org/draft-07/schema#"})"_ba;
    QTest::newRow("nested without end")
        << QByteArray(R"({"not":)").repeated(200) + "true" + QByteArray(200, '}');
}

void TestSchema::refusesWhatItCannotUse()
{
    QFETCH(QByteArray, schema);
    const auto json = base::readJson(schema, {1000, 1'000'000});
    QVERIFY(json);
    const auto compiled = schema::Schema::compile(*json);
    QVERIFY(!compiled);
    QVERIFY(!compiled.error().isEmpty());
}

void TestSchema::answersWhateverItCosts_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("isDecided");
    const QByteArray megabyte = '"' + QByteArray(1'000'000, 'a') + '"';
    QTest::newRow("itself") << R"({"$ref":"#"})"_ba
                            << "1"_ba << false;
    QTest::newRow("a circle")
        << R"({"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}})"_ba
        << "1"_ba << false;
    QTest::newRow("itself in every item, which ends") << R"({"items":{"$ref":"#"},"type":"array"})"_ba
                                                      << QByteArray(100, '[') + QByteArray(100, ']') << true;
    QTest::newRow("itself twice in each") << R"({"anyOf":[{"$ref":"#"},{"$ref":"#"}]})"_ba
                                          << "1"_ba << false;
    QTest::newRow("twice in each item")
        << R"({"type":"array","allOf":[{"items":{"$ref":"#"}},{"items":{"$ref":"#"}}]})"_ba
        << QByteArray(60, '[') + QByteArray(60, ']') << false;
    QTest::newRow("a million characters against a pattern")
        << R"({"pattern":"^(a|b)*$"})"_ba << megabyte << false;
    QTest::newRow("a million characters against a plain pattern")
        << R"({"pattern":"^a*$"})"_ba << megabyte << true;
    QTest::newRow("a catastrophic pattern")
        << R"({"pattern":"^(a+)+$"})"_ba << '"' + QByteArray(60, 'a') + "!\"" << false;
    // Each within the bound of one match, and all together beyond that of a judgement.
    const QByteArray dear = '"' + QByteArray(2'000, 'a') + "\",";
    QTest::newRow("a dear pattern, once")
        << R"({"items":{"pattern":"^[ab]*[ab]*[cd]$"}})"_ba << '[' + dear + "\"\"]" << true;
    QTest::newRow("a dear pattern, many times")
        << R"({"items":{"pattern":"^[ab]*[ab]*[cd]$"}})"_ba << '[' + dear.repeated(500) + "\"\"]" << false;
    QTest::newRow("a cheap pattern, many times")
        << R"({"items":{"pattern":"^[a-z0-9-]+$"}})"_ba
        << '[' + QByteArray("\"an-id-42\",").repeated(20'000) + "\"a\"]" << true;
    QTest::newRow("a megabyte against many forms")
        << R"({"anyOf":[)" + QByteArray(R"({"const":"x"},)").repeated(5'000) + R"({"const":1}]})" << megabyte
        << false;
    const QByteArray large = '[' + QByteArray("12345678,").repeated(5'000) + "1]";
    QTest::newRow("large values against large values")
        << R"({"items":{"enum":[)" + (large + ',').repeated(20) + "0]}}"
        << '[' + QByteArray(large).replace("1]", "2],").repeated(20) + "0]" << false;
    QTest::newRow("many unique items")
        << R"({"uniqueItems":true})"_ba << '[' + QByteArray("12345678,").repeated(20'000) + "1]" << true;
    QByteArray different = "[0";
    for (int i = 1; i < 100'000; ++i)
        different += ',' + QByteArray::number(i);
    QTest::newRow("many different items") << R"({"uniqueItems":true})"_ba << different + ']' << true;
    QTest::newRow("many items against many values")
        << R"({"items":{"enum":)" + different + "]}}" << different + ']' << false;
}

void TestSchema::answersWhateverItCosts()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, value);
    QFETCH(bool, isDecided);
    const auto compiled = schema::Schema::compile(read(schema));
    QVERIFY2(compiled, compiled ? "" : qPrintable(compiled.error()));
    QElapsedTimer timer;
    timer.start();
    const auto judged = compiled->judge(read(value));
    qInfo() << timer.elapsed() << "ms" << judged.text(u"the value"_s).left(100);
    QVERIFY(isDecided == (judged.verdict != Verdict::Undecided));
    if (!isDecided)
        QVERIFY(!judged.faults.isEmpty());
}

void TestSchema::readsOnlySoManyPatterns()
{
    const auto with = [](int count, const QString &pattern) {
        QJsonArray all;
        for (int i = 0; i < count; ++i)
            all.append(QJsonObject{{u"pattern"_s, pattern}});
        return schema::Schema::compile(QJsonObject{{u"anyOf"_s, all}}).has_value();
    };
    QVERIFY(with(1'000, u"^a$"_s));
    QVERIFY(!with(1'001, u"^a$"_s));
    QVERIFY(with(16, QString(4'000, u'a')));
    QVERIFY(!with(17, QString(4'000, u'a')));
}

void TestSchema::readsPatternsAsEcmaScriptDoes_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("matches");
    QTest::newRow("found anywhere") << u"b"_s << u"abc"_s << true;
    QTest::newRow("$ is the very end") << u"^a$"_s << u"a\n"_s << false;
    QTest::newRow("$ in a class is a character") << u"[$]"_s << u"a$b"_s << true;
    QTest::newRow("$ escaped") << u"\\$"_s << u"a$b"_s << true;
    QTest::newRow("digits are ASCII") << u"^\\d$"_s << u"߀"_s << false;
    QTest::newRow("words are ASCII") << u"^\\w$"_s << u"é"_s << false;
    QTest::newRow("space is Unicode's") << u"^\\s$"_s << u" "_s << true;
    QTest::newRow("space in a class") << u"^[\\s,]+$"_s << u"﻿ ,"_s << true;
    QTest::newRow("no space") << u"^\\S+$"_s << u"a b"_s << false;
    QTest::newRow("letters by their long name") << u"^\\p{Letter}+$"_s << u"äβ字"_s << true;
    QTest::newRow("letters by their short name") << u"^\\p{L}+$"_s << u"a1"_s << false;
    QTest::newRow("a script") << u"^\\p{Script=Greek}$"_s << u"β"_s << true;
    QTest::newRow("a code unit") << u"^\\u00e9$"_s << u"é"_s << true;
    QTest::newRow("a pair of code units") << u"^\\ud83d\\ude00$"_s << u"\U0001F600"_s << true;
    QTest::newRow("a code point") << u"^\\u{1F600}$"_s << u"\U0001F600"_s << true;
    QTest::newRow("a dot is one character") << u"^.$"_s << u"\U0001F600"_s << true;
    QTest::newRow("an empty class") << u"[]"_s << u"a"_s << false;
    QTest::newRow("everything") << u"^[^]$"_s << u"\n"_s << true;
    QTest::newRow("a bracket in a class") << u"^[[:alpha:]]$"_s << u"a]"_s << true;
    QTest::newRow("look behind") << u"(?<=a)b"_s << u"ab"_s << true;
    QTest::newRow("a slash") << u"^\\/$"_s << u"/"_s << true;
}

void TestSchema::readsPatternsAsEcmaScriptDoes()
{
    QFETCH(QString, pattern);
    QFETCH(QString, text);
    const auto compiled = schema::Schema::compile(QJsonObject{{u"pattern"_s, pattern}});
    QVERIFY2(compiled, compiled ? "" : qPrintable(compiled.error()));
    QTEST(compiled->judge(text).verdict == Verdict::Valid, "matches");
}

void TestSchema::comparesJsonAsValues()
{
    QVERIFY(schema::isSameJson(1, 1.0));
    QVERIFY(
        schema::isSameJson(read(R"({"a":[1,{"b":2.0}],"c":null})"), read(R"({"c":null,"a":[1.0,{"b":2}]})")));
    QVERIFY(!schema::isSameJson(0, false));
    QVERIFY(!schema::isSameJson(QJsonArray(), QJsonObject()));
    QVERIFY(!schema::isSameJson(read(R"({"a":1})"), read(R"({"b":1})")));
    QVERIFY(!schema::isSameJson(read("9007199254740993"), read("9007199254740992")));
}

GATEHOUSE_TEST(TestSchema)
#include "tst_schema.moc"
