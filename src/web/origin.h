// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

namespace gatehouse::web {

/// Host and port as clients write them in Host: in lower case, names of other letters in their ASCII form, an
/// IPv6 address in brackets, without the port that is the scheme's own (RFC 9110 §4.2.3, §7.2).
[[nodiscard]] QString authorityOf(const QUrl &url);

/// The same with the port in any case.
[[nodiscard]] QString authorityWithPortOf(const QUrl &url);

/// Scheme and authority as browsers write them in Origin (RFC 6454 §6.2).
[[nodiscard]] QString originOf(const QUrl &url);
/// The port that it names, else the scheme's own.
[[nodiscard]] quint16 portOf(const QUrl &url);

/// Whether what is secret may be sent there, or asked from there: https, or plain http to this machine
/// (RFC 6749 §3.1.2.1, RFC 8252 §8.3). A user's name in it is not looked at.
[[nodiscard]] bool isHttpsOrLoopback(const QUrl &url);

} // namespace gatehouse::web
