// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/checkspage.h"

#include "app/foreigndelegate.h"
#include "app/httptext.h"
#include "app/icons.h"
#include "app/label.h"
#include "app/strip.h"
#include "app/theme.h"
#include "inspector/foreigntext.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using inspector::Tone;
using oauth::CheckState;
using oauth::NegativeCheck;

Tone toneOf(CheckState state)
{
    switch (state) {
    case CheckState::Passed:
        return Tone::Good;
    case CheckState::Failed:
        return Tone::Bad;
    case CheckState::Running:
        return Tone::Warning;
    case CheckState::NotRun:
        break;
    }
    return Tone::Muted;
}

QString wordOf(CheckState state)
{
    switch (state) {
    case CheckState::Passed:
        return ChecksPage::tr("Pass");
    case CheckState::Failed:
        return ChecksPage::tr("Fail");
    case CheckState::Running:
        return ChecksPage::tr("Running");
    case CheckState::NotRun:
        break;
    }
    return ChecksPage::tr("Not run");
}

} // namespace

ChecksPage::ChecksPage(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"checksPage"_s);
    auto *title = new Label(tr("Negative checks"), this);
    title->setProperty("strong", true);
    auto *why = new Label(tr("A server is only as good as what it refuses: each of these requests must be "
                             "turned away, with the right answer."),
                          this);
    why->setWordWrap(true);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(16, 12, 16, 10);
    head->setSpacing(3);
    head->addWidget(title);
    head->addWidget(why);
    m_strip = new Strip(u"checksStrip"_s, this);
    m_run = m_strip->addButton(u"runChecks"_s, tr("Run checks"), u"start"_s);
    m_table = new QTreeWidget(this);
    m_table->setObjectName(u"checks"_s);
    m_table->setItemDelegate(new ForeignDelegate(m_table));
    m_table->setAccessibleName(tr("Negative checks"));
    m_table->setProperty("plain", true);
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setHeaderLabels({tr("Check"), tr("Expected"), tr("Got"), tr("Result"), tr("Note")});
    m_table->header()->setStretchLastSection(true);
    m_text = new HttpText(u"checkText"_s, tr("Request and answer of the check"), this);
    m_split = new QSplitter(Qt::Vertical, this);
    m_split->addWidget(m_table);
    m_split->addWidget(m_text);
    m_split->setChildrenCollapsible(false);
    m_split->setHandleWidth(1);
    m_split->setStretchFactor(0, 3);
    m_split->setStretchFactor(1, 2);
    auto *copy = new QPushButton(icon(u"copy"_s), tr("Copy as text"), this);
    copy->setObjectName(u"copyChecks"_s);
    m_traffic = new QPushButton(icon(u"traffic"_s), tr("Show in Traffic"), this);
    m_traffic->setObjectName(u"checkInTraffic"_s);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(16, 8, 16, 8);
    foot->setSpacing(6);
    foot->addStretch();
    foot->addWidget(copy);
    foot->addWidget(m_traffic);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(head);
    all->addWidget(m_strip);
    all->addWidget(m_split, 1);
    all->addLayout(foot);
    connect(m_run, &QPushButton::clicked, this, [this] {
        if (m_isRunning)
            Q_EMIT cancelWanted();
        else
            Q_EMIT runWanted();
    });
    connect(copy, &QPushButton::clicked, this, &ChecksPage::copyWanted);
    connect(m_traffic, &QPushButton::clicked, this, &ChecksPage::trafficWanted);
    connect(m_table, &QTreeWidget::currentItemChanged, this, [this] {
        showChosen();
        Q_EMIT chosen();
    });
}

