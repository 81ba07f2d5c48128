// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "base/quoting.h"
#include "support/unit.h"

#include <QJsonArray>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestQuoting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesWordsForAShell_data();
    void writesWordsForAShell();
    void writesNoLineThatATerminalWouldCut();
    void writesMarkdownThatSaysOnlyItself_data();
    void writesMarkdownThatSaysOnlyItself();
    void writesBlocksThatNothingCloses();
    void writesJsonThatNoTerminalObeys_data();
    void writesJsonThatNoTerminalObeys();
};

void TestQuoting::writesWordsForAShell_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("word");
    QTest::newRow("plain") << "a b"_ba << u"'a b'"_s;
    QTest::newRow("nothing") << ""_ba << u"''"_s;
    QTest::newRow("a quote") << "it's"_ba << u"'it'\\''s'"_s;
    QTest::newRow("what a shell would read") << "$(x) `y` \" ! *"_ba << u"'$(x) `y` \" ! *'"_s;
    QTest::newRow("a backslash, which fish reads in quotes, too") << "a\\';x"_ba << u"'a'\\\\''\\'';x'"_s;
    QTest::newRow("a backslash at the end") << "a\\"_ba << u"'a'\\\\''"_s;
    QTest::newRow("letters of all kinds") << "äβ字😀"_ba << u"'äβ字😀'"_s;
    QTest::newRow("a line end") << "a\nb"_ba << u"$'a\\nb'"_s;
    QTest::newRow("a quote and a line end") << "it's\n"_ba << u"$'it\\047s\\n'"_s;
    QTest::newRow("a backslash and a tab") << "\\\t"_ba << u"$'\\\\\\t'"_s;
    QTest::newRow("controls") << "\x03\x1b[2J\x7f"_ba << u"$'\\003\\033[2J\\177'"_s;
    QTest::newRow("a digit behind one") << "\x01"
                                           "7"_ba
                                        << u"$'\\0017'"_s;
    QTest::newRow("a C1 control") << "\xc2\x9b"_ba << u"$'\\302\\233'"_s;
    QTest::newRow("a bidirectional mark") << "a\xe2\x80\xae"_ba << u"$'a\\342\\200\\256'"_s;
    QTest::newRow("an invisible tag") << "\xf3\xa0\x81\x81"_ba << u"$'\\363\\240\\201\\201'"_s;
    QTest::newRow("no UTF-8") << "\xff\xfe"_ba << u"$'\\377\\376'"_s;
}

void TestQuoting::writesWordsForAShell()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, word);
    QCOMPARE(base::shellWord(bytes), word);
    // As a shell reads it.
    const QString bash = QStandardPaths::findExecutable(u"bash"_s);
    if (bash.isEmpty())
        QSKIP("There is no bash here");
    QProcess shell;
    shell.start(bash, {u"-c"_s, u"printf %s "_s + word});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.readAllStandardOutput(), bytes);
}

/// Beyond 4095 bytes of a line a terminal drops what is pasted, a closing quote among it.
void TestQuoting::writesNoLineThatATerminalWouldCut()
{
    const QString bash = QStandardPaths::findExecutable(u"bash"_s);
    if (bash.isEmpty())
        QSKIP("There is no bash here");
    for (const QByteArray &piece :
         {"a"_ba, "'"_ba, "\\"_ba, "\xf0\x9f\x98\x80"_ba, "\x01"_ba, "\xff'\\"_ba}) {
        const QByteArray bytes = piece.repeated(5000 / piece.size());
        const QByteArray word = base::shellWord(bytes).toUtf8();
        const QList<QByteArray> lines = word.split('\n');
        QVERIFY(lines.size() > 1);
        for (const QByteArray &line : lines)
            QVERIFY(line.size() < 2500);
        QProcess shell;
        shell.start(bash, {u"-c"_s, u"printf %s "_s + QString::fromUtf8(word)});
        QVERIFY(shell.waitForFinished());
        QCOMPARE(shell.readAllStandardOutput(), bytes);
    }
}

