// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/toolsview.h"

#include "app/answerpage.h"
#include "app/clientwords.h"
#include "app/emptystate.h"
#include "app/flowlayout.h"
#include "app/icons.h"
#include "app/offerpage.h"
#include "app/questions.h"
#include "app/strip.h"
#include "app/theme.h"
#include "app/tonedelegate.h"
#include "client/content.h"
#include "client/told.h"
#include "inspector/exchangewords.h"
#include "inspector/foreigntext.h"
#include "sandbox/people.h"
#include "schema/schema.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QResizeEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableWidget>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using host::Host;
using inspector::OfferItem;
using inspector::OfferModel;
using inspector::Tone;

constexpr qsizetype mostPersons = 8;
constexpr int narrow = 1100; ///< Of the view; below this there is one part at a time.

enum TrialColumn { CalledAs, Gate, WhatCame, Took, TrialColumnCount };

QString needsOf(const base::AccessRequirements &needs)
{
    QStringList words;
    for (const QString &one : needs.scopes)
        words.append(ToolsView::tr("the scope %1").arg(one));
    for (const QString &one : needs.permissions)
        words.append(ToolsView::tr("the permission %1").arg(one));
    if (!needs.organizations.isEmpty())
        words.append(ToolsView::tr("the organization %1").arg(needs.organizations.join(u", "_s)));
    return words.join(u", "_s);
}

QList<OfferItem> itemsOf(const host::Offered &offered)
{
    QList<OfferItem> items;
    const auto add = [&items](OfferItem::Kind kind, const QList<host::Offered::Entry> &entries) {
        for (const host::Offered::Entry &entry : entries) {
            OfferItem item = inspector::readOfferItem(kind, entry.json);
            item.needs = needsOf(entry.needs);
            items.append(item);
        }
    };
    add(OfferItem::Kind::Tool, offered.tools);
    add(OfferItem::Kind::Resource, offered.resources);
    add(OfferItem::Kind::Template, offered.templates);
    add(OfferItem::Kind::Prompt, offered.prompts);
    return items;
}

/// Resources and their templates are one kind in the list.
bool isOfKind(const OfferItem &item, OfferItem::Kind kind)
{
    return item.kind == kind || (kind == OfferItem::Kind::Resource && item.kind == OfferItem::Kind::Template);
}

QList<OfferItem> ofKind(const QList<OfferItem> &items, OfferItem::Kind kind)
{
    QList<OfferItem> some;
    std::copy_if(items.begin(), items.end(), std::back_inserter(some),
                 [kind](const OfferItem &item) { return isOfKind(item, kind); });
    return some;
}

/// One for each organization that a person may sign in for.
QList<Caller> personsOf(const sandbox::People &people)
{
    QList<Caller> callers;
    for (const sandbox::User &user : people.users) {
        const QString name = user.firstName.isEmpty() ? user.email : user.firstName;
        if (user.memberships.isEmpty())
            callers.append({Caller::Kind::Person, user.email, {}, name});
        for (const sandbox::Membership &one : user.memberships) {
            const sandbox::Organization *there = people.organization(one.organizationId);
            callers.append({Caller::Kind::Person, user.email, one.organizationId,
                            name + u", "_s + (there ? there->name : one.organizationId)});
        }
    }
    return callers.mid(0, mostPersons);
}

/// Whether the structured part of a result is what the tool says it is.
QString validityOf(const OfferItem &item, const client::Result &result)
{
    const QJsonValue schema = item.json.value("outputSchema"_L1);
    const QJsonValue structured = result.json.value("structuredContent"_L1);
    if (!schema.isObject() || structured.isUndefined())
        return {};
    const auto compiled = schema::Schema::compile(schema);
    if (!compiled)
        return {};
    const auto judgement = compiled->judge(structured);
    return judgement.verdict == schema::Schema::Verdict::Valid ? ToolsView::tr("fits its output schema")
        : judgement.verdict == schema::Schema::Verdict::Invalid
        ? ToolsView::tr("does not fit its output schema: %1").arg(judgement.text(ToolsView::tr("it")))
        : QString();
}

} // namespace

