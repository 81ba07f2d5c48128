// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>

namespace gatehouse::inspector {

/// How a cell, row or strip is meant; the window has the colours and icons for each.
enum class Tone {
    Plain,
    Muted, ///< Nothing to say, or not reached.
    Good,
    Warning, ///< Something went wrong, but not at the gate.
    Bad, ///< Turned away.
};

} // namespace gatehouse::inspector

Q_DECLARE_METATYPE(gatehouse::inspector::Tone)
