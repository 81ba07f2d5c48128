// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/explanationcases.h"

#include "auth/issuer.h"
#include "keys/algorithm.h"
#include "web/loopback.h"
#include "web/scopes.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::auth {

namespace {

constexpr int tellingSkew = 30; ///< Seconds between two clocks that a Date header's rounding cannot make.

bool isLoopbackAddress(const QString &text)
{
    return web::isLoopbackHost(QUrl(text).host());
}

bool isStaging(const QString &issuer)
{
    return issuer.contains("-staging"_L1);
}

/// Whether the token's claim is a text that begins so.
bool begins(const Verdict &verdict, QLatin1StringView claim, QLatin1StringView with)
{
    return verdict.claims.value(claim).toString().startsWith(with);
}

bool hasScope(const Verdict &verdict, const QString &scope)
{
    return web::scopesOf(verdict.claims.value("scope"_L1).toString()).contains(scope);
}

/// Whether the token is for this server, rightly, and for others beside it.
bool isForOthersToo(const Verdict &verdict)
{
    return std::any_of(verdict.checks.begin(), verdict.checks.end(), [](const Check &check) {
        return check.what == "aud"_L1 && check.state == CheckState::Passed && !check.note.isEmpty();
    });
}

/// Whether a client that registered itself can be granted all of these with AuthKit.
bool areStandardScopes(const QString &scopes)
{
    const QStringList all = web::scopesOf(scopes);
    return std::all_of(all.begin(), all.end(),
                       [](const QString &scope) { return authKitScopes().contains(scope); });
}

/// The words. A struct only because lupdate finds a context in one.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::auth::Explanation)

public:
    static ExplanationCase keyCase(const Verdict &verdict, const Check &check);
    static ExplanationCase kindCase(const Check &check);
    static ExplanationCase issuerCase(const Check &check);
    static ExplanationCase audienceCase(const Check &check);
    static ExplanationCase timeCase(const Verdict &verdict);
    static ExplanationCase needCase(const Verdict &verdict, const Check &check);
    static QList<HintRow> hints(const Verdict &verdict);

    static constexpr const char *indicators = QT_TR_NOOP("Connect → Configuration → MCP resource indicators");
    static constexpr const char *jwtTemplate = QT_TR_NOOP("Authentication → Sessions → JWT template");
};

ExplanationCase Words::keyCase(const Verdict &verdict, const Check &check)
{
    if (verdict.reason == Reason::AlgorithmNotAllowed) {
        if (check.actual.compare("none"_L1, Qt::CaseInsensitive) == 0 || check.actual.isEmpty())
            return {QT_TR_NOOP("The token is not signed at all: anybody can write one.")};
        if (check.actual.startsWith("HS"_L1))
            return {QT_TR_NOOP("It is signed with a shared secret: whoever can check such a token can make "
                               "one. Forged tokens use the issuer's public key as that secret.")};
        if (keys::algorithmNamed(check.actual))
            return {
                QT_TR_NOOP("The issuer signs with an algorithm that the settings do not allow."),
                QT_TR_NOOP("If that is your issuer's algorithm, add %2 to the algorithms in the settings.")};
        return {};
    }
    if (verdict.reason == Reason::KeysUnavailable && !check.note.isEmpty())
        return {"%4"};
    if (verdict.reason != Reason::UnknownKey)
        return {};
    if (!check.note.isEmpty())
        return {QT_TR_NOOP("The issuer publishes a key of that name, but it cannot be used: %4."),
                QT_TR_NOOP("Whoever runs the issuer must publish a key that is fit to verify signatures.")};
    if (check.actual.isEmpty())
        return {QT_TR_NOOP("The token names no key (kid), and the issuer publishes several.")};
    if (isLoopbackAddress(verdict.claims.value("iss"_L1).toString()))
        return {QT_TR_NOOP("The sandbox makes a new key whenever it starts: this token is from before that."),
                QT_TR_NOOP("Sign in again.")};
    return {};
}

ExplanationCase Words::kindCase(const Check &check)
{
    if (check.actual.startsWith("a browser-session"_L1))
        return {
            QT_TR_NOOP("It comes from WorkOS's User Management, whose tokens are for an application's own "
                       "pages. The two products' tokens are not interchangeable."),
            QT_TR_NOOP("Let the client sign in at the AuthKit domain that this server's metadata names.")};
    if (check.actual.startsWith("an ID token"_L1))
        return {QT_TR_NOOP("An ID token tells the client who signed in; it is for nobody else."),
                QT_TR_NOOP("Send the access_token of the same token answer.")};
    return {};
}

ExplanationCase Words::issuerCase(const Check &check)
{
    if (isStaging(check.expected) != isStaging(check.actual))
        return {
            QT_TR_NOOP("One of the two is a staging environment: its keys, clients and users are separate "
                       "from production's."),
            QT_TR_NOOP("Use the same environment on both sides, and sign in again.")};
    if (isLoopbackAddress(check.actual) && !isLoopbackAddress(check.expected))
        return {QT_TR_NOOP("The token comes from a sandbox on this computer, but the server now trusts your "
                           "environment.")};
    if (isLoopbackAddress(check.expected) && !isLoopbackAddress(check.actual))
        return {QT_TR_NOOP("The token comes from an environment, but the server uses its sandbox."),
                QT_TR_NOOP("Set the subdomain to that environment, or sign in again at the sandbox.")};
    if (!check.note.isEmpty())
        return {QT_TR_NOOP("They are compared byte for byte, and differ: %4."),
                QT_TR_NOOP("Set the subdomain to exactly what the token names, if that is your environment."),
                "", CopyText::Actual};
    return {};
}

