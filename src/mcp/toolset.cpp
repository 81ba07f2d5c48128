// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/toolset.h"

#include <QPointer>
#include <QRegularExpression>

#include <atomic>
#include <optional>

using namespace Qt::StringLiterals;

namespace gatehouse::mcp {

namespace {

/// Carries the one answer of a tool from whatever thread it comes from to the dispatcher's. Dies with the
/// last copy of the ToolAnswer, and then says for the tool that it never answered.
class Reply
{
public:
    using Done = std::function<void(std::optional<ToolResult>)>;

    explicit Reply(Done done)
        : m_done(std::move(done))
    { }
    ~Reply() { give(std::nullopt); }
    Q_DISABLE_COPY_MOVE(Reply)

    void give(std::optional<ToolResult> result)
    {
        if (m_given.exchange(true))
            return;
        // The call holds the relay: it must not go before the call is delivered, whatever order events come
        // in.
        QMetaObject::invokeMethod(
            m_relay.get(),
            [relay = m_relay, done = std::move(m_done), result = std::move(result)] { done(result); },
            Qt::QueuedConnection);
    }

private:
    // Made on the dispatcher's thread and left to its event loop, so that a tool may answer from any thread
    // for as long as it likes, also when the dispatcher is gone.
    std::shared_ptr<QObject> m_relay{new QObject, [](QObject *object) { object->deleteLater(); }};
    Done m_done;
    std::atomic<bool> m_given = false;
};

} // namespace

bool ToolSet::add(Tool tool)
{
    static const QRegularExpression name(u"\\A[A-Za-z0-9_.-]{1,128}\\z"_s);
    if (!name.match(tool.name).hasMatch() || find(tool.name) || !tool.handler
        || tool.inputSchema.value("type"_L1) != QJsonValue(u"object"_s))
        return false;
    m_tools.push_back(std::move(tool));
    return true;
}

const Tool *ToolSet::find(const QString &name) const
{
    for (const Tool &tool : m_tools) {
        if (tool.name == name)
            return &tool;
    }
    return nullptr;
}

QJsonArray ToolSet::list() const
{
    QJsonArray all;
    for (const Tool &tool : m_tools) {
        QJsonObject json{{u"name"_s, tool.name}, {u"inputSchema"_s, tool.inputSchema}};
        if (!tool.title.isEmpty())
            json.insert(u"title"_s, tool.title);
        if (!tool.description.isEmpty())
            json.insert(u"description"_s, tool.description);
        if (tool.outputSchema)
            json.insert(u"outputSchema"_s, *tool.outputSchema);
        if (!tool.annotations.isEmpty())
            json.insert(u"annotations"_s, tool.annotations);
        all.append(json);
    }
    return all;
}

void ToolSet::call(const Tool &tool, const ToolCall &call, QObject *context, Answer answer)
{
    const auto reply = std::make_shared<Reply>(
        [alive = QPointer(context), answer = std::move(answer)](const auto &result) {
            if (!alive)
                return;
            if (result)
                answer(*result);
            else
                answer(base::failure(RpcError{code::internalError, u"The tool gave no answer."_s, {}}));
        });
    tool.handler(call, [reply](ToolResult result) { reply->give(std::move(result)); });
}

} // namespace gatehouse::mcp
