// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/facttable.h"
#include "app/keysview.h"
#include "app/mainwindow.h"
#include "support/openwindow.h"
#include "support/peer.h"
#include "support/unit.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::app;
using namespace Qt::StringLiterals;

/// The issuer's documents and keys, and tokens as this server would judge them.
class TestKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void cleanup() { m_open.reset(); }
    void showsWhatTheIssuerSays();
    void showsTheKeysAndWhatTheySigned();
    void asksAnewAndShowsWhatHasChanged();
    void judgesATokenAndForgetsIt_data();
    void judgesATokenAndForgetsIt();
    void showsNoVerdictOfAnotherToken();
    void saysWhereNobodyIsAskedForAToken();
    void saysWhatTheServerSaysOfItself();
    void saysThatTheServerIsStopped();
    void copiesARow();

private:
    void open()
    {
        m_open = std::make_unique<OpenWindow>();
        QVERIFY(m_open->waitForServer());
        child<QAction>(u"actionKeys"_s)->trigger();
        QTRY_VERIFY(documents()->rowCount() > 0);
    }
    template <typename T> [[nodiscard]] T *child(const QString &name) const
    {
        T *found = m_open->window()->findChild<T *>(name);
        if (!found)
            qFatal("There is no %s.", qPrintable(name));
        return found;
    }
    [[nodiscard]] FactTable *documents() const { return child<FactTable>(u"issuerDocuments"_s); }
    [[nodiscard]] FactTable *keys() const { return child<FactTable>(u"keys"_s); }
    /// The row that begins so; -1 where there is none.
    static int rowOf(const FactTable *table, const QString &first)
    {
        for (int row = 0; row < table->rowCount(); ++row) {
            if (table->item(row, 0)->text() == first)
                return row;
        }
        return -1;
    }

    std::unique_ptr<OpenWindow> m_open;
};

void TestKeys::showsWhatTheIssuerSays()
{
    open();
    QVERIFY(child<QLabel>(u"keysTitle"_s)->text().contains(m_open->running().issuer));
    const int issuer = rowOf(documents(), u"issuer"_s);
    QCOMPARE(issuer, 0);
    QCOMPARE(documents()->item(issuer, 1)->text(), m_open->running().issuer);
    QCOMPARE(documents()->item(issuer, 2)->text(), u"both"_s);
    const int userinfo = rowOf(documents(), u"userinfo_endpoint"_s);
    QVERIFY(userinfo > 0);
    QCOMPARE(documents()->item(userinfo, 2)->text(), u"OpenID document"_s);
    QVERIFY(child<QLabel>(u"documentsState"_s)->text().startsWith(u"The issuer is whom it says."_s));
}

void TestKeys::showsTheKeysAndWhatTheySigned()
{
    open();
    QTRY_COMPARE(keys()->rowCount(), 1);
    QCOMPARE(keys()->item(0, 1)->text(), u"in use"_s);
    QCOMPARE(keys()->item(0, 2)->text(), u"RSA, RS256"_s);
    QCOMPARE(keys()->item(0, 5)->text(), u"–"_s);
    Peer peer;
    QCOMPARE(peer.call(m_open->running().resource, peer.token(m_open->running().issuer)), 200);
    QTRY_COMPARE(keys()->item(0, 5)->text(), u"1"_s);
}

void TestKeys::asksAnewAndShowsWhatHasChanged()
{
    open();
    auto *view = child<KeysView>(u"keysView"_s);
    auto *fetch = child<QPushButton>(u"fetchNow"_s);
    fetch->click();
    QVERIFY(!fetch->isEnabled());
    QTRY_VERIFY(fetch->isEnabled());
    QVERIFY(child<QLabel>(u"documentsNote"_s)->isHidden());
    // As if the issuer had answered something else.
    server::IssuerReport report;
    report.issuer = m_open->running().issuer;
    report.authorizationServer.body = R"({"issuer":")" + report.issuer.toUtf8()
        + R"(","userinfo_endpoint":"https://elsewhere.example/u"})";
    report.openId = {502, R"({"error_description":"The authorization server answered 500."})"};
    view->setReport(report, QDateTime::currentMSecsSinceEpoch());
    const int changed = rowOf(documents(), u"userinfo_endpoint"_s);
    QVERIFY2(documents()->item(changed, 1)->text().contains(u"was http"_s),
             qPrintable(documents()->item(changed, 1)->text()));
    QVERIFY(documents()->item(rowOf(documents(), u"token_endpoint"_s), 1)->text().startsWith(u"is gone"_s));
    QVERIFY(!child<QLabel>(u"documentsNote"_s)->isHidden());
    QVERIFY(child<QLabel>(u"documentsState"_s)->text().contains(u"answered 500"_s));
    QVERIFY(view->badge().count > 0);
}

