// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "oauth/flow.h"

#include <QCommandLineParser>
#include <QString>

namespace gatehouse::cli {

/// The options of every command that is a client of an MCP server.
void addClientOptions(QCommandLineParser &parser);

/// What is wrong with the address of an MCP server, as a sentence; empty if nothing is.
[[nodiscard]] QString serverAddressFault(const QString &text);

/// What they say; the first positional argument is the server. The error is one sentence.
[[nodiscard]] base::Expected<oauth::FlowSettings, QString> flowSettingsFrom(const QCommandLineParser &parser);

} // namespace gatehouse::cli
