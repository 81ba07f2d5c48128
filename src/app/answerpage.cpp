// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/answerpage.h"

#include "app/clientwords.h"
#include "app/icons.h"
#include "app/jsonview.h"
#include "app/label.h"
#include "app/pagearea.h"
#include "app/sourcetext.h"
#include "app/strip.h"
#include "app/theme.h"
#include "cli/content.h"
#include "client/content.h"
#include "client/formfield.h"
#include "inspector/foreigntext.h"

#include <QBuffer>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QImageReader>
#include <QJsonArray>
#include <QPushButton>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QTabBar>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using inspector::Tone;

enum Tab { Table, Words, Source };

constexpr qsizetype mostRows = 1000;
constexpr qsizetype mostColumns = 30;
constexpr qsizetype longestCell = 300;
constexpr qsizetype mostPictures = 10;
constexpr qsizetype largestText = 256 * 1024; ///< That is shown at once.
constexpr qsizetype mostTold = 50;

/// The objects that a result is a list of: itself, or its only list.
QJsonArray rowsIn(const QJsonValue &value)
{
    QJsonArray found = value.toArray();
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        int lists = 0;
        for (auto one = object.begin(); one != object.end(); ++one) {
            if (one->isArray()) {
                found = one->toArray();
                ++lists;
            }
        }
        if (lists != 1)
            return {};
    }
    const bool areObjects
        = std::all_of(found.begin(), found.end(), [](const QJsonValue &one) { return one.isObject(); });
    return areObjects ? found : QJsonArray();
}

/// A picture that a server sent: of the usual kinds, and not larger than a screen.
QImage pictureOf(const client::Blob &blob)
{
    static const QByteArrayList kinds{"png", "jpeg", "gif", "webp", "bmp"};
    if (!blob.mimeType.startsWith("image/"_L1))
        return {};
    QBuffer buffer;
    buffer.setData(blob.bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setAllocationLimit(64); // MiB
    if (!kinds.contains(reader.format()) || !reader.size().isValid())
        return {};
    reader.setScaledSize(reader.size().scaled(QSize(480, 480).boundedTo(reader.size()), Qt::KeepAspectRatio));
    return reader.read();
}

} // namespace

AnswerPage::AnswerPage(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"answerPage"_s);
    m_strip = new Strip(u"answer"_s, this);
    m_traffic = m_strip->addButton(u"answerTraffic"_s, tr("Show in Traffic"), u"traffic"_s);
    m_traffic->hide();
    connect(m_traffic, &QPushButton::clicked, this, &AnswerPage::trafficWanted);
    m_tabs = new QTabBar(this);
    m_tabs->setObjectName(u"answerTabs"_s);
    m_tabs->setAccessibleName(tr("How the result is shown"));
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(true);
    for (const QString &name : {tr("Table"), tr("Text"), tr("As it came")})
        m_tabs->addTab(name);
    m_save = new QPushButton(tr("Save files…"), this);
    m_save->setObjectName(u"saveAnswer"_s);
    m_save->hide();
    connect(m_save, &QPushButton::clicked, this, &AnswerPage::save);
    m_rows = new QStandardItemModel(this);
    m_table = new QTableView(this);
    m_table->setObjectName(u"answerTable"_s);
    m_table->setAccessibleName(tr("Result as a table"));
    m_table->setProperty("lined", true);
    m_table->setModel(m_rows);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_text = new SourceText(u"answerText"_s, tr("Result as text"), this);
    m_text->setProperty("plain", true);
    m_picturePlace = new QWidget(this);
    m_pictures = new QVBoxLayout(m_picturePlace);
    m_pictures->setContentsMargins(16, 8, 16, 8);
    auto *words = new QWidget(this);
    auto *wordColumn = new QVBoxLayout(words);
    wordColumn->setContentsMargins(0, 0, 0, 0);
    m_words = new PageArea(m_picturePlace, words);
    wordColumn->addWidget(m_text, 1);
    wordColumn->addWidget(m_words, 2);
    m_json = new JsonView(u"answerJson"_s, tr("Result as it came"), this);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(m_table);
    m_pages->addWidget(words);
    m_pages->addWidget(m_json);
    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(0, 0, 12, 0);
    bar->addWidget(m_tabs, 1);
    bar->addWidget(m_save);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_strip);
    column->addLayout(bar);
    column->addWidget(m_pages, 1);
    column->addStretch();
    clear();
    retheme();
}

