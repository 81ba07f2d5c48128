// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>

namespace gatehouse::http {

/// What peers may ask of the edge. Sizes in bytes.
struct EdgeLimits
{
    int connections = 256; ///< At one time, of all peers together.
    int connectionsPerPeer = 64; ///< From one address that is not loopback.
    bool countsLoopback = false; ///< For that; behind a proxy on this machine all peers are one.
    qsizetype lineBytes = 8 * 1024; ///< The request line with its end.
    qsizetype fieldBytes = 32 * 1024; ///< The header fields together, with their ends.
    int fields = 64;
    qsizetype bodyBytes = 1024 * 1024; ///< Without chunk framing.
    qsizetype unfinishedBytes = 8 * 1024 * 1024; ///< Of all bodies that are still on their way together.
    qsizetype backlogBytes
        = 1024 * 1024; ///< Of an event stream, that may wait for a reader who takes nothing …
    std::chrono::milliseconds stalled{
        30'000}; ///< … for so long. Events of any size reach one who goes on reading.
    qsizetype unreadBytes = 64 * 1024 * 1024; ///< Of all event streams together.

    std::chrono::milliseconds firstByte{10'000}; ///< From the connection to its first byte.
    std::chrono::milliseconds head{5'000}; ///< From the first byte of a request to the end of its fields.
    std::chrono::milliseconds body{15'000}; ///< From there to the end of its body.
    std::chrono::milliseconds idle{30'000}; ///< Between an answer and the next request.
    std::chrono::milliseconds answer{
        60'000}; ///< For an answer that is no stream, from the end of the request.
    std::chrono::milliseconds reading{30'000}; ///< For a reader to take any of what waits for it, and …
    qint64 slowestBytesPerSecond = 16 * 1024; ///< … this is how much longer for how much.
};

} // namespace gatehouse::http
