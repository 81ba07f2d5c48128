// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "oauth/discovery.h"
#include "oauth/registration.h"
#include "oauth/tokens.h"
#include "support/scriptedfetcher.h"
#include "support/unit.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include <optional>

using namespace gatehouse;
using namespace gatehouse::oauth;
using namespace Qt::StringLiterals;

namespace {

/// Documents by address; everything else is 404.
class Documents : public base::Fetcher
{
public:
    QHash<QString, QByteArray> at;
    QByteArray type = "application/json"; ///< Of all that is there.
    QStringList asked;

    base::CancelFetch fetch(const base::FetchRequest &request,
                            std::function<void(base::FetchResult)> done) override
    {
        asked.append(request.url.toString());
        const bool known = at.contains(asked.last());
        const base::FetchReply reply{known ? 200 : 404, {{"content-type"_ba, type}}, at.value(asked.last())};
        QMetaObject::invokeMethod(
            QCoreApplication::instance(), [reply, done = std::move(done)] { done(reply); },
            Qt::QueuedConnection);
        return [] {};
    }
};

QByteArray resourceDocument(const QString &resource, const QString &issuer)
{
    return base::writeJson(QJsonObject{{u"resource"_s, resource},
                                       {u"authorization_servers"_s, QJsonArray({issuer})},
                                       {u"scopes_supported"_s, QJsonArray({u"a"_s, u"b"_s})}});
}

QByteArray serverDocument(const QString &issuer, const QJsonObject &more = {})
{
    QJsonObject json{{u"issuer"_s, issuer},
                     {u"authorization_endpoint"_s, u"https://as.example/authorize"_s},
                     {u"token_endpoint"_s, u"https://as.example/token"_s},
                     {u"code_challenge_methods_supported"_s, QJsonArray({u"S256"_s})}};
    for (auto it = more.begin(); it != more.end(); ++it) {
        if (it->isNull())
            json.remove(it.key());
        else
            json.insert(it.key(), *it);
    }
    return base::writeJson(json);
}

} // namespace

class TestDiscovery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsThePlacesInOrder();
    void asksTheChallengesAddressFirstAndOnly();
    void triesPathThenRoot();
    void passesPagesOver();
    void comparesTheResourceToTheByte_data();
    void comparesTheResourceToTheByte();
    void takesAWiderResourceWhereThatIsAllowed_data();
    void takesAWiderResourceWhereThatIsAllowed();
    void takesAnIssuerWithAnotherSlashWhereThatIsAllowed();
    void comparesTheIssuerToTheByte_data();
    void comparesTheIssuerToTheByte();
    void readsBothDocumentsOfTheAuthorizationServer_data();
    void readsBothDocumentsOfTheAuthorizationServer();
    void asksOnePlaceOfEachKindWhereTheIssuerHasAPath();
    void saysThatThereIsNoSuchEnvironment();
    void doesNotFollowAStrangerIntoThisMachine_data();
    void doesNotFollowAStrangerIntoThisMachine();

private:
    const QString m_server = u"https://mcp.example/mcp"_s;
    const QString m_issuer = u"https://as.example"_s;
};

void TestDiscovery::knowsThePlacesInOrder()
{
    QCOMPARE(resourceMetadataAddresses(m_server),
             QStringList({u"https://mcp.example/.well-known/oauth-protected-resource/mcp"_s,
                          u"https://mcp.example/.well-known/oauth-protected-resource"_s}));
    QCOMPARE(resourceMetadataAddresses(u"https://mcp.example"_s),
             QStringList({u"https://mcp.example/.well-known/oauth-protected-resource"_s}));
    QCOMPARE(serverMetadataAddresses(m_issuer),
             QStringList({u"https://as.example/.well-known/oauth-authorization-server"_s,
                          u"https://as.example/.well-known/openid-configuration"_s}));
    QCOMPARE(serverMetadataAddresses(u"https://as.example/t1"_s),
             QStringList({u"https://as.example/.well-known/oauth-authorization-server/t1"_s,
                          u"https://as.example/.well-known/openid-configuration/t1"_s,
                          u"https://as.example/t1/.well-known/openid-configuration"_s}));
}

