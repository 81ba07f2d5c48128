// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/asking.h"
#include "sandbox/faults.h"
#include "support/unit.h"

#include <QCryptographicHash>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using test::Asking;

/// The stand-in for WorkOS's Management API.
class TestManagementApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void saysWhatWorkOsSaysOfPeople();
    void givesListsByPages();
    void keepsResourceIndicators();
    void knowsWhoWasLetInAndForgetsThem();
    void takesItsKeyOnlyAndNoPages_data();
    void takesItsKeyOnlyAndNoPages();
    void answersWhatItDoesNotHaveAsWorkOsDoes_data();
    void answersWhatItDoesNotHaveAsWorkOsDoes();
    void failsAsItIsTold_data();
    void failsAsItIsTold();
    void hasTheRunsSecretAsItsKeyWherePrivate();

private:
    http::Response ask(const QByteArray &method, const QByteArray &path, const QByteArray &body = {})
    {
        return (*m_ask)(method, "/sandbox/api" + path, body,
                        {{"Authorization"_ba, "Bearer " + m_sandbox->managementKey()}});
    }
    QJsonObject get(const QByteArray &path) { return Asking::json(ask("GET", path)); }
    /// Signs in for a code that is redeemed, and says the client's id.
    QString letIn();

    std::unique_ptr<sandbox::Sandbox> m_sandbox;
    std::unique_ptr<Asking> m_ask;
    qint64 m_now = 1'800'000'000'000;
    int m_seed = 0;
    QByteArray m_refreshToken;
};

namespace {
const QByteArray ada = "user_01J00000000000000000000ADA"_ba;
const QByteArray acme = "org_01J0000000000000000000ACME"_ba;
} // namespace

void TestManagementApi::init()
{
    sandbox::SandboxSettings settings;
    settings.port = 0;
    settings.autoSignIn = u"ada@example.com"_s;
    m_sandbox = std::make_unique<sandbox::Sandbox>(
        settings, [this] { return m_now; },
        [this](qsizetype bytes) { return QByteArray::number(++m_seed).rightJustified(bytes, 'x'); });
    QVERIFY(m_sandbox->start());
    m_ask = std::make_unique<Asking>(m_sandbox.get());
}

void TestManagementApi::saysWhatWorkOsSaysOfPeople()
{
    const QJsonObject user = get("/user_management/users/" + ada);
    QCOMPARE(user["object"_L1].toString(), u"user"_s);
    QCOMPARE(user["email"_L1].toString(), u"ada@example.com"_s);
    QVERIFY(user["profile_picture_url"_L1].isNull());
    QCOMPARE(get("/organizations/" + acme)["name"_L1].toString(), u"Acme"_s);
    const QJsonObject list = get("/user_management/organization_memberships?organization_id=" + acme);
    QCOMPARE(list["object"_L1].toString(), u"list"_s);
    QCOMPARE(list["data"_L1].toArray().size(), 2);
    const QJsonObject first = list["data"_L1][0].toObject();
    QCOMPARE(first["role"_L1]["slug"_L1].toString(), u"admin"_s);
    QCOMPARE(first["user"_L1]["email"_L1].toString(), u"ada@example.com"_s);
    QVERIFY(first["id"_L1].toString().startsWith(u"om_"_s));
    QCOMPARE(get("/user_management/organization_memberships?user_id=" + ada)["data"_L1].toArray().size(), 2);
}

void TestManagementApi::givesListsByPages()
{
    for (int i = 0; i < 25; ++i)
        QCOMPARE(ask("POST", "/user_management/authkit_oauth_resources",
                     "{\"uri\":\"https://a.example/" + QByteArray::number(i) + "\"}")
                     .status,
                 201);
    QStringList uris;
    QString after;
    int pages = 0;
    do {
        const QJsonObject page = get("/user_management/authkit_oauth_resources?limit=10"
                                     + (after.isEmpty() ? QByteArray() : "&after=" + after.toLatin1()));
        const QJsonArray data = page["data"_L1].toArray();
        for (const QJsonValue one : data)
            uris.append(one["uri"_L1].toString());
        after = page["list_metadata"_L1]["after"_L1].toString();
        ++pages;
    } while (!after.isEmpty());
    QCOMPARE(pages, 3);
    QCOMPARE(uris.size(), 25);
    QCOMPARE(uris.removeDuplicates(), 0);
    QCOMPARE(get("/user_management/authkit_oauth_resources")["data"_L1].toArray().size(), 10);
    for (const char *wrong : {"?limit=0", "?limit=101", "?limit=x"})
        QCOMPARE(ask("GET", "/user_management/authkit_oauth_resources"_ba + wrong).status, 422);
    for (const char *wrong : {"?after=none", "?before=none"})
        QCOMPARE(ask("GET", "/user_management/authkit_oauth_resources"_ba + wrong).status, 400);
    const QJsonArray all = get("/user_management/authkit_oauth_resources?limit=100")["data"_L1].toArray();
    const QByteArray second = all[1]["id"_L1].toString().toLatin1();
    const QJsonArray before
        = get("/user_management/authkit_oauth_resources?before=" + second)["data"_L1].toArray();
    QCOMPARE(before, QJsonArray{all[0]});
    QCOMPARE(ask("PUT", "/user_management/authkit_oauth_resources").status, 405);
}

