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
    m_errands.enqueue({m_configuration.settings, wanted, decided});
    Q_EMIT applying();
    if (m_errands.size() == 1)
        applyNext();
}

/// What was changed when it was asked for, on what is in effect by now: what was under way then stays.
void SettingsKeeper::applyNext()
{
    const Errand errand = m_errands.head();
    host::Settings wanted = errand.wanted;
    if (errand.before != m_configuration.settings) {
        wanted = m_configuration.settings;
        for (const host::Setting &setting : host::settingsTable()) {
            if (!setting.isSame(errand.before, errand.wanted) || errand.decided.contains(setting.field))
                setting.copy(errand.wanted, wanted);
        }
    }
    const auto done = [self = QPointer(this), wanted,
                       decided = errand.decided](const std::optional<host::StartError> &error) {
        if (!self)
            return;
        self->m_errands.dequeue();
        if (!error)
            self->keep(wanted, decided);
        Q_EMIT self->applied(error);
        if (!self || self->m_errands.isEmpty())
            return;
        if (error && error->kind == host::StartError::Kind::Stopped)
            self->giveUp(*error);
        else
            self->applyNext();
    };
    m_host->apply(wanted, done);
}

/// Whoever stopped the server does not want it back.
void SettingsKeeper::giveUp(const host::StartError &error)
{
    const QPointer<SettingsKeeper> self(this);
    while (self && !m_errands.isEmpty()) {
        m_errands.dequeue();
        Q_EMIT applied(error);
    }
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
