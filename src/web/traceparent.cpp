// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/traceparent.h"

#include <algorithm>

namespace gatehouse::web {

namespace {

bool isHex(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool isAllZeros(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c == '0'; });
}

} // namespace

QByteArray traceIdOf(QByteArrayView traceparent)
{
    // "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    constexpr qsizetype size = 55;
    if (traceparent.size() < size || traceparent[2] != '-' || traceparent[35] != '-'
        || traceparent[52] != '-')
        return {};
    const QByteArrayView version = traceparent.first(2);
    const QByteArrayView trace = traceparent.sliced(3, 32);
    const QByteArrayView parent = traceparent.sliced(36, 16);
    const bool isEnded
        = traceparent.size() == size || (version != QByteArrayView("00") && traceparent[size] == '-');
    const bool isOne = isEnded && isHex(version) && version != QByteArrayView("ff") && isHex(trace)
        && !isAllZeros(trace) && isHex(parent) && !isAllZeros(parent) && isHex(traceparent.sliced(53, 2));
    return isOne ? trace.toByteArray() : QByteArray();
}

} // namespace gatehouse::web
