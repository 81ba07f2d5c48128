// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clientfiles/entries.h"

#include <optional>

namespace gatehouse::clientfiles {

/// A change of another program's file that was made, and can be taken back. Values; the functions read and
/// write files, and block. Any thread.
struct Change
{
    ProgramId program = ProgramId::ClaudeCode;
    QString file = {};
    QString name = {}; ///< Of the server.
    QString project = {}; ///< Its folder; empty: the file is the user's.
    std::optional<QByteArray> before = {}; ///< The whole file; none: there was none.
    QByteArray after = {};
    QString copy = {}; ///< Where the old file is kept; empty: there was none.
};

/// Whether a file of a project is one: links that a project brings may lead to the user's own.
[[nodiscard]] bool isWithin(const QString &file, const QString &project);

/// The file as it is; none where there is none.
[[nodiscard]] base::Expected<std::optional<QByteArray>, FileFault> readClientFile(const QString &file);

/// Puts the server into the file as it is by now, keeps a copy of what it was beside it, and writes it whole
/// or not at all. Permissions stay, links are followed, folders are made; a project's own folder is not.
[[nodiscard]] base::Expected<Change, FileFault> writeServer(const Program &program, const QString &file,
                                                            const QString &name, const QString &address,
                                                            const QString &project = {});

/// As it was, to the byte, where nobody has changed it since, and without the copy: else the entry alone is
/// taken out, or put back as it was.
[[nodiscard]] base::Expected<void, FileFault> takeBack(const Change &change);

} // namespace gatehouse::clientfiles
