// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "client/elicitation.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::client;
using namespace Qt::StringLiterals;

static QJsonObject read(const QByteArray &json)
{
    return base::readJsonObject(json).value_or(QJsonObject());
}

class TestElicitation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksFirstForWhatHasToBeFilledIn();
    void fillsAFormWithItsDefaults_data();
    void fillsAFormWithItsDefaults();
    void readsWhatIsTyped_data();
    void readsWhatIsTyped();
};

void TestElicitation::asksFirstForWhatHasToBeFilledIn()
{
    QCOMPARE(fieldsOf({u"?"_s, true,
                       read(R"({"properties":{"a":{},"b":{},"c":{},"d":{}},"required":["d","x","b","d"]})")}),
             QStringList({u"d"_s, u"b"_s, u"a"_s, u"c"_s}));
    QCOMPARE(fieldsOf({}), QStringList());
}

void TestElicitation::fillsAFormWithItsDefaults_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("content"); // Empty: it cannot be.
    QTest::newRow("each type")
        << "{'properties':{'s':{'type':'string','default':'a'},'n':{'type':'number','default':1.5},'i':{'type':'integer','default':0},'b':{'type':'boolean','default':false},'e':{'enum':['x'],'default':'x'},'l':{'type':'array','default':['x']}},'required':['s','b']}"_ba
        << "{'s':'a','n':1.5,'i':0,'b':false,'e':'x','l':['x']}"_ba;
    QTest::newRow("a field that need not be filled in") << "{'properties':{'s':{'type':'string'}}}"_ba
                                                        << "{}"_ba;
    QTest::newRow("a field that has to be")
        << "{'properties':{'s':{'type':'string'}},'required':['s']}"_ba << QByteArray();
    QTest::newRow("a field that is not there") << "{'properties':{},'required':['s']}"_ba << QByteArray();
    QTest::newRow("nothing") << "{}"_ba
                             << "{}"_ba;
}

void TestElicitation::fillsAFormWithItsDefaults()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, content);
    const auto filled = defaultsOf({u"?"_s, true, read(schema.replace('\'', '"'))});
    QCOMPARE(filled.has_value(), !content.isEmpty());
    if (filled)
        QCOMPARE(*filled, read(content.replace('\'', '"')));
    else
        QVERIFY2(filled.error().contains(u"\"s\""_s), qPrintable(filled.error()));
}

void TestElicitation::readsWhatIsTyped_data()
{
    QTest::addColumn<QByteArray>("property");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QJsonValue>("value"); // Undefined: it is none.
    const QJsonValue none(QJsonValue::Undefined);
    QTest::newRow("a text") << "{'type':'string'}"_ba << u" a "_s << QJsonValue(u" a "_s);
    QTest::newRow("no type") << "{}"_ba << u"1"_s << QJsonValue(u"1"_s);
    QTest::newRow("yes") << "{'type':'boolean'}"_ba << u"Yes"_s << QJsonValue(true);
    QTest::newRow("no") << "{'type':'boolean'}"_ba << u"n"_s << QJsonValue(false);
    QTest::newRow("neither") << "{'type':'boolean'}"_ba << u"maybe"_s << none;
    QTest::newRow("a number") << "{'type':'number'}"_ba << u"1.5"_s << QJsonValue(1.5);
    QTest::newRow("no number") << "{'type':'number'}"_ba << u"1,5"_s << none;
    QTest::newRow("no finite number") << "{'type':'number'}"_ba << u"inf"_s << none;
    QTest::newRow("a whole number") << "{'type':'integer'}"_ba << u"-3"_s << QJsonValue(-3);
    QTest::newRow("no whole number") << "{'type':'integer'}"_ba << u"1.5"_s << none;
    QTest::newRow("a choice") << "{'type':'string','enum':['a','b']}"_ba << u"b"_s << QJsonValue(u"b"_s);
    QTest::newRow("a choice by its name")
        << "{'enum':['a','b'],'enumNames':['A','B']}"_ba << u"B"_s << QJsonValue(u"b"_s);
    QTest::newRow("a choice by its title")
        << "{'oneOf':[{'const':'a','title':'First'}]}"_ba << u"First"_s << QJsonValue(u"a"_s);
    QTest::newRow("no choice") << "{'enum':['a','b']}"_ba << u"c"_s << none;
    QTest::newRow("several")
        << "{'type':'array','items':{'anyOf':[{'const':'a','title':'A'},{'const':'b'}]}}"_ba << u"A, b"_s
        << QJsonValue(QJsonArray{u"a"_s, u"b"_s});
    QTest::newRow("several, one of which is none")
        << "{'type':'array','items':{'enum':['a']}}"_ba << u"a,b"_s << none;
}

void TestElicitation::readsWhatIsTyped()
{
    QFETCH(QByteArray, property);
    QFETCH(QString, text);
    QFETCH(QJsonValue, value);
    const auto typed = valueFor(read(property.replace('\'', '"')), text);
    QCOMPARE(typed.has_value(), !value.isUndefined());
    if (typed)
        QCOMPARE(*typed, value);
    else
        QVERIFY(typed.error().startsWith(u"This wants "_s));
}

GATEHOUSE_TEST(TestElicitation)
#include "tst_elicitation.moc"
