// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/fetch.h"
#include "protocol/eventstream.h"

#include <QJsonObject>
#include <QObject>
#include <QTimer>

#include <functional>

namespace gatehouse::client {

/// The stream on which a server tells and asks what belongs to no request (MCP 2025-11-25 "Listening for
/// Messages from the Server"): a GET, taken up again where it ends. A server that has none is left alone.
class StandingStream : public QObject
{
    Q_OBJECT

public:
    using Get = std::function<base::FetchRequest()>; ///< Without what is this stream's own.
    using Heard = std::function<void(const QJsonObject &)>;
    StandingStream(base::Fetcher *fetcher, Get get, Heard heard, QObject *parent = nullptr);
    ~StandingStream() override;

    /// `ready` is called once, when the server listens or has none, and not later than half a second.
    void open(std::function<void()> ready);
    /// Nothing comes any more; it goes by itself.
    void stop();

    static constexpr int maximumReturns = 100;

private:
    void send();
    void take(QByteArrayView piece);
    void ended(const base::FetchResult &fetched);
    void isReady();

    base::Fetcher *m_fetcher;
    Get m_get;
    Heard m_heard;
    std::function<void()> m_ready;
    base::CancelFetch m_cancel;
    protocol::EventStreamReader m_stream;
    QTimer m_patience;
    QTimer m_wait; ///< Before it is taken up again.
    int m_returns = 0;
    bool m_isStopped = false;
};

} // namespace gatehouse::client
