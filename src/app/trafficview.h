// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/filterfield.h"
#include "app/filterhistory.h"
#include "app/label.h"
#include "app/view.h"
#include "host/host.h"

#include <QTimer>
#include <QWidget>

#include <functional>

class QLineEdit;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace gatehouse::inspector {
class TrafficModel;
}

namespace gatehouse::app {

class Details;
class EmptyState;
class TimeStrip;
class TrafficTable;

/// The traffic with its filter above and the selected exchange below.
class TrafficView : public View
{
    Q_OBJECT

public:
    explicit TrafficView(inspector::TrafficModel *model, QWidget *parent = nullptr);
    /// Else it shows a file, which neither goes on nor can be cleared.
    [[nodiscard]] bool isLive() const;
    /// Why a file shows no rows, where it is not for the filter.
    void setFileWords(const QString &title, const QString &text);

    [[nodiscard]] TrafficTable *table() const { return m_table; }
    /// The rows, or what can be done where there are none.
    [[nodiscard]] QWidget *home() const override;
    [[nodiscard]] QList<QWidget *> panes() const override;
    [[nodiscard]] QWidget *entrance() const override;
    [[nodiscard]] Details *details() const { return m_details; }
    [[nodiscard]] QLineEdit *filter() const { return m_filter; }
    void setServer(host::Host::State state, const host::Running &running);
    /// Why it could not be started, for the state that setServer() told.
    void setStartError(const host::StartError &error);
    void setFilterText(const QString &text);
    [[nodiscard]] bool isSandboxShown() const;
    void setSandboxShown(bool isShown);
    /// Selects the row of what our client marked so, however the view must change for it; false where there
    /// is none.
    bool showRequest(const QByteArray &requestId);
    /// The same by its number; false where there is none.
    bool showSerial(quint64 serial);
    void focusFilter();
    [[nodiscard]] TimeStrip *strip() const { return m_strip; }
    /// Shown where there is room for it as well.
    void setStripWanted(bool isWanted);
    [[nodiscard]] bool isStripWanted() const { return m_isStripWanted; }
    /// Back and forth through what was filtered by.
    void goThroughFilters(bool isBack);
    [[nodiscard]] QStringList savedFilters() const { return m_history.saved(); }
    void setSavedFilters(const QStringList &filters);
    /// Where the details stand.
    enum class DetailsPlace {
        Automatic, ///< At the right where the window is wide.
        Right,
        Below,
    };
    void setDetailsPlace(DetailsPlace place);
    [[nodiscard]] DetailsPlace detailsPlace() const { return m_place; }
    /// The details take the list's room, or give it back.
    void maximiseDetails(bool isWanted);
    [[nodiscard]] bool isDetailsMaximised() const;
    void togglePause();
    /// Goes to the newest row and stays there.
    void follow();
    void clear();
    [[nodiscard]] QByteArray saveLayout() const override;
    void restoreLayout(const QByteArray &state) override;
    /// In a few words; empty where there is nothing to say.
    struct Summary
    {
        QString shown = {}; ///< "18 of 18 shown"
        QString newest = {}; ///< Whether it follows, or is paused.
        QString sandbox = {}; ///< How many rows of it are hidden.
        QString dropped = {};
    };
    [[nodiscard]] Summary summary() const;
    [[nodiscard]] bool isPaused() const;
    void retheme() override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void summaryChanged();
    void pausedChanged(bool isPaused);
    void cleared();
    void startWanted();
    void portWanted(int port); ///< To be started on instead of one that is taken.
    void addressCopyWanted();
    void windowWanted(quint64 serial); ///< For the details of that row.
    void savedFiltersChanged(const QStringList &filters);
    void clientWanted(); ///< The built-in client is to make a call.

private:
    void ask();
    void updateChips();
    void updateSaved();
    void fillFilterMenu();
    void updateEmptyState();
    using Say = std::function<void(const QString &icon, const QString &title, const QString &text,
                                   const QString &action)>;
    void sayWhyNotStarted(const Say &say);
    void updateNewest();
    void sayWhyEmpty();
    void filterBySpan(qint64 from, qint64 to);
    void show(quint64 serial);
    void split();
    void placeDetails();
    void placeStrip();

    inspector::TrafficModel *m_model;
    QString m_fileTitle;
    QString m_fileText;
    FilterField *m_filter;
    Label *m_filterFault;
    QList<QPushButton *> m_chips;
    FilterHistory m_history;
    QToolButton *m_filters; ///< Saved and earlier ones.
    QPushButton *m_sandbox;
    QPushButton *m_pause;
    QPushButton *m_clear;
    TimeStrip *m_strip;
    bool m_isStripWanted = true;
    TrafficTable *m_table;
    QPushButton *m_newest;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QPushButton *m_emptyClient;
    QSplitter *m_splitter;
    Details *m_details;
    QTimer m_typing;
    host::StartError m_startError;
    QString m_portHolder; ///< Who listens where the server should.
    host::Host::State m_state = host::Host::State::Stopped;
    QString m_resource;
    DetailsPlace m_place = DetailsPlace::Automatic;
    bool m_isSplit = false; ///< The details have had a size.
    int m_textPercent = 100; ///< That the split was made for.
    qint64 m_new = 0;
};

} // namespace gatehouse::app
