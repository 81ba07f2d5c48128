// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clientview.h"
#include "app/homeview.h"
#include "app/mainwindow.h"
#include "app/steplanes.h"
#include "support/openwindow.h"
#include "support/peer.h"
#include "support/unit.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::app;
using namespace Qt::StringLiterals;
using State = StepLanes::State;

/// Where one begins.
class TestHome : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void cleanup() { m_open.reset(); }
    void isWhatOneSeesFirst();
    void signsInWithOneButtonAndTriesToGetInWithoutPermission();
    void waitsForThePersonAndCanBeCancelled();
    void saysWhereItStopped();
    void looksAtAnAuthKitOfOnesOwn();
    void saysWhatIsNoSubdomain();
    void saysThatNobodyIsThere();
    void turnsToAnotherIssuerAndBack();
    void offersAnotherPort();
    void mayGoWhileItLooks();
    void forgetsAKeptClientToShowWhatRegistrationOffIs();
    void cancelsByTheKeyThatBegan();
    void playsWhatGoesWrong();

private:
    void open(host::Settings settings = {}, bool signsInByItself = true)
    {
        if (signsInByItself)
            settings.autoSignIn = u"ada@example.com"_s;
        m_open = std::make_unique<OpenWindow>(settings, true);
        m_open->window()->client()->run()->setCallbackPort(0);
        m_open->window()->client()->run()->setOpener([this](const QUrl &url) {
            m_peer.follow(url);
            return true;
        });
        QVERIFY(m_open->waitForServer());
    }
    template <typename T> [[nodiscard]] T *child(const QString &name) const
    {
        T *found = m_open->window()->findChild<T *>(name);
        if (!found)
            qFatal("There is no %s.", qPrintable(name));
        return found;
    }
    [[nodiscard]] State row(int index) const
    {
        return child<StepLanes>(u"stepLanes"_s)->rows().at(index).state;
    }
    [[nodiscard]] QString text(const QString &label) const { return child<QLabel>(label)->text(); }
    [[nodiscard]] QString line(int index) const { return text(u"issuerLine%1"_s.arg(index)); }

    Peer m_peer;
    std::unique_ptr<OpenWindow> m_open;
};

void TestHome::isWhatOneSeesFirst()
{
    open();
    QVERIFY(child<HomeView>(u"homeView"_s)->isVisible());
    QTRY_COMPARE(m_open->window()->focusWidget(), child<QPushButton>(u"homeRunIt"_s));
    QTRY_VERIFY2(text(u"homeAbout"_s).contains(m_open->running().resource), qPrintable(text(u"homeAbout"_s)));
    QTRY_VERIFY(!text(u"homeAbout"_s).contains(u"tools: 0"_s));
    for (int i = 0; i < 7; ++i)
        QCOMPARE(row(i), State::Waiting);
    QVERIFY(!child<QWidget>(u"homeProblem"_s)->isVisible());
}

