// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "host/notice.h"
#include "host/settings.h"
#include "mcp/features.h"
#include "tools/documents.h"

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

    /// Offers these and no others; what stays is not touched.
    void settle(const Settings &settings);
    /// Tells again of what is wrong, for whoever begins to watch.
    void tellAgain() const;
    /// Null where there are none; see tools::Documents.
    [[nodiscard]] std::weak_ptr<store::Documents> documents() const;

private:
    void settleDocuments(const Settings &settings);
    void tellOf(const std::optional<store::Fault> &fault);

    mcp::Features &m_features;
    const Tell m_tell;
    const Changed m_documentsChanged;
    bool m_hasProfile = false;
    std::optional<store::Address> m_address; ///< Of the documents that are offered.
    std::optional<store::Fault> m_fault; ///< Of their database.
    std::unique_ptr<tools::Documents> m_documents;
};

/// Where these settings have documents. They were validated.
[[nodiscard]] store::Address documentsAddressOf(const Settings &settings);

} // namespace gatehouse::host
