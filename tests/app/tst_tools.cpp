// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/mainwindow.h"
#include "app/offerpage.h"
#include "app/toolsview.h"
#include "support/openwindow.h"
#include "support/unit.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTabBar>
#include <QTableView>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace gatehouse;
using namespace gatehouse::app;
using namespace Qt::StringLiterals;
using inspector::OfferItem;

/// Tools, resources and prompts of a real server behind the sandbox, called as one or another.
class TestTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void cleanup() { m_open.reset(); }
    void listsWhatTheServerOffers();
    void callsAsAPerson();
    void isRefusedAsNobodyAndLeadsToTheRequest();
    void saysWhatIsWrongBeforeItCalls();
    void sendsItAllTheSame();
    void showsAListAsATable();
    void keepsWhatWasGiven();
    void goesFromFormToJsonAndBack();
    void triesAll();
    void asksBeforeItTriesWhatMayChangeSomething();
    void triesAllAfterTheServerHasBegunAnew();
    void triesNobodyWithoutAYes();
    void staysWithWhatASearchHides();
    void callsNothingWhereNothingIsShown();
    void keepsJsonThatTheFormCannotShow();
    void cancelsACall();
    void readsAResource();
    void searches();
    void listsAnewWhereTheOfferChanges();
    void saysThatTheServerIsStopped();
    void fitsASmallScreen_data();
    void fitsASmallScreen();

private:
    void open(int textPercent = 100)
    {
        host::Settings settings;
        m_documents = std::make_unique<QTemporaryDir>();
        settings.documents = m_documents->filePath(u"documents.db"_s);
        m_open = std::make_unique<OpenWindow>(settings, false, textPercent);
        QVERIFY(m_open->waitForServer());
        child<QAction>(u"actionTools"_s)->trigger();
        QTRY_VERIFY(list()->model()->rowCount() > 0);
    }
    template <typename T> [[nodiscard]] T *child(const QString &name) const
    {
        T *found = m_open->window()->findChild<T *>(name);
        if (!found)
            qFatal("There is no %s.", qPrintable(name));
        return found;
    }
    [[nodiscard]] ToolsView *view() const { return child<ToolsView>(u"toolsView"_s); }
    [[nodiscard]] QTreeView *list() const { return child<QTreeView>(u"offered"_s); }
    [[nodiscard]] QString text(const QString &label) const { return child<QLabel>(label)->text(); }
    [[nodiscard]] QString answer() const { return text(u"answerSentence"_s); }
    void choose(const QString &tool) const
    {
        view()->goTo(OfferItem::Kind::Tool, tool);
        QTRY_COMPARE(child<OfferPage>(u"offerPage"_s)->item().name, tool);
    }
    /// The chip of that caller.
    void chooseCaller(const QString &name) const
    {
        for (int i = 0; i < 10; ++i) {
            auto *chip = m_open->window()->findChild<QPushButton *>(u"caller%1"_s.arg(i));
            if (chip && chip->text() == name)
                return chip->click();
        }
        QFAIL(qPrintable(u"Nobody is called "_s + name));
    }
    void call() const { child<QPushButton>(u"callOffered"_s)->click(); }

    std::unique_ptr<QTemporaryDir> m_documents;
    std::unique_ptr<OpenWindow> m_open;
};

void TestTools::listsWhatTheServerOffers()
{
    open();
    QCOMPARE(list()->model()->rowCount(), 1);
    const QModelIndex server = list()->model()->index(0, 0);
    QCOMPARE(server.data().toString(), u"This server"_s);
    QStringList names;
    for (int i = 0; i < list()->model()->rowCount(server); ++i)
        names.append(list()->model()->index(i, 0, server).data().toString());
    QVERIFY(names.contains(u"get-profile"_s) && names.contains(u"get-documents"_s));
    QVERIFY(child<QPushButton>(u"kindTools"_s)->text().endsWith(QString::number(names.size())));
    choose(u"create-document"_s);
    QVERIFY(!text(u"offerAbout"_s).isEmpty());
    for (const QString &kind : {u"kindResources"_s, u"kindPrompts"_s, u"kindTools"_s})
        child<QPushButton>(kind)->click();
    QCOMPARE(list()->model()->rowCount(list()->model()->index(0, 0)), names.size());
}

