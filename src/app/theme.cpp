// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QSettings>
#include <QStyle>
#include <QStyleFactory>

#include <algorithm>

using namespace Qt::StringLiterals;

/// A static library's resources are only linked in where they are asked for, from outside every namespace.
static void loadResources()
{
    Q_INIT_RESOURCE(resources);
}

namespace gatehouse::app {

namespace {

const Theme *current = nullptr;
int percent = 100;

double desktopPointSize()
{
    static const double size = QFontInfo(QApplication::font()).pointSizeF();
    return size;
}

bool desktopIsDark()
{
    // Before our own palette is set; Qt 6.4 has no other way to ask.
    static const QPalette palette = QApplication::palette();
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

} // namespace

const Theme &lightTheme()
{
    static const Theme theme{false,
                             QColor(0xF4F6F8),
                             QColor(0xFFFFFF),
                             QColor(0x1C2127),
                             QColor(0x59626E),
                             QColor(0xDFE3E8),
                             QColor(0xC2C9D1),
                             QColor(0x2F5BD7),
                             QColor(0xFFFFFF),
                             QColor(0xDBE6FD),
                             QColor(0x176D30),
                             QColor(0xEAF6ED),
                             QColor(0x7A4F00),
                             QColor(0xFFF6E0),
                             QColor(0xB3202A),
                             QColor(0xFDEEEE),
                             QColor(0x0B6470),
                             QColor(0x6A3AA8)};
    return theme;
}

const Theme &darkTheme()
{
    static const Theme theme{true,
                             QColor(0x1F2328),
                             QColor(0x171A1E),
                             QColor(0xE4E7EB),
                             QColor(0xA8B2BD),
                             QColor(0x30363E),
                             QColor(0x4A525C),
                             QColor(0x7FA4FF),
                             QColor(0x10151C),
                             QColor(0x2C3F66),
                             QColor(0x5FCB7A),
                             QColor(0x17271C),
                             QColor(0xE5B84B),
                             QColor(0x2B2414),
                             QColor(0xFF8A80),
                             QColor(0x2D1B1D),
                             QColor(0x63C5D0),
                             QColor(0xC9ABFF)};
    return theme;
}

QColor Theme::colorOf(inspector::Tone tone) const
{
    using inspector::Tone;
    switch (tone) {
    case Tone::Plain:
        return text;
    case Tone::Muted:
        return muted;
    case Tone::Good:
        return good;
    case Tone::Warning:
        return warning;
    case Tone::Bad:
        return bad;
    }
    return text;
}

QColor Theme::tintOf(inspector::Tone tone) const
{
    using inspector::Tone;
    switch (tone) {
    case Tone::Good:
        return goodTint;
    case Tone::Warning:
        return warningTint;
    case Tone::Bad:
        return badTint;
    case Tone::Plain:
    case Tone::Muted:
        break;
    }
    return base;
}

QPalette Theme::palette() const
{
    QPalette palette;
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::AlternateBase, window);
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::PlaceholderText, muted);
    palette.setColor(QPalette::Button, base);
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::BrightText, bad);
    palette.setColor(QPalette::Highlight, selection);
    palette.setColor(QPalette::HighlightedText, text);
    palette.setColor(QPalette::Link, accent);
    palette.setColor(QPalette::LinkVisited, accent);
    palette.setColor(QPalette::ToolTipBase, base);
    palette.setColor(QPalette::ToolTipText, text);
    palette.setColor(QPalette::Light, base);
    palette.setColor(QPalette::Midlight, line);
    palette.setColor(QPalette::Mid, edge);
    palette.setColor(QPalette::Dark, edge);
    palette.setColor(QPalette::Shadow, edge);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role,
                         edge.lightness() > 128 ? QColor(0x8A939E) : QColor(0x77808B));
    return palette;
}

