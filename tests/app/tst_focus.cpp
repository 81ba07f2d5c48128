// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clientview.h"
#include "app/mainwindow.h"
#include "app/settingsdialog.h"
#include "app/trafficview.h"
#include "support/openwindow.h"
#include "support/peer.h"
#include "support/unit.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>
#include <QTreeWidget>

using namespace gatehouse;
using namespace gatehouse::app;
using namespace Qt::StringLiterals;

/// Where the next key press goes, after each thing that one can do in both views: never to a button of the
/// bar or a banner that nobody went to.
class TestFocus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { QVERIFY(!m_open); }
    void cleanup() { m_open.reset(); }
    void staysWithTheRequests();
    void staysWithTheClient();
    void staysWithTheSettings();
    void goesBackFromWhereAServerIsStopped();

private:
    void open(const host::Settings &changes = {})
    {
        m_open = std::make_unique<OpenWindow>(changes);
        QVERIFY(m_open->waitUntilReady());
    }
    template <typename T = QWidget> [[nodiscard]] T *child(const QString &name) const
    {
        T *found = m_open->window()->findChild<T *>(name);
        if (!found)
            qFatal("There is no %s.", qPrintable(name));
        return found;
    }
    /// Some are made when they are needed.
    [[nodiscard]] bool canBeUsed(const QString &name) const
    {
        const auto *widget = m_open->window()->findChild<QWidget *>(name);
        return widget && widget->isVisible() && widget->isEnabled();
    }
    void click(const QString &name) const
    {
        QTRY_VERIFY2(canBeUsed(name), qPrintable(name));
        QCoreApplication::processEvents(); // A click goes where the widget is, so it must have been laid out.
        QTest::mouseClick(child(name), Qt::LeftButton);
    }
    [[nodiscard]] QString focused() const
    {
        // Not every platform gives the window its activity back when a list of completions closes.
        if (!QApplication::activePopupWidget() && !QApplication::activeModalWidget()
            && QApplication::activeWindow() != m_open->window())
            m_open->window()->activateWindow();
        const QWidget *widget = QApplication::focusWidget();
        return widget ? widget->objectName() : u"nothing"_s;
    }
    /// To whom a key goes, however deep they sit.
    void press(int key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QWidget *to = QApplication::activePopupWidget() ? QApplication::activePopupWidget()
                                                        : QApplication::focusWidget();
        QTest::keyClick(to ? to : m_open->window(), Qt::Key(key), modifiers);
    }
    void call(int times = 1)
    {
        const int before = rows();
        for (int i = 0; i < times; ++i)
            m_peer.call(m_open->running().resource, {});
        QTRY_COMPARE(rows(), before + times);
    }
    [[nodiscard]] int rows() const { return child<QTableView>(u"traffic"_s)->model()->rowCount(); }

    std::unique_ptr<OpenWindow> m_open;
    Peer m_peer;
};

#define FOCUS(name) QTRY_COMPARE(focused(), QStringLiteral(name))

