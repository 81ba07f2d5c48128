// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/mcpclient.h"

#include <QJsonObject>
#include <QString>

#include <functional>
#include <optional>

namespace gatehouse::client {

/// A question of a server and what it was answered, for people: bounded, as it came.
struct Answered
{
    QString method = {};
    QString question = {};
    QString answer = {}; ///< One English sentence.
};
[[nodiscard]] QJsonObject
jsonOf(const Answered &answered); ///< {"event":"question","method","question","answer"}

/// How a client answers at which nobody sits.
struct FixedAnswer
{
    bool accepts = false; ///< Else it declines.
    /// What it accepts forms with, and what it says in place of a model: as it is where it is the result of
    /// sampling/createMessage, else as text. Without it forms get their defaults, and models are not offered.
    std::optional<QJsonObject> content = {};
    std::function<void(const Answered &)> said = {}; ///< Hears of each question. May be empty.
};
/// Offers what it can answer, and no more: forms, where it accepts also the list of roots (there are none),
/// and with content a model. Where it accepts and cannot, it declines.
[[nodiscard]] ClientOffer offerOf(const FixedAnswer &answer);

/// The capabilities of whoever answers forms, of whoever has roots to list, and of whoever speaks in place of
/// a model.
[[nodiscard]] QJsonObject formCapabilities();
[[nodiscard]] QJsonObject rootCapabilities();
[[nodiscard]] QJsonObject samplingCapabilities();

/// The answer to roots/list.
[[nodiscard]] QJsonObject noRoots();
/// The answer to what was not offered after all, and to what a person declined (MCP "Sampling").
[[nodiscard]] protocol::RpcError notOffered(const QString &method);
[[nodiscard]] protocol::RpcError rejected();

} // namespace gatehouse::client
