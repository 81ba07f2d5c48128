// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clientview.h"
#include "app/grantform.h"
#include "app/questiondialog.h"
#include "app/runresult.h"
#include "base/secretstore.h"
#include "inspector/trafficmodel.h"
#include "oauth/scriptedserver.h"
#include "support/unit.h"
#include "web/pkce.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTest>
#include <QTreeWidget>
#include <QUrlQuery>

using namespace gatehouse;
using namespace gatehouse::app;
using namespace Qt::StringLiterals;
using oauth::ScriptedServer;
using oauth::StepId;
using oauth::StepState;

/// The client's view over a scripted server: the ways in beside a browser, and what it says of a run.
class TestClientWays : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void saysWhatCameOfTheRun();
    void saysWhereItStopped();
    void showsWhatIsUnderWayAndForHowLong();
    void takesTheAddressFromTheClipboard();
    void signsInByADevice();
    void asksForWhatAGrantNeeds_data();
    void asksForWhatAGrantNeeds();
    void givesAProgramsSecretToItsServerAlone();
    void showsTheClientsDocument();
    void letsAPersonAnswerTheServer();
    void declinesWhereTheRunIsCancelled();
    void makesAFieldForEachKind();
    void sendsNothingThatTheSchemaDoesNotWant();
    void answersAQuestionWithoutFields_data();
    void answersAQuestionWithoutFields();
    void asksOneThingAtATime();
    void staysWithinTheScreenWhateverIsAsked();
    void sendsADefaultAsItCame();
    void takesBackWhatAGrantChose();
    void saysOfForgottenTokensWhatWas();
    void keepsFocusAndRowWhileItWaits();
    void staysNarrowWithEachGrant();
    void speaksInPlaceOfAModel();
    void namesAPerson_data();
    void namesAPerson();

private:
    template <typename T> T *child(const QString &name) const
    {
        T *found = m_view->findChild<T *>(name);
        if (!found)
            qFatal("There is no %s.", qPrintable(name));
        return found;
    }
    void click(const QString &name) const
    {
        QCoreApplication::processEvents();
        QTest::mouseClick(child<QWidget>(name), Qt::LeftButton);
    }
    [[nodiscard]] QString sentence() const { return child<QLabel>(u"stepStripSentence"_s)->text(); }
    [[nodiscard]] QString result() const { return child<QLabel>(u"clientResultSentence"_s)->text(); }
    [[nodiscard]] bool isOver() const { return m_view->run()->isOver() && !m_view->run()->isBusy(); }
    [[nodiscard]] QByteArray why() const
    {
        const auto &failure = m_view->run()->flow()->failure();
        return failure ? failure->text.toUtf8() : QByteArray("no failure");
    }
    void choose(oauth::Grant grant) const
    {
        auto *menu = child<QComboBox>(u"grant"_s);
        menu->setCurrentIndex(menu->findData(int(grant)));
    }
    /// Makes it a server of 2026-07-28 that asks for that in the middle of a call.
    void askInBetween(const QString &method, const QJsonObject &params);

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<inspector::TrafficModel> m_traffic;
    base::MemorySecretStore m_secrets;
    std::unique_ptr<ClientView> m_view;
    QJsonObject m_answered; ///< What came for the question.
};

void TestClientWays::init()
{
    m_server = std::make_unique<ScriptedServer>();
    m_traffic = std::make_unique<inspector::TrafficModel>();
    m_view = std::make_unique<ClientView>(m_traffic.get(), &m_secrets);
    m_view->run()->setCallbackPort(0);
    m_view->form()->setServer(m_server->mcp());
    // What a browser does.
    m_view->run()->setOpener([this](const QUrl &url) {
        base::FetchRequest request;
        request.url = url;
        m_view->run()->fetcher()->fetch(request, [this](const base::FetchResult &fetched) {
            if (fetched && !fetched->header("location").isEmpty())
                m_view->run()->open(QUrl(QString::fromUtf8(fetched->header("location"))));
        });
        return true;
    });
    m_view->resize(1200, 800);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    m_answered = {};
}

void TestClientWays::cleanup()
{
    m_view.reset();
    m_server.reset();
}

