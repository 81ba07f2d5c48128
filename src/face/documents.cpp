// SPDX-License-Identifier: GPL-3.0-or-later
#include "face/documents.h"

#include "base/clock.h"
#include "base/logging.h"
#include "base/random.h"
#include "store/address.h"
#include "tools/documents.h"
#include "tools/documenttools.h"

using namespace Qt::StringLiterals;
using namespace gatehouse;

namespace Gatehouse {

namespace {

base::Expected<store::Address, QString> addressOf(const mcp::Features &to, const QString &where)
{
    if (where.isEmpty())
        return base::failure(u"Documents need a place: a file, or postgresql://host/database."_s);
    for (const mcp::Tool &tool : tools::documentTools({})) {
        if (to.tools().find(tool.name))
            return base::failure(u"There is a tool \"%1\" already."_s.arg(tool.name));
    }
    const QString uri = tools::documentResources({}).uriTemplate;
    if (to.templates().find(uri))
        return base::failure(u"There is a template \"%1\" already."_s.arg(uri));
    return store::addressFrom(where);
}

} // namespace

mcp::Features::Added offerDocuments(mcp::Features &to, const QString &where)
{
    const auto address = addressOf(to, where);
    if (!address)
        return base::failure(address.error());
    to.keep(std::make_shared<tools::Documents>(
        to, *address, base::systemClock(), base::systemRandom(),
        [shown = address->shown()](const std::optional<store::Fault> &fault) {
            if (fault)
                qCWarning(base::lcHost).noquote() << sentenceOf(*fault) << shown << fault->detail;
        }));
    return {};
}

mcp::Features::Added judgeDocuments(mcp::Features &to, const QString &where)
{
    if (const auto address = addressOf(to, where); !address)
        return base::failure(address.error());
    for (const mcp::Tool &tool : tools::documentTools({})) {
        if (auto added = to.addTool(tool); !added)
            return added;
    }
    return to.addTemplate(tools::documentResources({}));
}

} // namespace Gatehouse
