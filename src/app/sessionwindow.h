// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/trafficmodel.h"
#include "records/sessionloader.h"

#include <QMainWindow>

class QLabel;
class QProgressBar;
class QPushButton;

namespace gatehouse::app {

class DetailsWindows;
class Label;
class TrafficActions;
class TrafficView;

/// A session file that was opened, to be read: its rows with the same filter and details as those that pass.
/// A large file is shown in stretches, and searched as a whole where that is asked for. Deletes itself where
/// it is closed.
class SessionWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// What is shown at once.
    static constexpr inspector::ExchangeLog::Limits usualLimits{100'000, 256 * 1024 * 1024};

    explicit SessionWindow(const QString &path, QWidget *parent = nullptr,
                           inspector::ExchangeLog::Limits limits = usualLimits);
    ~SessionWindow() override;

    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] TrafficView *view() const { return m_view; }
    [[nodiscard]] const inspector::TrafficModel *traffic() const { return &m_traffic; }
    /// As it is now: somebody may have written it since.
    void readAnew();
    /// The colours or the size of the text have changed.
    void retheme();

Q_SIGNALS:
    void openWanted(); ///< Another file.

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeHead(QWidget *parent);
    void makeMenus();
    void say(const QString &text);
    void load(qint64 behind);
    void loadLast();
    void searchAll();
    void begin(const records::SessionLoader::Wish &wish);
    void opened(const records::SessionLoader::Contents &contents);
    void take(const QList<records::SessionRow> &rows, qint64 reached);
    void finished(const records::SessionLoader::Outcome &outcome);
    void updateHead();
    void updateStretch();
    [[nodiscard]] bool isWhole() const;
    [[nodiscard]] QString factsOf() const;

    const QString m_path;
    inspector::TrafficModel m_traffic;
    records::SessionLoader::Contents m_contents;
    records::SessionLoader::Wish m_wish;
    records::SessionLoader::Outcome m_outcome;
    bool m_isSearch = false; ///< What is shown was looked for in the whole file.
    bool m_isDone = false;
    qint64 m_run = 0; ///< Of the row that was taken last.
    qint64 m_from = 0; ///< The serials of what is shown.
    qint64 m_to = 0;
    qint64 m_droppedBefore = 0; ///< By the stretches before this one.
    TrafficView *m_view = nullptr;
    TrafficActions *m_actions = nullptr;
    DetailsWindows *m_detailsWindows = nullptr;
    Label *m_title = nullptr;
    Label *m_facts = nullptr;
    Label *m_fault = nullptr;
    QWidget *m_stretch = nullptr;
    Label *m_stretchWords = nullptr;
    QProgressBar *m_progress = nullptr;
    QPushButton *m_earlier = nullptr;
    QPushButton *m_later = nullptr;
    QPushButton *m_search = nullptr;
    QPushButton *m_cancel = nullptr;
    Label *m_shown = nullptr;
    records::SessionLoader m_loader; ///< Goes first: it tells of what it reads.
};

} // namespace gatehouse::app