void TestClientWays::saysWhatCameOfTheRun()
{
    auto *strip = child<QWidget>(u"clientResult"_s);
    QVERIFY(!strip->isVisible());
    click(u"runAll"_s);
    QVERIFY(!strip->isVisible());
    QTRY_VERIFY(isOver());
    QVERIFY2(!m_view->run()->flow()->failure(), why().constData());
    QTRY_VERIFY(strip->isVisible());
    QCOMPARE(result(), u"Signed in; get-profile answered."_s); // The token says nothing of anybody.
    click(u"showResult"_s);
    QVERIFY(child<QLabel>(u"stepTitle"_s)->text().contains(u"tools/call"_s));
    click(u"startOver"_s);
    QVERIFY(!strip->isVisible());
    m_server->wantsToken = false;
    click(u"runAll"_s);
    QTRY_VERIFY(isOver());
    QTRY_COMPARE(result(), u"The server lets everybody in; get-profile answered."_s);
}

void TestClientWays::saysWhereItStopped()
{
    m_server->odd.insert("/token", [](const http::Request &) {
        return ScriptedServer::json({{u"error"_s, u"invalid_request"_s}}, 400);
    });
    click(u"runAll"_s);
    QTRY_VERIFY(isOver());
    QTRY_VERIFY2(result().startsWith(u"Stopped at step 6, Exchange the code: "_s), qPrintable(result()));
    QVERIFY(result().contains(u"invalid_request"_s));
    // What is tried again goes on to where it was to go.
    m_server->odd.remove("/token");
    QTRY_VERIFY(child<QPushButton>(u"offerTryAgain"_s)->isVisible());
    click(u"offerTryAgain"_s);
    QTRY_VERIFY(isOver());
    QTRY_COMPARE(result(), u"Signed in; get-profile answered."_s);
}

void TestClientWays::showsWhatIsUnderWayAndForHowLong()
{
    m_server->silent = "/token";
    click(u"runAll"_s);
    QTRY_VERIFY(m_server->isWaiting);
    QTRY_VERIFY(child<QPlainTextEdit>(u"stepSent"_s)->toPlainText().contains(u"grant_type"_s));
    QTRY_VERIFY_WITH_TIMEOUT(sentence().endsWith(u"0:01"_s), 5000);
    click(u"cancelRun"_s);
    QTRY_VERIFY(isOver());
    QTRY_COMPARE(result(), u"Cancelled at step 6, Exchange the code."_s);
}

void TestClientWays::takesTheAddressFromTheClipboard()
{
    m_view->run()->setOpener([](const QUrl &) { return false; });
    click(u"runAll"_s);
    QTRY_VERIFY(child<QPushButton>(u"pasteAddress"_s)->isVisible());
    const QUrl address = m_view->run()->flow()->authorizationAddress();
    m_server->authorizeQuery = address.query(QUrl::FullyEncoded).toLatin1();
    QString said;
    connect(m_view.get(), &ClientView::messageWanted, this, [&said](const QString &text) { said = text; });
    QApplication::clipboard()->setText(u"something else"_s);
    click(u"pasteAddress"_s);
    QVERIFY2(said.startsWith(u"The clipboard does not hold"_s), qPrintable(said));
    QApplication::clipboard()->setText(m_view->run()->flow()->redirectUri() + u"?code=c%2Bd&state="_s
                                       + QUrlQuery(address).queryItemValue(u"state"_s));
    click(u"pasteAddress"_s);
    QTRY_VERIFY(isOver());
    QVERIFY2(!m_view->run()->flow()->failure(), why().constData());
}

