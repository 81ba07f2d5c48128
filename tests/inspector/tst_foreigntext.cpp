// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/foreigntext.h"

#include <QTest>
#include <QTextDocumentFragment>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestForeignText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesNothingThatIsObeyed_data();
    void leavesNothingThatIsObeyed();
    void showsTextInToolTips_data();
    void showsTextInToolTips();
    void boundsToolTips();
};

void TestForeignText::leavesNothingThatIsObeyed_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("nothing") << QString() << QString();
    QTest::newRow("words of all kinds") << u"a ä 字 😀 <b>"_s << u"a ä 字 😀 <b>"_s;
    QTest::newRow("an escape") << u"a\x1b[2J"_s << u"a\uFFFD[2J"_s;
    QTest::newRow("lines") << u"a\r\nb"_s << u"a\uFFFD\uFFFDb"_s;
    QTest::newRow("C1") << u"\u009b2J"_s << u"\uFFFD2J"_s;
    QTest::newRow("a mark that turns") << u"a\u202Eb"_s << u"a\uFFFDb"_s;
    QTest::newRow("a line separator") << u"a\u2028b"_s << u"a\uFFFDb"_s;
    QTest::newRow("an invisible tag") << u"a\U000E0041b"_s << u"a\uFFFDb"_s;
}

void TestForeignText::leavesNothingThatIsObeyed()
{
    QFETCH(QString, text);
    QTEST(inspector::harmless(text), "shown");
}

void TestForeignText::showsTextInToolTips_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("words") << u"a & b"_s << u"a & b"_s;
    QTest::newRow("a picture") << u"<img src=\"/dev/zero\">"_s << u"<img src=\"/dev/zero\">"_s;
    QTest::newRow("an end of ours") << u"</qt><b>x"_s << u"</qt><b>x"_s;
    QTest::newRow("an entity") << u"&lt;b&gt;"_s << u"&lt;b&gt;"_s;
    QTest::newRow("lines of ours") << u"a\nb"_s << u"a\nb"_s;
    QTest::newRow("a mark that turns") << u"a\u202Eb"_s << u"a\uFFFDb"_s;
}

void TestForeignText::showsTextInToolTips()
{
    QFETCH(QString, text);
    // What Qt makes of it where it is taken for rich text, which it always is.
    const QString tip = inspector::toolTipText(text);
    QVERIFY(Qt::mightBeRichText(tip));
    QTEST(QTextDocumentFragment::fromHtml(tip).toPlainText(), "shown");
}

void TestForeignText::boundsToolTips()
{
    QVERIFY(inspector::toolTipText({}).isEmpty());
    QVERIFY(inspector::toolTipText(QString(100'000, u'x')).size() < 1100);
}

QTEST_MAIN(TestForeignText)
#include "tst_foreigntext.moc"