void TestFocus::staysWithTheRequests()
{
    open();
    FOCUS("emptyButton");
    press(Qt::Key_Space);
    QCOMPARE(QApplication::clipboard()->text(), m_open->running().resource);
    FOCUS("emptyButton");
    call(40);
    FOCUS("traffic"); // What had it is gone, and the rows stand in its place.
    press(Qt::Key_Up);
    FOCUS("traffic");
    press(Qt::Key_Home, Qt::ControlModifier);
    call();
    click(u"newest"_s); // It goes away when it was followed.
    FOCUS("traffic");
    click(u"chipFailures"_s);
    FOCUS("chipFailures");
    click(u"chipFailures"_s);
    FOCUS("chipFailures");
    press(Qt::Key_F, Qt::ControlModifier);
    FOCUS("filter");
    QTest::keyClicks(child(u"filter"_s), u"nothing-like-it"_s);
    QTRY_COMPARE(rows(), 0);
    FOCUS("filter");
    click(u"emptyButton"_s); // "Clear filter" goes away with the emptiness.
    QTRY_COMPARE(rows(), 41);
    FOCUS("traffic");
    press(Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(child(u"filter"_s), u"http:401"_s);
    press(Qt::Key_Return);
    FOCUS("traffic");
    press(Qt::Key_F, Qt::ControlModifier);
    press(Qt::Key_Escape);
    FOCUS("filter");
    press(Qt::Key_Escape);
    FOCUS("traffic");
    click(u"pause"_s);
    FOCUS("pause");
    click(u"pause"_s);
    FOCUS("pause");
    click(u"clear"_s);
    FOCUS("clear");
    call();
    FOCUS("clear");
}

void TestFocus::staysWithTheClient()
{
    host::Settings settings;
    settings.autoSignIn = u"ada@example.com"_s;
    settings.failures = {u"registration-off"_s};
    open(settings);
    ClientView *client = m_open->window()->client();
    client->run()->setCallbackPort(0);
    client->run()->setOpener([this](const QUrl &url) {
        m_peer.follow(url);
        return true;
    });
    press(Qt::Key_4, Qt::AltModifier);
    QTRY_VERIFY(client->isVisible());
    FOCUS("server");
    const auto isIdle = [this] { return child(u"runAll"_s)->isEnabled(); };
    click(u"nextStep"_s);
    QTRY_VERIFY(isIdle());
    FOCUS("steps");
    click(u"runAll"_s); // As far as registration, which is broken.
    QTRY_VERIFY(canBeUsed(u"offerAllowRegistration"_s));
    FOCUS("steps");
    click(u"offerAllowRegistration"_s); // It goes away, and so does the fault.
    QTRY_VERIFY(isIdle() && !client->run()->flow()->failure());
    FOCUS("steps");
    click(u"runAll"_s);
    QTRY_VERIFY_WITH_TIMEOUT(isIdle(), 20'000);
    FOCUS("steps");
    const auto &failure = client->run()->flow()->failure();
    QVERIFY2(!failure, failure ? qPrintable(failure->text) : "");
    QCOMPARE(client->run()->flow()->current(), oauth::stepCount);
    const auto choose = [this](int row) {
        auto *steps = child<QTreeWidget>(u"steps"_s);
        steps->setCurrentItem(steps->topLevelItem(row));
    };
    choose(9); // The call.
    click(u"callTool"_s); // Disabled while it is under way.
    QTRY_VERIFY(isIdle());
    FOCUS("callTool");
    press(Qt::Key_Space); // So that one can call again and again.
    QTRY_VERIFY(!isIdle());
    QTRY_VERIFY(isIdle());
    FOCUS("callTool");
    choose(9);
    child(u"repeatStep"_s)->setFocus();
    press(Qt::Key_Space);
    QTRY_VERIFY(isIdle());
    FOCUS("repeatStep");
    choose(6); // The tokens.
    click(u"refreshToken"_s);
    QTRY_VERIFY(isIdle());
    FOCUS("steps"); // It shows the step.
    choose(11);
    click(u"runChecks"_s);
    QTRY_VERIFY_WITH_TIMEOUT(child(u"runChecks"_s)->isEnabled(), 20'000);
    FOCUS("runChecks");
    choose(12);
    click(u"forget"_s);
    QTRY_VERIFY(isIdle());
    FOCUS("forget");
    click(u"startOver"_s);
    FOCUS("steps");
    client->run()->setOpener([](const QUrl &) { return true; }); // Nobody comes back.
    click(u"runAll"_s);
    QTRY_VERIFY(canBeUsed(u"copyUrl"_s));
    child(u"cancelRun"_s)->setFocus();
    press(Qt::Key_Space);
    QTRY_VERIFY(isIdle());
    FOCUS("steps");
    QCOMPARE(m_open->window()->host()->state(), host::Host::State::Listening);
}

void TestFocus::staysWithTheSettings()
{
    open();
    call();
    press(Qt::Key_F, Qt::ControlModifier);
    FOCUS("filter");
    press(Qt::Key_Comma, Qt::ControlModifier);
    const auto dialog = [this] { return m_open->window()->findChild<SettingsDialog *>(); };
    QTRY_VERIFY(dialog() && dialog()->isVisible());
    QTRY_VERIFY(QApplication::focusWidget() && dialog()->isAncestorOf(QApplication::focusWidget()));
    press(Qt::Key_Escape);
    QTRY_VERIFY(!dialog() || !dialog()->isVisible());
    FOCUS("filter");
}

void TestFocus::goesBackFromWhereAServerIsStopped()
{
    open();
    call();
    FOCUS("traffic");
    const auto isIn = [this](host::Host::State state) { return m_open->window()->host()->state() == state; };
    click(u"startStop"_s); // Whoever went there may stop, and start again.
    QTRY_VERIFY(isIn(host::Host::State::Stopped));
    FOCUS("startStop");
    press(Qt::Key_Space);
    QTRY_VERIFY(isIn(host::Host::State::Listening));
    FOCUS("startStop");
    child(u"bannerSandboxClose"_s)->setFocus();
    press(Qt::Key_Space); // The banner is gone, and Stop stands beside it.
    FOCUS("traffic");
    click(u"clear"_s);
    child(u"traffic"_s)->setFocus();
    child<QAction>(u"actionStop"_s)->trigger();
    QTRY_VERIFY(isIn(host::Host::State::Stopped));
    click(u"emptyButton"_s); // "Start", which is "Copy address" a moment later.
    QTRY_VERIFY(isIn(host::Host::State::Listening));
    FOCUS("emptyButton");
}

GATEHOUSE_TEST(TestFocus)
#include "tst_focus.moc"