void TestClientWays::signsInByADevice()
{
    QJsonObject document = m_server->serverDocument();
    document.insert(u"device_authorization_endpoint"_s, QString(m_server->origin() + u"/device"_s));
    m_server->odd.insert("/.well-known/oauth-authorization-server",
                         [document](const http::Request &) { return ScriptedServer::json(document); });
    m_server->odd.insert("/device", [this](const http::Request &) {
        return ScriptedServer::json({{u"device_code"_s, u"d1"_s},
                                     {u"user_code"_s, u"WDJB-MJHT"_s},
                                     {u"verification_uri"_s, QString(m_server->origin() + u"/activate"_s)},
                                     {u"interval"_s, 1}});
    });
    bool isAllowed = false;
    m_server->odd.insert("/token", [&isAllowed](const http::Request &) {
        if (!isAllowed)
            return ScriptedServer::json({{u"error"_s, u"authorization_pending"_s}}, 400);
        return ScriptedServer::json({{u"access_token"_s, u"token-1"_s}, {u"token_type"_s, u"Bearer"_s}});
    });
    choose(oauth::Grant::Device);
    auto *steps = child<QTreeWidget>(u"steps"_s);
    QVERIFY(
        steps->topLevelItem(4)->text(0).contains(u"another device"_s)
        || steps->topLevelItem(4)->data(0, Qt::AccessibleTextRole).toString().contains(u"another device"_s));
    click(u"runAll"_s);
    QTRY_VERIFY2(sentence().contains(u"WDJB-MJHT"_s), qPrintable(sentence()));
    click(u"copyCode"_s);
    QCOMPARE(QApplication::clipboard()->text(), u"WDJB-MJHT"_s);
    QVERIFY(!child<QPlainTextEdit>(u"stepSent"_s)->toPlainText().contains(u"d1"_s));
    // Whoever looks elsewhere meanwhile is not called back by each question.
    steps->setCurrentItem(steps->topLevelItem(0));
    const int asked = m_server->count("/token");
    QTRY_VERIFY_WITH_TIMEOUT(m_server->count("/token") > asked, 5000);
    QCOMPARE(steps->currentItem(), steps->topLevelItem(0));
    isAllowed = true;
    QTRY_VERIFY(isOver());
    QVERIFY2(!m_view->run()->flow()->failure(), why().constData());
    QVERIFY(!child<QPushButton>(u"copyCode"_s)->isVisible());
}

void TestClientWays::asksForWhatAGrantNeeds_data()
{
    QTest::addColumn<int>("grant");
    QTest::addColumn<QString>("clientId");
    QTest::addColumn<QString>("field"); // Where the focus is afterwards.
    QTest::newRow("a program without a name")
        << int(oauth::Grant::ClientCredentials) << QString() << u"clientId"_s;
    QTest::newRow("a program without a secret")
        << int(oauth::Grant::ClientCredentials) << u"c"_s << u"clientSecret"_s;
    QTest::newRow("a workload without an assertion")
        << int(oauth::Grant::JwtBearer) << QString() << u"assertion"_s;
    QTest::newRow("an enterprise without an ID token")
        << int(oauth::Grant::Enterprise) << u"c"_s << u"idToken"_s;
}

void TestClientWays::asksForWhatAGrantNeeds()
{
    QFETCH(const int, grant);
    QFETCH(const QString, clientId);
    QFETCH(const QString, field);
    choose(oauth::Grant(grant));
    child<QLineEdit>(u"clientId"_s)->setText(clientId);
    click(u"runAll"_s);
    QVERIFY(child<QLabel>(u"serverFault"_s)->isVisible());
    QVERIFY(!child<QLabel>(u"serverFault"_s)->text().isEmpty());
    QCOMPARE(m_view->focusWidget(), child<QWidget>(field));
    QVERIFY(!m_view->run()->flow());
    QVERIFY(m_server->asked.isEmpty());
    // Back to a browser, nothing of it is wanted.
    choose(oauth::Grant::Code);
    child<QRadioButton>(u"identityRegister"_s)->setChecked(true);
    QVERIFY(m_view->form()->judge().isEmpty());
    QVERIFY(!child<QLabel>(u"serverFault"_s)->isVisible());
}

