// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/mcpclientstate.h"
#include "client/offer.h"
#include "protocol/revision.h"

#include <utility>

using namespace Qt::StringLiterals;

// What a server tells and asks while a request of ours is under way.

namespace gatehouse::client {

namespace {

using protocol::MethodId;

constexpr int maximumQuestions = 1000; ///< While one request is under way.
constexpr qsizetype maximumInputs = 100; ///< That are asked for at one time.

/// What has to be declared for a server to ask that.
QString capabilityFor(const QString &method)
{
    return method == protocol::question::elicit   ? u"elicitation"_s
        : method == protocol::question::sample    ? u"sampling"_s
        : method == protocol::question::listRoots ? u"roots"_s
                                                  : QString();
}

} // namespace

void McpClient::Private::hear(Ask *of, const QJsonObject &json)
{
    const auto message = protocol::readMessage(json);
    if (!message)
        return;
    if (message->kind == protocol::Message::Kind::Request)
        return answer(*message);
    if (message->kind != protocol::Message::Kind::Notification)
        return;
    if (of && message->method == protocol::notification::progress
        && message->params.value("progressToken"_L1).toInteger(-1) == of->progressToken())
        of->prolong();
    Q_EMIT q->told(message->method, message->params);
}

void McpClient::Private::answer(const protocol::Message &question)
{
    const QString capability = capabilityFor(question.method);
    if (wire.era == protocol::Era::Modern || ++questions > maximumQuestions)
        return; // There it asks with `input_required`.
    if (question.method == protocol::nameOf(MethodId::Ping))
        return reply(question.id, QJsonObject());
    if (capability.isEmpty() || !offer.capabilities.contains(capability) || !offer.answer)
        return reply(question.id, base::failure(notOffered(question.method)));
    QList<QPointer<Ask>> waiting; // For none of them time runs meanwhile.
    for (Ask *one : std::as_const(asks)) {
        one->pause();
        waiting.append(one);
    }
    offer.answer(
        question.method, question.params,
        [this, guard = QPointer(q), waiting, id = question.id, isOver = std::make_shared<bool>(false)](
            const base::Expected<QJsonObject, protocol::RpcError> &given) {
            if (!guard || std::exchange(*isOver, true))
                return;
            for (const QPointer<Ask> &one : waiting) {
                if (one)
                    one->goOn();
            }
            reply(id, given);
        });
}

void McpClient::Private::reply(const QJsonValue &id,
                               const base::Expected<QJsonObject, protocol::RpcError> &given)
{
    fetch(
        wire.postOf(given ? protocol::resultMessage(id, *given) : protocol::errorMessage(id, given.error())),
        [](const base::FetchResult &) {}); // Whether it came shows by what the server does next.
}

/// MCP 2026-07-28 "Multi round-trip requests": asks for one thing after the other, and sends the call
/// again.
void McpClient::Private::giveInput(Call call, const QJsonObject &result, const Done<Result> &done)
{
    const QJsonObject wanted = result.value("inputRequests"_L1).toObject();
    const QJsonValue state = result.value("requestState"_L1);
    if (++call.rounds > maximumRounds || (wanted.isEmpty() && !state.isString()))
        return done(base::failure(protocolError(
            wanted.isEmpty() ? u"The server asks for input in between, and does not say which."_s
                             : u"The server asks for input again and again."_s)));
    call.params.remove(u"requestState"_s);
    call.params.remove(u"inputResponses"_s);
    if (state.isString())
        call.params.insert(u"requestState"_s, state);
    collect(call, wanted, wanted.keys(), {}, done);
}

void McpClient::Private::collect(Call call, const QJsonObject &wanted, QStringList left,
                                 const QJsonObject &given, const Done<Result> &done)
{
    if (wanted.size() > maximumInputs) // Answers may come at once, one within the other.
        return done(base::failure(protocolError(u"The server asks for too much at one time."_s)));
    if (left.isEmpty()) {
        if (!given.isEmpty())
            call.params.insert(u"inputResponses"_s, given);
        return send(call, done);
    }
    const QString name = left.takeFirst();
    const QJsonObject question = wanted.value(name).toObject();
    const QString method = question.value("method"_L1).toString();
    const QString capability = capabilityFor(method);
    if (capability.isEmpty() || !offer.capabilities.contains(capability) || !offer.answer)
        return done(base::failure(
            protocolError(u"The server asks for %1 in between, which this client cannot give."_s.arg(
                method.isEmpty() ? u"something"_s : method.left(100)))));
    offer.answer(method, question.value("params"_L1).toObject(),
                 [this, guard = QPointer(q), generation = generation, call, wanted, left, given, name, done,
                  isOver = std::make_shared<bool>(false)](
                     const base::Expected<QJsonObject, protocol::RpcError> &answer) {
                     if (!guard || generation != this->generation || std::exchange(*isOver, true))
                         return;
                     if (!answer)
                         return done(base::failure(protocolError(answer.error().message)));
                     QJsonObject more = given;
                     more.insert(name, *answer);
                     collect(call, wanted, left, more, done);
                 });
}

void McpClient::Private::listen(const std::function<void()> &ready)
{
    standing = new StandingStream(
        fetcher, [this] { return wire.requestFor("GET"); },
        [this](const QJsonObject &message) { hear(nullptr, message); }, q);
    standing->open(ready);
}

void McpClient::Private::endStanding()
{
    if (StandingStream *old = std::exchange(standing, nullptr))
        old->stop();
}

} // namespace gatehouse::client
