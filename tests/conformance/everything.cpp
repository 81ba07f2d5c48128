// SPDX-License-Identifier: GPL-3.0-or-later
#include "conformance/everything.h"

#include "base/json.h"
#include "mcp/content.h"
#include "protocol/jsonrpc.h"

#include <QCoreApplication>
#include <QTimer>

#include <functional>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::test {

namespace {

using mcp::InputRequest;
using mcp::InputRequired;
using mcp::ToolAnswer;
using mcp::ToolCall;
using mcp::ToolResult;

const QByteArray redPixel = QByteArray::fromBase64(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5E"
    "rkJggg==");
const QByteArray silence
    = QByteArray::fromBase64("UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAAAAA==");

QJsonObject emptySchema()
{
    return {{u"type"_s, u"object"_s}, {u"properties"_s, QJsonObject()}};
}

QJsonObject json(const char *text)
{
    return base::readJsonObject(text).value();
}

/// An object schema with string members that are all required.
QJsonObject strings(const QStringList &names)
{
    QJsonObject properties;
    for (const QString &name : names)
        properties.insert(name, QJsonObject{{u"type"_s, u"string"_s}});
    return {{u"type"_s, u"object"_s},
            {u"properties"_s, properties},
            {u"required"_s, QJsonArray::fromStringList(names)}};
}

struct Offer
{
    mcp::Features &features;

    void tool(const QString &name, const QString &description,
              const std::function<void(const ToolCall &, ToolAnswer)> &handler,
              const QJsonObject &schema = emptySchema(), mcp::TaskSupport tasks = mcp::TaskSupport::None)
    {
        mcp::Tool made;
        made.name = name;
        made.description = description;
        made.inputSchema = schema;
        made.tasks = tasks;
        made.handler = handler;
        if (!features.addTool(made))
            qFatal("The tool %s could not be added", qPrintable(name));
    }
    /// A tool whose answer is always the same.
    void answer(const QString &name, const QString &description, const ToolResult &result)
    {
        tool(name, description, [result](const ToolCall &, const ToolAnswer &give) { give(result); });
    }
    /// A tool that asks until all questions are answered.
    void ask(const QString &name, const QString &description, const QMap<QString, InputRequest> &questions,
             const std::function<QString(const ToolCall &)> &say)
    {
        tool(name, description, [questions, say](const ToolCall &call, const ToolAnswer &give) {
            InputRequired open;
            for (auto it = questions.begin(); it != questions.end(); ++it) {
                if (!call.context.inputs.contains(it.key()))
                    open.questions.insert(it.key(), *it);
            }
            if (open.questions.isEmpty())
                give(ToolResult::text(say(call)));
            else
                give(open);
        });
    }
};

/// Calls the steps one after another, with a pause between.
void inSteps(QList<std::function<void()>> steps, int pauseMs = 50)
{
    if (steps.isEmpty())
        return;
    steps.takeFirst()();
    QTimer::singleShot(pauseMs, qApp, [steps, pauseMs] { inSteps(steps, pauseMs); });
}

InputRequest sampling(const QString &prompt, int maxTokens)
{
    return InputRequest::sampling(
        {{u"messages"_s,
          QJsonArray({QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, mcp::content::text(prompt)}}})},
         {u"maxTokens"_s, maxTokens}});
}

QString elicited(const ToolCall &call, const QString &question, const QString &words)
{
    const QJsonObject answer = call.context.inputs.value(question);
    return words + u": action="_s + answer.value("action"_L1).toString() + u", content="_s
        + QString::fromUtf8(base::writeJson(answer.value("content"_L1).toObject()));
}

void offerContent(Offer &offer)
{
    using namespace mcp::content;
    offer.answer(u"test_simple_text"_s, u"Answers with one text."_s,
                 ToolResult::text(u"This is a simple text response for testing."_s));
    offer.answer(u"test_image_content"_s, u"Answers with an image."_s,
                 {QJsonArray({image(redPixel, u"image/png"_s)})});
    offer.answer(u"test_audio_content"_s, u"Answers with a sound."_s,
                 {QJsonArray({audio(silence, u"audio/wav"_s)})});
    offer.answer(u"test_embedded_resource"_s, u"Answers with a resource."_s,
                 {QJsonArray({embedded({u"test://embedded-resource"_s, u"text/plain"_s,
                                        u"This is an embedded resource content."_s})})});
    offer.answer(u"test_multiple_content_types"_s, u"Answers with a text, an image and a resource."_s,
                 {QJsonArray({text(u"Multiple content types test:"_s), image(redPixel, u"image/png"_s),
                              embedded({u"test://mixed-content-resource"_s, u"application/json"_s,
                                        uR"({"test":"data","value":123})"_s})})});
    offer.answer(u"test_error_handling"_s, u"Always fails."_s,
                 ToolResult::error(u"This tool intentionally returns an error for testing"_s));
}

