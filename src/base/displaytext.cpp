// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/displaytext.h"

#include <QTextBoundaryFinder>

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

/// Default_Ignorable_Code_Point (Unicode, DerivedCoreProperties) beyond what its category tells, and the
/// blank that is a letter of Braille.
bool isInvisible(char32_t c)
{
    constexpr std::array<std::pair<char32_t, char32_t>, 11> ranges{{{0x034F, 0x034F},
                                                                    {0x115F, 0x1160},
                                                                    {0x17B4, 0x17B5},
                                                                    {0x2065, 0x2065},
                                                                    {0x2800, 0x2800},
                                                                    {0x3164, 0x3164},
                                                                    {0xFFA0, 0xFFA0},
                                                                    {0xFFF0, 0xFFF8},
                                                                    {0xFFFC, 0xFFFC},
                                                                    {0xE0000, 0xE00FF},
                                                                    {0xE01F0, 0xE0FFF}}};
    return std::any_of(ranges.begin(), ranges.end(),
                       [c](const auto &range) { return c >= range.first && c <= range.second; });
}

/// Signs that are pictures, or may become one.
bool isPicture(char32_t c)
{
    const QChar::Category category = QChar::category(c);
    return c >= 0x2190
        && (category == QChar::Symbol_Other || category == QChar::Symbol_Modifier
            || category == QChar::Symbol_Math);
}

bool isMark(char32_t c)
{
    const QChar::Category category = QChar::category(c);
    return category == QChar::Mark_NonSpacing || category == QChar::Mark_SpacingCombining
        || category == QChar::Mark_Enclosing;
}

/// Scripts whose letters join or make clusters, where joiners say how.
bool joins(QChar::Script script)
{
    constexpr std::array<QChar::Script, 19> scripts
        = {QChar::Script_Arabic,    QChar::Script_Syriac,     QChar::Script_Mandaic, QChar::Script_Nko,
           QChar::Script_Mongolian, QChar::Script_Devanagari, QChar::Script_Bengali, QChar::Script_Gurmukhi,
           QChar::Script_Gujarati,  QChar::Script_Oriya,      QChar::Script_Tamil,   QChar::Script_Telugu,
           QChar::Script_Kannada,   QChar::Script_Malayalam,  QChar::Script_Sinhala, QChar::Script_Khmer,
           QChar::Script_Myanmar,   QChar::Script_Balinese,   QChar::Script_Javanese};
    return std::find(scripts.begin(), scripts.end(), script) != scripts.end();
}

/// Whether a variation selector there changes what is seen (Unicode, StandardizedVariants,
/// emoji-variation-sequences and the ideographic variation database).
bool varies(char32_t base, char32_t next)
{
    constexpr char32_t keycap = 0x20E3;
    const bool isKey = (base >= U'0' && base <= U'9') || base == U'#' || base == U'*';
    constexpr std::array<char32_t, 4> signs = {0x203C, 0x2049, 0x3030, 0x303D};
    const QChar::Script script = QChar::script(base);
    return isPicture(base) || base == 0xA9 || base == 0xAE
        || std::find(signs.begin(), signs.end(), base) != signs.end() || (isKey && next == keycap)
        || (QChar::isLetter(base)
            && (script == QChar::Script_Han || script == QChar::Script_Mongolian
                || script == QChar::Script_PhagsPa || script == QChar::Script_Myanmar));
}

/// Format characters that are seen: signs above numbers and verses of Arabic and its neighbours.
bool isSeenFormat(char32_t c)
{
    return (c >= 0x0600 && c <= 0x0605) || c == 0x06DD || c == 0x070F || c == 0x08E2 || c == 0x110BD;
}

/// What stands before a character, as far as that decides about it.
class Neighbours
{
public:
    /// Whether `c`, behind what was passed, is obeyed where it is shown, or cannot be seen there.
    [[nodiscard]] bool hides(char32_t c, char32_t next) const
    {
        if (c == zeroWidthJoiner || c == zeroWidthNonJoiner)
            return m_isJoined || !(isPicture(m_base) || joins(QChar::script(m_base)));
        if (isVariationSelector(c) || (c >= 0x180B && c <= 0x180F))
            return m_isVaried || !varies(m_base, next);
        switch (QChar::category(c)) {
        case QChar::Other_Format:
            return !isSeenFormat(c);
        case QChar::Other_Control:
        case QChar::Other_Surrogate:
        case QChar::Separator_Line:
        case QChar::Separator_Paragraph:
            return true;
        default:
            return isInvisible(c) || QChar::isNonCharacter(c); // Of which Qt makes ends of paragraphs.
        }
    }
    void pass(char32_t c)
    {
        const bool isJoiner = c == zeroWidthJoiner || c == zeroWidthNonJoiner;
        const bool isSelector = isVariationSelector(c) || (c >= 0x180B && c <= 0x180F);
        m_isJoined = isJoiner;
        m_isVaried = isSelector || (m_isVaried && isMark(c));
        if (!isJoiner && !isSelector && !isMark(c))
            m_base = c;
    }

private:
    char32_t m_base = U' ';
    bool m_isJoined = false;
    bool m_isVaried = false;
};

