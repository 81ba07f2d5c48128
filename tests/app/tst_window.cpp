// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/details.h"
#include "app/elidedlabel.h"
#include "app/mainwindow.h"
#include "app/settingsdialog.h"
#include "app/statusline.h"
#include "app/theme.h"
#include "app/traffictable.h"
#include "app/trafficview.h"
#include "base/secretstore.h"
#include "host/settingsfile.h"
#include "host/settingstable.h"
#include "inspector/clientsmodel.h"
#include "support/peer.h"
#include "support/unit.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QRadioButton>
#include <QScopeGuard>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabWidget>
#include <QTableView>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QToolButton>
#include <QTranslator>
#include <QTreeWidget>
#include <QWheelEvent>

using namespace gatehouse;
using namespace gatehouse::app;
using namespace Qt::StringLiterals;
using inspector::TrafficModel;
using State = host::Host::State;

/// The window as a person uses it: clicks and keys, over a real server that real requests reach.
class TestWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void showsCallsAsTheyArriveAndExplainsARefusal();
    void keepsTheSelectedRowWhileRowsArrive();
    void filtersByWordsAndChips();
    void saysWhatTheFilterCouldBecome();
    void followsAlthoughItHadTheFocusWhileItWasEmpty();
    void offersAnotherPortWhereItsOwnIsTaken();
    void losesNoEditsAndTurnsNothingOffByMistake();
    void endsThoughSomethingWasTypedWhenTheSystemWantsThat();
    void filtersByTheCellThatWasAskedAbout();
    void showsWhatReachesTheSandboxWhenAsked();
    void keepsWhatIsShownWhenItsRowIsDropped();
    void goesFromPaneToPaneByKeys();
    void leadsFromAClientToItsRequests();
    void saysWhatToDoWhereThereIsNothingToShow();
    void pausesAndCountsWhatItSkips();
    void appliesSettingsOnceTheyAreRight();
    void setsLimitsForPeers();
    void keepsSettingsAndItsOwnStateBetweenStarts();
    void marksWhatTheCommandLineSet();
    void followsThePortThatWasApplied();
    void leavesAuthorizationAsItIs();
    void warnsWhileSignaturesAreNotChecked();
    void saysThatItIsTheSandboxUntilThatIsClosed();
    void doesWhatThePillsOffer();
    void saysThatTheIssuerIsAway();
    void saysThatAProxyHasAnotherAddress();
    void showsAForeignNameAsItCame();
    void closesWhileCallsAreInFlight();
    void stopsAndStartsByKeys();
    void copiesWhatWasAskedFor();
    void saysThatItHasCopied();
    void namesEverythingThatTakesFocus();
    void usesNoShortcutTwice_data();
    void usesNoShortcutTwice();
    void isReadableInBothThemes();
    void showsEverySizeOfText();
    void cutsNoWordAtTwiceTheSize_data();
    void cutsNoWordAtTwiceTheSize();
    void keepsHowItsPartsShareTheRoom_data();
    void keepsHowItsPartsShareTheRoom();
    void fitsOntoItsScreenAtItsFirstStart();
    void cutsNoColumnInASmallWindow_data();
    void cutsNoColumnInASmallWindow();

private:
    /// Until it goes.
    [[nodiscard]] static std::unique_ptr<QTranslator> speak(const QString &language)
    {
        auto words = std::make_unique<QTranslator>();
        if (language != "en"_L1) {
            const QString folder = QCoreApplication::applicationDirPath() + u"/../translations"_s;
            if (!words->load(u"gatehouse_"_s + language, folder))
                qFatal("There is no translation in %s.", qPrintable(folder));
            QCoreApplication::installTranslator(words.get());
        }
        return words;
    }
    [[nodiscard]] static QStringList cutWords(QWidget *of);
    template <typename T> T *child(const QString &name, QObject *of = nullptr) const
    {
        T *found = (of ? of : static_cast<QObject *>(m_window.get()))->findChild<T *>(name);
        if (!found)
            qFatal("There is no %s.", qPrintable(name));
        return found;
    }
    void click(const QString &name, QWidget *of = nullptr) const
    {
        QCoreApplication::processEvents(); // A click goes where the widget is, so it must have been laid out.
        QTest::mouseClick(child<QWidget>(name, of), Qt::LeftButton);
    }
    void open(const QStringList &overridden = {})
    {
        m_window = std::make_unique<MainWindow>(m_configuration, m_folder->filePath(u"settings.json"_s),
                                                m_kept.get(), &m_secrets);
        for (const QString &field : overridden)
            m_configuration.overrides.insert(field, u"--"_s + field);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get())); // Shortcuts are the active window's.
        m_window->start();
        QTRY_COMPARE(m_window->host()->state(), State::Listening);
        m_running = m_window->host()->running();
    }
    QTableView *table() const { return child<QTableView>(u"traffic"_s); }
    QString cell(int row, int column) const { return table()->model()->index(row, column).data().toString(); }
    void clickRow(int row) const
    {
        const QRect rect = table()->visualRect(table()->model()->index(row, TrafficModel::Call));
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, rect.center());
    }
    SettingsDialog *openSettings() const
    {
        QTest::keyClick(m_window.get(), Qt::Key_Comma, Qt::ControlModifier);
        auto *dialog = m_window->findChild<SettingsDialog *>();
        return dialog && dialog->isVisible() ? dialog : nullptr;
    }
    /// A field of the settings, on its page.
    template <typename T> T *setting(const QString &field) const
    {
        auto *dialog = m_window->findChild<SettingsDialog *>();
        dialog->goTo(field);
        return child<T>(field, dialog);
    }
    static void type(QLineEdit *edit, const QString &text)
    {
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_kept;
    base::MemorySecretStore m_secrets;
    host::Configuration m_configuration;
    std::unique_ptr<MainWindow> m_window;
    host::Running m_running;
    Peer m_peer;
};

void TestWindow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_kept = std::make_unique<QSettings>(m_folder->filePath(u"window.ini"_s), QSettings::IniFormat);
    m_kept->setValue(u"window/version"_s, 1);
    m_kept->setValue(u"window/viewName"_s, u"trafficView"_s);
    m_configuration = {};
    m_configuration.settings.port = m_configuration.settings.sandboxPort = 0;
    m_configuration.kept = m_configuration.settings;
}

void TestWindow::cleanup()
{
    if (m_window)
        m_window->close();
    m_window.reset();
}

