// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/details.h"

#include "app/findbar.h"
#include "app/foreigndelegate.h"
#include "app/htmlview.h"
#include "app/icons.h"
#include "app/jsonview.h"
#include "app/strip.h"
#include "app/theme.h"
#include "app/tokenpage.h"
#include "base/displaytext.h"
#include "inspector/exchangewords.h"
#include "inspector/report.h"
#include "inspector/tokenwords.h"
#include "inspector/trafficmodel.h"
#include "inspector/words.h"

#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QHeaderView>
#include <QLocale>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using inspector::Tone;

constexpr int wideSummary = 900; ///< From there on it has two columns.

HtmlView *browser(const QString &name, const QString &spoken, QWidget *parent)
{
    auto *made = new HtmlView(parent);
    made->setObjectName(name);
    made->setAccessibleName(spoken);
    made->setTabChangesFocus(true);
    made->document()->setDocumentMargin(12);
    return made;
}

/// Pieces of HTML for the text browsers; everything that a peer chose is escaped here.
class Html
{
public:
    explicit Html(const Theme &theme)
        : m_theme(theme)
        , m_fixed(Look::fixedFont().family())
    { }

    /// A name that runs from right to left turns nothing else around.
    [[nodiscard]] static QString escaped(const QString &text) { return base::isolated(text).toHtmlEscaped(); }
    [[nodiscard]] QString quiet(const QString &text) const
    {
        return u"<span style=\"color:%1\">"_s.arg(m_theme.muted.name()) + escaped(text) + u"</span>"_s;
    }
    [[nodiscard]] QString toned(const QString &text, Tone tone) const
    {
        return u"<span style=\"color:%1;font-weight:600\">"_s.arg(m_theme.colorOf(tone).name())
            + escaped(text) + u"</span>"_s;
    }
    [[nodiscard]] QString fixed(const QString &text) const
    {
        return u"<span style=\"font-family:'%1'\">"_s.arg(m_fixed) + escaped(text) + u"</span>"_s;
    }
    [[nodiscard]] static QString heading(const QString &text)
    {
        return u"<p style=\"margin:0 0 6px 0\"><b>"_s + escaped(text) + u"</b></p>"_s;
    }
    [[nodiscard]] QString row(const QString &name, const QString &html) const
    {
        return u"<tr><td style=\"padding:2px 16px 2px 0;white-space:nowrap\">"_s + quiet(name)
            + u"</td><td style=\"padding:2px 0;white-space:pre-wrap\">"_s + html + u"</td></tr>"_s;
    }

private:
    const Theme &m_theme;
    QString m_fixed;
};

QString ms(qint64 us)
{
    return Details::tr("%1 ms").arg(QLocale().toString(double(us) / 1000, 'f', 2));
}

} // namespace

