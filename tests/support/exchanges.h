// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/exchange.h"

#include <QJsonArray>
#include <QJsonObject>

namespace gatehouse::records {

/// With something in every member, and what a hostile peer would put there.
inline exchange::Exchange full(quint64 id)
{
    using namespace Qt::StringLiterals;
    exchange::Exchange one;
    one.id = id;
    one.source = exchange::Source::Sandbox;
    one.times = {1'800'000'000'123 + qint64(id), 1, 2, 3, 4, 5, 6, 7};
    one.peer = "127.0.0.1:51234";
    one.method = "POST";
    one.path = QByteArray("/m\0cp\xff\xfe", 7);
    one.query = "a=%20&b='; DROP TABLE exchange; --";
    one.requestHeaders = {{"Host", "localhost:3000"}, {"X-Bytes", QByteArray("\x80\xff\r", 3)}, {"Host", ""}};
    one.requestBody = {QByteArray("{\"a\":1}\0\xc3", 9), 9000, true};
    one.status = 200;
    one.responseHeaders = {{"Content-Type", "application/json"}};
    one.responseBody = {"{}", 2, false};
    one.challenge = "Bearer realm=\"x\"";
    one.client = QString(QChar(0xFEFF)) + u"claude-code 2.1 \u202E"_s + QChar(0);
    one.rpcMethod = u"tools/call"_s;
    one.target = u"grüße-😀"_s;
    one.revision = u"2026-07-28"_s;
    one.session = "5e55";
    one.traceId = "0af7651916cd43dd8448eb211c80319c";
    one.outcome = exchange::Outcome::RpcError;
    one.rpcErrorCode = -32602;
    one.listLength = 7;
    one.refusal = exchange::Refusal::BeforeHttp;
    one.fault = {"bad_length", "Content-Length must be one number."};
    one.user = u"ada@example.com"_s;
    one.organization = u"org_1"_s;
    one.verdict.reason = auth::Reason::WrongAudience;
    one.verdict.fingerprint = "93a0dced";
    one.verdict.header = {{u"alg"_s, u"RS256"_s}};
    one.verdict.claims = {{u"exp"_s, qint64(9'007'199'254'740'993)},
                          {u"aud"_s, QJsonArray{u"a"_s, QString(u"b"_s + QChar(0) + u"c"_s)}}};
    one.verdict.claimsText = "{\"exp\":9007199254740993,\"aud\":[\"a\",\"b\\u0000c\"]} \xff";
    one.verdict.checks = {{u"aud"_s, auth::CheckState::Failed, auth::Reason::WrongAudience, u"x"_s, u"x/"_s,
                           u"one slash too many"_s, 0},
                          {u"exp"_s, auth::CheckState::NotChecked, auth::Reason::Valid, {}, {}, {}, -12}};
    one.verdict.keysFetchedAt = 1'800'000'000'000;
    one.verdict.issuerAheadSeconds = -3;
    one.verdict.neededScopes = {u"documents:read"_s};
    return one;
}

/// What reading counts anew.
inline exchange::Exchange counted(exchange::Exchange one, qsizetype jsonBytes)
{
    one.verdict.jsonBytes = jsonBytes;
    return one;
}

/// A call that went well.
inline exchange::Exchange call(quint64 id)
{
    exchange::Exchange one;
    one.id = id;
    one.times.receivedAt = 1'800'000'000'000 + qint64(id);
    one.times.answeredUs = 1234;
    one.method = "POST";
    one.path = "/mcp";
    one.status = 200;
    one.outcome = exchange::Outcome::Ok;
    one.rpcMethod = QStringLiteral("tools/call");
    one.verdict.reason = auth::Reason::Valid;
    return one;
}

inline exchange::Exchange running(quint64 id)
{
    exchange::Exchange one = call(id);
    one.status = 0;
    one.times.answeredUs = 0;
    one.outcome = exchange::Outcome::Running;
    return one;
}

} // namespace gatehouse::records
