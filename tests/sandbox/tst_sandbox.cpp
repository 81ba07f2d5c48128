// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/asking.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 nowMs = 1'800'000'000'000;

} // namespace

class TestSandbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void mintsATokenAsAuthKitShapesIt();
    void mintsWhatIsAskedFor_data();
    void mintsWhatIsAskedFor();
    void mintsTokensThatMustBeRefused();
    void refusesWishesThatItCannotGrant_data();
    void refusesWishesThatItCannotGrant();
    void letsOnlyProgramsOnThisMachineControlIt_data();
    void letsOnlyProgramsOnThisMachineControlIt();
    void namesOnlyWhatWorksInItsMetadata();
    void keepsOrDropsTheOldKeyOnRotation();
    void takesTheNextPortWhenItsOwnIsTaken();

private:
    http::Response ask(const QByteArray &method, const QByteArray &path, const QByteArray &body = {},
                       const base::Headers &extra = {}) const
    {
        return test::Asking(m_sandbox.get())(method, path, body, extra);
    }
    http::Response control(const QByteArray &command, const QJsonObject &wish) const
    {
        return test::Asking(m_sandbox.get()).control(command, wish);
    }
    QJsonArray publishedKeys() const { return test::Asking(m_sandbox.get()).publishedKeys(); }
    bool isSignedByAPublishedKey(const test::Token &token) const
    {
        return test::Asking(m_sandbox.get()).isSignedByAPublishedKey(token);
    }
    test::Token mint(const QJsonObject &wish) const
    {
        return test::taken(
            test::Asking::json(control("token", wish)).value("access_token"_L1).toString().toLatin1());
    }

    std::unique_ptr<sandbox::Sandbox> m_sandbox;
};

void TestSandbox::initTestCase()
{
    sandbox::SandboxSettings settings;
    settings.port = 0;
    settings.defaultResource = u"http://localhost:3000/mcp"_s;
    m_sandbox = std::make_unique<sandbox::Sandbox>(
        settings, [] { return nowMs; }, base::systemRandom());
    QVERIFY(m_sandbox->start());
}

void TestSandbox::mintsATokenAsAuthKitShapesIt()
{
    const test::Token token = mint({});
    QCOMPARE(token.header.keys(), QStringList({u"alg"_s, u"kid"_s}));
    QVERIFY(token.header.value("kid"_L1).toString().startsWith("sso_oidc_key_pair_"_L1));
    QVERIFY(isSignedByAPublishedKey(token));
    const QJsonObject &claims = token.claims;
    QCOMPARE(claims.value("iss"_L1).toString(), m_sandbox->issuer());
    QCOMPARE(claims.value("aud"_L1).toString(), u"http://localhost:3000/mcp"_s);
    QCOMPARE(claims.value("iat"_L1).toInteger(), nowMs / 1000);
    QCOMPARE(claims.value("exp"_L1).toInteger(), nowMs / 1000 + 300);
    QCOMPARE(claims.value("scope"_L1).toString(), u"email offline_access openid profile"_s);
    QVERIFY(claims.value("sub"_L1).toString().startsWith("user_"_L1));
    QVERIFY(claims.value("org_id"_L1).toString().startsWith("org_"_L1));
    QVERIFY(claims.value("client_id"_L1).toString().startsWith("client_"_L1));
    QCOMPARE(claims.value("jti"_L1).toString().size(), 26);
    // The sandbox's template:
    QCOMPARE(claims.value("email"_L1).toString(), u"ada@example.com"_s);
    QCOMPARE(claims.value("name"_L1).toString(), u"Ada Lovelace"_s);
    QCOMPARE(claims.value("roles"_L1).toArray(), QJsonArray({u"admin"_s}));
    QVERIFY(claims.value("permissions"_L1).toArray().size() == 3);
}

