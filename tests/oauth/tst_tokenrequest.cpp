// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/jws.h"
#include "base/json.h"
#include "keys/jwk.h"
#include "keys/signature.h"
#include "oauth/tokenrequest.h"
#include "support/pem.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::oauth;
using namespace Qt::StringLiterals;

class TestTokenRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheClientAsItIsRegistered_data();
    void showsTheClientAsItIsRegistered();
    void signsAnAssertionForOneServer();
    void asksInItsOwnName();
    void showsAnAssertion();
    void exchangesAnIdToken();
    void readsWhatTheIdentityProviderGives_data();
    void readsWhatTheIdentityProviderGives();

private:
    static TokenWish wishOf(const ClientRegistration &client)
    {
        TokenWish wish;
        wish.server.issuer = u"https://as.example"_s;
        wish.server.tokenEndpoint = QUrl(u"https://as.example/token"_s);
        wish.client = client;
        wish.resource = u"https://mcp.example/mcp"_s;
        wish.scopes = {u"a"_s, u"b"_s};
        return wish;
    }
    static QByteArray headerOf(const base::FetchRequest &request, const QByteArray &name)
    {
        for (const auto &[key, value] : request.headers) {
            if (key == name)
                return value;
        }
        return {};
    }
    static QByteArray field(const base::FetchRequest &request, const QByteArray &name)
    {
        return web::onlyFormValue(request.body, name).value_or("<none>");
    }
    const base::Random m_random = [](qsizetype bytes) { return QByteArray(bytes, 'r'); };
};

void TestTokenRequest::showsTheClientAsItIsRegistered_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QByteArray>("secret");
    QTest::newRow("public") << u"none"_s << QByteArray() << "c:1"_ba
                            << "<none>"_ba;
    QTest::newRow("in the header") << u"client_secret_basic"_s << "Basic " + "c%3A1:s%2F%3D"_ba.toBase64()
                                   << "<none>"_ba
                                   << "<none>"_ba;
    QTest::newRow("in the body") << u"client_secret_post"_s << QByteArray() << "c:1"_ba
                                 << "s/="_ba;
}

void TestTokenRequest::showsTheClientAsItIsRegistered()
{
    QFETCH(const QString, method);
    QFETCH(const QByteArray, authorization);
    QFETCH(const QByteArray, id);
    QFETCH(const QByteArray, secret);
    web::Form form;
    form.add(u"grant_type"_s, u"x"_s);
    const auto request = tokenRequest(wishOf({u"c:1"_s, u"s/="_s, method}), form, 0, m_random);
    QCOMPARE(request.method, "POST"_ba);
    QCOMPARE(request.url.toString(), u"https://as.example/token"_s);
    QCOMPARE(headerOf(request, "Content-Type"), "application/x-www-form-urlencoded"_ba);
    QCOMPARE(headerOf(request, "Authorization"), authorization);
    QCOMPARE(field(request, "client_id"), id);
    QCOMPARE(field(request, "client_secret"), secret);
    QCOMPARE(field(request, "resource"), "https://mcp.example/mcp"_ba);
    QCOMPARE(field(request, "client_assertion"), "<none>"_ba);
    // A server of 2025-03-26 knows no resource.
    TokenWish old = wishOf({u"c"_s, {}, u"none"_s});
    old.resource.clear();
    QCOMPARE(field(tokenRequest(old, form, 0, m_random), "resource"), "<none>"_ba);
}