void TestClientWays::givesAProgramsSecretToItsServerAlone()
{
    m_server->odd.insert("/token", [](const http::Request &) {
        return ScriptedServer::json({{u"access_token"_s, u"token-1"_s}, {u"token_type"_s, u"Bearer"_s}});
    });
    choose(oauth::Grant::ClientCredentials);
    child<QLineEdit>(u"clientId"_s)->setText(u"program"_s);
    child<QLineEdit>(u"clientSecret"_s)->setText(u"s3cret"_s);
    QCOMPARE(child<QLineEdit>(u"clientSecret"_s)->echoMode(), QLineEdit::Password);
    click(u"runAll"_s);
    QTRY_VERIFY(isOver()); // Nobody said that the secret belongs there.
    QCOMPARE(m_server->count("/token"), 0);
    QTRY_VERIFY(child<QPushButton>(u"offerTrustIssuer"_s)->isVisible());
    click(u"offerTrustIssuer"_s);
    QTRY_VERIFY(isOver());
    QVERIFY2(!m_view->run()->flow()->failure(), why().constData());
    QCOMPARE(m_server->count("/token"), 1);
    m_view->copyReport();
    QVERIFY(!QApplication::clipboard()->text().contains(u"s3cret"_s));
}

void TestClientWays::showsTheClientsDocument()
{
    QJsonObject document = m_server->serverDocument();
    document.insert(u"client_id_metadata_document_supported"_s, true);
    m_server->odd.insert("/.well-known/oauth-authorization-server",
                         [document](const http::Request &) { return ScriptedServer::json(document); });
    child<QRadioButton>(u"identityDocument"_s)->setChecked(true);
    auto *field = child<QLineEdit>(u"clientMetadataUrl"_s);
    QVERIFY(field->isVisible());
    field->setText(u"https://example.com"_s);
    click(u"runAll"_s);
    QVERIFY(child<QLabel>(u"serverFault"_s)->isVisible());
    QCOMPARE(m_view->focusWidget(), field);
    field->setText(u"https://example.com/client.json"_s);
    click(u"runAll"_s);
    QTRY_VERIFY(isOver());
    QVERIFY2(!m_view->run()->flow()->failure(), why().constData());
    QCOMPARE(m_server->count("/register"), 0);
    QCOMPARE(ScriptedServer::field(m_server->authorizeQuery, "client_id"),
             "https://example.com/client.json"_ba);
}

void TestClientWays::askInBetween(const QString &method, const QJsonObject &params)
{
    m_server->wantsToken = false;
    m_server->odd.insert("/mcp", [this, method, params](const http::Request &request) {
        const QJsonObject message = base::readJsonObject(request.body).value_or(QJsonObject());
        const QString asked = message.value("method"_L1).toString();
        QJsonObject result{{u"supportedVersions"_s, QJsonArray{u"2026-07-28"_s}},
                           {u"tools"_s, QJsonArray{m_server->tool}},
                           {u"resultType"_s, u"complete"_s}};
        const QJsonObject answers = message["params"_L1]["inputResponses"_L1].toObject();
        if (asked == "tools/call"_L1 && answers.isEmpty()) {
            result = {{u"resultType"_s, u"input_required"_s},
                      {u"inputRequests"_s,
                       QJsonObject{{u"q"_s, QJsonObject{{u"method"_s, method}, {u"params"_s, params}}}}}};
        } else if (asked == "tools/call"_L1) {
            m_answered = answers.value("q"_L1).toObject();
            result.insert(u"content"_s, QJsonArray());
        }
        return ScriptedServer::json(
            {{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, message.value("id"_L1)}, {u"result"_s, result}});
    });
}

namespace {

const QJsonObject form{
    {u"message"_s, u"Who <b>are</b> you?\x1b[2J"_s},
    {u"requestedSchema"_s,
     QJsonObject{
         {u"required"_s, QJsonArray{u"name"_s}},
         {u"properties"_s,
          QJsonObject{
              {u"name"_s, QJsonObject{{u"type"_s, u"string"_s}, {u"title"_s, u"Your name"_s}}},
              {u"age"_s, QJsonObject{{u"type"_s, u"integer"_s}}},
              {u"password"_s, QJsonObject{{u"type"_s, u"string"_s}}},
              {u"isNew"_s, QJsonObject{{u"type"_s, u"boolean"_s}, {u"default"_s, true}}},
              {u"color"_s,
               QJsonObject{{u"type"_s, u"string"_s}, {u"enum"_s, QJsonArray{u"red"_s, u"blue"_s}}}},
              {u"days"_s,
               QJsonObject{{u"type"_s, u"array"_s},
                           {u"items"_s, QJsonObject{{u"enum"_s, QJsonArray{u"mon"_s, u"tue"_s}}}}}}}}}}};

template <typename T> T *part(const QWidget *dialog, const QString &name)
{
    T *found = dialog->findChild<T *>(name);
    if (!found)
        qFatal("There is no %s.", qPrintable(name));
    return found;
}

/// Once it may be pressed.
void press(const QWidget *dialog)
{
    auto *send = part<QPushButton>(dialog, u"sendAnswer"_s);
    QTRY_VERIFY(send->isEnabled());
    send->click();
}

} // namespace

