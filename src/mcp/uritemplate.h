// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace gatehouse::mcp {

/// The part of RFC 6570 that resource templates need: {name}, which stops at the next slash, question mark or
/// hash sign, and {+name}, which does not (levels 1 and 2 without {#name}). Matches addresses in one pass.
class UriTemplate
{
public:
    /// Nullopt for anything else in braces, for two expressions without a text between them, and for a name
    /// that comes twice.
    [[nodiscard]] static std::optional<UriTemplate> read(const QString &text);

    /// The variables' values, percent-decoded, or nullopt if the address does not fit. Empty values do not.
    [[nodiscard]] std::optional<QHash<QString, QString>> match(const QString &uri) const;
    [[nodiscard]] QStringList variables() const;

private:
    struct Part
    {
        QString variable = {};
        bool isReserved = false; ///< {+name}
        QString textBehind = {};
    };
    QString m_start;
    QList<Part> m_parts;
};

} // namespace gatehouse::mcp
