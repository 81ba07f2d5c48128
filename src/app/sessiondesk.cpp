// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sessiondesk.h"

#include "app/sessionkeeper.h"
#include "app/sessionwindow.h"
#include "app/trafficactions.h"
#include "inspector/foreigntext.h"

#include <QDateTime>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMenu>
#include <QMimeData>
#include <QSettings>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

constexpr QLatin1StringView recentKey("sessions/recent");
constexpr QLatin1StringView keepKey("sessions/keep");
constexpr qsizetype mostWindows = 10;

QString nameOf(const QString &path)
{
    const QString found = QFileInfo(path).canonicalFilePath();
    return found.isEmpty() ? QFileInfo(path).absoluteFilePath() : found;
}

QStringList filesOf(const QMimeData *data)
{
    QStringList files;
    const QList<QUrl> urls = data->urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile() && QFileInfo(url.toLocalFile()).isFile())
            files.append(url.toLocalFile());
    }
    return files;
}

QString momentOf(const EarlierSession &session)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(session.startedMs), QLocale::ShortFormat);
}

QString wordsOf(const EarlierSession &session)
{
    const QString words = session.wasCutOff ? SessionDesk::tr("cut off, requests: %1")
                                            : SessionDesk::tr("not saved, requests: %1");
    return words.arg(QLocale().toString(session.requests));
}

} // namespace

SessionDesk::SessionDesk(QSettings *kept, QWidget *window)
    : QObject(window)
    , m_kept(kept)
    , m_window(window)
{
    if (window)
        takeDropsOf(window);
}

SessionDesk::~SessionDesk()
{
    for (const auto &one : std::as_const(m_windows))
        delete one.data();
}

QList<SessionWindow *> SessionDesk::windows() const
{
    QList<SessionWindow *> open;
    for (const auto &one : m_windows) {
        if (one)
            open.append(one);
    }
    return open;
}

void SessionDesk::open(const QString &path)
{
    const QString name = nameOf(path);
    m_windows.removeIf([](const auto &one) { return !one; });
    for (SessionWindow *one : windows()) {
        if (one->path() != name)
            continue;
        one->readAnew();
        one->raise();
        one->activateWindow();
        return;
    }
    if (m_windows.size() >= mostWindows) {
        Q_EMIT messageWanted(tr("There are %1 such windows: close some of them first.").arg(mostWindows));
        return;
    }
    auto *made = new SessionWindow(name);
    m_windows.append(made);
    takeDropsOf(made);
    connect(made, &SessionWindow::openWanted, this, [this, made] { ask(made); });
    const bool isNamed = !m_keeper || !m_keeper->isUnnamed(name);
    if (isNamed && QFileInfo(name).isFile())
        addRecent(name);
    made->show();
}

void SessionDesk::openAll(const QStringList &paths)
{
    for (const QString &path : paths)
        open(path);
}

void SessionDesk::ask(QWidget *asking)
{
    auto *dialog = new QFileDialog(asking, tr("Open session"));
    dialog->setObjectName(u"openSession"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("Session files (*.gatehouse)"), tr("All files (*)")});
    if (!recent().isEmpty())
        dialog->setDirectory(QFileInfo(recent().first()).absolutePath());
    connect(dialog, &QFileDialog::filesSelected, this, &SessionDesk::openAll);
    dialog->open();
}

void SessionDesk::addTo(QMenu *file)
{
    QAction *open = makeAction(m_window, u"actionOpenSession"_s, tr("&Open session…"), QKeySequence::Open,
                               [this] { ask(m_window); });
    file->addAction(open);
    QMenu *menu = file->addMenu(tr("Open &recent"));
    menu->setObjectName(u"recentMenu"_s);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillRecent(menu); });
    fillRecent(menu);
    m_save = makeAction(m_window, u"actionSaveSession"_s, tr("&Save session as…"), QKeySequence::Save,
                        [this] { askWhereToSave(); });
    m_keep = makeAction(m_window, u"actionKeepSession"_s, tr("&Keep this session in a file…"),
                        Qt::CTRL | Qt::SHIFT | Qt::Key_S, [this] { askWhereToKeep(); });
    file->addActions({m_save, m_keep});
    keeperChanged();
}

void SessionDesk::setKeeper(SessionKeeper *keeper)
{
    m_keeper = keeper;
    keeper->setKeepsUnnamed(m_kept->value(keepKey, true).toBool());
    connect(keeper, &SessionKeeper::saved, this, [this](const QString &path) {
        addRecent(path);
        Q_EMIT messageWanted(tr("Saved in %1").arg(path));
    });
    connect(keeper, &SessionKeeper::failed, this, [this](const QString &path, const QString &why) {
        Q_EMIT messageWanted(tr("%1 was not saved. %2").arg(path, why));
    });
    connect(keeper, &SessionKeeper::earlierChanged, this, &SessionDesk::recentChanged);
    keeperChanged();
    Q_EMIT recentChanged();
}

void SessionDesk::keeperChanged()
{
    for (QAction *one : {m_save, m_keep}) {
        if (one)
            one->setEnabled(m_keeper);
    }
}

