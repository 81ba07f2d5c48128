// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/realm.h"

namespace gatehouse::sandbox {

/// Where the stand-in for WorkOS's Management API is, below the sandbox's address: the routes behind it are
/// WorkOS's own, with its shapes and errors, about the sandbox's people.
inline constexpr QByteArrayView managementPath = "/sandbox/api";
[[nodiscard]] bool isOfManagementApi(const http::Request &request);

/// What its callers send as their API key.
[[nodiscard]] QByteArray managementKeyOf(const Realm &realm);

/// Users, organizations, memberships, authorized applications and resource indicators. For programs only: no
/// page may call it.
void answerManagement(Realm &realm, const http::Request &request, const http::Respond &respond);

} // namespace gatehouse::sandbox
