// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/methods.h"

#include "base/base64url.h"
#include "base/logging.h"
#include "mcp/handlercall.h"
#include "mcp/present.h"
#include "protocol/jsonrpc.h"
#include "protocol/methodtable.h"
#include "schema/schema.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace gatehouse::mcp {

namespace {

constexpr int ttlMs = 300'000; ///< Of lists; whoever needs to know sooner listens.
constexpr qsizetype completedValues = 100; ///< MCP "Completion": no more than that.

protocol::RpcError badParams(const QString &text, const QJsonObject &data = {})
{
    return {protocol::code::invalidParams, text, data};
}

protocol::RpcError noSuchResource(const Operation &operation, const QString &uri)
{
    return {operation.isModern() ? protocol::code::invalidParams : protocol::code::legacyResourceNotFound,
            u"There is no such resource."_s,
            {{u"uri"_s, uri}}};
}

/// Cursors name the list and the last thing that was shown of it.
QString cursorOf(const QString &method, int last)
{
    return QString::fromLatin1(base::toBase64Url((method + u' ' + QString::number(last)).toUtf8()));
}

/// Where the list goes on, or nullopt for what is no cursor of this list.
std::optional<int> placeOf(const QJsonValue &cursor, const QString &method)
{
    if (cursor.isUndefined())
        return 0;
    const QByteArray text = base::fromBase64Url(cursor.toString().toUtf8()).value_or(QByteArray());
    const QByteArray start = method.toUtf8() + ' ';
    bool isNumber = false;
    const int last = text.mid(start.size()).toInt(&isNumber);
    if (!cursor.isString() || !text.startsWith(start) || !isNumber || last < 1)
        return std::nullopt;
    return last;
}

/// The same for a place among the resources of a template.
QString cursorOf(const QString &method, int number, const QString &cursor)
{
    return QString::fromLatin1(base::toBase64Url((method + u" @%1 "_s.arg(number) + cursor).toUtf8()));
}

/// The members of an object whose values are all texts; nullopt for anything else.
std::optional<QHash<QString, QString>> textsOf(const QJsonValue &value)
{
    QHash<QString, QString> texts;
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (!it->isString())
            return std::nullopt;
        texts.insert(it.key(), it->toString());
    }
    return value.isUndefined() || value.isObject() ? std::optional(texts) : std::nullopt;
}

/// What a result lacks of the shape that its tool declares (MCP "Structured Content"); empty if nothing.
QString outputFault(const ServedTool &tool, const ToolResult &result)
{
    if (!tool.output || result.isError || result.isVouched)
        return {};
    if (!result.structuredContent)
        return u"declares an outputSchema and gave no structured content"_s;
    const schema::Schema::Judgement judged = tool.output->judge(*result.structuredContent);
    return judged.verdict == schema::Schema::Verdict::Valid
        ? QString()
        : u"broke its outputSchema: "_s + judged.text(u"the result"_s);
}

protocol::RpcError failedAtThis()
{
    return {protocol::code::internalError, u"The server failed at this."_s, {}};
}

/// Calls a handler until it has no more questions, and ends the operation with its answer. `present` makes
/// the result of it.
template <typename Result, typename... Others, typename Call>
void work(
    const std::shared_ptr<Operation> &operation,
    const std::function<void(const Call &, std::function<void(std::variant<Result, Others...>)>)> &handler,
    Call call, const std::function<void(Operation &, const Result &)> &present)
{
    using Answer = std::variant<Result, Others...>;
    const auto answer = answerOnce<Answer>(
        operation->invoker(), [=, weak = std::weak_ptr(operation)](const std::optional<Answer> &given) {
            const auto alive = weak.lock();
            if (!alive)
                return;
            if (!given)
                return alive->fail(
                    {protocol::code::internalError, u"The server gave no answer to this."_s, {}});
            if (const auto *result = std::get_if<Result>(&*given))
                return present(*alive, *result);
            if (const auto *error = std::get_if<protocol::RpcError>(&*given))
                return alive->fail(*error);
            if (const auto *ask = std::get_if<InputRequired>(&*given)) {
                return alive->ask(*ask, call.context, [=](const Context &context) {
                    Call again = call;
                    again.context = context;
                    if (const auto still = weak.lock())
                        work(still, handler, again, present);
                });
            }
            if constexpr ((std::is_same_v<Others, NotFound> || ...))
                alive->fail(noSuchResource(*alive, call.uri));
        });
    if (!callHandler([&] { handler(call, answer); }))
        answer(failedAtThis());
}

} // namespace

