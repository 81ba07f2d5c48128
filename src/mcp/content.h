// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <variant>

namespace gatehouse::mcp {

/// What a resource holds (MCP "Resource Contents").
struct ResourceContents
{
    QString uri = {};
    QString mimeType = {};
    std::variant<QString, QByteArray> data = {}; ///< A text, or bytes.

    [[nodiscard]] QJsonObject toJson() const;
};

/// The content blocks of tool results, prompts and samples (MCP "Content"). `annotations` (audience,
/// priority, lastModified) may be empty.
namespace content {
[[nodiscard]] QJsonObject text(const QString &text, const QJsonObject &annotations = {});
[[nodiscard]] QJsonObject image(const QByteArray &data, const QString &mimeType,
                                const QJsonObject &annotations = {});
[[nodiscard]] QJsonObject audio(const QByteArray &data, const QString &mimeType,
                                const QJsonObject &annotations = {});
[[nodiscard]] QJsonObject embedded(const ResourceContents &resource, const QJsonObject &annotations = {});
/// Points at a resource without holding it; clients before 2025-06-18 see its address as a text.
[[nodiscard]] QJsonObject link(const QString &uri, const QString &name, const QString &mimeType = {},
                               const QJsonObject &annotations = {});
} // namespace content

} // namespace gatehouse::mcp
