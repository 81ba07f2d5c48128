// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "fetch/networkfetcher.h"
#include "support/wait.h"

#include <QJsonObject>
#include <QTest>
#include <QUrl>

#include <optional>

namespace gatehouse {

/// A program beside the one under test that asks it over real sockets, while the event loop runs.
class Peer
{
public:
    base::FetchReply ask(const QByteArray &method, const QString &url, const base::Headers &headers = {},
                         const QByteArray &body = {})
    {
        base::FetchRequest request;
        request.method = method;
        request.url = QUrl(url);
        request.headers = headers;
        request.body = body;
        std::optional<base::FetchResult> came;
        m_fetcher.fetch(request, [&came](base::FetchResult result) { came = std::move(result); });
        if (!gatehouse::waitFor([&came] { return came.has_value(); }, 10'000) || !*came)
            return {};
        return **came;
    }

    /// A token of the sandbox; `wish` may hold user, organization, scope, resource and ttl.
    QByteArray token(const QString &issuer, const QJsonObject &wish = {})
    {
        const base::FetchReply reply
            = ask("POST", issuer + QStringLiteral("/sandbox/token"),
                  {{"Gatehouse-Control", "1"}, {"Content-Type", "application/json"}}, base::writeJson(wish));
        const auto json = base::readJsonObject(reply.body);
        return json ? json->value(QStringLiteral("access_token")).toString().toUtf8() : QByteArray();
    }

    /// Calls get-profile in the revision that needs no session; the answer's status.
    int call(const QString &resource, const QByteArray &token)
    {
        base::Headers headers{{"Content-Type", "application/json"},
                              {"Accept", "application/json"},
                              {"MCP-Protocol-Version", "2026-07-28"},
                              {"Mcp-Method", "tools/call"},
                              {"Mcp-Name", "get-profile"}};
        if (!token.isEmpty())
            headers.append({"Authorization", "Bearer " + token});
        const QByteArray body
            = R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get-profile","_meta":{)"
              R"("io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
              R"("io.modelcontextprotocol/clientCapabilities":{}}}})";
        return ask("POST", resource, headers, body).status;
    }

    /// What a browser does where nobody has to press anything.
    void follow(const QUrl &url)
    {
        base::FetchRequest request;
        request.url = url;
        m_fetcher.fetch(request, [this](const base::FetchResult &fetched) {
            const QByteArray next = fetched ? fetched->header("location") : QByteArray();
            if (!next.isEmpty())
                follow(QUrl(QString::fromUtf8(next)));
        });
    }

private:
    fetch::NetworkFetcher m_fetcher;
};

} // namespace gatehouse
