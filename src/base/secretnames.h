// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace gatehouse::base {

/// Where a text stands decides what a name in it means: a `code` is a secret in a redirect, and a tool's own
/// word in its arguments.
enum class Place {
    OAuthRequest, ///< Queries, forms, redirects and headers: `code`, `state`, `token` and `assertion`, too.
    OAuthAnswer, ///< JSON of an authorization server: everything that is called a token, too.
    Elsewhere, ///< Tools' arguments and results, claims, messages: only what is a credential by its name.
};

/// Whether a form field or JSON member of this name holds a secret there: "client_secret", "clientSecret".
[[nodiscard]] bool isSecretName(QByteArrayView name, Place place);

/// Whether a header of this name does: by its ending, too, since such names are made up every day.
[[nodiscard]] bool isSecretHeader(QByteArrayView name);

/// The same where it begins a line of text, "Cookie: …": only what is a header and nothing else.
[[nodiscard]] bool isSecretHeaderLine(QByteArrayView name);

} // namespace gatehouse::base
