// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/label.h"
#include "auth/verdict.h"
#include "oauth/flow.h"

#include <QWidget>

class QCheckBox;
class QPushButton;
class QTabWidget;

namespace gatehouse::app {

class Strip;
class TokenPage;

/// The tokens that the client got, as it can judge them itself.
class TokensPage : public QWidget
{
    Q_OBJECT

public:
    explicit TokensPage(QWidget *parent = nullptr);

    enum Kind { Access, Id };
    /// An empty verdict (no fingerprint) where there is none.
    void show(Kind kind, const auth::Verdict &verdict, qint64 atMs);
    [[nodiscard]] const auth::Verdict &verdict(Kind kind) const { return m_verdicts[kind]; }
    void setRefreshable(bool isRefreshable, const QString &why);
    void retheme();

Q_SIGNALS:
    void refreshWanted();
    void copyTokenWanted(int kind); ///< The secret itself, on the user's own wish.

private:
    void update();

    auth::Verdict m_verdicts[2];
    Strip *m_strip;
    QTabWidget *m_tabs;
    TokenPage *m_pages[2];
    QPushButton *m_refresh;
    QPushButton *m_copy;
};

/// What of the sign-in is to be kept no longer.
class ForgetPage : public QWidget
{
    Q_OBJECT

public:
    explicit ForgetPage(QWidget *parent = nullptr);

    /// Which of them there are; `issuer` for the words. `mayRevoke`: WorkOS can be asked to take the consent
    /// back.
    void show(const oauth::Forgotten &there, const QString &issuer, bool keptOnDisk, bool mayRevoke);
    void say(const QString &what);
    void retheme();

Q_SIGNALS:
    /// `isRevoked`: the consent at WorkOS as well.
    void forgetWanted(const gatehouse::oauth::Forgotten &what, bool isRevoked);

private:
    void update();
    [[nodiscard]] oauth::Forgotten ticked() const;

    Strip *m_strip;
    QCheckBox *m_access;
    QCheckBox *m_refresh;
    QCheckBox *m_id;
    QCheckBox *m_client;
    QCheckBox *m_trust;
    QCheckBox *m_consent;
    Label *m_note;
    QPushButton *m_forget;
    QString m_said; ///< What was done; until there is something to forget again.
};

} // namespace gatehouse::app
