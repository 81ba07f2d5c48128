// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/characters.h"
#include "fuzz/fuzz.h"
#include "support/readresponse.h"

using namespace gatehouse;
using fuzz::require;

namespace {

void check(const ReadResponse &read, const QByteArray &input)
{
    require(read.isComplete == (read.fault == fetch::ResponseFault::None), "neither whole nor refused");
    require(read.body.size() <= input.size(), "a body that did not come");
    require(read.headers.size() <= fetch::ResponseReader::fields, "more fields than allowed");
    require(!read.isComplete || (read.status >= 200 && read.status <= 999), "a status that is none");
    require(!read.keepsOpen || read.isComplete, "a connection that goes on behind nothing");
    for (const auto &[name, value] : read.headers) {
        require(base::isToken(name), "a name that is none");
        require(base::isFieldValue(value), "a value with control characters");
    }
}

} // namespace

void fuzz::tryInput(const QByteArray &input)
{
    for (const QByteArrayView method : {QByteArrayView("GET"), QByteArrayView("HEAD")}) {
        const ReadResponse whole = readResponse(
            input, [&](qsizetype) { return input.size(); }, method);
        check(whole, input);
        require(readResponse(
                    input, [](qsizetype) { return 1; }, method)
                    == whole,
                "bytes one by one read differently");
        // Cuts that hang on the input, so that a run can be repeated.
        const auto seed = quint32(qHash(input, size_t(1)));
        require(readResponse(
                    input,
                    [seed](qsizetype at) { return 1 + qsizetype((seed ^ quint32(at * 2654435761U)) % 13); },
                    method)
                    == whole,
                "bytes in pieces read differently");
        require(method != "HEAD" || whole.body.isEmpty(), "a body behind HEAD");
    }
}

QByteArrayList fuzz::seeds()
{
    return {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: keep-alive, x\r\n\r\nhelloHTTP/1.1 200 "
            "OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: "
            "chunked\r\n\r\n5;a=\"b\"\r\nhello\r\n10 \r\n0123456789abcdef\r\n0\r\nT: x\r\n\r\n",
            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100\r\n\r\nHTTP/1.0 404 \r\nA: 1\r\n "
            "b\r\n\r\nrest",
            "HTTP/1.1 204 No Content\nX: 1\n\n",
            "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 3, 3\r\n\r\nabc",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
            "SSH-2.0-OpenSSH_9.2\r\n",
            ""};
}
