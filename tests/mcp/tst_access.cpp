// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/dispatcher.h"
#include "protocol/eventstream.h"
#include "protocol/methodtable.h"
#include "protocol/revision.h"
#include "support/collected.h"
#include "support/unit.h"

#include <QTest>

#include <stdexcept>

using namespace gatehouse;
using namespace Qt::StringLiterals;

using Peer = std::shared_ptr<test::Collected>;

/// Who may see, keep and come back for what.
class TestAccess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsWhatIsOnesOwnFromEverybodyElse_data();
    void keepsWhatIsOnesOwnFromEverybodyElse();
    void listsOnlyWhatItsReaderMayUse_data();
    void listsOnlyWhatItsReaderMayUse();
    void fillsPagesWithWhatIsShown();
    void tellsOnlyThoseWhoseListHasChanged();
    void tellsWhoeverMaySeeOtherThingsNow();
    void tellsEverybodyWhenTheRulesChange();
    void endsStreamsOfCallsWhoseTokenHasExpired_data();
    void endsStreamsOfCallsWhoseTokenHasExpired();
    void letsAReplayEndWithItsToken();
    void carriesACallAsLongAsTheTokenThatCameBack();
    void endsAnOlderCallThatWasOnlyBegun_data();
    void endsAnOlderCallThatWasOnlyBegun();
    void holdsNoPlaceForQuestionsThatNobodyAnswers();
    void holdsOnToCallsThatWereAnswered();
    void tellsOnlyWhoeverMayReadOfAnUpdate();
    void tellsOnlyTheOrganizationWhoseItIs();
    void listsWhatATemplateHasForItsCaller_data();
    void listsWhatATemplateHasForItsCaller();
    void givesWhatIsThereForAllBeforeAListerThatFails();
    void tellsWhoeverWatchesOfWhatMayHaveChanged();
    void takesNoCursorOfATemplateThatIsNotTheCallers();
    void asksForAccessToTasksOfAToolThatIsGone();
    void answersACallThatNeverStreamed();
    void survivesWhatACompleterThrows();
    void survivesWhatACancelledHandlerThrows();
    void readsWhatNamesItsTargetByNoName();

private:
    /// `rights` are what the caller's Allows gives: scopes.
    Peer send(const QString &revision, const QString &method, QJsonObject params = {});
    Peer listen(const QByteArray &lastEventId);
    /// What "anybody" does from here on.
    void serveInstead(const std::function<void(const mcp::ToolCall &, const mcp::ToolAnswer &)> &handler);
    mcp::Incoming incoming() const;
    QStringList namesIn(const QString &revision, const QString &method, const QString &member);
    /// A template whose resources are called by the caller's organization and a number.
    void addLister(const QString &name, int count, const base::AccessRequirements &needs = {});

    qint64 m_now = 1'000'000'000;
    int m_seed = 0;
    int m_cancelled = 0;
    mcp::Caller m_caller;
    QByteArray m_session;
    mcp::ToolAnswer m_late;
    std::unique_ptr<mcp::Features> m_features;
    std::unique_ptr<mcp::Dispatcher> m_dispatcher;
};

namespace {

base::AccessRequirements scope(const QString &name)
{
    return {{name}, {}, {}};
}

QJsonObject body(const QString &method, const QJsonObject &params)
{
    return {{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, 1}, {u"method"_s, method}, {u"params"_s, params}};
}

const QJsonObject form{{u"type"_s, u"object"_s},
                       {u"properties"_s, QJsonObject{{u"n"_s, QJsonObject{{u"type"_s, u"string"_s}}}}}};

} // namespace

