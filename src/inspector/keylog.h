// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/exchange.h"

#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>

namespace gatehouse::inspector {

/// A signing key of the issuer, as far as this run has seen it.
struct KeyRecord
{
    QString id = {}; ///< kid; empty for one without a name.
    QString kind = {}; ///< "RSA", "EC P-256"
    QString algorithm = {}; ///< That it names; may be empty.
    QString use = {};
    QString why = {}; ///< Why it is of no use to us, in English; empty where it is.
    qint64 firstMs = 0; ///< When it was first read, in milliseconds since 1970.
    qint64 goneMs = 0; ///< When it was first missing; 0: it is there.
    qint64 usedMs = 0; ///< When the last token that it signed came; 0: none did.
    int tokens = 0; ///< Requests with a token that it signed and that was good.

    bool operator==(const KeyRecord &) const = default;
};

/// Which keys there are and were, and what came of them. Two hundred at most; one thread.
class KeyLog
{
public:
    static constexpr qsizetype most = 200;

    /// A set as it was read: its keys, and those that cannot be used as "id: why".
    void read(const QList<QJsonObject> &keys, const QStringList &skipped, qint64 atMs);
    void record(const exchange::Exchange &exchange);
    void clear();
    /// Those that are there in the order in which they were first read, then those that are gone.
    [[nodiscard]] QList<KeyRecord> all() const;

private:
    KeyRecord *find(const QString &id);
    KeyRecord *findOrAdd(const QString &id, qint64 atMs);

    QList<KeyRecord> m_all;
};

} // namespace gatehouse::inspector
