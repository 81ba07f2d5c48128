// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/apikey.h"

#include "base/characters.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace gatehouse::host {

namespace {

const QString entry = u"workos-api-key"_s;

std::optional<QByteArray> &taken()
{
    static std::optional<QByteArray> key;
    return key;
}

QByteArray found()
{
    const QByteArray key = qgetenv(apiKeyVariable).trimmed();
    return isApiKey(key) ? key : QByteArray();
}

} // namespace

void takeApiKey()
{
    taken() = found();
    qunsetenv(apiKeyVariable);
}

QByteArray environmentApiKey()
{
    return taken() ? *taken() : found();
}

tools::ApiAccess apiAccess(const QByteArray &key)
{
    tools::ApiAccess access;
    access.key = key;
    QString address = qEnvironmentVariable(apiAddressVariable).trimmed();
    while (address.endsWith(u'/'))
        address.chop(1);
    if (!address.isEmpty())
        access.address = address;
    return access;
}

bool isApiKey(QByteArrayView text)
{
    return text.size() >= 8 && text.size() <= 512 && base::isBearerText(text);
}

void readApiKey(base::SecretStore &secrets, std::function<void(const QByteArray &)> done)
{
    secrets.read(entry, [done = std::move(done)](const std::optional<QByteArray> &found) {
        done(found && isApiKey(*found) ? *found : QByteArray());
    });
}

void keepApiKey(base::SecretStore &secrets, const QByteArray &key, std::function<void(bool)> done)
{
    if (key.isEmpty())
        return secrets.remove(entry, [done = std::move(done)] { done(true); });
    secrets.write(entry, key, std::move(done));
}

} // namespace gatehouse::host
