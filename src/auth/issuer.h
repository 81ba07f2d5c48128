// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"

#include <QLatin1StringView>
#include <QString>
#include <QStringList>
#include <QUrl>

namespace gatehouse::auth {

/// Reads what a user gives as "subdomain": acme, acme.authkit.app, https://acme.authkit.app, a custom domain,
/// or http://127.0.0.1:4455 (plain http only to loopback). The answer is the issuer string, without a
/// trailing slash; the error is a sentence that says what is wrong with the input.
[[nodiscard]] base::Expected<QString, QString> issuerFromSubdomain(const QString &text);

/// Where that is read from where nobody says it: the name that mcp-use established.
inline constexpr QLatin1StringView subdomainVariable{"MCP_USE_OAUTH_WORKOS_SUBDOMAIN"};

/// The scopes that AuthKit grants: email, offline_access, openid, profile.
[[nodiscard]] const QStringList &authKitScopes();

/// {issuer}/oauth2/jwks, as AuthKit has it.
[[nodiscard]] QUrl jwksUrl(const QString &issuer);

} // namespace gatehouse::auth
