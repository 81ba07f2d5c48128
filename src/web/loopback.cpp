// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/loopback.h"

#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace gatehouse::web {

namespace {

/// As a URL class spells it: lower case, numbers as dotted quads, IPv6 shortened.
QString canonical(const QString &host)
{
    QUrl url;
    url.setScheme(u"http"_s);
    url.setHost(host, QUrl::StrictMode);
    return url.host();
}

bool isQuad127(const QString &text)
{
    static const QRegularExpression quad(u"\\A127(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}\\z"_s);
    return quad.match(text).hasMatch();
}

/// What stands in an IPv6 address for an IPv4 one (RFC 4291 §2.5.5), mapped or compatible.
bool isDisguised(QString host)
{
    if (host.endsWith(u'.'))
        host.chop(1);
    if (host == "localhost"_L1 || host.endsWith(".localhost"_L1) || isQuad127(host))
        return true;
    const QString inner = host.startsWith("::ffff:"_L1) ? host.sliced(7)
        : host.startsWith("::"_L1)                      ? host.sliced(2)
                                                        : host;
    return host == "::"_L1 || host == "::1"_L1 || inner == "0.0.0.0"_L1 || isQuad127(inner);
}

} // namespace

Loopback loopbackOf(const QString &host)
{
    const bool isBracketed = host.startsWith(u'[') && host.endsWith(u']');
    QString plain = isBracketed ? host.sliced(1).chopped(1) : host;
    const qsizetype zone = plain.contains(u':') ? plain.indexOf(u'%') : -1;
    if (zone >= 0) {
        // Whichever interface it names, the address is the same (RFC 4007 §11).
        plain.truncate(zone);
        return loopbackOf(plain) == Loopback::No ? Loopback::No : Loopback::Disguised;
    }
    if (plain.compare("localhost"_L1, Qt::CaseInsensitive) == 0 || plain == "::1"_L1
        || (!isBracketed && isQuad127(plain)))
        return Loopback::Yes;
    return isDisguised(plain.toLower()) || isDisguised(canonical(plain)) ? Loopback::Disguised : Loopback::No;
}

} // namespace gatehouse::web
