// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/offer.h"

#include <QDialog>
#include <QList>
#include <QPointer>

namespace gatehouse::app {

/// What a server asks of whoever sits here: one dialog at a time, the others wait. More than twenty are
/// rejected.
class Questions : public QObject
{
    Q_OBJECT

public:
    /// Dialogs belong to the window that `parent` stands in.
    explicit Questions(QWidget *parent);

    /// What McpClient asks it with. `server` says who asks, at that moment.
    [[nodiscard]] client::ClientOffer offer(const std::function<QString()> &server);
    /// Nobody waits for an answer any more: what is open closes, and all are rejected.
    void end();

Q_SIGNALS:
    void asked(); ///< A dialog opens.
    void cancelWanted(); ///< Of the run that it is asked in.

private:
    struct Question
    {
        QString server;
        QString method;
        QJsonObject params;
        client::ClientOffer::Reply reply;
    };
    void ask(const Question &question);
    void show(const Question &question);

    QWidget *m_parent;
    QPointer<QDialog> m_open;
    QList<Question> m_waiting;
};

} // namespace gatehouse::app
