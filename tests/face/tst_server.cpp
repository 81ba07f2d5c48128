// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"
#include "base/json.h"
#include "base/random.h"
#include "sandbox/sandbox.h"
#include "support/peer.h"
#include "support/unit.h"

#include <QSemaphore>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <Gatehouse/Server>
#include <optional>

using namespace Gatehouse;
using namespace Qt::StringLiterals;

/// As a program sees it that links the library: the sandbox stands in for AuthKit, and calls come over
/// sockets.
class TestFace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { qunsetenv("MCP_USE_OAUTH_WORKOS_SUBDOMAIN"); }

    void readsTheEnvironmentAsTheModelDoes();
    void saysWhyItCannotBegin_data();
    void saysWhyItCannotBegin();
    void givesAToolItsUser();
    void answersInEachWay_data();
    void answersInEachWay();
    void answersFromTheThreadPool();
    void asksTheClientAndGoesOn();
    void goesOnAtAnotherInstance_data();
    void goesOnAtAnotherInstance();
    void offersDocumentsByOrganization();
    void saysWhyThereAreNoDocuments_data();
    void saysWhyThereAreNoDocuments();
    void refusesWhoeverLacksWhatAToolNeeds();
    void servesResourcesPromptsAndCompletions();
    void changesWhatItOffersWhileItRuns();
    void tellsItsObserverOfEachRequest();
    void tellsAHandlerThatNobodyWaits();
    void beginsAnewAfterItWasStopped();
    void canBeStoppedFromWithin_data();
    void canBeStoppedFromWithin();
    void goesOnWithoutWhatCouldNotBeOffered();
    void outlivesWhatAnObserverThrows();
    void callsNobodyFromThePoolForWhomNobodyWaits();
    void sendsNoFieldThatWouldBeginAnother();

private:
    struct Answer
    {
        int status = 0;
        QJsonObject result = {};
        QJsonObject error = {};
    };
    Answer ask(const QString &method, QJsonObject params, const QByteArray &token = {},
               bool isCapable = false);
    QString textOf(const Answer &answer) const
    {
        return answer.result.value("content"_L1).toArray().first()["text"_L1].toString();
    }
    /// Nobody is asked for a token.
    static Server::Options open()
    {
        return {.name = u"a-server"_s, .version = u"1.0"_s, .oauth = {.isOff = true}};
    }
    Server::Options guarded() const
    {
        return {.name = u"a-server"_s, .oauth = workOS({.subdomain = m_sandbox->issuer()})};
    }
    void start(const Server::Options &options, const std::function<void(Server &)> &offer)
    {
        m_server = std::make_unique<Server>(options);
        offer(*m_server);
        QVERIFY2(m_server->start(0), qPrintable(m_server->errorString()));
    }

    std::unique_ptr<gatehouse::sandbox::Sandbox> m_sandbox;
    std::unique_ptr<Server> m_server;
    gatehouse::Peer m_peer;
};

void TestFace::initTestCase()
{
    gatehouse::sandbox::SandboxSettings settings;
    settings.port = 0;
    m_sandbox = std::make_unique<gatehouse::sandbox::Sandbox>(settings, gatehouse::base::systemClock(),
                                                              gatehouse::base::systemRandom());
    QVERIFY(m_sandbox->start());
}

void TestFace::init()
{
    m_server.reset();
}

TestFace::Answer TestFace::ask(const QString &method, QJsonObject params, const QByteArray &token,
                               bool isCapable)
{
    const QJsonObject capabilities = isCapable
        ? QJsonObject{{u"elicitation"_s, QJsonObject{{u"form"_s, QJsonObject()}}}}
        : QJsonObject();
    params.insert(u"_meta"_s,
                  QJsonObject{{u"io.modelcontextprotocol/protocolVersion"_s, u"2026-07-28"_s},
                              {u"io.modelcontextprotocol/clientCapabilities"_s, capabilities},
                              {u"io.modelcontextprotocol/clientInfo"_s,
                               QJsonObject{{u"name"_s, u"test"_s}, {u"version"_s, u"7"_s}}}});
    gatehouse::base::Headers headers{{"Content-Type", "application/json"},
                                     {"Accept", "application/json, text/event-stream"},
                                     {"MCP-Protocol-Version", "2026-07-28"},
                                     {"Mcp-Method", method.toUtf8()}};
    const QString name = params.value(params.contains(u"name"_s) ? "name"_L1 : "uri"_L1).toString();
    if (!name.isEmpty())
        headers.append({"Mcp-Name", name.toUtf8()});
    if (!token.isEmpty())
        headers.append({"Authorization", "Bearer " + token});
    const QJsonObject message{
        {u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, 1}, {u"method"_s, method}, {u"params"_s, params}};
    const auto reply = m_peer.ask("POST", m_server->address(), headers, gatehouse::base::writeJson(message));
    QByteArray body = reply.body;
    if (const qsizetype data = body.lastIndexOf("data: "); data >= 0)
        body = body.sliced(data + 6).trimmed();
    const QJsonObject json = gatehouse::base::readJsonObject(body).value_or(QJsonObject());
    return {reply.status, json.value("result"_L1).toObject(), json.value("error"_L1).toObject()};
}

