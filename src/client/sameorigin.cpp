// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/sameorigin.h"

#include "web/origin.h"

#include <utility>

namespace gatehouse::client {

namespace {

constexpr int maximumRedirects = 3;

} // namespace

QUrl followedLocation(const QUrl &asked, const base::FetchReply &head)
{
    const QByteArray location = head.header("location");
    if ((head.status != 307 && head.status != 308) || location.isEmpty())
        return {};
    QUrl next = asked.resolved(QUrl(QString::fromUtf8(location), QUrl::StrictMode));
    next.setFragment({});
    const bool isSame
        = next.isValid() && next.userInfo().isEmpty() && web::originOf(next) == web::originOf(asked);
    return isSame ? next : QUrl();
}

struct SameOriginFetcher::Exchange
{
    base::FetchRequest request;
    std::function<void(base::FetchResult)> done;
    std::weak_ptr<base::CancelFetch> cancel = {}; ///< The caller's; it holds what holds this.
    int redirects = 0;
};

base::CancelFetch SameOriginFetcher::fetch(const base::FetchRequest &request,
                                           std::function<void(base::FetchResult)> done)
{
    const auto cancel = std::make_shared<base::CancelFetch>();
    send(std::make_shared<Exchange>(Exchange{request, std::move(done), cancel}));
    return [cancel] { (*cancel)(); };
}

void SameOriginFetcher::send(const std::shared_ptr<Exchange> &exchange)
{
    const auto sendsOn = [exchange](const base::FetchReply &head) {
        return exchange->redirects < maximumRedirects ? followedLocation(exchange->request.url, head)
                                                      : QUrl();
    };
    base::FetchRequest request = exchange->request;
    if (request.onHead) {
        request.onHead = [exchange, sendsOn](const base::FetchReply &head) {
            if (sendsOn(head).isEmpty())
                exchange->request.onHead(head);
        };
    }
    if (request.onBody) {
        request.onBody = [exchange, sendsOn](const base::FetchReply &head, QByteArrayView piece) {
            return !sendsOn(head).isEmpty() || exchange->request.onBody(head, piece);
        };
    }
    const base::CancelFetch end
        = m_inner->fetch(request, [this, exchange, sendsOn](base::FetchResult result) {
              const QUrl next = result ? sendsOn(*result) : QUrl();
              if (next.isEmpty())
                  return exchange->done(std::move(result));
              ++exchange->redirects;
              exchange->request.url = next;
              send(exchange);
          });
    if (const auto cancel = exchange->cancel.lock())
        *cancel = end;
}

} // namespace gatehouse::client
