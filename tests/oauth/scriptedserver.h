// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "http/httpserver.h"
#include "http/message.h"
#include "oauth/callback.h"
#include "oauth/pkce.h"
#include "web/form.h"
#include "web/pkce.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QUrl>

#include <functional>

namespace gatehouse::oauth {

/// An MCP server and its authorization server on one free port, which behave; `odd` replaces the answer of a
/// path.
class ScriptedServer
{
public:
    using Answer = std::function<http::Response(const http::Request &)>;

    ScriptedServer()
        : m_server(http::wholeRequests([this](const http::Request &request, const http::Respond &respond) {
            const http::Response response = answer(request);
            if (isSilentOn(request)) {
                isWaiting = true;
                m_unanswered.append(respond); // For ever.
            } else {
                respond(response);
            }
        }))
    {
        m_port = m_server.listen(QHostAddress(QHostAddress::LocalHost), 0).value_or(0);
    }

    bool wantsToken = true;
    bool namesMetadata = true; ///< In its challenge.
    QByteArray token = "token-1"; ///< The one that is good now, and that is given out.
    QByteArray neededScope; ///< Of tools/call; empty: none.
    int expiresIn = 300;
    QByteArrayList forgotten; ///< Clients that it registered and knows no more.
    bool toolFails = false;
    QString toolText = QStringLiteral("Ada");
    QByteArray toolResult; ///< Instead, the JSON of the whole result as it is to be sent.
    QJsonObject tool = {{QStringLiteral("name"), QStringLiteral("get-profile")}};
    QString publicOrigin; ///< What it calls itself, where others reach it another way.
    QHash<QByteArray, Answer> odd; ///< By path.
    std::function<void(const QString &method)> before; ///< Each MCP message, and its token is judged.
    QByteArray silent; ///< The path or, with a token, RPC method that gets no answer.
    bool isWaiting = false; ///< Such a request came.
    QList<http::Request> asked;
    QByteArray authorizeQuery; ///< Of the last authorization request.
    QByteArray tokenBody; ///< Of the last token request.

    [[nodiscard]] QString origin() const
    {
        return publicOrigin.isEmpty() ? QStringLiteral("http://127.0.0.1:%1").arg(m_port) : publicOrigin;
    }
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QString mcp() const { return origin() + QStringLiteral("/mcp"); }
    [[nodiscard]] int count(const QByteArray &path) const
    {
        return int(std::count_if(asked.begin(), asked.end(),
                                 [&](const http::Request &request) { return request.path == path; }));
    }
    [[nodiscard]] static QByteArray field(const QByteArray &form, const QByteArray &name)
    {
        return web::onlyFormValue(form, name).value_or("<none>");
    }

    [[nodiscard]] QJsonObject resourceDocument() const
    {
        return {{QStringLiteral("resource"), mcp()},
                {QStringLiteral("authorization_servers"), QJsonArray({origin()})},
                {QStringLiteral("scopes_supported"), QJsonArray({QStringLiteral("mcp")})}};
    }
    [[nodiscard]] QJsonObject serverDocument() const
    {
        return {
            {QStringLiteral("issuer"), origin()},
            {QStringLiteral("authorization_endpoint"), origin() + QStringLiteral("/authorize?tenant=a%2Bb")},
            {QStringLiteral("token_endpoint"), origin() + QStringLiteral("/token")},
            {QStringLiteral("registration_endpoint"), origin() + QStringLiteral("/register")},
            {QStringLiteral("code_challenge_methods_supported"), QJsonArray({QStringLiteral("S256")})}};
    }
    static http::Response json(const QJsonObject &object, int status = 200)
    {
        return http::jsonResponse(status, base::writeJson(object));
    }
    static http::Response redirect(const QByteArray &location)
    {
        http::Response response = http::jsonResponse(302, {});
        response.headers.append({QByteArray("Location"), location});
        return response;
    }
    /// The way back that a good authorization server takes.
    [[nodiscard]] static QByteArray back(const http::Request &request, const QByteArray &query)
    {
        return field(request.query, "redirect_uri") + '?' + query + "&state=" + field(request.query, "state");
    }

private:
    http::Response answer(const http::Request &request)
    {
        asked.append(request);
        if (request.path == "/authorize")
            authorizeQuery = request.query;
        if (request.path == "/token")
            tokenBody = request.body;
        if (odd.contains(request.path))
            return odd.value(request.path)(request);
        if (request.path == "/.well-known/oauth-protected-resource/mcp")
            return json(resourceDocument());
        if (request.path == "/.well-known/oauth-authorization-server")
            return json(serverDocument());
        if (request.path == "/register")
            return json({{QStringLiteral("client_id"), QStringLiteral("client_%1").arg(++m_registered)}},
                        201);
        if (request.path == "/authorize")
            return forgotten.contains(field(request.query, "client_id"))
                ? http::jsonResponse(400, {})
                : redirect(back(request, "code=c%2Bd"));
        if (request.path == "/token")
            return forgotten.contains(field(tokenBody, "client_id"))
                ? json({{QStringLiteral("error"), QStringLiteral("invalid_client")}}, 401)
                : tokens();
        if (request.path == "/mcp")
            return mcpAnswer(request);
        return http::jsonResponse(404, {});
    }

