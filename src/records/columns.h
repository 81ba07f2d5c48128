// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "exchange/exchange.h"

#include <QVariant>

namespace gatehouse::records {

/// What of an exchange stands in its own row of a session file; the rest it shares with others. Texts of a
/// peer are bytes (UTF-8), since SQLite would read some characters as orders. One table says it for both
/// directions.
struct Column
{
    const char *name = "";
    const char *type = ""; ///< Of SQLite, in a STRICT table.
    QVariant (*from)(const exchange::Exchange &exchange) = nullptr;
    /// False where the value is none that was ever written.
    bool (*into)(exchange::Exchange &exchange, const QVariant &value) = nullptr;
};
[[nodiscard]] const QList<Column> &columns();

/// What it shares, by the name of the column that has its number.
struct SharedColumn
{
    const char *name = "";
    QByteArray (*from)(const exchange::Exchange &exchange) = nullptr;
    base::Expected<void, QString> (*into)(exchange::Exchange &exchange, const QByteArray &text) = nullptr;
    /// Whether both have the same, without writing it.
    bool (*isSame)(const exchange::Exchange &a, const exchange::Exchange &b) = nullptr;
    /// What into() has read, without reading it once more.
    void (*copy)(const exchange::Exchange &from, exchange::Exchange &to) = nullptr;
};
[[nodiscard]] const QList<SharedColumn> &sharedColumns();

} // namespace gatehouse::records