void TestDiscovery::asksTheChallengesAddressFirstAndOnly()
{
    Documents documents;
    const QString named = u"https://mcp.example/elsewhere"_s;
    documents.at.insert(named, resourceDocument(m_server, m_issuer));
    std::optional<base::Expected<Resource, Failure>> found;
    findResource(&documents, m_server, named, [&found](auto came) { found = std::move(came); });
    QTRY_VERIFY(found);
    QVERIFY(*found);
    QCOMPARE(documents.asked, QStringList({named}));
    QCOMPARE((*found)->issuers, QStringList({m_issuer}));
    QCOMPARE((*found)->scopes, QStringList({u"a"_s, u"b"_s}));
}

void TestDiscovery::triesPathThenRoot()
{
    Documents documents;
    const QString root = u"https://mcp.example/.well-known/oauth-protected-resource"_s;
    documents.at.insert(root, resourceDocument(u"https://mcp.example"_s, m_issuer));
    std::optional<base::Expected<Resource, Failure>> found;
    findResource(&documents, m_server, {}, [&found](auto came) { found = std::move(came); });
    QTRY_VERIFY(found);
    QVERIFY2(*found, qPrintable(*found ? QString() : found->error().text));
    QCOMPARE(documents.asked, QStringList({root + u"/mcp"_s, root}));
    QCOMPARE((*found)->resource, u"https://mcp.example"_s);

    documents.at.clear();
    found.reset();
    findResource(&documents, m_server, {}, [&found](auto came) { found = std::move(came); });
    QTRY_VERIFY(found);
    QVERIFY(!*found);
    QVERIFY(found->error().text.contains(root + u"/mcp (HTTP 404)"_s));
}

void TestDiscovery::passesPagesOver()
{
    const QStringList places = resourceMetadataAddresses(m_server);
    const QString named = u"https://mcp.example/custom"_s;
    Documents documents;
    documents.type = "text/html; charset=utf-8";
    documents.at.insert(named, "<!doctype html><title>App</title>");
    documents.at.insert(places.at(0), "<!doctype html><title>App</title>");
    documents.at.insert(places.at(1), resourceDocument(u"https://mcp.example"_s, m_issuer));
    std::optional<base::Expected<Resource, Failure>> found;
    findResource(&documents, m_server, named, [&found](auto came) { found = std::move(came); });
    QTRY_VERIFY(found);
    QVERIFY2(*found, qPrintable(*found ? QString() : found->error().text));
    QCOMPARE(documents.asked, QStringList({named, places.at(0), places.at(1)}));

    documents.at.remove(places.at(1));
    found.reset();
    findResource(&documents, m_server, named, [&found](auto came) { found = std::move(came); });
    QTRY_VERIFY(found);
    QVERIFY(!*found);
    QCOMPARE(found->error().code, FailureCode::NoResourceMetadata);
    QVERIFY2(found->error().text.contains(named + u" (a web page)"_s), qPrintable(found->error().text));
}

void TestDiscovery::comparesTheResourceToTheByte_data()
{
    QTest::addColumn<QString>("resource");
    QTest::addColumn<bool>("good");
    QTest::addRow("the same") << m_server << true;
    QTest::addRow("a slash more") << m_server + u'/' << false;
    QTest::addRow("another case") << u"https://MCP.example/mcp"_s << false;
    QTest::addRow("another port") << u"https://mcp.example:443/mcp"_s << false;
    QTest::addRow("another path") << u"https://mcp.example/mcp2"_s << false;
    QTest::addRow("a start of it") << u"https://mcp.example/m"_s << false;
    QTest::addRow("the origin, from the path's place") << u"https://mcp.example"_s << false;
    QTest::addRow("another host") << u"https://evil.example/mcp"_s << false;
    QTest::addRow("nothing") << QString() << false;
}

