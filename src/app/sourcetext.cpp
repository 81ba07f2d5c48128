// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sourcetext.h"

#include <QMimeData>

namespace gatehouse::app {

SourceText::SourceText(const QString &objectName, const QString &name, QWidget *parent)
    : QPlainTextEdit(parent)
{
    setObjectName(objectName);
    setAccessibleName(name);
    setReadOnly(true);
    setTabChangesFocus(true);
    setProperty("plain", true);
}

void SourceText::setSource(const QString &text)
{
    if (text == source())
        return;
    m_displayed = base::Displayed(text);
    setPlainText(m_displayed.text());
}

QMimeData *SourceText::createMimeDataFromSelection() const
{
    // By places, and not by what is selected: Qt would make blanks of U+00A0, too.
    const QTextCursor cursor = textCursor();
    auto *copied = new QMimeData;
    copied->setText(m_displayed.sourceOf(cursor.selectionStart(), cursor.selectionEnd()));
    return copied;
}

} // namespace gatehouse::app
