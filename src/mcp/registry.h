// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QString>

#include <map>
#include <memory>
#include <optional>

namespace gatehouse::mcp {

/// Things by name, in the order they were added. What find() gave stays whole when it is removed meanwhile.
template <typename T> class Registry
{
public:
    /// False where the name is taken.
    [[nodiscard]] bool add(const QString &name, T thing)
    {
        if (m_numbers.contains(name))
            return false;
        m_numbers.insert(name, ++m_last);
        m_things.emplace(m_last, std::make_shared<const T>(std::move(thing)));
        return true;
    }
    [[nodiscard]] bool remove(const QString &name) { return m_things.erase(m_numbers.take(name)) > 0; }
    [[nodiscard]] std::shared_ptr<const T> find(const QString &name) const
    {
        const auto number = m_numbers.constFind(name);
        return number == m_numbers.cend() ? nullptr : m_things.at(*number);
    }
    [[nodiscard]] bool isEmpty() const { return m_things.empty(); }
    [[nodiscard]] const std::map<int, std::shared_ptr<const T>> &all() const { return m_things; }

    struct Page
    {
        QList<std::shared_ptr<const T>> things = {};
        std::optional<int> last = {}; ///< Where the next page goes on; nullopt at the end.
    };
    /// The next `count` behind the one of that number that are to be shown; numbers stay while others come
    /// and go.
    template <typename IsShown> [[nodiscard]] Page page(int after, int count, const IsShown &isShown) const
    {
        Page page;
        int last = 0;
        for (auto it = m_things.upper_bound(after); it != m_things.end(); ++it) {
            if (!isShown(*it->second))
                continue;
            if (page.things.size() == count) {
                page.last = last;
                break;
            }
            page.things.append(it->second);
            last = it->first;
        }
        return page;
    }

private:
    std::map<int, std::shared_ptr<const T>> m_things;
    QHash<QString, int> m_numbers;
    int m_last = 0;
};

} // namespace gatehouse::mcp
