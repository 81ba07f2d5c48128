// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace gatehouse::auth {

/// What a signed token is that is no access token for MCP: a name for people, in English as checks have it,
/// or empty for one that may be an access token. By `typ` (RFC 8725 §3.11, RFC 9068 §2.1), and by the marks
/// of an ID token (OpenID Connect Core §2) and of a session token of WorkOS's other product.
[[nodiscard]] QString foreignKindOf(const QJsonObject &header, const QJsonObject &claims);

} // namespace gatehouse::auth
