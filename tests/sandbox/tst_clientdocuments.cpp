// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/asking.h"
#include "sandbox/clientdocuments.h"
#include "support/scriptedfetcher.h"
#include "support/unit.h"
#include "web/form.h"
#include "web/pkce.h"

#include <QRegularExpression>
#include <QTest>

#include <functional>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using test::Asking;

namespace {

const QString id = u"https://editor.example/oauth/client.json"_s;
const QString redirectUri = u"http://127.0.0.1:33418/callback"_s;
const QByteArray verifier = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ";

QJsonObject goodDocument()
{
    return {{u"client_id"_s, id},
            {u"client_name"_s, u"An editor"_s},
            {u"redirect_uris"_s, QJsonArray({redirectUri})},
            {u"token_endpoint_auth_method"_s, u"none"_s}};
}

QJsonObject with(QJsonObject document, const QString &name, const QJsonValue &value)
{
    document.insert(name, value);
    return document;
}

} // namespace

/// Clients whose id is the address of a document (draft-ietf-oauth-client-id-metadata-document).
class TestClientDocuments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void signsInAClientByItsDocument();
    void readsItAnewAtEachSignIn();
    void refusesADocument_data();
    void refusesADocument();
    void asksForNoAddressThatIsNone_data();
    void asksForNoAddressThatIsNone();
    void letsStrangersReachNothingOfThisMachine();
    void promisesOnlyWhatItDoes();
    void readsFewAtATime();
    void endsWithoutLeavingAnybodyWaiting();

private:
    void start(bool isPrivate = false);
    [[nodiscard]] static QByteArray query(const QString &client);
    [[nodiscard]] http::Response authorize(const QString &client) const
    {
        return (*m_ask)("GET", "/oauth2/authorize?" + query(client));
    }
    void serve(const QJsonObject &document, int status = 200)
    {
        m_fetcher.answers.insert(id, {status, base::writeJson(document)});
    }

    test::ScriptedFetcher m_fetcher;
    std::unique_ptr<sandbox::Sandbox> m_sandbox;
    std::unique_ptr<Asking> m_ask;
};

void TestClientDocuments::start(bool isPrivate)
{
    sandbox::SandboxSettings settings;
    settings.port = 0;
    settings.autoSignIn = isPrivate ? QString() : u"ada@example.com"_s;
    settings.isPrivate = isPrivate;
    m_sandbox = std::make_unique<sandbox::Sandbox>(settings, base::systemClock(), base::systemRandom());
    m_sandbox->setFetcher(&m_fetcher);
    QVERIFY(m_sandbox->start());
    m_ask = std::make_unique<Asking>(m_sandbox.get());
}

void TestClientDocuments::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    m_fetcher.answers.clear();
    m_fetcher.headers = {{"content-type"_ba, "application/json; charset=utf-8"_ba}};
    m_fetcher.delayMs = 0;
    m_fetcher.count = 0;
    start();
}

QByteArray TestClientDocuments::query(const QString &client)
{
    web::Form form;
    form.add(u"response_type"_s, u"code"_s);
    form.add(u"client_id"_s, client);
    form.add(u"redirect_uri"_s, redirectUri);
    form.add(u"code_challenge"_s, QString::fromLatin1(web::codeChallengeOf(verifier)));
    form.add(u"code_challenge_method"_s, u"S256"_s);
    form.add(u"scope"_s, u"openid offline_access"_s);
    form.add(u"state"_s, u"s"_s);
    return form.text();
}

void TestClientDocuments::signsInAClientByItsDocument()
{
    serve(goodDocument());
    const http::Response back = authorize(id);
    QCOMPARE(back.status, 302);
    const QString code = Asking::redirectQuery(back).queryItemValue(u"code"_s);
    QVERIFY2(!code.isEmpty(), Asking::header(back, "Location").constData());
    web::Form form;
    form.add(u"grant_type"_s, u"authorization_code"_s);
    form.add(u"client_id"_s, id);
    form.add(u"code"_s, code);
    form.add(u"redirect_uri"_s, redirectUri);
    form.add(u"code_verifier"_s, QString::fromLatin1(verifier));
    const base::Headers type{{"Content-Type"_ba, "application/x-www-form-urlencoded"_ba}};
    const QJsonObject tokens = Asking::json((*m_ask)("POST", "/oauth2/token", form.text(), type));
    const auto token = test::taken(tokens.value("access_token"_L1).toString().toLatin1());
    QCOMPARE(token.claims.value("client_id"_L1).toString(), id);
    QVERIFY(!tokens.value("refresh_token"_L1).toString().isEmpty());
    QCOMPARE(m_fetcher.count, 1); // The token endpoint knows it from there.
}

void TestClientDocuments::readsItAnewAtEachSignIn()
{
    serve(goodDocument());
    QVERIFY(Asking::redirectQuery(authorize(id)).hasQueryItem(u"code"_s));
    serve(with(goodDocument(), u"redirect_uris"_s, QJsonArray({u"http://127.0.0.1:1/other"_s})));
    QCOMPARE(Asking::redirectQuery(authorize(id)).queryItemValue(u"error"_s), u"invalid_redirect_uri"_s);
    QCOMPARE(m_fetcher.count, 2);
}

