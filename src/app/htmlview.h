// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextBrowser>

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
};

} // namespace gatehouse::app