void TestWindow::showsCallsAsTheyArriveAndExplainsARefusal()
{
    open();
    const QByteArray good = m_peer.token(m_running.issuer);
    const QByteArray elsewhere
        = m_peer.token(m_running.issuer, {{u"resource"_s, QString(m_running.resource + u'/')}});
    QCOMPARE(m_peer.call(m_running.resource, elsewhere), 401);
    QCOMPARE(m_peer.call(m_running.resource, good), 200);
    QTRY_COMPARE(table()->model()->rowCount(), 2);
    QTRY_COMPARE(cell(1, TrafficModel::Http), u"200"_s);
    QCOMPARE(cell(0, TrafficModel::Auth), u"Wrong audience"_s);
    QCOMPARE(cell(1, TrafficModel::Call), u"tools/call get-profile"_s);
    QCOMPARE(cell(1, TrafficModel::User), u"ada@example.com"_s);

    clickRow(0);
    QTRY_VERIFY(child<QWidget>(u"details"_s)->isVisible());
    QVERIFY(child<QLabel>(u"stripSentence"_s)->text().startsWith(u"Refused: The token is for "_s));
    QTest::keyClick(m_window.get(), Qt::Key_5, Qt::ControlModifier);
    auto *claims = child<QTableView>(u"claims"_s);
    QTRY_VERIFY(claims->isVisible());
    const QModelIndex chosen = claims->currentIndex();
    QCOMPARE(chosen.siblingAtColumn(0).data().toString(), u"aud"_s);
    QCOMPARE(chosen.siblingAtColumn(3).data().toString(),
             u"expected %1: one trailing slash too many"_s.arg(m_running.resource));
    QVERIFY(child<QLabel>(u"claimMeaning"_s)->text().contains(u"RFC 8707"_s));
    QVERIFY(child<QLabel>(u"tokenExpiry"_s)->text().startsWith(u"Expires in "_s));

    clickRow(1);
    QVERIFY(child<QLabel>(u"stripSentence"_s)->text().startsWith(u"Allowed: The token is valid"_s));
    QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
    auto *answer = child<QTreeView>(u"responseTree"_s);
    QTRY_VERIFY(answer->isVisible());
    QVERIFY(answer->isExpanded(answer->model()->index(0, 0)));
    QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
    QVERIFY(child<QTextBrowser>(u"summary"_s)->toPlainText().contains(u"ada@example.com"_s));
    // Nothing of the token itself is anywhere.
    const QByteArray signature = good.split('.').last();
    for (const QLabel *label : m_window->findChildren<QLabel *>())
        QVERIFY(!label->text().contains(QString::fromLatin1(signature)));
}

void TestWindow::keepsTheSelectedRowWhileRowsArrive()
{
    open();
    for (int i = 0; i < 3; ++i)
        m_peer.call(m_running.resource, {});
    QTRY_COMPARE(table()->model()->rowCount(), 3);
    clickRow(1);
    const auto selected = [this] { return table()->currentIndex().data(TrafficModel::SerialRole).toInt(); };
    const int chosen = selected();
    for (int i = 0; i < 60; ++i)
        m_peer.call(m_running.resource, {});
    QTRY_COMPARE(table()->model()->rowCount(), 63);
    QCOMPARE(selected(), chosen);
    QVERIFY(table()->viewport()->rect().intersects(table()->visualRect(table()->currentIndex())));
    auto *newest = child<QPushButton>(u"newest"_s);
    QVERIFY(newest->isVisible());
    QVERIFY2(newest->text().startsWith(u"60 new"_s), qPrintable(newest->text()));
    QTest::mouseClick(newest, Qt::LeftButton);
    QVERIFY(!newest->isVisible());
    QVERIFY(table()->viewport()->rect().intersects(table()->visualRect(table()->model()->index(62, 0))));
    QCOMPARE(selected(), chosen);
    m_peer.call(m_running.resource, {});
    QTRY_COMPARE(table()->model()->rowCount(), 64);
    QVERIFY(table()->viewport()->rect().intersects(table()->visualRect(table()->model()->index(63, 0))));
}

void TestWindow::filtersByWordsAndChips()
{
    open();
    m_peer.call(m_running.resource, m_peer.token(m_running.issuer));
    m_peer.call(m_running.resource, {});
    m_peer.ask("GET", m_running.resource + u"x"_s);
    QTRY_COMPARE(table()->model()->rowCount(), 3);
    clickRow(1);
    const auto serial = [this] { return table()->currentIndex().data(TrafficModel::SerialRole).toInt(); };
    const int chosen = serial();
    click(u"chipFailures"_s);
    auto *filter = child<QLineEdit>(u"filter"_s);
    QCOMPARE(filter->text(), u"is:failed"_s);
    QCOMPARE(table()->model()->rowCount(), 2);
    QCOMPARE(serial(), chosen);
    click(u"chipAuth"_s);
    QCOMPARE(table()->model()->rowCount(), 2); // For what is asked for there, with any token.
    QCOMPARE(serial(), chosen);
    click(u"chipFailures"_s);
    click(u"chipAuth"_s);
    QVERIFY(filter->text().isEmpty());
    QCOMPARE(table()->model()->rowCount(), 3);
    QCOMPARE(serial(), chosen);
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(filter->hasFocus());
    QTest::keyClicks(filter, u"dur:soon"_s);
    auto *fault = child<QLabel>(u"filterFault"_s);
    QTRY_VERIFY(fault->isVisible());
    QVERIFY(fault->text().contains(u"wants a time"_s));
    QCOMPARE(table()->model()->rowCount(), 3); // What was asked before stays.
    filter->selectAll();
    QTest::keyClicks(filter, u"ada"_s);
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    QVERIFY(!fault->isVisible());
}

void TestWindow::saysWhatTheFilterCouldBecome()
{
    open();
    auto *filter = child<QLineEdit>(u"filter"_s);
    filter->setFocus();
    QTest::keyClicks(filter, u"is:re"_s);
    const auto popup = [] { return qobject_cast<QAbstractItemView *>(QApplication::activePopupWidget()); };
    QTRY_VERIFY(popup());
    QCOMPARE(popup()->model()->index(0, 0).data().toString(), u"is:refused"_s);
    QTest::keyClick(popup(), Qt::Key_Tab);
    QCOMPARE(filter->text(), u"is:refused "_s);
    QTRY_VERIFY(!popup());
    QTest::keyClick(filter, Qt::Key_Down); // All there is.
    QTRY_VERIFY(popup());
    QCOMPARE(popup()->model()->rowCount(), 17);
    QTest::keyClick(popup(), Qt::Key_Escape);
    QTRY_VERIFY(!popup());
    QCOMPARE(filter->text(), u"is:refused "_s);
    QTest::keyClicks(filter, u"bogus:1"_s);
    QTRY_VERIFY(child<QLabel>(u"filterFault"_s)->text().startsWith(u"There is no field “bogus:”."_s));
}

void TestWindow::followsAlthoughItHadTheFocusWhileItWasEmpty()
{
    open();
    table()->setFocus();
    for (int i = 0; i < 40; ++i)
        m_peer.call(m_running.resource, {});
    QTRY_COMPARE(table()->model()->rowCount(), 40);
    // As where another window was in front meanwhile.
    table()->clearFocus();
    table()->setFocus();
    QVERIFY(!table()->currentIndex().isValid());
    QVERIFY(!child<QWidget>(u"details"_s)->isVisible());
    m_peer.call(m_running.resource, {});
    QTRY_COMPARE(table()->model()->rowCount(), 41);
    QVERIFY(table()->viewport()->rect().intersects(table()->visualRect(table()->model()->index(40, 0))));
    QTest::keyClick(table(), Qt::Key_Down);
    QCOMPARE(table()->currentIndex().row(), 40);
    QVERIFY(table()->selectionModel()->isRowSelected(40));
    QVERIFY(child<QWidget>(u"details"_s)->isVisible());
}

