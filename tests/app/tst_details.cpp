// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/details.h"
#include "app/detailswindow.h"
#include "app/mainwindow.h"
#include "app/traffictable.h"
#include "app/trafficview.h"
#include "inspector/jsonmodel.h"
#include "support/openwindow.h"
#include "support/peer.h"
#include "support/unit.h"

#include <QAction>
#include <QApplication>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QTreeView>

using namespace gatehouse;
using namespace gatehouse::app;
using namespace Qt::StringLiterals;

/// The details of a request: where they stand, and what is found in them.
class TestDetails : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void cleanup() { m_open.reset(); }
    void standsWhereThereIsRoom();
    void standsWhereItIsWanted();
    void takesTheRoomOfTheListAndGivesItBack();
    void givesTheRoomBackWhereItsRowGoes();
    void opensInAWindowThatStaysWithItsRow();
    void opensNoMoreWindowsThanCanBeLookedAt();
    void restoresTheUsualLayout();
    void findsWordsInATree();
    void findsWordsInAText();
    void findsWordsInTables();
    void looksAnewInAnotherTabOrRow();
    void closesWithEscape();
    void comesForwardWithTheNextPlace();
    void goesOnFromWhereOneIs();
    void marksInTheSummaryWhateverItsWidth();
    void leavesTheKeyboardNowhereWhereTheyHaveAllTheRoom();
    void followsTheLookInItsWindow();
    void fitsIntoASmallWindow();
    void savesABody();

private:
    /// With a call that was let in, and one without a token, which is chosen.
    void open(int width = 1280)
    {
        m_open = std::make_unique<OpenWindow>();
        m_open->window()->resize(width, 800);
        QVERIFY(m_open->waitUntilReady());
        QCOMPARE(m_peer.call(resource(), m_peer.token(m_open->running().issuer)), 200);
        QCOMPARE(m_peer.call(resource(), {}), 401);
        QTRY_COMPARE(m_open->traffic()->rowCount(), 2);
        choose(1);
    }
    void choose(int row)
    {
        view()->table()->select(serialOf(row));
        QTRY_VERIFY(details()->isVisible());
    }
    [[nodiscard]] quint64 serialOf(int row) const { return m_open->traffic()->entryAt(row)->serial; }
    template <typename T> [[nodiscard]] T *child(const QString &name) const
    {
        T *found = m_open->window()->findChild<T *>(name);
        if (!found)
            qFatal("There is no %s.", qPrintable(name));
        return found;
    }
    void trigger(const QString &name) const { child<QAction>(name)->trigger(); }
    [[nodiscard]] QString resource() const { return m_open->running().resource; }
    [[nodiscard]] TrafficView *view() const { return child<TrafficView>(u"trafficView"_s); }
    [[nodiscard]] Details *details() const { return view()->details(); }
    [[nodiscard]] Qt::Orientation orientation() const
    {
        return child<QSplitter>(u"splitter"_s)->orientation();
    }
    [[nodiscard]] QString count() const { return details()->findChild<QLabel *>(u"findCount"_s)->text(); }
    void look(const QString &words) const
    {
        trigger(u"actionFind"_s);
        auto *field = details()->findChild<QLineEdit *>(u"findWords"_s);
        QVERIFY(field->hasFocus());
        field->setText(words);
    }

    std::unique_ptr<OpenWindow> m_open;
    Peer m_peer;
};

void TestDetails::standsWhereThereIsRoom()
{
    open();
    QCOMPARE(orientation(), Qt::Vertical);
    m_open->window()->resize(1400, 800);
    QTRY_COMPARE(orientation(), Qt::Horizontal);
    QVERIFY(details()->width() >= details()->tabBar()->sizeHint().width());
    QVERIFY(view()->table()->width() > details()->width());
    m_open->window()->resize(1370, 800); // Nothing jumps for a few pixels.
    QTest::qWait(0);
    QCOMPARE(orientation(), Qt::Horizontal);
    m_open->window()->resize(1350, 800);
    QTRY_COMPARE(orientation(), Qt::Vertical);
}

