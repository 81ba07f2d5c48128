// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/formfield.h"
#include "schema/schema.h"

#include <QJsonValue>
#include <QStringList>
#include <QWidget>

class QVBoxLayout;

namespace gatehouse::app {

class Label;

/// What a person fills in for one field of a form (client::FormField), with what is wrong below it. All words
/// of the field are somebody else's, and are text.
class FieldEditor : public QWidget
{
    Q_OBJECT

public:
    /// `objectName` is that of what takes the focus, and of the parts with "/" and their name behind it.
    [[nodiscard]] static FieldEditor *make(const client::FormField &field, const QString &objectName,
                                           QWidget *parent);

    [[nodiscard]] const client::FormField &field() const { return m_field; }
    /// Undefined where nothing is given, or what is typed cannot be read: then it is among the faults.
    [[nodiscard]] virtual QJsonValue value() const = 0;
    /// The same; what cannot be read as the text that it is.
    [[nodiscard]] virtual QJsonValue asTyped() const { return value(); }
    /// Undefined: not given.
    virtual void setValue(const QJsonValue &value) = 0;
    /// What cannot be read, as JSON pointers behind `where`; `isWhole` also what has to be given and is not.
    virtual void findFaults(const QString &where, bool isWhole, QList<schema::Schema::Fault> &out) const;
    /// The editor of what that path leads to, as far as there is one.
    [[nodiscard]] virtual FieldEditor *editorAt(const QStringList &path);
    /// Below the field, and its accessible description; empty: nothing is wrong.
    virtual void showFault(const QString &text);
    /// Of this and of all parts.
    virtual void clearFaults() { showFault({}); }
    /// Whether it says itself what it is, as a group does.
    [[nodiscard]] virtual bool hasOwnLabel() const { return false; }
    /// Takes the focus.
    [[nodiscard]] QWidget *focus() const { return m_focus; }
    /// As the schema calls it, else its name; as it may be shown.
    [[nodiscard]] QString shownName() const;

Q_SIGNALS:
    void changed();

protected:
    FieldEditor(const client::FormField &field, QWidget *parent);
    /// Puts it in its place and names it.
    void setEditor(QWidget *editor, const QString &objectName);
    void setFocusTo(QWidget *widget, const QString &objectName);
    [[nodiscard]] QVBoxLayout *column() const { return m_column; }

private:
    client::FormField m_field;
    QVBoxLayout *m_column;
    QWidget *m_focus = nullptr;
    Label *m_fault;
};

/// A schema's words as they may be shown.
[[nodiscard]] QString shownText(const QString &text);

} // namespace gatehouse::app
