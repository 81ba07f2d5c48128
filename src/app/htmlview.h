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
    /// As text alone, without what keeps foreign names in their place.
    [[nodiscard]] QMimeData *createMimeDataFromSelection() const override
    {
        auto *copied = new QMimeData;
        copied->setText(base::withoutIsolates(textCursor().selection().toPlainText()));
        return copied;
    }
};

} // namespace gatehouse::app
