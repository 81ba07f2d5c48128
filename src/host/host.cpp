// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/host.h"

#include "base/handover.h"
#include "host/engine.h"

#include <QMetaType>
#include <QSignalBlocker>

#include <memory>
#include <utility>

namespace gatehouse::host {

Host::Host(QObject *parent)
    : QObject(parent)
{ }

Host::~Host()
{
    const QSignalBlocker blocker(this); // Whoever listens may be half gone.
    m_applying.clear();
    m_drained.clear();
    stop();
}

void Host::start(const Settings &settings)
{
    stop();
    const int generation = ++m_generation;
    m_engine = new Engine;
    for (exchange::Sink *sink : std::as_const(m_sinks))
        m_engine->addSink(sink);
    m_engine->setOffer(m_offer);
    m_engine->setApiKey(m_apiKey);
    openRedirect();
    m_engine->setBatchInterval(m_batchInterval);
    m_engine->moveToThread(m_thread.context()->thread());
    connect(m_engine, &Engine::noticed, this, &Host::noticed);
    connect(m_engine, &Engine::documentsChanged, this, &Host::documentsChanged);
    connect(m_engine, &Engine::offerChanged, this, &Host::offerChanged);
    connect(m_engine, &Engine::sessionEnded, this, &Host::sessionEnded);
    connect(m_engine, &Engine::exchanged, this,
            [this, generation, engine = m_engine](const QList<exchange::Exchange> &batch) {
                base::takenOver(engine);
                Q_EMIT exchanged(batch);
                // By number: what an engine that is gone gave last may come when there is another, even at
                // the same address.
                if (generation == m_generation)
                    m_engine->tookBatch();
            });
    setState(State::Starting);
    base::handedOver(m_engine);
    QMetaObject::invokeMethod(m_engine, [this, engine = m_engine, settings, generation] {
        base::takenOver(engine);
        const auto running = engine->start(settings);
        base::handedOver(engine);
        QMetaObject::invokeMethod(this, [this, engine, running, generation] {
            base::takenOver(engine);
            if (generation != m_generation)
                return;
            if (running) {
                m_running = *running;
                setState(State::Listening);
            } else {
                m_error = running.error();
                setState(State::Failed);
            }
        });
    });
}

void Host::apply(const Settings &settings, std::function<void(std::optional<StartError>)> done)
{
    const quint64 number = ++m_lastApply;
    if (m_state != State::Listening) {
        start(settings);
        m_applying.insert(number, std::move(done));
        const auto connection = std::make_shared<QMetaObject::Connection>();
        *connection = connect(this, &Host::stateChanged, this, [this, connection, number] {
            if (m_state == State::Starting)
                return;
            disconnect(*connection);
            finish(number, m_state == State::Failed ? std::optional(m_error) : std::nullopt);
        });
        return;
    }
    m_applying.insert(number, std::move(done));
    QMetaObject::invokeMethod(m_engine, [this, engine = m_engine, settings, number] {
        const auto running = engine->start(settings);
        QMetaObject::invokeMethod(this, [this, running, number] {
            if (!m_applying.contains(number))
                return; // Stopped meanwhile.
            if (running) {
                m_running = *running;
                setState(State::Listening);
            }
            finish(number, running ? std::nullopt : std::optional(running.error()));
        });
    });
}

void Host::finish(quint64 number, const std::optional<StartError> &error)
{
    if (const Done done = m_applying.take(number))
        done(error);
}

void Host::stop()
{
    ++m_generation;
    if (!m_engine)
        return;
    // Waits until the port is free again, so that a restart finds it so. The engine never waits for this
    // thread.
    Engine *engine = std::exchange(m_engine, nullptr);
    QMetaObject::invokeMethod(
        m_thread.context(), [engine] { delete engine; }, Qt::BlockingQueuedConnection);
    const QHash<quint64, Done> unfinished = std::exchange(m_applying, {});
    setState(State::Stopped);
    StartError stopped;
    stopped.kind = StartError::Kind::Stopped;
    for (const Done &done : unfinished)
        done(stopped);
    const auto drained = std::exchange(m_drained, {});
    for (const auto &done : drained)
        done();
}

void Host::drain(std::chrono::milliseconds longest, std::function<void()> done)
{
    if (!m_engine)
        return done();
    m_drained.append(std::move(done));
    QMetaObject::invokeMethod(m_engine, [this, longest, engine = m_engine, generation = m_generation] {
        engine->drain(longest, [this, generation] {
            QMetaObject::invokeMethod(
                this,
                [this, generation] {
                    if (generation == m_generation)
                        stop();
                },
                Qt::QueuedConnection);
        });
    });
}

void Host::setRedirected(const QByteArray &path, Redirected redirected)
{
    m_redirectPath = path;
    m_redirected = std::move(redirected);
    if (m_engine)
        openRedirect();
}

void Host::openRedirect()
{
    Engine::Redirected ask;
    if (m_redirected)
        ask = [this, engine = m_engine](const http::Request &request, quint64 number) {
            // The engine goes before this does, and waits for nobody here.
            QMetaObject::invokeMethod(
                this,
                [this, engine, request, number] {
                    if (engine != m_engine)
                        return; // Another one runs; that browser is gone with the first.
                    const http::Response response
                        = m_redirected ? m_redirected(request) : http::Response{410, {}, {}};
                    QMetaObject::invokeMethod(
                        engine, [engine, number, response] { engine->answerRedirected(number, response); });
                },
                Qt::QueuedConnection);
        };
    QMetaObject::invokeMethod(
        m_engine, [engine = m_engine, path = m_redirectPath, ask] { engine->setRedirected(path, ask); });
}

void Host::setApiKey(const QByteArray &key)
{
    m_apiKey = key;
    if (m_engine)
        QMetaObject::invokeMethod(m_engine, [engine = m_engine, key] { engine->setApiKey(key); });
}

void Host::fetchKeys()
{
    if (m_engine && m_state == State::Listening)
        QMetaObject::invokeMethod(m_engine, [engine = m_engine] { engine->fetchKeys(); });
}

void Host::endSession(const QByteArray &fingerprint, std::function<void(bool)> done)
{
    if (!m_engine || m_state != State::Listening)
        return;
    QMetaObject::invokeMethod(m_engine, [this, engine = m_engine, fingerprint, done = std::move(done)] {
        QMetaObject::invokeMethod(this,
                                  [done, wasThere = engine->endSession(fingerprint)] { done(wasThere); });
    });
}

void Host::readIssuer(bool anew, std::function<void(const server::IssuerReport &)> done)
{
    if (!m_engine || m_state != State::Listening)
        return;
    const auto told
        = [this, done = std::move(done), generation = m_generation](const server::IssuerReport &report) {
              QMetaObject::invokeMethod(
                  this,
                  [this, done, report, generation] {
                      if (generation == m_generation)
                          done(report);
                  },
                  Qt::QueuedConnection);
          };
    QMetaObject::invokeMethod(m_engine, [engine = m_engine, anew, told] { engine->readIssuer(anew, told); });
}

void Host::judge(const QByteArray &token, std::function<void(const auth::Verdict &)> done)
{
    if (!m_engine || m_state != State::Listening)
        return;
    const auto told
        = [this, done = std::move(done), generation = m_generation](const auth::Verdict &verdict) {
              QMetaObject::invokeMethod(
                  this,
                  [this, done, verdict, generation] {
                      if (generation == m_generation)
                          done(verdict);
                  },
                  Qt::QueuedConnection);
          };
    QMetaObject::invokeMethod(m_engine, [engine = m_engine, token, told] { engine->judge(token, told); });
}

void Host::listOffer(std::function<void(const Offered &)> done)
{
    if (!m_engine || m_state != State::Listening)
        return;
    QMetaObject::invokeMethod(
        m_engine, [this, engine = m_engine, done = std::move(done), generation = m_generation] {
            QMetaObject::invokeMethod(this, [this, done, generation, offered = engine->offered()] {
                if (generation == m_generation)
                    done(offered);
            });
        });
}

void Host::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

} // namespace gatehouse::host
