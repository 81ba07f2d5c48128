// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/features.h"

#include "base/logging.h"
#include "schema/schema.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::mcp {

namespace {

base::Expected<ServedTool, QString> serve(Tool tool)
{
    auto headers = protocol::headerParametersOf(tool.inputSchema);
    if (!headers)
        return base::failure(headers.error());
    auto input = schema::Schema::compile(tool.inputSchema);
    if (!input)
        return base::failure(input.error());
    ServedTool served{std::move(tool), std::move(*headers), std::move(*input)};
    if (served.outputSchema) {
        auto output = schema::Schema::compile(*served.outputSchema);
        if (!output)
            return base::failure(output.error());
        served.output = std::move(*output);
    }
    return served;
}

tl::unexpected<QString> refused(const QString &sentence, const QString &name)
{
    return base::failure(sentence.arg(name.left(200)));
}

} // namespace

Features::Features(QObject *parent)
    : QObject(parent)
{ }

Features::~Features()
{
    m_parts.clear();
}

bool Change::concerns(const Allows &allows) const
{
    return isForAll
        || std::any_of(seenWith.begin(), seenWith.end(),
                       [&allows](const base::AccessRequirements &needs) { return isToldOf(allows, needs); });
}

Change &Features::pend(Pending &pending, Signal signal)
{
    if (!pending) {
        pending.emplace();
        QMetaObject::invokeMethod(
            this,
            [this, &pending, signal] {
                Q_EMIT(this->*signal)
                (*std::exchange(pending, std::nullopt));
            },
            Qt::QueuedConnection);
    }
    return *pending;
}

void Features::announce(Pending &pending, Signal signal, const base::AccessRequirements &seenWith)
{
    Change &change = pend(pending, signal);
    if (!m_hidesForbidden || seenWith == base::AccessRequirements())
        change.isForAll = true;
    else if (!change.seenWith.contains(seenWith))
        change.seenWith.append(seenWith);
}

void Features::announceToAll(Pending &pending, Signal signal)
{
    pend(pending, signal).isForAll = true;
}

void Features::setRules(const QHash<QString, base::AccessRequirements> &rules)
{
    if (m_rules == rules)
        return;
    m_rules = rules;
    if (m_hidesForbidden)
        announceToAll(m_toolChange, &Features::toolsChanged);
}

void Features::setHidesForbidden(bool hides)
{
    if (std::exchange(m_hidesForbidden, hides) != hides)
        announceAll();
}

void Features::rightsChanged()
{
    if (m_hidesForbidden)
        announceAll();
}

void Features::announceAll()
{
    announceToAll(m_toolChange, &Features::toolsChanged);
    if (m_offersResources)
        announceToAll(m_resourceChange, &Features::resourcesChanged);
    if (m_offersPrompts)
        announceToAll(m_promptChange, &Features::promptsChanged);
}

Features::Added Features::addTool(Tool tool)
{
    static const QRegularExpression allowed(u"\\A[A-Za-z0-9_.-]{1,128}\\z"_s);
    const QString name = tool.name;
    if (!allowed.match(name).hasMatch())
        return refused(
            u"A tool cannot be called \"%1\": its name has 1 to 128 of A-Z, a-z, 0-9, _, . and -."_s, name);
    if (!tool.handler)
        return refused(u"The tool \"%1\" has no handler."_s, name);
    if (tool.inputSchema.value("type"_L1) != QJsonValue(u"object"_s))
        return refused(u"The tool \"%1\" takes no object: its inputSchema needs \"type\":\"object\"."_s,
                       name);
    auto served = serve(std::move(tool));
    if (!served)
        return base::failure(u"The tool \"%1\" is not offered: "_s.arg(name) + served.error());
    const bool hasTasks = served->tasks != TaskSupport::None;
    if (!m_tools.add(name, std::move(*served)))
        return refused(u"There is a tool \"%1\" already."_s, name);
    m_offersTasks |= hasTasks;
    announce(m_toolChange, &Features::toolsChanged, needsOfTool(name));
    return {};
}

Features::Added Features::addResource(Resource resource)
{
    const QString uri = resource.uri;
    const base::AccessRequirements needs = resource.needs;
    if (uri.isEmpty() || resource.name.isEmpty() || !resource.handler)
        return refused(u"The resource \"%1\" lacks its uri, its name or its handler."_s, uri);
    if (!m_resources.add(uri, std::move(resource)))
        return refused(u"There is a resource \"%1\" already."_s, uri);
    m_offersResources = true;
    announce(m_resourceChange, &Features::resourcesChanged, needs);
    return {};
}

