// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clientwords.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::app::ClientWords)
};

using inspector::Tone;
using oauth::StepId;
using oauth::StepState;

} // namespace

namespace {

/// Where a grant has no browser of this machine; without a word where it is as with one.
StepWords wordsOfGrant(StepId id, oauth::Grant grant)
{
    using oauth::Grant;
    if (id == StepId::Authorize && grant == Grant::Device)
        return {Tr::tr("The user signs in with a browser anywhere, and types a code there that belongs to "
                       "this run."),
                u"RFC 8628 §3.1"_s};
    if (id == StepId::Token && grant == Grant::Device)
        return {Tr::tr("Tokens are asked for again and again, until the user has typed the code."),
                u"RFC 8628 §3.4"_s};
    if (id == StepId::Token && grant == Grant::ClientCredentials)
        return {Tr::tr("A program signs in in its own name, with its secret or its key."),
                u"RFC 6749 §4.4; RFC 7523 §2.2"_s};
    if (id == StepId::Token && grant == Grant::JwtBearer)
        return {Tr::tr("An assertion of where the program runs is exchanged for tokens."),
                u"RFC 7523 §2.1"_s};
    if (id == StepId::Authorize && grant == Grant::Enterprise)
        return {Tr::tr("The identity provider exchanges the ID token for an assertion that the authorization "
                       "server takes."),
                u"RFC 8693 §2; ID-JAG"_s};
    if (id == StepId::Token && grant == Grant::Enterprise)
        return {Tr::tr("That assertion is exchanged for tokens."), u"RFC 7523 §2.1"_s};
    return {};
}

} // namespace

StepWords stepWordsOf(StepId id, oauth::Grant grant)
{
    if (const StepWords words = wordsOfGrant(id, grant); !words.why.isEmpty())
        return words;
    switch (id) {
    case StepId::Ask:
        return {Tr::tr("A client asks without a token first: the refusal says where to get one."),
                u"MCP 2025-11-25, Authorization; RFC 6750 §3"_s};
    case StepId::Resource:
        return {Tr::tr("The server's own document says which authorization server it trusts, and for which "
                       "resource a token must be."),
                u"RFC 9728 §3; MCP 2025-11-25, Authorization"_s};
    case StepId::Server:
        return {
            Tr::tr("The authorization server's documents name its addresses and say whether it knows PKCE "
                   "and registration."),
            u"RFC 8414 §3; OpenID Connect Discovery 1.0 §4"_s};
    case StepId::Client:
        return {Tr::tr("The authorization server must know who is asking, and where it may send the answer."),
                u"RFC 7591 §3; RFC 8252 §7.3"_s};
    case StepId::Authorize:
        return {Tr::tr("The user signs in with the authorization server itself, so that this program never "
                       "sees a password."),
                u"RFC 6749 §4.1; RFC 7636; RFC 8707 §2"_s};
    case StepId::Token:
        return {Tr::tr("The code from the browser is worth nothing without the verifier that only this "
                       "program has: both together get the tokens."),
                u"RFC 6749 §4.1.3; RFC 7636 §4.5"_s};
    case StepId::Session:
        return {Tr::tr("With the token the server lets the client in, and both agree on a revision."),
                u"MCP 2025-11-25, Lifecycle; RFC 6750 §2.1"_s};
    case StepId::List:
        return {Tr::tr("What the server offers to this user."), u"MCP 2025-11-25, Tools"_s};
    case StepId::Call:
        return {Tr::tr("A tool runs in the name of the user whom the token names."),
                u"MCP 2025-11-25, Tools"_s};
    case StepId::Refresh:
        return {Tr::tr("An access token lives for minutes. The refresh token gets the next one without the "
                       "user."),
                u"RFC 6749 §6; RFC 9700 §4.14"_s};
    }
    return {};
}

StateWords stateWordsOf(StepState state)
{
    switch (state) {
    case StepState::Waiting:
        return {Tone::Muted, u"ring"_s, Tr::tr("to come")};
    case StepState::Running:
        return {Tone::Warning, u"running"_s, Tr::tr("running")};
    case StepState::Done:
        return {Tone::Good, u"good"_s, Tr::tr("done")};
    case StepState::Failed:
        return {Tone::Bad, u"bad"_s, Tr::tr("failed")};
    case StepState::Skipped:
        return {Tone::Muted, u"none"_s, Tr::tr("skipped")};
    }
    return {};
}

QList<Offer> offersFor(const oauth::Failure &failure, StepId step, bool isSandbox)
{
    using Reason = oauth::Failure::Reason;
    switch (failure.reason) {
    case Reason::RegistrationOff:
        return {isSandbox ? Offer::AllowRegistration : Offer::OpenDashboard, Offer::UseClientId,
                Offer::TryAgain};
    case Reason::TargetUnknown:
        return {Offer::CopyResource, Offer::OpenDashboard, Offer::TryAgain};
    case Reason::ClientUnknown:
    case Reason::TimedOut:
        return {Offer::RegisterAgain, Offer::TryAgain};
    case Reason::GrantSpent:
        return {Offer::SignInAgain};
    case Reason::IssuerNotNamed:
        return {Offer::TrustIssuer};
    case Reason::ToBeAllowed:
        return {Offer::GoOnAllTheSame, Offer::TryAgain};
    case Reason::Denied:
    case Reason::Other:
        break;
    }
    // The same token would be refused again.
    if (step >= StepId::Session && failure.kind == oauth::Failure::Kind::SignIn)
        return {Offer::SignInAgain, Offer::TryAgain};
    return {Offer::TryAgain};
}

QString wordOf(Offer offer)
{
    switch (offer) {
    case Offer::OpenDashboard:
        return Tr::tr("Open dashboard");
    case Offer::UseClientId:
        return Tr::tr("Use a client ID…");
    case Offer::AllowRegistration:
        return Tr::tr("Allow registration");
    case Offer::CopyResource:
        return Tr::tr("Copy resource");
    case Offer::RegisterAgain:
        return Tr::tr("Register again");
    case Offer::SignInAgain:
        return Tr::tr("Sign in again");
    case Offer::TrustIssuer:
        return Tr::tr("Trust it and go on");
    case Offer::GoOnAllTheSame:
        return Tr::tr("Go on all the same");
    case Offer::TryAgain:
        return Tr::tr("Try again");
    }
    return {};
}

QString clockOf(qint64 ms)
{
    const qint64 seconds = ms / 1000;
    return u"%1:%2"_s.arg(seconds / 60).arg(seconds % 60, 2, 10, QChar(u'0'));
}

QString durationOf(qint64 ms)
{
    return ms < 1000 ? Tr::tr("%1 ms").arg(ms)
                     : Tr::tr("%1 s").arg(QLocale().toString(double(ms) / 1000, 'f', 1));
}

} // namespace gatehouse::app