QString Theme::styleSheet(double pointSize) const
{
    const QString tick = u":/icons/%1"_s.arg(isDark ? u"tick-dark.svg"_s : u"tick-light.svg"_s);
    const QString template_ = uR"css(
* { font-size: %SIZEpt; }
QToolTip { background: %BASE; color: %TEXT; border: 1px solid %EDGE; padding: 4px 6px; }
QMenuBar { background: %WINDOW; padding: 2px 8px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: %SELECTION; color: %TEXT; }
QTreeView#filterTerms { background: %BASE; border: 1px solid %EDGE; border-radius: 6px; padding: 4px; }
QMenu { background: %BASE; border: 1px solid %EDGE; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: %SELECTION; color: %TEXT; }
QMenu::item:disabled { color: %MUTED; }
QMenu::separator { height: 1px; background: %LINE; margin: 4px 8px; }
QStatusBar { background: %WINDOW; border-top: 1px solid %LINE; color: %MUTED; }
QStatusBar::item { border: 0; }
QToolButton[status="true"] { color: %MUTED; padding: 2px 6px; }
QToolButton[status="true"]:focus { padding: 1px 5px; }
QPushButton, QToolButton[framed="true"] { background: %BASE; border: 1px solid %EDGE; border-radius: 6px; padding: 5px 12px; }
QPushButton:hover, QToolButton[framed="true"]:hover { border-color: %ACCENT; }
QPushButton:pressed, QToolButton[framed="true"]:pressed { background: %SELECTION; }
QPushButton:focus, QToolButton:focus { border: 2px solid %ACCENT; padding: 4px 11px; }
QPushButton:disabled { color: %MUTED; border-color: %LINE; }
QPushButton:default { background: %ACCENT; color: %ONACCENT; border-color: %ACCENT; }
QPushButton:default:disabled { background: %BASE; color: %MUTED; border-color: %LINE; }
QPushButton[flat="true"], QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 5px 8px; }
QPushButton[flat="true"]:hover, QToolButton:hover { background: %SELECTION; }
QPushButton[flat="true"]:focus { border: 2px solid %ACCENT; padding: 4px 7px; }
QToolButton:focus { padding: 4px 7px; }
QPushButton[chip="true"] { border-radius: 12px; padding: 4px 12px; }
QPushButton[chip="true"]:focus { padding: 3px 11px; }
QPushButton[chip="true"]:checked { background: %SELECTION; border-color: %ACCENT; }
QPushButton[pill="good"], QPushButton[pill="warning"], QPushButton[pill="bad"], QPushButton[pill="muted"] { border-radius: 12px; padding: 4px 12px; font-weight: 600; }
QPushButton[pill="good"]:focus, QPushButton[pill="warning"]:focus, QPushButton[pill="bad"]:focus, QPushButton[pill="muted"]:focus { padding: 3px 11px; }
QPushButton[pill]::menu-indicator { image: none; width: 0; }
QPushButton[pill="good"] { color: %GOOD; background: %GOODTINT; border-color: %GOOD; }
QPushButton[pill="warning"] { color: %WARNING; background: %WARNINGTINT; border-color: %WARNING; }
QPushButton[pill="bad"] { color: %BAD; background: %BADTINT; border-color: %BAD; }
QPushButton[pill="muted"] { color: %MUTED; background: %BASE; border-color: %EDGE; }
QLabel[pill="good"], QLabel[pill="warning"], QLabel[pill="bad"], QLabel[pill="muted"] { border-radius: 9px; font-weight: 600; }
QLabel[pill="good"] { color: %GOOD; background: %GOODTINT; border: 1px solid %GOOD; }
QLabel[pill="warning"] { color: %WARNING; background: %WARNINGTINT; border: 1px solid %WARNING; }
QLabel[pill="bad"] { color: %BAD; background: %BADTINT; border: 1px solid %BAD; }
QLabel[pill="muted"] { color: %MUTED; background: %BASE; border: 1px solid %EDGE; }
QLabel[quiet="true"] { color: %MUTED; }
QLabel[fault="true"] { color: %BAD; }
QLabel[remark="true"] { color: %WARNING; }
QLabel[found="true"] { background: %SELECTION; border: 1px solid %ACCENT; border-radius: 3px; padding: 0; }
QCheckBox[found="true"], QRadioButton[found="true"], QPushButton[found="true"] { background: %SELECTION; border: 1px solid %ACCENT; }
QLineEdit, QPlainTextEdit, QTextBrowser, QListWidget { background: %BASE; border: 1px solid %EDGE; border-radius: 6px; selection-background-color: %SELECTION; selection-color: %TEXT; }
QLineEdit { padding: 5px 8px; }
QLineEdit:focus, QPlainTextEdit:focus, QListWidget:focus { border: 2px solid %ACCENT; }
QLineEdit:focus { padding: 4px 7px; }
QLineEdit[fault="true"], QPlainTextEdit[fault="true"], QListWidget[fault="true"], QComboBox[fault="true"] { border: 1px solid %BAD; }
QLineEdit[fault="true"]:focus { border: 2px solid %BAD; }
QLineEdit:read-only { background: %WINDOW; }
QTextBrowser, QPlainTextEdit[plain="true"], QTreeView[plain="true"] { border: 0; border-radius: 0; }
QTextBrowser:focus, QPlainTextEdit[plain="true"]:focus { border: 0; }
QTableView, QTreeView { background: %BASE; border: 0; outline: 0; selection-background-color: %SELECTION; selection-color: %TEXT; }
QTreeView::item { padding: 2px 0; }
QTreeView::item:selected { background: %SELECTION; color: %TEXT; }
QAbstractScrollArea::corner { background: %BASE; border: 0; }
#steps, #checks { show-decoration-selected: 1; }
#steps::item { padding: 4px 6px; border: 0; border-bottom: 1px solid %LINE; }
#steps::item:selected, #checks::item:selected { background: %SELECTION; color: %TEXT; }
#checks::item { padding: 3px 8px; border: 0; }
QTableView[lined="true"]::item { padding: 0 8px; border: 0; border-bottom: 1px solid %LINE; }
QTreeView[lined="true"]::item { padding: 3px 8px; border: 0; border-bottom: 1px solid %LINE; }
QTableView[lined="true"]::item:selected, QTreeView[lined="true"]::item:selected { background: %SELECTION; }
QTreeView[lined="true"] { show-decoration-selected: 1; }
QFrame[card="true"] { background: %BASE; border: 1px solid %LINE; border-radius: 6px; }
#homePage { background: %WINDOW; }
QLabel[title="true"] { font-size: %TITLEpt; font-weight: 700; }
#offerFoot { background: %WINDOW; border-top: 1px solid %LINE; border-bottom: 1px solid %LINE; }
QSpinBox { background: %BASE; border: 1px solid %EDGE; border-radius: 6px; padding: 4px 24px 4px 8px; }
QSpinBox:focus { border: 2px solid %ACCENT; padding: 3px 23px 3px 7px; }
QSpinBox:disabled { color: %MUTED; border-color: %LINE; }
QSpinBox::up-button, QSpinBox::down-button { subcontrol-origin: border; width: 22px; border: 0; }
QSpinBox::up-button { subcontrol-position: top right; margin-top: 3px; }
QSpinBox::down-button { subcontrol-position: bottom right; margin-bottom: 3px; }
QSpinBox::up-arrow { image: url(%RISE); width: 11px; height: 11px; }
QSpinBox::down-arrow { image: url(%DROP); width: 11px; height: 11px; }
QListWidget[page="true"], QListWidget[page="true"]:focus { border: 0; border-top: 1px solid %LINE; border-radius: 0; }
QListWidget[choices="true"]::item { padding: 3px 2px; }
QComboBox { background: %BASE; border: 1px solid %EDGE; border-radius: 6px; padding: 5px 8px; }
QComboBox:focus, QComboBox:on { border: 2px solid %ACCENT; padding: 4px 7px; }
QComboBox:disabled { color: %MUTED; border-color: %LINE; }
QComboBox::drop-down { border: 0; width: 22px; }
QComboBox::down-arrow { image: url(%DROP); width: 14px; height: 14px; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { border: 0; padding: 0; background: transparent; }
QComboBox QAbstractItemView { background: %BASE; border: 1px solid %EDGE; outline: 0; selection-background-color: %SELECTION; selection-color: %TEXT; }
QToolButton[framed="true"] { padding-right: 28px; }
QToolButton[framed="true"]:focus { padding-right: 27px; }
QToolButton[framed="true"]::menu-indicator { image: url(%DROP); width: 14px; height: 14px; subcontrol-origin: padding; subcontrol-position: right center; right: 8px; }
#clientForm, #clientBar { background: %WINDOW; }
#clientBar { border-bottom: 1px solid %LINE; }
QHeaderView { background: %WINDOW; }
QHeaderView::section { background: %WINDOW; color: %MUTED; font-weight: 600; border: 0; border-bottom: 1px solid %LINE; padding: 4px 8px; }
QTabWidget::pane { border: 0; border-top: 1px solid %LINE; }
QTabBar { background: %WINDOW; }
QTabBar::tab { background: transparent; color: %MUTED; padding: 8px 14px 6px; border: 0; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: %TEXT; border-bottom: 2px solid %ACCENT; }
QTabBar::tab:hover { color: %TEXT; }
QTabBar::tab:focus { background: %SELECTION; }
QSplitter::handle { background: %LINE; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: %EDGE; border-radius: 4px; margin: 2px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: %MUTED; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QCheckBox::indicator, QRadioButton::indicator, QListWidget::indicator { width: 16px; height: 16px; border: 1px solid %MUTED; background: %BASE; }
QCheckBox::indicator, QListWidget::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:checked, QListWidget::indicator:checked { background: %ACCENT; border-color: %ACCENT; image: url(%TICK); }
QRadioButton::indicator:checked { border: 5px solid %ACCENT; width: 8px; height: 8px; }
QCheckBox:focus, QRadioButton:focus { outline: 1px solid %ACCENT; }
#pagesFrame { background: %WINDOW; border: 0; border-right: 1px solid %LINE; }
#pages { background: transparent; border: 0; outline: 0; }
#pages:focus { border: 0; }
#pages::item { padding: 6px 8px; border-radius: 6px; color: %TEXT; }
#pages::item:selected { background: %SELECTION; color: %TEXT; }
#pages::item:disabled { color: %MUTED; }
#pages::item:focus { border: 2px solid %ACCENT; padding: 4px 6px; }
#foot { background: %WINDOW; border: 0; border-top: 1px solid %LINE; }
#goToFault { color: %BAD; }
QWidget[page="true"], #stack { background: %BASE; }
QPushButton[link="true"] { color: %ACCENT; } QPushButton[link="true"]:disabled { color: %MUTED; }
#viewList { background: %WINDOW; border: 0; border-right: 1px solid %LINE; border-radius: 0; padding: 8px 6px; }
#viewList::item { padding: 7px 8px; border-radius: 6px; color: %TEXT; }
#viewList::item:selected { background: %SELECTION; color: %TEXT; }
#bar, #filterBar { background: %WINDOW; }
#bar { border-bottom: 1px solid %LINE; }
QFrame[strip="true"] { border-top: 1px solid %LINE; }
QFrame[tone="good"] { background: %GOODTINT; } QFrame[tone="warning"] { background: %WARNINGTINT; } QFrame[tone="bad"] { background: %BADTINT; } QFrame[tone="plain"], QFrame[tone="muted"] { background: %BASE; }
QLabel[strong="true"] { font-weight: 700; }
QFrame[banner="warning"] { background: %WARNINGTINT; border-bottom: 1px solid %WARNING; }
QFrame[banner="warning"] QLabel { color: %WARNING; font-weight: 600; }
QFrame[banner="bad"] { background: %BADTINT; border-bottom: 1px solid %BAD; }
QFrame[banner="bad"] QLabel { color: %BAD; font-weight: 600; }
QFrame[banner] QPushButton, QFrame[banner] QToolButton { padding: 2px 10px; }
QWidget[emptyState="true"] { background: %BASE; }
)css"_s;
    const std::pair<QString, QString> values[] = {
        {u"%SIZE"_s, QString::number(pointSize, 'f', 1)},
        {u"%TITLE"_s, QString::number(pointSize * 13 / 9, 'f', 1)},
        {u"%WINDOW"_s, window.name()},
        {u"%BASE"_s, base.name()},
        {u"%TEXT"_s, text.name()},
        {u"%MUTED"_s, muted.name()},
        {u"%LINE"_s, line.name()},
        {u"%EDGE"_s, edge.name()},
        {u"%ONACCENT"_s, onAccent.name()},
        {u"%ACCENT"_s, accent.name()},
        {u"%SELECTION"_s, selection.name()},
        {u"%GOODTINT"_s, goodTint.name()},
        {u"%GOOD"_s, good.name()},
        {u"%WARNINGTINT"_s, warningTint.name()},
        {u"%WARNING"_s, warning.name()},
        {u"%BADTINT"_s, badTint.name()},
        {u"%BAD"_s, bad.name()},
        {u"%TICK"_s, tick},
        {u"%RISE"_s, u":/icons/%1"_s.arg(isDark ? u"rise-dark.svg"_s : u"rise-light.svg"_s)},
        {u"%DROP"_s, u":/icons/%1"_s.arg(isDark ? u"drop-dark.svg"_s : u"drop-light.svg"_s)},
    };
    QString sheet = template_;
    for (const auto &[name, value] : values)
        sheet.replace(name, value);
    return sheet;
}

