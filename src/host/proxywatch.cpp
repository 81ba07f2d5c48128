// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/proxywatch.h"

#include "web/forwarded.h"
#include "web/origin.h"

#include <QUrl>

#include <utility>

namespace gatehouse::host {

void ProxyWatch::setPublished(const QString &address)
{
    if (std::exchange(m_published, address) != address)
        m_remarks.clear();
}

void ProxyWatch::began(const exchange::Exchange &exchange)
{
    if (exchange.source != exchange::Source::Server)
        return;
    const QString origin = web::forwardedOrigin(exchange.requestHeaders);
    if (origin.isEmpty())
        return;
    const QUrl published(m_published);
    if (origin == web::originOf(published) || !m_remarks.isDue(origin, exchange.times.receivedAt))
        return;
    Notice notice{Notice::Kind::BehindProxy, origin + published.path(QUrl::FullyEncoded)};
    notice.published = m_published;
    m_tell(notice);
}

} // namespace gatehouse::host
