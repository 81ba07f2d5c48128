// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "clientfiles/filefault.h"

#include <QByteArray>
#include <QString>

namespace gatehouse::clientfiles {

/// Tables in a TOML file (TOML 1.0.0): `[group.name]` with its lines and the tables below it. What is changed
/// here keeps every other byte. Pure functions; names are bare keys.

/// The text with those key/value pairs in that table. Where it has all of these keys, their values alone are
/// replaced; else the whole table is, or it comes to the end of the text.
[[nodiscard]] base::Expected<QByteArray, FileFault> withTable(const QByteArray &text, const QString &group,
                                                              const QString &name, const QByteArray &pairs);

/// The text without that table and those below it, but with the comments behind them; the same text where it
/// has none.
[[nodiscard]] base::Expected<QByteArray, FileFault> withoutTable(const QByteArray &text, const QString &group,
                                                                 const QString &name);

/// The table and those below it as they are written, heads and all; empty where there is none.
[[nodiscard]] base::Expected<QByteArray, FileFault> tablesIn(const QByteArray &text, const QString &group,
                                                             const QString &name);
/// The text with what tablesIn() gave, at its end, in place of what there is of that name.
[[nodiscard]] base::Expected<QByteArray, FileFault> withTables(const QByteArray &text, const QString &group,
                                                               const QString &name, const QByteArray &tables);

} // namespace gatehouse::clientfiles
