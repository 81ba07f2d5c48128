// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace gatehouse::store {

/// One step of a database's shape, in both languages. The first leads to version 1.
struct Migration
{
    QStringList sqlite = {}; ///< One statement each.
    QStringList postgresql = {};
};

/// What makes a database ours.
struct Schema
{
    int applicationId = 0; ///< Of SQLite's file.
    QString versionTable = {}; ///< Of PostgreSQL: holds the version that there is.
    QList<Migration> migrations = {};
    /// A power cut takes nothing of what was acknowledged; else it may take the last of it. The end of the
    /// process takes nothing either way (sqlite.org/pragma.html#pragma_synchronous).
    bool isDurable = true;
};

} // namespace gatehouse::store
