// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/originrule.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::http {

namespace {

bool isLoopbackOrigin(QByteArrayView origin)
{
    for (const QByteArrayView scheme : {QByteArrayView("http://"), QByteArrayView("https://")}) {
        if (origin.startsWith(scheme))
            return isLoopbackAuthority(origin.sliced(scheme.size()));
    }
    return false;
}

} // namespace

bool isLoopbackAuthority(QByteArrayView authority)
{
    const QByteArray lower = authority.toByteArray().toLower();
    for (const QByteArrayView name :
         {QByteArrayView("localhost"), QByteArrayView("127.0.0.1"), QByteArrayView("[::1]")}) {
        if (!lower.startsWith(name))
            continue;
        const QByteArrayView rest = QByteArrayView(lower).sliced(name.size());
        if (rest.isEmpty())
            return true;
        // The whole rest is judged: cutting at the colon would let 127.0.0.1:3000@evil.example through.
        const QByteArrayView digits = rest.sliced(1);
        return rest.front() == ':' && !digits.isEmpty() && digits.size() <= 5
            && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    }
    return false;
}

OriginRule::Answer OriginRule::judge(const base::Headers &headers) const
{
    const QList<QByteArray> named = base::valuesOf(headers, "Host");
    if (named.isEmpty())
        return Answer::NoHost;
    if (named.size() != 1 || !(isLoopbackAuthority(named.first()) || hosts.contains(named.first().toLower())))
        return Answer::ForeignHost;
    const QList<QByteArray> from = base::valuesOf(headers, "Origin");
    if (from.isEmpty())
        return Answer::Allowed;
    const bool ours = from.size() == 1 && (isLoopbackOrigin(from.first()) || origins.contains(from.first()));
    return ours ? Answer::Allowed : Answer::ForeignOrigin;
}

QString describe(OriginRule::Answer answer)
{
    switch (answer) {
    case OriginRule::Answer::Allowed:
        return u"Host and Origin are ours."_s;
    case OriginRule::Answer::NoHost:
        return u"The request has no Host header."_s;
    case OriginRule::Answer::ForeignHost:
        return u"The Host header does not name this server."_s;
    case OriginRule::Answer::ForeignOrigin:
        return u"Pages of this Origin may not call this server."_s;
    }
    return {};
}

} // namespace gatehouse::http
