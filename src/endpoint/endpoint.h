// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/gate.h"
#include "auth/issuermetadata.h"
#include "auth/resourcemetadata.h"
#include "base/clock.h"
#include "exchange/masked.h"
#include "exchange/sink.h"
#include "http/message.h"
#include "http/originrule.h"
#include "http/tcpgate.h"
#include "mcp/dispatcher.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>

namespace gatehouse::endpoint {

struct EndpointSettings
{
    QByteArray path = "/mcp";
    http::OriginRule origins = {};
    auth::ResourceMetadata metadata = {};
    qsizetype maximumBodyBytes = 1024 * 1024;
    /// After so long an answer that is not there begins as a stream, for peers that take one. To a tenth of
    /// it.
    std::chrono::milliseconds patience = std::chrono::seconds(15);
};

/// The pipeline that every request takes: host/origin → path → method → size → token → content type → JSON →
/// scopes of the operation → dispatcher, and the tap that records it. The one seam that knows both tokens and
/// protocol. Paths are matched exactly, byte for byte. Lives on one thread.
class Endpoint : public QObject
{
    Q_OBJECT

public:
    /// What the endpoint hands requests to; all outlive it. `gate` and `issuer` are null without
    /// authorization.
    struct Parts
    {
        mcp::Dispatcher *dispatcher = nullptr;
        auth::AuthGate *gate = nullptr;
        auth::IssuerMetadata *issuer = nullptr;
    };
    Endpoint(EndpointSettings settings, Parts parts, base::Clock clock, QObject *parent = nullptr);
    ~Endpoint() override;

    /// From here on serves by these. Requests under way go on.
    void reconfigure(EndpointSettings settings, Parts parts);

    /// Who is told of each exchange; may be null.
    void setSink(exchange::Sink *sink) { m_sink = sink; }

    /// Answers exactly once, or begins a stream. The one handler that the HTTP server is given. The token is
    /// judged by the head; the body is taken in only afterwards, and of a refused request only where it is
    /// short.
    void handle(const http::Request &request, http::Respond respond);

    /// Records a request that the HTTP server has refused already.
    void record(const http::Refused &refused);

private:
    enum class Place { Nowhere, Mcp, Resource, AuthorizationServer, OpenId };
    [[nodiscard]] static Place placeOf(const QByteArray &path, const EndpointSettings &settings);

    class PeerChannel;
    struct PendingRequest;
    using Shared = std::shared_ptr<PendingRequest>;
    void serveMetadata(const Shared &pending);
    void serveMcp(const Shared &pending);
    void afterVerdict(const Shared &pending, const auth::Judgement &judgement);
    void takeBody(const Shared &pending, http::Standing standing, std::function<void()> then);
    void readCall(const Shared &pending, const auth::Judgement &judgement);
    void dispatch(const Shared &pending, const auth::Judgement &judgement);
    void beginLateStreams();
    void cutOff(PendingRequest &pending, const http::Cut &cut);
    void listen(const Shared &pending);
    [[nodiscard]] std::shared_ptr<PeerChannel> channelFor(const Shared &pending);
    void refuse(const Shared &pending, const auth::Verdict &verdict);
    void turnAway(const Shared &pending, int status, exchange::Refusal refusal, const QString &detail = {});
    void answer(const Shared &pending, http::Response response);
    void send(PendingRequest &pending, http::Response response);
    void describeRefused(PendingRequest &pending) const;
    void addHeaders(const PendingRequest &pending, http::Response &response) const;

    EndpointSettings m_settings;
    Parts m_parts;
    base::Clock m_clock;
    exchange::Sink *m_sink = nullptr;
    exchange::HeaderMasks m_masks;
    quint64 m_lastId = 0;
    QTimer m_look; ///< For answers that take long, while any is awaited.
    quint64 m_rules = 0; ///< Counts the changes of what requests are judged by.
    QHash<quint64, std::weak_ptr<PendingRequest>>
        m_open; ///< Not answered yet: they end with the endpoint at the latest.
};

} // namespace gatehouse::endpoint
