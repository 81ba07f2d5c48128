// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/mainwindow.h"
#include "app/palette.h"
#include "support/openwindow.h"
#include "support/unit.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QStandardPaths>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::app;
using namespace Qt::StringLiterals;

/// Everything that can be done, found by words.
class TestPalette : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void cleanup() { m_open.reset(); }
    void findsByWords_data();
    void findsByWords();
    void findsNoMoreThanIsShown();
    void doesWhatIsChosen();
    void leadsToToolsAndSettings();
    void filtersTheTrafficByWhateverIsTyped();
    void givesTheFocusBack();
    void namesEveryActionOfTheMenus();

private:
    void open()
    {
        m_open = std::make_unique<OpenWindow>();
        m_open->window()->activateWindow();
        QVERIFY(m_open->waitForServer());
        child<QAction>(u"actionPalette"_s)->trigger();
        QVERIFY(palette()->isVisible());
    }
    template <typename T> [[nodiscard]] T *child(const QString &name) const
    {
        T *found = m_open->window()->findChild<T *>(name);
        if (!found)
            qFatal("There is no %s.", qPrintable(name));
        return found;
    }
    [[nodiscard]] Palette *palette() const { return child<Palette>(u"palette"_s); }
    [[nodiscard]] QLineEdit *field() const { return child<QLineEdit>(u"paletteField"_s); }
    [[nodiscard]] QListWidget *list() const { return child<QListWidget>(u"paletteList"_s); }
    void press(Qt::Key key) const { QTest::keyClick(field(), key); }

    std::unique_ptr<OpenWindow> m_open;
};

void TestPalette::findsByWords_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QList<int>>("found");
    QTest::newRow("nothing: all of it") << QString() << QList<int>{0, 1, 2, 3};
    QTest::newRow("what begins so comes first") << u"st"_s << QList<int>{2, 3, 1, 0};
    QTest::newRow("in any case") << u"STOP"_s << QList<int>{3};
    QTest::newRow("by its place") << u"traffic"_s << QList<int>{0};
    QTest::newRow("two words in any order") << u"server st"_s << QList<int>{2, 3};
    QTest::newRow("nothing holds it") << u"zebra"_s << QList<int>();
}

void TestPalette::findsByWords()
{
    QFETCH(const QString, typed);
    const QList<PaletteEntry> entries{{u"Follow the newest"_s, u"Traffic"_s},
                                      {u"Last steps"_s, u"Client"_s},
                                      {u"Start"_s, u"Server"_s},
                                      {u"Stop"_s, u"Server"_s}};
    QTEST(paletteMatches(entries, typed, 10), "found");
}

void TestPalette::findsNoMoreThanIsShown()
{
    const QList<PaletteEntry> many(1000, PaletteEntry{u"One"_s});
    QCOMPARE(paletteMatches(many, u"one"_s, 50).size(), 50);
}

void TestPalette::doesWhatIsChosen()
{
    open();
    QTest::keyClicks(field(), u"keys"_s);
    QCOMPARE(list()->currentRow(), 0);
    press(Qt::Key_Down);
    press(Qt::Key_Up);
    QCOMPARE(list()->currentItem()->text(), u"Keys"_s);
    press(Qt::Key_Return);
    QVERIFY(!palette()->isVisible());
    QTRY_VERIFY(child<QWidget>(u"keysView"_s)->isVisible());
}

void TestPalette::leadsToToolsAndSettings()
{
    open();
    QTRY_VERIFY([&] {
        child<QAction>(u"actionPalette"_s)->trigger(); // Once the tools are known.
        field()->setText(u"create-document"_s);
        return list()->count() > 0 && list()->item(0)->text() == u"create-document"_s;
    }());
    press(Qt::Key_Return);
    QTRY_COMPARE(child<QLabel>(u"offerTitle"_s)->text(), u"Create a document"_s);
    child<QAction>(u"actionPalette"_s)->trigger();
    field()->setText(u"clock settings"_s);
    QVERIFY(list()->count() > 0);
}

void TestPalette::filtersTheTrafficByWhateverIsTyped()
{
    open();
    field()->setText(u"auth:expired"_s);
    press(Qt::Key_End);
    list()->setCurrentRow(list()->count() - 1);
    press(Qt::Key_Return);
    QTRY_COMPARE(child<QLineEdit>(u"filter"_s)->text(), u"auth:expired"_s);
    QVERIFY(child<QWidget>(u"trafficView"_s)->isVisible());
}

void TestPalette::givesTheFocusBack()
{
    open();
    palette()->hide();
    auto *filter = child<QLineEdit>(u"filter"_s);
    filter->setFocus();
    child<QAction>(u"actionPalette"_s)->trigger();
    QCOMPARE(m_open->window()->focusWidget(), field());
    press(Qt::Key_Escape);
    QVERIFY(!palette()->isVisible());
    QCOMPARE(m_open->window()->focusWidget(), filter);
}

void TestPalette::namesEveryActionOfTheMenus()
{
    open();
    for (const QAction *action : m_open->window()->findChildren<QAction *>()) {
        if (!action->objectName().startsWith("action"_L1) || !action->isEnabled()
            || action->objectName() == "actionPalette"_L1)
            continue;
        field()->setText(QString(action->text()).remove(u'&'));
        bool isThere = false;
        for (int row = 0; row < list()->count(); ++row)
            isThere = isThere || list()->item(row)->text() == QString(action->text()).remove(u'&');
        QVERIFY2(isThere, qPrintable(action->objectName()));
    }
}

GATEHOUSE_TEST(TestPalette)
#include "tst_palette.moc"
