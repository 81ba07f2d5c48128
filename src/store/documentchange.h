// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace gatehouse::store {

/// That a document is another one now, in this program or in another one on the same server.
struct DocumentChange
{
    enum class Kind { Created, Updated, Deleted };
    Kind kind = Kind::Updated;
    QString organization = {};
    QString id = {};

    bool operator==(const DocumentChange &) const = default;
};

/// As programs tell each other.
[[nodiscard]] QString payloadOf(const DocumentChange &change);
/// nullopt for what is none: anybody who may use the database can send something.
[[nodiscard]] std::optional<DocumentChange> documentChangeIn(const QString &payload);

} // namespace gatehouse::store
