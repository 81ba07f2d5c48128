// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "mcp/features.h"
#include "mcp/threadinvoker.h"
#include "store/documents.h"

#include <functional>
#include <memory>
#include <optional>

namespace gatehouse::tools {

/// Documents by organization, as tools (get-documents, get-document, create-document, update-document,
/// delete-document, search-documents), as resources with a template that lists and completes them
/// (documents://{id}), and as news for whoever subscribed to one. A caller without an organization is told
/// that one is required; where the token has permissions, documents:read and documents:write are needed.
/// Lives on the thread of the features, which outlive it; with it, what it offered goes.
class Documents
{
public:
    /// Both are called on that thread; for `state` see store::DatabaseWatch.
    using State = std::function<void(const std::optional<store::Fault> &)>;
    /// There may be something else in the documents of this organization; of any, where it is empty.
    using Changed = std::function<void(const QString &organization)>;
    Documents(mcp::Features &features, const store::Address &address, const base::Clock &clock,
              const base::Random &random, State state = {}, Changed changed = {},
              const store::DatabaseLimits &limits = {});
    ~Documents();
    Q_DISABLE_COPY_MOVE(Documents)

    /// For a window that looks at them; never null, and not to be kept longer than this.
    [[nodiscard]] std::weak_ptr<store::Documents> store() const { return m_store; }

private:
    void tell(const store::DocumentChange &change);
    void tellOfMissed();

    mcp::Features &m_features;
    const Changed m_changed;
    mcp::Landing m_landing; ///< What the database's thread tells comes over it.
    std::shared_ptr<store::Documents> m_store;
};

} // namespace gatehouse::tools
