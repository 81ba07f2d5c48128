// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clientview.h"
#include "app/mainwindow.h"
#include "support/openwindow.h"
#include "support/peer.h"
#include "support/unit.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QTreeWidget>
#include <QWindow>

using namespace gatehouse;
using namespace gatehouse::app;
using namespace Qt::StringLiterals;

/// A newcomer's first minutes with nothing but a keyboard: real keys, sent through the X server to whatever
/// the window manager has in front.
class TestTour : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_open.reset(); }
    void cleanupTestCase();
    void goesFromHomeToARefusedCall();
    void looksAtAnIssuerOfOnesOwn();
    void callsATool();
    void comesBackFromEveryWindow_data();
    void comesBackFromEveryWindow();
    void goesRoundAllPanesOfAllViews_data();
    void goesRoundAllPanesOfAllViews();

private:
    template <typename T = QWidget> [[nodiscard]] T *child(const QString &name) const
    {
        T *found = m_open->window()->findChild<T *>(name);
        if (!found)
            qFatal("There is no %s.", qPrintable(name));
        return found;
    }
    [[nodiscard]] QString focused() const
    {
        const QWidget *widget = QApplication::focusWidget();
        return widget ? widget->objectName() : u"nothing"_s;
    }
    bool xdotool(const QString &command)
    {
        return m_keys.state() == QProcess::Running && m_keys.write(command.toUtf8() + '\n') > 0;
    }
    /// "Return", "alt+2", "ctrl+k": as keyboards send them.
    bool press(const QString &keys) { return xdotool(u"key --clearmodifiers "_s + keys); }
    /// Without blanks.
    bool type(const QString &text) { return xdotool(u"type --delay 2 "_s + text); }
    /// Tab until that has the focus; false where it comes round without it.
    bool tabTo(const QString &name)
    {
        for (int i = 0; i < 60; ++i) {
            if (focused() == name)
                return true;
            const QWidget *before = QApplication::focusWidget();
            if (!press(u"Tab"_s)
                || !gatehouse::waitFor([before] { return QApplication::focusWidget() != before; }, 2'000))
                return false;
        }
        return false;
    }

    QProcess m_manager;
    QProcess m_keys; ///< xdotool, which reads what to do line by line.
    std::unique_ptr<OpenWindow> m_open;
    Peer m_peer;
};

#define PRESS(keys) QVERIFY2(press(QStringLiteral(keys)), keys)
#define FOCUS(name) QTRY_COMPARE_WITH_TIMEOUT(focused(), QStringLiteral(name), 10'000)

void TestTour::initTestCase()
{
    if (QGuiApplication::platformName() != "xcb"_L1)
        QSKIP("There is no X server, to which keys could be sent.");
    QStandardPaths::setTestModeEnabled(true);
    m_manager.start(u"openbox"_s, {u"--sm-disable"_s});
    m_keys.setProcessChannelMode(QProcess::ForwardedChannels);
    m_keys.start(u"xdotool"_s, {u"-"_s});
    QVERIFY2(m_manager.waitForStarted() && m_keys.waitForStarted(),
             "openbox and xdotool are packages of scripts/install-packages test.");
}

void TestTour::cleanupTestCase()
{
    m_keys.closeWriteChannel();
    m_keys.waitForFinished();
    m_manager.terminate();
    m_manager.waitForFinished();
}

void TestTour::init()
{
    host::Settings settings;
    settings.autoSignIn = u"ada@example.com"_s;
    m_open = std::make_unique<OpenWindow>(settings, true);
    m_open->window()->client()->run()->setCallbackPort(0);
    m_open->window()->client()->run()->setOpener([this](const QUrl &url) {
        m_peer.follow(url); // As a browser does, where nobody has to press anything.
        return true;
    });
    QTRY_VERIFY(m_open->window()->windowHandle()->frameMargins().top() > 0); // It is managed.
    QVERIFY(QTest::qWaitForWindowActive(m_open->window()));
    QVERIFY(m_open->waitForServer());
    FOCUS("homeRunIt");
}

void TestTour::goesFromHomeToARefusedCall()
{
    PRESS("Return");
    QTRY_VERIFY_WITH_TIMEOUT(child(u"homeResult"_s)->isVisible(), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(child<QLabel>(u"homeResultMore"_s)->text().contains(u"10 of 10"_s), 20'000);
    FOCUS("homeRunIt");
    QVERIFY(tabTo(u"homeLookAtStep"_s));
    PRESS("Return");
    FOCUS("traffic");
    // The last of the attacks, and why it was refused.
    PRESS("ctrl+f");
    FOCUS("filter");
    QVERIFY(type(u"auth:wrong_audience"_s));
    PRESS("Return");
    FOCUS("traffic");
    auto *table = child<QTableView>(u"traffic"_s);
    QTRY_COMPARE(table->model()->rowCount(), 1);
    PRESS("Down");
    QTRY_VERIFY(child(u"details"_s)->isVisible());
    FOCUS("traffic");
    QTRY_VERIFY2(child<QLabel>(u"stripSentence"_s)->text().startsWith(u"Refused: "_s),
                 qPrintable(child<QLabel>(u"stripSentence"_s)->text()));
    PRESS("ctrl+5");
    QTRY_COMPARE(child<QTabWidget>(u"detailTabs"_s)->currentIndex(), 4);
    PRESS("F6");
    QTRY_VERIFY(child(u"details"_s)->isAncestorOf(QApplication::focusWidget()));
    PRESS("shift+F6");
    FOCUS("traffic");
    // Once more to the field: Esc empties it, and leads back.
    PRESS("ctrl+f");
    FOCUS("filter");
    PRESS("Escape");
    QTRY_VERIFY(table->model()->rowCount() > 1);
    FOCUS("filter");
    PRESS("Escape");
    FOCUS("traffic");
}

void TestTour::looksAtAnIssuerOfOnesOwn()
{
    const QString sandbox = m_open->running().issuer;
    QVERIFY(tabTo(u"homeSubdomain"_s));
    QVERIFY(type(sandbox));
    PRESS("Return");
    QTRY_VERIFY(child<QLabel>(u"issuerLine3"_s)->text().startsWith(u"is open"_s));
    FOCUS("homeSubdomain");
    // To another one, where nobody is, and back.
    PRESS("ctrl+a");
    QVERIFY(type(u"http://127.0.0.1:9"_s));
    QVERIFY(tabTo(u"homeUse"_s));
    PRESS("Return");
    QTRY_COMPARE(m_open->running().issuer, u"http://127.0.0.1:9"_s);
    QTRY_VERIFY(child(u"homeSandbox"_s)->isVisible());
    QVERIFY(tabTo(u"homeSandbox"_s));
    PRESS("Return");
    QTRY_VERIFY(m_open->running().sandbox);
    QTRY_VERIFY2(child(u"homeView"_s)->isAncestorOf(QApplication::focusWidget()), qPrintable(focused()));
}

void TestTour::callsATool()
{
    PRESS("alt+5");
    FOCUS("offered");
    QVERIFY(tabTo(u"searchTools"_s));
    QVERIFY(type(u"profile"_s));
    PRESS("Return");
    FOCUS("offered");
    QTRY_COMPARE(child<QLabel>(u"offerTitle"_s)->text(), u"Get profile"_s);
    PRESS("ctrl+Return");
    QTRY_VERIFY2(child<QLabel>(u"answerSentence"_s)->text().contains(u"Answered"_s),
                 qPrintable(child<QLabel>(u"answerSentence"_s)->text()));
    FOCUS("offered");
    QVERIFY(tabTo(u"answerTraffic"_s));
    PRESS("Return");
    FOCUS("traffic");
}

void TestTour::comesBackFromEveryWindow_data()
{
    QTest::addColumn<QString>("keys");
    QTest::addColumn<QString>("there");
    QTest::addColumn<int>("escapes");
    QTest::newRow("all keys") << u"F1"_s << u"shortcutSearch"_s << 1;
    QTest::newRow("the settings") << u"ctrl+comma"_s << u"search"_s << 1;
    QTest::newRow("find anything") << u"ctrl+k"_s << u"paletteField"_s << 1;
    QTest::newRow("a menu") << u"alt+f"_s << u"fileMenu"_s << 2; // Out of the menu, and out of the bar.
}

void TestTour::comesBackFromEveryWindow()
{
    QFETCH(const QString, keys);
    QFETCH(const QString, there);
    QFETCH(const int, escapes);
    const auto isThere = [&] {
        const QWidget *popup = QApplication::activePopupWidget();
        return focused() == there || (popup && popup->objectName() == there);
    };
    QVERIFY(press(keys));
    QTRY_VERIFY2_WITH_TIMEOUT(isThere(), qPrintable(focused()), 10'000);
    for (int i = 0; i < escapes; ++i)
        PRESS("Escape");
    FOCUS("homeRunIt");
    QTRY_COMPARE(QApplication::activeWindow(), m_open->window());
    QVERIFY(!QApplication::activePopupWidget());
}

void TestTour::goesRoundAllPanesOfAllViews_data()
{
    QTest::addColumn<QString>("keys");
    QTest::addColumn<QString>("view");
    QTest::newRow("home") << u"alt+1"_s << u"homeView"_s;
    QTest::newRow("traffic") << u"alt+2"_s << u"trafficView"_s;
    QTest::newRow("clients") << u"alt+3"_s << u"clientsView"_s;
    QTest::newRow("sign-in") << u"alt+4"_s << u"clientView"_s;
    QTest::newRow("tools") << u"alt+5"_s << u"toolsView"_s;
    QTest::newRow("keys") << u"alt+6"_s << u"keysView"_s;
    QTest::newRow("checks") << u"alt+7"_s << u"checksView"_s;
}

/// From its home back to it by F6, each stop somewhere else and in sight.
void TestTour::goesRoundAllPanesOfAllViews()
{
    QFETCH(const QString, keys);
    QFETCH(const QString, view);
    QVERIFY(press(keys));
    QTRY_VERIFY(child(view)->isVisible());
    QTRY_VERIFY2(child(view)->isAncestorOf(QApplication::focusWidget()), qPrintable(focused()));
    QList<QWidget *> stops{QApplication::focusWidget()};
    for (int i = 0; i < 20; ++i) {
        const QWidget *before = QApplication::focusWidget();
        PRESS("F6");
        QTRY_VERIFY(QApplication::focusWidget() && QApplication::focusWidget() != before);
        QWidget *now = QApplication::focusWidget();
        QVERIFY2(!now->visibleRegion().isEmpty(), qPrintable(focused()));
        if (stops.contains(now))
            break;
        stops.append(now);
    }
    QCOMPARE(QApplication::focusWidget(), stops.first());
    QVERIFY(stops.size() >= 4); // Bar, rail, view and foot at least.
}

GATEHOUSE_TEST(TestTour)
#include "tst_tour.moc"
