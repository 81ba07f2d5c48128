// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/limitsform.h"

#include "app/label.h"
#include "host/settingstable.h"

#include <QCoreApplication>
#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

LimitsForm::LimitsForm(QWidget *parent)
    : QWidget(parent)
    , m_fold(new QToolButton(this))
    , m_page(new QWidget(this))
    , m_defaults(new QPushButton(tr("Default limits"), m_page))
{
    m_fold->setObjectName(u"limitsFold"_s);
    m_fold->setText(tr("Limits &for peers"));
    m_fold->setCheckable(true);
    m_fold->setAutoRaise(true);
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(m_fold, &QToolButton::toggled, this, &LimitsForm::unfold);

    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(8);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    for (const host::Setting &setting : host::settingsTable()) {
        const auto *const member = std::get_if<int host::Settings::*>(&setting.member);
        if (setting.topic != host::Topic::Limits || !member)
            continue;
        auto *number = new QSpinBox(m_page);
        number->setObjectName(setting.field);
        number->setRange(setting.lowest, setting.highest);
        number->setMinimumWidth(fontMetrics().horizontalAdvance(u"1000000"_s) + 48); // All the same.
        number->setFocusPolicy(Qt::StrongFocus);
        number->installEventFilter(this);
        auto *note = new Label(m_page);
        note->setProperty("quiet", true);
        note->setWordWrap(true);
        note->hide();
        auto *column = new QVBoxLayout;
        column->setSpacing(4);
        column->addWidget(number, 0, Qt::AlignLeft);
        column->addWidget(note);
        auto *label
            = new Label(QCoreApplication::translate("gatehouse::host::Setting", setting.help), m_page);
        label->setBuddy(number);
        form->addRow(label, column);
        connect(number, &QSpinBox::valueChanged, this, &LimitsForm::check);
        m_rows.append({setting.field, *member, number, note});
    }
    connect(m_defaults, &QPushButton::clicked, this, [this] {
        for (const Row &row : std::as_const(m_rows))
            row.number->setValue(host::Settings().*row.member);
    });
    m_defaults->setObjectName(u"defaultLimits"_s);
    m_defaults->setAutoDefault(false);

    auto *page = new QVBoxLayout(m_page);
    page->setContentsMargins({});
    page->setSpacing(12);
    page->addLayout(form);
    page->addWidget(m_defaults, 0, Qt::AlignLeft);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_fold, 0, Qt::AlignLeft);
    column->addWidget(m_page);
    unfold(false);
}

void LimitsForm::fill(const host::Settings &settings)
{
    for (const Row &row : std::as_const(m_rows))
        row.number->setValue(settings.*row.member);
    check();
    if (m_defaults->isEnabled())
        m_fold->setChecked(true);
}

void LimitsForm::setNotes(const std::function<QString(const QString &field)> &noteOf)
{
    for (const Row &row : std::as_const(m_rows)) {
        const QString note = noteOf(row.field);
        row.note->setText(note);
        row.note->setVisible(!note.isEmpty());
    }
}

void LimitsForm::writeTo(host::Settings &settings) const
{
    for (const Row &row : m_rows)
        settings.*row.member = row.number->value();
}

bool LimitsForm::eventFilter(QObject *watched, QEvent *event)
{
    const auto *number = qobject_cast<QWidget *>(watched);
    if (event->type() != QEvent::Wheel || !number || number->hasFocus())
        return QWidget::eventFilter(watched, event);
    event->ignore();
    return true;
}

void LimitsForm::check()
{
    const host::Settings defaults;
    m_defaults->setEnabled(std::any_of(m_rows.begin(), m_rows.end(), [&](const Row &row) {
        return row.number->value() != defaults.*row.member;
    }));
    Q_EMIT changed();
}

void LimitsForm::unfold(bool isUnfolded)
{
    m_fold->setArrowType(isUnfolded ? Qt::DownArrow : Qt::RightArrow);
    m_page->setVisible(isUnfolded);
}

} // namespace gatehouse::app
