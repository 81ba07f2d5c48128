// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ask.h"
#include "client/script.h"
#include "support/unit.h"

#include <QElapsedTimer>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::client;
using namespace gatehouse::test;
using namespace Qt::StringLiterals;

namespace {

QJsonObject question(const QJsonValue &id, const QString &method, const QJsonObject &params = {})
{
    return {{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, id}, {u"method"_s, method}, {u"params"_s, params}};
}

} // namespace

/// What a server asks its client in the middle of a call.
class TestQuestions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void answersPingAndRefusesWhatItDoesNotOffer_data();
    void answersPingAndRefusesWhatItDoesNotOffer();
    void hasAnswersAsked();
    void waitsForAnAnswerAsLongAsItTakes();
    void isGivenMoreTimeByProgress();
    void saysThatItHasGivenUp();
    void answersABoundedNumber();
    void endsWithItsClient();
    void comesBackForTheRestOfAStream_data();
    void comesBackForTheRestOfAStream();
    void waitsBeforeItComesBack();
    void comesBackToAServerThatIsAwayForAMoment();
    void endsWhereNobodyIsThereAnyMore();
    void saysWhatWentWrongWhereThereIsNoWayBack_data();
    void saysWhatWentWrongWhereThereIsNoWayBack();
    void givesInputInRounds();
    void givesNoInputThatItDoesNotOffer_data();
    void givesNoInputThatItDoesNotOffer();

private:
    /// A session of 2025-11-25 in which "t" was called.
    void call();
    [[nodiscard]] QJsonObject replyTo(const QJsonValue &id) const
    {
        for (qsizetype i = 0; i < m_server.all.size(); ++i) {
            const QJsonObject body = m_server.body(i);
            if (body.value("id"_L1) == id && !body.contains("method"_L1))
                return body;
        }
        return {};
    }
    [[nodiscard]] static ClientOffer
    elicitation(std::function<void(const QJsonObject &, const ClientOffer::Reply &)> answer)
    {
        return {{{u"elicitation"_s, QJsonObject()}},
                [answer = std::move(answer)](const QString &, const QJsonObject &params,
                                             const ClientOffer::Reply &reply) { answer(params, reply); }};
    }

    Held m_server;
    std::unique_ptr<McpClient> m_client;
    std::optional<base::Expected<Result, Error>> m_result;
};

void TestQuestions::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    m_server.all.clear();
    m_result.reset();
    m_client = std::make_unique<McpClient>(QUrl(u"https://example.com/mcp"_s), &m_server);
}

void TestQuestions::call()
{
    bool isOpen = false;
    m_client->open([&isOpen](const base::Expected<ServerInfo, Error> &info) { isOpen = info.has_value(); });
    Held::finish(m_server.last(u"server/discover"_s), http(404));
    base::FetchReply reply
        = answer(m_server.last(u"initialize"_s).request, {{u"protocolVersion"_s, u"2025-11-25"_s}});
    reply.headers.append({"mcp-session-id"_ba, "s-1"_ba});
    Held::finish(m_server.last(u"initialize"_s), reply);
    m_server.last(u"notifications/initialized"_s).done(http(202));
    if (m_server.all.last()->request.method == "GET") { // Who offers something listens for questions.
        m_server.all.last()->done(http(405));
        m_server.all.removeLast();
    }
    QVERIFY(isOpen);
    m_client->callTool(u"t"_s, {},
                       [this](base::Expected<Result, Error> result) { m_result = std::move(result); });
}

void TestQuestions::answersPingAndRefusesWhatItDoesNotOffer_data()
{
    QTest::addColumn<QJsonValue>("id");
    QTest::addColumn<QString>("method");
    QTest::addColumn<int>("code");
    QTest::newRow("ping") << QJsonValue(u"srv-1"_s) << u"ping"_s << 0;
    QTest::newRow("ping with the id of the call itself") << QJsonValue(3) << u"ping"_s << 0;
    QTest::newRow("roots") << QJsonValue(7) << u"roots/list"_s << -32601;
    QTest::newRow("sampling") << QJsonValue(7) << u"sampling/createMessage"_s << -32601;
    QTest::newRow("elicitation") << QJsonValue(7) << u"elicitation/create"_s << -32601;
    QTest::newRow("what nobody knows") << QJsonValue(7) << u"x/y"_s << -32601;
    QTest::newRow("a method of servers") << QJsonValue(7) << u"tools/list"_s << -32601;
}