void makeCacheable(QJsonObject &result, const Caller &caller)
{
    result.insert(u"ttlMs"_s, ttlMs);
    // What was given to somebody who signed in is for nobody else's eyes.
    result.insert(u"cacheScope"_s, caller.authenticated ? u"private"_s : u"public"_s);
}

QJsonObject Methods::capabilities(protocol::Era era) const
{
    const QJsonObject changes{{u"listChanged"_s, true}};
    QJsonObject all{{u"tools"_s, changes}, {u"logging"_s, QJsonObject()}};
    if (m_features->offersPrompts())
        all.insert(u"prompts"_s, changes);
    if (m_features->offersResources())
        all.insert(u"resources"_s, QJsonObject{{u"listChanged"_s, true}, {u"subscribe"_s, true}});
    if (m_features->offersCompletion())
        all.insert(u"completions"_s, QJsonObject());
    if (m_features->offersTasks() && era == protocol::Era::Modern)
        all.insert(u"extensions"_s, QJsonObject{{protocol::extension::tasks, QJsonObject()}});
    return all;
}

void Methods::answer(const Shared &operation) const
{
    using Id = protocol::MethodId;
    const Features &offered = *m_features;
    const protocol::Method *method = operation->knownMethod();
    const auto isOne = [method](Id id) { return method && method->id == id; };
    if (isOne(Id::ListTools))
        list(operation, u"tools"_s, offered.tools());
    else if (isOne(Id::CallTool))
        callTool(operation);
    else if (isOne(Id::ListResources) && offered.offersResources())
        listResources(operation);
    else if (isOne(Id::ListTemplates) && offered.offersResources())
        list(operation, u"resourceTemplates"_s, offered.templates());
    else if (isOne(Id::ReadResource) && offered.offersResources())
        readResource(operation);
    else if (isOne(Id::ListPrompts) && offered.offersPrompts())
        list(operation, u"prompts"_s, offered.prompts());
    else if (isOne(Id::GetPrompt) && offered.offersPrompts())
        getPrompt(operation);
    else if (isOne(Id::Complete) && offered.offersCompletion())
        complete(operation);
    else
        operation->noSuchMethod();
}

template <typename T>
void Methods::list(const Shared &operation, const QString &member, const Registry<T> &shelf) const
{
    const auto after = placeOf(operation->params().value("cursor"_L1), operation->method());
    if (!after)
        return operation->fail(badParams(u"The cursor is not one of this list."_s));
    const auto page = shelf.page(*after, m_pageSize, [&](const T &thing) {
        return m_features->shows(needsOf(thing), operation->allows());
    });
    QJsonArray shown;
    for (const auto &thing : page.things)
        shown.append(present(*thing, operation->revision()));
    QJsonObject result{{member, shown}};
    if (page.last)
        result.insert(u"nextCursor"_s, cursorOf(operation->method(), *page.last));
    if (operation->isModern())
        makeCacheable(result, operation->caller());
    operation->succeed(result);
}

void Methods::giveResources(Operation &operation, const QJsonArray &shown, const QString &nextCursor) const
{
    QJsonObject result{{u"resources"_s, shown}};
    if (!nextCursor.isEmpty())
        result.insert(u"nextCursor"_s, nextCursor);
    if (operation.isModern())
        makeCacheable(result, operation.caller());
    operation.succeed(result);
}

std::optional<Methods::ListerPlace> Methods::nextLister(int after, const Allows &allows) const
{
    const auto &all = m_features->templates().all();
    for (auto it = all.upper_bound(after); it != all.end(); ++it) {
        if (it->second->lister && fulfils(allows, it->second->needs))
            return ListerPlace{it->first};
    }
    return std::nullopt;
}

