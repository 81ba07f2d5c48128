// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/fetch.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace gatehouse::fetch {

class Connection;

/// One request and its answer over one connection: reads with a bound, and ends by itself when the total time
/// is over. Owns the connection until it is over.
class Exchange : public QObject
{
public:
    /// What becomes of the connection when the answer is whole; not called otherwise.
    using Keep = std::function<void(Connection *)>;
    /// How long it may take.
    struct Limits
    {
        int wholeMs = 0;
        int connectMs = 0; ///< Until somebody is reached; 0: as long as all of it.
    };
    Exchange(Connection *connection, const base::FetchRequest &request, const Limits &limits, Keep keep,
             std::function<void(base::FetchResult)> done, QObject *parent);

    void cancel();
    /// Calls it each time that nothing of the answer has come for so long, while it is waited for.
    void whileSilent(int milliseconds, std::function<void()> then);

private:
    void take();
    void fail(base::FetchFault fault, const QString &text);
    void end(base::FetchResult result);

    Connection *m_connection;
    qsizetype m_maximum;
    std::function<void(const base::FetchReply &)> m_onHead;
    std::function<bool(const base::FetchReply &, QByteArrayView)> m_onBody;
    Keep m_keep;
    std::function<void(base::FetchResult)> m_done;
    base::FetchReply m_answer;
    qsizetype m_size = 0;
    QTimer m_whole;
    QTimer m_connecting;
    QTimer m_silence;
    bool m_ended = false;
};

/// The bytes of a request (RFC 9112 §3). The error is one sentence: a method or a field that would begin
/// another one, or that says where this one ends.
[[nodiscard]] base::Expected<QByteArray, QString> bytesOf(const base::FetchRequest &request);

} // namespace gatehouse::fetch
