// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clientform.h"

#include "app/flowlayout.h"
#include "app/grantform.h"
#include "app/icons.h"
#include "app/label.h"
#include "app/settingeditor.h"
#include "app/theme.h"
#include "app/wrappingrow.h"
#include "base/characters.h"
#include "inspector/foreigntext.h"
#include "oauth/browser.h"
#include "oauth/redirect.h"
#include "web/clientidurl.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QStyle>
#include <QToolButton>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

constexpr qsizetype mostRemembered = 12;

bool isShortScope(const QString &text)
{
    return text.size() <= 200 && base::isScope(text);
}

} // namespace

ClientForm::ClientForm(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"clientForm"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_server = new QComboBox(this);
    m_server->setObjectName(u"server"_s);
    m_server->setEditable(true);
    m_server->setInsertPolicy(QComboBox::NoInsert);
    m_server->lineEdit()->setObjectName(u"serverAddress"_s);
    m_server->setAccessibleName(tr("Server"));
    m_server->lineEdit()->setAccessibleName(tr("Server"));
    m_server->view()->setAccessibleName(tr("Servers"));
    m_server->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_server->setMinimumContentsLength(16);
    m_fault = new Label(this);
    m_fault->setObjectName(u"serverFault"_s);
    m_fault->setProperty("fault", true);
    m_fault->setWordWrap(true);
    m_fault->hide();
    m_register = new QRadioButton(tr("Register a new client"), this);
    m_register->setObjectName(u"identityRegister"_s);
    m_register->setChecked(true);
    m_given = new QRadioButton(tr("Client ID"), this);
    m_given->setObjectName(u"identityGiven"_s);
    m_clientId = new QLineEdit(this);
    m_clientId->setObjectName(u"clientId"_s);
    m_clientId->setPlaceholderText(tr("of a public Connect application"));
    m_clientId->setAccessibleName(tr("Client ID"));
    m_document = new QRadioButton(tr("Metadata URL"), this);
    m_document->setObjectName(u"identityDocument"_s);
    m_document->setToolTip(inspector::toolTipText(
        tr("The client is the address of a document that says who it is (CIMD). Where the server reads "
           "none, it registers.")));
    m_documentUrl = new QLineEdit(this);
    m_documentUrl->setObjectName(u"clientMetadataUrl"_s);
    m_documentUrl->setPlaceholderText(u"https://example.com/client.json"_s);
    m_documentUrl->setAccessibleName(tr("Metadata URL"));
    m_grant = new QComboBox(this);
    m_grant->setObjectName(u"grant"_s);
    m_grant->setAccessibleName(tr("How to sign in"));
    m_grant->view()->setAccessibleName(tr("How to sign in"));
    for (const oauth::Grant grant :
         {oauth::Grant::Code, oauth::Grant::Device, oauth::Grant::ClientCredentials, oauth::Grant::JwtBearer,
          oauth::Grant::Enterprise})
        m_grant->addItem(nameOf(grant), int(grant));
    m_grant->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_grant->setMinimumContentsLength(17);
    WheelGuard::guard(m_grant);
    m_credentials = new GrantForm(this);
    m_useKept = new QCheckBox(tr("Use a kept sign-in"), this);
    m_useKept->setObjectName(u"useKept"_s);
    m_useKept->setToolTip(tr("Tries the token of an earlier sign-in first, as `gatehouse call` does."));

    auto *scopes = new QWidget(this);
    m_scopes = new FlowLayout(scopes);
    m_scopes->setSpacing(6);
    m_asAsked = new QPushButton(tr("as the server asks"), this);
    m_asAsked->setObjectName(u"scopesAsAsked"_s);
    m_asAsked->setProperty("chip", true);
    m_asAsked->setCheckable(true);
    m_asAsked->setChecked(true);
    m_scopes->addWidget(m_asAsked);
    for (const QString &scope : {u"openid"_s, u"profile"_s, u"email"_s, u"offline_access"_s})
        addScope(scope);
    m_newScope = new QLineEdit(this);
    m_newScope->setObjectName(u"newClientScope"_s);
    m_newScope->setPlaceholderText(tr("another scope"));
    m_newScope->setAccessibleName(tr("Another scope"));
    m_newScope->setMaximumWidth(160);
    m_newScope->setMinimumWidth(60);
    m_scopes->addWidget(m_newScope);
    m_redirect = new QComboBox(this);
    m_redirect->setEditable(true);
    m_redirect->setInsertPolicy(QComboBox::NoInsert);
    m_redirect->lineEdit()->setObjectName(u"redirect"_s);
    m_redirect->setObjectName(u"redirects"_s);
    m_redirect->setAccessibleName(tr("Redirect address"));
    m_redirect->lineEdit()->setAccessibleName(tr("Redirect address"));
    m_redirect->view()->setAccessibleName(tr("Redirect address"));
    m_redirect->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_redirect->setMinimumWidth(100);
    WheelGuard::guard(m_redirect);
    auto *copy = new QToolButton(this);
    copy->setObjectName(u"copyRedirect"_s);
    copy->setIcon(icon(u"copy"_s));
    copy->setText(tr("Copy redirect address"));
    copy->setToolTip(tr("Copy redirect address"));
    copy->setAccessibleName(tr("Copy redirect address"));

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(12, 10, 12, 4);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(6);
    auto *serverLabel = new Label(tr("Se&rver"), this);
    serverLabel->setBuddy(m_server);
    auto *first = new WrappingRow(this);
    first->addGroup(1)->layout()->addWidget(m_server);
    auto *identity = new WrappingRow(first);
    for (QWidget *one : std::initializer_list<QWidget *>{m_register, m_given, m_document})
        identity->addWidget(one);
    first->addWidget(identity);
    auto *more = new WrappingRow(this);
    for (QLineEdit *field : {m_clientId, m_documentUrl}) {
        field->setMinimumWidth(200);
        more->addWidget(field);
    }
    grid->addWidget(serverLabel, 0, 0);
    grid->addWidget(first, 0, 1);
    grid->addWidget(m_fault, 1, 1);
    grid->addWidget(more, 2, 1);
    auto *second = new WrappingRow(this);
    second->addWidget(scopes);
    auto *redirect = static_cast<QHBoxLayout *>(second->addGroup(1)->layout());
    redirect->addWidget(new Label(tr("Redirect"), this));
    redirect->addWidget(m_redirect, 1);
    redirect->addWidget(copy);
    grid->addWidget(new Label(tr("Scopes"), this), 3, 0);
    grid->addWidget(second, 3, 1);
    auto *third = new WrappingRow(this);
    third->addGroup()->layout()->addWidget(m_grant);
    third->addGroup()->layout()->addWidget(m_useKept);
    third->addGroup(1)->layout()->addWidget(m_credentials);
    auto *grantLabel = new Label(tr("Si&gn in"), this);
    grantLabel->setBuddy(m_grant);
    grid->addWidget(grantLabel, 4, 0);
    grid->addWidget(third, 4, 1);

    connect(copy, &QToolButton::clicked, this,
            [this] { QApplication::clipboard()->setText(this->redirect()); });
    connect(m_redirect, &QComboBox::editTextChanged, this, [this] {
        m_fault->hide();
        Q_EMIT changed();
    });
    connect(m_redirect->lineEdit(), &QLineEdit::returnPressed, this, &ClientForm::goWanted);
    connect(m_server, &QComboBox::editTextChanged, this, [this] {
        m_fault->hide();
        Q_EMIT changed();
    });
    connect(m_server->lineEdit(), &QLineEdit::returnPressed, this, &ClientForm::goWanted);
    connect(m_clientId, &QLineEdit::returnPressed, this, &ClientForm::goWanted);
    connect(m_clientId, &QLineEdit::textChanged, this, &ClientForm::changed);
    connect(m_documentUrl, &QLineEdit::returnPressed, this, &ClientForm::goWanted);
    connect(m_documentUrl, &QLineEdit::textChanged, this, &ClientForm::changed);
    for (QRadioButton *button : {m_given, m_document})
        connect(button, &QRadioButton::toggled, this, &ClientForm::showIdentity);
    connect(m_grant, &QComboBox::currentIndexChanged, this, [this] {
        chooseIdentity();
        showIdentity();
    });
    connect(m_credentials, &GrantForm::goWanted, this, &ClientForm::goWanted);
    connect(m_credentials, &GrantForm::changed, this, [this] {
        m_fault->hide();
        Q_EMIT changed();
    });
    connect(m_useKept, &QCheckBox::toggled, this, &ClientForm::changed);
    connect(m_asAsked, &QPushButton::clicked, this, [this] { scopeClicked(m_asAsked); });
    connect(m_newScope, &QLineEdit::returnPressed, this, &ClientForm::takeNewScope);
    // In reading order.
    QWidget *last = m_server;
    for (QWidget *next : {static_cast<QWidget *>(m_register), static_cast<QWidget *>(m_given),
                          static_cast<QWidget *>(m_document), static_cast<QWidget *>(m_clientId),
                          static_cast<QWidget *>(m_documentUrl), static_cast<QWidget *>(m_asAsked)}) {
        setTabOrder(last, next);
        last = next;
    }
    setTabOrder(copy, m_grant);
    setTabOrder(m_grant, m_useKept);
    setTabOrder(m_useKept, m_credentials);
    showIdentity();
}

