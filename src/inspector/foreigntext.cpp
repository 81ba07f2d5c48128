// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/foreigntext.h"

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

namespace {

constexpr qsizetype longestToolTip = 1000;

} // namespace

QString harmless(QString text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isPair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        const auto category
            = isPair ? QChar::category(QChar::surrogateToUcs4(text[i], text[i + 1])) : text[i].category();
        if (category == QChar::Other_Control || category == QChar::Other_Format
            || category == QChar::Separator_Line || category == QChar::Separator_Paragraph) {
            text[i] = QChar::ReplacementCharacter;
            if (isPair)
                text.remove(i + 1, 1);
        } else if (isPair) {
            ++i;
        }
    }
    return text;
}

QString toolTipText(const QString &text)
{
    if (text.isEmpty())
        return {};
    const bool isLong = text.size() > longestToolTip;
    QString shown = isLong ? text.first(longestToolTip) + u'…' : text;
    const QStringList lines = shown.split(u'\n'); // Of ours: a line end of a peer is no longer one here.
    shown.clear();
    for (const QString &line : lines)
        shown += (shown.isEmpty() ? QString() : u"<br>"_s) + harmless(line).toHtmlEscaped();
    return u"<qt>"_s + shown + u"</qt>"_s;
}

} // namespace gatehouse::inspector
