// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "clientfiles/filefault.h"
#include "clientfiles/programs.h"

namespace gatehouse::clientfiles {

/// A server in a program's file, whatever that is written in. Pure functions.

/// The file with the entry in it, all else byte for byte the same.
[[nodiscard]] base::Expected<QByteArray, FileFault> withServer(const Program &program, const QByteArray &text,
                                                               const QString &name, const QString &address);
/// The file without it.
[[nodiscard]] base::Expected<QByteArray, FileFault>
withoutServer(const Program &program, const QByteArray &text, const QString &name);
/// What it is there, as it is written: a value of JSON, or tables. Empty: it is not there.
[[nodiscard]] base::Expected<QByteArray, FileFault> serverIn(const Program &program, const QByteArray &text,
                                                             const QString &name);

/// One line of a difference. Values that others wrote are hidden, since keys and tokens stand in these files:
/// names, brackets and the entry for the address are shown.
struct DifferenceLine
{
    enum class Kind { Same, Gone, Come, Skipped /**< `before` is how many. */ };
    Kind kind = Kind::Same;
    int before = 0; ///< The line's number, from 1; 0: it is not there.
    int after = 0;
    QString text = {};

    bool operator==(const DifferenceLine &) const = default;
};
/// What changes from one to the other, with two lines around it.
[[nodiscard]] QList<DifferenceLine> differenceOf(const Program &program, const QByteArray &before,
                                                 const QByteArray &after, const QString &address);

} // namespace gatehouse::clientfiles
