// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace gatehouse::web {

/// What is wrong with an address as a client id (draft-ietf-oauth-client-id-metadata-document §3: https, a
/// path, no dot segments, no fragment, nobody's name or password; compared to the byte), as a sentence; empty
/// if nothing is.
[[nodiscard]] QString clientIdUrlFault(const QString &id);

/// Whether a client id is such an address at all, and no name that a server gave.
[[nodiscard]] bool looksLikeClientIdUrl(const QString &id);

} // namespace gatehouse::web
