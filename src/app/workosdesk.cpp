// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workosdesk.h"

#include "base/mask.h"
#include "host/apikey.h"

#include <QPointer>

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

const QStringList indicatorPath{u"user_management"_s, u"authkit_oauth_resources"_s};
constexpr qsizetype mostIndicators = 500;
constexpr qsizetype mostConsents = 1000;

} // namespace

WorkOsDesk::WorkOsDesk(base::SecretStore *secrets, host::Host *host, QObject *parent)
    : QObject(parent)
    , m_secrets(secrets)
    , m_host(host)
{
    m_host->setApiKey(host::environmentApiKey());
    host::readApiKey(*m_secrets, [here = QPointer(this)](const QByteArray &key) {
        if (here && !key.isEmpty() && here->m_kept.isEmpty())
            here->setKept(key);
    });
}

void WorkOsDesk::setServer(const host::Running *running)
{
    const tools::ApiAccess sandbox = running && running->sandbox ? running->sandboxApi : tools::ApiAccess();
    const QString ours = running ? running->resource : QString();
    if (sandbox == m_sandbox && ours == m_indicators.ours)
        return;
    m_sandbox = sandbox;
    ++m_questions;
    m_indicators = {};
    m_indicators.ours = ours;
    Q_EMIT changed();
}

WorkOsDesk::KeySource WorkOsDesk::source() const
{
    if (!m_sandbox.key.isEmpty())
        return KeySource::Sandbox;
    if (!host::environmentApiKey().isEmpty())
        return KeySource::Environment;
    return m_kept.isEmpty() ? KeySource::None : KeySource::Keyring;
}

tools::WorkOsApi WorkOsDesk::api()
{
    if (!m_fetcher)
        m_fetcher = std::make_unique<fetch::NetworkFetcher>();
    if (source() == KeySource::Sandbox)
        return {m_fetcher.get(), m_sandbox};
    return {m_fetcher.get(),
            host::apiAccess(source() == KeySource::Environment ? host::environmentApiKey() : m_kept)};
}

QString WorkOsDesk::shownKey() const
{
    switch (source()) {
    case KeySource::None:
        return {};
    case KeySource::Environment:
        return QString::fromUtf8(base::maskText(host::environmentApiKey()));
    case KeySource::Keyring:
        return QString::fromUtf8(base::maskText(m_kept));
    case KeySource::Sandbox:
        return QString::fromUtf8(base::maskText(m_sandbox.key));
    }
    return {};
}

void WorkOsDesk::setKept(const QByteArray &key)
{
    m_kept = key;
    ++m_questions;
    const QString ours = m_indicators.ours;
    m_indicators = {};
    m_indicators.ours = ours;
    if (host::environmentApiKey().isEmpty())
        m_host->setApiKey(m_kept);
    Q_EMIT changed();
}

void WorkOsDesk::keep(const QByteArray &key)
{
    host::keepApiKey(*m_secrets, key, [here = QPointer(this)](bool) {
        if (here)
            Q_EMIT here->changed(); // Where it is kept may be another place now.
    });
    setKept(key);
}

void WorkOsDesk::forget()
{
    keep({});
}

void WorkOsDesk::fail(const tools::ApiFault &fault)
{
    const bool isWithout = fault.kind == tools::ApiFault::Kind::NotFound;
    m_indicators.state = isWithout ? Indicators::State::NoRoute : Indicators::State::Failed;
    m_indicators.fault = sentenceOf(fault);
    Q_EMIT changed();
}

void WorkOsDesk::look()
{
    if (!hasKey())
        return;
    m_indicators.state = Indicators::State::Asking;
    Q_EMIT changed();
    api().list(indicatorPath, {}, mostIndicators, [this, run = ++m_questions](const auto &found) {
        if (run != m_questions)
            return;
        if (!found)
            return fail(found.error());
        m_indicators.uris.clear();
        m_indicators.usual.clear();
        for (const QJsonObject &one : *found) {
            const QString uri = one.value("uri"_L1).toString();
            m_indicators.uris.append(uri);
            if (one.value("default"_L1).toBool())
                m_indicators.usual = uri;
        }
        m_indicators.state = Indicators::State::Known;
        Q_EMIT changed();
    });
}

void WorkOsDesk::addOurs()
{
    if (!hasKey() || m_indicators.ours.isEmpty())
        return;
    m_indicators.state = Indicators::State::Asking;
    Q_EMIT changed();
    api().post(indicatorPath, {{u"uri"_s, m_indicators.ours}}, [this, run = ++m_questions](const auto &made) {
        if (run != m_questions)
            return;
        if (!made)
            return fail(made.error());
        look();
    });
}

void WorkOsDesk::revoke(const QString &userId, const QString &clientId, const Revoked &done)
{
    if (!hasKey())
        return done({}, false);
    const tools::WorkOsApi open = api();
    const QStringList path{u"user_management"_s, u"users"_s, userId, u"authorized_applications"_s};
    open.list(path, {}, mostConsents, [open, path, clientId, done](const auto &found) {
        if (!found)
            return found.error().kind == tools::ApiFault::Kind::NotFound
                ? done({}, false)
                : done(sentenceOf(found.error()), false);
        for (const QJsonObject &one : *found) {
            if (one["application"_L1]["client_id"_L1].toString() != clientId)
                continue;
            open.remove(path + QStringList{one.value("id"_L1).toString()}, [done](const auto &gone) {
                done(gone ? QString() : sentenceOf(gone.error()), gone.has_value());
            });
            return;
        }
        done({}, false);
    });
}

} // namespace gatehouse::app
