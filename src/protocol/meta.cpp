// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/meta.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::protocol {

Meta readMeta(const QJsonObject &params)
{
    static constexpr std::pair<QLatin1StringView, QJsonValue Meta::*> members[]
        = {{meta::protocolVersion, &Meta::protocolVersion},
           {meta::clientCapabilities, &Meta::clientCapabilities},
           {meta::clientInfo, &Meta::clientInfo},
           {meta::logLevel, &Meta::logLevel},
           {meta::progressToken, &Meta::progressToken},
           {meta::traceparent, &Meta::traceparent}};
    Meta read;
    const QJsonObject all = params.value("_meta"_L1).toObject();
    for (auto it = all.constBegin(); it != all.constEnd(); ++it) {
        const QString key = it.key();
        for (const auto &[name, member] : members) {
            if (key == name)
                read.*member = it.value();
        }
    }
    read.client = clientNameOf(read.clientInfo.toObject());
    return read;
}

QString clientNameOf(const QJsonObject &info)
{
    return (info.value("name"_L1).toString() + u' ' + info.value("version"_L1).toString()).trimmed().left(80);
}

} // namespace gatehouse::protocol
