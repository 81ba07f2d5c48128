// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clientwords.h"
#include "auth/verdict.h"
#include "oauth/negativechecks.h"

#include <QTreeWidget>

namespace gatehouse::app {

/// The steps of a sign-in, with what belongs between and behind them: what state each is in.
class StepList : public QTreeWidget
{
    Q_OBJECT

public:
    explicit StepList(QWidget *parent = nullptr);

    /// What stands in it, in order.
    enum Row { TokensRow = 6, ChecksRow = 11, ForgetRow = 12, RowCount = 13 };
    [[nodiscard]] static int rowOf(oauth::StepId id);
    [[nodiscard]] static int stepOf(int row); ///< -1 where it is no step.

    struct Words
    {
        QString title = {};
        StateWords state = {};
        QString status = {}; ///< "200"
        QString time = {}; ///< "3 ms"
    };
    void show(int row, const Words &words);
    [[nodiscard]] static Words wordsOf(const oauth::Step &step);
    /// Of the row of the tokens, by the access token's verdict.
    [[nodiscard]] static Words wordsOf(const auth::Verdict &verdict);
    /// How many of them passed.
    [[nodiscard]] static Words wordsOf(const oauth::NegativeChecks &checks);

    [[nodiscard]] int currentRow() const { return indexOfTopLevelItem(currentItem()); }
    void setCurrentRow(int row) { setCurrentItem(topLevelItem(row)); }
    void setCurrentStep(oauth::StepId id) { setCurrentRow(rowOf(id)); }
    void retheme();

private:
    using QTreeWidget::show;
};

} // namespace gatehouse::app
