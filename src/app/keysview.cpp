// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keysview.h"

#include "app/emptystate.h"
#include "app/facttable.h"
#include "app/icons.h"
#include "app/label.h"
#include "app/strip.h"
#include "app/theme.h"
#include "app/tokenpage.h"
#include "base/json.h"
#include "base/mask.h"
#include "inspector/tokenwords.h"
#include "inspector/words.h"

#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QResizeEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gatehouse::app {

namespace {

using inspector::DocumentRow;
using inspector::Tone;

constexpr qsizetype longestToken = 64 * 1024;
constexpr int narrow = 1000; ///< Below this the keys stand under the documents.

QString clockAt(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms).toString(u"HH:mm:ss"_s);
}

QJsonObject objectIn(const auth::PassedThrough &document)
{
    return document.status == 200 ? base::readJsonObject(document.body).value_or(QJsonObject())
                                  : QJsonObject();
}

/// What is said in place of a document that could not be read.
QString faultIn(const auth::PassedThrough &document)
{
    const auto error = base::readJsonObject(document.body);
    return document.status == 200 || !error ? QString() : error->value("error_description"_L1).toString();
}

Label *headLabel(const QString &text, QWidget *parent)
{
    auto *label = new Label(text, parent);
    label->setProperty("strong", true);
    return label;
}

} // namespace

KeysView::KeysView(QWidget *parent)
    : View(parent)
{
    setObjectName(u"keysView"_s);
    m_left = new QSplitter(Qt::Vertical, this);
    m_left->addWidget(makeDocuments());
    m_left->addWidget(makeResource());
    m_right = new QSplitter(Qt::Vertical, this);
    m_right->addWidget(makeKeys());
    m_right->addWidget(makeJudge());
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setObjectName(u"keysSplitter"_s);
    m_splitter->addWidget(m_left);
    m_splitter->addWidget(m_right);
    for (QSplitter *one : {m_left, m_right, m_splitter}) {
        one->setChildrenCollapsible(false);
        one->setHandleWidth(1);
        one->setStretchFactor(0, 3);
        one->setStretchFactor(1, 2);
    }
    m_right->setStretchFactor(0, 1);
    m_right->setStretchFactor(1, 3);
    m_empty = new EmptyState(u"noKeys"_s, this);
    connect(m_empty->button(), &QPushButton::clicked, this, &KeysView::startWanted);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_splitter);
    m_stack->addWidget(m_empty);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
    m_typing.setSingleShot(true);
    m_typing.setInterval(200ms);
    connect(&m_typing, &QTimer::timeout, this, &KeysView::judge);
    m_forget.setSingleShot(true);
    m_forget.setInterval(5min);
    connect(&m_forget, &QTimer::timeout, this, &KeysView::forgetToken);
    m_clock.setInterval(1s);
    connect(&m_clock, &QTimer::timeout, this, [this] {
        showKeys();
        showDocuments();
        if (QDateTime::currentMSecsSinceEpoch() - m_readAt > 60'000)
            Q_EMIT reportWanted(false);
    });
    updateEmptyState();
}

QWidget *KeysView::makeDocuments()
{
    auto *place = new QWidget(this);
    m_title = new Label(place);
    m_title->setObjectName(u"keysTitle"_s);
    m_title->setProperty("title", true);
    m_title->setWordWrap(true);
    m_state = new Label(place);
    m_state->setObjectName(u"documentsState"_s);
    m_state->setProperty("quiet", true);
    m_state->setWordWrap(true);
    m_fetch = new QPushButton(icon(u"refresh"_s), tr("Fetch now"), place);
    m_fetch->setObjectName(u"fetchNow"_s);
    m_fetch->setToolTip(tr("Asks the issuer for both documents and its keys"));
    connect(m_fetch, &QPushButton::clicked, this, &KeysView::fetchNow);
    m_documents = new FactTable(u"issuerDocuments"_s, tr("What the issuer says of itself"),
                                {tr("Field"), tr("Value"), tr("From")}, 1, place);
    m_note = new Label(place);
    m_note->setObjectName(u"documentsNote"_s);
    m_note->setWordWrap(true);
    m_note->setContentsMargins(16, 6, 16, 6);
    m_note->hide();
    auto *row = new QHBoxLayout;
    row->addWidget(m_title, 1);
    row->addWidget(m_fetch, 0, Qt::AlignTop);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(16, 12, 16, 8);
    head->setSpacing(4);
    head->addLayout(row);
    head->addWidget(m_state);
    auto *column = new QVBoxLayout(place);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_documents, 1);
    column->addWidget(m_note);
    return place;
}

