// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/bearer.h"
#include "auth/jws.h"
#include "fuzz/fuzz.h"

#include <algorithm>

using namespace gatehouse;

/// Lines are Authorization headers; what stands behind a line that begins with '?' is the query.
void fuzz::tryInput(const QByteArray &input)
{
    auth::Credentials credentials;
    for (const QByteArray &line : input.split('\n')) {
        if (line.startsWith('?'))
            credentials.query = line.sliced(1);
        else
            credentials.authorization.append(line);
    }
    const auto token = auth::readBearer(credentials);
    if (!token)
        return;
    require(credentials.authorization.size() == 1, "a token was taken from several headers");
    require(!('&' + credentials.query.toLower()).contains("&access_token="),
            "a token was taken beside one in the query");
    require(!token->isEmpty() && token->size() <= auth::maximumTokenBytes,
            "a token of no size that a token has");
    require(std::all_of(token->begin(), token->end(),
                        [](char c) { return uchar(c) > 0x20 && uchar(c) < 0x7f && c != ',' && c != '"'; }),
            "a token with characters that no token has");
    require(credentials.authorization.first().trimmed().endsWith(*token), "a token that did not come");
    require(credentials.authorization.first().trimmed().first(6).toLower() == "bearer",
            "a token of another scheme");
}

QByteArrayList fuzz::seeds()
{
    return {"Bearer abc.def.ghi",
            "bearer   abc~._-+/==",
            "Bearer abc\nBearer def",
            "Bearer abc\n?x=1&access_token=def",
            "Bearer abc\n?%61%63cess%5Ftoken=def",
            "Basic dXNlcjpwYXNz",
            "Bearer",
            "Bearer abc, Bearer def",
            "Bearer \"abc\"",
            "\n\n?"};
}
