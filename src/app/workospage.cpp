// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workospage.h"

#include "app/foreigndelegate.h"
#include "app/icons.h"
#include "app/label.h"
#include "app/workosdesk.h"
#include "app/wrappinglabel.h"
#include "app/wrappingrow.h"
#include "host/apikey.h"

#include <QApplication>
#include <QClipboard>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

QPushButton *button(const QString &name, const QString &text, QWidget *parent)
{
    auto *made = new QPushButton(text, parent);
    made->setObjectName(name);
    made->setAutoDefault(false);
    return made;
}

Label *note(const QString &name, QWidget *parent)
{
    auto *made = new Label(parent);
    made->setObjectName(name);
    made->setProperty("quiet", true);
    made->setWordWrap(true);
    made->setMinimumWidth(120);
    return made;
}

} // namespace

WorkOsPage::WorkOsPage(WorkOsDesk *desk, QWidget *parent)
    : SettingsPage(u"pageWorkOs"_s, u"WorkOS"_s, parent)
    , m_desk(desk)
{
    QGridLayout *form = addForm();
    m_titles = {addKey(form), addIndicators(form)};
    connect(m_desk, &WorkOsDesk::changed, this, &WorkOsPage::update);
    update();
}

QWidget *WorkOsPage::addKey(QGridLayout *form)
{
    m_key = new QLineEdit(this);
    m_key->setObjectName(u"apiKey"_s);
    m_key->setEchoMode(QLineEdit::Password);
    m_key->setPlaceholderText(u"sk_…"_s);
    m_key->setMaxLength(512);
    ReturnGuard::guard(m_key);
    auto *label = new WrappingLabel(tr("API key"), this);
    label->setBuddy(m_key);
    m_key->setAccessibleName(label->text());
    m_keyNote = note(u"apiKeyNote"_s, this);
    m_keep = button(u"keepApiKey"_s, tr("Keep"), this);
    m_forget = button(u"forgetApiKey"_s, tr("Forget"), this);
    auto *buttons = new WrappingRow(this);
    buttons->addWidget(m_keep);
    buttons->addWidget(m_forget);
    buttons->addStretch();
    auto *column = new QVBoxLayout;
    column->setSpacing(6);
    column->addWidget(m_key);
    column->addWidget(buttons);
    column->addWidget(m_keyNote);
    addRow(form, label, column);
    connect(m_key, &QLineEdit::textChanged, this, &WorkOsPage::updateKey);
    connect(m_key, &QLineEdit::returnPressed, m_keep, &QPushButton::click);
    connect(m_keep, &QPushButton::clicked, this, [this] {
        const QByteArray key = m_key->text().trimmed().toUtf8();
        m_key->clear(); // It is shown nowhere again.
        m_desk->keep(key);
    });
    connect(m_forget, &QPushButton::clicked, m_desk, &WorkOsDesk::forget);
    return label;
}

QWidget *WorkOsPage::addIndicators(QGridLayout *form)
{
    m_list = new QListWidget(this);
    m_list->setObjectName(u"indicators"_s);
    m_list->setItemDelegate(new ForeignDelegate(m_list));
    m_list->setMaximumHeight(fontMetrics().height() * 9);
    auto *label = new WrappingLabel(tr("Resource indicators"), this);
    label->setBuddy(m_list);
    m_list->setAccessibleName(label->text());
    label->setToolTip(tr("The addresses that tokens of this environment may name (RFC 8707)"));
    m_note = note(u"indicatorNote"_s, this);
    m_look = button(u"lookForIndicators"_s, tr("Look again"), this);
    m_add = button(u"addIndicator"_s, tr("Add this address"), this);
    m_copy = button(u"copyIndicator"_s, tr("Copy the address"), this);
    m_yes = button(u"reallyAddIndicator"_s, tr("Add it to the environment"), this);
    m_no = button(u"doNotAddIndicator"_s, tr("Cancel"), this);
    auto *buttons = new WrappingRow(this);
    for (QPushButton *one : {m_yes, m_no, m_add, m_copy, m_look})
        buttons->addWidget(one);
    buttons->addStretch();
    auto *column = new QVBoxLayout;
    column->setSpacing(6);
    column->addWidget(m_list);
    column->addWidget(m_note);
    column->addWidget(buttons);
    addRow(form, label, column);
    connect(m_look, &QPushButton::clicked, m_desk, &WorkOsDesk::look);
    connect(m_add, &QPushButton::clicked, this, [this] { setAsking(true); });
    connect(m_no, &QPushButton::clicked, this, [this] { setAsking(false); });
    connect(m_yes, &QPushButton::clicked, this, [this] {
        m_isAsking = false;
        m_desk->addOurs();
    });
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(m_desk->indicators().ours); });
    return label;
}

