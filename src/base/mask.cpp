// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/mask.h"

#include "base/headers.h"
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
constexpr QByteArrayView fieldEnds = "& \"\n#'"; ///< Of a form or query.

constexpr std::array<QByteArrayView, 20> secretNames = {"token",
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
                                                        "gatehouse-control",
                                                        "device_code",
                                                        "registration_access_token",
                                                        "dpop"};

/// `other` is in lower case.
bool isSame(QByteArrayView name, QByteArrayView other)
{
    // Most names differ in their length or last letter.
    return name.size() == other.size() && (name.back() | 0x20) == other.back()
        && name.compare(other, Qt::CaseInsensitive) == 0;
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

constexpr bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr std::array<bool, 256> tokenCharacters = [] {
    std::array<bool, 256> all{};
    for (int i = 0; i < 256; ++i) {
        const char c = char(i);
        all.at(size_t(i)) = (c >= '0' && c <= '9') || isLetter(c) || c == '-' || c == '_' || c == '.'
            || c == '~' || c == '+' || c == '/' || c == '=';
    }
    return all;
}();

bool isTokenCharacter(char c)
{
    return tokenCharacters[uchar(c)]; // NOLINT: every byte has a place
}

bool isNameCharacter(char c)
{
    return isLetter(c) || c == '_' || c == '-';
}

bool startsWithIgnoringCase(QByteArrayView text, QByteArrayView prefix)
{
    return text.size() >= prefix.size()
        && text.first(prefix.size()).compare(prefix, Qt::CaseInsensitive) == 0;
}

/// Where the characters that a token may hold end, from there on.
qsizetype runEnd(QByteArrayView text, qsizetype begin)
{
    qsizetype end = begin;
    while (end < text.size() && isTokenCharacter(text[end]))
        ++end;
    return end;
}

/// Where there is something to hide; it may be empty.
struct Range
{
    qsizetype begin = 0;
    qsizetype end = 0;
};

/// The name of letters, "_" and "-" that ends there: in quotes, or as a word, where nothing that a token may
/// hold stands before it but for the "=" of a form. Empty if there is none, or it began before `from`.
QByteArrayView nameBefore(QByteArrayView text, qsizetype from, qsizetype end, bool isQuoted)
{
    constexpr qsizetype longest = 40;
    qsizetype begin = end;
    while (begin > 0 && end - begin <= longest && isNameCharacter(text[begin - 1]))
        --begin;
    const char before = begin > 0 ? text[begin - 1] : ' ';
    const bool isName = isQuoted ? before == '"' : !isTokenCharacter(before) || before == '=';
    const qsizetype start = isQuoted ? begin - 1 : begin;
    return isName && start >= from && end - begin <= longest ? text.sliced(begin, end - begin)
                                                             : QByteArrayView();
}

/// From there on to one of those.
Range rangeUntil(QByteArrayView text, qsizetype begin, QByteArrayView ends)
{
    qsizetype end = begin;
    while (end < text.size() && !ends.contains(text[end]))
        ++end;
    return {begin, end};
}

/// A token's shape, whose "J" stands there: "eyJ", two dots, no foreign character. Where there is none,
/// `barren` is how far there is none either: each place is looked at once, however many "eyJ" a peer sends.
std::optional<Range> token(QByteArrayView text, qsizetype from, qsizetype at, qsizetype &barren)
{
    const qsizetype begin = at - 2;
    if (at < barren || begin < from || !text.sliced(begin).startsWith("eyJ"))
        return std::nullopt;
    const qsizetype end = runEnd(text, begin);
    const QByteArrayView run = text.sliced(begin, end - begin);
    if (run.count('.') < 2) {
        barren = end;
        return std::nullopt;
    }
    // With a "=" it may be the end of a name with its value, which goes on beyond what a token may hold.
    return Range{begin, run.contains('=') ? rangeUntil(text, end, fieldEnds).end : end};
}

/// What is behind `name=` of a form or query, or `name="` of a header's parameter.
std::optional<Range> formField(QByteArrayView text, qsizetype from, qsizetype equals)
{
    if (!isSecretName(nameBefore(text, from, equals, false)))
        return std::nullopt;
    if (text.sliced(equals + 1).startsWith('"'))
        return rangeUntil(text, equals + 2, "\"");
    return rangeUntil(text, equals + 1, fieldEnds);
}

/// What is behind `"name":"`, or `"name": "` as Qt prints headers, or `name: ` of a header line. JSON as
/// people write it may lack the quotes of the name.
std::optional<Range> member(QByteArrayView text, qsizetype from, qsizetype colon)
{
    const QByteArrayView rest = text.sliced(colon + 1);
    const qsizetype space = rest.startsWith(' ') ? 1 : 0;
    const bool hasQuotedValue = rest.sliced(space).startsWith('"');
    const bool isQuoted = colon > 0 && text[colon - 1] == '"';
    if (!hasQuotedValue && (isQuoted || space == 0))
        return std::nullopt;
    const QByteArrayView name = nameBefore(text, from, isQuoted ? colon - 1 : colon, isQuoted);
    if (!isQuoted && space > 0 && isHeaderName(name))
        return rangeUntil(text, colon + 2, "\r\n");
    // Words like "state" and "code" stand before a colon in sentences too, but not with a value in quotes.
    if (!hasQuotedValue || !isSecretName(name))
        return std::nullopt;
    return rangeUntil(text, colon + 1 + space + 1, "\"");
}

/// The token behind "Bearer ".
std::optional<Range> bearer(QByteArrayView text, qsizetype from, qsizetype space)
{
    constexpr QByteArrayView scheme = "bearer";
    constexpr qsizetype shortest = 20;
    const qsizetype begin = space - scheme.size();
    if (begin < from || !startsWithIgnoringCase(text.sliced(begin), scheme)
        || (begin > 0 && isTokenCharacter(text[begin - 1]) && text[begin - 1] != '='))
        return std::nullopt;
    const qsizetype end = runEnd(text, space + 1);
    return end - space > shortest ? std::optional(Range{space + 1, end}) : std::nullopt;
}

/// The first secret in the text from there on. Each kind has a character that most texts have not, and is
/// looked for only where that one stands.
std::optional<Range> nextSecret(QByteArrayView text, qsizetype from)
{
    constexpr std::array<bool, 256> marks = [] {
        std::array<bool, 256> all{};
        for (const char c : {'J', '=', ':', ' '})
            all.at(uchar(c)) = true;
        return all;
    }();
    qsizetype barren = 0;
    for (qsizetype i = from; i < text.size(); ++i) {
        if (!marks[uchar(text[i])]) // NOLINT: every byte has a place
            continue;
        std::optional<Range> found;
        switch (text[i]) {
        case 'J': // "eyJ", also glued to what stands before it ("/eyJ…").
            found = token(text, from, i, barren);
            break;
        case '=':
            found = formField(text, from, i);
            break;
        case ':':
            found = member(text, from, i);
            break;
        case ' ':
            found = bearer(text, from, i);
            break;
        }
        if (found)
            return found;
    }
    return std::nullopt;
}

/// A JSON string as it is written, quotes included.
struct Quoted
{
    QByteArrayView text;
    bool hasEscape = false;
};

/// The one at the start of `text`; all of the text if it never ends.
Quoted quotedAtStart(QByteArrayView text)
{
    // Most have no escape.
    const qsizetype quote = text.indexOf('"', 1);
    const qsizetype escape = text.first(quote < 0 ? text.size() : quote).indexOf('\\', 1);
    if (escape < 0)
        return {text.first(quote < 0 ? text.size() : quote + 1), false};
    for (qsizetype i = escape; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            return {text.first(i + 1), true};
    }
    return {text, true};
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
    QByteArray out(text.size(), Qt::Uninitialized); // No escape is shorter than what it means.
    char *end = out.data();
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            *end++ = text[i];
            continue;
        }
        const char kind = text[++i];
        constexpr QByteArrayView kinds = "\"\\/bfnrt";
        constexpr QByteArrayView meanings = "\"\\/\b\f\n\r\t";
        if (kind == '"') {
            *end++ = kind; // The one that most have, where JSON stands in a text.
        } else if (const qsizetype known = kinds.indexOf(kind); known >= 0) {
            *end++ = meanings[known];
        } else if (kind == 'u' && codeUnitAt(text, i + 1) >= 0) {
            QString units(QChar(ushort(codeUnitAt(text, i + 1))));
            i += 4;
            if (units.front().isHighSurrogate() && text.sliced(i + 1).startsWith("\\u")
                && codeUnitAt(text, i + 3) >= 0) {
                units += QChar(ushort(codeUnitAt(text, i + 3)));
                i += 6;
            }
            const QByteArray utf8 = units.toUtf8();
            end = std::copy(utf8.begin(), utf8.end(), end);
        } else {
            *end++ = '\\';
            *end++ = kind;
        }
    }
    out.truncate(end - out.constData());
    return out;
}

