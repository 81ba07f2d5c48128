// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/secretstore.h"

#include <QCoreApplication>
#include <QMetaObject>

namespace gatehouse::base {

namespace {

// Callers get their answer from the event loop, as with a real keyring, so that neither can be relied on to
// be quick.
void later(std::function<void()> call)
{
    QMetaObject::invokeMethod(QCoreApplication::instance(), std::move(call), Qt::QueuedConnection);
}

} // namespace

void MemorySecretStore::read(const QString &key, std::function<void(std::optional<QByteArray>)> done)
{
    std::optional<QByteArray> secret;
    if (const auto it = m_secrets.constFind(key); it != m_secrets.cend())
        secret = *it;
    later([done = std::move(done), secret = std::move(secret)] { done(secret); });
}

void MemorySecretStore::write(const QString &key, const QByteArray &secret, std::function<void(bool)> done)
{
    m_secrets.insert(key, secret);
    later([done = std::move(done)] { done(true); });
}

void MemorySecretStore::remove(const QString &key, std::function<void()> done)
{
    m_secrets.remove(key);
    later(std::move(done));
}

} // namespace gatehouse::base
