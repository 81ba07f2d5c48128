// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/documenttools.h"

#include "base/jsonwriter.h"
#include "protocol/jsonrpc.h"
#include "tools/documentaccess.h"

#include <QDateTime>

#include <initializer_list>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::tools {

namespace {

using Limits = store::DocumentLimits;
template <typename T> using Made = base::Expected<T, store::Fault>;

const QString uriStart = u"documents://"_s;

QString written(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms).toUTC().toString(Qt::ISODateWithMs);
}

QJsonObject textOf(qsizetype longest, const QString &description = {})
{
    QJsonObject schema{{u"type"_s, u"string"_s}, {u"maxLength"_s, qint64(longest)}};
    if (!description.isEmpty())
        schema.insert(u"description"_s, description);
    return schema;
}

QJsonObject objectOf(const QJsonObject &properties, const QStringList &required, bool isClosed = true)
{
    QJsonObject schema{{u"type"_s, u"object"_s}, {u"properties"_s, properties}};
    if (!required.isEmpty())
        schema.insert(u"required"_s, QJsonArray::fromStringList(required));
    if (isClosed)
        schema.insert(u"additionalProperties"_s, false);
    return schema;
}

const QJsonObject &idSchema()
{
    static const QJsonObject schema
        = textOf(100, u"As get-documents, search-documents or create-document give it"_s);
    return schema;
}

const QJsonObject &time()
{
    static const QJsonObject schema{{u"type"_s, u"string"_s}, {u"format"_s, u"date-time"_s}};
    return schema;
}

QJsonObject listOf(const QJsonObject &more, const QStringList &required)
{
    const QJsonObject text{{u"type"_s, u"string"_s}};
    QJsonObject each{{u"id"_s, text}, {u"title"_s, text}, {u"updatedAt"_s, time()}};
    for (auto one = more.begin(); one != more.end(); ++one)
        each.insert(one.key(), one.value());
    return {{u"type"_s, u"array"_s},
            {u"items"_s, objectOf(each, QStringList{u"id"_s, u"title"_s, u"updatedAt"_s} + required)}};
}

QJsonObject idOnly()
{
    return objectOf({{u"id"_s, QJsonObject{{u"type"_s, u"string"_s}}}}, {u"id"_s});
}

/// The members that lists have of each.
void write(base::JsonWriter &out, const store::Document &document)
{
    out.member("id"_L1, QStringView(document.id));
    out.member("title"_L1, QStringView(document.title));
    out.member("updatedAt"_L1, QStringView(written(document.updatedAt)));
}

QByteArray pageOf(const store::DocumentPage &page)
{
    base::JsonWriter out;
    out.beginObject();
    out.name("documents"_L1);
    out.beginArray();
    for (const store::Document &document : page.documents) {
        out.beginObject();
        write(out, document);
        out.endObject();
    }
    out.endArray();
    if (!page.next.isEmpty())
        out.member("nextCursor"_L1, QStringView(page.next));
    out.endObject();
    return out.take();
}

QByteArray hitsOf(const store::DocumentHits &hits)
{
    base::JsonWriter out;
    out.beginObject();
    out.name("documents"_L1);
    out.beginArray();
    for (const store::DocumentHit &hit : hits.hits) {
        out.beginObject();
        write(out, hit.document);
        out.member("excerpt"_L1, QStringView(hit.excerpt));
        out.endObject();
    }
    out.endArray();
    out.member("hasMore"_L1, hits.hasMore);
    out.endObject();
    return out.take();
}

QByteArray wholeOf(const store::Document &document)
{
    base::JsonWriter out;
    out.beginObject();
    write(out, document);
    out.member("createdAt"_L1, QStringView(written(document.createdAt)));
    out.member("text"_L1, QStringView(document.text));
    out.endObject();
    return out.take();
}

QByteArray idOf(const store::Document &document)
{
    base::JsonWriter out;
    out.beginObject();
    out.member("id"_L1, QStringView(document.id));
    out.endObject();
    return out.take();
}

/// Answers a call with what the store answers, as `write` puts it.
template <typename T>
std::function<void(const Made<T> &)> answering(mcp::ToolAnswer answer, QByteArray (*write)(const T &))
{
    return [answer = std::move(answer), write](const Made<T> &made) {
        answer(made ? mcp::ToolResult::vouched(write(*made))
                    : mcp::ToolResult::error(sentenceOf(made.error())));
    };
}

store::Database::IsWanted isWanted(const mcp::Context &context)
{
    return [context] { return !context.isCancelled(); };
}

using Act = std::function<void(const store::OrganizationDocuments &, const mcp::ToolCall &,
                               const mcp::ToolAnswer &)>;

