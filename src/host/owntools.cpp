// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/owntools.h"

#include "base/clock.h"
#include "base/logging.h"
#include "base/random.h"
#include "tools/profile.h"

#include <QFileInfo>
#include <QStandardPaths>

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::host {

store::Address documentsAddressOf(const Settings &settings)
{
    if (const auto named = store::addressFrom(settings.documents))
        return *named;
    store::Address usual;
    usual.file = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u"/documents.sqlite"_s;
    return usual;
}

OwnTools::OwnTools(mcp::Features &features, Tell tell, Changed documentsChanged)
    : m_features(features)
    , m_tell(std::move(tell))
    , m_documentsChanged(std::move(documentsChanged))
{ }

OwnTools::~OwnTools() = default;

void OwnTools::settle(const Settings &settings, const tools::ApiAccess &api)
{
    const auto profile = tools::profileTool();
    const bool wantsProfile = settings.tools.contains(u"profile"_s);
    if (wantsProfile && !m_hasProfile) {
        if (const auto added = m_features.addTool(profile); !added)
            qCWarning(base::lcHost).noquote() << added.error();
    } else if (m_hasProfile && !wantsProfile) {
        m_features.removeTool(profile.name);
    }
    m_hasProfile = wantsProfile;
    settleDocuments(settings);
    settleWorkOs(settings, api);
}

void OwnTools::settleWorkOs(const Settings &settings, const tools::ApiAccess &api)
{
    const bool isWanted
        = settings.tools.contains(u"workos"_s) && settings.authorization && !api.key.isEmpty();
    if (isWanted ? m_api == api : !m_api)
        return;
    m_workOs.reset();
    m_api.reset();
    if (!isWanted)
        return;
    m_api = api;
    if (!m_fetcher)
        m_fetcher = std::make_unique<fetch::NetworkFetcher>();
    m_workOs = std::make_unique<tools::WorkOs>(m_features, m_fetcher.get(), api);
}

void OwnTools::settleDocuments(const Settings &settings)
{
    const bool isWanted = settings.tools.contains(u"documents"_s);
    const store::Address address = documentsAddressOf(settings);
    if (isWanted ? m_address == address : !m_address)
        return;
    m_documents.reset(); // Two of them would offer the same tools.
    tellOf(std::nullopt);
    m_address.reset();
    if (!isWanted)
        return;
    m_address = address;
    store::DatabaseLimits limits;
    // A file that nobody named is made when there is something to put into it.
    limits.isLazy = settings.documents.isEmpty() && !QFileInfo::exists(address.file);
    m_documents = std::make_unique<tools::Documents>(
        m_features, address, base::systemClock(), base::systemRandom(),
        [this](const std::optional<store::Fault> &fault) { tellOf(fault); }, m_documentsChanged, limits);
}

void OwnTools::tellOf(const std::optional<store::Fault> &fault)
{
    if (m_fault == fault)
        return;
    m_fault = fault;
    if (m_fault)
        tellAgain();
    else
        m_tell({Notice::Kind::DocumentsReachable});
}

void OwnTools::tellAgain() const
{
    if (!m_fault || !m_address)
        return;
    // A notice is for whoever runs this program, and says where.
    const QString sentence = store::sentenceOf(*m_fault).section(u". "_s, 0, 0);
    const QString more
        = m_fault->detail.isEmpty() ? QString() : u" ("_s + m_fault->detail.simplified().left(300) + u')';
    m_tell(
        {Notice::Kind::DocumentsFailing,
         (sentence.endsWith(u'.') ? sentence.chopped(1) : sentence) + u": "_s + m_address->shown() + more});
}

std::weak_ptr<store::Documents> OwnTools::documents() const
{
    return m_documents ? m_documents->store() : std::weak_ptr<store::Documents>();
}

} // namespace gatehouse::host
