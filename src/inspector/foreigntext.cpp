// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/foreigntext.h"

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

namespace {

constexpr qsizetype longestToolTip = 1000;
constexpr qsizetype longestEntry = 100;

} // namespace

QString toolTipText(const QString &text)
{
    if (text.isEmpty())
        return {};
    const bool isLong = text.size() > longestToolTip;
    QString shown = isLong ? text.first(longestToolTip) + u'…' : text;
    const QStringList lines = shown.split(u'\n'); // Of ours: a line end of a peer is no longer one here.
    shown.clear();
    for (const QString &line : lines)
        shown += (shown.isEmpty() ? QString() : u"<br>"_s) + lineText(line).toHtmlEscaped();
    return u"<qt>"_s + shown + u"</qt>"_s;
}

QString lineText(const QString &text)
{
    return isolated(escapedForDisplay(text));
}

QString menuText(const QString &text)
{
    const QString shown = text.size() > longestEntry ? text.first(longestEntry) + u'…' : text;
    return lineText(shown).replace(u'&', u"&&"_s);
}

} // namespace gatehouse::inspector