void TestAccess::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    m_dispatcher.reset();
    m_session.clear();
    m_late = {};
    m_cancelled = 0;
    m_caller = {};
    m_caller.authenticated = true;
    m_caller.issuer = u"https://a"_s;
    m_caller.userId = u"ada"_s;
    m_caller.organizationId = u"org_1"_s;
    m_caller.clientId = u"client_1"_s;
    m_features = std::make_unique<mcp::Features>();
    mcp::ProtocolLimits limits;
    limits.pageSize = 2;
    m_dispatcher = std::make_unique<mcp::Dispatcher>(
        mcp::ServerDescription{}, m_features.get(), [this] { return m_now; },
        [this](qsizetype bytes) { return QByteArray::number(++m_seed).rightJustified(bytes, 'x'); }, limits);
    for (const auto &[name, needs] :
         {std::pair{u"anybody"_s, base::AccessRequirements()}, std::pair{u"writer"_s, scope(u"write"_s)},
          std::pair{u"reader"_s, scope(u"read"_s)}}) {
        mcp::Tool tool;
        tool.name = name;
        tool.inputSchema = {{u"type"_s, u"object"_s}};
        tool.needs = needs;
        tool.tasks = mcp::TaskSupport::Optional;
        tool.handler = [this](const mcp::ToolCall &call, const mcp::ToolAnswer &answer) {
            m_late = answer;
            call.context.whenCancelled([this] { ++m_cancelled; });
            if (call.arguments.value(u"ask"_s).toBool()) {
                if (const auto given = mcp::acceptedIn(call.context, u"q"_s))
                    return answer(mcp::ToolResult::text(given->value(u"n"_s).toString()));
                return answer(mcp::InputRequired{{{u"q"_s, mcp::InputRequest::form(u"?"_s, form)}}, {}});
            }
            call.context.becomeTask();
            call.context.progress(1);
        };
        QVERIFY(m_features->addTool(tool));
        mcp::Prompt prompt;
        prompt.name = name;
        prompt.needs = needs;
        prompt.handler
            = [](const mcp::PromptCall &, const mcp::PromptAnswer &answer) { answer(mcp::PromptResult()); };
        prompt.arguments
            = {{u"a"_s, {}, {}, false, [](const auto &, const auto &) { throw std::runtime_error("no"); }}};
        QVERIFY(m_features->addPrompt(prompt));
        mcp::Resource resource;
        resource.uri = u"r://"_s + name;
        resource.name = name;
        resource.needs = needs;
        resource.handler = [](const mcp::ResourceRead &, const mcp::ReadAnswer &answer) {
            answer(QList<mcp::ResourceContents>());
        };
        QVERIFY(m_features->addResource(resource));
        mcp::ResourceTemplate resources;
        resources.uriTemplate = name + u"://{x}"_s;
        resources.name = name;
        resources.needs = needs;
        resources.handler = resource.handler;
        resources.completers.insert(u"x"_s, [](const auto &, const auto &) { throw 7; });
        QVERIFY(m_features->addTemplate(resources));
    }
    QCoreApplication::processEvents();
}

void TestAccess::serveInstead(
    const std::function<void(const mcp::ToolCall &, const mcp::ToolAnswer &)> &handler)
{
    m_features->removeTool(u"anybody"_s);
    mcp::Tool tool;
    tool.name = u"anybody"_s;
    tool.inputSchema = {{u"type"_s, u"object"_s}};
    tool.handler = handler;
    QVERIFY(m_features->addTool(tool));
}

mcp::Incoming TestAccess::incoming() const
{
    mcp::Incoming made;
    made.caller = m_caller;
    made.allows = [caller = m_caller](const base::AccessRequirements &needs) {
        return std::all_of(needs.scopes.begin(), needs.scopes.end(),
                           [&caller](const QString &one) { return caller.scopes.contains(one); })
            && (needs.organizations.isEmpty() || needs.organizations.contains(caller.organizationId));
    };
    return made;
}

Peer TestAccess::send(const QString &revision, const QString &method, QJsonObject params)
{
    mcp::Incoming made = incoming();
    made.headers.protocolVersion = revision.toLatin1();
    if (revision == protocol::modernRevision) {
        QJsonObject meta = params.value(u"_meta"_s).toObject();
        meta.insert(u"io.modelcontextprotocol/protocolVersion"_s, revision);
        QJsonObject capabilities{{u"elicitation"_s, QJsonObject()}};
        if (!meta.contains(u"progressToken"_s))
            capabilities.insert(u"extensions"_s,
                                QJsonObject{{u"io.modelcontextprotocol/tasks"_s, QJsonObject()}});
        meta.insert(u"io.modelcontextprotocol/clientCapabilities"_s, capabilities);
        params.insert(u"_meta"_s, meta);
        made.headers.method = method.toUtf8();
        for (const auto &member : {u"name"_s, u"uri"_s, u"taskId"_s}) {
            if (params.contains(member))
                made.headers.name = params.value(member).toString().toUtf8();
        }
    } else if (m_session.isEmpty()) {
        mcp::Incoming first = incoming();
        first.body = body(u"initialize"_s,
                          {{u"protocolVersion"_s, revision},
                           {u"capabilities"_s, QJsonObject{{u"elicitation"_s, QJsonObject()}}},
                           {u"clientInfo"_s, QJsonObject{{u"name"_s, u"t"_s}, {u"version"_s, u"1"_s}}}});
        const auto begun = std::make_shared<test::Collected>();
        m_dispatcher->handle(first, begun);
        m_session = begun->outgoing().sessionId;
    }
    if (revision != protocol::modernRevision)
        made.sessionId = m_session;
    made.body = body(method, params);
    const auto peer = std::make_shared<test::Collected>();
    m_dispatcher->handle(made, peer);
    QCoreApplication::processEvents();
    return peer;
}

Peer TestAccess::listen(const QByteArray &lastEventId)
{
    mcp::Incoming made = incoming();
    made.sessionId = m_session;
    if (!lastEventId.isEmpty())
        made.lastEventId = lastEventId;
    const auto peer = std::make_shared<test::Collected>();
    m_dispatcher->listen(made, peer);
    return peer;
}

QStringList TestAccess::namesIn(const QString &revision, const QString &method, const QString &member)
{
    QStringList names;
    QJsonObject params;
    do {
        const QJsonObject result = send(revision, method, params)->body().value(u"result"_s).toObject();
        const QJsonArray page = result.value(member).toArray();
        for (const QJsonValue &one : page)
            names.append(one[u"name"_s].toString());
        params = {{u"cursor"_s, result.value(u"nextCursor"_s)}};
    } while (params.value(u"cursor"_s).isString());
    return names;
}

