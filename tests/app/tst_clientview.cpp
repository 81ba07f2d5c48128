// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/checkspage.h"
#include "app/clientview.h"
#include "app/details.h"
#include "app/mainwindow.h"
#include "app/traffictable.h"
#include "app/trafficview.h"
#include "base/secretstore.h"
#include "oauth/scriptedserver.h"
#include "support/browser.h"
#include "support/peer.h"
#include "support/unit.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScopeGuard>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QTreeWidget>

using namespace gatehouse;
using namespace gatehouse::app;
using namespace Qt::StringLiterals;
using inspector::TrafficModel;
using State = host::Host::State;

/// The built-in client in the window, over the real server and its sandbox.
class TestClientView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void walksTheWholeWayWithABrowser();
    void comesBackThroughTheServersOwnPort();
    void saysWhichRedirectsThereCanBe_data();
    void saysWhichRedirectsThereCanBe();
    void stopsWhereTheUserDenies();
    void saysHowLongItWaitsAndOpensAgain();
    void stopsAtADisabledRegistrationUntilItIsAllowed();
    void takesAClientIdInstead();
    void goesStepByStepWithTheKeyboardAlone();
    void leadsFromEachStepToItsRowAndBack();
    void passesElevenNegativeChecks();
    void keepsTheTokenOfOneServerFromAnother();
    void seesAWrongTokenBeforeTheServerDoes_data();
    void seesAWrongTokenBeforeTheServerDoes();
    void callsAToolWithTypedArguments();
    void refreshesAndForgets();
    void usesAKeptSignIn();
    void runsAgainFromAStep();
    void asksForTheChosenScopes();
    void tellsWhatIsWrongWithAnAddress_data();
    void tellsWhatIsWrongWithAnAddress();
    void remembersServersAndTheView();
    void copiesAReportWithoutSecrets();
    void staysWithinTheScreenAtEverySizeOfText_data();
    void staysWithinTheScreenAtEverySizeOfText();
    void cancelsAtEveryStep();
    void closesAtEveryStep();

private:
    template <typename T> T *child(const QString &name) const
    {
        T *found = m_window->findChild<T *>(name);
        if (!found)
            qFatal("There is no %s.", qPrintable(name));
        return found;
    }
    void click(const QString &name) const
    {
        QCoreApplication::processEvents(); // A click goes where the widget is, so it must have been laid out.
        QTest::mouseClick(child<QWidget>(name), Qt::LeftButton);
    }
    void open(const host::Settings &changes = {});
    /// What the browser of the other tests is: follows redirects, for a sandbox that signs in by itself.
    void signInByItself()
    {
        m_window->client()->run()->setOpener([this](const QUrl &url) {
            m_peer.follow(url);
            return true;
        });
    }
    QTreeWidget *list() const { return child<QTreeWidget>(u"steps"_s); }
    void choose(int row) const { list()->setCurrentItem(list()->topLevelItem(row)); }
    oauth::StepState state(oauth::StepId id) const
    {
        const oauth::Flow *flow = m_window->client()->run()->flow();
        return flow ? flow->steps().at(int(id)).state : oauth::StepState::Waiting;
    }
    bool isOver() const
    {
        const oauth::Flow *flow = m_window->client()->run()->flow();
        return flow && child<QPushButton>(u"runAll"_s)->isEnabled()
            && (flow->failure() || flow->current() >= oauth::stepCount);
    }
    QByteArray why() const
    {
        const oauth::Flow *flow = m_window->client()->run()->flow();
        return flow && flow->failure() ? flow->failure()->text.toUtf8() : QByteArray("no failure");
    }
    void runsToTheEnd()
    {
        click(u"runAll"_s);
        QTRY_VERIFY_WITH_TIMEOUT(isOver(), 20'000);
        QVERIFY2(!m_window->client()->run()->flow()->failure(), why().constData());
    }
    QString sentence() const { return child<QLabel>(u"stepStripSentence"_s)->text(); }
    QString more() const { return child<QLabel>(u"stepStripMore"_s)->text(); }
    QTableView *table() const { return child<QTableView>(u"traffic"_s); }
    static bool isListening(quint16 port)
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, port);
        return socket.waitForConnected(500);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_kept;
    std::unique_ptr<base::MemorySecretStore> m_secrets;
    std::unique_ptr<MainWindow> m_window;
    host::Running m_running;
    Peer m_peer;
};

void TestClientView::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_kept = std::make_unique<QSettings>(m_folder->filePath(u"window.ini"_s), QSettings::IniFormat);
    m_secrets = std::make_unique<base::MemorySecretStore>();
}

void TestClientView::cleanup()
{
    if (m_window)
        m_window->close();
    m_window.reset();
}

void TestClientView::open(const host::Settings &changes)
{
    host::Configuration configuration;
    configuration.settings = changes;
    configuration.settings.port = configuration.settings.sandboxPort = 0;
    configuration.kept = configuration.settings;
    m_window = std::make_unique<MainWindow>(configuration, m_folder->filePath(u"settings.json"_s),
                                            m_kept.get(), m_secrets.get());
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_window->start();
    QTRY_COMPARE(m_window->host()->state(), State::Listening);
    m_running = m_window->host()->running();
    child<QAction>(u"actionClient"_s)->trigger();
    QTRY_VERIFY(m_window->client()->isVisible());
    m_window->client()->run()->setCallbackPort(0); // Tests run side by side.
    signInByItself();
}