ToolsView::ToolsView(OfferModel *model, inspector::TrafficModel *traffic, QWidget *parent)
    : View(parent)
    , m_model(model)
    , m_traffic(traffic)
    , m_questions(new Questions(this))
{
    setObjectName(u"toolsView"_s);
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setObjectName(u"toolsSplitter"_s);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(makeList());
    m_splitter->addWidget(makeRightSide());
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_empty = new EmptyState(u"noTools"_s, this);
    connect(m_empty->button(), &QPushButton::clicked, this, &ToolsView::startWanted);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_splitter);
    m_stack->addWidget(m_empty);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
    m_caller.setOffer(m_questions->offer([this] { return QUrl(m_shownAddress).authority(); }));
    connect(m_questions, &Questions::cancelWanted, this, [this] { cancel(true); });
    connect(&m_caller, &ToolCaller::busyChanged, this, [this] {
        m_page->setRunning(m_caller.isBusy() ? 0 : -1);
        m_tryAll->setEnabled(!m_caller.isBusy());
        m_caller.isBusy() ? m_clock.start() : m_clock.stop();
        if (!m_caller.isBusy())
            m_questions->end();
    });
    connect(&m_caller, &ToolCaller::told, this, [this](const QString &method, const QJsonObject &params) {
        if (const auto told = client::readTold(method, params)) {
            const QString far = told->kind != client::Told::Kind::Progress ? told->word
                : told->total ? tr("%1 of %2").arg(told->progress).arg(*told->total)
                              : QString::number(told->progress);
            m_answer->addTold(far.isEmpty() ? told->text : far + u" – "_s + told->text);
        }
    });
    m_clock.setInterval(100);
    connect(&m_clock, &QTimer::timeout, this, [this] { m_page->setRunning(m_caller.runningMs()); });
    updateGroups();
    updateEmptyState();
}

QWidget *ToolsView::makeList()
{
    auto *side = new QWidget(this);
    m_search = new QLineEdit(side);
    m_search->setObjectName(u"searchTools"_s);
    m_search->setPlaceholderText(tr("Search names and words"));
    m_search->setAccessibleName(tr("Search names and words"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icon(u"search"_s), QLineEdit::LeadingPosition);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model->setSearch(text);
        choose();
    });
    connect(m_search, &QLineEdit::returnPressed, this, [this] { home()->setFocus(); }); // What was found.
    m_kinds = new QButtonGroup(this);
    auto *kindPlace = new QWidget(side);
    auto *kinds = new FlowLayout(kindPlace);
    const std::tuple<OfferItem::Kind, QString, QString> all[]
        = {{OfferItem::Kind::Tool, u"kindTools"_s, tr("Tools")},
           {OfferItem::Kind::Resource, u"kindResources"_s, tr("Resources")},
           {OfferItem::Kind::Prompt, u"kindPrompts"_s, tr("Prompts")}};
    for (const auto &[kind, name, text] : all) {
        auto *chip = new QPushButton(text, side);
        chip->setObjectName(name);
        chip->setProperty("chip", true);
        chip->setCheckable(true);
        m_kinds->addButton(chip, int(kind));
        kinds->addWidget(chip);
    }
    m_kinds->button(int(OfferItem::Kind::Tool))->setChecked(true);
    connect(m_kinds, &QButtonGroup::idClicked, this, [this](int kind) { turnTo(OfferItem::Kind(kind)); });
    m_list = new QTreeView(side);
    m_list->setObjectName(u"offered"_s);
    m_list->setAccessibleName(tr("What servers offer"));
    m_list->setProperty("lined", true);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new ToneDelegate(OfferModel::ToneRole, m_list));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setItemsExpandable(false);
    m_list->setExpandsOnDoubleClick(false);
    m_list->setIndentation(fontMetrics().averageCharWidth());
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(OfferModel::Name, QHeaderView::Stretch);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &ToolsView::choose);
    connect(m_list, &QTreeView::activated, this, [this] {
        if (QWidget *field = m_page->firstField())
            field->setFocus();
    });
    connect(m_model, &OfferModel::modelReset, this, [this] {
        m_list->expandAll();
        for (int i = 0; i < m_model->rowCount(); ++i)
            m_list->setFirstColumnSpanned(i, {}, false);
    });
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(6);
    auto *top = new QVBoxLayout;
    top->setContentsMargins(12, 0, 12, 0);
    top->addWidget(m_search);
    top->addWidget(kindPlace);
    column->addLayout(top);
    column->addWidget(m_list, 1);
    return side;
}

