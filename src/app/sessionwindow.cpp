// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sessionwindow.h"

#include "app/copied.h"
#include "app/details.h"
#include "app/detailswindows.h"
#include "app/icons.h"
#include "app/label.h"
#include "app/screenroom.h"
#include "app/sessionkeeper.h"
#include "app/theme.h"
#include "app/trafficactions.h"
#include "app/traffictable.h"
#include "app/trafficview.h"
#include "inspector/compactlog.h"
#include "inspector/filter.h"
#include "inspector/foreigntext.h"

#include <QDateTime>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QMenuBar>
#include <QProgressBar>
#include <QPushButton>
#include <QStatusBar>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

QString momentOf(qint64 ms)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(ms), QLocale::ShortFormat);
}

} // namespace

SessionWindow::SessionWindow(const QString &path, QWidget *parent, inspector::ExchangeLog::Limits limits)
    : QMainWindow(parent)
    , m_path(path)
    , m_traffic(limits)
    , m_loader(path)
{
    setObjectName(u"sessionWindow"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("%1 (file) – Gatehouse").arg(QFileInfo(path).fileName()));
    m_traffic.setStill(true);
    auto *center = new QWidget(this);
    auto *column = new QVBoxLayout(center);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    makeHead(center);
    m_view = new TrafficView(&m_traffic, center);
    column->addWidget(center->findChild<QWidget *>(u"sessionHead"_s));
    column->addWidget(m_stretch);
    column->addWidget(m_view, 1);
    setCentralWidget(center);
    m_shown = new Label(this);
    m_shown->setObjectName(u"sessionShown"_s);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addWidget(m_shown);
    m_detailsWindows = new DetailsWindows(
        &m_traffic, [this](Details *details) { details->setTab(m_view->details()->tab()); }, this);
    m_actions = new TrafficActions(
        m_view, &m_traffic, [] {}, this);
    const auto open = [this](quint64 serial) {
        if (!m_detailsWindows->open(serial))
            say(tr("There are %1 such windows: close some of them first.").arg(DetailsWindows::most));
    };
    connect(m_actions, &TrafficActions::detailsWanted, this, open);
    connect(m_view, &TrafficView::windowWanted, this, open);
    connect(m_view, &TrafficView::summaryChanged, this, [this] {
        const TrafficView::Summary summary = m_view->summary();
        m_shown->setText(summary.sandbox.isEmpty() ? summary.shown
                                                   : summary.shown + u" · "_s + summary.sandbox);
        updateStretch();
    });
    connect(m_view->filter(), &QLineEdit::textChanged, this, &SessionWindow::updateStretch);
    makeMenus();
    connect(&m_loader, &records::SessionLoader::opened, this, &SessionWindow::opened);
    connect(&m_loader, &records::SessionLoader::read, this, &SessionWindow::take);
    connect(&m_loader, &records::SessionLoader::finished, this, &SessionWindow::finished);
    signCopies(this);
    setWindowIcon(QIcon(u":/gatehouse.svg"_s));
    resize(QSize(1180, 760).boundedTo(roomOnScreen(*this)));
    retheme();
    m_view->table()->setFocus();
    loadLast();
}

SessionWindow::~SessionWindow()
{
    m_loader.disconnect(this);
}

void SessionWindow::say(const QString &text)
{
    statusBar()->showMessage(inspector::lineText(text), 8000);
}

void SessionWindow::makeHead(QWidget *parent)
{
    auto *head = new QWidget(parent);
    head->setObjectName(u"sessionHead"_s);
    auto *words = new QVBoxLayout(head);
    words->setContentsMargins(16, 10, 16, 6);
    words->setSpacing(2);
    m_title = new Label(QFileInfo(m_path).fileName(), head);
    m_title->setObjectName(u"sessionTitle"_s);
    m_title->setProperty("title", true);
    m_title->setToolTip(inspector::toolTipText(m_path));
    m_facts = new Label(head);
    m_facts->setObjectName(u"sessionFacts"_s);
    m_facts->setProperty("quiet", true);
    m_facts->setWordWrap(true);
    m_fault = new Label(head);
    m_fault->setObjectName(u"sessionFault"_s);
    m_fault->setProperty("fault", true);
    m_fault->setWordWrap(true);
    m_fault->hide();
    for (Label *one : {m_title, m_facts, m_fault})
        words->addWidget(one);
    m_stretch = new QWidget(parent);
    m_stretch->setObjectName(u"sessionStretch"_s);
    auto *row = new QHBoxLayout(m_stretch);
    row->setContentsMargins(16, 2, 16, 2);
    m_stretchWords = new Label(m_stretch);
    m_stretchWords->setObjectName(u"sessionStretchWords"_s);
    m_progress = new QProgressBar(m_stretch);
    m_progress->setObjectName(u"sessionProgress"_s);
    m_progress->setRange(0, 1000);
    m_progress->setMaximumWidth(200);
    const auto button = [&](const QString &name, const QString &text, void (SessionWindow::*pressed)()) {
        auto *made = new QPushButton(text, m_stretch);
        made->setObjectName(name);
        connect(made, &QPushButton::clicked, this, pressed);
        return made;
    };
    m_earlier = new QPushButton(tr("Earlier"), m_stretch);
    m_earlier->setObjectName(u"sessionEarlier"_s);
    connect(m_earlier, &QPushButton::clicked, this,
            [this] { load(std::max<qint64>(0, m_from - 1 - m_traffic.limits().rows)); });
    m_later = new QPushButton(tr("Later"), m_stretch);
    m_later->setObjectName(u"sessionLater"_s);
    connect(m_later, &QPushButton::clicked, this, [this] { load(m_to); });
    m_search = button(u"sessionSearch"_s, tr("Search the whole file"), &SessionWindow::searchAll);
    m_cancel = new QPushButton(tr("Cancel"), m_stretch);
    m_cancel->setObjectName(u"sessionCancel"_s);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_loader.cancel();
        finished({});
    });
    row->addWidget(m_stretchWords);
    row->addWidget(m_progress);
    row->addWidget(m_cancel);
    row->addStretch();
    for (QPushButton *one : {m_earlier, m_later, m_search})
        row->addWidget(one);
    m_stretch->hide();
}

