// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "base/secretstore.h"
#include "fetch/networkfetcher.h"
#include "oauth/flow.h"
#include "oauth/scriptedserver.h"

#include <QSignalSpy>
#include <QTest>

namespace gatehouse::oauth {

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
        return QTest::qWaitFor([this] { return finished.count() > 0; }, 20'000);
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
