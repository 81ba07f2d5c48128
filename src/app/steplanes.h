// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QWidget>

namespace gatehouse::app {

/// The legs of a sign-in between those who take part, one row for each step, as a picture: who spoke to whom,
/// and how far it is. What it says is in its accessible description as well.
class StepLanes : public QWidget
{
    Q_OBJECT

public:
    enum class Lane { Client, Gate, Issuer, Browser };
    enum class State { Waiting, Running, Done, Failed, Skipped };
    struct Arrow
    {
        Lane from = Lane::Client;
        Lane to = Lane::Gate;
        bool isByPerson = false; ///< Dashed: in the browser.
    };
    struct Row
    {
        QString title = {};
        QString took = {}; ///< "3 ms", or the clock of one that runs.
        State state = State::Waiting;
        QList<Arrow> arrows = {};
    };

    explicit StepLanes(QWidget *parent = nullptr);

    void setRows(const QList<Row> &rows);
    [[nodiscard]] const QList<Row> &rows() const { return m_rows; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] int wordWidth() const; ///< Of titles and times, with their room.
    [[nodiscard]] int laneAt(Lane lane) const;
    [[nodiscard]] static QString laneName(Lane lane);
    void paintRow(QPainter &painter, int index) const;

    QList<Row> m_rows;
};

} // namespace gatehouse::app