void TestAccess::keepsWhatIsOnesOwnFromEverybodyElse_data()
{
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("organization");
    QTest::addColumn<QString>("client");
    QTest::addColumn<bool>("isSame");
    QTest::newRow("the same") << u"https://a"_s << u"ada"_s << u"org_1"_s << u"client_1"_s << true;
    QTest::newRow("of another issuer") << u"https://b"_s << u"ada"_s << u"org_1"_s << u"client_1"_s << false;
    QTest::newRow("another user") << u"https://a"_s << u"grace"_s << u"org_1"_s << u"client_1"_s << false;
    QTest::newRow("in another organization")
        << u"https://a"_s << u"ada"_s << u"org_2"_s << u"client_1"_s << false;
    QTest::newRow("in none") << u"https://a"_s << u"ada"_s << QString() << u"client_1"_s << false;
    QTest::newRow("with another client")
        << u"https://a"_s << u"ada"_s << u"org_1"_s << u"client_2"_s << false;
}

void TestAccess::keepsWhatIsOnesOwnFromEverybodyElse()
{
    QFETCH(QString, issuer);
    QFETCH(QString, user);
    QFETCH(QString, organization);
    QFETCH(QString, client);
    QFETCH(bool, isSame);
    const auto modern = QString(protocol::modernRevision);
    // A session with a call whose stream was lost, a task, and a question that waits for its answer.
    const Peer call = send(u"2025-11-25"_s, u"tools/call"_s,
                           {{u"name"_s, u"anybody"_s}, {u"_meta"_s, QJsonObject{{u"progressToken"_s, 1}}}});
    QVERIFY(!call->events.isEmpty());
    call->leave();
    m_late(mcp::ToolResult::text(u"for Ada"_s));
    QCoreApplication::processEvents();
    const QString task = send(modern, u"tools/call"_s, {{u"name"_s, u"anybody"_s}})
                             ->body()[u"result"_s][u"taskId"_s]
                             .toString();
    QVERIFY(!task.isEmpty());
    QJsonObject asking{{u"name"_s, u"anybody"_s}, {u"arguments"_s, QJsonObject{{u"ask"_s, true}}}};
    const QJsonValue state = send(modern, u"tools/call"_s, asking)->body()[u"result"_s][u"requestState"_s];
    QVERIFY(state.isString());

    m_caller.issuer = issuer;
    m_caller.userId = user;
    m_caller.organizationId = organization;
    m_caller.clientId = client;
    QCOMPARE(send(u"2025-11-25"_s, u"ping"_s)->outgoing().status, isSame ? 200 : 404);
    const Peer replay = listen(call->events.first().id);
    QCOMPARE(replay->events.isEmpty(), !isSame);
    QCOMPARE(replay->outgoing().body.contains("for Ada") || !replay->messages().isEmpty(), isSame);
    const Peer got = send(modern, u"tasks/get"_s, {{u"taskId"_s, task}});
    QCOMPARE(got->body().contains(u"result"_s), isSame);
    asking.insert(u"requestState"_s, state);
    asking.insert(u"inputResponses"_s,
                  QJsonObject{{u"q"_s,
                               QJsonObject{{u"action"_s, u"accept"_s},
                                           {u"content"_s, QJsonObject{{u"n"_s, u"yes"_s}}}}}});
    const QJsonObject answered = send(modern, u"tools/call"_s, asking)->body();
    QCOMPARE(answered[u"result"_s][u"content"_s][0][u"text"_s].toString(), isSame ? u"yes"_s : QString());
    QCOMPARE(m_dispatcher->endSession(m_session, m_caller).status, isSame ? 200 : 404);
}

void TestAccess::listsOnlyWhatItsReaderMayUse_data()
{
    QTest::addColumn<QString>("revision");
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("member");
    for (const QString &revision : protocol::allRevisions()) {
        for (const auto &[method, member] :
             {std::pair{u"tools/list"_s, u"tools"_s}, std::pair{u"prompts/list"_s, u"prompts"_s},
              std::pair{u"resources/list"_s, u"resources"_s},
              std::pair{u"resources/templates/list"_s, u"resourceTemplates"_s}})
            QTest::addRow("%s %s", qPrintable(revision), qPrintable(method)) << revision << method << member;
    }
}

void TestAccess::listsOnlyWhatItsReaderMayUse()
{
    QFETCH(QString, revision);
    QFETCH(QString, method);
    QFETCH(QString, member);
    QCOMPARE(namesIn(revision, method, member), QStringList{u"anybody"_s});
    m_caller.scopes = {u"read"_s};
    QCOMPARE(namesIn(revision, method, member), (QStringList{u"anybody"_s, u"reader"_s}));
    m_caller.scopes = {u"read"_s, u"write"_s};
    QCOMPARE(namesIn(revision, method, member), (QStringList{u"anybody"_s, u"writer"_s, u"reader"_s}));
    m_caller.scopes = {};
    m_features->setHidesForbidden(false);
    QCOMPARE(namesIn(revision, method, member), (QStringList{u"anybody"_s, u"writer"_s, u"reader"_s}));
    if (revision == protocol::modernRevision)
        QCOMPARE(send(revision, method)->body()[u"result"_s][u"cacheScope"_s].toString(), u"private"_s);
}

