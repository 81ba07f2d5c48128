// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fetch/networkfetcher.h"
#include "host/notice.h"
#include "host/settings.h"
#include "mcp/features.h"
#include "tools/documents.h"
#include "tools/workos.h"

#include <functional>
#include <memory>

namespace gatehouse::host {

/// This program's own tools, as far as the settings want them. Lives on the thread of the features, which
/// outlive it.
class OwnTools
{
public:
    using Tell = std::function<void(const Notice &)>;
    using Changed = tools::Documents::Changed;
    OwnTools(mcp::Features &features, Tell tell, Changed documentsChanged);
    ~OwnTools();
    Q_DISABLE_COPY_MOVE(OwnTools)

    /// Offers these and no others; what stays is not touched. Without a key to WorkOS's API there are no
    /// tools that ask it.
    void settle(const Settings &settings, const tools::ApiAccess &api);
    /// Tells again of what is wrong, for whoever begins to watch.
    void tellAgain() const;
    /// Null where there are none; see tools::Documents.
    [[nodiscard]] std::weak_ptr<store::Documents> documents() const;

private:
    void settleDocuments(const Settings &settings);
    void settleWorkOs(const Settings &settings, const tools::ApiAccess &api);
    void tellOf(const std::optional<store::Fault> &fault);

    mcp::Features &m_features;
    const Tell m_tell;
    const Changed m_documentsChanged;
    bool m_hasProfile = false;
    std::optional<store::Address> m_address; ///< Of the documents that are offered.
    std::optional<store::Fault> m_fault; ///< Of their database.
    std::unique_ptr<tools::Documents> m_documents;
    std::unique_ptr<fetch::NetworkFetcher> m_fetcher; ///< The way to WorkOS, once it is needed.
    std::optional<tools::ApiAccess> m_api; ///< Of the tools that are offered.
    std::unique_ptr<tools::WorkOs> m_workOs;
};

/// Where these settings have documents. They were validated.
[[nodiscard]] store::Address documentsAddressOf(const Settings &settings);

} // namespace gatehouse::host
