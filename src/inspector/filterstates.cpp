// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/filterstates.h"

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

namespace {

bool hasFailed(const exchange::Exchange &exchange)
{
    return exchange.status >= 400 || exchange.outcome == exchange::Outcome::RpcError
        || exchange.outcome == exchange::Outcome::ToolError;
}

bool isRefused(const exchange::Exchange &exchange)
{
    return exchange.refusal != exchange::Refusal::None || !exchange.verdict.accepted();
}

/// What a client does to get a token: the sandbox's part of it, and ours.
bool isOfOAuth(const Entry &entry)
{
    const QByteArray &path = entry.exchange.path;
    return entry.isOfSandbox() || path.startsWith("/.well-known/") || path.startsWith("/oauth2/");
}

} // namespace

const QList<FilterState> &filterStates()
{
    static const QList<FilterState> all = {
        {"failed"_L1, QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "refused, or answered with an error"),
         [](const Entry &entry) { return hasFailed(entry.exchange); }},
        {"refused"_L1,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "turned away, with or without a token"),
         [](const Entry &entry) { return isRefused(entry.exchange); }},
        {"verified"_L1,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "with a token that was checked and good"),
         [](const Entry &entry) { return entry.exchange.verdict.reason == auth::Reason::Valid; }},
        {"pinned"_L1, QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "pinned"),
         [](const Entry &entry) { return entry.isPinned; }},
        {"running"_L1, QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "not answered yet, or streaming"),
         [](const Entry &entry) { return entry.exchange.outcome == exchange::Outcome::Running; }},
        {"oauth"_L1,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "discovery, registration, sign-in and tokens"),
         &isOfOAuth},
        {"sandbox"_L1, QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "requests to the sandbox"),
         [](const Entry &entry) { return entry.isOfSandbox(); }},
    };
    return all;
}

const QStringList &filterResults()
{
    static const QStringList all
        = {u"ok"_s, u"rpc error"_s, u"tool error"_s, u"closed"_s, u"late"_s, u"running"_s, u"none"_s};
    return all;
}

QString filterResultOf(const exchange::Exchange &exchange)
{
    switch (exchange.outcome) {
    case exchange::Outcome::Running:
        return u"running"_s;
    case exchange::Outcome::None:
        return u"none"_s;
    case exchange::Outcome::Ok:
        return u"ok"_s;
    case exchange::Outcome::RpcError:
        return u"rpc error"_s;
    case exchange::Outcome::ToolError:
        return u"tool error"_s;
    case exchange::Outcome::Left:
        return u"closed"_s;
    case exchange::Outcome::Late:
        return u"late"_s;
    }
    return {};
}

} // namespace gatehouse::inspector