void TestDetails::standsWhereItIsWanted()
{
    open(1440);
    QTRY_COMPARE(orientation(), Qt::Horizontal);
    trigger(u"actionDetailsBelow"_s);
    QCOMPARE(orientation(), Qt::Vertical);
    trigger(u"actionDetailsRight"_s);
    m_open->window()->resize(1200, 800);
    QTest::qWait(0);
    QCOMPARE(orientation(), Qt::Horizontal);
    QVERIFY(child<QAction>(u"actionDetailsRight"_s)->isChecked());
    trigger(u"actionDetailsByRoom"_s);
    QCOMPARE(orientation(), Qt::Vertical);
}

void TestDetails::takesTheRoomOfTheListAndGivesItBack()
{
    open();
    view()->table()->setFocus();
    const int height = details()->height();
    trigger(u"actionMaximiseDetails"_s);
    QVERIFY(!view()->table()->isVisible());
    QTRY_VERIFY(details()->height() > height + 100);
    QVERIFY(details()->isAncestorOf(QApplication::focusWidget()));
    trigger(u"actionPrevious"_s); // The rows are there all the same.
    QTRY_COMPARE(view()->table()->currentSerial(), serialOf(0));
    trigger(u"actionMaximiseDetails"_s);
    QVERIFY(view()->table()->isVisible());
    QTRY_VERIFY(std::abs(details()->height() - height) <= 2);
}

void TestDetails::givesTheRoomBackWhereItsRowGoes()
{
    open();
    trigger(u"actionMaximiseDetails"_s);
    trigger(u"actionClear"_s);
    QTRY_VERIFY(!details()->isVisible());
    QVERIFY(!view()->isDetailsMaximised());
    trigger(u"actionMaximiseDetails"_s); // There are none.
    QVERIFY(!view()->isDetailsMaximised());
}

void TestDetails::opensInAWindowThatStaysWithItsRow()
{
    open();
    const QRect row = view()->table()->visualRect(view()->table()->currentIndex());
    QTest::mouseClick(view()->table()->viewport(), Qt::LeftButton, {}, row.center());
    QTest::mouseDClick(view()->table()->viewport(), Qt::LeftButton, {}, row.center());
    auto *window = m_open->window()->findChild<DetailsWindow *>();
    QVERIFY(window);
    QVERIFY(window->isVisible());
    const QString sentence = window->findChild<QLabel *>(u"stripSentence"_s)->text();
    choose(0);
    QCOMPARE(window->findChild<QLabel *>(u"stripSentence"_s)->text(), sentence);
    trigger(u"actionDetailsWindow"_s); // Of another row.
    QCOMPARE(m_open->window()->findChildren<DetailsWindow *>().size(), 2);
    trigger(u"actionDetailsWindow"_s); // It is open.
    QCOMPARE(m_open->window()->findChildren<DetailsWindow *>().size(), 2);
    trigger(u"actionClear"_s); // What was read stays.
    QCOMPARE(window->findChild<QLabel *>(u"stripSentence"_s)->text(), sentence);
    QTest::keyClick(window, Qt::Key_Escape);
    QTRY_COMPARE(m_open->window()->findChildren<DetailsWindow *>().size(), 1);
}

void TestDetails::opensNoMoreWindowsThanCanBeLookedAt()
{
    open();
    for (int i = 0; i < 24; ++i)
        QCOMPARE(m_peer.call(resource(), {}), 401);
    QTRY_COMPARE(m_open->traffic()->rowCount(), 26);
    for (int row = 0; row < 26; ++row) {
        choose(row);
        trigger(u"actionDetailsWindow"_s);
    }
    QCOMPARE(m_open->window()->findChildren<DetailsWindow *>().size(), 20);
    QVERIFY(m_open->window()->statusBar()->currentMessage().contains(u"20"_s));
}

