// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/offerpage.h"

#include "app/fieldeditor.h"
#include "app/flowlayout.h"
#include "app/icons.h"
#include "app/label.h"
#include "app/pagearea.h"
#include "app/pill.h"
#include "app/schemaform.h"
#include "app/sourcetext.h"
#include "app/theme.h"
#include "base/json.h"
#include "inspector/words.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using inspector::OfferItem;
using inspector::Tone;

enum Tab { Form, Json, Schema };

QString indented(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson()).trimmed();
}

QString keyOf(const QString &place, const OfferItem &item)
{
    return place + u'\n' + QString::number(int(item.kind)) + u'\n' + item.name;
}

} // namespace

OfferPage::OfferPage(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"offerPage"_s);
    m_tabs = new QTabBar(this);
    m_tabs->setObjectName(u"offerTabs"_s);
    m_tabs->setAccessibleName(tr("How it is filled in"));
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(true);
    for (const QString &name : {tr("Form"), tr("JSON"), tr("Schema")})
        m_tabs->addTab(name);
    m_form = new SchemaForm(u"given"_s, this);
    auto *page = new QWidget(this);
    auto *inside = new QVBoxLayout(page);
    inside->setContentsMargins(16, 10, 16, 10);
    inside->addWidget(m_form);
    inside->addStretch();
    m_area = new PageArea(page, this);
    m_json = new QPlainTextEdit(this);
    m_json->setObjectName(u"givenJson"_s);
    m_json->setAccessibleName(tr("Arguments as JSON"));
    m_json->setTabChangesFocus(true);
    m_json->setProperty("plain", true);
    m_schema = new SourceText(u"offerSchema"_s, tr("As the server lists it"), this);
    m_schema->setProperty("plain", true);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(m_area);
    m_pages->addWidget(m_json);
    m_pages->addWidget(m_schema);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(m_tabs);
    column->addWidget(m_pages, 1);
    column->addWidget(makeFoot());
    connect(m_tabs, &QTabBar::currentChanged, this, &OfferPage::turnTo);
    connect(m_form, &SchemaForm::changed, this, &OfferPage::judge);
    connect(m_json, &QPlainTextEdit::textChanged, this, &OfferPage::judge);
    retheme();
}

