// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/revision.h"

#include "protocol/methodtable.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace gatehouse::protocol {

namespace {

RpcError mismatch(const QString &text)
{
    return {code::headerMismatch, text, {}};
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

const QStringList &understoodRevisions()
{
    static const QStringList all = legacyRevisions() + QStringList{u"2024-11-05"_s};
    return all;
}

Era eraOf(const MirroredHeaders &headers, const Message &message)
{
    if (!message.meta.protocolVersion.isUndefined())
        return Era::Modern;
    const Method *method = findMethod(message.method);
    if (method && method->id == MethodId::Initialize)
        return Era::Legacy;
    if (!headers.protocolVersion)
        return method && method->isModern && !method->isLegacy ? Era::Modern : Era::Legacy;
    // Any date before: an unknown one is refused by the rules of its own era.
    const bool isLegacyVersion = headers.protocolVersion->size() == 10
        && headers.protocolVersion->startsWith("20")
        && QString::fromLatin1(*headers.protocolVersion) < modernRevision;
    return isLegacyVersion ? Era::Legacy : Era::Modern;
}

std::optional<RpcError> judgeModern(const MirroredHeaders &headers, const Message &message)
{
    const QJsonValue &version = message.meta.protocolVersion;
    if (!headers.protocolVersion)
        return mismatch(u"The header MCP-Protocol-Version is missing."_s);
    if (message.kind == Message::Kind::Request
        && (!version.isString() || !message.meta.clientCapabilities.isObject()))
        return RpcError{
            code::invalidParams,
            u"params._meta needs %1 and %2."_s.arg(meta::protocolVersion, meta::clientCapabilities),
            {}};
    const QString header = QString::fromLatin1(*headers.protocolVersion);
    if (version.isString() && version.toString() != header)
        return mismatch(u"The header MCP-Protocol-Version differs from _meta."_s);
    if (header != modernRevision) {
        return RpcError{code::unsupportedVersion,
                        u"This protocol version is not supported."_s,
                        {{u"supported"_s, QJsonArray::fromStringList(allRevisions())},
                         {u"requested"_s, header.left(40)}}};
    }
    const QString fault = judgeNames(headers, message);
    return fault.isEmpty() ? std::nullopt : std::optional(mismatch(fault));
}

} // namespace gatehouse::protocol
