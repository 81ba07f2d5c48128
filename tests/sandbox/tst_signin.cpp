// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/asking.h"
#include "sandbox/faults.h"
#include "support/unit.h"

#include <QCryptographicHash>
#include <QRegularExpression>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using test::Asking;

namespace {

const QString redirectUri = u"http://127.0.0.1:33418/callback"_s;
const QString resource = u"http://localhost:3000/mcp"_s;
const QByteArray verifier = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ";
const base::Headers form{{"Content-Type"_ba, "application/x-www-form-urlencoded"_ba}};

QByteArray challenge()
{
    return base::toBase64Url(QCryptographicHash::hash(verifier, QCryptographicHash::Sha256));
}

using Fields = QList<QPair<QString, QString>>;

QByteArray encoded(const Fields &fields)
{
    QByteArrayList parts;
    for (const auto &[name, value] : fields) {
        if (!value.isNull())
            parts.append(name.toUtf8() + '=' + QUrl::toPercentEncoding(value));
    }
    return parts.join('&');
}

/// The fields with some replaced, added, or (null) left out.
Fields with(Fields fields, const Fields &changes)
{
    for (const auto &[name, value] : changes) {
        fields.removeIf([&](const auto &field) { return field.first == name; });
        fields.append({name, value});
    }
    return fields;
}

} // namespace

class TestSignIn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void registersAPublicClient();
    void makesAConfidentialClientUnlessAskedNotTo();
    void refusesToRegister_data();
    void refusesToRegister();
    void signsInAndGivesTokens();
    void keepsUsersOnItsOwnPagesUntilTheRedirectIsKnown_data();
    void keepsUsersOnItsOwnPagesUntilTheRedirectIsKnown();
    void tellsTheClientWhatIsWrong_data();
    void tellsTheClientWhatIsWrong();
    void showsAPageThatLeaksAndRunsNothing();
    void takesADecisionOnlyFromItsOwnPageAndOnce();
    void tellsTheClientThatTheUserDenied();
    void choosesTheUserByTheHint();
    void signsInByItselfOnlyOnRequestAndOnlyToLoopback();
    void asksForTheSecretOfItsRunWhereItIsPrivate();
    void endsWhatWasGivenOutBeforeItWasPrivate();
    void givesNoTokenOfAnOrganizationThatOneHasLeft();
    void redeemsACodeOnlyForItsOwner_data();
    void redeemsACodeOnlyForItsOwner();
    void failsAsItIsTold();
    void endsWhatCameOfACodeThatIsUsedTwice();
    void forgetsACodeAfterAMinute();
    void rotatesRefreshTokensAndEndsTheFamilyOnReuse();
    void givesNoRefreshTokenWithoutOfflineAccess();
    void answersUserInfoByScope();
    void namesEveryEndpointThatWorks();

private:
    void start(const QString &autoSignIn = {}, bool isPrivate = false);
    [[nodiscard]] QString newClient(const QJsonObject &changes = {}) const;
    [[nodiscard]] Fields request(const QString &client) const
    {
        return {{u"response_type"_s, u"code"_s},
                {u"client_id"_s, client},
                {u"redirect_uri"_s, redirectUri},
                {u"code_challenge"_s, QString::fromLatin1(challenge())},
                {u"code_challenge_method"_s, u"S256"_s},
                {u"scope"_s, u"openid email offline_access"_s},
                {u"resource"_s, resource},
                {u"state"_s, u"s t&a=te"_s},
                {u"nonce"_s, u"n1"_s}};
    }
    [[nodiscard]] http::Response authorize(const Fields &fields) const
    {
        return (*m_ask)("GET", "/oauth2/authorize?" + encoded(fields));
    }
    [[nodiscard]] http::Response decide(const http::Response &page, const Fields &choice,
                                        const QByteArray &origin = "http://127.0.0.1:PORT") const;
    /// Signs Ada in and gives the code.
    [[nodiscard]] QString code(const Fields &fields) const;
    [[nodiscard]] Fields redemption(const QString &client, const QString &theCode) const
    {
        return {{u"grant_type"_s, u"authorization_code"_s},
                {u"client_id"_s, client},
                {u"code"_s, theCode},
                {u"redirect_uri"_s, redirectUri},
                {u"code_verifier"_s, QString::fromLatin1(verifier)},
                {u"resource"_s, resource}};
    }
    [[nodiscard]] http::Response token(const Fields &fields) const
    {
        return (*m_ask)("POST", "/oauth2/token", encoded(fields), form);
    }

    qint64 m_nowMs = 1'800'000'000'000;
    std::unique_ptr<sandbox::Sandbox> m_sandbox;
    std::unique_ptr<Asking> m_ask;
};

