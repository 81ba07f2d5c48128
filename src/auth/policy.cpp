// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/policy.h"

#include "auth/nearmiss.h"
#include "base/mask.h"
#include "web/scopes.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QSet>

#include <algorithm>
#include <cmath>
#include <optional>

using namespace Qt::StringLiterals;

namespace gatehouse::auth {

namespace {

constexpr double latestTime = 253402300800.0; ///< The year 10000.

const QString aText = QString(QLatin1StringView(QT_TRANSLATE_NOOP("gatehouse::auth::Check", "a string")));
const QString aTime
    = QString(QLatin1StringView(QT_TRANSLATE_NOOP("gatehouse::auth::Check", "a time in seconds since 1970")));
const QString texts
    = QString(QLatin1StringView(QT_TRANSLATE_NOOP("gatehouse::auth::Check", "an array of strings")));

/// What came, for showing: a text as it is, anything else by its type.
QString shown(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return value.toString();
    case QJsonValue::Double:
        return QString::number(value.toDouble(), 'g', 15);
    case QJsonValue::Bool:
        return value.toBool() ? u"true"_s : u"false"_s;
    case QJsonValue::Null:
        return u"null"_s;
    case QJsonValue::Array:
        return QString(QLatin1StringView(QT_TRANSLATE_NOOP("gatehouse::auth::Check", "an array")));
    case QJsonValue::Object:
        return QString(QLatin1StringView(QT_TRANSLATE_NOOP("gatehouse::auth::Check", "an object")));
    case QJsonValue::Undefined:
        return {};
    }
    return {};
}

/// Judges one claim after the other and goes on after a failure.
class ClaimJudge
{
public:
    ClaimJudge(const QJsonObject &claims, const QJsonObject &shownClaims, const Policy &policy, qint64 nowMs)
        : m_claims(claims)
        , m_shown(shownClaims)
        , m_policy(policy)
        , m_now(double(nowMs) / 1000)
    { }

    QList<Check> judge()
    {
        judgeIssuer();
        judgeAudience();
        judgeSubject();
        judgeExpiry();
        judgeStart(u"nbf"_s);
        judgeStart(u"iat"_s);
        judgeTypes();
        return std::move(m_checks);
    }

private:
    void pass(const QString &claim, const QString &expected = {}, const QString &note = {})
    {
        m_checks.append(
            {claim, CheckState::Passed, Reason::Valid, expected, shown(m_shown.value(claim)), note});
    }

    void fail(Reason reason, const QString &claim, const QString &expected, const QString &actual,
              const QString &note = {}, qint64 offBySeconds = 0)
    {
        m_checks.append({claim, CheckState::Failed, reason, expected, base::maskText(actual),
                         base::maskText(note), offBySeconds});
    }

    /// The value of a claim that must be there as a text.
    std::optional<QString> textOf(const QString &claim, const QString &expected)
    {
        const QJsonValue value = m_claims.value(claim);
        if (value.isUndefined() || (value.isString() && value.toString().isEmpty())) {
            fail(Reason::MissingClaim, claim, expected, {});
            return std::nullopt;
        }
        if (!value.isString()) {
            fail(Reason::WrongClaimType, claim, aText, shown(value));
            return std::nullopt;
        }
        return value.toString();
    }

    void judgeIssuer()
    {
        const auto issuer = textOf(u"iss"_s, m_policy.issuer);
        if (!issuer)
            return;
        if (*issuer == m_policy.issuer)
            return pass(u"iss"_s, m_policy.issuer);
        fail(Reason::WrongIssuer, u"iss"_s, m_policy.issuer, *issuer, nearMiss(m_policy.issuer, *issuer));
    }

    void judgeAudience()
    {
        const QString claim = u"aud"_s;
        const QJsonValue value = m_claims.value(claim);
        if (value.isUndefined())
            return fail(Reason::MissingClaim, claim, m_policy.resource, {});
        QStringList given;
        const QJsonArray all = value.isArray() ? value.toArray() : QJsonArray({value});
        for (const QJsonValue one : all) {
            if (!one.isString())
                return fail(Reason::WrongClaimType, claim,
                            QString(QLatin1StringView(QT_TRANSLATE_NOOP("gatehouse::auth::Check",
                                                                        "a string or an array of strings"))),
                            shown(one));
            given.append(one.toString());
        }
        const QStringList own = QStringList{m_policy.resource} + m_policy.audiences;
        for (const QString &one : own) {
            if (given.contains(one))
                return pass(claim, one, foreignAmong(given, own));
        }
        QString note;
        for (const QString &one : given)
            note = note.isEmpty() ? nearMiss(m_policy.resource, one) : note;
        fail(Reason::WrongAudience, claim, m_policy.resource, given.join(u' '), note);
    }

