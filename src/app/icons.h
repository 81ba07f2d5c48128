// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/tone.h"

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

class QWidget;

namespace gatehouse::app {

/// An icon of resources/icons in the theme's colour for the tone, at any size: it follows a change of theme.
[[nodiscard]] QIcon icon(const QString &name, inspector::Tone tone = inspector::Tone::Plain);
/// An icon in one colour, for painting. `size` in device-independent pixels.
[[nodiscard]] QPixmap iconPixmap(const QString &name, const QColor &color, int size, double pixelRatio);
/// Icons of all buttons below it as high as the text.
void fitIcons(QWidget *root);
/// The sign that stands beside a word of this tone, so that colour never says it alone.
[[nodiscard]] QString iconNameOf(inspector::Tone tone);

} // namespace gatehouse::app