void TestFace::readsTheEnvironmentAsTheModelDoes()
{
    qputenv("MCP_USE_OAUTH_WORKOS_SUBDOMAIN", m_sandbox->issuer().toUtf8());
    start({.name = u"my-server"_s, .version = u"1.0.0"_s, .oauth = workOS()}, [](Server &server) {
        server.tool({.name = u"get-profile"_s}, [](const Call &call) {
            return structured({{u"id"_s, call.user.id}});
        });
    });
    QCOMPARE(m_server->address(), u"http://localhost:%1/mcp"_s.arg(m_server->port()));
    QCOMPARE(m_peer.call(m_server->address(), {}), 401);
    const QByteArray token = m_peer.token(m_sandbox->issuer(), {{u"resource"_s, m_server->address()}});
    QCOMPARE(m_peer.call(m_server->address(), token), 200);
    const auto metadata = m_peer.ask(
        "GET", u"http://localhost:%1/.well-known/oauth-protected-resource/mcp"_s.arg(m_server->port()));
    const QJsonObject said = gatehouse::base::readJsonObject(metadata.body).value_or(QJsonObject());
    QCOMPARE(said.value("authorization_servers"_L1).toArray(), QJsonArray{m_sandbox->issuer()});
    QCOMPARE(said.value("scopes_supported"_L1).toArray(),
             (QJsonArray{u"email"_s, u"offline_access"_s, u"openid"_s, u"profile"_s}));
}

void TestFace::saysWhyItCannotBegin_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("said");
    QTest::newRow("no subdomain") << u"subdomain"_s << u"MCP_USE_OAUTH_WORKOS_SUBDOMAIN"_s;
    QTest::newRow("a subdomain that is none") << u"badSubdomain"_s << u"\"a b\""_s;
    QTest::newRow("a taken port") << u"port"_s << u"in use by another program"_s;
    QTest::newRow("no port") << u"noPort"_s << u"70000 is no port"_s;
    QTest::newRow("two tools of one name") << u"twice"_s << u"There is a tool \"twice\" already."_s;
    QTest::newRow("a schema that is none") << u"schema"_s << u"The tool \"schema\" is not offered"_s;
    QTest::newRow("arguments that are no object") << u"array"_s << u"needs \"type\":\"object\""_s;
    QTest::newRow("a name that cannot be") << u"a b"_s << u"cannot be called \"a b\""_s;
    QTest::newRow("a secret to guess") << u"secret"_s << u"shorter than 32 bytes"_s;
    QTest::newRow("open to others without checks") << u"others"_s << u"on this computer only"_s;
}

void TestFace::saysWhyItCannotBegin()
{
    QFETCH(const QString, what);
    QFETCH(const QString, said);
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    Server::Options options = open();
    if (what == "subdomain"_L1)
        options.oauth = workOS();
    else if (what == "badSubdomain"_L1)
        options.oauth = workOS({.subdomain = u"a b"_s});
    else if (what == "others"_L1)
        options.host = u"0.0.0.0"_s;
    else if (what == "secret"_L1)
        options.stateSecrets = {QByteArray(32, 'a'), QByteArray(31, 'a')};
    Server server(options);
    const auto handler = [](const Call &) { return "x"; };
    const QJsonObject broken{{u"type"_s, u"object"_s}, {u"properties"_s, 5}};
    server.tool({.name = what == "a b"_L1 ? what : u"twice"_s,
                 .input = what == "schema"_L1 ? broken
                     : what == "array"_L1     ? QJsonObject{{u"type"_s, u"array"_s}}
                                              : QJsonObject()},
                handler);
    if (what == "twice"_L1)
        server.tool({.name = what}, handler);
    const int port = what == "port"_L1 ? other.serverPort() : what == "noPort"_L1 ? 70'000 : 0;
    QVERIFY(!server.start(port));
    const QString sentence
        = QString(server.errorString()).replace(u"tool \"twice\" is"_s, u"tool \"schema\" is"_s);
    QVERIFY2(sentence.contains(said), qPrintable(sentence));
    QVERIFY(!server.isListening());
    QCOMPARE(server.port(), 0);
}