constexpr std::array<bool, 256> outsideTexts = [] {
    std::array<bool, 256> all{};
    for (const char c : "{}[]:, \t\r\n0123456789+-.eEtruefalsn")
        all.at(uchar(c)) = c != 0;
    return all;
}();

/// Whether JSON may have that outside of its texts: brackets, numbers and the letters of its three words.
bool standsOutsideTexts(char c)
{
    return outsideTexts[uchar(c)]; // NOLINT: every byte has a place
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

bool isSecretHeader(QByteArrayView name)
{
    // X-Auth-Token, CF-Access-Client-Secret, X-Goog-Api-Key: whoever invents one calls it so. Others call a
    // key what opens nothing, and what mirrors a tool's argument is in the body as well.
    constexpr std::array<QByteArrayView, 6> endings
        = {"-token", "-secret", "-key", "-password", "-authorization", "apikey"};
    constexpr std::array<QByteArrayView, 4> open
        = {"idempotency-key", "sec-websocket-key", "surrogate-key", "cache-key"};
    const auto endsWith = [name](QByteArrayView ending) {
        return name.size() >= ending.size() && isSame(name.last(ending.size()), ending);
    };
    if (isSecretName(name))
        return true;
    return !startsWithIgnoringCase(name, "mcp-param-") && std::none_of(open.begin(), open.end(), endsWith)
        && std::any_of(endings.begin(), endings.end(), endsWith);
}

QByteArray maskHeader(QByteArrayView name, const QByteArray &value)
{
    if (isSameName(name, "Authorization")) {
        const qsizetype space = value.indexOf(' ');
        const QByteArray scheme = space > 0 && space < 20 ? value.first(space + 1) : QByteArray();
        // The last four characters tell tokens apart; a short one would be given away by them, and a
        // password's end with it.
        const bool isLong = value.size() - scheme.size() >= 40;
        return scheme + hidden.toByteArray()
            + (isLong && isSameName(scheme.trimmed(), "Bearer") ? value.last(4) : QByteArray());
    }
    return isSecretHeader(name) ? hidden.toByteArray() : maskText(value);
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
    bool isJson = true; // As far as can be told from what stands outside of its texts.
    const QByteArrayView all = body;
    for (qsizetype i = 0; i < all.size();) {
        if (all[i] != '"') {
            // A value that is no string holds no secret: a JSON-RPC error's code is a number.
            isSecretMember = isSecretMember && (isJsonSpace(all[i]) || all[i] == ':');
            isJson = isJson && standsOutsideTexts(all[i]);
            ++i;
            continue;
        }
        const qsizetype begin = i;
        const auto [quoted, hasEscape] = quotedAtStart(all.sliced(i));
        i += quoted.size();
        qsizetype next = i;
        while (next < all.size() && isJsonSpace(all[next]))
            ++next;
        const bool isName = next < all.size() && all[next] == ':';
        const bool isWhole = quoted.size() > 1 && quoted.back() == '"';
        const QByteArrayView inner = quoted.sliced(1, quoted.size() - (isWhole ? 2 : 1));
        const QByteArray decoded = hasEscape ? unescaped(inner) : QByteArray();
        const QByteArrayView text = hasEscape ? QByteArrayView(decoded) : inner;
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
    const QByteArray masked = copied == 0 ? body : out + all.sliced(copied).toByteArray();
    return isJson ? masked : maskText(masked);
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
