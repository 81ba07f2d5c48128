// SPDX-License-Identifier: GPL-3.0-or-later
#include "face/callmaker.h"

using namespace gatehouse;

namespace Gatehouse {

Call CallMaker::make(const QString &name, const QJsonObject &arguments, const mcp::Caller &caller,
                     const mcp::Context &context)
{
    Call call;
    call.name = name;
    call.arguments = arguments;
    User &user = call.user;
    user.id = caller.userId;
    user.email = caller.email;
    user.emailVerified = caller.emailVerified;
    user.name = caller.name;
    user.firstName = caller.firstName;
    user.lastName = caller.lastName;
    user.picture = caller.picture;
    user.organizationId = caller.organizationId;
    user.roles = caller.roles;
    user.permissions = caller.permissions;
    user.clientId = caller.clientId;
    user.isVerified = caller.verified;
    call.scopes = caller.scopes;
    call.claims = caller.claims;
    call.client = context.client.name;
    call.state = context.state;
    call.m_line = std::make_shared<const Call::Line>(Call::Line{context});
    return call;
}

std::optional<QJsonObject> Call::answer(const QString &question) const
{
    if (!m_line || !m_line->context.inputs.contains(question))
        return std::nullopt;
    // A form says whether it was accepted; other answers are what they are.
    const QJsonObject given = m_line->context.inputs.value(question);
    return given.contains(QLatin1StringView("action")) ? mcp::acceptedIn(m_line->context, question)
                                                       : std::optional(given);
}

void Call::progress(double done, double total, const QString &message) const
{
    if (m_line)
        m_line->context.progress(done, total > 0 ? std::optional(total) : std::nullopt, message);
}

void Call::log(const QString &text) const
{
    if (m_line)
        m_line->context.log(mcp::LogLevel::Info, text);
}

bool Call::isCancelled() const
{
    return m_line && m_line->context.isCancelled();
}

void Call::whenCancelled(std::function<void()> then) const
{
    if (m_line)
        m_line->context.whenCancelled(std::move(then));
}

} // namespace Gatehouse
