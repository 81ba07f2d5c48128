// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/exchange.h"

#include <QHash>
#include <QList>
#include <QString>

namespace gatehouse::inspector {

/// One who calls the MCP server, as far as what passed tells: a session, or, where there are none, a program
/// for a user.
struct ClientRecord
{
    quint64 serial = 0; ///< Counts up from 1.
    QString client = {}; ///< As it names itself.
    QString revision = {}; ///< The newest that was spoken; empty: none was agreed on.
    QString user = {}; ///< Empty: nobody has signed in.
    QString organization = {};
    QString clientId = {}; ///< That its token was made for.
    QByteArray session = {}; ///< Fingerprint; empty: it has none.
    qint64 firstMs = 0; ///< Of its first request, in milliseconds since 1970.
    qint64 lastMs = 0;
    int calls = 0; ///< Requests with a method of MCP that were let in, notifications not counted.
    int errors = 0; ///< Of them, those that were answered with an error.
    int refused = 0; ///< Requests that were turned away for their token.
    int open = 0; ///< Streams, and calls under way.
    bool hasEnded = false; ///< Its session is over, or the server.

    bool operator==(const ClientRecord &) const = default;
};

/// Who is there. About a thousand at most; then those go that were never let in, or else were here longest
/// ago. One thread.
class ClientLog
{
public:
    static constexpr qsizetype most = 1000;

    /// Each exchange when it begins to be told, and again when it has changed.
    void record(const exchange::Exchange &exchange);
    /// The authority of the server's address; see isOfThisProgram().
    void setPublished(const QByteArray &authority) { m_published = authority; }
    void clear();
    /// That session is over. What passed in it may be told later.
    void endSession(const QByteArray &fingerprint);
    /// The server is, until clear(). What passed may be told later.
    void endAll();
    /// In the order in which they came.
    [[nodiscard]] const QList<ClientRecord> &all() const { return m_all; }
    /// Those that were let in, have not ended, and were here within the last five minutes or have something
    /// open.
    [[nodiscard]] static bool isConnected(const ClientRecord &record, qint64 nowMs);
    /// Sessions that were used and not ended.
    [[nodiscard]] qsizetype sessions() const;

private:
    /// What a running exchange has been counted as.
    struct Counted
    {
        quint64 serial = 0;
        bool isOpen = false;
    };
    [[nodiscard]] qsizetype rowFor(const exchange::Exchange &exchange);
    void learn(ClientRecord &record, const exchange::Exchange &exchange);
    qsizetype add(const exchange::Exchange &exchange);
    void index(qsizetype row);
    void makeRoom();
    static void count(ClientRecord &record, const exchange::Exchange &exchange, bool mayBeOpen,
                      Counted &counted);

    QList<ClientRecord> m_all;
    QHash<quint64, qsizetype> m_bySerial;
    QHash<QByteArray, qsizetype> m_bySession;
    QHash<QString, qsizetype> m_withoutSession; ///< By program, user and organization.
    QHash<exchange::Key, Counted> m_running;
    QByteArrayList m_endedUnknown; ///< Sessions that were over before anything of them was told.
    QByteArray m_published;
    quint64 m_last = 0;
    bool m_isOver = false; ///< The server.
};

/// Whether this process asked: its checks, its own client. Nobody else can make it seem so. `published` is
/// the authority of the server's address, which a proxy before it may not have passed on as the Host.
[[nodiscard]] bool isOfThisProgram(const exchange::Exchange &exchange, const QByteArray &published);

/// How the authorization server came to know it, as far as its id tells: by a document at an https address
/// (draft-ietf-oauth-client-id-metadata-document), or in another way.
enum class Registration { Unknown, Document, Other };
[[nodiscard]] Registration registrationOf(const ClientRecord &record);

} // namespace gatehouse::inspector