void TestTools::callsAsAPerson()
{
    open();
    choose(u"get-profile"_s);
    chooseCaller(u"Grace, Acme"_s);
    call();
    QTRY_VERIFY2(answer().startsWith(u"Answered"_s), qPrintable(answer()));
    QVERIFY(child<QPlainTextEdit>(u"answerText"_s)->toPlainText().contains(u"grace@example.com"_s));
    QTRY_VERIFY(child<QPushButton>(u"answerTraffic"_s)->isVisible());
    // It is counted where it is listed.
    const QModelIndex now = list()->currentIndex();
    QTRY_COMPARE(now.siblingAtColumn(inspector::OfferModel::Calls).data().toString(), u"1"_s);
    QCOMPARE(now.siblingAtColumn(inspector::OfferModel::Errors).data().toString(), u"0"_s);
}

void TestTools::isRefusedAsNobodyAndLeadsToTheRequest()
{
    open();
    choose(u"get-profile"_s);
    chooseCaller(u"no token"_s);
    call();
    QTRY_VERIFY2(answer().contains(u"Refused"_s), qPrintable(answer()));
    chooseCaller(u"an expired token"_s);
    call();
    QTRY_VERIFY2(answer().contains(u"expired"_s), qPrintable(answer())); // In the server's own words.
    auto *link = child<QPushButton>(u"answerTraffic"_s);
    QTRY_VERIFY(link->isVisible());
    link->click();
    auto *table = child<QTableView>(u"traffic"_s);
    QTRY_VERIFY(table->isVisible());
    QTRY_VERIFY(table->currentIndex().isValid());
}

void TestTools::saysWhatIsWrongBeforeItCalls()
{
    open();
    choose(u"create-document"_s);
    const qsizetype before = m_open->traffic()->totalCount();
    call();
    QVERIFY(child<QLabel>(u"offerFault"_s)->isVisible());
    QTRY_VERIFY(child<QLabel>(u"given/title/fault"_s)->isVisible());
    QWidget *focused = m_open->window()->focusWidget();
    QCOMPARE(focused->objectName(), u"given/title"_s);
    QTest::keyClicks(focused, u"Notes"_s);
    QVERIFY(!child<QLabel>(u"given/title/fault"_s)->isVisible());
    QCOMPARE(m_open->traffic()->totalCount(), before);
}

void TestTools::sendsItAllTheSame()
{
    open();
    choose(u"create-document"_s);
    call();
    auto *allTheSame = child<QPushButton>(u"sendAllTheSame"_s);
    QVERIFY(allTheSame->isVisible());
    allTheSame->click();
    QTRY_VERIFY2(!answer().startsWith(u"Not called"_s), qPrintable(answer()));
    QTRY_VERIFY(child<QPlainTextEdit>(u"answerText"_s)->toPlainText().contains(u"title"_s));
}

void TestTools::showsAListAsATable()
{
    open();
    for (const QString &title : {u"One"_s, u"Two"_s}) {
        choose(u"create-document"_s);
        child<QLineEdit>(u"given/title"_s)->setText(title);
        child<QPlainTextEdit>(u"given/text"_s)->setPlainText(u"Words"_s);
        call();
        QTRY_VERIFY2(answer().startsWith(u"Answered"_s), qPrintable(answer()));
    }
    choose(u"get-documents"_s);
    call();
    auto *table = child<QTableView>(u"answerTable"_s);
    QTRY_COMPARE(table->model()->rowCount(), 2);
    QVERIFY(table->isVisible());
    QVERIFY2(answer().contains(u"2"_s), qPrintable(answer()));
    QVERIFY(text(u"answerMore"_s).contains(u"fits its output schema"_s));
    // Nobody of another organization sees them.
    chooseCaller(u"Ada, Globex"_s);
    call();
    QTRY_VERIFY2(answer().startsWith(u"Answered"_s), qPrintable(answer()));
    QVERIFY(!table->isVisible());
}

