// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/fetch.h"
#include "client/answer.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>
#include <utility>

namespace gatehouse::client {

/// One request from its POST to its answer, over as many connections as that takes. Its time is measured from
/// the last sign of life that counts, and stands still while a person is asked. Once it is deleted, nothing
/// comes any more.
class Ask : public QObject
{
    Q_OBJECT

public:
    /// How to come back for the rest of a stream: without its Last-Event-ID. Empty: there is no way back.
    using ComeBack = std::function<base::FetchRequest()>;
    using Done = std::function<void(const base::FetchResult &, base::Expected<Result, Error>)>;
    Ask(base::Fetcher *fetcher, qint64 id, int timeoutMs, QObject *parent = nullptr);
    ~Ask() override;

    /// Beside the answer; before start().
    void setHeard(AnswerReader::Heard heard) { m_heard = std::move(heard); }
    void setComeBack(ComeBack comeBack) { m_comeBack = std::move(comeBack); }
    /// `done` is called once, and may delete this.
    void start(const base::FetchRequest &post, Done done);
    /// Nothing comes any more; it goes by itself. Also while it tells of something.
    void stop();
    /// The time begins anew.
    void prolong();
    /// While somebody thinks about an answer to the server; as often as goOn() follows.
    void pause();
    void goOn();
    [[nodiscard]] qint64 id() const { return m_id; }
    /// Under which the server tells of its progress: its id, unless set.
    void setProgressToken(qint64 token) { m_progressToken = token; }
    [[nodiscard]] qint64 progressToken() const { return m_progressToken; }

    /// At one time; a server that always sends us away again would go on for ever.
    static constexpr int maximumReturns = 100;
    /// In a row where nobody is there, each after twice the time.
    static constexpr int maximumMisses = 3;
    /// Of one connection, however alive it is.
    static constexpr int longestMs = 60 * 60 * 1000;

private:
    void send(base::FetchRequest request);
    void take(const base::FetchResult &fetched);
    [[nodiscard]] int returnMs() const;
    void end(const base::FetchResult &fetched, base::Expected<Result, Error> result);

    base::Fetcher *m_fetcher;
    qint64 m_id;
    qint64 m_progressToken;
    AnswerReader m_reader;
    AnswerReader::Heard m_heard;
    ComeBack m_comeBack;
    Done m_done;
    base::CancelFetch m_cancel;
    QTimer m_time;
    QTimer m_wait; ///< Before it comes back.
    /// How the last connection ended: that of the request, or one that came back.
    std::optional<std::pair<base::FetchResult, base::Expected<Result, Error>>> m_before;
    int m_returns = 0;
    int m_misses = 0;
    bool m_hasCome = false; ///< Anything over this connection.
    int m_pauses = 0;
    bool m_isStopped = false;
};

} // namespace gatehouse::client