void TestWindow::offersAnotherPortWhereItsOwnIsTaken()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    open();
    m_window->host()->stop();
    QTRY_COMPARE(m_window->host()->state(), State::Stopped);
    host::Configuration wanted = m_configuration;
    wanted.settings.port = other.serverPort();
    m_window.reset();
    m_configuration = wanted;
    m_window = std::make_unique<MainWindow>(m_configuration, m_folder->filePath(u"settings.json"_s),
                                            m_kept.get(), &m_secrets);
    m_window->show();
    m_window->start();
    QTRY_COMPARE(m_window->host()->state(), State::Failed);
    QCOMPARE(child<QLabel>(u"emptyTitle"_s)->text(), u"Port %1 is taken"_s.arg(other.serverPort()));
    // This test itself has it.
    const QString who = child<QLabel>(u"emptyText"_s)->text();
    QVERIFY2(who.contains(u"(%1) listens there."_s.arg(QCoreApplication::applicationPid())), qPrintable(who));
    auto *use = child<QPushButton>(u"emptyButton"_s);
    QVERIFY2(use->text().startsWith(u"Use "_s), qPrintable(use->text()));
    const int next = use->text().section(u' ', 1).toInt();
    QTest::mouseClick(use, Qt::LeftButton);
    QTRY_COMPARE(m_window->host()->state(), State::Listening);
    QCOMPARE(m_window->host()->running().port, next);
}

void TestWindow::losesNoEditsAndTurnsNothingOffByMistake()
{
    open();
    SettingsDialog *dialog = openSettings();
    QVERIFY(dialog);
    auto *tolerance = setting<QSpinBox>(u"toleranceSeconds"_s);
    const int before = tolerance->value();
    QWheelEvent wheel(QPointF(5, 5), tolerance->mapToGlobal(QPointF(5, 5)), {}, {0, 120}, Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    (void)setting<QLineEdit>(u"subdomain"_s);
    QApplication::sendEvent(tolerance, &wheel);
    QCOMPARE(tolerance->value(), before);
    // What is typed for one more scope is meant.
    (void)setting<QListWidget>(u"scopes"_s);
    type(child<QLineEdit>(u"scopesNew"_s, dialog), u"files:read"_s);
    QVERIFY(child<QPushButton>(u"apply"_s, dialog)->isEnabled());
    QVERIFY(dialog->settings().scopes.contains(u"files:read"_s));
    // Esc asks what shall become of it; the second one stays.
    QTest::keyClick(dialog, Qt::Key_Escape);
    QVERIFY(dialog->isVisible());
    QCOMPARE(child<QLabel>(u"footNote"_s, dialog)->text(),
             u"Changed and not applied: 1. Apply, discard, or stay?"_s);
    QCOMPARE(child<QPushButton>(u"close"_s, dialog)->text(), u"S&tay"_s);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QVERIFY(dialog->isVisible());
    QCOMPARE(child<QPushButton>(u"close"_s, dialog)->text(), u"C&lose"_s);
    QTest::mouseClick(child<QPushButton>(u"apply"_s, dialog), Qt::LeftButton);
    QTRY_VERIFY(child<QLabel>(u"footNote"_s, dialog)->text().contains(u"Applied"_s));
    QVERIFY(child<QLineEdit>(u"scopesNew"_s, dialog)->text().isEmpty());
    QTest::mouseClick(setting<QCheckBox>(u"verifyJwt"_s), Qt::LeftButton, {}, QPoint(8, 8));
    auto *apply = child<QPushButton>(u"apply"_s, dialog);
    QTest::mouseClick(apply, Qt::LeftButton);
    QCoreApplication::processEvents();
    QVERIFY(m_window->host()->running().verifyJwt);
    QCOMPARE(apply->text(), u"Apply without checks"_s);
    QTest::keyClick(dialog, Qt::Key_Escape);
    click(u"discard"_s, dialog); // Asked, it discards and leaves.
    QVERIFY(!dialog->isVisible());
    QVERIFY(m_window->host()->running().verifyJwt);
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QVERIFY(openSettings());
    QVERIFY(setting<QCheckBox>(u"verifyJwt"_s)->isChecked());
    // What is applied when asked is the last of it.
    QTest::mouseClick(setting<QCheckBox>(u"hideForbidden"_s), Qt::LeftButton, {}, QPoint(8, 8));
    QTest::keyClick(dialog, Qt::Key_Escape);
    click(u"apply"_s, dialog);
    QTRY_VERIFY(!dialog->isVisible());
    QVERIFY(!host::readSettingsFile(m_folder->filePath(u"settings.json"_s))
                 .value_or(host::Settings())
                 .hideForbidden);
}

void TestWindow::endsThoughSomethingWasTypedWhenTheSystemWantsThat()
{
    open();
    QVERIFY(openSettings());
    setting<QSpinBox>(u"maxTasks"_s)->setValue(7);
    m_window->close(); // Asks.
    QVERIFY(m_window->isVisible());
    m_window->closeUnasked();
    QVERIFY(!m_window->isVisible());
    QCOMPARE(m_window->host()->state(), State::Stopped);
}

void TestWindow::showsWhatReachesTheSandboxWhenAsked()
{
    open();
    m_peer.ask("GET", m_running.issuer + u"/.well-known/openid-configuration"_s);
    m_peer.call(m_running.resource, {});
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    QTRY_VERIFY(child<StatusItem>(u"statusSandbox"_s)->said().startsWith(u"Sandbox rows hidden: "_s));
    click(u"chipSandbox"_s);
    QStringList calls;
    for (int row = 0; row < table()->model()->rowCount(); ++row)
        calls.append(cell(row, TrafficModel::Call) + u' ' + cell(row, TrafficModel::Auth));
    QVERIFY2(calls.contains(u"GET /.well-known/openid-configuration Sandbox"_s),
             qPrintable(calls.join(u'\n')));
    QVERIFY2(!calls.join(u' ').contains(u"/sandbox/"_s), qPrintable(calls.join(u'\n')));
    click(u"chipSandbox"_s);
    QCOMPARE(table()->model()->rowCount(), 1);
    type(child<QLineEdit>(u"filter"_s), u"is:sandbox openid"_s);
    QTRY_COMPARE(cell(0, TrafficModel::Call), u"GET /.well-known/openid-configuration"_s);
    clickRow(0);
    QVERIFY(child<QLabel>(u"stripSentence"_s)->text().startsWith(u"The sandbox answered"_s));
}

void TestWindow::keepsWhatIsShownWhenItsRowIsDropped()
{
    inspector::TrafficModel model(inspector::ExchangeLog::Limits{1});
    Details details(&model);
    const auto call = [](quint64 id, const QString &tool) {
        exchange::Exchange one;
        one.id = id;
        one.method = "POST";
        one.rpcMethod = u"tools/call"_s;
        one.target = tool;
        one.status = 200;
        one.outcome = exchange::Outcome::Ok;
        one.verdict.reason = auth::Reason::Valid;
        return one;
    };
    model.record({call(1, u"read-mail"_s)});
    details.show(1);
    model.record({call(2, u"other"_s)});
    QVERIFY(!model.entryOf(1));
    details.copyReport();
    QVERIFY(QApplication::clipboard()->text().contains(u"read-mail"_s));
}

void TestWindow::filtersByTheCellThatWasAskedAbout()
{
    open();
    m_peer.call(m_running.resource, m_peer.token(m_running.issuer));
    m_peer.call(m_running.resource, {});
    QTRY_COMPARE(cell(1, TrafficModel::Http), u"401"_s);
    const auto ask = [this](int row, int column, const QString &choice) {
        const QPoint at = table()->visualRect(table()->model()->index(row, column)).center();
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, table()->viewport()->mapToGlobal(at));
        QCoreApplication::sendEvent(table()->viewport(), &event);
        auto *menu = child<QMenu>(u"trafficMenu"_s);
        child<QAction>(choice, menu)->trigger();
        menu->close();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    };
    ask(0, TrafficModel::User, u"filterBy"_s);
    auto *filter = child<QLineEdit>(u"filter"_s);
    QCOMPARE(filter->text(), u"user:ada@example.com"_s);
    QCOMPARE(table()->model()->rowCount(), 1);
    filter->setFocus();
    QTest::keyClick(filter, Qt::Key_Escape);
    QVERIFY(filter->text().isEmpty());
    QCOMPARE(table()->model()->rowCount(), 2);
    QTest::keyClick(filter, Qt::Key_Escape);
    QTRY_VERIFY(table()->hasFocus());
    ask(1, TrafficModel::Auth, u"exclude"_s);
    QCOMPARE(filter->text(), u"-auth:no_token"_s);
    QCOMPARE(table()->model()->rowCount(), 1);
}

