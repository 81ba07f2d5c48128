// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "oauth/registration.h"
#include "support/unit.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::oauth;
using namespace Qt::StringLiterals;

namespace {

const QString redirect = u"http://127.0.0.1:33418/callback"_s;

/// Answers each registration in turn, and remembers what was sent.
class Registrar : public base::Fetcher
{
public:
    QList<base::FetchReply> replies;
    QList<base::FetchRequest> asked;

    base::CancelFetch fetch(const base::FetchRequest &request,
                            std::function<void(base::FetchResult)> done) override
    {
        const base::FetchReply reply = replies.value(asked.size(), {500, {}, {}});
        asked.append(request);
        QMetaObject::invokeMethod(
            QCoreApplication::instance(), [reply, done = std::move(done)] { done(reply); },
            Qt::QueuedConnection);
        return [] {};
    }
    [[nodiscard]] QStringList methods() const
    {
        QStringList all;
        for (const base::FetchRequest &request : asked)
            all.append(base::readJsonObject(request.body)
                           .value_or(QJsonObject())
                           .value("token_endpoint_auth_method"_L1)
                           .toString());
        return all;
    }
};

AuthorizationServer serverWith(const QJsonObject &more = {})
{
    QJsonObject json{{u"issuer"_s, u"https://as.example"_s},
                     {u"authorization_endpoint"_s, u"https://as.example/authorize"_s},
                     {u"token_endpoint"_s, u"https://as.example/token"_s},
                     {u"registration_endpoint"_s, u"https://as.example/register"_s}};
    for (auto one = more.begin(); one != more.end(); ++one)
        json.insert(one.key(), *one);
    AuthorizationServer known;
    const QString issuer = json.value("issuer"_L1).toString();
    (void)addDocument(known, base::writeJson(json), issuer, u"1"_s);
    return readServer(known, u"https://mcp.example/mcp"_s).value();
}

AuthorizationServer listing(const QStringList &methods)
{
    return serverWith({{u"token_endpoint_auth_methods_supported"_s, QJsonArray::fromStringList(methods)}});
}

const QString none = u"none"_s;
const QString basic = u"client_secret_basic"_s;
const QString post = u"client_secret_post"_s;

} // namespace

class TestRegistration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void registersAsANativeClient();
    void readsWhatServersMakeOfIt_data();
    void readsWhatServersMakeOfIt();
    void refusesARegistrationThatIsNotWhatWasAsked_data();
    void refusesARegistrationThatIsNotWhatWasAsked();
    void asksForASecretWhereTheServerWantsOne_data();
    void asksForASecretWhereTheServerWantsOne();
    void triesToRegisterWhereAuthKitHidesThePlace();

private:
    static base::Expected<ClientRegistration, Failure> registered(Registrar &registrar,
                                                                  const AuthorizationServer &server)
    {
        std::optional<base::Expected<ClientRegistration, Failure>> made;
        registerClient(&registrar, server, redirect, [&made](auto came) { made = std::move(came); });
        if (!QTest::qWaitFor([&made] { return made.has_value(); }))
            return base::failure(Failure());
        return *made;
    }
};

void TestRegistration::registersAsANativeClient()
{
    const auto body = base::readJsonObject(registrationBody(redirect));
    QVERIFY(body);
    QCOMPARE(body->value("token_endpoint_auth_method"_L1).toString(), none);
    QCOMPARE(body->value("application_type"_L1).toString(), u"native"_s);
    QCOMPARE(body->value("redirect_uris"_L1).toArray(), QJsonArray({redirect}));
}

