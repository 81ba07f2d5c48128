// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/tone.h"
#include "oauth/failure.h"
#include "oauth/step.h"

#include <QList>
#include <QString>

namespace gatehouse::app {

/// What a step is for and which rule it follows.
struct StepWords
{
    QString why;
    QString rule; ///< "RFC 9728 §3; MCP, Authorization"
};
[[nodiscard]] StepWords stepWordsOf(oauth::StepId id, oauth::Grant grant = oauth::Grant::Code);

/// A step's state as a word with its tone and sign.
struct StateWords
{
    inspector::Tone tone = inspector::Tone::Muted;
    QString icon;
    QString word;
};
[[nodiscard]] StateWords stateWordsOf(oauth::StepState state);

/// What a user can do about a failure.
enum class Offer {
    OpenDashboard, ///< WorkOS's, in the browser.
    UseClientId, ///< The field for one.
    AllowRegistration, ///< Switch the sandbox's failure off and try again.
    CopyResource,
    RegisterAgain,
    SignInAgain,
    TrustIssuer, ///< The authorization server that was found, with all its endpoints.
    GoOnAllTheSame, ///< With a resource or an issuer that is not right by the letter.
    TryAgain,
};
/// In the order in which they are shown, for a failure of this step. `isSandbox`: the authorization server is
/// ours.
[[nodiscard]] QList<Offer> offersFor(const oauth::Failure &failure, oauth::StepId step, bool isSandbox);
[[nodiscard]] QString wordOf(Offer offer);

/// "0:14"
[[nodiscard]] QString clockOf(qint64 ms);
/// "3 ms", "1.4 s"
[[nodiscard]] QString durationOf(qint64 ms);

} // namespace gatehouse::app
