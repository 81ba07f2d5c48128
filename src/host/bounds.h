// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "host/settings.h"

namespace gatehouse::host {

/// A setting that is a whole number between two others.
struct Bound
{
    QString field; ///< "maxSessions": the member's name, as settings files have it.
    QString option; ///< "max-sessions": as the command line has it.
    QString unit; ///< "N", "KIB", "S", …
    const char *text; ///< What is counted; translated in the context "gatehouse::host::Bound".
    int Settings::*member;
    int lowest;
    int highest;
};

/// What peers together may ask of the server.
[[nodiscard]] const QList<Bound> &bounds();

} // namespace gatehouse::host
