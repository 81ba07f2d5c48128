// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/toolcaller.h"

#include "base/clock.h"
#include "base/random.h"

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

ToolCaller::~ToolCaller()
{
    m_client.reset(); // Before what it asks by.
}

void ToolCaller::setServer(host::Host::State state, const host::Running &running)
{
    const bool isUp = state == host::Host::State::Listening;
    const bool hasSandbox = isUp && running.sandbox;
    const sandbox::SandboxAddress sandbox = hasSandbox
        ? sandbox::SandboxAddress{running.issuer, running.sandboxSecret}
        : sandbox::SandboxAddress();
    const QString resource = isUp ? running.resource : QString();
    if (m_sandbox == sandbox && m_resource == resource)
        return;
    if (m_isBusy && m_server == QUrl(m_resource))
        cancel();
    m_sandbox = sandbox;
    m_resource = resource;
}

void ToolCaller::setBusy(bool isBusy)
{
    if (std::exchange(m_isBusy, isBusy) != isBusy)
        Q_EMIT busyChanged();
}

void ToolCaller::call(const QUrl &server, const Caller &caller, const inspector::OfferRequest &request,
                      std::function<void(const Outcome &)> done)
{
    if (m_isBusy)
        return;
    ++m_number;
    m_server = server;
    m_request = request;
    m_done = std::move(done);
    m_requestId.clear();
    m_clock.start();
    setBusy(true);
    if (caller.kind == Caller::Kind::Person || caller.kind == Caller::Kind::Expired)
        return askForToken(caller);
    const QByteArray token
        = caller.kind == Caller::Kind::SignedIn && m_signedIn ? m_signedIn() : QByteArray();
    // Later: whoever hears of one call may begin the next one, while the client of the first still speaks.
    QMetaObject::invokeMethod(
        this,
        [this, token, number = m_number] {
            if (number == m_number && m_isBusy)
                open(token);
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
                  return open(answer->value("access_token"_L1).toString().toLatin1());
              end({nothing(),
                   0,
                   {},
                   answer.error().reached ? answer.error().text
                                          : tr("The sandbox does not answer, so there is no token.")});
          };
    sandbox::askSandbox(m_fetcher, m_sandbox, u"token"_s, wish, take);
}

void ToolCaller::open(const QByteArray &token)
{
    m_client.reset();
    m_traced = std::make_unique<oauth::TracingFetcher>(
        &m_fetcher, m_server.toString(), base::systemClock(), base::systemRandom(),
        [this](const oauth::Leg &leg) { m_requestId = leg.requestId; });
    m_client = std::make_unique<client::McpClient>(m_server, m_traced.get());
    m_client->setAccessToken(token);
    if (m_offer.answer)
        m_client->setOffer(m_offer);
    connect(m_client.get(), &client::McpClient::told, this, &ToolCaller::told);
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
    if (m_request.method == protocol::MethodId::CallTool)
        m_client->callTool(m_request.params.value("name"_L1).toString(),
                           m_request.params.value("arguments"_L1).toObject(), take);
    else
        m_client->request(m_request.method, m_request.params, take);
}

void ToolCaller::end(const Outcome &outcome)
{
    setBusy(false);
    if (m_client) // Its session is over as well; what the server says to that does not matter.
        m_client->close([] {});
    if (const auto done = std::exchange(m_done, nullptr))
        done(outcome);
}

void ToolCaller::cancel()
{
    ++m_number;
    m_done = nullptr;
    if (m_client && m_isBusy)
        m_client->leave([] {});
    setBusy(false);
}

} // namespace gatehouse::app
