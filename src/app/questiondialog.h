// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/elicitation.h"
#include "client/mcpclient.h"

#include <QDialog>
#include <QJsonObject>

#include <functional>

class QPlainTextEdit;
class QPushButton;

namespace gatehouse::app {

class Label;
class SchemaForm;

/// What an MCP server wants a person to answer in the middle of a call: a form (MCP "Elicitation"), or words
/// in place of a model's (MCP "Sampling"). All that it shows is the server's, and is text. Closed without an
/// answer, it declines.
class QuestionDialog : public QDialog
{
    Q_OBJECT

public:
    using Reply = client::ClientOffer::Reply;

    /// Of elicitation/create or sampling/createMessage; `server` is who asks. Goes by itself once it is
    /// closed; `reply` is called once, at the latest then.
    QuestionDialog(const QString &server, const QString &method, const QJsonObject &params, Reply reply,
                   QWidget *parent);
    ~QuestionDialog() override;

    void done(int result) override;

    /// How long a question has to be before somebody's eyes until it can be answered: what is typed for
    /// another window is no answer.
    static constexpr int settleMs = 1000;

Q_SIGNALS:
    /// The whole run shall end.
    void cancelWanted();

protected:
    void showEvent(QShowEvent *event) override;

private:
    [[nodiscard]] QWidget *makeButtons();
    void makeForm(QWidget *place);
    void makeWords(QWidget *place, const QJsonObject &params);
    void send();
    void answer(const base::Expected<QJsonObject, protocol::RpcError> &given);

    client::Elicitation m_asked;
    SchemaForm *m_form = nullptr; ///< Of a form.
    bool m_isTried = false; ///< Then what is missing is said, too.
    QPlainTextEdit *m_words = nullptr; ///< In place of a model's.
    Label *m_fault;
    QPushButton *m_send;
    Reply m_reply;
};

/// The offer of a window: forms and models are answered by whoever sits before it; there are no roots.
[[nodiscard]] client::ClientOffer askingOffer(
    std::function<void(const QString &method, const QJsonObject &params, const QuestionDialog::Reply &reply)>
        ask);

} // namespace gatehouse::app
