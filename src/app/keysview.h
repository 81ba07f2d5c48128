// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/view.h"
#include "auth/verdict.h"
#include "inspector/issuerdocuments.h"
#include "inspector/keylog.h"
#include "server/issuerreport.h"

#include <QTimer>

class QPlainTextEdit;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace gatehouse::app {

class EmptyState;
class FactTable;
class Label;
class Strip;
class TokenPage;

/// What the issuer says of itself and which keys it has, what this server says of itself, and any token as
/// this server would judge it.
class KeysView : public View
{
    Q_OBJECT

public:
    explicit KeysView(QWidget *parent = nullptr);

    /// Of the server that runs; an empty address: none does. `scopes`: those that something here needs.
    void setServer(const QString &address, const QString &issuer);
    void setNeededScopes(const QStringList &scopes);
    /// What was read at that time, in milliseconds since 1970.
    void setReport(const server::IssuerReport &report, qint64 atMs);
    void record(const QList<exchange::Exchange> &batch);
    /// A new run of the server: what was read and used before is of another one.
    void clear();
    /// Of the token that judgeWanted() gave last.
    void setVerdict(const QByteArray &token, const auth::Verdict &verdict, qint64 atMs);

    [[nodiscard]] QWidget *home() const override;
    [[nodiscard]] QList<QWidget *> panes() const override;
    void retheme() override;
    /// Its halves stand below one another where there is little room.
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QByteArray saveLayout() const override;
    void restoreLayout(const QByteArray &state) override;

Q_SIGNALS:
    /// `anew`: the issuer is to be asked now, and not what is kept of it.
    void reportWanted(bool anew);
    void judgeWanted(const QByteArray &token);
    void startWanted();
    void messageWanted(const QString &text);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QWidget *makeDocuments();
    [[nodiscard]] QWidget *makeResource();
    [[nodiscard]] QWidget *makeKeys();
    [[nodiscard]] QWidget *makeJudge();
    void fetchNow();
    void showDocuments();
    void showResource();
    void showKeys();
    void judge();
    void forgetToken();
    void updateEmptyState();

    QString m_address;
    QString m_issuer;
    QStringList m_needed;
    server::IssuerReport m_report;
    qint64 m_readAt = 0; ///< 0: nothing was read yet.
    inspector::IssuerDocuments m_now;
    inspector::IssuerDocuments m_before; ///< As they were before they changed last.
    qint64 m_beforeAt = 0; ///< When that was read.
    inspector::KeyLog m_keyLog;
    bool m_isAsked = false; ///< The issuer, by the button.
    QByteArray m_judged; ///< Fingerprint of the token that was asked about last.

    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QSplitter *m_splitter;
    QSplitter *m_left;
    QSplitter *m_right;
    Label *m_title;
    Label *m_state;
    QPushButton *m_fetch;
    FactTable *m_documents;
    Label *m_note;
    Label *m_place;
    QPushButton *m_copy;
    FactTable *m_resource;
    FactTable *m_keys;
    Label *m_keyState;
    QPlainTextEdit *m_token;
    QPushButton *m_paste;
    QPushButton *m_clearToken;
    Strip *m_verdict;
    TokenPage *m_claims;
    QTimer m_typing;
    QTimer m_forget; ///< A token does not lie here for long.
    QTimer m_clock; ///< Ages.
};

} // namespace gatehouse::app
