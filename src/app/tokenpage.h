// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/label.h"
#include "exchange/exchange.h"
#include "inspector/claimmodel.h"

#include <QTimer>
#include <QWidget>

class QStackedWidget;
class QTableView;

namespace gatehouse::app {

class Pill;

/// The token of one exchange: what it says and what the gate thought of each claim.
class TokenPage : public QWidget
{
    Q_OBJECT

public:
    /// `objectName` begins the names of its parts, so that there may be several.
    explicit TokenPage(QWidget *parent = nullptr, const QString &objectName = {});
    void show(const exchange::Exchange &exchange);
    /// A token that this program got itself. `noneText` stands where there is none.
    void show(const auth::Verdict &verdict, qint64 atMs, inspector::Reader reader, const QString &noneText);
    void retheme();
    /// The claims; null where there is no token.
    [[nodiscard]] QTableView *table() const;

private:
    void updateExpiry();
    void updateMeaning();
    [[nodiscard]] QString claimsText() const;

    auth::Verdict m_verdict;
    inspector::ClaimModel m_model;
    QStackedWidget *m_stack;
    QWidget *m_page;
    Label *m_none;
    Label *m_about;
    Pill *m_expiry;
    QTableView *m_table;
    Label *m_meaning;
    QTimer m_clock;
};

} // namespace gatehouse::app
