// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace gatehouse::http {

/// Decides whether a request may come in at all, before anything reads its body. A browser can be made to
/// send requests here by any page it shows; the Host check refuses a rebound name, the Origin check a foreign
/// page. Programs that are not browsers send no Origin. (MCP Streamable HTTP "Security", RFC 9112 §3.2.)
///
/// Loopback names pass with any port: rebinding needs a foreign name, and a proxy on this machine has its own
/// port.
struct OriginRule
{
    QList<QByteArray> hosts; ///< Further values of the Host header, in lower case, compared as a whole.
    QList<QByteArray> origins; ///< Further values of the Origin header, compared as a whole.

    enum class Answer {
        Allowed,
        NoHost,
        ForeignHost,
        ForeignOrigin,
    };
    [[nodiscard]] Answer judge(const base::Headers &headers) const;
};

/// localhost, 127.0.0.1 or [::1], alone or with a colon and one to five digits.
[[nodiscard]] bool isLoopbackAuthority(QByteArrayView authority);

/// One safe English sentence.
[[nodiscard]] QString describe(OriginRule::Answer answer);

} // namespace gatehouse::http
