// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "protocol/meta.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QString>

#include <optional>

namespace gatehouse::protocol {

/// JSON-RPC 2.0 §5.1, and MCP's own codes.
namespace code {
inline constexpr int parseError = -32700;
inline constexpr int invalidRequest = -32600;
inline constexpr int methodNotFound = -32601;
inline constexpr int invalidParams = -32602;
inline constexpr int internalError = -32603;
inline constexpr int legacyResourceNotFound = -32002; ///< 2025-11-25 and older; later invalidParams.
inline constexpr int headerMismatch = -32020;
inline constexpr int missingCapability = -32021;
inline constexpr int unsupportedVersion = -32022;
} // namespace code

struct RpcError
{
    int code = code::internalError;
    QString message = {};
    QJsonObject data = {}; ///< Empty: no data member.

    bool operator==(const RpcError &) const = default;
};

/// One message as MCP allows it: ids are strings or integers, never null; params, if there, an object.
struct Message
{
    enum class Kind { Request, Notification, Response };
    Kind kind = Kind::Request;
    QJsonValue id = QJsonValue::Undefined; ///< Undefined for notifications.
    QString method = {};
    QJsonObject params = {};
    Meta meta = {}; ///< Of the params.
    base::Expected<QJsonObject, RpcError> result = {}; ///< Of a response.

    bool operator==(const Message &) const = default;
};

/// The error is for an answer without id: it could not be read, or the message has none.
[[nodiscard]] base::Expected<Message, RpcError> readMessage(const QJsonValue &value);

/// The JSON body of a POST, read once: one message, or a batch (JSON-RPC 2.0 §6).
class Body
{
public:
    static constexpr qsizetype maximumBatch = 100;

    /// Of a request without one.
    Body() = default;
    // NOLINTBEGIN: it is what it is made of
    Body(const QJsonValue &json);
    Body(const QJsonObject &message)
        : Body(QJsonValue(message))
    { }
    Body(const QJsonArray &batch)
        : Body(QJsonValue(batch))
    { }
    // NOLINTEND

    [[nodiscard]] bool isBatch() const { return m_isBatch; }
    /// In their order; of a batch at most so many.
    [[nodiscard]] const QList<base::Expected<Message, RpcError>> &messages() const { return m_messages; }
    /// A batch of more messages than are read.
    [[nodiscard]] bool isTooLong() const { return m_isTooLong; }

private:
    QList<base::Expected<Message, RpcError>> m_messages;
    bool m_isBatch = false;
    bool m_isTooLong = false;
};

/// What readMessage() reads back as the same message.
[[nodiscard]] QJsonObject toJson(const Message &message);

[[nodiscard]] QJsonObject requestMessage(const QJsonValue &id, const QString &method,
                                         const QJsonObject &params);
[[nodiscard]] QJsonObject notificationMessage(const QString &method, const QJsonObject &params);
[[nodiscard]] QJsonObject resultMessage(const QJsonValue &id, const QJsonObject &result);
/// An undefined id is left out.
[[nodiscard]] QJsonObject errorMessage(const QJsonValue &id, const RpcError &error);

} // namespace gatehouse::protocol
