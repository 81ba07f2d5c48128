// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pill.h"

#include <QStyle>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

Pill::Pill(QWidget *parent)
    : Label(parent)
{
    setContentsMargins(10, 2, 10, 2); // A sheet's padding does not enter a label's size.
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    ensurePolished();
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    setFont(bold);
}

void Pill::set(inspector::Tone tone, const QString &text)
{
    using inspector::Tone;
    const QString kind = tone == Tone::Good ? u"good"_s
        : tone == Tone::Warning             ? u"warning"_s
        : tone == Tone::Bad                 ? u"bad"_s
                                            : u"muted"_s;
    setText(text);
    if (property("pill").toString() == kind)
        return;
    setProperty("pill", kind);
    style()->unpolish(this);
    style()->polish(this);
}

} // namespace gatehouse::app
