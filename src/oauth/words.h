// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace gatehouse::oauth {

/// The room's sentences for people: English in programs that load no translation, as the commands are.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::oauth::Words)
};

} // namespace gatehouse::oauth