void TestFace::givesAToolItsUser()
{
    Call seen;
    start(guarded(), [&seen](Server &server) {
        server.tool({.name = u"who"_s}, [&seen](const Call &call) {
            seen = call;
            return call.user.name;
        });
    });
    const QByteArray token = m_peer.token(m_sandbox->issuer(), {{u"resource"_s, m_server->address()}});
    const Answer answer = ask(u"tools/call"_s, {{u"name"_s, u"who"_s}}, token);
    QCOMPARE(answer.status, 200);
    QCOMPARE(textOf(answer), seen.user.name);
    QCOMPARE(seen.user.email, u"ada@example.com"_s);
    QCOMPARE(seen.user.id, seen.claims.value("sub"_L1).toString());
    QCOMPARE(seen.user.organizationId, seen.claims.value("org_id"_L1).toString());
    QVERIFY(!seen.user.roles.isEmpty() && !seen.user.permissions.isEmpty());
    QVERIFY(seen.scopes.contains(u"openid"_s) && seen.user.isVerified);
    QCOMPARE(seen.client, u"test 7"_s);
}

void TestFace::answersInEachWay_data()
{
    QTest::addColumn<QString>("tool");
    QTest::addColumn<QJsonObject>("result");
    const auto block = [](const QString &text) {
        return QJsonObject{{u"type"_s, u"text"_s}, {u"text"_s, text}};
    };
    QTest::newRow("text") << u"text"_s << QJsonObject{{u"content"_s, QJsonArray{block(u"hi"_s)}}};
    QTest::newRow("structured") << u"structured"_s
                                << QJsonObject{{u"content"_s, QJsonArray{block(u"{\"a\":1}"_s)}},
                                               {u"structuredContent"_s, QJsonObject{{u"a"_s, 1}}}};
    QTest::newRow("a list") << u"list"_s
                            << QJsonObject{{u"content"_s, QJsonArray{block(u"[1,2]"_s)}},
                                           {u"structuredContent"_s, QJsonArray{1, 2}}};
    QTest::newRow("an error") << u"error"_s
                              << QJsonObject{{u"content"_s, QJsonArray{block(u"no"_s)}},
                                             {u"isError"_s, true}};
    QTest::newRow("an image and a link")
        << u"image"_s
        << QJsonObject{{u"content"_s,
                        QJsonArray{QJsonObject{{u"type"_s, u"image"_s},
                                               {u"data"_s, u"AQI="_s},
                                               {u"mimeType"_s, u"image/png"_s}},
                                   QJsonObject{{u"type"_s, u"resource_link"_s},
                                               {u"uri"_s, u"a://b"_s},
                                               {u"name"_s, u"b"_s}}}}};
    QTest::newRow("never") << u"never"_s << QJsonObject();
    QTest::newRow("thrown") << u"thrown"_s << QJsonObject();
    QTest::newRow("thrown elsewhere") << u"thrownElsewhere"_s << QJsonObject();
    QTest::newRow("later") << u"later"_s << QJsonObject{{u"content"_s, QJsonArray{block(u"later"_s)}}};
}

