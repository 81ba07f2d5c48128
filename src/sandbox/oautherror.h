// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"

#include <QString>

namespace gatehouse::sandbox {

/// A refusal in OAuth's words (RFC 6749 §4.1.2.1 and §5.2, RFC 7591 §3.2.2, RFC 8707 §2).
struct OAuthError
{
    int status = 400;
    QString error; ///< "invalid_request"
    QString description; ///< What to do about it, in one English sentence or two.
};

/// The text with all that RFC 6749 §5.2 forbids in an error_description replaced by "?".
[[nodiscard]] QString wireText(const QString &text);

/// The JSON answer: {"error","error_description"}, never to be stored.
[[nodiscard]] http::Response errorResponse(const OAuthError &error);

} // namespace gatehouse::sandbox