std::function<void(const mcp::ToolCall &, mcp::ToolAnswer)> handler(const DocumentStore &store,
                                                                    DocumentUse use, Act act)
{
    return [store, use, act = std::move(act)](const mcp::ToolCall &call, const mcp::ToolAnswer &answer) {
        const auto open = documentsFor(store, call.caller, use);
        if (!open)
            return answer(mcp::ToolResult::error(open.error()));
        act(open->documents, call, answer);
    };
}

/// What all six have.
mcp::Tool tool(const QString &name, const QString &title, const QString &description,
               const QJsonObject &input, const QJsonObject &output, const QJsonObject &hints = {})
{
    mcp::Tool made;
    made.name = name;
    made.title = title;
    made.description = description;
    made.inputSchema = input;
    made.outputSchema = output;
    made.annotations = hints;
    made.annotations.insert(u"openWorldHint"_s, false);
    return made;
}

mcp::Tool listTool(const DocumentStore &store)
{
    mcp::Tool made = tool(
        u"get-documents"_s, u"Get documents"_s,
        u"Lists the documents of your organization, newest first. Where nextCursor is given there are more."_s,
        objectOf({{u"cursor"_s, textOf(200, u"nextCursor of the page before"_s)}}, {}),
        objectOf({{u"documents"_s, listOf({}, {})}, {u"nextCursor"_s, QJsonObject{{u"type"_s, u"string"_s}}}},
                 {u"documents"_s}),
        {{u"readOnlyHint"_s, true}});
    made.handler
        = handler(store, DocumentUse::Read, [](const auto &documents, const auto &call, const auto &answer) {
              documents.list(call.arguments.value("cursor"_L1).toString(),
                             answering<store::DocumentPage>(answer, pageOf), isWanted(call.context));
          });
    return made;
}

mcp::Tool getTool(const DocumentStore &store)
{
    const QJsonObject text{{u"type"_s, u"string"_s}};
    mcp::Tool made
        = tool(u"get-document"_s, u"Get a document"_s, u"Reads one document of your organization."_s,
               objectOf({{u"id"_s, idSchema()}}, {u"id"_s}),
               objectOf({{u"id"_s, text},
                         {u"title"_s, text},
                         {u"text"_s, text},
                         {u"createdAt"_s, time()},
                         {u"updatedAt"_s, time()}},
                        {u"id"_s, u"title"_s, u"text"_s, u"createdAt"_s, u"updatedAt"_s}),
               {{u"readOnlyHint"_s, true}});
    made.handler
        = handler(store, DocumentUse::Read, [](const auto &documents, const auto &call, const auto &answer) {
              documents.get(call.arguments.value("id"_L1).toString(),
                            answering<store::Document>(answer, wholeOf), isWanted(call.context));
          });
    return made;
}

mcp::Tool createTool(const DocumentStore &store)
{
    mcp::Tool made = tool(
        u"create-document"_s, u"Create a document"_s, u"Adds a document to those of your organization."_s,
        objectOf({{u"title"_s, textOf(Limits::titleLength)}, {u"text"_s, textOf(Limits::textLength)}},
                 {u"title"_s, u"text"_s}),
        idOnly(), {{u"readOnlyHint"_s, false}, {u"destructiveHint"_s, false}});
    made.handler
        = handler(store, DocumentUse::Write, [](const auto &documents, const auto &call, const auto &answer) {
              documents.create(call.arguments.value("title"_L1).toString(),
                               call.arguments.value("text"_L1).toString(),
                               answering<store::Document>(answer, idOf), isWanted(call.context));
          });
    return made;
}

mcp::Tool updateTool(const DocumentStore &store)
{
    mcp::Tool made = tool(
        u"update-document"_s, u"Update a document"_s,
        u"Changes the title, the text or both of a document of your organization; what is not given stays."_s,
        objectOf({{u"id"_s, idSchema()},
                  {u"title"_s, textOf(Limits::titleLength)},
                  {u"text"_s, textOf(Limits::textLength)}},
                 {u"id"_s}),
        idOnly(), {{u"readOnlyHint"_s, false}, {u"destructiveHint"_s, true}, {u"idempotentHint"_s, true}});
    made.handler
        = handler(store, DocumentUse::Write, [](const auto &documents, const auto &call, const auto &answer) {
              store::OrganizationDocuments::Edit edit;
              if (const QJsonValue title = call.arguments.value("title"_L1); title.isString())
                  edit.title = title.toString();
              if (const QJsonValue text = call.arguments.value("text"_L1); text.isString())
                  edit.text = text.toString();
              documents.update(call.arguments.value("id"_L1).toString(), edit,
                               answering<store::Document>(answer, idOf), isWanted(call.context));
          });
    return made;
}

