// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "host/notice.h"
#include "host/settings.h"

#include <QDialog>
#include <QTimer>

#include <memory>
#include <optional>

class QLabel;
class QLineEdit;

namespace Ui {
class SettingsDialog;
}

namespace gatehouse::app {

class LimitsForm;

/// The settings as a form beside the running window. Says what is wrong where it is wrong while one types;
/// Apply waits until nothing is.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit SettingsDialog(QWidget *parent = nullptr);
    ~SettingsDialog() override;

    /// Shows what is in effect. `runningPort` is the port that this server holds, 0 while it is stopped.
    void show(const host::Configuration &configuration, int runningPort, const QString &resource);
    /// What Apply came to: why not, or nullopt and what is in effect now.
    void applied(const std::optional<host::StartError> &error, const host::Configuration &configuration,
                 int runningPort);

    /// What the form says now.
    [[nodiscard]] host::Settings settings() const;

    /// Where something was changed, says so first and leaves the second time.
    void reject() override;

Q_SIGNALS:
    void applyWanted(const gatehouse::host::Settings &settings);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    using QDialog::show;
    [[nodiscard]] bool isChanged() const { return settings() != m_configuration.settings; }
    void apply();
    /// As wide as the fields need at this size of text, as far as the screen goes.
    void fitToText();
    void fill(const host::Settings &settings);
    void check();
    void checkPort();
    void updateOverrides();
    [[nodiscard]] QString overrideNote(const QString &field) const;
    void addScope();
    void addScopeItem(const QString &scope, bool isOn);
    void showFault(const QString &field, QLineEdit *edit, QLabel *label,
                   const QList<host::SettingsFault> &faults);

    std::unique_ptr<Ui::SettingsDialog> m_ui;
    LimitsForm *m_limits;
    host::Configuration m_configuration;
    int m_runningPort = 0;
    QString m_resource;
    int m_nextFree = 0;
    bool m_isFilling = false;
    bool m_isSure = false; ///< That signatures shall not be checked any more.
    bool m_isLeaving = false; ///< And was told what that costs.
    QTimer m_portDelay;
};

} // namespace gatehouse::app