void TestSignIn::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    if (!m_sandbox)
        start(); // One for all, where a test does not need its own: each makes a key.
}

void TestSignIn::start(const QString &autoSignIn, bool isPrivate)
{
    sandbox::SandboxSettings settings;
    settings.port = 0;
    settings.autoSignIn = autoSignIn;
    settings.isPrivate = isPrivate;
    m_sandbox = std::make_unique<sandbox::Sandbox>(
        settings, [this] { return m_nowMs; }, base::systemRandom());
    QVERIFY(m_sandbox->start());
    m_ask = std::make_unique<Asking>(m_sandbox.get());
}

QString TestSignIn::newClient(const QJsonObject &changes) const
{
    QJsonObject metadata{{u"client_name"_s, u"Test <b>client</b>"_s},
                         {u"redirect_uris"_s, QJsonArray({redirectUri})},
                         {u"token_endpoint_auth_method"_s, u"none"_s},
                         {u"application_type"_s, u"native"_s}};
    for (auto it = changes.begin(); it != changes.end(); ++it)
        metadata.insert(it.key(),
                        it->isNull() ? QJsonValue(QJsonValue::Undefined) : *it); // Undefined removes it.
    const http::Response answer = (*m_ask)("POST", "/oauth2/register", base::writeJson(metadata),
                                           {{"Content-Type"_ba, "application/json"_ba}});
    return answer.status == 201 ? Asking::json(answer).value("client_id"_L1).toString() : QString();
}

http::Response TestSignIn::decide(const http::Response &page, const Fields &choice,
                                  const QByteArray &origin) const
{
    static const QRegularExpression token(u"name=\"form_token\" value=\"([^\"]+)\""_s);
    static const QRegularExpression identity(u"name=\"identity\" required value=\"([^\"]+)\" checked"_s);
    const QString text = QString::fromUtf8(page.body);
    const Fields filled{{u"form_token"_s, token.match(text).captured(1)},
                        {u"identity"_s, identity.match(text).captured(1)}};
    base::Headers headers = form;
    const QByteArray port = QByteArray::number(QUrl(m_sandbox->issuer()).port());
    if (!origin.isEmpty())
        headers.append({"Origin"_ba, QByteArray(origin).replace("PORT", port)});
    return (*m_ask)("POST", "/oauth2/authorize", encoded(with(filled, choice)), headers);
}

QString TestSignIn::code(const Fields &fields) const
{
    const http::Response back = decide(authorize(fields), {{u"decision"_s, u"allow"_s}});
    return Asking::redirectQuery(back).queryItemValue(u"code"_s, QUrl::FullyDecoded);
}

void TestSignIn::registersAPublicClient()
{
    const QJsonObject metadata{{u"client_name"_s, u"Test"_s},
                               {u"redirect_uris"_s, QJsonArray({redirectUri})},
                               {u"token_endpoint_auth_method"_s, u"none"_s}};
    const http::Response answer = (*m_ask)("POST", "/oauth2/register", base::writeJson(metadata),
                                           {{"Content-Type"_ba, "application/json"_ba}});
    QCOMPARE(answer.status, 201);
    const QJsonObject json = Asking::json(answer);
    QVERIFY(json.value("client_id"_L1).toString().startsWith("client_"_L1));
    QVERIFY(!json.contains("client_secret"_L1));
    QCOMPARE(json.value("redirect_uris"_L1).toArray(), QJsonArray({redirectUri}));
    QCOMPARE(json.value("token_endpoint_auth_method"_L1).toString(), u"none"_s);
}

void TestSignIn::makesAConfidentialClientUnlessAskedNotTo()
{
    // As AuthKit does, and a known trap: the client then fails at the token endpoint.
    const QString id = newClient({{u"token_endpoint_auth_method"_s, QJsonValue::Null}});
    QVERIFY(!id.isEmpty());
    const http::Response refused = token(redemption(id, code(with(request(id), {}))));
    QCOMPARE(refused.status, 401);
    QCOMPARE(Asking::json(refused).value("error"_L1).toString(), u"invalid_client"_s);
    QVERIFY(Asking::json(refused)
                .value("error_description"_L1)
                .toString()
                .contains("token_endpoint_auth_method none"_L1));
    QVERIFY(Asking::header(refused, "WWW-Authenticate").startsWith("Basic"));
}

