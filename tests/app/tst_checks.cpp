// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/checksview.h"
#include "app/mainwindow.h"
#include "app/settingskeeper.h"
#include "support/openwindow.h"
#include "support/peer.h"
#include "support/unit.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTest>
#include <QTreeWidget>

using namespace gatehouse;
using namespace gatehouse::app;
using namespace Qt::StringLiterals;

/// What can be wrong, looked at and mended in the window.
class TestChecks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void cleanup() { m_open.reset(); }
    void looksOnceSomebodyLooks();
    void triesTheForgedCalls();
    void mendsASettingAndTakesItBack();
    void takesBackNothingThatOthersHaveChangedSince();
    void forgetsTheForgedCallsOfAnotherPolicy();
    void saysThatACancelledRunIsNone();
    void stillKnowsOfAProxyWhoseBannerIsClosed();
    void takesBackNoSettingThatIsBeingApplied();
    void keepsEachOfTwoChangesAtOnce();
    void appliesNothingToAServerThatIsStopped();
    void saysWhatTheButtonChanges();
    void showsWhatIsChosen();
    void startsWhatIsStopped();
    void copiesTheDiagnosticsWithoutASecret();
    void copiesTheDiagnosticsOfWhatDoesNotStart();
    void leadsToTheTrafficAndTheSettings();
    void staysWhereTheKeyboardIs();

private:
    void open(const host::Settings &settings = {})
    {
        m_open = std::make_unique<OpenWindow>(settings);
        QVERIFY(m_open->waitUntilReady());
    }
    void openChecks(const host::Settings &settings = {})
    {
        open(settings);
        child<QAction>(u"actionChecks"_s)->trigger();
        QTRY_VERIFY(titleText().contains(u"fail"_s)
                    && evidenceOf(u"Clients can register"_s).contains(u"switched on"_s));
    }
    template <typename T> [[nodiscard]] T *child(const QString &name) const
    {
        T *found = m_open->window()->findChild<T *>(name);
        if (!found)
            qFatal("There is no %s.", qPrintable(name));
        return found;
    }
    [[nodiscard]] ChecksView *view() const { return child<ChecksView>(u"checksView"_s); }
    [[nodiscard]] QString titleText() const { return child<QLabel>(u"checksTitle"_s)->text(); }
    [[nodiscard]] QTreeWidgetItem *rowOf(const QString &title) const
    {
        const auto found
            = child<QTreeWidget>(u"checkup"_s)->findItems(title, Qt::MatchExactly | Qt::MatchRecursive);
        return found.isEmpty() ? nullptr : found.first();
    }
    [[nodiscard]] QString evidenceOf(const QString &title) const
    {
        const QTreeWidgetItem *row = rowOf(title);
        return row ? row->text(1) : QString();
    }
    void choose(const QString &title)
    {
        QVERIFY(rowOf(title));
        child<QTreeWidget>(u"checkup"_s)->setCurrentItem(rowOf(title));
    }

    std::unique_ptr<OpenWindow> m_open;
};

void TestChecks::looksOnceSomebodyLooks()
{
    open();
    QCOMPARE(m_open->traffic()->rowCount(), 0); // Nobody is asked unseen.
    child<QAction>(u"actionChecks"_s)->trigger();
    QTRY_COMPARE(evidenceOf(u"Clients find out where to sign in"_s),
                 u"the same behind the path and at the root; its resource is this address"_s);
    QTRY_VERIFY(evidenceOf(u"Its keys can be read"_s).startsWith(u"1 of use (RS256)"_s));
    QTRY_COMPARE(evidenceOf(u"It answers, and is whom it says"_s), m_open->running().issuer);
    QVERIFY(evidenceOf(u"Forged calls are refused"_s).startsWith(u"not tried"_s));
    QTRY_VERIFY(titleText().startsWith(u"Nothing fails"_s));
    QCOMPARE(view()->badge().count, 0);
}

