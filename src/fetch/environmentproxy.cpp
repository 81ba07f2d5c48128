// SPDX-License-Identifier: GPL-3.0-or-later
#include "fetch/environmentproxy.h"

#include "web/loopback.h"

#include <QByteArray>
#include <QList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::fetch {

namespace {

QByteArray eitherOf(const char *small, const char *large)
{
    const QByteArray value = qgetenv(small);
    return value.isEmpty() ? qgetenv(large) : value;
}

bool isExempt(const QString &host)
{
    const QList<QByteArray> names = eitherOf("no_proxy", "NO_PROXY").toLower().split(',');
    return std::any_of(names.begin(), names.end(), [&host](const QByteArray &one) {
        QString name = QString::fromUtf8(one.trimmed());
        if (name == "*"_L1)
            return true;
        name.remove(0, name.startsWith(u"*."_s) ? 2 : name.startsWith(u'.') ? 1 : 0);
        return !name.isEmpty() && (host == name || host.endsWith(u'.' + name));
    });
}

/// "http://user:password@proxy.example:3128", "socks5://…", or without a scheme.
QNetworkProxy readProxy(const QByteArray &value)
{
    const QString text = QString::fromLocal8Bit(value.trimmed());
    const QUrl url(text.contains(u"://"_s) ? text : u"http://"_s + text);
    if (url.host().isEmpty())
        return QNetworkProxy(QNetworkProxy::NoProxy);
    const bool isSocks = url.scheme().startsWith("socks"_L1);
    return QNetworkProxy(isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, url.host(),
                         quint16(url.port(isSocks ? 1080 : 80)), url.userName(), url.password());
}

} // namespace

QNetworkProxy environmentProxy(const QUrl &url)
{
    if (web::leadsToLoopback(url.host()) || isExempt(url.host()))
        return QNetworkProxy(QNetworkProxy::NoProxy);
    return readProxy(eitherOf("https_proxy", "HTTPS_PROXY"));
}

} // namespace gatehouse::fetch