void TestQuestions::answersPingAndRefusesWhatItDoesNotOffer()
{
    QFETCH(const QJsonValue, id);
    QFETCH(const QString, method);
    QFETCH(const int, code);
    call();
    Held::One &called = m_server.last(u"tools/call"_s);
    QCOMPARE(Script::bodyOf(called.request).value("id"_L1).toInt(), 3);
    Held::feed(called, Held::event(question(id, method)));
    const QJsonObject reply = replyTo(id);
    QCOMPARE(reply.value("jsonrpc"_L1).toString(), u"2.0"_s);
    QCOMPARE(reply.value("error"_L1)["code"_L1].toInt(), code);
    if (code == 0)
        QCOMPARE(reply.value("result"_L1), QJsonValue(QJsonObject()));
    const base::FetchRequest &sent = m_server.all.last()->request;
    QCOMPARE(Script::header(sent, "Mcp-Session-Id"), "s-1"_ba);
    QCOMPARE(Script::header(sent, "MCP-Protocol-Version"), "2025-11-25"_ba);
    QVERIFY(!m_result);
    Held::feed(called, Held::answerTo(called));
    QVERIFY(m_result && *m_result);
}

void TestQuestions::hasAnswersAsked()
{
    QJsonObject seen;
    ClientOffer::Reply waiting;
    m_client->setOffer(elicitation([&](const QJsonObject &params, const ClientOffer::Reply &reply) {
        seen = params;
        waiting = reply;
    }));
    call();
    QCOMPARE(m_server.body(1)[u"params"_s][u"capabilities"_s],
             QJsonValue(QJsonObject{{u"elicitation"_s, QJsonObject()}}));
    Held::One &called = m_server.last(u"tools/call"_s);
    Held::feed(called, Held::event(question(5, u"elicitation/create"_s, {{u"message"_s, u"Name?"_s}})));
    QCOMPARE(seen.value("message"_L1).toString(), u"Name?"_s);
    QVERIFY(replyTo(5).isEmpty());
    waiting(QJsonObject{{u"action"_s, u"decline"_s}});
    waiting(QJsonObject{{u"action"_s, u"accept"_s}}); // Once is enough.
    QCOMPARE(replyTo(5).value("result"_L1), QJsonValue(QJsonObject{{u"action"_s, u"decline"_s}}));
    Held::feed(called, Held::answerTo(called));
    QVERIFY(m_result && *m_result);
    QCOMPARE(m_server.all.size(), 5);
}

void TestQuestions::waitsForAnAnswerAsLongAsItTakes()
{
    ClientOffer::Reply waiting;
    m_client->setOffer(
        elicitation([&](const QJsonObject &, const ClientOffer::Reply &reply) { waiting = reply; }));
    m_client->setTimeoutMs(30);
    call();
    Held::One &called = m_server.last(u"tools/call"_s);
    Held::feed(called, Held::event(question(5, u"elicitation/create"_s)));
    Held::feed(called, Held::event(question(6, u"elicitation/create"_s))); // Both stand still.
    QTest::qWait(100);
    QVERIFY(!m_result);
    const auto second = waiting;
    second(QJsonObject{{u"action"_s, u"cancel"_s}});
    QTest::qWait(100);
    QVERIFY(!m_result);
    m_client->cancel();
}

