// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/sessionrun.h"

#include "base/json.h"
#include "host/host.h"
#include "host/settingstable.h"

using namespace Qt::StringLiterals;

namespace gatehouse::host {

records::SessionRun sessionRunOf(const Running &running, const Settings &settings, qint64 nowMs)
{
    QJsonObject judged;
    for (const Setting &setting :
         settingsTable()) { // Others say nothing of a verdict, and may name people's files.
        if (setting.topic == Topic::AuthKit || setting.topic == Topic::Access)
            judged.insert(setting.field, setting.textOf(settings));
    }
    records::SessionRun run;
    run.startedMs = nowMs;
    run.program = u"Gatehouse "_s + QStringLiteral(GATEHOUSE_VERSION);
    run.resource = running.resource;
    run.issuer = running.issuer;
    run.settings = base::writeJson(judged);
    return run;
}

} // namespace gatehouse::host
