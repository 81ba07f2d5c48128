// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace gatehouse::host {

/// The secrets of --state-key-file: one a line, 32 to 512 visible characters of ASCII each, 16 at most; empty
/// lines and those that begin with # do not count. The first one is used for what is new, the others are on
/// their way out. None for an empty path. The error names the file, the line and no part of a secret.
[[nodiscard]] base::Expected<QList<QByteArray>, QString> readStateSecrets(const QString &path);

} // namespace gatehouse::host
