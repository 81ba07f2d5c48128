// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clientsview.h"
#include "app/connectdesk.h"
#include "app/rail.h"
#include "app/theme.h"
#include "support/unit.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::app;
using namespace Qt::StringLiterals;
using exchange::Exchange;
using inspector::ClientsModel;

/// The view of those who call, without a window around it.
class TestClients : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Look::apply(Appearance::Light, 100); }
    void init();
    void saysWhatToDoWhereNobodyHasCalled();
    void listsWhoeverCalls();
    void leadsToTheirRequests();
    void staysWithItsRowWhileOthersCome();
    void staysWithItsRowWhereRoomIsMade();
    void endsNothingWhereNothingRuns();
    void saysWhoseSessionItIs();
    void asksBeforeItEndsASession();
    void countsThemInTheRail();
    void cutsNoNameWhileThereIsRoom();
    void leavesAWidthThatWasChosen();
    void namesNobodyAsTheyWantToBeSeen();

private:
    static Exchange call(quint64 id, const QString &client, const QString &user)
    {
        Exchange one;
        one.id = id;
        one.times.receivedAt = 1'800'000'000'000 + qint64(id) * 1000;
        one.method = "POST";
        one.status = 200;
        one.outcome = exchange::Outcome::Ok;
        one.client = client;
        one.rpcMethod = u"tools/call"_s;
        one.revision = u"2025-06-18"_s;
        one.user = user;
        one.verdict.reason = auth::Reason::Valid;
        one.verdict.claims = {{u"client_id"_s, u"https://app.example/client.json"_s}};
        return one;
    }
    QString cell(int row, int column) const { return table()->model()->index(row, column).data().toString(); }
    QTableView *table() const { return m_view->findChild<QTableView *>(u"clients"_s); }
    template <typename T> T *child(const QString &name) const { return m_view->findChild<T *>(name); }

    std::unique_ptr<ClientsModel> m_model;
    std::unique_ptr<ConnectDesk> m_desk;
    std::unique_ptr<ClientsView> m_view;
};

void TestClients::init()
{
    m_view.reset();
    m_desk.reset();
    m_model = std::make_unique<ClientsModel>();
    m_model->setClock([] { return Q_INT64_C(1'800'000'100'000); });
    m_desk = std::make_unique<ConnectDesk>(m_model.get());
    m_view = std::make_unique<ClientsView>(m_model.get(), m_desk.get());
    m_view->setAddress(u"http://localhost:3000/mcp"_s);
    m_view->resize(1100, 500);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
}

void TestClients::saysWhatToDoWhereNobodyHasCalled()
{
    QVERIFY(child<QLabel>(u"noClientsText"_s)->text().contains(u"http://localhost:3000/mcp"_s));
    QSignalSpy copied(m_view.get(), &ClientsView::addressCopyWanted);
    QCOMPARE(m_view->home(), child<QPushButton>(u"noClientsButton"_s));
    child<QPushButton>(u"copyAddressForClients"_s)->click();
    QCOMPARE(copied.size(), 1);
    m_view->setAddress({});
    QCOMPARE(child<QLabel>(u"noClientsTitle"_s)->text(), u"The server is stopped"_s);
    QSignalSpy started(m_view.get(), &ClientsView::startWanted);
    child<QPushButton>(u"noClientsButton"_s)->click();
    QCOMPARE(started.size(), 1);
}

void TestClients::listsWhoeverCalls()
{
    Exchange refused = call(3, u"curl 8"_s, {});
    refused.status = 401;
    refused.verdict.reason = auth::Reason::NoToken;
    m_model->record({call(1, u"claude-code 2.1"_s, u"ada@example.com"_s),
                     call(2, u"claude-code 2.1"_s, u"ada@example.com"_s), refused});
    QTRY_COMPARE(table()->model()->rowCount(), 2);
    QVERIFY(table()->isVisible());
    QCOMPARE(table()->model()->index(0, 0).data().toString(),
             u"claude-code 2.1"_s); // Who is there comes first.
    table()->sortByColumn(ClientsModel::Since, Qt::DescendingOrder);
    QCOMPARE(cell(0, ClientsModel::Client), u"curl 8"_s);
    QCOMPARE(cell(0, ClientsModel::User), u"not signed in"_s);
    QCOMPARE(cell(0, ClientsModel::Refused), u"1"_s);
    QCOMPARE(cell(0, ClientsModel::State), u"Turned away"_s);
    QCOMPARE(cell(1, ClientsModel::Client), u"claude-code 2.1"_s);
    QCOMPARE(cell(1, ClientsModel::State), u"Connected"_s);
    QCOMPARE(cell(1, ClientsModel::Calls), u"2"_s);
    QCOMPARE(cell(1, ClientsModel::Known), u"app.example"_s);
    const QModelIndex revision = table()->model()->index(1, ClientsModel::Revision);
    QCOMPARE(revision.data().toString(), u"2025-06-18"_s);
    QVERIFY(revision.data(Qt::ToolTipRole).toString().contains(u"2026-07-28"_s));
    table()->selectRow(1);
    child<QPushButton>(u"copyClientId"_s)->click();
    QCOMPARE(QApplication::clipboard()->text(), u"https://app.example/client.json"_s);
    table()->selectRow(0);
    QVERIFY(!child<QPushButton>(u"copyClientId"_s)->isEnabled());
}

