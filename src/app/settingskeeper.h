// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "host/host.h"
#include "host/settings.h"

#include <QObject>
#include <QSet>

#include <optional>

namespace gatehouse::app {

/// The settings in effect, and their file: what is applied goes to the host first, and is kept once it runs.
class SettingsKeeper : public QObject
{
    Q_OBJECT

public:
    /// `host` outlives it.
    SettingsKeeper(host::Host *host, host::Configuration configuration, QString file,
                   QObject *parent = nullptr);

    [[nodiscard]] const host::Configuration &configuration() const { return m_configuration; }
    [[nodiscard]] const QString &file() const { return m_file; }
    /// For this time: what is kept stays.
    void setPort(int port);
    void start() { m_host->start(m_configuration.settings); }
    /// `decided`: see host::Configuration::adopt().
    void apply(const host::Settings &wanted, const QSet<QString> &decided = {});
    /// It has not come to an end yet.
    [[nodiscard]] bool isApplying() const { return m_applying > 0; }
    /// Whoever calls is asked for a token again, and it is verified.
    void turnVerifyOn();
    /// Where a setting is that decided something, and what it says now: "Settings › Access › …".
    [[nodiscard]] QString wordsOf(const QString &field) const;

Q_SIGNALS:
    void applying();
    /// What apply() came to: nullopt where it is in effect.
    void applied(const std::optional<gatehouse::host::StartError> &error);
    /// It is in effect, and could not be kept.
    void notKept(const QString &why);

private:
    void keep(const host::Settings &wanted, const QSet<QString> &decided);

    host::Host *m_host;
    host::Configuration m_configuration;
    QString m_file;
    int m_applying = 0;
};

} // namespace gatehouse::app