void AnswerPage::clear()
{
    m_told.clear();
    m_blobs.clear();
    m_strip->say(Tone::Muted, tr("Not called yet"), tr("What comes back is shown here."), u"none"_s);
    m_traffic->hide();
    m_save->hide();
    m_words->hide();
    m_rows->clear();
    m_text->setSource({});
    m_json->setBody({}, tr("Nothing yet."));
    m_tabs->setTabVisible(Table, false);
    m_tabs->setCurrentIndex(Words);
    m_tabs->hide();
    m_pages->hide();
}

void AnswerPage::open()
{
    m_tabs->show();
    m_pages->show();
}

void AnswerPage::addTold(const QString &text)
{
    m_told.append(text);
    if (m_told.size() > mostTold)
        m_told.removeFirst();
    m_strip->say(Tone::Plain, tr("Under way"), text, u"running"_s);
    open();
    m_text->setSource(m_told.join(u'\n'));
    m_tabs->setCurrentIndex(Words);
}

void AnswerPage::show(const QString &as, const ToolCaller::Outcome &outcome, const QString &validity)
{
    const QStringList told = m_told;
    clear();
    m_as = as;
    const QString who = outcome.tookMs > 0 ? tr("Called as %1, %2").arg(as, durationOf(outcome.tookMs))
                                           : tr("Called as %1").arg(as);
    if (!outcome.problem.isEmpty())
        return m_strip->say(Tone::Bad, tr("There was no call"), outcome.problem);
    open();
    if (outcome.answer)
        showResult(who, *outcome.answer, validity);
    else
        showError(who, outcome.answer.error());
    if (!told.isEmpty() && !m_text->source().isEmpty())
        m_text->setSource(m_text->source() + u"\n\n"_s + told.join(u'\n'));
}

void AnswerPage::showError(const QString &who, const client::Error &error)
{
    using client::CallFault;
    QString sentence;
    switch (error.fault) {
    case CallFault::Unauthorized:
        sentence = tr("Refused: 401, no token that is good here");
        break;
    case CallFault::Forbidden:
        sentence = tr("Refused: 403, this caller may not do it");
        break;
    case CallFault::RpcError:
        sentence = tr("Error %1 of the server").arg(error.code);
        break;
    case CallFault::Unreachable:
        sentence = error.isLate ? tr("No answer in time") : tr("Nobody answered");
        break;
    case CallFault::HttpError:
        sentence = tr("HTTP %1 and no answer of MCP").arg(error.status);
        break;
    case CallFault::ProtocolError:
        sentence = tr("What came is no answer of MCP");
        break;
    }
    m_strip->say(Tone::Bad, sentence, who);
    QStringList lines{error.text};
    if (!error.challenge.isEmpty())
        lines.append(u"WWW-Authenticate: "_s + QString::fromUtf8(error.challenge));
    if (!error.data.isUndefined())
        lines.append(client::textOf(error.data));
    m_text->setSource(lines.join(u'\n').left(largestText));
}

void AnswerPage::showResult(const QString &who, const client::Result &result, const QString &validity)
{
    const bool isError = result.json.value("isError"_L1).toBool();
    fillTable(result.json);
    fillPictures(result.json);
    const QByteArray text = result.text();
    m_json->setBody({text.left(largestText), text.size(), text.size() > largestText}, tr("Nothing came."));
    const QJsonArray rows = rowsIn(result.json.value("structuredContent"_L1));
    QString sentence = isError ? tr("The tool says that it could not")
        : rows.isEmpty()       ? tr("Answered")
                               : tr("Answered, entries: %1").arg(rows.size());
    const QString more = validity.isEmpty() ? who : who + u" · "_s + validity;
    m_strip->say(isError ? Tone::Warning : Tone::Good, sentence, more);
    m_tabs->setCurrentIndex(m_tabs->isTabVisible(Table)      ? Table
                                : m_text->source().isEmpty() ? Source
                                                             : Words);
}

