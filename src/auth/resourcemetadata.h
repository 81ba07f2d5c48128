// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace gatehouse::auth {

/// The protected resource's own document (RFC 9728 §2).
struct ResourceMetadata
{
    QString resource = {};
    QString issuer = {};
    QStringList scopes = {}; ///< Advertised as scopes_supported.
    QString name = QStringLiteral("Gatehouse");

    [[nodiscard]] QJsonObject toJson() const;
};

/// RFC 9728 §3.1: the resource's path goes behind the well-known one. "http://h/mcp" gives
/// "http://h/.well-known/oauth-protected-resource/mcp".
[[nodiscard]] QString resourceMetadataUrl(const QString &resource);

} // namespace gatehouse::auth