void TestHome::signsInWithOneButtonAndTriesToGetInWithoutPermission()
{
    open();
    child<QPushButton>(u"homeRunIt"_s)->click();
    QVERIFY(!child<QPushButton>(u"homeRunIt"_s)->isEnabled());
    auto *result = child<QWidget>(u"homeResult"_s);
    QTRY_VERIFY_WITH_TIMEOUT(result->isVisible(), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(text(u"homeResultMore"_s).contains(u"10 of 10"_s), 20'000);
    QVERIFY2(text(u"homeResultSentence"_s).startsWith(u"Ada Lovelace is in"_s),
             qPrintable(text(u"homeResultSentence"_s)));
    for (int i = 0; i < 7; ++i)
        QCOMPARE(row(i), State::Done);
    QVERIFY(child<QPushButton>(u"homeRunIt"_s)->isEnabled());
    QVERIFY(child<StepLanes>(u"stepLanes"_s)->accessibleDescription().contains(u"Get the token: done"_s));
    child<QPushButton>(u"homeLookAtStep"_s)->click();
    QTRY_VERIFY(child<QWidget>(u"trafficView"_s)->isVisible());
}

void TestHome::waitsForThePersonAndCanBeCancelled()
{
    open({}, false);
    int opened = 0;
    m_open->window()->client()->run()->setOpener([&opened](const QUrl &) {
        ++opened;
        return true;
    });
    child<QPushButton>(u"homeRunIt"_s)->click();
    auto *wait = child<QWidget>(u"homeWait"_s);
    QTRY_VERIFY_WITH_TIMEOUT(wait->isVisible(), 10'000);
    QCOMPARE(row(3), State::Running);
    QCOMPARE(opened, 1);
    child<QPushButton>(u"homeOpenAgain"_s)->click();
    QCOMPARE(opened, 2);
    child<QPushButton>(u"homeCancel"_s)->click();
    QTRY_VERIFY(!wait->isVisible());
    QTRY_VERIFY(child<QPushButton>(u"homeRunIt"_s)->isEnabled());
    QTRY_VERIFY(text(u"homeResultSentence"_s).startsWith(u"Cancelled"_s));
}

void TestHome::saysWhereItStopped()
{
    host::Settings settings;
    settings.failures = {u"registration-off"_s};
    open(settings);
    child<QPushButton>(u"homeRunIt"_s)->click();
    QTRY_COMPARE_WITH_TIMEOUT(row(2), State::Failed, 10'000);
    QTRY_VERIFY(text(u"homeResultSentence"_s).contains(u"DCR is disabled"_s));
    QCOMPARE(row(4), State::Waiting);
    child<QPushButton>(u"homeLookAtStep"_s)->click();
    QTRY_VERIFY(m_open->window()->client()->isVisible());
}

void TestHome::looksAtAnAuthKitOfOnesOwn()
{
    open();
    auto *subdomain = child<QLineEdit>(u"homeSubdomain"_s);
    subdomain->setText(m_open->running().issuer);
    child<QPushButton>(u"homeTest"_s)->click();
    QTRY_VERIFY2(line(3).startsWith(u"is open"_s), qPrintable(line(3)));
    QCOMPARE(line(0), u"127.0.0.1 answers"_s);
    QVERIFY(line(1).startsWith(u"both read"_s));
    QCOMPARE(line(2), u"good for signatures: 1"_s);
    QVERIFY(line(4).contains(m_open->running().resource));
    child<QPushButton>(u"homeCopyAddress"_s)->click();
    QCOMPARE(QApplication::clipboard()->text(), m_open->running().resource);
    // It is in use already.
    QVERIFY(!child<QPushButton>(u"homeUse"_s)->isEnabled());
    subdomain->setText(u"acme"_s);
    QCOMPARE(line(0), u"not checked yet"_s);
    QCOMPARE(child<QPushButton>(u"homeUse"_s)->text(), u"Use acme.authkit.app"_s);
}

void TestHome::saysWhatIsNoSubdomain()
{
    open();
    child<QLineEdit>(u"homeSubdomain"_s)->setText(u"http://example.com"_s);
    child<QPushButton>(u"homeTest"_s)->click();
    auto *fault = child<QLabel>(u"homeSubdomainFault"_s);
    QVERIFY(fault->isVisible() && !fault->text().isEmpty());
    QVERIFY(!child<QPushButton>(u"homeUse"_s)->isEnabled());
}

void TestHome::saysThatNobodyIsThere()
{
    open();
    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost, 0));
    const int port = closed.serverPort();
    closed.close();
    child<QLineEdit>(u"homeSubdomain"_s)->setText(u"http://127.0.0.1:%1"_s.arg(port));
    child<QPushButton>(u"homeTest"_s)->click();
    QTRY_VERIFY2(line(0).startsWith(u"cannot be reached"_s), qPrintable(line(0)));
    QVERIFY(line(1).startsWith(u"not checked"_s));
}

void TestHome::turnsToAnotherIssuerAndBack()
{
    open();
    const QString sandbox = m_open->running().issuer;
    QVERIFY(!child<QPushButton>(u"homeSandbox"_s)->isVisible());
    child<QLineEdit>(u"homeSubdomain"_s)->setText(u"http://127.0.0.1:9"_s);
    child<QPushButton>(u"homeUse"_s)->click();
    QTRY_COMPARE(m_open->running().issuer, u"http://127.0.0.1:9"_s);
    auto *back = child<QPushButton>(u"homeSandbox"_s);
    QTRY_VERIFY(back->isVisible());
    back->click();
    QTRY_VERIFY(m_open->running().sandbox);
}

void TestHome::offersAnotherPort()
{
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost, 0));
    open();
    m_open->window()->host()->stop();
    auto *start = child<QPushButton>(u"homeStart"_s);
    QTRY_VERIFY(start->isVisible());
    host::Settings settings;
    settings.port = taken.serverPort();
    settings.sandboxPort = 0;
    m_open->window()->host()->start(settings);
    auto *other = child<QPushButton>(u"homeOtherPort"_s);
    QTRY_VERIFY(other->isVisible());
    other->click();
    QTRY_COMPARE(m_open->window()->host()->state(), host::Host::State::Listening);
    QTRY_VERIFY(!start->isVisible());
}

