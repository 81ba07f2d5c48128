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
    void comesBackFromEveryWindow();

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
    static bool xdotool(const QStringList &arguments)
    {
        QProcess tool;
        tool.start(u"xdotool"_s, arguments);
        return gatehouse::waitFor([&tool] { return tool.state() == QProcess::NotRunning; }, 10'000)
            && tool.exitStatus() == QProcess::NormalExit && tool.exitCode() == 0;
    }
    /// "Return", "alt+2", "ctrl+k": as keyboards send them.
    static bool press(const QString &keys) { return xdotool({u"key"_s, u"--clearmodifiers"_s, keys}); }
    static bool type(const QString &text) { return xdotool({u"type"_s, u"--delay"_s, u"2"_s, text}); }
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
    QVERIFY2(m_manager.waitForStarted(), "openbox is one of the packages of scripts/install-packages test.");
}

void TestTour::cleanupTestCase()
{
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
    PRESS("space");
    QTRY_VERIFY_WITH_TIMEOUT(child(u"homeResult"_s)->isVisible(), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(child<QLabel>(u"homeResultMore"_s)->text().contains(u"10 of 10"_s), 20'000);
    qDebug() << focused();
    QVERIFY(tabTo(u"homeLookAtStep"_s));
    PRESS("Return");
    FOCUS("traffic");
    PRESS("Home");
    qDebug() << focused();
    PRESS("F6");
    qDebug() << focused();
    PRESS("ctrl+5");
    qDebug() << focused();
    PRESS("ctrl+f");
    FOCUS("filter");
    QVERIFY(type(u"is:refused"_s));
    PRESS("Return");
    FOCUS("traffic");
    PRESS("Escape");
    qDebug() << focused();
}

void TestTour::looksAtAnIssuerOfOnesOwn()
{
    QVERIFY(tabTo(u"homeSubdomain"_s));
    QVERIFY(type(m_open->running().issuer));
    PRESS("Return");
    QTRY_VERIFY(child<QLabel>(u"issuerLine3"_s)->text().startsWith(u"is open"_s));
    qDebug() << focused();
}

void TestTour::callsATool()
{
    PRESS("alt+5");
    qDebug() << focused();
}

void TestTour::comesBackFromEveryWindow()
{
    PRESS("F1");
    PRESS("Escape");
    FOCUS("homeRunIt");
    PRESS("ctrl+comma");
    PRESS("Escape");
    FOCUS("homeRunIt");
    PRESS("ctrl+k");
    PRESS("Escape");
    FOCUS("homeRunIt");
    PRESS("alt+f");
    PRESS("Escape");
    FOCUS("homeRunIt");
}

GATEHOUSE_TEST(TestTour)
#include "tst_tour.moc"
