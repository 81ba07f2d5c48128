// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/serverprobe.h"

#include "auth/challengereader.h"
#include "oauth/discovery.h"
#include "oauth/question.h"
#include "web/mediatype.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

namespace {

using Id = ServerFinding::Id;
using State = ServerFinding::State;
using What = ServerFinding::What;

/// Where pages of this computer come from, as the MCP Inspector's do.
const QByteArray nearOrigin = "http://localhost:6274";
const QByteArray farOrigin = "https://attacker.example";

bool names(const base::Headers &headers, QByteArrayView name, QByteArrayView word)
{
    const QByteArrayList values = base::valuesOf(headers, name).join(',').split(',');
    return std::any_of(values.begin(), values.end(), [word](const QByteArray &one) {
        return one.trimmed() == "*" || base::isSameName(one.trimmed(), word);
    });
}

} // namespace

ServerProbe::ServerProbe(base::Fetcher *fetcher, base::Clock clock, base::Random random, QObject *parent)
    : QObject(parent)
    , m_inner(fetcher)
    , m_clock(std::move(clock))
    , m_random(std::move(random))
{
    for (const Id id : {Id::Refusal, Id::Metadata, Id::Person, Id::Origin})
        m_findings.append({id});
}

ServerProbe::~ServerProbe()
{
    blockSignals(true); // Whoever listens may be going, too.
    cancel();
}

void ServerProbe::start(const QString &server)
{
    cancel();
    m_server = server;
    m_fetcher = std::make_unique<TracingFetcher>(m_inner, server, m_clock, m_random, [this](const Leg &leg) {
        if (m_current >= 0)
            m_findings[m_current].requestId = leg.requestId;
    });
    for (int i = 0; i < int(m_findings.size()); ++i) {
        m_findings[i] = {m_findings.at(i).id};
        Q_EMIT changed(i);
    }
    begin(0);
}

void ServerProbe::cancel()
{
    ++m_run;
    if (m_fetcher)
        m_fetcher->cancel();
    if (m_current < 0)
        return;
    const int first = std::exchange(m_current, -1);
    for (int i = first; i < int(m_findings.size()); ++i) {
        m_findings[i].state = State::NotChecked;
        Q_EMIT changed(i);
    }
}

void ServerProbe::begin(int index)
{
    m_current = index;
    m_findings[index].state = State::Running;
    m_took.start();
    Q_EMIT changed(index);
    switch (m_findings.at(index).id) {
    case Id::Refusal:
        return askWithoutToken();
    case Id::Metadata:
        return askForMetadata();
    case Id::Person:
        return askAsAPerson();
    case Id::Origin:
        return askFromElsewhere();
    }
}

void ServerProbe::end(What what, bool isGood, const QString &detail)
{
    const int index = m_current;
    ServerFinding &finding = m_findings[index];
    finding.state = isGood ? State::Passed : State::Failed;
    finding.what = what;
    finding.detail = detail;
    finding.tookMs = m_took.elapsed();
    m_current = -1;
    const int run = m_run;
    Q_EMIT changed(index);
    if (run != m_run)
        return; // Whoever heard of it has begun anew.
    if (what != What::NotReached && index + 1 < int(m_findings.size()))
        return begin(index + 1);
    for (int i = index + 1; i < int(m_findings.size()); ++i) {
        m_findings[i].state = State::NotChecked;
        Q_EMIT changed(i);
    }
    Q_EMIT finished();
}

void ServerProbe::ask(const base::FetchRequest &request, std::function<void(const base::FetchReply &)> done)
{
    m_fetcher->fetch(request, [this, run = m_run, done = std::move(done)](const base::FetchResult &result) {
        if (run != m_run)
            return;
        result ? done(*result) : end(What::NotReached, false, result.error().text);
    });
}

void ServerProbe::askWithoutToken()
{
    base::FetchRequest request;
    request.method = "POST";
    request.url = QUrl(m_server, QUrl::StrictMode);
    request.headers = firstQuestionHeaders() + base::Headers{{"Origin", nearOrigin}};
    request.body = firstQuestion();
    ask(request, [this](const base::FetchReply &reply) { judgeRefusal(reply); });
}

