// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"

#include <QNetworkProxy>
#include <QString>
#include <QUrl>

namespace gatehouse::fetch {

/// The way to that address: the proxy that https_proxy or HTTPS_PROXY names (http, socks5 or socks5h; user
/// and password percent-encoded), or none. None for this machine, and for what no_proxy or NO_PROXY names,
/// with commas or spaces between: a host or a domain with what is below it ("example.com", ".example.com",
/// "*.example.com"), an address, a network (10.0.0.0/8), each with a port where only that is meant, or "*"
/// for everything. Qt's own reader knows neither the large names nor the star, and asks the desktop, which
/// may take its time. The error is one sentence: what is set and cannot be read is no leave to go without.
/// Any thread.
[[nodiscard]] base::Expected<QNetworkProxy, QString> environmentProxy(const QUrl &url);

} // namespace gatehouse::fetch
