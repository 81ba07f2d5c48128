// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/displaytext.h"

#include <QMimeData>
#include <QTextBrowser>
#include <QTextDocumentFragment>

namespace gatehouse::app {

/// Shows HTML of our own making, in which everything foreign is escaped. Loads nothing, follows nothing.
class HtmlView : public QTextBrowser
{
public:
    explicit HtmlView(QWidget *parent = nullptr)
        : QTextBrowser(parent)
    {
        setOpenLinks(false);
    }

protected:
    QVariant loadResource(int, const QUrl &) override { return {}; }
    /// As text alone, without what keeps foreign names in their place; what hides is copied as it is shown.
    [[nodiscard]] QMimeData *createMimeDataFromSelection() const override
    {
        QString text = textCursor().selection().toRawText(); // The other way makes blanks of U+00A0.
        for (const char16_t end : {u'\u2028', u'\u2029', u'\uFDD0', u'\uFDD1'}) // Lines, blocks and tables.
            text.replace(QChar(end), u'\n');
        auto *copied = new QMimeData;
        copied->setText(base::withoutIsolates(text));
        return copied;
    }
};

} // namespace gatehouse::app