void TestKeys::judgesATokenAndForgetsIt_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<int>("flaw"); // 0: none, 1: cut off, 2: nothing of a token
    QTest::addColumn<QString>("said");
    QTest::newRow("good") << QString() << 0 << u"valid"_s;
    QTest::newRow("as in a header") << u"  \"Bearer "_s << 0 << u"valid"_s;
    QTest::newRow("a whole line of it") << u"authorization: bearer "_s << 0 << u"valid"_s;
    QTest::newRow("cut off") << QString() << 1 << u"signature"_s;
    QTest::newRow("nonsense") << QString() << 2 << u"refuse"_s;
}

void TestKeys::judgesATokenAndForgetsIt()
{
    QFETCH(const QString, before);
    QFETCH(const int, flaw);
    QFETCH(const QString, said);
    open();
    QString token = QString::fromLatin1(Peer().token(m_open->running().issuer));
    if (flaw == 1)
        token.chop(10);
    if (flaw == 2)
        token = u"nonsense"_s;
    QApplication::clipboard()->setText(before + token.left(40) + u"\n "_s + token.mid(40));
    const qsizetype rows = m_open->traffic()->totalCount();
    child<QPushButton>(u"pasteToken"_s)->click();
    auto *sentence = child<QLabel>(u"judgedSentence"_s);
    QTRY_VERIFY(sentence->isVisible());
    QVERIFY2(sentence->text().contains(said, Qt::CaseInsensitive), qPrintable(sentence->text()));
    QCOMPARE(m_open->traffic()->totalCount(), rows); // Nothing was sent.
    // It does not lie there once nobody looks.
    child<QAction>(u"actionTraffic"_s)->trigger();
    child<QAction>(u"actionKeys"_s)->trigger();
    QVERIFY(child<QPlainTextEdit>(u"judgedToken"_s)->toPlainText().isEmpty());
    QVERIFY(!sentence->isVisible());
}

void TestKeys::showsNoVerdictOfAnotherToken()
{
    open();
    auto *view = child<KeysView>(u"keysView"_s);
    auto *token = child<QPlainTextEdit>(u"judgedToken"_s);
    token->setPlainText(u"second"_s);
    auto *sentence = child<QLabel>(u"judgedSentence"_s);
    QTRY_VERIFY(sentence->isVisible());
    const QString said = sentence->text();
    auth::Verdict late;
    late.reason = auth::Reason::Valid;
    view->setVerdict("first", late, 0);
    QCOMPARE(sentence->text(), said);
}

void TestKeys::saysWhereNobodyIsAskedForAToken()
{
    open();
    host::Settings settings;
    settings.port = m_open->running().port;
    settings.sandboxPort = 0;
    settings.authorization = false;
    m_open->window()->host()->apply(settings, [](const auto &) {});
    QTRY_VERIFY(m_open->running().issuer.isEmpty());
    child<QPlainTextEdit>(u"judgedToken"_s)->setPlainText(u"nonsense"_s);
    auto *sentence = child<QLabel>(u"judgedSentence"_s);
    QTRY_VERIFY2(sentence->text().contains(u"was not judged"_s), qPrintable(sentence->text()));
}

void TestKeys::saysWhatTheServerSaysOfItself()
{
    open();
    auto *table = child<FactTable>(u"resourceMetadata"_s);
    QTRY_VERIFY(table->rowCount() >= 4);
    QCOMPARE(table->item(rowOf(table, u"resource"_s), 1)->text(), m_open->running().resource);
    QVERIFY(table->item(rowOf(table, u"authorization_servers"_s), 2)->text().contains(u"answers"_s));
    child<QPushButton>(u"copyResourceMetadata"_s)->click();
    QVERIFY(QApplication::clipboard()->text().contains(u"\"bearer_methods_supported\""_s));
}

void TestKeys::saysThatTheServerIsStopped()
{
    open();
    m_open->window()->host()->stop();
    QTRY_VERIFY(child<QPushButton>(u"noKeysButton"_s)->isVisible());
    child<QPushButton>(u"noKeysButton"_s)->click();
    QTRY_VERIFY(documents()->isVisible());
    QTRY_COMPARE(keys()->rowCount(), 1); // Of the new run.
}

void TestKeys::copiesARow()
{
    open();
    documents()->setCurrentCell(0, 0);
    QTest::keyClick(documents(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), u"issuer\t%1\tboth"_s.arg(m_open->running().issuer));
}

GATEHOUSE_TEST(TestKeys)
#include "tst_keys.moc"
