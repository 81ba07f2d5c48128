// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/pkce.h"

#include "base/base64url.h"
#include "web/pkce.h"

namespace gatehouse::oauth {

Pkce makePkce(const base::Random &random)
{
    const QByteArray verifier = base::toBase64Url(random(32));
    return {verifier, web::codeChallengeOf(verifier)};
}

QByteArray makeState(const base::Random &random)
{
    return base::toBase64Url(random(32));
}

} // namespace gatehouse::oauth
