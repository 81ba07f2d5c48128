// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/keysource.h"
#include "base/json.h"
#include "endpoint/endpoint.h"
#include "keys/signingkey.h"
#include "support/scriptedfetcher.h"
#include "support/wait.h"
#include "tools/profile.h"

#include <QTest>

#include <memory>
#include <optional>

namespace gatehouse::test {

using namespace Qt::StringLiterals;

inline constexpr qint64 nowMs = 1'800'000'000'000;
inline const QString issuer = u"https://acme.authkit.app"_s;
inline const QString resource = u"https://gate.example/team/mcp"_s;
inline const QJsonObject header{{u"alg"_s, u"RS256"_s}, {u"kid"_s, u"k1"_s}};

/// Keeps what it hears and checks the order: each id begins once and ends once.
class Recorder : public exchange::Sink
{
public:
    void began(const exchange::Exchange &exchange) override
    {
        if (open.contains(exchange.id))
            QTest::qFail("began twice", __FILE__, __LINE__);
        open.append(exchange.id);
        begun.append(exchange);
    }
    void streams(const exchange::Exchange &exchange) override
    {
        if (!open.contains(exchange.id))
            QTest::qFail("streams what has not begun", __FILE__, __LINE__);
        streaming.append(exchange);
    }
    void ended(const exchange::Exchange &exchange) override
    {
        if (!open.removeOne(exchange.id))
            QTest::qFail("ended without a beginning", __FILE__, __LINE__);
        all.append(exchange);
    }
    [[nodiscard]] qsizetype bodyBudget() const override { return 256 * 1024; }
    void forget()
    {
        open.clear();
        begun.clear();
        streaming.clear();
        all.clear();
    }
    QList<quint64> open;
    QList<exchange::Exchange> begun;
    QList<exchange::Exchange> streaming;
    QList<exchange::Exchange> all;
};

/// A server behind the gate, without a socket: requests in, answers out.
class Served
{
protected:
    void start(bool withGate = true);
    http::Response send(http::Request request);
    http::Request post(const QJsonValue &message, const QByteArray &token);
    QByteArray token(const QString &user = u"user_1"_s, const QString &scope = u"openid"_s,
                     const QJsonObject &more = {});

