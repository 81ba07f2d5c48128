// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "base/fetch.h"

#include <QJsonObject>
#include <QString>

#include <functional>

namespace gatehouse::sandbox {

struct ControlError
{
    bool reached = false; ///< False: nobody answered at that address.
    int status = 0; ///< HTTP status; 0 if nobody answered.
    QString text; ///< One English sentence; empty if what answered does not speak as a sandbox does.
};

/// Where a sandbox runs, and what it asks for.
struct SandboxAddress
{
    QString issuer;
    QString secret = {}; ///< Of its run, where it is private.

    bool operator==(const SandboxAddress &) const = default;
};

/// Asks a running sandbox's control endpoint: `command` is the last part of the path ("token",
/// "rotate-keys"). `done` comes once, from the event loop.
void askSandbox(base::Fetcher &fetcher, const SandboxAddress &sandbox, const QString &command,
                const QJsonObject &wish, std::function<void(base::Expected<QJsonObject, ControlError>)> done);

} // namespace gatehouse::sandbox
