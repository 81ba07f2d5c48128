// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/exchange.h"

#include <QJsonObject>

namespace gatehouse::inspector {

/// A call that went well.
inline exchange::Exchange aCall(quint64 id)
{
    exchange::Exchange one;
    one.id = id;
    one.times.receivedAt = 1'800'000'000'123;
    one.times.answeredUs = 1234;
    one.method = "POST";
    one.path = "/mcp";
    one.status = 200;
    one.client = QStringLiteral("claude-code 2.1");
    one.rpcMethod = QStringLiteral("tools/call");
    one.target = QStringLiteral("get-profile");
    one.outcome = exchange::Outcome::Ok;
    one.user = QStringLiteral("ada@example.com");
    one.verdict.reason = auth::Reason::Valid;
    one.verdict.fingerprint = "93a0dced";
    return one;
}

/// The same before its answer.
inline exchange::Exchange begun(exchange::Exchange one)
{
    one.outcome = exchange::Outcome::Running;
    one.status = 0;
    one.times.answeredUs = 0;
    one.verdict = {};
    one.verdict.reason = auth::Reason::NotNeeded;
    one.rpcMethod.clear();
    one.target.clear();
    one.user.clear();
    return one;
}

/// A token for the server's address with a slash too many: refused.
inline exchange::Exchange aWrongAudience(quint64 id)
{
    exchange::Exchange one = aCall(id);
    one.status = 401;
    one.outcome = exchange::Outcome::None;
    one.challenge
        = "Bearer error=\"invalid_token\", error_description=\"The token is meant for another server.\", "
          "resource_metadata=\"http://localhost:3000/.well-known/oauth-protected-resource/mcp\"";
    one.verdict.reason = auth::Reason::WrongAudience;
    one.verdict.header = {{QStringLiteral("alg"), QStringLiteral("RS256")},
                          {QStringLiteral("kid"), QStringLiteral("key-1")}};
    one.verdict.claims = {{QStringLiteral("iss"), QStringLiteral("http://127.0.0.1:4455")},
                          {QStringLiteral("aud"), QStringLiteral("http://localhost:3000/mcp/")},
                          {QStringLiteral("exp"), 1'800'000'240},
                          {QStringLiteral("sub"), QStringLiteral("user_1")},
                          {QStringLiteral("custom"), QJsonObject{{QStringLiteral("a"), 1}}}};
    using auth::CheckState;
    one.verdict.checks = {
        {QStringLiteral("algorithm"), CheckState::Passed},
        {QStringLiteral("iss"), CheckState::Passed, auth::Reason::Valid,
         QStringLiteral("http://127.0.0.1:4455")},
        {QStringLiteral("aud"), CheckState::Failed, auth::Reason::WrongAudience,
         QStringLiteral("http://localhost:3000/mcp"), QStringLiteral("http://localhost:3000/mcp/"),
         QStringLiteral("one trailing slash too many")},
        {QStringLiteral("exp"), CheckState::Passed},
        {QStringLiteral("sub"), CheckState::Passed},
        {QStringLiteral("org_id"), CheckState::NotChecked},
        {QStringLiteral("key"), CheckState::Passed},
        {QStringLiteral("signature"), CheckState::Passed},
    };
    return one;
}

} // namespace gatehouse::inspector