void TestFace::answersInEachWay()
{
    QFETCH(const QString, tool);
    QFETCH(const QJsonObject, result);
    start(open(), [](Server &server) {
        server.tool({.name = u"text"_s}, [](const Call &) { return "hi"; })
            .tool({.name = u"structured"_s},
                  [](const Call &) {
                      return structured({{u"a"_s, 1}});
                  })
            .tool({.name = u"list"_s},
                  [](const Call &) {
                      return QJsonArray{1, 2};
                  })
            .tool({.name = u"error"_s}, [](const Call &) { return error(u"no"_s); })
            .tool({.name = u"image"_s},
                  [](const Call &) {
                      return image("\x01\x02", u"image/png"_s) + resourceLink(u"a://b"_s, u"b"_s);
                  })
            .tool({.name = u"never"_s}, [](const Call &, const Reply &) {})
            .tool({.name = u"thrown"_s}, [](const Call &) -> Result { throw std::runtime_error("no"); })
            .tool({.name = u"thrownElsewhere"_s},
                  inThreadPool([](const Call &) -> Result { throw std::runtime_error("no"); }))
            .tool({.name = u"later"_s}, [](const Call &, const Reply &reply) {
                QTimer::singleShot(0, QCoreApplication::instance(), [reply] { reply("later"); });
            });
    });
    if (tool == "thrown"_L1 || tool == "thrownElsewhere"_L1)
        QTest::ignoreMessage(QtWarningMsg, "A handler threw: no");
    Answer answer = ask(u"tools/call"_s, {{u"name"_s, tool}});
    QCOMPARE(answer.status, 200);
    const QString said = tool == "thrown"_L1 ? u"The server failed at this."_s
        : result.isEmpty()                   ? u"The server gave no answer to this."_s
                                             : QString();
    QCOMPARE(answer.error.value("message"_L1).toString(), said);
    for (const auto &member : {u"_meta"_s, u"resultType"_s, u"serverInfo"_s})
        answer.result.remove(member);
    QCOMPARE(answer.result, result);
}

void TestFace::answersFromTheThreadPool()
{
    QThread *served = nullptr;
    start(open(), [&served](Server &server) {
        server.tool({.name = u"slow"_s}, inThreadPool([&served](const Call &call) {
                        served = QThread::currentThread();
                        return call.arguments.isEmpty() ? u"done"_s : QString();
                    }));
    });
    QCOMPARE(textOf(ask(u"tools/call"_s, {{u"name"_s, u"slow"_s}})), u"done"_s);
    QVERIFY(served && served != QThread::currentThread());
}

/// It asks for a name, and greets.
static void offerGreeting(Server &server)
{
    server.tool({.name = u"greet"_s}, [](const Call &call) -> Result {
        if (const auto given = call.answer(u"name"_s))
            return call.state.value("greeting"_L1).toString() + given->value("name"_L1).toString();
        return Gatehouse::ask(
            {{u"name"_s,
              form(u"Who is it?"_s,
                   {{u"type"_s, u"object"_s},
                    {u"properties"_s, QJsonObject{{u"name"_s, QJsonObject{{u"type"_s, u"string"_s}}}}},
                    {u"required"_s, QJsonArray{u"name"_s}}})}},
            {{u"greeting"_s, u"Hello, "_s}});
    });
}

/// The call that answers what that one asked.
static QJsonObject greetingAfter(const QJsonObject &asked)
{
    const QJsonObject ada{{u"action"_s, u"accept"_s}, {u"content"_s, QJsonObject{{u"name"_s, u"Ada"_s}}}};
    return {{u"name"_s, u"greet"_s},
            {u"requestState"_s, asked.value("requestState"_L1)},
            {u"inputResponses"_s, QJsonObject{{u"name"_s, ada}}}};
}

void TestFace::asksTheClientAndGoesOn()
{
    start(open(), offerGreeting);
    const Answer first = ask(u"tools/call"_s, {{u"name"_s, u"greet"_s}}, {}, true);
    QCOMPARE(first.result.value("resultType"_L1).toString(), u"input_required"_s);
    const QJsonObject asked = first.result.value("inputRequests"_L1).toObject();
    QCOMPARE(asked.keys(), QStringList(u"name"_s));
    QCOMPARE(textOf(ask(u"tools/call"_s, greetingAfter(first.result), {}, true)), u"Hello, Ada"_s);
}

void TestFace::goesOnAtAnotherInstance_data()
{
    QTest::addColumn<QList<QByteArray>>("secrets");
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("goesOn");
    const QByteArray secret(32, 'a');
    QTest::newRow("with the same secret") << QList{secret} << u"a-server"_s << true;
    QTest::newRow("with a newer one beside it")
        << QList{QByteArray(32, 'b'), secret} << u"a-server"_s << true;
    QTest::newRow("with another secret") << QList{QByteArray(32, 'b')} << u"a-server"_s << false;
    QTest::newRow("without one") << QList<QByteArray>() << u"a-server"_s << false;
    QTest::newRow("of another server") << QList{secret} << u"another-server"_s << false;
}