void TestClientWays::letsAPersonAnswerTheServer()
{
    askInBetween(u"elicitation/create"_s, form);
    click(u"runAll"_s);
    QTRY_VERIFY(m_view->findChild<QDialog *>(u"questionDialog"_s));
    auto *dialog = m_view->findChild<QDialog *>(u"questionDialog"_s);
    QTRY_VERIFY(dialog->isVisible());
    const QString message = part<QLabel>(dialog, u"questionMessage"_s)->text();
    QVERIFY2(message.contains(u"Who <b>are</b> you?"_s) && !message.contains(u'\x1b'), qPrintable(message));
    part<QLineEdit>(dialog, u"answer/name"_s)->setText(u"Ada"_s);
    // Return is for whatever was typed into a moment ago.
    QTest::keyClick(part<QLineEdit>(dialog, u"answer/name"_s), Qt::Key_Return);
    QVERIFY(dialog->isVisible());
    QVERIFY(!part<QPushButton>(dialog, u"sendAnswer"_s)->isEnabled());
    press(dialog);
    QTRY_VERIFY(isOver());
    QVERIFY2(!m_view->run()->flow()->failure(), why().constData());
    QCOMPARE(m_answered.value("action"_L1).toString(), u"accept"_s);
    QCOMPARE(m_answered["content"_L1]["name"_L1].toString(), u"Ada"_s);
    QCOMPARE(m_answered["content"_L1]["isNew"_L1].toBool(), true);
}

void TestClientWays::declinesWhereTheRunIsCancelled()
{
    askInBetween(u"elicitation/create"_s, form);
    click(u"runAll"_s);
    QTRY_VERIFY(m_view->findChild<QDialog *>(u"questionDialog"_s));
    auto *dialog = m_view->findChild<QDialog *>(u"questionDialog"_s);
    QTRY_VERIFY(dialog->isVisible());
    part<QPushButton>(dialog, u"cancelRunOfQuestion"_s)->click();
    QTRY_VERIFY(isOver());
    QTRY_VERIFY(!m_view->findChild<QDialog *>(u"questionDialog"_s));
    QVERIFY(m_answered.isEmpty());
}

void TestClientWays::makesAFieldForEachKind()
{
    std::optional<QJsonObject> sent;
    auto *dialog = new QuestionDialog(
        u"example.com"_s, u"elicitation/create"_s, form,
        [&sent](const base::Expected<QJsonObject, protocol::RpcError> &given) {
            sent = given.value_or(QJsonObject());
        },
        m_view.get());
    dialog->open();
    QCOMPARE(part<QLineEdit>(dialog, u"answer/password"_s)->echoMode(), QLineEdit::Password);
    QVERIFY(part<QCheckBox>(dialog, u"answer/isNew"_s)->isChecked());
    part<QLineEdit>(dialog, u"answer/name"_s)->setText(u"Ada"_s);
    part<QLineEdit>(dialog, u"answer/age"_s)->setText(u"36"_s);
    auto *color = part<QComboBox>(dialog, u"answer/color"_s);
    color->setCurrentIndex(color->findText(u"blue"_s));
    part<QListWidget>(dialog, u"answer/days"_s)->item(1)->setCheckState(Qt::Checked);
    press(dialog);
    QVERIFY(sent);
    QCOMPARE(*sent,
             QJsonObject({{u"action"_s, u"accept"_s},
                          {u"content"_s,
                           QJsonObject{{u"name"_s, u"Ada"_s},
                                       {u"age"_s, 36},
                                       {u"isNew"_s, true},
                                       {u"color"_s, u"blue"_s},
                                       {u"days"_s, QJsonArray{u"tue"_s}}}}}));
}

