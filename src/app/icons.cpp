// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/icons.h"

#include "app/theme.h"

#include <QAbstractButton>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

/// Draws the SVG with its currentColor replaced, which QtSvg does not know.
QPixmap draw(const QString &name, const QColor &color, QSize pixels)
{
    QFile file(u":/icons/%1.svg"_s.arg(name));
    QPixmap pixmap(pixels);
    pixmap.fill(Qt::transparent);
    if (!file.open(QIODevice::ReadOnly))
        return pixmap;
    QSvgRenderer renderer(file.readAll().replace("currentColor", color.name().toUtf8()));
    QPainter painter(&pixmap);
    renderer.render(&painter);
    return pixmap;
}

QPixmap cached(const QString &name, const QColor &color, QSize pixels)
{
    const QString key
        = u"gatehouse/%1/%2/%3x%4"_s.arg(name, color.name()).arg(pixels.width()).arg(pixels.height());
    QPixmap pixmap;
    if (pixels.isEmpty()) // A button that has no room at the moment.
        return pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = draw(name, color, pixels);
        QPixmapCache::insert(key, pixmap);
    }
    return pixmap;
}

class TintedEngine : public QIconEngine
{
public:
    TintedEngine(QString name, inspector::Tone tone)
        : m_name(std::move(name))
        , m_tone(tone)
    { }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const double ratio = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, cached(m_name, colorFor(mode), rect.size() * ratio));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return cached(m_name, colorFor(mode), size);
    }
    [[nodiscard]] QIconEngine *clone() const override { return new TintedEngine(m_name, m_tone); }

private:
    [[nodiscard]] QColor colorFor(QIcon::Mode mode) const
    {
        return mode == QIcon::Disabled ? Look::theme().muted : Look::theme().colorOf(m_tone);
    }
    QString m_name;
    inspector::Tone m_tone;
};

} // namespace

QIcon icon(const QString &name, inspector::Tone tone)
{
    return QIcon(new TintedEngine(name, tone));
}

void fitIcons(QWidget *root)
{
    const int size = root->fontMetrics().height();
    const QList<QAbstractButton *> buttons = root->findChildren<QAbstractButton *>();
    for (QAbstractButton *button : buttons)
        button->setIconSize({size, size});
}

QString iconNameOf(inspector::Tone tone)
{
    using inspector::Tone;
    switch (tone) {
    case Tone::Good:
        return u"good"_s;
    case Tone::Warning:
        return u"warning"_s;
    case Tone::Bad:
        return u"bad"_s;
    case Tone::Plain:
    case Tone::Muted:
        break;
    }
    return u"none"_s;
}

QPixmap iconPixmap(const QString &name, const QColor &color, int size, double pixelRatio)
{
    QPixmap pixmap = cached(name, color, QSize(size, size) * pixelRatio);
    pixmap.setDevicePixelRatio(pixelRatio);
    return pixmap;
}

} // namespace gatehouse::app
