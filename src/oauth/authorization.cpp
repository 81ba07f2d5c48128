// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/authorization.h"

#include "web/form.h"

#include <QPair>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

namespace {

constexpr int tokenMs = 15'000;

/// RFC 6749 §2.3.1: both halves are form-encoded before they are joined.
QByteArray basic(const ClientRegistration &client)
{
    return "Basic "
        + (QUrl::toPercentEncoding(client.id) + ':' + QUrl::toPercentEncoding(client.secret)).toBase64();
}

base::FetchRequest tokenRequest(const AuthorizationWish &wish, web::Form form)
{
    base::FetchRequest request;
    request.method = "POST";
    request.url = wish.server.tokenEndpoint;
    request.timeoutMs = tokenMs;
    request.headers
        = {{"Content-Type"_ba, "application/x-www-form-urlencoded"_ba}, {"Accept"_ba, "application/json"_ba}};
    if (!wish.resource.isEmpty())
        form.add(u"resource"_s, wish.resource);
    if (wish.client.authMethod == "client_secret_basic"_L1)
        request.headers.append({"Authorization"_ba, basic(wish.client)});
    else
        form.add(u"client_id"_s, wish.client.id);
    if (wish.client.authMethod == "client_secret_post"_L1)
        form.add(u"client_secret"_s, wish.client.secret);
    request.body = form.text();
    return request;
}

} // namespace

Authorization::Authorization(AuthorizationWish wish, const base::Random &random)
    : m_wish(std::move(wish))
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

base::FetchRequest Authorization::exchange(const QByteArray &code) const
{
    web::Form form;
    form.add(u"grant_type"_s, u"authorization_code"_s);
    form.add(u"code"_s, QString::fromUtf8(code));
    form.add(u"redirect_uri"_s, m_wish.redirectUri);
    form.add(u"code_verifier"_s, QString::fromLatin1(m_pkce.verifier));
    return tokenRequest(m_wish, form);
}

base::FetchRequest Authorization::refresh(const QByteArray &refreshToken) const
{
    web::Form form;
    form.add(u"grant_type"_s, u"refresh_token"_s);
    form.add(u"refresh_token"_s, QString::fromUtf8(refreshToken));
    return tokenRequest(m_wish, form);
}

} // namespace gatehouse::oauth