void TestWindow::goesFromPaneToPaneByKeys()
{
    open();
    m_peer.call(m_running.resource, {});
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    clickRow(0);
    QSet<QWidget *> visited;
    for (int i = 0; i < 6; ++i) {
        QTest::keyClick(m_window.get(), Qt::Key_F6);
        visited.insert(QApplication::focusWidget());
    }
    QCOMPARE(visited.size(), 6); // Bar, views, banner, filter, rows, details.
    QTest::keyClick(m_window.get(), Qt::Key_2, Qt::AltModifier);
    QVERIFY(table()->hasFocus());
    QTest::keyClick(m_window.get(), Qt::Key_F6, Qt::ShiftModifier);
    QVERIFY(child<QLineEdit>(u"filter"_s)->hasFocus());
}

void TestWindow::leadsFromAClientToItsRequests()
{
    open();
    QTest::keyClick(m_window.get(), Qt::Key_3, Qt::AltModifier);
    QVERIFY(child<QPushButton>(u"noClientsButton"_s)->hasFocus());
    const QByteArray good = m_peer.token(m_running.issuer);
    QCOMPARE(m_peer.call(m_running.resource, good), 200);
    QCOMPARE(m_peer.call(m_running.resource, {}), 401);
    auto *clients = child<QTableView>(u"clients"_s);
    QTRY_COMPARE(clients->model()->rowCount(), 2);
    QTRY_VERIFY(clients->hasFocus()); // The button that had it is gone.
    for (int row = 0; row < 2; ++row) {
        if (clients->model()->index(row, inspector::ClientsModel::User).data() == u"ada@example.com"_s)
            clients->selectRow(row);
    }
    QTest::keyClick(clients, Qt::Key_Return);
    QVERIFY(table()->hasFocus());
    QVERIFY(child<QLineEdit>(u"filter"_s)->text().contains(u"user:ada@example.com"_s));
    QTRY_COMPARE(table()->model()->rowCount(), 1);
}

