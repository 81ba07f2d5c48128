// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/listing.h"

#include "base/json.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace gatehouse::client {

namespace {

struct Kind
{
    protocol::MethodId list;
    QLatin1StringView member;
    QLatin1StringView key; ///< The member that tells one entry from the other.
    const char *one;
    const char *several;
};

constexpr std::array kinds{
    Kind{protocol::MethodId::ListTools, "tools"_L1, "name"_L1, "tool", "tools"},
    Kind{protocol::MethodId::ListPrompts, "prompts"_L1, "name"_L1, "prompt", "prompts"},
    Kind{protocol::MethodId::ListResources, "resources"_L1, "uri"_L1, "resource", "resources"},
    Kind{protocol::MethodId::ListTemplates, "resourceTemplates"_L1, "uriTemplate"_L1, "resource template",
         "resource templates"}};

const Kind &kindOf(protocol::MethodId list)
{
    const auto *const found
        = std::find_if(kinds.begin(), kinds.end(), [list](const Kind &kind) { return kind.list == list; });
    return found == kinds.end() ? kinds.front() : *found;
}

} // namespace

Pages::Pages(protocol::MethodId list)
    : m_list(list)
{ }

QString Pages::member() const
{
    return kindOf(m_list).member;
}

bool Pages::isPage(const QJsonObject &result) const
{
    return result.value(kindOf(m_list).member).isArray();
}

void Pages::remark(const QString &text)
{
    if (m_listing.remark.isEmpty())
        m_listing.remark = text;
}

void Pages::breakOff(const QString &why)
{
    remark(u"A page of the list cannot be had, and what follows is missing: "_s + why);
}

bool Pages::take(const QJsonObject &page)
{
    ++m_count;
    if (!takeEntries(page))
        return false;
    const QJsonValue next = page.value("nextCursor"_L1);
    if (!next.isString())
        return false;
    m_cursor = next.toString();
    if (m_count >= maximumPages) {
        remark(u"The list has more than 100 pages; these are the first."_s);
        return false;
    }
    if (m_cursors.contains(m_cursor)) {
        remark(u"The list does not end: it names the same page again."_s);
        return false;
    }
    m_cursors.insert(m_cursor);
    return true;
}

/// False where nothing more is to be taken.
bool Pages::takeEntries(const QJsonObject &page)
{
    const Kind &kind = kindOf(m_list);
    m_bytes += base::memoryOf(page);
    if (m_bytes > maximumBytes) {
        remark(u"The list of %1 is larger than 32 MiB; these are the first."_s.arg(
            QLatin1StringView(kind.several)));
        return false;
    }
    const QJsonArray entries = page.value(kind.member).toArray();
    QList<QJsonObject> taken;
    bool isNew = false;
    for (const QJsonValue value : entries) {
        if (m_listing.entries.size() + taken.size() >= maximumEntries) {
            remark(u"The server lists more than 10,000 %1; these are the first."_s.arg(
                QLatin1StringView(kind.several)));
            break;
        }
        const QString name = value[kind.key].toString();
        if (name.isEmpty()) {
            remark(u"The server lists a %1 without a %2."_s.arg(QLatin1StringView(kind.one), kind.key));
            continue;
        }
        isNew = isNew || !m_names.contains(name);
        taken.append(value.toObject());
    }
    if (!isNew) // The page before, once more.
        return true;
    for (const QJsonObject &entry : std::as_const(taken))
        m_names.insert(entry.value(kind.key).toString());
    m_listing.entries += taken;
    return m_listing.entries.size() < maximumEntries;
}

} // namespace gatehouse::client
