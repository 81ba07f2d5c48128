// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/fetch.h"
#include "base/random.h"
#include "oauth/callback.h"
#include "oauth/pkce.h"
#include "oauth/tokenrequest.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace gatehouse::oauth {

/// What one authorization asks for.
struct AuthorizationWish : TokenWish
{
    QString redirectUri = {};
};

/// One authorization code grant with PKCE (RFC 6749 §4.1, RFC 7636): the address that the browser goes to,
/// and the requests to the token endpoint. A value: whoever has it fetches. Every parameter is
/// percent-encoded once, so that a
/// "+" stays one.
class Authorization
{
public:
    Authorization(AuthorizationWish wish, const base::Random &random);

    /// A secret: holds the state. A query that the endpoint already has is kept (RFC 6749 §3.1).
    [[nodiscard]] QUrl address() const;
    /// What the answer is measured by.
    [[nodiscard]] Expectation expectation() const;
    /// The code for tokens.
    [[nodiscard]] base::FetchRequest exchange(const QByteArray &code, qint64 nowMs) const;
    /// A refresh token for new tokens (RFC 6749 §6), with the same resource.
    [[nodiscard]] base::FetchRequest refresh(const QByteArray &refreshToken, qint64 nowMs) const;

    [[nodiscard]] const Pkce &pkce() const { return m_pkce; }
    [[nodiscard]] QByteArray state() const { return m_state; }

private:
    AuthorizationWish m_wish;
    base::Random m_random;
    Pkce m_pkce;
    QByteArray m_state;
};

} // namespace gatehouse::oauth
