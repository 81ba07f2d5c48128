// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/failure.h"

#include <utility>

namespace gatehouse::oauth {

Failure::Reason reasonOf(QByteArrayView error)
{
    using Reason = Failure::Reason;
    constexpr std::pair<QByteArrayView, Reason> known[] = {
        {"access_denied", Reason::Denied},
        {"invalid_client", Reason::ClientUnknown},
        {"unauthorized_client", Reason::ClientUnknown},
        {"application_not_found", Reason::ClientUnknown},
        {"invalid_redirect_uri", Reason::ClientUnknown},
        {"invalid_target", Reason::TargetUnknown},
        {"invalid_grant", Reason::GrantSpent},
        {"invalid_code", Reason::GrantSpent},
    };
    for (const auto &[name, reason] : known) {
        if (name == error)
            return reason;
    }
    return Reason::Other;
}

} // namespace gatehouse::oauth
