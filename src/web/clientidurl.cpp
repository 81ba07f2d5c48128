// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/clientidurl.h"

#include "web/origin.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace gatehouse::web {

QString clientIdUrlFault(const QString &id)
{
    const QUrl url(id, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return u"It is no address."_s;
    // Whoever tries it out on this machine has no certificate.
    if (!isHttpsOrLoopback(url))
        return u"It has to be an https address."_s;
    if (url.path().isEmpty() || url.path() == "/"_L1)
        return u"It has to have a path."_s;
    const QStringList segments = url.path(QUrl::FullyDecoded).split(u'/');
    if (segments.contains(u"."_s) || segments.contains(u".."_s))
        return u"Its path must not have dots for segments."_s;
    if (id.contains(u'#'))
        return u"It must not have a fragment."_s;
    if (!url.userInfo().isEmpty() || url.authority().contains(u'@'))
        return u"It must not have a user's name."_s;
    return {};
}

bool looksLikeClientIdUrl(const QString &id)
{
    return id.startsWith("https://"_L1, Qt::CaseInsensitive)
        || id.startsWith("http://"_L1, Qt::CaseInsensitive);
}

} // namespace gatehouse::web
