// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keptarguments.h"

#include "base/json.h"
#include "base/jsonwriter.h"
#include "base/mask.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

void KeptArguments::insert(const QString &key, const QJsonObject &given)
{
    m_all.removeIf([&key](const auto &one) { return one.first == key; });
    m_all.append({key, given});
    if (m_all.size() > most)
        m_all.removeFirst();
}

std::optional<QJsonObject> KeptArguments::find(const QString &key) const
{
    const auto found
        = std::find_if(m_all.begin(), m_all.end(), [&key](const auto &one) { return one.first == key; });
    return found == m_all.end() ? std::nullopt : std::optional(found->second);
}

QByteArray KeptArguments::saved() const
{
    QJsonArray all;
    for (const auto &[key, given] : m_all) {
        // What would be a secret in a sign-in may be one here.
        const bool isOpen = base::maskJson(given) == QJsonValue(given)
            && base::maskJson(given, base::Place::OAuthRequest) == QJsonValue(given);
        if (!given.isEmpty() && isOpen && base::writeJson(given).size() <= longest)
            all.append(QJsonArray{key, given});
    }
    return base::writeJson(QJsonObject{{u"given"_s, all}});
}

void KeptArguments::restore(const QByteArray &saved)
{
    m_all.clear();
    const QJsonArray all = base::readJsonObject(saved).value_or(QJsonObject()).value("given"_L1).toArray();
    for (const QJsonValue one : all) {
        const QJsonArray pair = one.toArray();
        if (pair.size() == 2 && pair.at(0).isString() && pair.at(1).isObject())
            insert(pair.at(0).toString(), pair.at(1).toObject());
    }
}

} // namespace gatehouse::app
