// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/logging.h"

#include "base/mask.h"

#include <cstdio>

namespace gatehouse::base {

Q_LOGGING_CATEGORY(lcFetch, "gatehouse.fetch", QtInfoMsg)
Q_LOGGING_CATEGORY(lcKeys, "gatehouse.keys", QtInfoMsg)
Q_LOGGING_CATEGORY(lcAuth, "gatehouse.auth", QtInfoMsg)
Q_LOGGING_CATEGORY(lcMcp, "gatehouse.mcp")
Q_LOGGING_CATEGORY(lcHttp, "gatehouse.http", QtInfoMsg)
Q_LOGGING_CATEGORY(lcEndpoint, "gatehouse.endpoint", QtInfoMsg)
Q_LOGGING_CATEGORY(lcSandbox, "gatehouse.sandbox", QtInfoMsg)
Q_LOGGING_CATEGORY(lcHost, "gatehouse.host", QtInfoMsg)

namespace {

void writeMasked(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    const QByteArray line = maskText(qFormatLogMessage(type, context, text).toUtf8(), Place::OAuthRequest) + '\n';
    std::fwrite(line.constData(), 1, size_t(line.size()), stderr);
}

} // namespace

void installMaskingMessageHandler()
{
    qInstallMessageHandler(writeMasked);
}

} // namespace gatehouse::base