void TestClientWays::sendsNothingThatTheSchemaDoesNotWant()
{
    int replies = 0;
    QJsonObject sent;
    auto *dialog = new QuestionDialog(
        u"example.com"_s, u"elicitation/create"_s, form,
        [&](const base::Expected<QJsonObject, protocol::RpcError> &given) {
            ++replies;
            sent = given.value_or(QJsonObject());
        },
        m_view.get());
    dialog->open();
    const auto said = [dialog](const QString &field) {
        const auto *fault = part<QLabel>(dialog, u"answer/%1/fault"_s.arg(field));
        return fault->isVisible() ? fault->text() : QString();
    };
    press(dialog);
    QTRY_COMPARE(said(u"name"_s), u"This has to be filled in."_s);
    part<QLineEdit>(dialog, u"answer/name"_s)->setText(u"Ada"_s);
    part<QLineEdit>(dialog, u"answer/age"_s)->setText(u"old"_s);
    press(dialog);
    QTRY_COMPARE(said(u"age"_s), u"This has to be a whole number."_s);
    QCOMPARE(said(u"name"_s), QString());
    QCOMPARE(replies, 0);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QCOMPARE(replies, 1);
    QCOMPARE(sent, client::declined());
}

void TestClientWays::answersAQuestionWithoutFields_data()
{
    QTest::addColumn<QJsonObject>("schema");
    QTest::addColumn<bool>("canBeAnswered");
    const QJsonObject none{{u"type"_s, u"object"_s}, {u"properties"_s, QJsonObject()}};
    QTest::newRow("nothing is asked for") << none << true;
    QTest::newRow("no schema at all") << QJsonObject() << true;
    QJsonObject impossible = none;
    impossible.insert(u"additionalProperties"_s, false);
    impossible.insert(u"required"_s, QJsonArray{u"x"_s});
    QTest::newRow("what no form can give") << impossible << false;
}

void TestClientWays::answersAQuestionWithoutFields()
{
    QFETCH(const QJsonObject, schema);
    QFETCH(const bool, canBeAnswered);
    std::optional<QJsonObject> sent;
    auto *dialog = new QuestionDialog(
        u"example.com"_s, u"elicitation/create"_s,
        {{u"message"_s, u"Are you sure?"_s}, {u"requestedSchema"_s, schema}},
        [&sent](const base::Expected<QJsonObject, protocol::RpcError> &given) {
            sent = given.value_or(QJsonObject());
        },
        m_view.get());
    dialog->open();
    press(dialog);
    QCOMPARE(sent.has_value(), canBeAnswered);
    if (sent)
        QCOMPARE(*sent, client::accepted({}));
    else
        dialog->reject();
}

void TestClientWays::asksOneThingAtATime()
{
    const QJsonObject question{{u"method"_s, u"elicitation/create"_s}, {u"params"_s, form}};
    m_server->wantsToken = false;
    m_server->odd.insert("/mcp", [question, this](const http::Request &request) {
        const QJsonObject message = base::readJsonObject(request.body).value_or(QJsonObject());
        const bool isCall = message.value("method"_L1) == "tools/call"_L1
            && !message["params"_L1].toObject().contains("inputResponses"_L1);
        QJsonObject result{{u"supportedVersions"_s, QJsonArray{u"2026-07-28"_s}},
                           {u"tools"_s, QJsonArray{m_server->tool}},
                           {u"content"_s, QJsonArray()}};
        if (isCall)
            result = {{u"resultType"_s, u"input_required"_s},
                      {u"inputRequests"_s, QJsonObject{{u"a"_s, question}, {u"b"_s, question}}}};
        return ScriptedServer::json(
            {{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, message.value("id"_L1)}, {u"result"_s, result}});
    });
    click(u"runAll"_s);
    for (int i = 0; i < 2; ++i) {
        QTRY_COMPARE(m_view->findChildren<QDialog *>(u"questionDialog"_s).size(), 1);
        QPointer<QDialog> dialog = m_view->findChild<QDialog *>(u"questionDialog"_s);
        QTRY_VERIFY(dialog->isVisible());
        dialog->reject();
        QTRY_VERIFY(!dialog);
    }
    QTRY_VERIFY(isOver());
    QVERIFY2(!m_view->run()->flow()->failure(), why().constData());
}

