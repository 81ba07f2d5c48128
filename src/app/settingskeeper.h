// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "host/host.h"
#include "host/settings.h"

#include <QObject>
#include <QQueue>
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
    /// `decided`: see host::Configuration::adopt(). One after the other: what it changes of what is in effect
    /// now is put on top of what is under way. What it gives back applied() tells again.
    quint64 apply(const host::Settings &wanted, const QSet<QString> &decided = {});
    /// It has not come to an end yet.
    [[nodiscard]] bool isApplying() const { return !m_errands.isEmpty(); }
    /// Whoever calls is asked for a token again, and it is verified.
    void turnVerifyOn();
    /// Where a setting is that decided something, and what it says now: "Settings › Access › …".
    [[nodiscard]] QString wordsOf(const QString &field) const;

Q_SIGNALS:
    void applying();
    /// What apply() came to: nullopt where it is in effect.
    void applied(const std::optional<gatehouse::host::StartError> &error, quint64 errand);
    /// It is in effect, and could not be kept.
    void notKept(const QString &why);

private:
    struct Errand
    {
        quint64 number = 0;
        host::Settings before; ///< In effect when it was asked for.
        host::Settings wanted;
        QSet<QString> decided;
    };
    void applyNext();
    void keep(const host::Settings &wanted, const QSet<QString> &decided);

    host::Host *m_host;
    host::Configuration m_configuration;
    QString m_file;
    QQueue<Errand> m_errands; ///< The first one is under way …
    bool m_isUnderWay = false; ///< … if any is.
    quint64 m_last = 0;
};

} // namespace gatehouse::app