void TestWindow::saysWhatToDoWhereThereIsNothingToShow()
{
    open();
    auto *title = child<QLabel>(u"emptyTitle"_s);
    QVERIFY(title->isVisible());
    QCOMPARE(title->text(), u"No request yet"_s);
    QVERIFY(child<QLabel>(u"emptyText"_s)->text().contains(m_running.resource));
    click(u"emptyButton"_s);
    QCOMPARE(QApplication::clipboard()->text(), m_running.resource);
    m_peer.call(m_running.resource, {});
    QTRY_VERIFY(!title->isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(child<QLineEdit>(u"filter"_s), u"zebra"_s);
    QTRY_VERIFY(title->isVisible());
    QCOMPARE(title->text(), u"0 of 1 match"_s);
    click(u"emptyButton"_s);
    QCOMPARE(table()->model()->rowCount(), 1);
    click(u"clear"_s);
    click(u"startStop"_s);
    QTRY_COMPARE(title->text(), u"The server is stopped"_s);
    click(u"emptyButton"_s);
    QTRY_COMPARE(m_window->host()->state(), State::Listening);
}

void TestWindow::pausesAndCountsWhatItSkips()
{
    open();
    m_peer.call(m_running.resource, {});
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    QTest::keyClick(m_window.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(child<QPushButton>(u"pause"_s)->text(), u"Resume"_s);
    m_peer.call(m_running.resource, {});
    QTRY_COMPARE(child<StatusItem>(u"statusNewest"_s)->said(), u"Paused, 1 not recorded"_s);
    QCOMPARE(table()->model()->rowCount(), 1);
    click(u"pause"_s);
    m_peer.call(m_running.resource, {});
    QTRY_COMPARE(table()->model()->rowCount(), 2);
    QCOMPARE(child<StatusItem>(u"statusShown"_s)->said(), u"2 of 2 shown"_s);
}

void TestWindow::appliesSettingsOnceTheyAreRight()
{
    open();
    const QByteArray token = m_peer.token(m_running.issuer);
    QCOMPARE(m_peer.call(m_running.resource, token), 200);
    SettingsDialog *dialog = openSettings();
    QVERIFY(dialog);
    auto *apply = child<QPushButton>(u"apply"_s, dialog);
    auto *host = setting<QLineEdit>(u"host"_s);
    type(host, u"1x"_s);
    child<QAction>(u"actionSettings"_s)->trigger(); // Asked for again, it keeps what was typed.
    QCOMPARE(host->text(), u"1x"_s);
    QVERIFY(child<QLabel>(u"hostFault"_s, dialog)->isVisible());
    QVERIFY(!apply->isEnabled());
    type(host, u"127.0.0.1"_s);
    QVERIFY(!apply->isEnabled()); // Nothing is changed.
    auto *subdomain = setting<QLineEdit>(u"subdomain"_s);
    type(subdomain, u"acme.authkit.app/oauth2"_s);
    QVERIFY(child<QRadioButton>(u"ownMode"_s, dialog)->isChecked());
    auto *fault = child<QLabel>(u"subdomainFault"_s, dialog);
    QVERIFY(fault->isVisible());
    QCOMPARE(subdomain->accessibleDescription(), fault->text());
    QVERIFY(!apply->isEnabled());
    for (int i = 0; i < 7; ++i)
        QTest::keyClick(subdomain, Qt::Key_Backspace);
    QVERIFY(!fault->isVisible());
    QVERIFY(child<QLabel>(u"subdomainPreview"_s, dialog)
                ->text()
                .contains(u"https://acme.authkit.app/oauth2/jwks"_s));
    QVERIFY(apply->isEnabled());
    // Back to the sandbox, with a scope that every call needs.
    QTest::mouseClick(child<QRadioButton>(u"sandboxMode"_s, dialog), Qt::LeftButton, {}, QPoint(8, 8));
    type(setting<QLineEdit>(u"requiredScopes"_s), u"documents:write"_s);
    (void)setting<QListWidget>(u"scopes"_s);
    type(child<QLineEdit>(u"scopesNew"_s, dialog), u"documents:write"_s);
    QTest::keyClick(child<QLineEdit>(u"scopesNew"_s, dialog), Qt::Key_Return);
    QVERIFY(dialog->isVisible());
    QCOMPARE(dialog->settings().scopes.size(), 5);
    QTest::mouseClick(apply, Qt::LeftButton);
    QTRY_COMPARE(child<QLabel>(u"footNote"_s, dialog)->text(), u"Applied."_s);
    QCOMPARE(m_peer.call(m_window->host()->running().resource, token),
             403); // The sandbox's token is still known.
    QTRY_COMPARE(cell(table()->model()->rowCount() - 1, TrafficModel::Auth), u"Scope missing"_s);
    QVERIFY(
        table()->model()->index(1, 0).data(TrafficModel::NoteRole).toBool()); // And the first call is kept.
    QCOMPARE(host::readSettingsFile(m_folder->filePath(u"settings.json"_s))
                 .value_or(host::Settings())
                 .requiredScopes,
             QStringList({u"documents:write"_s}));
    dialog->close();
}

void TestWindow::setsLimitsForPeers()
{
    open();
    const auto answerTo = [this](qsizetype bytes) {
        return m_peer
            .ask("POST", m_window->host()->running().resource, {{"Content-Type", "application/json"}},
                 QByteArray(bytes, ' '))
            .status;
    };
    QCOMPARE(answerTo(8 * 1024), 401);
    SettingsDialog *dialog = openSettings();
    QVERIFY(dialog);
    auto *body = setting<QSpinBox>(u"maxBodyKiB"_s);
    QVERIFY(body->isVisible());

    // The wheel scrolls the page and leaves the numbers that it passes.
    (void)setting<QSpinBox>(u"maxSessions"_s);
    QWheelEvent wheel({5, 5}, body->mapToGlobal(QPointF(5, 5)), {}, {0, 120}, {}, {}, Qt::NoScrollPhase,
                      false);
    QApplication::sendEvent(body, &wheel);
    QCOMPARE(body->value(), 1024);
    QVERIFY(!child<QPushButton>(u"apply"_s, dialog)->isEnabled());

    body->setValue(4);
    click(u"apply"_s, dialog);
    QTRY_COMPARE(child<QLabel>(u"footNote"_s, dialog)->text(), u"Applied."_s);
    QCOMPARE(answerTo(8 * 1024), 413);
    QCOMPARE(answerTo(2 * 1024), 401);
    dialog->close();
    child<QAction>(u"actionSettings"_s)->trigger();
    QVERIFY(dialog->isVisible());
    (void)setting<QSpinBox>(u"maxBodyKiB"_s);
    child<QPushButton>(u"putBack%1"_s.arg(int(host::Topic::Limits)), dialog)->click();
    QCOMPARE(body->value(), 1024);
    click(u"apply"_s, dialog);
    QTRY_COMPARE(answerTo(8 * 1024), 401);
    dialog->close();
}

void TestWindow::keepsSettingsAndItsOwnStateBetweenStarts()
{
    open();
    SettingsDialog *dialog = openSettings();
    QVERIFY(dialog);
    QTest::mouseClick(setting<QCheckBox>(u"verifyJwt"_s), Qt::LeftButton, {}, QPoint(8, 8));
    QVERIFY(child<QLabel>(u"verifyJwtRemark"_s, dialog)->isVisible());
    click(u"apply"_s, dialog);
    click(u"apply"_s, dialog); // Once more, for this.
    QTRY_VERIFY(!m_window->host()->running().verifyJwt);
    // Within the screen, which later Qt holds a window to.
    m_window->resize(m_window->screen()->availableSize().boundedTo({1180, 800}) - QSize(80, 80));
    const QSize size = m_window->size();
    child<Details>(u"details"_s)->setTab(Details::Timing);
    table()->setColumnHidden(TrafficModel::Revision, false);
    child<QAction>(u"actionDark"_s)->trigger();
    m_window->close();
    QCOMPARE(m_window->host()->state(), State::Stopped);
    m_configuration.kept = m_configuration.settings
        = host::readSettingsFile(m_folder->filePath(u"settings.json"_s)).value_or(host::Settings());
    open();
    QVERIFY(!m_window->host()->running().verifyJwt);
    QCOMPARE(m_window->size(), size);
    QCOMPARE(child<Details>(u"details"_s)->tab(), int(Details::Timing));
    QVERIFY(!table()->isColumnHidden(TrafficModel::Revision));
    QVERIFY(Look::theme().isDark);
    child<QAction>(u"actionLight"_s)->trigger();
}

void TestWindow::marksWhatTheCommandLineSet()
{
    m_configuration.overrides.insert(u"port"_s, u"--port"_s);
    m_configuration.kept.port = 3000;
    open();
    SettingsDialog *dialog = openSettings();
    QVERIFY(dialog);
    auto *note = child<QLabel>(u"portOverride"_s, dialog);
    QVERIFY(note->isVisible());
    QVERIFY(note->text().contains(u"--port"_s));
    QVERIFY2(note->text().contains(u"3000"_s), qPrintable(note->text())); // As kept.
    QVERIFY(!child<QLabel>(u"hostOverride"_s, dialog)->isVisible());
    type(setting<QLineEdit>(u"requiredScopes"_s), u"openid"_s);
    click(u"apply"_s, dialog);
    QTRY_COMPARE(child<QLabel>(u"footNote"_s, dialog)->text(), u"Applied."_s);
    // What the command line set for this start does not get into the file.
    QCOMPARE(
        host::readSettingsFile(m_folder->filePath(u"settings.json"_s)).value_or(host::Settings{u"x"_s}).port,
        3000);
}

void TestWindow::followsThePortThatWasApplied()
{
    m_configuration.overrides.insert(u"port"_s, u"--port"_s);
    open();
    SettingsDialog *dialog = openSettings();
    QVERIFY(dialog);
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress::LocalHost, 0));
    const int port = probe.serverPort();
    auto *edit = setting<QSpinBox>(u"port"_s);
    auto *state = child<QLabel>(u"portState"_s, dialog);
    edit->setValue(port);
    QTRY_COMPARE(state->text(), u"in use by another program"_s);
    QVERIFY(child<QPushButton>(u"usePort"_s, dialog)->isVisible());
    probe.close();
    click(u"apply"_s, dialog);
    QTRY_COMPARE(child<QLabel>(u"footNote"_s, dialog)->text(), u"Applied."_s);
    QCOMPARE(state->text(), u"in use by this server"_s);
    QVERIFY(!child<QLabel>(u"portOverride"_s, dialog)->isVisible()); // The user's word is the last one.
    QCOMPARE(m_window->host()->running().port, port);
}

void TestWindow::leavesAuthorizationAsItIs()
{
    m_configuration.settings.authorization = false;
    open();
    QCOMPARE(child<QPushButton>(u"mode"_s)->accessibleName(), u"Nobody is asked"_s);
    SettingsDialog *dialog = openSettings();
    QVERIFY(dialog);
    QVERIFY(!child<QPushButton>(u"apply"_s, dialog)->isEnabled());
    QVERIFY(child<QRadioButton>(u"sandboxMode"_s, dialog)->isChecked());
    type(setting<QLineEdit>(u"requiredScopes"_s), u"openid"_s);
    click(u"apply"_s, dialog);
    QTRY_COMPARE(child<QLabel>(u"footNote"_s, dialog)->text(), u"Applied."_s);
    QCOMPARE(child<QPushButton>(u"mode"_s)->accessibleName(), u"Nobody is asked"_s);
}

void TestWindow::warnsWhileSignaturesAreNotChecked()
{
    m_configuration.settings.verifyJwt = false;
    open();
    auto *banner = child<QWidget>(u"banner_verify_jwt_off"_s);
    QTRY_VERIFY(banner->isVisible());
    QCOMPARE(child<QPushButton>(u"verify"_s)->accessibleName(), u"Signatures not checked"_s);
    click(u"banner_verify_jwt_offButton"_s);
    QTRY_COMPARE(child<QPushButton>(u"verify"_s)->accessibleName(), u"Signatures checked"_s);
    QTRY_VERIFY(!m_window->findChild<QWidget *>(u"banner_verify_jwt_off"_s));
}

