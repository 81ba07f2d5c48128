// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/uritemplate.h"

#include "base/percent.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace gatehouse::mcp {

std::optional<UriTemplate> UriTemplate::read(const QString &text)
{
    static const QRegularExpression expression(u"\\A(\\+?)([A-Za-z0-9_.]{1,64})\\z"_s);
    UriTemplate made;
    QString *literal = &made.m_start;
    qsizetype at = 0;
    while (at < text.size()) {
        const qsizetype open = text.indexOf(u'{', at);
        *literal = text.sliced(at, (open < 0 ? text.size() : open) - at);
        if (literal->contains(u'}'))
            return std::nullopt;
        if (open < 0)
            break;
        const qsizetype close = text.indexOf(u'}', open);
        if (close < 0 || (!made.m_parts.isEmpty() && literal->isEmpty()))
            return std::nullopt;
        const auto match = expression.match(text.sliced(open + 1, close - open - 1));
        if (!match.hasMatch() || made.variables().contains(match.captured(2)))
            return std::nullopt;
        made.m_parts.append({match.captured(2), !match.captured(1).isEmpty(), {}});
        literal = &made.m_parts.last().textBehind;
        at = close + 1;
    }
    return made;
}

std::optional<QHash<QString, QString>> UriTemplate::match(const QString &uri) const
{
    if (!uri.startsWith(m_start))
        return std::nullopt;
    QHash<QString, QString> values;
    qsizetype at = m_start.size();
    for (qsizetype i = 0; i < m_parts.size(); ++i) {
        const Part &part = m_parts[i];
        // Up to the next text of the template, or to the end of the address: no way back, so no blow-up.
        const bool isLast = i + 1 == m_parts.size();
        const qsizetype end = isLast ? uri.size() - part.textBehind.size() : uri.indexOf(part.textBehind, at);
        if (end <= at || (isLast && !uri.endsWith(part.textBehind)))
            return std::nullopt;
        const QString value = uri.sliced(at, end - at);
        if (!part.isReserved && (value.contains(u'/') || value.contains(u'?') || value.contains(u'#')))
            return std::nullopt;
        values.insert(part.variable, QString::fromUtf8(base::percentDecoded(value.toUtf8())));
        at = end + part.textBehind.size();
    }
    return at == uri.size() ? std::optional(values) : std::nullopt;
}

QStringList UriTemplate::variables() const
{
    QStringList names;
    for (const Part &part : m_parts)
        names.append(part.variable);
    return names;
}

} // namespace gatehouse::mcp
