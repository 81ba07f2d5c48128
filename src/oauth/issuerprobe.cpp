// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/issuerprobe.h"

#include "base/json.h"
#include "keys/jwk.h"
#include "oauth/failure.h"
#include "oauth/registration.h"

#include <QPointer>
#include <QUrl>

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

namespace {

using Id = IssuerFinding::Id;
using State = IssuerFinding::State;
using What = IssuerFinding::What;

/// AuthKit's word for it, and what a place that is not there says.
bool saysThatItIsOff(const base::FetchReply &reply)
{
    const auto body = base::readJsonObject(reply.body);
    const QString error = body ? body->value("error"_L1).toString() : QString();
    return error == "dynamic_client_registration_disabled"_L1 || reply.status == 403 || reply.status == 404
        || reply.status == 405;
}

/// Of a form that names nothing: so registration is looked at, and refused what was sent (RFC 7591 §3.2.2).
bool refusesTheForm(const base::FetchReply &reply)
{
    return reply.status == 400 || reply.status == 422;
}

} // namespace

IssuerProbe::IssuerProbe(base::Fetcher *fetcher, base::Clock clock, base::Random random, QObject *parent)
    : QObject(parent)
    , m_inner(fetcher)
    , m_now(std::move(clock))
    , m_random(std::move(random))
{
    for (const Id id : {Id::Address, Id::Documents, Id::Keys, Id::Registration})
        m_findings.append({id});
}

IssuerProbe::~IssuerProbe()
{
    blockSignals(true); // Whoever listens may be going, too.
    cancel();
}

void IssuerProbe::start(const QString &issuer)
{
    cancel();
    m_issuer = issuer;
    m_server = {};
    m_fetcher = std::make_unique<TracingFetcher>(m_inner, issuer, m_now, m_random, nullptr);
    for (int i = 0; i < int(m_findings.size()); ++i) {
        m_findings[i] = {m_findings.at(i).id};
        Q_EMIT changed(i);
    }
    begin(Id::Address);
}

void IssuerProbe::cancel()
{
    ++m_run;
    if (const auto underway = std::exchange(m_underway, {}))
        underway();
    if (m_fetcher)
        m_fetcher->cancel();
    if (m_current < 0)
        return;
    const int index = std::exchange(m_current, -1);
    m_findings[index].state = State::NotChecked;
    Q_EMIT changed(index);
}

void IssuerProbe::begin(Id id)
{
    m_current = int(id);
    m_findings[m_current].state = State::Running;
    m_clock.start();
    Q_EMIT changed(m_current);
    switch (id) {
    case Id::Address:
        return askAddress();
    case Id::Documents:
        return askDocuments();
    case Id::Keys:
        return askKeys();
    case Id::Registration:
        return askRegistration();
    }
}

void IssuerProbe::end(What what, bool isGood, const QString &detail, int count)
{
    const int index = m_current;
    IssuerFinding &finding = m_findings[index];
    finding.state = isGood ? State::Passed : State::Failed;
    finding.what = what;
    finding.detail = detail;
    finding.count = count;
    finding.tookMs = m_clock.elapsed();
    finding.readsDocuments = finding.id == Id::Registration && readsClientMetadata(m_server);
    m_current = -1;
    const int run = m_run;
    Q_EMIT changed(index);
    if (run != m_run)
        return; // Whoever heard of it has begun anew.
    // Keys and registration are two things; both need the documents.
    const bool goesOn = isGood || finding.id == Id::Keys;
    if (goesOn && index + 1 < int(m_findings.size()))
        return begin(Id(index + 1));
    for (int i = index + 1; i < int(m_findings.size()); ++i) {
        m_findings[i].state = State::NotChecked;
        Q_EMIT changed(i);
    }
    Q_EMIT finished();
}

void IssuerProbe::ask(const base::FetchRequest &request, std::function<void(const base::FetchResult &)> done)
{
    m_underway = m_fetcher->fetch(
        request, [this, run = m_run, done = std::move(done)](const base::FetchResult &result) {
            if (run != m_run)
                return;
            m_underway = {};
            done(result);
        });
}

void IssuerProbe::askAddress()
{
    base::FetchRequest request;
    request.url = QUrl(serverMetadataAddresses(m_issuer).first(), QUrl::StrictMode);
    request.headers = {{"Accept", "application/json"}};
    ask(request, [this](const base::FetchResult &result) {
        const QString host = QUrl(m_issuer).host();
        if (result && (result->status == 404 || result->status == 410)) {
            // A server with the other document alone is a server.
            base::FetchRequest other;
            other.url = QUrl(serverMetadataAddresses(m_issuer).last(), QUrl::StrictMode);
            return ask(other, [this, host](const base::FetchResult &second) {
                second && second->status == 200 ? end(What::Answers, true, host)
                                                : end(What::Unknown, false, host);
            });
        }
        if (result || result.error().hasAnswered())
            return end(What::Answers, true, host);
        const base::FetchError &error = result.error();
        end(error.fault == base::FetchFault::Tls ? What::NotTrusted : What::NotReached, false, error.text);
    });
}

void IssuerProbe::askDocuments()
{
    findServer(m_fetcher.get(), m_issuer, m_issuer,
               [this, run = m_run,
                self = QPointer(this)](const base::Expected<AuthorizationServer, Failure> &found) {
                   if (!self || run != m_run)
                       return;
                   if (!found)
                       return end(What::DocumentsUnusable, false, found.error().text);
                   m_server = *found;
                   if (!m_server.codeChallengeMethods.contains(u"S256"_s))
                       return end(What::NoPkce, false);
                   end(What::DocumentsRead, true, m_server.issuer, int(m_server.addresses.size()));
               });
}

void IssuerProbe::askKeys()
{
    if (m_server.keysAddress.isEmpty() || !mayAsk(m_server.keysAddress, m_issuer))
        return end(What::KeysUnusable, false, u"Its documents name no jwks_uri that may be asked."_s);
    base::FetchRequest request;
    request.url = m_server.keysAddress;
    request.onBehalfOf = QUrl(m_issuer).host();
    ask(request, [this](const base::FetchResult &result) {
        if (!result)
            return end(What::KeysUnusable, false, result.error().text);
        if (result->status != 200)
            return end(What::KeysUnusable, false, u"It answers HTTP %1."_s.arg(result->status));
        const auto set = keys::readJwkSet(result->body);
        if (!set)
            return end(What::KeysUnusable, false, set.error());
        set->keys.isEmpty() ? end(What::NoKeys, false) : end(What::KeysRead, true, {}, int(set->keys.size()));
    });
}

void IssuerProbe::askRegistration()
{
    base::FetchRequest request;
    request.url = registrationAddress(m_server);
    if (request.url.isEmpty() || !mayAsk(request.url, m_issuer))
        return end(What::RegistrationMissing, readsClientMetadata(m_server));
    request.method = "POST";
    request.headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}};
    request.body = "{}";
    request.onBehalfOf = QUrl(m_issuer).host();
    ask(request, [this](const base::FetchResult &result) {
        if (!result)
            return end(What::RegistrationUnclear, false, result.error().text);
        if (saysThatItIsOff(*result))
            return end(What::RegistrationOff, readsClientMetadata(m_server));
        if (refusesTheForm(*result))
            return end(What::RegistrationOpen, true);
        if (result->status == 201)
            return end(What::RegistrationCareless, true);
        if (result->status == 401)
            return end(What::RegistrationOff, readsClientMetadata(m_server));
        end(What::RegistrationUnclear, false, u"HTTP %1"_s.arg(result->status));
    });
}

} // namespace gatehouse::oauth
