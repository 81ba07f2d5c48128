// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sourcetext.h"
#include "clientfiles/entries.h"

namespace gatehouse::app {

/// What changes in a file, with the numbers of its lines, as high as that is: what comes and what goes has a
/// sign and a ground of its own.
class DifferenceView : public SourceText
{
    Q_OBJECT

public:
    DifferenceView(const QString &objectName, const QString &name, QWidget *parent = nullptr);

    void setLines(const QList<clientfiles::DifferenceLine> &lines);
    void retheme();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void paintLines();
    void fitHeight();

    QList<clientfiles::DifferenceLine> m_lines;
};

} // namespace gatehouse::app
