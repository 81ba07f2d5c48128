// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/served.h"
#include "support/unit.h"

using namespace gatehouse;
using namespace gatehouse::test;
using namespace Qt::StringLiterals;

/// Tokens × what operations need, of single messages and of those that come together.
class TestAccess : public QObject, private Served
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void judgesEachMessageOfABatchByItself_data();
    void judgesEachMessageOfABatchByItself();
    void judgesEachWatchedResourceByItself_data();
    void judgesEachWatchedResourceByItself();
    void asksForAccessBeforeItCompletes_data();
    void asksForAccessBeforeItCompletes();
    void showsListsByTheRightsOfAToken();
    void remarksATokenThatIsForOthersToo();

private:
    http::Response inSession(const QJsonValue &message, const QByteArray &token);

    int m_calls = 0;
    QByteArray m_session;
};

namespace {

QJsonObject call(const QString &tool, int id)
{
    return {{u"jsonrpc"_s, u"2.0"_s},
            {u"id"_s, id},
            {u"method"_s, u"tools/call"_s},
            {u"params"_s, QJsonObject{{u"name"_s, tool}}}};
}

QJsonObject claimsOf(const QString &organization, const QStringList &permissions = {})
{
    QJsonObject claims;
    if (!organization.isEmpty())
        claims.insert(u"org_id"_s, organization);
    if (!permissions.isEmpty())
        claims.insert(u"permissions"_s, QJsonArray::fromStringList(permissions));
    return claims;
}

} // namespace

void TestAccess::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    start();
    m_calls = 0;
    m_session.clear();
    for (const auto &[name, needs] :
         {std::pair{u"free"_s, base::AccessRequirements()},
          std::pair{u"of1"_s, base::AccessRequirements{{}, {}, {u"org_1"_s}}},
          std::pair{u"of2"_s, base::AccessRequirements{{}, {}, {u"org_2"_s}}},
          std::pair{u"of1or2"_s, base::AccessRequirements{{}, {}, {u"org_1"_s, u"org_2"_s}}},
          std::pair{u"scoped"_s, base::AccessRequirements{{u"read"_s}, {}, {}}},
          std::pair{u"permitted"_s, base::AccessRequirements{{}, {u"manage"_s}, {}}},
          std::pair{u"all"_s, base::AccessRequirements{{u"read"_s}, {u"manage"_s}, {u"org_1"_s}}}}) {
        mcp::Tool tool;
        tool.name = name;
        tool.inputSchema = {{u"type"_s, u"object"_s}};
        tool.needs = needs;
        tool.handler = [this](const mcp::ToolCall &, const mcp::ToolAnswer &answer) {
            ++m_calls;
            answer(mcp::ToolResult::text(u"done"_s));
        };
        QVERIFY(m_features->addTool(tool));
        mcp::Resource resource;
        resource.uri = u"r://"_s + name;
        resource.name = name;
        resource.needs = needs;
        resource.handler = [](const mcp::ResourceRead &, const mcp::ReadAnswer &answer) {
            answer(QList<mcp::ResourceContents>());
        };
        QVERIFY(m_features->addResource(resource));
        mcp::Prompt prompt;
        prompt.name = name;
        prompt.needs = needs;
        prompt.arguments = {{u"a"_s, {}, {}, false, [this](const auto &, const auto &answer) {
                                 ++m_calls;
                                 answer({u"secret word"_s});
                             }}};
        prompt.handler
            = [](const mcp::PromptCall &, const mcp::PromptAnswer &answer) { answer(mcp::PromptResult()); };
        QVERIFY(m_features->addPrompt(prompt));
    }
}

http::Response TestAccess::inSession(const QJsonValue &message, const QByteArray &token)
{
    if (m_session.isEmpty()) {
        const QJsonObject initialize{
            {u"jsonrpc"_s, u"2.0"_s},
            {u"id"_s, 0},
            {u"method"_s, u"initialize"_s},
            {u"params"_s,
             QJsonObject{{u"protocolVersion"_s, u"2025-03-26"_s},
                         {u"capabilities"_s, QJsonObject()},
                         {u"clientInfo"_s, QJsonObject{{u"name"_s, u"a"_s}, {u"version"_s, u"1"_s}}}}}};
        m_session = headerOf(send(post(initialize, token)), "Mcp-Session-Id");
    }
    http::Request request = post(message, token);
    request.headers.append({"Mcp-Session-Id"_ba, m_session});
    return send(request);
}