void ServerProbe::judgeRefusal(const base::FetchReply &reply)
{
    if (reply.status >= 200 && reply.status < 300)
        return end(What::LetIn, false);
    if (reply.status != 401)
        return end(What::RefusedOtherwise, false, u"HTTP %1"_s.arg(reply.status));
    const auto challenge = auth::readChallenge(reply.header("www-authenticate"));
    if (!challenge || !*challenge || (*challenge)->resourceMetadata().isEmpty())
        return end(What::RefusedBlindly, false, challenge ? QString() : challenge.error());
    m_findings[m_current].isReadable = names(reply.headers, "access-control-allow-origin", nearOrigin)
        && names(reply.headers, "access-control-expose-headers", "WWW-Authenticate");
    end(What::Refused, true);
}

void ServerProbe::askForMetadata()
{
    const QStringList places = resourceMetadataAddresses(m_server);
    const auto requestFor = [](const QString &place) {
        base::FetchRequest request;
        request.url = QUrl(place, QUrl::StrictMode);
        request.headers = {{"Accept", "application/json"}};
        return request;
    };
    const QString first = places.first();
    const QString second = places.last();
    ask(requestFor(first), [this, requestFor, first, second](const base::FetchReply &one) {
        if (first == second)
            return judgeMetadata(first, one, second, one);
        ask(requestFor(second), [this, first, one, second](const base::FetchReply &other) {
            judgeMetadata(first, one, second, other);
        });
    });
}

void ServerProbe::judgeMetadata(const QString &first, const base::FetchReply &one, const QString &second,
                                const base::FetchReply &other)
{
    const bool isFirst = one.status == 200;
    const bool isSecond = other.status == 200;
    if (!isFirst && !isSecond)
        return end(What::MetadataMissing, false, u"HTTP %1"_s.arg(one.status));
    const auto read = readResource(isFirst ? one.body : other.body, m_server, isFirst ? first : second);
    if (!read)
        return end(What::MetadataUnusable, false, read.error());
    if (!isFirst || !isSecond)
        return end(What::MetadataAtOne, true, isFirst ? first : second);
    // The root may speak for the whole origin: what tokens are to be had for may differ, from whom may not.
    const auto root = readResource(other.body, m_server, second);
    const bool isSame = root && root->issuers == read->issuers && root->scopes == read->scopes;
    isSame ? end(What::MetadataAtBoth, true) : end(What::MetadataDiffers, false);
}

void ServerProbe::askAsAPerson()
{
    base::FetchRequest request;
    request.url = QUrl(m_server, QUrl::StrictMode);
    request.headers = {{"Accept", "text/html,application/xhtml+xml;q=0.9"}};
    ask(request, [this](const base::FetchReply &reply) {
        const bool isPage = reply.status == 200 && web::mayHaveMediaType(reply.headers, "text/html");
        isPage ? end(What::Page, true) : end(What::NoPage, false, u"HTTP %1"_s.arg(reply.status));
    });
}

void ServerProbe::askFromElsewhere()
{
    base::FetchRequest request;
    request.method = "POST";
    request.url = QUrl(m_server, QUrl::StrictMode);
    request.headers = firstQuestionHeaders() + base::Headers{{"Origin", farOrigin}};
    request.body = firstQuestion();
    // A server of the network may let pages of elsewhere ask, and want a token from them: 401 serves nobody.
    ask(request, [this](const base::FetchReply &reply) {
        const QString status = u"HTTP %1"_s.arg(reply.status);
        const bool isRefused = reply.status >= 400 && reply.status < 500;
        if (reply.status >= 500) // Nobody is served by that, and nobody knows whether they would be.
            end(What::NotReached, false, status);
        else
            end(isRefused ? What::OriginRefused : What::OriginServed, isRefused, status);
    });
}

} // namespace gatehouse::oauth
