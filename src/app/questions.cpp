// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/questions.h"

#include "app/questiondialog.h"

#include <utility>

namespace gatehouse::app {

Questions::Questions(QWidget *parent)
    : QObject(parent)
    , m_parent(parent)
{ }

client::ClientOffer Questions::offer(const std::function<QString()> &server)
{
    return askingOffer([this, server](const QString &method, const QJsonObject &params,
                                      const client::ClientOffer::Reply &reply) {
        ask({server(), method, params, reply});
    });
}

void Questions::ask(const Question &question)
{
    constexpr qsizetype most = 20;
    if (m_waiting.size() >= most) // Nobody answers so many.
        return question.reply(base::failure(client::rejected()));
    m_waiting.append(question);
    if (!m_open)
        show(m_waiting.takeFirst());
}

void Questions::show(const Question &question)
{
    auto *dialog = new QuestionDialog(question.server, question.method, question.params, question.reply,
                                      m_parent->window());
    m_open = dialog;
    connect(dialog, &QuestionDialog::cancelWanted, this, &Questions::cancelWanted);
    connect(dialog, &QDialog::finished, this, [this] {
        m_open = nullptr;
        if (!m_waiting.isEmpty())
            show(m_waiting.takeFirst());
    });
    Q_EMIT asked();
    dialog->open();
}

void Questions::end()
{
    for (const Question &question : std::exchange(m_waiting, {}))
        question.reply(base::failure(client::rejected()));
    if (const QPointer<QDialog> dialog = std::exchange(m_open, nullptr))
        dialog->reject();
}

} // namespace gatehouse::app
