// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/resource.h"
#include "mcp/tool.h"
#include "store/documents.h"

#include <QList>

#include <memory>

namespace gatehouse::tools {

using DocumentStore = std::weak_ptr<store::Documents>;

/// "documents://" and an id.
[[nodiscard]] QString documentUri(const QString &id);

/// The tools and the template of Documents. Once the store is gone, they say so.
[[nodiscard]] QList<mcp::Tool> documentTools(const DocumentStore &documents);
[[nodiscard]] mcp::ResourceTemplate documentResources(const DocumentStore &documents);

} // namespace gatehouse::tools
