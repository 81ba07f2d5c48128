// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "host/settings.h"

#include <QJsonObject>
#include <QString>

namespace gatehouse::host {

/// Where settings are kept unless the user names another file: settings.json in the program's folder of the
/// user's configuration.
[[nodiscard]] QString usualSettingsFile();

/// The settings that a file holds, over the defaults. The error is a sentence that names the file and what is
/// wrong in it: a member that is no setting, one of the wrong type, a value that cannot be used.
[[nodiscard]] base::Expected<Settings, QString> readSettingsFile(const QString &path);
/// The same, but a file that is not there holds the defaults.
[[nodiscard]] base::Expected<Settings, QString> readSettingsFileIfThere(const QString &path);

/// Replaces the file in one step, so that it is never half written. Only what differs from the defaults is
/// kept. No secret is part of the settings.
[[nodiscard]] base::Expected<void, QString> writeSettingsFile(const QString &path, const Settings &settings);

} // namespace gatehouse::host
