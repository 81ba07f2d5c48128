// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/failure.h"

#include "oauth/words.h"

#include <iterator>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

namespace {

using Code = FailureCode;
using Kind = Failure::Kind;
using Reason = Failure::Reason;

struct Row
{
    Code code;
    const char *name;
    Kind kind;
    const char *text; ///< Of the translation context "gatehouse::oauth::Words", as the remedy is.
    const char *remedy = "";
    Reason reason = Reason::Other;
};

constexpr char enableRegistration[]
    = QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                        "Enable DCR in Dashboard > Connect > Configuration, or sign in with a client id of "
                        "your own. Nothing was created.");
constexpr char copyTheDomain[] = QT_TRANSLATE_NOOP(
    "gatehouse::oauth::Words", "Copy the AuthKit domain from the dashboard, and write it exactly so.");
constexpr char noAuthKit[]
    = QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "There is no AuthKit environment at %1. %2");
constexpr char signInAgain[] = QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "Start the sign-in again.");
constexpr char sayOrEnd[]
    = QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "If you trust %1, say so; else end here.");
constexpr char answeredWithError[]
    = QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "The server answered with error %1: %2");

/// In the order of the enumeration.
constexpr Row rows[] = {
    {Code::ServerAway, "server_away", Kind::Unreachable, "%1",
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "See that the MCP server runs at this address, and that this machine reaches it.")},
    {Code::CertificateUnknown, "certificate_unknown", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "Nobody vouches for the certificate of this machine's server. %1"),
     QT_TRANSLATE_NOOP(
         "gatehouse::oauth::Words",
         "Go on all the same (--accept-certificate) where it is your own: in this run each server of this "
         "machine is believed, and no other."),
     Reason::ToBeAllowed},
    {Code::AnswerUnusable, "answer_unusable", Kind::Tool, "%1",
     QT_TRANSLATE_NOOP(
         "gatehouse::oauth::Words",
         "What was sent and answered stands with the step: whoever runs the server can tell more.")},
    {Code::ServerForbids, "server_forbids", Kind::SignIn, "%1",
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "The server refuses without asking for a sign-in: ask who runs it.")},
    {Code::CallRefused, "call_refused", Kind::SignIn, "%1 %2 %3",
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "Sign in again. If it stays so, the server wants other scopes or another audience "
                       "than the token has.")},
    {Code::HeaderRefused, "header_refused", Kind::SignIn, "%1 %2 %3",
     QT_TRANSLATE_NOOP(
         "gatehouse::oauth::Words",
         "That is what it says to the Authorization that you gave as a header: give another one, or "
         "leave it out to sign in.")},
    {Code::CallLost, "call_lost", Kind::Unreachable, "%1",
     QT_TRANSLATE_NOOP(
         "gatehouse::oauth::Words",
         "The call may have had its effect, and is not repeated by itself: look there before you call "
         "again.")},
    {Code::ServerError, "server_error", Kind::Tool, answeredWithError,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "What was sent and answered stands with the step.")},
    {Code::ToolError, "tool_error", Kind::Tool, answeredWithError,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "What was sent stands with the step: compare it with what the tool wants.")},
    {Code::ToolReported, "tool_reported", Kind::Tool,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "The tool itself reported: %1")},

    {Code::NoResourceMetadata, "no_resource_metadata", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "There is no protected resource metadata (RFC 9728). Asked: %1"),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "The server wants a token and has to publish where it comes from.")},
    {Code::NoServerMetadata, "no_server_metadata", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "There is no authorization server metadata (RFC 8414). Asked: %1"),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "See that the MCP server names the issuer exactly as that server calls itself.")},
    {Code::MetadataAway, "metadata_away", Kind::Unreachable, "%1: %2",
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "See that this server runs, and that this machine reaches it.")},
    {Code::MetadataUnusable, "metadata_unusable", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "%1 cannot be used: %2"),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "Whoever runs that server has to mend the document.")},
    {Code::ResourceWider, "resource_wider", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "%1 speaks for %2, and not for %3 alone."),
     QT_TRANSLATE_NOOP(
         "gatehouse::oauth::Words",
         "Go on all the same (--accept-resource) where all that lies there is in one hand: its tokens are "
         "good for all of it."),
     Reason::ToBeAllowed},
    {Code::IssuerSlash, "issuer_slash", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "%1 calls its issuer %2, and %3 was named: by the letter another one."),
     QT_TRANSLATE_NOOP(
         "gatehouse::oauth::Words",
         "Go on all the same (--accept-issuer) where both are one: what is compared to the byte elsewhere "
         "is not here."),
     Reason::ToBeAllowed},
    {Code::NoAuthKit, "no_authkit", Kind::SignIn, noAuthKit, copyTheDomain},
    {Code::AuthKitAway, "authkit_away", Kind::Unreachable,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "The AuthKit environment %1 cannot be reached. %2"),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "See that this machine reaches the internet, and that the AuthKit domain is written "
                       "exactly as in the dashboard.")},
    {Code::OtherIssuer, "other_issuer", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "The MCP server names the authorization server %1, not %2. %3"),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "Ask who runs the server, or name its issuer.")},
    {Code::NoPkce, "no_pkce", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "The authorization server does not say that it supports PKCE with S256 "
                       "(code_challenge_methods_supported); MCP clients must not go on."),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "Whoever runs the authorization server has to announce S256 (RFC 8414 §2).")},

    {Code::ClientElsewhere, "client_elsewhere", Kind::SignIn,
     QT_TRANSLATE_NOOP(
         "gatehouse::oauth::Words",
         "The client %1 belongs to %2, but the MCP server now names %3. Nothing was sent there."),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "If the server has moved, say so; else ask who runs it."),
     Reason::IssuerNotNamed},
    {Code::EndpointsElsewhere, "endpoints_elsewhere", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "The authorization server %1 has its endpoints elsewhere: %2. A hostile server could "
                       "borrow another one's sign-in page in this way and get your sign-in."),
     sayOrEnd, Reason::IssuerNotNamed},
    {Code::SecretElsewhere, "secret_elsewhere", Kind::SignIn,
     QT_TRANSLATE_NOOP(
         "gatehouse::oauth::Words",
         "The MCP server names %1, and what only the right one may see would be sent there: a secret, "
         "or what is signed for it. Nobody said that it belongs there."),
     sayOrEnd, Reason::IssuerNotNamed},

    {Code::RegistrationMissing, "registration_missing", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "The authorization server registers no clients by itself."),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "Register one there and give its client id."),
     Reason::RegistrationOff},
    {Code::RegistrationDisabled, "registration_disabled", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "DCR is disabled for this environment."),
     enableRegistration, Reason::RegistrationOff},
    {Code::RegistrationAbsent, "registration_absent", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "The authorization server registers no client: HTTP %1 %2 %3"),
     enableRegistration, Reason::RegistrationOff},
    {Code::RegistrationRefused, "registration_refused", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "The authorization server registers no client: HTTP %1 %2 %3"),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "Use a client id that is registered there, or ask who runs the authorization server."),
     Reason::RegistrationOff},
    {Code::RegistrationBlocked, "registration_blocked", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "The authorization server registers no client: HTTP %1 %2 %3"),
     QT_TRANSLATE_NOOP(
         "gatehouse::oauth::Words",
         "The server's edge refused our user agent, not your settings: register a client there by hand and "
         "give its client id."),
     Reason::RegistrationOff},
    {Code::RegistrationAway, "registration_away", Kind::Unreachable,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "The registration endpoint gave no answer: %1"),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "Try again in a while.")},
    {Code::RegistrationUnusable, "registration_unusable", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "The registration cannot be used: %1"),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "Register a client there by hand and give its client id."),
     Reason::RegistrationOff},

    {Code::NoListener, "no_listener", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "The callback listener could not start: %1"),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "Choose another callback port, or 0 for a free one.")},
    {Code::AddressNotOpened, "address_not_opened", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "The authorization address may not be opened: neither https nor loopback."),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "Whoever runs the authorization server has to publish an https address.")},
    {Code::BrowserTimedOut, "browser_timed_out", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "The browser did not come back in time."),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "A page that says \"Application not found\" never comes back: register again, or use "
                       "another client id."),
     Reason::TimedOut},
    {Code::PageAway, "page_away", Kind::Unreachable, "%1: %2",
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "See that this server runs, and that this machine reaches it.")},
    {Code::PageSaysError, "page_says_error", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "%1 says: %2."),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "Its page says more: open the address in a browser.")},
    {Code::PageWantsPerson, "page_wants_person", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "%1 shows a page that wants a person."),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "Use --browser system, or have the authorization server sign in by itself.")},
    {Code::PageRefused, "page_refused", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "%1 answered HTTP %2."),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "The client, or its redirect address, seems not to be known there: register again."),
     Reason::ClientUnknown},
    {Code::PageAnswered, "page_answered", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "%1 answered HTTP %2."),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "Its page says more: open the address in a browser.")},
    {Code::RedirectedElsewhere, "redirected_elsewhere", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "The answer was sent to %1, not to %2, the redirect address that was registered."),
     QT_TRANSLATE_NOOP(
         "gatehouse::oauth::Words",
         "The code in it was not used. Register again, so that the client has this redirect address."),
     Reason::ClientUnknown},
    {Code::RedirectNotFollowed, "redirect_not_followed", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "%1 redirects to an address that may not be followed."),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "Sign in with a browser.")},
    {Code::RedirectBorrowed, "redirect_borrowed", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "%1 redirects to another server, %2. A hostile server could borrow that one's sign-in "
                       "in this way."),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "Sign in with a browser, or name the issuer if you trust it (--issuer).")},
    {Code::TooManyRedirects, "too_many_redirects", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "The sign-in needed more than ten redirects."),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "Sign in with a browser.")},
    {Code::ForeignState, "foreign_state", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "An answer with another state came back: it does not belong to this sign-in and was "
                       "ignored."),
     signInAgain},
    {Code::IssuerNotStated, "issuer_not_stated", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "The answer to the sign-in does not name its issuer exactly once, as the server "
                       "announced (RFC 9207)."),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "Nothing of the answer was used. Start the sign-in again; if it comes again, ask who "
                       "runs the server.")},
    {Code::IssuerDiffers, "issuer_differs", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "The answer to the sign-in comes from another issuer than %1 (RFC 9207). %2"),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "Nothing of the answer was used. Start the sign-in again; if it comes again, ask who "
                       "runs the server.")},
    {Code::SignInRefused, "sign_in_refused", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "The authorization server refused the sign-in: %1 %2"),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "Ask who runs the authorization server what is missing.")},
    {Code::NoCode, "no_code", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "The answer to the sign-in does not hold exactly one code."),
     signInAgain},

    {Code::NoDeviceFlow, "no_device_flow", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "The authorization server offers no sign-in on another device (RFC 8628)."),
     QT_TRANSLATE_NOOP(
         "gatehouse::oauth::Words",
         "Sign in with a browser: its last address can be pasted where it runs on another machine.")},
    {Code::DeviceUnusable, "device_unusable", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "The device code cannot be used: %1"),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "Whoever runs the authorization server has to mend its device answer.")},
    {Code::DeviceTimedOut, "device_timed_out", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "Nobody typed the code in time."), signInAgain},

    {Code::NoLock, "no_lock", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "No lock can be made in %1, so two programs could spend one refresh token."),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "See that this folder can be written to.")},
    {Code::LockTaken, "lock_taken", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "Another program is refreshing this sign-in and does not come to an end."),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "Try again, or end the other program.")},
    {Code::TokenEndpointSilent, "token_endpoint_silent", Kind::Unreachable,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "The token endpoint gave no answer: %1"),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "Try again in a while.")},
    {Code::TokenEndpointAway, "token_endpoint_away", Kind::Unreachable,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "The token endpoint cannot answer now: HTTP %1 %2 %3"),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "Try again in a while.")},
    {Code::TokenRefused, "token_refused", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "The token endpoint refuses: HTTP %1 %2 %3"), signInAgain},
    {Code::TokensUnusable, "tokens_unusable", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "The token answer cannot be used: %1"),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "Whoever runs the authorization server has to mend its token answer.")},
    {Code::NotBound, "not_bound", Kind::SignIn,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "The authorization server gave a token that is not bound to the key of this run."),
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "It may know no DPoP: without --dpop the token is used as it is.")},

    {Code::Cancelled, "cancelled", Kind::Cancelled,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "Cancelled.")},
};