QWidget *KeysView::makeResource()
{
    auto *place = new QWidget(this);
    m_place = new Label(place);
    m_place->setProperty("quiet", true);
    m_place->setWordWrap(true);
    m_copy = new QPushButton(icon(u"copy"_s), tr("Copy"), place);
    m_copy->setObjectName(u"copyResourceMetadata"_s);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QApplication::clipboard()->setText(
            QString::fromUtf8(QJsonDocument(m_report.resource).toJson()).trimmed());
    });
    m_resource = new FactTable(u"resourceMetadata"_s, tr("What this server says of itself"),
                               {tr("Field"), tr("Value"), tr("Check")}, 1, place);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(16, 8, 16, 8);
    row->setSpacing(8);
    row->addWidget(headLabel(tr("What this server says of itself"), place));
    row->addWidget(m_place, 1);
    row->addWidget(m_copy);
    auto *column = new QVBoxLayout(place);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_resource, 1);
    return place;
}

QWidget *KeysView::makeKeys()
{
    auto *place = new QWidget(this);
    m_keyState = new Label(place);
    m_keyState->setObjectName(u"keyState"_s);
    m_keyState->setProperty("quiet", true);
    m_keyState->setWordWrap(true);
    m_keys = new FactTable(
        u"keys"_s, tr("Keys of the issuer"),
        {tr("Key"), tr("State"), tr("Kind"), tr("First read"), tr("Last used"), tr("Tokens")}, 0, place);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(16, 12, 16, 8);
    row->setSpacing(8);
    row->addWidget(headLabel(tr("Keys"), place));
    row->addWidget(m_keyState, 1);
    auto *column = new QVBoxLayout(place);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_keys, 1);
    return place;
}

QWidget *KeysView::makeJudge()
{
    auto *place = new QWidget(this);
    auto *quiet = new Label(tr("never kept, never sent"), place);
    quiet->setProperty("quiet", true);
    m_token = new QPlainTextEdit(place);
    m_token->setObjectName(u"judgedToken"_s);
    m_token->setAccessibleName(tr("A token to judge"));
    m_token->setPlaceholderText(tr("Paste an access token: it is judged by this server's policy"));
    m_token->setTabChangesFocus(true);
    m_token->setUndoRedoEnabled(false); // What was cleared is gone.
    connect(m_token, &QPlainTextEdit::textChanged, this, [this] {
        m_typing.start();
        m_forget.start();
    });
    m_paste = new QPushButton(tr("Paste"), place);
    m_paste->setObjectName(u"pasteToken"_s);
    connect(m_paste, &QPushButton::clicked, this, [this] {
        m_token->setPlainText(QApplication::clipboard()->text().trimmed().left(longestToken));
        judge();
    });
    m_clearToken = new QPushButton(icon(u"clear"_s), tr("Clear"), place);
    m_clearToken->setObjectName(u"clearToken"_s);
    connect(m_clearToken, &QPushButton::clicked, this, &KeysView::forgetToken);
    m_verdict = new Strip(u"judged"_s, place);
    m_claims = new TokenPage(place, u"judged"_s);
    quiet->setWordWrap(true); // Large text leaves no room for it in one line.
    auto *head = new QHBoxLayout;
    head->setContentsMargins(16, 8, 16, 6);
    head->setSpacing(8);
    head->addWidget(headLabel(tr("Judge a token"), place));
    head->addWidget(quiet, 1);
    head->addWidget(m_paste);
    head->addWidget(m_clearToken);
    auto *box = new QHBoxLayout;
    box->setContentsMargins(16, 0, 16, 8);
    box->addWidget(m_token);
    auto *column = new QVBoxLayout(place);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addLayout(box);
    column->addWidget(m_verdict);
    column->addWidget(m_claims, 1);
    column->addStretch();
    m_verdict->hide();
    m_claims->hide();
    return place;
}