void TestClients::leadsToTheirRequests()
{
    Exchange inSession = call(2, u"cursor 1.0"_s, u"grace@example.com"_s);
    inSession.session = "0a1b2c3d";
    m_model->record({call(1, u"claude-code 2.1"_s, u"ada@example.com"_s), inSession});
    QTRY_COMPARE(table()->model()->rowCount(), 2);
    QSignalSpy wanted(m_view.get(), &ClientsView::trafficWanted);
    table()->selectRow(0);
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Return);
    table()->selectRow(1);
    child<QPushButton>(u"showClientTraffic"_s)->click();
    QCOMPARE(wanted.size(), 2);
    QCOMPARE(wanted.at(0).first().toString(), u"session:0a1b2c3d"_s);
    QCOMPARE(wanted.at(1).first().toString(), u"client:\"claude-code 2.1\" user:ada@example.com"_s);
}

void TestClients::staysWithItsRowWhileOthersCome()
{
    m_model->record({call(1, u"a 1"_s, u"ada@example.com"_s)});
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    table()->selectRow(0);
    m_model->record({call(2, u"b 1"_s, u"ada@example.com"_s), call(3, u"c 1"_s, u"ada@example.com"_s)});
    QTRY_COMPARE(table()->model()->rowCount(), 3);
    QCOMPARE(table()->currentIndex().siblingAtColumn(ClientsModel::Client).data().toString(), u"a 1"_s);
}

void TestClients::staysWithItsRowWhereRoomIsMade()
{
    Exchange mine = call(1, u"mine 1"_s, u"ada@example.com"_s);
    mine.session = "0a1b2c3d";
    m_model->record({mine, call(2, u"z 1"_s, u"ada@example.com"_s)});
    QTRY_COMPARE(table()->model()->rowCount(), 2);
    const auto nameOf
        = [this] { return table()->currentIndex().siblingAtColumn(ClientsModel::Client).data().toString(); };
    for (int row = 0; row < 2; ++row) {
        table()->selectRow(row);
        if (nameOf() == u"mine 1"_s)
            break;
    }
    child<QPushButton>(u"endSession"_s)->click();
    QList<Exchange> strangers;
    for (int i = 0; i < 1500; ++i) {
        strangers.append(call(3 + i, u"stranger %1"_s.arg(i), {}));
        strangers.last().status = 401;
        strangers.last().verdict.reason = auth::Reason::NoToken;
    }
    m_model->record(strangers);
    QTRY_VERIFY(table()->model()->rowCount() > 500);
    QCOMPARE(nameOf(), u"mine 1"_s);
    QVERIFY(child<QWidget>(u"endSessionQuestion"_s)->isVisible());
}

void TestClients::endsNothingWhereNothingRuns()
{
    Exchange inSession = call(1, u"a 1"_s, u"ada@example.com"_s);
    inSession.session = "0a1b2c3d";
    m_model->record({inSession});
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    QTRY_VERIFY(child<QPushButton>(u"endSession"_s)->isEnabled());
    m_view->setAddress({});
    QVERIFY(!child<QPushButton>(u"endSession"_s)->isEnabled());
}

void TestClients::saysWhoseSessionItIs()
{
    Exchange nobody = call(1, {}, {});
    nobody.session = "0a1b2c3d";
    nobody.organization.clear();
    nobody.verdict.reason = auth::Reason::NotNeeded;
    m_model->record({nobody});
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    table()->selectRow(0);
    child<QPushButton>(u"endSession"_s)->click();
    const QString said = child<QLabel>(u"endSessionQuestionSentence"_s)->text();
    QVERIFY2(said.startsWith(u"End the session of a client without a name? "_s), qPrintable(said));
}

