// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QList>
#include <QObject>

#include <functional>

class QMenu;

namespace gatehouse::inspector {
class TrafficModel;
}

namespace gatehouse::app {

class TrafficView;

/// An action of that name, which runs when it is triggered. Belongs to `parent`.
QAction *makeAction(QObject *parent, const QString &name, const QString &text, const QKeySequence &keys,
                    const std::function<void()> &run);

/// What can be done with a view of traffic, with its keys, for the menus of its window.
class TrafficActions : public QObject
{
    Q_OBJECT

public:
    /// `show` brings the view to the front; it is called before what is done with it.
    TrafficActions(TrafficView *view, inspector::TrafficModel *model, std::function<void()> show,
                   QWidget *window);

    /// `goTo` asks for a request by its number.
    void fill(QMenu *traffic, QAction *goTo);
    void addTabs(QMenu *menu);
    void addPlaces(QMenu *menu);
    /// The view was told otherwise.
    void update();

Q_SIGNALS:
    void detailsWanted(quint64 serial); ///< In a window of their own.

private:
    QAction *add(QMenu *menu, const QString &name, const QString &text, const QKeySequence &keys,
                 const std::function<void()> &run);
    void addFinding(QMenu *menu);
    void addSteps(QMenu *menu, QAction *goTo);
    void addCopies(QMenu *menu);
    void copyRow();

    TrafficView *m_view;
    inspector::TrafficModel *m_model;
    std::function<void()> m_show;
    QWidget *m_window;
    QList<QAction *> m_places;
    QAction *m_strip = nullptr;
};

} // namespace gatehouse::app
