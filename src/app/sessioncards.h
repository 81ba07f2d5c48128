// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QPushButton;

namespace gatehouse::app {

class Label;

/// The newest sessions that can be looked at, a card each; hidden where there is none.
class SessionCards : public QWidget
{
    Q_OBJECT

public:
    static constexpr int most = 3;

    explicit SessionCards(QWidget *parent = nullptr);

    struct Session
    {
        QString path = {};
        QString title = {};
        QString words = {};

        bool operator==(const Session &) const = default;
    };
    /// The first few of them.
    void show(const QList<Session> &sessions);

Q_SIGNALS:
    void openWanted(const QString &path);
    void askWanted(); ///< Another file.

private:
    struct Card
    {
        QWidget *group = nullptr;
        Label *title = nullptr;
        Label *words = nullptr;
        QPushButton *open = nullptr;
    };
    QList<Session> m_sessions;
    QList<Card> m_cards;
};

} // namespace gatehouse::app
