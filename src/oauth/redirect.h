// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "http/message.h"

#include <QByteArray>
#include <QString>

#include <functional>

namespace gatehouse::oauth {

/// Where the browser is sent at the end of a sign-in, as the user chose it: plain http to this machine, with
/// a port and a path (RFC 8252 §7.3). Byte for byte what is registered.
struct Redirect
{
    QString uri = {};
    quint16 port = 0;
    QByteArray path = {}; ///< As it is written.

    bool operator==(const Redirect &) const = default;
};
/// The error is one sentence.
[[nodiscard]] base::Expected<Redirect, QString> readRedirect(const QString &uri);

/// The path that our own server has for it: mcp-use's page documents http://localhost:3000/callback.
inline constexpr QByteArrayView ownRedirectPath = "/callback";

/// Another place of this program that browsers can be sent to, beside the listener of a sign-in.
struct CallbackDoor
{
    using Answer = std::function<http::Response(const http::Request &)>;
    std::function<void(const Answer &)> open
        = {}; ///< From now on each request there is answered so, on this thread.
    std::function<void()> close = {};
};

} // namespace gatehouse::oauth