void AnswerPage::fillTable(const QJsonObject &result)
{
    const QJsonArray rows = rowsIn(result.value("structuredContent"_L1));
    m_rows->clear();
    m_tabs->setTabVisible(Table, !rows.isEmpty());
    if (rows.isEmpty())
        return;
    QStringList names;
    const qsizetype shown = std::min<qsizetype>(rows.size(), mostRows);
    for (qsizetype i = 0; i < shown; ++i) {
        const QStringList keys = rows.at(i).toObject().keys();
        for (const QString &key : keys) {
            if (names.size() < mostColumns && !names.contains(key))
                names.append(key);
        }
    }
    m_rows->setColumnCount(int(names.size()));
    QStringList heads;
    for (const QString &name : names)
        heads.append(inspector::lineText(name.left(longestCell)));
    m_rows->setHorizontalHeaderLabels(heads);
    for (qsizetype i = 0; i < shown; ++i) {
        const QJsonObject row = rows.at(i).toObject();
        QList<QStandardItem *> cells;
        for (const QString &name : names) {
            const QString text = client::textOf(row.value(name));
            auto *cell = new QStandardItem(inspector::lineText(text.left(longestCell)));
            cell->setToolTip(inspector::toolTipText(text.left(longestCell)));
            cells.append(cell);
        }
        m_rows->appendRow(cells);
    }
    m_table->resizeColumnsToContents();
    const int widest = m_table->fontMetrics().averageCharWidth() * 40;
    for (int column = 0; column < m_rows->columnCount(); ++column)
        m_table->setColumnWidth(column, std::min(m_table->columnWidth(column), widest));
}

void AnswerPage::fillPictures(const QJsonObject &result)
{
    while (QLayoutItem *item = m_pictures->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto take = [this](const client::Blob &blob) {
        m_blobs.append({blob.name, blob.bytes});
        const QImage picture = m_pictures->count() < mostPictures ? pictureOf(blob) : QImage();
        if (!picture.isNull()) {
            auto *label = new Label(m_picturePlace);
            label->setPixmap(QPixmap::fromImage(picture));
            label->setAccessibleName(tr("Picture, %1 by %2").arg(picture.width()).arg(picture.height()));
            m_pictures->addWidget(label, 0, Qt::AlignLeft);
        }
        return tr("%1 bytes").arg(blob.bytes.size());
    };
    const QString text = result.contains("contents"_L1) ? client::contentsText(result, take)
        : result.contains("messages"_L1)                ? client::messagesText(result, take)
                                                        : client::resultText(result, take);
    m_text->setSource(text.left(largestText));
    m_words->setVisible(m_pictures->count() > 0);
    m_save->setVisible(!m_blobs.isEmpty());
    m_pictures->addStretch();
}

void AnswerPage::setVerdict(Tone tone, const QString &sentence, const QString &more)
{
    m_strip->say(tone, sentence, more);
}

void AnswerPage::setHasTraffic(bool hasTraffic)
{
    m_traffic->setVisible(hasTraffic);
}

void AnswerPage::save()
{
    auto *dialog = new QFileDialog(this, tr("Where to save the files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &folder) {
        const auto words = cli::blobSaver(folder);
        if (!words)
            return Q_EMIT messageWanted(words.error());
        QStringList said;
        for (const auto &[name, bytes] : std::as_const(m_blobs))
            said.append((*words)({bytes, {}, name}));
        Q_EMIT messageWanted(said.join(u", "_s));
    });
    dialog->open();
}

void AnswerPage::retheme()
{
    m_strip->retheme();
    m_json->retheme();
    m_text->setFont(Look::fixedFont());
    m_table->setFont(Look::fixedFont());
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 7);
}

} // namespace gatehouse::app