/// Settings with a sandbox that signs Ada in without its page.
static host::Settings byItself()
{
    host::Settings settings;
    settings.autoSignIn = u"ada@example.com"_s;
    return settings;
}

void TestClientView::walksTheWholeWayWithABrowser()
{
    if (Browser::program().isEmpty())
        QSKIP("There is no chromium here: the sandbox's page is not clicked.");
    Browser browser;
    QVERIFY(browser.start());
    open();
    QUrl wanted;
    m_window->client()->run()->setOpener([&wanted](const QUrl &url) {
        wanted = url;
        return true;
    });
    click(u"runAll"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!wanted.isEmpty(), 10'000);
    QVERIFY(browser.open(wanted));
    QVERIFY(browser.press(u"button[value=allow]"_s));
    QTRY_VERIFY_WITH_TIMEOUT(isOver(), 20'000);
    QVERIFY2(!m_window->client()->run()->flow()->failure(), why().constData());
    for (const oauth::Step &step : m_window->client()->run()->flow()->steps())
        QVERIFY2(step.state == oauth::StepState::Done, qPrintable(step.title));
    QTRY_VERIFY(browser.text().contains(u"Signed in"_s));
    QVERIFY(m_window->client()->run()->flow()->result().value("structuredContent"_L1).isObject());
    // The token page has the client's own verdict, with the signature checked by the issuer's keys.
    choose(6);
    QTRY_COMPARE(child<QLabel>(u"tokensStripSentence"_s)->text(), u"Valid for this server."_s);
    QVERIFY(child<QLabel>(u"tokensStripMore"_s)->text().contains(u"Signature good"_s));
    QTRY_VERIFY(child<QLabel>(u"clientExpiry"_s)->text().startsWith(u"Expires in"_s));
}

/// mcp-use documents http://localhost:3000/callback: the server's own port.
void TestClientView::comesBackThroughTheServersOwnPort()
{
    if (Browser::program().isEmpty())
        QSKIP("There is no chromium here: the sandbox's page is not clicked.");
    Browser browser;
    QVERIFY(browser.start());
    open();
    const QString own = u"http://localhost:%1/callback"_s.arg(m_running.port);
    auto *redirects = child<QComboBox>(u"redirects"_s);
    QTRY_COMPARE(redirects->itemText(1), own);
    redirects->setCurrentIndex(1);
    QUrl wanted;
    m_window->client()->run()->setOpener([&wanted](const QUrl &url) {
        wanted = url;
        return true;
    });
    const auto status = [&](const QString &path) { // Of a stranger's request there.
        Peer peer;
        return peer.ask("GET", u"http://127.0.0.1:%1%2"_s.arg(m_running.port).arg(path)).status;
    };
    QStringList taken; // What came there and was somebody's.
    connect(m_window->host(), &host::Host::exchanged, this, [&taken](const QList<exchange::Exchange> &batch) {
        for (const exchange::Exchange &one : batch) {
            if (one.path == "/callback" && one.status != 404)
                taken.append(QString::fromUtf8(one.path));
        }
    });
    QCOMPARE(status(u"/callback?code=x&state=y"_s), 404);
    click(u"runAll"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!wanted.isEmpty(), 10'000);
    QCOMPARE(status(u"/callback?code=x&state=y"_s), 400); // Another sign-in's.
    QCOMPARE(status(u"/callback/"_s), 404);
    QVERIFY(browser.open(wanted));
    QVERIFY(browser.press(u"button[value=allow]"_s));
    QTRY_VERIFY_WITH_TIMEOUT(isOver(), 20'000);
    QVERIFY2(!m_window->client()->run()->flow()->failure(), why().constData());
    QTRY_VERIFY(browser.text().contains(u"Signed in"_s));
    QCOMPARE(m_window->client()->run()->flow()->redirectUri(), own);
    QVERIFY2(status(u"/callback?code=x&state=y"_s) == 404, "one answer, and nobody waits any more");
    QCOMPARE(child<QLineEdit>(u"redirect"_s)->text(), own);
    QVERIFY2(taken.isEmpty(), "a code is in no row");
    disconnect(m_window->host(), &host::Host::exchanged, this, nullptr);
}

void TestClientView::saysWhichRedirectsThereCanBe_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("part");
    QTest::newRow("another machine") << u"http://example.com:3000/callback"_s << u"this machine only"_s;
    QTest::newRow("https") << u"https://localhost:3000/callback"_s << u"this machine only"_s;
    QTest::newRow("no port") << u"http://localhost/callback"_s << u"a port and a path"_s;
    QTest::newRow("no path") << u"http://localhost:3001"_s << u"a port and a path"_s;
    QTest::newRow("a query") << u"http://localhost:3001/cb?x=1"_s << u"a port and a path"_s;
    QTest::newRow("another spelling") << u"http://LOCALHOST:3001/cb"_s << u"http://localhost:3001/cb"_s;
    QTest::newRow("another path of this server") << QString() << u"redirect address is http://localhost"_s;
}

void TestClientView::saysWhichRedirectsThereCanBe()
{
    QFETCH(QString, address);
    QFETCH(const QString, part);
    open();
    if (address.isEmpty())
        address = u"http://localhost:%1/other"_s.arg(m_running.port);
    child<QComboBox>(u"redirects"_s)->setEditText(address);
    click(u"runAll"_s);
    QVERIFY2(child<QLabel>(u"serverFault"_s)->text().contains(part),
             qPrintable(child<QLabel>(u"serverFault"_s)->text()));
    QVERIFY(!m_window->client()->run()->isBusy());
}

void TestClientView::stopsWhereTheUserDenies()
{
    if (Browser::program().isEmpty())
        QSKIP("There is no chromium here: the sandbox's page is not clicked.");
    Browser browser;
    QVERIFY(browser.start());
    open();
    QUrl wanted;
    m_window->client()->run()->setOpener([&wanted](const QUrl &url) {
        wanted = url;
        return true;
    });
    click(u"runAll"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!wanted.isEmpty(), 10'000);
    QVERIFY(browser.open(wanted));
    QVERIFY(browser.press(u"button[value=deny]"_s));
    QTRY_VERIFY_WITH_TIMEOUT(isOver(), 20'000);
    QCOMPARE(state(oauth::StepId::Authorize), oauth::StepState::Failed);
    QCOMPARE(state(oauth::StepId::Token), oauth::StepState::Waiting);
    QCOMPARE(list()->currentItem(), list()->topLevelItem(4));
    QVERIFY2(sentence().contains(u"refused the sign-in: access_denied"_s), qPrintable(sentence()));
    QCOMPARE(more(), u"Sign in again and allow the access."_s);
    QTRY_VERIFY(browser.text().contains(u"Not signed in"_s));
    wanted.clear();
    QTRY_VERIFY(child<QPushButton>(u"offerTryAgain"_s)->isVisible());
    click(u"offerTryAgain"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!wanted.isEmpty(), 10'000); // The browser is out again.
    QCOMPARE(state(oauth::StepId::Client), oauth::StepState::Done);
}

void TestClientView::saysHowLongItWaitsAndOpensAgain()
{
    open();
    int opened = 0;
    m_window->client()->run()->setOpener([&opened](const QUrl &) { return ++opened > 1; });
    click(u"runAll"_s);
    QTRY_VERIFY(sentence().startsWith(u"No browser could be started."_s));
    QTRY_VERIFY(child<QPushButton>(u"copyUrl"_s)->isVisible());
    click(u"copyUrl"_s);
    const QUrl copied(QApplication::clipboard()->text());
    QCOMPARE(copied.path(), u"/oauth2/authorize"_s);
    QVERIFY(copied.query().contains(u"state="_s) && !copied.query().contains(u"…"_s));
    click(u"openAgain"_s);
    QCOMPARE(opened, 2);
    QVERIFY(sentence().startsWith(u"Waiting for the browser, 0:0"_s));
    QTRY_VERIFY_WITH_TIMEOUT(sentence().startsWith(u"Waiting for the browser, 0:02"_s), 5000);
    m_peer.follow(copied); // Nobody presses a button: the page stays.
    QVERIFY(!isOver());
    click(u"cancelRun"_s);
    QTRY_VERIFY(isOver());
    QVERIFY(!child<QPushButton>(u"copyUrl"_s)->isVisible());
    QCOMPARE(sentence(), u"Cancelled."_s);
}

void TestClientView::stopsAtADisabledRegistrationUntilItIsAllowed()
{
    host::Settings settings = byItself();
    settings.failures = {u"registration-off"_s};
    open(settings);
    QTRY_COMPARE(child<QAbstractButton>(u"faults"_s)->text(), u"Sandbox: 1 broken"_s);
    click(u"runAll"_s);
    QTRY_VERIFY_WITH_TIMEOUT(isOver(), 10'000);
    QCOMPARE(state(oauth::StepId::Client), oauth::StepState::Failed);
    QCOMPARE(list()->currentItem(), list()->topLevelItem(3));
    QVERIFY2(sentence().startsWith(u"DCR is disabled for this environment."_s), qPrintable(sentence()));
    QVERIFY(more().contains(u"Dashboard > Connect > Configuration"_s));
    // What a client id of one's own must be registered with is what such a client uses.
    auto *redirect = child<QLineEdit>(u"redirect"_s);
    QVERIFY(redirect->text().contains(u"/callback/"_s));
    child<QRadioButton>(u"identityGiven"_s)->setChecked(true);
    QVERIFY2(redirect->text().endsWith(u"/callback"_s), qPrintable(redirect->text()));
    child<QRadioButton>(u"identityRegister"_s)->setChecked(true);
    QVERIFY(redirect->text().contains(u"/callback/"_s));
    QVERIFY(child<QPlainTextEdit>(u"stepAnswered"_s)
                ->toPlainText()
                .contains(u"dynamic_client_registration_disabled"_s));
    QTRY_VERIFY(child<QPushButton>(u"offerAllowRegistration"_s)->isVisible());
    QVERIFY(child<QPushButton>(u"offerClientId"_s)->isVisible());
    click(u"offerAllowRegistration"_s);
    QTRY_COMPARE_WITH_TIMEOUT(state(oauth::StepId::Client), oauth::StepState::Done, 10'000);
    QCOMPARE(child<QAbstractButton>(u"faults"_s)->text(), u"Sandbox: break something"_s);
    // Run all was meant, and is what happens.
    QTRY_VERIFY_WITH_TIMEOUT(isOver(), 10'000);
    QCOMPARE(state(oauth::StepId::Call), oauth::StepState::Done);
    QTRY_COMPARE(child<QLabel>(u"clientResultSentence"_s)->text(),
                 u"Ada Lovelace is in; get-profile answered."_s);
    // Its button is gone: the next key press is none for the server.
    const QWidget *focus = QApplication::focusWidget();
    QVERIFY2(!focus || !child<QWidget>(u"bar"_s)->isAncestorOf(focus), qPrintable(focus->objectName()));
}

void TestClientView::takesAClientIdInstead()
{
    host::Settings settings = byItself();
    settings.failures = {u"registration-off"_s};
    open(settings);
    click(u"runAll"_s);
    QTRY_VERIFY_WITH_TIMEOUT(isOver(), 10'000);
    QTRY_VERIFY(child<QPushButton>(u"offerClientId"_s)->isVisible());
    click(u"offerClientId"_s);
    auto *clientId = child<QLineEdit>(u"clientId"_s);
    QTRY_VERIFY(clientId->hasFocus());
    QTest::keyClicks(clientId, u"client_unknown"_s);
    QTest::keyClick(m_window.get(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE_WITH_TIMEOUT(state(oauth::StepId::Client), oauth::StepState::Done, 10'000);
    QVERIFY(
        m_window->client()->run()->flow()->steps().at(3).detail.startsWith(u"client_unknown, as given."_s));
    // The sandbox does not know it, and nobody comes back from its page.
    QTRY_COMPARE(state(oauth::StepId::Authorize), oauth::StepState::Running);
    child<QAction>(u"actionCancelRun"_s)->trigger();
    QTRY_VERIFY(isOver());
}

void TestClientView::goesStepByStepWithTheKeyboardAlone()
{
    open(byItself());
    QTest::keyClick(m_window.get(), Qt::Key_2, Qt::AltModifier);
    QTRY_VERIFY(!m_window->client()->isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_4, Qt::AltModifier);
    QTRY_VERIFY(m_window->client()->isVisible());
    for (int step = 0; step < oauth::stepCount; ++step) {
        QTRY_VERIFY_WITH_TIMEOUT(child<QPushButton>(u"nextStep"_s)->isEnabled(), 10'000);
        QCOMPARE(m_window->client()->run()->flow() ? m_window->client()->run()->flow()->current() : 0, step);
        QTest::keyClick(m_window.get(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->client()->run()->flow()->current() > step, 10'000);
    }
    QTRY_VERIFY(isOver());
    QVERIFY2(!m_window->client()->run()->flow()->failure(), why().constData());
    QVERIFY(!child<QPushButton>(u"nextStep"_s)->isEnabled()); // It stays until Start over.
    list()->setFocus();
    QTest::keyClick(list(), Qt::Key_Home);
    QVERIFY(child<QLabel>(u"stepTitle"_s)->text().contains(u"Ask without a token"_s));
    QTest::keyClick(list(), Qt::Key_Down);
    QVERIFY(child<QLabel>(u"stepTitle"_s)->text().contains(u"Resource metadata"_s));
    QSet<QWidget *> visited;
    for (int i = 0; i < 12; ++i) {
        QTest::keyClick(m_window.get(), Qt::Key_F6);
        QVERIFY(m_window->focusWidget());
        QVERIFY2(m_window->focusWidget()->focusPolicy() != Qt::NoFocus,
                 m_window->focusWidget()->metaObject()->className());
        visited.insert(m_window->focusWidget());
    }
    QVERIFY(visited.contains(list()));
    QVERIFY2(visited.size() >= 5, QByteArray::number(visited.size()).constData());
}

void TestClientView::leadsFromEachStepToItsRowAndBack()
{
    open(byItself());
    runsToTheEnd();
    const int rows[] = {0, 1, 2, 3, 4, 5, 7, 8, 9, 10};
    for (const int row : rows) {
        child<QAction>(u"actionClient"_s)->trigger();
        choose(row);
        auto *button = child<QPushButton>(u"showInTraffic"_s);
        QTRY_VERIFY2(button->isEnabled(), qPrintable(child<QLabel>(u"stepTitle"_s)->text()));
        click(u"showInTraffic"_s);
        QTRY_VERIFY(child<QWidget>(u"trafficView"_s)->isVisible());
        const QModelIndex current = table()->currentIndex();
        const QString call = current.siblingAtColumn(TrafficModel::Call).data().toString();
        const QString expected[] = {u"server/discover"_s,
                                    u"GET /.well-known/oauth-protected-resource/mcp"_s,
                                    u"GET /.well-known/"_s,
                                    u"POST /oauth2/register"_s,
                                    u"GET /oauth2/authorize"_s,
                                    u"POST /oauth2/token"_s,
                                    {},
                                    u"server/discover"_s,
                                    u"tools/list"_s,
                                    u"tools/call get-profile"_s,
                                    u"POST /oauth2/token"_s};
        QVERIFY2(call.startsWith(expected[row]), qPrintable(u"%1: %2"_s.arg(row).arg(call)));
        auto *back = child<QPushButton>(u"showClientStep"_s);
        QTRY_VERIFY(back->isVisible());
        choose(0);
        click(u"showClientStep"_s);
        QTRY_VERIFY(m_window->client()->isVisible());
        QCOMPARE(list()->indexOfTopLevelItem(list()->currentItem()), row);
    }
    // Both verdicts on the token that the call was made with.
    choose(9);
    QVERIFY(child<QWidget>(u"verdicts"_s)->isVisible());
    QCOMPARE(child<QLabel>(u"clientVerdict"_s)->text(), u"Valid for this server."_s);
    QTRY_VERIFY(child<QLabel>(u"serverVerdict"_s)->text().startsWith(u"Allowed:"_s));
    // A filter that hides the row does not keep from it.
    child<QLineEdit>(u"filter"_s)->setText(u"auth:expired"_s);
    click(u"showInTraffic"_s);
    QVERIFY(child<QLineEdit>(u"filter"_s)->text().isEmpty());
    QCOMPARE(table()->currentIndex().siblingAtColumn(TrafficModel::Call).data().toString(),
             u"tools/call get-profile"_s);
}

void TestClientView::passesElevenNegativeChecks()
{
    host::Settings settings = byItself();
    settings.requiredScopes = {u"openid"_s};
    open(settings);
    runsToTheEnd();
    choose(11);
    QTRY_VERIFY(child<QPushButton>(u"runChecks"_s)->isVisible());
    click(u"runChecks"_s);
    QTRY_COMPARE_WITH_TIMEOUT(child<QLabel>(u"checksStripSentence"_s)->text(),
                              u"11 of 11 passed, none failed."_s, 20'000);
    QCOMPARE(list()->topLevelItem(11)->text(1), u"11/11"_s);
    auto *checks = child<QTreeWidget>(u"checks"_s);
    QCOMPARE(checks->topLevelItemCount(), 11);
    QCOMPARE(checks->topLevelItem(2)->text(2), u"401 invalid_token"_s);
    click(u"copyChecks"_s);
    QVERIFY(QApplication::clipboard()->text().contains(
        u"| Expired token | 401 invalid_token | 401 invalid_token | Pass |"_s));
    checks->setCurrentItem(checks->topLevelItem(2));
    QTRY_VERIFY(child<QPushButton>(u"checkInTraffic"_s)->isEnabled());
    click(u"checkInTraffic"_s);
    QTRY_VERIFY(child<QWidget>(u"trafficView"_s)->isVisible());
    QVERIFY(table()
                ->currentIndex()
                .siblingAtColumn(TrafficModel::Auth)
                .data()
                .toString()
                .startsWith(u"Expired"_s));
    QTRY_VERIFY(child<QPushButton>(u"showClientStep"_s)->isVisible());
    click(u"showClientStep"_s);
    QCOMPARE(checks->indexOfTopLevelItem(checks->currentItem()), 2);
}

void TestClientView::keepsTheTokenOfOneServerFromAnother()
{
    open(byItself());
    runsToTheEnd();
    const QByteArray token = m_window->client()->run()->flow()->accessToken();
    QCOMPARE(token.count('.'), 2);
    oauth::ScriptedServer other;
    child<QComboBox>(u"server"_s)->setEditText(other.mcp());
    choose(11);
    click(u"runChecks"_s);
    QTRY_VERIFY_WITH_TIMEOUT(child<QLabel>(u"checksStripSentence"_s)->text().contains(u"passed"_s), 20'000);
    QCOMPARE(other.asked.size(), 2); // Without a token, and with one that is none.
    for (const http::Request &request : std::as_const(other.asked)) {
        const QByteArray bearer = base::onlyValueOf(request.headers, "Authorization").value_or(QByteArray());
        QVERIFY2(!bearer.contains("eyJ") && !request.query.contains("eyJ"), bearer.constData());
    }
}

void TestClientView::seesAWrongTokenBeforeTheServerDoes_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("client");
    QTest::addColumn<QString>("server");
    QTest::newRow("expired") << u"token-expired"_s << u"expired"_s << u"expired"_s;
    QTest::newRow("for another server")
        << u"token-audience"_s << u"another.example"_s << u"another.example"_s;
}

void TestClientView::seesAWrongTokenBeforeTheServerDoes()
{
    QFETCH(QString, fault);
    QFETCH(QString, client);
    QFETCH(QString, server);
    host::Settings settings = byItself();
    settings.failures = {fault};
    open(settings);
    click(u"runAll"_s);
    QTRY_VERIFY_WITH_TIMEOUT(isOver(), 10'000);
    QCOMPARE(state(oauth::StepId::Session), oauth::StepState::Failed);
    choose(6);
    const auto said = [this] {
        return child<QLabel>(u"tokensStripSentence"_s)->text() + child<QLabel>(u"tokensStripMore"_s)->text();
    };
    QTRY_VERIFY2(said().startsWith(u"A server would refuse it:"_s), qPrintable(said()));
    QVERIFY2(said().contains(client), qPrintable(said()));
    choose(7);
    QTRY_VERIFY(child<QLabel>(u"serverVerdict"_s)->text().startsWith(u"Refused:"_s));
    QVERIFY(child<QLabel>(u"clientVerdict"_s)->text().startsWith(u"A server would refuse it:"_s));
    QTRY_VERIFY2(child<QLabel>(u"serverVerdict"_s)->text().contains(server),
                 qPrintable(child<QLabel>(u"serverVerdict"_s)->text()));
    // It works once: with another token, all is well.
    QTRY_VERIFY(child<QPushButton>(u"offerSignInAgain"_s)->isVisible());
    click(u"offerSignInAgain"_s);
    QTRY_COMPARE_WITH_TIMEOUT(state(oauth::StepId::Session), oauth::StepState::Done, 10'000);
}

void TestClientView::callsAToolWithTypedArguments()
{
    open(byItself());
    choose(9);
    QVERIFY(!child<QPushButton>(u"callTool"_s)->isEnabled());
    runsToTheEnd();
    choose(9);
    auto *tool = child<QComboBox>(u"tool"_s);
    QTRY_COMPARE(tool->currentText(), u"get-profile"_s);
    auto *arguments = child<QPlainTextEdit>(u"toolArguments"_s);
    arguments->setPlainText(u"[1]"_s);
    QVERIFY(child<QLabel>(u"toolFault"_s)->isVisible());
    QVERIFY(!child<QPushButton>(u"callTool"_s)->isEnabled());
    arguments->setPlainText(u"{\"verbose\": true}"_s);
    QVERIFY(!child<QLabel>(u"toolFault"_s)->isVisible());
    QTRY_VERIFY(child<QPushButton>(u"callTool"_s)->isEnabled());
    const auto calls = [this] {
        int count = 0;
        for (int row = 0; row < m_window->traffic()->rowCount(); ++row)
            count += m_window->traffic()->entryAt(row)->exchange.rpcMethod == "tools/call"_L1 ? 1 : 0;
        return count;
    };
    QTRY_COMPARE(calls(), 1);
    click(u"callTool"_s);
    QTRY_COMPARE_WITH_TIMEOUT(calls(), 2, 10'000);
    QTRY_VERIFY(child<QPlainTextEdit>(u"stepSent"_s)->toPlainText().contains(u"\"verbose\": true"_s));
    // The tool does not know it, which is the tool's affair and no protocol's.
    QCOMPARE(state(oauth::StepId::Call), oauth::StepState::Failed);
    QVERIFY2(sentence().startsWith(u"The tool itself reported:"_s), qPrintable(sentence()));
    QTRY_VERIFY(child<QLabel>(u"serverVerdict"_s)->text().startsWith(u"The tool reported: "_s));
    arguments->setPlainText(u"{}"_s);
    QTRY_VERIFY(child<QPushButton>(u"callTool"_s)->isEnabled());
    click(u"callTool"_s);
    QTRY_COMPARE_WITH_TIMEOUT(calls(), 3, 10'000);
    QTRY_COMPARE(state(oauth::StepId::Call), oauth::StepState::Done);
    QTRY_VERIFY(child<QPushButton>(u"callTool"_s)->isEnabled()); // In the session that is open now.
    click(u"callTool"_s);
    QTRY_COMPARE_WITH_TIMEOUT(calls(), 4, 10'000);
    QTRY_VERIFY(child<QPushButton>(u"callTool"_s)->isEnabled());
}

void TestClientView::refreshesAndForgets()
{
    open(byItself());
    runsToTheEnd();
    const QByteArray before = m_window->client()->run()->flow()->accessToken();
    choose(6);
    QTRY_VERIFY(child<QPushButton>(u"refreshToken"_s)->isEnabled());
    click(u"refreshToken"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->client()->run()->flow()->accessToken() != before, 10'000);
    QTRY_VERIFY(isOver());
    choose(10);
    QVERIFY2(more().contains(u"The access token is a new one"_s), qPrintable(more()));
    QVERIFY(more().contains(u"The refresh token was exchanged for a new one."_s));
    QVERIFY(more().contains(u"Unchanged: aud \"%1\""_s.arg(m_running.resource)));
    choose(6);
    QTRY_VERIFY(child<QPushButton>(u"copyToken"_s)->isVisible());
    click(u"copyToken"_s);
    QTRY_COMPARE(QApplication::clipboard()->text().toLatin1(),
                 m_window->client()->run()->flow()->accessToken());

    choose(12);
    QTRY_VERIFY(child<QCheckBox>(u"forgetAccess"_s)->isChecked());
    QVERIFY(child<QCheckBox>(u"forgetRefresh"_s)->isChecked());
    QVERIFY(child<QCheckBox>(u"forgetId"_s)->isChecked());
    auto *client = child<QCheckBox>(u"forgetClient"_s);
    QVERIFY(!client->isChecked());
    QVERIFY(child<QLabel>(u"forgetNote"_s)->text().contains(m_running.issuer));
    client->setChecked(true);
    auto *consent = child<QCheckBox>(u"forgetConsent"_s); // The sandbox has a stand-in for WorkOS's API.
    QVERIFY(consent->isVisible() && !consent->isChecked());
    consent->setChecked(true);
    click(u"forget"_s);
    QTRY_VERIFY2(
        child<QLabel>(u"forgetStripSentence"_s)->text().startsWith(u"Forgotten, and taken back at WorkOS."_s),
        qPrintable(child<QLabel>(u"forgetStripSentence"_s)->text()));
    QVERIFY(m_window->client()->run()->flow()->accessToken().isEmpty());
    choose(6);
    QCOMPARE(child<QLabel>(u"tokensStripSentence"_s)->text(), u"There is no access token yet."_s);
    // The next run registers anew, and a kept sign-in is not found.
    child<QCheckBox>(u"useKept"_s)->setChecked(true);
    runsToTheEnd();
    QVERIFY(m_window->client()->run()->flow()->steps().at(3).detail.contains(u"registered now"_s));
}

void TestClientView::usesAKeptSignIn()
{
    open(byItself());
    runsToTheEnd();
    child<QCheckBox>(u"useKept"_s)->setChecked(true);
    runsToTheEnd();
    QCOMPARE(state(oauth::StepId::Authorize), oauth::StepState::Skipped);
    QCOMPARE(state(oauth::StepId::Call), oauth::StepState::Done);
    choose(6);
    // Nothing is known of the issuer's keys then: said, and not called good.
    QTRY_VERIFY2(child<QLabel>(u"tokensStripSentence"_s)->text().contains(u"signature was not checked"_s),
                 qPrintable(child<QLabel>(u"tokensStripSentence"_s)->text()));
}

void TestClientView::runsAgainFromAStep()
{
    open(byItself());
    runsToTheEnd();
    choose(5); // A code works once: it begins with the sign-in.
    QTRY_VERIFY(child<QPushButton>(u"repeatStep"_s)->isEnabled());
    const QByteArray before = m_window->client()->run()->flow()->accessToken();
    click(u"repeatStep"_s);
    QVERIFY(state(oauth::StepId::Call) == oauth::StepState::Waiting); // Later ones are reset, visibly.
    QVERIFY(list()->topLevelItem(9)->text(1).isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(isOver(), 10'000);
    QVERIFY2(!m_window->client()->run()->flow()->failure(), why().constData());
    QVERIFY(m_window->client()->run()->flow()->accessToken() != before);
    click(u"startOver"_s);
    QVERIFY(!m_window->client()->run()->flow());
    QCOMPARE(state(oauth::StepId::Ask), oauth::StepState::Waiting);
}

void TestClientView::asksForTheChosenScopes()
{
    open(byItself());
    auto *asAsked = child<QPushButton>(u"scopesAsAsked"_s);
    QVERIFY(asAsked->isChecked());
    click(u"scope_openid"_s);
    click(u"scope_email"_s);
    QVERIFY(!asAsked->isChecked());
    runsToTheEnd();
    QVERIFY(m_window->client()->run()->flow()->steps().at(4).legs.first().sent.contains(
        u"scope = openid email"_s));
    QCOMPARE(state(oauth::StepId::Refresh), oauth::StepState::Skipped); // Without offline_access.
    click(u"scopesAsAsked"_s);
    QVERIFY(!child<QPushButton>(u"scope_openid"_s)->isChecked());
    auto *another = child<QLineEdit>(u"newClientScope"_s);
    another->setFocus();
    QTest::keyClicks(another, u"documents:read"_s);
    QTest::keyClick(another, Qt::Key_Return);
    QVERIFY(child<QPushButton>(u"scope_documents:read"_s)->isChecked());
    QVERIFY(!asAsked->isChecked());
    QTest::keyClicks(another, u"not\"one"_s);
    QTest::keyClick(another, Qt::Key_Return);
    QCOMPARE(another->text(), u"not\"one"_s); // It stays to be mended.
}

void TestClientView::tellsWhatIsWrongWithAnAddress_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("said");
    QTest::newRow("nothing") << QString() << u"Type the address"_s;
    QTest::newRow("a name") << u"acme"_s << u"This is no address"_s;
    QTest::newRow("in the open") << u"http://example.com/mcp"_s << u"Only https"_s;
    QTest::newRow("a file") << u"file:///etc/passwd"_s << u"This is no address"_s;
    QTest::newRow("a password") << u"https://u:p@example.com/mcp"_s << u"neither a password"_s;
    QTest::newRow("a fragment") << u"https://example.com/mcp#x"_s << u"neither a password"_s;
}

void TestClientView::tellsWhatIsWrongWithAnAddress()
{
    QFETCH(QString, address);
    QFETCH(QString, said);
    open();
    auto *server = child<QLineEdit>(u"serverAddress"_s);
    server->setText(address);
    click(u"runAll"_s);
    auto *fault = child<QLabel>(u"serverFault"_s);
    QVERIFY(fault->isVisible());
    QVERIFY2(fault->text().contains(said), qPrintable(fault->text()));
    QCOMPARE(server->accessibleDescription(), fault->text());
    QVERIFY(!m_window->client()->run()->flow());
    server->setText(m_running.resource);
    QVERIFY(!fault->isVisible());
}

void TestClientView::remembersServersAndTheView()
{
    open(byItself());
    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost, 0));
    const QString other = u"http://127.0.0.1:%1/mcp"_s.arg(closed.serverPort());
    closed.close();
    child<QLineEdit>(u"serverAddress"_s)->setText(other);
    click(u"runAll"_s);
    QTRY_VERIFY_WITH_TIMEOUT(isOver(), 10'000);
    QCOMPARE(state(oauth::StepId::Ask), oauth::StepState::Failed);
    QVERIFY(!sentence().isEmpty());
    m_window->close();
    open(byItself());
    auto *server = child<QComboBox>(u"server"_s);
    QCOMPARE(server->currentText(), m_running.resource); // Ours first.
    QCOMPARE(server->itemText(0), m_running.resource);
    QVERIFY(server->findText(other) > 0);
}

void TestClientView::copiesAReportWithoutSecrets()
{
    open(byItself());
    runsToTheEnd();
    const oauth::Tokens tokens = m_window->client()->run()->flow()->tokens();
    click(u"copyClientReport"_s);
    const QString report = QApplication::clipboard()->text();
    QVERIFY(report.startsWith(u"## `"_s + m_running.resource + u'`'));
    QCOMPARE(report.count(u"\n### "_s), oauth::stepCount);
    QVERIFY(report.contains(u"POST %1/oauth2/token"_s.arg(m_running.issuer)));
    QVERIFY(!report.contains(u"eyJ"_s));
    QVERIFY(!report.contains(QString::fromLatin1(tokens.refresh)));
    choose(3);
    click(u"copyStep"_s);
    QVERIFY(QApplication::clipboard()->text().startsWith(u"### Client identity – done, HTTP 201"_s));
}

void TestClientView::staysWithinTheScreenAtEverySizeOfText_data()
{
    QTest::addColumn<int>("percent");
    QTest::addColumn<bool>("isGerman");
    QTest::newRow("the usual size") << 100 << false;
    QTest::newRow("twice the size") << 200 << false;
    QTest::newRow("twice the size in German") << 200 << true;
}

void TestClientView::staysWithinTheScreenAtEverySizeOfText()
{
    QFETCH(const int, percent);
    QFETCH(const bool, isGerman);
    QTranslator words;
    if (isGerman) {
        QVERIFY(
            words.load(u"gatehouse_de"_s, QCoreApplication::applicationDirPath() + u"/../translations"_s));
        QCoreApplication::installTranslator(&words);
    }
    m_kept->setValue(u"window/textPercent"_s, percent);
    open(byItself());
    const auto usual = qScopeGuard([this] { child<QAction>(u"actionUsualSize"_s)->trigger(); });
    runsToTheEnd();
    m_window->resize(1024, 700);
    for (int row = 0; row < list()->topLevelItemCount(); ++row)
        choose(row);
    constexpr int width = 1024;
    const auto who = [&] {
        QByteArray names;
        for (const QWidget *one : m_window->findChildren<QWidget *>()) {
            if (!one->isWindow() && one->minimumSizeHint().width() > width - 100)
                names += one->objectName().toUtf8() + ' ' + one->metaObject()->className() + ' '
                    + QByteArray::number(one->minimumSizeHint().width()) + '\n';
        }
        return names;
    };
    QTRY_VERIFY2(m_window->minimumSizeHint().width() <= width, who().constData());
}

void TestClientView::cancelsAtEveryStep()
{
    open(byItself());
    for (int at = 0; at < oauth::stepCount; ++at) {
        click(u"startOver"_s);
        m_window->client()->run()->setOpener([this](const QUrl &url) {
            m_peer.follow(url);
            return true;
        });
        for (int step = 0; step < at; ++step) {
            m_window->client()->next();
            QTRY_VERIFY_WITH_TIMEOUT(m_window->client()->run()->flow()->current() > step
                                         && child<QPushButton>(u"runAll"_s)->isEnabled(),
                                     10'000);
        }
        m_window->client()->next();
        QVERIFY(child<QPushButton>(u"cancelRun"_s)->isEnabled());
        click(u"cancelRun"_s);
        QTRY_VERIFY_WITH_TIMEOUT(isOver(), 10'000);
        QCOMPARE(m_window->client()->run()->flow()->failure()->kind, oauth::Failure::Kind::Cancelled);
        const quint16 port = state(oauth::StepId::Client) == oauth::StepState::Done
            ? quint16(QUrl(m_window->client()->run()->flow()->redirectUri()).port())
            : 0;
        QTRY_VERIFY(port == 0 || !isListening(port));
        QCOMPARE(state(oauth::StepId(at)), oauth::StepState::Failed);
    }
}

void TestClientView::closesAtEveryStep()
{
    const QString locks
        = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + u"/gatehouse"_s;
    for (int at = 0; at <= oauth::stepCount; ++at) {
        open(byItself());
        for (int step = 0; step < at; ++step) {
            m_window->client()->next();
            QTRY_VERIFY_WITH_TIMEOUT(m_window->client()->run()->flow()->current() > step
                                         && child<QPushButton>(u"runAll"_s)->isEnabled(),
                                     10'000);
        }
        if (at < oauth::stepCount)
            m_window->client()->next();
        else
            m_window->client()->runChecks();
        QTest::qWait(at % 3); // Before its first request, while it is out, and after.
        const quint16 port = state(oauth::StepId::Client) == oauth::StepState::Done
            ? quint16(QUrl(m_window->client()->run()->flow()->redirectUri()).port())
            : 0;
        m_window->close();
        m_window.reset();
        QVERIFY(port == 0 || !isListening(port));
        QVERIFY(!isListening(quint16(m_running.port)));
        QVERIFY(QDir(locks).entryList({u"*.lock"_s}, QDir::Files).isEmpty());
    }
}

GATEHOUSE_TEST(TestClientView)
#include "tst_clientview.moc"
