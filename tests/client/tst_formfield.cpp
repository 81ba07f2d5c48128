// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "client/formfield.h"
#include "support/unit.h"

#include <QJsonArray>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using client::FormField;
using Kind = client::FormField::Kind;

namespace {

/// What a form says, in one line: "a:Text! b:Object{c:Integer}".
QString outlineOf(const FormField &field)
{
    static const QHash<Kind, QString> names{{Kind::Text, u"Text"_s},           {Kind::Number, u"Number"_s},
                                            {Kind::Integer, u"Integer"_s},     {Kind::Boolean, u"Boolean"_s},
                                            {Kind::Choice, u"Choice"_s},       {Kind::Choices, u"Choices"_s},
                                            {Kind::Object, u"Object"_s},       {Kind::List, u"List"_s},
                                            {Kind::Alternatives, u"Either"_s}, {Kind::Json, u"Json"_s}};
    QString text = field.name.isEmpty() ? QString() : field.name + u':';
    text += names.value(field.kind) + (field.isRequired ? u"!"_s : QString());
    QStringList inside;
    for (const FormField &part : field.parts)
        inside.append(outlineOf(part));
    for (const FormField::Choice &choice : field.choices)
        inside.append(client::textOf(choice.value)
                      + (choice.title.isEmpty() ? QString() : u'=' + choice.title));
    return inside.isEmpty() ? text : text + u'{' + inside.join(u' ') + u'}';
}

FormField formOf(const QByteArray &schema)
{
    return client::formFor(base::readJsonObject(schema).value());
}

} // namespace

class TestFormField : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsASchema_data();
    void readsASchema();
    void keepsWhatIsSaidOfAField();
    void takesNullForNotGiven();
    void readsAQuestionsListsAsSomeOfSeveral();
    void isBounded_data();
    void isBounded();
    void readsWhatIsTyped_data();
    void readsWhatIsTyped();
    void writesWhatIsThere();
    void knowsWhatAFieldCanHold_data();
    void knowsWhatAFieldCanHold();
};

