// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "base/json.h"

#include <QByteArrayView>
#include <QJsonObject>
#include <QLatin1StringView>

namespace gatehouse::oauth {

/// What an authorization server or a resource sends as a JSON object. A byte order mark before it is passed
/// over (RFC 8259 §8.1).
[[nodiscard]] base::Expected<QJsonObject, base::JsonError> readDocument(QByteArrayView body);

/// The same without the members that are null: many writers put that where a member is absent.
[[nodiscard]] QJsonObject withoutNulls(QJsonObject document);

/// Whether it is such a document at all: an object that says in a string who it speaks for. Anything else
/// with a 200 is a page for whoever asks for what is not there, and as good as a 404 (RFC 8414 §3.2, RFC 9728
/// §3.2).
[[nodiscard]] bool speaksFor(QByteArrayView body, QLatin1StringView member);

} // namespace gatehouse::oauth