QString named(char32_t c)
{
    return u"⟨U+"_s + QString::number(c, 16).toUpper().rightJustified(4, u'0') + u'⟩';
}

bool staysAs(char32_t c, char32_t next, Space space)
{
    return (c == tab && space != Space::Line) || (c == lineFeed && space == Space::Text)
        || (c == carriageReturn && next == lineFeed && space == Space::Text);
}

/// Whether it runs from right to left by itself; what is none, and no letter either, goes with its
/// neighbours.
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

/// The character that begins there, and where the next one does. Half a pair is one by itself.
std::pair<char32_t, qsizetype> characterAt(const QString &text, qsizetype at)
{
    const bool isPair = text[at].isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate();
    return isPair ? std::pair(QChar::surrogateToUcs4(text[at], text[at + 1]), at + 2)
                  : std::pair(char32_t(text[at].unicode()), at + 1);
}

/// A character that is not shown as it is.
struct Hidden
{
    qsizetype at = 0;
    qsizetype size = 0; ///< In UTF-16 units.
    char32_t character = 0;
};

template <typename Found> void forEachHidden(const QString &text, Space space, const Found &found)
{
    Neighbours before;
    for (qsizetype i = 0; i < text.size();) {
        const auto [c, end] = characterAt(text, i);
        const char32_t next = end < text.size() ? text[end].unicode() : U'\0';
        const bool isPlain = c >= 0x20 && c < 0x7F;
        if (!isPlain && before.hides(c, next) && !staysAs(c, next, space))
            found(Hidden{i, end - i, c});
        before.pass(c);
        i = end;
    }
}

/// Each run from right to left: where it begins, and behind its last letter.
template <typename Found> void forEachRunFromTheRight(const QString &text, const Found &found)
{
    qsizetype begin = -1; // Of the run that is open …
    qsizetype end = 0; // … and behind its last letter so far.
    const auto close = [&] {
        if (begin >= 0)
            found(begin, end);
        begin = -1;
    };
    for (qsizetype i = 0; i < text.size();) {
        const auto [c, next] = characterAt(text, i);
        const Run run = runOf(c);
        if (run == Run::Right) {
            begin = begin < 0 ? i : begin;
            end = next;
        } else if (run == Run::Left || c == lineFeed
                   || (c < 0x80 && QStringView(u"\":,()[]{}<>|").contains(QChar(char16_t(c))))) {
            close(); // Name and value are two.
        }
        i = next;
    }
    close();
}

constexpr QChar firstStrongIsolate(0x2068);
constexpr QChar popDirectionalIsolate(0x2069);

} // namespace

QString escapedForDisplay(const QString &text, Space space, const std::function<QString(char32_t)> &write)
{
    QString out;
    qsizetype copied = 0; // Most have nothing of the kind, and are shared.
    forEachHidden(text, space, [&](const Hidden &hidden) {
        out += QStringView(text).sliced(copied, hidden.at - copied);
        out += write(hidden.character);
        copied = hidden.at + hidden.size;
    });
    return copied == 0 ? text : out.append(QStringView(text).sliced(copied));
}

QString escapedForDisplay(const QString &text, Space space)
{
    return escapedForDisplay(text, space, named);
}

QString isolated(const QString &text)
{
    QString out;
    qsizetype copied = 0;
    forEachRunFromTheRight(text, [&](qsizetype begin, qsizetype end) {
        out += QStringView(text).sliced(copied, begin - copied);
        out += firstStrongIsolate;
        out += QStringView(text).sliced(begin, end - begin);
        out += popDirectionalIsolate;
        copied = end;
    });
    return copied == 0 ? text : out.append(QStringView(text).sliced(copied));
}

QString withoutIsolates(const QString &text)
{
    QString out = text;
    return out.remove(firstStrongIsolate).remove(popDirectionalIsolate);
}

