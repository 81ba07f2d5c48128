// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/compactlog.h"

#include "inspector/words.h"

#include <algorithm>
#include <limits>
#include <type_traits>
#include <utility>

namespace gatehouse::inspector {

namespace {

/// Seeded at each step: with a hash that only ends in a secret a stranger could find texts that have one.
template <typename... Parts> size_t hashWith(size_t seed, const Parts &...parts)
{
    ((seed = qHash(parts, seed)), ...);
    return seed;
}

/// Most are told apart by these; what they do not tell apart is compared.
size_t hashOf(const Alike &alike)
{
    const exchange::Exchange &rest = alike.exchange;
    size_t hash = QHashSeed::globalSeed();
    for (const auth::Check &check : rest.verdict.checks)
        hash = hashWith(hash, check.actual, check.note, check.offBySeconds);
    return hashWith(hash, rest.client, rest.rpcMethod, rest.target, rest.revision, rest.method, rest.path,
                    rest.query, rest.session, rest.status, int(rest.outcome), rest.rpcErrorCode,
                    rest.listLength, rest.user, rest.organization, rest.verdict.fingerprint, rest.peer);
}

size_t hashOf(const AlikeHeaders &headers)
{
    size_t hash = qHash(headers.traceId, QHashSeed::globalSeed());
    for (const base::Headers &all : {headers.request, headers.response}) {
        hash = qHash(all.size(), hash);
        for (const auto &[name, value] : all)
            hash = hashWith(hash, name, value);
    }
    return hash;
}

bool isSame(const Alike &a, const Alike &b)
{
    return a.exchange == b.exchange; // The words follow from that.
}

bool isSame(const AlikeHeaders &a, const AlikeHeaders &b)
{
    return a == b;
}

/// The port of "127.0.0.1:51234", which is taken off; -1 where it does not read the same when put back.
int takePort(QByteArray &peer)
{
    const qsizetype colon = peer.lastIndexOf(':');
    bool isNumber = false;
    const ushort port = peer.sliced(colon + 1).toUShort(&isNumber);
    if (colon < 0 || !isNumber || QByteArray::number(port) != peer.sliced(colon + 1))
        return -1;
    peer.truncate(colon);
    return port;
}

} // namespace

QByteArray foldedWordsOf(const exchange::Exchange &exchange)
{
    QStringList all;
    for (const RowWord word :
         {RowWord::Client, RowWord::Call, RowWord::Status, RowWord::Result, RowWord::Verdict, RowWord::User})
        all.append(wordOf(exchange, word));
    all += {QString::fromUtf8(exchange.path), exchange.organization};
    return all.join(u'\n').toCaseFolded().toUtf8();
}

CompactExchange::PackedTimes::PackedTimes(const exchange::Times &times)
    : receivedAt(times.receivedAt)
    , answeredUs(times.answeredUs)
    , endedUs(times.endedUs)
{
    static constexpr qint64 most = std::numeric_limits<quint32>::max();
    const std::array earlier{times.headUs, times.judgedUs, times.bodyUs, times.parsedUs, times.calledUs};
    std::transform(earlier.begin(), earlier.end(), earlierUs.begin(),
                   [](qint64 us) { return quint32(std::clamp<qint64>(us, 0, most)); });
}

exchange::Times CompactExchange::PackedTimes::unpacked() const
{
    const auto &[headUs, judgedUs, bodyUs, parsedUs, calledUs] = earlierUs;
    return {receivedAt, headUs, judgedUs, bodyUs, parsedUs, calledUs, answeredUs, endedUs};
}

void CompactExchange::writeTo(exchange::Exchange &whole, const Alike *before) const
{
    if (before != m_alike.get())
        whole = m_alike->exchange;
    whole.id = m_id;
    whole.times = m_times.unpacked();
    whole.peer = m_alike->exchange.peer;
    if (m_times.peerPort >= 0)
        whole.peer += ':' + QByteArray::number(m_times.peerPort);
    whole.traceId = m_headers->traceId;
    whole.requestHeaders = m_headers->request;
    whole.requestBody = m_requestBody.unpacked();
    whole.responseHeaders = m_headers->response;
    whole.responseBody = m_responseBody.unpacked();
}

exchange::Exchange CompactExchange::whole() const
{
    exchange::Exchange whole;
    writeTo(whole);
    return whole;
}

template <typename T> QExplicitlySharedDataPointer<const T> CompactLog::Pool<T>::hold(T value)
{
    // Whoever sends what differs where the hash does not look gains nothing by that: what finds so many
    // others is not shared, and only its own row has it.
    constexpr int mostOfOneHash = 8;
    const size_t hash = hashOf(value);
    int others = 0;
    for (auto it = m_all.constFind(hash); it != m_all.cend() && it.key() == hash; ++it, ++others) {
        if (isSame(**it, value))
            return *it;
    }
    auto *made = new T(std::move(value));
    if constexpr (std::is_same_v<T, Alike>)
        made->folded = foldedWordsOf(made->exchange);
    const QExplicitlySharedDataPointer<const T> held(made);
    if (others < mostOfOneHash)
        m_all.insert(hash, held);
    m_bytes += sizeOf(*held);
    return held;
}

template <typename T> void CompactLog::Pool<T>::release(QExplicitlySharedDataPointer<const T> &&held)
{
    const auto last = std::exchange(held, {});
    constexpr int poolAndThis = 2;
    if (last->ref.loadRelaxed() > poolAndThis)
        return;
    m_bytes -= sizeOf(*last);
    m_all.remove(hashOf(*last), last);
}

CompactExchange CompactLog::hold(exchange::Exchange exchange)
{
    CompactExchange compact;
    const int port = takePort(exchange.peer);
    compact.m_ownBytes = m_sharing.hold(exchange);
    m_ownBytes += compact.m_ownBytes;
    compact.m_id = std::exchange(exchange.id, 0);
    compact.m_times = CompactExchange::PackedTimes(std::exchange(exchange.times, {}));
    compact.m_times.peerPort = port;
    compact.m_requestBody = CompactExchange::PackedBody(std::exchange(exchange.requestBody, {}));
    compact.m_responseBody = CompactExchange::PackedBody(std::exchange(exchange.responseBody, {}));
    AlikeHeaders headers;
    headers.request = std::exchange(exchange.requestHeaders, {});
    headers.response = std::exchange(exchange.responseHeaders, {});
    headers.traceId = std::exchange(exchange.traceId, {});
    compact.m_headers = m_headers.hold(std::move(headers));
    Alike rest;
    rest.exchange = std::move(exchange);
    compact.m_alike = m_alikes.hold(std::move(rest));
    return compact;
}

CompactExchange CompactLog::holdNote(const QString &note, qint64 atMs)
{
    CompactExchange compact;
    auto *made = new Alike;
    made->note = note;
    made->folded = note.toCaseFolded().toUtf8();
    m_alikes.count(*made);
    compact.m_alike = QExplicitlySharedDataPointer<const Alike>(made);
    compact.m_headers = m_headers.hold({});
    compact.m_times.receivedAt = atMs;
    return compact;
}

qsizetype CompactLog::sizeOf(const Alike &alike)
{
    return qsizetype(sizeof(Alike)) + alike.folded.size() + 2 * alike.note.size();
}

qsizetype CompactLog::sizeOf(const AlikeHeaders &)
{
    return sizeof(AlikeHeaders); // What is in them is shared on its own.
}

void CompactLog::release(CompactExchange &&compact)
{
    m_ownBytes -= compact.m_ownBytes;
    exchange::Exchange held = compact.whole();
    held.peer = compact.m_alike->exchange.peer;
    m_sharing.release(held);
    m_headers.release(std::move(compact.m_headers));
    // A note is in no pool.
    m_alikes.release(std::move(compact.m_alike));
}

} // namespace gatehouse::inspector