void TestRegistration::readsWhatServersMakeOfIt_data()
{
    QTest::addColumn<QStringList>("listed"); // Of the server; "-": it lists none.
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("method");
    const QStringList nothing{u"-"_s};
    const QStringList both{basic, post};
    const auto row
        = [](const char *name, const QStringList &listed, const QByteArray &body, const QString &id,
             const QString &method) { QTest::newRow(name) << listed << body << id << method; };
    row("an id and no more", nothing, R"({"client_id":"c"})", u"c"_s, none);
    row("an id of another language", nothing, R"({"client_id":"klient-ü"})", u"klient-ü"_s, none);
    row("a secret without a method", nothing, R"({"client_id":"c","client_secret":"s"})", u"c"_s, basic);
    row("a secret, and a method that is null", both,
        R"({"client_id":"c","client_secret":"s","token_endpoint_auth_method":null})", u"c"_s, basic);
    row("a secret, and a method that is empty", both,
        R"({"client_id":"c","client_secret":"s","token_endpoint_auth_method":""})", u"c"_s, basic);
    row("a secret without a method, where only the body is read", {post},
        R"({"client_id":"c","client_secret":"s"})", u"c"_s, post);
    row("a secret for the body", both,
        R"({"client_id":"c","client_secret":"s","token_endpoint_auth_method":"client_secret_post"})", u"c"_s,
        post);
    row("a secret that is not to be shown", both,
        R"({"client_id":"c","client_secret":"s","token_endpoint_auth_method":"none"})", u"c"_s, none);
    row("a method without a secret", both,
        R"({"client_id":"c","token_endpoint_auth_method":"client_secret_basic"})", u"c"_s, none);
    row("redirect addresses that are null", nothing, R"({"client_id":"c","redirect_uris":null})", u"c"_s,
        none);
    row("redirect addresses that are none", nothing, R"({"client_id":"c","redirect_uris":[]})", u"c"_s, none);
    row("more redirect addresses", nothing,
        R"({"client_id":"c","redirect_uris":["https://x","http://127.0.0.1:33418/callback"]})", u"c"_s, none);
    row("a byte order mark", nothing, "\xef\xbb\xbf{\"client_id\":\"c\"}", u"c"_s, none);
}

void TestRegistration::readsWhatServersMakeOfIt()
{
    QFETCH(const QStringList, listed);
    QFETCH(const QByteArray, body);
    QFETCH(const QString, id);
    QFETCH(const QString, method);
    for (const int status : {200, 201}) {
        const auto made = readRegistration({status, {}, body}, redirect,
                                           listed.contains(u"-"_s) ? serverWith() : listing(listed));
        QVERIFY2(made, qPrintable(made ? QString() : made.error().text));
        QCOMPARE(made->id, id);
        QCOMPARE(made->authMethod, method);
        const auto kept = readClient(writeClient(*made));
        QVERIFY(kept);
        QCOMPARE(kept->id, made->id);
        QCOMPARE(kept->secret, made->secret);
        QCOMPARE(kept->authMethod, made->authMethod);
    }
}

void TestRegistration::refusesARegistrationThatIsNotWhatWasAsked_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("said");
    QTest::addRow("switched off") << 400 << R"json({"error":"dynamic_client_registration_disabled"})json"_ba
                                  << u"Enable DCR in Dashboard"_s;
    QTest::addRow("no such place") << 404 << QByteArray() << u"Enable DCR in Dashboard"_s;
    QTest::addRow("no client id") << 201 << "{}"_ba << u"client_id"_s;
    QTest::addRow("an id that is a number") << 201 << R"json({"client_id":1})json"_ba << u"client_id"_s;
    QTest::addRow("an id of many lines") << 201 << R"json({"client_id":"a\nb"})json"_ba << u"client_id"_s;
    QTest::addRow("a secret of many lines")
        << 201 << R"json({"client_id":"c","client_secret":"a\r\nb"})json"_ba << u"client_secret"_s;
    QTest::addRow("another redirect address")
        << 201 << R"json({"client_id":"c","redirect_uris":["http://127.0.0.1:33419/callback"]})json"_ba
        << u"redirect_uris"_s;
    QTest::addRow("a redirect address with a slash more")
        << 201 << R"json({"client_id":"c","redirect_uris":["http://127.0.0.1:33418/callback/"]})json"_ba
        << u"redirect_uris"_s;
    QTest::addRow("a signature wanted")
        << 201 << R"json({"client_id":"c","token_endpoint_auth_method":"private_key_jwt"})json"_ba
        << u"authentication"_s;
    QTest::addRow("in a wrapping") << 201 << R"json({"client":{"client_id":"c"}})json"_ba << u"client_id"_s;
    QTest::addRow("no JSON") << 201 << "ok"_ba << u"cannot be used"_s;
}

