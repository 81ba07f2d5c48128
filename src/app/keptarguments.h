// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <optional>
#include <utility>

namespace gatehouse::app {

/// What was last given to tools, prompts and resources, by a key of theirs. A value.
class KeptArguments
{
public:
    static constexpr qsizetype most = 100; ///< The oldest go.
    static constexpr qsizetype longest = 16 * 1024; ///< Of one, as bytes of JSON, that is kept on disk.

    void insert(const QString &key, const QJsonObject &given);
    [[nodiscard]] std::optional<QJsonObject> find(const QString &key) const;

    /// For the next start: without what is empty, or holds something that looks like a secret.
    [[nodiscard]] QByteArray saved() const;
    /// In place of what is there. What cannot be read counts as nothing.
    void restore(const QByteArray &saved);

private:
    QList<std::pair<QString, QJsonObject>> m_all; ///< The newest last.
};

} // namespace gatehouse::app
