// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "host/notice.h"
#include "host/settings.h"
#include "sandbox/sandbox.h"
#include "server/configuration.h"

#include <QList>

namespace gatehouse::host {

// What the parts of a host are told of its settings, which were validated.

/// All but the secrets of its states. `issuer` is whose tokens are taken; it counts only with authorization.
[[nodiscard]] server::Configuration serverConfigurationOf(const Settings &settings, const QString &issuer);

/// The error names the setting. `resource` is what `aud` is where a request names none.
[[nodiscard]] base::Expected<sandbox::SandboxSettings, StartError> sandboxSettingsOf(const Settings &settings,
                                                                                     const QString &resource);

/// What a user should know of these settings from the start on.
[[nodiscard]] QList<Notice> noticesOf(const Settings &settings);

} // namespace gatehouse::host