QWidget *ToolsView::makeRightSide()
{
    m_middle = new QWidget(this);
    m_page = new OfferPage(m_middle);
    connect(m_page, &OfferPage::callWanted, this, [this](const Caller &caller, const QJsonObject &given) {
        m_asked.clear();
        m_trial.clear(); // It is one call.
        m_question->hide();
        begin(caller, given);
    });
    connect(m_page, &OfferPage::cancelWanted, this, [this] { cancel(true); });
    auto *column = new QVBoxLayout(m_middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_page, 3);
    column->addWidget(makeTrial(), 2);
    m_answer = new AnswerPage(this);
    connect(m_answer, &AnswerPage::trafficWanted, this, [this] { Q_EMIT trafficWanted(m_shownRequest); });
    connect(m_answer, &AnswerPage::messageWanted, this, &ToolsView::messageWanted);
    m_inner = new QSplitter(Qt::Horizontal, this);
    m_inner->setObjectName(u"answerSplitter"_s);
    m_inner->setChildrenCollapsible(false);
    m_inner->setHandleWidth(1);
    m_inner->addWidget(m_middle);
    m_inner->addWidget(m_answer);
    m_inner->setStretchFactor(0, 1);
    m_inner->setStretchFactor(1, 1);
    m_parts = new QTabBar(this);
    m_parts->setObjectName(u"toolParts"_s);
    m_parts->setAccessibleName(tr("What is shown of the call"));
    m_parts->setExpanding(false);
    m_parts->setUsesScrollButtons(true);
    for (const QString &name : {tr("What it is given"), tr("What came"), tr("Who may call it")})
        m_parts->addTab(name);
    connect(m_parts, &QTabBar::currentChanged, this, &ToolsView::fit);
    auto *side = new QWidget(this);
    auto *sideColumn = new QVBoxLayout(side);
    sideColumn->setContentsMargins(0, 0, 0, 0);
    sideColumn->setSpacing(0);
    sideColumn->addWidget(m_parts);
    sideColumn->addWidget(m_inner, 1);
    return side;
}

/// Side by side where there is room for it, else one part at a time.
void ToolsView::fit()
{
    const int part = m_parts->currentIndex();
    const bool hadFocus = m_inner->isAncestorOf(focusWidget());
    m_parts->setVisible(m_isNarrow);
    m_page->setCompact(m_isNarrow);
    m_middle->setVisible(!m_isNarrow || part != Answer);
    m_page->setVisible(!m_isNarrow || part == Form);
    m_trialPlace->setVisible(!m_isNarrow || part == Trial);
    m_answer->setVisible(!m_isNarrow || part == Answer);
    if (hadFocus && !(focusWidget() && focusWidget()->isVisible()))
        m_parts->setFocus();
}

void ToolsView::turnToPart(Part part)
{
    m_parts->setCurrentIndex(part);
}

