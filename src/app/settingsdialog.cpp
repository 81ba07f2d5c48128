// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settingsdialog.h"

#include "app/copied.h"
#include "app/icons.h"
#include "app/pagearea.h"
#include "app/pagelist.h"
#include "app/screenroom.h"
#include "app/settingspages.h"
#include "app/workospage.h"
#include "host/settingstable.h"
#include "ui_settingsdialog.h"

#include <QAction>
#include <QCloseEvent>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

const host::SettingsFault *faultOf(const QString &field, const QList<host::SettingsFault> &faults)
{
    const auto found
        = std::find_if(faults.begin(), faults.end(), [&](const auto &fault) { return fault.field == field; });
    return found == faults.end() ? nullptr : &*found;
}

/// Whether a check would be switched off that is on now.
bool turnsOff(const host::Settings &from, const host::Settings &to)
{
    const QList<host::Setting> &all = host::settingsTable();
    return std::any_of(all.begin(), all.end(), [&](const host::Setting &setting) {
        return *setting.warning != '\0' && setting.isSame(from, host::Settings())
            && !setting.isSame(to, host::Settings());
    });
}

QString iconOf(host::Topic topic)
{
    switch (topic) {
    case host::Topic::Server:
        return u"server"_s;
    case host::Topic::AuthKit:
        return u"shield"_s;
    case host::Topic::Access:
        return u"key"_s;
    case host::Topic::Tools:
        return u"tools"_s;
    case host::Topic::Sandbox:
        return u"flag"_s;
    case host::Topic::Limits:
        return u"limits"_s;
    }
    return {};
}

} // namespace

SettingsDialog::SettingsDialog(const QString &file, WorkOsDesk *workOs, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::SettingsDialog>())
    , m_appearance(nullptr)
{
    m_ui->setupUi(this);
    setModal(false);
    for (const host::Topic topic : host::topics) {
        auto *page = new TopicPage(topic, this);
        m_topics.append(page);
        addPage(page, iconOf(topic));
        connect(page, &TopicPage::changed, this, &SettingsDialog::check);
        connect(page, &TopicPage::defaultsWanted, this, [this, page] { putBack(page->rows()); });
    }
    addPage(new WorkOsPage(workOs, this), u"client"_s);
    m_appearance = new AppearancePage(this);
    addPage(m_appearance, u"pen"_s);
    connect(m_appearance, &AppearancePage::lookWanted, this, &SettingsDialog::lookWanted);
    connect(m_appearance, &AppearancePage::languageWanted, this, &SettingsDialog::languageWanted);
    auto *advanced = new AdvancedPage(file, this);
    addPage(advanced, u"settings"_s);
    connect(advanced, &AdvancedPage::defaultsWanted, this, [this] { putBack(rows()); });
    connectButtons();
    // The pages were made after the foot and stand before it.
    setTabOrder(advanced->lastField(), m_ui->goToFault);
    setTabOrder(m_ui->goToFault, m_ui->discard);
    setTabOrder(m_ui->discard, m_ui->apply);
    setTabOrder(m_ui->apply, m_ui->close);
    signCopies(this);
    m_ui->search->addAction(icon(u"search"_s, inspector::Tone::Muted), QLineEdit::LeadingPosition);
    m_ui->searchNote->hide();
    m_ui->pages->setCurrentRow(0);
}

SettingsDialog::~SettingsDialog() = default;

void SettingsDialog::addPage(SettingsPage *page, const QString &iconName)
{
    m_pages.append(page);
    m_ui->pages->addPage(iconName, page->title());
    m_ui->stack->addWidget(new PageArea(page, m_ui->stack));
}

