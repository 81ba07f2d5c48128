// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/sink.h"
#include "host/notice.h"
#include "host/proxyremarks.h"

#include <functional>

namespace gatehouse::host {

/// A sink for the commonest fault behind a proxy or a tunnel: tokens are asked for with another address than
/// they must name.
class ProxyWatch : public exchange::Sink
{
public:
    /// `tell` is given a remark on the server's thread.
    explicit ProxyWatch(std::function<void(const Notice &)> tell)
        : m_tell(std::move(tell))
    { }

    /// The address that clients are told. Another one begins anew.
    void setPublished(const QString &address);

    void began(const exchange::Exchange &exchange) override;
    void ended(const exchange::Exchange &) override { }

private:
    std::function<void(const Notice &)> m_tell;
    QString m_published;
    ProxyRemarks m_remarks;
};

} // namespace gatehouse::host
