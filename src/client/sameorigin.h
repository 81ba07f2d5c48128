// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/fetch.h"

#include <QByteArrayView>
#include <QUrl>

#include <memory>

namespace gatehouse::client {

/// Where an answer sends the same request on to, within the same origin: 307 and 308 leave method and body as
/// they are (RFC 9110 §15.4.8, §15.4.9). Empty: nowhere that a request with a token may follow.
[[nodiscard]] QUrl followedLocation(const QUrl &asked, const base::FetchReply &head);

/// Follows such answers, three times at most; hands every other one on. What is sent on has not been worked
/// on, so nothing is done twice. `inner` outlives it, and it outlives what it fetches.
class SameOriginFetcher : public base::Fetcher
{
public:
    explicit SameOriginFetcher(base::Fetcher *inner)
        : m_inner(inner)
    { }
    base::CancelFetch fetch(const base::FetchRequest &request,
                            std::function<void(base::FetchResult)> done) override;

private:
    struct Exchange;
    void send(const std::shared_ptr<Exchange> &exchange);

    base::Fetcher *m_inner;
};

} // namespace gatehouse::client
