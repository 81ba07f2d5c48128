// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/fetch.h"
#include "base/headers.h"
#include "protocol/era.h"
#include "protocol/jsonrpc.h"
#include "protocol/mirroredheaders.h"

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QString>
#include <QUrl>

#include <optional>

namespace gatehouse::client {

/// What a client sends: a request or a notification.
struct Call
{
    QString method = {};
    QJsonObject params = {};
    QList<protocol::HeaderParameter> mirrored = {}; ///< Of the tool; only for the modern era.
    bool repeated = false; ///< Sent once already: a second failure is final.
    int rounds = 0; ///< How often the server has asked for input in between.
    qint64 progressOf = 0; ///< The request under whose id progress of this is told; 0: its own.
};

[[nodiscard]] const QJsonObject &clientInfo();

/// What is known of a server and told to it with every request (MCP "Transports", both eras): turns messages
/// into HTTP requests, and sends none.
struct Wire
{
    QUrl server = {};
    QByteArray token = {}; ///< Empty: none is sent.
    base::Headers extra = {}; ///< After those of the protocol.
    int timeoutMs = 30'000;
    QJsonObject capabilities = {}; ///< Ours, without what goes by itself.
    std::optional<protocol::Era> era = {}; ///< Once it is known.
    QString revision = {}; ///< Empty: not agreed on yet.
    QByteArray session = {}; ///< Empty: there is none.

    /// Nothing is agreed on.
    void forget();
    /// Our capabilities as a request of the modern era says them.
    [[nodiscard]] QJsonObject declared() const;
    /// Without a message.
    [[nodiscard]] base::FetchRequest requestFor(const QByteArray &method) const;
    /// A POST with that message as it is.
    [[nodiscard]] base::FetchRequest postOf(const QJsonObject &message) const;
    /// A notification where `id` is undefined.
    [[nodiscard]] base::FetchRequest postOf(const QJsonValue &id, const Call &call) const;
};

} // namespace gatehouse::client
