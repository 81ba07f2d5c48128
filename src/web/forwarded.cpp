// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/forwarded.h"

#include "base/loopback.h"
#include "web/origin.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::web {

namespace {

constexpr qsizetype longestAuthority = 100; // A longer one is hardly anybody's public address.
constexpr qsizetype longestElement = 1024;

/// Up to the first `end` that stands outside quotes.
QByteArrayView upTo(QByteArrayView text, char end)
{
    bool isQuoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == '"')
            isQuoted = !isQuoted;
        else if (!isQuoted && text[i] == end)
            return text.first(i);
    }
    return text;
}

/// The value of a parameter in an element of Forwarded.
QByteArray parameterOf(QByteArrayView element, QByteArrayView name)
{
    while (!element.isEmpty()) {
        const QByteArrayView pair = upTo(element, ';');
        element = element.sliced(std::min(pair.size() + 1, element.size()));
        const qsizetype equals = pair.indexOf('=');
        if (equals < 0 || !base::isSameName(pair.first(equals).trimmed(), name))
            continue;
        QByteArrayView value = pair.sliced(equals + 1).trimmed();
        if (value.size() >= 2 && value.startsWith('"') && value.endsWith('"'))
            value = value.sliced(1, value.size() - 2);
        return value.toByteArray();
    }
    return {};
}

/// What the proxy that stands nearest to the client has said.
QByteArray firstOf(const base::Headers &headers, QByteArrayView name)
{
    for (const auto &[own, value] : headers) {
        if (base::isSameName(own, name))
            return upTo(QByteArrayView(value).first(std::min(value.size(), longestElement)), ',')
                .trimmed()
                .toByteArray();
    }
    return {};
}

/// A proxy that does not pass the name on writes that of the server behind it.
QByteArray publicHostOf(const base::Headers &headers)
{
    const QByteArray host = firstOf(headers, "Host");
    const QString name
        = QUrl(u"http://"_s + QString::fromLatin1(host.first(std::min(host.size(), longestAuthority))))
              .host();
    return base::leadsToLoopback(name) ? QByteArray() : host;
}

} // namespace

QString forwardedOrigin(const base::Headers &headers)
{
    const QByteArray element = firstOf(headers, "Forwarded");
    QByteArray scheme = parameterOf(element, "proto");
    QByteArray authority = parameterOf(element, "host");
    if (scheme.isEmpty())
        scheme = firstOf(headers, "X-Forwarded-Proto");
    scheme = scheme.toLower();
    if (scheme != "http" && scheme != "https")
        return {};
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
