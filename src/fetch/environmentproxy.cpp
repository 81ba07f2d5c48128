// SPDX-License-Identifier: GPL-3.0-or-later
#include "fetch/environmentproxy.h"

#include "web/loopback.h"
#include "web/origin.h"

#include <QByteArray>
#include <QHostAddress>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::fetch {

namespace {

QString eitherOf(const char *small, const char *large)
{
    const QByteArray value = qgetenv(small);
    return QString::fromLocal8Bit(value.isEmpty() ? qgetenv(large) : value).trimmed();
}

/// As names are compared: in ASCII, small, without the dot of the root.
QString plainName(const QString &host)
{
    const QString name = host.endsWith(u'.') ? host.chopped(1) : host;
    const QString ascii = QString::fromLatin1(QUrl::toAce(name)).toLower();
    return ascii.isEmpty() ? name.toLower() : ascii;
}

/// "[2001:db8::1]:443", "10.1.2.3", "10.0.0.0/8", "::1"
bool isAddressIn(const QHostAddress &address, QString entry)
{
    if (entry.startsWith(u'[') && entry.endsWith(u']'))
        entry = entry.sliced(1, entry.size() - 2);
    if (!entry.contains(u'/'))
        return address == QHostAddress(entry);
    const auto net = QHostAddress::parseSubnet(entry);
    return net.second >= 0 && address.isInSubnet(net);
}

bool isNameIn(const QString &host, QString entry)
{
    entry.remove(0, entry.startsWith("*."_L1) ? 2 : entry.startsWith(u'.') ? 1 : 0);
    const QString name = plainName(entry);
    return !name.isEmpty() && (host == name || host.endsWith(u'.' + name));
}

bool isExempt(const QUrl &url)
{
    static const QRegularExpression between(u"[,\\s]+"_s);
    static const QRegularExpression withPort(u"^(\\[.*\\]|[^:\\[]+):([0-9]{1,5})$"_s);
    const QHostAddress address(url.host());
    const QString host = plainName(url.host());
    const QStringList entries = eitherOf("no_proxy", "NO_PROXY").split(between, Qt::SkipEmptyParts);
    return std::any_of(entries.begin(), entries.end(), [&](const QString &one) {
        if (one == "*"_L1)
            return true;
        const QRegularExpressionMatch match = withPort.match(one);
        if (match.hasMatch() && match.captured(2).toInt() != web::portOf(url))
            return false;
        const QString entry = match.hasMatch() ? match.captured(1) : one;
        return address.isNull() ? isNameIn(host, entry) : isAddressIn(address, entry);
    });
}

base::Expected<QNetworkProxy, QString> readProxy(const QString &text)
{
    const QUrl url(text.contains("://"_L1) ? text : u"http://"_s + text, QUrl::StrictMode);
    const bool isSocks = url.scheme() == "socks5"_L1 || url.scheme() == "socks5h"_L1;
    const bool isWhole = url.isValid() && !url.host().isEmpty() && url.port(1) > 0
        && (url.path().isEmpty() || url.path() == "/"_L1) && !url.hasQuery() && !url.hasFragment();
    if (!isWhole || !(isSocks || url.scheme() == "http"_L1))
        return base::failure(
            u"The proxy of the environment (https_proxy) cannot be used: it is an address such as "
            "http://proxy.example:3128 or socks5://proxy.example:1080."_s);
    return QNetworkProxy(isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, url.host(),
                         quint16(url.port(isSocks ? 1080 : 80)), url.userName(QUrl::FullyDecoded),
                         url.password(QUrl::FullyDecoded));
}

} // namespace

base::Expected<QNetworkProxy, QString> environmentProxy(const QUrl &url)
{
    const QNetworkProxy none(QNetworkProxy::NoProxy);
    if (web::leadsToLoopback(url.host()))
        return none;
    const QString said = eitherOf("https_proxy", "HTTPS_PROXY");
    if (said.isEmpty() || isExempt(url))
        return none;
    return readProxy(said);
}

} // namespace gatehouse::fetch
