// SPDX-License-Identifier: GPL-3.0-or-later
#include "clientfiles/tomltables.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::clientfiles;
using namespace Qt::StringLiterals;

class TestTomlTables : public QObject
{
    Q_OBJECT

    static constexpr auto lines = "url = \"U\"\n";

private Q_SLOTS:
    void addsATableAndKeepsEveryOtherByte_data();
    void addsATableAndKeepsEveryOtherByte();
    void takesATableOut_data();
    void takesATableOut();
    void leavesAloneWhatItCannotUnderstand_data();
    void leavesAloneWhatItCannotUnderstand();
    void saysHowATableIsWritten();
    void leavesAByteOrderMarkWithTheText();
};

void TestTomlTables::addsATableAndKeepsEveryOtherByte_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char *name, const QByteArray &before, const QByteArray &after) {
        QTest::newRow(name) << before << after;
    };
    row("no file", "", "[s.n]\nurl = \"U\"\n");
    row("settings of its own", "model = 'x' # mine\n", "model = 'x' # mine\n\n[s.n]\nurl = \"U\"\n");
    row("no end of line", "model = 'x'", "model = 'x'\n\n[s.n]\nurl = \"U\"\n");
    row("an empty line at the end", "a = 1\n\n", "a = 1\n\n[s.n]\nurl = \"U\"\n");
    row("lines of Windows", "a = 1\r\n", "a = 1\r\n\r\n[s.n]\r\nurl = \"U\"\r\n");
    row("another server", "[s.m]\nurl = 'V'\n", "[s.m]\nurl = 'V'\n\n[s.n]\nurl = \"U\"\n");
    row("the same server", "[s.n]\nurl = 'V'\n\n[s.m]\nurl = 'W'\n",
        "[s.n]\nurl = \"U\"\n\n[s.m]\nurl = 'W'\n");
    row("the same server, with more of its own",
        "[s.n]\nenabled = false\n url  =  'ä' # mine ü\n[s.n.tools.x]\na = 1\n",
        "[s.n]\nenabled = false\n url  =  \"U\" # mine ü\n[s.n.tools.x]\na = 1\n");
    row("another kind of server under its name",
        "[s.n]\ncommand = 'x'\n\n# of m\n[s.m]\na = 1\n[s.n.env]\nK = 'V'\n",
        "\n# of m\n[s.m]\na = 1\n\n[s.n]\nurl = \"U\"\n");
    row("comments behind it", "[s.n]\ncommand = 'x' # c\n# of nobody\n\n# of m: do not touch\n[s.m]\na = 1\n",
        "# of nobody\n\n# of m: do not touch\n[s.m]\na = 1\n\n[s.n]\nurl = \"U\"\n");
    row("a list of several lines in it", "[s.n]\nargs = [\n 'a', # ]\n]\nenv.K = 'V'\n# of p\n[[p]]\na = 1\n",
        "# of p\n[[p]]\na = 1\n\n[s.n]\nurl = \"U\"\n");
    row("a list of tables below it", "[s.n]\na = 1\n[[s.n.l]]\nb = 1\n[[s.n.l]]\nb = 2\n[z]\nc = 1\n",
        "[z]\nc = 1\n\n[s.n]\nurl = \"U\"\n");
    row("a text that looks like a table", "a = '''\n[s.n]\nurl = 1\n'''\n",
        "a = '''\n[s.n]\nurl = 1\n'''\n\n[s.n]\nurl = \"U\"\n");
    row("dates, numbers, lists", "a = 1979-05-27T07:32:00Z\nb = [1, 2.50,\n 3]\nc = 0x10\n",
        "a = 1979-05-27T07:32:00Z\nb = [1, 2.50,\n 3]\nc = 0x10\n\n[s.n]\nurl = \"U\"\n");
}

void TestTomlTables::addsATableAndKeepsEveryOtherByte()
{
    QFETCH(const QByteArray, before);
    const auto after = withTable(before, u"s"_s, u"n"_s, lines);
    QVERIFY2(after, qPrintable(after ? QString() : after.error().words));
    QTEST(*after, "after");
    QCOMPARE(withTable(*after, u"s"_s, u"n"_s, lines).value_or("?"), *after);
}

