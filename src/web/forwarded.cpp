// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/forwarded.h"

#include "web/fieldreader.h"
#include "web/loopback.h"
#include "web/origin.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::web {

namespace {

constexpr qsizetype longestAuthority = 100; // A longer one is hardly anybody's public address.
constexpr qsizetype longestElement = 1024;

/// The parameters of a Forwarded's first element; what cannot be read ends them.
struct Element
{
    QByteArray scheme;
    QByteArray authority;
};
Element firstElementOf(QByteArrayView value)
{
    Element element;
    FieldReader reader(value.first(std::min(value.size(), longestElement)));
    for (reader.skipSpace(); !reader.atEnd() && reader.peek() != ','; reader.skipSpace()) {
        if (reader.consume(';'))
            continue;
        const QByteArrayView name = reader.token();
        if (name.isEmpty() || !reader.consume('='))
            return element;
        const auto quoted = reader.quotedString();
        // Many forget the quotes that a colon asks for.
        const QByteArray text = quoted ? *quoted : reader.upToAnyOf(";,\"").trimmed().toByteArray();
        if (reader.peek() == '"')
            return element;
        if (base::isSameName(name, "proto") && element.scheme.isEmpty())
            element.scheme = text;
        else if (base::isSameName(name, "host") && element.authority.isEmpty())
            element.authority = text;
    }
    return element;
}

/// What the proxy that stands nearest to the client has said.
QByteArray firstOf(const base::Headers &headers, QByteArrayView name)
{
    const QByteArray value = base::valuesOf(headers, name).value(0);
    FieldReader reader(QByteArrayView(value).first(std::min(value.size(), longestElement)));
    return reader.upToAnyOf(",").trimmed().toByteArray();
}

/// A proxy that does not pass the name on writes that of the server behind it.
QByteArray publicHostOf(const base::Headers &headers)
{
    const QByteArray host = firstOf(headers, "Host");
    const QString name
        = QUrl(u"http://"_s + QString::fromLatin1(host.first(std::min(host.size(), longestAuthority))))
              .host();
    return web::leadsToLoopback(name) ? QByteArray() : host;
}

} // namespace

QString forwardedOrigin(const base::Headers &headers)
{
    const QByteArray forwarded = base::valuesOf(headers, "Forwarded").value(0);
    auto [scheme, authority] = firstElementOf(forwarded);
    if (scheme.isEmpty())
        scheme = firstOf(headers, "X-Forwarded-Proto");
    scheme = scheme.toLower();
    if (scheme != "http" && scheme != "https")
        return {};
    // X-Forwarded-Port is not read: a host has its port, and proxies within name their own there.
    if (authority.isEmpty())
        authority = firstOf(headers, "X-Forwarded-Host");
    if (authority.isEmpty())
        authority = publicHostOf(headers);
    // Names of other letters come in their ASCII form.
    const bool isVisible
        = std::all_of(authority.begin(), authority.end(), [](char c) { return c > 0x20 && c < 0x7F; });
    if (!isVisible || authority.isEmpty() || authority.size() > longestAuthority || authority.contains('@'))
        return {};
    const QUrl url(QString::fromLatin1(scheme + "://" + authority), QUrl::StrictMode);
    const bool isOrigin = url.isValid() && !url.host().isEmpty() && url.path().isEmpty() && !url.hasQuery()
        && !url.hasFragment();
    return isOrigin ? originOf(url) : QString();
}

} // namespace gatehouse::web
