// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shortcutsdialog.h"

#include "app/screenroom.h"

#include <QAction>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

QString native(const QKeySequence &keys)
{
    return keys.toString(QKeySequence::NativeText);
}

QString withoutMnemonic(const QString &text)
{
    return QString(text).remove(u'&');
}

} // namespace

ShortcutsDialog::ShortcutsDialog(const QList<Group> &groups, QWidget *parent)
    : QDialog(parent)
    , m_search(new QLineEdit(this))
    , m_list(new QTreeWidget(this))
{
    setObjectName(u"shortcutsDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keys"));
    m_search->setObjectName(u"shortcutSearch"_s);
    m_search->setPlaceholderText(tr("What it does, or a key"));
    m_search->setAccessibleName(tr("Search the keys"));
    m_search->setClearButtonEnabled(true);
    m_list->setObjectName(u"shortcuts"_s);
    m_list->setAccessibleName(tr("Keys"));
    m_list->setProperty("lined", true);
    m_list->setHeaderLabels({tr("What it does"), tr("Keys")});
    m_list->setRootIsDecorated(false);
    m_list->setItemsExpandable(false);
    m_list->setUniformRowHeights(true);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    for (const Group &group : groups) {
        auto *head = new QTreeWidgetItem(m_list, {group.title});
        head->setFlags(Qt::ItemIsEnabled);
        head->setFirstColumnSpanned(true);
        QFont bold = font();
        bold.setBold(true);
        head->setFont(0, bold);
        for (const Key &key : group.keys)
            new QTreeWidgetItem(head, {key.what, key.keys});
    }
    m_list->expandAll();
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_search);
    column->addWidget(m_list, 1);
    connect(m_search, &QLineEdit::textChanged, this, &ShortcutsDialog::search);
    m_search->setFocus();
    const int letter = fontMetrics().averageCharWidth();
    resize(QSize(letter * 90, fontMetrics().height() * 34).boundedTo(roomOnScreen(parent ? *parent : *this)));
}

void ShortcutsDialog::search()
{
    const QString words = m_search->text().trimmed();
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem *head = m_list->topLevelItem(i);
        int found = 0;
        for (int j = 0; j < head->childCount(); ++j) {
            QTreeWidgetItem *key = head->child(j);
            const bool isFound = key->text(0).contains(words, Qt::CaseInsensitive)
                || key->text(1).contains(words, Qt::CaseInsensitive);
            key->setHidden(!isFound);
            found += isFound ? 1 : 0;
        }
        head->setHidden(found == 0);
    }
}

QList<ShortcutsDialog::Group> ShortcutsDialog::groupsOf(const QMenuBar &menus)
{
    QList<Group> groups;
    const QList<QAction *> all = menus.actions();
    for (const QAction *menu : all) {
        Group group{withoutMnemonic(menu->text()), {}};
        const QList<QAction *> actions = menu->menu() ? menu->menu()->actions() : QList<QAction *>();
        for (const QAction *action : actions) {
            if (!action->shortcut().isEmpty())
                group.keys.append({withoutMnemonic(action->text()), native(action->shortcut())});
        }
        if (!group.keys.isEmpty())
            groups.append(group);
    }
    const auto row = [](const QString &what, const QKeySequence &keys) { return Key{what, native(keys)}; };
    groups.append(
        {tr("In the filter of the traffic"),
         {row(tr("Take what is proposed"), Qt::Key_Tab), row(tr("Show what may be typed"), Qt::Key_Down),
          row(tr("Go to the rows"), Qt::Key_Return),
          row(tr("Empty the filter; once more: to the rows"), Qt::Key_Escape)}});
    groups.append(
        {tr("In lists and tables"),
         {row(tr("The requests of a client; the button that mends a check"), Qt::Key_Return),
          row(tr("Copy the row"), QKeySequence::Copy),
          {tr("Fold and unfold what is below"), native(Qt::Key_Left) + u"  "_s + native(Qt::Key_Right)}}});
    groups.append({tr("In the strip of time"),
                   {{tr("Choose a second"), native(Qt::Key_Left) + u"  "_s + native(Qt::Key_Right)},
                    {tr("Stretch it to a span"),
                     native(QKeySequence(Qt::SHIFT | Qt::Key_Left)) + u"  "_s
                         + native(QKeySequence(Qt::SHIFT | Qt::Key_Right))},
                    row(tr("Filter by it"), Qt::Key_Return),
                    row(tr("Let go of it"), Qt::Key_Escape)}});
    groups.append({tr("While something is found or asked"),
                   {row(tr("The next place that is found"), Qt::Key_Return),
                    row(tr("The place before"), QKeySequence(Qt::SHIFT | Qt::Key_Return)),
                    row(tr("Close it"), Qt::Key_Escape)}});
    return groups;
}

} // namespace gatehouse::app