void TestDiscovery::comparesTheResourceToTheByte()
{
    QFETCH(QString, resource);
    QFETCH(bool, good);
    const auto read = readResource(resourceDocument(resource, m_issuer), m_server,
                                   resourceMetadataAddresses(m_server).first());
    QCOMPARE(read.has_value(), good);
    if (!read)
        QVERIFY2(read.error().contains(u"\"%1\", expected \"%2\""_s.arg(resource, m_server)),
                 qPrintable(read.error()));
}

void TestDiscovery::takesAWiderResourceWhereThatIsAllowed_data()
{
    QTest::addColumn<QString>("resource");
    QTest::addColumn<bool>("isWider");
    QTest::newRow("the origin") << u"https://mcp.example"_s << true;
    QTest::newRow("the origin with a slash") << u"https://mcp.example/"_s << true;
    QTest::newRow("a path above") << u"https://mcp.example/a"_s << true;
    QTest::newRow("the path itself with a slash") << u"https://mcp.example/a/mcp/"_s << false;
    QTest::newRow("the start of a name") << u"https://mcp.example/a/mc"_s << false;
    QTest::newRow("another path") << u"https://mcp.example/b"_s << false;
    QTest::newRow("another host") << u"https://evil.example"_s << false;
    QTest::newRow("the start of a host") << u"https://mcp.exam"_s << false;
    QTest::newRow("another scheme") << u"http://mcp.example"_s << false;
    QTest::newRow("another port") << u"https://mcp.example:443"_s << false;
    QTest::newRow("a query") << u"https://mcp.example/?a"_s << false;
    QTest::newRow("nothing") << QString() << false;
    QTest::newRow("half of one") << u"https://"_s << false;
}

void TestDiscovery::takesAWiderResourceWhereThatIsAllowed()
{
    QFETCH(const QString, resource);
    QFETCH(const bool, isWider);
    const QString server = u"https://mcp.example/a/mcp"_s;
    const QString place = resourceMetadataAddresses(server).first();
    QCOMPARE(isWiderResource(resource, server), isWider);
    const QByteArray document = resourceDocument(resource, m_issuer);
    QVERIFY(!readResource(document, server, place));
    const auto read = readResource(document, server, place, {true, false});
    QCOMPARE(read.has_value(), isWider);
    if (read)
        QCOMPARE(read->resource, resource);

    Documents documents;
    documents.at.insert(place, document);
    std::optional<base::Expected<Resource, Failure>> found;
    findResource(&documents, server, {}, [&found](auto came) { found = std::move(came); });
    QTRY_VERIFY(found);
    QVERIFY(!*found);
    QCOMPARE(found->error().reason == Failure::Reason::ToBeAllowed, isWider);
}

void TestDiscovery::takesAnIssuerWithAnotherSlashWhereThatIsAllowed()
{
    for (const auto &[named, own] :
         {std::pair(m_issuer, m_issuer + u'/'), std::pair(m_issuer + u'/', m_issuer)}) {
        const QStringList places = serverMetadataAddresses(named);
        Documents documents;
        documents.at.insert(places.at(0), serverDocument(own));
        documents.at.insert(places.at(1), serverDocument(named)); // Of another one than the first.
        for (const bool isAllowed : {false, true}) {
            std::optional<base::Expected<AuthorizationServer, Failure>> found;
            findServer(&documents, named, m_server, [&found](auto came) { found = std::move(came); },
                       {false, isAllowed});
            QTRY_VERIFY(found);
            QCOMPARE(found->has_value(), isAllowed);
            if (!isAllowed) {
                QCOMPARE(found->error().code, FailureCode::IssuerSlash);
                continue;
            }
            QCOMPARE((*found)->issuer, own); // What its answers will say.
            QCOMPARE((*found)->addresses, QStringList{places.at(0)});
        }
    }
    QVERIFY(!differBySlash(m_issuer, m_issuer));
    QVERIFY(!differBySlash(m_issuer, m_issuer + u"//"_s));
    QVERIFY(!differBySlash(m_issuer, u"https://evil.example/"_s));
}

