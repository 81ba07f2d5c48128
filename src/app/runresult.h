// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/tone.h"
#include "oauth/flow.h"

#include <QJsonObject>
#include <QString>

namespace gatehouse::app {

/// What came of a run, in one sentence.
struct RunResult
{
    inspector::Tone tone = inspector::Tone::Muted;
    QString sentence = {};
    oauth::StepId step = oauth::StepId::Ask; ///< Where to look.
};

/// Of a flow that has ended. `idClaims`, `accessClaims`: of its tokens, as far as they could be read.
[[nodiscard]] RunResult resultOf(const oauth::Flow &flow, const QJsonObject &idClaims,
                                 const QJsonObject &accessClaims);

/// What a person is called in claims: the whole name, or else the e-mail address or another name; bounded,
/// without anything that is obeyed. Empty where nobody is named.
[[nodiscard]] QString personIn(const QJsonObject &claims);

} // namespace gatehouse::app
