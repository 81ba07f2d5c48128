// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "oauth/failure.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include <optional>

namespace gatehouse::oauth {

/// What an authorization response is measured by, noted down before the browser opens.
struct Expectation
{
    QByteArray state;
    QString issuer;
    QString resource; ///< A token for it was asked for.
    bool sendsIssuer = false; ///< The server announced RFC 9207's `iss`.
};

struct CallbackFault
{
    bool foreign = false; ///< Does not belong to this sign-in: to be ignored, not acted upon.
    Failure failure;
};

/// Judges an authorization response (RFC 6749 §4.1.2, RFC 9207 §2.4) by its query: state first, then the
/// issuer, then error or code. The answer is the code.
[[nodiscard]] base::Expected<QByteArray, CallbackFault> readCallback(QByteArrayView query,
                                                                     const Expectation &expectation);

} // namespace gatehouse::oauth
