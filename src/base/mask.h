// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/secretnames.h"

#include <QByteArray>
#include <QJsonValue>

namespace gatehouse::base {

/// Tokens, codes, verifiers, secrets and cookies are masked where they enter, so that no log, export or
/// window can show them by mistake. By shape everywhere (a JWT, "Bearer …", WorkOS's "sk_live_…", the
/// password of an address); by name where the name says it. What is empty is not masked.

/// A header's value as it may be shown: "Bearer …1a2b" for Authorization, "…" for other secrets, the value
/// else.
[[nodiscard]] QByteArray maskHeader(QByteArrayView name, const QByteArray &value);

/// Any text with each token and secret query or form field in it replaced by "…".
[[nodiscard]] QByteArray maskText(const QByteArray &text, Place place = Place::Elsewhere);
[[nodiscard]] QByteArray maskText(QByteArrayView text, Place place = Place::Elsewhere);
[[nodiscard]] QString maskText(const QString &text, Place place = Place::Elsewhere);

/// The value with each secret member's value replaced by "…" and each other string passed through maskText.
[[nodiscard]] QJsonValue maskJson(const QJsonValue &value, Place place = Place::Elsewhere);

/// A body as it came, bytes and order, with only the secrets replaced: in JSON by member name and by shape,
/// in any other text as maskText does. Need not be valid.
[[nodiscard]] QByteArray maskBody(const QByteArray &body, Place place = Place::Elsewhere);
/// The same for an event stream, whose data may be JSON (WHATWG HTML §9.2.6).
[[nodiscard]] QByteArray maskEventStream(const QByteArray &stream, Place place = Place::Elsewhere);

/// The beginning of what was masked, at most so many bytes. `isWhole` is false where more came than was
/// masked: what may be the beginning of a token then goes with it, since half a token has no shape.
[[nodiscard]] QByteArray beginningOfMasked(const QByteArray &masked, qsizetype bytes, bool isWhole);

/// The first eight hex digits of the SHA-256: says "the same token again" without being one.
[[nodiscard]] QByteArray fingerprint(QByteArrayView secret);

} // namespace gatehouse::base
