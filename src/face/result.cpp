// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "mcp/content.h"
#include "mcp/context.h"
#include "mcp/tool.h"

#include <Gatehouse/result.h>

using namespace Qt::StringLiterals;
using namespace gatehouse;

namespace Gatehouse {

namespace {

Question questionOf(const mcp::InputRequest &request)
{
    return {request.method, request.params};
}

Result ofContent(const QJsonObject &block)
{
    Result result;
    result.content.append(block);
    return result;
}

QJsonArray messagesOf(const QString &role, const Result &result)
{
    QJsonArray messages;
    const auto add = [&](const QJsonValue &block) {
        messages.append(QJsonObject{{u"role"_s, role}, {u"content"_s, block}});
    };
    if (result.structuredContent)
        add(mcp::content::text(QString::fromUtf8(base::writeJson(*result.structuredContent))));
    for (const QJsonValue block : result.content)
        add(block);
    return messages;
}

QJsonArray operator+(QJsonArray first, const QJsonArray &second)
{
    for (const QJsonValue value : second)
        first.append(value);
    return first;
}

} // namespace

Question form(const QString &message, const QJsonObject &schema)
{
    return questionOf(mcp::InputRequest::form(message, schema));
}

Question visit(const QString &message, const QString &url)
{
    return questionOf(mcp::InputRequest::visit(message, url));
}

Question sample(const QJsonObject &params)
{
    return questionOf(mcp::InputRequest::sampling(params));
}

Question roots()
{
    return questionOf(mcp::InputRequest::roots());
}

Result::Result(const QString &text)
    : content{mcp::content::text(text)}
{ }

Result::Result(const char *utf8)
    : Result(QString::fromUtf8(utf8))
{ }

Result::Result(const QJsonObject &structured)
    : structuredContent(structured)
{ }

Result::Result(const QJsonArray &structured)
    : structuredContent(structured)
{ }

Result &Result::operator+=(const Result &other)
{
    content = content + other.content;
    if (!structuredContent)
        structuredContent = other.structuredContent;
    isError = isError || other.isError;
    questions.insert(other.questions);
    if (state.isEmpty())
        state = other.state;
    return *this;
}

Result text(const QString &text)
{
    return Result(text);
}

Result error(const QString &text)
{
    Result result(text);
    result.isError = true;
    return result;
}

Result image(const QByteArray &data, const QString &mimeType)
{
    return ofContent(mcp::content::image(data, mimeType));
}

Result audio(const QByteArray &data, const QString &mimeType)
{
    return ofContent(mcp::content::audio(data, mimeType));
}

Result resourceLink(const QString &uri, const QString &name, const QString &mimeType)
{
    return ofContent(mcp::content::link(uri, name, mimeType));
}

Result ask(const QMap<QString, Question> &questions, const QJsonObject &state)
{
    Result result;
    result.questions = questions;
    result.state = state;
    return result;
}

Contents::Contents(const QString &text, const QString &type)
    : data(text)
    , mimeType(type)
{ }

Contents::Contents(const char *utf8, const QString &type)
    : Contents(QString::fromUtf8(utf8), type)
{ }

Contents::Contents(const QByteArray &bytes, const QString &type)
    : data(bytes)
    , mimeType(type)
{ }

Contents::Contents(const QJsonObject &json)
    : Contents(QString::fromUtf8(base::writeJson(json)), u"application/json"_s)
{ }

Contents notFound()
{
    return {};
}

Messages::Messages(const QString &text)
{
    user(Result(text));
}

Messages::Messages(const char *utf8)
    : Messages(QString::fromUtf8(utf8))
{ }

Messages &Messages::user(const Result &content)
{
    messages = messages + messagesOf(u"user"_s, content);
    return *this;
}

Messages &Messages::assistant(const Result &content)
{
    messages = messages + messagesOf(u"assistant"_s, content);
    return *this;
}

} // namespace Gatehouse
