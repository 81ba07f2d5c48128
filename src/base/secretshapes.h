// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/secretnames.h"

#include <optional>

namespace gatehouse::base {

/// Where there is something to hide in a text; it may be empty.
struct SecretRange
{
    qsizetype begin = 0;
    qsizetype end = 0;
};

/// What stands for a secret wherever one is shown.
inline constexpr QByteArrayView hidden = "…";

/// One of these is in each secret that nextSecret() finds, and in most texts none.
inline constexpr QByteArrayView secretMarks = "J=: _";

/// The first secret in the text from there on, by its shape or by the name before it.
[[nodiscard]] std::optional<SecretRange> nextSecret(QByteArrayView text, qsizetype from, Place place);

/// Behind the number that begins there. Neither true nor false nor null is a secret.
[[nodiscard]] qsizetype scalarEnd(QByteArrayView text, qsizetype begin);

} // namespace gatehouse::base
