// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/keymaker.h"

#include <utility>

namespace gatehouse::sandbox {

KeyMaker::KeyMaker(QObject *parent)
    : QObject(parent)
{ }

KeyMaker::~KeyMaker()
{
    if (m_thread.joinable())
        m_thread.join(); // Cannot be stopped; takes 190 ms at most.
}

void KeyMaker::make(const QString &keyId, qint64 nowMs, std::function<void(Made)> done)
{
    m_orders.push_back({keyId, nowMs, std::move(done)});
    if (m_orders.size() == 1)
        next();
}

void KeyMaker::next()
{
    m_thread = std::thread([this, keyId = m_orders.front().keyId, nowMs = m_orders.front().nowMs] {
        const Made made = keys::SigningKey::generate(keyId, nowMs);
        QMetaObject::invokeMethod(
            this,
            [this, made] {
                m_thread.join();
                const auto done = std::move(m_orders.front().done);
                m_orders.pop_front();
                if (!m_orders.empty())
                    next();
                done(made);
            },
            Qt::QueuedConnection);
    });
}

} // namespace gatehouse::sandbox