void SessionWindow::makeMenus()
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    file->addAction(makeAction(this, u"actionOpenSession"_s, tr("&Open session…"), QKeySequence::Open,
                               [this] { Q_EMIT openWanted(); }));
    file->addAction(
        makeAction(this, u"actionReadAnew"_s, tr("&Read anew"), Qt::Key_F5, [this] { readAnew(); }));
    file->addSeparator();
    file->addAction(
        makeAction(this, u"actionClose"_s, tr("&Close"), QKeySequence::Close, [this] { close(); }));
    QMenu *view = menuBar()->addMenu(tr("&View"));
    m_actions->addPlaces(view);
    view->addSeparator();
    m_actions->addTabs(view);
    QMenu *traffic = menuBar()->addMenu(tr("&Traffic"));
    m_actions->fill(traffic, nullptr);
}

void SessionWindow::loadLast()
{
    records::SessionLoader::Wish wish;
    wish.most = m_traffic.limits().rows;
    wish.isFromEnd = true;
    begin(wish);
}

void SessionWindow::load(qint64 behind)
{
    records::SessionLoader::Wish wish;
    wish.behind = behind;
    wish.most = m_traffic.limits().rows;
    begin(wish);
}

void SessionWindow::readAnew()
{
    if (m_isSearch || m_wish.isFromEnd)
        begin(m_wish);
    else
        load(m_wish.behind);
}

/// What the filter finds anywhere in the file takes the place of the stretch that is shown.
void SessionWindow::searchAll()
{
    if (m_isSearch)
        return loadLast();
    const auto filter = inspector::Filter::parse(m_view->filter()->text());
    if (!filter)
        return; // It says why.
    records::SessionLoader::Wish wish;
    wish.isWanted = [filter = *filter](const records::SessionRow &row) {
        inspector::Entry entry;
        entry.serial = quint64(row.serial);
        entry.exchange = row.exchange;
        entry.folded = inspector::foldedWordsOf(row.exchange);
        return filter.matches(entry);
    };
    begin(wish);
    m_isSearch = true;
}

void SessionWindow::begin(const records::SessionLoader::Wish &wish)
{
    m_wish = wish;
    m_isSearch = bool(wish.isWanted);
    m_isDone = false;
    m_run = 0;
    m_from = 0;
    m_to = 0;
    m_outcome = {};
    m_droppedBefore = m_traffic.droppedCount();
    m_traffic.clear(inspector::TrafficModel::Pinned::Go);
    m_view->setFileWords(tr("Reading …"), {});
    m_loader.load(wish);
    updateHead();
}

void SessionWindow::opened(const records::SessionLoader::Contents &contents)
{
    m_contents = contents;
    updateHead();
}

void SessionWindow::take(const QList<records::SessionRow> &rows, qint64 reached)
{
    QList<exchange::Exchange> batch;
    for (const records::SessionRow &row : rows) {
        m_from = m_from == 0 ? row.serial : m_from;
        if (std::exchange(m_run, row.run) != row.run) {
            m_traffic.record(std::exchange(batch, {}));
            const auto run = std::find_if(m_contents.runs.begin(), m_contents.runs.end(),
                                          [&row](const auto &one) { return one.id == row.run; });
            if (run != m_contents.runs.end())
                m_traffic.startRun(
                    tr("From here on: %1, since %2").arg(run->resource, momentOf(run->startedMs)),
                    run->startedMs);
        }
        batch.append(row.exchange);
        // Ids begin anew with each run; here they tell one row from another.
        batch.last().id = quint64(row.serial);
    }
    m_traffic.record(batch);
    m_to = reached;
    updateStretch();
}

