// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settingsdialog.h"

#include "app/copied.h"
#include "app/icons.h"
#include "app/limitsform.h"
#include "app/theme.h"
#include "auth/issuer.h"
#include "auth/resourcemetadata.h"
#include "host/settingstable.h"
#include "http/ports.h"
#include "ui_settingsdialog.h"

#include <QApplication>
#include <QClipboard>
#include <QInputMethodEvent>
#include <QScreen>
#include <QStyle>
#include <QTextCharFormat>

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

constexpr int portDelayMs = 200;

QStringList words(const QString &text)
{
    return text.simplified().split(u' ', Qt::SkipEmptyParts);
}

/// One entry a line, without empty ones.
QStringList linesOf(const QString &text)
{
    QStringList lines;
    for (const QString &line : text.split(u'\n')) {
        if (!line.trimmed().isEmpty())
            lines.append(line.trimmed());
    }
    return lines;
}

/// Paints a part of a line edit's text; an empty part paints none. A line edit has no formats of its own but
/// those of an input method.
void mark(QLineEdit *edit, qsizetype from, qsizetype length)
{
    QList<QInputMethodEvent::Attribute> attributes;
    if (length > 0) {
        QTextCharFormat format;
        QColor ground = Look::theme().bad;
        ground.setAlpha(60);
        format.setBackground(ground);
        format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        format.setUnderlineColor(Look::theme().bad);
        attributes.append(
            {QInputMethodEvent::TextFormat, int(from) - edit->cursorPosition(), int(length), format});
    }
    QInputMethodEvent event({}, attributes);
    QApplication::sendEvent(edit, &event);
}

} // namespace

SettingsDialog::SettingsDialog(QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::SettingsDialog>())
{
    m_ui->setupUi(this);
    m_limits = new LimitsForm(m_ui->page);
    m_ui->pageColumn->insertWidget(m_ui->pageColumn->indexOf(m_ui->form) + 1, m_limits);
    setModal(false);
    m_ui->copyResource->setIcon(icon(u"copy"_s));
    m_ui->addScope->setIcon(icon(u"add"_s));
    m_ui->scopes->setAccessibleName(tr("Advertised scopes"));
    m_ui->area->setFocusPolicy(Qt::NoFocus);
    m_portDelay.setSingleShot(true);
    m_portDelay.setInterval(portDelayMs);
    connect(&m_portDelay, &QTimer::timeout, this, &SettingsDialog::checkPort);
    connect(m_ui->sandboxMode, &QRadioButton::toggled, this, &SettingsDialog::check);
    connect(m_ui->ownMode, &QRadioButton::clicked, m_ui->subdomain, qOverload<>(&QWidget::setFocus));
    for (QLineEdit *edit : {m_ui->subdomain, m_ui->resource, m_ui->requiredScopes, m_ui->requiredPermissions,
                            m_ui->organizations, m_ui->algorithms, m_ui->port})
        connect(edit, &QLineEdit::textChanged, this, &SettingsDialog::check);
    for (QPlainTextEdit *edit : {m_ui->toolRules, m_ui->scopeHierarchy}) {
        connect(edit, &QPlainTextEdit::textChanged, this, &SettingsDialog::check);
        edit->document()->setDocumentMargin(6); // As a line edit has it.
        const int lines = 2 * edit->fontMetrics().lineSpacing();
        edit->setFixedHeight(lines + int(2 * edit->document()->documentMargin()) + 2 * edit->frameWidth());
    }
    connect(m_ui->subdomain, &QLineEdit::textEdited, this, [this] { m_ui->ownMode->setChecked(true); });
    connect(m_ui->port, &QLineEdit::textChanged, &m_portDelay, qOverload<>(&QTimer::start));
    connect(m_ui->scopes, &QListWidget::itemChanged, this, &SettingsDialog::check);
    connect(m_ui->toleranceSeconds, &QSpinBox::valueChanged, this, &SettingsDialog::check);
    connect(m_ui->verifyJwt, &QCheckBox::toggled, this, &SettingsDialog::check);
    connect(m_ui->hideForbidden, &QCheckBox::toggled, this, &SettingsDialog::check);
    connect(m_limits, &LimitsForm::changed, this, &SettingsDialog::check);
    // What is typed there is meant, whether it was added or not.
    connect(m_ui->newScope, &QLineEdit::textChanged, this, [this] {
        m_ui->addScope->setEnabled(!m_ui->newScope->text().trimmed().isEmpty());
        check();
    });
    m_ui->toleranceSeconds->setFocusPolicy(Qt::StrongFocus);
    m_ui->toleranceSeconds->installEventFilter(this); // Scrolling past it must not change it.
    // Return adds the scope that is being typed, and does not apply.
    connect(m_ui->newScope, &QLineEdit::returnPressed, this, &SettingsDialog::addScope);
    connect(m_ui->addScope, &QPushButton::clicked, this, &SettingsDialog::addScope);
    connect(m_ui->copyResource, &QPushButton::clicked, this, [this] {
        const QString text = m_ui->resource->text();
        QApplication::clipboard()->setText(text.isEmpty() ? m_ui->resource->placeholderText() : text);
    });
    connect(m_ui->usePort, &QPushButton::clicked, this,
            [this] { m_ui->port->setText(QString::number(m_nextFree)); });
    connect(m_ui->close, &QPushButton::clicked, this, &QDialog::close);
    connect(m_ui->apply, &QPushButton::clicked, this, &SettingsDialog::apply);
    signCopies(this);
    m_ui->form->setRowWrapPolicy(QFormLayout::WrapLongRows); // Large text on a small screen.
    m_ui->portState->setWordWrap(false);
    m_ui->scopes->setSpacing(2);
    m_ui->buttons->setStretch(0, 1);
    m_ui->usePort->hide();
    m_ui->addScope->setEnabled(false);
}

