// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "base/jsonwriter.h"
#include "support/unit.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTest>

#include <limits>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestJsonWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesPieceByPiece();
    void writesNumbers_data();
    void writesNumbers();
    void escapesTexts_data();
    void escapesTexts();
    void replacesHalvesOfPairs();
    void writesLongTextsInPieces_data();
    void writesLongTextsInPieces();
    void leavesMembersOut();
    void startsAnewAfterTake();
    void writesWhatQtReadsBack();
};

void TestJsonWriter::writesPieceByPiece()
{
    base::JsonWriter writer;
    writer.beginObject();
    writer.member("a"_L1, QStringView(u"é"));
    writer.member("b"_L1, qint64(-5));
    writer.name(u"c"_s);
    writer.beginArray();
    writer.value(true);
    writer.value(QJsonValue(QJsonValue::Null));
    writer.beginObject();
    writer.endObject();
    writer.beginArray();
    writer.endArray();
    writer.endArray();
    writer.name("d"_L1);
    writer.raw("[1,2]");
    writer.member("e"_L1, QJsonObject{{u"f"_s, u"g"_s}});
    writer.endObject();
    QCOMPARE(writer.take(), R"({"a":"é","b":-5,"c":[true,null,{},[]],"d":[1,2],"e":{"f":"g"}})"_ba);
}

void TestJsonWriter::writesNumbers_data()
{
    QTest::addColumn<QJsonValue>("number");
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("zero") << QJsonValue(0) << "0"_ba;
    QTest::newRow("one") << QJsonValue(1) << "1"_ba;
    QTest::newRow("a whole double") << QJsonValue(3.0) << "3"_ba;
    QTest::newRow("the greatest integer")
        << QJsonValue(std::numeric_limits<qint64>::max()) << "9223372036854775807"_ba;
    QTest::newRow("the least integer")
        << QJsonValue(std::numeric_limits<qint64>::min()) << "-9223372036854775808"_ba;
    QTest::newRow("a fraction") << QJsonValue(0.1) << "0.1"_ba;
    QTest::newRow("a fraction below zero") << QJsonValue(-0.5) << "-0.5"_ba;
    QTest::newRow("a great double") << QJsonValue(1e300) << "1e+300"_ba;
    QTest::newRow("a small double") << QJsonValue(5e-324) << "5e-324"_ba;
    QTest::newRow("no number") << QJsonValue(std::numeric_limits<double>::quiet_NaN()) << "null"_ba;
    QTest::newRow("infinite") << QJsonValue(std::numeric_limits<double>::infinity()) << "null"_ba;
}

void TestJsonWriter::writesNumbers()
{
    QFETCH(const QJsonValue, number);
    QFETCH(const QByteArray, text);
    QCOMPARE(base::writeJson(number), text);
    QCOMPARE(base::writeJson(QJsonArray{number}), '[' + text + ']');
}

void TestJsonWriter::escapesTexts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("json");

    QTest::newRow("empty") << u""_s << R"("")"_ba;
    QTest::newRow("quotes and backslashes") << uR"(a"b\c)"_s << R"("a\"b\\c")"_ba;
    QTest::newRow("a slash stays") << u"</a>"_s << R"("</a>")"_ba;
    QTest::newRow("escapes with a letter") << u"\b\f\n\r\t"_s << R"("\b\f\n\r\t")"_ba;
    QTest::newRow("other control characters") << u"\u0001\u001f"_s << "\"\\u0001\\u001f\""_ba;
    QTest::newRow("a null character") << QString(QChar(0)) << "\"\\u0000\""_ba;
    QTest::newRow("delete stays") << u"\u007f"_s << "\"\x7f\""_ba;
    QTest::newRow("two bytes") << u"\u0080\u07ff"_s << "\"\xc2\x80\xdf\xbf\""_ba;
    QTest::newRow("three bytes") << u"\u0800\uffff"_s << "\"\xe0\xa0\x80\xef\xbf\xbf\""_ba;
    QTest::newRow("four bytes") << u"\U00010000\U0010ffff"_s << "\"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\""_ba;
}