/// Only a person registers, has signed in before, or comes back with a browser.
void ClientForm::enableWhatCounts()
{
    for (QWidget *widget : {static_cast<QWidget *>(m_register), static_cast<QWidget *>(m_document),
                            static_cast<QWidget *>(m_useKept)})
        widget->setEnabled(isByPerson());
    m_redirect->setEnabled(oauth::Grant(m_grant->currentData().toInt()) == oauth::Grant::Code);
}

bool ClientForm::isByPerson() const
{
    const auto grant = oauth::Grant(m_grant->currentData().toInt());
    return grant == oauth::Grant::Code || grant == oauth::Grant::Device;
}

/// Nobody registers a program, which needs a secret that somebody has given it. A choice that was not the
/// user's is taken back.
void ClientForm::chooseIdentity()
{
    if (!isByPerson() && !m_given->isChecked()) {
        m_before = m_register->isChecked() ? m_register : m_document;
        m_given->setChecked(true);
    } else if (isByPerson() && m_before && m_clientId->text().isEmpty()) {
        std::exchange(m_before, nullptr)->setChecked(true);
    } else if (isByPerson()) {
        m_before = nullptr;
    }
}

void ClientForm::showIdentity()
{
    const auto grant = oauth::Grant(m_grant->currentData().toInt());
    enableWhatCounts();
    m_clientId->setVisible(m_given->isChecked());
    m_clientId->setPlaceholderText(isByPerson() ? tr("of a public Connect application")
                                                : tr("of the program"));
    m_documentUrl->setVisible(m_document->isChecked());
    m_credentials->setGrant(grant, m_given->isChecked());
    m_fault->hide();
    showRedirect();
    Q_EMIT changed();
}

