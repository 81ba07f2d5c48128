// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connectview.h"

#include "app/connectdesk.h"
#include "app/connectwords.h"
#include "app/differenceview.h"
#include "app/elidedlabel.h"
#include "app/icons.h"
#include "app/ladder.h"
#include "app/pagearea.h"
#include "app/theme.h"
#include "auth/explanation.h"
#include "inspector/clientsmodel.h"
#include "inspector/foreigntext.h"

#include <QApplication>
#include <QButtonGroup>
#include <QClipboard>
#include <QDateTime>
#include <QDesktopServices>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPointer>
#include <QPushButton>
#include <QSplitter>
#include <QStyle>
#include <QStyledItemDelegate>
#include <QUrl>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using clientfiles::Program;
using clientfiles::ProgramId;
using inspector::ClientLog;
using inspector::Tone;

constexpr int wordsRole = Qt::UserRole;
constexpr int toneRole = Qt::UserRole + 1;
constexpr int narrow = 900; ///< Of what stands beside the list; below this the ladder stands under the page.

/// Two lines: what it is, and how it stands with it.
class ProgramDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QFontMetrics metrics(option.font);
        const QRect room = option.rect.adjusted(16, 5, -8, -5);
        const Theme &theme = Look::theme();
        painter->save();
        if (option.state.testFlag(QStyle::State_Selected)) {
            painter->fillRect(option.rect, theme.selection);
            if (option.state.testFlag(QStyle::State_HasFocus))
                painter->fillRect(option.rect.left(), option.rect.top(), 3, option.rect.height(),
                                  theme.accent);
        }
        painter->fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1, theme.line);
        painter->setFont(option.font);
        painter->setPen(theme.text);
        painter->drawText(room, Qt::AlignLeft | Qt::AlignTop,
                          metrics.elidedText(index.data().toString(), Qt::ElideRight, room.width()));
        painter->setPen(theme.colorOf(Tone(index.data(toneRole).toInt())));
        painter->drawText(
            room, Qt::AlignLeft | Qt::AlignBottom,
            metrics.elidedText(index.data(wordsRole).toString(), Qt::ElideMiddle, room.width()));
        painter->restore();
    }
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {100, 2 * QFontMetrics(option.font).height() + 12};
    }
};

} // namespace