void TestWindow::saysThatItIsTheSandboxUntilThatIsClosed()
{
    open();
    QTRY_VERIFY(child<QWidget>(u"bannerSandbox"_s)->isVisible());
    QCOMPARE(child<QPushButton>(u"mode"_s)->accessibleName(), u"Sandbox"_s);
    click(u"bannerSandboxButton"_s);
    QVERIFY(m_window->findChild<SettingsDialog *>()->isVisible());
    m_window->findChild<SettingsDialog *>()->close();
    click(u"bannerSandboxClose"_s);
    QTRY_VERIFY(!m_window->findChild<QWidget *>(u"bannerSandbox"_s));
    m_window->close();
    open();
    QVERIFY(!m_window->findChild<QWidget *>(u"bannerSandbox"_s));
    QCOMPARE(child<QPushButton>(u"mode"_s)->accessibleName(), u"Sandbox"_s); // That one stays.
}

void TestWindow::doesWhatThePillsOffer()
{
    m_configuration.settings.authorization = false;
    open();
    child<QAction>(u"askForTokens"_s)->trigger();
    QTRY_COMPARE(child<QPushButton>(u"mode"_s)->accessibleName(), u"Sandbox"_s);
    for (const QAction *line : child<QMenu>(u"modeMenu"_s)->actions())
        QVERIFY(line->isSeparator() || line->isEnabled() == !line->objectName().isEmpty());
    child<QAction>(u"sandboxRequests"_s)->trigger();
    QVERIFY(child<QWidget>(u"trafficView"_s)->isVisible());
    QCOMPARE(child<QLineEdit>(u"filter"_s)->text(), u"is:sandbox"_s);
    child<QAction>(u"breakSomething"_s)->trigger();
    QVERIFY(child<QWidget>(u"homeView"_s)->isVisible());
    QVERIFY(child<QPushButton>(u"showMe_registration-off"_s)->hasFocus());
    child<QAction>(u"showKeys"_s)->trigger();
    QVERIFY(child<QWidget>(u"keysView"_s)->isVisible());
    child<QAction>(u"verifySettings"_s)->trigger();
    QVERIFY(m_window->findChild<SettingsDialog *>()->isVisible());
}

void TestWindow::saysThatTheIssuerIsAway()
{
    m_configuration.settings.subdomain = u"http://127.0.0.1:1"_s; // Nobody listens on port 1.
    open();
    QTRY_VERIFY(m_window->findChild<QWidget *>(u"bannerIssuer"_s));
    QCOMPARE(child<QPushButton>(u"mode"_s)->accessibleName(), u"127.0.0.1"_s);
}

void TestWindow::saysThatAProxyHasAnotherAddress()
{
    open();
    const auto pass = [this](const QByteArray &host) {
        m_peer.ask("POST", m_running.resource, {{"X-Forwarded-Proto", "https"}, {"X-Forwarded-Host", host}},
                   "{}");
    };
    const auto banner = [this] { return m_window->findChild<QWidget *>(u"bannerProxy"_s); };
    child<QWidget>(u"bannerSandboxClose"_s)->setFocus();
    const int width = m_window->minimumSizeHint().width();
    pass(QByteArray(40, 'a') + '.' + QByteArray(50, 'b')); // One word.
    QTRY_VERIFY(banner() && banner()->isVisible());
    QVERIFY(child<QWidget>(u"bannerSandboxClose"_s)->hasFocus()); // The others stay as they are.
    QCOMPARE(m_window->minimumSizeHint().width(), width);
    click(u"bannerProxyClose"_s);
    QTRY_VERIFY(!banner());
    pass("a.ngrok.app");
    QTRY_VERIFY(banner() && banner()->isVisible());
    pass("c.ngrok.app"); // Anybody can send it: what is read stays.
    m_peer.call(m_running.resource, {});
    QTRY_COMPARE(table()->model()->rowCount(), 4);
    const auto namesIn = [](const QWidget *shown) {
        QString text;
        for (const QLabel *label : shown->findChildren<QLabel *>())
            text += label->text();
        return text;
    };
    QVERIFY(namesIn(banner()).contains(u"a.ngrok.app"_s));
    click(u"bannerProxyClose"_s);
    QTRY_VERIFY(banner() && namesIn(banner()).contains(u"c.ngrok.app"_s)); // But it is not lost.
    click(u"bannerProxyClose"_s);
    QTRY_VERIFY(!banner());
    pass("a.ngrok.app");
    pass("b.ngrok.app");
    QTRY_VERIFY(banner());
    click(u"bannerProxyButton"_s);
    auto *dialog = m_window->findChild<SettingsDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    QCOMPARE(dialog->focusWidget(), child<QLineEdit>(u"resource"_s, dialog)); // That is what it was about.
    type(child<QLineEdit>(u"resource"_s, dialog), u"https://b.ngrok.app/mcp"_s);
    click(u"apply"_s, dialog);
    QTRY_VERIFY(!banner());
}

void TestWindow::showsAForeignNameAsItCame()
{
    open();
    m_peer.ask("POST", m_running.resource,
               {{"Authorization", "Bearer " + m_peer.token(m_running.issuer)},
                {"Content-Type", "application/json"},
                {"Accept", "application/json"},
                {"MCP-Protocol-Version", "2025-06-18"}},
               R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a&b   c\t\u202ed"}})");
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    clickRow(0);
    const QString summary = child<QTextBrowser>(u"summary"_s)->toPlainText();
    QVERIFY2(summary.contains(u"a&b   c⟨U+0009⟩⟨U+202E⟩d"_s), qPrintable(summary));
    const QPoint at = table()->visualRect(table()->model()->index(0, TrafficModel::Call)).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, table()->viewport()->mapToGlobal(at));
    QApplication::sendEvent(table()->viewport(), &event);
    const auto *menu = m_window->findChild<QMenu *>(u"trafficMenu"_s);
    QVERIFY(menu);
    const QString entry = menu->actions().first()->text();
    QCOMPARE(entry, u"Filter by tool:\"a&&b   c⟨U+0009⟩⟨U+202E⟩d\""_s);
}

void TestWindow::closesWhileCallsAreInFlight()
{
    open();
    // Half a request, and whole ones whose answers nobody waits for.
    QTcpSocket half;
    half.connectToHost(QHostAddress(QHostAddress::LocalHost), quint16(m_running.port));
    QVERIFY(half.waitForConnected());
    half.write("POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{");
    QTcpSocket whole;
    whole.connectToHost(QHostAddress(QHostAddress::LocalHost), quint16(m_running.port));
    QVERIFY(whole.waitForConnected());
    for (int i = 0; i < 50; ++i)
        whole.write("POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}");
    whole.flush();
    m_window->close();
    QCOMPARE(m_window->host()->state(), State::Stopped);
    m_window.reset();
}

