// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/operation.h"

#include "base/json.h"
#include "base/jsonwriter.h"
#include "mcp/contextline.h"
#include "mcp/inputrequest.h"
#include "mcp/present.h"
#include "mcp/session.h"
#include "protocol/jsonrpc.h"
#include "protocol/methodtable.h"
#include "protocol/revision.h"

#include <QCryptographicHash>
#include <QJsonArray>

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::mcp {

namespace {

constexpr int maximumRounds = 20; ///< A handler that asks without end is stopped.

} // namespace

std::shared_ptr<Operation> Operation::begin(Origin origin, std::shared_ptr<Channel> channel,
                                            std::function<void(Operation *)> ended)
{
    const std::shared_ptr<Operation> made(
        new Operation(std::move(origin), std::move(channel), std::move(ended)));
    made->m_line->operation = made;
    made->m_line->invoker = made->invoker();
    const std::weak_ptr<Operation> weak = made;
    made->m_channel->gone = [weak] {
        const auto operation = weak.lock();
        if (!operation)
            return;
        // Who closes a modern request's connection cancels it; in the legacy era only notifications/cancelled
        // does, and the client may come back for the rest.
        operation->m_channel.reset();
        if (operation->isModern())
            operation->cancel();
    };
    return made;
}

Operation::Operation(Origin origin, std::shared_ptr<Channel> channel, std::function<void(Operation *)> ended)
    : m_origin(std::move(origin))
    , m_channel(std::move(channel))
    , m_ended(std::move(ended))
    , m_line(std::make_shared<Context::Line>())
{ }

Operation::~Operation()
{
    if (!m_isDone)
        m_line->over(true);
}

/// The answer, dressed as its era wants it. Written and not built: every call passes here.
QByteArray Operation::answerWith(const QJsonObject &meta, QLatin1StringView type,
                                 const std::function<void(base::JsonWriter &)> &writeResult) const
{
    base::JsonWriter out;
    out.beginObject();
    out.member("jsonrpc"_L1, "2.0"_L1);
    out.member("id"_L1, id());
    out.name("result"_L1);
    out.beginObject();
    writeResult(out);
    if (isModern() && !type.isEmpty())
        out.member("resultType"_L1, type);
    if (isModern() || !meta.isEmpty()) {
        out.name("_meta"_L1);
        out.beginObject();
        out.members(meta, protocol::meta::serverInfo);
        if (isModern()) {
            out.name(protocol::meta::serverInfo);
            out.raw(m_origin.serverInfo);
        }
        out.endObject();
    }
    out.endObject();
    out.endObject();
    return out.take();
}

void Operation::succeed(const QJsonObject &result)
{
    if (m_task && !m_isDone)
        m_origin.tasks->complete(*m_task, base::writeJson(result));
    finish({200,
            answerWith(result.value("_meta"_L1).toObject(),
                       result.contains("resultType"_L1) ? QLatin1StringView() : "complete"_L1,
                       [&result](base::JsonWriter &out) { out.members(result, "_meta"_L1); }),
            {},
            ResultKind::Ok});
}

void Operation::give(const ToolResult &result)
{
    if (m_task && !m_isDone) {
        base::JsonWriter out;
        out.beginObject();
        write(out, result, revision());
        out.endObject();
        m_origin.tasks->complete(*m_task, out.take());
    }
    finish({200,
            answerWith({}, "complete"_L1,
                       [this, &result](base::JsonWriter &out) { write(out, result, revision()); }),
            {},
            result.isError ? ResultKind::ToolError : ResultKind::Ok});
}

Outgoing Operation::failedWith(const protocol::RpcError &error, int status)
{
    if (m_task && !m_isDone)
        m_task->fail(error, m_origin.tasks->now());
    return {
        status, base::writeJson(protocol::errorMessage(id(), error)), {}, ResultKind::RpcError, error.code};
}

void Operation::fail(const protocol::RpcError &error, int status)
{
    finish(failedWith(error, status));
}

void Operation::stop(const protocol::RpcError &error, int status)
{
    finish(failedWith(error, status), Work::IsStopped);
}

void Operation::failForLackOf(const QJsonObject &capabilities)
{
    stop({isModern() ? protocol::code::missingCapability : protocol::code::invalidRequest,
          u"The client did not declare what this needs: %1."_s.arg(capabilities.keys().join(u", "_s)),
          {{u"requiredCapabilities"_s, capabilities}}},
         isModern() ? 400 : 200);
}

void Operation::noSuchMethod()
{
    fail({protocol::code::methodNotFound, u"There is no such method."_s, {}}, isModern() ? 404 : 200);
}

void Operation::finish(const Outgoing &outgoing, Work work)
{
    if (std::exchange(m_isDone, true))
        return;
    const auto channel = std::exchange(m_channel, nullptr);
    if (channel && !m_stream) {
        channel->gone = nullptr;
        channel->answer(outgoing);
    } else if (m_stream) {
        m_stream->finish(outgoing);
    }
    m_line->over(work == Work::IsStopped);
    end();
}

void Operation::cancel()
{
    if (std::exchange(m_isDone, true))
        return;
    if (m_task)
        m_task->cancel(m_origin.tasks->now());
    const auto channel = std::exchange(m_channel, nullptr);
    if (m_stream) {
        m_stream->close();
        if (const auto owner = session())
            owner->forgetStream(m_stream->number());
    } else if (channel) {
        channel->gone = nullptr;
        // No answer is wanted; where no stream is possible the connection needs one all the same.
        if (channel->canStream())
            channel->end();
        else
            channel->answer({200,
                             base::writeJson(protocol::errorMessage(
                                 id(), {protocol::code::internalError, u"The request was cancelled."_s, {}})),
                             {},
                             ResultKind::RpcError,
                             protocol::code::internalError});
    }
    m_line->over(true);
    end();
}

void Operation::endIfExpired(qint64 nowMs)
{
    const qint64 expiry = caller().expiresAt * 1000;
    // A stream ends by the token that carries it, which may be a newer one by now.
    if (m_isDone || m_stream || expiry <= 0 || nowMs < expiry || !m_channel || !m_channel->isStreaming())
        return;
    const bool mayReturn
        = !isModern() && !m_origin.isInBatch && revision() >= "2025-11-25"_L1 && hasStream() && m_stream;
    if (mayReturn)
        return m_stream->closeIfExpired(nowMs);
    stop({protocol::code::internalError,
          u"The access token of this call has expired: sign in anew and call again."_s,
          {}});
}

bool Operation::keeps(const QJsonObject &answers)
{
    return m_origin.bytes.grow(base::writeJson(answers).size());
}

bool Operation::isAbandoned() const
{
    const bool isSomebodyThere = m_stream ? m_stream->isCarried() : !!m_channel;
    return !m_questions.isEmpty() && !isSomebodyThere;
}

void Operation::end()
{
    m_origin.place.release();
    m_origin.bytes.release();
    if (const auto owner = session())
        owner->ended(*this, m_questions);
    if (const auto ended = std::exchange(m_ended, nullptr))
        ended(this); // May delete this.
}

bool Operation::hasStream()
{
    if (m_stream)
        return true;
    if (!m_channel || !m_channel->canStream())
        return false;
    const auto owner = session();
    if (isModern() || m_origin.isInBatch || !owner)
        return true;
    m_stream = owner->openStream();
    m_stream->attach(std::exchange(m_channel, nullptr), caller().expiresAt);
    // Older clients would read an event without data as a broken message.
    if (revision() >= "2025-11-25"_L1)
        m_stream->prime();
    return true;
}

void Operation::send(const QJsonObject &message)
{
    if (m_isDone || !hasStream())
        return;
    const QByteArray data = base::writeJson(message);
    if (m_stream)
        m_stream->put(data);
    else if (m_channel)
        m_channel->send({data});
}

void Operation::notify(const QString &method, const QJsonObject &params)
{
    send(protocol::notificationMessage(method, params));
}

void Operation::progress(double done, std::optional<double> total, const QString &message)
{
    const QJsonValue token = m_origin.message.meta.progressToken;
    if (!(token.isString() || token.isDouble()) || (m_progress && done <= *m_progress))
        return;
    m_progress = done;
    QJsonObject told{{u"progressToken"_s, token}, {u"progress"_s, done}};
    if (total)
        told.insert(u"total"_s, *total);
    if (!message.isEmpty())
        told.insert(u"message"_s, message);
    notify(protocol::notification::progress, told);
}

void Operation::log(LogLevel level, const QJsonValue &data, const QString &logger)
{
    const auto owner = session();
    const std::optional<LogLevel> wanted = isModern() ? m_origin.logLevel
        : owner                                       ? std::optional(owner->logLevel)
                                                      : std::nullopt;
    if (!wanted || level < *wanted)
        return;
    QJsonObject told{{u"level"_s, nameOf(level)}, {u"data"_s, data}};
    if (!logger.isEmpty())
        told.insert(u"logger"_s, logger);
    notify(protocol::notification::message, told);
}

void Operation::closeStream(int retryMs)
{
    if (!m_isDone && !isModern() && revision() >= "2025-11-25"_L1 && hasStream() && m_stream)
        m_stream->closeStream(retryMs);
}

void Operation::becomeTask()
{
    if (!m_mayBecomeTask || m_isDone || m_task || !m_channel || !isModern() || !client().knowsTasks())
        return;
    m_task = m_origin.tasks->begin(shared_from_this());
    if (!m_task)
        return stop(
            {protocol::code::internalError, u"Too many tasks are open here already: try again later."_s, {}},
            503);
    m_origin.place.release(); // It has one among the tasks now.
    const QJsonObject created = m_origin.tasks->describe(*m_task);
    const QByteArray answer
        = answerWith({}, "task"_L1, [&created](base::JsonWriter &out) { out.members(created); });
    const auto channel = std::exchange(m_channel, nullptr);
    channel->gone = nullptr;
    Outgoing outgoing{200, answer, {}, ResultKind::Ok};
    outgoing.taskId = m_task->id().toLatin1();
    channel->answer(outgoing);
}

QByteArray Operation::purpose() const
{
    // All that the question was about. What may differ from round to round stays out.
    QJsonObject about = params();
    for (const auto &changing : {u"_meta"_s, u"inputResponses"_s, u"requestState"_s})
        about.remove(changing);
    const Identity who = caller().identity();
    const QJsonObject whole{{u"who"_s, QJsonArray{who.issuer, who.userId, who.organizationId, who.clientId}},
                            {u"method"_s, method()},
                            {u"params"_s, about}};
    return QCryptographicHash::hash(base::writeJson(whole), QCryptographicHash::Sha256);
}

base::Expected<Context, protocol::RpcError> Operation::context()
{
    Context context;
    context.m_line = m_line;
    context.client = client();
    const QJsonValue sealed = params().value("requestState"_L1);
    if (!isModern() || sealed.isUndefined())
        return context; // Answers without the state that asked for them answer nothing: the handler asks
                        // anew.
    const auto state = sealed.isString() && m_origin.requestState
        ? m_origin.requestState->open(sealed.toString(), purpose())
        : std::nullopt;
    if (!state) {
        return base::failure(protocol::RpcError{
            protocol::code::invalidParams,
            u"The requestState is not one that this server gave for this call, or it is too old: call anew without it."_s,
            {}});
    }
    context.state = state->value("state"_L1).toObject();
    const QJsonObject earlier = state->value("inputs"_L1).toObject();
    for (auto it = earlier.begin(); it != earlier.end(); ++it)
        context.inputs.insert(it.key(), it->toObject());
    const QJsonObject questions = state->value("questions"_L1).toObject();
    const QJsonObject answers = params().value("inputResponses"_L1).toObject();
    for (auto it = questions.begin(); it != questions.end(); ++it) {
        const QJsonObject json = it->toObject();
        const InputRequest question{json.value("method"_L1).toString(), json.value("params"_L1).toObject()};
        const QJsonObject answer = answers.value(it.key()).toObject();
        if (fits(question, answer))
            context.inputs.insert(it.key(), answer);
    }
    m_rounds = state->value("round"_L1).toInt();
    return context;
}

void Operation::ask(const InputRequired &ask, const Context &asker,
                    std::function<void(const Context &)> again)
{
    if (m_isDone)
        return;
    if (const QJsonObject missing = missingFor(ask, client()); !missing.isEmpty())
        return failForLackOf(missing);
    if (++m_rounds > maximumRounds)
        return stop({protocol::code::internalError, u"The server has asked too often."_s, {}});
    if (m_task)
        m_task->ask(ask, asker, std::move(again), m_origin.tasks->now());
    else if (const auto answered = isModern() ? answeredAhead(ask, asker) : std::nullopt)
        again(*answered);
    else if (isModern())
        askModern(ask, asker);
    else
        askLegacy(ask, asker, std::move(again));
}

std::optional<Context> Operation::answeredAhead(const InputRequired &ask, const Context &asker) const
{
    if (params().contains("requestState"_L1) || ask.questions.isEmpty())
        return std::nullopt;
    const QJsonObject answers = params().value("inputResponses"_L1).toObject();
    Context answered = asker;
    answered.state = ask.state;
    for (auto it = ask.questions.begin(); it != ask.questions.end(); ++it) {
        const QJsonObject answer = answers.value(it.key()).toObject();
        if (!fits(*it, answer))
            return std::nullopt;
        answered.inputs.insert(it.key(), answer);
    }
    return answered;
}

void Operation::askModern(const InputRequired &ask, const Context &asker)
{
    QJsonObject questions;
    for (auto it = ask.questions.begin(); it != ask.questions.end(); ++it)
        questions.insert(it.key(), toJson(*it));
    QJsonObject inputs;
    for (auto it = asker.inputs.begin(); it != asker.inputs.end(); ++it)
        inputs.insert(it.key(), *it);
    const QJsonObject state{
        {u"state"_s, ask.state}, {u"questions"_s, questions}, {u"inputs"_s, inputs}, {u"round"_s, m_rounds}};
    QJsonObject result{{u"resultType"_s, u"input_required"_s},
                       {u"requestState"_s, m_origin.requestState->seal(state, purpose())}};
    if (!questions.isEmpty())
        result.insert(u"inputRequests"_s, questions);
    succeed(result);
}

/// The questions of one Ask on their way to a legacy client and back.
struct Operation::Round
{
    std::weak_ptr<Operation> operation;
    Context context;
    qsizetype open = 0;
    std::function<void(const Context &)> again;

    void addAnswer(qint64 number, const QString &name, const InputRequest &question,
                   const protocol::Message &response)
    {
        const auto alive = operation.lock();
        if (!alive || alive->m_isDone)
            return;
        alive->m_questions.removeOne(number);
        if (!response.result)
            return alive->stop({protocol::code::internalError,
                                u"The client could not answer %1: %2"_s.arg(
                                    question.method, response.result.error().message.left(200)),
                                {}});
        if (!fits(question, *response.result))
            return alive->stop({protocol::code::internalError,
                                u"The client's answer to %1 is none."_s.arg(question.method),
                                {}});
        if (!alive->keeps(*response.result))
            return alive->stop(
                {protocol::code::internalError,
                 u"The client's answers are larger than what is kept of one user's messages."_s,
                 {}},
                503);
        context.inputs.insert(name, *response.result);
        if (--open == 0)
            again(context);
    }
};

void Operation::askLegacy(const InputRequired &ask, const Context &asker,
                          std::function<void(const Context &)> again)
{
    const auto owner = session();
    if (!owner || !hasStream())
        return stop({protocol::code::internalError,
                     u"This needs an answer of the client, which must accept text/event-stream for it."_s,
                     {}});
    const auto round = std::make_shared<Round>();
    round->operation = weak_from_this();
    round->context = asker;
    round->context.state = ask.state;
    round->open = ask.questions.size();
    round->again = std::move(again);
    if (round->open == 0)
        return round->again(round->context);
    for (auto it = ask.questions.begin(); it != ask.questions.end(); ++it) {
        QJsonObject params = it->params;
        const auto number = std::make_shared<qint64>();
        *number
            = owner->ask([round, number, name = it.key(), question = *it](const protocol::Message &response) {
                  round->addAnswer(*number, name, question, response);
              });
        if (params.value("mode"_L1) == QJsonValue(u"url"_s))
            params.insert(u"elicitationId"_s, QString::number(*number)); // 2026-07-28 has none.
        m_questions.append(*number);
        send(protocol::requestMessage(*number, it->method, params));
    }
}

} // namespace gatehouse::mcp
