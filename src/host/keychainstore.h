// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/secretstore.h"

#include <QObject>

namespace gatehouse::host {

/// Secrets in the system's keyring (Secret Service, KWallet, macOS Keychain, Windows credentials), one entry
/// a key. Where none can be reached they are kept in memory for this run, and becameUnavailable() says so
/// once; never in a plain file. For the thread of the application's event loop.
class KeychainStore : public QObject, public base::SecretStore
{
    Q_OBJECT

public:
    explicit KeychainStore(QObject *parent = nullptr);

    [[nodiscard]] bool outlivesTheProgram() const override { return !m_isUnavailable; }
    void read(const QString &key, std::function<void(std::optional<QByteArray>)> done) override;
    void write(const QString &key, const QByteArray &secret, std::function<void(bool)> done) override;
    void remove(const QString &key, std::function<void()> done) override;

Q_SIGNALS:
    /// `why` is the keyring's own words.
    void becameUnavailable(const QString &why);

private:
    void giveUp(const QString &why);

    base::MemorySecretStore m_memory;
    bool m_isUnavailable = false;
};

} // namespace gatehouse::host
