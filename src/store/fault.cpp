// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/fault.h"

using namespace Qt::StringLiterals;

namespace gatehouse::store {

QString sentenceOf(const Fault &fault)
{
    switch (fault.kind) {
    case Fault::Kind::NoDriver:
        return u"The database cannot be used: this computer lacks the driver for it."_s;
    case Fault::Kind::CannotOpen:
        return u"The database cannot be opened."_s;
    case Fault::Kind::NotOurs:
        return u"The database belongs to another program and is left as it is."_s;
    case Fault::Kind::TooNew:
        return u"The database was made by a newer version of this program."_s;
    case Fault::Kind::Busy:
        return u"The database is busy. Nothing was changed; try again in a moment."_s;
    case Fault::Kind::Full:
        return u"The disk of the database is full. Nothing was changed."_s;
    case Fault::Kind::ReadOnly:
        return u"The database can be read and not written. Nothing was changed."_s;
    case Fault::Kind::Damaged:
        return u"The database is damaged. Nothing was changed."_s;
    case Fault::Kind::Unreachable:
        return u"The database does not answer. Nothing was changed; try again in a moment."_s;
    case Fault::Kind::Uncertain:
        return u"The database went away before it said whether this counts: look whether it does before you "
               "try again."_s;
    case Fault::Kind::Stopped:
        return u"The server is being stopped or changed. Nothing was changed; try again in a moment."_s;
    case Fault::Kind::NotFound:
        return u"There is no such document in your organization."_s;
    case Fault::Kind::Unfit:
    case Fault::Kind::TooMany:
        return fault.detail;
    case Fault::Kind::Failed:
        return u"The database failed at this. Nothing was changed."_s;
    }
    return {};
}

bool isOutage(const Fault &fault)
{
    switch (fault.kind) {
    case Fault::Kind::Busy:
    case Fault::Kind::Stopped:
    case Fault::Kind::NotFound:
    case Fault::Kind::Unfit:
    case Fault::Kind::TooMany:
    case Fault::Kind::Failed:
        return false;
    case Fault::Kind::NoDriver:
    case Fault::Kind::CannotOpen:
    case Fault::Kind::NotOurs:
    case Fault::Kind::TooNew:
    case Fault::Kind::Full:
    case Fault::Kind::ReadOnly:
    case Fault::Kind::Damaged:
    case Fault::Kind::Unreachable:
    case Fault::Kind::Uncertain:
        return true;
    }
    return true;
}

} // namespace gatehouse::store
