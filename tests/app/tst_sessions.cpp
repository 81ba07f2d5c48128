// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/details.h"
#include "app/mainwindow.h"
#include "app/sessiondesk.h"
#include "app/sessionkeeper.h"
#include "app/sessionwindow.h"
#include "app/traffictable.h"
#include "app/trafficview.h"
#include "records/sessionreader.h"
#include "support/exchanges.h"
#include "support/openwindow.h"
#include "support/peer.h"
#include "support/unit.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::app;
using namespace Qt::StringLiterals;
using records::running;

/// Session files, opened to be read.
class TestSessions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"one.gatehouse"_s);
    }
    void cleanup()
    {
        delete m_window;
        m_open.reset();
    }
    void showsWhatPassed();
    void goesThroughALargeFile();
    void searchesALargeFileAsAWhole();
    void readsAnew();
    void saysWhyThereIsNothing_data();
    void saysWhyThereIsNothing();
    void opensEachFileOnce();
    void remembersWhatWasOpened();
    void takesWhatIsDropped();
    void hasNothingThatOnlyAServerCanDo();
    void keepsWhatPassesUntilSomebodyNamesAFile();
    void offersASessionThatWasCutOff();
    void leavesOutWhatWasClearedOrPaused();
    void keepsTheNewestThatNobodyNamed();
    void deletesWhatIsNotToBeKept();
    void keepsNothingWhereNothingPassed();
    void saysWhatCannotBeSaved();

private:
    [[nodiscard]] std::unique_ptr<records::SessionFile> begin()
    {
        auto file = records::SessionFile::open(m_path);
        records::SessionRun run;
        run.resource = u"http://localhost:3000/mcp"_s;
        run.issuer = u"https://acme.authkit.app"_s;
        run.program = u"Gatehouse 0.1.0"_s;
        run.startedMs = 1'800'000'000'000;
        if (!file || !(*file)->beginRun(run))
            qFatal("The file cannot be written.");
        return *std::move(file);
    }
    void write(quint64 count)
    {
        const auto file = begin();
        QList<exchange::Exchange> batch;
        for (quint64 id = 1; id <= count; ++id) {
            batch.append(records::call(id));
            batch.last().target = id % 10 == 0 ? u"tenth"_s : u"other"_s;
        }
        QVERIFY(file->write(batch));
        QVERIFY(file->endRun(1'800'000'060'000));
    }
    void look(inspector::ExchangeLog::Limits limits = SessionWindow::usualLimits)
    {
        m_window = new SessionWindow(m_path, nullptr, limits);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window));
        QTRY_VERIFY(isDone());
    }
    [[nodiscard]] bool isDone() const { return child<QPushButton>(u"sessionCancel"_s)->isHidden(); }
    template <typename T = QWidget> [[nodiscard]] T *child(const QString &name) const
    {
        T *found = m_window->findChild<T *>(name);
        if (!found)
            qFatal("There is no %s.", qPrintable(name));
        return found;
    }
    [[nodiscard]] QString words(const QString &name) const
    {
        QString text = child<QLabel>(name)->text();
        return text.remove(QChar(0x2068)).remove(QChar(0x2069)).remove(QChar(0x200B));
    }
    [[nodiscard]] QString cell(int row, int column) const
    {
        return m_window->traffic()->index(row, column).data().toString();
    }
    [[nodiscard]] QString firstTarget() const { return cell(0, inspector::TrafficModel::Call); }
    [[nodiscard]] QString folder() const { return m_folder->filePath(u"sessions"_s); }
    [[nodiscard]] QStringList unnamed() const
    {
        return QDir(folder()).entryList({u"*.gatehouse"_s}, QDir::Files);
    }
    void openWindow()
    {
        m_open = std::make_unique<OpenWindow>(host::Settings(), false, 100, folder());
        QVERIFY(m_open->waitUntilReady());
    }
    void call(int times)
    {
        const int before = m_open->traffic()->rowCount();
        for (int i = 0; i < times; ++i)
            QCOMPARE(m_peer.call(m_open->running().resource, {}), 401);
        QTRY_COMPARE(m_open->traffic()->rowCount(), before + times);
    }
    /// How many requests to the server stand in a file; -1: it cannot be read.
    [[nodiscard]] static qsizetype requestsIn(const QString &path)
    {
        const auto reader = records::SessionReader::open(path);
        auto page = reader ? (*reader)->rowsBehind(0, 1000) : base::failure(reader.error());
        if (!page)
            return -1;
        page->rows.removeIf([](const auto &row) { return row.exchange.source == exchange::Source::Sandbox; });
        return page->rows.size();
    }
    void type(const QString &filter) { m_window->view()->setFilterText(filter); }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    QPointer<SessionWindow> m_window;
    std::unique_ptr<OpenWindow> m_open;
    Peer m_peer;
};