void TestTools::keepsWhatWasGiven()
{
    open();
    choose(u"create-document"_s);
    child<QLineEdit>(u"given/title"_s)->setText(u"A draft"_s);
    choose(u"get-profile"_s);
    choose(u"create-document"_s);
    QCOMPARE(child<QLineEdit>(u"given/title"_s)->text(), u"A draft"_s);
    child<QLineEdit>(u"given/title"_s)->setText(u"Another draft"_s);
    const QByteArray saved = child<ToolsView>(u"toolsView"_s)->savedArguments();
    QVERIFY2(saved.contains("Another draft"), saved.constData());
}

void TestTools::goesFromFormToJsonAndBack()
{
    open();
    choose(u"create-document"_s);
    auto *tabs = child<QTabBar>(u"offerTabs"_s);
    auto *json = child<QPlainTextEdit>(u"givenJson"_s);
    child<QLineEdit>(u"given/title"_s)->setText(u"T"_s);
    tabs->setCurrentIndex(1);
    QVERIFY(json->toPlainText().contains(u"\"title\": \"T\""_s));
    json->setPlainText(uR"({"title":"U","text":"B"})"_s);
    tabs->setCurrentIndex(0);
    QCOMPARE(child<QLineEdit>(u"given/title"_s)->text(), u"U"_s);
    // What the form has no field for stays JSON, and can be sent so.
    tabs->setCurrentIndex(1);
    json->setPlainText(uR"({"title":["no text"],"text":"B"})"_s);
    tabs->setCurrentIndex(0);
    QCOMPARE(tabs->currentIndex(), 1);
    QVERIFY(child<QLabel>(u"offerFault"_s)->isVisible());
    json->setPlainText(u"{"_s);
    QVERIFY(!child<QPushButton>(u"callOffered"_s)->isEnabled());
    json->setPlainText(uR"({"title":"V","text":"B"})"_s);
    call();
    QTRY_VERIFY2(answer().startsWith(u"Answered"_s), qPrintable(answer()));
}

