// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/findbar.h"

#include "app/icons.h"
#include "app/theme.h"
#include "inspector/jsonmodel.h"

#include <QAbstractItemView>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextBlock>
#include <QTextEdit>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using inspector::JsonModel;

constexpr int mostRows = 200'000; ///< Of a model: no larger one is shown anywhere.

QTextDocument *documentOf(QWidget *widget)
{
    if (auto *plain = qobject_cast<QPlainTextEdit *>(widget))
        return plain->document();
    auto *rich = qobject_cast<QTextEdit *>(widget);
    return rich ? rich->document() : nullptr;
}

/// All that one row says; of a value that is shown cut, the whole.
QString wordsOf(const QAbstractItemModel &model, const QModelIndex &index)
{
    if (qobject_cast<const JsonModel *>(&model)) {
        const bool isLeaf = model.rowCount(index) == 0;
        return index.data(JsonModel::NameRole).toString() + u": "_s
            + (isLeaf ? index.data(JsonModel::JsonRole).toString() : QString());
    }
    QStringList cells;
    for (int column = 0; column < model.columnCount(index.parent()); ++column)
        cells.append(index.siblingAtColumn(column).data().toString());
    return cells.join(u'\n');
}

/// In the order in which they stand.
template <typename See> void walk(const QAbstractItemModel &model, See see)
{
    QList<QModelIndex> waiting;
    const auto add = [&](const QModelIndex &parent) {
        for (int row = model.rowCount(parent) - 1; row >= 0; --row)
            waiting.append(model.index(row, 0, parent));
    };
    add({});
    for (int seen = 0; !waiting.isEmpty() && seen < mostRows; ++seen) {
        const QModelIndex index = waiting.takeLast();
        if (!see(index))
            return;
        add(index);
    }
}

void setMarks(QWidget *widget, const QList<QTextEdit::ExtraSelection> &marks)
{
    if (auto *plain = qobject_cast<QPlainTextEdit *>(widget))
        plain->setExtraSelections(marks);
    else if (auto *rich = qobject_cast<QTextEdit *>(widget))
        rich->setExtraSelections(marks);
}

void setPlace(QWidget *widget, const QTextCursor &cursor)
{
    if (auto *plain = qobject_cast<QPlainTextEdit *>(widget))
        plain->setTextCursor(cursor);
    else if (auto *rich = qobject_cast<QTextEdit *>(widget))
        rich->setTextCursor(cursor);
}

int cursorIn(QWidget *widget)
{
    if (auto *plain = qobject_cast<QPlainTextEdit *>(widget))
        return plain->textCursor().selectionStart();
    auto *rich = qobject_cast<QTextEdit *>(widget);
    return rich ? rich->textCursor().selectionStart() : 0;
}

} // namespace

FindBar::FindBar(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"findBar"_s);
    m_words = new QLineEdit(this);
    m_words->setObjectName(u"findWords"_s);
    m_words->setPlaceholderText(tr("Find in this tab"));
    m_words->setAccessibleName(tr("Find in this tab"));
    m_words->setClearButtonEnabled(true);
    m_words->installEventFilter(this);
    m_count = new Label(this);
    m_count->setObjectName(u"findCount"_s);
    m_count->setProperty("quiet", true);
    m_previous = new QPushButton(tr("Previous"), this);
    m_previous->setObjectName(u"findPrevious"_s);
    m_next = new QPushButton(tr("Next"), this);
    m_next->setObjectName(u"findNext"_s);
    m_close = new QPushButton(icon(u"close"_s), {}, this);
    m_close->setObjectName(u"findClose"_s);
    m_close->setAccessibleName(tr("Close"));
    m_close->setToolTip(tr("Close (Esc)"));
    m_close->setFlat(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(6);
    row->addWidget(m_words, 1);
    row->addWidget(m_count);
    row->addWidget(m_previous);
    row->addWidget(m_next);
    row->addWidget(m_close);
    m_typing.setSingleShot(true);
    m_typing.setInterval(100);
    connect(&m_typing, &QTimer::timeout, this, [this] {
        look();
        show(nearest());
    });
    connect(m_words, &QLineEdit::textChanged, this, [this] { m_typing.start(); });
    connect(m_previous, &QPushButton::clicked, this, [this] { next(true); });
    connect(m_next, &QPushButton::clicked, this, [this] { next(); });
    connect(m_close, &QPushButton::clicked, this, &FindBar::close);
    hide();
}

void FindBar::open()
{
    setVisible(true);
    m_words->setFocus();
    m_words->selectAll();
    look();
    if (m_at < 0)
        show(nearest());
}

void FindBar::close()
{
    const bool hadFocus = isAncestorOf(window()->focusWidget());
    setVisible(false);
    m_typing.stop();
    m_matches.clear();
    mark();
    if (hadFocus)
        Q_EMIT closed();
}

