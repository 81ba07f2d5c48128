// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

class QObject;

namespace gatehouse::base {

/// Calls `stop` on the thread of `context` when the system asks the program to end (SIGINT, SIGTERM). One
/// context at a time: the last one counts.
void onStopSignal(QObject *context, std::function<void()> stop);

} // namespace gatehouse::base