QPushButton *ClientForm::addScope(const QString &scope)
{
    auto *chip = new QPushButton(scope, this);
    chip->setObjectName(u"scope_"_s + scope);
    chip->setProperty("chip", true);
    chip->setCheckable(true);
    m_scopes->insertWidget(int(m_chips.size()) + 1, chip);
    m_chips.append(chip);
    connect(chip, &QPushButton::clicked, this, [this, chip] { scopeClicked(chip); });
    return chip;
}

void ClientForm::scopeClicked(QPushButton *chip)
{
    // One truth: either the server decides, or these.
    if (chip == m_asAsked) {
        for (QPushButton *one : std::as_const(m_chips))
            one->setChecked(false);
    }
    const bool isAny = std::any_of(m_chips.cbegin(), m_chips.cend(),
                                   [](const QPushButton *one) { return one->isChecked(); });
    m_asAsked->setChecked(!isAny);
    Q_EMIT changed();
}

void ClientForm::takeNewScope()
{
    const QStringList wanted = m_newScope->text().simplified().split(u' ', Qt::SkipEmptyParts);
    for (const QString &scope : wanted) {
        if (!isShortScope(scope))
            return; // It stays to be mended.
    }
    for (const QString &scope : wanted) {
        const auto known = std::find_if(m_chips.cbegin(), m_chips.cend(),
                                        [&scope](const QPushButton *chip) { return chip->text() == scope; });
        QPushButton *chip = known != m_chips.cend() ? *known : addScope(scope);
        chip->setChecked(true);
        scopeClicked(chip);
    }
    m_newScope->clear();
}