void TestClientWays::staysWithinTheScreenWhateverIsAsked()
{
    QJsonObject properties;
    for (int i = 0; i < 300; ++i)
        properties.insert(u"field%1"_s.arg(i),
                          QJsonObject{{u"title"_s, u"R&D "_s + u"long title "_s.repeated(40)}});
    properties.insert(u"choice"_s, QJsonObject{{u"enum"_s, QJsonArray{u"x"_s.repeated(400)}}});
    auto *dialog = new QuestionDialog(
        u"example.com"_s, u"elicitation/create"_s,
        {{u"message"_s, u"line\n"_s.repeated(400) + u"words "_s.repeated(300)},
         {u"requestedSchema"_s,
          QJsonObject{{u"required"_s, QJsonArray{u"choice"_s}}, {u"properties"_s, properties}}}},
        [](const auto &) {}, m_view.get());
    dialog->open();
    QVERIFY(QTest::qWaitForWindowExposed(dialog));
    const QSize room = dialog->screen()->availableSize();
    QVERIFY2(dialog->height() <= room.height() && dialog->width() <= room.width(),
             QByteArray::number(dialog->height()).constData());
    QCOMPARE(dialog->findChildren<QLineEdit *>().size(), 99); // And one choice: a hundred.
    const auto *choice = part<QComboBox>(dialog, u"answer/choice"_s);
    QVERIFY(choice->mapTo(dialog, QPoint(choice->width(), 0)).x() <= dialog->width());
    const auto labels = dialog->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
        return label->text().contains(u"R&D"_s) && !label->buddy();
    }));
    dialog->reject();
}

void TestClientWays::sendsADefaultAsItCame()
{
    std::optional<QJsonObject> sent;
    const QString odd = u"a\u200Bb"_s;
    auto *dialog = new QuestionDialog(
        u"example.com"_s, u"elicitation/create"_s,
        {{u"requestedSchema"_s,
          QJsonObject{
              {u"properties"_s,
               QJsonObject{{u"text"_s, QJsonObject{{u"type"_s, u"string"_s}, {u"default"_s, odd}}},
                           {u"days"_s,
                            QJsonObject{{u"type"_s, u"array"_s},
                                        {u"items"_s, QJsonObject{{u"enum"_s, QJsonArray{u"mon"_s}}}}}}}}}}},
        [&sent](const base::Expected<QJsonObject, protocol::RpcError> &given) {
            sent = given.value_or(QJsonObject());
        },
        m_view.get());
    dialog->open();
    press(dialog);
    QVERIFY(sent);
    QCOMPARE(sent->value("content"_L1).toObject(), QJsonObject({{u"text"_s, odd}}));
}

void TestClientWays::takesBackWhatAGrantChose()
{
    choose(oauth::Grant::ClientCredentials);
    QVERIFY(child<QRadioButton>(u"identityGiven"_s)->isChecked());
    choose(oauth::Grant::Code);
    QVERIFY(child<QRadioButton>(u"identityRegister"_s)->isChecked());
    child<QRadioButton>(u"identityDocument"_s)->setChecked(true);
    choose(oauth::Grant::JwtBearer);
    QVERIFY(!child<QLineEdit>(u"clientMetadataUrl"_s)->isVisible());
    QVERIFY(m_view->form()->values().clientMetadataUrl.isEmpty());
    choose(oauth::Grant::Device);
    QVERIFY(child<QRadioButton>(u"identityDocument"_s)->isChecked());
    // What the user chose stays.
    child<QRadioButton>(u"identityGiven"_s)->setChecked(true);
    child<QLineEdit>(u"clientId"_s)->setText(u"mine"_s);
    choose(oauth::Grant::ClientCredentials);
    choose(oauth::Grant::Code);
    QVERIFY(child<QRadioButton>(u"identityGiven"_s)->isChecked());
}