void TestSessions::showsWhatPassed()
{
    {
        const auto file = begin();
        exchange::Exchange refused = records::call(2);
        refused.status = 401;
        refused.verdict.reason = auth::Reason::Expired;
        refused.responseBody = {"{\"why\":\"late\"}", 14, false};
        QVERIFY(file->write({records::call(1), refused, running(3)}, 4));
        records::SessionRun second;
        second.resource = u"http://localhost:4000/mcp"_s;
        second.startedMs = 1'800'000'100'000;
        QVERIFY(file->beginRun(second));
        QVERIFY(file->write({records::call(1)}));
    }
    look();
    QVERIFY(m_window->windowTitle().startsWith("one.gatehouse"_L1));
    QCOMPARE(m_window->traffic()->rowCount(), 5); // With a note between the runs.
    QVERIFY(cell(1, inspector::TrafficModel::Auth).startsWith("Expired"_L1));
    QCOMPARE(cell(2, inspector::TrafficModel::Result), u"Not finished"_s); // And never will be.
    QCOMPARE(cell(2, inspector::TrafficModel::Took), u"–"_s);
    QVERIFY(cell(3, 0).contains("http://localhost:4000/mcp"_L1));
    for (const QString &fact :
         {u"Requests: 4"_s, u"http://localhost:4000/mcp"_s, u"runs: 2"_s, u"still recorded or cut off"_s,
          u"too much came at once: 4"_s, u"secrets are masked"_s})
        QVERIFY2(words(u"sessionFacts"_s).contains(fact), qPrintable(words(u"sessionFacts"_s)));
    QVERIFY(child(u"sessionStretch"_s)->isHidden());
    QCOMPARE(QApplication::focusWidget()->objectName(), u"traffic"_s);
    // The same details as of what passes now.
    m_window->view()->table()->selectRow(1);
    QVERIFY(m_window->view()->details()->isVisible());
    m_window->view()->details()->setTab(Details::Response);
    QTest::keyClick(m_window, Qt::Key_F, Qt::ControlModifier);
    QCOMPARE(QApplication::focusWidget()->objectName(), u"filter"_s);
    type(u"auth:expired"_s);
    QCOMPARE(m_window->traffic()->rowCount(), 1);
}

void TestSessions::goesThroughALargeFile()
{
    write(2500);
    look({1000, 64 * 1024 * 1024});
    QCOMPARE(m_window->traffic()->rowCount(), 1000);
    QCOMPARE(words(u"sessionStretchWords"_s), u"Requests 1,501–2,500 of 2,500"_s);
    QVERIFY(!child(u"sessionLater"_s)->isEnabled());
    child<QPushButton>(u"sessionEarlier"_s)->click();
    QTRY_VERIFY(isDone());
    QCOMPARE(words(u"sessionStretchWords"_s), u"Requests 501–1,500 of 2,500"_s);
    child<QPushButton>(u"sessionEarlier"_s)->click();
    QTRY_VERIFY(isDone());
    QCOMPARE(words(u"sessionStretchWords"_s), u"Requests 1–1,000 of 2,500"_s);
    QVERIFY(!child(u"sessionEarlier"_s)->isEnabled());
    child<QPushButton>(u"sessionLater"_s)->click();
    QTRY_VERIFY(isDone());
    QCOMPARE(words(u"sessionStretchWords"_s), u"Requests 1,001–2,000 of 2,500"_s);
    QCOMPARE(m_window->traffic()->rowCount(), 1000);
}

