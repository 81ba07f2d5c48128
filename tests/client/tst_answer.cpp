// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/answer.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::client;
using namespace Qt::StringLiterals;

namespace {

base::Expected<Result, Error> resultOf(const base::FetchReply &whole, qint64 id)
{
    AnswerReader reader(id);
    base::FetchReply head = whole;
    const QByteArray body = std::exchange(head.body, {});
    // In pieces of three bytes, so that nothing comes in one.
    for (qsizetype i = 0;
         i < body.size() && !reader.feed(head, QByteArrayView(body).sliced(i, qMin(3, body.size() - i)));
         i += 3) { }
    return reader.result(head);
}

} // namespace

class TestAnswer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesTheResultOfItsRequest();
    void refusesAnAnswerThatIsNone_data();
    void refusesAnAnswerThatIsNone();
    void saysWhatCameInPlaceOfAnAnswer_data();
    void saysWhatCameInPlaceOfAnAnswer();
    void leavesAStreamThatIsHeldOpenOnceTheAnswerIsThere();
};

void TestAnswer::takesTheResultOfItsRequest()
{
    const base::FetchReply reply{200,
                                 {{"content-type"_ba, "application/json"_ba}},
                                 "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"z\": 5.00,\"a\":1}}"};
    const auto result = resultOf(reply, 2);
    QVERIFY(result);
    QCOMPARE(result->json.value("a"_L1).toInt(), 1);
    QCOMPARE(result->text(), R"({"z": 5.00,"a":1})"_ba); // As it is written.
}

void TestAnswer::refusesAnAnswerThatIsNone_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("type");
    QTest::addRow("nothing") << QByteArray() << "application/json"_ba;
    QTest::addRow("a page") << "<html></html>"_ba
                            << "text/html"_ba;
    QTest::addRow("a list") << "[]"_ba
                            << "application/json"_ba;
    QTest::addRow("no version") << "{\"id\":2,\"result\":{}}"_ba
                                << "application/json"_ba;
    QTest::addRow("another id") << "{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{}}"_ba
                                << "application/json"_ba;
    QTest::addRow("the id as a string") << "{\"jsonrpc\":\"2.0\",\"id\":\"2\",\"result\":{}}"_ba
                                        << "application/json"_ba;
    QTest::addRow("a result that is a word") << "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":\"ok\"}"_ba
                                             << "application/json"_ba;
    QTest::addRow("a member twice") << "{\"jsonrpc\":\"2.0\",\"id\":2,\"id\":2,\"result\":{}}"_ba
                                    << "application/json"_ba;
    QTest::addRow("a stream that ends first") << "data: {\"jsonrpc\":\"2.0\",\"method\":\"x\"}\n\n"_ba
                                              << "text/event-stream"_ba;
    QTest::addRow("a stream cut off") << "data: {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}\n"_ba
                                      << "text/event-stream"_ba;
    QTest::addRow("a stream of no JSON") << "data: hello\n\n"_ba
                                         << "text/event-stream"_ba;
}

void TestAnswer::refusesAnAnswerThatIsNone()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, type);
    const auto result = resultOf(base::FetchReply{200, {{"content-type"_ba, type}}, body}, 2);
    QVERIFY(!result);
    QCOMPARE(result.error().fault, CallFault::ProtocolError);
    QVERIFY(!result.error().text.isEmpty());
}

void TestAnswer::saysWhatCameInPlaceOfAnAnswer_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<base::Headers>("headers");
    QTest::addColumn<QString>("word");
    const base::Headers page{{"content-type"_ba, "text/html; charset=utf-8"_ba}};
    QTest::newRow("a page") << 200 << page << u"A web page came"_s;
    QTest::newRow("a page that says that there is none") << 404 << page << u"With a web page"_s;
    QTest::newRow("a gateway's page") << 502 << page << u"HTTP 502."_s;
    QTest::newRow("another address") << 301
                                     << base::Headers{{"location"_ba, "https://elsewhere.example/mcp"_ba}}
                                     << u"https://elsewhere.example/mcp"_s;
    QTest::newRow("another address that is not named") << 302 << base::Headers{} << u"does not say"_s;
    QTest::newRow("an error") << 500 << base::Headers{} << u"HTTP 500"_s;
}

void TestAnswer::saysWhatCameInPlaceOfAnAnswer()
{
    QFETCH(int, status);
    QFETCH(base::Headers, headers);
    QFETCH(QString, word);
    const auto result = resultOf({status, headers, "<html>hello</html>"}, 2);
    QVERIFY(!result);
    QVERIFY2(result.error().text.contains(word), qPrintable(result.error().text));
    QCOMPARE(result.error().text.contains(u"no MCP server"_s),
             word.contains(u"web page"_s, Qt::CaseInsensitive));
}

void TestAnswer::leavesAStreamThatIsHeldOpenOnceTheAnswerIsThere()
{
    AnswerReader reader(2);
    const base::FetchReply head{200, {{"content-type"_ba, "text/event-stream; charset=utf-8"_ba}}, {}};
    QVERIFY(!reader.feed(head, "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n\n"));
    QVERIFY(
        !reader.feed(head, "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n\n")); // Another request's.
    QVERIFY(reader.feed(head, "data: {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"a\":1}}\n\n"));
    QVERIFY(reader.result(head));
}

GATEHOUSE_TEST(TestAnswer)
#include "tst_answer.moc"