    http::Response tokens() const
    {
        const bool refresh = field(tokenBody, "grant_type") == "refresh_token";
        const bool good = refresh ? field(tokenBody, "refresh_token") == "refresh-1"
                                  : field(tokenBody, "code") == "c+d"
                && web::codeChallengeOf(field(tokenBody, "code_verifier"))
                    == field(authorizeQuery, "code_challenge");
        if (!good || field(tokenBody, "resource") != mcp().toUtf8())
            return json({{QStringLiteral("error"), QStringLiteral("invalid_grant")}}, 400);
        return json({{QStringLiteral("access_token"), QString::fromLatin1(token)},
                     {QStringLiteral("token_type"), QStringLiteral("bearer")},
                     {QStringLiteral("expires_in"), expiresIn},
                     {QStringLiteral("refresh_token"), QStringLiteral("refresh-1")}});
    }

    http::Response mcpAnswer(const http::Request &request) const
    {
        const QJsonObject message = base::readJsonObject(request.body).value_or(QJsonObject());
        const QString method = message.value(QStringLiteral("method")).toString();
        if (before)
            before(method);
        const auto authorization = base::onlyValueOf(request.headers, "Authorization");
        if (wantsToken && authorization != "Bearer " + token && authorization != "DPoP " + token)
            return refuse(401, {});
        if (request.method == "DELETE")
            return http::jsonResponse(204, {});
        QJsonObject result;
        if (method == QStringLiteral("notifications/initialized"))
            return http::jsonResponse(202, {});
        if (method == QStringLiteral("initialize")) {
            result = {{QStringLiteral("protocolVersion"), QStringLiteral("2025-11-25")},
                      {QStringLiteral("capabilities"), QJsonObject()},
                      {QStringLiteral("serverInfo"),
                       QJsonObject{{QStringLiteral("name"), QStringLiteral("scripted")}}}};
        } else if (method == QStringLiteral("tools/list")) {
            result = {{QStringLiteral("tools"), QJsonArray{tool}}};
        } else if (method == QStringLiteral("tools/call")) {
            if (!neededScope.isEmpty() && !field(authorizeQuery, "scope").split(' ').contains(neededScope))
                return refuse(403, "error=\"insufficient_scope\", scope=\"" + neededScope + "\", ");
            const QJsonObject text{{QStringLiteral("type"), QStringLiteral("text")},
                                   {QStringLiteral("text"), toolText}};
            result
                = {{QStringLiteral("content"), QJsonArray({text})}, {QStringLiteral("isError"), toolFails}};
        }
        if (method == QStringLiteral("tools/call") && !toolResult.isEmpty()) {
            const QByteArray id = base::writeJson(message.value(QStringLiteral("id")));
            return http::jsonResponse(200,
                                      R"({"jsonrpc":"2.0","id":)" + id + R"(,"result":)" + toolResult + '}');
        }
        http::Response response = json({{QStringLiteral("jsonrpc"), QStringLiteral("2.0")},
                                        {QStringLiteral("id"), message.value(QStringLiteral("id"))},
                                        {QStringLiteral("result"), result}});
        response.headers.append({QByteArray("Mcp-Session-Id"), QByteArray("session-1")});
        return response;
    }

    http::Response refuse(int status, const QByteArray &more) const
    {
        http::Response response = http::jsonResponse(status, {});
        const QByteArray named
            = "resource_metadata=\"" + origin().toUtf8() + "/.well-known/oauth-protected-resource/mcp\"";
        response.headers.append(
            {QByteArray("WWW-Authenticate"), "Bearer " + more + (namesMetadata ? named : "realm=\"mcp\"")});
        return response;
    }

    [[nodiscard]] bool isSilentOn(const http::Request &request) const
    {
        if (silent.isEmpty() || silent.startsWith('/'))
            return request.path == silent;
        return base::onlyValueOf(request.headers, "Authorization")
            && request.body.contains("\"method\":\"" + silent + '"');
    }

    QList<http::Respond> m_unanswered;
    http::HttpServer m_server;
    quint16 m_port = 0;
    int m_registered = 0;
};

} // namespace gatehouse::oauth
