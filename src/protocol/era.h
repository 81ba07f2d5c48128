// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace gatehouse::protocol {

enum class Era {
    Legacy, ///< 2025-11-25 and older: `initialize`, then a session.
    Modern, ///< 2026-07-28 and newer: each request carries its own _meta.
};

} // namespace gatehouse::protocol
