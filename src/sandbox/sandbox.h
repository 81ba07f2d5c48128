// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/expected.h"
#include "base/fetch.h"
#include "base/random.h"
#include "exchange/sink.h"
#include "http/httpserver.h"
#include "sandbox/people.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>

namespace gatehouse::sandbox {

struct SandboxSettings
{
    quint16 port = 4455; ///< The next free one if taken; 0 takes any.
    People people = defaultPeople();
    QString autoSignIn; ///< E-mail that signs in without the page, for loopback redirect URIs only. Empty:
                        ///< always the page.
    QString defaultResource; ///< `aud` where a request names none. Empty: the environment's client id, as
                             ///< AuthKit has it.
    int accessTokenSeconds = 300;
    bool isPrivate = false; ///< Asks for the secret of this run, before a person signs in and for control.
    QStringList faults = {}; ///< Switched on from the start: of Faults::names().

    /// What is wrong with them, in one sentence; empty if nothing is.
    [[nodiscard]] QString fault() const;
};

/// An authorization server on loopback that behaves as AuthKit does: its paths, its document members, its
/// token. Keys are made anew at each start and live in memory. Lives on one thread.
class Sandbox : public QObject
{
    Q_OBJECT

public:
    Sandbox(SandboxSettings settings, base::Clock clock, base::Random random, QObject *parent = nullptr);
    ~Sandbox() override;

    /// Starts to listen; the signing key is made meanwhile, and requests that need it wait for it.
    [[nodiscard]] base::Expected<void, http::ListenError> start();

    /// Changes what runs: clients, grants and the key live on, and where the port stays, the listener. One
    /// that becomes private ends all that it has given out. On an error all stays as it was.
    [[nodiscard]] base::Expected<void, http::ListenError> reconfigure(const SandboxSettings &settings);

    /// "http://127.0.0.1:4455", without a trailing slash; empty before start().
    [[nodiscard]] QString issuer() const;
    /// What a private sandbox asks for; empty where it is not private. The same for the whole run.
    [[nodiscard]] QString secret() const;
    /// True when the wanted port was taken and the sandbox listens on another one.
    [[nodiscard]] bool movedPort() const;
    /// What `aud` is where a request names no resource: for who learns its own address only after the sandbox
    /// runs.
    void setDefaultResource(const QString &resource);

    /// The stand-in for WorkOS's Management API, and the key that it takes.
    [[nodiscard]] QString managementAddress() const;
    [[nodiscard]] QByteArray managementKey() const;

    /// Reads the documents of clients whose id is an address (Client ID Metadata Document); null reads none,
    /// and none are promised. Outlives the sandbox.
    void setFetcher(base::Fetcher *fetcher);

    /// Hears of every request but those to the control endpoint; null is nobody. Outlives the sandbox.
    void setSink(exchange::Sink *sink);

    /// The answer to one request without a socket: what the server calls and what tests call.
    void handle(const http::Request &request, http::Respond respond);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace gatehouse::sandbox