void FindBar::refresh()
{
    if (isHidden())
        return;
    look();
    mark();
    if (const int at = nearest(); isShown(at))
        m_at = at; // The next one is another one.
}

/// Whether that is where one is.
bool FindBar::isShown(int at) const
{
    if (at < 0)
        return false;
    QWidget *place = target();
    const Match &match = m_matches.at(at);
    if (documentOf(place))
        return cursorIn(place) == match.begin;
    return static_cast<QAbstractItemView *>(place)->currentIndex().siblingAtColumn(0) == match.index;
}

void FindBar::look()
{
    m_typing.stop();
    m_matches.clear();
    m_at = -1;
    if (!m_words->text().isEmpty())
        documentOf(target()) ? lookThroughText() : lookThroughRows();
    const bool hasSome = !m_matches.isEmpty();
    m_previous->setEnabled(hasSome);
    m_next->setEnabled(hasSome);
    m_count->setText(m_words->text().isEmpty()      ? QString()
                         : !hasSome                 ? tr("not found")
                         : m_matches.size() >= most ? tr("%1 or more").arg(most)
                                                    : tr("found: %1").arg(m_matches.size()));
}

void FindBar::lookThroughText()
{
    // In one go: QTextDocument::find copies a paragraph, which may be a megabyte, for each place.
    const QString text = documentOf(target())->toPlainText();
    const auto length = m_words->text().size();
    qsizetype at = text.indexOf(m_words->text(), 0, Qt::CaseInsensitive);
    while (at >= 0 && m_matches.size() < most) {
        m_matches.append({int(at), int(at + length)});
        at = text.indexOf(m_words->text(), at + length, Qt::CaseInsensitive);
    }
}

void FindBar::lookThroughRows()
{
    const auto *view = qobject_cast<QAbstractItemView *>(target());
    if (!view || !view->model())
        return;
    const QAbstractItemModel &model = *view->model();
    const QString words = m_words->text();
    walk(model, [&](const QModelIndex &index) {
        if (wordsOf(model, index).contains(words, Qt::CaseInsensitive))
            m_matches.append({0, 0, index});
        return m_matches.size() < most;
    });
}

/// The first at the place where one is, or behind it.
int FindBar::nearest() const
{
    if (m_matches.isEmpty())
        return -1;
    QWidget *place = target();
    if (documentOf(place)) {
        const int from = cursorIn(place);
        const auto found = std::find_if(m_matches.begin(), m_matches.end(),
                                        [from](const Match &match) { return match.begin >= from; });
        return found == m_matches.end() ? 0 : int(found - m_matches.begin());
    }
    const QModelIndex current = static_cast<QAbstractItemView *>(place)->currentIndex().siblingAtColumn(0);
    for (int i = 0; i < m_matches.size(); ++i) {
        if (m_matches.at(i).index == current)
            return i;
    }
    return 0;
}

void FindBar::next(bool isBackwards)
{
    if (isHidden())
        return open();
    if (m_typing.isActive() || m_matches.isEmpty()) {
        look();
        return show(nearest());
    }
    const int count = int(m_matches.size());
    const int from = m_at < 0 ? nearest() - (isBackwards ? 0 : 1) : m_at;
    show((from + (isBackwards ? count - 1 : 1)) % count);
}

void FindBar::show(int at)
{
    m_at = at;
    mark();
    if (at < 0 || at >= m_matches.size())
        return;
    const Match &match = m_matches.at(at);
    if (m_matches.size() < most)
        m_count->setText(tr("%1 of %2").arg(at + 1).arg(m_matches.size()));
    QWidget *place = target();
    if (QTextDocument *document = documentOf(place)) {
        QTextCursor cursor(document);
        cursor.setPosition(match.begin);
        cursor.setPosition(match.end, QTextCursor::KeepAnchor);
        setPlace(place, cursor);
    } else if (auto *view = qobject_cast<QAbstractItemView *>(place); view && match.index.isValid()) {
        view->setCurrentIndex(match.index);
        view->scrollTo(match.index);
    }
}

/// All of them, in a text; what stood there before has none any more.
void FindBar::mark()
{
    QWidget *place = target();
    if (m_marked && m_marked != place)
        setMarks(m_marked, {});
    m_marked = place;
    QTextDocument *document = documentOf(place);
    if (!document)
        return;
    QList<QTextEdit::ExtraSelection> marks;
    for (const Match &match : std::as_const(m_matches)) {
        QTextEdit::ExtraSelection one;
        one.cursor = QTextCursor(document);
        one.cursor.setPosition(match.begin);
        one.cursor.setPosition(match.end, QTextCursor::KeepAnchor);
        one.format.setBackground(Look::theme().warningTint);
        one.format.setForeground(Look::theme().text);
        marks.append(one);
    }
    setMarks(place, marks);
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_words && event->type() == QEvent::KeyPress) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            next(key->modifiers().testFlag(Qt::ShiftModifier));
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

} // namespace gatehouse::app