void TestFormField::readsASchema_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QString>("outline");
    const auto row = [](const char *name, const char *schema, const QString &outline) {
        QTest::newRow(name) << QByteArray(schema) << outline;
    };
    row("nothing", "{}", u"Json"_s);
    row("an object of anything", R"({"type":"object"})", u"Json"_s);
    row("an object of nothing", R"({"type":"object","additionalProperties":false})", u"Object"_s);
    row("one kind each",
        R"({"type":"object","properties":{"s":{"type":"string"},"n":{"type":"number"},"i":{"type":"integer"},"b":{"type":"boolean"},"x":{}}})",
        u"Object{b:Boolean i:Integer n:Number s:Text x:Json}"_s);
    row("the required ones first, as they are listed",
        R"({"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"},"c":{"type":"string"}},"required":["c","b","gone","c"]})",
        u"Object{c:Text! b:Text! a:Text}"_s);
    row("without a type", R"({"properties":{"a":{"type":"string"}}})", u"Object{a:Text}"_s);
    row("one of several", R"({"properties":{"a":{"type":"string","enum":["x","y"]}}})",
        u"Object{a:Choice{x y}}"_s);
    row("of any kind", R"({"properties":{"a":{"enum":["1",1,true,{"b":[]},null]}}})",
        u"Object{a:Choice{1 1 true {\"b\":[]}}}"_s);
    row("with titles", R"({"properties":{"a":{"oneOf":[{"const":"x","title":"X!"},{"const":"y"}]}}})",
        u"Object{a:Choice{x=X! y}}"_s);
    row("a constant", R"({"properties":{"a":{"const":"v1"}}})", u"Object{a:Choice{v1}}"_s);
    row("enumerations put together",
        R"({"properties":{"a":{"anyOf":[{"enum":["x","y"],"title":"T"},{"enum":["z"]}]}}})",
        u"Object{a:Choice{x y z}}"_s);
    row("null beside it",
        R"({"properties":{"a":{"type":["string","null"]},"b":{"anyOf":[{"type":"integer"},{"type":"null"}],"default":null}}})",
        u"Object{a:Text b:Integer}"_s);
    row("several types", R"({"properties":{"a":{"type":["string","number"]}}})", u"Object{a:Json}"_s);
    row("alternatives",
        R"({"properties":{"a":{"oneOf":[{"type":"string"},{"type":"object","properties":{"b":{"type":"integer"}}}]}}})",
        u"Object{a:Either{Text Object{b:Integer}}}"_s);
    row("a list", R"({"properties":{"a":{"type":"array","items":{"type":"string"}}}})",
        u"Object{a:List{Text}}"_s);
    row("a list of lists",
        R"({"properties":{"a":{"type":"array","items":{"type":"array","items":{"type":"number"}}}}})",
        u"Object{a:List{List{Number}}}"_s);
    row("some of several",
        R"({"properties":{"a":{"type":"array","uniqueItems":true,"items":{"enum":["x","y"]}}}})",
        u"Object{a:Choices{x y}}"_s);
    row("more alternatives than anybody reads",
        QByteArray(R"({"properties":{"a":{"anyOf":[)" + QByteArrayList(51, R"({"type":"string"})").join(',')
                   + "]}}}")
            .constData(),
        u"Object{a:Json}"_s);
    row("one of them again and again", R"({"properties":{"a":{"type":"array","items":{"enum":["x","y"]}}}})",
        u"Object{a:List{Choice{x y}}}"_s);
    row("a tuple", R"({"properties":{"a":{"type":"array","prefixItems":[{"type":"string"}]}}})",
        u"Object{a:Json}"_s);
    row("a list of anything", R"({"properties":{"a":{"type":"array"}}})", u"Object{a:Json}"_s);
    row("a reference", R"({"$defs":{"p/t":{"type":"integer"}},"properties":{"a":{"$ref":"#/$defs/p~1t"}}})",
        u"Object{a:Integer}"_s);
    row("a reference to a reference",
        R"({"$defs":{"p":{"$ref":"#/$defs/q"},"q":{"type":"string"}},"properties":{"a":{"$ref":"#/$defs/p"}}})",
        u"Object{a:Text}"_s);
    row("a reference to nowhere", R"({"properties":{"a":{"$ref":"#/$defs/p"}}})", u"Object{a:Json}"_s);
    row("a reference elsewhere", R"({"properties":{"a":{"$ref":"https://example.com/s"}}})",
        u"Object{a:Json}"_s);
    row("a reference in a circle", R"({"properties":{"a":{"$ref":"#/properties/a"}}})", u"Object{a:Json}"_s);
    row("a tree",
        R"({"$defs":{"n":{"type":"object","properties":{"v":{"type":"string"},"next":{"$ref":"#/$defs/n"}}}},"$ref":"#/$defs/n"})",
        u"Object{next:Object{next:Object{next:Object{next:Object{next:Object{next:Json v:Json} v:Text} v:Text} v:Text} v:Text} v:Text}"_s);
    row("put together",
        R"({"allOf":[{"properties":{"a":{"type":"string"}},"required":["a"]},{"properties":{"b":{"type":"integer"}},"required":["b"]}]})",
        u"Object{a:Text! b:Integer!}"_s);
    row("said twice",
        R"({"properties":{"a":{"type":"string"}},"allOf":[{"properties":{"a":{"maxLength":3}}}]})",
        u"Object{a:Text}"_s);
    row("nonsense", R"({"type":7,"properties":{"a":3,"b":{"type":{},"enum":{},"oneOf":"x"}},"required":"a"})",
        u"Object{a:Json b:Json}"_s);
}

void TestFormField::readsASchema()
{
    QFETCH(const QByteArray, schema);
    QTEST(outlineOf(formOf(schema)), "outline");
}

void TestFormField::keepsWhatIsSaidOfAField()
{
    const FormField whole = formOf(
        R"({"properties":{"a":{"title":"T","description":"D","type":"string","format":"date","default":"2026-01-01"},"o":{"type":"object","properties":{"x":{}},"additionalProperties":false}}})");
    const FormField &text = whole.parts.at(0);
    QCOMPARE(text.title, u"T"_s);
    QCOMPARE(text.about, u"D"_s);
    QCOMPARE(text.format, u"date"_s);
    QCOMPARE(text.usual, QJsonValue(u"2026-01-01"_s));
    QVERIFY(whole.takesOthers);
    QVERIFY(!whole.parts.at(1).takesOthers);
    QVERIFY(formOf("{}").usual.isUndefined());
    // What is said beside a reference, or beside the only alternative, stays.
    const FormField beside = formOf(
        R"({"$defs":{"p":{"type":"string","description":"there"}},"properties":{"a":{"$ref":"#/$defs/p","description":"here"},"b":{"description":"b","anyOf":[{"$ref":"#/$defs/p"},{"type":"null"}]}}})");
    QCOMPARE(beside.parts.at(0).about, u"here"_s);
    QCOMPARE(beside.parts.at(1).about, u"b"_s);
    QCOMPARE(beside.parts.at(1).kind, Kind::Text);
}

void TestFormField::takesNullForNotGiven()
{
    const FormField whole = formOf(
        R"({"properties":{"a":{"anyOf":[{"type":"string"},{"type":"null"}],"default":null},"b":{"type":["boolean","null"],"default":null},"c":{"default":null},"d":{"type":"string","default":null}}})");
    for (const FormField &part : whole.parts)
        QCOMPARE(part.usual.isUndefined(), part.kind != Kind::Json);
    QCOMPARE(whole.parts.at(2).usual, QJsonValue(QJsonValue::Null));
}

void TestFormField::readsAQuestionsListsAsSomeOfSeveral()
{
    const QJsonObject schema
        = base::readJsonObject(R"({"properties":{"a":{"type":"array","items":{"enum":["x","y"]}}}})").value();
    QCOMPARE(outlineOf(client::formFor(schema, client::FormOf::Question)), u"Object{a:Choices{x y}}"_s);
}

void TestFormField::isBounded_data()
{
    QTest::addColumn<QByteArray>("schema");
    QByteArrayList many;
    for (int i = 0; i < 5000; ++i)
        many.append("\"p" + QByteArray::number(i) + R"(":{"type":"string"})");
    QTest::newRow("many properties") << QByteArray("{\"properties\":{" + many.join(',') + "}}");
    QByteArrayList values;
    for (int i = 0; i < 5000; ++i)
        values.append(QByteArray::number(i));
    QTest::newRow("many choices") << QByteArray("{\"enum\":[" + values.join(',') + "]}");
    // Each of them leads to all of them.
    QByteArrayList branches(15, R"({"$ref":"#"})");
    QTest::newRow("all of all of all") << QByteArray("{\"allOf\":[" + branches.join(',') + "]}");
    QTest::newRow("one of all of all") << QByteArray("{\"oneOf\":[" + branches.join(',') + "]}");
    QByteArrayList selves;
    for (int i = 0; i < 150; ++i)
        selves.append("\"p" + QByteArray::number(i) + R"(":{"$ref":"#"})");
    QTest::newRow("any of itself, a thousand times")
        << QByteArray("{\"anyOf\":[" + QByteArrayList(1000, R"({"$ref":"#"})").join(',') + "]}");
    QTest::newRow("any of forty of itself")
        << QByteArray("{\"anyOf\":[" + QByteArrayList(40, R"({"$ref":"#"})").join(',') + "]}");
    QTest::newRow("a thousand that say nothing")
        << QByteArray("{\"anyOf\":[" + QByteArrayList(1000, "{}").join(',') + "]}");
    QTest::newRow("itself in each property") << QByteArray("{\"properties\":{" + selves.join(',') + "}}");
}

void TestFormField::isBounded()
{
    QFETCH(const QByteArray, schema);
    int fields = 0;
    const std::function<void(const FormField &)> count = [&](const FormField &field) {
        fields += 1 + int(field.choices.size());
        for (const FormField &part : field.parts)
            count(part);
    };
    count(formOf(schema));
    QVERIFY2(fields <= 1000, qPrintable(QString::number(fields)));
}

void TestFormField::readsWhatIsTyped_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("value"); // In a list; empty: it cannot be read.
    QTest::newRow("text") << Kind::Text << u" a\"b "_s << R"([" a\"b "])"_ba;
    QTest::newRow("a whole number") << Kind::Integer << u"12"_s << "[12]"_ba;
    QTest::newRow("the largest") << Kind::Integer << u"9223372036854775807"_s << "[9223372036854775807]"_ba;
    QTest::newRow("whole with a fraction") << Kind::Integer << u"3.0"_s << "[3]"_ba;
    QTest::newRow("a fraction") << Kind::Integer << u"3.5"_s << ""_ba;
    QTest::newRow("with an exponent") << Kind::Integer << u"1e3"_s << "[1000]"_ba;
    QTest::newRow("too large to be exact") << Kind::Integer << u"1e300"_s << ""_ba;
    QTest::newRow("a number") << Kind::Number << u" -0.5 "_s << "[-0.5]"_ba;
    QTest::newRow("a whole one as a number")
        << Kind::Number << u"9007199254740993"_s << "[9007199254740993]"_ba;
    QTest::newRow("no number") << Kind::Number << u"1,5"_s << ""_ba;
    QTest::newRow("infinite") << Kind::Number << u"inf"_s << ""_ba;
    QTest::newRow("none of them") << Kind::Number << u"nan"_s << ""_ba;
    QTest::newRow("nothing") << Kind::Number << QString() << ""_ba;
    QTest::newRow("JSON") << Kind::Json << u"{\"a\":[1,null]}"_s << R"([{"a":[1,null]}])"_ba;
    QTest::newRow("a word of it") << Kind::Json << u"true"_s << "[true]"_ba;
    QTest::newRow("two values") << Kind::Json << u"1,2"_s << ""_ba;
    QTest::newRow("out of the list") << Kind::Json << u"1],[2"_s << ""_ba;
    QTest::newRow("no JSON") << Kind::Json << u"{a:1}"_s << ""_ba;
    QTest::newRow("no JSON at all") << Kind::Json << QString() << ""_ba;
}

void TestFormField::readsWhatIsTyped()
{
    QFETCH(const Kind, kind);
    QFETCH(const QString, text);
    QFETCH(const QByteArray, value);
    const auto read = client::valueOf(kind, text);
    QCOMPARE(read ? base::writeJson(QJsonArray{*read}) : QByteArray(), value);
    if (!read)
        QVERIFY(read.error().startsWith(u"This "_s) && !read.error().contains(u'\n'));
}

void TestFormField::writesWhatIsThere()
{
    QCOMPARE(client::textOf(u"a"_s), u"a"_s);
    QCOMPARE(client::textOf(12), u"12"_s);
    QCOMPARE(client::textOf(0.5), u"0.5"_s);
    QCOMPARE(client::textOf(true), u"true"_s);
    QCOMPARE(client::textOf(QJsonArray{1, u"b"_s}), u"[1,\"b\"]"_s);
    QCOMPARE(client::textOf(QJsonValue::Undefined), QString());
}

void TestFormField::knowsWhatAFieldCanHold_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("value"); // In a list.
    QTest::addColumn<bool>("can");
    const QByteArray object
        = R"({"properties":{"a":{"type":"string"},"l":{"type":"array","items":{"type":"integer"}},"c":{"enum":[1,2]},"cs":{"type":"array","uniqueItems":true,"items":{"enum":["x","z"]}},"long":{"type":"string","maxLength":5000},"e":{"oneOf":[{"type":"string"},{"type":"boolean"}]},"j":{}}})";
    QTest::newRow("nothing of it") << object << "[{}]"_ba << true;
    QTest::newRow("all of it") << object
                               << R"([{"a":"b","l":[1],"c":2,"cs":["x"],"e":true,"j":{"any":[]}}])"_ba
                               << true;
    QTest::newRow("another type") << object << R"([{"a":1}])"_ba << false;
    QTest::newRow("another item") << object << R"([{"l":[1,"2"]}])"_ba << false;
    QTest::newRow("no list") << object << R"([{"l":1}])"_ba << false;
    QTest::newRow("no choice") << object << R"([{"c":3}])"_ba << false;
    QTest::newRow("none of the choices") << object << R"([{"cs":["y"]}])"_ba << false;
    QTest::newRow("no alternative") << object << R"([{"e":1}])"_ba << false;
    QTest::newRow("a member that no field is for") << object << R"([{"z":1}])"_ba << false;
    QTest::newRow("no object") << object << "[[]]"_ba << false;
    QTest::newRow("an empty text") << object << R"([{"a":""}])"_ba << false;
    QTest::newRow("a list of nothing") << object << R"([{"l":[]}])"_ba << false;
    QTest::newRow("choices in another order") << object << R"([{"cs":["z","x"]}])"_ba << false;
    QTest::newRow("a choice twice") << object << R"([{"cs":["x","x"]}])"_ba << false;
    QTest::newRow("two lines in a line") << object << R"([{"a":"b\nc"}])"_ba << false;
    QTest::newRow("two lines where there is room") << object << R"([{"long":"b\nc"}])"_ba << true;
    QTest::newRow("what hides") << object << R"([{"long":"b\u202ec"}])"_ba << false;
    QByteArrayList many(101, "1");
    QTest::newRow("a longer list than is shown")
        << object << QByteArray("[{\"l\":[" + many.join(',') + "]}]") << false;
    QTest::newRow("null") << object << R"([{"a":null}])"_ba << false;
}

void TestFormField::knowsWhatAFieldCanHold()
{
    QFETCH(const QByteArray, schema);
    QFETCH(const QByteArray, value);
    QTEST(client::canHold(formOf(schema), base::readJson(value)->toArray().first()), "can");
}

GATEHOUSE_TEST(TestFormField)
#include "tst_formfield.moc"
