// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "client/content.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::client;
using namespace Qt::StringLiterals;

class TestContent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsEachKindOfBlock_data();
    void showsEachKindOfBlock();
    void givesBytesToWhoeverSavesThem();
    void readsResourcesAndPrompts();

private:
    static QJsonObject read(const QByteArray &text) { return base::readJsonObject(text).value(); }
};

void TestContent::showsEachKindOfBlock_data()
{
    QTest::addColumn<QByteArray>("block");
    QTest::addColumn<QString>("text");
    QTest::newRow("text") << R"({"type":"text","text":"a\nb"})"_ba << u"a\nb"_s;
    QTest::newRow("an image") << R"({"type":"image","mimeType":"image/png","data":"YWJj"})"_ba
                              << u"[image image/png 3 bytes]"_s;
    QTest::newRow("a sound without a type") << R"({"type":"audio","data":"YWJj"})"_ba << u"[audio 3 bytes]"_s;
    QTest::newRow("an image without data")
        << R"({"type":"image","mimeType":"image/png"})"_ba << u"[image image/png]"_s;
    QTest::newRow("a link")
        << R"({"type":"resource_link","uri":"file:///a/b.txt","name":"b","mimeType":"text/plain"})"_ba
        << u"[resource_link file:///a/b.txt b text/plain]"_s;
    QTest::newRow("embedded text")
        << R"({"type":"resource","resource":{"uri":"x:1","text":"hello","mimeType":"text/plain"}})"_ba
        << u"hello"_s;
    QTest::newRow("embedded bytes")
        << R"({"type":"resource","resource":{"uri":"x:1/a.gz","blob":"YWJj","mimeType":"application/gzip"}})"_ba
        << u"[resource x:1/a.gz application/gzip 3 bytes]"_s;
    QTest::newRow("an embedded resource of nothing")
        << R"({"type":"resource","resource":{"uri":"x:1"}})"_ba << u"[resource x:1]"_s;
    QTest::newRow("what nobody knows") << R"({"type":"smell","mimeType":"x/y"})"_ba << u"[smell x/y]"_s;
    QTest::newRow("nothing") << "{}"_ba << u"[]"_s;
    QTest::newRow("wrong types") << R"({"type":7,"text":"x","data":1})"_ba << u"[]"_s;
}

void TestContent::showsEachKindOfBlock()
{
    QFETCH(const QByteArray, block);
    QFETCH(const QString, text);
    QCOMPARE(blockText(read(block)), text);
    QCOMPARE(resultText({{u"content"_s, QJsonArray{read(block), read(block)}}}), text + u'\n' + text);
}

void TestContent::givesBytesToWhoeverSavesThem()
{
    QList<Blob> saved;
    const auto save = [&saved](const Blob &blob) {
        saved.append(blob);
        return u"saved %1"_s.arg(saved.size());
    };
    const QString text = resultText(
        read(
            R"({"content":[{"type":"image","mimeType":"image/png","data":"YWJj"},{"type":"text","text":"and"},
                {"type":"resource","resource":{"uri":"x:1/a.gz","blob":"AP8=","mimeType":"application/gzip"}}]})"),
        save);
    QCOMPARE(text, u"[image image/png saved 1]\nand\n[resource x:1/a.gz application/gzip saved 2]"_s);
    QCOMPARE(saved.at(0).bytes, "abc"_ba);
    QCOMPARE(saved.at(0).mimeType, u"image/png"_s);
    QVERIFY(saved.at(0).name.isEmpty());
    QCOMPARE(saved.at(1).bytes, QByteArray("\0\xff", 2));
    QCOMPARE(saved.at(1).name, u"a.gz"_s);
}

void TestContent::readsResourcesAndPrompts()
{
    QCOMPARE(contentsText(read(R"({"contents":[{"uri":"x:1","text":"one"},{"uri":"x:2","blob":"YQ=="}]})")),
             u"one\n[resource x:2 1 bytes]"_s);
    QCOMPARE(
        messagesText(read(
            R"({"messages":[{"role":"user","content":{"type":"text","text":"Hi"}},{"role":"assistant","content":{"type":"image","data":""}}]})")),
        u"user: Hi\nassistant: [image 0 bytes]"_s);
    QCOMPARE(contentsText({}) + messagesText({}) + resultText({}), QString());
}

GATEHOUSE_TEST(TestContent)
#include "tst_content.moc"