/// Who may call it, tried out.
QWidget *ToolsView::makeTrial()
{
    m_trialPlace = new QWidget(this);
    auto *title = new Label(tr("Who may call it"), m_trialPlace);
    title->setProperty("strong", true);
    m_tryAll = new QPushButton(icon(u"start"_s), tr("Try all"), m_trialPlace);
    m_tryAll->setObjectName(u"tryAll"_s);
    m_tryAll->setToolTip(tr("Calls it as each of them, with what is filled in"));
    connect(m_tryAll, &QPushButton::clicked, this, &ToolsView::askForTrial);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(16, 8, 16, 6);
    head->addWidget(title, 1);
    head->addWidget(m_tryAll);
    m_question = new Strip(u"tryAllQuestion"_s, m_trialPlace);
    QPushButton *yes = m_question->addButton(u"tryAllYes"_s, tr("Call it as each"));
    QPushButton *no = m_question->addButton(u"tryAllNo"_s, tr("Do not"));
    m_question->hide();
    connect(yes, &QPushButton::clicked, this, [this] {
        m_question->hide();
        m_tryAll->setFocus();
        m_trial = std::exchange(m_asked, {});
        tryNext();
    });
    connect(no, &QPushButton::clicked, this, [this] {
        m_asked.clear();
        m_question->hide();
        m_tryAll->setFocus();
    });
    m_trialTable = new QTableWidget(0, TrialColumnCount, m_trialPlace);
    m_trialTable->setObjectName(u"trial"_s);
    m_trialTable->setAccessibleName(tr("Who may call it"));
    m_trialTable->setProperty("lined", true);
    m_trialTable->setHorizontalHeaderLabels({tr("Called as"), tr("Gate"), tr("What came"), tr("Took")});
    m_trialTable->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_trialTable->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_trialTable->setTabKeyNavigation(false);
    m_trialTable->setShowGrid(false);
    m_trialTable->setWordWrap(false);
    m_trialTable->verticalHeader()->hide();
    m_trialTable->horizontalHeader()->setHighlightSections(false);
    m_trialTable->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_trialTable->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_trialTable->horizontalHeader()->setSectionResizeMode(WhatCame, QHeaderView::Stretch);
    m_trialTable->setItemDelegate(new ToneDelegate(Qt::UserRole, m_trialTable));
    auto *column = new QVBoxLayout(m_trialPlace);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_question);
    column->addWidget(m_trialTable, 1);
    return m_trialPlace;
}

void ToolsView::setServer(Host::State state, const host::Running &running)
{
    m_state = state;
    m_running = running;
    if (!m_caller.setServer(state, running))
        cancel(true);
    if (state != Host::State::Listening)
        m_own.clear();
    updateGroups();
    updateCallers();
    updateEmptyState();
}

void ToolsView::setOffered(const host::Offered &offered)
{
    m_own = itemsOf(offered);
    m_model->setCountable(m_own);
    updateGroups();
    updateEmptyState();
}

void ToolsView::setSignedIn(const QString &server, const QString &user, const QList<client::ToolInfo> &tools,
                            const std::function<ToolCaller::SignIn()> &signIn)
{
    m_signedInServer = server;
    m_signedInUser = user;
    m_caller.setSignedIn(signIn);
    m_theirs.clear();
    for (const client::ToolInfo &tool : tools)
        m_theirs.append(inspector::readOfferItem(OfferItem::Kind::Tool, tool.json));
    updateGroups();
    updateCallers();
    updateEmptyState();
}

void ToolsView::updateGroups()
{
    QList<OfferModel::Group> groups;
    if (!m_own.isEmpty())
        groups.append({tr("This server"), true, ofKind(m_own, m_kind)});
    const bool isElsewhere = !m_signedInServer.isEmpty() && m_signedInServer != m_running.resource;
    if (isElsewhere)
        groups.append({tr("Signed in: %1").arg(m_signedInServer), false, ofKind(m_theirs, m_kind)});
    // What is chosen stays, also where a search hides it.
    const QString group = m_group;
    const OfferItem before = m_page->item();
    m_model->setGroups(groups);
    const bool isThere = std::any_of(groups.begin(), groups.end(), [&](const OfferModel::Group &one) {
        return one.title == group
            && std::any_of(one.items.begin(), one.items.end(), [&before](const OfferItem &item) {
                   return item.kind == before.kind && item.name == before.name;
               });
    });
    QModelIndex index = m_model->indexOf(group, before.kind, before.name);
    if (!isThere && m_model->rowCount() > 0)
        index = m_model->index(0, 0, m_model->index(0, 0));
    m_list->setCurrentIndex(index);
    if (index.isValid())
        show(index);
    else if (!isThere)
        showNothing();
    const auto count = [&](OfferItem::Kind kind) {
        return ofKind(m_own, kind).size() + (isElsewhere ? ofKind(m_theirs, kind).size() : 0);
    };
    const std::pair<OfferItem::Kind, QString> names[] = {{OfferItem::Kind::Tool, tr("Tools %1")},
                                                         {OfferItem::Kind::Resource, tr("Resources %1")},
                                                         {OfferItem::Kind::Prompt, tr("Prompts %1")}};
    for (const auto &[kind, name] : names)
        m_kinds->button(int(kind))->setText(name.arg(count(kind)));
    const int tools = int(count(OfferItem::Kind::Tool));
    setBadge({tools, Tone::Muted, tr("tools: %1").arg(tools)});
}

