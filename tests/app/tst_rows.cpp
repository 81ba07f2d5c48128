// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/mainwindow.h"
#include "app/timestrip.h"
#include "app/traffictable.h"
#include "app/trafficview.h"
#include "support/openwindow.h"
#include "support/peer.h"
#include "support/unit.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPointer>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTest>
#include <QToolButton>

using namespace gatehouse;
using namespace gatehouse::app;
using namespace Qt::StringLiterals;

/// Ways through the rows of the traffic: by number, pin, session and filter.
class TestRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init()
    {
        m_open = std::make_unique<OpenWindow>();
        QVERIFY(m_open->waitUntilReady());
        // Two programs take turns.
        for (const char *agent : {"one/1", "two/1", "one/1", "two/1", "one/1"})
            QCOMPARE(m_peer.ask("POST", m_open->running().resource, {{"User-Agent", agent}}, "{}").status,
                     401);
        QTRY_COMPARE(m_open->traffic()->rowCount(), 5);
    }
    void cleanup() { m_open.reset(); }
    void goesToANumber();
    void goesFromPinToPin();
    void staysWithASession();
    void goesBackThroughTheFilters();
    void filtersByASpanOfTheStrip();
    void goesOnFromARowThatTheFilterHides();
    void showsWhatIsAskedForBesideMaximisedDetails();
    void offersWhatBelongsToARow();
    void keepsFilters();

private:
    template <typename T> [[nodiscard]] T *child(const QString &name) const
    {
        T *found = m_open->window()->findChild<T *>(name);
        if (!found)
            qFatal("There is no %s.", qPrintable(name));
        return found;
    }
    void trigger(const QString &name) const { child<QAction>(name)->trigger(); }
    [[nodiscard]] TrafficView *view() const { return child<TrafficView>(u"trafficView"_s); }
    [[nodiscard]] quint64 serialOf(int row) const { return m_open->traffic()->entryAt(row)->serial; }
    [[nodiscard]] int currentRow() const
    {
        return m_open->traffic()->rowOf(view()->table()->currentSerial());
    }
    [[nodiscard]] QString filter() const { return view()->filter()->text(); }
    [[nodiscard]] QList<QAction *> menu() const
    {
        auto *filters = child<QMenu>(u"filtersMenu"_s);
        Q_EMIT filters->aboutToShow();
        return filters->actions();
    }

    std::unique_ptr<OpenWindow> m_open;
    Peer m_peer;
};

