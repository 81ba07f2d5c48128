// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/authorization.h"

#include "web/form.h"

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

Authorization::Authorization(AuthorizationWish wish, const base::Random &random)
    : m_wish(std::move(wish))
    , m_random(random)
    , m_pkce(makePkce(random))
    , m_state(makeState(random))
{ }

QUrl Authorization::address() const
{
    web::Form form;
    form.add(u"response_type"_s, u"code"_s);
    form.add(u"client_id"_s, m_wish.client.id);
    form.add(u"redirect_uri"_s, m_wish.redirectUri);
    form.add(u"code_challenge"_s, QString::fromLatin1(m_pkce.challenge));
    form.add(u"code_challenge_method"_s, u"S256"_s);
    form.add(u"state"_s, QString::fromLatin1(m_state));
    if (!m_wish.resource.isEmpty())
        form.add(u"resource"_s, m_wish.resource);
    if (!m_wish.scopes.isEmpty())
        form.add(u"scope"_s, m_wish.scopes.join(u' '));
    QUrl url = m_wish.server.authorizationEndpoint;
    const QString own = url.query(QUrl::FullyEncoded);
    url.setQuery((own.isEmpty() ? QString() : own + u'&') + QString::fromLatin1(form.text()),
                 QUrl::StrictMode);
    return url;
}

Expectation Authorization::expectation() const
{
    return {m_state, m_wish.server.issuer, m_wish.resource, m_wish.server.sendsIssuer};
}

base::FetchRequest Authorization::exchange(const QByteArray &code, qint64 nowMs) const
{
    web::Form form;
    form.add(u"grant_type"_s, u"authorization_code"_s);
    form.add(u"code"_s, QString::fromUtf8(code));
    form.add(u"redirect_uri"_s, m_wish.redirectUri);
    form.add(u"code_verifier"_s, QString::fromLatin1(m_pkce.verifier));
    return tokenRequest(m_wish, form, nowMs, m_random);
}

base::FetchRequest Authorization::refresh(const QByteArray &refreshToken, qint64 nowMs) const
{
    web::Form form;
    form.add(u"grant_type"_s, u"refresh_token"_s);
    form.add(u"refresh_token"_s, QString::fromUtf8(refreshToken));
    return tokenRequest(m_wish, form, nowMs, m_random);
}

} // namespace gatehouse::oauth
