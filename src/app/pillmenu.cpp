// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pillmenu.h"

#include "inspector/foreigntext.h"

#include <QMenu>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using inspector::Tone;

QString kindOf(Tone tone)
{
    return tone == Tone::Good   ? u"good"_s
        : tone == Tone::Warning ? u"warning"_s
        : tone == Tone::Bad     ? u"bad"_s
                                : u"muted"_s;
}

} // namespace

PillMenu::PillMenu(const QString &objectName, QWidget *parent)
    : QPushButton(parent)
{
    setObjectName(objectName);
    auto *menu = new QMenu(this);
    menu->setObjectName(objectName + u"Menu"_s);
    setMenu(menu);
}

void PillMenu::set(Tone tone, const QString &text, const QList<Entry> &entries)
{
    setText(inspector::lineText(text) + u" ▾"_s);
    setAccessibleName(inspector::lineText(text));
    if (property("pill").toString() != kindOf(tone)) {
        setProperty("pill", kindOf(tone));
        style()->unpolish(this);
        style()->polish(this);
    }
    menu()->clear();
    bool hasActions = false;
    QStringList sentences; // Which a menu's keys skip.
    for (const Entry &entry : entries) {
        if (entry.run && !std::exchange(hasActions, true))
            menu()->addSeparator();
        QAction *action = menu()->addAction(inspector::lineText(entry.text));
        action->setObjectName(entry.objectName);
        action->setEnabled(bool(entry.run));
        if (!entry.run)
            sentences.append(inspector::lineText(entry.text));
        if (entry.run)
            connect(action, &QAction::triggered, this, entry.run);
    }
    setAccessibleDescription(sentences.join(u' '));
}

} // namespace gatehouse::app
