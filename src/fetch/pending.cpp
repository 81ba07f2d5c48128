// SPDX-License-Identifier: GPL-3.0-or-later
#include "fetch/pending.h"

#ifdef Q_OS_UNIX
#include <poll.h>
#endif

namespace gatehouse::fetch {

bool hasPending(qintptr socket)
{
#ifdef Q_OS_UNIX
    pollfd one{int(socket), POLLIN, 0};
    return socket < 0 || ::poll(&one, 1, 0) != 0;
#else
    Q_UNUSED(socket);
    return false;
#endif
}

} // namespace gatehouse::fetch