QWidget *OfferPage::makeHead()
{
    auto *head = new QWidget(this);
    m_title = new Label(head);
    m_title->setObjectName(u"offerTitle"_s);
    m_title->setProperty("title", true);
    m_title->setWordWrap(true);
    m_kind = new Pill(head);
    m_kind->setObjectName(u"offerKind"_s);
    m_about = new Label(head);
    m_about->setObjectName(u"offerAbout"_s);
    m_about->setProperty("quiet", true);
    m_about->setWordWrap(true);
    m_needs = new Label(head);
    m_needs->setObjectName(u"offerNeeds"_s);
    m_needs->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->addWidget(m_title, 1);
    row->addWidget(m_kind, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins(16, 12, 16, 8);
    column->setSpacing(4);
    column->addLayout(row);
    column->addWidget(m_about);
    column->addWidget(m_needs);
    return head;
}

QWidget *OfferPage::makeFoot()
{
    auto *foot = new QWidget(this);
    foot->setObjectName(u"offerFoot"_s);
    foot->setAttribute(Qt::WA_StyledBackground);
    auto *label = new Label(tr("Call as"), foot);
    label->setProperty("quiet", true);
    m_whoPlace = new QWidget(foot);
    auto *whoColumn = new QVBoxLayout(m_whoPlace);
    whoColumn->setContentsMargins(0, 0, 0, 0);
    m_whoBox = new QComboBox(foot);
    m_whoBox->setObjectName(u"callers"_s);
    m_whoBox->setAccessibleName(tr("Call as"));
    m_whoBox->view()->setAccessibleName(tr("Call as"));
    m_whoBox->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_whoBox->setMinimumContentsLength(8);
    m_whoBox->hide();
    connect(m_whoBox, &QComboBox::activated, this, [this](int index) {
        m_isPicked = true;
        choose(index);
    });
    auto *who = new QHBoxLayout;
    who->addWidget(label, 0, Qt::AlignTop);
    who->addWidget(m_whoPlace, 1);
    who->addWidget(m_whoBox, 1);
    m_fault = new Label(foot);
    m_fault->setObjectName(u"offerFault"_s);
    m_fault->setProperty("fault", true);
    m_fault->setWordWrap(true);
    m_allTheSame = new QPushButton(tr("Send it all the same"), foot);
    m_allTheSame->setObjectName(u"sendAllTheSame"_s);
    m_allTheSame->setToolTip(tr("What the server says to what its schema forbids"));
    m_clock = new Label(foot);
    m_clock->setProperty("quiet", true);
    m_cancel = new QPushButton(icon(u"stop"_s), tr("Cancel"), foot);
    m_cancel->setObjectName(u"cancelCall"_s);
    m_call = new QPushButton(tr("Call"), foot);
    m_call->setObjectName(u"callOffered"_s);
    m_call->setDefault(true);
    m_call->setToolTip(inspector::toolTipText(u"Ctrl+Return"_s));
    auto *place = new QWidget(foot);
    auto *buttons = new FlowLayout(place);
    for (QWidget *one : {static_cast<QWidget *>(m_call), static_cast<QWidget *>(m_cancel),
                         static_cast<QWidget *>(m_allTheSame), static_cast<QWidget *>(m_clock)})
        buttons->addWidget(one);
    auto *column = new QVBoxLayout(foot);
    column->setContentsMargins(16, 8, 16, 10);
    column->addLayout(who);
    column->addWidget(m_fault);
    column->addWidget(place);
    m_fault->hide();
    m_allTheSame->hide();
    m_cancel->hide();
    m_clock->hide();
    connect(m_call, &QPushButton::clicked, this, &OfferPage::call);
    connect(m_cancel, &QPushButton::clicked, this, &OfferPage::cancelWanted);
    connect(m_allTheSame, &QPushButton::clicked, this, [this] {
        const Caller *as = caller();
        const auto json = m_tab == Json
            ? base::readJsonObject(m_json->toPlainText().toUtf8()).value_or(QJsonObject())
            : m_form->value();
        if (as && !m_isRunning)
            Q_EMIT callWanted(*as, json);
    });
    return foot;
}

void OfferPage::keep()
{
    if (m_item.name.isEmpty())
        return;
    const auto typed = base::readJsonObject(m_json->toPlainText().toUtf8());
    const QJsonObject given = m_tab == Json && typed ? *typed : m_form->value();
    // What nobody touched is none: it would push out what somebody typed, and outlive the server's own
    // defaults.
    if (given != m_untouched || m_kept.find(keyOf(m_place, m_item)))
        m_kept.insert(keyOf(m_place, m_item), given);
}

QByteArray OfferPage::savedArguments()
{
    keep();
    return m_kept.saved();
}

void OfferPage::show(const QString &place, const OfferItem &item)
{
    if (place == m_place && item == m_item)
        return;
    keep();
    m_place = place;
    m_item = item;
    m_isTried = false;
    m_title->setText(shownText(item.title.isEmpty() ? item.name : item.title).left(200));
    m_about->setText(shownText(item.about));
    m_about->setVisible(!item.about.isEmpty());
    m_needs->setText(item.needs.isEmpty() ? QString() : tr("Needs %1.").arg(item.needs));
    m_needs->setVisible(!item.needs.isEmpty());
    if (inspector::saysThatItOnlyReads(item))
        m_kind->set(Tone::Muted, tr("only reads"));
    else if (inspector::mayDestroy(item))
        m_kind->set(Tone::Warning, tr("may destroy"));
    else
        m_kind->set(Tone::Muted, tr("changes something"));
    // What a tool does not say nobody knows.
    m_kind->setVisible(item.kind != OfferItem::Kind::Tool || item.json.contains("annotations"_L1));
    m_schema->setSource(indented(item.json));
    m_form->setSchema(item.takes);
    m_untouched = m_form->value();
    const std::optional<QJsonObject> kept = m_kept.find(keyOf(place, item));
    const bool hasFields = !kept || m_form->setValue(*kept);
    const QJsonObject given = hasFields ? m_form->value() : *kept;
    {
        // Where it cannot be shown by the form, it stays what it was.
        const QSignalBlocker quietText(m_json);
        const QSignalBlocker quietTabs(m_tabs);
        m_json->setPlainText(indented(given));
        m_tab = hasFields ? Form : Json;
        m_tabs->setCurrentIndex(m_tab);
    }
    m_pages->setCurrentIndex(m_tab);
    judge();
}

/// What is filled in goes with it, as far as the other page can show it.
void OfferPage::turnTo(int tab)
{
    const auto typed = base::readJsonObject(m_json->toPlainText().toUtf8());
    if (tab == Form && m_tab == Json && (!typed || !m_form->setValue(*typed))) {
        const QSignalBlocker quiet(m_tabs);
        m_tabs->setCurrentIndex(Json);
        m_fault->setText(typed ? tr("The form has no fields for all of this.")
                               : tr("The arguments must be one JSON object: %1").arg(typed.error().text));
        m_fault->show();
        return;
    }
    if (tab == Json && m_tab != Json) {
        const QSignalBlocker quiet(m_json);
        m_json->setPlainText(indented(m_form->value()));
    }
    if (tab != Schema)
        m_tab = tab;
    m_pages->setCurrentIndex(tab);
    judge();
}

/// Says what is wrong, and whether nothing is.
bool OfferPage::judge()
{
    QString fault;
    qsizetype wrong = 0;
    bool canBeSent = true;
    if (m_tab == Json) {
        const auto typed = base::readJsonObject(m_json->toPlainText().toUtf8());
        canBeSent = !!typed;
        if (!typed) {
            fault = tr("The arguments must be one JSON object: %1").arg(typed.error().text);
        } else if (const auto schema = schema::Schema::compile(m_item.takes)) {
            const auto judgement = schema->judge(*typed);
            wrong = judgement.verdict == schema::Schema::Verdict::Invalid ? judgement.faults.size() : 0;
            fault = wrong > 0 ? judgement.text(tr("This")) : QString();
        }
    } else {
        wrong = m_form->judge(m_isTried).size();
        fault = wrong > 0 ? tr("To be put right: %1").arg(wrong) : QString();
    }
    m_fault->setText(shownText(fault));
    m_fault->setVisible(!fault.isEmpty());
    m_allTheSame->setVisible(wrong > 0 && canBeSent && !m_isRunning);
    m_call->setEnabled(canBeSent && !m_isRunning && caller() && !m_item.name.isEmpty());
    m_json->setAccessibleDescription(m_tab == Json ? fault : QString());
    return fault.isEmpty();
}

std::optional<QJsonObject> OfferPage::given()
{
    m_isTried = true;
    if (!judge()) {
        if (m_tab == Form && m_pages->currentIndex() != Form)
            m_tabs->setCurrentIndex(Form);
        if (QWidget *field = firstField())
            field->setFocus();
        return std::nullopt;
    }
    return m_tab == Json ? *base::readJsonObject(m_json->toPlainText().toUtf8()) : m_form->value();
}

void OfferPage::call()
{
    const Caller *as = caller();
    if (m_isRunning || !as || m_item.name.isEmpty())
        return;
    if (const auto json = given()) {
        keep();
        Q_EMIT callWanted(*as, *json);
    }
}

QWidget *OfferPage::firstField() const
{
    if (m_tab == Json)
        return m_json;
    QWidget *field = m_form->firstField();
    return field ? field : m_call;
}

void OfferPage::setCallers(const QList<Caller> &callers)
{
    if (m_callers == callers)
        return;
    // Only what somebody has chosen stays: the first one is whom one wants to call as.
    const auto before = caller() && m_isPicked ? std::optional(*caller()) : std::nullopt;
    m_callers = callers;
    const auto found = before ? callers.indexOf(*before) : -1;
    const bool hadFocus = m_who && m_who->isAncestorOf(focusWidget());
    delete m_who;
    m_who = new QWidget(m_whoPlace);
    auto *flow = new FlowLayout(m_who);
    m_whoPlace->layout()->addWidget(m_who);
    m_chips.clear();
    m_whoBox->clear();
    for (int i = 0; i < int(callers.size()); ++i) {
        auto *chip = new QPushButton(inspector::lineText(callers.at(i).name), m_who);
        chip->setObjectName(u"caller%1"_s.arg(i));
        chip->setAccessibleName(tr("Call as %1").arg(callers.at(i).name));
        chip->setProperty("chip", true);
        chip->setCheckable(true);
        chip->setAutoExclusive(true);
        connect(chip, &QPushButton::clicked, this, [this, i] {
            m_isPicked = true;
            choose(i);
        });
        flow->addWidget(chip);
        m_chips.append(chip);
        m_whoBox->addItem(chip->text());
    }
    choose(int(std::max<qsizetype>(0, found)));
    if (hadFocus && !m_chips.isEmpty())
        m_chips.at(m_chosen)->setFocus();
}

void OfferPage::choose(int index)
{
    m_chosen = index;
    m_whoBox->setCurrentIndex(index);
    if (index < m_chips.size())
        m_chips.at(index)->setChecked(true);
    m_call->setText(caller() && m_whoBox->isHidden()
                        ? tr("Call as %1").arg(inspector::lineText(caller()->name))
                        : tr("Call"));
    judge();
}

const Caller *OfferPage::caller() const
{
    return m_chosen < m_callers.size() ? &m_callers.at(m_chosen) : nullptr;
}

void OfferPage::setCompact(bool isCompact)
{
    if (m_whoBox->isHidden() == !isCompact)
        return;
    const bool hadFocus = m_whoPlace->isAncestorOf(focusWidget()) || m_whoBox->hasFocus();
    m_whoBox->setVisible(isCompact);
    m_whoPlace->setVisible(!isCompact);
    choose(m_chosen);
    if (hadFocus && !m_chips.isEmpty())
        (isCompact ? static_cast<QWidget *>(m_whoBox) : m_chips.at(m_chosen))->setFocus();
}

void OfferPage::setRunning(qint64 ms)
{
    const bool isRunning = ms >= 0;
    m_clock->setText(isRunning ? inspector::sinceWords(ms) : QString());
    if (m_isRunning == isRunning)
        return;
    const bool callHad = m_call->hasFocus() || m_allTheSame->hasFocus();
    const bool cancelHad = m_cancel->hasFocus();
    m_isRunning = isRunning;
    m_clock->setVisible(isRunning);
    m_cancel->setVisible(isRunning);
    judge();
    if (isRunning && callHad)
        m_cancel->setFocus();
    if (!isRunning && cancelHad)
        m_call->setFocus();
}

void OfferPage::retheme()
{
    m_json->setFont(Look::fixedFont());
    m_schema->setFont(Look::fixedFont());
}

} // namespace gatehouse::app
