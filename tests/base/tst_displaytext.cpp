// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/displaytext.h"
#include "support/unit.h"

#include <QRandomGenerator>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestDisplayText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesNothingThatIsObeyed_data();
    void leavesNothingThatIsObeyed();
    void keepsTheWhiteSpaceOfATextOfLines();
    void isolatesWhatRunsFromTheRight_data();
    void isolatesWhatRunsFromTheRight();
    void knowsWhatStandsBehindWhatIsShown_data();
    void knowsWhatStandsBehindWhatIsShown();
    void givesBackWhatItWasGiven();
    void breaksWhatHasNoSpaces_data();
    void breaksWhatHasNoSpaces();
};

void TestDisplayText::leavesNothingThatIsObeyed_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    const auto same = [](const char *name, const QString &text) { QTest::newRow(name) << text << text; };
    same("nothing", QString());
    same("words of all kinds", u"a ä 字 😀 <b>"_s);
    same("joiners that Persian and Hindi need", u"می\u200Cخواهم क्\u200Dष क्\u200Cष"_s);
    same("an emoji of several", u"👩\u200D💻 👩🏽\u200D🚀 ❤\uFE0F\u200D🔥 1\uFE0F\u20E3"_s);
    same("a variant of a Han character", u"葛\U000E0100"_s);
    same("signs that are varied", u"\u203C\uFE0F \u2049\uFE0F \u3030\uFE0F \u303D\uFE0F \u00A9\uFE0F"_s);
    same("signs of Arabic that are seen", u"\u06DD\u0661 \u0600\u0661"_s);
    same("a joiner behind a mark", u"\u0915\u094D\u200D\u0937"_s);
    same("blanks of all widths", u"a\u00A0b\u3000c"_s);
    QTest::newRow("an escape") << u"a\x1b[2J"_s << u"a⟨U+001B⟩[2J"_s;
    QTest::newRow("lines") << u"a\r\n\tb"_s << u"a⟨U+000D⟩⟨U+000A⟩⟨U+0009⟩b"_s;
    QTest::newRow("NUL") << u"a\0b"_s << u"a⟨U+0000⟩b"_s;
    QTest::newRow("C1") << u"\u009b2J"_s << u"⟨U+009B⟩2J"_s;
    QTest::newRow("a mark that turns") << u"a\u202Eb"_s << u"a⟨U+202E⟩b"_s;
    QTest::newRow("isolates") << u"\u2066a\u2069"_s << u"⟨U+2066⟩a⟨U+2069⟩"_s;
    QTest::newRow("a line separator") << u"a\u2028b"_s << u"a⟨U+2028⟩b"_s;
    QTest::newRow("an invisible tag") << u"a\U000E0041b"_s << u"a⟨U+E0041⟩b"_s;
    QTest::newRow("a joiner between Latin letters") << u"ad\u200Dmin"_s << u"ad⟨U+200D⟩min"_s;
    QTest::newRow("a joiner at the start") << u"\u200Cx"_s << u"⟨U+200C⟩x"_s;
    QTest::newRow("joiners one after the other") << u"ن\u200C\u200Cx"_s << u"ن\u200C⟨U+200C⟩x"_s;
    QTest::newRow("selectors that could hide bytes")
        << u"😀\uFE00\uFE01\U000E0101"_s << u"😀\uFE00⟨U+FE01⟩⟨U+E0101⟩"_s;
    QTest::newRow("no width") << u"a\u200Bb\uFEFFc\u2060d\u00ADe"_s
                              << u"a⟨U+200B⟩b⟨U+FEFF⟩c⟨U+2060⟩d⟨U+00AD⟩e"_s;
    QTest::newRow("letters that are blank")
        << u"a\u3164b\u115Fc\uFFA0d\u2800"_s << u"a⟨U+3164⟩b⟨U+115F⟩c⟨U+FFA0⟩d⟨U+2800⟩"_s;
    QTest::newRow("a selector behind a letter") << u"a\uFE0Fdmin\U000E0150"_s << u"a⟨U+FE0F⟩dmin⟨U+E0150⟩"_s;
    QTest::newRow("a selector behind a digit") << u"1\uFE0F2"_s << u"1⟨U+FE0F⟩2"_s;
    QTest::newRow("a joiner behind a Latin letter with a mark")
        << u"e\u0301\u200Dx"_s << u"e\u0301⟨U+200D⟩x"_s;
    QTest::newRow("a joiner behind Hebrew") << u"\u05D0\u200Cx"_s << u"\u05D0⟨U+200C⟩x"_s;
    QTest::newRow("what stands for an object") << u"a\uFFFCb"_s << u"a⟨U+FFFC⟩b"_s;
    QTest::newRow("what is no character") << u"a\uFDD0b\U0001FFFEc"_s << u"a⟨U+FDD0⟩b⟨U+1FFFE⟩c"_s;
    QTest::newRow("half a pair") << u"a"_s + QChar(0xD800) + u'b' << u"a⟨U+D800⟩b"_s;
}