void KeysView::setServer(const QString &address, const QString &issuer)
{
    const bool isNew = m_address != address || m_issuer != issuer;
    m_address = address;
    m_issuer = issuer;
    if (address.isEmpty()) { // Nobody answers any more.
        m_isAsked = false;
        m_fetch->setEnabled(true);
    }
    updateEmptyState();
    if (isNew && !address.isEmpty() && isVisible())
        Q_EMIT reportWanted(false);
}

void KeysView::setNeededScopes(const QStringList &scopes)
{
    m_needed = scopes;
    showResource();
}

void KeysView::setReport(const server::IssuerReport &report, qint64 atMs)
{
    const bool wasAsked = m_isAsked && report.isAnew;
    if (wasAsked) {
        m_isAsked = false;
        m_fetch->setEnabled(true);
    }
    if (m_report.issuer != report.issuer) {
        m_now = m_before = {};
        m_keyLog.clear();
    }
    const inspector::IssuerDocuments read{objectIn(report.authorizationServer), objectIn(report.openId)};
    const bool isThere = !read.authorizationServer.isEmpty() || !read.openId.isEmpty();
    const bool wasThere = !m_now.authorizationServer.isEmpty() || !m_now.openId.isEmpty();
    if (isThere && wasThere && !(read == m_now)) {
        m_before = m_now;
        m_beforeAt = m_readAt;
    }
    if (isThere || !wasThere) // What was read once stays to be seen while the issuer is away.
        m_now = read;
    m_report = report;
    m_readAt = atMs;
    if (report.keys.fetchedAt > 0)
        m_keyLog.read(report.keys.keys, report.keys.skipped, report.keys.fetchedAt);
    showDocuments();
    showResource();
    showKeys();
    if (!wasAsked)
        return;
    for (const QString &fault :
         {report.keys.fault, faultIn(report.authorizationServer), faultIn(report.openId)}) {
        if (!fault.isEmpty())
            return Q_EMIT messageWanted(fault);
    }
    Q_EMIT messageWanted(tr("Read anew: the documents and the keys."));
}

void KeysView::record(const QList<exchange::Exchange> &batch)
{
    for (const exchange::Exchange &one : batch)
        m_keyLog.record(one);
}

void KeysView::clear()
{
    m_keyLog.clear();
    m_report = {};
    m_now = m_before = {};
    m_readAt = m_beforeAt = 0;
    m_isAsked = false;
    m_fetch->setEnabled(true);
    if (isVisible())
        Q_EMIT reportWanted(false);
}

void KeysView::fetchNow()
{
    m_isAsked = true;
    m_fetch->setEnabled(false);
    Q_EMIT reportWanted(true);
}

