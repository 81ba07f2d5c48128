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
#include <optional>

namespace gatehouse::base {

namespace {

constexpr QByteArrayView hidden = "…";

constexpr std::array<QByteArrayView, 19> secretNames = {"token",
                                                        "api-key",
                                                        "x-api-key",
                                                        "authorization",
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

bool isSame(QByteArrayView name, QByteArrayView other)
{
    return name.size() == other.size() && name.compare(other, Qt::CaseInsensitive) == 0;
}

template <size_t Size> bool isOneOf(QByteArrayView name, const std::array<QByteArrayView, Size> &names)
{
    return std::any_of(names.begin(), names.end(),
                       [name](QByteArrayView other) { return isSame(name, other); });
}

bool isHeaderName(QByteArrayView name)
{
    constexpr std::array<QByteArrayView, 6> headers
        = {"cookie", "set-cookie", "authorization", "proxy-authorization", "mcp-session-id", "x-api-key"};
    return isOneOf(name, headers);
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
    if (end == start || end == text.size())
        return 0;
    // What follows tells most words apart, and is looked at sooner than their names are.
    const QByteArrayView name = text.sliced(start, end - start);
    const QByteArrayView rest = text.sliced(end);
    if (start == 1) {
        for (const QByteArrayView middle : {QByteArrayView("\": \""), QByteArrayView("\":\"")}) {
            if (rest.startsWith(middle))
                return isSecretName(name) ? end + middle.size() : 0;
        }
        return 0;
    }
    if (rest.front() == '=')
        return isSecretName(name) ? end + 1 : 0;
    // Words like "state" and "code" stand before a colon in sentences too; names of headers do not.
    return rest.startsWith(": ") && isHeaderName(name) ? end + 2 : 0;
}

/// Where there is something to hide; it may be empty.
struct Range
{
    qsizetype begin = 0;
    qsizetype end = 0;
};

/// The first secret in the text from there on.
std::optional<Range> nextSecret(QByteArrayView text, qsizetype from)
{
    for (qsizetype i = from; i < text.size(); ++i) {
        const char c = text[i];
        // A token anywhere, also glued to what stands before it ("/eyJ…"); names and schemes only as words.
        if (c == 'e') {
            if (const qsizetype length = jwtLength(text.sliced(i)))
                return Range{i, i + length};
        }
        const bool isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!isLetter && c != '"' && c != '_' && c != '-')
            continue;
        if (i > 0 && isTokenCharacter(text[i - 1]) && text[i - 1] != '=')
            continue;
        const QByteArrayView rest = text.sliced(i);
        if (const qsizetype name = secretIntroductionLength(rest)) {
            // A quoted value ends with its quote, a header with its line, a field where a form or query goes
            // on.
            const QByteArrayView ends = rest[name - 1] == '"' ? "\""
                : rest[name - 1] == ' '                       ? "\r\n"
                                                              : "& \"\n#'";
            qsizetype end = i + name;
            while (end < text.size() && !ends.contains(text[end]))
                ++end;
            return Range{i + name, end};
        }
        if ((c == 'b' || c == 'B') && startsWithIgnoringCase(rest, "bearer ") && rest.size() > 27
            && std::all_of(rest.begin() + 7, rest.begin() + 27, isTokenCharacter)) {
            qsizetype end = i + 7;
            while (end < text.size() && isTokenCharacter(text[end]))
                ++end;
            return Range{i + 7, end};
        }
    }
    return std::nullopt;
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

/// The four hexadecimal digits there, or -1.
int codeUnitAt(QByteArrayView text, qsizetype at)
{
    bool isNumber = false;
    const uint unit = at + 4 <= text.size() ? text.sliced(at, 4).toUInt(&isNumber, 16) : 0;
    return isNumber ? int(unit) : -1;
}

/// What a JSON string says: escapes could hide a token's shape or a member's name. Those that are none stay
/// as they are.
QByteArray unescaped(QByteArrayView text)
{
    QByteArray out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            out += text[i];
            continue;
        }
        const char kind = text[++i];
        constexpr QByteArrayView kinds = "\"\\/bfnrt";
        constexpr QByteArrayView meanings = "\"\\/\b\f\n\r\t";
        if (const qsizetype known = kinds.indexOf(kind); known >= 0) {
            out += meanings[known];
        } else if (kind == 'u' && codeUnitAt(text, i + 1) >= 0) {
            QString units(QChar(ushort(codeUnitAt(text, i + 1))));
            i += 4;
            if (units.front().isHighSurrogate() && text.sliced(i + 1).startsWith("\\u")
                && codeUnitAt(text, i + 3) >= 0) {
                units += QChar(ushort(codeUnitAt(text, i + 3)));
                i += 6;
            }
            out += units.toUtf8();
        } else {
            out += '\\';
            out += kind;
        }
    }
    return out;
}

bool isJsonSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

} // namespace

bool isSecretName(QByteArrayView name)
{
    constexpr QByteArrayView ending = "_token";
    return (name.size() >= ending.size() && isSame(name.last(ending.size()), ending))
        || isOneOf(name, secretNames);
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

QByteArray maskText(const QByteArray &text)
{
    QByteArray out;
    qsizetype copied = 0;
    while (const auto secret = nextSecret(text, copied)) {
        out += QByteArrayView(text).sliced(copied, secret->begin - copied);
        out += hidden;
        copied = secret->end;
    }
    // Most texts have none, and are shared.
    return copied == 0 ? text : out + QByteArrayView(text).sliced(copied).toByteArray();
}

QByteArray maskText(QByteArrayView text)
{
    return maskText(text.toByteArray());
}

QString maskText(const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    const QByteArray shown = maskText(utf8);
    return shown.constData() == utf8.constData() ? text : QString::fromUtf8(shown);
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

QByteArray maskBody(const QByteArray &body)
{
    qsizetype start = 0;
    while (start < body.size() && isJsonSpace(body[start]))
        ++start;
    if (start == body.size() || (body[start] != '{' && body[start] != '['))
        return maskText(body);
    QByteArray out;
    qsizetype copied = 0;
    bool isSecretMember = false; // Of the value that comes next.
    const QByteArrayView all = body;
    for (qsizetype i = 0; i < all.size();) {
        if (all[i] != '"') {
            // A value that is no string holds no secret: a JSON-RPC error's code is a number.
            isSecretMember = isSecretMember && (isJsonSpace(all[i]) || all[i] == ':');
            ++i;
            continue;
        }
        const qsizetype begin = i;
        const QByteArrayView quoted = all.sliced(i, jsonStringLength(all.sliced(i)));
        i += quoted.size();
        qsizetype next = i;
        while (next < all.size() && isJsonSpace(all[next]))
            ++next;
        const bool isName = next < all.size() && all[next] == ':';
        const bool isWhole = quoted.size() > 1 && quoted.back() == '"';
        const QByteArrayView inner = quoted.sliced(1, quoted.size() - (isWhole ? 2 : 1));
        const QByteArray decoded = inner.contains('\\') ? unescaped(inner) : QByteArray();
        const QByteArrayView text = decoded.isNull() ? inner : QByteArrayView(decoded);
        const bool isHidden = isSecretMember && !isName;
        if ((isHidden && text != hidden) || nextSecret(text, 0)) {
            const QByteArray shown = isHidden ? hidden.toByteArray() : maskText(text);
            out += all.sliced(copied, begin - copied);
            out += writeJson(QJsonValue(QString::fromUtf8(shown)));
            copied = i;
        }
        isSecretMember = isName && isSecretName(text);
    }
    // Most bodies have none, and are shared.
    return copied == 0 ? body : out + all.sliced(copied).toByteArray();
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
