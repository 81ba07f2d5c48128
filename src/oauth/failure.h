// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/fetch.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>
#include <QStringList>

namespace gatehouse::oauth {

/// Why a sign-in or a call came to its end before it was done. All that is said of each stands in
/// failure.cpp.
enum class FailureCode {
    // The MCP server
    ServerAway,
    CertificateUnknown,
    AnswerUnusable,
    ServerForbids,
    CallRefused,
    HeaderRefused,
    CallLost,
    ServerError,
    ToolError,
    ToolReported,
    // Discovery
    NoResourceMetadata,
    NoServerMetadata,
    MetadataAway,
    MetadataUnusable,
    ResourceWider,
    IssuerSlash,
    NoAuthKit,
    AuthKitAway,
    OtherIssuer,
    NoPkce,
    // Who may be believed
    ClientElsewhere,
    EndpointsElsewhere,
    SecretElsewhere,
    // Registration
    RegistrationMissing,
    RegistrationDisabled,
    RegistrationAbsent,
    RegistrationRefused,
    RegistrationBlocked,
    RegistrationAway,
    RegistrationUnusable,
    // The browser and the way back from it
    NoListener,
    AddressNotOpened,
    BrowserTimedOut,
    PageAway,
    PageSaysError,
    PageWantsPerson,
    PageRefused,
    PageAnswered,
    RedirectedElsewhere,
    RedirectNotFollowed,
    RedirectBorrowed,
    TooManyRedirects,
    ForeignState,
    IssuerNotStated,
    IssuerDiffers,
    SignInRefused,
    NoCode,
    // Another browser, by a code
    NoDeviceFlow,
    DeviceUnusable,
    DeviceTimedOut,
    // Tokens
    NoLock,
    LockTaken,
    TokenEndpointSilent,
    TokenEndpointAway,
    TokenRefused,
    TokensUnusable,
    NotBound,
    // The user
    Cancelled, ///< The last one.
};

struct Failure
{
    enum class Kind {
        SignIn, ///< Discovery, registration, login or token: somebody said no, or something that may not be
                ///< believed.
        Unreachable, ///< The MCP server, or a server that the sign-in needs, gave no answer.
        Tool, ///< The tool or the MCP server answered with an error, or with what cannot be used.
        Cancelled, ///< The user stopped it.
    };
    /// For who offers a way on: what can be done about it.
    enum class Reason {
        Other,
        RegistrationOff, ///< The authorization server registers none, or none that can be used.
        Denied, ///< The user, or the server in the user's name, said no.
        TargetUnknown, ///< The resource is not known to the authorization server.
        ClientUnknown, ///< The client is gone, or was registered as one with a secret.
        GrantSpent, ///< A code or refresh token came twice or too late.
        TimedOut, ///< Nobody came back from the browser.
        ToBeAllowed, ///< Only the user can say that it is right all the same (Allowances).
        IssuerNotNamed, ///< Only the user can say whether this authorization server is the right one.
    };
    FailureCode code = FailureCode::ServerAway;
    Kind kind = Kind::SignIn;
    QString text; ///< English sentences without secrets; what a peer said in them is bounded and masked.
    QString remedy = {}; ///< What to do about it; may be empty.
    Reason reason = Reason::Other;
    QByteArray error = {}; ///< The authorization server's own, where it sent one (RFC 6749 §5.2).
};

/// Of an exchange that came to nothing: the one where nobody answered, the other where somebody did with what
/// cannot be used. Both sentences name `words` and then why.
[[nodiscard]] Failure failureOf(const base::FetchError &error, FailureCode away, FailureCode unusable,
                                QStringList words = {});
/// With the words that its sentence and its remedy name as %1 to %4, which the caller has bounded and masked.
[[nodiscard]] Failure failureOf(FailureCode code, const QStringList &words = {});

/// One that an authorization server has told of with an `error` of its own, whether that came with a
/// redirect, to the token endpoint, or with the address of a page for people: the error decides on remedy and
/// reason. `resource` is what a token was wanted for.
[[nodiscard]] Failure failureOf(FailureCode code, const QStringList &words, QByteArrayView error,
                                const QString &resource);

/// What such an error means (RFC 6749 §4.1.2.1, §5.2; RFC 8707 §2; AuthKit's own).
struct ErrorMeaning
{
    const char *error = "";
    Failure::Reason reason = Failure::Reason::Other;
    const char *remedy
        = ""; ///< A source of the translation context "gatehouse::oauth::Words"; %1 the resource.
};
/// All that are known.
[[nodiscard]] QList<ErrorMeaning> errorMeanings();

/// For machines (`--json`) and documents: server_away …
[[nodiscard]] QString nameOf(FailureCode code);

} // namespace gatehouse::oauth
