// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/documentaccess.h"

using namespace Qt::StringLiterals;

namespace gatehouse::tools {

base::Expected<OpenDocuments, QString> documentsFor(const std::weak_ptr<store::Documents> &store,
                                                    const mcp::Caller &caller, DocumentUse use)
{
    const QString permission = use == DocumentUse::Read ? u"documents:read"_s : u"documents:write"_s;
    if (!caller.authenticated || caller.organizationId.isEmpty())
        return base::failure(u"Organization context required"_s); // As mcp-use's example says it.
    if (!caller.verified)
        return base::failure(
            u"Tokens are not verified here (verifyJwt is off), and documents are for verified "
            "callers only: anybody could name your organization."_s);
    // Where WorkOS knows of permissions, it puts them into each token, an empty list included.
    if (caller.claims.contains("permissions"_L1) && !caller.permissions.contains(permission))
        return base::failure(
            u"This needs the permission %1, which your role in the organization does not have."_s.arg(
                permission));
    const auto held = store.lock();
    if (!held)
        return base::failure(store::sentenceOf({store::Fault::Kind::Stopped}));
    const auto documents = held->of(caller.organizationId);
    if (!documents)
        return base::failure(u"The organization of the token is none that can have documents."_s);
    return OpenDocuments{held, *documents};
}

} // namespace gatehouse::tools
