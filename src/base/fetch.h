// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "base/headers.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <functional>

namespace gatehouse::base {

struct FetchReply
{
    int status = 0; ///< Whatever the server said, 3xx included.
    Headers headers = {}; ///< Names in lower case.
    QByteArray body = {};

    /// The first header of that name (lower case), or nothing.
    [[nodiscard]] QByteArray header(QByteArrayView name) const
    {
        for (const auto &[key, value] : headers) {
            if (key == name)
                return value;
        }
        return {};
    }
};

/// One HTTP request that is bounded in time and size and follows no redirect.
struct FetchRequest
{
    QByteArray method = "GET";
    QUrl url = {}; ///< https, or http to a loopback address; anything else is refused.
    Headers headers = {};
    QByteArray body = {};
    int timeoutMs = 5000; ///< For the whole exchange, not for silence between two bytes.
    qsizetype maximumBytes = 256 * 1024; ///< Of the answer's body.
    /// The host that the user named, where somebody else named `url`: an address whose name is resolved to
    /// this machine is refused then, unless every address of that host is this machine, too, and one that is
    /// resolved to nothing is not asked. Empty: whatever the name is resolved to.
    QString onBehalfOf = {};
    /// Whoever wanted it may sit elsewhere: an address that leads to this machine, or into a network that is not
    /// public, is refused.
    bool isForStrangers = false;
    /// A server whose host is loopback may show a certificate that nobody vouches for: the user said so.
    bool trustsThisMachine = false;
    /// Hears of status and headers as soon as they are there, before any piece of the body.
    std::function<void(const FetchReply &head)> onHead = {};
    /// Takes the answer's body in pieces as they come, with status and headers; the reply's own body stays
    /// empty then. Returning true ends the exchange: what has come is enough. Without it the body is
    /// collected.
    std::function<bool(const FetchReply &head, QByteArrayView piece)> onBody = {};
};

enum class FetchFault {
    NotAllowed, ///< The address may not be fetched: neither https nor http to loopback, or a stranger's
                ///< that leads to this machine.
    Unreachable, ///< No connection, or it broke off.
    TimedOut, ///< The time for the whole exchange ran out.
    TooLarge, ///< The body passed the bound.
    Malformed, ///< What answered does not speak HTTP as it has to be spoken.
    Tls, ///< The TLS handshake failed.
};

struct FetchError
{
    FetchFault fault = FetchFault::Unreachable;
    QString text; ///< One English sentence.
    bool isUnsent = false; ///< No byte of the request has left: it may be tried elsewhere.
    bool isOfThisMachine = false; ///< Of Tls: FetchRequest::trustsThisMachine would have let it pass.

    /// Somebody is there, and has answered with what cannot be used.
    [[nodiscard]] bool hasAnswered() const
    {
        return fault == FetchFault::TooLarge || fault == FetchFault::Malformed;
    }
};

using FetchResult = Expected<FetchReply, FetchError>;

/// Ends an exchange at once; its callbacks do not come any more. May be called late and often.
using CancelFetch = std::function<void()>;

/// The way out to other servers, as an interface so that tests can hand in answers. The callback comes
/// exactly once, from the event loop and never from within fetch(), unless the exchange is cancelled or the
/// fetcher goes first.
class Fetcher
{
public:
    virtual ~Fetcher() = default;
    virtual CancelFetch fetch(const FetchRequest &request, std::function<void(FetchResult)> done) = 0;
};

} // namespace gatehouse::base
