// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/grants.h"

#include <QList>

namespace gatehouse::sandbox {

/// That somebody let a program in, as it is remembered after the codes and tokens of it are gone: WorkOS's
/// "authorized applications". One for each person and program; the oldest go when there are too many.
class Consents
{
public:
    struct Consent
    {
        QString id = {}; ///< "authorized_connect_app_…"
        Grant grant = {}; ///< The latest.
        qint64 givenAt = 0;
    };

    void record(const Grant &grant, const QString &newId, qint64 nowMs);
    /// Of that person, in the order in which they were given first.
    [[nodiscard]] QList<Consent> of(const QString &userId) const;
    /// What was revoked; nullopt where that person gave no such one.
    std::optional<Consent> revoke(const QString &userId, const QString &id);

private:
    QList<Consent> m_all;
};

} // namespace gatehouse::sandbox