void TestSignIn::refusesToRegister_data()
{
    QTest::addColumn<QJsonObject>("changes");
    QTest::addColumn<QString>("error");
    const auto uris = [](const char *name, const QJsonValue &value) {
        QTest::newRow(name) << QJsonObject{{u"redirect_uris"_s, value}} << u"invalid_redirect_uri"_s;
    };
    uris("no redirect", QJsonArray());
    uris("a redirect that is a number", QJsonArray({1}));
    uris("plain http elsewhere", QJsonArray({u"http://example.com/cb"_s}));
    uris("plain http to a name like this machine", QJsonArray({u"http://localhost.evil.example/cb"_s}));
    uris("this machine as a user name", QJsonArray({u"http://127.0.0.1:1@evil.example/cb"_s}));
    uris("a fragment", QJsonArray({u"https://example.com/cb#x"_s}));
    uris("a script", QJsonArray({u"javascript:alert(1)"_s}));
    uris("a file", QJsonArray({u"file:///etc/passwd"_s}));
    uris("data", QJsonArray({u"data:text/html,x"_s}));
    uris("a relative one", QJsonArray({u"/cb"_s}));
    uris("a good one and a bad one", QJsonArray({redirectUri, u"javascript:x"_s}));
    QTest::newRow("an unknown method") << QJsonObject{{u"token_endpoint_auth_method"_s, u"private_key_jwt"_s}}
                                       << u"invalid_client_metadata"_s;
    QTest::newRow("no grant that works")
        << QJsonObject{{u"grant_types"_s, QJsonArray({u"implicit"_s})}} << u"invalid_client_metadata"_s;
    QTest::newRow("no response that works")
        << QJsonObject{{u"response_types"_s, QJsonArray({u"token"_s})}} << u"invalid_client_metadata"_s;
    QTest::newRow("a name that is a list")
        << QJsonObject{{u"client_name"_s, QJsonArray()}} << u"invalid_client_metadata"_s;
    QTest::newRow("a name with a control character")
        << QJsonObject{{u"client_name"_s, u"a\nb"_s}} << u"invalid_client_metadata"_s;
}

void TestSignIn::refusesToRegister()
{
    QFETCH(QJsonObject, changes);
    QJsonObject metadata{{u"client_name"_s, u"Test"_s},
                         {u"redirect_uris"_s, QJsonArray({redirectUri})},
                         {u"token_endpoint_auth_method"_s, u"none"_s}};
    for (auto it = changes.begin(); it != changes.end(); ++it)
        metadata.insert(it.key(), *it);
    const http::Response answer = (*m_ask)("POST", "/oauth2/register", base::writeJson(metadata),
                                           {{"Content-Type"_ba, "application/json"_ba}});
    QCOMPARE(answer.status, 400);
    QTEST(Asking::json(answer).value("error"_L1).toString(), "error");
    QVERIFY(!Asking::json(answer).value("error_description"_L1).toString().isEmpty());
}

void TestSignIn::signsInAndGivesTokens()
{
    const QString client = newClient();
    const http::Response page = authorize(request(client));
    QCOMPARE(page.status, 200);
    const http::Response back = decide(page, {{u"decision"_s, u"allow"_s}});
    QCOMPARE(back.status, 303);
    QVERIFY(Asking::header(back, "Location").startsWith(redirectUri.toLatin1() + "?code="));
    QCOMPARE(Asking::redirectQuery(back).queryItemValue(u"state"_s, QUrl::FullyDecoded), u"s t&a=te"_s);
    QVERIFY(!Asking::redirectQuery(back).hasQueryItem(u"iss"_s)); // AuthKit sends none.
    const http::Response answer
        = token(redemption(client, Asking::redirectQuery(back).queryItemValue(u"code"_s)));
    QCOMPARE(answer.status, 200);
    QCOMPARE(Asking::header(answer, "Cache-Control"), "no-store"_ba);
    const QJsonObject json = Asking::json(answer);
    QCOMPARE(json.value("token_type"_L1).toString(), u"bearer"_s);
    QCOMPARE(json.value("expires_in"_L1).toInt(), 300);
    QVERIFY2(!json.contains("scope"_L1), "AuthKit's answer has none");
    QVERIFY(!json.value("refresh_token"_L1).toString().isEmpty());
    const test::Token access = test::taken(json.value("access_token"_L1).toString().toLatin1());
    QVERIFY(m_ask->isSignedByAPublishedKey(access));
    QCOMPARE(access.claims.value("aud"_L1).toString(), resource);
    QCOMPARE(access.claims.value("client_id"_L1).toString(), client);
    QCOMPARE(access.claims.value("scope"_L1).toString(), u"openid email offline_access"_s);
    QCOMPARE(access.claims.value("email"_L1).toString(), u"ada@example.com"_s);
    const test::Token id = test::taken(json.value("id_token"_L1).toString().toLatin1());
    QVERIFY(m_ask->isSignedByAPublishedKey(id));
    QCOMPARE(id.claims.value("aud"_L1).toString(), client);
    QCOMPARE(id.claims.value("nonce"_L1).toString(), u"n1"_s);
    QVERIFY2(!id.claims.contains("name"_L1), "profile was not asked for");
}

