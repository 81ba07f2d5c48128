// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/keychainstore.h"

#include <qt6keychain/keychain.h>

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::host {

namespace {

const QString service = u"gatehouse"_s;

/// A job that frees itself and never falls back to a file.
template <typename Job> Job *newJob(const QString &key, QObject *parent)
{
    auto *job = new Job(service, parent);
    job->setAutoDelete(true);
    job->setInsecureFallback(false);
    job->setKey(key);
    return job;
}

} // namespace

KeychainStore::KeychainStore(QObject *parent)
    : QObject(parent)
{ }

void KeychainStore::giveUp(const QString &why)
{
    if (!std::exchange(m_isUnavailable, true))
        Q_EMIT becameUnavailable(why);
}

void KeychainStore::read(const QString &key, std::function<void(std::optional<QByteArray>)> done)
{
    if (m_isUnavailable)
        return m_memory.read(key, std::move(done));
    auto *job = newJob<QKeychain::ReadPasswordJob>(key, this);
    connect(job, &QKeychain::Job::finished, this, [this, job, key, done = std::move(done)] {
        switch (job->error()) {
        case QKeychain::NoError:
            return done(job->binaryData());
        case QKeychain::EntryNotFound:
            return done(std::nullopt);
        default:
            break;
        }
        giveUp(job->errorString());
        m_memory.read(key, done);
    });
    job->start();
}

void KeychainStore::write(const QString &key, const QByteArray &secret, std::function<void(bool)> done)
{
    if (m_isUnavailable)
        return m_memory.write(key, secret, std::move(done));
    auto *job = newJob<QKeychain::WritePasswordJob>(key, this);
    job->setBinaryData(secret);
    connect(job, &QKeychain::Job::finished, this, [this, job, key, secret, done = std::move(done)] {
        if (job->error() == QKeychain::NoError)
            return done(true);
        giveUp(job->errorString());
        m_memory.write(key, secret, done);
    });
    job->start();
}

void KeychainStore::remove(const QString &key, std::function<void()> done)
{
    if (m_isUnavailable)
        return m_memory.remove(key, std::move(done));
    auto *job = newJob<QKeychain::DeletePasswordJob>(key, this);
    connect(job, &QKeychain::Job::finished, this, [done = std::move(done)] { done(); });
    job->start();
}

} // namespace gatehouse::host