Features::Added Features::addTemplate(ResourceTemplate resources)
{
    const QString text = resources.uriTemplate;
    const auto read = UriTemplate::read(text);
    if (!read || text.isEmpty())
        return refused(u"\"%1\" is no template of addresses that can be matched (RFC 6570)."_s, text);
    if (resources.name.isEmpty() || !resources.handler)
        return refused(u"The template \"%1\" lacks its name or its handler."_s, text);
    const base::AccessRequirements needs = resources.needs;
    const bool completes = !resources.completers.isEmpty();
    if (!m_templates.add(text, std::move(resources)))
        return refused(u"There is a template \"%1\" already."_s, text);
    m_read.insert(text, *read);
    m_offersResources = true;
    m_offersCompletion |= completes;
    announce(m_resourceChange, &Features::resourcesChanged, needs);
    return {};
}

Features::Added Features::addPrompt(Prompt prompt)
{
    const QString name = prompt.name;
    const base::AccessRequirements needs = prompt.needs;
    const bool completes = std::any_of(prompt.arguments.cbegin(), prompt.arguments.cend(),
                                       [](const PromptArgument &argument) { return !!argument.completer; });
    if (name.isEmpty() || name.size() > 128)
        return refused(u"A prompt cannot be called \"%1\": its name has 1 to 128 characters."_s, name);
    if (!prompt.handler)
        return refused(u"The prompt \"%1\" has no handler."_s, name);
    if (!m_prompts.add(name, std::move(prompt)))
        return refused(u"There is a prompt \"%1\" already."_s, name);
    m_offersPrompts = true;
    m_offersCompletion |= completes;
    announce(m_promptChange, &Features::promptsChanged, needs);
    return {};
}

bool Features::removeTool(const QString &name)
{
    const base::AccessRequirements needs = needsOfTool(name);
    const bool is = m_tools.remove(name);
    if (is)
        announce(m_toolChange, &Features::toolsChanged, needs);
    return is;
}

bool Features::removeResource(const QString &uri)
{
    const auto resource = m_resources.find(uri);
    if (!resource)
        return false;
    announce(m_resourceChange, &Features::resourcesChanged, resource->needs);
    return m_resources.remove(uri);
}

bool Features::removeTemplate(const QString &uriTemplate)
{
    const auto resources = m_templates.find(uriTemplate);
    if (!resources)
        return false;
    m_read.remove(uriTemplate);
    announce(m_resourceChange, &Features::resourcesChanged, resources->needs);
    return m_templates.remove(uriTemplate);
}

bool Features::removePrompt(const QString &name)
{
    const auto prompt = m_prompts.find(name);
    if (!prompt)
        return false;
    announce(m_promptChange, &Features::promptsChanged, prompt->needs);
    return m_prompts.remove(name);
}

void Features::resourceChanged(const QString &uri, const base::AccessRequirements &also)
{
    // What it needs may not have been known when watching began.
    Q_EMIT resourceUpdated(uri, findResource(uri).needs.with(also));
}

void Features::resourcesMayHaveChanged(const QString &start)
{
    Q_EMIT resourcesUpdated(start);
}

void Features::listedResourcesChanged(const base::AccessRequirements &seenWith)
{
    Change &change = pend(m_resourceChange, &Features::resourcesChanged);
    if (seenWith == base::AccessRequirements())
        change.isForAll = true;
    else if (!change.seenWith.contains(seenWith))
        change.seenWith.append(seenWith);
}

Features::Found Features::findResource(const QString &uri) const
{
    if (const auto resource = m_resources.find(uri))
        return {resource->handler, {}, resource->needs, resource->mimeType};
    for (const auto &[number, resources] : m_templates.all()) {
        if (const auto variables = m_read.value(resources->uriTemplate).match(uri))
            return {resources->handler, *variables, resources->needs, resources->mimeType};
    }
    return {};
}

base::AccessRequirements Features::needsOfTool(const QString &name) const
{
    const auto tool = m_tools.find(name);
    if (!tool)
        return {};
    const auto rule = m_rules.constFind(name);
    return rule == m_rules.cend() ? tool->needs : *rule;
}

} // namespace gatehouse::mcp