void offerWork(Offer &offer)
{
    offer.tool(u"test_tool_with_logging"_s, u"Logs while it works."_s,
               [](const ToolCall &call, const ToolAnswer &give) {
                   const auto log = [context = call.context](const QString &text) {
                       return [context, text] { context.log(mcp::LogLevel::Info, text); };
                   };
                   inSteps({log(u"Tool execution started"_s), log(u"Tool processing data"_s),
                            log(u"Tool execution completed"_s),
                            [give] { give(ToolResult::text(u"Logged three times."_s)); }});
               });
    offer.tool(u"test_logging_tool"_s, u"Logs once."_s, [](const ToolCall &call, const ToolAnswer &give) {
        call.context.log(mcp::LogLevel::Info, u"A word in between"_s);
        give(ToolResult::text(u"Logged."_s));
    });
    offer.tool(u"test_tool_with_progress"_s, u"Tells how far it is."_s,
               [](const ToolCall &call, const ToolAnswer &give) {
                   const auto step = [context = call.context](int done) {
                       return [context, done] { context.progress(done, 100, u"%1 of 100"_s.arg(done)); };
                   };
                   inSteps({step(0), step(50), step(100),
                            [give] { give(ToolResult::text(u"All steps are done."_s)); }});
               });
    offer.tool(u"test_large_result"_s, u"Tells of its progress, and then gives 8 MiB."_s,
               [](const ToolCall &call, const ToolAnswer &give) {
                   inSteps({[context = call.context] { context.progress(1, 2); },
                            [give] { give(ToolResult::text(QString(8 * 1024 * 1024, u'x'))); }});
               });
    offer.tool(u"test_reconnection"_s, u"Lets its connection go before it answers."_s,
               [](const ToolCall &call, const ToolAnswer &give) {
                   inSteps({[context = call.context] { context.closeStream(500); },
                            [give] { give(ToolResult::text(u"Fetched after the break."_s)); }},
                           100);
               });
    offer.tool(u"test_trigger_tool_change"_s, u"Changes the list of tools."_s,
               [&features = offer.features](const ToolCall &, const ToolAnswer &give) {
                   mcp::Tool passing;
                   passing.name = u"test_passing_tool"_s;
                   passing.description = u"Is here for a moment."_s;
                   passing.inputSchema = emptySchema();
                   passing.handler = [](const ToolCall &, const ToolAnswer &answer) {
                       answer(ToolResult::text(u"Here."_s));
                   };
                   if (features.addTool(passing))
                       features.removeTool(passing.name);
                   give(ToolResult::text(u"Changed."_s));
               });
    offer.tool(u"test_trigger_prompt_change"_s, u"Changes the list of prompts."_s,
               [&features = offer.features](const ToolCall &, const ToolAnswer &give) {
                   mcp::Prompt passing;
                   passing.name = u"test_passing_prompt"_s;
                   passing.handler = [](const mcp::PromptCall &, const mcp::PromptAnswer &answer) {
                       answer(mcp::PromptResult());
                   };
                   if (features.addPrompt(passing))
                       features.removePrompt(passing.name);
                   give(ToolResult::text(u"Changed."_s));
               });
}

