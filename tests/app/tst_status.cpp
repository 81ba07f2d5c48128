// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/mainwindow.h"
#include "app/settingsdialog.h"
#include "app/statusline.h"
#include "app/traffictable.h"
#include "app/trafficview.h"
#include "support/openwindow.h"
#include "support/peer.h"
#include "support/unit.h"

#include <QApplication>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::app;
using namespace Qt::StringLiterals;

/// What stands at the foot of the window, and where it leads.
class TestStatus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init()
    {
        m_open = std::make_unique<OpenWindow>();
        QVERIFY(m_open->waitUntilReady());
    }
    void cleanup() { m_open.reset(); }
    void leadsToTheNewestRow();
    void showsTheRowsOfTheSandbox();
    void leadsToViewsAndSettings();
    void isReachedByKeys();
    void givesWayWhereThereIsLittleRoom_data();
    void givesWayWhereThereIsLittleRoom();

private:
    template <typename T> [[nodiscard]] T *child(const QString &name) const
    {
        T *found = m_open->window()->findChild<T *>(name);
        if (!found)
            qFatal("There is no %s.", qPrintable(name));
        return found;
    }
    [[nodiscard]] StatusItem *item(const QString &name) const { return child<StatusItem>(name); }
    void call(int times)
    {
        const int before = m_open->traffic()->rowCount();
        for (int i = 0; i < times; ++i)
            QCOMPARE(m_peer.call(m_open->running().resource, {}), 401);
        QTRY_COMPARE(m_open->traffic()->rowCount(), before + times);
    }

    std::unique_ptr<OpenWindow> m_open;
    Peer m_peer;
};

void TestStatus::leadsToTheNewestRow()
{
    call(3);
    QCOMPARE(item(u"statusShown"_s)->said(), u"3 of 3 shown"_s);
    QCOMPARE(item(u"statusNewest"_s)->said(), u"Following the newest"_s);
    auto *table = child<TrafficTable>(u"traffic"_s);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Home, Qt::ControlModifier);
    QCOMPARE(item(u"statusNewest"_s)->said(), u"Scrolled back"_s);
    call(2);
    QTRY_COMPARE(item(u"statusNewest"_s)->said(), u"Scrolled back, 2 new below"_s);
    QTest::keyClick(m_open->window(), Qt::Key_1, Qt::AltModifier);
    item(u"statusNewest"_s)->click();
    QVERIFY(child<TrafficView>(u"trafficView"_s)->isVisible());
    QVERIFY(table->isFollowing());
    QCOMPARE(item(u"statusNewest"_s)->said(), u"Following the newest"_s);
    QCOMPARE(QApplication::focusWidget(), table);
    child<TrafficView>(u"trafficView"_s)->togglePause();
    QCOMPARE(m_peer.call(m_open->running().resource, {}), 401);
    QTRY_COMPARE(item(u"statusNewest"_s)->said(), u"Paused, 1 not recorded"_s);
    item(u"statusNewest"_s)->click();
    QVERIFY(!child<TrafficView>(u"trafficView"_s)->isPaused());
    item(u"statusShown"_s)->click();
    QCOMPARE(QApplication::focusWidget(), child<TrafficView>(u"trafficView"_s)->filter());
}

void TestStatus::showsTheRowsOfTheSandbox()
{
    QVERIFY(item(u"statusSandbox"_s)->isHidden());
    m_peer.ask("GET", m_open->running().issuer + u"/.well-known/openid-configuration"_s);
    call(1);
    // The server has read its documents as well, now or in a moment.
    QTRY_VERIFY(item(u"statusSandbox"_s)->said().startsWith(u"Sandbox rows hidden: "_s));
    item(u"statusSandbox"_s)->setFocus();
    QTest::keyClick(item(u"statusSandbox"_s), Qt::Key_Space);
    QVERIFY(m_open->traffic()->rowCount() >= 2);
    QVERIFY(item(u"statusSandbox"_s)->isHidden());
    QTRY_COMPARE(QApplication::focusWidget(), child<TrafficTable>(u"traffic"_s)); // What had it has gone.
}

void TestStatus::leadsToViewsAndSettings()
{
    m_peer.call(m_open->running().resource, m_peer.token(m_open->running().issuer)); // Keys are read.
    QTRY_VERIFY(item(u"statusKeys"_s)->said().startsWith(u"Keys read "_s));
    item(u"statusKeys"_s)->click();
    QVERIFY(child<QWidget>(u"keysView"_s)->isVisible());
    QVERIFY(item(u"statusIssuer"_s)->said().contains(m_open->running().issuer));
    const auto opens = [this](const QString &name, const QString &field) {
        item(name)->click();
        const bool isThere = gatehouse::waitFor(
            [&] {
                const QWidget *now = QApplication::focusWidget();
                return now && now->objectName() == field && now->window() != m_open->window();
            },
            5'000);
        const QWidget *now = QApplication::focusWidget();
        if (!isThere)
            qWarning() << (now ? now->objectName() : u"nothing"_s) << "has the focus";
        m_open->window()->findChild<SettingsDialog *>()->close();
        m_open->window()->activateWindow();
        return isThere && QTest::qWaitForWindowActive(m_open->window());
    };
    QVERIFY(opens(u"statusIssuer"_s, u"subdomain"_s));
    QVERIFY(opens(u"statusSecrets"_s, u"apiKey"_s));
}

void TestStatus::isReachedByKeys()
{
    call(1);
    child<TrafficTable>(u"traffic"_s)->setFocus();
    const auto has = [](const QString &name) {
        const QWidget *now = QApplication::focusWidget();
        return now && now->objectName() == name;
    };
    for (int i = 0; i < 12 && !has(u"statusShown"_s); ++i)
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6);
    QVERIFY(has(u"statusShown"_s));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QVERIFY(has(u"statusNewest"_s));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6);
    QVERIFY(child<QWidget>(u"facts"_s)->isAncestorOf(QApplication::focusWidget()));
    for (const StatusItem *one : m_open->window()->statusBar()->findChildren<StatusItem *>()) {
        if (!one->isHidden()) {
            QCOMPARE(one->accessibleName(), one->said());
            QVERIFY2(!one->toolTip().isEmpty(), qPrintable(one->objectName()));
        }
    }
}

void TestStatus::givesWayWhereThereIsLittleRoom_data()
{
    QTest::addColumn<int>("width");
    QTest::newRow("wide") << 1500;
    QTest::newRow("small") << 1024;
}

void TestStatus::givesWayWhereThereIsLittleRoom()
{
    QFETCH(const int, width);
    m_peer.call(m_open->running().resource, m_peer.token(m_open->running().issuer));
    QTRY_VERIFY(!item(u"statusKeys"_s)->isHidden());
    m_open->window()->resize(width, 700);
    QTRY_COMPARE(m_open->window()->width(), width);
    const auto items = m_open->window()->statusBar()->findChildren<StatusItem *>();
    for (const StatusItem *one : items) {
        if (one->isHidden())
            continue;
        const QRect there(one->mapTo(m_open->window(), QPoint()), one->size());
        QVERIFY2(m_open->window()->rect().contains(there), qPrintable(one->objectName()));
        for (const StatusItem *other : items) {
            const QRect at(other->mapTo(m_open->window(), QPoint()), other->size());
            QVERIFY2(other == one || other->isHidden() || !at.intersects(there),
                     qPrintable(one->objectName()));
        }
        if (width > 1400)
            QVERIFY2(one->width() >= one->sizeHint().width(), qPrintable(one->objectName()));
    }
}

GATEHOUSE_TEST(TestStatus)
#include "tst_status.moc"