void TestTomlTables::takesATableOut_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("the only one") << "[s.n]\nurl = 'V'\n"_ba
                                  << ""_ba;
    QTest::newRow("the last") << "a = 1\n\n[s.n]\nurl = 'V'\n"_ba
                              << "a = 1\n\n"_ba;
    QTest::newRow("with a comment behind it") << "[s.n]\nurl = 'V'\n# of m\n[s.m]\na = 1\n"_ba
                                              << "# of m\n[s.m]\na = 1\n"_ba;
    QTest::newRow("with tables below it")
        << "[s.n]\nurl = 'V'\n[s.n.tools.search]\napproval = 'x'\n[s.m]\na = 1\n"_ba
        << "[s.m]\na = 1\n"_ba;
    QTest::newRow("one between") << "[s.m]\na = 1\n[s.n]\nurl = 'V'\n[t]\nb = 1\n"_ba
                                 << "[s.m]\na = 1\n[t]\nb = 1\n"_ba;
    QTest::newRow("not there") << "[s.m]\na = 1\n"_ba
                               << "[s.m]\na = 1\n"_ba;
}

void TestTomlTables::takesATableOut()
{
    QFETCH(const QByteArray, before);
    QTEST(withoutTable(before, u"s"_s, u"n"_s).value_or("?"), "after");
}

void TestTomlTables::leavesAloneWhatItCannotUnderstand_data()
{
    using Kind = FileFault::Kind;
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<FileFault::Kind>("kind");
    QTest::addColumn<int>("line");
    QTest::newRow("no TOML") << "a = 1\nb =\n"_ba << Kind::Syntax << 2;
    QTest::newRow("a name twice") << "a = 1\na = 2\n"_ba << Kind::Syntax << 2;
    QTest::newRow("a group in one line") << "\ns = { m = { url = 'V' } }\n"_ba << Kind::OtherShape << 2;
    QTest::newRow("a group that is a number") << "s = 1\n"_ba << Kind::OtherShape << 1;
    QTest::newRow("an entry in one line") << "[s]\nn = { url = 'V' }\n"_ba << Kind::OtherShape << 2;
    QTest::newRow("an entry of names with dots")
        << "[s]\nn.url = 'V'\nn.enabled = false\n"_ba << Kind::OtherShape << 2;
    QTest::newRow("a group of names with dots") << "s.n.url = 'V'\n"_ba << Kind::OtherShape << 1;
    for (const char *half : {"[", "[\n", "[$x]", "[=]", "[.a]", "[ü]", "[[#rr]]", "[a]]", "[a", "=", "a", "]",
                             "a..b = 1", "b = ä", "b = 1 ä", "b = [1, ä]", "b = 1ä", "b = { ä = 1 }"})
        QTest::addRow("half typed: %s", half) << "x = 1\n"_ba + half << Kind::Syntax << 2;
    QTest::newRow("a name of very many parts") << QByteArray("a.").repeated(100'000) + "a = 1\n"
                                               << Kind::Syntax << 1;
    QTest::newRow("a head of very many parts") << '[' + QByteArray("a.").repeated(100'000) + "a]\n"
                                               << Kind::Syntax << 1;
    QTest::newRow("very many brackets") << "a = " + QByteArray(100'000, '[') << Kind::Syntax << 1;
    QTest::newRow("not UTF-8") << "a = '\xff'\n"_ba << Kind::Syntax << 1;
}

void TestTomlTables::leavesAloneWhatItCannotUnderstand()
{
    QFETCH(const QByteArray, text);
    const auto after = withTable(text, u"s"_s, u"n"_s, lines);
    QVERIFY(!after);
    QTEST(after.error().kind, "kind");
    QTEST(after.error().line, "line");
}

void TestTomlTables::saysHowATableIsWritten()
{
    const QByteArray tables = "[s.n]\nurl = 'V' # x\nenv.K = 'W'\n[s.n.tools.x]\na = 1\n";
    QCOMPARE(tablesIn("a = 1\n" + tables + "\n# of t\n[t]\n", u"s"_s, u"n"_s).value_or("?"), tables);
    QCOMPARE(tablesIn("a = 1\n", u"s"_s, u"n"_s).value_or("?"), ""_ba);
    QCOMPARE(withTables("[s.n]\nurl = 'U'\n[t]\nb = 1\n", u"s"_s, u"n"_s, tables).value_or("?"),
             "[t]\nb = 1\n\n" + tables);
}

void TestTomlTables::leavesAByteOrderMarkWithTheText()
{
    const QByteArray mark = "\xEF\xBB\xBF";
    const QByteArray table = "[s.n]\nurl = 'V'\n";
    QCOMPARE(tablesIn(mark + table, u"s"_s, u"n"_s).value_or("?"), table);
    QCOMPARE(withoutTable(mark + table + "[t]\nb = 1\n", u"s"_s, u"n"_s).value_or("?"),
             mark + "[t]\nb = 1\n");
    QCOMPARE(withTables(mark + table + "[t]\nb = 1\n", u"s"_s, u"n"_s, table).value_or("?"),
             mark + "[t]\nb = 1\n\n" + table);
}

GATEHOUSE_TEST(TestTomlTables)
#include "tst_tomltables.moc"
