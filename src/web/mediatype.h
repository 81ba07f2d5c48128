// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/headers.h"

namespace gatehouse::web {

/// Whether a value names that media type, in any case and whatever its parameters (RFC 9110 §8.3.1).
[[nodiscard]] bool isMediaType(QByteArrayView value, QByteArrayView type);

/// Whether a message says so of its body: Content-Type is there once, and names that type.
[[nodiscard]] bool hasMediaType(const base::Headers &headers, QByteArrayView type);

/// For masks, which rather take too much for one: some Content-Type begins so, in any case.
[[nodiscard]] bool mayHaveMediaType(const base::Headers &headers, QByteArrayView type);

/// Whether Accept, if there is one, allows the type. Weights are not weighed: there is no choice to make.
[[nodiscard]] bool accepts(const base::Headers &headers, QByteArrayView wanted);

} // namespace gatehouse::web
