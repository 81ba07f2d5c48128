// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/sharing.h"

#include <array>

namespace gatehouse::inspector {

namespace {

constexpr qsizetype longestShared = 16 * 1024; ///< Of a body: it would cost more to compare than it is worth.
constexpr qsizetype overhead = 48; ///< Of a value beside its characters.

qsizetype sizeOf(const QString &text)
{
    return overhead + 2 * text.size();
}

qsizetype sizeOf(const QByteArray &bytes)
{
    return overhead + bytes.size();
}

qsizetype sizeOf(const base::Headers &headers)
{
    return overhead + exchange::sizeOf(headers);
}

/// The members that often are alike. One list for both ways, so that what is held is what is released.
auto textsOf(auto &exchange)
{
    return std::array{&exchange.client,   &exchange.rpcMethod, &exchange.target,
                      &exchange.revision, &exchange.user,      &exchange.organization};
}

auto bytesOf(auto &exchange)
{
    return std::array{&exchange.peer,
                      &exchange.method,
                      &exchange.path,
                      &exchange.query,
                      &exchange.session,
                      &exchange.traceId,
                      &exchange.challenge,
                      &exchange.verdict.fingerprint,
                      &exchange.requestBody.shown,
                      &exchange.responseBody.shown};
}

} // namespace

template <typename T> void Sharing::Pool<T>::hold(T &value)
{
    if (value.isEmpty())
        return;
    const auto found = m_holders.find(value);
    if (found != m_holders.end()) {
        ++*found;
        value = found.key();
        return;
    }
    m_holders.insert(value, 1);
    m_total += sizeOf(value);
}

template <typename T> void Sharing::Pool<T>::release(const T &value)
{
    const auto found = m_holders.find(value);
    if (found == m_holders.end() || --*found > 0)
        return;
    m_total -= sizeOf(value);
    m_holders.erase(found);
}

template class Sharing::Pool<QString>;
template class Sharing::Pool<QByteArray>;
template class Sharing::Pool<base::Headers>;

qsizetype Sharing::hold(exchange::Exchange &exchange)
{
    qsizetype own = 0;
    for (QString *text : textsOf(exchange))
        m_texts.hold(*text);
    for (QByteArray *bytes : bytesOf(exchange)) {
        if (bytes->size() <= longestShared)
            m_bytes.hold(*bytes);
        else
            own += sizeOf(*bytes);
    }
    m_headers.hold(exchange.requestHeaders);
    m_headers.hold(exchange.responseHeaders);
    return own + holdVerdict(exchange.verdict);
}

qsizetype Sharing::holdVerdict(auth::Verdict &verdict)
{
    if (verdict.fingerprint.isEmpty())
        return 0;
    KnownVerdict &known = m_verdicts[verdict.fingerprint];
    if (++known.holders == 1) {
        known.bytes = overhead + exchange::sizeOf(verdict);
        m_verdictBytes += known.bytes;
    }
    // Part by part: the checks of an expired token differ from second to second, its claims do not.
    const bool isFirst = known.holders == 1;
    const bool hasSameHeader = known.last.header == verdict.header;
    const bool hasSameClaims
        = known.last.claims == verdict.claims && known.last.claimsText == verdict.claimsText;
    const bool hasSameChecks = known.last.checks == verdict.checks;
    if (hasSameHeader)
        verdict.header = known.last.header;
    if (hasSameClaims) {
        verdict.claims = known.last.claims;
        verdict.claimsText = known.last.claimsText;
    }
    if (hasSameChecks)
        verdict.checks = known.last.checks;
    known.last = verdict;
    if (isFirst)
        return 0;
    // A fingerprint is short: another token may have the same.
    return (hasSameHeader && hasSameClaims ? 0 : verdict.jsonBytes)
        + (hasSameChecks ? 0 : exchange::sizeOf(verdict.checks));
}

void Sharing::release(const exchange::Exchange &exchange)
{
    for (const QString *text : textsOf(exchange))
        m_texts.release(*text);
    for (const QByteArray *bytes : bytesOf(exchange)) {
        if (bytes->size() <= longestShared)
            m_bytes.release(*bytes);
    }
    m_headers.release(exchange.requestHeaders);
    m_headers.release(exchange.responseHeaders);
    const auto known = m_verdicts.find(exchange.verdict.fingerprint);
    if (known == m_verdicts.end() || --known->holders > 0)
        return;
    m_verdictBytes -= known->bytes;
    m_verdicts.erase(known);
}

} // namespace gatehouse::inspector