void TestClientWays::saysOfForgottenTokensWhatWas()
{
    click(u"runAll"_s);
    QTRY_VERIFY(isOver());
    QTRY_COMPARE(result(), u"Signed in; get-profile answered."_s);
    bool isForgotten = false;
    m_view->run()->forget({true, true, true, true, true}, [&isForgotten] { isForgotten = true; });
    QTRY_VERIFY(isForgotten);
    QCOMPARE(result(), u"Signed in; get-profile answered."_s);
}

void TestClientWays::keepsFocusAndRowWhileItWaits()
{
    m_view->run()->setOpener([](const QUrl &) { return true; });
    click(u"runAll"_s);
    auto *paste = child<QPushButton>(u"pasteAddress"_s);
    QTRY_VERIFY(paste->isVisible());
    paste->setFocus();
    const QString before = sentence();
    QTRY_VERIFY_WITH_TIMEOUT(sentence() != before, 5000); // The clock has gone on.
    QCOMPARE(m_view->focusWidget(), paste);
}

void TestClientWays::staysNarrowWithEachGrant()
{
    for (const oauth::Grant grant :
         {oauth::Grant::Code, oauth::Grant::Device, oauth::Grant::ClientCredentials, oauth::Grant::JwtBearer,
          oauth::Grant::Enterprise}) {
        choose(grant);
        QCoreApplication::processEvents();
        QVERIFY2(m_view->form()->minimumSizeHint().width() <= 720,
                 QByteArray::number(m_view->form()->minimumSizeHint().width()).constData());
    }
}

void TestClientWays::speaksInPlaceOfAModel()
{
    std::optional<QJsonObject> sent;
    auto *dialog = new QuestionDialog(
        u"example.com"_s, u"sampling/createMessage"_s,
        {{u"messages"_s,
          QJsonArray{
              QJsonObject{{u"role"_s, u"user"_s},
                          {u"content"_s, QJsonObject{{u"type"_s, u"text"_s}, {u"text"_s, u"A haiku?"_s}}}}}}},
        [&sent](const base::Expected<QJsonObject, protocol::RpcError> &given) {
            sent = given.value_or(QJsonObject());
        },
        m_view.get());
    dialog->open();
    QVERIFY(part<QPlainTextEdit>(dialog, u"askedOfModel"_s)->toPlainText().contains(u"A haiku?"_s));
    press(dialog);
    QVERIFY(!sent); // It has to say something.
    part<QPlainTextEdit>(dialog, u"modelsAnswer"_s)->setPlainText(u"An old silent gate"_s);
    press(dialog);
    QVERIFY(sent);
    QCOMPARE((*sent)["content"_L1]["text"_L1].toString(), u"An old silent gate"_s);
}

void TestClientWays::namesAPerson_data()
{
    QTest::addColumn<QJsonObject>("claims");
    QTest::addColumn<QString>("name");
    QTest::newRow("a whole name") << QJsonObject{{u"name"_s, u"Ada Lovelace"_s}, {u"email"_s, u"a@b"_s}}
                                  << u"Ada Lovelace"_s;
    QTest::newRow("two halves, as WorkOS")
        << QJsonObject{{u"first_name"_s, u"Ada"_s}, {u"last_name"_s, u"Lovelace"_s}} << u"Ada Lovelace"_s;
    QTest::newRow("two halves, as OpenID") << QJsonObject{{u"given_name"_s, u"Ada"_s}} << u"Ada"_s;
    QTest::newRow("an address") << QJsonObject{{u"email"_s, u"ada@example.com"_s}} << u"ada@example.com"_s;
    QTest::newRow("nobody") << QJsonObject{{u"sub"_s, u"user_01"_s}} << QString();
    QTest::newRow("another kind") << QJsonObject{{u"name"_s, 7}} << QString();
    QTest::newRow("what a screen obeys")
        << QJsonObject{{u"name"_s, u"Ada\u202e"_s}} << u"Ada\u27e8U+202E\u27e9"_s;
}

void TestClientWays::namesAPerson()
{
    QFETCH(const QJsonObject, claims);
    QTEST(personIn(claims), "name");
}

GATEHOUSE_TEST(TestClientWays)
#include "tst_clientways.moc"
