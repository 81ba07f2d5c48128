// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <QPointer>
#include <QStringList>

class QMenu;
class QSettings;
class QWidget;

namespace gatehouse::app {

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

    /// Brings the window of a file that is open already to the front.
    void open(const QString &path);
    /// Asks for files.
    void ask(QWidget *asking);
    /// Open, and what was opened before.
    void addTo(QMenu *file);
    [[nodiscard]] QStringList recent() const;
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
    void takeDropsOf(QWidget *window);
    void openAll(const QStringList &paths);

    QSettings *m_kept;
    QWidget *m_window;
    QList<QPointer<SessionWindow>> m_windows;
};

} // namespace gatehouse::app
