// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/subscriptions.h"

#include "base/json.h"
#include "mcp/shares.h"
#include "protocol/jsonrpc.h"
#include "protocol/methodtable.h"
#include "protocol/revision.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace gatehouse::mcp {

namespace {

constexpr qsizetype maximumUris = 1000;
constexpr qsizetype maximumUriLength = 64 * 1024; ///< Of all of them together.

void refuse(const std::shared_ptr<Channel> &channel, const QJsonValue &id, int status, int code,
            const QString &text)
{
    channel->answer({status,
                     base::writeJson(protocol::errorMessage(id, {code, text, {}})),
                     {},
                     ResultKind::RpcError,
                     code});
}

} // namespace

QStringList watchedIn(const QJsonObject &params)
{
    QStringList uris;
    const QJsonArray named
        = params.value("notifications"_L1).toObject().value("resourceSubscriptions"_L1).toArray();
    qsizetype length = 0;
    for (const QJsonValue &uri : named) {
        if (!uri.isString() || uris.size() >= maximumUris)
            continue;
        length += uri.toString().size();
        if (length <= maximumUriLength)
            uris.append(uri.toString());
    }
    return uris;
}

void Subscriptions::Listener::send(const QString &method, QJsonObject params) const
{
    params.insert(u"_meta"_s, QJsonObject{{protocol::meta::subscriptionId, id}});
    channel->send({base::writeJson(protocol::notificationMessage(method, params))});
}

void Subscriptions::Listener::end() const
{
    channel->gone = nullptr;
    const QJsonObject result{
        {u"resultType"_s, u"complete"_s},
        {u"_meta"_s,
         QJsonObject{{protocol::meta::subscriptionId, id}, {protocol::meta::serverInfo, serverInfo}}}};
    channel->answer({200, base::writeJson(protocol::resultMessage(id, result)), {}, ResultKind::Ok});
}

Subscriptions::~Subscriptions()
{
    for (const auto &[number, listener] : m_listeners)
        listener.end();
}

void Subscriptions::endIf(const std::function<bool(const Allows &)> &isToEnd)
{
    std::erase_if(m_listeners, [&isToEnd](const auto &entry) {
        const bool isEnd = isToEnd(entry.second.allows);
        if (isEnd)
            entry.second.end();
        return isEnd;
    });
}

void Subscriptions::endExpired(qint64 nowMs)
{
    std::erase_if(m_listeners, [nowMs](const auto &entry) {
        const Listener &listener = entry.second;
        const bool isExpired = listener.expiresAt > 0 && nowMs >= listener.expiresAt * 1000;
        if (isExpired)
            listener.end();
        return isExpired;
    });
}

void Subscriptions::listen(const protocol::Message &message, const Incoming &incoming,
                           const QJsonObject &serverInfo, const Offer &offer,
                           const std::shared_ptr<Channel> &channel)
{
    const QJsonValue wanted = message.params.value("notifications"_L1);
    if (!wanted.isObject())
        return refuse(channel, message.id, 200, protocol::code::invalidParams,
                      u"notifications must be an object that says what to listen for."_s);
    if (!channel->canStream())
        return refuse(channel, message.id, 406, protocol::code::invalidRequest,
                      u"The answer is an event stream: Accept must allow text/event-stream."_s);
    Listener listener{message.id,      serverInfo,
                      channel,         incoming.caller.expiresAt,
                      incoming.allows, userOf(incoming.caller.identity())};
    QJsonObject accepted;
    const auto take = [&](const QString &kind, bool isOffered) {
        if (!isOffered || !wanted.toObject().value(kind).toBool())
            return;
        listener.kinds.insert(kind);
        accepted.insert(kind, true);
    };
    take(u"toolsListChanged"_s, true);
    take(u"promptsListChanged"_s, offer.prompts);
    take(u"resourcesListChanged"_s, offer.resources);
    if (offer.resources && wanted.toObject().value("resourceSubscriptions"_L1).isArray()) {
        QJsonArray uris;
        const QStringList watched = watchedIn(message.params);
        for (const QString &uri : watched) {
            listener.uris.insert(uri);
            uris.append(uri);
        }
        accepted.insert(u"resourceSubscriptions"_s, uris);
    }
    listener.send(protocol::notification::acknowledged, {{u"notifications"_s, accepted}});
    const quint64 number = ++m_last;
    channel->gone = [this, number] { m_listeners.erase(number); };
    m_listeners.emplace(number, std::move(listener));
}

void Subscriptions::tell(const QString &kind, const QString &method, const Change &change)
{
    for (const auto &[number, listener] : m_listeners) {
        if (listener.kinds.contains(kind) && change.concerns(listener.allows))
            listener.send(method, {});
    }
}

QStringList Subscriptions::users() const
{
    QStringList users;
    for (const auto &[number, listener] : m_listeners)
        users.append(listener.user);
    return users;
}

QSet<QString> Subscriptions::watched() const
{
    QSet<QString> all;
    for (const auto &[number, listener] : m_listeners)
        all += listener.uris;
    return all;
}

void Subscriptions::tellUpdated(const QString &uri, const base::AccessRequirements &needs)
{
    for (const auto &[number, listener] : m_listeners) {
        if (listener.uris.contains(uri) && isToldOf(listener.allows, needs))
            listener.send(protocol::notification::resourceUpdated, {{u"uri"_s, uri}});
    }
}

} // namespace gatehouse::mcp
