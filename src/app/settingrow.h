// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/settingeditor.h"

#include <QObject>

class QGridLayout;
class QLayout;

namespace gatehouse::app {

class WrappingLabel;
class Label;

/// One setting on its page: its name, what it is set with, and below that what there is to say of it.
class SettingRow : public QObject
{
    Q_OBJECT

public:
    /// At the end of `form`, whose widget is `parent`.
    SettingRow(const host::Setting &setting, QGridLayout *form, QWidget *parent);

    [[nodiscard]] const host::Setting &setting() const { return m_setting; }
    [[nodiscard]] SettingEditor *editor() const { return m_editor; }

    /// Null: nothing is wrong.
    void setFault(const host::SettingsFault *fault);
    [[nodiscard]] bool isFaulty() const { return m_isFaulty; }
    void setRemark(const QString &text);
    /// What set it for this run and is stronger than what is kept; empty: nothing.
    void setOverride(const QString &note);
    /// Whether the word is found in what stands here, and marks the row where it is. Empty is never found.
    bool search(const QString &word);

private:
    void say(Label *label, const QString &text);

    host::Setting m_setting;
    SettingEditor *m_editor;
    QWidget *m_title; ///< What says which setting this is.
    Label *m_fault;
    Label *m_remark;
    Label *m_override;
    Label *m_help;
    bool m_isFaulty = false;
};

/// At the end of a form of titles and what belongs to them; null: none.
void addRow(QGridLayout *form, WrappingLabel *title, QLayout *fields);

/// Frames what was found, or takes the frame away.
void markFound(QWidget *title, bool isFound);

} // namespace gatehouse::app
