// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shortcutsdialog.h"
#include "support/openwindow.h"
#include "support/unit.h"

#include <QAction>
#include <QLineEdit>
#include <QStandardPaths>
#include <QTest>
#include <QTreeWidget>

using namespace gatehouse;
using namespace gatehouse::app;
using namespace Qt::StringLiterals;

/// The page of all keys.
class TestShortcuts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init()
    {
        m_open = std::make_unique<OpenWindow>();
        m_open->window()->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_open->window()));
        QTest::keyClick(m_open->window(), Qt::Key_F1);
        m_dialog = m_open->window()->findChild<ShortcutsDialog *>();
        QVERIFY(m_dialog && m_dialog->isVisible());
    }
    void cleanup() { m_open.reset(); }
    void namesEveryKeyThatThereIs();
    void findsByWordAndByKey();
    void opensOnceAndClosesWithEscape();

private:
    [[nodiscard]] QTreeWidget *list() const { return m_dialog->findChild<QTreeWidget *>(u"shortcuts"_s); }
    /// Those that are to be seen.
    [[nodiscard]] QStringList shown(int column) const
    {
        QStringList texts;
        for (int i = 0; i < list()->topLevelItemCount(); ++i) {
            const QTreeWidgetItem *head = list()->topLevelItem(i);
            for (int j = 0; j < head->childCount() && !head->isHidden(); ++j) {
                if (!head->child(j)->isHidden())
                    texts.append(head->child(j)->text(column));
            }
        }
        return texts;
    }

    std::unique_ptr<OpenWindow> m_open;
    ShortcutsDialog *m_dialog = nullptr;
};

void TestShortcuts::namesEveryKeyThatThereIs()
{
    const QStringList keys = shown(1);
    int actions = 0;
    for (const QAction *action : m_open->window()->findChildren<QAction *>()) {
        if (action->shortcut().isEmpty() || !action->objectName().startsWith(u"action"_s))
            continue;
        QVERIFY2(keys.contains(action->shortcut().toString(QKeySequence::NativeText)),
                 qPrintable(action->objectName()));
        ++actions;
    }
    QVERIFY(actions > 30);
    QVERIFY(keys.size() > actions); // Those of views, too.
    QVERIFY(!keys.contains(QString()));
}

void TestShortcuts::findsByWordAndByKey()
{
    auto *search = m_dialog->findChild<QLineEdit *>(u"shortcutSearch"_s);
    QTRY_VERIFY(search->hasFocus());
    const qsizetype all = shown(0).size();
    search->setText(u"FIND"_s);
    QVERIFY(shown(0).contains(u"Find again"_s));
    QVERIFY(shown(0).size() < all / 2);
    search->setText(u"shift+f8"_s);
    QCOMPARE(shown(0), QStringList{u"Next of the same session"_s});
    search->clear();
    QCOMPARE(shown(0).size(), all);
}

void TestShortcuts::opensOnceAndClosesWithEscape()
{
    QTest::keyClick(m_open->window(), Qt::Key_F1);
    QCOMPARE(m_open->window()->findChildren<ShortcutsDialog *>().size(), 1);
    QTest::keyClick(m_dialog, Qt::Key_Escape);
    QTRY_COMPARE(m_open->window()->findChildren<ShortcutsDialog *>().size(), 0);
}

GATEHOUSE_TEST(TestShortcuts)
#include "tst_shortcuts.moc"
