// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>

namespace gatehouse::app {

/// The names of pages, each with what there is to know of its page.
class PageList : public QListWidget
{
    Q_OBJECT

public:
    struct Marks
    {
        int faults = 0;
        int found = -1; ///< -1: nothing is looked for.
        bool isChanged = false;
    };

    explicit PageList(QWidget *parent = nullptr);
    void addPage(const QString &iconName, const QString &title);
    void setMarks(int row, const Marks &marks);
    /// Takes on the size of the text. How wide the words are, with room for the marks.
    int fit();
    [[nodiscard]] QSize sizeHint() const override; ///< Any width: whoever shows it decides.
};

} // namespace gatehouse::app
