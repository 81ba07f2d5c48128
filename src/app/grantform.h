// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oauth/credentials.h"

#include <QWidget>

class QCheckBox;
class QLineEdit;

namespace gatehouse::app {

class Label;
class WrappingRow;

/// What is shown for tokens beside a client's id: a secret, a key, an assertion, an ID token. Shows the
/// fields that the grant has use for; nothing of it is kept.
class GrantForm : public QWidget
{
    Q_OBJECT

public:
    explicit GrantForm(QWidget *parent = nullptr);

    /// `hasClient`: one was given, and may have a secret.
    void setGrant(oauth::Grant grant, bool hasClient);
    /// Of the shown fields; what the others hold is left alone.
    [[nodiscard]] oauth::Credentials credentials() const;
    [[nodiscard]] QString secret() const;
    void setEditable(bool isEditable);
    /// The field that this is about.
    [[nodiscard]] QWidget *fieldOf(oauth::CredentialFault fault) const;

Q_SIGNALS:
    void changed();
    void goWanted(); ///< Return in a field.

private:
    struct Field
    {
        QWidget *group = nullptr;
        QLineEdit *edit = nullptr;
        bool isShown = false;
    };
    Field addField(const QString &name, const QString &label, const QString &placeholder);
    Field addFile(const QString &name, const QString &label, const QString &question);
    void show(Field &field, bool isShown);
    [[nodiscard]] static QString textOf(const Field &field);

    WrappingRow *m_row;
    oauth::Grant m_grant = oauth::Grant::Code;
    Field m_secret;
    Field m_key;
    Field m_assertion;
    Field m_idToken;
    Field m_endpoint;
    QCheckBox *m_isBound;
};

/// In the user's words: what is wrong, and what to do.
[[nodiscard]] QString wordsOf(const oauth::CredentialError &error);
/// As the menu calls it.
[[nodiscard]] QString nameOf(oauth::Grant grant);

} // namespace gatehouse::app
