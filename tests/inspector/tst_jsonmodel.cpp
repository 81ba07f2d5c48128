// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/jsonmodel.h"
#include "support/randomjson.h"
#include "support/unit.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::inspector;
using namespace Qt::StringLiterals;

class TestJsonModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsATree();
    void showsWhatCame();
    void givesBackWhatCame();
    void unfoldsJsonInsideText();
    void refusesWhatIsNoJson_data();
    void refusesWhatIsNoJson();
    void boundsWhatIsHuge();
};

void TestJsonModel::showsATree()
{
    JsonModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QVERIFY(model.setText(R"({"a":[1,2.5,true,null],"b":"x\ny","c":{}})"));
    const QModelIndex root = model.index(0, 0);
    QCOMPARE(root.data().toString(), u"{3}"_s);
    QCOMPARE(model.rowCount(root), 3);
    const QModelIndex list = model.index(0, 0, root);
    QCOMPARE(list.data().toString(), u"\"a\": [4]"_s);
    QCOMPARE(model.index(1, 0, list).data().toString(), u"2.5"_s);
    QCOMPARE(model.index(2, 0, list).data().toString(), u"true"_s);
    QCOMPARE(model.index(1, 0, root).data().toString(), u"\"b\": \"x\\ny\""_s);
    QCOMPARE(model.index(1, 0, root).data(JsonModel::NameRole).toString(), u"\"b\""_s);
    QCOMPARE(model.parent(list), root);
    QVERIFY(list.data(JsonModel::JsonRole).toString().contains(u"2.5"_s));
}

void TestJsonModel::showsWhatCame()
{
    JsonModel model;
    QVERIFY(model.setText("{\"z\":1.1,\"a\":12345678901234567890,\"\":5000.00,"
                          "\"s\":\"\\t\\u0000\\u202e\\u00e4\","
                          "\"t\":\"{\\\"y\\\":1.0,\\\"b\\\":[]}\"}"));
    const QModelIndex root = model.index(0, 0);
    QStringList shown;
    for (int row = 0; row < model.rowCount(root); ++row)
        shown.append(model.index(row, 0, root).data().toString());
    const QStringList wanted{u"\"z\": 1.1"_s, u"\"a\": 12345678901234567890"_s, u"\"\": 5000.00"_s,
                             u"\"s\": \"\\t\\u0000⟨U+202E⟩ä\""_s,
                             u"\"t\": \"{\\\"y\\\":1.0,\\\"b\\\":[]}\""_s};
    QCOMPARE(shown, wanted);
    const QModelIndex inside = model.index(4, 0, root);
    QCOMPARE(model.index(0, 0, inside).data().toString(), u"\"y\": 1.0"_s);
    QCOMPARE(inside.data(JsonModel::JsonRole).toString(), u"{\n    \"y\": 1.0,\n    \"b\": []\n}"_s);
}

void TestJsonModel::givesBackWhatCame()
{
    QRandomGenerator random(31);
    JsonModel model;
    for (int i = 0; i < 10'000; ++i) {
        const QByteArray json = '[' + test::randomJson(random) + ']';
        QVERIFY2(model.setText(json), json.constData());
        const QString given = model.index(0, 0).data(JsonModel::JsonRole).toString();
        QCOMPARE(test::tokensOf(given.toUtf8()), test::tokensOf(json));
        // Each number stands in its row as it is written.
        const QModelIndex first = model.index(0, 0, model.index(0, 0));
        if (first.data(JsonModel::KindRole).value<JsonModel::Kind>() == JsonModel::Kind::Number)
            QCOMPARE(first.data().toString().toUtf8(), json.sliced(1).chopped(1).trimmed());
    }
}

void TestJsonModel::unfoldsJsonInsideText()
{
    JsonModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QVERIFY(
        model.setText(R"({"text":"{\"email\":\"ada@example.com\",\"roles\":[\"admin\"]}","other":"{no"})"));
    const QModelIndex root = model.index(0, 0);
    const QModelIndex text = model.index(0, 0, root);
    const QModelIndex other = model.index(1, 0, root);
    QCOMPARE(text.data(JsonModel::KindRole).value<JsonModel::Kind>(), JsonModel::Kind::EmbeddedJson);
    QCOMPARE(model.rowCount(text), 2);
    QCOMPARE(model.index(0, 0, text).data().toString(), u"\"email\": \"ada@example.com\""_s);
    QCOMPARE(other.data(JsonModel::KindRole).value<JsonModel::Kind>(), JsonModel::Kind::String);
}

void TestJsonModel::refusesWhatIsNoJson_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"", "hello", "{", "12", "event: message\ndata: {}\n\n"})
        QTest::addRow("\"%.6s\"", text) << QByteArray(text);
}

void TestJsonModel::refusesWhatIsNoJson()
{
    QFETCH(QByteArray, text);
    JsonModel model;
    QVERIFY(model.setText("{}"));
    QVERIFY(!model.setText(text));
    QCOMPARE(model.rowCount(), 0);
}

void TestJsonModel::boundsWhatIsHuge()
{
    JsonModel model;
    QVERIFY(model.setText("[" + QByteArray("0,").repeated(300'000) + "0]"));
    QVERIFY(model.rowCount(model.index(0, 0)) <= 100'000);
    QVERIFY(model.setText("[\"" + QByteArray(100'000, 'x') + "\"]"));
    QVERIFY(model.index(0, 0, model.index(0, 0)).data().toString().size() < 600);
}

GATEHOUSE_TEST(TestJsonModel)
#include "tst_jsonmodel.moc"
