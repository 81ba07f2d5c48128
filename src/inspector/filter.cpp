// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/filter.h"

#include "inspector/filterstates.h"
#include "inspector/filtertext.h"
#include "inspector/localtime.h"
#include "inspector/words.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

namespace {

bool contains(const QString &text, const QByteArray &part)
{
    return folded(text).contains(part);
}

bool isAscii(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool containsFolded(const QByteArray &body, const QByteArray &part)
{
    // To fold each body of a long list anew for each letter that is typed would be felt.
    if (isAscii(part)) {
        if (QLatin1StringView(body).contains(QLatin1StringView(part), Qt::CaseInsensitive))
            return true;
        if (isAscii(body))
            return false;
    }
    return folded(QString::fromUtf8(body)).contains(part);
}

} // namespace

bool Filter::holds(const Term &term, const Entry &entry)
{
    const exchange::Exchange &exchange = entry.exchange;
    const auto related = [&term](qint64 number) {
        return term.relation == Relation::Greater ? number > term.number : number < term.number;
    };
    switch (term.field) {
    case Field::Any:
        return entry.folded.contains(term.text)
            || (term.number != 0 && !entry.isNote() && contains(wordOf(exchange, RowWord::Time), term.text));
    case Field::Auth:
        return (term.number >> int(exchange.verdict.reason) & 1) != 0;
    case Field::Http:
        if (term.relation != Relation::Equal)
            return exchange.status > 0 && related(exchange.status);
        return exchange.status > 0
            && QByteArray::number(exchange.status).startsWith(QByteArray(term.text).replace("x", ""));
    case Field::Result:
        return contains(filterResultOf(exchange), term.text)
            || (exchange.outcome == exchange::Outcome::RpcError
                && QByteArray::number(exchange.rpcErrorCode) == term.text);
    case Field::Method:
        return contains(exchange.rpcMethod, term.text) || exchange.method.toLower() == term.text;
    case Field::Tool:
        return contains(exchange.target, term.text);
    case Field::User:
        return contains(exchange.user, term.text);
    case Field::Organization:
        return contains(exchange.organization, term.text);
    case Field::Client:
        return contains(exchange.client, term.text);
    case Field::Session:
        return !exchange.session.isEmpty() && exchange.session.startsWith(term.text);
    case Field::Path:
        return exchange.path.toLower().contains(term.text);
    case Field::Token:
        return !exchange.verdict.fingerprint.isEmpty() && exchange.verdict.fingerprint.startsWith(term.text);
    case Field::Trace:
        return !exchange.traceId.isEmpty() && exchange.traceId.startsWith(term.text);
    case Field::Body:
        return containsFolded(exchange.requestBody.shown, term.text)
            || containsFolded(exchange.responseBody.shown, term.text);
    case Field::Duration:
        return exchange.outcome != exchange::Outcome::Running && related(exchange::tookUs(exchange.times));
    case Field::Size:
        return related(exchange.requestBody.size + exchange.responseBody.size);
    case Field::Time: {
        const qint64 came = exchange.times.receivedAt;
        if (term.isOfOneDay)
            return came >= term.number && came < term.until;
        const qint64 at = localTimeOf(came).msecsSinceStartOfDay();
        // Over midnight it is what both days have of it.
        return term.until > term.number ? at >= term.number && at < term.until
                                        : at >= term.number || at < term.until;
    }
    case Field::Is:
        return std::any_of(filterStates().begin(), filterStates().end(), [&](const FilterState &state) {
            return state.name == QLatin1StringView(term.text) && state.holds(entry);
        });
    }
    return false;
}

bool Filter::holds(const Node &node, const Entry &entry)
{
    const auto partHolds = [&entry](const Node &part) { return holds(part, entry); };
    const bool isTrue = node.kind == Node::Kind::Term ? holds(node.term, entry)
        : node.kind == Node::Kind::All ? std::all_of(node.parts.begin(), node.parts.end(), partHolds)
                                       : std::any_of(node.parts.begin(), node.parts.end(), partHolds);
    return isTrue != node.isNegated;
}

bool Filter::matches(const Entry &entry) const
{
    return entry.isNote() ? isEmpty() : holds(m_root, entry);
}

bool Filter::asksForSandbox(const Node &node)
{
    if (node.isNegated)
        return false;
    if (node.kind == Node::Kind::Term)
        return node.term.field == Field::Is && (node.term.text == "sandbox" || node.term.text == "oauth");
    return std::any_of(node.parts.begin(), node.parts.end(),
                       [](const Node &part) { return asksForSandbox(part); });
}

bool Filter::asksForSandbox() const
{
    return asksForSandbox(m_root);
}

} // namespace gatehouse::inspector