void ToolsView::updateCallers()
{
    const Caller nobody{Caller::Kind::NoToken, {}, {}, tr("no token")};
    const Caller signedIn{
        Caller::Kind::SignedIn, {}, {}, m_signedInUser.isEmpty() ? tr("whoever signed in") : m_signedInUser};
    QList<Caller> callers;
    const bool isSignedInHere = isOwn() ? m_signedInServer == m_running.resource : true;
    if (isOwn() && m_running.sandbox)
        callers = personsOf(m_running.people);
    if (isSignedInHere && !m_signedInServer.isEmpty())
        callers.append(signedIn);
    callers.append(nobody);
    if (isOwn() && m_running.sandbox)
        callers.append({Caller::Kind::Expired, {}, {}, tr("an expired token")});
    const bool areOthers = callers != m_page->callers();
    m_page->setCallers(callers);
    if (areOthers)
        clearTrial();
}

bool ToolsView::isOwn() const
{
    return m_group.isEmpty() || m_group == tr("This server");
}

QString ToolsView::addressOf(const QString &group) const
{
    return group == tr("This server") ? m_running.resource : m_signedInServer;
}

void ToolsView::choose()
{
    const QModelIndex index = m_list->currentIndex();
    if (m_model->itemAt(index))
        show(index);
}

void ToolsView::show(const QModelIndex &index)
{
    const OfferItem *item = m_model->itemAt(index);
    if (!item)
        return;
    const QString group = m_model->groupOf(index);
    const QString address = addressOf(group);
    if (group == m_group && *item == m_page->item() && address == m_shownAddress)
        return;
    cancel(false);
    m_group = group;
    m_shownAddress = address;
    turnToPart(Form);
    m_page->show(address, *item); // Which is the same in every language.
    updateCallers();
    m_answer->clear();
    m_shownRequest.clear();
    clearTrial();
}

/// What was shown is not offered any more.
void ToolsView::showNothing()
{
    cancel(false);
    m_group.clear();
    m_shownAddress.clear();
    m_page->show({}, {});
    m_answer->clear();
    m_shownRequest.clear();
    clearTrial();
}

void ToolsView::cancel(bool isSaid)
{
    m_asked.clear();
    m_trial.clear();
    m_question->hide();
    if (!m_caller.isBusy())
        return;
    const bool wasTold = m_caller.cancel();
    m_answer->clear();
    if (isSaid)
        Q_EMIT messageWanted(wasTold ? tr("Cancelled. The server was told.")
                                     : tr("Cancelled before it was sent."));
}

void ToolsView::turnTo(OfferItem::Kind kind)
{
    m_kind = kind;
    m_kinds->button(int(kind))->setChecked(true);
    updateGroups();
}

void ToolsView::goTo(OfferItem::Kind kind, const QString &name)
{
    m_search->clear();
    turnTo(kind == OfferItem::Kind::Template ? OfferItem::Kind::Resource : kind);
    const QModelIndex index = m_model->indexOf(tr("This server"), kind, name);
    if (index.isValid())
        m_list->setCurrentIndex(index);
}

