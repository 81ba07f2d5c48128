// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/issuermetadata.h"
#include "auth/keysource.h"

#include <QJsonObject>
#include <QString>

namespace gatehouse::server {

/// What a server tells its clients of itself, and what it has read of its issuer.
struct IssuerReport
{
    QString issuer = {}; ///< Empty: nobody is asked for a token, and nothing of the issuer is known.
    QString place = {}; ///< Where its own document is, as clients are told.
    QJsonObject resource = {}; ///< That document (RFC 9728).
    auth::PassedThrough authorizationServer = {}; ///< RFC 8414
    auth::PassedThrough openId = {}; ///< OpenID Connect Discovery
    auth::KeyReport keys = {};
    bool isAnew = false; ///< The issuer was asked for it.
};

} // namespace gatehouse::server
