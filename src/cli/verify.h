// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace gatehouse::cli {

/// `gatehouse verify TOKEN|-`: judges a token as a server would and explains the verdict.
int runVerify(const QStringList &arguments);

} // namespace gatehouse::cli
