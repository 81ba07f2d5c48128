// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <optional>

namespace gatehouse::client {

/// What a server tells in the middle of a call, for people: bounded, and as the server wrote it.
struct Told
{
    enum class Kind {
        Progress, ///< MCP "Progress"
        Log, ///< MCP "Logging"
        Task, ///< How far a task is.
    };
    Kind kind = Kind::Log;
    QString word = {}; ///< Of a log message its level, of a task its status.
    QString text = {}; ///< May be empty.
    double progress = 0;
    std::optional<double> total = {};
};
/// Of one of McpClient::told(); nullopt for what is not for people.
[[nodiscard]] std::optional<Told> readTold(const QString &method, const QJsonObject &params);

/// For programs: {"event":"progress","progress","total","text"}, {"event":"log","level","text"},
/// {"event":"task","status","text"}.
[[nodiscard]] QJsonObject jsonOf(const Told &told);

} // namespace gatehouse::client