    /// RFC 9068 §3 and RFC 8707 §3 advise against it: whoever runs the other server can use the token here.
    static QString foreignAmong(const QStringList &given, const QStringList &own)
    {
        for (const QString &one : given) {
            if (!own.contains(one))
                return QString(QLatin1StringView(QT_TRANSLATE_NOOP(
                    "gatehouse::auth::Check", "also made for another server, which could use it here")));
        }
        return {};
    }

    void judgeSubject()
    {
        if (textOf(u"sub"_s,
                   QString(QLatin1StringView(QT_TRANSLATE_NOOP("gatehouse::auth::Check", "the user's id")))))
            pass(u"sub"_s);
    }

    /// RFC 7519 §2 NumericDate: seconds, and a number that a calendar holds.
    std::optional<double> secondsOf(const QString &claim)
    {
        const QJsonValue value = m_claims.value(claim);
        if (value.isDouble() && std::abs(value.toDouble()) < latestTime)
            return value.toDouble();
        fail(Reason::WrongClaimType, claim, aTime, shown(value));
        return std::nullopt;
    }

    void judgeExpiry()
    {
        const QString claim = u"exp"_s;
        if (!m_claims.contains(claim))
            return fail(Reason::MissingClaim, claim, aTime, {});
        const auto expiry = secondsOf(claim);
        if (!expiry)
            return;
        // RFC 7519 §4.1.4: not accepted on or after that moment.
        if (m_now < *expiry + m_policy.toleranceSeconds)
            return pass(claim, {},
                        m_now >= *expiry ? QString(QLatin1StringView(
                            QT_TRANSLATE_NOOP("gatehouse::auth::Check", "within the clock tolerance")))
                                         : QString());
        fail(Reason::Expired, claim, {}, shown(m_claims.value(claim)), {}, qint64(m_now - *expiry));
    }

    void judgeStart(const QString &claim)
    {
        if (!m_claims.contains(claim))
            return;
        const auto start = secondsOf(claim);
        if (!start)
            return;
        const double early = *start - m_now;
        if (early <= m_policy.toleranceSeconds)
            return pass(claim, {},
                        early > 0 ? QString(QLatin1StringView(
                            QT_TRANSLATE_NOOP("gatehouse::auth::Check", "within the clock tolerance")))
                                  : QString());
        fail(Reason::NotYetValid, claim, {}, shown(m_claims.value(claim)), {}, qint64(std::ceil(early)));
    }

    /// Claims that decide something later: a wrong type must not read as "absent".
    void judgeTypes()
    {
        for (const QString &claim : {u"scope"_s, u"org_id"_s, u"client_id"_s, u"azp"_s, u"sid"_s, u"jti"_s}) {
            if (m_claims.contains(claim) && !m_claims.value(claim).isString())
                fail(Reason::WrongClaimType, claim, aText, shown(m_claims.value(claim)));
        }
        for (const QString &claim : {u"roles"_s, u"permissions"_s}) {
            if (!m_claims.contains(claim))
                continue;
            const QJsonValue value = m_claims.value(claim);
            const QJsonArray all = value.toArray();
            bool good = value.isArray();
            for (const QJsonValue one : all)
                good = good && one.isString();
            if (!good)
                fail(Reason::WrongClaimType, claim, texts, shown(value));
        }
    }

    const QJsonObject &m_claims;
    const QJsonObject &m_shown;
    const Policy &m_policy;
    double m_now;
    QList<Check> m_checks;
};

} // namespace

QList<Check> judgeClaims(const QJsonObject &claims, const QJsonObject &shown, const Policy &policy,
                         qint64 nowMs)
{
    return ClaimJudge(claims, shown, policy, nowMs).judge();
}

