// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/allows.h"
#include "mcp/caller.h"
#include "mcp/completion.h"
#include "mcp/content.h"
#include "mcp/context.h"
#include "protocol/jsonrpc.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <functional>
#include <optional>
#include <variant>

namespace gatehouse::mcp {

struct ResourceRead
{
    QString uri = {};
    QHash<QString, QString> variables = {}; ///< Of the template, percent-decoded.
    Caller caller = {};
    Context context = {};
};

/// There is no such resource, behind a template that its address fits.
struct NotFound
{ };

/// Contents, a question to the client, not found, or an error of the protocol.
using ReadOutcome = std::variant<QList<ResourceContents>, InputRequired, NotFound, protocol::RpcError>;
/// Takes the answer, from any thread; the first one counts.
using ReadAnswer = std::function<void(ReadOutcome)>;
using ReadHandler = std::function<void(const ResourceRead &, ReadAnswer)>;

/// A resource as `resources/list` shows it, and what reads it.
struct Resource
{
    QString uri = {};
    QString name = {};
    QString title = {};
    QString description = {};
    QString mimeType = {};
    std::optional<qint64> size = {}; ///< Bytes.
    QJsonObject annotations = {};
    QJsonArray icons = {};
    base::AccessRequirements needs = {}; ///< Who may read it.
    ReadHandler handler = {};
};

/// What a template's resources are listed by, for one caller.
struct ResourceListCall
{
    QString cursor = {}; ///< Of the page before; empty at first.
    Caller caller = {};
};
struct ResourceListPage
{
    QList<Resource> resources = {}; ///< Without handlers; their template reads them.
    QString next = {}; ///< Empty at the end.
};
/// An error where they cannot be listed now: a list without them would be taken for the whole.
using ResourceListOutcome = std::variant<ResourceListPage, protocol::RpcError>;
using ResourceListAnswer = std::function<void(ResourceListOutcome)>;
using ResourceLister = std::function<void(const ResourceListCall &, ResourceListAnswer)>;

/// Many resources whose addresses fit one template (RFC 6570; see UriTemplate).
struct ResourceTemplate
{
    QString uriTemplate = {};
    QString name = {};
    QString title = {};
    QString description = {};
    QString mimeType = {};
    QJsonObject annotations = {};
    QJsonArray icons = {};
    base::AccessRequirements needs = {}; ///< Who may read them.
    ReadHandler handler = {};
    QHash<QString, Completer> completers = {}; ///< By variable.
    /// Those that there are for a caller, behind the resources of `resources/list`; empty: none is listed.
    ResourceLister lister = {};
};

} // namespace gatehouse::mcp
