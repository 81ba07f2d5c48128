// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace gatehouse::store {

/// Why a database, or what was asked of it, failed.
struct Fault
{
    enum class Kind {
        NoDriver, ///< Qt's driver is not installed; `detail` is the package.
        CannotOpen, ///< The file or the server's answer; `detail` says more.
        NotOurs, ///< A database of another program.
        TooNew, ///< Of a newer Gatehouse.
        Busy, ///< Somebody else holds it, or too much waits.
        Full, ///< No room on the disk.
        ReadOnly,
        Damaged, ///< What is there is no database any more.
        Unreachable, ///< The server does not answer.
        Uncertain, ///< The server went away over a commit: nobody knows whether it counts.
        Stopped, ///< This program is ending, or uses another database now.
        NotFound, ///< There is no such thing, or not in this organization.
        Unfit, ///< A value that cannot be stored; `detail` says which and why.
        TooMany, ///< `detail` says of what.
        Failed, ///< Anything else; `detail` holds the database's words.
    };
    Kind kind = Kind::Failed;
    QString detail = {};

    bool operator==(const Fault &) const = default;
};

/// In one English sentence, as a caller may read it: without addresses, names of files and statements.
[[nodiscard]] QString sentenceOf(const Fault &fault);
/// Whether it is the database that failed, and not what was asked of it.
[[nodiscard]] bool isOutage(const Fault &fault);

} // namespace gatehouse::store
