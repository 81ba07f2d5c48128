// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/mask.h"

#include "base/json.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <algorithm>
#include <array>
#include <iterator>

namespace gatehouse::base {

namespace {

constexpr QByteArrayView hidden = "…";

constexpr std::array<QByteArrayView, 16> secretNames = {"authorization",
                                                        "proxy-authorization",
                                                        "cookie",
                                                        "set-cookie",
                                                        "code",
                                                        "code_verifier",
                                                        "state",
                                                        "client_secret",
                                                        "client_assertion",
                                                        "assertion",
                                                        "password",
                                                        "api_key",
                                                        "mcp-session-id",
                                                        "device_code",
                                                        "registration_access_token",
                                                        "dpop"};

bool isHeaderName(QByteArrayView name)
{
    for (const QByteArrayView header :
         {QByteArrayView("cookie"), QByteArrayView("set-cookie"), QByteArrayView("authorization"),
          QByteArrayView("proxy-authorization"), QByteArrayView("mcp-session-id"),
          QByteArrayView("x-api-key")}) {
        if (name.compare(header, Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

bool isTokenCharacter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_'
        || c == '.' || c == '~' || c == '+' || c == '/' || c == '=';
}

bool startsWithIgnoringCase(QByteArrayView text, QByteArrayView prefix)
{
    return text.size() >= prefix.size()
        && text.first(prefix.size()).compare(prefix, Qt::CaseInsensitive) == 0;
}

/// The length of a JWT-shaped run at the start of `text`: "eyJ", two dots, no foreign character; 0 if none.
qsizetype jwtLength(QByteArrayView text)
{
    if (!text.startsWith("eyJ"))
        return 0;
    qsizetype end = 0;
    while (end < text.size() && isTokenCharacter(text[end]))
        ++end;
    return text.first(end).count('.') >= 2 ? end : 0;
}

/// The length of what introduces a secret at the start of `text`: a secret's name and "=" of a form or query,
/// or `"name":
/// "` as Qt prints headers, or `name: ` of a header line. 0 if there is none.
qsizetype secretIntroductionLength(QByteArrayView text)
{
    const qsizetype start = text.startsWith('"') ? 1 : 0;
    qsizetype end = start;
    const auto isNameCharacter
        = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-'; };
    while (end < text.size() && end < start + 40 && isNameCharacter(text[end]))
        ++end;
    if (end == start || !isSecretName(text.sliced(start, end - start)))
        return 0;
    const QByteArrayView rest = text.sliced(end);
    if (start == 1) {
        for (const QByteArrayView middle : {QByteArrayView("\": \""), QByteArrayView("\":\"")}) {
            if (rest.startsWith(middle))
                return end + middle.size();
        }
        return 0;
    }
    if (rest.startsWith('='))
        return end + 1;
    // Words like "state" and "code" stand before a colon in sentences too; names of headers do not.
    const bool isHeader = isHeaderName(text.first(end));
    return isHeader && rest.startsWith(": ") ? end + 2 : 0;
}

/// The length of a JSON string at the start of `text`, quotes included; all of the text if it never ends.
qsizetype jsonStringLength(QByteArrayView text)
{
    for (qsizetype i = 1; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            return i + 1;
    }
    return text.size();
}

/// What a JSON string says: escapes could hide a token's shape or a member's name.
QByteArray decodedString(QByteArrayView quoted)
{
    if (quoted.contains('\\')) {
        if (const auto value = readJson(quoted))
            return value->toString().toUtf8();
    }
    return quoted.sliced(1, quoted.size() - (quoted.size() > 1 && quoted.back() == '"' ? 2 : 1))
        .toByteArray();
}

bool isJsonSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

} // namespace

bool isSecretName(QByteArrayView name)
{
    const QByteArray lower = name.toByteArray().toLower();
    return lower.endsWith("_token") || lower == "token" || lower == "api-key" || lower == "x-api-key"
        || std::find(secretNames.begin(), secretNames.end(), QByteArrayView(lower)) != secretNames.end();
}

QByteArray maskHeader(QByteArrayView name, QByteArrayView value)
{
    if (name.compare("Authorization", Qt::CaseInsensitive) == 0) {
        const QByteArray text = value.toByteArray();
        const qsizetype space = text.indexOf(' ');
        const QByteArray scheme = space > 0 && space < 20 ? text.first(space + 1) : QByteArray();
        // The last four characters tell tokens apart; a short one would be given away by them.
        return scheme + hidden.toByteArray()
            + (text.size() - scheme.size() >= 40 ? text.last(4) : QByteArray());
    }
    return isSecretName(name) ? hidden.toByteArray() : maskText(value.toByteArray());
}

QByteArray maskText(QByteArrayView text)
{
    QByteArray out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size();) {
        const QByteArrayView rest = text.sliced(i);
        // A token anywhere, also glued to what stands before it ("/eyJ…"); names and schemes only as words.
        const bool atWordStart = i == 0 || !isTokenCharacter(text[i - 1]) || text[i - 1] == '=';
        if (const qsizetype length = jwtLength(rest)) {
            out += hidden;
            i += length;
        } else if (!atWordStart) {
            out += text[i++];
        } else if (const qsizetype name = secretIntroductionLength(rest)) {
            out += rest.first(name);
            out += hidden;
            i += name;
            // A quoted value ends with its quote, a header with its line, a field where a form or query goes
            // on.
            const QByteArrayView ends = rest[name - 1] == '"' ? "\""
                : rest[name - 1] == ' '                       ? "\r\n"
                                                              : "& \"\n#'";
            while (i < text.size() && !ends.contains(text[i]))
                ++i;
        } else if (startsWithIgnoringCase(rest, "bearer ") && rest.size() > 27
                   && std::all_of(rest.begin() + 7, rest.begin() + 27, isTokenCharacter)) {
            out += rest.first(7);
            out += hidden;
            i += 7;
            while (i < text.size() && isTokenCharacter(text[i]))
                ++i;
        } else {
            out += text[i++];
        }
    }
    return out;
}

QString maskText(const QString &text)
{
    return QString::fromUtf8(maskText(text.toUtf8()));
}

QJsonValue maskJson(const QJsonValue &value)
{
    if (value.isString())
        return maskText(value.toString());
    if (value.isArray()) {
        QJsonArray out;
        const QJsonArray in = value.toArray();
        for (const QJsonValue item : in)
            out.append(maskJson(item));
        return out;
    }
    if (value.isObject()) {
        QJsonObject out;
        const QJsonObject in = value.toObject();
        for (auto it = in.begin(); it != in.end(); ++it) {
            // A JSON-RPC error's code is a number and no secret; only strings can be one.
            const bool secret = it->isString() && isSecretName(it.key().toUtf8());
            out.insert(it.key(), secret ? QJsonValue(QString::fromUtf8(hidden)) : maskJson(*it));
        }
        return out;
    }
    return value;
}

QByteArray maskBody(QByteArrayView body)
{
    qsizetype start = 0;
    while (start < body.size() && isJsonSpace(body[start]))
        ++start;
    if (start == body.size() || (body[start] != '{' && body[start] != '['))
        return maskText(body);
    QByteArray out;
    out.reserve(body.size());
    bool isSecretMember = false; // Of the value that comes next.
    for (qsizetype i = 0; i < body.size();) {
        if (body[i] != '"') {
            // A value that is no string holds no secret: a JSON-RPC error's code is a number.
            isSecretMember = isSecretMember && (isJsonSpace(body[i]) || body[i] == ':');
            out += body[i++];
            continue;
        }
        const QByteArrayView quoted = body.sliced(i, jsonStringLength(body.sliced(i)));
        i += quoted.size();
        qsizetype next = i;
        while (next < body.size() && isJsonSpace(body[next]))
            ++next;
        const QByteArray text = decodedString(quoted);
        const bool isName = next < body.size() && body[next] == ':';
        const QByteArray shown = isSecretMember && !isName ? hidden.toByteArray() : maskText(text);
        if (shown == text)
            out += quoted;
        else
            out += writeJson(QJsonValue(QString::fromUtf8(shown)));
        isSecretMember = isName && isSecretName(text);
    }
    return out;
}

QByteArray fingerprint(QByteArrayView secret)
{
    return fingerprintOfDigest(QCryptographicHash::hash(secret.toByteArray(), QCryptographicHash::Sha256));
}

QByteArray fingerprintOfDigest(const QByteArray &sha256)
{
    return sha256.first(4).toHex();
}

} // namespace gatehouse::base
