// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QLatin1StringView>
#include <QList>
#include <QString>
#include <QStringList>

namespace gatehouse::sandbox {

/// What can be switched on to see what a client makes of it.
enum class SandboxFault {
    RegistrationOff, ///< "registration-off": as an AuthKit environment without DCR, until it is switched off.
    DocumentsOff, ///< "documents-off": clients' metadata documents (CIMD) are not read, until it is switched
                  ///< off.
    TokenExpired, ///< "token-expired": the next access token expired a minute ago.
    TokenAudience, ///< "token-audience": the next access token is for another server.
    // Of the Management API, until they are switched off:
    ApiUnauthorized, ///< "api-unauthorized": no key is taken (401).
    ApiForbidden, ///< "api-forbidden": the key may do nothing (403).
    ApiRateLimited, ///< "api-rate-limited": 429, with Retry-After.
    ApiBroken, ///< "api-broken": 500.
    ApiSilent, ///< "api-silent": it never answers.
    ApiWithoutResources, ///< "api-without-resources": an environment without the route of resource
                         ///< indicators.
};

/// All that is fixed about one.
struct FaultInfo
{
    QLatin1StringView name; ///< As the command line and the control endpoint call it.
    const char *words; ///< In a menu; of the translation context "gatehouse::sandbox::Faults".
};

/// Which of them are on. A value.
class Faults
{
public:
    /// In the order of the enum.
    [[nodiscard]] static const QList<FaultInfo> &all();
    [[nodiscard]] static const QStringList &names();
    /// One sentence that names the first that is none of names(); empty if all are.
    [[nodiscard]] static QString unknownIn(const QStringList &wanted);

    void set(const QString &name, bool isOn);
    [[nodiscard]] bool isOn(SandboxFault fault) const { return (m_bits >> int(fault) & 1) != 0; }
    /// Whether it is on, for one that works once: it is off afterwards.
    [[nodiscard]] bool consume(SandboxFault fault);
    /// {"registration-off": true, …} with all names.
    [[nodiscard]] QJsonObject json() const;

private:
    unsigned m_bits = 0;
};

} // namespace gatehouse::sandbox
