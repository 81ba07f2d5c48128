// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/headers.h"
#include "base/json.h"
#include "protocol/revision.h"

#include <QCoreApplication>

namespace gatehouse::oauth {

/// What every MCP server of the older era knows, for those who only want to see how they are turned away: the
/// gate stands before it in any case.
inline QByteArray firstQuestion()
{
    using namespace Qt::StringLiterals;
    return base::writeJson(
        {{u"jsonrpc"_s, u"2.0"_s},
         {u"id"_s, 1},
         {u"method"_s, u"initialize"_s},
         {u"params"_s,
          QJsonObject{{u"protocolVersion"_s, QString(protocol::newestLegacyRevision)},
                      {u"capabilities"_s, QJsonObject()},
                      {u"clientInfo"_s,
                       QJsonObject{{u"name"_s, u"Gatehouse"_s},
                                   {u"version"_s, QCoreApplication::applicationVersion()}}}}}});
}
/// The headers that it needs.
inline base::Headers firstQuestionHeaders()
{
    return {{"Content-Type", "application/json"}, {"Accept", "application/json, text/event-stream"}};
}

} // namespace gatehouse::oauth
