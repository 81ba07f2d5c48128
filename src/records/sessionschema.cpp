// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sessionschema.h"

#include "records/columns.h"

using namespace Qt::StringLiterals;

namespace gatehouse::records {

namespace {

QString exchangeTable()
{
    QStringList all{u"serial INTEGER PRIMARY KEY"_s, u"run INTEGER NOT NULL REFERENCES run(id)"_s};
    // Bodies come last: what stands behind them is read through them.
    for (const SharedColumn &column : sharedColumns())
        all.append(QLatin1StringView(column.name) + u" INTEGER REFERENCES shared(id)"_s);
    for (const Column &column : columns())
        all.append(QLatin1StringView(column.name) + u' ' + QLatin1StringView(column.type));
    return u"CREATE TABLE exchange (%1) STRICT"_s.arg(all.join(u", "_s));
}

} // namespace

store::Schema sessionSchema()
{
    store::Migration first;
    first.sqlite = {
        u"CREATE TABLE run (id INTEGER PRIMARY KEY, started_ms INTEGER NOT NULL, ended_ms INTEGER, "
        "program TEXT NOT NULL, resource TEXT NOT NULL, issuer TEXT NOT NULL, settings TEXT NOT NULL, "
        "keys TEXT NOT NULL, dropped INTEGER NOT NULL DEFAULT 0) STRICT"_s,
        u"CREATE TABLE shared (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, text BLOB NOT NULL) STRICT"_s,
        exchangeTable(), u"CREATE INDEX exchange_id ON exchange (run, source, id)"_s};
    store::Schema schema{sessionApplicationId, {}, {first}};
    schema.isDurable = false;
    return schema;
}

} // namespace gatehouse::records