Details::Details(inspector::TrafficModel *model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
{
    setObjectName(u"details"_s);
    m_strip = new Strip(u"strip"_s, this);
    m_copyAdvice = m_strip->addButton(u"copyAdvice"_s, tr("Copy string"), u"copy"_s);
    connect(m_copyAdvice, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(inspector::adviceFor(m_exchange).copy); });
    m_dashboard = m_strip->addButton(u"openDashboard"_s, tr("Open dashboard"));
    connect(m_dashboard, &QPushButton::clicked, this, &Details::dashboardWanted);
    m_fetchKeys = m_strip->addButton(u"fetchKeys"_s, tr("Fetch keys now"));
    connect(m_fetchKeys, &QPushButton::clicked, this, &Details::keysWanted);
    m_clientStep = m_strip->addButton(u"showClientStep"_s, tr("Show client step"));
    connect(m_clientStep, &QPushButton::clicked, this,
            [this] { Q_EMIT clientStepWanted(inspector::requestIdOf(m_exchange)); });
    const QPushButton *copy = m_strip->addButton(u"copyReport"_s, tr("Copy report"), u"copy"_s);
    connect(copy, &QPushButton::clicked, this, &Details::copyReport);

    m_tabs = new QTabWidget(this);
    m_tabs->setObjectName(u"detailTabs"_s);
    m_tabs->setAccessibleName(tr("Details"));
    m_tabs->tabBar()->setObjectName(u"detailTabBar"_s);
    m_tabs->tabBar()->setAccessibleName(tr("Details"));
    m_tabs->tabBar()->setDrawBase(false);
    m_summary = browser(u"summary"_s, tr("Summary"), m_tabs);
    m_request = new JsonView(u"request"_s, tr("Request body"), m_tabs);
    m_response = new JsonView(u"response"_s, tr("Response body"), m_tabs);
    m_headers = new QTreeWidget(m_tabs);
    m_headers->setObjectName(u"headers"_s);
    m_headers->setAccessibleName(tr("Headers"));
    m_headers->setProperty("plain", true);
    m_headers->setHeaderLabels({tr("Name"), tr("Value"), tr("Meaning")});
    m_headers->setItemDelegate(new ForeignDelegate(m_headers));
    m_headers->setRootIsDecorated(false);
    m_headers->setUniformRowHeights(true);
    m_headers->setTextElideMode(Qt::ElideMiddle);
    m_token = new TokenPage(m_tabs);
    m_timing = browser(u"timing"_s, tr("Timing"), m_tabs);
    m_tabs->addTab(m_summary, tr("Summary"));
    m_tabs->addTab(m_request, tr("Request"));
    m_tabs->addTab(m_response, tr("Response"));
    m_tabs->addTab(m_headers, tr("Headers"));
    m_tabs->addTab(m_token, tr("Token"));
    m_tabs->addTab(m_timing, tr("Timing"));

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_strip);
    column->addWidget(m_tabs, 1);
    m_find = new FindBar(this);
    m_find->setTarget([this] { return shownPage(); });
    column->addWidget(m_find);
    connect(m_find, &FindBar::closed, this, [this] {
        if (QWidget *page = shownPage())
            page->setFocus();
    });
    connect(m_tabs, &QTabWidget::currentChanged, m_find, &FindBar::refresh);
    for (JsonView *body : {m_request, m_response}) {
        connect(body, &JsonView::shownChanged, m_find, &FindBar::refresh);
        connect(body, &JsonView::messageWanted, this, &Details::messageWanted);
    }
    connect(m_model, &inspector::TrafficModel::entryChanged, this, [this](quint64 serial) {
        if (serial == m_serial)
            refresh();
    });
    retheme();
}

void Details::show(quint64 serial)
{
    m_serial = serial;
    setVisible(serial != 0);
    refresh();
}

QSize Details::minimumSizeHint() const
{
    const QSize usual = QWidget::minimumSizeHint();
    const int words = m_strip->heightForWidth(std::max(width(), usual.width()));
    return {usual.width(), words + m_tabs->minimumHeight()};
}

void Details::setTab(int tab)
{
    m_tabs->setCurrentIndex(tab);
}

int Details::tab() const
{
    return m_tabs->currentIndex();
}

QWidget *Details::tabBar() const
{
    return m_tabs->tabBar();
}

void Details::copyReport()
{
    if (m_serial != 0)
        QApplication::clipboard()->setText(inspector::reportOf(m_exchange));
}

void Details::copyCurl()
{
    if (m_serial != 0)
        QApplication::clipboard()->setText(inspector::curlOf(m_exchange, m_resource));
}

void Details::refresh()
{
    if (m_serial == 0)
        return;
    if (const auto entry = m_model->entryOf(m_serial); entry && !entry->isNote())
        m_exchange = entry->exchange;
    const exchange::Exchange &exchange = m_exchange;
    const inspector::Headline headline = inspector::headlineOf(exchange);
    m_strip->say(headline.tone, headline.sentence, headline.more);
    updateGeometry(); // Its words may take more lines.
    const QByteArray requestId = inspector::requestIdOf(exchange);
    m_clientStep->setVisible(!requestId.isEmpty() && m_isClientStep && m_isClientStep(requestId));
    const inspector::Advice advice = inspector::adviceFor(exchange);
    m_copyAdvice->setVisible(!advice.copy.isEmpty());
    // What is short is said, and else only that it is copied.
    constexpr int longest = 48;
    m_copyAdvice->setText(advice.copy.startsWith(u'{') ? tr("Copy template")
                              : advice.copy.size() > longest
                              ? tr("Copy string")
                              : tr("Copy %1").arg(inspector::menuText(advice.copy)));
    m_copyAdvice->setToolTip(inspector::toolTipText(advice.copy));
    m_dashboard->setVisible(!advice.page.isEmpty() && !m_usesSandbox && !m_model->isStill());
    m_dashboard->setToolTip(inspector::toolTipText(advice.page));
    const auth::Reason reason = exchange.verdict.reason;
    m_fetchKeys->setVisible(!m_model->isStill()
                            && (reason == auth::Reason::UnknownKey || reason == auth::Reason::KeysUnavailable
                                || reason == auth::Reason::KeyMismatch));
    refreshSummary(exchange);
    m_request->setBody(exchange.requestBody, tr("This request has no body."));
    m_response->setBody(exchange.responseBody,
                        exchange.outcome == exchange::Outcome::Running ? inspector::runningWords(exchange)
                                                                       : tr("This answer has no body."));
    refreshHeaders(exchange);
    m_token->show(exchange);
    refreshTiming(exchange);
    m_find->refresh();
}

