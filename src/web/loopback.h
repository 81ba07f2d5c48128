// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace gatehouse::web {

/// What the host of a URL says about this machine, as it is written; names are not looked up.
enum class Loopback {
    No, ///< Leads elsewhere, or to wherever its name is resolved to.
    Yes, ///< localhost, 127.0.0.0/8 written out, or ::1.
    Disguised, ///< This machine in another spelling: localhost with a dot at its end or a name in front
               ///< (RFC 6761 §6.3), an unspecified address, or 127.0.0.0/8 within IPv6 or in short.
};

/// One decision for all: with or without brackets, in any case.
[[nodiscard]] Loopback loopbackOf(const QString &host);

/// To be trusted as this machine: plain http is fine there. Only the usual spellings, which every resolver
/// reads alike.
[[nodiscard]] inline bool isLoopbackHost(const QString &host)
{
    return loopbackOf(host) == Loopback::Yes;
}

/// To be kept from strangers: whoever else names this is sent to this machine, however it is spelt.
[[nodiscard]] inline bool leadsToLoopback(const QString &host)
{
    return loopbackOf(host) != Loopback::No;
}

} // namespace gatehouse::web
