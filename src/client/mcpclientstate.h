// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ask.h"
#include "client/listing.h"
#include "client/mcpclient.h"
#include "client/sameorigin.h"
#include "client/standing.h"
#include "client/wire.h"

#include <QHash>
#include <QPointer>
#include <QSet>

#include <memory>
#include <optional>

namespace gatehouse::client {

/// How often a server may ask for input while one call is under way.
inline constexpr int maximumRounds = 10;

[[nodiscard]] Error protocolError(const QString &text);

/// Between the files of McpClient.
struct McpClient::Private
{
    McpClient *q;
    std::unique_ptr<SameOriginFetcher> way;
    base::Fetcher *fetcher; ///< That one.
    Wire wire;
    qint64 lastId = 0;
    qint64 lastFetch = 0;
    int questions = 0; ///< How many the server has asked since our last request.
    int generation = 0; ///< Answers of people that come after cancel() are told by an older number.
    ClientOffer offer = {};
    QString only = {}; ///< The revision to speak; empty: any.
    QHash<qint64, base::CancelFetch> underway = {}; ///< Of what has no answer of its own.
    QHash<qint64, Ask *> asks = {}; ///< By request id.
    QPointer<StandingStream> standing = {};
    QHash<QString, QList<protocol::HeaderParameter>> mirrored = {}; ///< By tool.
    bool takesTasks = false; ///< The server of 2025-11-25.
    QSet<QString> wantingTasks = {}; ///< Tools that can be called in no other way.
    QSet<QString> tasks = {}; ///< Ids of those whose end is awaited.

    // Requests and their answers.
    /// Fetches; the answer is dropped where the client is gone by then, or has been cancelled.
    void fetch(const base::FetchRequest &request, std::function<void(base::FetchResult)> done);
    /// The same for a request with an answer of its own.
    void ask(qint64 id, const Call &call, int timeoutMs, const Ask::Done &done);
    void send(const Call &call, Done<Result> done);
    void reopen(Call call, const Done<Result> &done);
    void giveUp(qint64 id);
    [[nodiscard]] static Call cancellationOf(qint64 id, const QString &reason);
    void list(const std::shared_ptr<Pages> &pages, protocol::MethodId method,
              const std::optional<QString> &cursor, const Done<Listing> &done);
    [[nodiscard]] QString expect(const ToolInfo &info);
    ToolListing toolsOf(const Listing &listing);

    // What the server tells and asks (mcpquestions.cpp).
    void hear(Ask *of, const QJsonObject &json);
    void answer(const protocol::Message &question);
    void reply(const QJsonValue &id, const base::Expected<QJsonObject, protocol::RpcError> &given);
    void giveInput(Call call, const QJsonObject &result, const Done<Result> &done);
    void collect(Call call, const QJsonObject &wanted, QStringList left, const QJsonObject &given,
                 const Done<Result> &done);
    /// Some servers ask on a stream of its own what belongs to a call.
    void listen(const std::function<void()> &ready);
    void endStanding();

    // Calls that go on without us (mcptasks.cpp).
    /// A task that is followed to its end.
    struct Following
    {
        QString id;
        qint64 callId = 0; ///< Of the request that it was made of.
        Done<Result> done = {};
        int generation = 0; ///< Of the client when it began: what is older is over.
        int misses = 0;
        int rounds = 0; ///< In which it has asked something.
        QSet<QString> answered = {}; ///< Its questions.
    };
    using Followed = std::shared_ptr<Following>;
    static bool isTaskOfOld(const Call &call, const base::Expected<Result, Error> &result);
    void follow(const Result &created, qint64 callId, const Done<Result> &done);
    void look(const Followed &task, const Result &state);
    void lookLater(const Followed &task, const QJsonObject &state);
    void miss(const Followed &task, const QJsonObject &state, const Error &error);
    void answerTask(const Followed &task, const QJsonObject &state);
    void takeResult(const Followed &task);
    void abandon(const Followed &task, Error error);
    void leaveTask(const Followed &task, const base::Expected<Result, Error> &result);
    [[nodiscard]] Call aboutTask(const QString &method, const Following &task) const;
    /// What a server is told that is left in the middle.
    [[nodiscard]] QList<base::FetchRequest> partingWords();

    // The handshake (mcphandshake.cpp).
    /// What is known while era and revision are found out.
    struct Handshake
    {
        Done<ServerInfo> done;
        std::optional<Error> refusal
            = {}; ///< Of server/discover, where it speaks of an era without initialize.
        bool isUnheard = false; ///< Nothing came of server/discover in time.
        int discoveries = 0;
        int initializations = 0;
    };
    using Opening = std::shared_ptr<Handshake>;
    void open(const Done<ServerInfo> &done);
    void discover(const Opening &opening);
    void discovered(const Opening &opening, const base::FetchResult &fetched,
                    const base::Expected<Result, Error> &result);
    void initialize(const Opening &opening, const QString &revision);
    void initialized(const Opening &opening, const QString &asked,
                     const base::Expected<Result, Error> &result, const QByteArray &sessionId);
    void takeLegacy(const QJsonObject &result, const QByteArray &sessionId, const Done<ServerInfo> &done);
    void takeModern(const QJsonObject &result, const Done<ServerInfo> &done);
    void failOpening(const Opening &opening, const Error &error);
    void lookForOldTransport(const Opening &opening, const Error &error);
};

} // namespace gatehouse::client
