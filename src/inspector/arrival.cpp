// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/arrival.h"

#include "auth/explanation.h"
#include "base/json.h"
#include "inspector/clientlog.h"

#include <QCoreApplication>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

namespace {

using exchange::Exchange;
using exchange::Outcome;
using Rung = Arrival::Rung;

constexpr qsizetype longest = 200; ///< Of what a peer says.
constexpr QByteArrayView metadataPath = "/.well-known/oauth-protected-resource"; ///< RFC 9728 §3.

/// The translation context.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::inspector::Arrival)
};

qint64 endOf(const Exchange &exchange)
{
    return exchange.times.receivedAt + exchange::tookUs(exchange.times) / 1000;
}

QString memberOf(const exchange::Body &body, QLatin1StringView name)
{
    const auto json = base::readJsonObject(body.shown);
    return json ? json->value(name).toString().left(longest) : QString();
}

/// Signed, in time and for this server: what it lacks is what it may do.
bool isGoodToken(auth::Reason reason)
{
    using Reason = auth::Reason;
    return reason == Reason::Valid || reason == Reason::NotVerified || reason == Reason::MissingScope
        || reason == Reason::MissingPermission || reason == Reason::WrongOrganization;
}

QString tokenWords(const auth::Verdict &verdict, const QString &user)
{
    const qint64 lives
        = verdict.claims.value("exp"_L1).toInteger() - verdict.claims.value("iat"_L1).toInteger();
    if (lives <= 0)
        return user.left(longest);
    return user.isEmpty() ? Words::tr("lives %1").arg(auth::duration(lives))
                          : Words::tr("of %1, lives %2").arg(user.left(longest), auth::duration(lives));
}

} // namespace

void Arrival::begin(qint64 nowMs, std::function<bool(const Exchange &)> isSomebodyElse)
{
    const QByteArray published = m_published;
    *this = {};
    m_published = published;
    m_sinceMs = m_lastMs = nowMs;
    m_isSomebodyElse = std::move(isSomebodyElse);
}

bool Arrival::record(const Exchange &exchange)
{
    if (!hasBegun() || exchange.times.receivedAt < m_sinceMs || exchange.status == 0
        || isOfThisProgram(exchange, m_published) || (m_isSomebodyElse && m_isSomebodyElse(exchange)))
        return false;
    return exchange.source == exchange::Source::Sandbox ? recordAtSandbox(exchange)
                                                        : recordAtServer(exchange);
}

bool Arrival::reach(Rung rung, const Exchange &exchange, const QString &evidence)
{
    Step &step = m_steps.at(size_t(rung));
    // That step once more, and better, or one behind it. Metadata are read after each refusal.
    const bool isBetter
        = m_refusal.atMs > 0 && m_refusal.key.source == exchange.source && rung >= m_refusedAt;
    if (isBetter)
        m_refusal = {};
    if (step.atMs > 0)
        return isBetter;
    step = {endOf(exchange), evidence};
    m_lastMs = std::max(m_lastMs, step.atMs);
    return true;
}

bool Arrival::refuse(const Exchange &exchange, Rung rung, const QString &title, const QString &remedy)
{
    m_refusedAt = rung;
    const QString filter = exchange.source == exchange::Source::Sandbox
        ? u"is:sandbox path:"_s + QString::fromUtf8(exchange.path.left(longest))
        : u"is:refused"_s;
    m_refusal = {endOf(exchange), exchange::keyOf(exchange), title.left(longest), remedy, filter};
    m_lastMs = std::max(m_lastMs, m_refusal.atMs);
    return true;
}

