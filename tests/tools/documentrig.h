// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "mcp/dispatcher.h"
#include "protocol/methodtable.h"
#include "protocol/revision.h"
#include "support/collected.h"
#include "support/wait.h"
#include "tools/documents.h"

#include <QJsonArray>
#include <QJsonObject>

#include <memory>

namespace gatehouse::test {

/// A protocol engine that offers documents, and callers of it.
struct DocumentRig
{
    using Peer = std::shared_ptr<Collected>;
    explicit DocumentRig(const QString &address, tools::Documents::State state = {})
        : documents(std::make_unique<tools::Documents>(features, *store::addressFrom(address),
                                                       base::systemClock(), base::systemRandom(),
                                                       std::move(state)))
        , dispatcher({}, &features, base::systemClock(), base::systemRandom())
    { }

    /// `permissions` null: the token has none.
    [[nodiscard]] static mcp::Caller caller(const QString &user, const QString &organization,
                                            const std::optional<QStringList> &permissions = {})
    {
        mcp::Caller made;
        made.authenticated = made.verified = true;
        made.issuer = QStringLiteral("https://acme.authkit.app");
        made.userId = user;
        made.organizationId = organization;
        made.clientId = QStringLiteral("client_1");
        if (permissions) {
            made.permissions = *permissions;
            made.claims.insert(QStringLiteral("permissions"), QJsonArray::fromStringList(*permissions));
        }
        return made;
    }
    [[nodiscard]] static mcp::Incoming incoming(const mcp::Caller &caller)
    {
        mcp::Incoming made;
        made.caller = caller;
        made.allows = [organization = caller.organizationId](const base::AccessRequirements &needs) {
            return needs.organizations.isEmpty() || needs.organizations.contains(organization);
        };
        return made;
    }
    [[nodiscard]] static QJsonObject message(const QString &method, const QJsonObject &params, int id = 1)
    {
        return {{QStringLiteral("jsonrpc"), QStringLiteral("2.0")},
                {QStringLiteral("id"), id},
                {QStringLiteral("method"), method},
                {QStringLiteral("params"), params}};
    }
    /// Of the newest revision, where a request needs no session.
    Peer send(const mcp::Caller &caller, const QString &method, QJsonObject params)
    {
        mcp::Incoming made = incoming(caller);
        made.headers.protocolVersion = protocol::modernRevision.latin1();
        made.headers.method = method.toUtf8();
        params.insert(QStringLiteral("_meta"),
                      QJsonObject{{protocol::meta::protocolVersion, QString(protocol::modernRevision)},
                                  {protocol::meta::clientCapabilities, QJsonObject()}});
        for (const QString &member : {QStringLiteral("name"), QStringLiteral("uri")}) {
            if (params.contains(member))
                made.headers.name = params.value(member).toString().toUtf8();
        }
        made.body = message(method, params);
        const auto peer = std::make_shared<Collected>();
        dispatcher.handle(made, peer);
        return peer;
    }
    /// The result, or the error as a result with "error".
    QJsonObject ask(const mcp::Caller &caller, const QString &method, const QJsonObject &params)
    {
        const Peer peer = send(caller, method, params);
        if (!waitFor([&] { return peer->ends > 0; }, 20'000))
            return {{QStringLiteral("error"), QStringLiteral("nobody answered")}};
        const QJsonObject body = peer->body();
        return body.contains(QStringLiteral("result")) ? body.value(QStringLiteral("result")).toObject()
                                                       : body;
    }
    QJsonObject call(const mcp::Caller &caller, const QString &tool, const QJsonObject &arguments = {})
    {
        return ask(caller, QStringLiteral("tools/call"),
                   {{QStringLiteral("name"), tool}, {QStringLiteral("arguments"), arguments}});
    }

    mcp::Features features;
    std::unique_ptr<tools::Documents> documents;
    mcp::Dispatcher dispatcher;
};

} // namespace gatehouse::test
