// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/steppage.h"

#include "app/httptext.h"
#include "app/icons.h"
#include "app/label.h"
#include "app/strip.h"
#include "app/theme.h"
#include "inspector/foreigntext.h"
#include "inspector/words.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using inspector::Tone;
using oauth::StepState;

QWidget *titled(const QString &title, QWidget *inner, QWidget *parent)
{
    auto *box = new QWidget(parent);
    auto *heading = new Label(title, box);
    heading->setProperty("strong", true);
    heading->setContentsMargins(12, 6, 12, 4);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(heading);
    column->addWidget(inner, 1);
    return box;
}

QString objectNameOf(Offer offer)
{
    switch (offer) {
    case Offer::OpenDashboard:
        return u"offerDashboard"_s;
    case Offer::UseClientId:
        return u"offerClientId"_s;
    case Offer::AllowRegistration:
        return u"offerAllowRegistration"_s;
    case Offer::CopyResource:
        return u"offerCopyResource"_s;
    case Offer::RegisterAgain:
        return u"offerRegisterAgain"_s;
    case Offer::TrustIssuer:
        return u"offerTrustIssuer"_s;
    case Offer::GoOnAllTheSame:
        return u"offerGoOnAllTheSame"_s;
    case Offer::SignInAgain:
        return u"offerSignInAgain"_s;
    case Offer::TryAgain:
        return u"offerTryAgain"_s;
    }
    return {};
}

void sayVerdict(Label *label, Tone tone, const QString &text)
{
    label->setText(text);
    label->setStyleSheet(u"color:%1"_s.arg(Look::theme().colorOf(tone).name()));
}

} // namespace

StepPage::StepPage(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"stepPage"_s);
    m_title = new Label(this);
    m_title->setObjectName(u"stepTitle"_s);
    m_title->setProperty("strong", true);
    m_why = new Label(this);
    m_why->setObjectName(u"stepWhy"_s);
    m_why->setWordWrap(true);
    m_rule = new Label(this);
    m_rule->setObjectName(u"stepRule"_s);
    m_rule->setProperty("quiet", true);
    m_rule->setWordWrap(true);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(16, 12, 16, 10);
    head->setSpacing(3);
    head->addWidget(m_title);
    head->addWidget(m_why);
    head->addWidget(m_rule);

    m_strip = new Strip(u"stepStrip"_s, this);
    m_copyAddress = m_strip->addButton(u"copyUrl"_s, tr("Copy URL"), u"copy"_s);
    m_openAgain = m_strip->addButton(u"openAgain"_s, tr("Open again"));
    m_copyCode = m_strip->addButton(u"copyCode"_s, tr("Copy code"), u"copy"_s);
    m_paste = m_strip->addButton(u"pasteAddress"_s, tr("Paste address"));
    m_paste->setToolTip(inspector::toolTipText(
        tr("Where the browser runs on another machine: copy the address at which it ends there, and press "
           "this.")));
    m_offerBar = new QWidget(this);
    m_offerBar->setObjectName(u"offers"_s);
    new QHBoxLayout(m_offerBar);
    m_offerBar->layout()->setContentsMargins(16, 8, 16, 8);

    m_verdicts = new QWidget(this);
    m_verdicts->setObjectName(u"verdicts"_s);
    m_clientVerdict = new Label(m_verdicts);
    m_clientVerdict->setObjectName(u"clientVerdict"_s);
    m_serverVerdict = new Label(m_verdicts);
    m_serverVerdict->setObjectName(u"serverVerdict"_s);
    auto *both = new QGridLayout(m_verdicts);
    both->setContentsMargins(16, 8, 16, 8);
    both->setHorizontalSpacing(24);
    int column = 0;
    for (const auto &[title, label] :
         {std::pair(tr("The token, as the client sees it"), m_clientVerdict),
          std::pair(tr("The token, as the server judged it"), m_serverVerdict)}) {
        auto *heading = new Label(title, m_verdicts);
        heading->setProperty("quiet", true);
        heading->setWordWrap(true);
        heading->setAlignment(Qt::AlignBottom);
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setAlignment(Qt::AlignTop);
        both->addWidget(heading, 0, column);
        both->addWidget(label, 1, column);
        both->setColumnStretch(column, 1);
        ++column;
    }

    m_sent = new HttpText(u"stepSent"_s, tr("Sent"), this);
    m_answered = new HttpText(u"stepAnswered"_s, tr("Answered"), this);
    m_texts = new QSplitter(Qt::Horizontal, this);
    m_texts->setObjectName(u"stepTexts"_s);
    m_texts->addWidget(titled(tr("Sent"), m_sent, m_texts));
    m_texts->addWidget(titled(tr("Answered"), m_answered, m_texts));
    m_texts->setChildrenCollapsible(false);
    m_texts->setHandleWidth(1);

    m_repeat = new QPushButton(tr("Run again from here"), this);
    m_repeat->setObjectName(u"repeatStep"_s);
    auto *copy = new QPushButton(icon(u"copy"_s), tr("Copy step"), this);
    copy->setObjectName(u"copyStep"_s);
    m_traffic = new QPushButton(icon(u"traffic"_s), tr("Show in Traffic"), this);
    m_traffic->setObjectName(u"showInTraffic"_s);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(16, 8, 16, 8);
    foot->setSpacing(6);
    foot->addWidget(m_repeat);
    foot->addStretch();
    foot->addWidget(copy);
    foot->addWidget(m_traffic);

    auto *all = m_column = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(head);
    all->addWidget(m_strip);
    all->addWidget(m_offerBar);
    all->addWidget(m_verdicts);
    all->addWidget(m_texts, 1);
    all->addLayout(foot);
    connect(m_copyAddress, &QPushButton::clicked, this, &StepPage::copyAddressWanted);
    connect(m_openAgain, &QPushButton::clicked, this, &StepPage::openAgainWanted);
    connect(m_copyCode, &QPushButton::clicked, this, &StepPage::copyCodeWanted);
    connect(m_paste, &QPushButton::clicked, this, &StepPage::pasteWanted);
    connect(copy, &QPushButton::clicked, this, &StepPage::copyWanted);
    connect(m_traffic, &QPushButton::clicked, this, &StepPage::trafficWanted);
    connect(m_repeat, &QPushButton::clicked, this, &StepPage::repeatWanted);
}

