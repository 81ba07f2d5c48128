// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keys/signingkey.h"

#include <QObject>

#include <deque>
#include <functional>
#include <thread>

namespace gatehouse::sandbox {

/// Makes signing keys, one at a time, on a thread of its own: RSA-2048 takes 70–190 ms, in which the sandbox
/// goes on answering. A std::thread, so that it is wholly gone, OpenSSL's thread data too, when the
/// destructor is.
class KeyMaker : public QObject
{
    Q_OBJECT

public:
    using Made = base::Expected<keys::SigningKey, QString>;

    explicit KeyMaker(QObject *parent = nullptr);
    ~KeyMaker() override;

    /// Calls `done` on the maker's thread of residence, in the order asked; never from within make().
    void make(const QString &keyId, qint64 nowMs, std::function<void(Made)> done);

private:
    struct Order
    {
        QString keyId;
        qint64 nowMs = 0;
        std::function<void(Made)> done;
    };
    void next();

    std::deque<Order> m_orders; ///< The first one is being made.
    std::thread m_thread;
};

} // namespace gatehouse::sandbox
