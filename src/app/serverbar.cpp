// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serverbar.h"

#include "app/elidedlabel.h"
#include "app/icons.h"
#include "app/pillmenu.h"
#include "app/theme.h"
#include "app/wrappingrow.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

using State = host::Host::State;
using inspector::Tone;

// A widget and not a QToolBar, which stretches labels and ignores the sheet's padding.
ServerBar::ServerBar(QWidget *parent)
    : QWidget(parent)
    , m_startStop(new QPushButton(this))
    , m_dot(new Label(this))
    , m_stateWord(new Label(this))
    , m_address(new ElidedLabel(this))
    , m_copyAddress(new QToolButton(this))
    , m_connect(new QPushButton(icon(u"add"_s), tr("Connect a client…"), this))
    , m_mode(new PillMenu(u"mode"_s, this))
    , m_verify(new PillMenu(u"verify"_s, this))
{
    setObjectName(u"bar"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_startStop->setObjectName(u"startStop"_s);
    m_stateWord->setObjectName(u"stateWord"_s);
    QFont bold = font();
    bold.setBold(true);
    m_stateWord->setFont(bold);
    m_address->setObjectName(u"address"_s);
    m_copyAddress->setObjectName(u"copyAddress"_s);
    m_copyAddress->setIcon(icon(u"copy"_s));
    m_copyAddress->setText(tr("Copy address"));
    m_copyAddress->setToolTip(tr("Copy address"));
    m_copyAddress->setAccessibleName(tr("Copy address"));
    m_connect->setObjectName(u"connectClient"_s);
    m_connect->setAccessibleName(m_connect->text());
    m_connect->setToolTip(tr("How Claude Code, Cursor, VS Code and others are told of this server"));
    connect(m_connect, &QPushButton::clicked, this, &ServerBar::connectWanted);
    auto *settings = new QPushButton(icon(u"settings"_s), tr("Settings…"), this);
    settings->setObjectName(u"openSettings"_s);
    // In two lines, where large text leaves no room for one.
    auto *halves = new WrappingRow(this);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 8);
    row->addWidget(halves);
    m_left = halves->addGroup(1);
    auto *left = static_cast<QHBoxLayout *>(m_left->layout());
    left->setSpacing(8);
    left->addWidget(m_startStop);
    left->addSpacing(4);
    left->addWidget(m_dot);
    left->addWidget(m_stateWord);
    left->addWidget(m_address);
    left->addWidget(m_copyAddress);
    left->addWidget(m_connect);
    left->addStretch();
    m_right = halves->addGroup();
    auto *right = static_cast<QHBoxLayout *>(m_right->layout());
    right->setSpacing(8);
    right->addWidget(m_mode);
    right->addWidget(m_verify);
    right->addSpacing(4);
    right->addWidget(settings);
    right->addStretch();
    connect(settings, &QPushButton::clicked, this, &ServerBar::settingsWanted);
    connect(m_copyAddress, &QToolButton::clicked, this, &ServerBar::addressCopyWanted);
    connect(m_startStop, &QPushButton::clicked, this, [this] {
        if (m_isUp)
            Q_EMIT stopWanted();
        else
            Q_EMIT startWanted();
    });
}

void ServerBar::show(State state, const host::Running &running, const QString &why)
{
    const Theme &theme = Look::theme();
    struct Words
    {
        QString word;
        QColor color;
    };
    const Words words = state == State::Listening ? Words{tr("Listening"), theme.good}
        : state == State::Starting                ? Words{tr("Starting"), theme.warning}
        : state == State::Failed                  ? Words{tr("Failed"), theme.bad}
                                                  : Words{tr("Stopped"), theme.muted};
    m_stateWord->setText(words.word);
    const bool isListening = state == State::Listening;
    const int size = fontMetrics().height() / 2 + 2;
    m_dot->setPixmap(iconPixmap(isListening ? u"dot"_s : u"ring"_s, words.color, size, devicePixelRatioF()));
    m_address->setFont(Look::fixedFont());
    m_address->setText(state == State::Failed ? why : running.resource);
    m_copyAddress->setVisible(isListening);
    m_connect->setVisible(isListening);
    m_connect->setText(Look::textPercent() > 130 ? QString()
                                                 : m_connect->accessibleName()); // Room for the rest.
    m_isUp = isListening || state == State::Starting;
    m_startStop->setText(m_isUp ? tr("Stop") : tr("Start"));
    m_startStop->setIcon(m_isUp ? icon(u"stop"_s, Tone::Bad) : icon(u"start"_s, Tone::Good));
    m_mode->setVisible(isListening);
    m_verify->setVisible(isListening && !running.issuer.isEmpty());
    if (isListening) {
        showMode(running);
        showVerify(running);
    }
}

