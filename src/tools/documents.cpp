// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/documents.h"

#include "base/logging.h"
#include "tools/documenttools.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::tools {

namespace {

void check(const mcp::Features::Added &added)
{
    if (!added)
        qCWarning(base::lcHost).noquote() << added.error();
}

} // namespace

Documents::Documents(mcp::Features &features, const store::Address &address, const base::Clock &clock,
                     const base::Random &random, State state, Changed changed,
                     const store::DatabaseLimits &limits)
    : m_features(features)
    , m_changed(std::move(changed))
{
    store::DocumentsWatch watch;
    // Both can wait until the landing is gone, and are dropped then.
    watch.changed = [this, invoker = m_landing.invoker()](const store::DocumentChange &change) {
        invoker.post([this, change] { tell(change); });
    };
    watch.missed = [this, invoker = m_landing.invoker()] { invoker.post([this] { tellOfMissed(); }); };
    watch.state = [invoker = m_landing.invoker(),
                   state = std::move(state)](const std::optional<store::Fault> &fault) {
        if (state)
            invoker.post([state, fault] { state(fault); });
    };
    m_store = std::make_shared<store::Documents>(address, clock, random, std::move(watch), limits);
    for (const mcp::Tool &tool : documentTools(m_store))
        check(m_features.addTool(tool));
    check(m_features.addTemplate(documentResources(m_store)));
}

Documents::~Documents()
{
    for (const mcp::Tool &tool : documentTools({}))
        m_features.removeTool(tool.name);
    m_features.removeTemplate(documentResources({}).uriTemplate);
}

void Documents::tell(const store::DocumentChange &change)
{
    const base::AccessRequirements ofOrganization{{}, {}, {change.organization}};
    m_features.resourceChanged(documentUri(change.id), ofOrganization);
    if (change.kind != store::DocumentChange::Kind::Updated)
        m_features.listedResourcesChanged(ofOrganization);
    if (m_changed)
        m_changed(change.organization);
}

void Documents::tellOfMissed()
{
    m_features.resourcesMayHaveChanged(documentUri({}));
    m_features.listedResourcesChanged({});
    if (m_changed)
        m_changed({});
}

} // namespace gatehouse::tools
