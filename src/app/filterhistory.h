// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <optional>

namespace gatehouse::app {

/// Filters that were asked for, to go back to, and those that somebody keeps. A value.
class FilterHistory
{
public:
    static constexpr qsizetype most = 50; ///< The oldest go.

    /// The filter that is asked for now; what was gone back from is forgotten. One twice in a row is one.
    void push(const QString &filter);
    /// One step; nullopt where there is none.
    [[nodiscard]] std::optional<QString> back();
    [[nodiscard]] std::optional<QString> forward();
    /// The newest first, each once, without the empty one and without `but`.
    [[nodiscard]] QStringList earlier(const QString &but, qsizetype count) const;

    [[nodiscard]] const QStringList &saved() const { return m_saved; }
    void setSaved(const QStringList &filters);
    [[nodiscard]] bool isSaved(const QString &filter) const { return m_saved.contains(filter); }
    /// Keeps it, or forgets it.
    void toggleSaved(const QString &filter);

private:
    QStringList m_asked = {QString()}; ///< The oldest first.
    qsizetype m_at = 0;
    QStringList m_saved;
};

} // namespace gatehouse::app