void SettingsDialog::connectButtons()
{
    connect(m_ui->pages, &QListWidget::currentRowChanged, m_ui->stack, &QStackedWidget::setCurrentIndex);
    connect(m_ui->search, &QLineEdit::textChanged, this, &SettingsDialog::search);
    ReturnGuard::guard(m_ui->search); // It goes to what was found, and does not apply.
    connect(m_ui->search, &QLineEdit::returnPressed, this, [this] {
        for (QWidget *title : m_ui->stack->currentWidget()->findChildren<QWidget *>()) {
            auto *label = qobject_cast<QLabel *>(title);
            if (title->property("found").toBool())
                return (label && label->buddy() ? label->buddy() : title)->setFocus(Qt::OtherFocusReason);
        }
    });
    auto *down = new QAction(m_ui->search);
    down->setShortcut(Qt::Key_Down);
    down->setShortcutContext(Qt::WidgetShortcut);
    m_ui->search->addAction(down);
    connect(down, &QAction::triggered, m_ui->pages, qOverload<>(&QWidget::setFocus));
    auto *find = new QAction(this);
    find->setShortcut(QKeySequence::Find);
    connect(find, &QAction::triggered, m_ui->search, [this] {
        m_ui->search->setFocus(Qt::ShortcutFocusReason);
        m_ui->search->selectAll();
    });
    addAction(find);
    connect(m_ui->apply, &QPushButton::clicked, this, &SettingsDialog::apply);
    connect(m_ui->discard, &QPushButton::clicked, this, &SettingsDialog::discard);
    connect(m_ui->close, &QPushButton::clicked, this, &SettingsDialog::reject);
    connect(m_ui->goToFault, &QPushButton::clicked, this, [this] {
        for (const SettingRow *row : rows()) {
            if (row->isFaulty())
                return goTo(row->setting().field);
        }
    });
}

QList<SettingRow *> SettingsDialog::rows() const
{
    QList<SettingRow *> all;
    for (const TopicPage *page : m_topics)
        all += page->rows();
    return all;
}

void SettingsDialog::goTo(const QString &field)
{
    for (int page = 0; page < m_topics.size(); ++page) {
        for (const SettingRow *row : m_topics.at(page)->rows()) {
            if (row->setting().field != field)
                continue;
            m_ui->pages->setCurrentRow(page);
            QWidget *place = row->editor()->field();
            place->setFocus(Qt::OtherFocusReason);
            if (auto *area = qobject_cast<QScrollArea *>(m_ui->stack->currentWidget()))
                area->ensureWidgetVisible(place);
            return;
        }
    }
    // What is no setting has a field of that name.
    for (int page = 0; page < m_pages.size(); ++page) {
        if (auto *place = m_pages.at(page)->findChild<QLineEdit *>(field)) {
            m_ui->pages->setCurrentRow(page);
            place->setFocus(Qt::OtherFocusReason);
            return;
        }
    }
}

void SettingsDialog::apply()
{
    if (turnsOff(m_configuration.settings, settings()) && !std::exchange(m_isSure, true)) {
        m_ui->apply->setText(tr("Apply without checks"));
        m_ui->footNote->setText(
            tr("From then on anybody on this computer can call what this server offers. Press once more."));
        return;
    }
    const bool isLeaving = m_isAsking;
    for (const SettingRow *row : rows())
        row->editor()->finish();
    m_isLeaving = isLeaving; // What was taken in last was a change, and the question is over with one.
    m_ui->apply->setEnabled(false);
    m_ui->footNote->setText(tr("Applying …"));
    m_isApplying = true;
    const host::Settings now = settings();
    QSet<QString> decided;
    for (const host::Setting &setting : host::settingsTable()) {
        if (isPutBack(setting, now))
            decided.insert(setting.field);
    }
    Q_EMIT applyWanted(now, decided);
}

void SettingsDialog::discard()
{
    const bool isLeaving = m_isAsking;
    m_putBack.clear();
    fill(m_configuration.settings);
    check();
    if (isLeaving)
        leave();
}

void SettingsDialog::leave()
{
    m_isAsking = m_isLeaving = false;
    m_ui->search->clear();
    QDialog::reject();
}

void SettingsDialog::reject()
{
    const qsizetype changes = changesTo(settings());
    if (changes == 0)
        return leave();
    if (m_isAsking)
        return check(); // They are kept as they stand.
    m_isAsking = true;
    m_ui->footNote->setText(tr("Changed and not applied: %1. Apply, discard, or stay?").arg(changes));
    m_ui->close->setText(tr("S&tay"));
    QPushButton *usual = m_ui->apply->isEnabled() ? m_ui->apply : m_ui->close;
    usual->setFocus(Qt::OtherFocusReason);
}

void SettingsDialog::closeEvent(QCloseEvent *event)
{
    reject();
    event->setAccepted(!isVisible());
}

