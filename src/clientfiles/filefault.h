// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace gatehouse::clientfiles {

/// Why another program's file is left alone.
struct FileFault
{
    enum class Kind {
        Syntax, ///< It cannot be understood; at `line` and `column`, both from 1.
        OtherShape, ///< Where the entries should be is something else.
        Uncertain, ///< What would come out is not the same but for the entry.
        NotReadable, ///< `words` are the system's.
        NotWritable, ///< The same.
        NoFolder, ///< There is no such project.
        Outside, ///< A link of the project leads out of it.
        Changed, ///< Somebody has written it since it was shown.
        Busy, ///< Somebody else writes it all the time.
        Gone, ///< It is not there any more, and was before; `words` is where its copy is, or empty.
    };
    Kind kind = Kind::Syntax;
    int line = 0;
    int column = 0;
    QString words = {}; ///< One English sentence, or the system's words.

    bool operator==(const FileFault &) const = default;
};

} // namespace gatehouse::clientfiles