void offerQuestions(Offer &offer)
{
    const QJsonObject name = strings({u"name"_s});
    const QJsonObject ok
        = json(R"({"type":"object","properties":{"ok":{"type":"boolean"}},"required":["ok"]})");
    offer.tool(
        u"test_sampling"_s, u"Asks the client's model."_s,
        [](const ToolCall &call, const ToolAnswer &give) {
            const auto sample = call.context.inputs.constFind(u"sample"_s);
            if (sample == call.context.inputs.cend())
                return give(InputRequired{
                    {{u"sample"_s, sampling(call.arguments.value("prompt"_L1).toString(), 100)}}, {}});
            give(ToolResult::text(u"LLM response: "_s
                                  + sample->value("content"_L1).toObject().value("text"_L1).toString()));
        },
        strings({u"prompt"_s}));
    offer.tool(
        u"test_elicitation"_s, u"Asks the person."_s,
        [](const ToolCall &call, const ToolAnswer &give) {
            if (!call.context.inputs.contains(u"words"_s))
                return give(InputRequired{{{u"words"_s,
                                            InputRequest::form(call.arguments.value("message"_L1).toString(),
                                                               strings({u"username"_s, u"email"_s}))}},
                                          {}});
            give(ToolResult::text(elicited(call, u"words"_s, u"User response"_s)));
        },
        strings({u"message"_s}));
    offer.ask(
        u"test_elicitation_sep1034_defaults"_s, u"Asks with values filled in."_s,
        {{u"form"_s, InputRequest::form(u"Please review and update the form fields with defaults"_s, json(R"({
                    "type":"object","properties":{
                    "name":{"type":"string","description":"User name","default":"John Doe"},
                    "age":{"type":"integer","description":"User age","default":30},
                    "score":{"type":"number","description":"User score","default":95.5},
                    "status":{"type":"string","enum":["active","inactive","pending"],"default":"active"},
                    "verified":{"type":"boolean","default":true}},"required":[]})"))}},
        [](const ToolCall &call) { return elicited(call, u"form"_s, u"Elicitation completed"_s); });
    offer.ask(u"test_elicitation_sep1330_enums"_s, u"Asks for choices of all kinds."_s,
              {{u"form"_s, InputRequest::form(u"Please select options from the enum fields"_s, json(R"({
                    "type":"object","properties":{
                    "untitledSingle":{"type":"string","enum":["option1","option2","option3"]},
                    "titledSingle":{"type":"string","oneOf":[{"const":"value1","title":"First Option"},
                        {"const":"value2","title":"Second Option"},{"const":"value3","title":"Third Option"}]},
                    "legacyEnum":{"type":"string","enum":["opt1","opt2","opt3"],
                        "enumNames":["Option One","Option Two","Option Three"]},
                    "untitledMulti":{"type":"array","minItems":1,"maxItems":3,
                        "items":{"type":"string","enum":["option1","option2","option3"]}},
                    "titledMulti":{"type":"array","minItems":1,"maxItems":3,"items":{"anyOf":[
                        {"const":"value1","title":"First Choice"},{"const":"value2","title":"Second Choice"},
                        {"const":"value3","title":"Third Choice"}]}}}})"))}},
              [](const ToolCall &call) { return elicited(call, u"form"_s, u"Elicitation completed"_s); });
    offer.ask(u"test_streaming_elicitation"_s, u"Asks in the middle."_s,
              {{u"name"_s, InputRequest::form(u"What is your name?"_s, name)}},
              [](const ToolCall &call) { return elicited(call, u"name"_s, u"Answered"_s); });
    offer.ask(u"test_missing_capability"_s, u"Needs a model of the client."_s,
              {{u"sample"_s, sampling(u"Say yes."_s, 10)}}, [](const ToolCall &) { return u"Asked."_s; });

    const auto greet = [](const ToolCall &call, const QString &question, const QString &member) {
        const auto content = mcp::acceptedIn(call.context, question);
        return content ? u"Hello, %1!"_s.arg(content->value(member).toString())
                       : u"Hello, whoever you are!"_s;
    };
    const InputRequest whatName = InputRequest::form(u"What is your name?"_s, name);
    offer.ask(u"test_input_required_result_elicitation"_s, u"Asks for a name."_s,
              {{u"user_name"_s, whatName}},
              [greet](const ToolCall &call) { return greet(call, u"user_name"_s, u"name"_s); });
    offer.ask(u"test_input_required_result_sampling"_s, u"Asks a model."_s,
              {{u"capital_question"_s, sampling(u"What is the capital of France?"_s, 100)}},
              [](const ToolCall &call) {
                  return call.context.inputs.value(u"capital_question"_s)
                      .value("content"_L1)
                      .toObject()
                      .value("text"_L1)
                      .toString();
              });
    offer.ask(u"test_input_required_result_list_roots"_s, u"Asks for roots."_s,
              {{u"client_roots"_s, InputRequest::roots()}}, [](const ToolCall &call) {
                  return QString::fromUtf8(base::writeJson(call.context.inputs.value(u"client_roots"_s)));
              });
    const InputRequest confirm = InputRequest::form(u"Please confirm"_s, ok);
    offer.ask(u"test_input_required_result_request_state"_s, u"Asks, and knows its question again."_s,
              {{u"confirm"_s, confirm}}, [](const ToolCall &) { return u"state-ok"_s; });
    offer.ask(u"test_input_required_result_tampered_state"_s,
              u"Asks, and takes no other question's answer."_s, {{u"confirm"_s, confirm}},
              [](const ToolCall &) { return u"state-ok"_s; });
    offer.ask(u"test_input_required_result_multiple_inputs"_s, u"Asks three things at once."_s,
              {{u"user_name"_s, whatName},
               {u"greeting"_s, sampling(u"Generate a greeting"_s, 50)},
               {u"client_roots"_s, InputRequest::roots()}},
              [greet](const ToolCall &call) { return greet(call, u"user_name"_s, u"name"_s); });
    offer.tool(
        u"test_input_required_result_multi_round"_s, u"Asks twice."_s,
        [whatName](const ToolCall &call, const ToolAnswer &give) {
            const auto &inputs = call.context.inputs;
            if (!inputs.contains(u"step1"_s))
                return give(InputRequired{{{u"step1"_s, whatName}}, {{u"step"_s, 1}}});
            if (!inputs.contains(u"step2"_s)) {
                return give(InputRequired{
                    {{u"step2"_s,
                      InputRequest::form(u"Step 2: What is your favorite color?"_s, strings({u"color"_s}))}},
                    {{u"step"_s, 2}}});
            }
            give(ToolResult::text(
                u"Two answers after step %1."_s.arg(call.context.state.value("step"_L1).toInt())));
        });
    offer.tool(u"test_input_required_result_capabilities"_s, u"Asks only what the client can answer."_s,
               [whatName](const ToolCall &call, const ToolAnswer &give) {
                   InputRequired ask;
                   if (call.context.client.capabilities.contains(u"sampling"_s))
                       ask.questions.insert(u"sample"_s, sampling(u"Say yes."_s, 10));
                   if (call.context.client.capabilities.contains(u"elicitation"_s))
                       ask.questions.insert(u"user_name"_s, whatName);
                   if (ask.questions.isEmpty() || !call.context.inputs.isEmpty())
                       return give(ToolResult::text(u"Nothing to ask."_s));
                   give(ask);
               });
}

void offerTasks(Offer &offer)
{
    using mcp::TaskSupport;
    const auto later = [](int ms, const std::function<void()> &then) { QTimer::singleShot(ms, qApp, then); };
    const auto approved = [](const ToolCall &call, const QString &question) {
        const auto content = mcp::acceptedIn(call.context, question);
        return content && content->value("confirm"_L1).toBool();
    };
    const QJsonObject confirm = json(R"({"type":"object","properties":{"confirm":{"type":"boolean"}}})");
    offer.tool(
        u"greet"_s, u"Greets."_s,
        [](const ToolCall &call, const ToolAnswer &give) {
            give(ToolResult::text(u"Hello, %1!"_s.arg(call.arguments.value("name"_L1).toString())));
        },
        strings({u"name"_s}));
    offer.tool(
        u"slow_compute"_s, u"Takes the time it is told to."_s,
        [later](const ToolCall &call, const ToolAnswer &give) {
            const int seconds = call.arguments.value("seconds"_L1).toInt();
            if (seconds > 0)
                call.context.becomeTask();
            later(seconds * 1000, [give, label = call.arguments.value("label"_L1).toString()] {
                give(ToolResult::text(u"Computed "_s + label));
            });
        },
        json(R"({"type":"object","properties":{"seconds":{"type":"number"},"label":{"type":"string"}},
            "required":["seconds"]})"),
        TaskSupport::Optional);
    offer.tool(
        u"failing_job"_s, u"Fails after a second."_s,
        [later](const ToolCall &call, const ToolAnswer &give) {
            call.context.becomeTask();
            later(1000, [give] { give(ToolResult::error(u"This job always fails."_s)); });
        },
        emptySchema(), TaskSupport::Required);
    offer.tool(
        u"protocol_error_job"_s, u"Breaks down."_s,
        [later](const ToolCall &call, const ToolAnswer &give) {
            call.context.becomeTask();
            later(100, [give] {
                give(protocol::RpcError{protocol::code::internalError, u"The job broke down."_s, {}});
            });
        },
        emptySchema(), TaskSupport::Optional);
    offer.tool(
        u"confirm_delete"_s, u"Asks before it would delete."_s,
        [approved, confirm](const ToolCall &call, const ToolAnswer &give) {
            call.context.becomeTask();
            if (!call.context.inputs.contains(u"sure"_s))
                return give(InputRequired{{{u"sure"_s, InputRequest::form(u"Really?"_s, confirm)}}, {}});
            give(ToolResult::text(approved(call, u"sure"_s) ? u"Deleted."_s : u"Kept."_s));
        },
        strings({u"filename"_s}), TaskSupport::Optional);
    offer.tool(
        u"multi_input"_s, u"Asks two things at once."_s,
        [confirm](const ToolCall &call, const ToolAnswer &give) {
            call.context.becomeTask();
            if (call.context.inputs.size() < 2) {
                return give(InputRequired{{{u"first"_s, InputRequest::form(u"First?"_s, confirm)},
                                           {u"second"_s, InputRequest::form(u"Second?"_s, confirm)}},
                                          {}});
            }
            give(ToolResult::text(u"Both are answered."_s));
        },
        emptySchema(), TaskSupport::Optional);
    offer.tool(
        u"test_tool_with_task"_s, u"Asks, and goes on without its client waiting."_s,
        [later](const ToolCall &call, const ToolAnswer &give) {
            if (!call.context.inputs.contains(u"user_name"_s)) {
                return give(InputRequired{
                    {{u"user_name"_s, InputRequest::form(u"What is your name?"_s, strings({u"name"_s}))}},
                    {}});
            }
            call.context.becomeTask();
            const QString name = mcp::acceptedIn(call.context, u"user_name"_s)
                                     .value_or(QJsonObject())
                                     .value("name"_L1)
                                     .toString();
            later(200, [give, name] { give(ToolResult::text(u"Hello, %1!"_s.arg(name))); });
        },
        emptySchema(), TaskSupport::Required);
}

void offerSchemas(Offer &offer)
{
    offer.tool(
        u"json_schema_2020_12_tool"_s, u"Tool with JSON Schema 2020-12 features"_s,
        [](const ToolCall &, const ToolAnswer &give) { give(ToolResult::text(u"Taken."_s)); }, json(R"({
            "$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
            "$defs":{"address":{"$anchor":"addressDef","type":"object",
                "properties":{"street":{"type":"string"},"city":{"type":"string"}}}},
            "properties":{"name":{"type":"string"},"address":{"$ref":"#/$defs/address"},
                "contactMethod":{"type":"string","enum":["phone","email"]},
                "phone":{"type":"string"},"email":{"type":"string"}},
            "allOf":[{"anyOf":[{"required":["phone"]},{"required":["email"]}]}],
            "if":{"properties":{"contactMethod":{"const":"phone"}},"required":["contactMethod"]},
            "then":{"required":["phone"]},"else":{"required":["email"]},"additionalProperties":false})"));
    offer.tool(
        u"test_header_parameter"_s, u"Takes an argument that a header repeats."_s,
        [](const ToolCall &call, const ToolAnswer &give) {
            give(ToolResult::text(u"In "_s + call.arguments.value("region"_L1).toString()));
        },
        json(R"({"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"},
            "limit":{"type":"integer","x-mcp-header":"Limit"}},"required":["region"]})"));
}

void resource(mcp::Features &features, const QString &uri, const QString &name, const QString &mimeType,
              const std::variant<QString, QByteArray> &data)
{
    mcp::Resource made;
    made.uri = uri;
    made.name = name;
    made.description = u"For the conformance tests."_s;
    made.mimeType = mimeType;
    made.handler = [=](const mcp::ResourceRead &, const mcp::ReadAnswer &give) {
        give(QList<mcp::ResourceContents>{{uri, mimeType, data}});
    };
    if (!features.addResource(made))
        qFatal("The resource %s could not be added", qPrintable(uri));
}

void offerResources(mcp::Features &features)
{
    resource(features, u"test://static-text"_s, u"Static text"_s, u"text/plain"_s,
             u"This is the content of the static text resource."_s);
    resource(features, u"test://static-binary"_s, u"Static image"_s, u"image/png"_s, redPixel);
    resource(features, u"test://watched-resource"_s, u"Watched"_s, u"text/plain"_s,
             u"This is a resource that can be subscribed to."_s);
    mcp::ResourceTemplate made;
    made.uriTemplate = u"test://template/{id}/data"_s;
    made.name = u"Template"_s;
    made.description = u"One resource per id."_s;
    made.mimeType = u"application/json"_s;
    made.handler = [](const mcp::ResourceRead &read, const mcp::ReadAnswer &give) {
        const QString id = read.variables.value(u"id"_s);
        give(QList<mcp::ResourceContents>{
            {read.uri,
             {},
             QString::fromUtf8(base::writeJson(QJsonObject{
                 {u"id"_s, id}, {u"templateTest"_s, true}, {u"data"_s, u"Data for ID: "_s + id}}))}});
    };
    made.completers.insert(u"id"_s, [](const mcp::CompletionCall &, const mcp::CompletionAnswer &give) {
        give({u"123"_s, u"456"_s});
    });
    if (!features.addTemplate(made))
        qFatal("The template could not be added");
}

void prompt(mcp::Features &features, const QString &name, const QList<mcp::PromptArgument> &arguments,
            const std::function<mcp::PromptOutcome(const mcp::PromptCall &)> &make)
{
    mcp::Prompt made;
    made.name = name;
    made.description = u"For the conformance tests."_s;
    made.arguments = arguments;
    made.handler = [make](const mcp::PromptCall &call, const mcp::PromptAnswer &give) { give(make(call)); };
    if (!features.addPrompt(made))
        qFatal("The prompt %s could not be added", qPrintable(name));
}

mcp::PromptResult say(const QList<QJsonObject> &contents)
{
    mcp::PromptResult result;
    for (const QJsonObject &content : contents)
        result.messages.append({mcp::PromptMessage::Role::User, content});
    return result;
}

void offerPrompts(mcp::Features &features)
{
    using namespace mcp::content;
    const auto complete = [](const mcp::CompletionCall &call, const mcp::CompletionAnswer &give) {
        QStringList fitting;
        for (const auto &value : {u"paris"_s, u"park"_s, u"party"_s, u"test value"_s}) {
            if (value.startsWith(call.value))
                fitting.append(value);
        }
        give(fitting);
    };
    prompt(features, u"test_simple_prompt"_s, {},
           [](const mcp::PromptCall &) { return say({text(u"This is a simple prompt for testing."_s)}); });
    prompt(features, u"test_prompt_with_arguments"_s,
           {{u"arg1"_s, {}, u"First test argument"_s, true, complete},
            {u"arg2"_s, {}, u"Second test argument"_s, true}},
           [](const mcp::PromptCall &call) {
               return say({text(u"Prompt with arguments: arg1='%1', arg2='%2'"_s.arg(
                   call.arguments.value(u"arg1"_s), call.arguments.value(u"arg2"_s)))});
           });
    prompt(features, u"test_prompt_with_embedded_resource"_s,
           {{u"resourceUri"_s, {}, u"URI of the resource to embed"_s, true}},
           [](const mcp::PromptCall &call) {
               return say({embedded({call.arguments.value(u"resourceUri"_s), u"text/plain"_s,
                                     u"Embedded resource content for testing."_s}),
                           text(u"Please process the embedded resource above."_s)});
           });
    prompt(features, u"test_prompt_with_image"_s, {}, [](const mcp::PromptCall &) {
        return say({image(redPixel, u"image/png"_s), text(u"Please analyze the image above."_s)});
    });
    prompt(features, u"test_input_required_result_prompt"_s, {},
           [](const mcp::PromptCall &call) -> mcp::PromptOutcome {
               const auto given = mcp::acceptedIn(call.context, u"user_context"_s);
               if (!given) {
                   return InputRequired{{{u"user_context"_s,
                                          InputRequest::form(u"What context should the prompt use?"_s,
                                                             strings({u"context"_s}))}},
                                        {}};
               }
               return say({text(u"In the context of "_s + given->value("context"_L1).toString())});
           });
}

} // namespace

void offerEverything(mcp::Features &features)
{
    Offer offer{features};
    offerContent(offer);
    offerWork(offer);
    offerQuestions(offer);
    offerTasks(offer);
    offerSchemas(offer);
    offerResources(features);
    offerPrompts(features);
}

} // namespace gatehouse::test