void Look::apply(Appearance appearance, int textPercent)
{
    loadResources();
    const double size = desktopPointSize();
    const bool isDark
        = appearance == Appearance::AsTheDesktop ? desktopIsDark() : appearance == Appearance::Dark;
    const Theme *wanted = isDark ? &darkTheme() : &lightTheme();
    const int wantedPercent = std::clamp(textPercent, 80, 200);
    if (current == wanted && percent == wantedPercent)
        return; // Every widget there is would be polished anew.
    current = wanted;
    percent = wantedPercent;
    if (QApplication::style()->name() != "fusion"_L1)
        QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    QApplication::setPalette(current->palette());
    QFont font = QApplication::font();
    font.setPointSizeF(size * percent / 100);
    QApplication::setFont(font);
    // The sheet repeats the size: what it has polished does not hear of a new font.
    qApp->setStyleSheet(current->styleSheet(size * percent / 100));
}

const Theme &Look::theme()
{
    return current ? *current : lightTheme();
}

int Look::textPercent()
{
    return percent;
}

QFont Look::fixedFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(desktopPointSize() * percent / 100);
    return font;
}

Appearance Look::keptAppearance(const QSettings &kept)
{
    const int value = kept.value(u"window/appearance"_s, 0).toInt();
    return value == 1 ? Appearance::Light : value == 2 ? Appearance::Dark : Appearance::AsTheDesktop;
}

int Look::keptTextPercent(const QSettings &kept)
{
    return kept.value(u"window/textPercent"_s, 100).toInt();
}

} // namespace gatehouse::app
