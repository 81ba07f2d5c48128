// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/connectwords.h"
#include "app/label.h"
#include "clientfiles/programs.h"
#include "inspector/arrival.h"
#include "inspector/clientlog.h"

#include <optional>

class QPushButton;

namespace gatehouse::app {

class Strip;

/// How far somebody has come that is waited for, and what is missing.
class Ladder : public QWidget
{
    Q_OBJECT

public:
    explicit Ladder(QWidget *parent = nullptr);

    struct Shown
    {
        clientfiles::Program program = {};
        QString name = {}; ///< Of the server there.
        inspector::Arrival arrival = {};
        std::optional<inspector::ClientRecord> record = {}; ///< Of that program, if it was ever here.
        bool isUp = false; ///< The server.
        SignInPlace place = SignInPlace::Sandbox;
    };
    void show(const Shown &shown, qint64 nowMs);
    void retheme();

Q_SIGNALS:
    void trafficWanted(const QString &filter); ///< What finds its requests; empty: all of them.
    void againWanted(); ///< To wait from now on.

private:
    using QWidget::show;
    struct Rung
    {
        Label *icon = nullptr;
        Label *title = nullptr;
        Label *time = nullptr;
        Label *words = nullptr;
    };
    void showRung(inspector::Arrival::Rung rung, qint64 nowMs);
    void showHead(qint64 nowMs);
    [[nodiscard]] QString filter() const;

    Shown m_shown;
    qint64 m_nowMs = 0;
    Label *m_title;
    Label *m_about;
    QList<Rung> m_rungs;
    Strip *m_strip;
    QPushButton *m_traffic;
    QPushButton *m_again;
};

} // namespace gatehouse::app
