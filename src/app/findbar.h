// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/label.h"

#include <QPersistentModelIndex>
#include <QPointer>
#include <QTimer>

#include <functional>

class QLineEdit;
class QPushButton;

namespace gatehouse::app {

/// Finds words in what stands above it: a text, a table or a tree, whose folded parts are looked through as
/// well. Upper and lower case are the same.
class FindBar : public QWidget
{
    Q_OBJECT

public:
    explicit FindBar(QWidget *parent = nullptr);

    /// Where to look: a QPlainTextEdit, QTextEdit or QAbstractItemView; asked whenever it looks, and null
    /// where there is nothing.
    void setTarget(std::function<QWidget *()> target) { m_target = std::move(target); }
    /// With the focus in it, and what was looked for before chosen.
    void open();
    /// The next one; opens it where it is closed.
    void next(bool isBackwards = false);
    /// Something else stands there now: it is looked through anew, where the bar is open.
    void refresh();

    /// How many are found at most.
    static constexpr int most = 1000;

Q_SIGNALS:
    void closed(); ///< It has had the focus.

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// A place in a text, or a row of a model.
    struct Match
    {
        int begin = 0;
        int end = 0;
        QPersistentModelIndex index = {};
    };
    void look();
    void lookThroughText();
    void lookThroughRows();
    void show(int at);
    void mark();
    void close();
    [[nodiscard]] int nearest() const;
    [[nodiscard]] bool isShown(int at) const;
    [[nodiscard]] QWidget *target() const { return m_target ? m_target() : nullptr; }

    std::function<QWidget *()> m_target;
    QPointer<QWidget> m_marked; ///< Whose matches have a ground of their own.
    QList<Match> m_matches;
    int m_at = -1;
    QTimer m_typing;
    QLineEdit *m_words;
    Label *m_count;
    QPushButton *m_previous;
    QPushButton *m_next;
    QPushButton *m_close;
};

} // namespace gatehouse::app