ConnectView::ConnectView(ConnectDesk *desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
{
    setObjectName(u"connectView"_s);
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setObjectName(u"connectSplitter"_s);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(makePage());
    m_ladder = new Ladder(this);
    m_ladderArea = new PageArea(m_ladder, this);
    m_splitter->addWidget(m_ladderArea);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(makeList());
    row->addWidget(m_splitter, 1);
    connect(m_ladder, &Ladder::trafficWanted, this, &ConnectView::trafficWanted);
    connect(m_ladder, &Ladder::againWanted, m_desk, &ConnectDesk::beginWaiting);
    m_soon.setSingleShot(true);
    m_soon.setInterval(100);
    connect(&m_soon, &QTimer::timeout, this, &ConnectView::refresh);
    connect(m_desk, &ConnectDesk::changed, this, [this] {
        if (isVisible() && !m_soon.isActive())
            m_soon.start();
    });
    m_peopleSoon.setSingleShot(true);
    m_peopleSoon.setInterval(200);
    connect(&m_peopleSoon, &QTimer::timeout, this, &ConnectView::refreshPeople);
    connect(m_desk, &ConnectDesk::peopleChanged, this, [this] {
        if (isVisible() && !m_peopleSoon.isActive())
            m_peopleSoon.start();
    });
    m_clock.setInterval(1000);
    connect(&m_clock, &QTimer::timeout, this, [this] {
        refreshPeople();
        showFile(); // It is read where somebody has changed it.
    });
}

QWidget *ConnectView::makeList()
{
    m_side = new QWidget(this);
    auto *place = m_side;
    auto *back = new QPushButton(tr("‹ Clients"), place);
    back->setObjectName(u"backToClients"_s);
    back->setProperty("flat", true);
    back->setToolTip(tr("Those that were here (Esc)"));
    connect(back, &QPushButton::clicked, this, &ConnectView::closeWanted);
    m_list = new QListWidget(place);
    m_list->setObjectName(u"programs"_s);
    m_list->setAccessibleName(tr("Programs"));
    m_list->setProperty("page", true);
    m_list->setItemDelegate(new ProgramDelegate(m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (const Program &program : clientfiles::programs())
        m_list->addItem(program.name);
    m_list->setCurrentRow(0);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int at) {
        if (at >= 0)
            m_desk->choose(clientfiles::programs().at(at).id);
        refresh();
    });
    auto *copy = new QPushButton(icon(u"copy"_s), tr("Copy address"), place);
    copy->setObjectName(u"copyForAnother"_s);
    copy->setToolTip(tr("For a program that is not in the list"));
    connect(copy, &QPushButton::clicked, this, &ConnectView::addressCopyWanted);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(8, 8, 8, 8);
    foot->addWidget(copy);
    auto *column = new QVBoxLayout(place);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(4);
    column->addWidget(back, 0, Qt::AlignLeft);
    column->addWidget(m_list, 1);
    column->addLayout(foot);
    return place;
}

QWidget *ConnectView::makeWhere(QWidget *parent)
{
    auto *place = new QWidget(parent);
    m_forMe = new QPushButton(tr("For me"), place);
    m_forMe->setObjectName(u"connectForMe"_s);
    m_forProject = new QPushButton(tr("In a project"), place);
    m_forProject->setObjectName(u"connectForProject"_s);
    auto *which = new QButtonGroup(this);
    for (QPushButton *chip : {m_forMe, m_forProject}) {
        chip->setProperty("chip", true);
        chip->setCheckable(true);
        which->addButton(chip);
    }
    m_forMe->setChecked(true);
    m_project = new QLineEdit(place);
    m_project->setObjectName(u"connectProject"_s);
    m_project->setAccessibleName(tr("Folder of the project"));
    m_project->setPlaceholderText(tr("Folder of the project"));
    m_browse = new QPushButton(tr("Choose…"), place);
    m_browse->setObjectName(u"connectBrowse"_s);
    connect(m_browse, &QPushButton::clicked, this, &ConnectView::chooseFolder);
    connect(m_project, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_desk->setProject(m_forProject->isChecked() ? text.trimmed() : QString());
    });
    connect(which, &QButtonGroup::buttonClicked, this, [this] {
        m_desk->setProject(m_forProject->isChecked() ? m_project->text().trimmed() : QString());
        refresh();
        if (m_forProject->isChecked())
            m_project->setFocus();
    });
    auto *row = new QHBoxLayout(place);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_forMe);
    row->addWidget(m_forProject);
    row->addWidget(m_project, 1);
    row->addWidget(m_browse);
    row->addStretch();
    return place;
}

ConnectView::Card ConnectView::makeCard(const QString &name, const QString &title, bool canOpen,
                                        QWidget *parent)
{
    Card card;
    card.frame = new QFrame(parent);
    card.frame->setProperty("card", true);
    card.title = new Label(title, card.frame);
    card.title->setProperty("strong", true);
    card.text = new Label(card.frame);
    card.text->setObjectName(name + u"Text"_s);
    card.text->setWordWrap(true);
    card.copy = new QPushButton(icon(u"copy"_s), tr("Copy"), card.frame);
    card.copy->setObjectName(u"copy"_s + name);
    card.copy->setAccessibleName(tr("Copy: %1").arg(title));
    connect(card.copy, &QPushButton::clicked, this,
            [text = card.text] { QApplication::clipboard()->setText(text->source()); });
    auto *head = new QHBoxLayout;
    head->addWidget(card.title, 1);
    if (canOpen) {
        card.open = new QPushButton(tr("Open"), card.frame);
        card.open->setObjectName(u"open"_s + name);
        connect(card.open, &QPushButton::clicked, this, [this, text = card.text] {
            if (!QDesktopServices::openUrl(QUrl(text->source(), QUrl::StrictMode)))
                Q_EMIT messageWanted(tr("Nothing on this computer opens that link. Copy it."));
        });
        head->addWidget(card.open);
    }
    head->addWidget(card.copy);
    auto *column = new QVBoxLayout(card.frame);
    column->setContentsMargins(12, 8, 12, 8);
    column->addLayout(head);
    column->addWidget(card.text);
    return card;
}

