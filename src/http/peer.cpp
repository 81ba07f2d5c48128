// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/peer.h"

#include <algorithm>

namespace gatehouse::http {

QHostAddress peerOf(const QHostAddress &address)
{
    bool isIpv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIpv4);
    if (isIpv4)
        return QHostAddress(ipv4);
    Q_IPV6ADDR bytes = address.toIPv6Address();
    std::fill(bytes.c + 8, bytes.c + 16, quint8(0));
    return QHostAddress(bytes);
}

} // namespace gatehouse::http
