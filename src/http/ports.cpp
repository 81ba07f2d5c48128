// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/ports.h"

#include <QTcpServer>

#include <algorithm>

namespace gatehouse::http {

QList<QHostAddress> listeningAddresses(const QHostAddress &address)
{
    QList<QHostAddress> addresses{address};
    if (address == QHostAddress(QHostAddress::LocalHost)
        && QTcpServer().listen(QHostAddress::LocalHostIPv6, 0))
        addresses.append(QHostAddress(QHostAddress::LocalHostIPv6));
    return addresses;
}

bool isPortFree(const QList<QHostAddress> &addresses, quint16 port)
{
    return std::all_of(addresses.begin(), addresses.end(),
                       [port](const QHostAddress &address) { return QTcpServer().listen(address, port); });
}

quint16 nextFreePort(const QList<QHostAddress> &addresses, quint16 port)
{
    for (int candidate = port + 1; candidate <= 65535 && candidate <= port + 100; ++candidate) {
        if (isPortFree(addresses, quint16(candidate)))
            return quint16(candidate);
    }
    return 0;
}

} // namespace gatehouse::http
