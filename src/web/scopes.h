// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace gatehouse::web {

/// The scopes of a list that spaces part (RFC 6749 §3.3), in their order, each once: their order means
/// nothing.
[[nodiscard]] inline QStringList scopesOf(const QString &text)
{
    QStringList scopes = text.split(u' ', Qt::SkipEmptyParts);
    scopes.removeDuplicates();
    return scopes;
}

/// Adds those that are not among them yet, in their order.
inline void addScopes(QStringList &scopes, const QStringList &more)
{
    for (const QString &scope : more) {
        if (!scopes.contains(scope))
            scopes.append(scope);
    }
}

} // namespace gatehouse::web
