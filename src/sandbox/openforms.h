// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/random.h"

#include <QByteArray>
#include <QHash>
#include <QString>
#include <QStringList>

#include <optional>

namespace gatehouse::sandbox {

/// A request to /oauth2/authorize that has been judged and found right.
struct AuthorizationRequest
{
    QString clientId;
    QString clientName;
    QString redirectUri;
    QString state; ///< As it came; empty if it did not.
    QString codeChallenge;
    QString nonce;
    QString resource;
    QString loginHint;
    QStringList scopes;
};

/// The requests whose sign-in page is open somewhere, by the token in its form. The page carries nothing
/// else, so that nothing of a request can be changed on the way back. Each works once, for 10 minutes; at
/// most 200, the oldest go.
class OpenForms
{
public:
    OpenForms(base::Clock clock, base::Random random);

    [[nodiscard]] QString open(const AuthorizationRequest &request);
    [[nodiscard]] std::optional<AuthorizationRequest> close(const QString &formToken);

    static constexpr qint64 lifetimeMs = 10 * 60 * 1000;

private:
    struct Entry
    {
        AuthorizationRequest request;
        qint64 openedAt = 0;
    };

    base::Clock m_clock;
    base::Random m_random;
    QHash<QByteArray, Entry> m_forms; ///< By digest.
};

} // namespace gatehouse::sandbox
