// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "mcp/caller.h"
#include "store/documents.h"

#include <QString>

#include <memory>

namespace gatehouse::tools {

/// What a caller wants to do with documents.
enum class DocumentUse { Read, Write };

/// The documents that the caller may use so, or why there are none, in one sentence. Holds the store as long
/// as it is there itself.
struct OpenDocuments
{
    std::shared_ptr<store::Documents> store = {};
    store::OrganizationDocuments documents;
};
[[nodiscard]] base::Expected<OpenDocuments, QString>
documentsFor(const std::weak_ptr<store::Documents> &store, const mcp::Caller &caller, DocumentUse use);

} // namespace gatehouse::tools
