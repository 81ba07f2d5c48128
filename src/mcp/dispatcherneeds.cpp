// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "mcp/dispatcherstate.h"
#include "protocol/jsonrpc.h"
#include "protocol/methodtable.h"
#include "protocol/revision.h"

using namespace Qt::StringLiterals;

namespace gatehouse::mcp {

// What a message is about: for whoever decides whether its caller may, and for whoever watches.

namespace {

/// What a message is about, in one text for the log.
QString targetOf(const protocol::Message &message)
{
    const QJsonObject &params = message.params;
    const protocol::Method *method = protocol::findMethod(message.method);
    if (method && method->target == protocol::Target::Completed) {
        const QJsonObject reference = params.value("ref"_L1).toObject();
        return reference.value(reference.contains("name"_L1) ? "name"_L1 : "uri"_L1).toString();
    }
    if (const auto member = method ? method->targetMember() : std::nullopt)
        return params.value(*member).toString();
    const QJsonValue name = params.value("name"_L1); // Also of methods that nobody knows.
    return (name.isString() ? name : params.value("uri"_L1)).toString();
}

} // namespace

base::AccessRequirements Dispatcher::Private::needsOfCompleted(const QJsonObject &reference) const
{
    if (reference.value("type"_L1) == QJsonValue(u"ref/prompt"_s)) {
        const auto prompt = features->prompts().find(reference.value("name"_L1).toString());
        return prompt ? prompt->needs : base::AccessRequirements();
    }
    const auto resources = features->templates().find(reference.value("uri"_L1).toString());
    return resources ? resources->needs : base::AccessRequirements();
}

QList<base::AccessRequirements> Dispatcher::Private::needsOf(const protocol::Message &message,
                                                             const Caller &caller) const
{
    const protocol::Method *method = protocol::findMethod(message.method);
    const QJsonObject &params = message.params;
    const auto member = method ? method->targetMember() : std::nullopt;
    const QString named = member ? params.value(*member).toString() : QString();
    switch (method ? method->target : protocol::Target::Nothing) {
    case protocol::Target::Nothing:
        return {};
    case protocol::Target::Tool:
        return {features->needsOfTool(named)};
    case protocol::Target::Task: {
        const Task *task = tasks.find(named, caller.identity());
        const bool isThere = task && features->tools().find(task->tool());
        return {isThere    ? features->needsOfTool(task->tool())
                    : task ? task->needs
                           : base::AccessRequirements()};
    }
    case protocol::Target::Prompt: {
        const auto prompt = features->prompts().find(named);
        return {prompt ? prompt->needs : base::AccessRequirements()};
    }
    case protocol::Target::Resource:
        return {features->findResource(named).needs};
    case protocol::Target::Completed:
        return {needsOfCompleted(params.value("ref"_L1).toObject())};
    case protocol::Target::Watched:
        break;
    }
    QList<base::AccessRequirements> all;
    const QStringList uris = watchedIn(params);
    for (const QString &uri : uris)
        all.append(features->findResource(uri).needs);
    return all;
}

QList<base::AccessRequirements> Dispatcher::needsOf(const Incoming &incoming) const
{
    QList<base::AccessRequirements> all;
    for (const auto &message : incoming.body.messages()) {
        const QList<base::AccessRequirements> ofThis
            = message ? d->needsOf(*message, incoming.caller) : QList<base::AccessRequirements>();
        for (const base::AccessRequirements &needs : ofThis) {
            if (needs != base::AccessRequirements() && !all.contains(needs))
                all.append(needs);
        }
    }
    return all;
}

Description Dispatcher::describe(const Incoming &incoming) const
{
    Description description;
    const auto &messages = incoming.body.messages();
    const protocol::Message message
        = !messages.isEmpty() && messages.first() ? *messages.first() : protocol::Message();
    const QJsonObject &params = message.params;
    description.rpcMethod = message.method.left(128);
    description.target = targetOf(message).left(200);
    description.traceparent = message.meta.traceparent.toString().left(200).toLatin1();
    const QJsonValue info = params.value("clientInfo"_L1);
    description.client = info.isObject() ? protocol::clientNameOf(info.toObject()) : message.meta.client;
    description.revision
        = QString::fromLatin1(incoming.headers.protocolVersion.value_or(QByteArray())).left(40);
    if (const auto session = incoming.sessionId ? d->sessions.peek(*incoming.sessionId) : nullptr) {
        description.client = session->client.name;
        description.revision = session->client.revision;
    }
    if (description.revision.isEmpty())
        description.revision = params.value("protocolVersion"_L1).toString().left(40);
    return description;
}

} // namespace gatehouse::mcp
