// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/resourcemetadata.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace gatehouse::auth {

QJsonObject ResourceMetadata::toJson() const
{
    QJsonObject json{{u"resource"_s, resource},
                     {u"authorization_servers"_s, QJsonArray({issuer})},
                     {u"bearer_methods_supported"_s, QJsonArray({u"header"_s})}};
    if (!scopes.isEmpty())
        json.insert(u"scopes_supported"_s, QJsonArray::fromStringList(scopes));
    if (!name.isEmpty())
        json.insert(u"resource_name"_s, name);
    return json;
}

QString resourceMetadataUrl(const QString &resource)
{
    // By hand and not through QUrl: the path must come back byte for byte as it was configured.
    const qsizetype authority = resource.indexOf("://"_L1);
    const qsizetype slash = authority < 0 ? -1 : resource.indexOf(u'/', authority + 3);
    const QString origin = slash < 0 ? resource : resource.left(slash);
    const QString path = slash < 0 ? QString() : resource.mid(slash);
    return origin + "/.well-known/oauth-protected-resource"_L1 + (path == "/"_L1 ? QString() : path);
}

} // namespace gatehouse::auth
