// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/methodtable.h"

#include <QJsonObject>
#include <QList>
#include <QString>

namespace gatehouse::inspector {

/// One thing that a server offers, as its lists show it, and how it is used.
struct OfferItem
{
    enum class Kind { Tool, Resource, Template, Prompt };
    Kind kind = Kind::Tool;
    QString name = {}; ///< What it is asked for by: a name, a URI, a template of one.
    QString title = {}; ///< May be empty.
    QString about = {};
    QJsonObject json = {}; ///< All of it.
    QJsonObject takes = {}; ///< JSON Schema of what it is given.
    QString needs
        = {}; ///< What its callers must have, as in "scope documents:read"; empty: nothing, or unknown.

    bool operator==(const OfferItem &) const = default;
};

/// Reads an entry of a list. A resource takes nothing; a template takes the URI; a prompt's arguments are
/// texts (MCP "Tools", "Resources", "Prompts").
[[nodiscard]] OfferItem readOfferItem(OfferItem::Kind kind, const QJsonObject &json);

/// The request that uses it, with what it is given.
struct OfferRequest
{
    protocol::MethodId method = protocol::MethodId::CallTool;
    QJsonObject params = {};
};
[[nodiscard]] OfferRequest requestFor(const OfferItem &item, const QJsonObject &given);

/// What a tool says of itself (MCP "ToolAnnotations"), which is only its word.
[[nodiscard]] bool saysThatItOnlyReads(const OfferItem &item);
/// Unless it says otherwise, one that does more than read may destroy.
[[nodiscard]] bool mayDestroy(const OfferItem &item);

} // namespace gatehouse::inspector