void TestQuestions::isGivenMoreTimeByProgress()
{
    m_client->setTimeoutMs(300);
    QList<QString> told;
    connect(m_client.get(), &McpClient::told, this, [&](const QString &method) { told.append(method); });
    call();
    Held::One &called = m_server.last(u"tools/call"_s);
    const QJsonValue token = Script::bodyOf(called.request)[u"params"_s][u"_meta"_s][u"progressToken"_s];
    QCOMPARE(token, QJsonValue(3));
    const auto progress = [](const QJsonValue &of) {
        return Held::event({{u"jsonrpc"_s, u"2.0"_s},
                            {u"method"_s, u"notifications/progress"_s},
                            {u"params"_s, QJsonObject{{u"progressToken"_s, of}, {u"progress"_s, 1}}}});
    };
    QElapsedTimer time;
    time.start();
    while (time.elapsed() < 900) {
        Held::feed(called, progress(token));
        QTest::qWait(20);
    }
    QVERIFY(!m_result);
    QVERIFY(told.contains(u"notifications/progress"_s));
    // Of something else it is none.
    while (!m_result && time.elapsed() < 10'000) {
        Held::feed(called, progress(99));
        QTest::qWait(20);
    }
    QVERIFY(m_result && !*m_result);
    QCOMPARE(m_result->error().text, u"The answer took too long."_s);
}

void TestQuestions::saysThatItHasGivenUp()
{
    m_client->setTimeoutMs(1);
    call();
    QTRY_VERIFY(m_result);
    QVERIFY(!*m_result);
    QCOMPARE(m_result->error().fault, CallFault::Unreachable);
    QCOMPARE(m_result->error().text, u"No answer came in time."_s);
    QVERIFY(m_server.last(u"tools/call"_s).isCancelled);
    QCOMPARE(Script::bodyOf(m_server.last(u"notifications/cancelled"_s).request)[u"params"_s][u"requestId"_s]
                 .toInt(),
             3);
}

void TestQuestions::answersABoundedNumber()
{
    call();
    Held::One &called = m_server.last(u"tools/call"_s);
    const qsizetype before = m_server.all.size();
    for (int i = 0; i < 1100; ++i)
        Held::feed(called, Held::event(question(1000 + i, u"ping"_s)));
    QCOMPARE(m_server.all.size() - before, 1000);
}

void TestQuestions::endsWithItsClient()
{
    // The client goes, or is told to stop, by what a server tells it, and later by what a person says.
    ClientOffer::Reply waiting;
    for (const bool goes : {true, false}) {
        init();
        m_client->setOffer(
            elicitation([&](const QJsonObject &, const ClientOffer::Reply &reply) { waiting = reply; }));
        call();
        Held::One &called = m_server.last(u"tools/call"_s);
        Held::feed(called, Held::event(question(5, u"elicitation/create"_s)));
        connect(m_client.get(), &McpClient::told, this, [&] { m_client->cancel(); });
        Held::feed(called,
                   Held::event({{u"jsonrpc"_s, u"2.0"_s}, {u"method"_s, u"notifications/message"_s}})
                       + Held::event(question(6, u"ping"_s)) + Held::answerTo(called));
        QVERIFY(called.isCancelled);
        QVERIFY(replyTo(6).isEmpty());
        if (goes)
            m_client.reset();
        waiting(QJsonObject{{u"action"_s, u"accept"_s}});
        QVERIFY(!m_result);
    }
}

void TestQuestions::comesBackForTheRestOfAStream_data()
{
    QTest::addColumn<QByteArrayList>("streams"); // "!" at the end: the connection breaks there.
    QTest::addColumn<QByteArrayList>("ids");
    const QByteArray note = R"(data: {"jsonrpc":"2.0","method":"notifications/message"})";
    QTest::newRow("closed after a place was named")
        << QByteArrayList{"id: e1\nretry: 1\ndata: \n\n"} << QByteArrayList{"e1"};
    QTest::newRow("closed twice") << QByteArrayList{"id: e1\nretry: 1\ndata:\n\n", "id: e2\ndata:\n\n"}
                                  << QByteArrayList{"e1", "e2"};
    QTest::newRow("closed again without a word")
        << QByteArrayList{"id: e1\nretry: 1\ndata:\n\n", ""} << QByteArrayList{"e1", "e1"};
    QTest::newRow("broken within an event")
        << QByteArrayList{"id: e1\nretry: 1\n" + note + "\n\nid: e2\nda!"} << QByteArrayList{"e1"};
}