SettingsDialog::~SettingsDialog() = default;

bool SettingsDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Wheel && watched == m_ui->toleranceSeconds
        && !m_ui->toleranceSeconds->hasFocus()) {
        event->ignore();
        return true;
    }
    return QDialog::eventFilter(watched, event);
}

void SettingsDialog::apply()
{
    const bool turnsOff = m_configuration.settings.verifyJwt && !m_ui->verifyJwt->isChecked();
    if (turnsOff && !std::exchange(m_isSure, true)) {
        m_ui->apply->setText(tr("Apply without checks"));
        m_ui->footNote->setText(
            tr("From then on anybody on this computer can make up a token. Press once more."));
        return;
    }
    addScope();
    m_ui->apply->setEnabled(false);
    m_ui->footNote->setText(tr("Applying …"));
    Q_EMIT applyWanted(settings());
}

void SettingsDialog::reject()
{
    if (isChanged() && !std::exchange(m_isLeaving, true)) {
        m_ui->close->setText(tr("Discard"));
        m_ui->footNote->setText(tr("Some changes were not applied. Once more discards them."));
        return;
    }
    m_isFilling = true;
    m_ui->newScope->clear();
    m_isFilling = false;
    QDialog::reject();
}

void SettingsDialog::show(const host::Configuration &configuration, int runningPort, const QString &resource)
{
    m_configuration = configuration;
    m_runningPort = runningPort;
    m_resource = resource;
    fill(configuration.settings);
    fitToText();
    QDialog::show();
    raise();
    activateWindow();
}

void SettingsDialog::fitToText()
{
    ensurePolished();
    const int line = fontMetrics().height();
    const QSize most = screen()->availableSize() - QSize(40, 80); // With the frame around it.
    resize(QSize(line * 40, line * 40).expandedTo(size()).boundedTo(most));
}

void SettingsDialog::fill(const host::Settings &settings)
{
    m_isFilling = true;
    m_ui->sandboxMode->setChecked(settings.subdomain.isEmpty());
    m_ui->ownMode->setChecked(!settings.subdomain.isEmpty());
    m_ui->subdomain->setText(settings.subdomain);
    m_ui->resource->setText(settings.resource);
    m_ui->scopes->clear();
    for (const QString &scope : settings.scopes)
        addScopeItem(scope, true);
    for (const QString &scope : host::Settings::defaultScopes()) {
        if (!settings.scopes.contains(scope))
            addScopeItem(scope, false);
    }
    m_ui->requiredScopes->setText(settings.requiredScopes.join(u' '));
    m_ui->requiredPermissions->setText(settings.requiredPermissions.join(u' '));
    m_ui->organizations->setText(settings.organizations.join(u' '));
    m_ui->toolRules->setPlainText(settings.toolRules.join(u'\n'));
    m_ui->scopeHierarchy->setPlainText(settings.scopeHierarchy.join(u'\n'));
    m_ui->algorithms->setText(settings.algorithms.join(u' '));
    m_ui->port->setText(QString::number(settings.port));
    m_ui->toleranceSeconds->setValue(settings.toleranceSeconds);
    m_ui->verifyJwt->setChecked(settings.verifyJwt);
    m_ui->hideForbidden->setChecked(settings.hideForbidden);
    m_limits->fill(settings);
    updateOverrides();
    const int rowHeight = m_ui->scopes->sizeHintForRow(0);
    m_ui->scopes->setFixedHeight(std::max(rowHeight, fontMetrics().height()) * 5 + 8);
    m_ui->toleranceSeconds->setMinimumWidth(fontMetrics().horizontalAdvance(u"60 s"_s) + 48);
    m_isFilling = false;
    check();
    checkPort();
}

