// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/questiondialog.h"

#include "app/label.h"
#include "app/screenroom.h"
#include "app/settingeditor.h"
#include "base/secretnames.h"
#include "client/offer.h"
#include "client/sampling.h"
#include "inspector/words.h"
#include "protocol/methodtable.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QJsonArray>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

constexpr qsizetype maximumText = 2000;
constexpr qsizetype maximumChoices = 500;

QString shown(const QString &text)
{
    QStringList lines;
    for (const QString &line : text.left(maximumText).split(u'\n'))
        lines.append(inspector::escapedForDisplay(line));
    return lines.join(u'\n');
}

} // namespace

QuestionDialog::QuestionDialog(const QString &server, const QString &method, const QJsonObject &params,
                               Reply reply, QWidget *parent)
    : QDialog(parent)
    , m_form(client::readElicitation(params))
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
    auto *message = new Label(isForModel ? QString() : shown(m_form.message), this);
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
    if (QWidget *first = m_words ? m_words : m_fields.isEmpty() ? nullptr : m_fields.first().editor)
        first->setFocus();
    QTimer::singleShot(settleMs, m_send, [this] { m_send->setEnabled(true); });
}

QuestionDialog::~QuestionDialog()
{
    answer(client::declined()); // Where it goes with its window.
}

QWidget *QuestionDialog::editorOf(const QString &name, const QJsonObject &property)
{
    const QString type = property.value("type"_L1).toString(u"string"_s);
    const QJsonValue usual = property.value("default"_L1);
    const auto choices
        = client::choicesIn(type == "array"_L1 ? property.value("items"_L1).toObject() : property);
    if (type == "boolean"_L1) {
        auto *box = new QCheckBox;
        box->setChecked(usual.toBool());
        return box;
    }
    if (type == "array"_L1) {
        auto *list = new QListWidget;
        for (const auto &[value, title] : choices.mid(0, maximumChoices)) {
            auto *item = new QListWidgetItem(shown(title.isEmpty() ? value : title), list);
            item->setData(Qt::UserRole, value);
            item->setCheckState(usual.toArray().contains(value) ? Qt::Checked : Qt::Unchecked);
        }
        list->setMaximumHeight(fontMetrics().height() * 8);
        list->setSpacing(3); // The theme's boxes are taller than a line.
        list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        list->setTextElideMode(Qt::ElideRight);
        return list;
    }
    if (!choices.isEmpty()) {
        auto *box = new QComboBox;
        box->addItem(tr("choose"), QString());
        for (const auto &[value, title] : choices.mid(0, maximumChoices))
            box->addItem(shown(title.isEmpty() ? value : title), value);
        box->setCurrentIndex(std::max(0, box->findData(usual.toString())));
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(10);
        WheelGuard::guard(box);
        return box;
    }
    auto *line = new QLineEdit(usual.isUndefined() ? QString() : shown(usual.toVariant().toString()));
    line->setMaxLength(int(maximumText));
    if (base::isSecretName(name.toUtf8(), base::Place::Elsewhere))
        line->setEchoMode(QLineEdit::Password);
    return line;
}

void QuestionDialog::makeForm(QWidget *place)
{
    auto *form = new QFormLayout(place);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    form->setContentsMargins(0, 0, 0, 0);
    const QJsonObject properties = m_form.schema.value("properties"_L1).toObject();
    const QJsonArray required = m_form.schema.value("required"_L1).toArray();
    for (const QString &name : client::fieldsOf(m_form)) {
        Field field{name, properties.value(name).toObject(), required.contains(name)};
        field.editor = editorOf(name, field.property);
        field.shown = textIn(field);
        field.editor->setObjectName(u"answer_"_s + name.left(100));
        const QString title = shown(field.property.value("title"_L1).toString(name).left(200));
        // Without a buddy: a "&" in it is the server's, and no key of ours.
        auto *label = new Label(field.isRequired ? tr("%1 (required)").arg(title) : title, place);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        field.editor->setAccessibleName(title);
        if (auto *box = qobject_cast<QComboBox *>(field.editor))
            box->view()->setAccessibleName(title);
        form->addRow(label, field.editor);
        if (const QString about = shown(field.property.value("description"_L1).toString());
            !about.isEmpty()) {
            auto *hint = new Label(about, place);
            hint->setProperty("quiet", true);
            hint->setWordWrap(true);
            hint->setTextFormat(Qt::PlainText);
            field.editor->setAccessibleDescription(about);
            form->addRow(hint);
        }
        m_fields.append(field);
    }
}

void QuestionDialog::makeWords(QWidget *place, const QJsonObject &params)
{
    auto *asked = new QPlainTextEdit(shown(client::samplingText(params)), place);
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

QString QuestionDialog::textIn(const Field &field)
{
    if (const auto *box = qobject_cast<const QCheckBox *>(field.editor))
        return box->isChecked() ? u"true"_s : u"false"_s;
    if (const auto *box = qobject_cast<const QComboBox *>(field.editor))
        return box->currentData().toString();
    if (const auto *line = qobject_cast<const QLineEdit *>(field.editor))
        return line->text();
    return {};
}

/// What the fields hold, in the kinds that their schema wants. `wrong`: whose fault the error is.
base::Expected<QJsonObject, QString> QuestionDialog::content(QWidget **wrong) const
{
    QJsonObject all;
    for (const Field &field : m_fields) {
        *wrong = field.editor;
        const QString title = shown(field.property.value("title"_L1).toString(field.name).left(200));
        if (const auto *list = qobject_cast<const QListWidget *>(field.editor)) {
            QJsonArray chosen;
            for (int i = 0; i < list->count(); ++i) {
                if (list->item(i)->checkState() == Qt::Checked)
                    chosen.append(list->item(i)->data(Qt::UserRole).toString());
            }
            if (field.isRequired && chosen.isEmpty())
                return base::failure(tr("%1 has to be filled in.").arg(title));
            const bool isLeftOut = chosen.isEmpty() && field.property.value("default"_L1).toArray().isEmpty();
            if (!isLeftOut)
                all.insert(field.name, chosen);
            continue;
        }
        const QString text = textIn(field);
        if (text.isEmpty() && field.isRequired)
            return base::failure(tr("%1 has to be filled in.").arg(title));
        if (text.isEmpty())
            continue;
        const QJsonValue usual = field.property.value("default"_L1);
        const auto value = text == field.shown && !usual.isUndefined()
            ? base::Expected<QJsonValue, QString>(usual)
            : client::valueFor(field.property, text);
        if (!value)
            return base::failure(field.property.value("type"_L1) == "integer"_L1
                                     ? tr("%1 has to be a whole number.").arg(title)
                                     : tr("%1 has to be a number.").arg(title));
        all.insert(field.name, *value);
    }
    return all;
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
    QWidget *wrong = nullptr;
    const auto filled = content(&wrong);
    m_fault->setText(filled ? QString() : filled.error());
    m_fault->setVisible(!filled);
    if (!filled)
        return wrong->setFocus();
    answer(client::accepted(*filled));
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