void TestQuestions::comesBackForTheRestOfAStream()
{
    QFETCH(const QByteArrayList, streams);
    QFETCH(const QByteArrayList, ids);
    call();
    for (qsizetype i = 0; i < streams.size(); ++i) {
        Held::One &carrying = i == 0 ? m_server.last(u"tools/call"_s) : m_server.last(u"GET"_s);
        const qsizetype before = m_server.all.size();
        const bool breaks = streams.at(i).endsWith('!');
        Held::feed(carrying, breaks ? streams.at(i).chopped(1) : streams.at(i));
        carrying.done(breaks ? base::FetchResult(base::failure(base::FetchError())) : Held::head());
        QTRY_COMPARE(m_server.all.size(), before + 1);
        const base::FetchRequest &back = m_server.last(u"GET"_s).request;
        QCOMPARE(Script::header(back, "Last-Event-ID"), ids.at(i));
        QCOMPARE(Script::header(back, "Mcp-Session-Id"), "s-1"_ba);
        QCOMPARE(Script::header(back, "Accept"), "text/event-stream"_ba);
        QVERIFY(back.body.isEmpty());
    }
    QVERIFY(!m_result);
    Held::feed(m_server.last(u"GET"_s), Held::answerTo(m_server.last(u"tools/call"_s)));
    QVERIFY(m_result && *m_result);
}

void TestQuestions::waitsBeforeItComesBack()
{
    call();
    Held::feed(m_server.last(u"tools/call"_s), "id: e1\nretry: 200\ndata:\n\n");
    QElapsedTimer time;
    time.start();
    const qsizetype before = m_server.all.size();
    m_server.last(u"tools/call"_s).done(Held::head());
    QTRY_COMPARE(m_server.all.size(), before + 1);
    QVERIFY(time.elapsed() >= 195);
}

void TestQuestions::comesBackToAServerThatIsAwayForAMoment()
{
    const base::FetchResult gone
        = base::failure(base::FetchError{base::FetchFault::Unreachable, u"Connection refused"_s});
    call();
    Held::feed(m_server.last(u"tools/call"_s), "id: e1\nretry: 1\ndata:\n\n");
    m_server.last(u"tools/call"_s).done(gone);
    for (int round = 0; round < 2; ++round) { // What comes in between begins the count anew.
        for (int i = 0; i < Ask::maximumMisses; ++i) {
            QTRY_VERIFY(!m_server.all.last()->isOver());
            QVERIFY(!m_result);
            m_server.all.last()->done(gone);
        }
        QTRY_VERIFY(!m_server.all.last()->isOver());
        Held::feed(m_server.last(u"GET"_s), "id: e2\ndata:\n\n");
        m_server.last(u"GET"_s).done(Held::head());
    }
    QTRY_VERIFY(!m_server.all.last()->isOver());
    QCOMPARE(Script::header(m_server.last(u"GET"_s).request, "Last-Event-ID"), "e2"_ba);
    Held::feed(m_server.last(u"GET"_s), Held::answerTo(m_server.last(u"tools/call"_s)));
    QVERIFY(m_result && *m_result);
}

void TestQuestions::endsWhereNobodyIsThereAnyMore()
{
    const base::FetchResult gone
        = base::failure(base::FetchError{base::FetchFault::Unreachable, u"Connection refused"_s});
    call();
    Held::feed(m_server.last(u"tools/call"_s), "id: e1\nretry: 1\ndata:\n\n");
    m_server.last(u"tools/call"_s).done(Held::head());
    for (int i = 0; i <= Ask::maximumMisses; ++i) {
        QTRY_VERIFY(!m_server.all.last()->isOver());
        QVERIFY(!m_result);
        m_server.all.last()->done(gone);
    }
    QVERIFY(m_result && !*m_result);
    QCOMPARE(m_result->error().fault, CallFault::Unreachable);
    QVERIFY(m_result->error().text.startsWith(u"The event stream ended without the answer."_s));
    QVERIFY(m_result->error().text.endsWith(u"Connection refused"_s));
}

