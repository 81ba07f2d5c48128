// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/differenceview.h"

#include "app/theme.h"

#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using clientfiles::DifferenceLine;
using Kind = DifferenceLine::Kind;

constexpr int mostLines = 18; ///< Then it is scrolled.

QString numberOf(int line, int width)
{
    return (line > 0 ? QString::number(line) : QString()).rightJustified(width);
}

} // namespace

DifferenceView::DifferenceView(const QString &objectName, const QString &name, QWidget *parent)
    : SourceText(objectName, name, parent)
{
    setLineWrapMode(NoWrap);
    retheme();
}

void DifferenceView::setLines(const QList<DifferenceLine> &lines)
{
    if (lines == m_lines)
        return;
    m_lines = lines;
    int last = 0;
    for (const DifferenceLine &line : lines)
        last = std::max({last, line.before, line.after});
    const int width = int(QString::number(last).size());
    QStringList texts;
    for (const DifferenceLine &line : lines) {
        if (line.kind == Kind::Skipped) {
            texts.append(QString(2 * width + 4, u' ') + tr("… %1 more lines").arg(line.before));
            continue;
        }
        const QChar sign = line.kind == Kind::Come ? u'+' : line.kind == Kind::Gone ? u'−' : u' ';
        texts.append(numberOf(line.before, width) + u' ' + numberOf(line.after, width) + u' ' + sign + u' '
                     + line.text);
    }
    setSource(texts.join(u'\n'));
    paintLines();
    fitHeight();
}

void DifferenceView::paintLines()
{
    const Theme &theme = Look::theme();
    QList<QTextEdit::ExtraSelection> grounds;
    for (int i = 0; i < int(m_lines.size()); ++i) {
        const Kind kind = m_lines.at(i).kind;
        if (kind == Kind::Same)
            continue;
        QTextEdit::ExtraSelection ground;
        ground.cursor = QTextCursor(document()->findBlockByNumber(i));
        if (kind == Kind::Skipped) {
            ground.cursor.select(QTextCursor::LineUnderCursor);
            ground.format.setForeground(theme.muted);
        } else {
            ground.format.setBackground(kind == Kind::Come ? theme.goodTint : theme.badTint);
            ground.format.setProperty(QTextFormat::FullWidthSelection, true);
        }
        grounds.append(ground);
    }
    setExtraSelections(grounds);
}

void DifferenceView::fitHeight()
{
    const int lines = std::clamp(int(m_lines.size()), 1, mostLines);
    const int around = 2 * int(document()->documentMargin()) + 2 * frameWidth() + 4;
    const int bar = horizontalScrollBar()->maximum() > 0 ? horizontalScrollBar()->sizeHint().height() : 0;
    setFixedHeight(lines * QFontMetrics(font()).lineSpacing() + around + bar);
}

void DifferenceView::resizeEvent(QResizeEvent *event)
{
    SourceText::resizeEvent(event);
    fitHeight();
}

void DifferenceView::retheme()
{
    setFont(Look::fixedFont());
    paintLines();
    fitHeight();
}

} // namespace gatehouse::app