void KeysView::showDocuments()
{
    m_title->setText(m_report.issuer.isEmpty() ? tr("Nobody is asked for a token")
                                               : tr("Documents and keys of %1").arg(m_report.issuer));
    QStringList state;
    const QString says
        = m_now.authorizationServer.value("issuer"_L1).toString(m_now.openId.value("issuer"_L1).toString());
    if (!says.isEmpty())
        state.append(says == m_report.issuer ? tr("The issuer is whom it says.")
                                             : tr("It calls itself %1: clients refuse that.").arg(says));
    for (const auto *document : {&m_report.authorizationServer, &m_report.openId}) {
        if (const QString fault = faultIn(*document); !fault.isEmpty())
            state.append(fault);
    }
    if (m_readAt > 0)
        state.append(
            tr("Read %1 ago.").arg(inspector::sinceWords(QDateTime::currentMSecsSinceEpoch() - m_readAt)));
    m_state->setText(state.join(u' '));
    m_fetch->setVisible(!m_report.issuer.isEmpty() || m_readAt == 0);
    QList<FactTable::Row> rows;
    QStringList changed;
    for (const DocumentRow &row : inspector::documentRowsOf(m_now, m_before)) {
        const Tone tone = row.isChanged ? Tone::Warning : Tone::Plain;
        QString value = row.isGone ? tr("is gone") : row.value;
        if (row.from == DocumentRow::From::Differing)
            value += tr(" · OpenID document: %1").arg(row.other);
        if (row.isChanged) {
            changed.append(row.field);
            value += row.before.isEmpty() ? tr(" · was absent at %1").arg(clockAt(m_beforeAt))
                                          : tr(" · was %1 at %2").arg(row.before, clockAt(m_beforeAt));
        }
        rows.append({{row.field, tone},
                     {value, tone},
                     {inspector::wordOf(row.from),
                      row.from == DocumentRow::From::Differing ? Tone::Warning : Tone::Muted}});
    }
    m_documents->setRows(rows);
    m_note->setText(tr("Changed since %1: %2").arg(clockAt(m_beforeAt), changed.join(u", "_s)));
    m_note->setVisible(!changed.isEmpty());
    setBadge({int(changed.size()), Tone::Warning, tr("fields of the issuer's documents have changed")});
}

void KeysView::showResource()
{
    m_place->setText(QUrl(m_report.place).path());
    const QString says
        = m_now.authorizationServer.value("issuer"_L1).toString(m_now.openId.value("issuer"_L1).toString());
    QList<FactTable::Row> rows;
    for (const inspector::ResourceRow &row :
         inspector::resourceRowsOf(m_report.resource, {m_address, m_report.issuer, says, m_needed}))
        rows.append({{row.field}, {row.value}, {row.words, row.tone, iconNameOf(row.tone)}});
    m_resource->setRows(m_readAt > 0 ? rows : QList<FactTable::Row>());
}

void KeysView::showKeys()
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const auth::KeyReport &keys = m_report.keys;
    m_keyState->setText(!keys.fault.isEmpty() ? keys.fault
                            : keys.fetchedAt > 0
                            ? tr("read %1 ago").arg(inspector::sinceWords(now - keys.fetchedAt))
                            : QString());
    QList<FactTable::Row> rows;
    for (const inspector::KeyRecord &key : m_keyLog.all()) {
        const bool isGone = key.goneMs > 0;
        const Tone tone = isGone ? Tone::Muted : Tone::Plain;
        const FactTable::Cell state = !key.why.isEmpty()
            ? FactTable::Cell{tr("of no use: %1").arg(key.why), Tone::Warning, iconNameOf(Tone::Warning)}
            : isGone ? FactTable::Cell{tr("gone since %1").arg(clockAt(key.goneMs)), Tone::Muted, u"none"_s}
                     : FactTable::Cell{tr("in use"), Tone::Good, iconNameOf(Tone::Good)};
        const QString kind = key.algorithm.isEmpty() ? key.kind : key.kind + u", "_s + key.algorithm;
        rows.append(
            {{key.id.isEmpty() ? tr("without a name") : key.id, tone},
             state,
             {kind, tone},
             {tr("%1 ago").arg(inspector::sinceWords(now - key.firstMs)), tone},
             {key.usedMs > 0 ? tr("%1 ago").arg(inspector::sinceWords(now - key.usedMs)) : u"–"_s, tone},
             {key.tokens > 0 ? QString::number(key.tokens) : u"–"_s, tone}});
    }
    m_keys->setRows(rows);
}

