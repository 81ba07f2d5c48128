// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"

#include <QString>

namespace gatehouse::http {

/// A page for a person: our one style sheet, no script, nothing from elsewhere, and in no frame. `mark`
/// stands small above it. `content` is HTML; whoever puts foreign text into it escapes it.
[[nodiscard]] Response pageResponse(int status, const QString &mark, const QString &title,
                                    const QString &content);

} // namespace gatehouse::http