void StepPage::show(int number, const oauth::Step &step, oauth::Grant grant, const QList<Offer> &offers,
                    const Verdicts &verdicts, const Wait &wait)
{
    m_title->setText(u"%1   %2"_s.arg(number).arg(step.title));
    const StepWords words = stepWordsOf(step.id, grant);
    m_why->setText(words.why);
    m_rule->setText(words.rule);
    const StateWords state = stateWordsOf(step.state);
    const QString detail = inspector::escapedForDisplay(step.detail.section(u'\n', 0, 0));
    QStringList more;
    const QStringList lines = step.detail.section(u'\n', 1).split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines)
        more.append(inspector::escapedForDisplay(line));
    QString sentence = detail;
    if (detail.isEmpty())
        sentence = step.state == StepState::Waiting ? tr("Not run yet.") : tr("Under way …");
    m_strip->say(step.state == StepState::Done          ? Tone::Good
                     : step.state == StepState::Failed  ? Tone::Bad
                     : step.state == StepState::Running ? Tone::Warning
                                                        : Tone::Muted,
                 sentence, more.join(u'\n'), state.icon == "ring"_L1 ? QString() : state.icon);
    showWait(wait, sentence, more.join(u'\n'));
    m_strip->setAccessibleName(state.word + u": "_s + sentence);
    if (m_offers != offers)
        makeOffers(offers);
    m_offerBar->setVisible(!offers.isEmpty());
    m_verdicts->setVisible(!verdicts.client.isEmpty());
    sayVerdict(m_clientVerdict, verdicts.clientTone, verdicts.client);
    sayVerdict(m_serverVerdict, verdicts.serverTone, verdicts.server);
    m_sent->setHttp(step.sent());
    m_answered->setHttp(step.answered());
}

/// Each button is told once whether it is there: one that goes and comes back loses the focus, and a click.
void StepPage::showWait(const Wait &wait, const QString &sentence, const QString &more)
{
    constexpr qint64 noticedMs = 1000;
    const bool isBrowser = wait.what == Wait::For::Browser;
    const bool isDevice = wait.what == Wait::For::Device;
    if (isBrowser)
        m_strip->say(
            Tone::Warning,
            wait.isBrowserOpen
                ? tr("Waiting for the browser, %1").arg(clockOf(wait.ms))
                : tr("No browser could be started. Copy the URL and open it on this machine. %1")
                      .arg(clockOf(wait.ms)),
            tr("A page that hangs or says “Application not found” never comes back here: cancel then."),
            u"running"_s);
    else if (isDevice)
        m_strip->say(
            Tone::Warning,
            tr("Open %1 in any browser, and type the code %2 there.")
                .arg(inspector::escapedForDisplay(wait.code.address.toString()), wait.code.user),
            tr("Waiting, %1. The code is good for %2.").arg(clockOf(wait.ms), clockOf(wait.code.lifetimeMs)),
            u"running"_s);
    else if (wait.what == Wait::For::Answer && wait.ms >= noticedMs)
        m_strip->say(Tone::Warning,
                     tr("%1 %2", "what is under way, and for how long").arg(sentence, clockOf(wait.ms)), more,
                     u"running"_s);
    m_openAgain->setText(isDevice ? tr("Open here") : tr("Open again"));
    m_copyAddress->setVisible(isBrowser);
    m_openAgain->setVisible(isBrowser || isDevice);
    m_copyCode->setVisible(isDevice);
    m_paste->setVisible(isBrowser);
}

void StepPage::makeOffers(const QList<Offer> &offers)
{
    m_offers = offers;
    // Later: an offer's own click may lead here.
    for (QPushButton *old : m_offerBar->findChildren<QPushButton *>()) {
        old->setObjectName({});
        old->hide();
        old->deleteLater();
    }
    auto *row = static_cast<QHBoxLayout *>(m_offerBar->layout());
    while (QLayoutItem *item = row->takeAt(0))
        delete item;
    for (const Offer offer : offers) {
        auto *button = new QPushButton(wordOf(offer), m_offerBar);
        button->setObjectName(objectNameOf(offer));
        row->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, offer] { Q_EMIT offered(offer); });
    }
    row->addStretch();
}

void StepPage::addBelowHead(QWidget *widget)
{
    m_column->insertWidget(1, widget);
}

void StepPage::setHasTraffic(bool has)
{
    m_traffic->setEnabled(has);
    m_traffic->setToolTip(has ? QString() : tr("No request of this step reached a server of this program."));
}

void StepPage::setMayRepeat(bool may)
{
    m_repeat->setEnabled(may);
}

void StepPage::retheme()
{
    m_strip->retheme();
    m_sent->retheme();
    m_answered->retheme();
}

} // namespace gatehouse::app
