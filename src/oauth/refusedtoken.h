// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace gatehouse::oauth {

/// What a client can see for itself of a token that a server did not take. It is not believed, only read.
struct RefusedToken
{
    QByteArray token = {}; ///< Of any shape; only of a JWT something can be seen.
    QString resource = {}; ///< That it was asked for; empty: none was named.
    QString issuer = {}; ///< Of the authorization server that gave it; empty: not known.
    QByteArray date = {}; ///< The server's Date header; empty: it sent none.
    qint64 nowMs = 0; ///< By this machine's clock.
};

/// Sentences on why that may be so: it is for somebody else, of somebody else, or its time is not now; and
/// how far the two clocks are apart, where that is more than a minute. Masked and bounded; empty where
/// nothing is to be seen.
[[nodiscard]] QStringList reasonsIn(const RefusedToken &refused);

} // namespace gatehouse::oauth
