// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/displaytext.h"

#include <QPlainTextEdit>

namespace gatehouse::app {

/// Foreign text of several lines, to read and to copy: what hides is shown, and what is copied, dragged or
/// taken with the middle button is what came.
class SourceText : public QPlainTextEdit
{
    Q_OBJECT

public:
    /// `name` is said to screen readers.
    SourceText(const QString &objectName, const QString &name, QWidget *parent = nullptr);

    void setSource(const QString &text);
    [[nodiscard]] const QString &source() const { return m_displayed.source(); }

protected:
    [[nodiscard]] QMimeData *createMimeDataFromSelection() const override;

private:
    base::Displayed m_displayed;
};

} // namespace gatehouse::app
