// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "clientfiles/filefault.h"

#include <QByteArray>
#include <QString>

namespace gatehouse::clientfiles {

/// Tables in a TOML file (TOML 1.0.0): `[group.name]` with its lines. What is changed here keeps every other
/// byte. Pure functions; names are bare keys.

/// The text with that table at its end, in place of one that is there. `lines` are key/value pairs.
[[nodiscard]] base::Expected<QByteArray, FileFault> withTable(const QByteArray &text, const QString &group,
                                                              const QString &name, const QByteArray &lines);

/// The text without that table; the same text where it has none.
[[nodiscard]] base::Expected<QByteArray, FileFault> withoutTable(const QByteArray &text, const QString &group,
                                                                 const QString &name);

/// The table as it is written, with its head; empty where there is none.
[[nodiscard]] base::Expected<QByteArray, FileFault> tableIn(const QByteArray &text, const QString &group,
                                                            const QString &name);

} // namespace gatehouse::clientfiles
