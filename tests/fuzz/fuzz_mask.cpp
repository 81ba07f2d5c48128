// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "base/mask.h"
#include "fuzz/fuzz.h"

#include <QRegularExpression>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using fuzz::require;

namespace {

/// What nothing that is recorded may hold, found by other means than the mask's own. The "e" at the end of an
/// escaped character is none.
bool holdsAToken(const QByteArray &text)
{
    static const QRegularExpression shape(
        u"(?<!\\\\u[0-9A-Fa-f]{3})eyJ[A-Za-z0-9_~+/=-]*\\.[A-Za-z0-9_~+/=-]*\\."_s);
    return QString::fromLatin1(text).contains(shape);
}

} // namespace

void fuzz::tryInput(const QByteArray &input)
{
    for (const base::Place place : {base::Place::OAuthRequest, base::Place::OAuthAnswer, base::Place::Elsewhere}) {
        require(!holdsAToken(base::maskText(input, place)), "a token in a text");
        require(!holdsAToken(base::maskEventStream("data: " + input, place)), "a token in a stream");
        const QByteArray body = base::maskBody(input, place);
        require(!holdsAToken(body), "a token in a body");
        require(!holdsAToken(base::beginningOfMasked(body, input.size() / 2, false)), "a token in a beginning");
        if (base::readJson(input))
            require(base::readJson(body).has_value(), "JSON that is masked is none");
    }
    (void)base::maskHeader("Authorization", input);
    require(!holdsAToken(base::maskHeader("X", input)), "a token in a header");
}

QByteArrayList fuzz::seeds()
{
    const QByteArray token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1In0.c2ln";
    return {"Authorization: Bearer " + token + "\r\nCookie: a=b\r\n",
            "grant_type=refresh_token&refresh_token=abc&code=def&state=x#y",
            "{\"access_token\":\"" + token + "\",\"a\":[{\"client_secret\" : \"x\"}],\"code\":-1}",
            "{\"text\":\"{\\\"access_token\\\":\\\"" + token + "\\\"}\",\"c\\u006fde\":\"\\u0065yJ\"}",
            "(Headers: (\"Cookie\": \"abc; a=b\", \"X-Api-Key\":\"y\"))",
            "bearer abcdefghijklmnopqrstuvwxyz, Basic x; aeyJ_token=a.b.c%20d",
            "[\"eyJ\",\"..\",\"token\",\"\\ud83d\\ude00\"]",
            ""};
}