void TestJsonWriter::escapesTexts()
{
    QFETCH(const QString, text);
    QFETCH(const QByteArray, json);
    QCOMPARE(base::writeJson(QJsonValue(text)), json);
    base::JsonWriter writer;
    writer.value(QStringView(text));
    QCOMPARE(writer.take(), json);
    const QByteArray utf8 = text.toUtf8();
    writer.value(base::Utf8{utf8});
    QCOMPARE(writer.take(), json);
    if (text == QString::fromLatin1(text.toLatin1())) {
        const QByteArray latin1 = text.toLatin1();
        writer.value(QLatin1StringView(latin1));
        QCOMPARE(writer.take(), json);
    }
}

void TestJsonWriter::replacesHalvesOfPairs()
{
    for (const QString &text : {u"a"_s + QChar(0xd800), QChar(0xdc00) + u"a"_s,
                                QString(QChar(0xdc00)) + QChar(0xd800), u"é"_s + QChar(0xd800) + u"é"_s}) {
        base::JsonWriter writer;
        writer.value(QStringView(text));
        const auto read = base::readJson(writer.take());
        QVERIFY(read && read->toString().size() == text.size());
        const auto again = base::readJson(base::writeJson(QJsonValue(text)));
        QVERIFY(again && again->toString().size() == text.size());
    }
}

void TestJsonWriter::writesLongTextsInPieces_data()
{
    QTest::addColumn<QString>("unit");

    QTest::newRow("one byte") << u"a"_s;
    QTest::newRow("escaped") << u"\u0001"_s;
    QTest::newRow("three bytes") << u"€"_s;
    QTest::newRow("pairs") << u"\U0001f600"_s;
    QTest::newRow("pairs that a piece would divide") << u"x\U0001f600"_s;
}

void TestJsonWriter::writesLongTextsInPieces()
{
    QFETCH(const QString, unit);
    for (const qsizetype count : {1365, 2048, 4095, 4096, 4097, 100'000}) {
        const QString text = unit.repeated(count);
        const auto read = base::readJson(base::writeJson(QJsonValue(text)));
        QVERIFY(read);
        QCOMPARE(read->toString(), text);
    }
}

void TestJsonWriter::leavesMembersOut()
{
    const QJsonObject object{{u"a"_s, 1}, {u"b"_s, 2}, {u"c"_s, 3}};
    base::JsonWriter writer;
    writer.beginObject();
    writer.members(object, "b"_L1, "d"_L1);
    writer.endObject();
    QCOMPARE(writer.take(), R"({"a":1,"c":3})"_ba);
}

void TestJsonWriter::startsAnewAfterTake()
{
    base::JsonWriter writer;
    QCOMPARE(writer.take(), QByteArray());
    writer.value(true);
    QCOMPARE(writer.take(), "true"_ba);
    writer.value(false);
    const QByteArray text = writer.take();
    QCOMPARE(text, "false"_ba);
    QVERIFY(text.capacity() < 64); // What is kept for long keeps no room that it does not need.
}

void TestJsonWriter::writesWhatQtReadsBack()
{
    const QDir folder(QStringLiteral(GATEHOUSE_SOURCE_DIR) + u"/../shared/vectors/json/test_parsing"_s);
    if (!folder.exists())
        QSKIP(qPrintable(u"The test data is absent: %1"_s.arg(folder.path())));
    int compared = 0;
    for (const QString &name : folder.entryList({u"*.json"_s}, QDir::Files)) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto value = base::readJson(file.readAll());
        if (!value)
            continue;
        const QByteArray text = '[' + base::writeJson(*value) + ']';
        QCOMPARE(QJsonDocument::fromJson(text).array(), QJsonArray{*value});
        ++compared;
    }
    QVERIFY(compared > 90);
}

GATEHOUSE_TEST(TestJsonWriter)
#include "tst_jsonwriter.moc"