/// Where there is little room, the sign of what connects has to do.
void ServerBar::fit()
{
    m_connect->setText(m_connect->accessibleName());
    const QMargins around = layout()->contentsMargins();
    const int wanted = m_left->minimumSizeHint().width() + m_right->minimumSizeHint().width()
        + 2 * layout()->spacing() + around.left() + around.right();
    if (width() < wanted)
        m_connect->setText({});
}

QSize ServerBar::minimumSizeHint() const
{
    const int text
        = m_connect->isHidden() ? 0 : m_connect->fontMetrics().horizontalAdvance(m_connect->text());
    const QMargins around = layout()->contentsMargins();
    const int halves = std::max(m_left->minimumSizeHint().width() - text, m_right->minimumSizeHint().width());
    return {halves + around.left() + around.right(), layout()->minimumSize().height()};
}

void ServerBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void ServerBar::showMode(const host::Running &running)
{
    const auto setting
        = [this](const QString &field) { return [this, field] { Q_EMIT settingWanted(field); }; };
    if (running.issuer.isEmpty()) {
        m_mode->set(
            Tone::Bad, tr("Nobody is asked"),
            {{{}, tr("Nobody is asked for a token: every program on this computer can call every tool.")},
             {u"askForTokens"_s, tr("Ask for tokens"), [this] { Q_EMIT checksOnWanted(); }},
             {u"accessSettings"_s, tr("Settings…"), setting(u"authorization"_s)}});
    } else if (running.sandbox) {
        m_mode->set(Tone::Warning, tr("Sandbox"),
                    {{{}, tr("Tokens come from a stand-in for AuthKit on this computer.")},
                     {{}, running.issuer},
                     {u"useOwnAuthKit"_s, tr("Use my AuthKit…"), setting(u"subdomain"_s)},
                     {u"breakSomething"_s, tr("Break something"), [this] { Q_EMIT faultsWanted(); }},
                     {u"sandboxRequests"_s, tr("Show its requests"),
                      [this] { Q_EMIT requestsWanted(u"is:sandbox"_s); }}});
    } else {
        m_mode->set(Tone::Muted, QUrl(running.issuer).host(),
                    {{{}, tr("Tokens come from %1").arg(running.issuer)},
                     {u"openDashboardFromBar"_s, tr("Open dashboard"), [this] { Q_EMIT dashboardWanted(); }},
                     {u"authKitSettings"_s, tr("Settings…"), setting(u"subdomain"_s)}});
    }
}

void ServerBar::showVerify(const host::Running &running)
{
    const PillMenu::Entry settings{u"verifySettings"_s, tr("Settings…"),
                                   [this] { Q_EMIT settingWanted(u"verifyJwt"_s); }};
    if (running.verifyJwt)
        m_verify->set(Tone::Good, tr("Signatures checked"),
                      {{{}, tr("Each token has to be signed by a key of the issuer.")},
                       {u"showKeys"_s, tr("Show the keys"), [this] { Q_EMIT keysWanted(); }},
                       settings});
    else
        m_verify->set(Tone::Bad, tr("Signatures not checked"),
                      {{{}, tr("Anybody can write a token and be let in as whoever they like.")},
                       {u"checkSignatures"_s, tr("Check them"), [this] { Q_EMIT checksOnWanted(); }},
                       settings});
}

} // namespace gatehouse::app
