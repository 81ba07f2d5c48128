// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "host/settings.h"
#include "host/settingstable.h"

#include <QWidget>

#include <functional>
#include <optional>

class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace gatehouse::app {

/// What the editors know of the server beside the settings.
struct ServerState
{
    int port = 0; ///< That it holds; 0 while it is stopped.
    QString resource = {}; ///< Its address; empty while it is stopped.
};

/// What a person sets one setting with. Its field has the setting's name as its object name.
class SettingEditor : public QWidget
{
    Q_OBJECT

public:
    /// The one that fits the kind of the setting, or one of its own where it has one.
    [[nodiscard]] static SettingEditor *make(const host::Setting &setting, QWidget *parent);

    /// Sets what is shown.
    virtual void show(const host::Settings &settings) = 0;
    virtual void writeTo(host::Settings &settings) const = 0;
    /// What cannot be used as it stands here, where the settings alone do not tell.
    [[nodiscard]] virtual std::optional<host::SettingsFault> fault() const { return std::nullopt; }
    /// Marks the part that is wrong; null takes the mark away.
    virtual void mark(const host::SettingsFault *fault);
    /// What else the page shows changes with this: an address with the port.
    virtual void follow(const host::Settings &settings, const ServerState &server);
    /// The text has another size.
    virtual void fit() { }
    /// What was typed and not yet taken in is meant, too.
    virtual void finish() { }

    /// Takes the focus, and is what a label is for.
    [[nodiscard]] QWidget *field() const { return m_field; }
    /// Whether the field says itself what it is, as a check box does.
    [[nodiscard]] virtual bool hasOwnLabel() const { return false; }

Q_SIGNALS:
    void changed();

protected:
    explicit SettingEditor(QWidget *parent);
    void setField(QWidget *field, const host::Setting &setting);
    [[nodiscard]] QVBoxLayout *column() const { return m_column; }

private:
    QVBoxLayout *m_column;
    QWidget *m_field = nullptr;
};

/// Keeps the wheel from what it only passes while it scrolls the page.
class WheelGuard : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    bool eventFilter(QObject *watched, QEvent *event) override;
    /// Of a spin box or a combo box.
    static void guard(QWidget *field);
};

/// Keeps Return in a field that has its own use for it: a dialog would press its default button then.
class ReturnGuard : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    bool eventFilter(QObject *watched, QEvent *event) override;
    /// Of a line edit, which emits returnPressed() still, or a spin box, which takes what was typed.
    static void guard(QWidget *field);
};

/// Marks a line edit as wrong, and a part of its text; null takes both away.
void markFault(QLineEdit *edit, const host::SettingsFault *fault);

/// A text in a line.
class TextEditor : public SettingEditor
{
    Q_OBJECT

public:
    TextEditor(const host::Setting &setting, QWidget *parent);
    void show(const host::Settings &settings) override;
    void writeTo(host::Settings &settings) const override;
    void mark(const host::SettingsFault *fault) override;

protected:
    [[nodiscard]] QLineEdit *edit() const { return m_edit; }

private:
    host::Setting m_setting;
    QLineEdit *m_edit;
};

} // namespace gatehouse::app