    std::optional<keys::SigningKey> m_key = keys::SigningKey::generate(u"k1"_s, 0).value();
    std::unique_ptr<test::ScriptedFetcher> m_fetcher;
    std::unique_ptr<auth::KeySource> m_keys;
    std::unique_ptr<auth::AuthGate> m_gate;
    std::unique_ptr<auth::IssuerMetadata> m_issuer;
    std::unique_ptr<mcp::Features> m_features;
    std::unique_ptr<mcp::Dispatcher> m_dispatcher;
    std::unique_ptr<endpoint::Endpoint> m_endpoint;
    Recorder m_recorder;
    qsizetype m_maximumBodyBytes = 2000;
    std::chrono::milliseconds m_patience = endpoint::EndpointSettings().patience;
};

inline void Served::start(bool withGate)
{
    const auto clock = [] { return nowMs; };
    m_recorder.forget();
    m_fetcher = std::make_unique<test::ScriptedFetcher>();
    const QByteArray set = base::writeJson(QJsonObject{{u"keys"_s, QJsonArray({m_key->publicJwk()})}});
    m_fetcher->answers.insert(issuer + "/oauth2/jwks"_L1, {200, set});
    m_fetcher->answers.insert(issuer + "/.well-known/oauth-authorization-server"_L1,
                              {200, R"({"issuer":"a"})"});
    m_fetcher->answers.insert(issuer + "/.well-known/openid-configuration"_L1, {200, R"({"issuer":"b"})"});
    m_keys = std::make_unique<auth::KeySource>(QUrl(issuer + "/oauth2/jwks"_L1), m_fetcher.get(), clock);
    auth::Policy policy;
    policy.issuer = issuer;
    policy.resource = resource;
    m_gate = std::make_unique<auth::AuthGate>(policy, m_keys.get(), clock);
    m_issuer = std::make_unique<auth::IssuerMetadata>(issuer, m_fetcher.get(), clock);
    m_dispatcher.reset();
    m_features = std::make_unique<mcp::Features>();
    m_dispatcher = std::make_unique<mcp::Dispatcher>(mcp::ServerDescription{}, m_features.get(), clock,
                                                     base::systemRandom());
    QVERIFY(m_features->addTool(tools::profileTool()));
    mcp::Tool guarded = tools::profileTool();
    guarded.name = u"guarded"_s;
    guarded.needs.scopes = {u"files:read"_s, u"files:write"_s};
    QVERIFY(m_features->addTool(guarded));
    guarded.name = u"members"_s;
    guarded.needs = {{}, {u"members:manage"_s}, {}};
    QVERIFY(m_features->addTool(guarded));
    endpoint::EndpointSettings settings;
    settings.metadata = {resource, issuer, {u"openid"_s}};
    settings.maximumBodyBytes = m_maximumBodyBytes;
    settings.patience = m_patience;
    settings.origins.hosts = {"gate.example"_ba};
    m_endpoint = std::make_unique<endpoint::Endpoint>(
        settings,
        endpoint::Endpoint::Parts{m_dispatcher.get(), withGate ? m_gate.get() : nullptr,
                                  withGate ? m_issuer.get() : nullptr},
        clock);
    m_endpoint->setSink(&m_recorder);
}

inline QByteArray Served::token(const QString &user, const QString &scope, const QJsonObject &more)
{
    QJsonObject claims{{u"iss"_s, issuer},
                       {u"aud"_s, resource},
                       {u"sub"_s, user},
                       {u"exp"_s, nowMs / 1000 + 300},
                       {u"email"_s, user + u"@example.com"_s},
                       {u"scope"_s, scope}};
    for (auto it = more.begin(); it != more.end(); ++it)
        claims.insert(it.key(), it.value());
    return m_key->sign(header, base::writeJson(claims));
}

inline http::Request Served::post(const QJsonValue &message, const QByteArray &token)
{
    http::Request request;
    request.method = "POST";
    request.path = "/mcp";
    request.headers = {{"Host"_ba, "localhost:3000"_ba}, {"Content-Type"_ba, "application/json"_ba}};
    if (!token.isEmpty())
        request.headers.append({"Authorization"_ba, "Bearer " + token});
    request.body
        = message.isArray() ? base::writeJson(message.toArray()) : base::writeJson(message.toObject());
    request.peer = QHostAddress(QHostAddress::LocalHost);
    request.peerPort = 51234;
    return request;
}

inline http::Response Served::send(http::Request request)
{
    int answers = 0;
    http::Response response;
    m_endpoint->handle(request, [&](const http::Response &given) {
        response = given;
        ++answers;
    });
    if (!gatehouse::waitFor([&] { return answers > 0; }, 5000) || answers != 1)
        QTest::qFail("every request is answered exactly once", __FILE__, __LINE__);
    return response;
}

inline QByteArray headerOf(const http::Response &response, const QByteArray &name)
{
    return base::onlyValueOf(response.headers, name).value_or(QByteArray());
}

inline QJsonObject bodyOf(const http::Response &response)
{
    return base::readJsonObject(response.body).value_or(QJsonObject());
}

inline QJsonObject modernCall(const QString &tool = u"get-profile"_s)
{
    const QJsonObject meta{{u"io.modelcontextprotocol/protocolVersion"_s, u"2026-07-28"_s},
                           {u"io.modelcontextprotocol/clientCapabilities"_s, QJsonObject()},
                           {u"io.modelcontextprotocol/clientInfo"_s,
                            QJsonObject{{u"name"_s, u"tester"_s}, {u"version"_s, u"3"_s}}}};
    return {{u"jsonrpc"_s, u"2.0"_s},
            {u"id"_s, 1},
            {u"method"_s, u"tools/call"_s},
            {u"params"_s, QJsonObject{{u"name"_s, tool}, {u"_meta"_s, meta}}}};
}

inline http::Request asModern(http::Request request, const QByteArray &tool = "get-profile"_ba)
{
    request.headers += base::Headers{{"MCP-Protocol-Version"_ba, "2026-07-28"_ba},
                                     {"Mcp-Method"_ba, "tools/call"_ba},
                                     {"Mcp-Name"_ba, tool}};
    return request;
}

} // namespace gatehouse::test
