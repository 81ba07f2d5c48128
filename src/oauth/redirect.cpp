// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/redirect.h"

#include "oauth/words.h"
#include "web/loopback.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

base::Expected<Redirect, QString> readRedirect(const QString &uri)
{
    const QUrl url(uri, QUrl::StrictMode);
    const QByteArray path = url.path(QUrl::FullyEncoded).toLatin1();
    if (!url.isValid() || url.scheme() != "http"_L1 || !web::isLoopbackHost(url.host()))
        return base::failure(Words::tr("The browser is sent back to this machine only: "
                                       "http://127.0.0.1:PORT/… or http://localhost:PORT/…"));
    if (url.port() < 1 || path.size() < 2 || url.hasQuery() || url.hasFragment() || !url.userInfo().isEmpty())
        return base::failure(Words::tr("A redirect address has a port and a path and nothing behind it: "
                                       "http://127.0.0.1:33418/callback."));
    // What is registered, sent and compared is the text as it stands.
    if (url.toString(QUrl::FullyEncoded) != uri)
        return base::failure(
            Words::tr("Write the redirect address as %1.").arg(url.toString(QUrl::FullyEncoded)));
    return Redirect{uri, quint16(url.port()), path};
}

} // namespace gatehouse::oauth