constexpr bool areInOrder()
{
    for (std::size_t i = 0; i < std::size(rows); ++i) {
        if (int(rows[i].code) != int(i))
            return false;
    }
    return std::size(rows) == std::size_t(Code::Cancelled) + 1;
}
static_assert(areInOrder());

constexpr char clientIsGone[] = QT_TRANSLATE_NOOP(
    "gatehouse::oauth::Words",
    "The client is gone or was registered as a confidential one: register again as a public client.");
constexpr char grantIsSpent[] = QT_TRANSLATE_NOOP(
    "gatehouse::oauth::Words", "A code or refresh token works once and not for long: sign in again.");

constexpr ErrorMeaning meanings[] = {
    {"access_denied", Reason::Denied,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "Sign in again and allow the access.")},
    {"invalid_client", Reason::ClientUnknown, clientIsGone},
    {"unauthorized_client", Reason::ClientUnknown, clientIsGone},
    {"application_not_found", Reason::ClientUnknown, clientIsGone},
    {"invalid_redirect_uri", Reason::ClientUnknown, clientIsGone},
    {"invalid_target", Reason::TargetUnknown,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "Add exactly %1 under MCP resource indicators of the authorization server.")},
    {"invalid_grant", Reason::GrantSpent, grantIsSpent},
    {"invalid_code", Reason::GrantSpent, grantIsSpent},
    {"expired_token", Reason::Other,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words", "A device code is good for a few minutes: sign in again.")},
    {"invalid_scope", Reason::Other,
     QT_TRANSLATE_NOOP("gatehouse::oauth::Words",
                       "Ask for scopes that the authorization server lists; AuthKit wants at least openid.")},
};