void TestSandbox::mintsWhatIsAskedFor_data()
{
    QTest::addColumn<QJsonObject>("wish");
    QTest::addColumn<QString>("claim");
    QTest::addColumn<QJsonValue>("value");
    const QJsonValue absent(QJsonValue::Undefined);
    QTest::newRow("another user") << QJsonObject{{u"user"_s, u"Grace@Example.com"_s}} << u"email"_s
                                  << QJsonValue(u"grace@example.com"_s);
    QTest::newRow("another organization's role")
        << QJsonObject{{u"organization"_s, u"org_01J00000000000000000GX0BEX"_s}} << u"role"_s
        << QJsonValue(u"member"_s);
    QTest::newRow("a user of no organization")
        << QJsonObject{{u"user"_s, u"nora@example.com"_s}} << u"org_id"_s << absent;
    QTest::newRow("no role without an organization")
        << QJsonObject{{u"user"_s, u"nora@example.com"_s}} << u"role"_s << absent;
    QTest::newRow("an e-mail that is not verified")
        << QJsonObject{{u"user"_s, u"nora@example.com"_s}} << u"email_verified"_s << QJsonValue(false);
    QTest::newRow("fewer scopes") << QJsonObject{{u"scope"_s, u"openid"_s}} << u"scope"_s
                                  << QJsonValue(u"openid"_s);
    QTest::newRow("no scope at all") << QJsonObject{{u"scope"_s, QString()}} << u"scope"_s
                                     << QJsonValue(QString());
    QTest::newRow("a resource, byte for byte")
        << QJsonObject{{u"resource"_s, u"HTTP://Localhost:3000/%6dcp/"_s}} << u"aud"_s
        << QJsonValue(u"HTTP://Localhost:3000/%6dcp/"_s);
    QTest::newRow("a longer life") << QJsonObject{{u"ttl"_s, 3600}} << u"exp"_s
                                   << QJsonValue(nowMs / 1000 + 3600);
    QTest::newRow("an expired one") << QJsonObject{{u"ttl"_s, -5}} << u"exp"_s
                                    << QJsonValue(nowMs / 1000 - 5);
}

void TestSandbox::mintsWhatIsAskedFor()
{
    QFETCH(QJsonObject, wish);
    QFETCH(QString, claim);
    QFETCH(QJsonValue, value);
    const test::Token token = mint(wish);
    QVERIFY(isSignedByAPublishedKey(token));
    QCOMPARE(token.claims.value(claim), value);
}

void TestSandbox::mintsTokensThatMustBeRefused()
{
    const auto flawed = [this](const QString &flaw) { return mint({{u"flaw"_s, flaw}}); };
    const test::Token good = mint({});
    const test::Token issuer = flawed(u"issuer"_s);
    QVERIFY(isSignedByAPublishedKey(issuer));
    QVERIFY(issuer.claims.value("iss"_L1) != good.claims.value("iss"_L1));
    const test::Token early = flawed(u"early"_s);
    QVERIFY(isSignedByAPublishedKey(early));
    QVERIFY(early.claims.value("nbf"_L1).toInteger() > nowMs / 1000 + 60);
    const test::Token foreign = flawed(u"key"_s);
    QVERIFY(!foreign.header.value("kid"_L1).toString().isEmpty());
    QVERIFY(foreign.header.value("kid"_L1) != good.header.value("kid"_L1));
    const test::Token forged = flawed(u"signature"_s);
    QCOMPARE(forged.header, good.header);
    QVERIFY(!isSignedByAPublishedKey(forged));
    const test::Token unsigned_ = flawed(u"algorithm"_s);
    QCOMPARE(unsigned_.header, (QJsonObject{{u"alg"_s, u"none"_s}}));
    QVERIFY(unsigned_.signature.isEmpty());
    QCOMPARE(unsigned_.claims.value("aud"_L1), good.claims.value("aud"_L1));
}

void TestSandbox::refusesWishesThatItCannotGrant_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("error");
    QTest::newRow("no JSON") << "x"_ba << u"invalid_request"_s;
    QTest::newRow("a list") << "[]"_ba << u"invalid_request"_s;
    QTest::newRow("an unknown member") << R"({"usr":"ada@example.com"})"_ba << u"invalid_request"_s;
    QTest::newRow("an unknown user") << R"({"user":"eve@example.com"})"_ba << u"invalid_request"_s;
    QTest::newRow("a user that is a number") << R"({"user":7})"_ba << u"invalid_request"_s;
    QTest::newRow("a foreign organization")
        << R"({"user":"grace@example.com","organization":"org_01J00000000000000000GX0BEX"})"_ba
        << u"invalid_request"_s;
    QTest::newRow("a scope that AuthKit lacks") << R"({"scope":"openid admin"})"_ba << u"invalid_scope"_s;
    QTest::newRow("a relative resource") << R"({"resource":"/mcp"})"_ba << u"invalid_target"_s;
    QTest::newRow("a resource with a fragment")
        << R"({"resource":"https://h/mcp#x"})"_ba << u"invalid_target"_s;
    QTest::newRow("a flaw that is none") << R"({"flaw":"ugly"})"_ba << u"invalid_request"_s;
    QTest::newRow("a lifetime as text") << R"({"ttl":"300"})"_ba << u"invalid_request"_s;
    QTest::newRow("half a second") << R"({"ttl":0.5})"_ba << u"invalid_request"_s;
    QTest::newRow("a lifetime without end") << R"({"ttl":1e300})"_ba << u"invalid_request"_s;
}