void TestClientDocuments::refusesADocument_data()
{
    QTest::addColumn<QJsonObject>("document");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QString>("why");
    const auto row = [](const char *name, const QJsonObject &document, const QString &why, int status = 200,
                        const QByteArray &type = "application/json") {
        QTest::newRow(name) << document << status << type << why;
    };
    row("of another client", with(goodDocument(), u"client_id"_s, id.chopped(1)), u"client_id"_s);
    row("of nobody", with(goodDocument(), u"client_id"_s, QJsonValue::Null), u"client_id"_s);
    row("with a secret", with(goodDocument(), u"client_secret"_s, u"s"_s), u"client_secret"_s);
    row("that wants a secret",
        with(goodDocument(), u"token_endpoint_auth_method"_s, u"client_secret_basic"_s),
        u"token_endpoint_auth_method"_s);
    row("that wants keys", with(goodDocument(), u"token_endpoint_auth_method"_s, u"private_key_jwt"_s),
        u"token_endpoint_auth_method"_s);
    row("without a redirect", with(goodDocument(), u"redirect_uris"_s, QJsonArray()), u"redirect_uris"_s);
    row("that leads into plain http",
        with(goodDocument(), u"redirect_uris"_s, QJsonArray({u"http://a.example/"_s})), u"Plain http"_s);
    row("that is gone", goodDocument(), u"HTTP 404"_s, 404);
    row("that is elsewhere", goodDocument(), u"HTTP 302"_s, 302);
    row("that is a page", goodDocument(), u"Content-Type"_s, 200, "text/html");
}

void TestClientDocuments::refusesADocument()
{
    QFETCH(QJsonObject, document);
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    QFETCH(QString, why);
    m_fetcher.headers = {{"content-type"_ba, type}};
    serve(document, status);
    const http::Response answer = authorize(id);
    QCOMPARE(answer.status, 302);
    const QByteArray location = Asking::header(answer, "Location");
    QVERIFY2(location.startsWith(m_sandbox->issuer().toLatin1() + "/oauth2/error?"), location.constData());
    const auto page = web::readForm(location.mid(location.indexOf('?') + 1));
    QVERIFY(page);
    QVERIFY2(page->value("error_description"_L1).contains(why), location.constData());
    // Nothing of it is known afterwards.
    m_fetcher.answers.clear();
    QVERIFY(!Asking::redirectQuery(authorize(id)).hasQueryItem(u"code"_s));
}

void TestClientDocuments::asksForNoAddressThatIsNone_data()
{
    QTest::addColumn<QString>("client");
    QTest::newRow("plain http elsewhere") << u"http://editor.example/client.json"_s;
    QTest::newRow("no path") << u"https://editor.example"_s;
    QTest::newRow("a fragment") << u"https://editor.example/client.json#a"_s;
    QTest::newRow("a user") << u"https://ada@editor.example/client.json"_s;
    QTest::newRow("dots") << u"https://editor.example/a/../client.json"_s;
    QTest::newRow("no host") << u"https:///client.json"_s;
}

void TestClientDocuments::asksForNoAddressThatIsNone()
{
    QFETCH(QString, client);
    const http::Response answer = authorize(client);
    QCOMPARE(Asking::redirectQuery(answer).queryItemValue(u"error"_s), u"invalid_client"_s);
    QCOMPARE(m_fetcher.count, 0);
}

/// A sandbox that is shared answers people elsewhere.
void TestClientDocuments::letsStrangersReachNothingOfThisMachine()
{
    serve(goodDocument());
    (void)authorize(id);
    QVERIFY(!m_fetcher.last.isForStrangers);
    start(true);
    QCOMPARE(authorize(id).status, 200); // The page that asks for the secret.
    QVERIFY(m_fetcher.last.isForStrangers);
    QStringList said; // One sentence for all.
    for (const int status : {404, 401, 200}) {
        serve(QJsonObject{{u"client_id"_s, u"x"_s}}, status);
        said.append(Asking::redirectQuery(authorize(id)).queryItemValue(u"error_description"_s));
    }
    QCOMPARE(QSet<QString>(said.begin(), said.end()).size(), 1);
}

void TestClientDocuments::promisesOnlyWhatItDoes()
{
    const QString promise = u"client_id_metadata_document_supported"_s;
    const auto document
        = [this] { return Asking::json((*m_ask)("GET", "/.well-known/oauth-authorization-server")); };
    QVERIFY(document().value(promise).toBool());
    serve(goodDocument());
    (void)m_ask->control("fail", {{u"documents-off"_s, true}});
    QVERIFY(!document().contains(promise));
    QCOMPARE(Asking::redirectQuery(authorize(id)).queryItemValue(u"error"_s), u"application_not_found"_s);
    QCOMPARE(m_fetcher.count, 0);
    (void)m_ask->control("fail", {{u"documents-off"_s, false}});
    m_sandbox->setFetcher(nullptr);
    QVERIFY(!document().contains(promise));
    QCOMPARE(Asking::redirectQuery(authorize(id)).queryItemValue(u"error"_s), u"application_not_found"_s);
}

void TestClientDocuments::readsFewAtATime()
{
    m_fetcher.delayMs = 3'600'000;
    sandbox::ClientDocuments documents;
    documents.setFetcher(&m_fetcher);
    int busy = 0;
    for (int i = 0; i < 20; ++i) {
        documents.read(id, false,
                       [&busy](const auto &read) { busy += !read && read.error().status == 503 ? 1 : 0; });
    }
    QCOMPARE(busy, 4);
    QCOMPARE(m_fetcher.count, 16);
    documents.end();
    QCOMPARE(busy, 20);
}

void TestClientDocuments::endsWithoutLeavingAnybodyWaiting()
{
    m_fetcher.delayMs = 3'600'000;
    http::Request request;
    request.method = "GET";
    request.path = "/oauth2/authorize";
    request.query = query(id);
    request.headers = {{"Host"_ba, "127.0.0.1:4455"_ba}};
    int answers = 0;
    m_sandbox->handle(request, [&answers](const http::Response &) { ++answers; });
    QCOMPARE(m_fetcher.count, 1);
    m_ask.reset();
    m_sandbox.reset();
    QCOMPARE(answers, 1);
}

GATEHOUSE_TEST(TestClientDocuments)
#include "tst_clientdocuments.moc"