void TestAccess::fillsPagesWithWhatIsShown()
{
    m_caller.scopes = {u"read"_s};
    const QJsonObject first = send(u"2025-11-25"_s, u"tools/list"_s)->body()[u"result"_s].toObject();
    QCOMPARE(first[u"tools"_s].toArray().size(), 2);
    QVERIFY2(!first.contains(u"nextCursor"_s), "a cursor would tell that there is more");
}

void TestAccess::tellsOnlyThoseWhoseListHasChanged()
{
    m_caller.scopes = {u"read"_s};
    (void)send(u"2025-11-25"_s, u"ping"_s);
    const Peer legacy = listen({});
    const Peer modern = send(QString(protocol::modernRevision), u"subscriptions/listen"_s,
                             {{u"notifications"_s, QJsonObject{{u"toolsListChanged"_s, true}}}});
    const qsizetype acknowledged = modern->messages().size();
    mcp::Tool tool;
    tool.name = u"more"_s;
    tool.inputSchema = {{u"type"_s, u"object"_s}};
    tool.handler = [](const mcp::ToolCall &, const mcp::ToolAnswer &) {};
    tool.needs = scope(u"write"_s);
    QVERIFY(m_features->addTool(tool));
    QVERIFY(m_features->removeTool(u"writer"_s));
    QCoreApplication::processEvents();
    QVERIFY(legacy->messages().isEmpty());
    QCOMPARE(modern->messages().size(), acknowledged);
    QVERIFY(m_features->removeTool(u"reader"_s));
    QCoreApplication::processEvents();
    QCOMPARE(legacy->messages().size(), 1);
    QCOMPARE(modern->messages().size(), acknowledged + 1);
}

void TestAccess::tellsWhoeverMaySeeOtherThingsNow()
{
    m_caller.scopes = {u"read"_s};
    (void)send(u"2025-11-25"_s, u"ping"_s);
    const Peer stream = listen({});
    (void)send(u"2025-11-25"_s, u"ping"_s);
    QVERIFY(stream->messages().isEmpty());
    m_caller.scopes = {u"write"_s}; // A new token of the same caller.
    (void)send(u"2025-11-25"_s, u"ping"_s);
    QStringList told;
    for (const QJsonObject &message : stream->messages())
        told.append(message[u"method"_s].toString());
    QCOMPARE(told,
             (QStringList{u"notifications/tools/list_changed"_s, u"notifications/resources/list_changed"_s,
                          u"notifications/prompts/list_changed"_s}));
}

void TestAccess::tellsEverybodyWhenTheRulesChange()
{
    (void)send(u"2025-11-25"_s, u"ping"_s);
    const Peer stream = listen({});
    m_features->setRules({{u"anybody"_s, scope(u"read"_s)}});
    QCoreApplication::processEvents();
    QCOMPARE(stream->messages().size(), 1);
    QCOMPARE(namesIn(u"2025-11-25"_s, u"tools/list"_s, u"tools"_s), QStringList());
    m_features->setRules({{u"anybody"_s, scope(u"read"_s)}}); // The same again.
    QCoreApplication::processEvents();
    QCOMPARE(stream->messages().size(), 1);
}

void TestAccess::endsStreamsOfCallsWhoseTokenHasExpired_data()
{
    QTest::addColumn<QString>("revision");
    QTest::addColumn<bool>("goesOn");
    for (const QString &revision : protocol::allRevisions())
        QTest::newRow(qPrintable(revision)) << revision << (revision != protocol::modernRevision);
}

void TestAccess::endsStreamsOfCallsWhoseTokenHasExpired()
{
    QFETCH(QString, revision);
    QFETCH(bool, goesOn);
    m_caller.expiresAt = m_now / 1000 + 60;
    const Peer peer = send(revision, u"tools/call"_s,
                           {{u"name"_s, u"anybody"_s}, {u"_meta"_s, QJsonObject{{u"progressToken"_s, 1}}}});
    QVERIFY(peer->hasBegun);
    m_now += 59'999;
    m_dispatcher->sweep();
    QCOMPARE(peer->ends, 0);
    m_now += 1;
    m_dispatcher->sweep();
    QCOMPARE(peer->ends, 1);
    QCoreApplication::processEvents();
    // Who can come back for the rest may, with a new token; for others the work ends.
    QCOMPARE(m_cancelled, goesOn ? 0 : 1);
    m_caller.expiresAt += 60;
    m_late(mcp::ToolResult::text(u"done"_s));
    QCoreApplication::processEvents();
    if (!goesOn) {
        const QString message = peer->messages().last()[u"error"_s][u"message"_s].toString();
        QVERIFY2(message.contains(u"expired"_s), qPrintable(message));
        return;
    }
    QVERIFY(!peer->events.last().data.contains("done"));
    const Peer again = listen(peer->events.first().id);
    QVERIFY(again->messages().last().contains(u"result"_s));
    QCOMPARE(again->ends, 1);
}