/// The resources that are there for all, then those that templates have for this caller.
void Methods::listResources(const Shared &operation) const
{
    const QJsonValue cursor = operation->params().value("cursor"_L1);
    const QString text
        = QString::fromUtf8(base::fromBase64Url(cursor.toString().toUtf8()).value_or(QByteArray()));
    if (const QString start = operation->method() + u" @"_s; text.startsWith(start)) {
        bool isNumber = false;
        const int number = text.mid(start.size()).section(u' ', 0, 0).toInt(&isNumber);
        const auto place = isNumber ? nextLister(number - 1, operation->allows()) : std::nullopt;
        if (!place || place->number != number) // It may be gone meanwhile, too.
            return operation->fail(badParams(u"The cursor is not one of this list."_s));
        return listOf(operation, {}, {number, text.mid(start.size()).section(u' ', 1)});
    }
    const auto after = placeOf(cursor, operation->method());
    if (!after)
        return operation->fail(badParams(u"The cursor is not one of this list."_s));
    const auto page = m_features->resources().page(*after, m_pageSize, [&](const Resource &resource) {
        return m_features->shows(resource.needs, operation->allows());
    });
    QJsonArray shown;
    for (const auto &resource : page.things)
        shown.append(present(*resource, operation->revision()));
    if (page.last)
        return giveResources(*operation, shown, cursorOf(operation->method(), *page.last));
    const auto place = nextLister(0, operation->allows());
    if (!place)
        return giveResources(*operation, shown, {});
    listOf(operation, shown, *place);
}

void Methods::listOf(const Shared &operation, const QJsonArray &before, const ListerPlace &place) const
{
    const auto answer = answerOnce<ResourceListOutcome>(
        operation->invoker(),
        [this, before, place,
         weak = std::weak_ptr(operation)](const std::optional<ResourceListOutcome> &given) {
            const auto alive = weak.lock(); // And with it what `this` belongs to.
            if (!alive)
                return;
            const auto *page = given ? std::get_if<ResourceListPage>(&*given) : nullptr;
            if (!page
                && !before.isEmpty()) // What there is for all is given; the next page says what is wrong.
                return giveResources(*alive, before, cursorOf(alive->method(), place.number, place.cursor));
            if (!page)
                return alive->fail(given ? std::get<protocol::RpcError>(*given) : failedAtThis());
            QJsonArray shown = before;
            for (const Resource &resource : page->resources)
                shown.append(present(resource, alive->revision()));
            const auto next = page->next.isEmpty() ? nextLister(place.number, alive->allows())
                                                   : ListerPlace{place.number, page->next};
            giveResources(*alive, shown,
                          next ? cursorOf(alive->method(), next->number, next->cursor) : QString());
        });
    const auto resources = m_features->templates().all().at(place.number);
    if (!callHandler([&] { resources->lister({place.cursor, operation->caller()}, answer); }))
        answer(failedAtThis());
}

void Methods::callTool(const Shared &operation) const
{
    const QJsonValue name = operation->params().value("name"_L1);
    const QJsonValue arguments = operation->params().value("arguments"_L1);
    const auto tool = name.isString() ? m_features->tools().find(name.toString()) : nullptr;
    if (!tool)
        return operation->fail(badParams(u"There is no such tool."_s));
    if (!arguments.isUndefined() && !arguments.isObject())
        return operation->fail(badParams(u"arguments must be an object."_s));
    if (operation->isModern()) {
        const QString fault = protocol::judgeParameters(tool->headerParameters, arguments.toObject(),
                                                        operation->headerParameters());
        if (!fault.isEmpty())
            return operation->fail({protocol::code::headerMismatch, fault, {}}, 400);
    }
    if (tool->tasks == TaskSupport::Required && !operation->client().knowsTasks())
        return operation->failForLackOf(
            {{u"extensions"_s, QJsonObject{{protocol::extension::tasks, QJsonObject()}}}});
    if (tool->tasks != TaskSupport::None)
        operation->allowTask();
    const auto context = operation->context();
    if (!context)
        return operation->fail(context.error());
    const schema::Schema::Judgement judged = tool->input.judge(arguments.toObject());
    if (judged.verdict != schema::Schema::Verdict::Valid) {
        // A model can mend its call when it sees what is wrong with it (2025-11-25, SEP-1303); clients before
        // take it as an error of the protocol.
        const QString text = judged.text(u"arguments"_s);
        if (operation->revision() < "2025-11-25"_L1)
            return operation->fail(badParams(text));
        return operation->give(ToolResult::error(text));
    }
    work<ToolResult>(operation, tool->handler,
                     ToolCall{tool->name, arguments.toObject(), operation->caller(), *context},
                     [tool](Operation &done, const ToolResult &result) {
                         if (const QString fault = outputFault(*tool, result); !fault.isEmpty()) {
                             qCWarning(base::lcMcp).noquote() << "The tool" << tool->name << fault;
                             return done.fail({protocol::code::internalError,
                                               u"The tool did not answer in the form that it declares."_s,
                                               {}});
                         }
                         done.give(result);
                     });
}

