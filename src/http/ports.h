// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QList>
#include <QString>

namespace gatehouse::http {

/// What a server for this address listens on: for 127.0.0.1 also [::1], where the system has it. Another
/// local user could otherwise own [::1]:port, which "localhost" may mean.
[[nodiscard]] QList<QHostAddress> listeningAddresses(const QHostAddress &address);

enum class PortState {
    Free,
    Taken, ///< Somebody listens there.
    Impossible, ///< This machine cannot listen there: it has no such address, or the port is not ours to
                ///< take.
};
/// At any of the addresses, at this moment.
[[nodiscard]] PortState portState(const QList<QHostAddress> &addresses, quint16 port);
/// Whether it is free at all of them.
[[nodiscard]] bool isPortFree(const QList<QHostAddress> &addresses, quint16 port);

/// The next port above `port`, within a hundred, that is free at all of the addresses, or 0.
[[nodiscard]] quint16 nextFreePort(const QList<QHostAddress> &addresses, quint16 port);

/// Who listens there, as far as this user may know: "node (4711)". Empty where that is not to be learnt.
/// Reads Linux's /proc, and takes some milliseconds.
[[nodiscard]] QString holderOf(quint16 port);

} // namespace gatehouse::http