void TestHome::mayGoWhileItLooks()
{
    open();
    QTcpServer silent; // It takes the connection, and never answers.
    QVERIFY(silent.listen(QHostAddress::LocalHost, 0));
    child<QLineEdit>(u"homeSubdomain"_s)->setText(u"http://127.0.0.1:%1"_s.arg(silent.serverPort()));
    child<QPushButton>(u"homeTest"_s)->click();
    QTRY_VERIFY(silent.hasPendingConnections());
    QCOMPARE(line(0), u"asking"_s);
    m_open.reset();
}

void TestHome::forgetsAKeptClientToShowWhatRegistrationOffIs()
{
    open();
    child<QPushButton>(u"homeRunIt"_s)->click();
    QTRY_VERIFY_WITH_TIMEOUT(text(u"homeResultMore"_s).contains(u"10 of 10"_s), 20'000);
    QTRY_VERIFY(child<QPushButton>(u"showMe_registration-off"_s)->isEnabled());
    child<QPushButton>(u"showMe_registration-off"_s)->click();
    QTRY_COMPARE_WITH_TIMEOUT(row(2), State::Failed, 15'000);
    // It does not stand in the way of the next one.
    child<QAction>(u"actionHome"_s)->trigger();
    QTRY_VERIFY(child<QPushButton>(u"showMe_token-audience"_s)->isEnabled());
    child<QPushButton>(u"showMe_token-audience"_s)->click();
    QTRY_COMPARE_WITH_TIMEOUT(row(4), State::Done, 15'000);
}

void TestHome::cancelsByTheKeyThatBegan()
{
    open({}, false);
    m_open->window()->client()->run()->setOpener([](const QUrl &) { return true; });
    m_open->window()->activateWindow();
    child<QPushButton>(u"homeRunIt"_s)->setFocus();
    QTest::keyClick(child<QPushButton>(u"homeRunIt"_s), Qt::Key_Space);
    QTRY_COMPARE(m_open->window()->focusWidget(), child<QPushButton>(u"homeCancel"_s));
    QTRY_VERIFY_WITH_TIMEOUT(child<QWidget>(u"homeWait"_s)->isVisible(), 10'000);
    QTest::keyClick(child<QPushButton>(u"homeCancel"_s), Qt::Key_Space);
    QTRY_COMPARE(m_open->window()->focusWidget(), child<QPushButton>(u"homeRunIt"_s));
}

void TestHome::playsWhatGoesWrong()
{
    open();
    child<QPushButton>(u"showMe_token-audience"_s)->click();
    QTRY_VERIFY(m_open->window()->client()->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(m_open->window()->client()->run()->isOver(), 15'000);
    QVERIFY(m_open->window()->client()->run()->flow()->failure());
}

GATEHOUSE_TEST(TestHome)
#include "tst_home.moc"