void WorkOsPage::showEvent(QShowEvent *event)
{
    SettingsPage::showEvent(event);
    if (m_desk->hasKey() && m_desk->indicators().state == WorkOsDesk::Indicators::State::Unknown)
        m_desk->look();
}

void WorkOsPage::setAsking(bool isAsking)
{
    m_isAsking = isAsking;
    updateIndicators();
    (isAsking ? m_no : m_add)->setFocus();
}

void WorkOsPage::update()
{
    updateKey();
    updateIndicators();
}

void WorkOsPage::updateKey()
{
    using Source = WorkOsDesk::KeySource;
    m_keep->setEnabled(host::isApiKey(m_key->text().trimmed().toUtf8()));
    m_forget->setEnabled(m_desk->isKept());
    const QString kept = m_desk->outlivesTheProgram()
        ? tr("It is kept in the system's keyring, never in a file.")
        : tr("There is no keyring here: it is kept in memory until the program ends.");
    switch (m_desk->source()) {
    case Source::None:
        return m_keyNote->setText(tr("With a key the tools about users and organizations are offered, and "
                                     "this page can ask WorkOS. "
                                     "It is in the dashboard under API keys.")
                                  + u' ' + kept);
    case Source::Environment:
        return m_keyNote->setText(
            tr("%1 of the environment (WORKOS_API_KEY) counts.").arg(m_desk->shownKey()));
    case Source::Keyring:
        return m_keyNote->setText(tr("%1 counts.").arg(m_desk->shownKey()) + u' ' + kept);
    case Source::Sandbox:
        return m_keyNote->setText(
            tr("The sandbox has a stand-in for WorkOS's API, with a key of its own; yours "
               "counts with an AuthKit environment."));
    }
}

void WorkOsPage::updateIndicators()
{
    using State = WorkOsDesk::Indicators::State;
    const WorkOsDesk::Indicators &all = m_desk->indicators();
    m_list->clear();
    for (const QString &uri : all.uris)
        m_list->addItem(uri == all.usual ? tr("%1 (usual)").arg(uri) : uri);
    m_list->setVisible(!all.uris.isEmpty());
    const bool isMissing = all.state == State::Known && !all.ours.isEmpty() && !all.hasOurs();
    m_isAsking = m_isAsking && isMissing;
    m_add->setVisible(isMissing && !m_isAsking);
    m_yes->setVisible(m_isAsking);
    m_no->setVisible(m_isAsking);
    m_copy->setVisible(!all.ours.isEmpty() && !m_isAsking);
    m_look->setVisible(!m_isAsking);
    m_look->setEnabled(m_desk->hasKey() && all.state != State::Asking);
    const QString place = tr("In the dashboard it is Connect → Configuration → MCP resource indicators.");
    switch (all.state) {
    case State::Unknown:
        return m_note->setText(m_desk->hasKey()
                                   ? QString()
                                   : tr("Without a key they are not known: %1 must be among them.")
                                           .arg(all.ours.isEmpty() ? tr("this server's address") : all.ours)
                                       + u' ' + place);
    case State::Asking:
        return m_note->setText(tr("Asking WorkOS …"));
    case State::NoRoute:
        return m_note->setText(tr("This environment's API does not have them.") + u' ' + place);
    case State::Failed:
        return m_note->setText(all.fault);
    case State::Known:
        break;
    }
    if (m_isAsking)
        m_note->setText(tr("Tokens of this environment may name %1 from then on. Add it?").arg(all.ours));
    else if (all.ours.isEmpty())
        m_note->setText(tr("The server does not run, so it has no address."));
    else if (all.hasOurs())
        m_note->setText(tr("%1 is among them: tokens can name this server.").arg(all.ours));
    else if (all.uris.isEmpty())
        m_note->setText(tr("There are none, so tokens name the environment and not %1.").arg(all.ours));
    else
        m_note->setText(tr("%1 is not among them, byte for byte: AuthKit refuses to make tokens for it "
                           "(invalid_target).")
                            .arg(all.ours));
}

int WorkOsPage::search(const QString &word)
{
    return searchIn(m_titles, word);
}

} // namespace gatehouse::app
