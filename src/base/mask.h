// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonValue>

namespace gatehouse::base {

/// Tokens, codes, verifiers, secrets and cookies are masked where they enter, so that no log, export or
/// window can show them by mistake. Masking is by name where there is a name, by shape (JWT, "Bearer …")
/// everywhere.

/// Whether a header, form field or JSON member of this name holds a secret.
[[nodiscard]] bool isSecretName(QByteArrayView name);

/// Whether a header of this name does: by its ending, too, since such names are made up every day.
[[nodiscard]] bool isSecretHeader(QByteArrayView name);

/// A header's value as it may be shown: "Bearer …1a2b" for Authorization, "…" for other secrets, the value
/// else.
[[nodiscard]] QByteArray maskHeader(QByteArrayView name, const QByteArray &value);

/// Any text with each JWT, bearer token and secret query or form field in it replaced by "…".
[[nodiscard]] QByteArray maskText(const QByteArray &text);
[[nodiscard]] QByteArray maskText(QByteArrayView text);
[[nodiscard]] QString maskText(const QString &text);

/// The value with each secret member's string replaced by "…" and each other string passed through maskText.
[[nodiscard]] QJsonValue maskJson(const QJsonValue &value);

/// A body as it came, bytes and order, with only the secrets replaced: in JSON by member name and by shape,
/// in any other text as maskText does. Need not be valid.
[[nodiscard]] QByteArray maskBody(const QByteArray &body);

/// The first eight hex digits of the SHA-256: says "the same token again" without being one.
[[nodiscard]] QByteArray fingerprint(QByteArrayView secret);
/// The same where the SHA-256 is known already.
[[nodiscard]] QByteArray fingerprintOfDigest(const QByteArray &sha256);

} // namespace gatehouse::base
