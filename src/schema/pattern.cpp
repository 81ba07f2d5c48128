// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/pattern.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace gatehouse::schema {

namespace {

constexpr qsizetype maximumLength = 4096;

/// PCRE2 knows Unicode's general categories only by their short names.
QString shortName(const QString &property)
{
    static const QHash<QString, QString> names{
        {u"Letter"_s, u"L"_s},
        {u"Lowercase_Letter"_s, u"Ll"_s},
        {u"Uppercase_Letter"_s, u"Lu"_s},
        {u"Titlecase_Letter"_s, u"Lt"_s},
        {u"Modifier_Letter"_s, u"Lm"_s},
        {u"Other_Letter"_s, u"Lo"_s},
        {u"Mark"_s, u"M"_s},
        {u"Number"_s, u"N"_s},
        {u"Decimal_Number"_s, u"Nd"_s},
        {u"digit"_s, u"Nd"_s},
        {u"Letter_Number"_s, u"Nl"_s},
        {u"Other_Number"_s, u"No"_s},
        {u"Punctuation"_s, u"P"_s},
        {u"punct"_s, u"P"_s},
        {u"Symbol"_s, u"S"_s},
        {u"Separator"_s, u"Z"_s},
        {u"Space_Separator"_s, u"Zs"_s},
        {u"Other"_s, u"C"_s},
        {u"Control"_s, u"Cc"_s},
        {u"Format"_s, u"Cf"_s},
    };
    QString name = property;
    for (const auto &prefix : {u"General_Category="_s, u"gc="_s, u"Script="_s, u"sc="_s}) {
        if (name.startsWith(prefix))
            name.remove(0, prefix.size());
    }
    return names.value(name, name);
}

/// Where the two kinds of expression differ: how the end is written, what white space is, how characters are
/// named.
class Translation
{
public:
    explicit Translation(const QString &text)
        : m_text(text)
    { }

    QString run()
    {
        QString out = u"(*LIMIT_DEPTH=20000)"_s;
        bool isInClass = false;
        for (m_at = 0; m_at < m_text.size(); ++m_at) {
            const QChar c = m_text[m_at];
            if (c == u'\\')
                out += escape(isInClass);
            else if (isInClass)
                out += c == u'[' ? u"\\["_s : QString(c);
            else if (c == u'$')
                out += u"(?![\\s\\S])"_s; // PCRE2's stands before a last line end, too.
            else if (m_text.sliced(m_at).startsWith("[^]"_L1))
                out += take(3, u"[\\s\\S]"_s);
            else if (m_text.sliced(m_at).startsWith("[]"_L1))
                out += take(2, u"(?!)"_s);
            else
                out += c;
            if (c == u'[' && m_text[m_at] == u'[')
                isInClass = true;
            else if (c == u']')
                isInClass = false;
        }
        return out;
    }

private:
    QString take(qsizetype length, const QString &instead)
    {
        m_at += length - 1;
        return instead;
    }

    QString escape(bool isInClass)
    {
        static const QRegularExpression named(u"\\A\\\\([pP])\\{([^}]*)\\}"_s);
        static const QRegularExpression braced(u"\\A\\\\u\\{([0-9a-fA-F]{1,6})\\}"_s);
        static const QRegularExpression four(u"\\A\\\\u([0-9a-fA-F]{4})(?:\\\\u([0-9a-fA-F]{4}))?"_s);
        const QString rest = m_text.sliced(m_at);
        if (const auto match = named.match(rest); match.hasMatch())
            return take(match.capturedLength(),
                        u"\\%1{%2}"_s.arg(match.captured(1), shortName(match.captured(2))));
        if (const auto match = braced.match(rest); match.hasMatch())
            return take(match.capturedLength(), u"\\x{%1}"_s.arg(match.captured(1)));
        if (const auto match = four.match(rest); match.hasMatch()) {
            const char16_t first = char16_t(match.captured(1).toUShort(nullptr, 16));
            const char16_t second = char16_t(match.captured(2).toUShort(nullptr, 16));
            if (QChar::isHighSurrogate(first) && QChar::isLowSurrogate(second))
                return take(12, u"\\x{%1}"_s.arg(QChar::surrogateToUcs4(first, second), 0, 16));
            return take(6, u"\\x{%1}"_s.arg(match.captured(1)));
        }
        const QString space = u"\\t\\n\\x0b\\f\\r \\x{a0}\\x{feff}\\x{2028}\\x{2029}\\p{Zs}"_s;
        if (rest.startsWith("\\s"_L1))
            return take(2, isInClass ? space : u'[' + space + u']');
        if (rest.startsWith("\\S"_L1) && !isInClass)
            return take(2, u"[^"_s + space + u']');
        if (rest.startsWith("\\/"_L1))
            return take(2, u"/"_s);
        return take(std::min<qsizetype>(2, rest.size()), rest.left(2));
    }

    const QString &m_text;
    qsizetype m_at = 0;
};

} // namespace

base::Expected<Pattern, QString> Pattern::read(const QString &text)
{
    if (text.size() > maximumLength)
        return base::failure(u"A pattern is longer than %1 characters."_s.arg(maximumLength));
    Pattern made;
    made.m_text = text;
    const QString translated = Translation(text).run();
    for (size_t i = 0; i < bounds.size(); ++i) {
        made.m_expressions[i].setPattern(u"(*LIMIT_MATCH=%1)"_s.arg(bounds[i]) + translated);
        made.m_expressions[i].setPatternOptions(QRegularExpression::DontCaptureOption);
    }
    if (!made.m_expressions.front().isValid())
        return base::failure(
            u"The pattern %1 is none: %2."_s.arg(text.left(80), made.m_expressions.front().errorString()));
    return made;
}

Pattern::Answer Pattern::find(const QString &text, qint64 &work) const
{
    // From the least bound upwards: nearly all matches are decided by the first, and cost that much.
    for (size_t i = 0; i < bounds.size(); ++i) {
        // What PCRE2 counts as one may be a walk through all of the text.
        work -= bounds[i] * (1 + text.size() / 8);
        if (work < 0)
            return Answer::TooMuchWork;
        const QRegularExpressionMatch match = m_expressions[i].match(text);
        if (match.isValid())
            return match.hasMatch() ? Answer::Matches : Answer::Differs;
    }
    return Answer::TooMuchWork;
}

} // namespace gatehouse::schema
