// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/label.h"
#include "oauth/credentials.h"

#include <QString>
#include <QStringList>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace gatehouse::app {

class FlowLayout;
class GrantForm;

/// Which server the client goes to, as whom, and what it asks for.
class ClientForm : public QWidget
{
    Q_OBJECT

public:
    explicit ClientForm(QWidget *parent = nullptr);

    struct Values
    {
        QString server = {};
        QString clientId = {}; ///< Empty: registers, or shows its document.
        QString clientMetadataUrl = {}; ///< Of that; empty: there is none.
        QString clientSecret = {};
        oauth::Credentials credentials = {}; ///< How tokens are come by.
        QStringList scopes = {}; ///< Empty: as the server asks.
        bool useKept = false;
        QString redirect = {}; ///< Empty: the usual one.

        bool operator==(const Values &) const = default;
    };
    [[nodiscard]] Values values() const;
    /// Why these cannot be used, in one sentence; empty where they can. Marks the field.
    [[nodiscard]] QString judge();

    /// Our own server, which stands first and is chosen until the user chooses another.
    void setOwnServer(const QString &address);
    void setServer(const QString &address);
    [[nodiscard]] QStringList history() const { return m_history; }
    void setHistory(const QStringList &addresses);
    /// To be offered again.
    void remember(const QString &address);
    /// The one that the flow uses or would use; what is shown is the one that a client id of the user's own
    /// must be registered with, where that is chosen.
    void setRedirect(const QString &address);
    /// What our own server has for it: offered, and mcp-use's documented one on port 3000.
    void setOwnRedirect(const QString &address);
    void retheme() { showRedirect(); }
    [[nodiscard]] QString redirect() const;
    void setEditable(bool isEditable);
    void askForClientId();
    void registerAnew(); ///< No client id, and no document.
    /// As it is at first, but for the server.
    void setUsual();
    [[nodiscard]] QWidget *firstField() const;

Q_SIGNALS:
    void changed();
    void goWanted(); ///< Return in the server's field.

private:
    void showRedirect();
    [[nodiscard]] QString usualRedirect() const;
    [[nodiscard]] QString redirectFault(const QString &address) const;
    [[nodiscard]] bool isByPerson() const;
    void chooseIdentity();
    void showIdentity();
    void enableWhatCounts();
    [[nodiscard]] QString identityFault(const Values &values) const;
    void fillServers(const QString &chosen);
    QPushButton *addScope(const QString &scope);
    void takeNewScope();
    void scopeClicked(QPushButton *chip);

    QComboBox *m_server;
    Label *m_fault;
    QRadioButton *m_register;
    QRadioButton *m_given;
    QRadioButton *m_document;
    QLineEdit *m_clientId;
    QLineEdit *m_documentUrl;
    QComboBox *m_grant;
    GrantForm *m_credentials;
    QRadioButton *m_before = nullptr; ///< What was chosen where a grant asked for a client id.
    QCheckBox *m_useKept;
    FlowLayout *m_scopes;
    QPushButton *m_asAsked;
    QList<QPushButton *> m_chips;
    QLineEdit *m_newScope;
    QComboBox *m_redirect;
    QString m_callback;
    QString m_ownRedirect;
    QString m_own;
    QStringList m_history;
};

} // namespace gatehouse::app