void TestSignIn::keepsUsersOnItsOwnPagesUntilTheRedirectIsKnown_data()
{
    QTest::addColumn<Fields>("changes");
    QTest::addColumn<QString>("error");
    QTest::newRow("an unknown client")
        << Fields{{u"client_id"_s, u"client_nobody"_s}} << u"application_not_found"_s;
    QTest::newRow("no client") << Fields{{u"client_id"_s, QString()}} << u"application_not_found"_s;
    QTest::newRow("a redirect that differs by one character")
        << Fields{{u"redirect_uri"_s, redirectUri + u'/'}} << u"invalid_redirect_uri"_s;
    QTest::newRow("a redirect to another port")
        << Fields{{u"redirect_uri"_s, QString(redirectUri).replace(u"33418"_s, u"33419"_s)}}
        << u"invalid_redirect_uri"_s;
    QTest::newRow("a redirect by another name")
        << Fields{{u"redirect_uri"_s, QString(redirectUri).replace(u"127.0.0.1"_s, u"localhost"_s)}}
        << u"invalid_redirect_uri"_s;
    QTest::newRow("a redirect elsewhere")
        << Fields{{u"redirect_uri"_s, u"https://evil.example/"_s}} << u"invalid_redirect_uri"_s;
    QTest::newRow("no redirect") << Fields{{u"redirect_uri"_s, QString()}} << u"invalid_redirect_uri"_s;
}

void TestSignIn::keepsUsersOnItsOwnPagesUntilTheRedirectIsKnown()
{
    QFETCH(Fields, changes);
    const http::Response answer = authorize(with(request(newClient()), changes));
    QCOMPARE(answer.status, 302);
    const QByteArray location = Asking::header(answer, "Location");
    QVERIFY2(location.startsWith(m_sandbox->issuer().toLatin1() + "/oauth2/error?"), location.constData());
    QTEST(Asking::redirectQuery(answer).queryItemValue(u"error"_s), "error");
    const http::Response page = (*m_ask)("GET", location.sliced(m_sandbox->issuer().size()));
    QCOMPARE(page.status, 200);
    QVERIFY(Asking::header(page, "Content-Type").startsWith("text/html"));
    const http::Response hostile = (*m_ask)(
        "GET",
        "/oauth2/error?error=%3Cscript%3Ealert(1)%3C/script%3E&error_description=%22%3E%3Cimg%20src=x%3E");
    QVERIFY(!hostile.body.contains("<script"));
    QVERIFY(!hostile.body.contains("<img"));
}

void TestSignIn::tellsTheClientWhatIsWrong_data()
{
    QTest::addColumn<Fields>("changes");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *name, const QString &field, const QString &value, const QString &error) {
        QTest::newRow(name) << Fields{{field, value}} << error;
    };
    row("no response type", u"response_type"_s, QString(), u"invalid_request"_s);
    row("the implicit flow", u"response_type"_s, u"token"_s, u"unsupported_response_type"_s);
    row("no challenge", u"code_challenge"_s, QString(), u"invalid_request"_s);
    row("a challenge that is none", u"code_challenge"_s, u"short"_s, u"invalid_request"_s);
    row("a plain challenge", u"code_challenge_method"_s, u"plain"_s, u"invalid_request"_s);
    row("no challenge method", u"code_challenge_method"_s, QString(), u"invalid_request"_s);
    row("an unknown scope", u"scope"_s, u"openid admin"_s, u"invalid_scope"_s);
    row("a relative resource", u"resource"_s, u"/mcp"_s, u"invalid_target"_s);
    row("a resource with a fragment", u"resource"_s, u"https://h/mcp#x"_s, u"invalid_target"_s);
    row("a request object", u"request"_s, u"eyJ"_s, u"request_not_supported"_s);
    row("no page wanted", u"prompt"_s, u"none"_s, u"login_required"_s);
}

void TestSignIn::tellsTheClientWhatIsWrong()
{
    QFETCH(Fields, changes);
    const http::Response answer = authorize(with(request(newClient()), changes));
    QCOMPARE(answer.status, 302);
    QVERIFY(Asking::header(answer, "Location").startsWith(redirectUri.toLatin1() + '?'));
    QTEST(Asking::redirectQuery(answer).queryItemValue(u"error"_s), "error");
    QCOMPARE(Asking::redirectQuery(answer).queryItemValue(u"state"_s, QUrl::FullyDecoded), u"s t&a=te"_s);
    QVERIFY(!Asking::redirectQuery(answer).hasQueryItem(u"code"_s));
}

