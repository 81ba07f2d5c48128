// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settingskeeper.h"

#include "host/settingsfile.h"
#include "host/settingstable.h"

#include <QPointer>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

SettingsKeeper::SettingsKeeper(host::Host *host, host::Configuration configuration, QString file,
                               QObject *parent)
    : QObject(parent)
    , m_host(host)
    , m_configuration(std::move(configuration))
    , m_file(std::move(file))
{ }

void SettingsKeeper::setPort(int port)
{
    m_configuration.settings.port = port;
    m_configuration.overrides.insert(u"port"_s, tr("the port that was taken"));
}

void SettingsKeeper::apply(const host::Settings &wanted, const QSet<QString> &decided)
{
    const auto done = [self = QPointer(this), wanted, decided](const std::optional<host::StartError> &error) {
        if (!self)
            return;
        --self->m_applying;
        if (!error)
            self->keep(wanted, decided);
        Q_EMIT self->applied(error);
    };
    ++m_applying;
    Q_EMIT applying();
    m_host->apply(wanted, done);
}

void SettingsKeeper::keep(const host::Settings &wanted, const QSet<QString> &decided)
{
    m_configuration.adopt(wanted, decided);
    if (const auto written = host::writeSettingsFile(m_file, m_configuration.kept); !written)
        Q_EMIT notKept(written.error());
}

void SettingsKeeper::turnVerifyOn()
{
    host::Settings wanted = m_configuration.settings;
    wanted.verifyJwt = wanted.authorization = true;
    apply(wanted);
}

QString SettingsKeeper::wordsOf(const QString &field) const
{
    const host::Setting *setting = host::findSetting(field);
    if (!setting)
        return {};
    const QString value
        = field == "resource"_L1 ? m_host->running().resource : setting->textOf(m_configuration.settings);
    return tr("Settings › %1 › %2: %3 now.")
        .arg(host::titleOf(setting->topic), host::Setting::translated(setting->label), value);
}

} // namespace gatehouse::app