ClientForm::Values ClientForm::values() const
{
    Values values;
    values.server = m_server->currentText().trimmed();
    if (m_given->isChecked())
        values.clientId = m_clientId->text().trimmed();
    if (m_document->isChecked())
        values.clientMetadataUrl = m_documentUrl->text().trimmed();
    values.clientSecret = m_credentials->secret();
    values.credentials = m_credentials->credentials();
    for (const QPushButton *chip : m_chips) {
        if (chip->isChecked())
            values.scopes.append(chip->text());
    }
    values.useKept = m_useKept->isChecked();
    if (redirect() != usualRedirect())
        values.redirect = redirect();
    return values;
}

QString ClientForm::judge()
{
    const Values now = values();
    const QUrl url(now.server, QUrl::StrictMode);
    QString text;
    if (now.server.isEmpty())
        text = tr("Type the address of an MCP server.");
    else if (!url.isValid() || url.isRelative() || url.host().isEmpty())
        text = tr("This is no address: it begins with https:// or, on this machine, with http://.");
    else if (!url.userInfo().isEmpty() || url.hasFragment())
        text = tr("The address may hold neither a password nor a part behind #.");
    else if (!oauth::mayOpen(url))
        text = tr("Only https, or http to this machine: a token would travel in the open.");
    const bool isOfServer = !text.isEmpty();
    if (text.isEmpty())
        text = identityFault(now);
    const bool isOfRedirect = text.isEmpty() && !now.redirect.isEmpty();
    if (isOfRedirect)
        text = redirectFault(now.redirect);
    m_fault->setText(text);
    m_fault->setVisible(!text.isEmpty());
    m_server->lineEdit()->setAccessibleDescription(text);
    if (!text.isEmpty() && isOfRedirect)
        m_redirect->setFocus();
    else if (isOfServer)
        m_server->setFocus();
    return text;
}

/// In one sentence, with the focus in the field that it is about.
QString ClientForm::identityFault(const Values &values) const
{
    if (m_given->isChecked() && values.clientId.isEmpty()
        && values.credentials.grant != oauth::Grant::JwtBearer) {
        m_clientId->setFocus();
        return tr("Type the client ID, or register.");
    }
    if (m_document->isChecked()) {
        if (const QString fault = web::clientIdUrlFault(values.clientMetadataUrl); !fault.isEmpty()) {
            m_documentUrl->setFocus();
            return tr("This is no metadata URL: %1").arg(fault);
        }
    }
    oauth::FlowSettings settings;
    settings.clientId = values.clientId;
    settings.clientSecret = values.clientSecret;
    const auto taken = oauth::takeCredentials(values.credentials, settings);
    if (taken)
        return {};
    m_credentials->fieldOf(taken.error().fault)->setFocus();
    return wordsOf(taken.error());
}

void ClientForm::fillServers(const QString &chosen)
{
    const QSignalBlocker quiet(m_server);
    m_server->clear();
    if (!m_own.isEmpty())
        m_server->addItem(m_own);
    for (const QString &address : std::as_const(m_history)) {
        if (address != m_own)
            m_server->addItem(address);
    }
    m_server->setEditText(chosen);
}

void ClientForm::setOwnServer(const QString &address)
{
    if (address == m_own)
        return;
    const QString chosen = m_server->currentText();
    const bool isOwn = chosen.isEmpty() || chosen == m_own;
    m_own = address;
    fillServers(isOwn ? address : chosen);
    Q_EMIT changed();
}

