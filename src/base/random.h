// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <functional>

namespace gatehouse::base {

/// As many unpredictable bytes as asked for. Passed in, so that tests can repeat them.
using Random = std::function<QByteArray(qsizetype bytes)>;
/// From the operating system's generator.
[[nodiscard]] Random systemRandom();

/// 256 unpredictable bits as base64url: session ids, codes, secrets.
[[nodiscard]] QByteArray newSecret(const Random &random);

} // namespace gatehouse::base