void TestFace::goesOnAtAnotherInstance()
{
    QFETCH(const QList<QByteArray>, secrets);
    QFETCH(const QString, name);
    QFETCH(const bool, goesOn);
    Server::Options options = open();
    options.stateSecrets = {QByteArray(32, 'a')};
    start(options, offerGreeting);
    const Answer first = ask(u"tools/call"_s, {{u"name"_s, u"greet"_s}}, {}, true);
    QCOMPARE(first.result.value("resultType"_L1).toString(), u"input_required"_s);
    options.stateSecrets = secrets;
    options.name = name;
    const std::unique_ptr<Server> one = std::move(m_server); // Both run.
    start(options, offerGreeting);
    const Answer next = ask(u"tools/call"_s, greetingAfter(first.result), {}, true);
    QCOMPARE(textOf(next), goesOn ? u"Hello, Ada"_s : QString());
    if (!goesOn)
        QVERIFY(next.error.value("message"_L1).toString().contains(u"call anew without it"_s));
}

void TestFace::offersDocumentsByOrganization()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"d.sqlite"_s);
    start(guarded(), [&file](Server &server) { server.documents(file); });
    const auto tokenFor = [this](const QString &organization) {
        return m_peer.token(m_sandbox->issuer(),
                            {{u"resource"_s, m_server->address()}, {u"organization"_s, organization}});
    };
    const QByteArray acme = tokenFor(u"org_01J0000000000000000000ACME"_s);
    const QByteArray globex = tokenFor(u"org_01J00000000000000000GX0BEX"_s);
    const auto call = [this](const QString &tool, const QJsonObject &arguments, const QByteArray &token) {
        return ask(u"tools/call"_s, {{u"name"_s, tool}, {u"arguments"_s, arguments}}, token)
            .result.value("structuredContent"_L1)
            .toObject();
    };
    const QString id
        = call(u"create-document"_s, {{u"title"_s, u"Plan"_s}, {u"text"_s, u"Ship it."_s}}, acme)["id"_L1]
              .toString();
    QVERIFY(id.startsWith(u"doc_"_s));
    QCOMPARE(call(u"get-document"_s, {{u"id"_s, id}}, acme)["text"_L1].toString(), u"Ship it."_s);
    QVERIFY(call(u"get-document"_s, {{u"id"_s, id}}, globex).isEmpty());
    const Answer read = ask(u"resources/read"_s, {{u"uri"_s, u"documents://"_s + id}}, acme);
    QCOMPARE(read.result["contents"_L1][0]["text"_L1].toString(), u"Ship it."_s);
    // With the server all of it goes, and it is there again with the next one.
    start(guarded(), [&file](Server &server) { server.documents(file); });
    QCOMPARE(call(u"get-documents"_s, {},
                  tokenFor(u"org_01J0000000000000000000ACME"_s))["documents"_L1][0]["title"_L1]
                 .toString(),
             u"Plan"_s);
}

void TestFace::saysWhyThereAreNoDocuments_data()
{
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("said");
    QTest::newRow("no place") << QString() << u"Documents need a place"_s;
    QTest::newRow("no address") << u"postgresql://"_s << u"database"_s;
    QTest::newRow("twice") << u"twice"_s << u"There is a tool \"get-documents\" already."_s;
    QTest::newRow("beside a template of theirs") << u"template"_s << u"\"documents://{id}\" already."_s;
    QTest::newRow("beside a tool of that name") << u"beside"_s << u"\"search-documents\" already."_s;
}

void TestFace::saysWhyThereAreNoDocuments()
{
    QFETCH(const QString, where);
    QFETCH(const QString, said);
    QTemporaryDir folder;
    Server server(open());
    if (where == "twice"_L1)
        server.documents(folder.filePath(u"one.sqlite"_s)).documents(folder.filePath(u"two.sqlite"_s));
    else if (where == "beside"_L1)
        server.tool({.name = u"search-documents"_s}, [](const Call &) { return "x"; })
            .documents(folder.filePath(u"one.sqlite"_s));
    else if (where == "template"_L1)
        server
            .resourceTemplate({.uriTemplate = u"documents://{id}"_s, .name = u"mine"_s},
                              [](const Call &) { return Contents(u"x"_s); })
            .documents(folder.filePath(u"one.sqlite"_s));
    else
        server.documents(where);
    QVERIFY(!server.start(0));
    QVERIFY2(server.errorString().contains(said), qPrintable(server.errorString()));
}

