// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/mcpclient.h"
#include "protocol/methodtable.h"

#include <QJsonObject>
#include <QList>
#include <QSet>
#include <QString>

#include <optional>

namespace gatehouse::client {

/// The pages of a list, put together as far as they can be (MCP "Pagination"): bounded in number, size and
/// entries, and ended where a server goes round in circles. Knows no network.
class Pages
{
public:
    static constexpr int maximumPages = 100;
    static constexpr qsizetype maximumEntries = 10'000;
    static constexpr qsizetype maximumBytes = 32 * 1024 * 1024; ///< Of memory, for all pages together.

    /// `list`: one of the methods that list something.
    explicit Pages(protocol::MethodId list);

    /// Whether the first page is still to come, without which there is no list.
    [[nodiscard]] bool isFirst() const { return m_count == 0; }
    /// The member that a page has its entries in.
    [[nodiscard]] QString member() const;
    [[nodiscard]] bool isPage(const QJsonObject &result) const;

    /// Takes a page, which isPage(), and says whether to go on with next().
    [[nodiscard]] bool take(const QJsonObject &page);
    /// The page that was asked for cannot be had: this is all.
    void breakOff(const QString &why);
    /// A remark on it; the first one stays.
    void remark(const QString &text);

    [[nodiscard]] QString next() const { return m_cursor; }
    [[nodiscard]] const Listing &listing() const { return m_listing; }

private:
    bool takeEntries(const QJsonObject &page);

    protocol::MethodId m_list;
    Listing m_listing;
    QSet<QString> m_names;
    QSet<QString> m_cursors; ///< Each asked for once: one that comes again would go round for ever.
    QString m_cursor;
    int m_count = 0;
    qsizetype m_bytes = 0;
};

} // namespace gatehouse::client