void SettingsDialog::updateOverrides()
{
    for (const host::Setting &setting : host::settingsTable()) {
        auto *label = findChild<QLabel *>(setting.field + u"Override"_s);
        if (!label)
            continue; // It stands in the file only, or among the limits.
        const QString note = overrideNote(setting.field);
        label->setVisible(!note.isEmpty());
        label->setText(note);
    }
    m_limits->setNotes([this](const QString &field) { return overrideNote(field); });
}

QString SettingsDialog::overrideNote(const QString &field) const
{
    const QString source = m_configuration.overrides.value(field);
    return source.isEmpty()
        ? QString()
        : tr("Set for this start by %1, which is stronger than what is kept.").arg(source);
}

void SettingsDialog::addScopeItem(const QString &scope, bool isOn)
{
    auto *item = new QListWidgetItem(scope, m_ui->scopes);
    item->setFlags(Qt::ItemIsUserCheckable | Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    item->setCheckState(isOn ? Qt::Checked : Qt::Unchecked);
}

void SettingsDialog::addScope()
{
    for (const QString &scope : words(m_ui->newScope->text())) {
        const QList<QListWidgetItem *> known
            = m_ui->scopes->findItems(scope, Qt::MatchExactly | Qt::MatchCaseSensitive);
        if (known.isEmpty())
            addScopeItem(scope, true);
        else
            known.first()->setCheckState(Qt::Checked);
    }
    m_ui->newScope->clear();
    check();
}

host::Settings SettingsDialog::settings() const
{
    host::Settings settings = m_configuration.settings;
    settings.subdomain = m_ui->ownMode->isChecked() ? m_ui->subdomain->text().trimmed() : QString();
    settings.resource = m_ui->resource->text().trimmed();
    settings.scopes.clear();
    for (int row = 0; row < m_ui->scopes->count(); ++row) {
        if (m_ui->scopes->item(row)->checkState() == Qt::Checked)
            settings.scopes.append(m_ui->scopes->item(row)->text());
    }
    for (const QString &scope : words(m_ui->newScope->text())) {
        if (!settings.scopes.contains(scope))
            settings.scopes.append(scope);
    }
    settings.requiredScopes = words(m_ui->requiredScopes->text());
    settings.requiredPermissions = words(m_ui->requiredPermissions->text());
    settings.organizations = words(m_ui->organizations->text());
    settings.toolRules = linesOf(m_ui->toolRules->toPlainText());
    settings.scopeHierarchy = linesOf(m_ui->scopeHierarchy->toPlainText());
    settings.algorithms = words(m_ui->algorithms->text());
    if (settings.algorithms.isEmpty())
        settings.algorithms = host::Settings().algorithms; // What the placeholder says.
    bool isNumber = false;
    settings.port = m_ui->port->text().trimmed().toInt(&isNumber);
    if (!isNumber)
        settings.port = -1;
    settings.toleranceSeconds = m_ui->toleranceSeconds->value();
    settings.verifyJwt = m_ui->verifyJwt->isChecked();
    settings.hideForbidden = m_ui->hideForbidden->isChecked();
    m_limits->writeTo(settings);
    return settings;
}

void SettingsDialog::check()
{
    if (m_isFilling)
        return;
    const host::Settings now = settings();
    QList<host::SettingsFault> faults = host::validate(now);
    const bool lacksName = m_ui->ownMode->isChecked() && now.subdomain.isEmpty();
    if (lacksName)
        faults.prepend({u"subdomain"_s, tr("Copy the AuthKit domain from the WorkOS dashboard.")});
    showFault(u"subdomain"_s, m_ui->subdomain, m_ui->subdomainFault, faults);
    showFault(u"resource"_s, m_ui->resource, m_ui->resourceFault, faults);
    showFault(u"scopes"_s, nullptr, m_ui->scopesFault, faults);
    showFault(u"requiredScopes"_s, m_ui->requiredScopes, m_ui->requiredScopesFault, faults);
    showFault(u"requiredPermissions"_s, m_ui->requiredPermissions, m_ui->requiredPermissionsFault, faults);
    showFault(u"organizations"_s, m_ui->organizations, m_ui->organizationsFault, faults);
    showFault(u"toolRules"_s, nullptr, m_ui->toolRulesFault, faults);
    showFault(u"scopeHierarchy"_s, nullptr, m_ui->scopeHierarchyFault, faults);
    showFault(u"algorithms"_s, m_ui->algorithms, m_ui->algorithmsFault, faults);
    showFault(u"port"_s, m_ui->port, m_ui->portFault, faults);
    showFault(u"verifyJwt"_s, nullptr, m_ui->verifyJwtFault, faults);

    // What the subdomain comes to, while it is typed.
    m_ui->subdomain->setEnabled(true);
    const auto issuer = auth::issuerFromSubdomain(now.subdomain);
    const bool hasPreview = m_ui->ownMode->isChecked() && !now.subdomain.isEmpty() && issuer;
    m_ui->subdomainPreview->setVisible(hasPreview);
    if (hasPreview)
        m_ui->subdomainPreview->setText(tr("Issuer %1\nKeys %2\nMetadata %3")
                                            .arg(*issuer, auth::jwksUrl(*issuer).toString(),
                                                 *issuer + u"/.well-known/oauth-authorization-server"_s));
    m_ui->resource->setPlaceholderText(
        now.port > 0 ? u"http://localhost:%1/mcp"_s.arg(now.port)
                     : (m_resource.isEmpty() ? u"http://localhost:PORT/mcp"_s : m_resource));
    m_ui->scopesNote->setVisible(!now.scopes.contains(u"offline_access"_s));
    m_ui->scopesNote->setText(
        tr("Without offline_access clients get no refresh token and must sign in every few minutes."));
    m_ui->verifyWarning->setVisible(!now.verifyJwt);
    const bool isChanged = now != m_configuration.settings;
    m_isSure = m_isLeaving = false;
    m_ui->apply->setText(tr("&Apply"));
    m_ui->close->setText(tr("C&lose"));
    m_ui->apply->setEnabled(faults.isEmpty() && isChanged);
    m_ui->footNote->setText(!faults.isEmpty() ? tr("Apply waits until the marked values are right.")
                                : isChanged && m_runningPort > 0
                                ? tr("Applying changes the running server; traffic is kept.")
                                : isChanged ? tr("Applying starts the server.")
                                            : QString());
}

void SettingsDialog::showFault(const QString &field, QLineEdit *edit, QLabel *label,
                               const QList<host::SettingsFault> &faults)
{
    const auto found
        = std::find_if(faults.begin(), faults.end(), [&](const auto &fault) { return fault.field == field; });
    const bool isWrong = found != faults.end();
    label->setVisible(isWrong);
    label->setText(isWrong ? found->text : QString());
    if (!edit)
        return;
    edit->setAccessibleDescription(isWrong ? found->text : QString());
    mark(edit, isWrong ? found->from : 0, isWrong ? found->length : 0);
    if (edit->property("fault").toBool() == isWrong)
        return;
    edit->setProperty("fault", isWrong);
    edit->style()->unpolish(edit);
    edit->style()->polish(edit);
}

void SettingsDialog::checkPort()
{
    bool isNumber = false;
    const int port = m_ui->port->text().trimmed().toInt(&isNumber);
    m_nextFree = 0;
    QString state;
    if (isNumber && port == 0) {
        state = tr("a free one is taken at each start");
    } else if (isNumber && port == m_runningPort) {
        state = tr("in use by this server");
    } else if (isNumber && port > 0 && port <= 65535) {
        const QList<QHostAddress> addresses
            = http::listeningAddresses(QHostAddress(m_configuration.settings.host));
        const bool isTaken = !http::isPortFree(addresses, quint16(port));
        state = isTaken ? tr("in use by another program") : tr("free");
        m_nextFree = isTaken ? http::nextFreePort(addresses, quint16(port)) : 0;
    }
    m_ui->portState->setText(state);
    m_ui->usePort->setVisible(m_nextFree > 0);
    m_ui->usePort->setText(tr("Use %1").arg(m_nextFree));
}

void SettingsDialog::applied(const std::optional<host::StartError> &error,
                             const host::Configuration &configuration, int runningPort)
{
    if (!error) {
        m_configuration = configuration;
        m_runningPort = runningPort;
        updateOverrides();
        check(); // What was typed meanwhile is a change again.
        checkPort();
        if (m_ui->footNote->text().isEmpty())
            m_ui->footNote->setText(tr("Applied."));
        return;
    }
    m_ui->apply->setEnabled(true);
    m_ui->footNote->setText(host::sentenceOf(*error));
    if (error->field == "port"_L1) {
        m_ui->portFault->setText(host::sentenceOf(*error));
        m_ui->portFault->show();
        m_nextFree = error->nextFree;
        m_ui->usePort->setVisible(m_nextFree > 0);
        m_ui->usePort->setText(tr("Use %1").arg(m_nextFree));
        m_ui->port->setFocus();
    }
}

} // namespace gatehouse::app