void SessionDesk::askForFile(const QString &title, const std::function<void(const QString &)> &then)
{
    auto *dialog = new QFileDialog(m_window, title);
    dialog->setObjectName(u"saveSession"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"gatehouse"_s);
    dialog->setNameFilter(tr("Session files (*.gatehouse)"));
    if (!recent().isEmpty())
        dialog->setDirectory(QFileInfo(recent().first()).absolutePath());
    dialog->selectFile(QDate::currentDate().toString(Qt::ISODate) + u".gatehouse"_s);
    connect(dialog, &QFileDialog::fileSelected, this, then);
    dialog->open();
}

void SessionDesk::askWhereToSave()
{
    askForFile(tr("Save session"), [this](const QString &path) { m_keeper->saveTo(path); });
}

void SessionDesk::askWhereToKeep()
{
    askForFile(tr("Keep this session in"), [this](const QString &path) { m_keeper->keepIn(path); });
}

void SessionDesk::fillRecent(QMenu *menu)
{
    menu->clear();
    menu->setToolTipsVisible(true);
    const QStringList paths = recent();
    for (const QString &path : paths) {
        QAction *one = menu->addAction(inspector::menuText(QFileInfo(path).fileName()), this,
                                       [this, path] { open(path); });
        one->setToolTip(inspector::toolTipText(path));
        one->setEnabled(QFileInfo(path).isFile());
    }
    QAction *forget = menu->addAction(tr("&Forget this list"), this, [this] {
        m_kept->remove(recentKey);
        Q_EMIT recentChanged();
    });
    forget->setObjectName(u"actionForgetRecent"_s);
    forget->setEnabled(!paths.isEmpty());
    if (m_keeper)
        addUnnamed(menu);
}

/// What nobody saved: sessions of earlier starts.
void SessionDesk::addUnnamed(QMenu *menu)
{
    menu->addSeparator();
    const QList<EarlierSession> all = m_keeper->earlier();
    for (const EarlierSession &one : all)
        menu->addAction(momentOf(one) + u", "_s + wordsOf(one), this,
                        [this, path = one.path] { open(path); });
    QAction *keep = menu->addAction(tr("&Keep the last %1 that nobody saves").arg(SessionKeeper::mostEarlier),
                                    this, [this](bool isOn) {
                                        m_kept->setValue(keepKey, isOn);
                                        m_keeper->setKeepsUnnamed(isOn);
                                        if (!isOn)
                                            m_keeper->removeAllEarlier();
                                    });
    keep->setObjectName(u"actionKeepUnnamed"_s);
    keep->setCheckable(true);
    keep->setChecked(m_kept->value(keepKey, true).toBool());
    QAction *remove = menu->addAction(tr("&Delete those that nobody saved"), this,
                                      [this] { m_keeper->removeAllEarlier(); });
    remove->setObjectName(u"actionDeleteUnnamed"_s);
    remove->setEnabled(!all.isEmpty());
}

QStringList SessionDesk::recent() const
{
    return m_kept->value(recentKey).toStringList().mid(0, mostRecent);
}

QList<SessionCards::Session> SessionDesk::offered() const
{
    QList<SessionCards::Session> all;
    const QList<EarlierSession> earlier = m_keeper ? m_keeper->earlier() : QList<EarlierSession>();
    for (const EarlierSession &one : earlier) {
        if (one.wasCutOff)
            all.append({one.path, momentOf(one), wordsOf(one)});
    }
    const QStringList named = recent();
    for (const QString &path : named) {
        const QFileInfo file(path);
        const bool isThere
            = std::any_of(all.begin(), all.end(), [&](const auto &one) { return one.path == path; });
        if (!isThere && file.isFile())
            all.append({path, file.fileName(), file.absolutePath()});
    }
    for (const EarlierSession &one : earlier) {
        const bool isThere
            = std::any_of(all.begin(), all.end(), [&](const auto &other) { return other.path == one.path; });
        if (!isThere)
            all.append({one.path, momentOf(one), wordsOf(one)});
    }
    return all;
}

void SessionDesk::addRecent(const QString &path)
{
    QStringList paths = recent();
    paths.removeAll(nameOf(path));
    paths.prepend(nameOf(path));
    m_kept->setValue(recentKey, paths.mid(0, mostRecent));
    Q_EMIT recentChanged();
}

void SessionDesk::retheme()
{
    for (SessionWindow *one : windows())
        one->retheme();
}

void SessionDesk::closeAll()
{
    for (SessionWindow *one : windows())
        one->close();
}

void SessionDesk::takeDropsOf(QWidget *window)
{
    window->setAcceptDrops(true);
    window->installEventFilter(this);
}

bool SessionDesk::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::DragEnter && event->type() != QEvent::Drop)
        return QObject::eventFilter(watched, event);
    auto *drop = static_cast<QDropEvent *>(event); // QDragEnterEvent is one.
    const QStringList files = filesOf(drop->mimeData());
    if (files.isEmpty())
        return QObject::eventFilter(watched, event);
    drop->acceptProposedAction();
    if (event->type() == QEvent::Drop)
        openAll(files);
    return true;
}

} // namespace gatehouse::app
