// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/oautherror.h"

#include "base/json.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::sandbox {

QString wireText(const QString &text)
{
    QString out = text;
    std::replace_if(
        out.begin(), out.end(), [](QChar c) { return c < u' ' || c > u'~' || c == u'"' || c == u'\\'; },
        u'?');
    return out;
}

http::Response errorResponse(const OAuthError &error)
{
    http::Response response = http::jsonResponse(
        error.status,
        base::writeJson(
            QJsonObject{{u"error"_s, error.error}, {u"error_description"_s, wireText(error.description)}}));
    response.headers.append({"Cache-Control"_ba, "no-store"_ba});
    if (error.status == 401 && error.error == "invalid_client"_L1)
        response.headers.append({"WWW-Authenticate"_ba, "Basic realm=\"AuthKit\""_ba}); // RFC 6749 §5.2
    return response;
}

} // namespace gatehouse::sandbox
