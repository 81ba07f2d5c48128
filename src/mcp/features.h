// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "mcp/allows.h"
#include "mcp/prompt.h"
#include "mcp/registry.h"
#include "mcp/resource.h"
#include "mcp/tool.h"
#include "mcp/uritemplate.h"
#include "protocol/mirroredheaders.h"
#include "schema/schema.h"

#include <QHash>
#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace gatehouse::mcp {

/// That something in a list is new, gone or for others now.
struct Change
{
    bool isForAll = false; ///< Everybody's list may differ, else only the lists of whoever …
    QList<base::AccessRequirements> seenWith = {}; ///< … has one of these, and so sees what changed.

    [[nodiscard]] bool concerns(const Allows &allows) const;
};

/// A tool with what was read from its schemas.
struct ServedTool : Tool
{
    QList<protocol::HeaderParameter> headerParameters = {};
    schema::Schema input = {};
    std::optional<schema::Schema> output = {};
};

/// What a server offers: its tools, resources and prompts (MCP "Server Features"). May change while the
/// server runs; clients that listen are told. Lives on the dispatcher's thread.
class Features : public QObject
{
    Q_OBJECT

public:
    explicit Features(QObject *parent = nullptr);
    ~Features() override;

    /// Each adds nothing, and says why in one English sentence, where the name is taken or it cannot be
    /// served: a tool's name is 1–128 of A–Z a–z 0–9 _ . -, its schemas are such as schema/schema.h reads,
    /// that of its arguments an object's with right x-mcp-header marks; a template is one that UriTemplate
    /// reads; and all have a handler.
    using Added = base::Expected<void, QString>;
    /// Somebody who added things, and takes them back when he goes: lives as long as this, and goes first.
    void keep(std::shared_ptr<void> part) { m_parts.push_back(std::move(part)); }
    [[nodiscard]] Added addTool(Tool tool);
    [[nodiscard]] Added addResource(Resource resource);
    [[nodiscard]] Added addTemplate(ResourceTemplate resources);
    [[nodiscard]] Added addPrompt(Prompt prompt);
    /// False where there is none. Calls under way go on.
    bool removeTool(const QString &name);
    bool removeResource(const QString &uri);
    bool removeTemplate(const QString &uriTemplate);
    bool removePrompt(const QString &name);
    /// Tells whoever subscribed and may read it that the resource holds something else now; `also` is what
    /// they must have beside what the resource or its template needs.
    void resourceChanged(const QString &uri, const base::AccessRequirements &also = {});
    /// The same for all whose address begins so: each may hold something else now, and nobody knows which do.
    void resourcesMayHaveChanged(const QString &start);
    /// A lister has something else now for callers who have this.
    void listedResourcesChanged(const base::AccessRequirements &seenWith);

    /// What callers must have by the administrator's word, by tool name; instead of what the tool itself
    /// says.
    void setRules(const QHash<QString, base::AccessRequirements> &rules);
    /// What callers have comes to something else now, as where a scope includes others: lists may differ.
    void rightsChanged();
    /// Whether lists leave out what their reader may not use. On at first.
    void setHidesForbidden(bool hides);
    [[nodiscard]] bool hidesForbidden() const { return m_hidesForbidden; }
    /// Whether lists show what needs this to somebody with these rights.
    [[nodiscard]] bool shows(const base::AccessRequirements &needs, const Allows &allows) const
    {
        return !m_hidesForbidden || fulfils(allows, needs);
    }

    struct Found
    {
        ReadHandler handler = {}; ///< Empty: there is no such resource.
        QHash<QString, QString> variables = {};
        base::AccessRequirements needs = {};
        QString mimeType = {};
    };
    /// The resource of that address, else the first template that it fits.
    [[nodiscard]] Found findResource(const QString &uri) const;
    /// None where there is no such tool.
    [[nodiscard]] base::AccessRequirements needsOfTool(const QString &name) const;

    [[nodiscard]] const Registry<ServedTool> &tools() const { return m_tools; }
    [[nodiscard]] const Registry<Resource> &resources() const { return m_resources; }
    [[nodiscard]] const Registry<ResourceTemplate> &templates() const { return m_templates; }
    [[nodiscard]] const Registry<Prompt> &prompts() const { return m_prompts; }
    /// Whether there is or ever was one: what a server said it has, it goes on having.
    [[nodiscard]] bool offersResources() const { return m_offersResources; }
    [[nodiscard]] bool offersPrompts() const { return m_offersPrompts; }
    [[nodiscard]] bool offersCompletion() const { return m_offersCompletion; }
    [[nodiscard]] bool offersTasks() const { return m_offersTasks; }

Q_SIGNALS:
    /// Each once for all changes of one turn of the event loop.
    void toolsChanged(const gatehouse::mcp::Change &change);
    void resourcesChanged(const gatehouse::mcp::Change &change);
    void promptsChanged(const gatehouse::mcp::Change &change);
    void resourceUpdated(const QString &uri, const gatehouse::base::AccessRequirements &needs);
    void resourcesUpdated(const QString &start);

private:
    /// A change that waits for the end of the turn.
    using Pending = std::optional<Change>;
    using Signal = void (Features::*)(const Change &);
    void announce(Pending &pending, Signal signal, const base::AccessRequirements &seenWith);
    void announceToAll(Pending &pending, Signal signal);
    void announceAll();
    [[nodiscard]] Change &pend(Pending &pending, Signal signal);

    std::vector<std::shared_ptr<void>> m_parts;
    Registry<ServedTool> m_tools;
    Registry<Resource> m_resources;
    Registry<ResourceTemplate> m_templates;
    QHash<QString, UriTemplate> m_read; ///< The templates, read.
    Registry<Prompt> m_prompts;
    QHash<QString, base::AccessRequirements> m_rules;
    bool m_offersResources = false;
    bool m_offersPrompts = false;
    bool m_offersCompletion = false;
    bool m_offersTasks = false;
    bool m_hidesForbidden = true;
    Pending m_toolChange;
    Pending m_resourceChange;
    Pending m_promptChange;
};

} // namespace gatehouse::mcp
