// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/palette.h"

#include "app/icons.h"
#include "app/theme.h"
#include "inspector/foreigntext.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

constexpr int mostShown = 50;
constexpr int placeRole = Qt::UserRole;
constexpr int keyRole = Qt::UserRole + 1;

/// What it does, where it is otherwise, and its key at the right.
class PaletteDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = Look::theme();
        painter->save();
        painter->setFont(option.font);
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(option.rect, theme.selection);
        const QFontMetrics metrics(option.font);
        QRect room = option.rect.adjusted(10, 0, -10, 0);
        const QString key = index.data(keyRole).toString();
        painter->setPen(theme.muted);
        painter->drawText(room, Qt::AlignRight | Qt::AlignVCenter, key);
        room.setRight(room.right() - (key.isEmpty() ? 0 : metrics.horizontalAdvance(key) + 12));
        const QString text = metrics.elidedText(index.data().toString(), Qt::ElideMiddle, room.width());
        painter->setPen(theme.text);
        painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter, text);
        room.setLeft(room.left() + metrics.horizontalAdvance(text) + 10);
        painter->setPen(theme.muted);
        painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                          metrics.elidedText(index.data(placeRole).toString(), Qt::ElideRight, room.width()));
        painter->restore();
    }
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {100, QFontMetrics(option.font).height() + 10};
    }
};

/// 0: it begins so; 1: a word of it does; 2: it holds all words; 3: it does not.
int rankOf(const PaletteEntry &entry, const QStringList &words)
{
    const QString all = entry.text + u' ' + entry.place;
    const bool holdsAll = std::all_of(words.begin(), words.end(), [&all](const QString &word) {
        return all.contains(word, Qt::CaseInsensitive);
    });
    if (!holdsAll)
        return 3;
    if (words.isEmpty() || entry.text.startsWith(words.first(), Qt::CaseInsensitive))
        return 0;
    return entry.text.contains(u' ' + words.first(), Qt::CaseInsensitive) ? 1 : 2;
}

} // namespace

QList<int> paletteMatches(const QList<PaletteEntry> &entries, const QString &typed, int most)
{
    const QStringList words = typed.split(u' ', Qt::SkipEmptyParts);
    QList<std::pair<int, int>> ranked;
    for (int i = 0; i < int(entries.size()); ++i) {
        if (const int rank = rankOf(entries.at(i), words); rank < 3)
            ranked.append({rank, i});
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto &a, const auto &b) { return a.first < b.first; });
    QList<int> found;
    for (const auto &[rank, index] : ranked.mid(0, most))
        found.append(index);
    return found;
}

Palette::Palette(QWidget *window)
    : QFrame(window)
{
    setObjectName(u"palette"_s);
    setProperty("card", true);
    setAccessibleName(tr("Everything that can be done"));
    m_field = new QLineEdit(this);
    m_field->setObjectName(u"paletteField"_s);
    m_field->setPlaceholderText(tr("Search actions, views, tools, settings"));
    m_field->setAccessibleName(tr("Search actions, views, tools, settings"));
    m_field->addAction(icon(u"search"_s), QLineEdit::LeadingPosition);
    m_list = new QListWidget(this);
    m_list->setObjectName(u"paletteList"_s);
    m_list->setAccessibleName(tr("What is found"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->addWidget(m_field);
    column->addWidget(m_list, 1);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &Palette::find);
    connect(m_list, &QListWidget::itemClicked, this,
            [this](const QListWidgetItem *item) { choose(m_list->row(item)); });
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, const QWidget *now) {
        if (isVisible() && now && !isOurs(now))
            hide(); // Somebody went elsewhere, and stays there.
    });
    hide();
}

bool Palette::isOurs(const QWidget *widget) const
{
    return widget == this || isAncestorOf(widget);
}

void Palette::open(const QList<PaletteEntry> &entries, Otherwise otherwise, const QString &typed)
{
    if (!isVisible())
        m_before = parentWidget()->focusWidget();
    m_entries = entries;
    m_otherwise = std::move(otherwise);
    const int line = fontMetrics().height();
    const QSize room = parentWidget()->size();
    const int width = std::min(room.width() - 2 * line, fontMetrics().averageCharWidth() * 90);
    const int height = std::min(room.height() - 4 * line, line * 26);
    setGeometry((room.width() - width) / 2, 2 * line, width, height);
    m_field->setText(typed);
    find();
    show();
    raise();
    m_field->setFocus(Qt::ShortcutFocusReason);
}

void Palette::find()
{
    m_found.clear();
    m_list->clear();
    const QList<int> matches = paletteMatches(m_entries, m_field->text(), mostShown);
    for (const int index : matches)
        m_found.append(m_entries.at(index));
    if (const QString typed = m_field->text().trimmed(); m_otherwise && !typed.isEmpty())
        m_found.append(m_otherwise(typed));
    for (const PaletteEntry &entry : std::as_const(m_found)) {
        auto *item = new QListWidgetItem(inspector::lineText(entry.text), m_list);
        item->setData(placeRole, inspector::lineText(entry.place));
        item->setData(keyRole, entry.key);
        item->setData(Qt::AccessibleTextRole,
                      QStringList{item->text(), entry.place, entry.key}.join(u", "_s));
    }
    m_list->setCurrentRow(0);
}

void Palette::choose(int row)
{
    if (row < 0 || row >= m_found.size())
        return;
    const auto run = m_found.at(row).run;
    close(); // First: what it does may put the focus somewhere.
    if (run)
        run();
}

void Palette::close()
{
    const bool hadFocus = m_field->hasFocus() || parentWidget()->focusWidget() == m_field;
    hide();
    if (hadFocus && m_before && m_before->isVisible())
        m_before->setFocus();
}

bool Palette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const int last = m_list->count() - 1;
    const int page = std::max(1, m_list->height() / std::max(1, m_list->sizeHintForRow(0)) - 1);
    const int at = m_list->currentRow();
    switch (key->key()) {
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(at);
        return true;
    case Qt::Key_Down:
        m_list->setCurrentRow(std::min(at + 1, last));
        return true;
    case Qt::Key_Up:
        m_list->setCurrentRow(std::max(at - 1, 0));
        return true;
    case Qt::Key_PageDown:
        m_list->setCurrentRow(std::min(at + page, last));
        return true;
    case Qt::Key_PageUp:
        m_list->setCurrentRow(std::max(at - page, 0));
        return true;
    default:
        return QFrame::eventFilter(watched, event);
    }
}

} // namespace gatehouse::app