void KeysView::judge()
{
    m_typing.stop();
    // As it stands in a header, a log or a file: in quotes, over several lines, with "Bearer" before it.
    QString text = m_token->toPlainText().left(longestToken).simplified().remove(u'"');
    for (const QLatin1StringView before : {"Authorization:"_L1, "Bearer "_L1}) {
        if (text.startsWith(before, Qt::CaseInsensitive))
            text = text.sliced(before.size()).trimmed();
    }
    const QByteArray token = text.remove(u' ').toLatin1();
    m_judged = base::fingerprint(token);
    if (token.isEmpty()) {
        m_judged.clear();
        m_verdict->hide();
        m_claims->hide();
    } else {
        Q_EMIT judgeWanted(token);
    }
}

void KeysView::setVerdict(const QByteArray &token, const auth::Verdict &verdict, qint64 atMs)
{
    if (m_judged.isEmpty() || base::fingerprint(token) != m_judged)
        return; // Of what stood there before.
    const inspector::Headline said = inspector::headlineOf(verdict, inspector::Reader::Gate);
    m_verdict->say(said.tone, said.sentence, said.more);
    m_verdict->show();
    m_claims->show(verdict, atMs, inspector::Reader::Client, tr("There is nothing to read in it."));
    m_claims->QWidget::show();
}

void KeysView::forgetToken()
{
    m_forget.stop();
    m_token->clear();
    m_typing.stop();
    m_judged.clear();
    m_verdict->hide();
    m_claims->show(auth::Verdict(), 0, inspector::Reader::Client, {});
    m_claims->hide();
}

void KeysView::updateEmptyState()
{
    const bool isUp = !m_address.isEmpty();
    const bool hadFocus = m_stack->isAncestorOf(focusWidget());
    m_stack->setCurrentWidget(isUp ? static_cast<QWidget *>(m_splitter) : m_empty);
    m_empty->say(u"stop"_s, tr("The server is stopped"),
                 tr("The issuer's documents and keys are read while it runs."), tr("Start"));
    if (hadFocus && !m_stack->currentWidget()->isAncestorOf(focusWidget()))
        home()->setFocus();
}

QWidget *KeysView::home() const
{
    return m_address.isEmpty() ? static_cast<QWidget *>(m_empty->button()) : m_documents;
}

QList<QWidget *> KeysView::panes() const
{
    if (m_address.isEmpty())
        return {m_empty->button()};
    return {m_documents, m_resource, m_keys, m_token};
}

void KeysView::showEvent(QShowEvent *event)
{
    View::showEvent(event);
    Q_EMIT reportWanted(false);
    m_clock.start();
}

/// A pasted token is for whoever looks at it now.
void KeysView::hideEvent(QHideEvent *event)
{
    View::hideEvent(event);
    m_clock.stop();
    if (!event->spontaneous())
        forgetToken();
}

QSize KeysView::minimumSizeHint() const
{
    const int halves = std::max(m_left->minimumSizeHint().width(), m_right->minimumSizeHint().width());
    const QSize whole = View::minimumSizeHint();
    return {std::min(whole.width(), halves + 2), whole.height()};
}

void KeysView::resizeEvent(QResizeEvent *event)
{
    View::resizeEvent(event);
    const Qt::Orientation wanted
        = width() < narrow * Look::textPercent() / 100 ? Qt::Vertical : Qt::Horizontal;
    if (m_splitter->orientation() != wanted)
        m_splitter->setOrientation(wanted);
}

QByteArray KeysView::saveLayout() const
{
    return m_readAt > 0 ? m_splitter->saveState() : QByteArray(); // Else nobody has seen it.
}

void KeysView::restoreLayout(const QByteArray &state)
{
    if (!state.isEmpty())
        m_splitter->restoreState(state);
    else if (m_readAt > 0)
        m_splitter->setSizes({width() / 2, width() / 2});
}

void KeysView::retheme()
{
    m_empty->retheme();
    m_verdict->retheme();
    m_claims->retheme();
    for (FactTable *table : {m_documents, m_resource, m_keys})
        table->retheme();
    m_token->setFont(Look::fixedFont());
    m_token->setFixedHeight(QFontMetrics(Look::fixedFont()).lineSpacing() * 4 + 14);
    QResizeEvent again(size(), size());
    resizeEvent(&again);
}

} // namespace gatehouse::app
