// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oauth/issuerprobe.h"
#include "oauth/trace.h"

#include <memory>

namespace gatehouse::oauth {

/// One thing that an MCP server which wants a sign-in shows to whoever has none.
struct ServerFinding
{
    enum class Id { Refusal, Metadata, Person, Origin };
    using State = IssuerFinding::State;
    enum class What {
        Nothing, ///< Not looked at yet.
        NotReached, ///< `detail`: why, in one English sentence.
        Refused, ///< 401, and its challenge names the metadata (RFC 9728 §5.1).
        RefusedBlindly, ///< 401 that names no place of metadata: many clients end there.
        LetIn, ///< Whoever comes is served.
        RefusedOtherwise, ///< `detail`: "HTTP 500".
        MetadataAtBoth, ///< The same document behind the path and at the root (RFC 9728 §3.1).
        MetadataAtOne, ///< Only at `detail`, which is enough.
        MetadataDiffers, ///< The two places say different things: clients ask either.
        MetadataMissing, ///< At neither.
        MetadataUnusable, ///< `detail` says why, in one English sentence.
        Page, ///< A person who opens the address is told what it is.
        NoPage, ///< `detail`: what comes instead, "HTTP 405".
        OriginRefused, ///< A page of elsewhere is turned away (MCP "Security Warning").
        OriginServed, ///< It is not: any page that a browser shows may call.
    };
    Id id = Id::Refusal;
    State state = State::Waiting;
    What what = What::Nothing;
    QString detail = {};
    bool isReadable = false; ///< With Refused: a page of this computer may read the challenge, too.
    QByteArray requestId = {}; ///< The server's record may be found by it (X-Request-Id).
    qint64 tookMs = 0;

    bool operator==(const ServerFinding &) const = default;
};

/// Looks at an MCP server as those see it who have no token: four questions, none of them hostile. One after
/// the other, each whatever became of the one before, unless nobody answers. One thread.
class ServerProbe : public QObject
{
    Q_OBJECT

public:
    /// The fetcher outlives it.
    ServerProbe(base::Fetcher *fetcher, base::Clock clock, base::Random random, QObject *parent = nullptr);
    ~ServerProbe() override;

    /// All anew; what was under way is dropped.
    void start(const QString &server);
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_current >= 0; }
    [[nodiscard]] const QString &server() const { return m_server; }
    /// In the order in which they are looked at; Waiting before start().
    [[nodiscard]] const QList<ServerFinding> &findings() const { return m_findings; }

Q_SIGNALS:
    void changed(int index);
    void finished();

private:
    using What = ServerFinding::What;
    void begin(int index);
    void end(What what, bool isGood, const QString &detail = {});
    void askWithoutToken();
    void askForMetadata();
    void askAsAPerson();
    void askFromElsewhere();
    void judgeRefusal(const base::FetchReply &reply);
    void judgeMetadata(const QString &first, const base::FetchReply &one, const QString &second,
                       const base::FetchReply &other);
    void ask(const base::FetchRequest &request, std::function<void(const base::FetchReply &)> done);

    base::Fetcher *m_inner;
    base::Clock m_clock;
    base::Random m_random;
    std::unique_ptr<TracingFetcher> m_fetcher; ///< For the server that is looked at.
    QString m_server;
    QList<ServerFinding> m_findings;
    int m_current = -1;
    int m_run = 0; ///< Answers of an older one do not count.
    QElapsedTimer m_took;
};

} // namespace gatehouse::oauth
