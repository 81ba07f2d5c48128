// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace gatehouse::keys {

/// SHA-256 by OpenSSL, which uses the processor's own instructions: for what every request needs. Any thread.
[[nodiscard]] QByteArray sha256(QByteArrayView bytes);

} // namespace gatehouse::keys
