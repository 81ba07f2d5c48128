// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "base/secretstore.h"
#include "client/content.h"
#include "fetch/networkfetcher.h"
#include "oauth/flow.h"
#include "oauth/scriptedserver.h"
#include "support/wait.h"

#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

namespace gatehouse::oauth {

using client::resultText;

/// What a browser does with the address: follows it, and the redirects behind it. Nobody waits for the page.
inline bool openIn(base::Fetcher &browser, const QUrl &address)
{
    base::FetchRequest request;
    request.url = address;
    browser.fetch(request, [&browser](const base::FetchResult &fetched) {
        const QByteArray next = fetched ? fetched->header("location") : QByteArray();
        if (!next.isEmpty())
            openIn(browser, QUrl(QString::fromUtf8(next)));
    });
    return true;
}

inline bool listensAt(const QUrl &address)
{
    QTcpSocket socket;
    socket.connectToHost(address.host(), quint16(address.port()));
    return socket.waitForConnected(1000);
}

/// A flow against the scripted server, with everything that it needs.
struct Run
{
    explicit Run(ScriptedServer &server, FlowSettings given = {}, base::SecretStore *kept = nullptr)
        : flow(
            [&] {
                given.server = given.server.isEmpty() ? server.mcp() : given.server;
                given.callbackPort
                    = given.callbackPort == 33418 ? 0 : given.callbackPort; // Tests run side by side.
                return given;
            }(),
            {&fetcher, kept != nullptr ? kept : &secrets, [this] { return base::systemClock()() + laterMs; },
             base::systemRandom()})
        , finished(&flow, &Flow::finished)
    { }
    bool toTheEnd()
    {
        flow.runAll();
        return gatehouse::waitFor([this] { return finished.count() > 0; }, 20'000);
    }
    [[nodiscard]] const Step &step(StepId id) const { return flow.steps().at(int(id)); }
    [[nodiscard]] QByteArray why() const
    {
        return flow.failure() ? flow.failure()->text.toUtf8() : QByteArray("no failure");
    }

    qint64 laterMs = 0;
    fetch::NetworkFetcher fetcher;
    base::MemorySecretStore secrets;
    Flow flow;
    QSignalSpy finished;
};

} // namespace gatehouse::oauth