void TestQuoting::writesMarkdownThatSaysOnlyItself_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("plain");
    QTest::addColumn<QString>("code");
    QTest::newRow("words") << u"a b."_s << u"a b."_s << u"`a b.`"_s;
    QTest::newRow("HTML") << u"<img src=x>"_s << u"\\<img src=x\\>"_s << u"`<img src=x>`"_s;
    QTest::newRow("a picture") << u"![a](b)"_s << u"\\!\\[a\\]\\(b\\)"_s << u"`![a](b)`"_s;
    QTest::newRow("underscores") << u"invalid_token _x_"_s << u"invalid_token \\_x\\_"_s
                                 << u"`invalid_token _x_`"_s;
    QTest::newRow("a column") << u"a|b"_s << u"a&#124;b"_s << u"a&#124;b"_s;
    QTest::newRow("a column behind a backslash")
        << u"\\|![a](b)"_s << u"\\\\&#124;\\!\\[a\\]\\(b\\)"_s << u"\\\\&#124;\\!\\[a\\]\\(b\\)"_s;
    QTest::newRow("an issue") << u"o/r#12 #x"_s << u"o/r\\#&#8203;12 \\#x"_s << u"`o/r#12 #x`"_s;
    QTest::newRow("code") << u"a`b``c"_s << u"a\\`b\\`\\`c"_s << u"```a`b``c```"_s;
    QTest::newRow("code at its ends") << u"`a`"_s << u"\\`a\\`"_s << u"`` `a` ``"_s;
    QTest::newRow("somebody's name") << u"@ada"_s << u"@&#8203;ada"_s << u"`@ada`"_s;
    QTest::newRow("lines") << u"a\n# b"_s << u"a⟨U\\+000A⟩\\# b"_s << u"`a⟨U+000A⟩# b`"_s;
    QTest::newRow("nothing") << u""_s << u""_s << u""_s;
}

void TestQuoting::writesMarkdownThatSaysOnlyItself()
{
    QFETCH(QString, text);
    QFETCH(QString, plain);
    QFETCH(QString, code);
    QCOMPARE(base::markdownText(text), plain);
    QCOMPARE(base::markdownCode(text), code);
}

void TestQuoting::writesBlocksThatNothingCloses()
{
    QCOMPARE(base::markdownBlock(u"a\nb"_s, u"http"_s), u"```http\na\nb\n```\n"_s);
    QCOMPARE(base::markdownBlock(u"a\n```\n<b>"_s, {}), u"````\na\n```\n<b>\n````\n"_s);
    QCOMPARE(base::markdownBlock(u"a\x1b\u202E"_s, {}), u"```\na⟨U+001B⟩⟨U+202E⟩\n```\n"_s);
}

void TestQuoting::writesJsonThatNoTerminalObeys_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("plain") << u"a b"_s << R"(["a b"])"_ba;
    QTest::newRow("letters of all kinds") << u"äβ字😀"_s << "[\"äβ字😀\"]"_ba;
    QTest::newRow("a line end and an escape") << u"\n\x1b"_s << R"(["\n\u001b"])"_ba;
    QTest::newRow("DEL") << u"\x7f"_s << R"(["\u007f"])"_ba;
    QTest::newRow("C1") << u"\u009b2J"_s << R"(["\u009b2J"])"_ba;
    QTest::newRow("a mark that turns") << u"a\u202Eb"_s << R"(["a\u202eb"])"_ba;
    QTest::newRow("a line separator") << u"\u2028"_s << R"(["\u2028"])"_ba;
    QTest::newRow("an invisible tag") << u"\U000E0041"_s << R"(["\udb40\udc41"])"_ba;
}

void TestQuoting::writesJsonThatNoTerminalObeys()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, json);
    const QByteArray written = base::terminalJson(base::writeJson(QJsonArray{text}));
    QCOMPARE(written, json);
    QCOMPARE(base::readJson(written).value(), QJsonValue(QJsonArray{text}));
}

GATEHOUSE_TEST(TestQuoting)
#include "tst_quoting.moc"
