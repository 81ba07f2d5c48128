// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/features.h"
#include "mcp/operation.h"

#include <QJsonArray>
#include <QJsonObject>

#include <memory>
#include <optional>

namespace gatehouse::mcp {

/// The methods that both eras have, answered from what the server offers.
class Methods
{
public:
    explicit Methods(const Features *features, int pageSize)
        : m_features(features)
        , m_pageSize(pageSize)
    { }

    void setPageSize(int pageSize) { m_pageSize = pageSize; }
    /// Ends the operation, at once or later.
    void answer(const std::shared_ptr<Operation> &operation) const;

    /// What the server says it can, in both eras.
    [[nodiscard]] QJsonObject capabilities(protocol::Era era) const;

private:
    using Shared = std::shared_ptr<Operation>;
    template <typename T>
    void list(const Shared &operation, const QString &member, const Registry<T> &shelf) const;
    [[nodiscard]] base::AccessRequirements needsOf(const ServedTool &tool) const
    {
        return m_features->needsOfTool(tool.name);
    }
    template <typename T> [[nodiscard]] base::AccessRequirements needsOf(const T &thing) const
    {
        return thing.needs;
    }
    /// Where a list goes on among the templates that list their own.
    struct ListerPlace
    {
        int number = 0; ///< Of the template.
        QString cursor = {}; ///< Its own.
    };
    void listResources(const Shared &operation) const;
    void listOf(const Shared &operation, const QJsonArray &before, const ListerPlace &place) const;
    [[nodiscard]] std::optional<ListerPlace> nextLister(int after, const Allows &allows) const;
    void giveResources(Operation &operation, const QJsonArray &shown, const QString &nextCursor) const;
    void callTool(const Shared &operation) const;
    void readResource(const Shared &operation) const;
    void getPrompt(const Shared &operation) const;
    void complete(const Shared &operation) const;

    const Features *m_features;
    int m_pageSize;
};

/// For clients that may keep a result (MCP 2026-07-28 "Caching"): adds ttlMs and cacheScope.
void makeCacheable(QJsonObject &result, const Caller &caller);

} // namespace gatehouse::mcp
