// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/toolcaller.h"

#include "base/clock.h"
#include "base/random.h"
#include "oauth/trace.h"

#include <QTimer>

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

base::Expected<client::Result, client::Error> nothing()
{
    return base::failure(client::Error{});
}

} // namespace

ToolCaller::ToolCaller(QObject *parent)
    : QObject(parent)
{ }

ToolCaller::~ToolCaller() = default;

bool ToolCaller::setServer(host::Host::State state, const host::Running &running)
{
    const bool isUp = state == host::Host::State::Listening;
    const bool hasSandbox = isUp && running.sandbox;
    const sandbox::SandboxAddress sandbox = hasSandbox
        ? sandbox::SandboxAddress{running.issuer, running.sandboxSecret}
        : sandbox::SandboxAddress();
    const QString resource = isUp ? running.resource : QString();
    const bool isTheSame = m_sandbox == sandbox && m_resource == resource;
    const bool isElsewhere = !m_isBusy || m_server != QUrl(m_resource);
    m_sandbox = sandbox;
    m_resource = resource;
    return isTheSame || isElsewhere;
}

void ToolCaller::setBusy(bool isBusy)
{
    if (std::exchange(m_isBusy, isBusy) != isBusy)
        Q_EMIT busyChanged();
}

void ToolCaller::call(const QUrl &server, const Caller &caller, const inspector::OfferItem &item,
                      const QJsonObject &given, std::function<void(const Outcome &)> done)
{
    if (m_isBusy)
        return;
    ++m_number;
    m_server = server;
    m_item = item;
    m_request = inspector::requestFor(item, given);
    m_done = std::move(done);
    m_requestId.clear();
    m_isSent = false;
    m_clock.start();
    setBusy(true);
    if (caller.kind == Caller::Kind::Person || caller.kind == Caller::Kind::Expired)
        return askForToken(caller);
    const SignIn as = caller.kind == Caller::Kind::SignedIn && m_signedIn ? m_signedIn() : SignIn();
    // Later: whoever hears of one call may begin the next one, while the client of the first still speaks.
    QMetaObject::invokeMethod(
        this,
        [this, as, number = m_number] {
            if (number == m_number && m_isBusy)
                open(as);
        },
        Qt::QueuedConnection);
}

void ToolCaller::askForToken(const Caller &caller)
{
    QJsonObject wish{{u"resource"_s, m_resource}};
    if (!caller.email.isEmpty())
        wish.insert(u"user"_s, caller.email);
    if (!caller.organization.isEmpty())
        wish.insert(u"organization"_s, caller.organization);
    if (caller.kind == Caller::Kind::Expired)
        wish.insert(u"ttl"_s, -60);
    const auto take
        = [this, number = m_number](const base::Expected<QJsonObject, sandbox::ControlError> &answer) {
              if (number != m_number || !m_isBusy)
                  return;
              if (answer)
                  return open({answer->value("access_token"_L1).toString().toLatin1()});
              end({nothing(),
                   0,
                   {},
                   answer.error().reached ? answer.error().text
                                          : tr("The sandbox does not answer, so there is no token.")});
          };
    sandbox::askSandbox(m_fetcher, m_sandbox, u"token"_s, wish, take);
}

namespace {

/// A client with a fetcher of its own, which goes with it.
class TracedClient : public client::McpClient
{
public:
    TracedClient(const QUrl &server, std::unique_ptr<oauth::TracingFetcher> fetcher, QObject *parent)
        : McpClient(server, fetcher.get(), parent)
        , m_fetcher(std::move(fetcher))
    { }
    ~TracedClient() override { cancel(); } // Before what it asks by.

private:
    std::unique_ptr<oauth::TracingFetcher> m_fetcher;
};

} // namespace

void ToolCaller::open(const SignIn &as)
{
    auto traced = std::make_unique<oauth::TracingFetcher>(&m_fetcher, m_server.toString(),
                                                          base::systemClock(), base::systemRandom(),
                                                          [this, number = m_number](const oauth::Leg &leg) {
                                                              if (number == m_number && m_isBusy)
                                                                  m_requestId = leg.requestId;
                                                          });
    traced->setTrustsThisMachine(as.trustsThisMachine);
    m_client = new TracedClient(m_server, std::move(traced), this);
    m_client->setAccessToken(as.token);
    if (m_offer.answer)
        m_client->setOffer(m_offer);
    connect(m_client, &client::McpClient::told, this, &ToolCaller::told);
    m_isSent = true;
    m_client->open([this](const base::Expected<client::ServerInfo, client::Error> &info) {
        if (info)
            send();
        else
            end({base::failure(info.error()), m_clock.elapsed(), m_requestId, {}});
    });
}

void ToolCaller::send()
{
    m_sent.start();
    const auto take = [this](base::Expected<client::Result, client::Error> answer) {
        end({std::move(answer), m_sent.elapsed(), m_requestId, {}});
    };
    if (m_item.kind == inspector::OfferItem::Kind::Tool)
        m_client->expectTool(m_item.json);
    if (m_request.method == protocol::MethodId::CallTool)
        m_client->callTool(m_request.params.value("name"_L1).toString(),
                           m_request.params.value("arguments"_L1).toObject(), take);
    else
        m_client->request(m_request.method, m_request.params, take);
}

void ToolCaller::end(const Outcome &outcome)
{
    setBusy(false);
    // Its session is over as well; what the server says to that does not matter.
    if (client::McpClient *over = std::exchange(m_client, nullptr))
        over->close([over] { over->deleteLater(); });
    if (const auto done = std::exchange(m_done, nullptr))
        done(outcome);
}

bool ToolCaller::cancel()
{
    ++m_number;
    m_done = nullptr;
    client::McpClient *over = std::exchange(m_client, nullptr);
    if (over)
        over->leave([over] { over->deleteLater(); });
    setBusy(false);
    return over && m_isSent;
}

} // namespace gatehouse::app
