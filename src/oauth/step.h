// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oauth/tokenrequest.h"

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
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
    Session, ///< The handshake with the token: server/discover, and initialize where that is not known.
    List, ///< tools/list, or the list of another errand.
    Call, ///< tools/call, resources/read or prompts/get.
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

/// One request and its answer as a person may see them: masked at birth, bounded.
struct Leg
{
    QByteArray requestId; ///< What the other end can find it by: its X-Request-Id, or the PKCE challenge.
    QString requestLine; ///< "GET https://acme.authkit.app/…"
    int status = 0; ///< 0 without an answer.
    QString sent; ///< Request line, headers and body.
    QString answered; ///< Status, headers and body, or what went wrong; empty while nothing has come.
    qint64 tookMs = 0;
};

/// One step as it may be shown: secrets are masked.
struct Step
{
    StepId id = StepId::Ask;
    QString title; ///< English, as in "Resource metadata".
    StepState state = StepState::Waiting;
    QString failure; ///< Of one that failed: nameOf() its failure.
    QString detail; ///< What came of it, in English sentences, one per line.
    QJsonValue data = QJsonValue::Undefined; ///< Of an error of the server, beside its words; masked.
    QList<Leg> legs; ///< All requests of the step with their answers, in order.
    qint64 tookMs = 0; ///< From its start to its end, waiting for a person included.

    /// Of what came of it: the last leg that was answered well where it is done, else the last one.
    [[nodiscard]] QString requestLine() const; ///< Empty before there is a request.
    [[nodiscard]] int status() const; ///< HTTP status; 0 without an answer.
    [[nodiscard]] QString sent() const; ///< All requests, one after the other.
    [[nodiscard]] QString answered() const; ///< All answers, likewise.

private:
    [[nodiscard]] const Leg *telling() const;
};

/// What a run asks the MCP server for once it is let in.
enum class Errand { Tools, Resources, Prompts };

/// Its name for people, as in "Resource metadata"; with another grant or errand some have another.
[[nodiscard]] QString titleOf(StepId id, Grant grant = Grant::Code, Errand errand = Errand::Tools);

/// Markdown for an issue tracker: what came of it, sent and answered. Nothing in it is secret.
[[nodiscard]] QString reportOf(const Step &step);
[[nodiscard]] QString reportOf(const QString &server, const QList<Step> &steps);

/// For programs: {"step","state","ms"} and, where they are there, "status", "request", "detail", "data",
/// "sent" and "answered".
[[nodiscard]] QJsonObject jsonOf(const Step &step);

} // namespace gatehouse::oauth
