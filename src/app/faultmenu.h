// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/fetch.h"
#include "sandbox/controlclient.h"

#include <QToolButton>

#include <functional>

class QAction;

namespace gatehouse::app {

/// Switches of what the sandbox can do wrong. The sandbox is asked each time the menu opens, since some of
/// them work once and other programs may switch them as well.
class FaultMenu : public QToolButton
{
    Q_OBJECT

public:
    /// The fetcher outlives it.
    explicit FaultMenu(base::Fetcher *fetcher, QWidget *parent = nullptr);

    /// Without an issuer there is no sandbox.
    void setSandbox(const sandbox::SandboxAddress &sandbox);
    /// `done` may be empty and comes once, unless this goes first.
    void set(const QString &fault, bool isOn, std::function<void()> done = {});
    /// Of those that concern a sign-in this one alone is on; `done` as above.
    void setOnly(const QString &fault, std::function<void()> done);
    void refresh();

private:
    void ask(const QJsonObject &wish, std::function<void()> done);

    base::Fetcher *m_fetcher;
    sandbox::SandboxAddress m_sandbox;
    QList<QAction *> m_actions;
};

} // namespace gatehouse::app
