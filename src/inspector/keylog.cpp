// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/keylog.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

KeyRecord *KeyLog::find(const QString &id)
{
    const auto found
        = std::find_if(m_all.begin(), m_all.end(), [&id](const KeyRecord &one) { return one.id == id; });
    return found == m_all.end() ? nullptr : &*found;
}

KeyRecord *KeyLog::findOrAdd(const QString &id, qint64 atMs)
{
    if (KeyRecord *there = find(id))
        return there;
    if (m_all.size() >= most) { // One that is gone makes room, else the oldest.
        auto going
            = std::find_if(m_all.begin(), m_all.end(), [](const KeyRecord &one) { return one.goneMs > 0; });
        m_all.erase(going == m_all.end() ? m_all.begin() : going);
    }
    KeyRecord made;
    made.id = id;
    made.firstMs = atMs;
    m_all.append(made);
    return &m_all.last();
}

void KeyLog::read(const QList<QJsonObject> &keys, const QStringList &skipped, qint64 atMs)
{
    QSet<QString> there;
    for (const QJsonObject &key : keys.mid(0, most)) {
        const QString id = key.value("kid"_L1).toString().left(300);
        KeyRecord *record = findOrAdd(id, atMs);
        const QString curve = key.value("crv"_L1).toString().left(40);
        record->kind = key.value("kty"_L1).toString().left(40) + (curve.isEmpty() ? QString() : u' ' + curve);
        record->algorithm = key.value("alg"_L1).toString().left(40);
        record->use = key.value("use"_L1).toString().left(40);
        record->why.clear();
        record->goneMs = 0;
        there.insert(id);
    }
    for (const QString &one : skipped.mid(0, most)) {
        const QString id = one.section(": "_L1, 0, 0).left(300);
        if (there.contains(id))
            continue;
        KeyRecord *record = findOrAdd(id, atMs);
        record->why = one.section(": "_L1, 1).left(300);
        record->goneMs = 0;
        there.insert(id);
    }
    for (KeyRecord &one : m_all) {
        if (one.goneMs == 0 && !there.contains(one.id))
            one.goneMs = atMs;
    }
}

void KeyLog::record(const exchange::Exchange &exchange)
{
    if (exchange.outcome == exchange::Outcome::Running || exchange.verdict.reason != auth::Reason::Valid)
        return;
    if (KeyRecord *key = find(exchange.verdict.header.value("kid"_L1).toString())) {
        ++key->tokens;
        key->usedMs = std::max(key->usedMs, exchange.times.receivedAt);
    }
}

void KeyLog::clear()
{
    m_all.clear();
}

QList<KeyRecord> KeyLog::all() const
{
    QList<KeyRecord> sorted = m_all;
    std::stable_sort(sorted.begin(), sorted.end(), [](const KeyRecord &a, const KeyRecord &b) {
        return std::pair(a.goneMs > 0, a.firstMs) < std::pair(b.goneMs > 0, b.firstMs);
    });
    return sorted;
}

} // namespace gatehouse::inspector
