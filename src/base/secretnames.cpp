// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/secretnames.h"

#include <algorithm>
#include <array>

namespace gatehouse::base {

namespace {

// In lower case and without the "_" and "-" that some write between the words.
constexpr std::array<QByteArrayView, 28> credentialNames = {"accesstoken",
                                                            "refreshtoken",
                                                            "idtoken",
                                                            "clientsecret",
                                                            "clientassertion",
                                                            "codeverifier",
                                                            "devicecode",
                                                            "apikey",
                                                            "xapikey",
                                                            "authorization",
                                                            "proxyauthorization",
                                                            "cookie",
                                                            "setcookie",
                                                            "password",
                                                            "passwd",
                                                            "passphrase",
                                                            "secret",
                                                            "secretkey",
                                                            "privatekey",
                                                            "authtoken",
                                                            "bearertoken",
                                                            "sessiontoken",
                                                            "mcpsessionid",
                                                            "gatehousecontrol",
                                                            "sandboxtoken",
                                                            "registrationaccesstoken",
                                                            "dpop",
                                                            "workosapikey"};
constexpr std::array<QByteArrayView, 5> requestNames = {"code", "state", "token", "assertion", "usercode"};
// "github_token" is one, "next_token" is where a page begins.
constexpr std::array<QByteArrayView, 16> credentialEndings
    = {"accesstoken", "refreshtoken", "apitoken",    "authtoken",  "oauthtoken", "bearertoken",
       "bottoken",    "jwttoken",     "githubtoken", "slacktoken", "password",   "secret",
       "apikey",      "privatekey",   "secretkey",   "accesskey"};
// X-Auth-Token, CF-Access-Client-Secret, X-Goog-Api-Key: whoever invents one calls it so.
constexpr std::array<QByteArrayView, 6> headerEndings
    = {"-token", "-secret", "-key", "-password", "-authorization", "apikey"};

constexpr bool isWordMark(char c)
{
    return c == '_' || c == '-';
}

/// `other` is one of those above.
bool isNamed(QByteArrayView name, QByteArrayView other)
{
    // Most names differ in their length or last letter.
    if (name.size() < other.size() || (name.back() | 0x20) != other.back())
        return false;
    qsizetype at = 0;
    for (const char c : name) {
        if (isWordMark(c))
            continue;
        if (at == other.size() || (c | 0x20) != other[at])
            return false;
        ++at;
    }
    return at == other.size();
}

/// The last three letters of what is looked for: for each two at the end, a bit for each before them.
using Endings = std::array<quint32, 26 * 26>;

constexpr size_t placeOf(char beforeLast, char last)
{
    return size_t(beforeLast - 'a') * 26 + size_t(last - 'a');
}

constexpr quint32 bitOf(char letter)
{
    return 1U << uint(letter - 'a');
}

template <typename... Lists> constexpr Endings endingsOf(const Lists &...lists)
{
    Endings all{};
    const auto add = [&all](QByteArrayView name) {
        const qsizetype size = name.size();
        all.at(placeOf(name[size - 2], name[size - 1])) |= bitOf(name[size - 3]);
    };
    const auto addAll = [&add](const auto &names) {
        for (const QByteArrayView name : names)
            add(name);
    };
    (addAll(lists), ...);
    return all;
}

/// Whether the name ends with the last three letters of one of those, whatever marks stand between and behind
/// them: most names do not, and are not looked at any further.
bool mayEndLike(QByteArrayView name, const Endings &endings)
{
    qsizetype at = name.size();
    const auto letterBefore = [&name, &at] {
        while (at > 0 && isWordMark(name[at - 1]))
            --at;
        const char c = at > 0 ? char(name[at - 1] | 0x20) : '\0';
        --at;
        return c >= 'a' && c <= 'z' ? c : '\0';
    };
    const char last = letterBefore();
    const char beforeLast = last != '\0' ? letterBefore() : '\0';
    if (beforeLast == '\0' || endings[placeOf(beforeLast, last)] == 0) // NOLINT: letters
        return false;
    const char third = letterBefore();
    return third != '\0' && (endings[placeOf(beforeLast, last)] & bitOf(third)) != 0; // NOLINT: as above
}

template <size_t Size> bool isOneOf(QByteArrayView name, const std::array<QByteArrayView, Size> &names)
{
    return !name.isEmpty() && std::any_of(names.begin(), names.end(), [name](QByteArrayView other) {
        return isNamed(name, other);
    });
}

/// The same for the end of a name: "db_password".
bool endsLike(QByteArrayView name, QByteArrayView ending)
{
    qsizetype at = name.size();
    for (qsizetype i = ending.size(); i > 0; --i) {
        while (at > 0 && isWordMark(name[at - 1]))
            --at;
        if (at == 0 || (name[at - 1] | 0x20) != ending[i - 1])
            return false;
        --at;
    }
    return true;
}

bool endsWith(QByteArrayView name, QByteArrayView ending)
{
    return name.size() >= ending.size() && name.last(ending.size()).compare(ending, Qt::CaseInsensitive) == 0;
}

constexpr Endings secretEndings = endingsOf(credentialNames, requestNames, credentialEndings, headerEndings);

} // namespace

bool isSecretName(QByteArrayView name, Place place)
{
    if (!mayEndLike(name, secretEndings))
        return false;
    if (isOneOf(name, credentialNames)
        || std::any_of(credentialEndings.begin(), credentialEndings.end(),
                       [name](QByteArrayView ending) { return endsLike(name, ending); }))
        return true;
    switch (place) {
    case Place::OAuthRequest:
        return endsWith(name, "token") || isOneOf(name, requestNames);
    case Place::OAuthAnswer:
        return endsWith(name, "token");
    case Place::Elsewhere:
        break;
    }
    return false;
}

bool isSecretHeaderLine(QByteArrayView name)
{
    constexpr std::array<QByteArrayView, 6> headers
        = {"cookie", "setcookie", "authorization", "proxyauthorization", "mcpsessionid", "xapikey"};
    return isOneOf(name, headers);
}

bool isSecretHeader(QByteArrayView name)
{
    if (!mayEndLike(name, secretEndings))
        return false;
    // Others call a key what opens nothing.
    constexpr std::array<QByteArrayView, 4> open
        = {"idempotency-key", "sec-websocket-key", "surrogate-key", "cache-key"};
    const auto hasEnding = [name](QByteArrayView ending) { return endsWith(name, ending); };
    constexpr QByteArrayView mirrored = "mcp-param-"; // What is in the body as well, by the same names.
    if (name.first(std::min(name.size(), mirrored.size())).compare(mirrored, Qt::CaseInsensitive) == 0)
        return isSecretName(name.sliced(mirrored.size()), Place::Elsewhere);
    if (std::any_of(open.begin(), open.end(), hasEnding))
        return false;
    return isSecretName(name, Place::OAuthRequest)
        || std::any_of(headerEndings.begin(), headerEndings.end(), hasEnding);
}

} // namespace gatehouse::base