void TestWindow::stopsAndStartsByKeys()
{
    open();
    QTest::keyClick(m_window.get(), Qt::Key_F5, Qt::ShiftModifier);
    QTRY_COMPARE(child<QLabel>(u"stateWord"_s)->text(), u"Stopped"_s);
    QTest::keyClick(m_window.get(), Qt::Key_F5);
    QTRY_COMPARE(child<QLabel>(u"stateWord"_s)->text(), u"Listening"_s);
    m_peer.call(m_window->host()->running().resource, {});
    m_peer.call(m_window->host()->running().resource, {});
    QTRY_COMPARE(table()->model()->rowCount(), 2);
    QTest::keyClick(m_window.get(), Qt::Key_F8);
    QTest::keyClick(m_window.get(), Qt::Key_F8);
    QCOMPARE(table()->currentIndex().row(), 1);
    QTest::keyClick(m_window.get(), Qt::Key_F7);
    QCOMPARE(table()->currentIndex().row(), 0);
    QTest::keyClick(m_window.get(), Qt::Key_M, Qt::ControlModifier);
    QCOMPARE(table()->model()->index(0, 0).data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
}

void TestWindow::copiesWhatWasAskedFor()
{
    open();
    const QByteArray token = m_peer.token(m_running.issuer, {{u"ttl"_s, -20}});
    m_peer.call(m_running.resource, token);
    QTRY_COMPARE(cell(0, TrafficModel::Http), u"401"_s);
    clickRow(0);
    click(u"copyReport"_s);
    QVERIFY2(QApplication::clipboard()->text().startsWith(u"**Refused: The token expired"_s),
             qPrintable(QApplication::clipboard()->text()));
    QTest::keyClick(m_window.get(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    const QString curl = QApplication::clipboard()->text();
    QVERIFY2(curl.contains(u"Bearer $TOKEN"_s) && !curl.contains(QString::fromLatin1(token)),
             qPrintable(curl));
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QApplication::clipboard()->text().contains(u"\t401\t"_s));
}

void TestWindow::saysThatItHasCopied()
{
    open();
    QApplication::clipboard()->clear();
    auto *address = child<QToolButton>(u"copyAddress"_s);
    QTest::mouseClick(address, Qt::LeftButton);
    QCOMPARE(QApplication::clipboard()->text(), m_running.resource);
    QCOMPARE(address->text(), u"Copied"_s);
    QVERIFY(m_window->statusBar()->currentMessage().startsWith(u"Copied"_s));
    QTRY_COMPARE_WITH_TIMEOUT(address->text(), u"Copy address"_s, 5000);
    m_peer.call(m_running.resource, m_peer.token(m_running.issuer));
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    clickRow(0);
    QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
    auto *body = child<QPushButton>(u"requestCopy"_s);
    QTRY_VERIFY(body->isVisible());
    QTest::mouseClick(body, Qt::LeftButton);
    QTest::mouseClick(body, Qt::LeftButton);
    QCOMPARE(body->text(), u"Copied"_s);
    QTRY_COMPARE_WITH_TIMEOUT(body->text(), u"Copy"_s, 5000);
    QVERIFY(QApplication::clipboard()->text().contains(u"get-profile"_s));
}

void TestWindow::namesEverythingThatTakesFocus()
{
    open();
    m_peer.call(m_running.resource, m_peer.token(m_running.issuer));
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    clickRow(0);
    QVERIFY(openSettings());
    int walked = 0;
    for (QWidget *widget : m_window->findChildren<QWidget *>()) {
        if (widget->focusPolicy() == Qt::NoFocus || qobject_cast<QAbstractItemView *>(widget->parentWidget())
            || widget->objectName().startsWith(u"qt_"_s))
            continue;
        const QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(widget);
        QVERIFY(spoken);
        const QString name = spoken->text(QAccessible::Name);
        QVERIFY2(
            !name.isEmpty(),
            qPrintable(u"%1 %2 in %3"_s.arg(QString::fromLatin1(widget->metaObject()->className()),
                                            widget->objectName(), widget->parentWidget()->objectName())));
        ++walked;
    }
    QVERIFY(walked > 30);
}

void TestWindow::usesNoShortcutTwice_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("English") << u"en"_s;
    QTest::newRow("German") << u"de"_s;
}

void TestWindow::usesNoShortcutTwice()
{
    QFETCH(const QString, language);
    const auto words = speak(language);
    open();
    child<QAction>(u"actionConnect"_s)->trigger(); // That page is made when it is opened.
    QHash<QString, QString> users;
    const auto use = [&users](const QKeySequence &keys, const QString &name) {
        if (keys.isEmpty())
            return QString();
        const QString text = keys.toString(QKeySequence::PortableText);
        const QString other = users.value(text);
        users.insert(text, name);
        return other.isEmpty() || other == name ? QString() : u"%1: %2 and %3"_s.arg(text, other, name);
    };
    for (const QAction *action : m_window->findChildren<QAction *>()) {
        const bool isWide = action->shortcutContext() == Qt::WindowShortcut;
        const QString clash = isWide ? use(action->shortcut(), action->objectName()) : QString();
        QVERIFY2(clash.isEmpty(), qPrintable(clash));
    }
    for (const QAbstractButton *button : m_window->findChildren<QAbstractButton *>()) {
        const QString clash = use(button->shortcut(), button->objectName());
        QVERIFY2(clash.isEmpty(), qPrintable(clash));
    }
    // Menus and the labels of fields.
    const QList<QAction *> menus = m_window->menuBar()->actions();
    for (const QAction *menu : menus) {
        const QString clash = use(QKeySequence::mnemonic(menu->text()), menu->text());
        QVERIFY2(clash.isEmpty(), qPrintable(clash));
    }
    for (const QAction *menu : menus) {
        QHash<QString, QString> within;
        const QList<QAction *> actions = menu->menu()->actions();
        for (const QAction *action : actions) {
            const QString key = QKeySequence::mnemonic(action->text()).toString();
            QVERIFY2(key.isEmpty() || !within.contains(key),
                     qPrintable(u"%1: %2 and %3"_s.arg(key, within.value(key), action->text())));
            within.insert(key, action->text());
        }
    }
    for (const QLabel *label : m_window->findChildren<QLabel *>()) {
        const QString clash
            = label->buddy() ? use(QKeySequence::mnemonic(label->text()), label->text()) : QString();
        QVERIFY2(clash.isEmpty(), qPrintable(clash));
    }
    QVERIFY2(users.size() > 25, qPrintable(users.keys().join(u' ')));
}

void TestWindow::isReadableInBothThemes()
{
    const auto luminance = [](const QColor &color) {
        const auto part
            = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
        return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) + 0.0722 * part(color.blueF());
    };
    const auto contrast = [&](const QColor &one, const QColor &other) {
        const double a = luminance(one);
        const double b = luminance(other);
        return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
    };
    for (const Theme *theme : {&lightTheme(), &darkTheme()}) {
        using inspector::Tone;
        QList<std::pair<QColor, QColor>> pairs{{theme->text, theme->window},    {theme->text, theme->base},
                                               {theme->text, theme->selection}, {theme->muted, theme->window},
                                               {theme->muted, theme->base},     {theme->accent, theme->base},
                                               {theme->onAccent, theme->accent}};
        for (const QColor &json : {theme->jsonString, theme->jsonNumber}) {
            for (const QColor &ground : {theme->base, theme->window, theme->selection})
                pairs.append({json, ground});
        }
        for (const Tone tone : {Tone::Plain, Tone::Muted, Tone::Good, Tone::Warning, Tone::Bad}) {
            // Every tone may stand on every tint, on the selection and on the plain ground.
            for (const QColor &ground :
                 {theme->base, theme->goodTint, theme->warningTint, theme->badTint, theme->selection})
                pairs.append({theme->colorOf(tone), ground});
        }
        for (const auto &[text, ground] : std::as_const(pairs)) {
            QVERIFY2(
                contrast(text, ground) >= 4.5,
                qPrintable(u"%1 on %2: %3"_s.arg(text.name(), ground.name()).arg(contrast(text, ground))));
        }
    }
}