void TestSignIn::showsAPageThatLeaksAndRunsNothing()
{
    const http::Response page = authorize(request(newClient()));
    QCOMPARE(page.status, 200);
    const QString text = QString::fromUtf8(page.body);
    QVERIFY(text.contains("sandbox"_L1, Qt::CaseInsensitive));
    QVERIFY2(!text.contains("<b>"_L1), "a client's name is text");
    QVERIFY(text.contains("Test &lt;b&gt;client&lt;/b&gt;"_L1));
    QVERIFY(!text.contains("<script"_L1));
    QVERIFY2(!text.contains("s t&a=te"_L1) && !text.contains(QString::fromLatin1(challenge())),
             "the page carries only its own token");
    const QByteArray policy = Asking::header(page, "Content-Security-Policy");
    QVERIFY(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
    QCOMPARE(Asking::header(page, "X-Frame-Options"), "DENY"_ba);
    QCOMPARE(Asking::header(page, "Cache-Control"), "no-store"_ba);
    QCOMPARE(Asking::header(page, "Referrer-Policy"), "same-origin"_ba);
    QVERIFY(Asking::header(page, "Access-Control-Allow-Origin").isEmpty());
}

void TestSignIn::takesADecisionOnlyFromItsOwnPageAndOnce()
{
    const QString client = newClient();
    const Fields allow{{u"decision"_s, u"allow"_s}};
    const http::Response page = authorize(request(client));
    QCOMPARE(decide(page, allow, "https://evil.example").status, 403);
    QCOMPARE(decide(page, allow, "http://127.0.0.1:1").status,
             403); // Another program's page on this machine.
    QCOMPARE(decide(page, allow, "null").status, 403);
    QCOMPARE(decide(page, with(allow, {{u"form_token"_s, u"guessed"_s}})).status, 400);
    const http::Response other = authorize(request(client));
    QCOMPARE(decide(other, with(allow, {{u"identity"_s, u"user_nobody"_s}})).status, 400);
    QCOMPARE(decide(page, allow).status, 303);
    QCOMPARE(decide(page, allow).status, 400);
    const http::Response late = authorize(request(client));
    m_nowMs += 11 * 60 * 1000;
    QCOMPARE(decide(late, allow).status, 400);
}

void TestSignIn::tellsTheClientThatTheUserDenied()
{
    const http::Response back = decide(authorize(request(newClient())), {{u"decision"_s, u"deny"_s}});
    QCOMPARE(back.status, 303);
    QCOMPARE(Asking::redirectQuery(back).queryItemValue(u"error"_s), u"access_denied"_s);
    QVERIFY(!Asking::redirectQuery(back).hasQueryItem(u"code"_s));
}

void TestSignIn::choosesTheUserByTheHint()
{
    const QString client = newClient();
    const Fields hinted = with(request(client), {{u"login_hint"_s, u"grace@example.com"_s}});
    const QJsonObject json = Asking::json(token(redemption(client, code(hinted))));
    const test::Token access = test::taken(json.value("access_token"_L1).toString().toLatin1());
    QCOMPARE(access.claims.value("email"_L1).toString(), u"grace@example.com"_s);
}

void TestSignIn::signsInByItselfOnlyOnRequestAndOnlyToLoopback()
{
    start(u"ada@example.com"_s);
    const QString local = newClient();
    const http::Response back = authorize(request(local));
    QCOMPARE(back.status, 302);
    QVERIFY(Asking::redirectQuery(back).hasQueryItem(u"code"_s));
    const QString elsewhere = u"https://example.com/cb"_s;
    const QString remote = newClient({{u"redirect_uris"_s, QJsonArray({elsewhere})}});
    QCOMPARE(authorize(with(request(remote), {{u"redirect_uri"_s, elsewhere}})).status,
             200); // The page: somebody must see it.
    sandbox::SandboxSettings settings;
    settings.autoSignIn = u"eve@example.com"_s;
    QVERIFY(settings.fault().contains("eve@example.com"_L1));
    m_sandbox.reset();
}

void TestSignIn::asksForTheSecretOfItsRunWhereItIsPrivate()
{
    QVERIFY(m_sandbox->secret().isEmpty());
    QVERIFY(!authorize(request(newClient())).body.contains("name=\"sandbox_token\""));
    start({}, true);
    const QString secret = m_sandbox->secret();
    QCOMPARE(secret.size(), 43);
    const Fields allow{{u"decision"_s, u"allow"_s}};
    http::Response page = authorize(request(newClient()));
    QVERIFY(page.body.contains("type=\"password\" name=\"sandbox_token\""));
    QVERIFY(!page.body.contains(secret.toUtf8()));
    for (const QString &wrong : {QString(), u"1"_s, secret.chopped(1), secret.toLower()}) {
        page = decide(page, with(allow, {{u"sandbox_token"_s, wrong}}));
        QCOMPARE(page.status, 403);
        QVERIFY(page.body.contains("not the secret of this run"));
    }
    const http::Response back = decide(page, with(allow, {{u"sandbox_token"_s, u' ' + secret}}));
    QCOMPARE(back.status, 303);
    QVERIFY(!Asking::redirectQuery(back).queryItemValue(u"code"_s).isEmpty());
    // Whoever denies needs none.
    const http::Response denied = decide(authorize(request(newClient())), {{u"decision"_s, u"deny"_s}});
    QCOMPARE(Asking::redirectQuery(denied).queryItemValue(u"error"_s), u"access_denied"_s);
    for (const QByteArray &control : {"1"_ba, secret.toUtf8().chopped(1)})
        QCOMPARE((*m_ask)("POST", "/sandbox/token", "{}", {{"Gatehouse-Control"_ba, control}}).status, 403);
    QCOMPARE((*m_ask)("POST", "/sandbox/token", "{}", {{"Gatehouse-Control"_ba, secret.toUtf8()}}).status,
             200);
    start();
    QVERIFY(m_sandbox->secret().isEmpty());
}

/// What was to be had without the secret would be good for thirty days, and ever again.
void TestSignIn::endsWhatWasGivenOutBeforeItWasPrivate()
{
    start();
    const QString client = newClient();
    const QString open = code(request(client));
    const QJsonObject tokens = Asking::json(token(redemption(client, code(request(client)))));
    const QJsonArray before = m_ask->publishedKeys();
    sandbox::SandboxSettings settings;
    settings.port = 0;
    settings.isPrivate = true;
    QVERIFY(m_sandbox->reconfigure(settings));
    QTRY_VERIFY(m_ask->publishedKeys() != before && m_ask->publishedKeys().size() == 1);
    QVERIFY(
        !m_ask->isSignedByAPublishedKey(test::taken(tokens.value("access_token"_L1).toString().toLatin1())));
    const http::Response refreshed
        = token({{u"grant_type"_s, u"refresh_token"_s},
                 {u"client_id"_s, client},
                 {u"refresh_token"_s, tokens.value("refresh_token"_L1).toString()}});
    QCOMPARE(refreshed.status, 400);
    QCOMPARE(Asking::json(refreshed).value("error"_L1).toString(), u"invalid_grant"_s);
    QCOMPARE(token(redemption(client, open)).status, 400);
    // Once more changes nothing.
    const QJsonArray now = m_ask->publishedKeys();
    QVERIFY(m_sandbox->reconfigure(settings));
    QCOMPARE(m_ask->publishedKeys(), now);
    m_sandbox.reset();
}

void TestSignIn::givesNoTokenOfAnOrganizationThatOneHasLeft()
{
    start();
    const QString client = newClient();
    const QString refresh
        = Asking::json(token(redemption(client, code(request(client))))).value("refresh_token"_L1).toString();
    sandbox::SandboxSettings settings;
    settings.port = 0;
    for (sandbox::User &user : settings.people.users)
        user.memberships.clear();
    QVERIFY(m_sandbox->reconfigure(settings));
    const http::Response refreshed = token(
        {{u"grant_type"_s, u"refresh_token"_s}, {u"client_id"_s, client}, {u"refresh_token"_s, refresh}});
    QCOMPARE(refreshed.status, 400);
    QVERIFY2(refreshed.body.contains("no longer a member"), refreshed.body.constData());
    m_sandbox.reset();
}

void TestSignIn::redeemsACodeOnlyForItsOwner_data()
{
    QTest::addColumn<Fields>("changes");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("error");
    QTest::newRow("an unknown code") << Fields{{u"code"_s, u"guessed"_s}} << 400 << u"invalid_grant"_s;
    QTest::newRow("no code") << Fields{{u"code"_s, QString()}} << 400 << u"invalid_request"_s;
    QTest::newRow("another verifier")
        << Fields{{u"code_verifier"_s, QString(43, u'x')}} << 400 << u"invalid_grant"_s;
    QTest::newRow("no verifier") << Fields{{u"code_verifier"_s, QString()}} << 400 << u"invalid_grant"_s;
    QTest::newRow("a verifier that is too short")
        << Fields{{u"code_verifier"_s, u"abc"_s}} << 400 << u"invalid_grant"_s;
    QTest::newRow("a redirect that differs by one character")
        << Fields{{u"redirect_uri"_s, redirectUri + u'/'}} << 400 << u"invalid_grant"_s;
    QTest::newRow("no redirect") << Fields{{u"redirect_uri"_s, QString()}} << 400 << u"invalid_grant"_s;
    QTest::newRow("another resource")
        << Fields{{u"resource"_s, resource + u'/'}} << 400 << u"invalid_target"_s;
    QTest::newRow("an unknown client")
        << Fields{{u"client_id"_s, u"client_nobody"_s}} << 401 << u"invalid_client"_s;
    QTest::newRow("no client") << Fields{{u"client_id"_s, QString()}} << 401 << u"invalid_client"_s;
    QTest::newRow("a secret of a client that has none")
        << Fields{{u"client_secret"_s, u"x"_s}} << 401 << u"invalid_client"_s;
    QTest::newRow("an unknown grant")
        << Fields{{u"grant_type"_s, u"password"_s}} << 400 << u"unsupported_grant_type"_s;
    QTest::newRow("no grant") << Fields{{u"grant_type"_s, QString()}} << 400 << u"invalid_request"_s;
}

void TestSignIn::redeemsACodeOnlyForItsOwner()
{
    QFETCH(Fields, changes);
    const QString client = newClient();
    const Fields good = redemption(client, code(request(client)));
    const http::Response answer = token(with(good, changes));
    QTEST(answer.status, "status");
    QTEST(Asking::json(answer).value("error"_L1).toString(), "error");
    QVERIFY(!Asking::json(answer).value("error_description"_L1).toString().isEmpty());
    // A thief's try without the code itself spends nothing.
    const bool spent = Asking::json(answer).value("error"_L1).toString() == "invalid_grant"_L1
        && changes.first().first != "code"_L1;
    QCOMPARE(token(good).status, spent || changes.first().first == "resource"_L1 ? 400 : 200);
    // Another client cannot take it.
    QCOMPARE(token(with(redemption(newClient(), code(request(client))), {})).status, 400);
}

void TestSignIn::failsAsItIsTold()
{
    const auto fail = [this](const QJsonObject &wish) { return m_ask->control("fail", wish); };
    QJsonObject none;
    for (const QString &name : sandbox::Faults::names())
        none.insert(name, false);
    QCOMPARE(Asking::json(fail({})), none);
    QCOMPARE(fail({{u"everything"_s, true}}).status, 400);
    QCOMPARE(fail({{u"token-expired"_s, 1}}).status, 400);
    const QString client = newClient();

    QVERIFY(Asking::json(fail({{u"registration-off"_s, true}})).value("registration-off"_L1).toBool());
    const http::Response refused
        = (*m_ask)("POST", "/oauth2/register", R"({"redirect_uris":["http://127.0.0.1/"]})",
                   {{"Content-Type"_ba, "application/json"_ba}});
    QCOMPARE(refused.status, 400);
    QCOMPARE(Asking::json(refused).value("error"_L1).toString(), u"dynamic_client_registration_disabled"_s);
    QVERIFY(newClient().isEmpty()); // It stays so …
    fail({{u"registration-off"_s, false}});
    QVERIFY(!newClient().isEmpty()); // … until it is switched off.

    const auto claims = [&] {
        const QJsonObject json = Asking::json(token(redemption(client, code(request(client)))));
        return test::taken(json.value("access_token"_L1).toString().toLatin1()).claims;
    };
    fail({{u"token-expired"_s, true}});
    QVERIFY(claims().value("exp"_L1).toInteger() < m_nowMs / 1000);
    QVERIFY(claims().value("exp"_L1).toInteger() > m_nowMs / 1000); // Only the next one.
    fail({{u"token-audience"_s, true}});
    QVERIFY(claims().value("aud"_L1).toString() != resource);
    QCOMPARE(claims().value("aud"_L1).toString(), resource);
    QCOMPARE(Asking::json(fail({})), none);
}

void TestSignIn::endsWhatCameOfACodeThatIsUsedTwice()
{
    const QString client = newClient();
    const Fields good = redemption(client, code(request(client)));
    const QString refresh = Asking::json(token(good)).value("refresh_token"_L1).toString();
    QVERIFY(!refresh.isEmpty());
    QCOMPARE(token(good).status, 400);
    const http::Response answer = token(
        {{u"grant_type"_s, u"refresh_token"_s}, {u"client_id"_s, client}, {u"refresh_token"_s, refresh}});
    QCOMPARE(answer.status, 400);
    QCOMPARE(Asking::json(answer).value("error"_L1).toString(), u"invalid_grant"_s);
}

void TestSignIn::forgetsACodeAfterAMinute()
{
    const QString client = newClient();
    const Fields good = redemption(client, code(request(client)));
    m_nowMs += 61'000;
    QCOMPARE(Asking::json(token(good)).value("error"_L1).toString(), u"invalid_grant"_s);
}

void TestSignIn::rotatesRefreshTokensAndEndsTheFamilyOnReuse()
{
    const QString client = newClient();
    QString refresh
        = Asking::json(token(redemption(client, code(request(client))))).value("refresh_token"_L1).toString();
    const auto renew = [&](const QString &with, const QString &by) {
        return token({{u"grant_type"_s, u"refresh_token"_s},
                      {u"client_id"_s, by},
                      {u"refresh_token"_s, with},
                      {u"resource"_s, resource}});
    };
    QStringList spent;
    for (int i = 0; i < 3; ++i) {
        const http::Response answer = renew(refresh, client);
        QCOMPARE(answer.status, 200);
        const test::Token access
            = test::taken(Asking::json(answer).value("access_token"_L1).toString().toLatin1());
        QCOMPARE(access.claims.value("aud"_L1).toString(), resource);
        spent.append(refresh);
        refresh = Asking::json(answer).value("refresh_token"_L1).toString();
        QVERIFY(!spent.contains(refresh));
    }
    QCOMPARE(renew(refresh, newClient()).status, 400); // Not its owner: nothing is spent.
    QCOMPARE(renew(spent.first(), client).status, 400); // Stolen, or a client that lost an answer …
    const http::Response dead = renew(refresh, client); // … so nobody has it any more.
    QCOMPARE(dead.status, 400);
    QCOMPARE(Asking::json(dead).value("error"_L1).toString(), u"invalid_grant"_s);
}

void TestSignIn::givesNoRefreshTokenWithoutOfflineAccess()
{
    const QString client = newClient();
    const Fields fewer = with(request(client), {{u"scope"_s, u"openid"_s}});
    QVERIFY(!Asking::json(token(redemption(client, code(fewer)))).contains("refresh_token"_L1));
    const Fields none = with(request(client), {{u"scope"_s, QString()}});
    QVERIFY(!Asking::json(token(redemption(client, code(none)))).contains("refresh_token"_L1));
}

void TestSignIn::answersUserInfoByScope()
{
    const QString client = newClient();
    const QJsonObject tokens = Asking::json(token(redemption(client, code(request(client)))));
    const auto ask = [&](const QByteArray &bearer) {
        return (*m_ask)("GET", "/oauth2/userinfo", {}, {{"Authorization"_ba, "Bearer " + bearer}});
    };
    const http::Response answer = ask(tokens.value("access_token"_L1).toString().toLatin1());
    QCOMPARE(answer.status, 200);
    QCOMPARE(Asking::json(answer).value("email"_L1).toString(), u"ada@example.com"_s);
    QVERIFY(!Asking::json(answer).contains("name"_L1));
    QCOMPARE(ask(tokens.value("id_token"_L1).toString().toLatin1()).status, 401);
    QCOMPARE(ask("x").status, 401);
    QCOMPARE((*m_ask)("GET", "/oauth2/userinfo").status, 401);
    m_nowMs += 301'000;
    QCOMPARE(ask(tokens.value("access_token"_L1).toString().toLatin1()).status, 401);
}

void TestSignIn::namesEveryEndpointThatWorks()
{
    const QJsonObject server = Asking::json((*m_ask)("GET", "/.well-known/oauth-authorization-server"));
    const QJsonObject openId = Asking::json((*m_ask)("GET", "/.well-known/openid-configuration"));
    // As AuthKit splits them: one knows about PKCE and registration, the other about userinfo.
    QCOMPARE(server.value("registration_endpoint"_L1).toString(),
             m_sandbox->issuer() + u"/oauth2/register"_s);
    QCOMPARE(server.value("code_challenge_methods_supported"_L1).toArray(), QJsonArray({u"S256"_s}));
    QVERIFY(!openId.contains("registration_endpoint"_L1)
            && !openId.contains("code_challenge_methods_supported"_L1));
    QCOMPARE(openId.value("userinfo_endpoint"_L1).toString(), m_sandbox->issuer() + u"/oauth2/userinfo"_s);
    for (const QJsonObject &document : {server, openId}) {
        for (const auto absent : {"introspection_endpoint"_L1, "device_authorization_endpoint"_L1,
                                  "client_id_metadata_document_supported"_L1,
                                  "authorization_response_iss_parameter_supported"_L1})
            QVERIFY(!document.contains(absent));
    }
}

GATEHOUSE_TEST(TestSignIn)
#include "tst_signin.moc"