void TestDiscovery::comparesTheIssuerToTheByte_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<bool>("good");
    const auto with = [this](const QString &name, const QJsonValue &value) {
        return serverDocument(m_issuer, {{name, value}});
    };
    QTest::addRow("the same") << serverDocument(m_issuer) << true;
    QTest::addRow("a slash more") << serverDocument(m_issuer + u'/') << false;
    QTest::addRow("another host") << serverDocument(u"https://evil.example"_s) << false;
    QTest::addRow("no issuer") << with(u"issuer"_s, QJsonValue::Null) << false;
    QTest::addRow("no token endpoint") << with(u"token_endpoint"_s, QJsonValue::Null) << false;
    QTest::addRow("a token endpoint in this machine")
        << with(u"token_endpoint"_s, u"http://127.0.0.1:22/"_s) << false;
    QTest::addRow("a token endpoint in plain http")
        << with(u"token_endpoint"_s, u"http://as.example/token"_s) << false;
    QTest::addRow("a script to authorize")
        << with(u"authorization_endpoint"_s, u"javascript:alert(1)"_s) << false;
    QTest::addRow("a file to authorize")
        << with(u"authorization_endpoint"_s, u"file:///etc/passwd"_s) << false;
    QTest::addRow("methods that are a word")
        << with(u"code_challenge_methods_supported"_s, u"S256"_s) << false;
    QTest::addRow("scopes that are numbers") << with(u"scopes_supported"_s, QJsonArray({1})) << false;
    QTest::addRow("no JSON") << "<html>"_ba << false;
    QTest::addRow("the issuer twice")
        << "{\"issuer\":\"https://as.example\",\"issuer\":\"https://evil.example\"}"_ba << false;
}

void TestDiscovery::comparesTheIssuerToTheByte()
{
    QFETCH(QByteArray, document);
    QFETCH(bool, good);
    AuthorizationServer known;
    const auto added = addDocument(known, document, m_issuer, u"https://as.example/document"_s);
    const auto read = added ? readServer(known, m_server) : base::failure(added.error());
    QCOMPARE(read.has_value(), good);
    if (!read)
        QVERIFY(!read.error().isEmpty());
}

