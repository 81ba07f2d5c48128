// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/revision.h"

#include "mcp/methodtable.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace gatehouse::mcp {

namespace {

constexpr QLatin1StringView versionKey{"io.modelcontextprotocol/protocolVersion"};
constexpr QLatin1StringView capabilitiesKey{"io.modelcontextprotocol/clientCapabilities"};

RpcError mismatch(const QString &text)
{
    return {code::headerMismatch, text, {}};
}

std::optional<RpcError> judgeNames(const Incoming &incoming, const Message &message)
{
    if (!incoming.method)
        return mismatch(u"The header Mcp-Method is missing."_s);
    if (QString::fromUtf8(*incoming.method) != message.method)
        return mismatch(u"The header Mcp-Method differs from the body's method."_s);
    // What the Mcp-Name header repeats.
    const Method *method = findMethod(message.method);
    const QLatin1StringView member = method ? method->targetMember() : QLatin1StringView();
    if (member.isEmpty() || !message.params.value(member).isString())
        return std::nullopt;
    if (!incoming.name)
        return mismatch(u"The header Mcp-Name is missing."_s);
    const auto name = decodeHeaderValue(*incoming.name);
    if (!name || *name != message.params.value(member).toString())
        return mismatch(u"The header Mcp-Name differs from the body's %1."_s.arg(member));
    return std::nullopt;
}

} // namespace

const QStringList &legacyRevisions()
{
    static const QStringList all = {newestLegacyRevision, u"2025-06-18"_s, u"2025-03-26"_s};
    return all;
}

const QStringList &allRevisions()
{
    static const QStringList all = QStringList{modernRevision} + legacyRevisions();
    return all;
}

Era eraOf(const Incoming &incoming, const Message &message)
{
    if (message.params.value("_meta"_L1).toObject().contains(versionKey))
        return Era::Modern;
    if (message.method == "initialize"_L1)
        return Era::Legacy;
    const Method *method = findMethod(message.method);
    if (!incoming.protocolVersion)
        return method && method->isModern && !method->isLegacy ? Era::Modern : Era::Legacy;
    // Any date before: an unknown one is refused by the rules of its own era.
    const bool isLegacyVersion = incoming.protocolVersion->size() == 10
        && incoming.protocolVersion->startsWith("20")
        && QString::fromLatin1(*incoming.protocolVersion) < modernRevision;
    return isLegacyVersion ? Era::Legacy : Era::Modern;
}

std::optional<RpcError> judgeModern(const Incoming &incoming, const Message &message)
{
    const QJsonObject meta = message.params.value("_meta"_L1).toObject();
    const QJsonValue version = meta.value(versionKey);
    if (!incoming.protocolVersion)
        return mismatch(u"The header MCP-Protocol-Version is missing."_s);
    if (message.kind == Message::Kind::Request
        && (!version.isString() || !meta.value(capabilitiesKey).isObject()))
        return RpcError{
            code::invalidParams, u"params._meta needs %1 and %2."_s.arg(versionKey, capabilitiesKey), {}};
    const QString header = QString::fromLatin1(*incoming.protocolVersion);
    if (version.isString() && version.toString() != header)
        return mismatch(u"The header MCP-Protocol-Version differs from _meta."_s);
    if (header != modernRevision) {
        return RpcError{code::unsupportedVersion,
                        u"This protocol version is not supported."_s,
                        {{u"supported"_s, QJsonArray::fromStringList(allRevisions())},
                         {u"requested"_s, header.left(40)}}};
    }
    return judgeNames(incoming, message);
}

std::optional<QString> decodeHeaderValue(const QByteArray &value)
{
    const QByteArray text = value.trimmed();
    if (!text.startsWith("=?base64?") || !text.endsWith("?=") || text.size() < 11)
        return QString::fromUtf8(text);
    const QByteArray inner = text.mid(9, text.size() - 11);
    const auto decoded = QByteArray::fromBase64Encoding(inner, QByteArray::AbortOnBase64DecodingErrors);
    // Qt accepts wrong padding and stray bits: only what encodes back to itself counts.
    if (!decoded || decoded.decoded.toBase64() != inner)
        return std::nullopt;
    return QString::fromUtf8(decoded.decoded);
}

} // namespace gatehouse::mcp