void SettingsDialog::show(const host::Configuration &configuration, const ServerState &server)
{
    m_configuration = configuration;
    m_server = server;
    m_putBack.clear();
    fill(configuration.settings);
    updateOverrides();
    check();
    fitToText();
    QDialog::show();
    raise();
    activateWindow();
    m_ui->search->setFocus();
}

void SettingsDialog::fitToText()
{
    fitParts();
    const int line = fontMetrics().height();
    resize(QSize(line * 52, line * 40).expandedTo(size()).boundedTo(roomOnScreen(*this)));
}

void SettingsDialog::fitParts()
{
    ensurePolished();
    m_ui->pagesFrame->setFixedWidth(m_ui->pages->fit() + 16);
    const int line = fontMetrics().height();
    for (QAbstractButton *button : findChildren<QAbstractButton *>())
        button->setIconSize({line, line});
    for (const SettingRow *row : rows())
        row->editor()->fit();
}

void SettingsDialog::setLanguage(const QString &code)
{
    m_appearance->showLanguage(code);
}

void SettingsDialog::setLook(Appearance appearance, int textPercent)
{
    m_appearance->show(appearance, textPercent);
    fitParts();
}

void SettingsDialog::fill(const host::Settings &settings)
{
    m_isFilling = true;
    for (const SettingRow *row : rows())
        row->editor()->show(settings);
    m_isFilling = false;
}

void SettingsDialog::putBack(const QList<SettingRow *> &rows)
{
    m_isFilling = true;
    for (const SettingRow *row : rows) {
        row->editor()->show(host::Settings());
        m_putBack.insert(row->setting().field);
    }
    m_isFilling = false;
    check();
}

void SettingsDialog::updateOverrides()
{
    for (SettingRow *row : rows())
        row->setOverride(overrideNote(row->setting()));
}

QString SettingsDialog::overrideNote(const host::Setting &setting) const
{
    const QString source = m_configuration.overrides.value(setting.field);
    if (source.isEmpty())
        return {};
    const QString kept = setting.textOf(m_configuration.kept);
    return kept.isEmpty()
        ? tr("Set for this start by %1, which is stronger than what is kept.").arg(source)
        : tr("Set for this start by %1, which is stronger than what is kept (%2).").arg(source, kept);
}

host::Settings SettingsDialog::settings() const
{
    host::Settings settings = m_configuration.settings;
    for (const SettingRow *row : rows())
        row->editor()->writeTo(settings);
    return settings;
}

qsizetype SettingsDialog::changesTo(const host::Settings &now) const
{
    const QList<host::Setting> &all = host::settingsTable();
    return std::count_if(all.begin(), all.end(),
                         [&](const host::Setting &setting) { return isChanged(setting, now); });
}

bool SettingsDialog::isPutBack(const host::Setting &setting, const host::Settings &now) const
{
    return m_putBack.contains(setting.field) && setting.isSame(now, host::Settings());
}

bool SettingsDialog::isChanged(const host::Setting &setting, const host::Settings &now) const
{
    return !setting.isSame(now, m_configuration.settings)
        || (isPutBack(setting, now) && !setting.isSame(now, m_configuration.kept));
}

void SettingsDialog::check()
{
    if (m_isFilling)
        return;
    const host::Settings now = settings();
    const QList<host::SettingsFault> faults = faultsOf(now);
    const QList<host::SettingsFault> remarks = host::remarksOn(now);
    for (SettingRow *row : rows()) {
        row->setFault(faultOf(row->setting().field, faults));
        const host::SettingsFault *remark = faultOf(row->setting().field, remarks);
        row->setRemark(remark ? remark->text : QString());
        row->editor()->follow(now, m_server);
    }
    m_isSure = m_isAsking = m_isLeaving = false;
    markPages(faults, now);
    sayWhatApplyDoes(changesTo(now));
}

QList<host::SettingsFault> SettingsDialog::faultsOf(const host::Settings &now) const
{
    QList<host::SettingsFault> faults = host::validate(now);
    for (const SettingRow *row : rows()) {
        if (const auto own = row->editor()->fault())
            faults.prepend(*own);
    }
    return faults;
}