void TestSessions::searchesALargeFileAsAWhole()
{
    write(2500);
    look({1000, 64 * 1024 * 1024});
    auto *search = child<QPushButton>(u"sessionSearch"_s);
    QVERIFY(!search->isEnabled()); // For what?
    type(u"tool:tenth"_s);
    QCOMPARE(m_window->traffic()->rowCount(), 100);
    QVERIFY(search->isEnabled());
    search->click();
    QTRY_VERIFY(isDone());
    QCOMPARE(m_window->traffic()->rowCount(), 250);
    QCOMPARE(words(u"sessionStretchWords"_s), u"Found in the whole file: 250"_s);
    search->click(); // Which shows the newest again.
    QTRY_VERIFY(isDone());
    QCOMPARE(words(u"sessionStretchWords"_s), u"Requests 1,501–2,500 of 2,500"_s);
    type(u"tool:nobody"_s);
    search->click();
    QTRY_VERIFY(isDone());
    QCOMPARE(words(u"emptyTitle"_s), u"Nothing found"_s);
}

void TestSessions::readsAnew()
{
    const auto file = begin();
    QVERIFY(file->write({records::call(1)}));
    look();
    QCOMPARE(m_window->traffic()->rowCount(), 1);
    QVERIFY(file->write({records::call(2)}));
    QTest::keyClick(m_window, Qt::Key_F5);
    QTRY_COMPARE(m_window->traffic()->rowCount(), 2);
    // A pin belongs to what is shown.
    QTRY_VERIFY(isDone());
    m_window->view()->table()->selectRow(0);
    QTest::keyClick(m_window, Qt::Key_M, Qt::ControlModifier);
    QTest::keyClick(m_window, Qt::Key_F5);
    QTRY_VERIFY(isDone());
    QCOMPARE(m_window->traffic()->rowCount(), 2);
}

void TestSessions::saysWhyThereIsNothing_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("said");
    QTest::newRow("no file") << QByteArray() << u"cannot be opened"_s;
    QTest::newRow("an empty file") << ""_ba << u"no session file"_s;
    QTest::newRow("a text") << QByteArray("a long story ").repeated(100) << u"no session file"_s;
}

void TestSessions::saysWhyThereIsNothing()
{
    QFETCH(const QByteArray, content);
    QFETCH(const QString, said);
    QFile file(m_path);
    if (!content.isNull()) {
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
    }
    look();
    QTRY_VERIFY2(words(u"emptyText"_s).contains(said), qPrintable(words(u"emptyText"_s)));
    QVERIFY(child(u"emptyText"_s)->isVisible());
    QVERIFY(child(u"emptyButton"_s)->isHidden());
}

void TestSessions::opensEachFileOnce()
{
    write(3);
    m_open = std::make_unique<OpenWindow>();
    SessionDesk *desk = m_open->window()->sessions();
    desk->open(m_path);
    QCOMPARE(desk->windows().size(), 1);
    const QPointer<SessionWindow> first = desk->windows().first();
    desk->open(m_folder->filePath(u"./one.gatehouse"_s)); // The same by another name.
    QCOMPARE(desk->windows().size(), 1);
    first->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(first));
    QTest::keyClick(first, Qt::Key_W, Qt::ControlModifier);
    QTRY_VERIFY(!first);
    QVERIFY(desk->windows().isEmpty());
    desk->open(m_path);
    QCOMPARE(desk->windows().size(), 1);
}

void TestSessions::remembersWhatWasOpened()
{
    write(1);
    m_open = std::make_unique<OpenWindow>();
    SessionDesk *desk = m_open->window()->sessions();
    auto *menu = m_open->window()->findChild<QMenu *>(u"recentMenu"_s);
    QVERIFY(menu && desk->recent().isEmpty());
    desk->open(m_path);
    desk->open(m_folder->filePath(u"no such file"_s));
    QCOMPARE(desk->recent(), QStringList{m_path});
    Q_EMIT menu->aboutToShow();
    QCOMPARE(menu->actions().first()->text(), u"one.gatehouse"_s);
    desk->closeAll();
    QTRY_VERIFY(desk->windows().isEmpty());
    menu->actions().first()->trigger();
    QCOMPARE(desk->windows().size(), 1);
    // What is gone is said to be so, and can be forgotten.
    QVERIFY(QFile::remove(m_path));
    Q_EMIT menu->aboutToShow();
    QVERIFY(!menu->actions().first()->isEnabled());
    menu->findChild<QAction *>(u"actionForgetRecent"_s)->trigger();
    QVERIFY(desk->recent().isEmpty());
}