void TestManagementApi::keepsResourceIndicators()
{
    const QByteArray path = "/user_management/authkit_oauth_resources"_ba;
    const http::Response made = ask("POST", path, "{\"uri\":\"http://localhost:3000/mcp\"}");
    QCOMPARE(made.status, 201);
    const QJsonObject one = Asking::json(made);
    QCOMPARE(one.keys(),
             (QStringList{u"created_at"_s, u"default"_s, u"id"_s, u"object"_s, u"updated_at"_s, u"uri"_s}));
    QCOMPARE(ask("POST", path, "{\"uri\":\"http://localhost:3000/mcp\"}").status, 409);
    QCOMPARE(ask("POST", path, "{\"uri\":\"http://localhost:3000/mcp/\"}").status,
             201); // Bytes are compared.
    for (const char *wrong : {"{}", "{\"uri\":\"no address\"}", "{\"uri\":\"https://a/#b\"}",
                              "{\"uri\":\"javascript:alert(1)\"}", "x"}) {
        const http::Response refused = ask("POST", path, wrong);
        QCOMPARE(refused.status, 422);
        QCOMPARE(Asking::json(refused)["errors"_L1][0]["field"_L1].toString(), u"uri"_s);
    }
    QCOMPARE(ask("DELETE", path + '/' + one["id"_L1].toString().toLatin1()).status, 204);
    QCOMPARE(ask("DELETE", path + '/' + one["id"_L1].toString().toLatin1()).status, 404);
    QCOMPARE(get(path)["data"_L1].toArray().size(), 1);
}

QString TestManagementApi::letIn()
{
    const QByteArray redirect = "http://127.0.0.1:1/cb"_ba;
    const http::Response registered = (*m_ask)(
        "POST", "/oauth2/register",
        "{\"redirect_uris\":[\"http://127.0.0.1:1/cb\"],\"client_name\":\"Caller\","
        "\"token_endpoint_auth_method\":\"none\",\"grant_types\":[\"authorization_code\",\"refresh_token\"]}",
        {{"Content-Type"_ba, "application/json"_ba}});
    const QByteArray client = Asking::json(registered)["client_id"_L1].toString().toLatin1();
    const QByteArray verifier(43, 'v');
    const QByteArray challenge
        = base::toBase64Url(QCryptographicHash::hash(verifier, QCryptographicHash::Sha256));
    const http::Response given = (*m_ask)(
        "GET",
        "/oauth2/authorize?response_type=code&client_id=" + client + "&redirect_uri=" + redirect
            + "&code_challenge_method=S256&code_challenge=" + challenge
            + "&scope=openid%20offline_access&resource=http%3A%2F%2Flocalhost%3A3000%2Fmcp&state=s");
    const QByteArray code = Asking::redirectQuery(given).queryItemValue(u"code"_s).toLatin1();
    const http::Response tokens
        = (*m_ask)("POST", "/oauth2/token",
                   "grant_type=authorization_code&code=" + code + "&client_id=" + client
                       + "&redirect_uri=" + redirect + "&code_verifier=" + verifier,
                   {{"Content-Type"_ba, "application/x-www-form-urlencoded"_ba}});
    m_refreshToken = Asking::json(tokens)["refresh_token"_L1].toString().toLatin1();
    return QString::fromLatin1(client);
}

void TestManagementApi::knowsWhoWasLetInAndForgetsThem()
{
    const QByteArray path = "/user_management/users/" + ada + "/authorized_applications";
    QCOMPARE(get(path)["data"_L1].toArray().size(), 0);
    const QString client = letIn();
    QVERIFY(!m_refreshToken.isEmpty());
    const QJsonArray all = get(path)["data"_L1].toArray();
    QCOMPARE(all.size(), 1);
    QCOMPARE(all[0]["object"_L1].toString(), u"authorized_connect_application"_s);
    QCOMPARE(all[0]["application"_L1]["client_id"_L1].toString(), client);
    QCOMPARE(all[0]["application"_L1]["name"_L1].toString(), u"Caller"_s);
    QCOMPARE(all[0]["oauth_resource"_L1].toString(), u"http://localhost:3000/mcp"_s);
    QVERIFY(all[0]["granted_scopes"_L1].toArray().contains(u"openid"_s));
    const QByteArray id = all[0]["id"_L1].toString().toLatin1();
    QCOMPARE(ask("DELETE", "/user_management/users/user_nobody/authorized_applications/" + id).status, 404);
    QCOMPARE(ask("DELETE", path + '/' + id).status, 204);
    QCOMPARE(get(path)["data"_L1].toArray().size(), 0);
    const http::Response refreshed = (*m_ask)("POST", "/oauth2/token",
                                              "grant_type=refresh_token&refresh_token=" + m_refreshToken
                                                  + "&client_id=" + client.toLatin1(),
                                              {{"Content-Type"_ba, "application/x-www-form-urlencoded"_ba}});
    QCOMPARE(refreshed.status, 400);
    QCOMPARE(Asking::json(refreshed)["error"_L1].toString(), u"invalid_grant"_s);
}