void TestQuestions::saysWhatWentWrongWhereThereIsNoWayBack_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<int>("status");
    QTest::newRow("no place was named") << "retry: 1\ndata:\n\n"_ba << 0;
    QTest::newRow("the place is refused") << "id: 1\nretry: 1\ndata:\n\n"_ba << 405;
    QTest::newRow("the place is unknown") << "id: 1\nretry: 1\ndata:\n\n"_ba << 404;
}

void TestQuestions::saysWhatWentWrongWhereThereIsNoWayBack()
{
    QFETCH(const QByteArray, stream);
    QFETCH(const int, status);
    call();
    Held::One &called = m_server.last(u"tools/call"_s);
    Held::feed(called, stream);
    const qsizetype before = m_server.all.size();
    called.done(Held::head());
    if (status != 0) {
        QTRY_COMPARE(m_server.all.size(), before + 1);
        m_server.last(u"GET"_s).done(http(status));
    }
    QVERIFY(m_result && !*m_result);
    QCOMPARE(m_result->error().text, u"The event stream ended without the answer."_s);
}

void TestQuestions::givesInputInRounds()
{
    Script script;
    int round = 0;
    const QJsonObject wanted{{u"name"_s,
                              QJsonObject{{u"method"_s, u"elicitation/create"_s},
                                          {u"params"_s, QJsonObject{{u"message"_s, u"Who?"_s}}}}}};
    script.reply = [&](const base::FetchRequest &request) -> base::FetchResult {
        if (Script::bodyOf(request).value("method"_L1) == "server/discover"_L1)
            return answer(request, {{u"supportedVersions"_s, QJsonArray{u"2026-07-28"_s}}});
        ++round;
        if (round == 1) // Input and a state, which comes back byte by byte.
            return answer(request,
                          {{u"resultType"_s, u"input_required"_s},
                           {u"inputRequests"_s, wanted},
                           {u"requestState"_s, u"ä 1"_s}});
        if (round == 2) // Only a state.
            return answer(request, {{u"resultType"_s, u"input_required"_s}, {u"requestState"_s, u"2"_s}});
        if (round == 3) // Only input.
            return answer(request, {{u"resultType"_s, u"input_required"_s}, {u"inputRequests"_s, wanted}});
        return answer(request, {{u"content"_s, QJsonArray()}});
    };
    m_client = std::make_unique<McpClient>(QUrl(u"https://example.com/mcp"_s), &script);
    int asked = 0;
    m_client->setOffer(elicitation([&](const QJsonObject &params, const ClientOffer::Reply &reply) {
        QCOMPARE(params.value("message"_L1).toString(), u"Who?"_s);
        reply(QJsonObject{{u"action"_s, u"accept"_s}, {u"content"_s, QJsonObject{{u"n"_s, ++asked}}}});
    }));
    Got<ServerInfo> opened;
    m_client->open(opened.taker());
    QTRY_VERIFY(opened.value && *opened.value);
    Got<Result> called;
    m_client->callTool(u"t"_s, {{u"x"_s, 1}}, called.taker());
    QTRY_VERIFY(called.value);
    QVERIFY(*called.value);
    QCOMPARE(round, 4);
    QCOMPARE(asked, 2);
    QSet<qint64> ids;
    QList<QJsonObject> sent;
    for (const base::FetchRequest &request : std::as_const(script.asked)) {
        const QJsonObject body = Script::bodyOf(request);
        if (body.value("method"_L1) == "tools/call"_L1) {
            ids.insert(body.value("id"_L1).toInteger());
            sent.append(body.value("params"_L1).toObject());
        }
    }
    QCOMPARE(ids.size(), 4);
    const auto given = [](int n) {
        return QJsonValue(QJsonObject{
            {u"name"_s, QJsonObject{{u"action"_s, u"accept"_s}, {u"content"_s, QJsonObject{{u"n"_s, n}}}}}});
    };
    QVERIFY(!sent[0].contains(u"requestState"_s) && !sent[0].contains(u"inputResponses"_s));
    QCOMPARE(sent[1].value("requestState"_L1).toString(), u"ä 1"_s);
    QCOMPARE(sent[1].value("inputResponses"_L1), given(1));
    QCOMPARE(sent[2].value("requestState"_L1).toString(), u"2"_s);
    QVERIFY(!sent[2].contains(u"inputResponses"_s));
    QVERIFY(!sent[3].contains(u"requestState"_s));
    QCOMPARE(sent[3].value("inputResponses"_L1), given(2));
    for (const QJsonObject &params : std::as_const(sent)) {
        QCOMPARE(params.value("arguments"_L1), QJsonValue(QJsonObject{{u"x"_s, 1}}));
        QCOMPARE(params[u"_meta"_s][u"io.modelcontextprotocol/clientCapabilities"_s][u"elicitation"_s],
                 QJsonValue(QJsonObject()));
    }
}

