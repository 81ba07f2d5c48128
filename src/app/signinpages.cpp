// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/signinpages.h"

#include "app/icons.h"
#include "app/label.h"
#include "app/strip.h"
#include "app/tokenpage.h"
#include "inspector/foreigntext.h"
#include "inspector/tokenwords.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using inspector::Tone;

QVBoxLayout *headed(const QString &title, const QString &why, QWidget *page)
{
    auto *heading = new Label(title, page);
    heading->setProperty("strong", true);
    auto *text = new Label(why, page);
    text->setWordWrap(true);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(16, 12, 16, 10);
    head->setSpacing(3);
    head->addWidget(heading);
    head->addWidget(text);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    return column;
}

} // namespace

TokensPage::TokensPage(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"tokensPage"_s);
    QVBoxLayout *column
        = headed(tr("Look at the token"),
                 tr("What the client can tell itself, before a server does: with the issuer's keys, and with "
                    "what it asked for."),
                 this);
    m_strip = new Strip(u"tokensStrip"_s, this);
    m_copy = m_strip->addButton(u"copyToken"_s, tr("Copy token"), u"copy"_s);
    m_copy->setToolTip(tr("Copies the secret itself"));
    m_refresh = m_strip->addButton(u"refreshToken"_s, tr("Refresh"));
    m_tabs = new QTabWidget(this);
    m_tabs->setObjectName(u"tokenTabs"_s);
    m_tabs->setAccessibleName(tr("Tokens"));
    m_tabs->tabBar()->setObjectName(u"tokenTabBar"_s);
    m_tabs->tabBar()->setAccessibleName(tr("Tokens"));
    m_tabs->tabBar()->setDrawBase(false);
    m_pages[Access] = new TokenPage(m_tabs, u"access"_s);
    m_pages[Id] = new TokenPage(m_tabs, u"id"_s);
    m_tabs->addTab(m_pages[Access], tr("Access token"));
    m_tabs->addTab(m_pages[Id], tr("ID token"));
    column->addWidget(m_strip);
    column->addWidget(m_tabs, 1);
    connect(m_refresh, &QPushButton::clicked, this, &TokensPage::refreshWanted);
    connect(m_copy, &QPushButton::clicked, this, [this] { Q_EMIT copyTokenWanted(m_tabs->currentIndex()); });
    connect(m_tabs, &QTabWidget::currentChanged, this, &TokensPage::update);
    show(Access, {}, 0);
    show(Id, {}, 0);
}

void TokensPage::show(Kind kind, const auth::Verdict &verdict, qint64 atMs)
{
    m_verdicts[kind] = verdict;
    QString none = kind == Access ? tr("There is no access token yet.") : tr("There is no ID token.");
    if (!verdict.fingerprint.isEmpty())
        none = tr("This token is no JWT: only its issuer and the server can read it.");
    m_pages[kind]->show(verdict, atMs,
                        kind == Access ? inspector::Reader::Client : inspector::Reader::ClientOfId, none);
    update();
}

void TokensPage::update()
{
    const auth::Verdict &shown = m_verdicts[m_tabs->currentIndex()];
    const bool isThere = !shown.fingerprint.isEmpty();
    m_copy->setEnabled(isThere);
    if (!isThere) {
        m_strip->say(Tone::Muted,
                     m_tabs->currentIndex() == Access ? tr("There is no access token yet.")
                                                      : tr("There is no ID token."));
        return;
    }
    if (shown.claims.isEmpty()) {
        m_strip->say(Tone::Muted, tr("This token is no JWT: only its issuer and the server can read it."));
        return;
    }
    const inspector::Headline headline = inspector::headlineOf(
        shown, m_tabs->currentIndex() == Access ? inspector::Reader::Client : inspector::Reader::ClientOfId);
    m_strip->say(
        headline.tone, headline.sentence,
        QStringList{headline.more, headline.advice.cause, headline.advice.remedy}.join(u' ').trimmed());
}

void TokensPage::setRefreshable(bool isRefreshable, const QString &why)
{
    m_refresh->setEnabled(isRefreshable);
    m_refresh->setToolTip(inspector::toolTipText(why));
}

void TokensPage::retheme()
{
    m_strip->retheme();
    m_pages[Access]->retheme();
    m_pages[Id]->retheme();
}

