// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64url.h"

namespace gatehouse::base {

namespace {
constexpr auto options = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
}

QByteArray toBase64Url(QByteArrayView bytes)
{
    return QByteArray::fromRawData(bytes.data(), bytes.size()).toBase64(options);
}

std::optional<QByteArray> fromBase64Url(QByteArrayView text)
{
    const QByteArray encoded = text.toByteArray();
    const auto decoded
        = QByteArray::fromBase64Encoding(encoded, options | QByteArray::AbortOnBase64DecodingErrors);
    // Writing it again finds padding, lone characters and stray bits, which the decoder lets pass.
    if (!decoded || toBase64Url(decoded.decoded) != encoded)
        return std::nullopt;
    return decoded.decoded;
}

} // namespace gatehouse::base
