// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/sharing.h"

#include <QExplicitlySharedDataPointer>
#include <QHash>
#include <QSharedData>

#include <array>
#include <utility>

namespace gatehouse::inspector {

/// What a person would type to find it: the row's words, and what the hidden columns show. Without the time,
/// so that rows that are alike share it.
[[nodiscard]] QByteArray foldedWordsOf(const exchange::Exchange &exchange);

/// What the exchanges of many rows have alike, once for all of them.
struct Alike : QSharedData
{
    exchange::Exchange exchange; ///< Without what CompactExchange holds by itself.
    QByteArray folded; ///< What a search for plain words looks through, case folded.
    QString note; ///< Not empty: this is a note, and there is no exchange.
};

/// Of those, what a client may send anew with each call.
struct AlikeHeaders : QSharedData
{
    base::Headers request;
    base::Headers response;
    QByteArray traceId;

    bool operator==(const AlikeHeaders &other) const
    {
        return request == other.request && response == other.response && traceId == other.traceId;
    }
};

/// An exchange in a quarter of the room: what comes anew with each, and pointers to the rest.
class CompactExchange
{
public:
    CompactExchange(CompactExchange &&) = default;
    CompactExchange &operator=(CompactExchange &&) = default;

    /// Writes the exchange as it was into `whole`. From one whose rest is `alike` less has to be written.
    void writeTo(exchange::Exchange &whole, const Alike *before = nullptr) const;
    [[nodiscard]] exchange::Exchange whole() const;
    [[nodiscard]] const Alike &alike() const { return *m_alike; }
    [[nodiscard]] exchange::Key key() const { return {m_alike->exchange.source, m_id}; }

private:
    friend class CompactLog;
    CompactExchange() = default;

    /// exchange::Times. What comes before the call is over in 71 minutes, or counts as that.
    struct PackedTimes
    {
        explicit PackedTimes(const exchange::Times &times = {});
        [[nodiscard]] exchange::Times unpacked() const;

        qint64 receivedAt;
        qint64 answeredUs;
        qint64 endedUs;
        std::array<quint32, 5> earlierUs;
        qint32 peerPort = -1; ///< Behind the ":" of the peer; -1 where all of it is in `alike`.
    };
    /// exchange::Body
    struct PackedBody
    {
        explicit PackedBody(exchange::Body body = {})
            : shown(std::move(body.shown))
            , sizeAndCut(body.size * 2 + (body.isCut ? 1 : 0))
        { }
        [[nodiscard]] exchange::Body unpacked() const
        {
            return {shown, qsizetype(sizeAndCut / 2), sizeAndCut % 2 != 0};
        }

        QByteArray shown;
        qint64 sizeAndCut;
    };

    QExplicitlySharedDataPointer<const Alike> m_alike;
    QExplicitlySharedDataPointer<const AlikeHeaders> m_headers;
    quint64 m_id = 0;
    qsizetype m_ownBytes = 0; ///< Of what it shares with no other.
    PackedTimes m_times;
    PackedBody m_requestBody;
    PackedBody m_responseBody;
};

/// Makes exchanges compact, and counts what all of them take. One thread; what it holds counts its holders,
/// so there are no copies of it.
class CompactLog
{
public:
    CompactLog() = default;
    CompactLog(CompactLog &&) = default;
    CompactLog &operator=(CompactLog &&) = default;

    [[nodiscard]] CompactExchange hold(exchange::Exchange exchange);
    /// A line between exchanges.
    [[nodiscard]] CompactExchange holdNote(const QString &note, qint64 atMs);
    /// What hold() gave goes: nobody has it any more.
    void release(CompactExchange &&compact);

    /// Of everything that was held and not released. What is shared counts once, and a row that is like no
    /// other with all that it takes.
    [[nodiscard]] qsizetype bytes() const
    {
        return m_ownBytes + m_alikes.bytes() + m_headers.bytes() + m_sharing.bytes();
    }

private:
    /// Of each kind one for all that are alike, as far as those that have one hash are few.
    template <typename T> class Pool
    {
    public:
        [[nodiscard]] QExplicitlySharedDataPointer<const T> hold(T value);
        void release(QExplicitlySharedDataPointer<const T> &&held);
        void count(const T &one) { m_bytes += sizeOf(one); } ///< That is not shared.
        [[nodiscard]] qsizetype bytes() const { return m_bytes; }

    private:
        QMultiHash<size_t, QExplicitlySharedDataPointer<const T>> m_all;
        qsizetype m_bytes = 0;
    };
    [[nodiscard]] static qsizetype sizeOf(const Alike &alike);
    [[nodiscard]] static qsizetype sizeOf(const AlikeHeaders &headers);

    Sharing m_sharing;
    Pool<Alike> m_alikes;
    Pool<AlikeHeaders> m_headers;
    qsizetype m_ownBytes = 0;
};

} // namespace gatehouse::inspector
