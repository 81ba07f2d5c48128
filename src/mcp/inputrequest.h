// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/context.h"

#include <QJsonObject>

namespace gatehouse::mcp {

/// As messages carry it: method and params.
[[nodiscard]] QJsonObject toJson(const InputRequest &question);

/// What of the needed capabilities the client did not declare; empty if it can be asked.
[[nodiscard]] QJsonObject missingFor(const InputRequired &ask, const ClientDescription &client);

/// Whether this can be the answer to that question: the right members, and for a form its schema.
[[nodiscard]] bool fits(const InputRequest &question, const QJsonObject &answer);

} // namespace gatehouse::mcp
