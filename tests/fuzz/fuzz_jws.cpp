// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/jws.h"
#include "base/base64url.h"
#include "fuzz/fuzz.h"

using namespace gatehouse;
using fuzz::require;

namespace {

void tryToken(const QByteArray &input)
{
    const auto jws = auth::readJws(input);
    if (!jws)
        return;
    require(input.size() <= auth::maximumTokenBytes, "a token that is too long was read");
    require(input.count('.') == 2, "a token that has not three parts was read");
    require(jws->signingInput + '.' + base::toBase64Url(jws->signature) == input,
            "the bytes that are verified are not those that came");
    require(jws->signingInput.endsWith('.' + base::toBase64Url(jws->payload)),
            "a payload with two spellings");
    require(!jws->header.isEmpty() && jws->header.value(QStringLiteral("alg")).isString(),
            "a header without alg");
    require(!jws->header.contains(QStringLiteral("crit")) && !jws->header.contains(QStringLiteral("jwk")),
            "a header that chooses its own key");
    (void)auth::readClaims(*jws);
}

} // namespace

void fuzz::tryInput(const QByteArray &input)
{
    tryToken(input);
    // Spoiled base64 seldom gets further, so the bytes are also tried as what it decodes to.
    tryToken(base::toBase64Url(input) + ".e30.AA");
    tryToken(base::toBase64Url(R"({"alg":"RS256"})") + '.' + base::toBase64Url(input) + ".AA");
}

QByteArrayList fuzz::seeds()
{
    const auto token = [](const QByteArray &header, const QByteArray &payload) {
        return base::toBase64Url(header) + '.' + base::toBase64Url(payload) + '.'
            + base::toBase64Url("signature");
    };
    return {token(R"({"alg":"RS256","kid":"k1"})", R"({"sub":"user_1","aud":["a","b"],"exp":1800000000})"),
            token(R"({"alg":"ES256","typ":"JWT","x":{"y":[1,2,{}]}})", "{}"),
            token(R"({"alg":"none"})", ""),
            token(R"({ "alg" : "RS256" , "alg" : "none" })", R"({"a":{"b":{"c":[[[1]]]}}})"),
            token(R"({"alg":"RS256","crit":["b64"],"b64":false})", "text"),
            "..",
            "a.b.c",
            ""};
}