void TestSessions::takesWhatIsDropped()
{
    write(1);
    m_open = std::make_unique<OpenWindow>();
    SessionDesk *desk = m_open->window()->sessions();
    QMimeData data;
    const auto drop = [&] {
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_open->window(), &enter);
        QDropEvent dropped({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        if (enter.isAccepted())
            QApplication::sendEvent(m_open->window(), &dropped);
        return enter.isAccepted();
    };
    data.setText(u"a text"_s);
    QVERIFY(!drop());
    data.setUrls({QUrl(u"https://example.com/one.gatehouse"_s)});
    QVERIFY(!drop());
    data.setUrls({QUrl::fromLocalFile(m_path)});
    QVERIFY(drop());
    QCOMPARE(desk->windows().size(), 1);
}

void TestSessions::hasNothingThatOnlyAServerCanDo()
{
    write(1);
    look();
    for (const QString &name : {u"pause"_s, u"clear"_s, u"newest"_s, u"emptyClient"_s})
        QVERIFY2(!child<QPushButton>(name)->isVisible(), qPrintable(name));
    for (const QString &name : {u"actionPause"_s, u"actionClear"_s, u"actionNewest"_s, u"actionTimeStrip"_s})
        QVERIFY2(!m_window->findChild<QAction *>(name), qPrintable(name));
    // No two actions for one key.
    QStringList keys;
    for (const QAction *one : m_window->findChildren<QAction *>(Qt::FindDirectChildrenOnly)) {
        if (!one->shortcut().isEmpty())
            keys.append(one->shortcut().toString());
    }
    QCOMPARE(keys.removeDuplicates(), 0);
    QVERIFY(keys.contains(u"Ctrl+F"_s));
}

void TestSessions::keepsWhatPassesUntilSomebodyNamesAFile()
{
    openWindow();
    call(2);
    QCOMPARE(unnamed().size(), 1);
    SessionKeeper *keeper = m_open->window()->keeper();
    const QString saved = m_folder->filePath(u"saved.gatehouse"_s);
    keeper->saveTo(saved);
    QTRY_COMPARE(requestsIn(saved), 2);
    // From here on it is written there.
    const QString kept = m_folder->filePath(u"kept.gatehouse"_s);
    keeper->keepIn(kept);
    QTRY_COMPARE(keeper->keptIn(), kept);
    QCOMPARE(unnamed().size(), 0);
    QTRY_COMPARE(m_open->window()->sessions()->recent(), (QStringList{kept, saved}));
    QVERIFY(m_open->window()->findChild<QWidget *>(u"statusKept"_s)->isVisible());
    call(1);
    m_open.reset();
    QCOMPARE(requestsIn(kept), 3);
    QCOMPARE(requestsIn(saved), 2);
    QCOMPARE(unnamed().size(), 0);
    const auto runs = (*records::SessionReader::open(kept))->runs();
    QCOMPARE(runs->size(), 1);
    QVERIFY(runs->first().endedMs > 0);
    QVERIFY(runs->first().resource.startsWith("http://localhost:"_L1));
}

void TestSessions::offersASessionThatWasCutOff()
{
    QVERIFY(QDir().mkpath(folder()));
    m_path = QDir(folder()).filePath(u"2026-11-30 10-00-00.gatehouse"_s);
    {
        const auto file = begin();
        QVERIFY(file->write({records::call(1), records::call(2)}));
    }
    openWindow();
    auto *banner = m_open->window()->findChild<QWidget *>(u"bannerSession"_s);
    QVERIFY(banner && banner->isVisible());
    banner->findChild<QPushButton *>()->click();
    QCOMPARE(m_open->window()->sessions()->windows().size(), 1);
    QTRY_VERIFY(!m_open->window()->findChild<QWidget *>(u"bannerSession"_s)); // It is offered once.
    QVERIFY(m_open->window()->sessions()->recent().isEmpty()); // Nobody named it.
    auto *card = m_open->window()->findChild<QPushButton *>(u"sessionOpen0"_s);
    QVERIFY(card && !card->isHidden() && !card->parentWidget()->isHidden());
    QVERIFY(m_open->window()->findChild<QWidget *>(u"sessionCard1"_s)->isHidden());
    m_open.reset();
    // One that ended is no news, but can be found.
    {
        const auto file = records::SessionFile::open(m_path);
        QVERIFY(file && (*file)->beginRun({}) && (*file)->endRun(1));
    }
    openWindow();
    QVERIFY(!m_open->window()->findChild<QWidget *>(u"bannerSession"_s));
    auto *menu = m_open->window()->findChild<QMenu *>(u"recentMenu"_s);
    Q_EMIT menu->aboutToShow();
    QVERIFY(std::any_of(menu->actions().cbegin(), menu->actions().cend(),
                        [](const QAction *one) { return one->text().endsWith("requests: 2"_L1); }));
}

void TestSessions::leavesOutWhatWasClearedOrPaused()
{
    openWindow();
    call(2);
    m_open->window()->findChild<QAction *>(u"actionClear"_s)->trigger();
    QCOMPARE(m_open->traffic()->rowCount(), 0);
    call(1);
    m_open->window()->findChild<QAction *>(u"actionPause"_s)->trigger();
    QCOMPARE(m_peer.call(m_open->running().resource, {}), 401);
    QTRY_VERIFY(m_open->traffic()->skippedCount() > 0); // With what reaches the sandbox meanwhile.
    m_open->window()->findChild<QAction *>(u"actionPause"_s)->trigger();
    call(1);
    m_open.reset();
    QCOMPARE(unnamed().size(), 1);
    QCOMPARE(requestsIn(QDir(folder()).filePath(unnamed().first())), 2);
}

void TestSessions::keepsTheNewestThatNobodyNamed()
{
    QVERIFY(QDir().mkpath(folder()));
    for (int i = 0; i < 8; ++i) {
        m_path = QDir(folder()).filePath(u"2026-11-%1 10-00-00.gatehouse"_s.arg(i + 10));
        write(i == 7 ? 0 : 1); // The newest has nothing in it.
    }
    QFile other(QDir(folder()).filePath(u"notes.gatehouse"_s));
    QVERIFY(other.open(QIODevice::WriteOnly));
    other.write("somebody's notes");
    other.close();
    const SessionKeeper keeper(folder());
    // Another window's, which runs.
    const SessionKeeper second(folder());
    const QList<EarlierSession> all = keeper.earlier();
    QCOMPARE(all.size(), SessionKeeper::mostEarlier);
    QVERIFY(all.first().path.contains("2026-11-16"_L1));
    QVERIFY(all.last().path.contains("2026-11-12"_L1));
    QCOMPARE(unnamed().size(), SessionKeeper::mostEarlier + 3); // Both windows' own, and the notes.
    QVERIFY(other.exists());
}

void TestSessions::deletesWhatIsNotToBeKept()
{
    write(1);
    QVERIFY(QDir().mkpath(folder()));
    QVERIFY(QFile::copy(m_path, QDir(folder()).filePath(u"2026-11-30 10-00-00.gatehouse"_s)));
    openWindow();
    call(1);
    auto *menu = m_open->window()->findChild<QMenu *>(u"recentMenu"_s);
    Q_EMIT menu->aboutToShow();
    auto *keep = menu->findChild<QAction *>(u"actionKeepUnnamed"_s);
    QVERIFY(keep && keep->isChecked());
    keep->trigger();
    QCOMPARE(unnamed().size(), 1);
    m_open.reset();
    QCOMPARE(unnamed().size(), 0);
}

void TestSessions::keepsNothingWhereNothingPassed()
{
    openWindow();
    QTRY_VERIFY(m_open->traffic()->hiddenSandboxCount() > 0); // The window's own.
    m_open.reset();
    QCOMPARE(QDir(folder()).entryList(QDir::Files), QStringList());
}

void TestSessions::saysWhatCannotBeSaved()
{
    openWindow();
    call(1);
    SessionKeeper *keeper = m_open->window()->keeper();
    QSignalSpy failed(keeper, &SessionKeeper::failed);
    keeper->saveTo(m_folder->filePath(u"no/such/folder.gatehouse"_s));
    QTRY_COMPARE(failed.size(), 1);
    keeper->keepIn(m_folder->filePath(u"no/such/folder.gatehouse"_s));
    QTRY_COMPARE(failed.size(), 2);
    QVERIFY(keeper->keptIn().isEmpty());
    call(1);
    m_open.reset();
    QCOMPARE(requestsIn(QDir(folder()).filePath(unnamed().first())), 2);
}

GATEHOUSE_TEST(TestSessions)
#include "tst_sessions.moc"
