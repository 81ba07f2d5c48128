// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/unit.h"
#include "web/fieldreader.h"

#include <QTest>

using namespace gatehouse::web;
using namespace Qt::StringLiterals;

class TestFieldReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAQuotedString_data();
    void readsAQuotedString();
    void takesWhatItFindsAndNothingElse();
    void passesNoEnd();
};

void TestFieldReader::readsAQuotedString_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isOne");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("a word") << "\"abc\""_ba << true << "abc"_ba;
    QTest::newRow("nothing in it") << "\"\""_ba << true << ""_ba;
    QTest::newRow("what follows stays") << "\"a\";b"_ba << true << "a"_ba;
    QTest::newRow("escaped quotes and backslash") << R"("a\"b\\c\d")"_ba << true << R"(a"b\cd)"_ba;
    QTest::newRow("a tab") << "\"a\tb\""_ba << true << "a\tb"_ba;
    QTest::newRow("other letters") << "\"\xc3\xa4\""_ba << true << "\xc3\xa4"_ba;
    QTest::newRow("no end") << "\"abc"_ba << false << ""_ba;
    QTest::newRow("an end that is escaped") << "\"abc\\\""_ba << false << ""_ba;
    QTest::newRow("a backslash at the end") << "\"abc\\"_ba << false << ""_ba;
    QTest::newRow("a line end") << "\"a\r\nb\""_ba << false << ""_ba;
    QTest::newRow("an escaped line end") << "\"a\\\nb\""_ba << false << ""_ba;
    QTest::newRow("NUL") << QByteArray("\"a\0b\"", 5) << false << ""_ba;
    QTest::newRow("DEL") << "\"a\x7f\""_ba << false << ""_ba;
    QTest::newRow("a token") << "abc"_ba << false << ""_ba;
    QTest::newRow("nothing") << ""_ba << false << ""_ba;
}

void TestFieldReader::readsAQuotedString()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isOne);
    FieldReader reader(text);
    const auto read = reader.quotedString();
    QCOMPARE(read.has_value(), isOne);
    if (isOne)
        QTEST(*read, "says");
    else
        QCOMPARE(reader.at(), 0);
}

void TestFieldReader::takesWhatItFindsAndNothingElse()
{
    FieldReader reader(" \t, name = value;x");
    QCOMPARE(reader.token(), QByteArrayView());
    reader.skipSpaceAndCommas();
    QCOMPARE(reader.token(), QByteArrayView("name"));
    QVERIFY(!reader.consume('='));
    reader.skipSpace();
    QVERIFY(reader.consume('='));
    QCOMPARE(reader.upToAnyOf(";,"), QByteArrayView(" value"));
    QCOMPARE(reader.peek(), ';');
    FieldReader other("abc/d+e==, x");
    QCOMPARE(other.token68(), QByteArrayView("abc/d+e=="));
    other.goBackTo(0);
    QCOMPARE(other.token(), QByteArrayView("abc"));
}

void TestFieldReader::passesNoEnd()
{
    FieldReader reader("");
    QVERIFY(reader.atEnd() && reader.peek() == '\0' && !reader.consume('\0'));
    reader.skipSpace();
    reader.skipSpaceAndCommas();
    QVERIFY(reader.token().isEmpty() && reader.token68().isEmpty() && reader.upToAnyOf(",").isEmpty()
            && !reader.quotedString());
    QCOMPARE(reader.at(), 0);
}

GATEHOUSE_TEST(TestFieldReader)
#include "tst_fieldreader.moc"