void TestFace::refusesWhoeverLacksWhatAToolNeeds()
{
    int called = 0;
    start(guarded(), [&called](Server &server) {
        server.tool({.name = u"seen"_s}, [](const Call &) { return "x"; });
        server.tool({.name = u"drop"_s, .access = {.permissions = {u"everything:drop"_s}}},
                    [&called](const Call &) {
                        ++called;
                        return "dropped";
                    });
    });
    const QByteArray token = m_peer.token(m_sandbox->issuer(), {{u"resource"_s, m_server->address()}});
    QCOMPARE(ask(u"tools/call"_s, {{u"name"_s, u"drop"_s}}, token).status, 403);
    QCOMPARE(called, 0);
    const QJsonArray listed = ask(u"tools/list"_s, {}, token).result.value("tools"_L1).toArray();
    QCOMPARE(listed.size(), 1);
    QCOMPARE(listed.first()["name"_L1].toString(), u"seen"_s);
}

void TestFace::servesResourcesPromptsAndCompletions()
{
    start(open(), [](Server &server) {
        server.resource({.uri = u"notes://all"_s, .name = u"notes"_s, .mimeType = u"text/plain"_s},
                        [](const Call &) { return "all of them"; });
        server.resourceTemplate(
            {.uriTemplate = u"notes://{id}"_s,
             .name = u"note"_s,
             .complete
             = {{u"id"_s, [](const Call &, const QString &typed) { return QStringList(typed + u"1"_s); }}}},
            [](const Call &call) -> Contents {
                if (call.arguments.value("id"_L1) == QJsonValue(u"7"_s))
                    return QJsonObject{{u"id"_s, u"7"_s}};
                return notFound();
            });
        server.prompt({.name = u"sum-up"_s, .arguments = {{.name = u"what"_s, .required = true}}},
                      [](const Call &call) {
                          Messages messages;
                          messages.user(text(u"Sum up "_s + call.arguments.value("what"_L1).toString()));
                          messages.assistant(structured({{u"sum"_s, 7}}));
                          return messages;
                      });
    });
    const auto contentsOf = [this](const QString &uri) {
        return ask(u"resources/read"_s, {{u"uri"_s, uri}})
            .result.value("contents"_L1)
            .toArray()
            .first()
            .toObject();
    };
    QCOMPARE(contentsOf(u"notes://all"_s).value("text"_L1).toString(), u"all of them"_s);
    QCOMPARE(contentsOf(u"notes://7"_s).value("text"_L1).toString(), u"{\"id\":\"7\"}"_s);
    QCOMPARE(contentsOf(u"notes://7"_s).value("mimeType"_L1).toString(), u"application/json"_s);
    QVERIFY(!ask(u"resources/read"_s, {{u"uri"_s, u"notes://8"_s}}).error.isEmpty());
    const QJsonArray messages
        = ask(u"prompts/get"_s,
              {{u"name"_s, u"sum-up"_s}, {u"arguments"_s, QJsonObject{{u"what"_s, u"it"_s}}}})
              .result.value("messages"_L1)
              .toArray();
    QCOMPARE(messages.size(), 2);
    QCOMPARE(messages.first()["content"_L1]["text"_L1].toString(), u"Sum up it"_s);
    QCOMPARE(messages.last()["role"_L1].toString(), u"assistant"_s);
    QCOMPARE(messages.last()["content"_L1]["text"_L1].toString(), u"{\"sum\":7}"_s);
    const Answer completed
        = ask(u"completion/complete"_s,
              {{u"ref"_s, QJsonObject{{u"type"_s, u"ref/resource"_s}, {u"uri"_s, u"notes://{id}"_s}}},
               {u"argument"_s, QJsonObject{{u"name"_s, u"id"_s}, {u"value"_s, u"4"_s}}}});
    QCOMPARE(completed.result.value("completion"_L1)["values"_L1].toArray(), QJsonArray{u"41"_s});
}