void TestClients::asksBeforeItEndsASession()
{
    Exchange inSession = call(1, u"<b>cursor</b> 1.0"_s, u"grace@example.com"_s);
    inSession.session = "0a1b2c3d";
    m_model->record({inSession, call(2, u"a 1"_s, u"ada@example.com"_s)});
    QTRY_COMPARE(table()->model()->rowCount(), 2);
    auto *end = child<QPushButton>(u"endSession"_s);
    table()->selectRow(0); // Who came last has none.
    QVERIFY(!end->isEnabled());
    table()->selectRow(1);
    QVERIFY(end->isEnabled());
    QSignalSpy wanted(m_view.get(), &ClientsView::endWanted);
    auto *question = child<QWidget>(u"endSessionQuestion"_s);
    for (const bool isMeant : {false, true}) {
        end->click();
        QVERIFY(question->isVisible());
        QVERIFY(child<QLabel>(u"endSessionQuestionSentence"_s)->text().contains(u"<b>cursor</b> 1.0"_s));
        QVERIFY(child<QPushButton>(u"endSessionNo"_s)->hasFocus());
        child<QPushButton>(isMeant ? u"endSessionYes"_s : u"endSessionNo"_s)->click();
        QVERIFY(!question->isVisible());
    }
    end->click();
    QTest::keyClick(child<QPushButton>(u"endSessionNo"_s), Qt::Key_Escape);
    QVERIFY(!question->isVisible());
    QVERIFY(table()->hasFocus());
    end->click();
    table()->selectRow(0); // It would be about another one.
    QVERIFY(!question->isVisible());
    table()->selectRow(1);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().first().toByteArray(), "0a1b2c3d"_ba);
    m_model->endSession("0a1b2c3d");
    QTRY_VERIFY(!end->isEnabled());
    QCOMPARE(cell(1, ClientsModel::State), u"Ended"_s);
}

void TestClients::countsThemInTheRail()
{
    Rail rail;
    rail.addView(m_view.get(), u"clients"_s, u"Clients"_s, u"Alt+3"_s);
    QCOMPARE(rail.item(0)->data(Qt::AccessibleTextRole).toString(), u"Clients"_s);
    m_model->record({call(1, u"a 1"_s, u"ada@example.com"_s), call(2, u"b 1"_s, u"ada@example.com"_s)});
    QTRY_COMPARE(rail.item(0)->data(Qt::AccessibleTextRole).toString(), u"Clients, 2 connected"_s);
    QVERIFY(rail.item(0)->toolTip().contains(u"Alt+3"_s));
    rail.setNarrow(true);
    QCOMPARE(rail.item(0)->text(), QString());
    QCOMPARE(rail.item(0)->data(Qt::AccessibleTextRole).toString(), u"Clients, 2 connected"_s);
}

void TestClients::cutsNoNameWhileThereIsRoom()
{
    m_view->resize(976, 500); // Beside the narrow rail of a window of 1024.
    Exchange one = call(1, u"cursor-vscode 1.8.1"_s, u"ada@example.com"_s);
    one.organization = u"org_01J0000000000000000000ACME"_s; // Ids may be cut, people and programs not.
    one.verdict.claims = {{u"client_id"_s, u"client_01J0000000000000000064PBV04"_s}};
    m_model->record({one, call(2, u"claude-code 2.1.332"_s, u"grace@example.com"_s)});
    QTRY_COMPARE(table()->model()->rowCount(), 2);
    int whole = 0;
    const QAbstractItemView *cells = table();
    for (int column = 0; column < ClientsModel::ColumnCount; ++column) {
        const bool isId = column == ClientsModel::Organization || column == ClientsModel::Known;
        QVERIFY2(isId || table()->columnWidth(column) >= cells->sizeHintForColumn(column),
                 qPrintable(u"column %1 has %2 of %3"_s.arg(column)
                                .arg(table()->columnWidth(column))
                                .arg(cells->sizeHintForColumn(column))));
        whole += table()->columnWidth(column);
    }
    QCOMPARE(whole, table()->viewport()->width());
}

void TestClients::leavesAWidthThatWasChosen()
{
    m_model->record({call(1, u"cursor-vscode 1.8.1"_s, u"ada@example.com"_s)});
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    table()->horizontalHeader()->resizeSection(ClientsModel::Client, 77);
    m_view->resize(1300, 500);
    QTRY_COMPARE(table()->viewport()->width(), 1300);
    QCOMPARE(table()->columnWidth(ClientsModel::Client), 77);
}

void TestClients::namesNobodyAsTheyWantToBeSeen()
{
    m_model->record({call(1, u"<b>x</b>\u202Eevil\n\x1b[2J"_s, u"ada@example.com"_s)});
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    const QString shown = cell(0, ClientsModel::Client);
    QVERIFY2(shown.contains(u"⟨U+202E⟩"_s) && !shown.contains(u'\n') && !shown.contains(u'\x1b'),
             qPrintable(shown));
    const QString tip = table()->model()->index(0, ClientsModel::Client).data(Qt::ToolTipRole).toString();
    QVERIFY2(!tip.contains(u"<b>"_s), qPrintable(tip));
}

GATEHOUSE_TEST(TestClients)
#include "tst_clients.moc"
