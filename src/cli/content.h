// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "client/content.h"

#include <QString>

namespace gatehouse::cli {

/// Saves images, sounds and files in that folder, which is made where it is missing, and says where; no file
/// that is there is written over. What a server calls them is only a part of the name. Empty: nothing is
/// saved. The error is a sentence.
[[nodiscard]] base::Expected<client::BlobWords, QString> blobSaver(const QString &folder);

} // namespace gatehouse::cli
