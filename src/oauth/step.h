// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace gatehouse::oauth {

/// The way from a bare address to a tool's answer, in order.
enum class StepId {
    Ask, ///< initialize without a token: learns the challenge.
    Resource, ///< Protected resource metadata (RFC 9728).
    Server, ///< Authorization server metadata (RFC 8414).
    Client, ///< The client's identity: given, stored, or registered now (RFC 7591).
    Authorize, ///< PKCE, state, browser, and the answer's way back.
    Token, ///< The code, or a stored refresh token, for tokens.
    Session, ///< initialize with the token.
    List, ///< tools/list
    Call, ///< tools/call
    Refresh, ///< The refresh token for new tokens, to see that it works.
};
inline constexpr int stepCount = 10;

enum class StepState {
    Waiting, ///< Its turn has not come.
    Running,
    Done,
    Failed,
    Skipped, ///< Not needed; the detail says why.
};

/// One step as it may be shown: secrets are masked.
struct Step
{
    StepId id = StepId::Ask;
    QString title; ///< English, as in "Resource metadata".
    StepState state = StepState::Waiting;
    QString requestLine; ///< Of the last request; empty before there is one.
    int status = 0; ///< HTTP status of the last answer; 0 without one.
    QString detail; ///< What came of it, in English sentences, one per line.
    QString sent; ///< All requests of the step, in order.
    QString answered; ///< All answers, likewise.
    qint64 tookMs = 0; ///< From its start to its end, waiting for a person included.
};

/// For programs: {"step","state","ms"} and, where they are there, "status", "request", "detail", "sent" and
/// "answered".
[[nodiscard]] QJsonObject jsonOf(const Step &step);

} // namespace gatehouse::oauth
