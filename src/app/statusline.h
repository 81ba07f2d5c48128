// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

#include <functional>

class QHBoxLayout;

namespace gatehouse::app {

/// One fact of the status bar, which leads to where that is shown or changed. Gives way where there is little
/// room: what does not fit is left out in the middle, and stands whole in the tool tip.
class StatusItem : public QToolButton
{
    Q_OBJECT

public:
    explicit StatusItem(QWidget *parent = nullptr);
    /// What it says, and what happens when it is pressed; hidden while it says nothing. May be foreign text.
    void say(const QString &text, const QString &whereTo);
    [[nodiscard]] QString said() const { return m_text; }
    /// Whether there is room for it, which is another thing than having something to say.
    void setRoom(bool hasRoom);
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    QString m_whereTo;
    bool m_hasRoom = true;
};

/// Such facts beside each other.
class StatusLine : public QWidget
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);
    /// Says nothing yet.
    StatusItem *add(const QString &name, const std::function<void()> &lead);

private:
    QHBoxLayout *m_row;
};

} // namespace gatehouse::app