QWidget *Details::shownPage() const
{
    switch (m_tabs->currentIndex()) {
    case Request:
        return m_request->shown();
    case Response:
        return m_response->shown();
    case Token:
        return m_token->table();
    default:
        return m_tabs->currentWidget();
    }
}

void Details::find()
{
    if (m_serial != 0)
        m_find->open();
}

void Details::findNext(bool isBackwards)
{
    if (m_serial != 0)
        m_find->next(isBackwards);
}

void Details::refreshSummary(const exchange::Exchange &exchange)
{
    const Html html(Look::theme());
    const inspector::RowWords words = inspector::wordsOf(exchange);
    const inspector::Headline headline = inspector::headlineOf(exchange);
    const auto orDash
        = [](const QString &text) { return text.isEmpty() ? u"–"_s : inspector::escapedForDisplay(text); };
    using auth::Reason;
    const Reason reason = exchange.verdict.reason;
    const Tone gateTone = reason == Reason::NotNeeded                ? Tone::Muted
        : reason == Reason::NotVerified || reason == Reason::NoToken ? Tone::Warning
        : exchange.verdict.accepted()                                ? Tone::Good
                                                                     : Tone::Bad;
    QString facts = u"<table>"_s;
    const QString when = QLocale().toString(QDateTime::fromMSecsSinceEpoch(exchange.times.receivedAt).date(),
                                            QLocale::ShortFormat)
        + u' ' + words.time;
    facts += html.row(tr("When"), html.fixed(when));
    facts += html.row(tr("Call"), Html::escaped(words.call));
    facts += html.row(tr("Client"),
                      Html::escaped(words.client) + u"  "_s
                          + html.quiet(tr("from %1").arg(QString::fromUtf8(exchange.peer))));
    facts += html.row(tr("User"), Html::escaped(words.user));
    facts += html.row(tr("Organization"), html.fixed(orDash(exchange.organization)));
    facts += html.row(tr("Revision"), html.fixed(orDash(exchange.revision)));
    if (!exchange.traceId.isEmpty())
        facts += html.row(tr("Trace"), html.fixed(QString::fromLatin1(exchange.traceId)));
    facts += html.row(tr("Gate"),
                      html.toned(exchange.verdict.reason != auth::Reason::NotNeeded ? words.verdict
                                     : exchange.refusal != exchange::Refusal::None  ? tr("Not asked")
                                                                                    : tr("Not needed"),
                                 gateTone));
    facts += html.row(tr("HTTP"), html.toned(words.status, exchange.status >= 400 ? Tone::Bad : Tone::Plain));
    facts += html.row(tr("Result"), Html::escaped(words.result));
    facts += html.row(tr("Took"), Html::escaped(words.took));
    facts += u"</table>"_s;

    QString next;
    const auto paragraph = [&next](const QString &title, const QString &text) {
        if (!text.isEmpty())
            next += Html::heading(title) + u"<p style=\"margin:0 0 12px 0\">"_s + Html::escaped(text)
                + u"</p>"_s;
    };
    paragraph(tr("Likely cause"), headline.advice.cause);
    paragraph(tr("What to do"), headline.advice.remedy);
    if (!m_usesSandbox) // It stands in for the dashboard's environment, and has none.
        paragraph(tr("In the WorkOS dashboard"), headline.advice.page);
    if (m_settingWords && !headline.advice.setting.isEmpty())
        paragraph(tr("In the settings"), m_settingWords(headline.advice.setting));
    const QList<inspector::Advice> hints = inspector::hintsFor(exchange.verdict);
    for (const inspector::Advice &hint : hints)
        paragraph(tr("Good to know"), hint.cause);
    paragraph(tr("What the client should do next"), inspector::nextStepOf(exchange));
    const QList<inspector::ChallengePart> parts = inspector::challengePartsOf(exchange);
    if (!parts.isEmpty()) {
        next += Html::heading(tr("Challenge (WWW-Authenticate: Bearer)")) + u"<table>"_s;
        for (const inspector::ChallengePart &part : parts)
            next += html.row(part.name, html.fixed(part.value) + u"<br>"_s + html.quiet(part.meaning));
        next += u"</table>"_s;
    }
    m_isWide = width() >= wideSummary;
    const bool isWide = m_isWide && !next.isEmpty();
    m_summary->setHtml(isWide ? u"<table width=\"100%\"><tr><td width=\"45%\">"_s + facts
                               + u"</td><td style=\"padding-left:24px\">"_s + next + u"</td></tr></table>"_s
                              : facts + (next.isEmpty() ? QString() : u"<br>"_s + next));
}

