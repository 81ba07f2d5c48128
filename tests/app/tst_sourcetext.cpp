// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/foreigndelegate.h"
#include "app/htmlview.h"
#include "app/label.h"
#include "app/sourcetext.h"
#include "support/unit.h"

#include <QApplication>
#include <QClipboard>
#include <QRandomGenerator>
#include <QTest>
#include <QTreeWidget>

using namespace gatehouse::app;
using namespace Qt::StringLiterals;

/// What is shown has nothing that is obeyed; what is copied is what came.
class TestSourceText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void copiesWhatCame();
    void copiesThePartThatIsSelected();
    void copiesNoIsolatesFromAPage();
    void keepsWhatRunsFromTheRightInItsPlace();
    void showsACellAsItIsReadAndCopiesWhatCame();

private:
    static QString copied() { return QApplication::clipboard()->text(); }
};

void TestSourceText::copiesWhatCame()
{
    SourceText view(u"view"_s, u"View"_s);
    QRandomGenerator random(20261129);
    const QString alphabet = u"ab \"\n\r\tשםאب\u202E\u200D\u2068\u2028\u00A0\uFDD0\uFFFC\0é"_s;
    for (int round = 0; round < 500; ++round) {
        QString source;
        for (int i = 1 + random.bounded(60); i > 0; --i)
            source += alphabet[random.bounded(alphabet.size())];
        view.setSource(source);
        QVERIFY(!view.toPlainText().contains(QChar(0x202E)));
        view.selectAll();
        view.copy();
        QCOMPARE(copied(), source);
    }
}

void TestSourceText::copiesThePartThatIsSelected()
{
    SourceText view(u"view"_s, u"View"_s);
    view.setSource(u"{\r\n\t\"name\": \"שלום\u00A0!\"\r\n}"_s);
    const QTextCursor found = view.document()->find(u"name"_s);
    QTextCursor cursor = view.textCursor();
    cursor.setPosition(found.selectionStart());
    cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
    view.setTextCursor(cursor);
    view.copy();
    QCOMPARE(copied(), u"name\": \"שלום\u00A0!\"\r\n}"_s);
}

void TestSourceText::copiesNoIsolatesFromAPage()
{
    HtmlView page;
    page.setHtml(u"<p>Called \u2068שלום\u2069 (2)</p>"_s);
    page.selectAll();
    page.copy();
    QCOMPARE(copied(), u"Called שלום (2)"_s);
}

void TestSourceText::keepsWhatRunsFromTheRightInItsPlace()
{
    const Label label(u"שלום (12) was refused\u202E"_s);
    QCOMPARE(label.text(), u"\u2068שלום\u2069 (12) was refused⟨U+202E⟩"_s);
    QVERIFY(!label.text().isRightToLeft());
}

void TestSourceText::showsACellAsItIsReadAndCopiesWhatCame()
{
    const QString came = u"שלום (12)\u202E\t"_s;
    QTreeWidget list;
    auto *delegate = new ForeignDelegate(&list);
    list.setItemDelegate(delegate);
    new QTreeWidgetItem(&list, {came});
    QCOMPARE(delegate->displayText(came, QLocale()), u"\u2068שלום\u2069 (12)⟨U+202E⟩⟨U+0009⟩"_s);
    list.setCurrentItem(list.topLevelItem(0));
    QTest::keySequence(&list, QKeySequence::Copy);
    QCOMPARE(copied(), came);
}

GATEHOUSE_TEST(TestSourceText)
#include "tst_sourcetext.moc"
