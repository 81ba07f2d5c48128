// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/origin.h"

#include "web/loopback.h"

using namespace Qt::StringLiterals;

namespace gatehouse::web {

namespace {

int usualPortOf(const QUrl &url)
{
    return url.scheme() == "https"_L1 ? 443 : 80;
}

QString hostOf(const QUrl &url)
{
    const QString host = url.host(QUrl::FullyEncoded).toLower();
    return host.contains(u':') ? u'[' + host + u']' : host;
}

} // namespace

QString authorityWithPortOf(const QUrl &url)
{
    return hostOf(url) + u':' + QString::number(url.port(usualPortOf(url)));
}

QString authorityOf(const QUrl &url)
{
    const int usual = usualPortOf(url);
    return url.port(usual) == usual ? hostOf(url) : authorityWithPortOf(url);
}

QString originOf(const QUrl &url)
{
    return url.scheme() + u"://"_s + authorityOf(url);
}

quint16 portOf(const QUrl &url)
{
    return quint16(url.port(usualPortOf(url)));
}

bool isHttpsOrLoopback(const QUrl &url)
{
    return url.isValid() && !url.host().isEmpty()
        && (url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && isLoopbackHost(url.host())));
}

} // namespace gatehouse::web