void ToolsView::call()
{
    if (m_stack->currentWidget() == m_splitter && !m_shownAddress.isEmpty())
        m_page->call();
}

void ToolsView::begin(const Caller &caller, const QJsonObject &given)
{
    m_answer->clear();
    m_shownRequest.clear();
    m_given = given;
    const OfferItem item = m_page->item();
    m_caller.call(QUrl(m_shownAddress), caller, item, given,
                  [this, caller, item](const ToolCaller::Outcome &outcome) {
                      noteTrial(caller, outcome);
                      showOutcome(caller, item, outcome);
                      tryNext();
                  });
}

void ToolsView::askForTrial()
{
    const auto given = m_page->given();
    if (!given || m_caller.isBusy())
        return;
    m_given = *given;
    m_asked = m_page->callers();
    if (inspector::saysThatItOnlyReads(m_page->item())) {
        m_trial = std::exchange(m_asked, {});
        return tryNext();
    }
    m_question->say(
        Tone::Warning,
        tr("Call it as each of %1? It does not say that it only reads, so it may change something "
           "each time.")
            .arg(m_asked.size()));
    m_question->show();
    m_question->findChild<QPushButton *>(u"tryAllNo"_s)->setFocus();
}

void ToolsView::tryNext()
{
    if (!m_trial.isEmpty() && !m_caller.isBusy())
        begin(m_trial.takeFirst(), QJsonObject(m_given));
}

void ToolsView::clearTrial()
{
    m_question->hide();
    m_asked.clear();
    m_trial.clear();
    const QList<Caller> &callers = m_page->callers();
    m_trialTable->setRowCount(int(callers.size()));
    for (int row = 0; row < int(callers.size()); ++row) {
        const QString texts[TrialColumnCount]
            = {inspector::lineText(callers.at(row).name), tr("Not tried"), {}, {}};
        for (int column = 0; column < TrialColumnCount; ++column) {
            auto *cell = new QTableWidgetItem(texts[column]);
            cell->setData(Qt::UserRole, int(column == CalledAs ? Tone::Plain : Tone::Muted));
            m_trialTable->setItem(row, column, cell);
        }
    }
    m_tryAll->setText(tr("Try all %1").arg(callers.size()));
}

void ToolsView::noteTrial(const Caller &caller, const ToolCaller::Outcome &outcome)
{
    const auto row = int(m_page->callers().indexOf(caller));
    if (row < 0 || row >= m_trialTable->rowCount())
        return;
    using client::CallFault;
    const bool isRefused = !outcome.answer
        && (outcome.answer.error().fault == CallFault::Unauthorized
            || outcome.answer.error().fault == CallFault::Forbidden);
    // Only who is let in gets an answer of the protocol; an error of HTTP says nothing of that.
    const bool isLetIn = outcome.problem.isEmpty()
        && (outcome.answer || outcome.answer.error().fault == CallFault::RpcError);
    QString came = outcome.problem;
    Tone tone = Tone::Plain;
    if (came.isEmpty() && outcome.answer) {
        const bool isError = outcome.answer->json.value("isError"_L1).toBool();
        tone = isError ? Tone::Warning : Tone::Plain;
        came = isError ? tr("error: %1").arg(client::resultText(outcome.answer->json)) : tr("an answer");
    } else if (came.isEmpty()) {
        const client::Error &error = outcome.answer.error();
        tone = isRefused ? Tone::Muted : Tone::Bad;
        came = isRefused ? QString::number(error.status) + u' ' + error.text : error.text;
    }
    const auto set = [this, row](int column, const QString &text, Tone textTone) {
        QTableWidgetItem *cell = m_trialTable->item(row, column);
        cell->setText(inspector::lineText(text.left(300)));
        cell->setToolTip(inspector::toolTipText(text.left(1000)));
        cell->setData(Qt::UserRole, int(textTone));
    };
    set(Gate,
        isRefused     ? tr("Refused")
            : isLetIn ? tr("Allowed")
                      : tr("No answer"),
        isRefused     ? Tone::Bad
            : isLetIn ? Tone::Good
                      : Tone::Warning);
    set(WhatCame, came, tone);
    set(Took, outcome.tookMs > 0 ? durationOf(outcome.tookMs) : QString(), Tone::Muted);
}