void TestQuestions::givesNoInputThatItDoesNotOffer_data()
{
    QTest::addColumn<QJsonObject>("result");
    QTest::addColumn<QString>("text");
    const auto asking = [](const QJsonObject &question) {
        return QJsonObject{{u"resultType"_s, u"input_required"_s},
                           {u"inputRequests"_s, QJsonObject{{u"a"_s, question}}}};
    };
    QTest::newRow("a model")
        << asking({{u"method"_s, u"sampling/createMessage"_s}})
        << u"asks for sampling/createMessage in between, which this client cannot give"_s;
    QTest::newRow("a method that nobody knows")
        << asking({{u"method"_s, u"x"_s}}) << u"asks for x in between"_s;
    QTest::newRow("no method") << asking({}) << u"asks for something in between"_s;
    QTest::newRow("nothing") << QJsonObject{{u"resultType"_s, u"input_required"_s}}
                             << u"does not say which"_s;
    QJsonObject many;
    for (int i = 0; i < 3000; ++i)
        many.insert(u"q%1"_s.arg(i), QJsonObject{{u"method"_s, u"elicitation/create"_s}});
    QTest::newRow("three thousand things at one time")
        << QJsonObject{{u"resultType"_s, u"input_required"_s}, {u"inputRequests"_s, many}}
        << u"too much at one time"_s;
    QTest::newRow("the same again and again")
        << asking({{u"method"_s, u"elicitation/create"_s}}) << u"again and again"_s;
}

void TestQuestions::givesNoInputThatItDoesNotOffer()
{
    QFETCH(const QJsonObject, result);
    QFETCH(const QString, text);
    Script script;
    script.reply = [&](const base::FetchRequest &request) -> base::FetchResult {
        if (Script::bodyOf(request).value("method"_L1) == "server/discover"_L1)
            return answer(request, {{u"supportedVersions"_s, QJsonArray{u"2026-07-28"_s}}});
        return answer(request, result);
    };
    m_client = std::make_unique<McpClient>(QUrl(u"https://example.com/mcp"_s), &script);
    m_client->setOffer(elicitation([](const QJsonObject &, const ClientOffer::Reply &reply) {
        reply(QJsonObject{{u"action"_s, u"decline"_s}});
    }));
    Got<ServerInfo> opened;
    m_client->open(opened.taker());
    QTRY_VERIFY(opened.value && *opened.value);
    Got<Result> called;
    m_client->callTool(u"t"_s, {}, called.taker());
    QTRY_VERIFY(called.value);
    QVERIFY(!*called.value);
    QVERIFY2(called.value->error().text.contains(text), qPrintable(called.value->error().text));
}

GATEHOUSE_TEST(TestQuestions)
#include "tst_questions.moc"
