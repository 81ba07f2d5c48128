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

quint64 SettingsKeeper::apply(const host::Settings &wanted, const QSet<QString> &decided)
{
    const quint64 number = ++m_last;
    m_errands.enqueue({number, m_configuration.settings, wanted, decided});
    Q_EMIT applying();
    applyNext();
    return number;
}

/// What was changed when it was asked for, on what is in effect by now: what was under way then stays.
void SettingsKeeper::applyNext()
{
    if (m_errands.isEmpty() || std::exchange(m_isUnderWay, true))
        return;
    const Errand errand = m_errands.head();
    host::Settings wanted = errand.wanted;
    if (errand.before != m_configuration.settings) {
        wanted = m_configuration.settings;
        for (const host::Setting &setting : host::settingsTable()) {
            if (!setting.isSame(errand.before, errand.wanted) || errand.decided.contains(setting.field))
                setting.copy(errand.wanted, wanted);
        }
    }
    const auto done = [self = QPointer(this), wanted, errand](const std::optional<host::StartError> &error) {
        if (!self)
            return;
        if (!error)
            self->keep(wanted, errand.decided);
        // Whoever stopped the server does not want it back.
        const bool isStopped = error && error->kind == host::StartError::Kind::Stopped;
        QList<quint64> over{self->m_errands.dequeue().number};
        while (isStopped && !self->m_errands.isEmpty())
            over.append(self->m_errands.dequeue().number);
        self->m_isUnderWay = false;
        for (const quint64 number : over) {
            if (self)
                Q_EMIT self->applied(error, number);
        }
        if (self)
            self->applyNext();
    };
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