void TestWindow::showsEverySizeOfText()
{
    open();
    m_window->resize(1280, 800);
    m_peer.call(m_running.resource, m_peer.token(m_running.issuer));
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    clickRow(0);
    const int usual = table()->rowHeight(0);
    for (int i = 0; i < 10; ++i)
        child<QAction>(u"actionLarger"_s)->trigger();
    QCOMPARE(Look::textPercent(), 200);
    QVERIFY(table()->rowHeight(0) > usual * 3 / 2);
    child<Details>(u"details"_s)->setTab(Details::Token);
    auto *claims = child<QTableView>(u"claims"_s);
    QTRY_VERIFY(claims->viewport()->height() >= claims->rowHeight(0)); // Room was made anew.
    child<QAction>(u"actionLarger"_s)->trigger();
    QCOMPARE(Look::textPercent(), 200);
    child<QAction>(u"actionUsualSize"_s)->trigger();
    QCOMPARE(table()->rowHeight(0), usual);
}

/// Labels and buttons that are too small for their words; what is left out with a sign of it is no fault.
QStringList TestWindow::cutWords(QWidget *of)
{
    QStringList cut;
    const QList<QWidget *> all = of->findChildren<QWidget *>();
    for (QWidget *widget : all) {
        const auto *label = qobject_cast<QLabel *>(widget);
        const auto *button = qobject_cast<QAbstractButton *>(widget);
        const bool isWords = (label && !label->text().isEmpty() && !qobject_cast<app::ElidedLabel *>(widget))
            || (button && !button->text().isEmpty() && !qobject_cast<QToolButton *>(widget));
        if (!isWords || !widget->isVisible())
            continue;
        const bool isWrapped = label && label->wordWrap();
        const int lacking = isWrapped ? widget->heightForWidth(widget->width()) - widget->height()
                                      : widget->sizeHint().width() - widget->width();
        if (lacking > 0)
            cut.append(u"%1 “%2” lacks %3"_s.arg(widget->objectName(), label ? label->text() : button->text())
                           .arg(lacking));
    }
    return cut;
}

void TestWindow::cutsNoWordAtTwiceTheSize_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QSize>("size");
    QTest::newRow("English") << u"en"_s << QSize(1280, 800);
    QTest::newRow("German") << u"de"_s << QSize(1280, 800);
    QTest::newRow("a large window") << u"en"_s << QSize(1600, 1100);
}

void TestWindow::cutsNoWordAtTwiceTheSize()
{
    QFETCH(const QString, language);
    QFETCH(const QSize, size);
    const auto words = speak(language);
    m_kept->setValue(u"window/textPercent"_s, 200);
    open();
    const auto usual = qScopeGuard([this] { child<QAction>(u"actionUsualSize"_s)->trigger(); });
    m_window->resize(size);
    QTRY_COMPARE(m_window->size(), size);
    QVERIFY(child<QPushButton>(u"startStop"_s)->iconSize().height() > 20);
    m_peer.ask("POST", m_running.resource,
               {{"X-Forwarded-Proto", "https"}, {"X-Forwarded-Host", "a.ngrok.app"}});
    m_peer.call(m_running.resource,
                m_peer.token(m_running.issuer, {{u"resource"_s, u"https://other.example/mcp"_s}}));
    QTRY_COMPARE(table()->model()->rowCount(), 2);
    QTRY_VERIFY(child<QWidget>(u"bannerProxy"_s)->isVisible());
    QVERIFY(!child<QWidget>(u"bannerProxy"_s)->findChild<ElidedLabel *>()); // What to do stands at its end.
    const auto nothing = [this] { return cutWords(m_window.get()).join(u'\n'); };
    clickRow(1);
    QTRY_COMPARE(nothing(), QString());
    child<QAction>(u"actionClient"_s)->trigger();
    auto *steps = child<QTreeWidget>(u"steps"_s);
    for (int row = 0; row < steps->topLevelItemCount(); ++row) {
        steps->setCurrentItem(steps->topLevelItem(row));
        QTRY_COMPARE(nothing(), QString());
    }
    SettingsDialog *dialog = openSettings();
    QVERIFY(dialog);
    auto *pages = child<QListWidget>(u"pages"_s, dialog);
    for (int page = 0; page < pages->count(); ++page) {
        pages->setCurrentRow(page);
        QTRY_COMPARE(cutWords(dialog).join(u'\n'), QString());
        auto *area = qobject_cast<QScrollArea *>(child<QStackedWidget>(u"stack"_s, dialog)->currentWidget());
        QVERIFY(area);
        if (dialog->screen()->availableSize().width() > 1000) // Else it scrolls.
            QTRY_COMPARE(area->horizontalScrollBar()->maximum(), 0);
    }
}

void TestWindow::keepsHowItsPartsShareTheRoom_data()
{
    QTest::addColumn<int>("percent");
    QTest::newRow("usual text") << 100;
    QTest::newRow("larger text") << 130;
}

void TestWindow::keepsHowItsPartsShareTheRoom()
{
    QFETCH(const int, percent);
    m_kept->setValue(u"window/textPercent"_s, percent);
    const auto usual = qScopeGuard([this] { child<QAction>(u"actionUsualSize"_s)->trigger(); });
    const auto show = [this] {
        open();
        QCOMPARE(m_peer.call(m_running.resource, m_peer.token(m_running.issuer)), 200);
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        clickRow(0);
    };
    show();
    auto *splitter = child<QSplitter>(u"splitter"_s);
    QTRY_VERIFY(splitter->sizes().last() > 0);
    const int all = splitter->sizes().first() + splitter->sizes().last();
    splitter->setSizes({all * 2 / 3, all / 3});
    const QList<int> sizes = splitter->sizes();
    m_window->close();
    show();
    QTRY_VERIFY2(
        std::abs(child<QSplitter>(u"splitter"_s)->sizes().first() - sizes.first()) < 20,
        qPrintable(
            u"%1 and not %2"_s.arg(child<QSplitter>(u"splitter"_s)->sizes().first()).arg(sizes.first())));
}

void TestWindow::fitsOntoItsScreenAtItsFirstStart()
{
    open();
    const QSize room = m_window->screen()->availableSize().expandedTo(m_window->minimumSizeHint());
    QVERIFY2(m_window->frameSize().boundedTo(room) == m_window->frameSize(),
             qPrintable(u"%1 × %2"_s.arg(m_window->width()).arg(m_window->height())));
}

void TestWindow::cutsNoColumnInASmallWindow_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("English") << u"en"_s;
    QTest::newRow("German, whose verdicts are longer") << u"de"_s;
}

void TestWindow::cutsNoColumnInASmallWindow()
{
    QFETCH(const QString, language);
    const auto words = speak(language);
    open();
    m_window->resize(1024, 700);
    QTRY_COMPARE(m_window->size(), QSize(1024, 700));
    m_peer.call(m_running.resource, {});
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    QCOMPARE(table()->horizontalScrollBar()->maximum(), 0);
    for (const int column : {int(inspector::TrafficModel::Call), int(inspector::TrafficModel::User)})
        QVERIFY(table()->columnWidth(column) > 60);
}

GATEHOUSE_TEST(TestWindow)
#include "tst_window.moc"