void TestAccess::judgesEachMessageOfABatchByItself_data()
{
    QTest::addColumn<QStringList>("tools");
    QTest::addColumn<QString>("organization");
    QTest::addColumn<QString>("scope");
    QTest::addColumn<QStringList>("permissions");
    QTest::addColumn<int>("status");
    QTest::addColumn<auth::Reason>("reason");
    using auth::Reason;
    const QStringList manage{u"manage"_s};
    const auto row = [](const char *name, const QStringList &tools, const QString &organization,
                        const QString &scope, const QStringList &permissions, Reason reason) {
        QTest::newRow(name) << tools << organization << scope << permissions
                            << (reason == Reason::Valid ? 200 : 403) << reason;
    };
    row("nothing is needed", {u"free"_s, u"free"_s}, {}, {}, {}, Reason::Valid);
    row("one's own organization, twice", {u"of1"_s, u"of1"_s}, u"org_1"_s, {}, {}, Reason::Valid);
    row("one's own, then a foreign one's", {u"of1"_s, u"of2"_s}, u"org_1"_s, {}, {},
        Reason::WrongOrganization);
    row("a foreign one's, then one's own", {u"of2"_s, u"of1"_s}, u"org_1"_s, {}, {},
        Reason::WrongOrganization);
    row("one of two, and one's own", {u"of1or2"_s, u"of1"_s}, u"org_1"_s, {}, {}, Reason::Valid);
    row("one of two, and a foreign one's", {u"of1or2"_s, u"of2"_s}, u"org_1"_s, {}, {},
        Reason::WrongOrganization);
    row("both, of no organization", {u"of1"_s, u"of2"_s}, {}, {}, {}, Reason::WrongOrganization);
    row("the foreign one behind free ones", {u"free"_s, u"free"_s, u"of2"_s}, u"org_1"_s, {}, {},
        Reason::WrongOrganization);
    row("a scope that is there", {u"free"_s, u"scoped"_s}, {}, u"read"_s, {}, Reason::Valid);
    row("a scope that is not", {u"free"_s, u"scoped"_s}, {}, u"openid"_s, {}, Reason::MissingScope);
    row("a permission that is there", {u"permitted"_s, u"free"_s}, {}, {}, manage, Reason::Valid);
    row("a permission that is not", {u"permitted"_s, u"free"_s}, {}, {}, {}, Reason::MissingPermission);
    row("scope and organization, both there", {u"scoped"_s, u"of1"_s}, u"org_1"_s, u"read"_s, {},
        Reason::Valid);
    row("scope there, organization foreign", {u"scoped"_s, u"of2"_s}, u"org_1"_s, u"read"_s, {},
        Reason::WrongOrganization);
    row("scope missing, organization foreign", {u"scoped"_s, u"of2"_s}, u"org_1"_s, {}, {},
        Reason::MissingScope);
    row("all in one", {u"all"_s, u"of1"_s}, u"org_1"_s, u"read"_s, manage, Reason::Valid);
    row("all in one, and a foreign one's", {u"all"_s, u"of2"_s}, u"org_1"_s, u"read"_s, manage,
        Reason::WrongOrganization);
    row("all in one, but a permission", {u"all"_s, u"of1"_s}, u"org_1"_s, u"read"_s, {},
        Reason::MissingPermission);
}

void TestAccess::judgesEachMessageOfABatchByItself()
{
    QFETCH(QStringList, tools);
    QFETCH(QString, organization);
    QFETCH(QString, scope);
    QFETCH(QStringList, permissions);
    QFETCH(int, status);
    QFETCH(auth::Reason, reason);
    QJsonArray batch;
    for (const QString &tool : tools)
        batch.append(call(tool, int(batch.size()) + 1));
    const http::Response response
        = inSession(batch, token(u"user_1"_s, scope, claimsOf(organization, permissions)));
    QCOMPARE(response.status, status);
    QCOMPARE(m_recorder.all.last().verdict.reason, reason);
    QCOMPARE(m_calls, status == 200 ? int(tools.size()) : 0); // All of it, or nothing.
    if (reason == auth::Reason::MissingScope)
        QVERIFY(headerOf(response, "WWW-Authenticate").contains("scope=\"read\""));
}

void TestAccess::judgesEachWatchedResourceByItself_data()
{
    QTest::addColumn<QStringList>("watched");
    QTest::addColumn<QString>("organization");
    QTest::addColumn<bool>("isAllowed");
    QTest::newRow("one's own") << QStringList{u"free"_s, u"of1"_s} << u"org_1"_s << true;
    QTest::newRow("a foreign one's") << QStringList{u"of2"_s} << u"org_1"_s << false;
    QTest::newRow("one's own and a foreign one's") << QStringList{u"of1"_s, u"of2"_s} << u"org_1"_s << false;
    QTest::newRow("in the other order") << QStringList{u"of2"_s, u"of1"_s} << u"org_1"_s << false;
    QTest::newRow("shared by both, and one's own")
        << QStringList{u"of1or2"_s, u"of1"_s} << u"org_1"_s << true;
}