void TestFace::changesWhatItOffersWhileItRuns()
{
    start(open(), [](Server &) {});
    const auto names = [this] {
        QStringList out;
        for (const QJsonValue tool : ask(u"tools/list"_s, {}).result.value("tools"_L1).toArray())
            out.append(tool["name"_L1].toString());
        return out;
    };
    QVERIFY(names().isEmpty());
    const auto handler = [](const Call &) { return "x"; };
    m_server->tool({.name = u"a"_s}, handler).tool({.name = u"b"_s}, handler);
    QCOMPARE(names(), QStringList({u"a"_s, u"b"_s}));
    m_server->tool({.name = u"a"_s}, handler);
    QCOMPARE(m_server->errorString(), u"There is a tool \"a\" already."_s);
    m_server->removeTool(u"a"_s);
    QCOMPARE(names(), QStringList(u"b"_s));
    QVERIFY(m_server->start(0)); // And so it stays.
    QCOMPARE(names(), QStringList(u"b"_s));
}

void TestFace::tellsItsObserverOfEachRequest()
{
    QList<Exchange> seen;
    start(guarded(), [&seen](Server &server) {
        server.tool({.name = u"who"_s}, [](const Call &call) { return call.user.id; });
        server.observe([&seen](const Exchange &exchange) { seen.append(exchange); });
    });
    (void)ask(u"tools/call"_s, {{u"name"_s, u"who"_s}});
    const QByteArray token = m_peer.token(m_sandbox->issuer(), {{u"resource"_s, m_server->address()}});
    (void)ask(u"tools/call"_s, {{u"name"_s, u"who"_s}}, token);
    QTRY_COMPARE(seen.size(), 2);
    QCOMPARE(seen.first().status, 401);
    QCOMPARE(seen.first().reason, u"no_token"_s);
    QVERIFY(!seen.first().why.isEmpty());
    const Exchange &good = seen.last();
    QCOMPARE(good.status, 200);
    QCOMPARE(good.call + u' ' + good.target, u"tools/call who"_s);
    QCOMPARE(good.user, u"ada@example.com"_s);
    QVERIFY(good.why.isEmpty() && good.tookMs > 0 && good.receivedAt > 0);
}

void TestFace::tellsAHandlerThatNobodyWaits()
{
    bool isTold = false;
    Call kept;
    Reply later;
    start(open(), [&](Server &server) {
        server.tool({.name = u"wait"_s}, [&](const Call &call, const Reply &reply) {
            kept = call;
            later = reply;
            call.whenCancelled([&isTold] { isTold = true; });
        });
    });
    QTimer::singleShot(0, this, [&] {
        QTRY_VERIFY(!kept.name.isEmpty());
        m_server->stop();
    });
    (void)ask(u"tools/call"_s, {{u"name"_s, u"wait"_s}});
    QTRY_VERIFY(isTold);
    QVERIFY(kept.isCancelled());
    kept.progress(1); // Nothing, and no harm.
    later("too late");
}

void TestFace::beginsAnewAfterItWasStopped()
{
    start(open(), [](Server &server) { server.tool({.name = u"a"_s}, [](const Call &) { return "x"; }); });
    const int port = m_server->port();
    m_server->stop();
    QVERIFY(!m_server->isListening() && m_server->address().isEmpty());
    QVERIFY2(m_server->start(port), qPrintable(m_server->errorString()));
    QCOMPARE(m_server->port(), port);
    QCOMPARE(textOf(ask(u"tools/call"_s, {{u"name"_s, u"a"_s}})), u"x"_s);
}

void TestFace::canBeStoppedFromWithin_data()
{
    QTest::addColumn<QString>("where");
    for (const char *where : {"handler", "completer", "observer"})
        QTest::newRow(where) << QString::fromLatin1(where);
}

void TestFace::canBeStoppedFromWithin()
{
    QFETCH(const QString, where);
    bool couldStart = false;
    std::optional<bool> beganAnew;
    QObject context;
    const auto stopFrom = [&](const QString &here) {
        if (here != where || beganAnew)
            return;
        const int port = m_server->port();
        // Comes right after what is on the stack, when nothing else has been cleared away.
        QMetaObject::invokeMethod(
            &context, [&, port] { beganAnew = m_server->start(port); }, Qt::QueuedConnection);
        m_server->stop();
        couldStart = couldStart || m_server->start(0);
    };
    start(open(), [&](Server &server) {
        server.prompt({.name = u"stop"_s,
                       .arguments = {{.name = u"a"_s,
                                      .complete =
                                          [&](const Call &, const QString &) {
                                              stopFrom(u"completer"_s);
                                              return QStringList(u"b"_s);
                                          }}}},
                      [&](const Call &) {
                          stopFrom(u"handler"_s);
                          return "stopped";
                      });
        server.observe([&](const Exchange &) { stopFrom(u"observer"_s); });
    });
    const int port = m_server->port();
    if (where == "completer"_L1)
        (void)ask(u"completion/complete"_s,
                  {{u"ref"_s, QJsonObject{{u"type"_s, u"ref/prompt"_s}, {u"name"_s, u"stop"_s}}},
                   {u"argument"_s, QJsonObject{{u"name"_s, u"a"_s}, {u"value"_s, u""_s}}}});
    else
        (void)ask(u"prompts/get"_s, {{u"name"_s, u"stop"_s}});
    QTRY_VERIFY(beganAnew.has_value());
    QVERIFY(!couldStart);
    QVERIFY2(*beganAnew, qPrintable(m_server->errorString()));
    QCOMPARE(m_server->port(), port);
}