void ChecksPage::show(const QList<NegativeCheck> &checks, bool isRunning)
{
    m_checks = checks;
    m_isRunning = isRunning;
    const auto count = [&checks](CheckState state) {
        return int(std::count_if(checks.begin(), checks.end(),
                                 [state](const NegativeCheck &check) { return check.state == state; }));
    };
    const int passed = count(CheckState::Passed);
    const int failed = count(CheckState::Failed);
    const int notRun = count(CheckState::NotRun);
    if (isRunning)
        m_strip->say(Tone::Warning, tr("Running: %1 of %2").arg(passed + failed + 1).arg(checks.size()), {},
                     u"running"_s);
    else if (passed + failed == 0)
        m_strip->say(Tone::Muted, tr("Not run yet."));
    else if (failed > 0)
        m_strip->say(Tone::Bad, tr("%1 of %2 failed.").arg(failed).arg(passed + failed),
                     tr("%1 passed, %2 not run.").arg(passed).arg(notRun));
    else
        m_strip->say(Tone::Good, tr("%1 of %2 passed, none failed.").arg(passed).arg(checks.size()),
                     notRun > 0 ? tr("%1 not run; the reason stands beside it.").arg(notRun) : QString());
    m_run->setText(isRunning ? tr("Cancel") : tr("Run checks"));
    m_run->setIcon(icon(isRunning ? u"stop"_s : u"start"_s));
    while (m_table->topLevelItemCount() < checks.size())
        new QTreeWidgetItem(m_table);
    const Theme &theme = Look::theme();
    for (int i = 0; i < checks.size(); ++i) {
        const NegativeCheck &check = checks.at(i);
        QTreeWidgetItem *item = m_table->topLevelItem(i);
        const Tone tone = toneOf(check.state);
        item->setText(0, check.title);
        item->setText(1, check.expected);
        item->setText(2, check.got.isEmpty() ? u"–"_s : check.got);
        item->setText(3, wordOf(check.state));
        item->setIcon(3, icon(check.state == CheckState::Running ? u"running"_s : iconNameOf(tone), tone));
        item->setForeground(3, theme.colorOf(tone));
        item->setText(4, check.note);
        item->setToolTip(4, inspector::toolTipText(check.note));
        item->setForeground(4, theme.muted);
        item->setData(0, Qt::AccessibleTextRole,
                      tr("%1, expected %2, got %3: %4. %5")
                          .arg(check.title, check.expected, item->text(2), item->text(3), check.note));
    }
    showChosen();
}

void ChecksPage::showChosen()
{
    const int row = m_table->indexOfTopLevelItem(m_table->currentItem());
    if (row < 0 || row >= m_checks.size()) {
        m_text->setHttp({});
        return;
    }
    const oauth::Leg &leg = m_checks.at(row).leg;
    m_text->setHttp(leg.sent.isEmpty() ? QString() : leg.sent.trimmed() + u"\n\n"_s + leg.answered);
}

QByteArray ChecksPage::requestId() const
{
    const int row = m_table->indexOfTopLevelItem(m_table->currentItem());
    return row >= 0 && row < m_checks.size() ? m_checks.at(row).leg.requestId : QByteArray();
}

void ChecksPage::select(int index)
{
    m_table->setCurrentItem(m_table->topLevelItem(index));
}

void ChecksPage::setHasTraffic(bool has)
{
    m_traffic->setEnabled(has);
}

void ChecksPage::retheme()
{
    m_strip->retheme();
    m_text->retheme();
    const QFontMetrics metrics(font());
    m_table->setColumnWidth(0, metrics.horizontalAdvance(tr("Token that is not yet valid")) + 40);
    m_table->setColumnWidth(1, metrics.horizontalAdvance(u"401 invalid_token or 400"_s) + 24);
    m_table->setColumnWidth(2, metrics.horizontalAdvance(u"403 insufficient_scope"_s) + 24);
    m_table->setColumnWidth(3, metrics.horizontalAdvance(tr("Not run")) + 56);
    show(m_checks, m_isRunning);
    fit();
}

void ChecksPage::fit()
{
    if (!m_isSplit && m_table->topLevelItemCount() > 0 && m_split->height() > 0) {
        // At first with room for all checks.
        const int rows = m_table->header()->height()
            + oauth::checkCount * m_table->visualItemRect(m_table->topLevelItem(0)).height() + 4;
        m_split->setSizes({rows, std::max(m_split->height() - rows, 60)});
        m_isSplit = true;
    }
}

void ChecksPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

} // namespace gatehouse::app
