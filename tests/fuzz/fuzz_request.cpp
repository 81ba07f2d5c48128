// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "support/readrequests.h"

#include <algorithm>

using namespace gatehouse;
using fuzz::require;

namespace {

http::EdgeLimits smallLimits()
{
    http::EdgeLimits limits; // Small, so that the inputs reach them.
    limits.lineBytes = 64;
    limits.fieldBytes = 256;
    limits.fields = 8;
    limits.bodyBytes = 64;
    return limits;
}

void checkRequest(const ReadRequests::One &request, const http::EdgeLimits &limits)
{
    require(request.body.size() <= limits.bodyBytes, "a body beyond the limit");
    require(request.headers.size() <= limits.fields, "more fields than allowed");
    require(request.target.startsWith('/') && request.target.size() < limits.lineBytes,
            "a target that is no path");
    require(base::valuesOf(request.headers, "Host").size() <= 1, "two Hosts");
    const auto lengths = base::valuesOf(request.headers, "Content-Length");
    const auto codings = base::valuesOf(request.headers, "Transfer-Encoding");
    require(lengths.size() + codings.size() <= 1, "two ways to find the end of the body");
    require(lengths.isEmpty() || lengths.first().toLongLong() == request.body.size(),
            "a body of another length");
    require(!codings.isEmpty() || !lengths.isEmpty() || request.body.isEmpty(),
            "a body that nobody announced");
    for (const auto &[name, value] : request.headers) {
        require(!name.isEmpty() && !name.contains(' ') && !name.contains(':'), "a name with whitespace");
        require(std::none_of(value.begin(), value.end(),
                             [](char c) { return (uchar(c) < 0x20 && c != '\t') || c == 0x7f; }),
                "a value with control characters");
    }
}

} // namespace

void fuzz::tryInput(const QByteArray &input)
{
    static const http::EdgeLimits limits = smallLimits();
    const ReadRequests whole = readRequests(input, limits, [&](qsizetype) { return input.size(); });
    for (const ReadRequests::One &request : whole.requests)
        checkRequest(request, limits);
    require(readRequests(input, limits, [](qsizetype) { return 1; }) == whole,
            "bytes one by one read differently");
    // Cuts that hang on the input, so that a run can be repeated.
    const auto seed = quint32(qHash(input, size_t(1)));
    require(
        readRequests(input, limits,
                     [seed](qsizetype at) { return 1 + qsizetype((seed ^ quint32(at * 2654435761U)) % 13); })
            == whole,
        "bytes in pieces read differently");
}

QByteArrayList fuzz::seeds()
{
    return {
        "POST /mcp HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhelloGET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /mcp?x=1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
        "chunked\r\n\r\n5;a=\"b\\\"\";c=d\r\nhello\r\n0\r\nT: x\r\n\r\n",
        "\r\nGET / HTTP/1.0\r\nConnection: keep-alive, x\r\n\r\nGET /b HTTP/1.0\r\n\r\n",
        "DELETE / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n b\r\nX : y\r\n\r\n",
        "OPTIONS / HTTP/1.1\r\nA: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\nE: 5\r\nF: 6\r\nG: 7\r\nHost: a\r\n\r\n",
        ""};
}
