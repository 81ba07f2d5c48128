// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/random.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

namespace gatehouse::mcp {

/// The `requestState` of multi round-trip requests (MCP 2026-07-28): a value that travels through the client
/// and comes back unchanged or not at all. Signed with HMAC-SHA-256 and bound to a purpose (who asks for
/// what) and a time; not encrypted. Its key is its own, made anew with each; several servers that answer for
/// each other share a secret.
class RequestState
{
public:
    RequestState(base::Clock clock, const base::Random &random);

    /// From here on the first of these seals, and all of them open, as its own key does. `server` keeps those
    /// of two servers apart that were given the same secret. Empty: its own key seals.
    void setSecrets(const QList<QByteArray> &secrets, const QString &server);

    [[nodiscard]] QString seal(const QJsonObject &value, const QByteArray &purpose) const;
    /// Nullopt for what is not ours, was changed, is older than an hour or was made for another purpose.
    [[nodiscard]] std::optional<QJsonObject> open(const QString &sealed, const QByteArray &purpose) const;

private:
    base::Clock m_clock;
    QList<QByteArray> m_keys; ///< The first one seals; its own is the last.
};

} // namespace gatehouse::mcp
