// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/clients.h"

#include "base/ulid.h"
#include "http/originrule.h"
#include "sandbox/identifier.h"

#include <QJsonArray>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::sandbox {

namespace {

constexpr qsizetype maximumClients = 500;
constexpr qsizetype maximumRedirectUris = 20;
constexpr qsizetype maximumUriLength = 2000;
constexpr qsizetype maximumNameLength = 200;

OAuthError metadataError(const QString &description)
{
    return {400, u"invalid_client_metadata"_s, description};
}

OAuthError redirectError(const QString &description)
{
    return {400, u"invalid_redirect_uri"_s, description};
}

/// Schemes that open a program on this machine: RFC 8252 §7.1 wants a dot in them, editors have none.
bool isPrivateUseScheme(const QString &scheme)
{
    static const QStringList editors
        = {u"cursor"_s, u"vscode"_s, u"vscode-insiders"_s, u"windsurf"_s, u"zed"_s};
    return scheme.contains(u'.') || editors.contains(scheme);
}

base::Expected<void, OAuthError> judgeRedirectUri(const QString &uri)
{
    const QUrl url(uri, QUrl::StrictMode);
    const auto isPlain
        = [](QChar c) { return c > u' ' && c <= u'~' && c != u'"' && c != u'<' && c != u'>' && c != u'\\'; };
    if (uri.size() > maximumUriLength || !url.isValid() || url.isRelative()
        || !std::all_of(uri.begin(), uri.end(), isPlain))
        return base::failure(
            redirectError(u"Each of redirect_uris is an absolute URI of at most 2000 ASCII characters."_s));
    if (uri.contains(u'#'))
        return base::failure(
            redirectError(u"A redirect URI has no fragment: leave out what starts with '#'."_s));
    if (!url.userInfo().isEmpty() || uri.section(u'/', 2, 2).contains(u'@'))
        return base::failure(
            redirectError(u"A redirect URI names no user: leave out what stands before '@'."_s));
    if (url.scheme() == "http"_L1 && !isLoopbackRedirect(uri)) {
        return base::failure(redirectError(
            u"Plain http is for this machine only: use http://127.0.0.1, http://[::1] or http://localhost, else https."_s));
    }
    if (url.scheme() == "https"_L1 && url.host().isEmpty())
        return base::failure(redirectError(u"A redirect URI names a host."_s));
    if (url.scheme() != "http"_L1 && url.scheme() != "https"_L1 && !isPrivateUseScheme(url.scheme())) {
        return base::failure(redirectError(
            u"A redirect URI begins with http://127.0.0.1, with https:// or with a scheme like com.example.app:."_s));
    }
    return {};
}

base::Expected<QStringList, OAuthError> readRedirectUris(const QJsonValue &value)
{
    const QJsonArray all = value.toArray();
    if (all.isEmpty() || all.size() > maximumRedirectUris)
        return base::failure(redirectError(u"Send redirect_uris as an array of 1 to 20 strings."_s));
    QStringList uris;
    for (const QJsonValue one : all) {
        if (!one.isString())
            return base::failure(redirectError(u"Each of redirect_uris is a string."_s));
        if (const auto fit = judgeRedirectUri(one.toString()); !fit)
            return base::failure(fit.error());
        uris.append(one.toString());
    }
    return uris;
}

/// An optional member that is a string without control characters.
base::Expected<QString, OAuthError> readText(const QJsonObject &metadata, const QString &name,
                                             const QString &fallback)
{
    const QJsonValue value = metadata.value(name);
    if (value.isUndefined())
        return fallback;
    const QString text = value.toString();
    const bool isClean = std::none_of(text.begin(), text.end(),
                                      [](QChar c) { return c.category() == QChar::Other_Control; });
    if (!value.isString() || text.size() > maximumNameLength || !isClean)
        return base::failure(
            metadataError(u"%1 is a string of at most 200 characters in one line."_s.arg(name)));
    return text;
}

/// Which of the wanted ones are had here; RFC 7591 §2 lets the server leave out others, and the answer says
/// so.
base::Expected<QStringList, OAuthError> readChoice(const QJsonObject &metadata, const QString &name,
                                                   const QStringList &known)
{
    const QJsonValue value = metadata.value(name);
    if (value.isUndefined())
        return known;
    QStringList chosen;
    for (const QString &one : known) {
        if (value.toArray().contains(one))
            chosen.append(one);
    }
    if (!chosen.contains(known.first()))
        return base::failure(metadataError(u"%1 is an array that contains '%2'."_s.arg(name, known.first())));
    return chosen;
}

/// All but its id, its secret and its times.
base::Expected<RegisteredClient, OAuthError> readMetadata(const QJsonObject &metadata,
                                                          const QString &usualMethod)
{
    const auto uris = readRedirectUris(metadata.value("redirect_uris"_L1));
    if (!uris)
        return base::failure(uris.error());
    const auto grants = readChoice(metadata, u"grant_types"_s, {u"authorization_code"_s, u"refresh_token"_s});
    if (!grants)
        return base::failure(grants.error());
    if (const auto types = readChoice(metadata, u"response_types"_s, {u"code"_s}); !types)
        return base::failure(types.error());
    const auto name = readText(metadata, u"client_name"_s, u"A client without a name"_s);
    const auto type = readText(metadata, u"application_type"_s, {});
    const auto method = readText(metadata, u"token_endpoint_auth_method"_s, usualMethod);
    for (const auto *text : {&name, &type, &method}) {
        if (!*text)
            return base::failure(text->error());
    }
    return RegisteredClient{{}, *name, {}, *method, *type, *uris, *grants};
}

} // namespace