void TestDisplayText::leavesNothingThatIsObeyed()
{
    QFETCH(QString, text);
    QTEST(base::escapedForDisplay(text), "shown");
    // Twice changes nothing.
    QCOMPARE(base::escapedForDisplay(base::escapedForDisplay(text)), base::escapedForDisplay(text));
}

void TestDisplayText::keepsTheWhiteSpaceOfATextOfLines()
{
    const QString text = u"a\tb\nc\r\nd\re\x1b"_s;
    QCOMPARE(base::escapedForDisplay(text, base::Space::Tabs),
             u"a\tb⟨U+000A⟩c⟨U+000D⟩⟨U+000A⟩d⟨U+000D⟩e⟨U+001B⟩"_s);
    QCOMPARE(base::escapedForDisplay(text, base::Space::Text), u"a\tb\nc\r\nd⟨U+000D⟩e⟨U+001B⟩"_s);
}

void TestDisplayText::isolatesWhatRunsFromTheRight_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("nothing") << QString() << QString();
    QTest::newRow("from the left") << u"Tool \"get-x\" (2)."_s << u"Tool \"get-x\" (2)."_s;
    QTest::newRow("a name at the start")
        << u"שלום (12) was called"_s << u"\u2068שלום\u2069 (12) was called"_s;
    QTest::newRow("two words are one run") << u"x مرحبا يا y"_s << u"x \u2068مرحبا يا\u2069 y"_s;
    QTest::newRow("two lines are two") << u"שלום\nשלום"_s << u"\u2068שלום\u2069\n\u2068שלום\u2069"_s;
    QTest::newRow("a name and its value")
        << u"\"שלום\": \"שלום\""_s << u"\"\u2068שלום\u2069\": \"\u2068שלום\u2069\""_s;
    QTest::newRow("beyond the first plane") << u"a \U0001E900 b"_s << u"a \u2068\U0001E900\u2069 b"_s;
}

void TestDisplayText::isolatesWhatRunsFromTheRight()
{
    QFETCH(QString, text);
    QTEST(base::isolated(text), "shown");
    QVERIFY(!base::isolated(text).isRightToLeft());
    QCOMPARE(base::withoutIsolates(base::isolated(text)), text);
}

void TestDisplayText::knowsWhatStandsBehindWhatIsShown_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("selected"); // Of what is shown.
    QTest::addColumn<QString>("copied");
    QTest::newRow("plain") << u"abc"_s << u"b"_s << u"b"_s;
    QTest::newRow("behind an escape") << u"\u202Eabc"_s << u"bc"_s << u"bc"_s;
    QTest::newRow("an escape") << u"a\u202Eb"_s << u"⟨U+202E⟩"_s << u"\u202E"_s;
    QTest::newRow("a part of an escape") << u"a\U000E0041b"_s << u"+E00"_s << u"\U000E0041"_s;
    QTest::newRow("from one escape into the next") << u"\u202E\u202D!"_s << u"2E⟩⟨U"_s << u"\u202E\u202D"_s;
    QTest::newRow("what only looks like one") << u"⟨U+202E⟩"_s << u"⟨U+202E⟩"_s << u"⟨U+202E⟩"_s;
    QTest::newRow("an isolate") << u"a שלום b"_s << u"a \u2068שלום\u2069 b"_s << u"a שלום b"_s;
    QTest::newRow("a part of one") << u"a שלום b"_s << u"ום\u2069 b"_s << u"ום b"_s;
    QTest::newRow("an isolate of its own") << u"\u2068x"_s << u"⟨U+2068⟩x"_s << u"\u2068x"_s;
    QTest::newRow("a run behind an escape") << u"\x1b שלום!"_s << u"ום\u2069!"_s << u"ום!"_s;
    QTest::newRow("an escape behind a run") << u"שלום \x1b!"_s << u"1B⟩!"_s << u"\x1b!"_s;
    QTest::newRow("lines") << u"a\r\nb\r\n"_s << u"a\nb"_s << u"a\r\nb"_s;
    QTest::newRow("a line end") << u"a\r\nb\r\n"_s << u"\nb\n"_s << u"\r\nb\r\n"_s;
    QTest::newRow("up to a line end") << u"a\r\nb\r\n"_s << u"b"_s << u"b"_s;
    QTest::newRow("a lone return") << u"a\rb"_s << u"⟨U+000D⟩b"_s << u"\rb"_s;
}

