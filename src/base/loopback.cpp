// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/loopback.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace gatehouse::base {

bool isLoopbackHost(const QString &host)
{
    if (host.compare("localhost"_L1, Qt::CaseInsensitive) == 0 || host == "::1"_L1 || host == "[::1]"_L1)
        return true;
    // Written out: "127.1" and "0x7f.0.0.1" mean different things to different resolvers.
    static const QRegularExpression quad(u"\\A127(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}\\z"_s);
    return quad.match(host).hasMatch();
}

} // namespace gatehouse::base
