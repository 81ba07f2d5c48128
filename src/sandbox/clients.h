// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/expected.h"
#include "base/random.h"
#include "sandbox/oautherror.h"

#include <QHash>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace gatehouse::sandbox {

/// A program that has registered itself (RFC 7591 §2), or whose document says who it is.
struct RegisteredClient
{
    QString id; ///< "client_…", or the address of its document.
    QString name;
    QString secret; ///< Empty for a public client.
    QString authMethod; ///< "none", "client_secret_post" or "client_secret_basic".
    QString applicationType; ///< As it came; empty if it did not.
    QStringList redirectUris;
    QStringList grantTypes;
    qint64 issuedAt = 0; ///< Seconds since 1970.
    quint64 lastUse = 0; ///< Counts up with each use of any client.

    /// Byte for byte (RFC 6749 §3.1.2.3): a client whose port changes registers again.
    [[nodiscard]] bool hasRedirect(const QString &uri) const { return redirectUris.contains(uri); }
    [[nodiscard]] bool isPublic() const { return authMethod == QLatin1StringView("none"); }
    [[nodiscard]] bool mayRefresh() const { return grantTypes.contains(QLatin1StringView("refresh_token")); }
};

/// http to 127.0.0.1, [::1] or localhost, with any port or none: only this machine hears what is sent there.
[[nodiscard]] bool isLoopbackRedirect(const QString &uri);

/// Dynamic client registration (RFC 7591 §3). Keeps at most 500: the one that was not used for the longest
/// time goes, as AuthKit evicts, too.
class Clients
{
public:
    Clients(base::Clock clock, base::Random random);

    [[nodiscard]] base::Expected<RegisteredClient, OAuthError> add(const QJsonObject &metadata);
    /// One whose id is the address of its document, as that was read a moment ago: it has no secret. What was
    /// known of it before goes.
    [[nodiscard]] base::Expected<RegisteredClient, OAuthError> know(const QString &id,
                                                                    const QJsonObject &document);
    /// Null for one that is unknown; counts as a use.
    [[nodiscard]] const RegisteredClient *find(const QString &id);

private:
    [[nodiscard]] RegisteredClient keep(RegisteredClient client);

    base::Clock m_clock;
    base::Random m_random;
    QHash<QString, RegisteredClient> m_clients;
    quint64 m_uses = 0;
};

/// The answer to a registration, RFC 7591 §3.2.1.
[[nodiscard]] QJsonObject registrationAnswer(const RegisteredClient &client);

} // namespace gatehouse::sandbox
