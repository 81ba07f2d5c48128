// SPDX-License-Identifier: GPL-3.0-or-later
#include "face/offer.h"

#include "face/callmaker.h"
#include "mcp/content.h"

#include <utility>

using namespace Qt::StringLiterals;
using namespace gatehouse;

namespace Gatehouse {

namespace {

base::AccessRequirements needsOf(const Access &access)
{
    return {access.scopes, access.permissions, access.organizations};
}

QJsonObject jsonOf(const QHash<QString, QString> &texts)
{
    QJsonObject out;
    for (auto text = texts.begin(); text != texts.end(); ++text)
        out.insert(text.key(), text.value());
    return out;
}

/// With what a thing of each kind has.
template <typename Made, typename From> Made described(const From &from)
{
    Made made;
    made.name = from.name;
    made.title = from.title;
    made.description = from.description;
    made.needs = needsOf(from.access);
    return made;
}

mcp::InputRequired requiredBy(const Result &result)
{
    mcp::InputRequired required;
    for (auto question = result.questions.begin(); question != result.questions.end(); ++question)
        required.questions.insert(question.key(), {question->method, question->params});
    required.state = result.state;
    return required;
}

mcp::ToolOutcome outcomeOf(const Result &result)
{
    if (!result.questions.isEmpty())
        return requiredBy(result);
    mcp::ToolResult out = result.structuredContent ? mcp::ToolResult::structured(*result.structuredContent)
                                                   : mcp::ToolResult();
    for (const QJsonValue block : result.content)
        out.content.append(block);
    out.isError = result.isError;
    return out;
}

QList<mcp::ResourceContents> contentsOf(const QString &uri, const Contents &contents, const QString &mimeType)
{
    return {{uri, contents.mimeType.isEmpty() ? mimeType : contents.mimeType, *contents.data}};
}

mcp::ReadHandler readHandler(Handling<Contents> handler, const QString &mimeType)
{
    return [handler = std::move(handler), mimeType](const mcp::ResourceRead &read, mcp::ReadAnswer answer) {
        const Call call = CallMaker::make(read.uri, jsonOf(read.variables), read.caller, read.context);
        handler(call, [uri = read.uri, mimeType, answer = std::move(answer)](const Contents &contents) {
            if (contents.data)
                answer(contentsOf(uri, contents, mimeType));
            else
                answer(mcp::NotFound());
        });
    };
}

mcp::Completer completerOf(const Completer &complete)
{
    if (!complete)
        return {};
    return [complete](const mcp::CompletionCall &asked, const mcp::CompletionAnswer &answer) {
        answer(
            complete(CallMaker::make(asked.argument, jsonOf(asked.others), asked.caller, {}), asked.value));
    };
}

} // namespace

mcp::Tool offered(const Tool &tool, Handling<Result> handler)
{
    auto made = described<mcp::Tool>(tool);
    made.inputSchema = tool.input;
    if (tool.input.isEmpty())
        made.inputSchema = {{u"type"_s, u"object"_s}, {u"additionalProperties"_s, false}};
    if (!tool.output.isEmpty())
        made.outputSchema = tool.output;
    made.annotations = {{u"readOnlyHint"_s, tool.readOnly},
                        {u"destructiveHint"_s, tool.destructive},
                        {u"idempotentHint"_s, tool.idempotent}};
    made.handler = [handler = std::move(handler)](const mcp::ToolCall &call, mcp::ToolAnswer answer) {
        handler(CallMaker::make(call.name, call.arguments, call.caller, call.context),
                [answer = std::move(answer)](const Result &result) { answer(outcomeOf(result)); });
    };
    return made;
}

mcp::Resource offered(const Resource &resource, Handling<Contents> handler)
{
    auto made = described<mcp::Resource>(resource);
    made.uri = resource.uri;
    made.mimeType = resource.mimeType;
    made.handler = readHandler(std::move(handler), resource.mimeType);
    return made;
}

mcp::ResourceTemplate offered(const ResourceTemplate &resources, Handling<Contents> handler)
{
    auto made = described<mcp::ResourceTemplate>(resources);
    made.uriTemplate = resources.uriTemplate;
    made.mimeType = resources.mimeType;
    made.handler = readHandler(std::move(handler), resources.mimeType);
    for (auto one = resources.complete.begin(); one != resources.complete.end(); ++one)
        made.completers.insert(one.key(), completerOf(one.value()));
    return made;
}

mcp::Prompt offered(const Prompt &prompt, Handling<Messages> handler)
{
    auto made = described<mcp::Prompt>(prompt);
    for (const Argument &argument : prompt.arguments)
        made.arguments.append({argument.name, argument.title, argument.description, argument.required,
                               completerOf(argument.complete)});
    made.handler = [handler = std::move(handler)](const mcp::PromptCall &call, mcp::PromptAnswer answer) {
        handler(CallMaker::make(call.name, jsonOf(call.arguments), call.caller, call.context),
                [answer = std::move(answer)](const Messages &messages) {
                    mcp::PromptResult result{messages.description, {}};
                    for (const QJsonValue message : messages.messages) {
                        const bool isUser = message["role"_L1].toString() == "user"_L1;
                        result.messages.append(
                            {isUser ? mcp::PromptMessage::Role::User : mcp::PromptMessage::Role::Assistant,
                             message["content"_L1].toObject()});
                    }
                    answer(result);
                });
    };
    return made;
}

} // namespace Gatehouse
