// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/explanation.h"
#include "auth/verdict.h"
#include "exchange/exchange.h"
#include "inspector/tone.h"

#include <QList>
#include <QString>

namespace gatehouse::inspector {

/// One claim of a token with what is known and thought of it.
struct ClaimRow
{
    QString claim; ///< "aud"
    QString value; ///< As it stands in the token; compact JSON where it is no string.
    QString words; ///< "who it is for", "14:07:12, 4 s before the request"
    QString check; ///< "names this server"; empty where nothing is required.
    auth::CheckState state = auth::CheckState::NotChecked;
    qsizetype differsAt = -1; ///< Where `value` goes wrong, for a near miss; -1 where that says nothing.
    qsizetype differsLength = 0;
    QString meaning; ///< The claim's place in RFC or AuthKit; empty for unknown ones.
};

/// Who looks at the token.
enum class Reader {
    Gate, ///< The server that it was sent to.
    Client, ///< Who got it, for a server.
    ClientOfId, ///< Who got it, an ID token for itself.
};

/// All claims of the token: those that were checked first, in the order of judging, the rest as the token has
/// them. A claim that is missing has a row if its absence was a fault.
[[nodiscard]] QList<ClaimRow> claimRowsOf(const auth::Verdict &verdict, qint64 receivedAtMs,
                                          Reader reader = Reader::Gate);

/// What is known of the signature, in one sentence; empty without a token.
[[nodiscard]] QString signatureSentence(const auth::Verdict &verdict);

/// "Expires in 4 min", "Expired 3 min ago" as seen at that time; an empty text where the token has no end.
struct Expiry
{
    QString text;
    Tone tone = Tone::Muted;
};
[[nodiscard]] Expiry expiryOf(const auth::Verdict &verdict, qint64 nowMs);

/// What is behind something and what to do about it; each part may be empty.
struct Advice
{
    QString cause;
    QString remedy;
    QString page; ///< Of the WorkOS dashboard.
    QString copy; ///< To paste there, byte for byte.
    QString setting; ///< The field of host::Settings that decides; empty where none does.
};
/// What an accepted token lacks that its reader may miss; `cause` holds the sentence.
[[nodiscard]] QList<Advice> hintsFor(const auth::Verdict &verdict);

/// What stands above everything else about an exchange.
struct Headline
{
    Tone tone = Tone::Plain;
    QString sentence;
    QString more; ///< A second line; may be empty.
    Advice advice = {};
};
/// Of a token before any request came with it.
[[nodiscard]] Headline headlineOf(const auth::Verdict &verdict, Reader reader = Reader::Client);
[[nodiscard]] Advice adviceOf(const auth::Explanation &words);

/// One parameter of the challenge that was sent.
struct ChallengePart
{
    QString name;
    QString value;
    QString meaning; ///< Empty for one that no specification names.
};
[[nodiscard]] QList<ChallengePart> challengePartsOf(const exchange::Exchange &exchange);
/// What a header field is for, where MCP or OAuth give it a meaning; empty else.
[[nodiscard]] QString headerMeaning(QByteArrayView name);

} // namespace gatehouse::inspector
