// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/random.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace gatehouse::mcp {

/// The `requestState` of multi round-trip requests (MCP 2026-07-28): a value that travels through the client
/// and comes back unchanged or not at all. Signed with HMAC-SHA-256 and bound to a purpose (who asks for
/// what) and a time; not encrypted.
class RequestState
{
public:
    RequestState(base::Clock clock, const base::Random &random);

    [[nodiscard]] QString seal(const QJsonObject &value, const QByteArray &purpose) const;
    /// Nullopt for what is not ours, was changed, is older than an hour or was made for another purpose.
    [[nodiscard]] std::optional<QJsonObject> open(const QString &sealed, const QByteArray &purpose) const;

private:
    [[nodiscard]] QByteArray signatureOf(const QByteArray &payload, const QByteArray &purpose) const;

    base::Clock m_clock;
    QByteArray m_key;
};

} // namespace gatehouse::mcp
