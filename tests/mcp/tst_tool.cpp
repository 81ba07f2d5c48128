// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/jsonwriter.h"
#include "mcp/content.h"
#include "mcp/present.h"
#include "mcp/tool.h"
#include "support/unit.h"

#include <QJsonDocument>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestTool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesTheSameForAValueAndForItsText();
    void givesTheTextAsTheFirstBlock();
    void writesOneLineWhateverTheTextHas();
    void takesNoTextThatIsNotJson_data();
    void takesNoTextThatIsNotJson();

private:
    static QJsonObject written(const mcp::ToolResult &result)
    {
        base::JsonWriter out;
        out.beginObject();
        mcp::write(out, result, u"2026-07-28"_s);
        out.endObject();
        return QJsonDocument::fromJson(out.take()).object();
    }
};

void TestTool::givesTheSameForAValueAndForItsText()
{
    const QJsonObject value{{u"a"_s, u"\"quoted\" and ä"_s}, {u"b"_s, QJsonArray({1, 2.5, true})}};
    const QByteArray text = QJsonDocument(value).toJson(QJsonDocument::Compact);
    QCOMPARE(written(mcp::ToolResult::json(text)), written(mcp::ToolResult::structured(value)));
    QCOMPARE(mcp::ToolResult::json("[1]").structuredContent.value(), QJsonValue(QJsonArray({1})));
}

void TestTool::givesTheTextAsTheFirstBlock()
{
    const QByteArray text = R"({"z":"first \"and\" ä","a":1})";
    mcp::ToolResult result = mcp::ToolResult::json(text);
    result.content.append(mcp::content::text(u"and more"_s));
    const QJsonObject shown = written(result);
    QCOMPARE(shown[u"content"_s].toArray().size(), 2);
    QCOMPARE(shown[u"content"_s][0][u"type"_s].toString(), u"text"_s);
    QCOMPARE(shown[u"content"_s][0][u"text"_s].toString(), QString::fromUtf8(text));
    QCOMPARE(shown[u"structuredContent"_s].toObject(), QJsonDocument::fromJson(text).object());
    QVERIFY(!shown.contains(u"isError"_s));
}

void TestTool::writesOneLineWhateverTheTextHas()
{
    for (const QByteArray &text : {"{\n \"a\": 1\n}"_ba, "{\"a\":\r1}"_ba})
        QCOMPARE(mcp::ToolResult::json(text).structuredText, R"({"a":1})"_ba);
}

void TestTool::takesNoTextThatIsNotJson_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addRow("nothing") << ""_ba;
    QTest::addRow("an object that does not end") << R"({"a":1)"_ba;
    QTest::addRow("two values") << "{}{}"_ba;
    QTest::addRow("no UTF-8") << "{\"a\":\"\xff\"}"_ba;
}

void TestTool::takesNoTextThatIsNotJson()
{
    QFETCH(QByteArray, text);
    const mcp::ToolResult result = mcp::ToolResult::json(text);
    QVERIFY(result.isError);
    QVERIFY(!result.structuredContent);
    QVERIFY(written(result)[u"isError"_s].toBool());
}

GATEHOUSE_TEST(TestTool)
#include "tst_tool.moc"
