// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"

#include <QByteArray>
#include <QList>
#include <QPair>
#include <QString>
#include <QStringList>

#include <optional>

namespace gatehouse::auth {

/// What a server says with its Bearer or DPoP challenge (RFC 6750 §3, RFC 9449 §7.1, RFC 9728 §5.1).
struct Challenge
{
    QList<QPair<QByteArray, QByteArray>>
        parameters; ///< All of them in order; names in lower case, values unquoted.

    /// The value of a parameter (name in lower case), or nullopt.
    [[nodiscard]] std::optional<QByteArray> value(QByteArrayView name) const;
    [[nodiscard]] QString resourceMetadata() const;
    [[nodiscard]] QString error() const;
    [[nodiscard]] QString errorDescription() const;
    [[nodiscard]] QStringList scopes() const;
};

/// Reads a WWW-Authenticate value strictly (RFC 9110 §11.6.1). Of several challenges the one that names
/// metadata counts, of those Bearer before DPoP, and of those the first; other schemes are passed over, and
/// where there is no other it is nullopt. The error says in a sentence what is malformed, a parameter that
/// comes twice included.
[[nodiscard]] base::Expected<std::optional<Challenge>, QString> readChallenge(QByteArrayView header);

} // namespace gatehouse::auth