void TestManagementApi::takesItsKeyOnlyAndNoPages_data()
{
    QTest::addColumn<base::Headers>("headers");
    const QByteArray good = "Bearer sk_test_sandbox"_ba;
    QTest::newRow("none") << base::Headers();
    QTest::newRow("another") << base::Headers{{"Authorization"_ba, "Bearer sk_test_sandbo"_ba}};
    QTest::newRow("another scheme") << base::Headers{{"Authorization"_ba, "Basic sk_test_sandbox"_ba}};
    QTest::newRow("twice") << base::Headers{{"Authorization"_ba, good}, {"Authorization"_ba, good}};
    QTest::newRow("from a page") << base::Headers{{"Authorization"_ba, good},
                                                  {"Origin"_ba, "http://localhost:5173"_ba}};
}

void TestManagementApi::takesItsKeyOnlyAndNoPages()
{
    QFETCH(const base::Headers, headers);
    const http::Response answer = (*m_ask)("GET", "/sandbox/api/user_management/users/" + ada, {}, headers);
    QCOMPARE(answer.status, 401);
    QCOMPARE(Asking::json(answer)["code"_L1].toString(), u"unauthorized"_s);
    QVERIFY(base::valuesOf(answer.headers, "Access-Control-Allow-Origin").isEmpty());
    QVERIFY(!Asking::header(answer, "X-Request-ID").isEmpty());
}

void TestManagementApi::answersWhatItDoesNotHaveAsWorkOsDoes_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("status");
    QTest::newRow("no such user") << "/user_management/users/user_none"_ba << 404;
    QTest::newRow("no such organization") << "/organizations/org_none"_ba << 404;
    QTest::newRow("no such route") << "/directories"_ba << 404;
    QTest::newRow("a route too far") << "/organizations/a/b/c"_ba << 404;
    QTest::newRow("nothing asked") << "/user_management/organization_memberships"_ba << 400;
    QTest::newRow("of a user who is not there")
        << "/user_management/users/user_none/authorized_applications"_ba << 404;
}

void TestManagementApi::answersWhatItDoesNotHaveAsWorkOsDoes()
{
    QFETCH(const QByteArray, path);
    const http::Response answer = ask("GET", path);
    QTEST(answer.status, "status");
    QVERIFY(!Asking::json(answer)["message"_L1].toString().isEmpty());
}

void TestManagementApi::failsAsItIsTold_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<int>("status");
    QTest::newRow("the key") << u"api-unauthorized"_s << 401;
    QTest::newRow("what the key may") << u"api-forbidden"_s << 403;
    QTest::newRow("too many") << u"api-rate-limited"_s << 429;
    QTest::newRow("broken") << u"api-broken"_s << 500;
    QTest::newRow("without the route") << u"api-without-resources"_s << 404;
}

void TestManagementApi::failsAsItIsTold()
{
    QFETCH(const QString, fault);
    const QByteArray path = "/user_management/authkit_oauth_resources"_ba;
    QCOMPARE(m_ask->control("fail", {{fault, true}}).status, 200);
    const http::Response answer = ask("GET", path);
    QTEST(answer.status, "status");
    QCOMPARE(!Asking::header(answer, "Retry-After").isEmpty(), answer.status == 429);
    QCOMPARE(m_ask->control("fail", {{fault, false}}).status, 200);
    QCOMPARE(ask("GET", path).status, 200);
}

void TestManagementApi::hasTheRunsSecretAsItsKeyWherePrivate()
{
    sandbox::SandboxSettings settings;
    settings.port = 0;
    settings.isPrivate = true;
    sandbox::Sandbox closed(settings, base::systemClock(), base::systemRandom());
    QVERIFY(closed.start());
    const Asking asking(&closed);
    const auto status = [&](const QByteArray &key) {
        return asking("GET", "/sandbox/api/organizations/" + acme, {},
                      {{"Authorization"_ba, "Bearer " + key}})
            .status;
    };
    QCOMPARE(status("sk_test_sandbox"_ba), 401);
    QCOMPARE(status(closed.managementKey()), 200);
    QVERIFY(closed.managementKey().endsWith(closed.secret().toLatin1()));
}

GATEHOUSE_TEST(TestManagementApi)
#include "tst_managementapi.moc"
