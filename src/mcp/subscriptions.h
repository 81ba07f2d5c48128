// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/channel.h"
#include "mcp/features.h"
#include "protocol/jsonrpc.h"

#include <QJsonObject>
#include <QSet>
#include <QString>
#include <QStringList>

#include <functional>
#include <map>
#include <memory>

namespace gatehouse::mcp {

/// The resources that a `subscriptions/listen` wants to hear of, and no more than one may.
[[nodiscard]] QStringList watchedIn(const QJsonObject &params);

/// The open streams of `subscriptions/listen` (MCP 2026-07-28): each is told of the kinds of change that it
/// asked for.
class Subscriptions
{
public:
    Subscriptions() = default;
    ~Subscriptions();
    Q_DISABLE_COPY_MOVE(Subscriptions)

    /// What a server can tell of.
    struct Offer
    {
        bool prompts = false;
        bool resources = false;
    };
    /// Acknowledges and keeps the stream, or answers with an error.
    void listen(const protocol::Message &message, const Incoming &incoming, const QJsonObject &serverInfo,
                const Offer &offer, const std::shared_ptr<Channel> &channel);
    /// Ends the streams whose caller's token has expired: who goes on listening signs in anew.
    void endExpired(qint64 nowMs);
    /// Ends the streams of callers of whom this is true.
    void endIf(const std::function<bool(const Allows &)> &isToEnd);

    /// "toolsListChanged" and its siblings, with the notification that tells of it.
    void tell(const QString &kind, const QString &method, const Change &change);
    /// To those who may read it, which needs that.
    void tellUpdated(const QString &uri, const base::AccessRequirements &needs);
    /// All that anybody watches.
    [[nodiscard]] QSet<QString> watched() const;
    /// Whose they are, userOf() each.
    [[nodiscard]] QStringList users() const;

private:
    struct Listener
    {
        QJsonValue id;
        QJsonObject serverInfo;
        std::shared_ptr<Channel> channel;
        qint64 expiresAt = 0; ///< Seconds since 1970; 0: never.
        Allows allows = {};
        QString user = {};
        QSet<QString> kinds = {};
        QSet<QString> uris = {};

        void send(const QString &method, QJsonObject params) const;
        void end() const;
    };

    quint64 m_last = 0;
    std::map<quint64, Listener> m_listeners;
};

} // namespace gatehouse::mcp
