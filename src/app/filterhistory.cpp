// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/filterhistory.h"

namespace gatehouse::app {

void FilterHistory::push(const QString &filter)
{
    if (m_asked.at(m_at) == filter)
        return;
    m_asked.resize(m_at + 1);
    m_asked.append(filter);
    if (m_asked.size() > most)
        m_asked.removeFirst();
    m_at = m_asked.size() - 1;
}

std::optional<QString> FilterHistory::back()
{
    if (m_at == 0)
        return {};
    return m_asked.at(--m_at);
}

std::optional<QString> FilterHistory::forward()
{
    if (m_at + 1 == m_asked.size())
        return {};
    return m_asked.at(++m_at);
}

QStringList FilterHistory::earlier(const QString &but, qsizetype count) const
{
    QStringList found;
    for (qsizetype i = m_asked.size() - 1; i >= 0 && found.size() < count; --i) {
        const QString &one = m_asked.at(i);
        if (!one.isEmpty() && one != but && !found.contains(one) && !m_saved.contains(one))
            found.append(one);
    }
    return found;
}

void FilterHistory::setSaved(const QStringList &filters)
{
    m_saved.clear();
    for (const QString &filter : filters) {
        const QString one = filter.trimmed(); // As they are asked for.
        if (!one.isEmpty() && !m_saved.contains(one) && m_saved.size() < most)
            m_saved.append(one);
    }
}

void FilterHistory::toggleSaved(const QString &filter)
{
    if (!m_saved.removeOne(filter) && !filter.isEmpty() && m_saved.size() < most)
        m_saved.append(filter);
}

} // namespace gatehouse::app
