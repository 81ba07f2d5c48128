// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/label.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse::app;
using namespace Qt::StringLiterals;

class TestLabel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void breaksLongWordsWhereverItIsToldToWrap();
    void keepsWhatItWasTold();
};

void TestLabel::breaksLongWordsWhereverItIsToldToWrap()
{
    const QString word(300, u'x');
    Label whole(word);
    const int wholeWidth = whole.minimumSizeHint().width();
    Label after(word);
    after.setWordWrap(true);
    Label before;
    before.setWordWrap(true);
    before.setText(word);
    QCOMPARE(after.text(), before.text());
    QVERIFY2(after.minimumSizeHint().width() * 4 < wholeWidth, qPrintable(QString::number(wholeWidth)));
    after.setWordWrap(false);
    QCOMPARE(after.text(), word);
}

void TestLabel::keepsWhatItWasTold()
{
    const QString text = QString(100, u'x') + u"\u202E\u05D0"_s;
    Label label;
    label.setWordWrap(true);
    label.setText(text);
    QCOMPARE(label.source(), text);
    QVERIFY(label.text().contains(u"⟨U+202E⟩"_s));
}

GATEHOUSE_TEST(TestLabel)
#include "tst_label.moc"