void TestRegistration::refusesARegistrationThatIsNotWhatWasAsked()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, said);
    const auto read = readRegistration({status, {}, body}, redirect, serverWith());
    QVERIFY(!read);
    const QString words = read.error().text + u' ' + read.error().remedy;
    QVERIFY2(words.contains(said), qPrintable(words));
}

void TestRegistration::asksForASecretWhereTheServerWantsOne_data()
{
    QTest::addColumn<QStringList>("listed"); // "-": it lists none.
    QTest::addColumn<bool>("refusesNone");
    QTest::addColumn<QStringList>("asked");
    QTest::newRow("nothing is listed") << QStringList{u"-"_s} << false << QStringList{none};
    QTest::newRow("none is listed") << QStringList{basic, none} << false << QStringList{none};
    QTest::newRow("none is not listed") << QStringList{basic, post} << true << QStringList{basic};
    QTest::newRow("the body is listed first") << QStringList{post, basic} << true << QStringList{post};
    QTest::newRow("only the body is listed") << QStringList{post} << true << QStringList{post};
    QTest::newRow("only signatures are listed")
        << QStringList{u"private_key_jwt"_s} << false << QStringList{none};
    QTest::newRow("none is listed and refused") << QStringList{none, post} << true << QStringList{none, post};
    QTest::newRow("nothing is listed, and none is refused")
        << QStringList{u"-"_s} << true << QStringList{none, basic};
}

void TestRegistration::asksForASecretWhereTheServerWantsOne()
{
    QFETCH(const QStringList, listed);
    QFETCH(const bool, refusesNone);
    QFETCH(const QStringList, asked);
    const base::FetchReply good{201, {}, R"({"client_id":"c","client_secret":"s"})"};
    const base::FetchReply refused{400, {}, R"({"error":"invalid_client_metadata"})"};
    Registrar registrar;
    if (refusesNone && asked.first() == none)
        registrar.replies.append(refused);
    registrar.replies.append(good);
    const auto made = registered(registrar, listed.contains(u"-"_s) ? serverWith() : listing(listed));
    QVERIFY(made);
    QCOMPARE(registrar.methods(), asked);

    // A refusal of something else is one.
    Registrar other;
    other.replies = {{400, {}, R"({"error":"invalid_redirect_uri"})"}};
    QVERIFY(!registered(other, listed.contains(u"-"_s) ? serverWith() : listing(listed)));
    QCOMPARE(other.asked.size(), 1);
}

void TestRegistration::triesToRegisterWhereAuthKitHidesThePlace()
{
    const QString issuer = u"https://as.example"_s;
    QJsonObject authKit{{u"token_endpoint"_s, issuer + u"/oauth2/token"_s},
                        {u"jwks_uri"_s, issuer + u"/oauth2/jwks"_s},
                        {u"registration_endpoint"_s, QJsonValue::Null}};
    AuthorizationServer server = serverWith(authKit);
    QVERIFY(looksLikeAuthKit(server));
    Registrar registrar;
    registrar.replies = {{404, {}, {}}};
    const auto made = registered(registrar, server);
    QCOMPARE(registrar.asked.size(), 1);
    QCOMPARE(registrar.asked.first().url.toString(), issuer + u"/oauth2/register"_s);
    QVERIFY(!made);
    QVERIFY2(made.error().text.contains(u"was tried, where AuthKit has it"_s), qPrintable(made.error().text));
    QVERIFY(made.error().remedy.contains(u"Enable DCR"_s));

    // Any other server that names no place is not asked on a guess.
    server.keysAddress = QUrl(u"https://as.example/keys"_s);
    Registrar nobody;
    QVERIFY(!registered(nobody, server));
    QVERIFY(nobody.asked.isEmpty());
}

GATEHOUSE_TEST(TestRegistration)
#include "tst_registration.moc"
