// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/jsonmodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace gatehouse::inspector;
using namespace Qt::StringLiterals;

class TestJsonModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsATree();
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
    QCOMPARE(model.index(1, 0, root).data().toString(), u"\"b\": \"x\uFFFDy\""_s);
    QCOMPARE(model.index(1, 0, root).data(JsonModel::NameRole).toString(), u"\"b\""_s);
    QCOMPARE(model.parent(list), root);
    QVERIFY(list.data(JsonModel::JsonRole).toString().contains(u"2.5"_s));
}

void TestJsonModel::unfoldsJsonInsideText()
{
    JsonModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QVERIFY(
        model.setText(R"({"text":"{\"email\":\"ada@example.com\",\"roles\":[\"admin\"]}","other":"{no"})"));
    const QModelIndex root = model.index(0, 0);
    const QModelIndex other = model.index(0, 0, root);
    const QModelIndex text = model.index(1, 0, root);
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

QTEST_GUILESS_MAIN(TestJsonModel)
#include "tst_jsonmodel.moc"
