// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "host/settings.h"

#include <QWidget>

#include <functional>

class QLabel;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace gatehouse::app {

/// What peers may ask of the server (the topic of that name in the table of settings) as a list of numbers,
/// folded away while nothing differs from the defaults.
class LimitsForm : public QWidget
{
    Q_OBJECT

public:
    explicit LimitsForm(QWidget *parent = nullptr);

    void fill(const host::Settings &settings);
    /// Below each number a note; an empty one takes no place.
    void setNotes(const std::function<QString(const QString &field)> &noteOf);
    void writeTo(host::Settings &settings) const;

Q_SIGNALS:
    void changed();

protected:
    /// Keeps the wheel from what it only passes while it scrolls the page.
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Row
    {
        QString field;
        int host::Settings::*member;
        QSpinBox *number;
        QLabel *note;
    };
    void check();
    void unfold(bool isUnfolded);

    QToolButton *m_fold;
    QWidget *m_page;
    QPushButton *m_defaults;
    QList<Row> m_rows;
};

} // namespace gatehouse::app