void Methods::readResource(const Shared &operation) const
{
    const QJsonValue uri = operation->params().value("uri"_L1);
    if (!uri.isString())
        return operation->fail(badParams(u"uri must be a string."_s));
    const Features::Found found = m_features->findResource(uri.toString());
    if (!found.handler)
        return operation->fail(noSuchResource(*operation, uri.toString()));
    const auto context = operation->context();
    if (!context)
        return operation->fail(context.error());
    work<QList<ResourceContents>>(
        operation, found.handler,
        ResourceRead{uri.toString(), found.variables, operation->caller(), *context},
        [uri = uri.toString(), mimeType = found.mimeType](Operation &done,
                                                          const QList<ResourceContents> &contents) {
            QJsonArray shown;
            for (ResourceContents one : contents) {
                if (one.uri.isEmpty())
                    one.uri = uri;
                if (one.mimeType.isEmpty())
                    one.mimeType = mimeType;
                shown.append(one.toJson());
            }
            QJsonObject result{{u"contents"_s, shown}};
            if (done.isModern())
                makeCacheable(result, done.caller());
            done.succeed(result);
        });
}

void Methods::getPrompt(const Shared &operation) const
{
    const QJsonValue name = operation->params().value("name"_L1);
    const auto prompt = name.isString() ? m_features->prompts().find(name.toString()) : nullptr;
    if (!prompt)
        return operation->fail(badParams(u"There is no such prompt."_s));
    const auto arguments = textsOf(operation->params().value("arguments"_L1));
    if (!arguments)
        return operation->fail(badParams(u"arguments must be an object of strings."_s));
    for (const PromptArgument &argument : prompt->arguments) {
        if (argument.required && !arguments->contains(argument.name))
            return operation->fail(badParams(u"The argument %1 is missing."_s.arg(argument.name)));
    }
    const auto context = operation->context();
    if (!context)
        return operation->fail(context.error());
    work<PromptResult>(
        operation, prompt->handler, PromptCall{prompt->name, *arguments, operation->caller(), *context},
        [](Operation &done, const PromptResult &result) { done.succeed(present(result, done.revision())); });
}

void Methods::complete(const Shared &operation) const
{
    const QJsonObject ref = operation->params().value("ref"_L1).toObject();
    const QJsonObject argument = operation->params().value("argument"_L1).toObject();
    const QJsonValue name = argument.value("name"_L1);
    const QJsonValue value = argument.value("value"_L1);
    const auto others = textsOf(operation->params().value("context"_L1).toObject().value("arguments"_L1));
    if (!name.isString() || !value.isString() || !others)
        return operation->fail(badParams(u"argument needs a name and a value, both strings."_s));
    Completer completer;
    bool isKnown = false;
    if (ref.value("type"_L1) == QJsonValue(u"ref/prompt"_s)) {
        const auto prompt = m_features->prompts().find(ref.value("name"_L1).toString());
        for (const PromptArgument &one : prompt ? prompt->arguments : QList<PromptArgument>()) {
            if (one.name == name.toString()) {
                isKnown = true;
                completer = one.completer;
            }
        }
    } else if (ref.value("type"_L1) == QJsonValue(u"ref/resource"_s)) {
        const auto resources = m_features->templates().find(ref.value("uri"_L1).toString());
        isKnown = resources
            && UriTemplate::read(resources->uriTemplate)
                   .value_or(UriTemplate())
                   .variables()
                   .contains(name.toString());
        if (isKnown)
            completer = resources->completers.value(name.toString());
    }
    if (!isKnown)
        return operation->fail(badParams(u"There is no such prompt or template with that argument."_s));
    const auto answer = answerOnce<QStringList>(
        operation->invoker(), [weak = std::weak_ptr(operation)](const std::optional<QStringList> &given) {
            const QStringList values = given.value_or(QStringList());
            QJsonObject completion{{u"values"_s, QJsonArray::fromStringList(values.mid(0, completedValues))},
                                   {u"total"_s, values.size()},
                                   {u"hasMore"_s, values.size() > completedValues}};
            if (const auto alive = weak.lock())
                alive->succeed({{u"completion"_s, completion}});
        });
    if (!completer)
        return answer({});
    if (!callHandler([&] {
            completer({name.toString(), value.toString(), *others, operation->caller()}, answer);
        }))
        operation->fail(failedAtThis());
}

} // namespace gatehouse::mcp
