// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/forwarded.h"

#include "web/origin.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::web {

namespace {

constexpr qsizetype longestAuthority = 262; // A name of 255 characters with a port.

/// Up to the first of `ends` that stands outside quotes.
QByteArray upTo(const QByteArray &text, QByteArrayView ends)
{
    bool isQuoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == '"')
            isQuoted = !isQuoted;
        else if (!isQuoted && ends.contains(text[i]))
            return text.first(i);
    }
    return text;
}

/// The value of a parameter in the first element of Forwarded.
QByteArray parameterOf(const QByteArray &element, QByteArrayView name)
{
    for (QByteArray rest = element; !rest.isEmpty();) {
        const QByteArray pair = upTo(rest, ";");
        rest = rest.sliced(std::min(pair.size() + 1, rest.size()));
        const qsizetype equals = pair.indexOf('=');
        if (equals < 0 || !base::isSameName(pair.first(equals).trimmed(), name))
            continue;
        QByteArray value = pair.sliced(equals + 1).trimmed();
        if (value.size() >= 2 && value.startsWith('"') && value.endsWith('"'))
            value = value.sliced(1, value.size() - 2);
        return value;
    }
    return {};
}

QByteArray firstOf(const base::Headers &headers, QByteArrayView name)
{
    const QList<QByteArray> values = base::valuesOf(headers, name);
    return values.isEmpty() ? QByteArray() : upTo(values.first(), ",").trimmed();
}

} // namespace

QString forwardedOrigin(const base::Headers &headers)
{
    const QByteArray element = firstOf(headers, "Forwarded");
    QByteArray scheme = parameterOf(element, "proto");
    QByteArray authority = parameterOf(element, "host");
    if (scheme.isEmpty()) {
        scheme = firstOf(headers, "X-Forwarded-Proto");
        authority = firstOf(headers, "X-Forwarded-Host");
    }
    if (authority.isEmpty())
        authority = firstOf(headers, "Host");
    scheme = scheme.toLower();
    // Names of other letters come in their ASCII form.
    const bool isVisible
        = std::all_of(authority.begin(), authority.end(), [](char c) { return c > 0x20 && c < 0x7F; });
    const bool isWeb = scheme == "http" || scheme == "https";
    if (!isWeb || !isVisible || authority.isEmpty() || authority.size() > longestAuthority
        || authority.contains('@'))
        return {};
    const QUrl url(QString::fromLatin1(scheme + "://" + authority), QUrl::StrictMode);
    const bool isOrigin = url.isValid() && !url.host().isEmpty() && url.path().isEmpty() && !url.hasQuery()
        && !url.hasFragment();
    return isOrigin ? originOf(url) : QString();
}

} // namespace gatehouse::web