/// It has sent somebody to the page. Whoever publishes a document about itself is known by that
/// (draft-ietf-oauth-client-id-metadata-document).
bool Arrival::recordPage(const Exchange &exchange)
{
    const QString id = QUrlQuery(QString::fromUtf8(exchange.query))
                           .queryItemValue(u"client_id"_s, QUrl::FullyDecoded)
                           .left(longest);
    const QUrl document(id);
    const bool hasDocument = document.scheme() == "https"_L1;
    if (exchange.status >= 400)
        return refuse(
            exchange, Rung::Registered, Words::tr("The page for signing in says that it cannot go on"),
            hasDocument ? Words::tr("Most likely the document at %1, which says who the client is, "
                                    "cannot be read from here. Where the sandbox reads none, clients "
                                    "register instead.")
                              .arg(id)
                        : Words::tr("Its row in the traffic says why."));
    if (m_refusal.key.source == exchange::Source::Sandbox)
        m_refusal = {};
    if (hasDocument)
        reach(Rung::Registered, exchange, Words::tr("by its document at %1").arg(document.host()));
    m_pageMs = m_lastMs = endOf(exchange);
    return true;
}

bool Arrival::recordAtSandbox(const Exchange &exchange)
{
    const bool isWell = exchange.status >= 200 && exchange.status < 300;
    const bool isToken = exchange.path == "/oauth2/token";
    if (exchange.path == "/oauth2/authorize" && exchange.method == "GET")
        return recordPage(exchange);
    if (exchange.method != "POST" || !(isToken || exchange.path == "/oauth2/register"))
        return false;
    if (!isWell) {
        const QString why = memberOf(exchange.responseBody, "error_description"_L1);
        return refuse(exchange, isToken ? Rung::SignedIn : Rung::Registered,
                      isToken ? Words::tr("The authorization server gave it no token: %1").arg(why)
                              : Words::tr("The authorization server did not register it: %1").arg(why),
                      {});
    }
    if (!isToken) {
        const QString name = memberOf(exchange.requestBody, "client_name"_L1);
        return reach(Rung::Registered, exchange, name.isEmpty() ? QString() : Words::tr("as “%1”").arg(name));
    }
    const qint64 took = m_pageMs > 0 ? (endOf(exchange) - m_pageMs) / 1000 : 0;
    return reach(Rung::SignedIn, exchange,
                 took > 0 ? Words::tr("%1 in the browser").arg(auth::duration(took)) : QString());
}

bool Arrival::recordAtServer(const Exchange &exchange)
{
    if (exchange.path.startsWith(metadataPath))
        return exchange.status == 200
            && reach(Rung::Metadata, exchange,
                     exchange.path == metadataPath ? Words::tr("the document at the root")
                                                   : Words::tr("the document behind the path"));
    if (exchange.refusal != exchange::Refusal::None)
        return false;
    return recordCall(exchange);
}

bool Arrival::recordCall(const Exchange &exchange)
{
    const auth::Reason reason = exchange.verdict.reason;
    bool isNew = false;
    if (!exchange.client.isEmpty() && !exchange.rpcMethod.isEmpty() && m_client.isEmpty()) {
        m_client = exchange.client.left(longest);
        isNew = true;
    }
    if (reason == auth::Reason::NoToken) {
        if (m_askedMs > 0)
            return isNew;
        m_askedMs = m_lastMs = endOf(exchange);
        return true;
    }
    if (isGoodToken(reason))
        isNew |= reach(Rung::Token, exchange, tokenWords(exchange.verdict, exchange.user));
    if (!exchange.verdict.accepted()) {
        const auth::Explanation why = auth::explain(exchange.verdict);
        return refuse(exchange, Rung::Token, why.sentence, why.remedy);
    }
    const bool isAnswered = exchange.status < 300
        && (exchange.outcome == Outcome::Ok || exchange.outcome == Outcome::ToolError);
    if (exchange.rpcMethod.isEmpty() || !isAnswered)
        return isNew;
    isNew |= m_refusal.atMs > 0;
    m_refusal = {};
    return reach(Rung::Call, exchange, exchange.rpcMethod.left(longest)) || isNew;
}

Arrival::State Arrival::stateOf(Rung rung) const
{
    if (step(rung).atMs > 0)
        return State::Reached;
    for (int later = int(rung) + 1; later < rungs; ++later) {
        if (step(Rung(later)).atMs > 0)
            return State::Skipped;
    }
    return State::Open;
}

Arrival::Rung Arrival::next() const
{
    for (int i = 0; i < rungs; ++i) {
        if (stateOf(Rung(i)) == State::Open)
            return Rung(i);
    }
    return Rung::Call;
}

} // namespace gatehouse::inspector