void TestDetails::restoresTheUsualLayout()
{
    open();
    const QList<int> sizes = child<QSplitter>(u"splitter"_s)->sizes();
    child<QSplitter>(u"splitter"_s)->setSizes({100, 600});
    view()->table()->setColumnHidden(2, true);
    trigger(u"actionDetailsRight"_s);
    trigger(u"actionMaximiseDetails"_s);
    m_open->window()->resize(1100, 760);
    trigger(u"actionRestoreLayout"_s);
    QTRY_COMPARE(m_open->window()->size(), QSize(1280, 800));
    QCOMPARE(orientation(), Qt::Vertical);
    QVERIFY(view()->table()->isVisible());
    QVERIFY(!view()->table()->isColumnHidden(2));
    QTRY_VERIFY(std::abs(child<QSplitter>(u"splitter"_s)->sizes().first() - sizes.first()) < 30);
    QVERIFY(child<QAction>(u"actionDetailsByRoom"_s)->isChecked());
}

void TestDetails::findsWordsInATree()
{
    open();
    choose(0);
    details()->setTab(Details::Response);
    auto *tree = child<QTreeView>(u"responseTree"_s);
    tree->collapseAll();
    look(u"LOVELACE"_s);
    QTRY_VERIFY2(count().startsWith(u"1 of "_s), qPrintable(count()));
    const QModelIndex first = tree->currentIndex();
    QVERIFY(first.data().toString().contains(u"Lovelace"_s));
    QVERIFY(tree->isExpanded(first.parent()));
    trigger(u"actionFindNext"_s);
    QVERIFY(count().startsWith(u"2 of "_s));
    QVERIFY(tree->currentIndex() != first);
    trigger(u"actionFindPrevious"_s);
    QCOMPARE(tree->currentIndex(), first);
    trigger(u"actionFindPrevious"_s); // Around.
    const QStringList last = count().split(u" of "_s);
    QCOMPARE(last.first(), last.last());
}

void TestDetails::findsWordsInAText()
{
    open();
    choose(0);
    details()->setTab(Details::Response);
    child<QPushButton>(u"responseAsText"_s)->click();
    look(u"lovelace"_s);
    QTRY_VERIFY(count().startsWith(u"1 of "_s));
    auto *text = child<QPlainTextEdit>(u"responseText"_s);
    QCOMPARE(text->textCursor().selectedText().toLower(), u"lovelace"_s);
    QCOMPARE(QString::number(text->extraSelections().size()), count().section(u" of "_s, 1));
    const int place = text->textCursor().selectionStart();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QVERIFY(text->textCursor().selectionStart() > place);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(text->textCursor().selectionStart(), place);
    details()->setTab(Details::Summary);
    QVERIFY(text->extraSelections().isEmpty());
}

void TestDetails::findsWordsInTables()
{
    open();
    choose(0);
    details()->setTab(Details::Headers);
    look(u"bearer"_s);
    QTRY_VERIFY2(count().startsWith(u"1 of "_s), qPrintable(count()));
    details()->setTab(Details::Token);
    look(u"ada@example"_s);
    QTRY_VERIFY2(count().startsWith(u"1 of "_s), qPrintable(count()));
    look(u"no such word"_s);
    QTRY_COMPARE(count(), u"not found"_s);
    QVERIFY(!details()->findChild<QPushButton *>(u"findNext"_s)->isEnabled());
}

void TestDetails::looksAnewInAnotherTabOrRow()
{
    open();
    choose(0);
    details()->setTab(Details::Response);
    look(u"Sign in to use"_s);
    QTRY_COMPARE(count(), u"not found"_s);
    choose(1);
    QTRY_COMPARE(count(), u"found: 1"_s);
    details()->setTab(Details::Token); // It has none, and nothing to look through.
    QCOMPARE(count(), u"not found"_s);
    trigger(u"actionFindNext"_s);
    QCOMPARE(count(), u"not found"_s);
}

void TestDetails::closesWithEscape()
{
    open();
    details()->setTab(Details::Headers);
    look(u"host"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!child<QWidget>(u"findBar"_s)->isVisible());
    QCOMPARE(QApplication::focusWidget()->objectName(), u"headers"_s);
    trigger(u"actionFindNext"_s); // Opens it with what was looked for.
    QVERIFY(child<QWidget>(u"findBar"_s)->isVisible());
    QCOMPARE(child<QLineEdit>(u"findWords"_s)->text(), u"host"_s);
}

