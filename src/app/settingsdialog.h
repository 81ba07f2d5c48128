// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/settingeditor.h"
#include "app/theme.h"
#include "host/notice.h"
#include "host/settings.h"

#include <QDialog>
#include <QSet>

#include <memory>
#include <optional>

namespace Ui {
class SettingsDialog;
}

namespace gatehouse::app {

class AppearancePage;
class SettingRow;
class SettingsPage;
class WorkOsDesk;
class TopicPage;

/// The settings beside the running window, a page for each topic of the table. Says what is wrong where it is
/// wrong while one types; Apply waits until nothing is.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    /// `file` is where the settings are kept; `workOs` outlives it.
    SettingsDialog(const QString &file, WorkOsDesk *workOs, QWidget *parent = nullptr);
    ~SettingsDialog() override;

    /// Shows what is in effect.
    void show(const host::Configuration &configuration, const ServerState &server);
    /// What Apply came to: why not, or nullopt and what is in effect now.
    void applied(const std::optional<host::StartError> &error, const host::Configuration &configuration,
                 const ServerState &server);
    /// Others have changed what is in effect: what nobody touched here follows.
    void follow(const host::Configuration &configuration, const ServerState &server);
    void setLook(Appearance appearance, int textPercent);
    void setLanguage(const QString &code); ///< Empty: the system's.
    /// Where that setting is, with the focus.
    void goTo(const QString &field);

    /// What the pages say now.
    [[nodiscard]] host::Settings settings() const;

    /// Whatever was changed is gone.
    void leave();
    /// Where something was changed, asks first whether to apply it, and stays the second time.
    void reject() override;

Q_SIGNALS:
    /// `decided`: see host::Configuration::adopt().
    void applyWanted(const gatehouse::host::Settings &settings, const QSet<QString> &decided);
    void lookWanted(gatehouse::app::Appearance appearance, int textPercent);
    void languageWanted(const QString &code);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    using QDialog::show;
    void addPage(SettingsPage *page, const QString &iconName);
    void connectButtons();
    void apply();
    void discard();
    /// As wide as the fields need at this size of text, as far as the screen goes.
    void fitToText();
    void fitParts();
    void fill(const host::Settings &settings);
    /// As delivered, in the file as well.
    void putBack(const QList<SettingRow *> &rows);
    void check();
    /// `faults` is what cannot be used, `now` what the pages say.
    void markPages(const QList<host::SettingsFault> &faults, const host::Settings &now);
    void sayWhatApplyDoes(qsizetype changes);
    /// What cannot be used, also where only what was typed says so.
    [[nodiscard]] QList<host::SettingsFault> faultsOf(const host::Settings &now) const;
    void search();
    void updateOverrides();
    [[nodiscard]] QString overrideNote(const host::Setting &setting) const;
    [[nodiscard]] QList<SettingRow *> rows() const;
    /// Put back, and as delivered still: whoever types another value again means that for what is in effect.
    [[nodiscard]] bool isPutBack(const host::Setting &setting, const host::Settings &now) const;
    /// Whether Apply would change something about it: what is in effect, or what is kept.
    [[nodiscard]] bool isChanged(const host::Setting &setting, const host::Settings &now) const;
    [[nodiscard]] qsizetype changesTo(const host::Settings &now) const;

    std::unique_ptr<Ui::SettingsDialog> m_ui;
    QList<SettingsPage *> m_pages;
    QList<TopicPage *> m_topics;
    AppearancePage *m_appearance;
    host::Configuration m_configuration;
    QSet<QString> m_putBack; ///< Fields that were put back since the dialog was shown.
    ServerState m_server;
    bool m_isFilling = false;
    bool m_isSure = false; ///< That a check shall be switched off.
    bool m_isAsking = false; ///< What shall become of the changes.
    bool m_isLeaving = false; ///< Once they are applied.
    bool m_isApplying = false; ///< What Apply asked for.
};

} // namespace gatehouse::app