void TestAccess::letsAReplayEndWithItsToken()
{
    const Peer peer = send(u"2025-11-25"_s, u"tools/call"_s,
                           {{u"name"_s, u"anybody"_s}, {u"_meta"_s, QJsonObject{{u"progressToken"_s, 1}}}});
    peer->leave();
    m_caller.expiresAt = m_now / 1000 + 60;
    const Peer again = listen(peer->events.first().id);
    QCOMPARE(again->ends, 0);
    m_now += 60'000;
    m_dispatcher->sweep();
    QCOMPARE(again->ends, 1);
    QCOMPARE(m_cancelled, 0);
}

void TestAccess::carriesACallAsLongAsTheTokenThatCameBack()
{
    m_caller.expiresAt = m_now / 1000 + 60;
    const Peer peer = send(u"2025-11-25"_s, u"tools/call"_s,
                           {{u"name"_s, u"anybody"_s}, {u"_meta"_s, QJsonObject{{u"progressToken"_s, 1}}}});
    m_now += 60'000;
    m_dispatcher->sweep();
    QCOMPARE(peer->ends, 1);
    QVERIFY(peer->events.last().retryMs > 0); // When to come back.
    m_caller.expiresAt += 600;
    const Peer again = listen(peer->events.first().id);
    for (int i = 0; i < 5; ++i) {
        m_now += 10'000;
        m_dispatcher->sweep();
    }
    QCOMPARE(again->ends, 0);
    m_late(mcp::ToolResult::text(u"done"_s));
    QCoreApplication::processEvents();
    QVERIFY(again->messages().last().contains(u"result"_s));
}

void TestAccess::endsAnOlderCallThatWasOnlyBegun_data()
{
    QTest::addColumn<QString>("revision");
    QTest::newRow("2025-03-26") << u"2025-03-26"_s;
    QTest::newRow("2025-06-18") << u"2025-06-18"_s;
}

/// These clients cannot come back, and would read an event without data as a broken message.
void TestAccess::endsAnOlderCallThatWasOnlyBegun()
{
    QFETCH(QString, revision);
    m_caller.expiresAt = m_now / 1000 + 60;
    serveInstead([this](const mcp::ToolCall &call, const mcp::ToolAnswer &answer) {
        m_late = answer;
        call.context.whenCancelled([this] { ++m_cancelled; });
    });
    const Peer peer = send(revision, u"tools/call"_s, {{u"name"_s, u"anybody"_s}});
    peer->send({}); // As where an answer takes long.
    QVERIFY(peer->hasBegun);
    m_now += 60'000;
    m_dispatcher->sweep();
    QCOMPARE(peer->ends, 1);
    QCOMPARE(m_cancelled, 1);
    for (const protocol::Event &event : std::as_const(peer->events))
        QVERIFY(!event.data.isEmpty());
    const QString message = peer->messages().last()[u"error"_s][u"message"_s].toString();
    QVERIFY2(message.contains(u"expired"_s), qPrintable(message));
}

void TestAccess::holdsNoPlaceForQuestionsThatNobodyAnswers()
{
    m_caller.expiresAt = m_now / 1000 + 6000;
    const Peer peer = send(u"2025-11-25"_s, u"tools/call"_s,
                           {{u"name"_s, u"anybody"_s}, {u"arguments"_s, QJsonObject{{u"ask"_s, true}}}});
    QVERIFY(peer->hasBegun);
    const QByteArray first = std::exchange(m_session, {});
    peer->leave();
    m_now += 60'001;
    mcp::ProtocolLimits limits;
    limits.sessions.count = 1;
    m_dispatcher->setLimits(limits);
    send(u"2025-11-25"_s, u"ping"_s);
    QVERIFY2(!m_session.isEmpty(), "the session of a client that is gone makes room");
    QVERIFY(m_session != first);
    QTRY_COMPARE(m_cancelled, 1);
    // Whoever is there to answer is waited for.
    const Peer open = send(u"2025-11-25"_s, u"tools/call"_s,
                           {{u"name"_s, u"anybody"_s}, {u"arguments"_s, QJsonObject{{u"ask"_s, true}}}});
    QVERIFY(open->hasBegun);
    m_now += 60'001;
    m_session.clear();
    send(u"2025-11-25"_s, u"ping"_s);
    QVERIFY(m_session.isEmpty());
    QCOMPARE(open->ends, 0);
}

