// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "oauth/flow.h"

#include <QCommandLineParser>
#include <QString>

namespace gatehouse::cli {

/// How tokens are come by, and what is shown for them.
void addGrantOptions(QCommandLineParser &parser);
/// What they say, into settings whose client and secret are read already. The error is one sentence.
[[nodiscard]] base::Expected<void, QString> readGrant(const QCommandLineParser &parser,
                                                      oauth::FlowSettings &settings);

} // namespace gatehouse::cli