void SessionWindow::finished(const records::SessionLoader::Outcome &outcome)
{
    m_outcome = outcome;
    m_isDone = true;
    // While there were no rows, the filter had the focus; and the button goes away.
    const QWidget *focus = focusWidget();
    if (!focus || focus == m_cancel || (focus == m_view->filter() && m_view->filter()->text().isEmpty()))
        m_view->home()->setFocus();
    if (outcome.fault && m_contents.runs.isEmpty())
        m_view->setFileWords(tr("Nothing to be seen"), sessionFaultWords(*outcome.fault));
    else
        m_view->setFileWords(m_isSearch ? tr("Nothing found") : tr("No requests"),
                             m_isSearch ? tr("Nothing in the file fits the filter.")
                                        : tr("Nothing passed while this was recorded."));
    updateHead();
}

QString SessionWindow::factsOf() const
{
    if (m_contents.runs.isEmpty())
        return {};
    const records::SessionRun &first = m_contents.runs.first();
    const records::SessionRun &last = m_contents.runs.last();
    QStringList facts;
    const qint64 rows = m_contents.last == 0 ? 0 : m_contents.last - m_contents.first + 1;
    facts.append(tr("Requests: %1").arg(QLocale().toString(rows)));
    facts.append(last.resource);
    if (!last.issuer.isEmpty())
        facts.append(tr("issuer %1").arg(last.issuer));
    facts.append(last.endedMs > 0 ? tr("from %1 to %2").arg(momentOf(first.startedMs), momentOf(last.endedMs))
                                  : tr("from %1, still recorded or cut off").arg(momentOf(first.startedMs)));
    if (m_contents.runs.size() > 1)
        facts.append(tr("runs: %1").arg(m_contents.runs.size()));
    facts.append(last.program);
    qint64 dropped = 0;
    for (const records::SessionRun &run : m_contents.runs)
        dropped += run.dropped;
    if (dropped > 0)
        facts.append(tr("not recorded, since too much came at once: %1").arg(QLocale().toString(dropped)));
    facts.append(tr("secrets are masked"));
    return facts.join(u" · "_s);
}

void SessionWindow::updateHead()
{
    m_facts->setText(factsOf());
    m_facts->setVisible(!m_facts->source().isEmpty());
    QString fault;
    if (m_outcome.fault && !m_contents.runs.isEmpty())
        fault = sessionFaultWords(*m_outcome.fault);
    else if (m_outcome.unreadable > 0)
        fault = tr("Rows that cannot be read, and are left out: %1. The first: %2")
                    .arg(QLocale().toString(m_outcome.unreadable), m_outcome.why);
    m_fault->setText(fault);
    m_fault->setVisible(!fault.isEmpty());
    updateStretch();
}

bool SessionWindow::isWhole() const
{
    return !m_isSearch && m_traffic.droppedCount() == m_droppedBefore && m_from <= m_contents.first
        && m_to >= m_contents.last;
}

void SessionWindow::updateStretch()
{
    const QLocale locale;
    const bool isLoading = !m_isDone;
    const qint64 begin = m_isSearch ? m_contents.first : m_from;
    const qint64 end = m_isSearch || m_wish.most < 0
        ? m_contents.last
        : std::min(m_contents.last, (m_from > 0 ? m_from : m_contents.first) + m_wish.most - 1);
    if (isLoading && end > begin)
        m_progress->setValue(int((std::max(m_to, begin) - begin) * 1000 / (end - begin)));
    m_progress->setVisible(isLoading);
    m_cancel->setVisible(isLoading);
    const bool isPart = m_isDone && m_contents.last > 0 && !isWhole();
    if (isLoading)
        m_stretchWords->setText(m_isSearch ? tr("Searching the whole file …") : tr("Reading …"));
    else if (m_isSearch)
        m_stretchWords->setText(
            tr("Found in the whole file: %1").arg(locale.toString(m_traffic.totalCount())));
    else
        m_stretchWords->setText(tr("Requests %1–%2 of %3")
                                    .arg(locale.toString(std::max(m_from, m_to - m_traffic.totalCount() + 1)),
                                         locale.toString(m_to), locale.toString(m_contents.last)));
    m_earlier->setVisible(isPart && !m_isSearch);
    m_later->setVisible(isPart && !m_isSearch);
    m_earlier->setEnabled(m_from > m_contents.first);
    m_later->setEnabled(m_to < m_contents.last);
    m_search->setVisible(isPart);
    m_search->setText(m_isSearch ? tr("Show the newest") : tr("Search the whole file"));
    m_search->setEnabled(m_isSearch || !m_view->filter()->text().trimmed().isEmpty());
    m_search->setToolTip(m_search->isEnabled() ? QString() : tr("Type a filter first"));
    m_stretch->setVisible(isLoading || isPart);
}

void SessionWindow::retheme()
{
    fitIcons(this);
    m_view->retheme();
    m_detailsWindows->retheme();
}

void SessionWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    m_title->setVisible(height() > 24 * fontMetrics().height());
}

} // namespace gatehouse::app
