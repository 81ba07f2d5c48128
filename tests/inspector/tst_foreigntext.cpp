// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/foreigntext.h"
#include "support/unit.h"

#include <QTest>
#include <QTextDocumentFragment>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestForeignText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTextInToolTips_data();
    void showsTextInToolTips();
    void boundsToolTips();
};

void TestForeignText::showsTextInToolTips_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("words") << u"a & b"_s << u"a & b"_s;
    QTest::newRow("a picture") << u"<img src=\"/dev/zero\">"_s << u"<img src=\"/dev/zero\">"_s;
    QTest::newRow("an end of ours") << u"</qt><b>x"_s << u"</qt><b>x"_s;
    QTest::newRow("an entity") << u"&lt;b&gt;"_s << u"&lt;b&gt;"_s;
    QTest::newRow("lines of ours") << u"a\nb"_s << u"a\nb"_s;
    QTest::newRow("a mark that turns") << u"a\u202Eb"_s << u"a⟨U+202E⟩b"_s;
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

GATEHOUSE_TEST(TestForeignText)
#include "tst_foreigntext.moc"
