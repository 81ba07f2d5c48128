// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/authorization.h"

#include <QPair>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

namespace {

constexpr int tokenMs = 15'000;

class Form
{
public:
    void add(QByteArrayView name, const QString &value)
    {
        if (!m_text.isEmpty())
            m_text += '&';
        m_text += name.toByteArray() + '=' + QUrl::toPercentEncoding(value);
    }
    [[nodiscard]] QByteArray text() const { return m_text; }

private:
    QByteArray m_text;
};

/// RFC 6749 §2.3.1: both halves are form-encoded before they are joined.
QByteArray basic(const Client &client)
{
    return "Basic "
        + (QUrl::toPercentEncoding(client.id) + ':' + QUrl::toPercentEncoding(client.secret)).toBase64();
}

base::FetchRequest tokenRequest(const AuthorizationWish &wish, Form form)
{
    base::FetchRequest request;
    request.method = "POST";
    request.url = wish.server.tokenEndpoint;
    request.timeoutMs = tokenMs;
    request.headers
        = {{"Content-Type"_ba, "application/x-www-form-urlencoded"_ba}, {"Accept"_ba, "application/json"_ba}};
    form.add("resource", wish.resource);
    if (wish.client.authMethod == "client_secret_basic"_L1)
        request.headers.append({"Authorization"_ba, basic(wish.client)});
    else
        form.add("client_id", wish.client.id);
    if (wish.client.authMethod == "client_secret_post"_L1)
        form.add("client_secret", wish.client.secret);
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
    Form form;
    form.add("response_type", u"code"_s);
    form.add("client_id", m_wish.client.id);
    form.add("redirect_uri", m_wish.redirectUri);
    form.add("code_challenge", QString::fromLatin1(m_pkce.challenge));
    form.add("code_challenge_method", u"S256"_s);
    form.add("state", QString::fromLatin1(m_state));
    form.add("resource", m_wish.resource);
    if (!m_wish.scopes.isEmpty())
        form.add("scope", m_wish.scopes.join(u' '));
    QUrl url = m_wish.server.authorizationEndpoint;
    const QString own = url.query(QUrl::FullyEncoded);
    url.setQuery((own.isEmpty() ? QString() : own + u'&') + QString::fromLatin1(form.text()),
                 QUrl::StrictMode);
    return url;
}

Expectation Authorization::expectation() const
{
    return {m_state, m_wish.server.issuer, m_wish.server.sendsIssuer};
}

base::FetchRequest Authorization::exchange(const QByteArray &code) const
{
    Form form;
    form.add("grant_type", u"authorization_code"_s);
    form.add("code", QString::fromUtf8(code));
    form.add("redirect_uri", m_wish.redirectUri);
    form.add("code_verifier", QString::fromLatin1(m_pkce.verifier));
    return tokenRequest(m_wish, form);
}

base::FetchRequest Authorization::refresh(const QByteArray &refreshToken) const
{
    Form form;
    form.add("grant_type", u"refresh_token"_s);
    form.add("refresh_token", QString::fromUtf8(refreshToken));
    return tokenRequest(m_wish, form);
}

} // namespace gatehouse::oauth
