// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/tone.h"

#include <QColor>
#include <QPalette>
#include <QString>

class QSettings;

namespace gatehouse::app {

/// All colours of the window. Every pair of text and ground that is used has a contrast of 4.5:1 or more
/// (WCAG 2.2 §1.4.3), which a test computes.
struct Theme
{
    bool isDark = false;
    QColor window, base, text, muted, line, edge, accent, onAccent, selection;
    QColor good, goodTint, warning, warningTint, bad, badTint;
    QColor jsonString, jsonNumber; ///< Names are in the accent: nothing of it looks like an error.

    [[nodiscard]] QColor colorOf(inspector::Tone tone) const;
    [[nodiscard]] QColor tintOf(inspector::Tone tone) const; ///< Of a ground; base for what has none.
    [[nodiscard]] QPalette palette() const;
    [[nodiscard]] QString styleSheet(double pointSize) const;
};

[[nodiscard]] const Theme &lightTheme();
[[nodiscard]] const Theme &darkTheme();

enum class Appearance { AsTheDesktop, Light, Dark };

/// Which theme and text size the application has: sets style, palette and sheet. GUI thread.
class Look
{
public:
    /// Percent of the desktop's text size, 80 to 200.
    static void apply(Appearance appearance, int textPercent);
    [[nodiscard]] static const Theme &theme();
    [[nodiscard]] static int textPercent();
    [[nodiscard]] static QFont fixedFont();
    /// What the user chose, as it is kept.
    [[nodiscard]] static Appearance keptAppearance(const QSettings &kept);
    [[nodiscard]] static int keptTextPercent(const QSettings &kept);
};

} // namespace gatehouse::app