QWidget *ConnectView::makeFileCard(QWidget *parent)
{
    m_file = new QFrame(parent);
    m_file->setProperty("card", true);
    auto *title = new Label(tr("By its file"), m_file);
    title->setProperty("strong", true);
    m_filePath = new ElidedLabel(m_file);
    m_filePath->setObjectName(u"connectFile"_s);
    m_filePath->setProperty("quiet", true);
    m_difference = new DifferenceView(u"connectDifference"_s, tr("What changes in the file"), m_file);
    m_fileWords = new Label(m_file);
    m_fileWords->setObjectName(u"connectFileWords"_s);
    m_fileWords->setWordWrap(true);
    m_copyEntry = new QPushButton(icon(u"copy"_s), tr("Copy entry"), m_file);
    m_copyEntry->setObjectName(u"copyConnectEntry"_s);
    connect(m_copyEntry, &QPushButton::clicked, this, &ConnectView::copyEntry);
    m_undo = new QPushButton(tr("Undo"), m_file);
    m_undo->setObjectName(u"connectUndo"_s);
    connect(m_undo, &QPushButton::clicked, this, &ConnectView::takeBack);
    m_write = new QPushButton(tr("Write it"), m_file);
    m_write->setObjectName(u"connectWrite"_s);
    m_write->setDefault(true);
    connect(m_write, &QPushButton::clicked, this, &ConnectView::write);
    auto *head = new QHBoxLayout;
    head->addWidget(title);
    head->addWidget(m_filePath, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_copyEntry);
    buttons->addWidget(m_undo);
    buttons->addWidget(m_write);
    auto *column = new QVBoxLayout(m_file);
    column->setContentsMargins(12, 8, 12, 8);
    column->addLayout(head);
    column->addWidget(m_difference);
    column->addWidget(m_fileWords);
    column->addLayout(buttons);
    return m_file;
}

QWidget *ConnectView::makePage()
{
    m_page = new QWidget(this);
    m_title = new Label(m_page);
    m_title->setObjectName(u"connectTitle"_s);
    m_title->setProperty("title", true);
    m_about = new Label(m_page);
    m_about->setObjectName(u"connectAbout"_s);
    m_about->setProperty("quiet", true);
    m_name = new QLineEdit(m_desk->name(), m_page);
    m_name->setObjectName(u"connectName"_s);
    auto *nameLabel = new Label(tr("&Name there"), m_page);
    nameLabel->setBuddy(m_name);
    m_nameFault = new Label(tr("Letters, digits, _ and -, 64 of them at most."), m_page);
    m_nameFault->setObjectName(u"connectNameFault"_s);
    m_nameFault->setProperty("fault", true);
    connect(m_name, &QLineEdit::textChanged, m_desk, [this](const QString &text) { m_desk->setName(text); });
    auto *name = new QHBoxLayout;
    name->addWidget(nameLabel);
    name->addWidget(m_name, 1);
    name->addWidget(m_nameFault, 2);
    m_command = makeCard(u"ConnectCommand"_s, tr("By a command, in a terminal"), false, m_page);
    m_link = makeCard(u"ConnectLink"_s, tr("By a link"), true, m_page);
    m_next = new QFrame(m_page);
    m_next->setProperty("card", true);
    auto *nextTitle = new Label(tr("Then"), m_next);
    nextTitle->setProperty("strong", true);
    m_nextWords = new Label(m_next);
    m_nextWords->setObjectName(u"connectNext"_s);
    auto *next = new QVBoxLayout(m_next);
    next->setContentsMargins(12, 8, 12, 8);
    next->addWidget(nextTitle);
    next->addWidget(m_nextWords);
    m_signIn = makeCard(u"ConnectSignIn"_s, tr("Or sign in from a terminal"), false, m_page);
    auto *foot = new Label(
        tr("Gatehouse writes this entry alone, keeps the old file beside it, and hides what others "
           "wrote. It starts nothing."),
        m_page);
    foot->setProperty("quiet", true);
    for (Label *label : {m_title, m_about, m_nextWords, foot, m_nameFault})
        label->setWordWrap(true);
    auto *column = new QVBoxLayout(m_page);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_about);
    m_where = makeWhere(m_page);
    column->addWidget(m_where);
    column->addLayout(name);
    column->addWidget(m_command.frame);
    column->addWidget(m_link.frame);
    column->addWidget(makeFileCard(m_page));
    column->addWidget(m_next);
    column->addWidget(m_signIn.frame);
    column->addWidget(foot);
    column->addStretch();
    return new PageArea(m_page, this);
}