void TestDetails::comesForwardWithTheNextPlace()
{
    open();
    trigger(u"actionKeys"_s);
    trigger(u"actionFindNext"_s);
    QVERIFY(view()->isVisible());
    QVERIFY(child<QLineEdit>(u"findWords"_s)->isVisible() && child<QLineEdit>(u"findWords"_s)->hasFocus());
}

void TestDetails::goesOnFromWhereOneIs()
{
    open();
    choose(0);
    details()->setTab(Details::Response);
    look(u"a"_s);
    QTRY_VERIFY(count().startsWith(u"1 of "_s));
    trigger(u"actionFindNext"_s);
    QVERIFY(count().startsWith(u"2 of "_s));
    Q_EMIT m_open->traffic()->entryChanged(serialOf(0)); // Completed, or pinned.
    trigger(u"actionFindNext"_s);
    QVERIFY2(count().startsWith(u"3 of "_s), qPrintable(count()));
}

void TestDetails::marksInTheSummaryWhateverItsWidth()
{
    open();
    details()->setTab(Details::Summary);
    look(u"token"_s);
    QTRY_VERIFY(count().startsWith(u"1 of "_s));
    auto *summary = child<QTextBrowser>(u"summary"_s);
    m_open->window()->resize(900, 800); // One column.
    QTest::qWait(0);
    for (const QTextEdit::ExtraSelection &mark : summary->extraSelections())
        QCOMPARE(mark.cursor.selectedText().toLower(), u"token"_s);
    QVERIFY(!summary->extraSelections().isEmpty());
}

void TestDetails::leavesTheKeyboardNowhereWhereTheyHaveAllTheRoom()
{
    open();
    trigger(u"actionMaximiseDetails"_s);
    trigger(u"actionKeys"_s);
    trigger(u"actionTraffic"_s);
    QVERIFY(QApplication::focusWidget() && QApplication::focusWidget()->isVisible());
    view()->focusFilter();
    QTest::keyClick(view()->filter(), Qt::Key_Escape);
    QVERIFY(QApplication::focusWidget()->isVisible() && !view()->filter()->hasFocus());
    view()->setFilterText(u"no such word"_s); // What can be done about it is to be seen.
    QVERIFY(!view()->isDetailsMaximised());
    QVERIFY(child<QPushButton>(u"emptyButton"_s)->isVisible());
}

void TestDetails::followsTheLookInItsWindow()
{
    open();
    const auto usual = qScopeGuard([this] { trigger(u"actionLight"_s); });
    trigger(u"actionLight"_s);
    trigger(u"actionDetailsWindow"_s);
    auto *window = m_open->window()->findChild<DetailsWindow *>();
    const QString before = window->findChild<QTextBrowser *>(u"summary"_s)->toHtml();
    trigger(u"actionDark"_s);
    QVERIFY(window->findChild<QTextBrowser *>(u"summary"_s)->toHtml() != before);
}

void TestDetails::fitsIntoASmallWindow()
{
    open(1024);
    trigger(u"actionDetailsRight"_s);
    QVERIFY2(m_open->window()->minimumSizeHint().width() <= 1024,
             qPrintable(QString::number(m_open->window()->minimumSizeHint().width())));
}

void TestDetails::savesABody()
{
    open();
    choose(0);
    details()->setTab(Details::Response);
    const QTemporaryDir folder;
    child<QPushButton>(u"responseSave"_s)->click();
    auto *dialog = m_open->window()->findChild<QFileDialog *>();
    QVERIFY(dialog);
    Q_EMIT dialog->fileSelected(folder.filePath(u"body.json"_s));
    dialog->close();
    QFile file(folder.filePath(u"body.json"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(base::readJsonObject(file.readAll()));
    QVERIFY(m_open->window()->statusBar()->currentMessage().startsWith(u"Saved as "_s));
}

GATEHOUSE_TEST(TestDetails)
#include "tst_details.moc"
