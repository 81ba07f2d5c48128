// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sessioncards.h"

#include <QList>
#include <QObject>
#include <QPointer>
#include <QStringList>

#include <functional>

class QAction;
class QMenu;
class QSettings;
class QWidget;

namespace gatehouse::app {

class SessionKeeper;
class SessionWindow;

/// Opens session files, each in a window of its own, and remembers them. Its windows go with it.
class SessionDesk : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype mostRecent = 10;

    /// `kept` holds what was opened, and outlives it. Files can be dropped on `window`, where there is one.
    SessionDesk(QSettings *kept, QWidget *window);
    ~SessionDesk() override;
    /// Whose recording can be saved; outlives it.
    void setKeeper(SessionKeeper *keeper);

    /// Brings the window of a file that is open already to the front.
    void open(const QString &path);
    /// Asks for files.
    void ask(QWidget *asking);
    /// Open, what was opened before, and save.
    void addTo(QMenu *file);
    /// Asks where to save what was recorded, or where to go on recording.
    void askWhereToSave();
    void askWhereToKeep();
    [[nodiscard]] QStringList recent() const;
    /// What there is to look at, as a person would look for it: one that was cut off, what was opened or
    /// saved last, and what nobody saved.
    [[nodiscard]] QList<SessionCards::Session> offered() const;
    /// What was saved there belongs to them, too.
    void addRecent(const QString &path);
    /// The colours or the size of the text have changed.
    void retheme();
    void closeAll();
    [[nodiscard]] QList<SessionWindow *> windows() const;

Q_SIGNALS:
    void messageWanted(const QString &text);
    void recentChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fillRecent(QMenu *menu);
    void addUnnamed(QMenu *menu);
    void askForFile(const QString &title, const std::function<void(const QString &)> &then);
    void keeperChanged();
    void takeDropsOf(QWidget *window);
    void openAll(const QStringList &paths);

    QSettings *m_kept;
    QWidget *m_window;
    SessionKeeper *m_keeper = nullptr;
    QAction *m_save = nullptr;
    QAction *m_keep = nullptr;
    QList<QPointer<SessionWindow>> m_windows;
};

} // namespace gatehouse::app