void TestDiscovery::readsBothDocumentsOfTheAuthorizationServer_data()
{
    QTest::addColumn<QByteArray>("oauth"); // Empty: there is none.
    QTest::addColumn<QByteArray>("openId");
    QTest::addColumn<QStringList>("origins"); // member=1 or 2, for the document that it comes from
    QTest::addColumn<QString>("note");
    QTest::addColumn<QString>("fault"); // Empty: they can be used.
    const QJsonObject userinfo{{u"userinfo_endpoint"_s, u"https://as.example/userinfo"_s},
                               {u"code_challenge_methods_supported"_s, QJsonValue::Null}};
    const QByteArray plain = serverDocument(m_issuer);
    const QStringList allOfOne{u"token_endpoint=1"_s, u"code_challenge_methods_supported=1"_s};
    QTest::addRow("both, as AuthKit has them")
        << plain << serverDocument(m_issuer, userinfo) << allOfOne + QStringList{u"userinfo_endpoint=2"_s}
        << QString() << QString();
    QTest::addRow("only RFC 8414's") << plain << QByteArray() << allOfOne << QString() << QString();
    QTest::addRow("only OpenID's") << QByteArray() << plain << QStringList{u"token_endpoint=2"_s} << QString()
                                   << QString();
    QTest::addRow("a second one that names another token endpoint")
        << plain << serverDocument(m_issuer, {{u"token_endpoint"_s, u"https://evil.example/token"_s}})
        << allOfOne << u"\"token_endpoint\", and not the same address"_s << QString();
    QTest::addRow("a second one of another issuer")
        << plain
        << serverDocument(u"https://evil.example"_s,
                          {{u"registration_endpoint"_s, u"https://evil.example/r"_s}})
        << allOfOne + QStringList{u"registration_endpoint="_s}
        << u"openid-configuration was not used: the issuer is"_s << QString();
    QTest::addRow("a second one that is no JSON")
        << plain << "<html>"_ba << allOfOne << QString() << QString();
    QTest::addRow("a first one of another issuer") << serverDocument(u"https://evil.example"_s) << plain
                                                   << QStringList() << QString() << u"the issuer is"_s;
    const QStringList allOfTwo{u"token_endpoint=2"_s, u"code_challenge_methods_supported=2"_s};
    for (const auto &[name, page] :
         {std::pair("a page for the first", "<!doctype html><title>App</title>"_ba),
          std::pair("a text for the first", "\"not found\""_ba), std::pair("nothing for the first", " "_ba),
          std::pair("an error for the first", R"({"error":"not_found"})"_ba),
          std::pair("an issuer that is null", R"({"issuer":null})"_ba)})
        QTest::addRow("%s", name) << page << plain << allOfTwo << QString() << QString();
    QTest::addRow("a byte order mark")
        << "\xef\xbb\xbf" + plain << QByteArray() << allOfOne << QString() << QString();
    QTest::addRow("members that are null") << QByteArray(
        plain.chopped(1) + R"(,"registration_endpoint":null,"jwks_uri":null,"scopes_supported":null})")
                                           << QByteArray() << allOfOne << QString() << QString();
    QTest::addRow("one that is null in the first and there in the second")
        << QByteArray(plain.chopped(1) + R"(,"registration_endpoint":null})")
        << serverDocument(m_issuer, {{u"registration_endpoint"_s, u"https://as.example/r"_s}})
        << allOfOne + QStringList{u"registration_endpoint=2"_s} << QString() << QString();
    QStringList many;
    for (int i = 0; i < 1000; ++i)
        many.append(u"scope:%1"_s.arg(i));
    QTest::addRow("a thousand scopes")
        << serverDocument(m_issuer, {{u"scopes_supported"_s, QJsonArray::fromStringList(many)}})
        << QByteArray() << allOfOne << QString() << QString();
    QTest::addRow("pages for both") << "<html>"_ba
                                    << "<html>"_ba << QStringList() << QString()
                                    << u"oauth-authorization-server (no metadata)"_s;
    QTest::addRow("neither") << QByteArray() << QByteArray() << QStringList() << QString()
                             << u"openid-configuration (HTTP 404)"_s;
}

void TestDiscovery::readsBothDocumentsOfTheAuthorizationServer()
{
    QFETCH(QByteArray, oauth);
    QFETCH(QByteArray, openId);
    QFETCH(QStringList, origins);
    QFETCH(QString, note);
    QFETCH(QString, fault);
    const QStringList places = serverMetadataAddresses(m_issuer);
    Documents documents;
    if (!oauth.isEmpty())
        documents.at.insert(places.at(0), oauth);
    if (!openId.isEmpty())
        documents.at.insert(places.at(1), openId);
    std::optional<base::Expected<AuthorizationServer, Failure>> found;
    findServer(&documents, m_issuer, m_server, [&found](auto came) { found = std::move(came); });
    QTRY_VERIFY(found);
    QCOMPARE(found->has_value(), fault.isEmpty());
    if (!*found) {
        QVERIFY2(found->error().text.contains(fault), qPrintable(found->error().text));
        return;
    }
    QCOMPARE(documents.asked, places);
    QCOMPARE((*found)->tokenEndpoint.toString(), u"https://as.example/token"_s);
    for (const QString &origin : origins) {
        const int document = origin.section(u'=', 1).toInt();
        QCOMPARE((*found)->origins.value(origin.section(u'=', 0, 0)),
                 document == 0 ? QString() : places.at(document - 1));
    }
    const QString notes = (*found)->notes.join(u'\n');
    QVERIFY2(note.isEmpty() ? notes.isEmpty() : notes.contains(note), qPrintable(notes));
}