void TestTokenRequest::signsAnAssertionForOneServer()
{
    TokenWish wish = wishOf({u"c:1"_s, {}, u"private_key_jwt"_s});
    wish.key = keys::SigningKey::fromPem(test::pem::p256, u"ES256"_s).value();
    wish.keyAlgorithm = u"ES256"_s;
    const auto request = clientCredentialsRequest(wish, 1'800'000'000'500, m_random);
    QCOMPARE(field(request, "client_assertion_type"),
             "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"_ba);
    QCOMPARE(field(request, "client_id"), "c:1"_ba);
    QVERIFY(headerOf(request, "Authorization").isEmpty());
    const QByteArray assertion = field(request, "client_assertion");
    const auto jws = auth::readJws(assertion);
    QVERIFY(jws);
    const auto claims = auth::readClaims(*jws);
    QVERIFY(claims);
    QCOMPARE(claims->value("iss"_L1).toString(), u"c:1"_s);
    QCOMPARE(claims->value("sub"_L1).toString(), u"c:1"_s);
    QCOMPARE(claims->value("aud"_L1), QJsonValue(u"https://as.example"_s));
    QCOMPARE(claims->value("iat"_L1).toInteger(), 1'800'000'000);
    QCOMPARE(claims->value("exp"_L1).toInteger(), 1'800'000'060);
    QCOMPARE(claims->value("jti"_L1).toString().size(), 22);
    QJsonObject jwk = wish.key->publicJwk();
    jwk.insert(u"kid"_s, u"k"_s);
    const qsizetype end = assertion.lastIndexOf('.');
    const QByteArray signature = QByteArray::fromBase64(
        assertion.mid(end + 1), QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    QCOMPARE(keys::verifySignature(u"ES256"_s, keys::readJwk(jwk).value(), assertion.left(end), signature),
             keys::SignatureAnswer::Good);
}

void TestTokenRequest::asksInItsOwnName()
{
    const auto request
        = clientCredentialsRequest(wishOf({u"c"_s, u"s"_s, u"client_secret_basic"_s}), 0, m_random);
    QCOMPARE(field(request, "grant_type"), "client_credentials"_ba);
    QCOMPARE(field(request, "scope"), "a b"_ba);
    QCOMPARE(field(request, "resource"), "https://mcp.example/mcp"_ba);
    TokenWish none = wishOf({u"c"_s, u"s"_s, u"client_secret_basic"_s});
    none.scopes.clear();
    QCOMPARE(field(clientCredentialsRequest(none, 0, m_random), "scope"), "<none>"_ba);
}

void TestTokenRequest::showsAnAssertion()
{
    const auto request = jwtBearerRequest(wishOf({{}, {}, u"none"_s}), "a.b.c", 0, m_random);
    QCOMPARE(field(request, "grant_type"), "urn:ietf:params:oauth:grant-type:jwt-bearer"_ba);
    QCOMPARE(field(request, "assertion"), "a.b.c"_ba);
    QCOMPARE(field(request, "client_id"), "<none>"_ba); // The assertion says who asks.
}

void TestTokenRequest::exchangesAnIdToken()
{
    const auto request = idTokenExchange(QUrl(u"https://idp.example/token"_s), "i.d.t",
                                         wishOf({u"c"_s, u"s"_s, u"client_secret_basic"_s}));
    QCOMPARE(request.url.toString(), u"https://idp.example/token"_s);
    QCOMPARE(field(request, "grant_type"), "urn:ietf:params:oauth:grant-type:token-exchange"_ba);
    QCOMPARE(field(request, "requested_token_type"), "urn:ietf:params:oauth:token-type:id-jag"_ba);
    QCOMPARE(field(request, "subject_token"), "i.d.t"_ba);
    QCOMPARE(field(request, "subject_token_type"), "urn:ietf:params:oauth:token-type:id_token"_ba);
    QCOMPARE(field(request, "audience"), "https://as.example"_ba);
    QCOMPARE(field(request, "resource"), "https://mcp.example/mcp"_ba);
    // The other server's secret stays with it.
    QVERIFY(headerOf(request, "Authorization").isEmpty());
    QVERIFY(!request.body.contains("client_secret"));
}

void TestTokenRequest::readsWhatTheIdentityProviderGives_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("said"); // Empty: it is good.
    const QByteArray type = R"("issued_token_type":"urn:ietf:params:oauth:token-type:id-jag")";
    QTest::newRow("an assertion") << 200 << R"({"access_token":"a.b.c","token_type":"N_A",)" + type + "}"
                                  << QString();
    QTest::newRow("a refusal") << 400 << R"({"error":"invalid_grant"})"_ba << u"invalid_grant"_s;
    QTest::newRow("something else")
        << 200
        << R"({"access_token":"a","issued_token_type":"urn:ietf:params:oauth:token-type:access_token"})"_ba
        << u"issued_token_type"_s;
    QTest::newRow("nothing") << 200 << "{" + type + "}" << u"no access_token"_s;
    QTest::newRow("lines") << 200 << R"({"access_token":"a\nb",)" + type + "}" << u"characters"_s;
    QTest::newRow("a page") << 200 << "<html>"_ba << u"no access_token"_s;
}

void TestTokenRequest::readsWhatTheIdentityProviderGives()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const QString, said);
    const auto read = readExchanged({status, {}, body});
    QCOMPARE(read.has_value(), said.isEmpty());
    if (read)
        QCOMPARE(*read, "a.b.c"_ba);
    else
        QVERIFY2(read.error().text.contains(said), qPrintable(read.error().text));
}

GATEHOUSE_TEST(TestTokenRequest)
#include "tst_tokenrequest.moc"
