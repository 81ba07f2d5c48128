// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/connection.h"

#include <QObject>
#include <QSqlDatabase>
#include <QSqlQuery>

#include <map>
#include <vector>

namespace gatehouse::store {

/// What a Connection has of Qt's: a name of its own, since Qt knows databases by names.
struct Connection::Handle
{
    QString name; ///< Of Qt's for it, and of nobody else's.
    QSqlDatabase database = {};
    std::map<QString, QSqlQuery> prepared = {};
    std::vector<QSqlQuery> spoiled = {}; ///< Go as soon as they can.
    bool isInTransaction = false;
    QByteArray identity = {}; ///< Of the file …
    QByteArray log = {}; ///< … and of the one beside it, once that is there.
    bool isServer = false;
    bool isLost = false;
    QObject listener;

    Handle();
    ~Handle();
    Q_DISABLE_COPY_MOVE(Handle)

    void dropSpoiled()
    {
        if (!isLost)
            spoiled.clear();
    }
};

[[nodiscard]] inline tl::unexpected<Fault> failed(Fault::Kind kind, const QString &detail = {})
{
    return base::failure(Fault{kind, detail});
}

} // namespace gatehouse::store