void ToolsView::showOutcome(const Caller &caller, const OfferItem &item, const ToolCaller::Outcome &outcome)
{
    if (m_parts->currentIndex() == Form)
        turnToPart(Answer);
    m_shownAs = caller.name;
    m_shownRequest = outcome.requestId;
    m_answer->show(inspector::lineText(caller.name), outcome,
                   outcome.answer ? validityOf(item, *outcome.answer) : QString());
    lookAtTraffic();
}

/// The server's own word on what was called last, once it is there.
void ToolsView::lookAtTraffic()
{
    if (m_shownRequest.isEmpty())
        return;
    const auto entry = m_traffic->entryOf(m_traffic->serialOf(m_shownRequest));
    m_answer->setHasTraffic(entry.has_value());
    if (!entry || entry->exchange.outcome == exchange::Outcome::Running || entry->exchange.verdict.accepted())
        return;
    const inspector::Headline said = inspector::headlineOf(entry->exchange);
    m_answer->setVerdict(said.tone, said.sentence, tr("Called as %1").arg(inspector::lineText(m_shownAs)));
}

void ToolsView::updateEmptyState()
{
    const bool isUp = m_state == Host::State::Listening;
    const bool hasTools = !m_own.isEmpty() || !m_theirs.isEmpty();
    const bool hadFocus = m_stack->isAncestorOf(focusWidget());
    m_stack->setCurrentWidget(hasTools ? static_cast<QWidget *>(m_splitter) : m_empty);
    m_empty->button()->setVisible(!isUp);
    if (isUp)
        m_empty->say(u"tools"_s, tr("Nothing is offered"),
                     tr("This server has no tools, resources or prompts."), tr("Start"));
    else
        m_empty->say(u"stop"_s, tr("The server is stopped"), tr("What it offers is listed once it runs."),
                     tr("Start"));
    if (hadFocus && !m_stack->currentWidget()->isAncestorOf(focusWidget()))
        home()->setFocus();
}

QWidget *ToolsView::home() const
{
    return m_stack->currentWidget() == m_empty ? static_cast<QWidget *>(m_empty->button()) : m_list;
}

QList<QWidget *> ToolsView::panes() const
{
    if (m_stack->currentWidget() == m_empty)
        return {m_empty->button()};
    return {m_search, m_list, m_parts, m_page, m_trialTable, m_answer};
}

void ToolsView::resizeEvent(QResizeEvent *event)
{
    View::resizeEvent(event);
    m_isNarrow = width() < narrow * Look::textPercent() / 100;
    fit();
}

void ToolsView::showEvent(QShowEvent *event)
{
    View::showEvent(event);
    if (!std::exchange(m_isSplit, true))
        split();
}

void ToolsView::split()
{
    const int list = std::min(width() / 3, fontMetrics().averageCharWidth() * 52);
    m_splitter->setSizes({list, width() - list});
}

QByteArray ToolsView::saveLayout() const
{
    return m_isSplit ? m_splitter->saveState() : QByteArray(); // Before that it has no sizes to keep.
}

void ToolsView::restoreLayout(const QByteArray &state)
{
    m_isSplit = (!state.isEmpty() && m_splitter->restoreState(state)) || isVisible();
    if (m_isSplit && state.isEmpty())
        split();
}

QByteArray ToolsView::savedArguments() const
{
    return m_page->savedArguments();
}

void ToolsView::restoreArguments(const QByteArray &saved)
{
    m_page->restoreArguments(saved);
}

void ToolsView::retheme()
{
    m_empty->retheme();
    m_page->retheme();
    m_answer->retheme();
    m_question->retheme();
    m_trialTable->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 7);
    m_list->viewport()->update();
    QResizeEvent again(size(), size());
    resizeEvent(&again);
}

} // namespace gatehouse::app
