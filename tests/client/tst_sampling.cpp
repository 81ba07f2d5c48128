// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "client/sampling.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestSampling : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsWhatAModelIsAsked_data();
    void showsWhatAModelIsAsked();
    void showsNoMoreThanAPersonReads();
    void answersInPlaceOfAModel();
};

void TestSampling::showsWhatAModelIsAsked_data()
{
    QTest::addColumn<QByteArray>("params");
    QTest::addColumn<QString>("text");
    QTest::newRow("one message")
        << R"({"messages":[{"role":"user","content":{"type":"text","text":"How far?"}}]})"_ba
        << u"user: How far?"_s;
    QTest::newRow("with instructions")
        << R"({"systemPrompt":"Be short.","messages":[{"role":"user","content":{"type":"text","text":"Why?"}}]})"_ba
        << u"system: Be short.\nuser: Why?"_s;
    QTest::newRow("several blocks")
        << R"({"messages":[{"role":"assistant","content":[{"type":"text","text":"a"},{"type":"tool_use"},{"type":"text","text":"b"}]}]})"_ba
        << u"assistant: a\n[tool_use]\nb"_s;
    QTest::newRow("a picture")
        << R"({"messages":[{"role":"user","content":{"type":"image","data":"AAAA"}}]})"_ba
        << u"user: [image]"_s;
    QTest::newRow("nothing") << "{}"_ba << QString();
    QTest::newRow("what is none of it")
        << R"({"systemPrompt":[1],"messages":[7,{"role":{},"content":null}]})"_ba << u": []\n: []"_s;
}

void TestSampling::showsWhatAModelIsAsked()
{
    QFETCH(const QByteArray, params);
    QFETCH(const QString, text);
    QCOMPARE(client::samplingText(base::readJsonObject(params).value()), text);
}

void TestSampling::showsNoMoreThanAPersonReads()
{
    const QString much(100'000, u'x');
    const QJsonObject message{{u"role"_s, much},
                              {u"content"_s, QJsonObject{{u"type"_s, u"text"_s}, {u"text"_s, much}}}};
    const QString text = client::samplingText({{u"messages"_s, QJsonArray{message, message}}});
    QCOMPARE(text.size(), 10'000);
    QCOMPARE(text.indexOf(u':'), 40);
}

void TestSampling::answersInPlaceOfAModel()
{
    QCOMPARE(
        base::writeJson(client::sampled(u"far"_s)),
        R"({"content":{"text":"far","type":"text"},"model":"gatehouse","role":"assistant","stopReason":"endTurn"})"_ba);
}

GATEHOUSE_TEST(TestSampling)
#include "tst_sampling.moc"
