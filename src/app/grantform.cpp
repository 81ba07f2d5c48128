// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/grantform.h"

#include "app/icons.h"
#include "app/label.h"
#include "app/wrappingrow.h"

#include <QCheckBox>
#include <QCoreApplication>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

using oauth::Grant;

GrantForm::GrantForm(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"grantForm"_s);
    m_row = new WrappingRow(this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_row);
    m_secret = addField(u"clientSecret"_s, tr("Secret"), tr("of the client"));
    m_secret.edit->setEchoMode(QLineEdit::Password);
    m_key = addFile(u"clientKey"_s, tr("Key"), tr("Private key of the client (PEM)"));
    m_assertion = addFile(u"assertion"_s, tr("Assertion"), tr("Assertion (JWT)"));
    m_idToken = addFile(u"idToken"_s, tr("ID token"), tr("ID token (JWT)"));
    m_endpoint
        = addField(u"idpTokenEndpoint"_s, tr("Identity provider"), tr("its token endpoint, https://…"));
    m_isBound = new QCheckBox(tr("Bind tokens to a key (DPoP)"), this);
    m_isBound->setObjectName(u"dpop"_s);
    m_isBound->setToolTip(tr("RFC 9449: a token is of use only with a key of this run, and is not kept."));
    m_row->addGroup()->layout()->addWidget(m_isBound);
    m_row->addStretch();
    connect(m_isBound, &QCheckBox::toggled, this, &GrantForm::changed);
    setGrant(Grant::Code, false);
}

GrantForm::Field GrantForm::addField(const QString &name, const QString &label, const QString &placeholder)
{
    Field field;
    field.group = m_row->addGroup(1);
    field.edit = new QLineEdit(field.group);
    field.edit->setObjectName(name);
    field.edit->setPlaceholderText(placeholder);
    field.edit->setAccessibleName(label);
    field.edit->setMinimumWidth(140);
    auto *words = new Label(label, field.group);
    words->setBuddy(field.edit);
    field.group->layout()->addWidget(words);
    field.group->layout()->addWidget(field.edit);
    connect(field.edit, &QLineEdit::textChanged, this, &GrantForm::changed);
    connect(field.edit, &QLineEdit::returnPressed, this, &GrantForm::goWanted);
    return field;
}

GrantForm::Field GrantForm::addFile(const QString &name, const QString &label, const QString &question)
{
    Field field = addField(name, label, tr("a file"));
    auto *browse = new QToolButton(field.group);
    browse->setObjectName(name + u"Browse"_s);
    browse->setText(u"…"_s);
    browse->setToolTip(tr("Choose a file…"));
    browse->setAccessibleName(question);
    field.group->layout()->addWidget(browse);
    connect(browse, &QToolButton::clicked, this, [this, edit = field.edit, question] {
        if (const QString path = QFileDialog::getOpenFileName(window(), question, edit->text());
            !path.isEmpty())
            edit->setText(path);
    });
    return field;
}

void GrantForm::show(Field &field, bool isShown)
{
    field.isShown = isShown;
    field.group->setVisible(isShown);
}

void GrantForm::setGrant(Grant grant, bool hasClient)
{
    m_grant = grant;
    const bool isProgram = grant == Grant::ClientCredentials;
    show(m_secret, hasClient && grant != Grant::JwtBearer);
    show(m_key, hasClient && isProgram);
    show(m_assertion, grant == Grant::JwtBearer);
    show(m_idToken, grant == Grant::Enterprise);
    show(m_endpoint, grant == Grant::Enterprise);
}

QString GrantForm::textOf(const Field &field)
{
    return field.isShown ? field.edit->text().trimmed() : QString();
}

oauth::Credentials GrantForm::credentials() const
{
    oauth::Credentials given;
    given.grant = m_grant;
    given.keyFile = textOf(m_key);
    given.assertionFile = textOf(m_assertion);
    given.idTokenFile = textOf(m_idToken);
    given.idpTokenEndpoint = textOf(m_endpoint);
    given.isBound = m_isBound->isChecked();
    return given;
}

QString GrantForm::secret() const
{
    return textOf(m_secret);
}

void GrantForm::setEditable(bool isEditable)
{
    m_row->setEnabled(isEditable);
}

QWidget *GrantForm::fieldOf(oauth::CredentialFault fault) const
{
    using Fault = oauth::CredentialFault;
    switch (fault) {
    case Fault::KeyUnusable:
    case Fault::KeyAndSecret:
    case Fault::KeyWithoutClient:
        return m_key.edit;
    case Fault::NothingToShow:
        return m_secret.edit;
    case Fault::AssertionUnusable:
    case Fault::AssertionUnused:
    case Fault::NoAssertion:
        return m_assertion.edit;
    case Fault::IdTokenUnusable:
    case Fault::IdTokenUnused:
        return m_idToken.edit;
    case Fault::EndpointNotSafe:
        return m_endpoint.edit;
    case Fault::EnterpriseIncomplete:
        return m_idToken.edit->text().trimmed().isEmpty() ? m_idToken.edit : m_endpoint.edit;
    case Fault::NoProofKey:
        return m_isBound;
    }
    return m_secret.edit;
}

QString wordsOf(const oauth::CredentialError &error)
{
    using Fault = oauth::CredentialFault;
    switch (error.fault) {
    case Fault::KeyUnusable:
        return GrantForm::tr("The key cannot be used: %1").arg(error.text);
    case Fault::AssertionUnusable:
        return GrantForm::tr("The assertion cannot be used: %1").arg(error.text);
    case Fault::IdTokenUnusable:
        return GrantForm::tr("The ID token cannot be used: %1").arg(error.text);
    case Fault::NoProofKey:
        return GrantForm::tr("No key could be made: %1").arg(error.text);
    case Fault::EndpointNotSafe:
        return GrantForm::tr("The identity provider's token endpoint begins with https://.");
    case Fault::KeyWithoutClient:
    case Fault::NothingToShow:
        return GrantForm::tr("A program signs in with a client ID, and its secret or its key.");
    case Fault::KeyAndSecret:
        return GrantForm::tr("A client shows a secret or a key, not both: empty one of the fields.");
    case Fault::AssertionUnused:
    case Fault::NoAssertion:
        return GrantForm::tr("Choose the file with the assertion.");
    case Fault::IdTokenUnused:
    case Fault::EnterpriseIncomplete:
        return GrantForm::tr(
            "Give a client ID, the file with the ID token and the identity provider's token endpoint.");
    }
    return error.text;
}

QString nameOf(Grant grant)
{
    switch (grant) {
    case Grant::Code:
        return GrantForm::tr("Browser");
    case Grant::Device:
        return GrantForm::tr("Another device");
    case Grant::ClientCredentials:
        return GrantForm::tr("Client credentials");
    case Grant::JwtBearer:
        return GrantForm::tr("JWT bearer");
    case Grant::Enterprise:
        return GrantForm::tr("Enterprise (ID-JAG)");
    }
    return {};
}

} // namespace gatehouse::app
