// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/filterfield.h"

#include "app/theme.h"
#include "inspector/filter.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QHeaderView>
#include <QKeyEvent>
#include <QStandardItemModel>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

FilterField::FilterField(QWidget *parent)
    : QLineEdit(parent)
    , m_completer(new QCompleter(this))
    , m_terms(new QStandardItemModel(0, 2, this))
{
    auto *list = new QTreeView;
    list->setObjectName(u"filterTerms"_s);
    list->setAccessibleName(tr("What the word could become"));
    m_completer->setModel(m_terms);
    m_completer->setPopup(list);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion); // The filter knows best what fits.
    m_completer->setMaxVisibleItems(14);
    m_completer->setWidget(this);
    list->header()->hide();
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    list->setSelectionBehavior(QAbstractItemView::SelectRows);
    list->installEventFilter(this);
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this, &FilterField::insertTerm);
    connect(this, &QLineEdit::textEdited, this, [this] { offer(false); });
}

FilterField::Word FilterField::wordAtCursor() const
{
    const QString line = text();
    const auto isEdge
        = [&line](qsizetype at) { return line[at].isSpace() || line[at] == u'(' || line[at] == u')'; };
    Word word{cursorPosition(), cursorPosition()};
    while (word.begin > 0 && !isEdge(word.begin - 1))
        --word.begin;
    while (word.end < line.size() && !isEdge(word.end))
        ++word.end;
    return word;
}

QString FilterField::typedWord() const
{
    const Word word = wordAtCursor();
    return text().sliced(word.begin, cursorPosition() - word.begin);
}

bool FilterField::isNamingField() const
{
    const QString typed = typedWord();
    return m_completer->popup()->isVisible() && !typed.isEmpty() && !typed.contains(u':');
}

QString FilterField::askedText() const
{
    if (!isNamingField())
        return text();
    const Word word = wordAtCursor();
    return text().remove(word.begin, word.end - word.begin);
}

void FilterField::offer(bool atAnyRate)
{
    const QString typed = typedWord();
    const QList<inspector::Filter::Completion> found = inspector::Filter::completionsOf(typed);
    if (found.isEmpty() || (typed.isEmpty() && !atAnyRate)) {
        m_completer->popup()->hide();
        return;
    }
    m_terms->removeRows(0, m_terms->rowCount());
    for (const auto &[term, words] : found) {
        auto *meaning = new QStandardItem(words);
        meaning->setForeground(Look::theme().muted);
        m_terms->appendRow({new QStandardItem(term), meaning});
    }
    auto *list = static_cast<QTreeView *>(m_completer->popup());
    list->setFont(font());
    const QFontMetrics metrics(font());
    list->setColumnWidth(0, metrics.horizontalAdvance(u"auth:algorithm_not_allowed"_s) + 24);
    QRect place = rect();
    place.setLeft(std::min(cursorRect().left(), width() / 2));
    place.setWidth(metrics.horizontalAdvance(u'x') * 72);
    m_completer->complete(place);
    list->setCurrentIndex({}); // Return is the field's until something was marked.
}

void FilterField::insertTerm(const QString &term)
{
    const Word word = wordAtCursor();
    const bool isWhole = !term.endsWith(u':');
    QString line = text();
    const bool needsBlank = isWhole && word.end == line.size();
    line.replace(word.begin, word.end - word.begin, term + (needsBlank ? u" "_s : QString()));
    setText(line);
    setCursorPosition(int(word.begin + term.size() + (needsBlank ? 1 : 0)));
    if (!isWhole)
        QMetaObject::invokeMethod(
            this, [this] { offer(false); }, Qt::QueuedConnection); // Its values come next.
}

void FilterField::keyPressEvent(QKeyEvent *event)
{
    const bool opens = event->key() == Qt::Key_Down && event->modifiers() == Qt::NoModifier
        && !m_completer->popup()->isVisible();
    if (opens) {
        offer(true);
        if (m_completer->popup()->isVisible())
            return event->accept();
    }
    QLineEdit::keyPressEvent(event);
}

bool FilterField::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_completer->popup() && event->type() == QEvent::Hide)
        Q_EMIT named();
    if (watched != m_completer->popup() || event->type() != QEvent::KeyPress)
        return QLineEdit::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    QAbstractItemView *list = m_completer->popup();
    const bool isTab = key->key() == Qt::Key_Tab;
    const bool isReturn = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    const QModelIndex marked = list->currentIndex();
    // Return alone is the field's: it asks with what stands there.
    if (isTab || (isReturn && marked.isValid())) {
        const QModelIndex taken = marked.isValid() ? marked : list->model()->index(0, 0);
        list->hide();
        insertTerm(taken.siblingAtColumn(0).data().toString());
        return true;
    }
    return QLineEdit::eventFilter(watched, event);
}

void FilterField::retheme()
{
    m_completer->popup()->setFont(font());
}

} // namespace gatehouse::app