void SettingsDialog::markPages(const QList<host::SettingsFault> &faults, const host::Settings &now)
{
    const QString word = m_ui->search->text().trimmed();
    for (int row = 0; row < m_pages.size(); ++row) {
        PageList::Marks marks;
        const int found = m_pages.at(row)->search(word);
        marks.found = word.isEmpty() ? -1 : found;
        if (row < m_topics.size()) {
            bool differs = false;
            for (const SettingRow *one : m_topics.at(row)->rows()) {
                const host::Setting &setting = one->setting();
                marks.faults += faultOf(setting.field, faults) ? 1 : 0;
                marks.isChanged = marks.isChanged || isChanged(setting, now);
                // The command line may hide what is kept.
                differs = differs || !setting.isSame(now, host::Settings())
                    || (!isPutBack(setting, now) && !setting.isSame(m_configuration.kept, host::Settings()));
            }
            m_topics.at(row)->setDiffers(differs);
        }
        m_ui->pages->setMarks(row, marks);
    }
}

void SettingsDialog::sayWhatApplyDoes(qsizetype changes)
{
    const QList<SettingRow *> all = rows();
    const auto faults
        = std::count_if(all.begin(), all.end(), [](const SettingRow *row) { return row->isFaulty(); });
    const bool isRunning = m_server.port > 0;
    m_ui->apply->setText(tr("&Apply"));
    m_ui->close->setText(tr("C&lose"));
    m_ui->apply->setEnabled(faults == 0 && changes > 0);
    m_ui->discard->setEnabled(changes > 0);
    m_ui->goToFault->setVisible(faults > 0);
    m_ui->goToFault->setText(tr("Wrong: %1").arg(faults));
    const QString count = tr("Changed and not applied: %1.").arg(changes);
    m_ui->footNote->setText(changes == 0     ? QString()
                                : faults > 0 ? count
                                             : count + u' '
                                    + (isRunning ? tr("Applying changes the running server; traffic is kept.")
                                                 : tr("Applying starts the server.")));
}

void SettingsDialog::search()
{
    const host::Settings now = settings();
    markPages(faultsOf(now), now);
    const QString word = m_ui->search->text().trimmed();
    int all = 0;
    int first = -1;
    for (int row = 0; row < m_pages.size() && !word.isEmpty(); ++row) {
        const int found = m_pages.at(row)->search(word);
        all += found;
        if (first < 0 && found > 0)
            first = row;
    }
    m_ui->searchNote->setVisible(!word.isEmpty());
    m_ui->searchNote->setText(all == 0 ? tr("Nothing is called that.")
                                       : tr("Found: %1, in frames.").arg(all));
    if (first >= 0 && m_pages.at(m_ui->pages->currentRow())->search(word) == 0)
        m_ui->pages->setCurrentRow(first);
}

void SettingsDialog::follow(const host::Configuration &configuration, const ServerState &server)
{
    const host::Settings before = std::exchange(m_configuration, configuration).settings;
    const bool isNew = before != configuration.settings || m_server.port != server.port
        || m_server.resource != server.resource;
    m_server = server;
    m_isFilling = true;
    for (const SettingRow *row : rows()) {
        host::Settings shown = before;
        row->editor()->writeTo(shown);
        const bool isTheirs
            = row->setting().isSame(shown, before) && !m_putBack.contains(row->setting().field);
        if (isTheirs && !row->setting().isSame(before, configuration.settings))
            row->editor()->show(configuration.settings);
    }
    m_isFilling = false;
    updateOverrides();
    if (isNew && !m_isApplying && !m_isAsking) // Else what is said there is of more weight.
        check();
}

void SettingsDialog::applied(const std::optional<host::StartError> &error,
                             const host::Configuration &configuration, const ServerState &server)
{
    m_isApplying = false;
    if (!error) {
        const bool isLeaving = m_isLeaving;
        follow(configuration, server);
        check(); // What was typed meanwhile is a change again.
        if (m_ui->footNote->text().isEmpty())
            m_ui->footNote->setText(tr("Applied."));
        if (isLeaving)
            reject();
        return;
    }
    check();
    m_ui->footNote->setText(host::sentenceOf(*error));
    for (SettingRow *row : rows()) {
        if (row->setting().field != error->field)
            continue;
        const host::SettingsFault fault{error->field, host::sentenceOf(*error)};
        row->setFault(&fault);
        goTo(error->field);
    }
}

} // namespace gatehouse::app