/// It asked, was answered and works on: its client may come back for the rest.
void TestAccess::holdsOnToCallsThatWereAnswered()
{
    serveInstead([this](const mcp::ToolCall &call, const mcp::ToolAnswer &answer) {
        call.context.whenCancelled([this] { ++m_cancelled; });
        if (mcp::acceptedIn(call.context, u"q"_s))
            m_late = answer;
        else
            answer(mcp::InputRequired{{{u"q"_s, mcp::InputRequest::form(u"?"_s, form)}}, {}});
    });
    const Peer peer = send(u"2025-11-25"_s, u"tools/call"_s, {{u"name"_s, u"anybody"_s}});
    const QList<QJsonObject> asked = peer->messages();
    QVERIFY(!asked.isEmpty());
    mcp::Incoming reply = incoming();
    reply.sessionId = m_session;
    reply.body = QJsonObject{
        {u"jsonrpc"_s, u"2.0"_s},
        {u"id"_s, asked.last().value(u"id"_s)},
        {u"result"_s,
         QJsonObject{{u"action"_s, u"accept"_s}, {u"content"_s, QJsonObject{{u"n"_s, u"x"_s}}}}}};
    const auto answered = std::make_shared<test::Collected>();
    m_dispatcher->handle(reply, answered);
    QTRY_VERIFY(m_late);
    const QByteArray first = m_session;
    peer->leave();
    m_now += 60'001;
    mcp::ProtocolLimits limits;
    limits.sessions.count = 1;
    m_dispatcher->setLimits(limits);
    m_session.clear();
    send(u"2025-11-25"_s, u"ping"_s);
    QVERIFY2(m_session.isEmpty(), "the session is at work and makes no room");
    QCOMPARE(m_cancelled, 0);
    m_session = first;
    m_late(mcp::ToolResult::text(u"done"_s));
    QCoreApplication::processEvents();
    const Peer again = listen(peer->events.first().id);
    QVERIFY(again->messages().last().contains(u"result"_s));
}

void TestAccess::tellsOnlyWhoeverMayReadOfAnUpdate()
{
    const auto watch = [this] {
        return send(
            QString(protocol::modernRevision), u"subscriptions/listen"_s,
            {{u"notifications"_s, QJsonObject{{u"resourceSubscriptions"_s, QJsonArray({u"r://later"_s})}}}});
    };
    m_caller.scopes = {u"read"_s};
    const Peer reader = watch();
    send(u"2025-11-25"_s, u"resources/subscribe"_s, {{u"uri"_s, u"r://later"_s}});
    const Peer session = listen({});
    m_caller.scopes = {u"write"_s};
    const Peer writer = watch();
    mcp::Resource resource;
    resource.uri = resource.name = u"r://later"_s;
    resource.needs = scope(u"write"_s);
    resource.handler = [](const mcp::ResourceRead &, const mcp::ReadAnswer &answer) {
        answer(QList<mcp::ResourceContents>());
    };
    QVERIFY(m_features->addResource(resource));
    m_features->resourceChanged(u"r://later"_s);
    QCoreApplication::processEvents();
    const auto heard = [](const Peer &peer) {
        const QList<QJsonObject> all = peer->messages();
        return std::any_of(all.begin(), all.end(), [](const QJsonObject &one) {
            return one.value(u"method"_s) == u"notifications/resources/updated"_s;
        });
    };
    QVERIFY(heard(writer));
    QVERIFY(!heard(reader));
    QVERIFY(!heard(session));
}

void TestAccess::tellsOnlyTheOrganizationWhoseItIs()
{
    const auto watch = [this] {
        return send(QString(protocol::modernRevision), u"subscriptions/listen"_s,
                    {{u"notifications"_s,
                      QJsonObject{{u"resourceSubscriptions"_s, QJsonArray({u"anybody://1"_s})},
                                  {u"resourcesListChanged"_s, true}}}});
    };
    const auto heard = [](const Peer &peer) {
        QStringList methods;
        for (const QJsonObject &one : peer->messages().mid(1))
            methods.append(one.value(u"method"_s).toString());
        return methods;
    };
    const Peer ours = watch();
    m_caller.organizationId = u"org_2"_s;
    const Peer theirs = watch();
    send(u"2025-11-25"_s, u"resources/subscribe"_s, {{u"uri"_s, u"anybody://1"_s}});
    const Peer session = listen({});
    const qsizetype before = session->messages().size();
    m_features->setHidesForbidden(false); // Of tools, and no reason to tell of another's documents …
    QCoreApplication::processEvents();
    const qsizetype told = heard(theirs).size();
    m_features->resourceChanged(u"anybody://1"_s, {{}, {}, {u"org_1"_s}});
    m_features->listedResourcesChanged({{}, {}, {u"org_1"_s}});
    QCoreApplication::processEvents();
    QCOMPARE(heard(ours).mid(told),
             (QStringList{u"notifications/resources/updated"_s, u"notifications/resources/list_changed"_s}));
    QCOMPARE(heard(theirs).size(), told);
    QCOMPARE(session->messages().size(), before + 3); // … only of the three lists.
    const auto nobody = std::make_shared<test::Collected>();
    QVERIFY2(!mcp::isToldOf({}, {{}, {}, {u"org_1"_s}}), "who has no token has no organization");
    QVERIFY(mcp::isToldOf({}, {}));
}