void TestDisplayText::knowsWhatStandsBehindWhatIsShown()
{
    QFETCH(QString, source);
    QFETCH(QString, selected);
    const base::Displayed displayed(source);
    const qsizetype begin = displayed.text().indexOf(selected);
    QVERIFY2(begin >= 0, qPrintable(displayed.text()));
    QTEST(displayed.sourceOf(begin, begin + selected.size()), "copied");
}

void TestDisplayText::givesBackWhatItWasGiven()
{
    // Where one splits it changes nothing: each piece of the source comes once.
    QRandomGenerator random(20261129);
    const QString alphabet = u"ab \"\n\r\tשםאب\u202E\u200D\u2068\u00A0\uFDD0"_s;
    for (int round = 0; round < 2000; ++round) {
        QString source;
        for (int i = 1 + random.bounded(40); i > 0; --i)
            source += alphabet[random.bounded(alphabet.size())];
        const base::Displayed displayed(source);
        const QString all = displayed.text();
        QCOMPARE(displayed.sourceOf(0, all.size()), source);
        const QString escaped
            = base::escapedForDisplay(source, base::Space::Text).replace(u"\r\n"_s, u"\n"_s);
        QCOMPARE(all, base::isolated(escaped));
        QVERIFY(!all.isRightToLeft());
        for (qsizetype at = 0; at <= all.size(); ++at) {
            const QString first = displayed.sourceOf(0, at);
            QVERIFY(source.startsWith(first));
            QVERIFY(source.endsWith(displayed.sourceOf(at, all.size())));
            const qsizetype both = first.size() + displayed.sourceOf(at, all.size()).size();
            QVERIFY(both >= source.size()); // Nothing is lost; an escape that is cut counts twice.
            QVERIFY(both <= source.size() + 1);
        }
    }
}

void TestDisplayText::breaksWhatHasNoSpaces_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown"); // With | where a line may be broken.
    const QString ten = u"abcdefghij"_s;
    QTest::newRow("nothing") << QString() << QString();
    QTest::newRow("words") << u"a "_s.repeated(100) << u"a "_s.repeated(100);
    QTest::newRow("sixty letters") << ten.repeated(6) << ten.repeated(6);
    QTest::newRow("one more") << ten.repeated(6) + u'k' << ten.repeated(6) + u"|k"_s;
    QTest::newRow("three times as many")
        << ten.repeated(18) << ten.repeated(6) + u'|' + ten.repeated(6) + u'|' + ten.repeated(6);
    QTest::newRow("JSON") << u"{\"a\":1,"_s + ten.repeated(6) << u"{\"a\":1,|"_s + ten.repeated(6);
    QTest::newRow("a space in time") << ten.repeated(5) + u' ' + ten.repeated(5)
                                     << ten.repeated(5) + u' ' + ten.repeated(5);
    QTest::newRow("a long word behind a short one")
        << u"a "_s + ten.repeated(7) << u"a "_s + ten.repeated(6) + u'|' + ten;
    QTest::newRow("no pair is torn") << ten.repeated(5) + u"abcdefghi\U0001F600x"_s
                                     << ten.repeated(5) + u"abcdefghi|\U0001F600x"_s;
    QTest::newRow("no mark is torn off")
        << ten.repeated(5) + u"abcdefghij\u0338x"_s << ten.repeated(5) + u"abcdefghi|j\u0338x"_s;
    QTest::newRow("no mark is torn off a sign")
        << ten.repeated(5) + u"=\u0338"_s + ten << ten.repeated(5) + u"=\u0338abcdefgh|ij"_s;
    QTest::newRow("no joined picture is torn") << ten.repeated(5) + u"abcdefgh\U0001F469\u200D\U0001F680x"_s
                                               << ten.repeated(5) + u"abcdefgh|\U0001F469\u200D\U0001F680x"_s;
    QTest::newRow("no escape is torn")
        << ten.repeated(5) + u"abcdef⟨U+202E⟩x"_s << ten.repeated(5) + u"abcdef|⟨U+202E⟩x"_s;
    QTest::newRow("a space that is none")
        << ten.repeated(5) + u'\u00A0' + ten << ten.repeated(5) + u"\u00A0abcdefghi|j"_s;
    QTest::newRow("one mark after the other")
        << u"a"_s + QString(200, u'\u0301') << u"a"_s + QString(200, u'\u0301');
}

void TestDisplayText::breaksWhatHasNoSpaces()
{
    QFETCH(const QString, text);
    QFETCH(const QString, shown);
    QCOMPARE(base::breakable(text).replace(QChar(0x200B), u'|'), shown);
}

GATEHOUSE_TEST(TestDisplayText)
#include "tst_displaytext.moc"
