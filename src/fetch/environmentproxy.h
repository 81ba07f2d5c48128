// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QNetworkProxy>
#include <QUrl>

namespace gatehouse::fetch {

/// The way to that address: the proxy that https_proxy or HTTPS_PROXY names, or none. None for this machine
/// and for what no_proxy or NO_PROXY names: hosts and domains ("example.com" and ".example.com" mean the
/// domain and what is below it) with commas between them, or "*". A desktop's settings are not asked where
/// the environment names no proxy: that may take its time. Any thread.
[[nodiscard]] QNetworkProxy environmentProxy(const QUrl &url);

} // namespace gatehouse::fetch