void TestAccess::addLister(const QString &name, int count, const base::AccessRequirements &needs)
{
    mcp::ResourceTemplate resources;
    resources.uriTemplate = name + u"-list://{x}"_s;
    resources.name = name;
    resources.needs = needs;
    resources.handler
        = [](const mcp::ResourceRead &, const mcp::ReadAnswer &answer) { answer(mcp::NotFound()); };
    resources.lister = [=](const mcp::ResourceListCall &call, const mcp::ResourceListAnswer &answer) {
        if (count < 0)
            throw std::runtime_error("no");
        if (count == 0)
            return answer(protocol::RpcError{protocol::code::internalError, u"It is down."_s, {}});
        mcp::ResourceListPage page;
        int next = call.cursor.toInt();
        for (int i = 0; i < 2 && next < count; ++i) {
            mcp::Resource one;
            one.name = u"%1 %2 %3"_s.arg(name, call.caller.organizationId).arg(++next);
            one.uri = name + u"-list://"_s + QString::number(next);
            page.resources.append(one);
        }
        if (next < count)
            page.next = QString::number(next);
        answer(page);
    };
    QVERIFY(m_features->addTemplate(resources));
}

void TestAccess::listsWhatATemplateHasForItsCaller_data()
{
    QTest::addColumn<QString>("revision");
    for (const QString &revision : protocol::allRevisions())
        QTest::addRow("%s", qPrintable(revision)) << revision;
}

void TestAccess::listsWhatATemplateHasForItsCaller()
{
    QFETCH(QString, revision);
    addLister(u"docs"_s, 3);
    addLister(u"secret"_s, 1, scope(u"read"_s));
    const auto names = [&] { return namesIn(revision, u"resources/list"_s, u"resources"_s); };
    const QStringList open{u"anybody"_s, u"docs org_1 1"_s, u"docs org_1 2"_s, u"docs org_1 3"_s};
    QCOMPARE(names(), open);
    m_features->setHidesForbidden(false);
    QVERIFY2(!names().contains(u"secret org_1 1"_s), "what is there is content, and no feature");
    m_features->setHidesForbidden(true);
    m_caller.scopes = {u"read"_s};
    m_caller.organizationId = u"org_2"_s;
    m_session.clear();
    QCOMPARE(names(),
             (QStringList{u"anybody"_s, u"reader"_s, u"docs org_2 1"_s, u"docs org_2 2"_s, u"docs org_2 3"_s,
                          u"secret org_2 1"_s}));
    // What cannot be listed is an error and no list without it; and what there is for all comes before that.
    addLister(u"down"_s, 0);
    QJsonObject params;
    QJsonObject last;
    QStringList seen;
    do {
        last = send(revision, u"resources/list"_s, params)->body();
        const QJsonArray page = last[u"result"_s][u"resources"_s].toArray();
        for (const QJsonValue &one : page)
            seen.append(one[u"name"_s].toString());
        params = {{u"cursor"_s, last[u"result"_s][u"nextCursor"_s]}};
    } while (params.value(u"cursor"_s).isString());
    QCOMPARE(seen.last(), u"secret org_2 1"_s);
    QCOMPARE(last[u"error"_s][u"message"_s].toString(), u"It is down."_s);
}

void TestAccess::givesWhatIsThereForAllBeforeAListerThatFails()
{
    m_features->removeResource(u"r://reader"_s);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"handler threw"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"handler threw"_s));
    addLister(u"broken"_s, -1);
    const QJsonObject first = send(u"2025-11-25"_s, u"resources/list"_s)->body()[u"result"_s].toObject();
    QCOMPARE(first[u"resources"_s][0][u"name"_s].toString(), u"anybody"_s);
    const QJsonObject second
        = send(u"2025-11-25"_s, u"resources/list"_s, {{u"cursor"_s, first[u"nextCursor"_s]}})->body();
    QCOMPARE(second[u"error"_s][u"code"_s].toInt(), -32603);
}

void TestAccess::tellsWhoeverWatchesOfWhatMayHaveChanged()
{
    const auto watch = [this](const QString &uri) {
        return send(QString(protocol::modernRevision), u"subscriptions/listen"_s,
                    {{u"notifications"_s, QJsonObject{{u"resourceSubscriptions"_s, QJsonArray({uri})}}}});
    };
    const Peer one = watch(u"anybody://1"_s);
    const Peer other = watch(u"r://anybody"_s);
    send(u"2025-11-25"_s, u"resources/subscribe"_s, {{u"uri"_s, u"anybody://2"_s}});
    const Peer session = listen({});
    const qsizetype before = session->messages().size();
    m_features->resourcesMayHaveChanged(u"anybody://"_s);
    QCoreApplication::processEvents();
    QCOMPARE(one->messages().last()[u"params"_s][u"uri"_s].toString(), u"anybody://1"_s);
    QCOMPARE(other->messages().size(), 1);
    QCOMPARE(session->messages().size(), before + 1);
}

