// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"

#include <QByteArray>
#include <QString>

namespace gatehouse::base {

/// Reads a file that the user named. Only regular files, links to them included: opening a FIFO waits for a
/// writer for ever, and a device never ends. The error is one sentence without the path. Any thread.
[[nodiscard]] Expected<QByteArray, QString> readFile(const QString &path, qint64 maximumBytes);

} // namespace gatehouse::base