void TestAccess::judgesEachWatchedResourceByItself()
{
    QFETCH(QStringList, watched);
    QFETCH(QString, organization);
    QFETCH(bool, isAllowed);
    QJsonObject message = modernCall();
    QJsonObject params = message[u"params"_s].toObject();
    params.remove(u"name"_s);
    QJsonArray uris;
    for (const QString &one : watched)
        uris.append(u"r://"_s + one);
    params.insert(u"notifications"_s, QJsonObject{{u"resourceSubscriptions"_s, uris}});
    message.insert(u"params"_s, params);
    message.insert(u"method"_s, u"subscriptions/listen"_s);
    http::Request request = post(message, token(u"user_1"_s, {}, claimsOf(organization)));
    request.headers += base::Headers{{"MCP-Protocol-Version"_ba, "2026-07-28"_ba},
                                     {"Mcp-Method"_ba, "subscriptions/listen"_ba}};
    // Without Accept of a stream it is refused only where it would have been let in.
    QCOMPARE(send(request).status, isAllowed ? 406 : 403);
}

void TestAccess::asksForAccessBeforeItCompletes_data()
{
    QTest::addColumn<QString>("prompt");
    QTest::addColumn<QString>("scope");
    QTest::addColumn<bool>("isAllowed");
    QTest::newRow("nothing is needed") << u"free"_s << QString() << true;
    QTest::newRow("scope there") << u"scoped"_s << u"read"_s << true;
    QTest::newRow("scope missing") << u"scoped"_s << QString() << false;
    QTest::newRow("foreign organization") << u"of2"_s << QString() << false;
}

void TestAccess::asksForAccessBeforeItCompletes()
{
    QFETCH(QString, prompt);
    QFETCH(QString, scope);
    QFETCH(bool, isAllowed);
    const QJsonObject complete{
        {u"jsonrpc"_s, u"2.0"_s},
        {u"id"_s, 5},
        {u"method"_s, u"completion/complete"_s},
        {u"params"_s,
         QJsonObject{{u"ref"_s, QJsonObject{{u"type"_s, u"ref/prompt"_s}, {u"name"_s, prompt}}},
                     {u"argument"_s, QJsonObject{{u"name"_s, u"a"_s}, {u"value"_s, u"s"_s}}}}}};
    const http::Response response = inSession(complete, token(u"user_1"_s, scope, claimsOf(u"org_1"_s)));
    QCOMPARE(response.status, isAllowed ? 200 : 403);
    QCOMPARE(response.body.contains("secret word"), isAllowed);
    QCOMPARE(m_calls, isAllowed ? 1 : 0);
    QCOMPARE(m_recorder.all.last().target, prompt);
}

void TestAccess::showsListsByTheRightsOfAToken()
{
    const QJsonObject list{{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, 5}, {u"method"_s, u"tools/list"_s}};
    const auto shown = [&](const QByteArray &token) {
        m_session.clear();
        QStringList names;
        const QJsonArray tools = bodyOf(inSession(list, token))[u"result"_s][u"tools"_s].toArray();
        for (const QJsonValue &tool : tools)
            names.append(tool[u"name"_s].toString());
        return names;
    };
    QCOMPARE(shown(token(u"u"_s, {})), (QStringList{u"get-profile"_s, u"free"_s}));
    QCOMPARE(shown(token(u"u"_s, u"read"_s, claimsOf(u"org_1"_s, {u"manage"_s}))),
             (QStringList{u"get-profile"_s, u"free"_s, u"of1"_s, u"of1or2"_s, u"scoped"_s, u"permitted"_s,
                          u"all"_s}));
    // A hidden one that is called all the same is refused with its reason.
    QCOMPARE(
        inSession(call(u"of2"_s, 6), token(u"u"_s, u"read"_s, claimsOf(u"org_1"_s, {u"manage"_s}))).status,
        403);
    QCOMPARE(m_recorder.all.last().verdict.reason, auth::Reason::WrongOrganization);
    m_features->setHidesForbidden(false);
    QCOMPARE(shown(token(u"u"_s, {})).size(), 10);
}

void TestAccess::remarksATokenThatIsForOthersToo()
{
    const auto noteOf = [&](const QJsonValue &audience) {
        const QJsonObject ping{{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, 5}, {u"method"_s, u"ping"_s}};
        if (inSession(ping, token(u"u"_s, {}, {{u"aud"_s, audience}})).status != 200)
            return u"refused"_s;
        for (const auth::Check &check : m_recorder.all.last().verdict.checks) {
            if (check.what == u"aud"_s)
                return check.note;
        }
        return u"no such check"_s;
    };
    QCOMPARE(noteOf(resource), QString());
    QCOMPARE(noteOf(QJsonArray{resource}), QString());
    QVERIFY(noteOf(QJsonArray{resource, u"https://other.example/mcp"_s}).contains(u"another server"_s));
    QVERIFY(noteOf(QJsonArray{u"https://other.example/mcp"_s, resource}).contains(u"another server"_s));
    QCOMPARE(noteOf(QJsonArray{u"https://other.example/mcp"_s}), u"refused"_s);
}

GATEHOUSE_TEST(TestAccess)
#include "tst_access.moc"
