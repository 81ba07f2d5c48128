// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>

#include <functional>
#include <optional>

namespace gatehouse::base {

/// Where secrets outlive the program: a system keyring, or memory where there is none. Never a plain file.
/// Callbacks come from the event loop of the calling thread, each exactly once.
class SecretStore
{
public:
    virtual ~SecretStore() = default;
    [[nodiscard]] virtual bool outlivesTheProgram() const = 0;
    virtual void read(const QString &key, std::function<void(std::optional<QByteArray>)> done) = 0;
    virtual void write(const QString &key, const QByteArray &secret, std::function<void(bool)> done) = 0;
    virtual void remove(const QString &key, std::function<void()> done) = 0;
};

/// Forgets everything at the end of the program.
class MemorySecretStore : public SecretStore
{
public:
    [[nodiscard]] bool outlivesTheProgram() const override { return false; }
    void read(const QString &key, std::function<void(std::optional<QByteArray>)> done) override;
    void write(const QString &key, const QByteArray &secret, std::function<void(bool)> done) override;
    void remove(const QString &key, std::function<void()> done) override;

private:
    QHash<QString, QByteArray> m_secrets;
};

} // namespace gatehouse::base
