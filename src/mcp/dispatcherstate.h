// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "mcp/dispatcher.h"
#include "mcp/methods.h"
#include "mcp/operation.h"
#include "mcp/requeststate.h"
#include "mcp/subscriptions.h"
#include "mcp/threadinvoker.h"
#include "protocol/jsonrpc.h"

#include <QTimer>

namespace gatehouse::mcp {

/// What the parts of the dispatcher share: those of either era, and what a message is about.
struct Dispatcher::Private
{
    ServerDescription server;
    const QJsonObject modernInfo;
    const QByteArray modernInfoText; ///< Goes out with every answer.
    Features *features;
    ProtocolLimits limits;
    RequestState requestState;
    ReplayBudget replay;
    Methods methods;
    Sessions sessions;
    Subscriptions subscriptions;
    Tasks tasks;
    Shares places;
    Shares bytes;
    QHash<Operation *, std::shared_ptr<Operation>> operations; ///< Under way.
    QTimer sweep;
    Landing landing; ///< Goes first: what handlers still post finds nobody.

    Private(ServerDescription description, Features *offered, base::Clock clock, base::Random random,
            ProtocolLimits bounds)
        : server(std::move(description))
        , modernInfo(serverInfo(QString(protocol::modernRevision)))
        , modernInfoText(base::writeJson(modernInfo))
        , features(offered)
        , limits(bounds)
        , requestState(clock, random)
        , replay(bounds.replayBytes)
        , methods(offered, bounds.pageSize)
        , sessions(clock, random, bounds.sessions)
        , tasks(std::move(clock), std::move(random), bounds.tasks)
        , places(bounds.operations)
        , bytes(bounds.messageBytes)
    { }

    [[nodiscard]] QJsonObject serverInfo(const QString &revision) const;
    [[nodiscard]] bool hasRoomForStream(const Identity &caller) const;
    void initialize(const Incoming &incoming, const protocol::Message &message,
                    const std::shared_ptr<Channel> &channel);
    [[nodiscard]] QJsonObject discover() const;
    [[nodiscard]] base::Expected<std::shared_ptr<Session>, Outgoing> sessionOf(const Incoming &incoming,
                                                                               const QJsonValue &id);
    void handleOne(const Incoming &incoming, const protocol::Message &message,
                   const std::shared_ptr<Channel> &channel);
    void handleModern(const Incoming &incoming, const protocol::Message &message,
                      const std::shared_ptr<Channel> &channel);
    void handleLegacy(const Incoming &incoming, const protocol::Message &message,
                      const std::shared_ptr<Channel> &channel);
    void handleBatch(const Incoming &incoming, const std::shared_ptr<Channel> &channel);
    struct Arrival
    {
        qsizetype bytes;
        bool isInBatch;
    };
    void serve(const std::shared_ptr<Session> &session, const protocol::Message &message,
               const Caller &caller, const std::shared_ptr<Channel> &channel, const Arrival &arrival);
    void answerLegacy(const std::shared_ptr<Session> &session, const std::shared_ptr<Operation> &operation);
    void handleNotification(Session &session, const protocol::Message &notification);
    [[nodiscard]] std::shared_ptr<Operation>
    begin(Operation::Origin origin, const std::shared_ptr<Channel> &channel, qsizetype messageBytes);
    void tellSessions(const QString &method, const Change &change);
    void noteRights(Session &session, const Incoming &incoming);
    [[nodiscard]] QList<base::AccessRequirements> needsOf(const protocol::Message &message,
                                                          const Caller &caller) const;
    [[nodiscard]] base::AccessRequirements needsOfCompleted(const QJsonObject &reference) const;
    void announce(const Change &change, const QString &kind, const QString &method);
};

/// An error as the answer to that request; Undefined where it has no id.
[[nodiscard]] Outgoing errorWith(int status, const QJsonValue &id, const protocol::RpcError &error);
/// Of whoever would open one more than there may be.
[[nodiscard]] protocol::RpcError tooManyStreams();

} // namespace gatehouse::mcp