/// What a peer has said stands in the words, so no word is looked at for placeholders again.
QString filled(const char *source, const QStringList &words)
{
    const QString text = *source ? Words::tr(source) : QString();
    QString out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const int number = text[i] == u'%' && i + 1 < text.size() ? text[i + 1].digitValue() : -1;
        if (number < 1) {
            out += text[i];
            continue;
        }
        const QString word = words.value(number - 1);
        if (word.isEmpty() && out.endsWith(u' '))
            out.chop(1);
        out += word;
        ++i;
    }
    return out;
}

} // namespace

Failure failureOf(const base::FetchError &error, FailureCode away, FailureCode unusable, QStringList words)
{
    if (error.isOfThisMachine)
        return failureOf(FailureCode::CertificateUnknown, {error.text});
    return failureOf(error.hasAnswered() ? unusable : away, words << error.text);
}

Failure failureOf(FailureCode code, const QStringList &words)
{
    const Row &row = rows[int(code)];
    return {code, row.kind, filled(row.text, words), filled(row.remedy, words), row.reason, {}};
}

Failure failureOf(FailureCode code, const QStringList &words, QByteArrayView error, const QString &resource)
{
    Failure failure = failureOf(code, words);
    failure.error = error.toByteArray();
    for (const ErrorMeaning &meaning : meanings) {
        if (error == meaning.error) {
            failure.reason = meaning.reason;
            failure.remedy = filled(meaning.remedy, {resource});
        }
    }
    return failure;
}

QList<ErrorMeaning> errorMeanings()
{
    return {std::begin(meanings), std::end(meanings)};
}

QString nameOf(FailureCode code)
{
    return QString::fromLatin1(rows[int(code)].name);
}

} // namespace gatehouse::oauth