ExplanationCase Words::audienceCase(const Check &check)
{
    if (check.actual.startsWith("client_"_L1))
        return {
            QT_TR_NOOP("No resource indicator is configured, so AuthKit names its environment's client id, "
                       "whatever the client asked for. Sign-in works, and every call will be refused."),
            "", indicators, CopyText::Expected};
    if (!check.note.isEmpty())
        return {
            QT_TR_NOOP("They are compared byte for byte, and differ: %4."),
            QT_TR_NOOP("Use %1, exactly so, in the client and under MCP resource indicators; or accept the "
                       "other form as well (\"audiences\" in the settings)."),
            indicators, CopyText::Expected};
    return {"", "", indicators, CopyText::Expected};
}

ExplanationCase Words::timeCase(const Verdict &verdict)
{
    const bool isExpired = verdict.reason == Reason::Expired;
    if (!isExpired && verdict.issuerAheadSeconds > tellingSkew)
        return {QT_TR_NOOP("The issuer's clock is %7 ahead of this computer's."),
                QT_TR_NOOP("Set this computer's clock.")};
    if (isExpired && verdict.issuerAheadSeconds < -tellingSkew)
        return {QT_TR_NOOP("This computer's clock is %7 ahead of the issuer's."),
                QT_TR_NOOP("Set this computer's clock.")};
    if (isExpired && verdict.claims.contains("scope"_L1) && !hasScope(verdict, u"offline_access"_s))
        return {QT_TR_NOOP("The client cannot refresh: the token was granted without offline_access."),
                QT_TR_NOOP("Let the client ask for offline_access as well, and sign in again.")};
    return {};
}

ExplanationCase Words::needCase(const Verdict &verdict, const Check &check)
{
    if (verdict.reason == Reason::MissingScope && !areStandardScopes(check.note))
        return {QT_TR_NOOP("AuthKit grants clients that registered themselves only email, offline_access, "
                           "openid and profile."),
                QT_TR_NOOP("Make a Connect application that may have “%4”, give its client id to the client, "
                           "and sign in with it."),
                QT_TR_NOOP("Connect → Applications")};
    if (verdict.reason == Reason::MissingPermission && !verdict.claims.contains("permissions"_L1))
        return {QT_TR_NOOP("The token has no permissions at all: AuthKit's stock access token has none."),
                QT_TR_NOOP("Add “permissions” with a JWT template, and sign in again."), jwtTemplate};
    if (verdict.reason == Reason::WrongOrganization && check.actual.isEmpty())
        return {QT_TR_NOOP("The token is for no organization: the user has none, or chose none."),
                QT_TR_NOOP("Add the user to the organization, and sign in again."),
                QT_TR_NOOP("Organizations")};
    return {};
}

QList<HintRow> Words::hints(const Verdict &verdict)
{
    QList<HintRow> rows;
    if (hasScope(verdict, u"email"_s) && !verdict.claims.contains("email"_L1))
        rows.append(
            {QT_TR_NOOP("The token has no e-mail address, as AuthKit's stock access token has none: it "
                        "is in the ID token and at userinfo. A JWT template adds it for tools."),
             jwtTemplate, CopyText::EmailTemplate});
    if (verdict.claims.contains("organization_id"_L1) && !verdict.claims.contains("org_id"_L1))
        rows.append({QT_TR_NOOP("The token has organization_id, which nothing here reads: AuthKit's claim is "
                                "org_id."),
                     jwtTemplate, CopyText::Nothing});
    if (isForOthersToo(verdict))
        rows.append(
            {QT_TR_NOOP("The token was also made for another server: whoever runs that one can use it "
                        "here. A client should ask for one resource at a time."),
             "", CopyText::Nothing});
    if (hasScope(verdict, u"openid"_s) && !hasScope(verdict, u"offline_access"_s)
        && begins(verdict, "sub"_L1, "user_"_L1))
        rows.append(
            {QT_TR_NOOP("Without offline_access the client cannot refresh: its user must sign in again "
                        "when this token ends."),
             "", CopyText::Nothing});
    return rows;
}

} // namespace

ExplanationCase caseOf(const Verdict &verdict, const Check &decisive)
{
    switch (verdict.reason) {
    case Reason::AlgorithmNotAllowed:
    case Reason::UnknownKey:
    case Reason::KeysUnavailable:
        return Words::keyCase(verdict, decisive);
    case Reason::WrongKind:
        return Words::kindCase(decisive);
    case Reason::WrongIssuer:
        return Words::issuerCase(decisive);
    case Reason::WrongAudience:
        return Words::audienceCase(decisive);
    case Reason::Expired:
    case Reason::NotYetValid:
        return Words::timeCase(verdict);
    case Reason::MissingScope:
    case Reason::MissingPermission:
    case Reason::WrongOrganization:
        return Words::needCase(verdict, decisive);
    default:
        return {};
    }
}

QList<HintRow> hintRowsOf(const Verdict &verdict)
{
    return verdict.reason == Reason::Valid ? Words::hints(verdict) : QList<HintRow>();
}

} // namespace gatehouse::auth