void ClientForm::setServer(const QString &address)
{
    m_server->setEditText(address);
}

void ClientForm::setHistory(const QStringList &addresses)
{
    m_history = addresses.mid(0, mostRemembered);
    fillServers(m_server->currentText());
}

void ClientForm::remember(const QString &address)
{
    if (address == m_own || address.size() > 2000)
        return;
    m_history.removeAll(address);
    m_history.prepend(address);
    setHistory(m_history);
}

void ClientForm::setRedirect(const QString &address)
{
    m_callback = address;
    showRedirect();
}

QString ClientForm::usualRedirect() const
{
    // Registered clients have a path of their own behind it (oauth::ReplyHandler).
    return m_register->isChecked() ? m_callback : m_callback.section(u'/', 0, 3);
}

void ClientForm::setOwnRedirect(const QString &address)
{
    if (std::exchange(m_ownRedirect, address) != address)
        showRedirect();
}

void ClientForm::showRedirect()
{
    // What the user chose stays; what was usual follows what is usual now.
    const QString before = redirect();
    bool wasUsual = before.isEmpty();
    for (int i = 0; i < m_redirect->count(); ++i)
        wasUsual = wasUsual || (m_redirect->itemData(i).toBool() && m_redirect->itemText(i) == before);
    const QSignalBlocker quiet(m_redirect);
    m_redirect->clear();
    m_redirect->addItem(usualRedirect(), true);
    if (!m_ownRedirect.isEmpty())
        m_redirect->addItem(m_ownRedirect, false);
    const QString address = wasUsual ? usualRedirect() : before;
    m_redirect->setEditText(address);
    m_redirect->setMinimumWidth(fontMetrics().horizontalAdvance(usualRedirect()) * 6 / 10);
    m_redirect->lineEdit()->setCursorPosition(0);
    m_redirect->setToolTip(inspector::toolTipText(address));
}

QString ClientForm::redirectFault(const QString &address) const
{
    const auto read = oauth::readRedirect(address);
    if (!read)
        return read.error();
    // Its port is our server's, which has one path for it.
    const auto own = oauth::readRedirect(m_ownRedirect);
    const bool isOwnPort = own && own->port == read->port;
    return isOwnPort && address != m_ownRedirect
        ? tr("On the port of this server the redirect address is %1.").arg(m_ownRedirect)
        : QString();
}

QString ClientForm::redirect() const
{
    return m_redirect->currentText().trimmed();
}

void ClientForm::setEditable(bool isEditable)
{
    for (QWidget *field : {static_cast<QWidget *>(m_server), static_cast<QWidget *>(m_register),
                           static_cast<QWidget *>(m_given), static_cast<QWidget *>(m_clientId),
                           static_cast<QWidget *>(m_document), static_cast<QWidget *>(m_documentUrl),
                           static_cast<QWidget *>(m_grant), static_cast<QWidget *>(m_credentials),
                           static_cast<QWidget *>(m_useKept), static_cast<QWidget *>(m_asAsked),
                           static_cast<QWidget *>(m_newScope), static_cast<QWidget *>(m_redirect)})
        field->setEnabled(isEditable);
    for (QPushButton *chip : std::as_const(m_chips))
        chip->setEnabled(isEditable);
    if (isEditable)
        enableWhatCounts();
}

void ClientForm::askForClientId()
{
    m_given->setChecked(true);
    m_clientId->setFocus();
    m_clientId->selectAll();
}

void ClientForm::registerAnew()
{
    m_register->setChecked(true);
}

void ClientForm::setUsual()
{
    m_grant->setCurrentIndex(0);
    m_register->setChecked(true);
    m_clientId->clear();
    m_documentUrl->clear();
    m_useKept->setChecked(false);
    if (!m_asAsked->isChecked())
        m_asAsked->click();
}

QWidget *ClientForm::firstField() const
{
    return m_server;
}

} // namespace gatehouse::app
