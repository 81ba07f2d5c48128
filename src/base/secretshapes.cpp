// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/secretshapes.h"

#include "base/characters.h"

#include <array>

namespace gatehouse::base {

namespace {

constexpr QByteArrayView fieldEnds = "& \"\n#'"; ///< Of a form or query.

} // namespace

qsizetype scalarEnd(QByteArrayView text, qsizetype begin)
{
    qsizetype end = begin;
    while (end < text.size() && QByteArrayView("+-.0123456789eE").contains(text[end]))
        ++end;
    return end > begin && (text[begin] == 'e' || text[begin] == 'E') ? begin : end;
}

namespace {

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
    while (end < text.size() && isBearerCharacter(text[end]))
        ++end;
    return end;
}

/// The name of letters, "_" and "-" that ends there: in quotes, or as a word, where nothing that a token may
/// hold stands before it but for the "=" of a form. Empty if there is none, or it began before `from`.
QByteArrayView nameBefore(QByteArrayView text, qsizetype from, qsizetype end, bool isQuoted)
{
    constexpr qsizetype longest = 40;
    qsizetype begin = end;
    while (begin > 0 && end - begin <= longest && isNameCharacter(text[begin - 1]))
        --begin;
    const char before = begin > 0 ? text[begin - 1] : ' ';
    const bool isName = isQuoted ? before == '"' : !isBearerCharacter(before) || before == '=';
    const qsizetype start = isQuoted ? begin - 1 : begin;
    return isName && start >= from && end - begin <= longest ? text.sliced(begin, end - begin)
                                                             : QByteArrayView();
}

/// From there on to one of those.
SecretRange rangeUntil(QByteArrayView text, qsizetype begin, QByteArrayView ends)
{
    qsizetype end = begin;
    while (end < text.size() && !ends.contains(text[end]))
        ++end;
    return {begin, end};
}

/// A token's shape, whose "J" stands there: "eyJ", two dots, no foreign character. Where there is none,
/// `barren` is how far there is none either: each place is looked at once, however many "eyJ" a peer sends.
std::optional<SecretRange> token(QByteArrayView text, qsizetype from, qsizetype at, qsizetype &barren)
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
    return SecretRange{begin, run.contains('=') ? rangeUntil(text, end, fieldEnds).end : end};
}

/// What is behind `name=` of a form or query, or `name="` of a header's parameter.
std::optional<SecretRange> formField(QByteArrayView text, qsizetype from, qsizetype equals, Place place)
{
    // An answer may repeat the redirect that it is about.
    const Place there = place == Place::OAuthAnswer ? Place::OAuthRequest : place;
    if (!isSecretName(nameBefore(text, from, equals, false), there))
        return std::nullopt;
    if (text.sliced(equals + 1).startsWith('"'))
        return rangeUntil(text, equals + 2, "\"");
    return rangeUntil(text, equals + 1, fieldEnds);
}

/// What is behind `"name":"`, or `"name": "` as Qt prints headers, or `name: ` of a header line. JSON as
/// people write it may lack the quotes of the name.
std::optional<SecretRange> member(QByteArrayView text, qsizetype from, qsizetype colon, Place place)
{
    const QByteArrayView rest = text.sliced(colon + 1);
    const qsizetype space = rest.startsWith(' ') ? 1 : 0;
    const qsizetype value = colon + 1 + space;
    const bool hasQuotedValue = rest.sliced(space).startsWith('"');
    const bool isQuoted = colon > 0 && text[colon - 1] == '"';
    if (!hasQuotedValue && !isQuoted && space == 0)
        return std::nullopt;
    const QByteArrayView name = nameBefore(text, from, isQuoted ? colon - 1 : colon, isQuoted);
    if (!isQuoted && space > 0 && isSecretHeaderLine(name))
        return rangeUntil(text, value, "\r\n");
    // Words like "state" and "code" stand before a colon in sentences too, but not with a value in quotes.
    if (!isSecretName(name, place))
        return std::nullopt;
    if (hasQuotedValue)
        return rangeUntil(text, value + 1, "\"");
    return isQuoted ? std::optional(SecretRange{value, scalarEnd(text, value)}) : std::nullopt;
}

/// "sk_live_…" or "sk_test_…" as WorkOS and others make them, whose second "_" stands there.
std::optional<SecretRange> apiKey(QByteArrayView text, qsizetype from, qsizetype at)
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
    return end - at > shortest ? std::optional(SecretRange{at + 1, end}) : std::nullopt;
}

/// The token behind "Bearer ".
std::optional<SecretRange> bearer(QByteArrayView text, qsizetype from, qsizetype space)
{
    constexpr QByteArrayView scheme = "bearer";
    constexpr qsizetype shortest = 20;
    const qsizetype begin = space - scheme.size();
    if (begin < from || !startsWithIgnoringCase(text.sliced(begin), scheme)
        || (begin > 0 && isBearerCharacter(text[begin - 1]) && text[begin - 1] != '='))
        return std::nullopt;
    const qsizetype end = runEnd(text, space + 1);
    return end - space > shortest ? std::optional(SecretRange{space + 1, end}) : std::nullopt;
}

/// The password in "scheme://user:password@host", whose first colon stands there (RFC 3986 §3.2.1).
std::optional<SecretRange> password(QByteArrayView text, qsizetype colon)
{
    if (!text.sliced(colon + 1).startsWith("//"))
        return std::nullopt;
    const SecretRange authority = rangeUntil(text, colon + 3, "/?# \t\r\n\"'<>\\");
    const QByteArrayView shown = text.sliced(authority.begin, authority.end - authority.begin);
    const qsizetype at = shown.lastIndexOf('@');
    const qsizetype begin = shown.indexOf(':') + 1;
    return begin > 0 && begin <= at
        ? std::optional(SecretRange{authority.begin + begin, authority.begin + at})
        : std::nullopt;
}

} // namespace

// Each kind has a character that most texts have not, and is looked for only where that one stands.
std::optional<SecretRange> nextSecret(QByteArrayView text, qsizetype from, Place place)
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
        std::optional<SecretRange> found;
        switch (text[i]) {
        case 'J': // "eyJ", also glued to what stands before it ("/eyJ…").
            found = token(text, from, i, barren);
            break;
        case '=':
            found = formField(text, from, i, place);
            break;
        case ':':
            found = member(text, from, i, place);
            if (!found)
                found = password(text, i);
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

} // namespace gatehouse::base