void TestChecks::triesTheForgedCalls()
{
    host::Settings settings;
    settings.requiredScopes = {u"email"_s}; // One of the calls lacks it.
    openChecks(settings);
    child<QPushButton>(u"runCheckup"_s)->click();
    QTRY_COMPARE_WITH_TIMEOUT(evidenceOf(u"Forged calls are refused"_s), u"11 of 11 refused"_s, 20'000);
    QTRY_COMPARE(child<QPushButton>(u"runCheckup"_s)->text(), u"Run all"_s);
}

void TestChecks::mendsASettingAndTakesItBack()
{
    host::Settings settings;
    settings.requiredScopes = {u"tickets:read"_s};
    openChecks(settings);
    const QString title = u"What is needed can be asked for"_s;
    QTRY_COMPARE(evidenceOf(title), u"every call needs tickets:read, which is not advertised"_s);
    QTRY_COMPARE(view()->badge().tone, inspector::Tone::Bad);
    choose(title);
    auto *mend = child<QPushButton>(u"applyRemedy"_s);
    QCOMPARE(mend->text(), u"Advertise tickets:read"_s);
    mend->click();
    QTRY_COMPARE(evidenceOf(title), u"all scopes that are needed are advertised"_s);
    QTRY_COMPARE(view()->badge().count, 0);
    auto *undo = child<QPushButton>(u"undoRemedy"_s);
    QTRY_VERIFY(undo->isVisible());
    choose(u"PKCE with S256"_s); // Nothing was changed for that.
    QVERIFY(!undo->isVisible());
    choose(title);
    QTRY_VERIFY(undo->isVisible());
    QVERIFY(child<QLabel>(u"remedyChange"_s)->text().contains(u"− tickets:read"_s));
    undo->click();
    QTRY_COMPARE(evidenceOf(title), u"every call needs tickets:read, which is not advertised"_s);
    QTRY_VERIFY(!undo->isVisible());
}

void TestChecks::takesBackNothingThatOthersHaveChangedSince()
{
    host::Settings settings;
    settings.verifyJwt = false;
    openChecks(settings);
    choose(u"Signatures are checked"_s);
    child<QPushButton>(u"applyRemedy"_s)->click();
    auto *undo = child<QPushButton>(u"undoRemedy"_s);
    QTRY_VERIFY(undo->isVisible());
    host::Settings others = m_open->window()->findChild<SettingsKeeper *>()->configuration().settings;
    others.verifyJwt = false;
    m_open->window()->findChild<SettingsKeeper *>()->apply(others);
    QTRY_COMPARE(evidenceOf(u"Signatures are checked"_s), u"verifyJwt is off"_s);
    QTRY_VERIFY(!undo->isVisible());
}

void TestChecks::forgetsTheForgedCallsOfAnotherPolicy()
{
    host::Settings settings;
    settings.requiredScopes = {u"email"_s};
    openChecks(settings);
    child<QPushButton>(u"runCheckup"_s)->click();
    QTRY_COMPARE_WITH_TIMEOUT(evidenceOf(u"Forged calls are refused"_s), u"11 of 11 refused"_s, 20'000);
    settings = m_open->window()->findChild<SettingsKeeper *>()->configuration().settings;
    settings.verifyJwt = false;
    m_open->window()->findChild<SettingsKeeper *>()->apply(settings);
    QTRY_VERIFY(evidenceOf(u"Forged calls are refused"_s).startsWith(u"not tried"_s));
}

void TestChecks::saysThatACancelledRunIsNone()
{
    openChecks();
    child<QPushButton>(u"runCheckup"_s)->click();
    QTRY_VERIFY(evidenceOf(u"Forged calls are refused"_s).contains(u"tried so far"_s));
    child<QPushButton>(u"runCheckup"_s)->click();
    QTRY_VERIFY2(evidenceOf(u"Forged calls are refused"_s).contains(u"not tried"_s),
                 qPrintable(evidenceOf(u"Forged calls are refused"_s)));
}

void TestChecks::stillKnowsOfAProxyWhoseBannerIsClosed()
{
    openChecks();
    Peer peer;
    peer.ask("POST", m_open->running().resource,
             {{"X-Forwarded-Proto", "https"}, {"X-Forwarded-Host", "a.ngrok.app"}}, "{}");
    const QString title = u"Clients come by the address that they are told"_s;
    QTRY_VERIFY(evidenceOf(title).contains(u"a.ngrok.app"_s));
    QTRY_VERIFY(m_open->window()->findChild<QAbstractButton *>(u"bannerProxyClose"_s));
    child<QAbstractButton>(u"bannerProxyClose"_s)->click();
    QTRY_VERIFY(!m_open->window()->findChild<QAbstractButton *>(u"bannerProxyClose"_s));
    QVERIFY(evidenceOf(title).contains(u"a.ngrok.app"_s));
}

void TestChecks::takesBackNoSettingThatIsBeingApplied()
{
    host::Settings settings;
    settings.verifyJwt = false;
    openChecks(settings);
    choose(u"Signatures are checked"_s);
    auto *keeper = m_open->window()->findChild<SettingsKeeper *>();
    host::Settings others = keeper->configuration().settings;
    others.requiredScopes = {u"email"_s};
    keeper->apply(others);
    child<QPushButton>(u"applyRemedy"_s)->click();
    QTRY_VERIFY(child<QPushButton>(u"undoRemedy"_s)->isVisible()); // It knows its own from the others'.
    QCOMPARE(keeper->configuration().settings.requiredScopes, QStringList{u"email"_s});
    QVERIFY(keeper->configuration().settings.verifyJwt);
}

void TestChecks::keepsEachOfTwoChangesAtOnce()
{
    host::Settings settings;
    settings.verifyJwt = false;
    openChecks(settings);
    auto *keeper = m_open->window()->findChild<SettingsKeeper *>();
    const host::Settings before = keeper->configuration().settings;
    host::Settings one = before;
    one.requiredScopes = {u"email"_s};
    host::Settings other = before;
    other.verifyJwt = true;
    QSignalSpy applied(keeper, &SettingsKeeper::applied);
    keeper->apply(one);
    keeper->apply(other);
    QTRY_COMPARE(applied.size(), 2);
    QVERIFY(!keeper->isApplying());
    QCOMPARE(keeper->configuration().settings.requiredScopes, QStringList{u"email"_s});
    QVERIFY(keeper->configuration().settings.verifyJwt);
    QVERIFY(m_open->running().verifyJwt);
}

void TestChecks::appliesNothingToAServerThatIsStopped()
{
    openChecks();
    auto *keeper = m_open->window()->findChild<SettingsKeeper *>();
    host::Settings wanted = keeper->configuration().settings;
    wanted.requiredScopes = {u"email"_s};
    QSignalSpy applied(keeper, &SettingsKeeper::applied);
    keeper->apply(wanted);
    keeper->apply(wanted);
    m_open->window()->host()->stop();
    QTRY_COMPARE(applied.size(), 2);
    QVERIFY(!keeper->isApplying());
    QCOMPARE(m_open->window()->host()->state(), host::Host::State::Stopped);
    QVERIFY(keeper->configuration().settings.requiredScopes.isEmpty());
}

void TestChecks::saysWhatTheButtonChanges()
{
    host::Settings settings;
    settings.verifyJwt = false;
    openChecks(settings);
    choose(u"Signatures are checked"_s);
    const QString change = child<QLabel>(u"remedyChange"_s)->text();
    QVERIFY2(change.contains(u"− off"_s) && change.contains(u"+ on"_s), qPrintable(change));
    child<QPushButton>(u"applyRemedy"_s)->click();
    QTRY_COMPARE(evidenceOf(u"Signatures are checked"_s), u"verifyJwt is on"_s);
    QVERIFY(m_open->running().verifyJwt);
}

void TestChecks::showsWhatIsChosen()
{
    openChecks();
    child<QPushButton>(u"checksPassed"_s)->click();
    const auto *table = child<QTreeWidget>(u"checkup"_s);
    QVERIFY(!rowOf(u"Forged calls are refused"_s));
    QVERIFY(table->currentItem());
    child<QPushButton>(u"checksFailed"_s)->click();
    QCOMPARE(table->topLevelItemCount(), 1);
    QCOMPARE(table->topLevelItem(0)->text(0), u"None of them."_s);
    child<QPushButton>(u"checksAll"_s)->click();
    QVERIFY(rowOf(u"Forged calls are refused"_s));
}

void TestChecks::startsWhatIsStopped()
{
    openChecks();
    child<QAction>(u"actionStop"_s)->trigger();
    QTRY_COMPARE(evidenceOf(u"The server listens"_s), u"it is stopped"_s);
    QTRY_COMPARE(evidenceOf(u"Clients can register"_s), u"the server does not run"_s);
    choose(u"The server listens"_s);
    child<QPushButton>(u"applyRemedy"_s)->click();
    QVERIFY(m_open->waitForServer());
    QTRY_VERIFY(evidenceOf(u"Clients can register"_s).startsWith(u"switched on"_s)); // Looked at anew.
}

void TestChecks::copiesTheDiagnosticsWithoutASecret()
{
    host::Settings settings;
    settings.sandboxPrivate = true;
    settings.requiredScopes = {u"tickets:read"_s};
    open(settings);
    child<QAction>(u"actionChecks"_s)->trigger();
    QTRY_VERIFY(evidenceOf(u"Its keys can be read"_s).startsWith(u"1 of use"_s));
    child<QPushButton>(u"copyDiagnostics"_s)->click();
    const QString text = QApplication::clipboard()->text();
    QVERIFY2(text.contains(u"[Fails] What is needed can be asked for"_s), qPrintable(text));
    QVERIFY(text.contains(u"requiredScopes: tickets:read"_s));
    QVERIFY(text.contains(m_open->running().resource));
    QVERIFY(!m_open->running().sandboxSecret.isEmpty());
    QVERIFY(!text.contains(m_open->running().sandboxSecret));
}

void TestChecks::copiesTheDiagnosticsOfWhatDoesNotStart()
{
    host::Settings settings;
    settings.documents = u"postgresql://ada:c2VjcmV0LXdvcmQ@127.0.0.1:1/documents"_s; // Nobody listens there.
    m_open = std::make_unique<OpenWindow>(settings);
    child<QAction>(u"actionChecks"_s)->trigger();
    child<QPushButton>(u"copyDiagnostics"_s)->click();
    const QString text = QApplication::clipboard()->text();
    QVERIFY2(text.contains(u"documents: postgresql://ada:…@127.0.0.1:1/documents"_s), qPrintable(text));
    QVERIFY(text.contains(u"] The server listens – "_s));
}

void TestChecks::leadsToTheTrafficAndTheSettings()
{
    openChecks();
    choose(u"Clients find out where to sign in"_s);
    child<QPushButton>(u"checkTraffic"_s)->click();
    QCOMPARE(child<QWidget>(u"trafficView"_s)->isVisible(), true);
    QTRY_VERIFY(m_open->traffic()->rowCount() >= 2);
}

void TestChecks::staysWhereTheKeyboardIs()
{
    openChecks();
    auto *table = child<QTreeWidget>(u"checkup"_s);
    QTRY_COMPARE(QApplication::focusWidget(), table);
    choose(u"Signatures are checked"_s);
    Peer peer;
    QCOMPARE(peer.call(m_open->running().resource, peer.token(m_open->running().issuer)), 200);
    QTRY_VERIFY(!evidenceOf(u"All clients speak a current revision"_s).isEmpty());
    QCOMPARE(table->currentItem()->text(0), u"Signatures are checked"_s);
    QCOMPARE(QApplication::focusWidget(), table);
}

GATEHOUSE_TEST(TestChecks)
#include "tst_checks.moc"
