// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"

#include <QString>
#include <QUrl>

namespace gatehouse::auth {

/// Reads what a user gives as "subdomain": acme, acme.authkit.app, https://acme.authkit.app, a custom domain,
/// or http://127.0.0.1:4455 (plain http only to loopback). The answer is the issuer string, without a
/// trailing slash; the error is a sentence that says what is wrong with the input.
[[nodiscard]] base::Expected<QString, QString> issuerFromSubdomain(const QString &text);

/// {issuer}/oauth2/jwks, as AuthKit has it.
[[nodiscard]] QUrl jwksUrl(const QString &issuer);

} // namespace gatehouse::auth