void ConnectView::refresh()
{
    m_soon.stop();
    if (!isVisible())
        return;
    const QPointer<QWidget> focused = QApplication::focusWidget();
    const bool wasHere = focused && isAncestorOf(focused);
    showPage();
    showFile();
    refreshPeople();
    if (wasHere && m_file->isHidden() && (!focused || !focused->isVisible()))
        m_list->setFocus(); // What had it is gone, and its neighbour may lead away.
}

void ConnectView::refreshPeople()
{
    if (!isVisible())
        return;
    showList();
    showLadder();
}

void ConnectView::showList()
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const QList<Program> &all = clientfiles::programs();
    for (int i = 0; i < m_list->count(); ++i) {
        const Program &program = all.at(i);
        QListWidgetItem *item = m_list->item(i);
        const QString place = m_desk->placeOf(program.id);
        QString words = place.isEmpty() ? tr("not found") : tr("found: %1").arg(place);
        Tone tone = Tone::Muted;
        if (const auto record = m_desk->recordOf(program.id)) {
            const bool isHere = ClientLog::isConnected(*record, now);
            const QString ago = auth::duration((now - record->lastMs) / 1000);
            words = isHere ? tr("connected, last call %1 ago").arg(ago) : tr("was here %1 ago").arg(ago);
            tone = isHere ? Tone::Good : Tone::Muted;
        }
        item->setData(wordsRole, words);
        item->setData(toneRole, int(tone));
        item->setData(Qt::AccessibleTextRole, u"%1, %2"_s.arg(program.name, words));
        item->setToolTip(inspector::toolTipText(words));
    }
}

void ConnectView::showPage()
{
    const Program &program = m_desk->program();
    const QString place = m_desk->placeOf(program.id);
    const QString note = noteOn(program);
    m_title->setText(tr("Connect %1").arg(program.name));
    m_about->setText(
        (place.isEmpty() ? tr("It was not found on this computer.") : tr("Found: %1.").arg(place))
        + (note.isEmpty() ? QString() : u' ' + note));
    m_where->setVisible(!program.projectFile.isEmpty());
    const bool isForProject = m_forProject->isChecked() && !program.projectFile.isEmpty();
    m_project->setVisible(isForProject);
    m_browse->setVisible(isForProject);
    m_nameFault->setVisible(!clientfiles::isServerName(m_desk->name()));
    const bool isReady = m_desk->isReady();
    const auto fill = [isReady](const Card &card, const QString &text) {
        card.text->setFont(Look::fixedFont());
        card.text->setText(text);
        card.frame->setVisible(isReady && !text.isEmpty());
    };
    fill(m_command,
         isReady ? clientfiles::commandFor(program, m_desk->name(), m_desk->address(), isForProject)
                 : QString());
    fill(m_link,
         isReady && !isForProject
             ? QString::fromLatin1(clientfiles::linkFor(program, m_desk->name(), m_desk->address()))
             : QString());
    const bool signsIn = m_desk->place() != SignInPlace::Nowhere;
    fill(m_signIn, isReady && signsIn ? clientfiles::signInCommandFor(program, m_desk->name()) : QString());
    m_next->setVisible(isReady);
    m_nextWords->setText(signsIn ? nextWordsFor(program, m_desk->name()) : nextWordsWithoutSignIn(program));
}