void TestDiscovery::asksOnePlaceOfEachKindWhereTheIssuerHasAPath()
{
    const QString issuer = u"https://as.example/t1"_s;
    const QStringList places = serverMetadataAddresses(issuer);
    Documents documents;
    documents.at.insert(places.at(1), serverDocument(issuer));
    documents.at.insert(places.at(2), serverDocument(issuer));
    std::optional<base::Expected<AuthorizationServer, Failure>> found;
    findServer(&documents, issuer, m_server, [&found](auto came) { found = std::move(came); });
    QTRY_VERIFY(found);
    QVERIFY(*found);
    QCOMPARE(documents.asked, places.first(2));
}

void TestDiscovery::saysThatThereIsNoSuchEnvironment()
{
    const QString issuer = u"https://acne.authkit.app"_s;
    for (const bool isAnswered : {true, false}) {
        test::ScriptedFetcher fetcher;
        if (isAnswered) {
            fetcher.answers.insert(issuer + u"/.well-known/oauth-authorization-server"_s, {404, {}});
            fetcher.answers.insert(issuer + u"/.well-known/openid-configuration"_s, {404, {}});
        }
        std::optional<base::Expected<AuthorizationServer, Failure>> answer;
        findServer(&fetcher, issuer, u"https://example.com/mcp"_s, [&answer](auto found) { answer = found; });
        QTRY_VERIFY(answer);
        QVERIFY(!*answer);
        const Failure failure = answer->error();
        // Where nothing answers, nobody knows whether there is one.
        QCOMPARE(failure.code, isAnswered ? FailureCode::NoAuthKit : FailureCode::AuthKitAway);
        QVERIFY2(failure.text.contains(u"acne.authkit.app"_s), qPrintable(failure.text));
        QVERIFY(failure.remedy.contains(u"dashboard"_s));
    }
}

void TestDiscovery::doesNotFollowAStrangerIntoThisMachine_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("server");
    QTest::addColumn<bool>("allowed");
    const QString here = u"http://127.0.0.1:3000/mcp"_s;
    QTest::addRow("https") << u"https://as.example/x"_s << m_server << true;
    QTest::addRow("plain http") << u"http://as.example/x"_s << m_server << false;
    QTest::addRow("loopback from outside") << u"http://localhost:8080/x"_s << m_server << false;
    QTest::addRow("loopback with https from outside") << u"https://127.0.0.1/x"_s << m_server << false;
    QTest::addRow("IPv6 loopback from outside") << u"http://[::1]/x"_s << m_server << false;
    QTest::addRow("loopback from loopback") << u"http://localhost:4455/x"_s << here << true;
    QTest::addRow("outside from loopback") << u"https://acme.authkit.app/x"_s << here << true;
    for (const QString &host : {u"localhost."_s, u"a.localhost"_s, u"0.0.0.0"_s, u"[::]"_s,
                                u"[::ffff:127.0.0.1]"_s, u"[::127.0.0.1]"_s, u"127.1"_s, u"127.0.0.1."_s}) {
        QTest::addRow("from outside: %s", qPrintable(host))
            << u"https://%1:8080/x"_s.arg(host) << m_server << false;
        QTest::addRow("from here: %s", qPrintable(host)) << u"https://%1:8080/x"_s.arg(host) << here << true;
    }
    QTest::addRow("plain http to another spelling") << u"http://localhost.:1/x"_s << here << false;
    QTest::addRow("a password") << u"https://u:p@as.example/x"_s << m_server << false;
    QTest::addRow("a file") << u"file:///etc/passwd"_s << here << false;
    QTest::addRow("nothing") << QString() << here << false;
}

void TestDiscovery::doesNotFollowAStrangerIntoThisMachine()
{
    QFETCH(QString, address);
    QFETCH(QString, server);
    QFETCH(bool, allowed);
    QCOMPARE(mayAsk(QUrl(address, QUrl::StrictMode), server), allowed);
}

GATEHOUSE_TEST(TestDiscovery)
#include "tst_discovery.moc"
