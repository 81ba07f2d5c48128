// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/rail.h"

#include "app/icons.h"
#include "app/theme.h"
#include "app/view.h"
#include "inspector/words.h"

#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

constexpr int BadgeRole = Qt::UserRole; ///< "12"; empty: none.
constexpr int ToneRole = Qt::UserRole + 1;
constexpr int NarrowRole = Qt::UserRole + 2;

/// The icon and the word by the style, and then the badge: a pill where something is wrong, else a number.
class RailDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        const QString badge = index.data(BadgeRole).toString();
        if (badge.isEmpty())
            return;
        const auto tone = inspector::Tone(index.data(ToneRole).toInt());
        const bool isPill = tone == inspector::Tone::Bad || tone == inspector::Tone::Warning;
        if (index.data(NarrowRole).toBool() && !isPill)
            return; // The icon has the room; the tool tip says how many.
        const Theme &theme = Look::theme();
        QFont font = option.font;
        font.setBold(isPill);
        const QFontMetrics metrics(font);
        const int height = metrics.height() + 2;
        const int width = std::max(height, metrics.horizontalAdvance(badge) + 10);
        QRect place(option.rect.right() - width - 8, option.rect.center().y() - height / 2, width, height);
        if (index.data(NarrowRole).toBool())
            place.moveTo(option.rect.right() - width / 2 - 6, option.rect.top());
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setFont(font);
        if (isPill) {
            painter->setPen(theme.colorOf(tone));
            painter->setBrush(tone == inspector::Tone::Bad ? theme.badTint : theme.warningTint);
            painter->drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), height / 2.0,
                                     height / 2.0);
        } else {
            painter->setPen(theme.muted);
        }
        painter->drawText(place, Qt::AlignCenter, badge);
        painter->restore();
    }
};

QString textOf(int count)
{
    return count <= 0 ? QString() : count > 999 ? u"999+"_s : QString::number(count);
}

} // namespace

Rail::Rail(QWidget *parent)
    : QListWidget(parent)
{
    setObjectName(u"viewList"_s);
    setAccessibleName(tr("Views"));
    setItemDelegate(new RailDelegate(this));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void Rail::addView(View *view, const QString &iconName, const QString &name, const QString &key)
{
    const int row = int(m_all.size());
    m_all.append(view);
    m_names.append(name);
    m_keys.append(key);
    addItem(new QListWidgetItem(icon(iconName), name));
    connect(view, &View::badgeChanged, this, [this, row] { updateItem(row); });
    updateItem(row);
}

void Rail::updateItem(int row)
{
    QListWidgetItem *one = item(row);
    const View::Badge &badge = m_all.at(row)->badge();
    const QString name = m_names.at(row);
    one->setText(m_isNarrow ? QString() : name);
    one->setData(BadgeRole, textOf(badge.count));
    one->setData(ToneRole, int(badge.tone));
    one->setData(NarrowRole, m_isNarrow);
    QStringList words{name};
    if (badge.count > 0 && !badge.words.isEmpty())
        words.append(badge.words);
    one->setData(Qt::AccessibleTextRole, words.join(u", "_s));
    one->setToolTip(inspector::toolTipText(words.join(u", "_s) + u" ("_s + m_keys.at(row) + u')'));
}

void Rail::setNarrow(bool isNarrow)
{
    const QFontMetrics metrics = fontMetrics();
    const int height = metrics.height();
    int widest = 0;
    for (const QString &name : std::as_const(m_names))
        widest = std::max(widest, metrics.horizontalAdvance(name));
    // Icon, word and a number of two digits.
    const int whole = height + widest + metrics.horizontalAdvance(u"00"_s) + 60;
    setFixedWidth(isNarrow ? height + 32 : std::max(140, whole));
    m_isNarrow = isNarrow;
    for (int row = 0; row < count(); ++row)
        updateItem(row);
}

void Rail::retheme()
{
    const int height = fontMetrics().height();
    setIconSize({height, height});
    viewport()->update();
}

} // namespace gatehouse::app
