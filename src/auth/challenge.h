// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/policy.h"
#include "auth/verdict.h"

#include <QByteArray>

namespace gatehouse::auth {

/// The WWW-Authenticate value for a refusal (RFC 6750 §3, RFC 9728 §5.1). The metadata's address comes from
/// the configured resource, never from the request. `scope` is there only where scopes are required: a client
/// that reads the challenge asks for exactly these, and else for those that the metadata lists.
[[nodiscard]] QByteArray challengeFor(const Verdict &verdict, const Policy &policy);

} // namespace gatehouse::auth
