// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/wire.h"

#include "base/json.h"
#include "protocol/meta.h"
#include "protocol/methodtable.h"

using namespace Qt::StringLiterals;

namespace gatehouse::client {

namespace {

constexpr qsizetype maximumBytes = 8 * 1024 * 1024;

} // namespace

const QJsonObject &clientInfo()
{
    static const QJsonObject info{{u"name"_s, u"gatehouse"_s},
                                  {u"version"_s, QStringLiteral(GATEHOUSE_VERSION)}};
    return info;
}

void Wire::forget()
{
    era.reset();
    revision.clear();
    session.clear();
}

QJsonObject Wire::declared() const
{
    QJsonObject all = capabilities;
    QJsonObject extensions = all.value("extensions"_L1).toObject();
    extensions.insert(protocol::extension::tasks, QJsonObject());
    all.insert(u"extensions"_s, extensions);
    return all;
}

base::FetchRequest Wire::requestFor(const QByteArray &method) const
{
    base::FetchRequest request;
    request.method = method;
    request.url = server;
    request.timeoutMs = timeoutMs;
    request.maximumBytes = maximumBytes;
    if (!token.isEmpty())
        request.headers.append({"Authorization"_ba, "Bearer " + token});
    if (!revision.isEmpty())
        request.headers.append({"MCP-Protocol-Version"_ba, revision.toLatin1()});
    if (!session.isEmpty())
        request.headers.append({"Mcp-Session-Id"_ba, session});
    request.headers += extra;
    return request;
}

base::FetchRequest Wire::postOf(const QJsonObject &message) const
{
    base::FetchRequest request = requestFor("POST");
    request.headers.append({"Content-Type"_ba, "application/json"_ba});
    request.headers.append({"Accept"_ba, "application/json, text/event-stream"_ba});
    request.body = base::writeJson(message);
    return request;
}

base::FetchRequest Wire::postOf(const QJsonValue &id, const Call &call) const
{
    using Kind = protocol::Message::Kind;
    protocol::Message message;
    message.kind = id.isUndefined() ? Kind::Notification : Kind::Request;
    message.id = id;
    message.method = call.method;
    message.params = call.params;
    QJsonObject meta;
    if (!id.isUndefined() && call.method == protocol::nameOf(protocol::MethodId::CallTool))
        meta.insert(protocol::meta::progressToken, id);
    if (era == protocol::Era::Modern) {
        meta.insert(protocol::meta::protocolVersion, revision);
        meta.insert(protocol::meta::clientCapabilities, declared());
        meta.insert(protocol::meta::clientInfo, clientInfo());
    }
    if (!meta.isEmpty())
        message.params.insert(u"_meta"_s, meta);
    base::FetchRequest request = postOf(protocol::toJson(message));
    if (era == protocol::Era::Modern)
        request.headers += protocol::mirroredHeadersOf(message, call.mirrored);
    return request;
}

} // namespace gatehouse::client
