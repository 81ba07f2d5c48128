// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/document.h"

namespace gatehouse::oauth {

base::Expected<QJsonObject, base::JsonError> readDocument(QByteArrayView body)
{
    constexpr QByteArrayView mark("\xef\xbb\xbf");
    return base::readJsonObject(body.startsWith(mark) ? body.sliced(mark.size()) : body);
}

QJsonObject withoutNulls(QJsonObject document)
{
    for (auto member = document.begin(); member != document.end();)
        member = member->isNull() ? document.erase(member) : std::next(member);
    return document;
}

bool speaksFor(QByteArrayView body, QLatin1StringView member)
{
    const auto document = readDocument(body);
    return document && document->value(member).isString();
}

} // namespace gatehouse::oauth