mcp::Tool deleteTool(const DocumentStore &store)
{
    mcp::Tool made = tool(u"delete-document"_s, u"Delete a document"_s,
                          u"Deletes a document of your organization, for good."_s,
                          objectOf({{u"id"_s, idSchema()}}, {u"id"_s}), idOnly(),
                          {{u"readOnlyHint"_s, false}, {u"destructiveHint"_s, true}});
    made.handler
        = handler(store, DocumentUse::Write, [](const auto &documents, const auto &call, const auto &answer) {
              documents.remove(call.arguments.value("id"_L1).toString(),
                               answering<store::Document>(answer, idOf), isWanted(call.context));
          });
    return made;
}

mcp::Tool searchTool(const DocumentStore &store)
{
    mcp::Tool made
        = tool(u"search-documents"_s, u"Search documents"_s,
               u"Finds the documents of your organization that have all words of the query in title or text, "
               u"each as the "
               "beginning of a word; newest first."_s,
               objectOf({{u"query"_s, textOf(Limits::queryLength)}}, {u"query"_s}),
               objectOf({{u"documents"_s,
                          listOf({{u"excerpt"_s, QJsonObject{{u"type"_s, u"string"_s}}}}, {u"excerpt"_s})},
                         {u"hasMore"_s, QJsonObject{{u"type"_s, u"boolean"_s}}}},
                        {u"documents"_s, u"hasMore"_s}),
               {{u"readOnlyHint"_s, true}});
    made.handler
        = handler(store, DocumentUse::Read, [](const auto &documents, const auto &call, const auto &answer) {
              documents.search(call.arguments.value("query"_L1).toString(),
                               answering<store::DocumentHits>(answer, hitsOf), isWanted(call.context));
          });
    return made;
}

mcp::ReadOutcome readOf(const QString &uri, const Made<store::Document> &made)
{
    if (made)
        return QList<mcp::ResourceContents>{{uri, u"text/plain"_s, made->text}};
    if (made.error().kind == store::Fault::Kind::NotFound)
        return mcp::NotFound();
    return protocol::RpcError{protocol::code::internalError, sentenceOf(made.error()), {}};
}

mcp::Resource resourceOf(const store::Document &document)
{
    mcp::Resource made;
    made.uri = documentUri(document.id);
    made.name = made.title = document.title;
    made.mimeType = u"text/plain"_s;
    made.annotations = {{u"lastModified"_s, written(document.updatedAt)}};
    return made;
}

void list(const DocumentStore &store, const mcp::ResourceListCall &call,
          const mcp::ResourceListAnswer &answer)
{
    const auto open = documentsFor(store, call.caller, DocumentUse::Read);
    if (!open) // Whoever may read none has none.
        return answer(mcp::ResourceListPage());
    open->documents.list(call.cursor, [answer](const Made<store::DocumentPage> &page) {
        if (!page) {
            const bool isAsked = page.error().kind == store::Fault::Kind::Unfit;
            return answer(
                protocol::RpcError{isAsked ? protocol::code::invalidParams : protocol::code::internalError,
                                   sentenceOf(page.error()),
                                   {}});
        }
        mcp::ResourceListPage made;
        made.next = page->next;
        for (const store::Document &document : page->documents)
            made.resources.append(resourceOf(document));
        answer(made);
    });
}

} // namespace

QString documentUri(const QString &id)
{
    return uriStart + id;
}

QList<mcp::Tool> documentTools(const DocumentStore &documents)
{
    return {listTool(documents),   getTool(documents),    createTool(documents),
            updateTool(documents), deleteTool(documents), searchTool(documents)};
}

mcp::ResourceTemplate documentResources(const DocumentStore &documents)
{
    mcp::ResourceTemplate made;
    made.uriTemplate = documentUri(u"{id}"_s);
    made.name = u"document"_s;
    made.title = u"Document"_s;
    made.description = u"A document of your organization"_s;
    made.mimeType = u"text/plain"_s;
    made.handler = [documents](const mcp::ResourceRead &read, const mcp::ReadAnswer &answer) {
        const auto open = documentsFor(documents, read.caller, DocumentUse::Read);
        if (!open)
            return answer(protocol::RpcError{protocol::code::invalidRequest, open.error(), {}});
        open->documents.get(
            read.variables.value(u"id"_s),
            [answer, uri = read.uri](const Made<store::Document> &found) { answer(readOf(uri, found)); },
            isWanted(read.context));
    };
    made.completers.insert(u"id"_s,
                           [documents](const mcp::CompletionCall &call, const mcp::CompletionAnswer &answer) {
                               const auto open = documentsFor(documents, call.caller, DocumentUse::Read);
                               if (!open)
                                   return answer({});
                               open->documents.complete(call.value, [answer](const Made<QStringList> &ids) {
                                   answer(ids.value_or(QStringList()));
                               });
                           });
    made.lister = [documents](const mcp::ResourceListCall &call, const mcp::ResourceListAnswer &answer) {
        list(documents, call, answer);
    };
    return made;
}

} // namespace gatehouse::tools
