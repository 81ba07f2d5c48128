// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clientfiles/filefault.h"
#include "clientfiles/programs.h"
#include "inspector/arrival.h"
#include "inspector/tone.h"

#include <optional>

namespace gatehouse::app {

/// Words about other programs that are to be connected, in the user's language. Pure functions.

/// Why a file was left alone, and what can be done. `file` as it is to be shown.
[[nodiscard]] QString sentenceOf(const clientfiles::FileFault &fault, const clientfiles::Program &program,
                                 const QString &file);

/// What is to be done in the program once it knows the server.
[[nodiscard]] QString nextWordsFor(const clientfiles::Program &program, const QString &name);
/// The same where nobody is asked for a token.
[[nodiscard]] QString nextWordsWithoutSignIn(const clientfiles::Program &program);
/// What one has to know before: empty for most.
[[nodiscard]] QString noteOn(const clientfiles::Program &program);

[[nodiscard]] QString titleOf(inspector::Arrival::Rung rung);
/// Where people sign in.
enum class SignInPlace { Sandbox, Elsewhere, Nowhere };
/// What of a step is to be told: evidence, or why there is none.
[[nodiscard]] QString wordsOf(const inspector::Arrival &arrival, inspector::Arrival::Rung rung,
                              SignInPlace place);

/// Why somebody does not come further, most likely.
struct Stuck
{
    inspector::Tone tone = inspector::Tone::Warning;
    QString title = {};
    QString sentence = {};
};
/// None while it is too early to say: after half a minute without news, or as soon as it is turned away.
[[nodiscard]] std::optional<Stuck> stuckAt(const inspector::Arrival &arrival,
                                           const clientfiles::Program &program, const QString &name,
                                           SignInPlace place, qint64 nowMs);

} // namespace gatehouse::app
