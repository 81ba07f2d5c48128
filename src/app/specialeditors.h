// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/settingeditor.h"

namespace gatehouse::app {

/// For what needs more than a field: the issuer, this server's address, its port. Null for the others.
[[nodiscard]] SettingEditor *specialEditorFor(const host::Setting &setting, QWidget *parent);

} // namespace gatehouse::app