bool isLoopbackRedirect(const QString &uri)
{
    const QString prefix = u"http://"_s;
    if (!uri.startsWith(prefix))
        return false;
    // The authority as it is written, up to the path or query: what a browser would go to.
    const QStringView rest = QStringView(uri).sliced(prefix.size());
    const auto end
        = std::find_if(rest.begin(), rest.end(), [](QChar c) { return c == u'/' || c == u'?' || c == u'#'; });
    return http::isLoopbackAuthority(rest.first(end - rest.begin()).toUtf8());
}

Clients::Clients(base::Clock clock, base::Random random)
    : m_clock(std::move(clock))
    , m_random(std::move(random))
{ }

RegisteredClient Clients::keep(RegisteredClient client)
{
    client.issuedAt = m_clock() / 1000;
    client.lastUse = ++m_uses;
    if (m_clients.size() >= maximumClients && !m_clients.contains(client.id)) {
        const auto idle = std::min_element(
            m_clients.begin(), m_clients.end(),
            [](const RegisteredClient &a, const RegisteredClient &b) { return a.lastUse < b.lastUse; });
        m_clients.erase(idle);
    }
    m_clients.insert(client.id, client);
    return client;
}

base::Expected<RegisteredClient, OAuthError> Clients::add(const QJsonObject &metadata)
{
    auto client = readMetadata(metadata, u"client_secret_basic"_s); // RFC 7591 §2
    if (!client)
        return client;
    const QString &method = client->authMethod;
    if (!client->isPublic() && method != "client_secret_post"_L1 && method != "client_secret_basic"_L1) {
        return base::failure(metadataError(
            u"token_endpoint_auth_method is 'none' for a client without a secret, 'client_secret_post' or 'client_secret_basic'."_s));
    }
    client->id = u"client_"_s + base::ulid(m_clock(), m_random);
    if (!client->isPublic())
        client->secret = newSecret(m_random);
    return keep(*client);
}

base::Expected<RegisteredClient, OAuthError> Clients::know(const QString &id, const QJsonObject &document)
{
    auto client = readMetadata(document, u"none"_s);
    if (!client)
        return client;
    if (!client->isPublic())
        return base::failure(metadataError(
            u"token_endpoint_auth_method is 'none': everybody can read the document, so it can name no secret, and keys are not taken here."_s));
    client->id = id;
    return keep(*client);
}

const RegisteredClient *Clients::find(const QString &id)
{
    const auto it = m_clients.find(id);
    if (it == m_clients.end())
        return nullptr;
    it->lastUse = ++m_uses;
    return &*it;
}

QJsonObject registrationAnswer(const RegisteredClient &client)
{
    QJsonObject answer{{u"client_id"_s, client.id},
                       {u"client_id_issued_at"_s, client.issuedAt},
                       {u"client_name"_s, client.name},
                       {u"redirect_uris"_s, QJsonArray::fromStringList(client.redirectUris)},
                       {u"grant_types"_s, QJsonArray::fromStringList(client.grantTypes)},
                       {u"response_types"_s, QJsonArray({u"code"_s})},
                       {u"token_endpoint_auth_method"_s, client.authMethod}};
    if (!client.applicationType.isEmpty())
        answer.insert(u"application_type"_s, client.applicationType);
    if (!client.isPublic()) {
        answer.insert(u"client_secret"_s, client.secret);
        answer.insert(u"client_secret_expires_at"_s, 0);
    }
    return answer;
}

} // namespace gatehouse::sandbox
