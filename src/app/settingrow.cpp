// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settingrow.h"

#include "app/label.h"
#include "app/wrappinglabel.h"

#include <QGridLayout>
#include <QStyle>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

/// "Port to listen on; 0 takes a free one."
QString sentenceOf(const host::Setting &setting)
{
    // Of a switch that is on unless it is turned off, the option's words say the opposite.
    QString text = host::Setting::translated(setting.notation == host::Notation::TurnsOff ? setting.warning
                                                                                          : setting.help);
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text.endsWith(u'.') ? text : text + u'.';
}

} // namespace

SettingRow::SettingRow(const host::Setting &setting, QGridLayout *form, QWidget *parent)
    : QObject(parent)
    , m_setting(setting)
    , m_editor(SettingEditor::make(setting, parent))
    , m_title(m_editor->field())
    , m_fault(new Label(parent))
    , m_remark(new Label(parent))
    , m_override(new Label(parent))
    , m_help(new Label(parent))
{
    auto *column = new QVBoxLayout;
    column->setSpacing(4);
    column->addWidget(m_editor);
    m_help->setText(sentenceOf(setting));
    m_help->setProperty("quiet", true);
    m_fault->setProperty("fault", true);
    m_remark->setProperty("remark", true);
    m_override->setProperty("remark", true);
    const std::pair<Label *, QString> labels[]
        = {{m_fault, u"Fault"_s}, {m_remark, u"Remark"_s}, {m_override, u"Override"_s}, {m_help, u"Help"_s}};
    for (const auto &[label, name] : labels) {
        label->setObjectName(setting.field + name);
        label->setWordWrap(true);
        label->setHidden(label != m_help);
        column->addWidget(label);
    }
    m_editor->field()->setAccessibleName(host::Setting::translated(setting.label));
    if (m_editor->hasOwnLabel()) {
        addRow(form, nullptr, column);
    } else {
        auto *title = new WrappingLabel(host::Setting::translated(setting.label), parent);
        title->setBuddy(m_editor->field());
        m_title = title;
        addRow(form, title, column);
    }
}

void SettingRow::say(Label *label, const QString &text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

void SettingRow::setFault(const host::SettingsFault *fault)
{
    m_isFaulty = !!fault;
    say(m_fault, fault ? fault->text : QString());
    m_editor->mark(fault);
}

void SettingRow::setRemark(const QString &text)
{
    say(m_remark, text);
    m_help->setHidden(text == m_help->source());
}

void SettingRow::setOverride(const QString &note)
{
    say(m_override, note);
}

bool SettingRow::search(const QString &word)
{
    const QString all = QStringList{host::Setting::translated(m_setting.label), sentenceOf(m_setting),
                                    m_setting.field, u"--"_s + m_setting.option, m_setting.variable}
                            .join(u'\n');
    const bool isFound = !word.isEmpty() && all.contains(word, Qt::CaseInsensitive);
    markFound(m_title, isFound);
    return isFound;
}

void addRow(QGridLayout *form, WrappingLabel *title, QLayout *fields)
{
    const int row = form->rowCount();
    if (title) {
        title->setMargin(4); // On a line with the words in its field.
        title->setAlignment(Qt::AlignRight | Qt::AlignTop); // Each of its lines.
        form->addWidget(title, row, 0, Qt::AlignRight | Qt::AlignTop);
    }
    form->addLayout(fields, row, 1);
}

void markFound(QWidget *title, bool isFound)
{
    if (title->property("found").toBool() == isFound)
        return;
    title->setProperty("found", isFound);
    title->style()->unpolish(title);
    title->style()->polish(title);
}

} // namespace gatehouse::app
