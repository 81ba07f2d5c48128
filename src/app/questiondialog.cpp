// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/questiondialog.h"

#include "app/fieldeditor.h"
#include "app/label.h"
#include "app/schemaform.h"
#include "app/screenroom.h"
#include "client/offer.h"
#include "client/sampling.h"
#include "protocol/methodtable.h"

#include <QDialogButtonBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

QuestionDialog::QuestionDialog(const QString &server, const QString &method, const QJsonObject &params,
                               Reply reply, QWidget *parent)
    : QDialog(parent)
    , m_asked(client::readElicitation(params))
    , m_reply(std::move(reply))
{
    const bool isForModel = method == protocol::question::sample;
    setObjectName(u"questionDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(isForModel ? tr("The server asks a model") : tr("The server asks"));
    auto *who = new Label(
        isForModel ? tr("%1 asks a model. There is none: your words are its answer.").arg(server)
                   : tr("%1 asks. It gets what you send; think of what you give away.").arg(server),
        this);
    who->setProperty("quiet", true);
    auto *message = new Label(isForModel ? QString() : shownText(m_asked.message), this);
    message->setObjectName(u"questionMessage"_s);
    message->setProperty("strong", true);
    m_fault = new Label(this);
    m_fault->setObjectName(u"questionFault"_s);
    m_fault->setProperty("fault", true);
    for (Label *label : {who, message, m_fault}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
    }
    message->setVisible(!isForModel);
    m_fault->hide();
    // All that the server says can be scrolled to, and none of it makes the window larger than the screen.
    auto *place = new QWidget(this);
    auto *inner = new QWidget(place);
    isForModel ? makeWords(inner, params) : makeForm(inner);
    auto *whole = new QVBoxLayout(place);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(message);
    whole->addWidget(inner, 1);
    auto *area = new QScrollArea(this);
    area->setWidget(place);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *column = new QVBoxLayout(this);
    column->addWidget(who);
    column->addWidget(area, 1);
    column->addWidget(m_fault);
    column->addWidget(makeButtons());
    const int width = fontMetrics().averageCharWidth() * 70;
    resize(
        QSize(width, place->heightForWidth(width) + who->heightForWidth(width) + fontMetrics().height() * 6)
            .boundedTo(roomOnScreen(*parent)));
}

/// None of them is pressed by Return, which may be meant for another window.
QWidget *QuestionDialog::makeButtons()
{
    auto *buttons = new QDialogButtonBox(this);
    m_send = buttons->addButton(tr("Send"), QDialogButtonBox::AcceptRole);
    m_send->setObjectName(u"sendAnswer"_s);
    m_send->setEnabled(false);
    auto *decline = buttons->addButton(tr("Decline"), QDialogButtonBox::RejectRole);
    decline->setObjectName(u"declineAnswer"_s);
    auto *cancel = buttons->addButton(tr("Cancel the run"), QDialogButtonBox::DestructiveRole);
    cancel->setObjectName(u"cancelRunOfQuestion"_s);
    for (QPushButton *button : {m_send, decline, cancel}) {
        button->setAutoDefault(false);
        button->setDefault(false);
    }
    connect(m_send, &QPushButton::clicked, this, &QuestionDialog::send);
    connect(decline, &QPushButton::clicked, this, &QuestionDialog::reject);
    connect(cancel, &QPushButton::clicked, this, &QuestionDialog::cancelWanted);
    return buttons;
}

void QuestionDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    if (QWidget *first = m_words ? m_words : m_form->firstField())
        first->setFocus();
    QTimer::singleShot(settleMs, m_send, [this] { m_send->setEnabled(true); });
}

QuestionDialog::~QuestionDialog()
{
    answer(client::declined()); // Where it goes with its window.
}

void QuestionDialog::makeForm(QWidget *place)
{
    QJsonObject properties;
    const QJsonObject all = m_asked.schema.value("properties"_L1).toObject();
    for (const QString &name : client::fieldsOf(m_asked)) {
        QJsonObject property = all.value(name).toObject();
        const bool saysWhat = property.contains("type"_L1) || property.contains("enum"_L1)
            || property.contains("oneOf"_L1) || property.contains("anyOf"_L1);
        if (!saysWhat)
            property.insert(u"type"_s, u"string"_s);
        properties.insert(name, property);
    }
    QJsonObject schema = m_asked.schema;
    schema.insert(u"type"_s, u"object"_s);
    schema.insert(u"properties"_s, properties);
    if (properties.isEmpty()) // A question that is answered with yes or no, and nothing else.
        schema.insert(u"additionalProperties"_s, false);
    m_form = new SchemaForm(u"answer"_s, place);
    m_form->setSchema(schema, client::FormOf::Question);
    connect(m_form, &SchemaForm::changed, this, [this] { m_form->judge(m_isTried); });
    auto *column = new QVBoxLayout(place);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_form);
    column->addStretch();
}

void QuestionDialog::makeWords(QWidget *place, const QJsonObject &params)
{
    auto *asked = new QPlainTextEdit(shownText(client::samplingText(params)), place);
    asked->setObjectName(u"askedOfModel"_s);
    asked->setReadOnly(true);
    asked->setAccessibleName(tr("What the model is asked"));
    m_words = new QPlainTextEdit(place);
    m_words->setObjectName(u"modelsAnswer"_s);
    m_words->setPlaceholderText(tr("Your answer in the model's place"));
    m_words->setAccessibleName(tr("Your answer in the model's place"));
    m_words->setTabChangesFocus(true);
    auto *column = new QVBoxLayout(place);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(asked, 1);
    column->addWidget(m_words, 1);
}

void QuestionDialog::send()
{
    if (m_words) {
        const QString text = m_words->toPlainText().trimmed();
        m_fault->setText(tr("Write an answer, or decline."));
        m_fault->setVisible(text.isEmpty());
        if (text.isEmpty())
            return m_words->setFocus();
        answer(client::sampled(text));
        return accept();
    }
    m_isTried = true;
    if (!m_form->judge(true).isEmpty())
        return m_form->firstField() ? m_form->firstField()->setFocus() : m_send->setFocus();
    answer(client::accepted(m_form->value()));
    accept();
}

void QuestionDialog::answer(const base::Expected<QJsonObject, protocol::RpcError> &given)
{
    if (const Reply reply = std::exchange(m_reply, {}))
        reply(given);
}

void QuestionDialog::done(int result)
{
    if (m_words)
        answer(base::failure(client::rejected()));
    else
        answer(client::declined());
    QDialog::done(result);
}

client::ClientOffer
askingOffer(std::function<void(const QString &, const QJsonObject &, const QuestionDialog::Reply &)> ask)
{
    QJsonObject capabilities = client::formCapabilities();
    for (const QJsonObject &more : {client::rootCapabilities(), client::samplingCapabilities()})
        capabilities.insert(more.begin().key(), more.begin().value());
    return {capabilities,
            [ask = std::move(ask)](const QString &method, const QJsonObject &params,
                                   const client::ClientOffer::Reply &reply) {
                const bool isForm
                    = method == protocol::question::elicit && client::readElicitation(params).isForm;
                if (isForm || method == protocol::question::sample)
                    ask(method, params, reply);
                else if (method == protocol::question::elicit)
                    reply(client::declined()); // An address to be opened, which was not offered.
                else if (method == protocol::question::listRoots)
                    reply(client::noRoots());
                else
                    reply(base::failure(client::notOffered(method)));
            }};
}

} // namespace gatehouse::app
