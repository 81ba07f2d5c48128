// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/random.h"

#include <QByteArray>
#include <QString>

namespace gatehouse::sandbox {

/// base::newSecret as text: codes, refresh tokens, client secrets, form tokens.
[[nodiscard]] QString newSecret(const base::Random &random);

/// What is kept of a secret, so that looking it up takes no longer for one that is nearly right.
[[nodiscard]] QByteArray digestOf(const QString &secret);

} // namespace gatehouse::sandbox