void TestTools::triesAll()
{
    open();
    choose(u"get-documents"_s);
    child<QPushButton>(u"tryAll"_s)->click();
    auto *table = child<QTableWidget>(u"trial"_s);
    const int rows = table->rowCount();
    QVERIFY(rows >= 6);
    QTRY_COMPARE_WITH_TIMEOUT(table->item(rows - 1, 1)->text(), u"Refused"_s, 15'000);
    QStringList gates;
    for (int row = 0; row < rows; ++row)
        gates.append(table->item(row, 1)->text());
    QCOMPARE(gates.count(u"Allowed"_s), rows - 2);
    QCOMPARE(gates.count(u"Refused"_s), 2); // No token, and an expired one.
    for (int row = 0; row < rows; ++row)
        QVERIFY(!table->item(row, 2)->text().isEmpty());
}

void TestTools::asksBeforeItTriesWhatMayChangeSomething()
{
    open();
    choose(u"create-document"_s);
    child<QLineEdit>(u"given/title"_s)->setText(u"T"_s);
    child<QPlainTextEdit>(u"given/text"_s)->setPlainText(u"B"_s);
    const qsizetype before = m_open->traffic()->totalCount();
    child<QPushButton>(u"tryAll"_s)->click();
    auto *no = child<QPushButton>(u"tryAllNo"_s);
    QTRY_COMPARE(m_open->window()->focusWidget(), no);
    QVERIFY(no->isVisible());
    no->click();
    QVERIFY(!no->isVisible());
    QCOMPARE(child<QTableWidget>(u"trial"_s)->item(0, 1)->text(), u"Not tried"_s);
    QCOMPARE(m_open->traffic()->totalCount(), before);
}

void TestTools::triesAllAfterTheServerHasBegunAnew()
{
    open();
    m_open->window()->host()->stop();
    QTRY_VERIFY(child<QPushButton>(u"noToolsButton"_s)->isVisible());
    child<QPushButton>(u"noToolsButton"_s)->click();
    QTRY_VERIFY(list()->isVisible());
    choose(u"get-profile"_s);
    auto *table = child<QTableWidget>(u"trial"_s);
    QTRY_VERIFY(table->rowCount() >= 6);
    child<QPushButton>(u"tryAll"_s)->click();
    QTRY_COMPARE_WITH_TIMEOUT(table->item(table->rowCount() - 1, 1)->text(), u"Refused"_s, 15'000);
}

void TestTools::triesNobodyWithoutAYes()
{
    open();
    choose(u"create-document"_s);
    child<QLineEdit>(u"given/title"_s)->setText(u"T"_s);
    child<QPlainTextEdit>(u"given/text"_s)->setPlainText(u"B"_s);
    child<QPushButton>(u"tryAll"_s)->click();
    call(); // And the question stands.
    QTRY_VERIFY2(answer().startsWith(u"Answered"_s), qPrintable(answer()));
    QCoreApplication::processEvents();
    QVERIFY(!child<QWidget>(u"tryAllQuestion"_s)->isVisible());
    auto *table = child<QTableWidget>(u"trial"_s);
    QCOMPARE(table->item(0, 1)->text(), u"Allowed"_s);
    QCOMPARE(table->item(1, 1)->text(), u"Not tried"_s);
    // What is cancelled does not go on with the next call.
    choose(u"get-documents"_s);
    child<QPushButton>(u"tryAll"_s)->click();
    child<QPushButton>(u"cancelCall"_s)->click();
    call();
    QTRY_VERIFY2(answer().startsWith(u"Answered"_s), qPrintable(answer()));
    QCoreApplication::processEvents();
    QCOMPARE(table->item(table->rowCount() - 1, 1)->text(), u"Not tried"_s);
}

void TestTools::staysWithWhatASearchHides()
{
    open();
    choose(u"get-profile"_s);
    child<QLineEdit>(u"searchTools"_s)->setText(u"create-document"_s);
    view()->setSignedIn(u"http://127.0.0.1:9/mcp"_s, {}, {}, {}); // Something else has changed.
    QCOMPARE(child<OfferPage>(u"offerPage"_s)->item().name, u"get-profile"_s);
    call();
    QTRY_VERIFY2(answer().startsWith(u"Answered"_s), qPrintable(answer()));
}

void TestTools::callsNothingWhereNothingIsShown()
{
    open();
    const qsizetype before = m_open->traffic()->totalCount();
    child<QPushButton>(u"kindPrompts"_s)->click();
    QVERIFY(!child<QPushButton>(u"callOffered"_s)->isEnabled());
    child<QAction>(u"actionNextStep"_s)->trigger();
    m_open->window()->host()->stop();
    QTRY_VERIFY(child<QPushButton>(u"noToolsButton"_s)->isVisible());
    child<QAction>(u"actionNextStep"_s)->trigger();
    QCOMPARE(m_open->traffic()->totalCount(), before);
    QVERIFY(!child<QPushButton>(u"cancelCall"_s)->isVisible());
}

void TestTools::keepsJsonThatTheFormCannotShow()
{
    open();
    choose(u"create-document"_s);
    auto *json = child<QPlainTextEdit>(u"givenJson"_s);
    child<QTabBar>(u"offerTabs"_s)->setCurrentIndex(1);
    json->setPlainText(uR"({"title":"x","more":["kept"]})"_s);
    choose(u"get-profile"_s);
    choose(u"create-document"_s);
    QCOMPARE(child<QTabBar>(u"offerTabs"_s)->currentIndex(), 1);
    QVERIFY2(json->toPlainText().contains(u"kept"_s), qPrintable(json->toPlainText()));
}

void TestTools::cancelsACall()
{
    open();
    choose(u"get-profile"_s);
    call();
    auto *cancel = child<QPushButton>(u"cancelCall"_s);
    QVERIFY(cancel->isVisible());
    QVERIFY(!child<QPushButton>(u"callOffered"_s)->isEnabled());
    cancel->click();
    QVERIFY(!cancel->isVisible());
    QVERIFY(answer().startsWith(u"Not called"_s));
    // And another one can be made.
    call();
    QTRY_VERIFY2(answer().startsWith(u"Answered"_s), qPrintable(answer()));
}

void TestTools::readsAResource()
{
    open();
    choose(u"create-document"_s);
    child<QLineEdit>(u"given/title"_s)->setText(u"One"_s);
    child<QPlainTextEdit>(u"given/text"_s)->setPlainText(u"Words of it"_s);
    call();
    QTRY_VERIFY2(answer().startsWith(u"Answered"_s), qPrintable(answer()));
    const QString id = child<QPlainTextEdit>(u"answerText"_s)
                           ->toPlainText()
                           .section(u"\"id\":\""_s, 1)
                           .section(u'"', 0, 0);
    child<QPushButton>(u"kindResources"_s)->click();
    QTRY_VERIFY(list()->model()->rowCount() > 0);
    auto *uri = m_open->window()->findChild<QLineEdit *>(u"given/uri"_s);
    QVERIFY(uri);
    QVERIFY2(uri->text().contains(u'{'), qPrintable(uri->text()));
    uri->setText(uri->text().replace(QRegularExpression(u"\\{[^}]*\\}"_s), id));
    call();
    QTRY_VERIFY2(answer().startsWith(u"Answered"_s), qPrintable(answer()));
    QVERIFY(child<QPlainTextEdit>(u"answerText"_s)->toPlainText().contains(u"Words of it"_s));
}

void TestTools::searches()
{
    open();
    const QModelIndex server = list()->model()->index(0, 0);
    const int all = list()->model()->rowCount(server);
    child<QLineEdit>(u"searchTools"_s)->setText(u"DOC create"_s);
    QCOMPARE(list()->model()->rowCount(list()->model()->index(0, 0)), 1);
    child<QLineEdit>(u"searchTools"_s)->setText(u"nothing is called so"_s);
    QCOMPARE(list()->model()->rowCount(), 0);
    child<QLineEdit>(u"searchTools"_s)->clear();
    QCOMPARE(list()->model()->rowCount(list()->model()->index(0, 0)), all);
}

void TestTools::listsAnewWhereTheOfferChanges()
{
    open();
    const int before = list()->model()->rowCount(list()->model()->index(0, 0));
    host::Settings settings;
    settings.port = settings.sandboxPort = 0;
    settings.tools = {u"profile"_s};
    m_open->window()->host()->apply(settings, [](const auto &) {});
    QTRY_VERIFY(list()->model()->rowCount(list()->model()->index(0, 0)) < before);
}

void TestTools::saysThatTheServerIsStopped()
{
    open();
    m_open->window()->host()->stop();
    auto *start = child<QPushButton>(u"noToolsButton"_s);
    QTRY_VERIFY(start->isVisible());
    start->click();
    QTRY_VERIFY(list()->isVisible());
}

void TestTools::fitsASmallScreen_data()
{
    QTest::addColumn<int>("percent");
    QTest::addColumn<int>("width");
    QTest::newRow("the usual size") << 100 << 1024;
    QTest::newRow("twice as large") << 200 << 1024;
}

/// Else the window is wider than the screen, whatever is shown.
void TestTools::fitsASmallScreen()
{
    QFETCH(const int, percent);
    QFETCH(const int, width);
    open(percent);
    choose(u"create-document"_s);
    m_open->window()->resize(1024, 700);
    call(); // With all that is wrong.
    QByteArray widest;
    const auto fits = [&] {
        widest.clear();
        for (const QWidget *one : view()->findChildren<QWidget *>()) {
            if (one->isVisible() && one->minimumSizeHint().width() > width / 3)
                widest += one->objectName().toUtf8() + ' ' + one->metaObject()->className() + ' '
                    + QByteArray::number(one->minimumSizeHint().width()) + '\n';
        }
        return view()->minimumSizeHint().width() <= width - 70; // Of the rail.
    };
    QTRY_VERIFY2(fits(), widest.constData());
}

GATEHOUSE_TEST(TestTools)
#include "tst_tools.moc"