void ConnectView::showFile()
{
    const bool hasFile = m_desk->isReady() && !m_desk->file().isEmpty()
        && !(m_forProject->isChecked() && m_desk->project().isEmpty()
             && !m_desk->program().projectFile.isEmpty());
    m_file->setVisible(hasFile);
    if (!hasFile)
        return;
    m_filePath->setText(m_desk->shownFile());
    const bool canUndo = m_desk->change() != nullptr;
    const auto preview = m_desk->preview();
    const bool isThere = preview && preview->isThere;
    // A button that goes gives its focus to its neighbour.
    if ((m_undo->hasFocus() && !canUndo) || (m_write->hasFocus() && (!preview || isThere)))
        (canUndo ? m_undo : m_copyEntry)->setFocus();
    m_undo->setVisible(canUndo);
    m_write->setEnabled(preview && !isThere);
    m_difference->setVisible(preview && !isThere);
    m_fileWords->setProperty("fault", !preview);
    m_fileWords->style()->polish(m_fileWords);
    if (!preview) {
        m_fileWords->setText(sentenceOf(preview.error(), m_desk->program(), m_desk->shownFile()));
        return;
    }
    m_difference->setLines(preview->lines);
    const QString kept = canUndo && !m_desk->change()->copy.isEmpty()
        ? QFileInfo(m_desk->change()->copy).fileName()
        : QString();
    m_fileWords->setText(isThere && !kept.isEmpty() ? tr("Written. The old file is kept as %1.").arg(kept)
                             : isThere && canUndo   ? tr("Written. There was no such file before.")
                             : isThere              ? tr("It stands there already.")
                             : preview->isNew       ? tr("The file is made: there is none yet.")
                                              : tr("Lines that come: %1, that go: %2. The old file is kept.")
                                                    .arg(preview->come)
                                                    .arg(preview->gone));
}

void ConnectView::showLadder()
{
    const QString address = m_desk->address();
    m_ladder->show({m_desk->program(), m_desk->name(), m_desk->arrival(),
                    m_desk->recordOf(m_desk->program().id), !address.isEmpty(), m_desk->place()},
                   QDateTime::currentMSecsSinceEpoch());
}

/// What is written is what was shown.
void ConnectView::write()
{
    if (m_soon.isActive() || !m_desk->isReady())
        return refresh();
    if (const auto done = m_desk->write(); !done)
        Q_EMIT messageWanted(sentenceOf(done.error(), m_desk->program(), m_desk->shownFile()));
    else
        Q_EMIT messageWanted(tr("Written into %1").arg(m_desk->shownFile()));
    refresh();
}

void ConnectView::takeBack()
{
    if (const auto done = m_desk->takeBack(); !done)
        Q_EMIT messageWanted(sentenceOf(done.error(), m_desk->program(), m_desk->shownFile()));
    else
        Q_EMIT messageWanted(tr("%1 is as it was").arg(m_desk->shownFile()));
    refresh();
}

void ConnectView::copyEntry()
{
    QApplication::clipboard()->setText(
        QString::fromUtf8(clientfiles::fileFor(m_desk->program(), m_desk->name(), m_desk->address())));
}

void ConnectView::chooseFolder()
{
    auto *dialog = new QFileDialog(this, tr("Folder of the project"), m_project->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, m_project, &QLineEdit::setText);
    dialog->open();
}

QWidget *ConnectView::home() const
{
    return m_list;
}

QList<QWidget *> ConnectView::panes() const
{
    return {m_list, m_name, m_ladderArea};
}

void ConnectView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_desk->findPrograms();
    if (!m_desk->arrival().hasBegun())
        m_desk->beginWaiting();
    m_clock.start();
    refresh();
    if (std::exchange(m_isSplit, true))
        return;
    m_splitter->setSizes({3 * width() / 5, 2 * width() / 5});
}

void ConnectView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_clock.stop();
}

void ConnectView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const QFontMetrics metrics(font());
    const int letter = metrics.averageCharWidth();
    m_side->setFixedWidth(
        std::max(std::clamp(width() / 5, letter * 20, letter * 36), m_side->layout()->minimumSize().width()));
    const bool isNarrow = width() - m_side->width() < narrow * Look::textPercent() / 100;
    m_splitter->setOrientation(isNarrow ? Qt::Vertical : Qt::Horizontal);
}

void ConnectView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closeWanted();
    else
        QWidget::keyPressEvent(event);
}

void ConnectView::retheme()
{
    m_ladder->retheme();
    m_difference->retheme();
    m_list->doItemsLayout();
    refresh();
    QResizeEvent again(size(), size());
    resizeEvent(&again);
}

} // namespace gatehouse::app
