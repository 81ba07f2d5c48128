// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/fetch.h"
#include "oauth/negativechecks.h"
#include "sandbox/controlclient.h"

#include <QString>

namespace gatehouse::host {

/// Has that sandbox make the tokens of the negative checks, for the server that calls itself
/// `resource`. The fetcher outlives it.
[[nodiscard]] oauth::NegativeChecks::Mint
mintFrom(base::Fetcher *fetcher, const sandbox::SandboxAddress &sandbox, const QString &resource);

} // namespace gatehouse::host