void TestSandbox::refusesWishesThatItCannotGrant()
{
    QFETCH(QByteArray, body);
    const http::Response response = ask("POST", "/sandbox/token", body, {{"Gatehouse-Control"_ba, "1"_ba}});
    QCOMPARE(response.status, 400);
    QTEST(base::readJsonObject(response.body).value_or(QJsonObject()).value("error"_L1).toString(), "error");
}

void TestSandbox::letsOnlyProgramsOnThisMachineControlIt_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<base::Headers>("headers");
    QTest::addColumn<QString>("peer");
    QTest::addColumn<int>("status");
    const base::Header flag{"Gatehouse-Control"_ba, "1"_ba};
    const QByteArray own = "127.0.0.1:4455"_ba;
    QTest::newRow("a program") << own << base::Headers{flag} << u"127.0.0.1"_s << 200;
    QTest::newRow("without the header") << own << base::Headers{} << u"127.0.0.1"_s << 403;
    QTest::newRow("the header twice") << own << base::Headers{flag, flag} << u"127.0.0.1"_s << 403;
    QTest::newRow("a page of ours") << own << base::Headers{flag, {"Origin"_ba, "http://127.0.0.1:4455"_ba}}
                                    << u"127.0.0.1"_s << 403;
    QTest::newRow("a foreign page") << own << base::Headers{flag, {"Origin"_ba, "https://evil.example"_ba}}
                                    << u"127.0.0.1"_s << 403;
    QTest::newRow("another machine") << own << base::Headers{flag} << u"192.0.2.1"_s << 403;
    QTest::newRow("a rebound name") << "evil.example"_ba << base::Headers{flag} << u"127.0.0.1"_s << 403;
    QTest::newRow("a name that begins like ours")
        << "localhost.evil.example"_ba << base::Headers{flag} << u"127.0.0.1"_s << 403;
}

void TestSandbox::letsOnlyProgramsOnThisMachineControlIt()
{
    QFETCH(QByteArray, host);
    QFETCH(base::Headers, headers);
    QFETCH(QString, peer);
    test::Asking asking(m_sandbox.get());
    asking.host = host;
    asking.peer = peer;
    QTEST(asking("POST", "/sandbox/token", "{}", headers).status, "status");
}

void TestSandbox::namesOnlyWhatWorksInItsMetadata()
{
    for (const QByteArray &path :
         {"/.well-known/oauth-authorization-server"_ba, "/.well-known/openid-configuration"_ba}) {
        const http::Response response = ask("GET", path);
        QCOMPARE(response.status, 200);
        const auto json = base::readJsonObject(response.body);
        QVERIFY(json);
        QCOMPARE(json->value("issuer"_L1).toString(), m_sandbox->issuer());
        for (auto it = json->begin(); it != json->end(); ++it) {
            const QString address = it->toString();
            if (!address.startsWith(m_sandbox->issuer() + u'/'))
                continue;
            const int status = ask("GET", address.sliced(m_sandbox->issuer().size()).toUtf8()).status;
            QVERIFY2(status != 404, qPrintable(it.key()));
        }
        QCOMPARE(ask("POST", path).status, 405);
    }
    QCOMPARE(ask("GET", "/oauth2/jwks/").status, 404);
}

void TestSandbox::keepsOrDropsTheOldKeyOnRotation()
{
    const test::Token old = mint({});
    QCOMPARE(control("rotate-keys", {{u"keepOld"_s, true}}).status, 200);
    QCOMPARE(publishedKeys().size(), 2);
    QVERIFY(isSignedByAPublishedKey(old));
    const test::Token fresh = mint({});
    QVERIFY(fresh.header.value("kid"_L1) != old.header.value("kid"_L1));
    QVERIFY(isSignedByAPublishedKey(fresh));
    QCOMPARE(control("rotate-keys", {{u"keepOld"_s, false}}).status, 200);
    QCOMPARE(publishedKeys().size(), 1);
    QVERIFY(!isSignedByAPublishedKey(old));
    QVERIFY(!isSignedByAPublishedKey(fresh));
    QVERIFY(isSignedByAPublishedKey(mint({})));
    QCOMPARE(control("rotate-keys", {{u"keepOld"_s, 1}}).status, 400);
}

void TestSandbox::takesTheNextPortWhenItsOwnIsTaken()
{
    sandbox::SandboxSettings settings;
    settings.port = quint16(QUrl(m_sandbox->issuer()).port());
    sandbox::Sandbox second(settings, base::systemClock(), base::systemRandom());
    QVERIFY(second.start());
    QVERIFY(second.movedPort());
    QVERIFY(second.issuer() != m_sandbox->issuer());
    QVERIFY(!m_sandbox->movedPort());
}

GATEHOUSE_TEST(TestSandbox)
#include "tst_sandbox.moc"
