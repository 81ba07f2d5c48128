// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/headers.h"

namespace gatehouse::endpoint {

/// What stands before the parameters of a media type, in lower case (RFC 9110 §8.3.1).
[[nodiscard]] QByteArray mediaType(const QByteArray &value);

/// Whether Accept, if there is one, allows the type. Weights are not weighed: there is no choice to make.
[[nodiscard]] bool accepts(const base::Headers &headers, QByteArrayView wanted);

} // namespace gatehouse::endpoint