void Details::refreshHeaders(const exchange::Exchange &exchange)
{
    m_headers->clear();
    const Theme &theme = Look::theme();
    const auto add = [&](const QString &title, const base::Headers &headers) {
        auto *side = new QTreeWidgetItem(m_headers, {title});
        QFont bold = m_headers->font();
        bold.setBold(true);
        side->setFont(0, bold);
        side->setFirstColumnSpanned(true);
        for (const auto &[name, value] : headers) {
            auto *item = new QTreeWidgetItem(
                side, {QString::fromUtf8(name), QString::fromUtf8(value), inspector::headerMeaning(name)});
            item->setFont(1, Look::fixedFont());
            item->setToolTip(1, inspector::toolTipText(item->text(1)));
            item->setForeground(2, theme.muted);
        }
        side->setExpanded(true);
    };
    add(tr("Request"), exchange.requestHeaders);
    if (exchange.outcome != exchange::Outcome::Running)
        add(tr("Response"), exchange.responseHeaders);
    m_headers->setItemsExpandable(false);
}

void Details::refreshTiming(const exchange::Exchange &exchange)
{
    const Theme &theme = Look::theme();
    const Html html(theme);
    const exchange::Times &times = exchange.times;
    struct Phase
    {
        QString name;
        qint64 from;
        qint64 to;
    };
    QList<Phase> phases;
    qint64 at = 0;
    const bool isStream
        = exchange.outcome != exchange::Outcome::Running && times.endedUs > times.answeredUs + 1000;
    const std::pair<QString, qint64> marks[]
        = {{tr("The head coming"), times.headUs},          {tr("Judging the token"), times.judgedUs},
           {tr("The body coming"), times.bodyUs},          {tr("Reading the body"), times.parsedUs},
           {tr("Finding the method"), times.calledUs},     {tr("Answering"), times.answeredUs},
           {tr("Streaming"), isStream ? times.endedUs : 0}};
    for (const auto &[name, mark] : marks) {
        if (mark <= 0)
            continue;
        phases.append({name, at, std::max(at, mark)});
        at = std::max(at, mark);
    }
    QString text = Html::heading(at > 0 ? tr("%1 from the first byte to the last").arg(ms(at))
                                        : inspector::runningWords(exchange));
    text += u"<table width=\"100%\">"_s;
    for (const Phase &phase : std::as_const(phases)) {
        const int before = int(60 * phase.from / std::max<qint64>(at, 1));
        const int width = std::max(1, int(60 * (phase.to - phase.from) / std::max<qint64>(at, 1)));
        text += u"<tr><td width=\"22%\">"_s + Html::escaped(phase.name)
            + u"</td><td width=\"12%\" align=\"right\">"_s + html.fixed(ms(phase.to - phase.from))
            + u"</td><td>"_s + QString(before, QChar(0xa0))
            + u"<span style=\"background:%1\">"_s.arg(theme.accent.name()) + QString(width, QChar(0xa0))
            + u"</span></td></tr>"_s;
    }
    m_timing->setHtml(text + u"</table>"_s);
}

void Details::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_serial == 0 || m_isWide == (width() >= wideSummary))
        return;
    refreshSummary(m_exchange);
    m_find->refresh();
}

void Details::retheme()
{
    m_strip->retheme();
    // Where there is little room the pages give way, and not the words above them.
    m_tabs->setMinimumHeight(m_tabs->tabBar()->sizeHint().height() + fontMetrics().lineSpacing());
    m_request->retheme();
    m_response->retheme();
    m_token->retheme();
    const QFontMetrics metrics(font());
    m_headers->setColumnWidth(0, metrics.horizontalAdvance(u"MCP-Protocol-Version"_s) + 60);
    m_headers->setColumnWidth(1, metrics.horizontalAdvance(u'x') * 55);
    refresh();
}

} // namespace gatehouse::app
