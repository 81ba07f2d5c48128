// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/displaytext.h"

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::base {

namespace {

constexpr char32_t zeroWidthNonJoiner = 0x200C;
constexpr char32_t zeroWidthJoiner = 0x200D;
constexpr char32_t tab = 0x09;
constexpr char32_t lineFeed = 0x0A;
constexpr char32_t carriageReturn = 0x0D;

bool isVariationSelector(char32_t c)
{
    return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

/// Default_Ignorable_Code_Point (Unicode, DerivedCoreProperties) beyond what its category tells, and the blank
/// that is a letter of Braille.
bool isInvisible(char32_t c)
{
    constexpr std::array<std::pair<char32_t, char32_t>, 11> ranges{{{0x034F, 0x034F},
                                                                    {0x115F, 0x1160},
                                                                    {0x17B4, 0x17B5},
                                                                    {0x180B, 0x180F},
                                                                    {0x2065, 0x2065},
                                                                    {0x2800, 0x2800},
                                                                    {0x3164, 0x3164},
                                                                    {0xFFA0, 0xFFA0},
                                                                    {0xFFF0, 0xFFF8},
                                                                    {0xE0000, 0xE00FF},
                                                                    {0xE01F0, 0xE0FFF}}};
    return std::any_of(ranges.begin(), ranges.end(),
                       [c](const auto &range) { return c >= range.first && c <= range.second; });
}

/// Whether a joiner or a variation selector behind it does what it is there for.
bool mayBeJoined(char32_t before)
{
    const QChar::Category category = QChar::category(before);
    const QChar::Script script = QChar::script(before);
    const bool isEmoji = category == QChar::Symbol_Other || category == QChar::Symbol_Modifier
        || before == 0xFE0F;
    const bool isLetter = category == QChar::Letter_Other || category == QChar::Mark_NonSpacing
        || category == QChar::Mark_SpacingCombining;
    return isEmoji
        || (isLetter && script != QChar::Script_Latin && script != QChar::Script_Greek
            && script != QChar::Script_Cyrillic && script != QChar::Script_Han);
}

/// Letters, signs and digits; Han has variants by selector, and no joiners.
bool mayVary(char32_t before)
{
    const QChar::Category category = QChar::category(before);
    return QChar::isLetterOrNumber(before) || category == QChar::Symbol_Other || category == QChar::Symbol_Math
        || before == U'#' || before == U'*';
}

QString named(char32_t c)
{
    return u"⟨U+"_s + QString::number(c, 16).toUpper().rightJustified(4, u'0') + u'⟩';
}

bool staysAs(char32_t c, char32_t next, Space space)
{
    return (c == tab && space != Space::Line) || (c == lineFeed && space == Space::Text)
        || (c == carriageReturn && next == lineFeed && space == Space::Text);
}

/// Whether it runs from right to left by itself; what is none, and no letter either, goes with its neighbours.
enum class Run { Left, Right, Neutral };
Run runOf(char32_t c)
{
    switch (QChar::direction(c)) {
    case QChar::DirL:
        return Run::Left;
    case QChar::DirR:
    case QChar::DirAL:
    case QChar::DirAN:
        return Run::Right;
    default:
        return Run::Neutral;
    }
}

} // namespace

bool isHiddenOrObeyed(char32_t c, char32_t before)
{
    if (c == zeroWidthJoiner || c == zeroWidthNonJoiner)
        return !mayBeJoined(before);
    if (isVariationSelector(c))
        return !mayVary(before);
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return isInvisible(c);
    }
}

QString escapedForDisplay(const QString &text, Space space)
{
    QString out;
    qsizetype copied = 0; // Most have nothing of the kind, and are shared.
    char32_t before = U' ';
    for (qsizetype i = 0; i < text.size();) {
        const bool isPair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        const char32_t c = isPair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : text[i].unicode();
        const qsizetype next = i + (isPair ? 2 : 1);
        const bool isPlain = c >= 0x20 && c < 0x7F;
        if (!isPlain && isHiddenOrObeyed(c, before)
            && !staysAs(c, next < text.size() ? text[next].unicode() : U'\0', space)) {
            out += QStringView(text).sliced(copied, i - copied);
            out += named(c);
            copied = next;
        }
        before = c;
        i = next;
    }
    return copied == 0 ? text : out.append(QStringView(text).sliced(copied));
}

QString isolated(const QString &text)
{
    constexpr QChar firstStrongIsolate(0x2068);
    constexpr QChar popDirectionalIsolate(0x2069);
    QString out;
    qsizetype copied = 0;
    qsizetype begin = -1; // Of the run that is open …
    qsizetype end = 0; // … and behind its last letter so far.
    const auto close = [&] {
        if (begin < 0)
            return;
        out += QStringView(text).sliced(copied, begin - copied);
        out += firstStrongIsolate;
        out += QStringView(text).sliced(begin, end - begin);
        out += popDirectionalIsolate;
        copied = end;
        begin = -1;
    };
    for (qsizetype i = 0; i < text.size();) {
        const bool isPair = text[i].isHighSurrogate() && i + 1 < text.size();
        const char32_t c = isPair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : text[i].unicode();
        const qsizetype next = i + (isPair ? 2 : 1);
        const Run run = runOf(c);
        if (run == Run::Right) {
            begin = begin < 0 ? i : begin;
            end = next;
        } else if (run == Run::Left || c == lineFeed) {
            close();
        }
        i = next;
    }
    close();
    return copied == 0 ? text : out.append(QStringView(text).sliced(copied));
}

} // namespace gatehouse::base