void TestRows::goesToANumber()
{
    view()->setFilterText(u"client:one"_s);
    trigger(u"actionGoTo"_s);
    auto *field = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(field);
    QCOMPARE(field->text(), u"#"_s);
    field->setText(u"#%1"_s.arg(serialOf(0) + 1)); // Which the filter hides.
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(filter(), QString());
    QCOMPARE(currentRow(), 1);
    trigger(u"actionGoTo"_s);
    field = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    field->setText(u"99999"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(m_open->window()->statusBar()->currentMessage().contains(u"99999"_s));
    QCOMPARE(currentRow(), 1);
}

void TestRows::goesFromPinToPin()
{
    for (const int row : {1, 3})
        m_open->traffic()->setPinned(serialOf(row), true);
    view()->table()->select(serialOf(0));
    trigger(u"actionNextPin"_s);
    QCOMPARE(currentRow(), 1);
    trigger(u"actionNextPin"_s);
    QCOMPARE(currentRow(), 3);
    trigger(u"actionNextPin"_s); // There is no other.
    QCOMPARE(currentRow(), 3);
    trigger(u"actionPreviousPin"_s);
    QCOMPARE(currentRow(), 1);
}

void TestRows::staysWithASession()
{
    view()->table()->select(serialOf(1));
    trigger(u"actionNextOfSession"_s);
    QCOMPARE(currentRow(), 3);
    trigger(u"actionNextOfSession"_s);
    QCOMPARE(currentRow(), 3);
    trigger(u"actionPreviousOfSession"_s);
    QCOMPARE(currentRow(), 1);
    trigger(u"actionNext"_s); // Whoever it is of.
    QCOMPARE(currentRow(), 2);
}

void TestRows::goesBackThroughTheFilters()
{
    view()->setFilterText(u"client:one"_s);
    view()->setFilterText(u"client:two"_s);
    QCOMPARE(m_open->traffic()->rowCount(), 2);
    trigger(u"actionFilterBack"_s);
    QCOMPARE(filter(), u"client:one"_s);
    QCOMPARE(m_open->traffic()->rowCount(), 3);
    trigger(u"actionFilterBack"_s);
    QCOMPARE(filter(), QString());
    trigger(u"actionFilterBack"_s);
    QCOMPARE(filter(), QString());
    trigger(u"actionFilterForward"_s);
    QCOMPARE(filter(), u"client:one"_s);
    view()->filter()->setText(u"is:failed"_s); // Being typed.
    trigger(u"actionFilterBack"_s);
    QCOMPARE(filter(), u"client:one"_s);
    trigger(u"actionFilterForward"_s);
    QCOMPARE(filter(), u"is:failed"_s);
}

void TestRows::filtersByASpanOfTheStrip()
{
    auto *strip = child<TimeStrip>(u"timeStrip"_s);
    QTRY_VERIFY2(strip->accessibleName().contains(u"5 requests"_s), qPrintable(strip->accessibleName()));
    strip->setFocus();
    QTest::keyClick(strip, Qt::Key_Left);
    for (int i = 0; i < 59; ++i)
        QTest::keyClick(strip, Qt::Key_Left, Qt::ShiftModifier);
    QVERIFY(strip->accessibleDescription().startsWith(u"From "_s));
    QTest::keyClick(strip, Qt::Key_Return);
    QVERIFY2(filter().startsWith(u"time:"_s), qPrintable(filter()));
    QCOMPARE(m_open->traffic()->rowCount(), 5);
    QVERIFY(view()->table()->hasFocus());
    // Half a minute ago there was nothing.
    const QPoint middle(strip->width() / 2, strip->height() / 2);
    QTest::mousePress(strip, Qt::LeftButton, {}, middle - QPoint(strip->width() / 4, 0));
    QTest::mouseMove(strip, middle);
    QTest::mouseRelease(strip, Qt::LeftButton, {}, middle);
    QVERIFY(filter().startsWith(u"time:"_s));
    QCOMPARE(m_open->traffic()->rowCount(), 0);
    // It narrows what is asked for, in place of another span.
    view()->setFilterText(u"client:one time:00:00-00:01"_s);
    strip->setFocus();
    QTest::keyClick(strip, Qt::Key_Left);
    for (int i = 0; i < 59; ++i)
        QTest::keyClick(strip, Qt::Key_Left, Qt::ShiftModifier);
    QTest::keyClick(strip, Qt::Key_Return);
    QVERIFY2(filter().startsWith(u"client:one time:"_s) && !filter().contains(u"00:00-00:01"_s),
             qPrintable(filter()));
    QCOMPARE(m_open->traffic()->rowCount(), 3);
    strip->setFocus();
    QTest::keyClick(strip, Qt::Key_Left);
    QTest::keyClick(strip, Qt::Key_Escape);
    QVERIFY(strip->accessibleDescription().startsWith(u"Left and Right"_s)); // What it is for.
    view()->setFilterText({});
    view()->clear();
    QVERIFY2(strip->accessibleName().contains(u" 0 requests"_s), qPrintable(strip->accessibleName()));
    trigger(u"actionTimeStrip"_s);
    QVERIFY(!strip->isVisible());
}

void TestRows::goesOnFromARowThatTheFilterHides()
{
    const quint64 first = serialOf(0);
    view()->table()->select(first + 1); // Of the second program.
    view()->setFilterText(u"client:one"_s);
    trigger(u"actionNext"_s);
    QCOMPARE(view()->table()->currentSerial(), first + 2);
    view()->setFilterText({});
    view()->table()->select(first + 3);
    view()->setFilterText(u"client:one"_s);
    trigger(u"actionPrevious"_s);
    QCOMPARE(view()->table()->currentSerial(), first + 2);
}

void TestRows::showsWhatIsAskedForBesideMaximisedDetails()
{
    view()->table()->select(serialOf(2));
    view()->maximiseDetails(true);
    QVERIFY(!view()->table()->isVisible());
    trigger(u"actionFilterBack"_s);
    view()->setFilterText(u"client:one"_s);
    trigger(u"actionFilterBack"_s);
    QVERIFY(view()->table()->isVisible());
    view()->maximiseDetails(true);
    trigger(u"actionPalette"_s);
    auto *words = child<QLineEdit>(u"paletteField"_s);
    words->setText(u"client:two"_s);
    QTest::keyClick(words, Qt::Key_Return);
    QTRY_COMPARE(filter(), u"client:two"_s);
    QVERIFY(view()->table()->isVisible());
    QTRY_VERIFY(view()->table()->hasFocus());
}

void TestRows::offersWhatBelongsToARow()
{
    QCOMPARE(m_peer.call(m_open->running().resource, m_peer.token(m_open->running().issuer)), 200);
    QTRY_COMPARE(m_open->traffic()->rowCount(), 6);
    view()->table()->select(serialOf(5));
    const auto menu = [this] {
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, QCursor::pos());
        QApplication::sendEvent(view()->table(), &event);
        return QPointer(m_open->window()->findChild<QMenu *>(u"trafficMenu"_s));
    };
    QPointer<QMenu> opened = menu();
    QVERIFY(!opened->findChild<QAction *>(u"sameSession"_s)); // It has none.
    opened->findChild<QAction *>(u"copyResponseBody"_s)->trigger();
    QVERIFY(QApplication::clipboard()->text().contains(u"Lovelace"_s));
    QTRY_COMPARE(m_open->window()->statusBar()->currentMessage(), u"Copied"_s);
    opened->findChild<QAction *>(u"sameToken"_s)->trigger();
    QVERIFY(filter().startsWith(u"token:"_s));
    QCOMPARE(m_open->traffic()->rowCount(), 1);
    opened->close();
}

void TestRows::keepsFilters()
{
    QVERIFY(!menu().first()->isEnabled()); // There is none to save.
    view()->setFilterText(u"client:one"_s);
    QCOMPARE(menu().first()->text(), u"Save this filter"_s);
    menu().first()->trigger();
    QCOMPARE(view()->savedFilters(), QStringList{u"client:one"_s});
    view()->setFilterText({});
    const QList<QAction *> actions = menu();
    QCOMPARE(actions.last()->text(), u"client:one"_s);
    actions.last()->trigger();
    QCOMPARE(filter(), u"client:one"_s);
    QCOMPARE(menu().first()->text(), u"Forget this filter"_s);
    menu().first()->trigger();
    QVERIFY(view()->savedFilters().isEmpty());
}

GATEHOUSE_TEST(TestRows)
#include "tst_rows.moc"