namespace {

/// Where a line may be broken already. A space that is none to break at is part of a word.
bool isGap(QChar c)
{
    return c.isSpace() && c != u'\u00A0' && c != u'\u2007' && c != u'\u202F';
}

/// A word without gaps: breaks behind signs, else where `most` characters are full.
void appendBroken(QString &out, QStringView word)
{
    constexpr qsizetype most = 60; // Shorter words fit the narrowest of our views.
    const QStringView signs = u",;:&/?=}]";
    QTextBoundaryFinder letters(QTextBoundaryFinder::Grapheme, word);
    qsizetype begin = 0; // Of the piece that has no break yet …
    qsizetype sign = 0; // … behind its last sign …
    qsizetype last = 0; // … and the last place where it may be broken at all.
    bool isEscape = false; // ⟨U+202E⟩ stays in one piece.
    for (qsizetype at = 0, next = 0; at < word.size(); at = next) {
        if (!isEscape)
            last = at;
        letters.setPosition(at);
        next = letters.toNextBoundary();
        next = next < 0 ? word.size() : next;
        if (next - begin > most && last > begin) {
            const qsizetype end = sign > begin ? sign : last;
            out += word.sliced(begin, end - begin);
            out += QChar(0x200B);
            begin = end;
        }
        isEscape = word[at] == u'⟨' || (isEscape && word[at] != u'⟩');
        if (signs.contains(word[at]) && next == at + 1)
            sign = next;
    }
    out += word.sliced(begin);
}

} // namespace

QString breakable(const QString &text)
{
    QString out;
    out.reserve(text.size());
    for (qsizetype at = 0; at < text.size();) {
        qsizetype end = at;
        while (end < text.size() && !isGap(text[end]))
            ++end;
        appendBroken(out, QStringView(text).sliced(at, end - at));
        if (end < text.size())
            out += text[end++];
        at = end;
    }
    return out;
}

Displayed::Displayed(const QString &source)
    : m_source(source)
{
    // What is replaced is known before the isolates are, which go by what is shown.
    QString escaped;
    QList<Change> replaced;
    qsizetype copied = 0;
    const auto replace = [&](qsizetype at, qsizetype size, const QString &by) {
        escaped += QStringView(source).sliced(copied, at - copied);
        replaced.append({escaped.size(), by.size(), at, size});
        escaped += by;
        copied = at + size;
    };
    forEachHidden(source, Space::Tabs, [&](const Hidden &hidden) {
        const bool isLineEnd = hidden.character == carriageReturn && hidden.at + 1 < source.size()
            && source[hidden.at + 1] == u'\n';
        if (hidden.character != lineFeed)
            replace(hidden.at, hidden.size, isLineEnd ? QString() : named(hidden.character));
    });
    escaped += QStringView(source).sliced(copied);

    qsizetype next = 0; // Of what was replaced.
    qsizetype behind = 0; // By how much the source is ahead of what is escaped.
    copied = 0;
    const auto takeUpTo = [&](qsizetype end) {
        for (; next < replaced.size() && replaced[next].at < end; ++next) {
            Change change = replaced[next];
            behind += change.sourceSize - change.size;
            change.at += m_text.size() - copied;
            m_changes.append(change);
        }
        m_text += QStringView(escaped).sliced(copied, end - copied);
        copied = end;
    };
    const auto insert = [&](QChar mark) {
        m_changes.append({m_text.size(), 1, copied + behind, 0});
        m_text += mark;
    };
    forEachRunFromTheRight(escaped, [&](qsizetype begin, qsizetype end) {
        takeUpTo(begin);
        insert(firstStrongIsolate);
        takeUpTo(end);
        insert(popDirectionalIsolate);
    });
    takeUpTo(escaped.size());
}

QString Displayed::sourceOf(qsizetype begin, qsizetype end) const
{
    // A change that begins where one asks is not passed yet: an escape belongs to what follows, and a
    // carriage return to its line feed.
    const auto sourceAt = [this](qsizetype place, bool isEnd) {
        const auto after = std::partition_point(m_changes.begin(), m_changes.end(),
                                                [place](const Change &one) { return one.at < place; });
        if (after == m_changes.begin())
            return place;
        const Change &last = *std::prev(after);
        const bool isInside = place < last.at + last.size;
        return isInside ? last.sourceAt + (isEnd ? last.sourceSize : 0)
                        : last.sourceAt + last.sourceSize + place - (last.at + last.size);
    };
    const qsizetype from = sourceAt(std::clamp<qsizetype>(begin, 0, m_text.size()), false);
    const qsizetype to = sourceAt(std::clamp<qsizetype>(end, 0, m_text.size()), true);
    return m_source.sliced(from, std::max(from, to) - from);
}

} // namespace gatehouse::base
