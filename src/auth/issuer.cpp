// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/issuer.h"

#include "web/origin.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace gatehouse::auth {

using namespace Qt::StringLiterals;

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::auth::Issuer)
};

/// Letters, digits and inner hyphens, at most 63 (RFC 1123 §2.1).
bool isLabel(const QString &text)
{
    static const QRegularExpression label(u"\\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\z"_s);
    return label.match(text).hasMatch();
}

bool isHostName(const QString &text)
{
    const QStringList labels = text.split(u'.');
    return text.size() <= 253 && std::all_of(labels.cbegin(), labels.cend(), isLabel);
}

base::Expected<QString, QString> issuerFromUrl(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return base::failure(Tr::tr("\"%1\" is not a web address.").arg(text));
    if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment())
        return base::failure(Tr::tr("An issuer address has no user name, query or fragment."));
    const QString path = url.path();
    if (!path.isEmpty() && path != "/"_L1)
        return base::failure(Tr::tr("An AuthKit issuer has no path: leave out \"%1\".").arg(path));
    const QString scheme = url.scheme();
    if (scheme != "https"_L1 && scheme != "http"_L1)
        return base::failure(Tr::tr("An issuer address begins with https://."));
    if (!web::isHttpsOrLoopback(url))
        return base::failure(
            Tr::tr("Plain http is only possible to this machine (127.0.0.1, [::1], localhost): use https."));
    return url.toString(QUrl::RemovePath | QUrl::FullyEncoded);
}

} // namespace

base::Expected<QString, QString> issuerFromSubdomain(const QString &text)
{
    const QString input = text.trimmed();
    if (input.isEmpty())
        return base::failure(Tr::tr("No subdomain is given: use the name in front of .authkit.app."));
    if (input.contains("://"_L1))
        return issuerFromUrl(input);
    const QString host = input.toLower();
    if (!isHostName(host)) {
        return base::failure(Tr::tr("\"%1\" is neither a subdomain (acme), a host (acme.authkit.app) nor an "
                                    "address (https://acme.authkit.app).")
                                 .arg(input));
    }
    return host.contains(u'.') ? u"https://"_s + host : u"https://%1.authkit.app"_s.arg(host);
}

const QStringList &authKitScopes()
{
    static const QStringList scopes = {u"email"_s, u"offline_access"_s, u"openid"_s, u"profile"_s};
    return scopes;
}

QUrl jwksUrl(const QString &issuer)
{
    return QUrl(issuer + "/oauth2/jwks"_L1);
}

} // namespace gatehouse::auth
