// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/pkce.h"

#include "base/base64url.h"
#include "base/characters.h"

#include <QCryptographicHash>

namespace gatehouse::web {

bool isCodeVerifier(QByteArrayView text)
{
    return text.size() >= 43 && text.size() <= 128 && base::isUnreserved(text);
}

bool isCodeChallenge(QByteArrayView text)
{
    const auto bytes = base::fromBase64Url(text.toByteArray());
    return text.size() == 43 && bytes && bytes->size() == 32;
}

QByteArray codeChallengeOf(QByteArrayView verifier)
{
    return base::toBase64Url(QCryptographicHash::hash(verifier.toByteArray(), QCryptographicHash::Sha256));
}

} // namespace gatehouse::web
