// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/secretstore.h"
#include "tools/workosapi.h"

#include <QByteArray>

#include <functional>

namespace gatehouse::host {

// WorkOS's API key: of the environment, else of the keyring; never of a file. It is no setting, since those
// are kept, shown and copied.

/// Names the key, as WorkOS's own libraries have it.
inline constexpr auto apiKeyVariable = "WORKOS_API_KEY";
/// Names another address of the API: a stand-in.
inline constexpr auto apiAddressVariable = "WORKOS_API";

/// Takes it out of the environment, so that no program that this one starts gets it. Once, before there are
/// threads; not in a program of somebody else's, which may read it itself.
void takeApiKey();
/// What the environment has, or had when it was taken; empty where that cannot be sent as a key.
[[nodiscard]] QByteArray environmentApiKey();
/// Where the API is, with that key.
[[nodiscard]] tools::ApiAccess apiAccess(const QByteArray &key);
/// Whether it can be sent as a key: what can stand behind "Bearer ", 8 to 512 characters of it.
[[nodiscard]] bool isApiKey(QByteArrayView text);

/// What the keyring has, empty if nothing. For `done`, see base::SecretStore.
void readApiKey(base::SecretStore &secrets, std::function<void(const QByteArray &key)> done);
/// Keeps it there, or forgets it where it is empty.
void keepApiKey(base::SecretStore &secrets, const QByteArray &key, std::function<void(bool isDone)> done);

} // namespace gatehouse::host