qint64 judgedAnewAt(const QJsonObject &claims, const Policy &policy, qint64 nowMs)
{
    double next = latestTime;
    for (const auto claim : {"exp"_L1, "nbf"_L1, "iat"_L1}) {
        const double time = claims.value(claim).toDouble();
        for (const double change : {time - policy.toleranceSeconds, time, time + policy.toleranceSeconds}) {
            if (change * 1000 > double(nowMs))
                next = std::min(next, change);
        }
    }
    return qint64(next * 1000);
}

QStringList missingScopes(const QStringList &granted, const QStringList &wanted,
                          const QHash<QString, QStringList> &includes)
{
    QSet<QString> had(granted.begin(), granted.end());
    QStringList toFollow = granted;
    while (!toFollow.isEmpty()) {
        const QStringList more = includes.value(toFollow.takeLast());
        for (const QString &scope : more) {
            if (had.contains(scope))
                continue;
            had.insert(scope);
            toFollow.append(scope);
        }
    }
    QStringList missing;
    for (const QString &scope : wanted) {
        if (!had.contains(scope) && !missing.contains(scope))
            missing.append(scope);
    }
    return missing;
}

QList<Check> judgeNeeds(const Principal &principal, const base::AccessRequirements &needs,
                        const Policy &policy)
{
    QList<Check> checks;
    const auto judgeAll = [&checks](const QString &what, Reason reason, const QStringList &wanted,
                                    const QStringList &had, const QStringList &missing) {
        if (wanted.isEmpty())
            return;
        Check check{what, CheckState::Passed, Reason::Valid, wanted.join(u' '),
                    base::maskText(had.join(u' '))};
        if (!missing.isEmpty()) {
            check.state = CheckState::Failed;
            check.reason = reason;
            check.note = missing.join(u' ');
        }
        checks.append(check);
    };
    judgeAll(u"scopes"_s, Reason::MissingScope, needs.scopes, principal.scopes,
             missingScopes(principal.scopes, needs.scopes, policy.scopeIncludes));
    judgeAll(u"permission"_s, Reason::MissingPermission, needs.permissions, principal.permissions,
             missingScopes(principal.permissions, needs.permissions));
    if (!needs.organizations.isEmpty()) {
        Check check{u"organization"_s, CheckState::Passed, Reason::Valid,
                    needs.organizations.join(u' ').trimmed(), base::maskText(principal.organizationId)};
        if (principal.organizationId.isEmpty() || !needs.organizations.contains(principal.organizationId)) {
            check.state = CheckState::Failed;
            check.reason = Reason::WrongOrganization;
        }
        checks.append(check);
    }
    return checks;
}

namespace {

/// Of an array, what is a string.
QStringList stringsIn(const QJsonValue &value)
{
    QStringList out;
    const QJsonArray array = value.toArray();
    for (const QJsonValue item : array) {
        if (item.isString())
            out.append(item.toString());
    }
    return out;
}

} // namespace

/// Read once: each call of a token that is remembered has it.
Principal principalOf(const QJsonObject &claims, bool verified, const QString &algorithm)
{
    const auto text = [&claims](QLatin1StringView name) { return claims.value(name).toString(); };
    Principal principal;
    principal.verified = verified;
    principal.algorithm = algorithm;
    principal.issuer = text("iss"_L1);
    principal.subject = text("sub"_L1);
    principal.email = text("email"_L1);
    principal.emailVerified = claims.value("email_verified"_L1).toBool();
    principal.preferredUsername = text("preferred_username"_L1);
    principal.firstName = text("first_name"_L1);
    principal.lastName = text("last_name"_L1);
    principal.name = text("name"_L1);
    if (principal.name.isEmpty())
        principal.name = (principal.firstName + u' ' + principal.lastName).trimmed();
    principal.picture = text("picture"_L1);
    principal.sessionId = text("sid"_L1);
    principal.roles = stringsIn(claims.value("roles"_L1));
    if (const QString role = text("role"_L1); !role.isEmpty() && principal.roles.isEmpty())
        principal.roles.append(role);
    principal.clientId = claims.contains("client_id"_L1) ? text("client_id"_L1) : text("azp"_L1);
    principal.organizationId = text("org_id"_L1);
    principal.scopes = web::scopesOf(text("scope"_L1));
    principal.permissions = stringsIn(claims.value("permissions"_L1));
    principal.expiresAt = qint64(claims.value("exp"_L1).toDouble());
    principal.claims = claims;
    return principal;
}

} // namespace gatehouse::auth
