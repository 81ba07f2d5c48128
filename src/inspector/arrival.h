// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/exchange.h"

#include <QString>

#include <array>
#include <functional>

namespace gatehouse::inspector {

/// How far a client has come that somebody waits for, as far as what passes the gate tells. What this program
/// asked itself does not count. A value; one thread.
class Arrival
{
public:
    /// In the order of a sign-in (MCP 2025-11-25 Authorization, §Authorization Flow).
    enum class Rung {
        Metadata, ///< It has read where to sign in (RFC 9728).
        Registered, ///< The authorization server knows it (RFC 7591), or has read its document.
        SignedIn, ///< It has got its tokens.
        Token, ///< It has sent one that is good for this server.
        Call, ///< A method of MCP was let in and answered.
    };
    static constexpr int rungs = 5;

    enum class State {
        Open,
        Reached,
        Skipped, ///< A later one was reached without it: it was known before, or nothing of it is seen here.
    };
    struct Step
    {
        qint64 atMs = 0; ///< Milliseconds since 1970; 0: it was not seen.
        QString evidence = {}; ///< What was seen, in a few words; may hold foreign text.
    };
    /// What it was last turned away for, until that went well.
    struct Refusal
    {
        qint64 atMs = 0; ///< 0: it was not.
        exchange::Key key = {};
        QString title = {}; ///< In one sentence; may hold foreign text.
        QString remedy = {}; ///< May be empty.
        QString filter = {}; ///< Finds it in the traffic.
    };

    /// See isOfThisProgram().
    void setPublished(const QByteArray &authority) { m_published = authority; }
    /// From that time on. `isSomebodyElse` knows requests that are surely of others; whoever is not known may
    /// be the one.
    void begin(qint64 nowMs, std::function<bool(const exchange::Exchange &)> isSomebodyElse = {});
    [[nodiscard]] bool hasBegun() const { return m_sinceMs > 0; }
    /// Each exchange when it begins to be told, and again when it has changed. True where something is new.
    bool record(const exchange::Exchange &exchange);

    [[nodiscard]] State stateOf(Rung rung) const;
    [[nodiscard]] const Step &step(Rung rung) const { return m_steps.at(size_t(rung)); }
    /// The first that is open; Call where all are reached.
    [[nodiscard]] Rung next() const;
    [[nodiscard]] bool isThere() const { return step(Rung::Call).atMs > 0; }
    /// It called without a token; 0: it did not.
    [[nodiscard]] qint64 askedMs() const { return m_askedMs; }
    /// The sandbox shows it, or somebody, the page on which people sign in; 0: it does not.
    [[nodiscard]] qint64 pageMs() const { return m_pageMs; }
    [[nodiscard]] const Refusal &refusal() const { return m_refusal; }
    [[nodiscard]] qint64 sinceMs() const { return m_sinceMs; }
    /// When it last came further, or since when nothing came.
    [[nodiscard]] qint64 lastMs() const { return m_lastMs; }
    /// As it names itself; empty: it has not yet.
    [[nodiscard]] const QString &client() const { return m_client; }

private:
    bool recordAtServer(const exchange::Exchange &exchange);
    bool recordAtSandbox(const exchange::Exchange &exchange);
    bool recordCall(const exchange::Exchange &exchange);
    bool reach(Rung rung, const exchange::Exchange &exchange, const QString &evidence);
    bool recordPage(const exchange::Exchange &exchange);
    bool refuse(const exchange::Exchange &exchange, Rung rung, const QString &title, const QString &remedy);

    qint64 m_sinceMs = 0;
    qint64 m_lastMs = 0;
    qint64 m_askedMs = 0;
    qint64 m_pageMs = 0;
    std::array<Step, rungs> m_steps;
    Refusal m_refusal;
    Rung m_refusedAt = Rung::Metadata; ///< Which step did not go well.
    QString m_client;
    std::function<bool(const exchange::Exchange &)> m_isSomebodyElse;
    QByteArray m_published;
};

} // namespace gatehouse::inspector
