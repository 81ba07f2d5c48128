// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/faultmenu.h"

#include "sandbox/faults.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>
#include <QPointer>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

FaultMenu::FaultMenu(base::Fetcher *fetcher, QWidget *parent)
    : QToolButton(parent)
    , m_fetcher(fetcher)
{
    setObjectName(u"faults"_s);
    setProperty("framed", true);
    setPopupMode(QToolButton::InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setText(tr("Sandbox: break something"));
    setToolTip(tr("Has the sandbox fail, to see what the client says to it"));
    auto *menu = new QMenu(this);
    menu->setObjectName(u"faultsMenu"_s);
    for (const sandbox::FaultInfo &one : sandbox::Faults::all()) {
        const QString name = one.name;
        QAction *action
            = menu->addAction(QCoreApplication::translate("gatehouse::sandbox::Faults", one.words));
        action->setObjectName(u"fault_"_s + name);
        action->setData(name);
        action->setCheckable(true);
        connect(action, &QAction::triggered, this, [this, fault = name](bool isOn) { set(fault, isOn); });
        m_actions.append(action);
    }
    setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, &FaultMenu::refresh);
}

void FaultMenu::setSandbox(const sandbox::SandboxAddress &sandbox)
{
    setVisible(!sandbox.issuer.isEmpty());
    if (m_sandbox == sandbox)
        return;
    m_sandbox = sandbox;
    refresh();
}

void FaultMenu::set(const QString &fault, bool isOn, std::function<void()> done)
{
    ask({{fault, isOn}}, std::move(done));
}

void FaultMenu::setOnly(const QString &fault, std::function<void()> done)
{
    QJsonObject wish{{u"registration-off"_s, false},
                     {u"documents-off"_s, false},
                     {u"token-expired"_s, false},
                     {u"token-audience"_s, false}};
    wish.insert(fault, true);
    ask(wish, std::move(done));
}

void FaultMenu::refresh()
{
    if (!m_sandbox.issuer.isEmpty())
        ask({}, {});
}

void FaultMenu::ask(const QJsonObject &wish, std::function<void()> done)
{
    sandbox::askSandbox(
        *m_fetcher, m_sandbox, u"fail"_s, wish,
        [guard = QPointer(this), done = std::move(done)](const auto &answer) {
            if (!guard)
                return;
            int on = 0;
            for (QAction *action : std::as_const(guard->m_actions)) {
                action->setChecked(answer && answer->value(action->data().toString()).toBool());
                on += action->isChecked() ? 1 : 0;
            }
            guard->setText(on > 0 ? tr("Sandbox: %1 broken").arg(on) : tr("Sandbox: break something"));
            if (done)
                done();
        });
}

} // namespace gatehouse::app
