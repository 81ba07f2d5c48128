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

bool isHeaderName(QByteArrayView name)
{
    constexpr std::array<QByteArrayView, 6> headers
        = {"cookie", "setcookie", "authorization", "proxyauthorization", "mcpsessionid", "xapikey"};
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
std::optional<Range> formField(QByteArrayView text, qsizetype from, qsizetype equals, Place place)
{
    // An answer may repeat the redirect that it is about.
    const Place there = place == Place::OAuthAnswer ? Place::OAuthRequest : place;
    if (!isSecretName(nameBefore(text, from, equals, false), there))
        return std::nullopt;
    if (text.sliced(equals + 1).startsWith('"'))
        return rangeUntil(text, equals + 2, "\"");
    return rangeUntil(text, equals + 1, fieldEnds);
}

/// Behind the number that begins there. Neither true nor false nor null is a secret.
qsizetype scalarEnd(QByteArrayView text, qsizetype begin)
{
    qsizetype end = begin;
    while (end < text.size() && QByteArrayView("+-.0123456789eE").contains(text[end]))
        ++end;
    return end > begin && (text[begin] == 'e' || text[begin] == 'E') ? begin : end;
}

/// What is behind `"name":"`, or `"name": "` as Qt prints headers, or `name: ` of a header line. JSON as
/// people write it may lack the quotes of the name.
std::optional<Range> member(QByteArrayView text, qsizetype from, qsizetype colon, Place place)
{
    const QByteArrayView rest = text.sliced(colon + 1);
    const qsizetype space = rest.startsWith(' ') ? 1 : 0;
    const qsizetype value = colon + 1 + space;
    const bool hasQuotedValue = rest.sliced(space).startsWith('"');
    const bool isQuoted = colon > 0 && text[colon - 1] == '"';
    if (!hasQuotedValue && !isQuoted && space == 0)
        return std::nullopt;
    const QByteArrayView name = nameBefore(text, from, isQuoted ? colon - 1 : colon, isQuoted);
    if (!isQuoted && space > 0 && isHeaderName(name))
        return rangeUntil(text, value, "\r\n");
    // Words like "state" and "code" stand before a colon in sentences too, but not with a value in quotes.
    if (!isSecretName(name, place))
        return std::nullopt;
    if (hasQuotedValue)
        return rangeUntil(text, value + 1, "\"");
    return isQuoted ? std::optional(Range{value, scalarEnd(text, value)}) : std::nullopt;
}

/// "sk_live_…" or "sk_test_…" as WorkOS and others make them, whose second "_" stands there.
std::optional<Range> apiKey(QByteArrayView text, qsizetype from, qsizetype at)
{
    constexpr qsizetype prefix = 7; // "sk_live"
    constexpr qsizetype shortest = 8;
    const qsizetype begin = at - prefix;
    if (begin < from || (begin > 0 && isNameCharacter(text[begin - 1])))
        return std::nullopt;
    const QByteArrayView kind = text.sliced(begin, prefix);
    if (kind != QByteArrayView("sk_live") && kind != QByteArrayView("sk_test"))
        return std::nullopt;
    const qsizetype end = runEnd(text, at + 1);
    return end - at > shortest ? std::optional(Range{at + 1, end}) : std::nullopt;
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

/// What each kind of secret has, and most texts have not.
constexpr QByteArrayView secretMarks = "J=: _";

/// The first secret in the text from there on. Each kind has a character that most texts have not, and is
/// looked for only where that one stands.
std::optional<Range> nextSecret(QByteArrayView text, qsizetype from, Place place)
{
    static constexpr std::array<bool, 256> marks = [] {
        std::array<bool, 256> all{};
        for (const char c : secretMarks)
            all.at(uchar(c)) = true;
        return all;
    }();
    const auto isMark
        = [&](qsizetype at) { return marks[uchar(text[at])]; }; // NOLINT: every byte has a place
    qsizetype barren = 0;
    for (qsizetype i = from; i < text.size(); ++i) {
        while (i + 4 <= text.size() && !(isMark(i) | isMark(i + 1) | isMark(i + 2) | isMark(i + 3)))
            i += 4;
        if (i == text.size())
            break;
        if (!isMark(i))
            continue;
        std::optional<Range> found;
        switch (text[i]) {
        case 'J': // "eyJ", also glued to what stands before it ("/eyJ…").
            found = token(text, from, i, barren);
            break;
        case '=':
            found = formField(text, from, i, place);
            break;
        case ':':
            found = member(text, from, i, place);
            break;
        case ' ':
            found = bearer(text, from, i);
            break;
        case '_':
            found = apiKey(text, from, i);
            break;
        }
        if (found && found->end > found->begin) // What is empty hides nothing, and says so.
            return found;
    }
    return std::nullopt;
}

/// A JSON string as it is written, quotes included.
struct Quoted
{
    QByteArrayView text;
    bool hasEscape = false;
    bool mayHold = true; ///< A secret: one of the marks that nextSecret() looks for stands in it.
};

/// The one at the start of `text`; all of the text if it never ends.
Quoted quotedAtStart(QByteArrayView text)
{
    enum Kind : quint8 { Mark = 1, End = 2 };
    static constexpr std::array<quint8, 256> kinds = [] {
        std::array<quint8, 256> all{};
        for (const char c : secretMarks)
            all.at(uchar(c)) = Mark;
        all.at('"') = all.at('\\') = End;
        return all;
    }();
    const char *const bytes = text.data();
    qsizetype escape = 1;
    quint8 seen = 0;
    for (; escape < text.size() && (seen & End) == 0; ++escape)
        seen |= kinds[uchar(bytes[escape])]; // NOLINT: every byte has a place
    if ((seen & End) == 0)
        return {text, false, (seen & Mark) != 0};
    --escape;
    if (text[escape] == '"') // Most have no escape.
        return {text.first(escape + 1), false, (seen & Mark) != 0};
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
        const qsizetype run = i;
        while (i < text.size() && text[i] != '\\')
            ++i;
        end = std::copy(text.begin() + run, text.begin() + i, end);
        if (i + 1 >= text.size()) {
            if (i < text.size())
                *end++ = text[i];
            break;
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

/// What does nothing there by itself: all of it but the brackets.
constexpr std::array<bool, 256> passedOver = [] {
    std::array<bool, 256> all = outsideTexts;
    for (const char c : {'{', '}', '[', ']'})
        all.at(uchar(c)) = false;
    return all;
}();

bool isJsonSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

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

bool isSecretHeader(QByteArrayView name)
{
    if (!mayEndLike(name, secretEndings))
        return false;
    // Others call a key what opens nothing.
    constexpr std::array<QByteArrayView, 4> open
        = {"idempotency-key", "sec-websocket-key", "surrogate-key", "cache-key"};
    const auto hasEnding = [name](QByteArrayView ending) { return endsWith(name, ending); };
    constexpr QByteArrayView mirrored = "mcp-param-"; // What is in the body as well, by the same names.
    if (startsWithIgnoringCase(name, mirrored))
        return isSecretName(name.sliced(mirrored.size()), Place::Elsewhere);
    if (std::any_of(open.begin(), open.end(), hasEnding))
        return false;
    return isSecretName(name, Place::OAuthRequest)
        || std::any_of(headerEndings.begin(), headerEndings.end(), hasEnding);
}

QByteArray maskHeader(QByteArrayView name, const QByteArray &value)
{
    if (value.isEmpty())
        return value;
    if (isSameName(name, "Authorization")) {
        const qsizetype space = value.indexOf(' ');
        const QByteArray scheme = space > 0 && space < 20 ? value.first(space + 1) : QByteArray();
        if (value.size() == scheme.size())
            return value;
        // The last four characters tell tokens apart; a short one would be given away by them, and a
        // password's end with it.
        const bool isLong = value.size() - scheme.size() >= 40;
        return scheme + hidden.toByteArray()
            + (isLong && isSameName(scheme.trimmed(), "Bearer") ? value.last(4) : QByteArray());
    }
    return isSecretHeader(name) ? hidden.toByteArray() : maskText(value, Place::OAuthRequest);
}

QByteArray maskText(const QByteArray &text, Place place)
{
    QByteArray out;
    qsizetype copied = 0;
    while (const auto secret = nextSecret(text, copied, place)) {
        out += QByteArrayView(text).sliced(copied, secret->begin - copied);
        out += hidden;
        copied = secret->end;
    }
    // Most texts have none, and are shared.
    return copied == 0 ? text : out + QByteArrayView(text).sliced(copied).toByteArray();
}

QByteArray maskText(QByteArrayView text, Place place)
{
    return maskText(text.toByteArray(), place);
}

QString maskText(const QString &text, Place place)
{
    const QByteArray utf8 = text.toUtf8();
    const QByteArray shown = maskText(utf8, place);
    return shown.constData() == utf8.constData() ? text : QString::fromUtf8(shown);
}

namespace {

/// All of it, at any depth, but for what is empty.
QJsonValue hiddenJson(const QJsonValue &value)
{
    if (value.isArray()) {
        QJsonArray out;
        const QJsonArray in = value.toArray();
        for (const QJsonValue item : in)
            out.append(hiddenJson(item));
        return out;
    }
    if (value.isObject()) {
        QJsonObject out = value.toObject();
        for (auto it = out.begin(); it != out.end(); ++it)
            *it = hiddenJson(*it);
        return out;
    }
    const bool isEmpty
        = value.isNull() || value.isUndefined() || (value.isString() && value.toString().isEmpty());
    return isEmpty ? value : QJsonValue(QString::fromUtf8(hidden));
}

} // namespace

QJsonValue maskJson(const QJsonValue &value, Place place)
{
    if (value.isString())
        return maskText(value.toString(), place);
    if (value.isArray()) {
        QJsonArray out;
        const QJsonArray in = value.toArray();
        for (const QJsonValue item : in)
            out.append(maskJson(item, place));
        return out;
    }
    if (value.isObject()) {
        QJsonObject out;
        const QJsonObject in = value.toObject();
        for (auto it = in.begin(); it != in.end(); ++it)
            out.insert(it.key(),
                       isSecretName(it.key().toUtf8(), place) ? hiddenJson(*it) : maskJson(*it, place));
        return out;
    }
    return value;
}

namespace {

/// Masks JSON, or what begins like it, text by text.
class BodyMask
{
public:
    BodyMask(const QByteArray &body, Place place, int level = 0)
        : m_body(body)
        , m_place(place)
        , m_level(level)
    { }

    QByteArray masked()
    {
        for (m_at = 0; m_at < m_all.size();) {
            if (m_all[m_at] == '"')
                takeText();
            else if (isKnownToBeClean())
                m_at += m_clean.size();
            else
                takeOther();
        }
        // Most bodies have none, and are shared.
        const QByteArray out = m_copied == 0 ? m_body : m_out + m_all.sliced(m_copied).toByteArray();
        return m_isJson ? out : maskText(out, m_place);
    }

private:
    [[nodiscard]] bool isHidden() const { return m_isSecretMember || m_hiddenFrom >= 0; }
    /// After masked(): one value or several, brackets around each, that were looked through to the end and
    /// hold nothing to hide, wherever they stand.
    [[nodiscard]] bool isCleanByItself() const
    {
        return m_copied == 0 && m_isJson && m_isBalanced && m_depth == 0 && !m_isCutShort
            && (m_all.endsWith('}') || m_all.endsWith(']'));
    }
    /// MCP servers send the same JSON twice, within a text and beside it: it is looked through once.
    [[nodiscard]] bool isKnownToBeClean()
    {
        if (m_clean.isEmpty() || isHidden() || m_all[m_at] != m_clean.front())
            return false;
        if (m_all.sliced(m_at).startsWith(m_clean))
            return true;
        if (++m_misses == mostMisses)
            m_clean.clear();
        return false;
    }
    /// JSON in a text is masked like that beside it. Nothing where it may be shown as it is, as most.
    [[nodiscard]] std::optional<QByteArray> within(QByteArrayView text, bool mayHold)
    {
        constexpr int deepest = 4;
        if (text.isEmpty())
            return std::nullopt;
        const bool isJson = text.front() == '{' || text.front() == '[';
        if (isJson && m_level < deepest) {
            BodyMask inner(text.toByteArray(), m_place, m_level + 1);
            const QByteArray masked = inner.masked();
            m_isCutShort = m_isCutShort || inner.m_isCutShort;
            if (inner.isCleanByItself())
                m_clean = m_misses < mostMisses ? inner.m_body : QByteArray();
            return masked == text ? std::nullopt : std::optional(masked);
        }
        m_isCutShort = m_isCutShort || isJson;
        return mayHold && nextSecret(text, 0, m_place) ? std::optional(maskText(text, m_place))
                                                       : std::nullopt;
    }
    void replace(qsizetype begin, const QByteArray &json)
    {
        m_out += m_all.sliced(m_copied, begin - m_copied);
        m_out += json;
        m_copied = m_at;
    }

    /// A bracket, a number, a word or what is no JSON.
    void takeOther()
    {
        const char c = m_all[m_at];
        m_isJson = m_isJson && standsOutsideTexts(c);
        if (isJsonSpace(c) || c == ':') {
            ++m_at;
            return;
        }
        const qsizetype begin = m_at++;
        if (c == '{' || c == '[') {
            if (m_isSecretMember && m_hiddenFrom < 0)
                m_hiddenFrom = m_depth; // All that is within.
            ++m_depth;
        } else if (c == '}' || c == ']') {
            m_isBalanced = m_isBalanced && m_depth > 0;
            m_depth = std::max<qsizetype>(0, m_depth - 1);
            if (m_depth <= m_hiddenFrom)
                m_hiddenFrom = -1;
        } else if (isHidden() && c != ',') {
            const qsizetype end = scalarEnd(m_all, begin);
            while (end == begin && m_at < m_all.size() && isLetter(m_all[m_at]))
                ++m_at; // A word.
            if (end > begin) {
                m_at = end;
                replace(begin, '"' + hidden.toByteArray() + '"');
            }
        }
        m_isSecretMember = false;
        while (m_hiddenFrom < 0 && m_at < m_all.size() && passedOver[uchar(m_all[m_at])]) // NOLINT: as above
            ++m_at;
    }

    void takeText()
    {
        const qsizetype begin = m_at;
        const auto [quoted, hasEscape, mayHold] = quotedAtStart(m_all.sliced(m_at));
        m_at += quoted.size();
        qsizetype next = m_at;
        while (next < m_all.size() && isJsonSpace(m_all[next]))
            ++next;
        const bool isName = next < m_all.size() && m_all[next] == ':';
        const bool isWhole = quoted.size() > 1 && quoted.back() == '"';
        if (isWhole && !hasEscape && !mayHold && !isHidden() && quoted[1] != '{' && quoted[1] != '[') {
            m_isSecretMember = isName && isSecretName(quoted.sliced(1, quoted.size() - 2), m_place);
            return; // As most: nothing can stand in it.
        }
        m_isBalanced = m_isBalanced && isWhole;
        const QByteArrayView inner = quoted.sliced(1, quoted.size() - (isWhole ? 2 : 1));
        const QByteArray decoded = hasEscape ? unescaped(inner) : QByteArray();
        const QByteArrayView text = hasEscape ? QByteArrayView(decoded) : inner;
        const bool hides = isHidden() && !isName && !text.isEmpty() && text != hidden;
        const std::optional<QByteArray> shown
            = hides ? std::optional(hidden.toByteArray()) : within(text, mayHold);
        if (shown && *shown != text) {
            // Two names shall not become one, which would be no JSON any more.
            const QByteArray number = isName && m_names++ > 0 ? QByteArray::number(m_names) : QByteArray();
            replace(begin, writeJson(QJsonValue(QString::fromUtf8(*shown + number))));
        }
        m_isSecretMember = isName && isSecretName(text, m_place);
    }

    QByteArray m_body;
    QByteArrayView m_all = m_body;
    Place m_place;
    int m_level; ///< How many texts it stands in.
    int m_names = 0; ///< That were masked.
    QByteArray m_out;
    qsizetype m_at = 0;
    qsizetype m_copied = 0;
    qsizetype m_depth = 0;
    qsizetype m_hiddenFrom = -1; ///< The depth of a secret member whose value is an object or array.
    bool m_isSecretMember = false; ///< Of the value that comes next.
    QByteArray m_clean; ///< What was within the last text and holds nothing to hide.
    static constexpr int mostMisses = 8; ///< Whoever sends what nearly fits shall gain nothing by that.
    int m_misses = 0; ///< How often it did not stand beside it.
    bool m_isBalanced = true; ///< Each bracket that ends has one that began, and each text its end.
    bool m_isCutShort = false; ///< Something stands too deep to be read as JSON.
    bool m_isJson = true; ///< As far as can be told from what stands outside of its texts.
};

} // namespace

QByteArray maskBody(const QByteArray &body, Place place)
{
    qsizetype start = 0;
    while (start < body.size() && isJsonSpace(body[start]))
        ++start;
    if (start == body.size() || (body[start] != '{' && body[start] != '['))
        return maskText(body, place);
    return BodyMask(body, place).masked();
}

QByteArray maskEventStream(const QByteArray &stream, Place place)
{
    // Event by event: its data may stand on several lines, with others between them.
    QByteArray out;
    qsizetype copied = 0;
    qsizetype eventBegin = 0;
    QByteArrayList others; // Lines that are no data, in their order, masked.
    QByteArrayList data;
    bool isChanged = false;
    const auto flush = [&](qsizetype end) {
        const QByteArray text = data.join('\n');
        const QByteArray masked = data.isEmpty() ? text : maskBody(text, place);
        if (isChanged || masked != text) {
            out += QByteArrayView(stream).sliced(copied, eventBegin - copied);
            for (const QByteArray &line : std::as_const(others))
                out += line + '\n';
            if (!data.isEmpty())
                out += "data: " + QByteArray(masked).replace('\n', "\ndata: ") + '\n';
            copied = end;
        }
        others.clear();
        data.clear();
        isChanged = false;
        eventBegin = end;
    };
    for (qsizetype begin = 0; begin < stream.size();) {
        const qsizetype lineEnd = stream.indexOf('\n', begin);
        const qsizetype next = lineEnd < 0 ? stream.size() : lineEnd + 1;
        QByteArrayView line = QByteArrayView(stream).sliced(begin, (lineEnd < 0 ? next : lineEnd) - begin);
        if (line.endsWith('\r'))
            line.chop(1);
        if (line.isEmpty()) {
            flush(begin);
            eventBegin = next;
        } else if (const qsizetype mark = line.startsWith("\xEF\xBB\xBF") ? 3 : 0;
                   line.sliced(mark).startsWith("data:")) {
            line = line.sliced(mark + 5);
            data.append(line.sliced(line.startsWith(' ') ? 1 : 0).toByteArray());
        } else {
            others.append(maskText(line, place));
            isChanged = isChanged || others.last() != line;
        }
        begin = next;
    }
    flush(stream.size());
    return copied == 0 ? stream : out + QByteArrayView(stream).sliced(copied).toByteArray();
}

QByteArray beginningOfMasked(const QByteArray &masked, qsizetype bytes, bool isWhole)
{
    if (isWhole && masked.size() <= bytes)
        return masked;
    qsizetype end = std::min(masked.size(), bytes);
    const bool goesOn = end == masked.size() || isTokenCharacter(masked[end]);
    while (goesOn && end > 0 && isTokenCharacter(masked[end - 1]))
        --end;
    while (end > 0 && end < masked.size() && (uchar(masked[end]) & 0xC0) == 0x80)
        --end; // Within a character of UTF-8.
    return masked.first(end);
}

QByteArray fingerprint(QByteArrayView secret)
{
    return QCryptographicHash::hash(secret.toByteArray(), QCryptographicHash::Sha256).first(4).toHex();
}

} // namespace gatehouse::base