void TestFace::goesOnWithoutWhatCouldNotBeOffered()
{
    start(open(), [](Server &) {});
    const auto handler = [](const Call &) { return "x"; };
    m_server->prompt({.name = u"a"_s}, handler).prompt({.name = u"a"_s}, handler);
    QCOMPARE(m_server->errorString(), u"There is a prompt \"a\" already."_s);
    QVERIFY2(m_server->start(0), qPrintable(m_server->errorString()));
    m_server->removePrompt(u"a"_s);
    m_server->resourceTemplate({.uriTemplate = u"a://{b}"_s, .name = u"b"_s}, handler);
    m_server->removeResourceTemplate(u"a://{b}"_s);
    QCOMPARE(ask(u"prompts/list"_s, {}).result.value("prompts"_L1).toArray(), QJsonArray());
    QCOMPARE(ask(u"resources/templates/list"_s, {}).result.value("resourceTemplates"_L1).toArray(),
             QJsonArray());
}

void TestFace::outlivesWhatAnObserverThrows()
{
    QTest::ignoreMessage(QtWarningMsg, "A handler threw: an observer");
    start(open(), [](Server &server) {
        server.tool({.name = u"a"_s}, [](const Call &) { return "x"; });
        server.observe([](const Exchange &) { throw std::runtime_error("an observer"); });
    });
    QCOMPARE(textOf(ask(u"tools/call"_s, {{u"name"_s, u"a"_s}})), u"x"_s);
}

void TestFace::callsNobodyFromThePoolForWhomNobodyWaits()
{
    int called = 0;
    QSemaphore isFree;
    const int threads = QThreadPool::globalInstance()->maxThreadCount();
    QThreadPool::globalInstance()->setMaxThreadCount(1);
    const auto usual = qScopeGuard([threads] { QThreadPool::globalInstance()->setMaxThreadCount(threads); });
    QThreadPool::globalInstance()->start([&isFree] { isFree.acquire(); }); // Until then nobody has a turn.
    Call waiting;
    start(open(), [&](Server &server) {
        server.tool({.name = u"slow"_s}, [&, pooled = inThreadPool([&called](const Call &) {
                                                 ++called;
                                                 return "x";
                                             })](const Call &call, const Reply &reply) {
            waiting = call;
            pooled(call, reply);
        });
    });
    QTimer::singleShot(0, this, [&] {
        QTRY_VERIFY(!waiting.name.isEmpty());
        m_server->stop();
        isFree.release();
    });
    (void)ask(u"tools/call"_s, {{u"name"_s, u"slow"_s}});
    QVERIFY(QThreadPool::globalInstance()->waitForDone(10'000));
    QCOMPARE(called, 0);
}

void TestFace::sendsNoFieldThatWouldBeginAnother()
{
    QTcpServer listener;
    QVERIFY(listener.listen(QHostAddress::LocalHost));
    const QString url = u"http://127.0.0.1:%1/"_s.arg(listener.serverPort());
    for (const auto &field : {std::pair(u"A"_s, u"b\r\nX: y"_s), std::pair(u"A: b\r\nX"_s, u"y"_s)}) {
        std::optional<int> came;
        QString said;
        fetch(url, {field}, [&](int status, const QJsonObject &body) {
            came = status;
            said = body.value("error"_L1).toString();
        });
        QTRY_VERIFY(came);
        QCOMPARE(*came, 0);
        QCOMPARE(said, u"A header field cannot be sent as it is."_s);
    }
    QVERIFY(!listener.hasPendingConnections());
}

GATEHOUSE_TEST(TestFace)
#include "tst_server.moc"