ForgetPage::ForgetPage(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"forgetPage"_s);
    QVBoxLayout *column
        = headed(tr("Forget"), tr("What shall be kept no longer, here and in the keyring."), this);
    m_strip = new Strip(u"forgetStrip"_s, this);
    m_forget = m_strip->addButton(u"forget"_s, tr("Forget"), u"clear"_s);
    column->addWidget(m_strip);
    auto *list = new QVBoxLayout;
    list->setContentsMargins(16, 12, 16, 12);
    list->setSpacing(8);
    const std::tuple<QCheckBox **, QString, QString> ticks[]
        = {{&m_access, u"forgetAccess"_s, tr("Access token")},
           {&m_refresh, u"forgetRefresh"_s, tr("Refresh token")},
           {&m_id, u"forgetId"_s, tr("ID token")},
           {&m_client, u"forgetClient"_s, tr("Client registration")},
           {&m_trust, u"forgetTrust"_s, tr("What is known of the authorization server")},
           {&m_consent, u"forgetConsent"_s, tr("My consent at WorkOS, so that the client has to ask again")}};
    for (const auto &[box, name, text] : ticks) {
        *box = new QCheckBox(text, this);
        (*box)->setObjectName(name);
        connect(*box, &QCheckBox::toggled, this, &ForgetPage::update);
        list->addWidget(*box);
    }
    m_note = new Label(this);
    m_note->setObjectName(u"forgetNote"_s);
    m_note->setProperty("quiet", true);
    m_note->setWordWrap(true);
    m_note->setMinimumWidth(120);
    list->addSpacing(8);
    list->addWidget(m_note);
    list->addStretch();
    column->addLayout(list, 1);
    connect(m_forget, &QPushButton::clicked, this,
            [this] { Q_EMIT forgetWanted(ticked(), m_consent->isChecked()); });
    show({}, {}, false, false);
}

void ForgetPage::show(const oauth::Forgotten &there, const QString &issuer, bool keptOnDisk, bool mayRevoke)
{
    m_consent->setVisible(mayRevoke);
    if (!mayRevoke)
        m_consent->setChecked(false);
    for (const auto &[box, isThere] :
         {std::pair(m_access, there.access), std::pair(m_refresh, there.refresh), std::pair(m_id, there.id),
          std::pair(m_client, there.client), std::pair(m_trust, there.trust)}) {
        if (!box->isEnabled() && isThere)
            box->setChecked(box != m_client && box != m_trust); // As it comes, the tokens are meant.
        box->setEnabled(isThere);
        if (!isThere)
            box->setChecked(false);
    }
    // Its address may be long, and a tick's text does not wrap.
    const QString server = issuer.isEmpty() ? QString()
                                            : tr("The authorization server is %1. Where what is known of it "
                                                 "is forgotten, the next sign-in judges it anew.")
                                                  .arg(issuer)
            + u'\n';
    const QString where = keptOnDisk ? tr("They are kept in the system's keyring.")
                                     : tr("They are kept in memory until the program ends.");
    m_note->setText(
        server + where + u' '
        + (mayRevoke ? tr("Where the consent is taken back, no new token is made without asking you; access "
                          "tokens that were issued stay good until they expire.")
                     : tr("Nothing is revoked at the authorization server, AuthKit has no address for that: "
                          "what was issued stays good until it expires.")));
    update();
}

oauth::Forgotten ForgetPage::ticked() const
{
    return {m_access->isChecked(), m_refresh->isChecked(), m_id->isChecked(), m_client->isChecked(),
            m_trust->isChecked()};
}

void ForgetPage::update()
{
    const oauth::Forgotten what = ticked();
    const int count = int(what.access) + int(what.refresh) + int(what.id) + int(what.client) + int(what.trust)
        + int(m_consent->isChecked());
    m_forget->setEnabled(count > 0);
    const bool isAnyThere = m_access->isEnabled() || m_refresh->isEnabled() || m_id->isEnabled()
        || m_client->isEnabled() || m_trust->isEnabled();
    if (isAnyThere)
        m_said.clear();
    if (!m_said.isEmpty()) {
        m_strip->say(Tone::Good, m_said);
        return;
    }
    m_strip->say(Tone::Muted,
                 isAnyThere ? tr("%n of them will be forgotten.", nullptr, count) : tr("Nothing is kept."));
}

void ForgetPage::say(const QString &what)
{
    m_said = what;
    update();
}

void ForgetPage::retheme()
{
    m_strip->retheme();
}

} // namespace gatehouse::app