void TestAccess::takesNoCursorOfATemplateThatIsNotTheCallers()
{
    addLister(u"secret"_s, 3, scope(u"read"_s));
    m_caller.scopes = {u"read"_s};
    const auto list = [this](const QJsonValue &cursor) {
        return send(u"2025-11-25"_s, u"resources/list"_s, {{u"cursor"_s, cursor}})->body();
    };
    QJsonValue cursor = send(u"2025-11-25"_s, u"resources/list"_s)->body()[u"result"_s][u"nextCursor"_s];
    QVERIFY(cursor.isString() && list(cursor).contains(u"result"_s));
    m_caller.scopes = {};
    m_session.clear();
    (void)send(u"2025-11-25"_s, u"ping"_s);
    QCOMPARE(list(cursor)[u"error"_s][u"code"_s].toInt(), -32602);
    for (const QByteArray &made :
         {"resources/list @"_ba, "resources/list @x 1"_ba, "resources/list @999999 1"_ba,
          "resources/list @-1 1"_ba, "resources/list @99999999999 1"_ba})
        QCOMPARE(list(QString::fromLatin1(made.toBase64(
                     QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)))[u"error"_s][u"code"_s]
                     .toInt(),
                 -32602);
}

void TestAccess::asksForAccessToTasksOfAToolThatIsGone()
{
    m_caller.scopes = {u"write"_s};
    const Peer created = send(QString(protocol::modernRevision), u"tools/call"_s, {{u"name"_s, u"writer"_s}});
    const QString id = created->body()[u"result"_s][u"taskId"_s].toString();
    QVERIFY(!id.isEmpty());
    m_features->removeTool(u"writer"_s);
    mcp::Incoming made = incoming();
    made.body = body(u"tasks/get"_s, {{u"taskId"_s, id}});
    QCOMPARE(m_dispatcher->needsOf(made), QList<base::AccessRequirements>{scope(u"write"_s)});
}

void TestAccess::answersACallThatNeverStreamed()
{
    m_caller.expiresAt = m_now / 1000 + 1;
    serveInstead([this](const mcp::ToolCall &, const mcp::ToolAnswer &answer) { m_late = answer; });
    const Peer peer = send(QString(protocol::modernRevision), u"tools/call"_s, {{u"name"_s, u"anybody"_s}});
    m_now += 1'000;
    m_dispatcher->sweep();
    QCOMPARE(peer->ends, 0);
    m_late(mcp::ToolResult::text(u"done"_s));
    QTRY_COMPARE(peer->ends, 1);
    QVERIFY(peer->body().contains(u"result"_s));
}

void TestAccess::survivesWhatACompleterThrows()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"A handler threw: no"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"A handler threw something"_s));
    for (const QJsonObject &reference :
         {QJsonObject{{u"type"_s, u"ref/prompt"_s}, {u"name"_s, u"anybody"_s}},
          QJsonObject{{u"type"_s, u"ref/resource"_s}, {u"uri"_s, u"anybody://{x}"_s}}}) {
        const QString name = reference.contains(u"name"_s) ? u"a"_s : u"x"_s;
        const Peer peer = send(
            u"2025-11-25"_s, u"completion/complete"_s,
            {{u"ref"_s, reference}, {u"argument"_s, QJsonObject{{u"name"_s, name}, {u"value"_s, u"v"_s}}}});
        QTRY_COMPARE(peer->ends, 1);
        QCOMPARE(peer->body()[u"error"_s][u"code"_s].toInt(), -32603);
    }
}

void TestAccess::survivesWhatACancelledHandlerThrows()
{
    m_features->removeTool(u"anybody"_s);
    mcp::Tool angry;
    angry.name = u"anybody"_s;
    angry.inputSchema = {{u"type"_s, u"object"_s}};
    angry.handler = [this](const mcp::ToolCall &call, const mcp::ToolAnswer &answer) {
        m_late = answer;
        call.context.whenCancelled([] { throw std::runtime_error("no"); });
        call.context.whenCancelled([this] { ++m_cancelled; });
    };
    QVERIFY(m_features->addTool(angry));
    const Peer peer = send(QString(protocol::modernRevision), u"tools/call"_s, {{u"name"_s, u"anybody"_s}});
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"A handler threw: no"_s));
    peer->leave();
    QCOMPARE(m_cancelled, 1);
}

/// Qt 6.8 crashes where it is asked for a null name in an object that has an empty one.
void TestAccess::readsWhatNamesItsTargetByNoName()
{
    for (const protocol::Method &method : protocol::allMethods()) {
        mcp::Incoming incoming;
        incoming.body = protocol::Body(QJsonObject{{u"jsonrpc"_s, u"2.0"_s},
                                                   {u"id"_s, 1},
                                                   {u"method"_s, QString(method.name)},
                                                   {u"params"_s, QJsonObject{{QString(u""_s), u"x"_s}}}});
        QVERIFY(m_dispatcher->needsOf(incoming).isEmpty());
        QCOMPARE(m_dispatcher->describe(incoming).target, QString());
    }
}

GATEHOUSE_TEST(TestAccess)
#include "tst_access.moc"
