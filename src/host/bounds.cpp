// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/bounds.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace gatehouse::host {

const QList<Bound> &bounds()
{
    static const QList<Bound> all = {
        {u"maxSessions"_s, u"max-sessions"_s, u"N"_s,
         QT_TRANSLATE_NOOP("gatehouse::host::Bound", "MCP sessions at one time"), &Settings::maxSessions, 1,
         100'000},
        {u"maxStreams"_s, u"max-streams"_s, u"N"_s,
         QT_TRANSLATE_NOOP("gatehouse::host::Bound", "Event streams that wait for changes at one time"),
         &Settings::maxStreams, 1, 100'000},
        {u"maxTasks"_s, u"max-tasks"_s, u"N"_s,
         QT_TRANSLATE_NOOP("gatehouse::host::Bound", "Tasks at one time"), &Settings::maxTasks, 1, 100'000},
        {u"maxRequests"_s, u"max-requests"_s, u"N"_s,
         QT_TRANSLATE_NOOP("gatehouse::host::Bound", "Requests under way at one time"),
         &Settings::maxRequests, 1, 100'000},
        {u"replayMiB"_s, u"replay"_s, u"MIB"_s,
         QT_TRANSLATE_NOOP("gatehouse::host::Bound",
                           "MiB of events that are kept for clients that come back"),
         &Settings::replayMiB, 1, 1024},
        {u"sessionIdleMinutes"_s, u"session-idle"_s, u"MIN"_s,
         QT_TRANSLATE_NOOP("gatehouse::host::Bound", "Minutes after which an idle session ends"),
         &Settings::sessionIdleMinutes, 1, 1440},
        {u"maxConnections"_s, u"max-connections"_s, u"N"_s,
         QT_TRANSLATE_NOOP("gatehouse::host::Bound",
                           "Connections at one time; idle ones make room for new ones"),
         &Settings::maxConnections, 1, 100'000},
        {u"maxConnectionsPerPeer"_s, u"max-connections-per-peer"_s, u"N"_s,
         QT_TRANSLATE_NOOP("gatehouse::host::Bound", "Connections from one address that is not this machine"),
         &Settings::maxConnectionsPerPeer, 1, 100'000},
        {u"maxLineKiB"_s, u"max-line"_s, u"KIB"_s,
         QT_TRANSLATE_NOOP("gatehouse::host::Bound", "KiB of a request line"), &Settings::maxLineKiB, 1, 64},
        {u"maxHeaderKiB"_s, u"max-header"_s, u"KIB"_s,
         QT_TRANSLATE_NOOP("gatehouse::host::Bound", "KiB of all header fields of a request"),
         &Settings::maxHeaderKiB, 1, 1024},
        {u"maxHeaderFields"_s, u"max-header-fields"_s, u"N"_s,
         QT_TRANSLATE_NOOP("gatehouse::host::Bound", "Header fields of a request"),
         &Settings::maxHeaderFields, 8, 1000},
        {u"maxBodyKiB"_s, u"max-body"_s, u"KIB"_s,
         QT_TRANSLATE_NOOP("gatehouse::host::Bound", "KiB of a request's body"), &Settings::maxBodyKiB, 1,
         16 * 1024},
        {u"maxUnreadKiB"_s, u"max-unread"_s, u"KIB"_s,
         QT_TRANSLATE_NOOP("gatehouse::host::Bound",
                           "KiB of an event stream that its reader may leave unread"),
         &Settings::maxUnreadKiB, 64, 1024 * 1024},
        {u"firstByteSeconds"_s, u"first-byte-time"_s, u"S"_s,
         QT_TRANSLATE_NOOP("gatehouse::host::Bound", "Seconds to the first byte on a connection"),
         &Settings::firstByteSeconds, 1, 3600},
        {u"headerSeconds"_s, u"header-time"_s, u"S"_s,
         QT_TRANSLATE_NOOP("gatehouse::host::Bound", "Seconds for the header fields of a request"),
         &Settings::headerSeconds, 1, 3600},
        {u"bodySeconds"_s, u"body-time"_s, u"S"_s,
         QT_TRANSLATE_NOOP("gatehouse::host::Bound", "Seconds for a request's body"), &Settings::bodySeconds,
         1, 3600},
        {u"idleSeconds"_s, u"idle-time"_s, u"S"_s,
         QT_TRANSLATE_NOOP("gatehouse::host::Bound",
                           "Seconds that a connection may wait for its next request"),
         &Settings::idleSeconds, 1, 86400},
        {u"answerSeconds"_s, u"answer-time"_s, u"S"_s,
         QT_TRANSLATE_NOOP("gatehouse::host::Bound", "Seconds for an answer that is no stream"),
         &Settings::answerSeconds, 1, 86400},
    };
    return all;
}

} // namespace gatehouse::host
