// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/context.h"

#include "mcp/contextline.h"
#include "mcp/operation.h"
#include "protocol/methodtable.h"
#include "protocol/revision.h"

#include <array>

using namespace Qt::StringLiterals;

namespace gatehouse::mcp {

namespace {

constexpr std::array<QLatin1StringView, 8> levelNames{"debug"_L1, "info"_L1,     "notice"_L1, "warning"_L1,
                                                      "error"_L1, "critical"_L1, "alert"_L1,  "emergency"_L1};

} // namespace

QString nameOf(LogLevel level)
{
    return levelNames.at(size_t(level));
}

std::optional<LogLevel> logLevelOf(const QJsonValue &name)
{
    for (size_t i = 0; i < levelNames.size(); ++i) {
        if (name.isString() && name.toString() == levelNames.at(i))
            return LogLevel(i);
    }
    return std::nullopt;
}

InputRequest InputRequest::form(const QString &message, const QJsonObject &schema)
{
    return {protocol::question::elicit, {{u"message"_s, message}, {u"requestedSchema"_s, schema}}};
}

InputRequest InputRequest::visit(const QString &message, const QString &url)
{
    return {protocol::question::elicit, {{u"mode"_s, u"url"_s}, {u"message"_s, message}, {u"url"_s, url}}};
}

InputRequest InputRequest::sampling(const QJsonObject &params)
{
    return {protocol::question::sample, params};
}

InputRequest InputRequest::roots()
{
    return {protocol::question::listRoots, {}};
}

QJsonObject InputRequest::neededCapability() const
{
    if (method == protocol::question::sample)
        return {{u"sampling"_s, QJsonObject()}};
    if (method == protocol::question::listRoots)
        return {{u"roots"_s, QJsonObject()}};
    if (params.value("mode"_L1) == QJsonValue(u"url"_s))
        return {{u"elicitation"_s, QJsonObject{{u"url"_s, QJsonObject()}}}};
    return {{u"elicitation"_s, QJsonObject()}};
}

void Context::progress(double done, std::optional<double> total, const QString &message) const
{
    if (m_line)
        m_line->post([=](Operation &operation) { operation.progress(done, total, message); });
}

void Context::log(LogLevel level, const QJsonValue &data, const QString &logger) const
{
    if (m_line)
        m_line->post([=](Operation &operation) { operation.log(level, data, logger); });
}

bool Context::isCancelled() const
{
    return m_line && m_line->isCancelled;
}

void Context::whenCancelled(std::function<void()> then) const
{
    if (m_line)
        m_line->tellWhenCancelled(std::move(then));
}

void Context::closeStream(int retryMs) const
{
    if (m_line)
        m_line->post([=](Operation &operation) { operation.closeStream(retryMs); });
}

void Context::becomeTask() const
{
    if (m_line)
        m_line->post([](Operation &operation) { operation.becomeTask(); });
}

bool ClientDescription::knowsTasks() const
{
    return revision >= protocol::modernRevision
        && capabilities.value("extensions"_L1).toObject().value(protocol::extension::tasks).isObject();
}

std::optional<QJsonObject> acceptedIn(const Context &context, const QString &question)
{
    const auto answer = context.inputs.constFind(question);
    if (answer == context.inputs.cend() || answer->value("action"_L1) != QJsonValue(u"accept"_s))
        return std::nullopt;
    return answer->value("content"_L1).toObject();
}

} // namespace gatehouse::mcp
