// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/errorcodes.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace gatehouse::store {

Fault::Kind kindOfFileError(int code)
{
    switch (code & 0xff) {
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
    case 9: // SQLITE_INTERRUPT
        return Fault::Kind::Busy;
    case 8: // SQLITE_READONLY
        return Fault::Kind::ReadOnly;
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
        return Fault::Kind::Damaged;
    case 13: // SQLITE_FULL
        return Fault::Kind::Full;
    case 14: // SQLITE_CANTOPEN
        return Fault::Kind::CannotOpen;
    default:
        return Fault::Kind::Failed;
    }
}

Fault::Kind kindOfServerError(const QString &state)
{
    static const QHash<QString, Fault::Kind> kinds{
        {u"08"_s, Fault::Kind::Unreachable},
        {u"57P01"_s, Fault::Kind::Unreachable},
        {u"57P02"_s, Fault::Kind::Unreachable},
        {u"57P03"_s, Fault::Kind::Unreachable},
        {u"53100"_s, Fault::Kind::Full},
        {u"53"_s, Fault::Kind::Busy},
        {u"55P03"_s, Fault::Kind::Busy},
        {u"57014"_s, Fault::Kind::Busy},
        {u"40"_s, Fault::Kind::Busy},
        {u"25006"_s, Fault::Kind::ReadOnly},
        {u"XX001"_s, Fault::Kind::Damaged},
        {u"XX002"_s, Fault::Kind::Damaged},
        {u"28"_s, Fault::Kind::CannotOpen},
        {u"3D"_s, Fault::Kind::CannotOpen},
        {u"42501"_s, Fault::Kind::CannotOpen},
        {u"42P01"_s, Fault::Kind::Damaged}, // A table or a column that was there is gone.
        {u"42703"_s, Fault::Kind::Damaged}};
    return kinds.value(state, kinds.value(state.left(2), Fault::Kind::Failed));
}

} // namespace gatehouse::store
