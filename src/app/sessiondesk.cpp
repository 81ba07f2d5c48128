// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sessiondesk.h"

#include "app/sessionwindow.h"
#include "app/trafficactions.h"
#include "inspector/foreigntext.h"

#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>
#include <QSettings>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

constexpr QLatin1StringView recentKey("sessions/recent");
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
    if (QFileInfo(name).isFile())
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
}

void SessionDesk::fillRecent(QMenu *menu)
{
    menu->clear();
    const QStringList paths = recent();
    for (const QString &path : paths) {
        QAction *one = menu->addAction(inspector::menuText(QFileInfo(path).fileName()), this,
                                       [this, path] { open(path); });
        one->setToolTip(inspector::toolTipText(path));
        one->setEnabled(QFileInfo(path).isFile());
    }
    menu->setToolTipsVisible(true);
    if (paths.isEmpty())
        menu->addAction(tr("None yet"))->setEnabled(false);
    menu->addSeparator();
    QAction *forget = menu->addAction(tr("&Forget them"), this, [this] {
        m_kept->remove(recentKey);
        Q_EMIT recentChanged();
    });
    forget->setObjectName(u"actionForgetRecent"_s);
    forget->setEnabled(!paths.isEmpty());
}

QStringList SessionDesk::recent() const
{
    return m_kept->value(recentKey).toStringList().mid(0, mostRecent);
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
