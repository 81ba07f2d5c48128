// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/answer.h"
#include "client/eventstream.h"
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
         i < body.size() && !reader.take(head, QByteArrayView(body).sliced(i, qMin(3, body.size() - i)));
         i += 3) { }
    return reader.result(head);
}

QList<QByteArray> eventData(const QByteArray &body, qsizetype pieces)
{
    EventStream stream;
    QList<QByteArray> events;
    for (qsizetype i = 0; i < body.size(); i += pieces)
        events += stream.take(QByteArrayView(body).sliced(i, qMin(pieces, body.size() - i)));
    return events;
}

} // namespace

class TestAnswer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesTheResultOfItsRequest();
    void refusesAnAnswerThatIsNone_data();
    void refusesAnAnswerThatIsNone();
    void readsEvents_data();
    void readsEvents();
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
    QCOMPARE(result->text, R"({"z": 5.00,"a":1})"_ba); // As it is written.
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
    QCOMPARE(result.error().fault, Fault::ProtocolError);
    QVERIFY(!result.error().text.isEmpty());
}

void TestAnswer::readsEvents_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QList<QByteArray>>("events");
    using List = QList<QByteArray>;
    QTest::addRow("nothing") << QByteArray() << List();
    QTest::addRow("line feeds") << "data: a\n\ndata: b\n\n"_ba << List{"a", "b"};
    QTest::addRow("carriage returns") << "data: a\r\rdata:b\r\r"_ba << List{"a", "b"};
    QTest::addRow("both") << "data: a\r\n\r\n"_ba << List{"a"};
    QTest::addRow("two lines of data") << "data: a\ndata:\ndata: b\n\n"_ba << List{"a\n\nb"};
    QTest::addRow("only one space is taken") << "data:  a\n\n"_ba << List{" a"};
    QTest::addRow("comments and other fields")
        << ": x\nid: 1\nevent: e\nretry: 5\ndata: a\n\n"_ba << List{"a"};
    QTest::addRow("a byte order mark") << "\xEF\xBB\xBF"
                                          "data: a\n\n"_ba
                                       << List{"a"};
    QTest::addRow("an event without data") << "id: 1\ndata:\n\n"_ba << List();
    QTest::addRow("an event cut off") << "data: a\n\ndata: b\n"_ba << List{"a"};
    QTest::addRow("a field that only begins so") << "database: a\n\n"_ba << List();
}

void TestAnswer::readsEvents()
{
    QFETCH(QByteArray, body);
    QFETCH(QList<QByteArray>, events);
    for (const qsizetype pieces : {1, 2, 1000})
        QCOMPARE(eventData(body, pieces), events);
}

void TestAnswer::leavesAStreamThatIsHeldOpenOnceTheAnswerIsThere()
{
    AnswerReader reader(2);
    const base::FetchReply head{200, {{"content-type"_ba, "text/event-stream; charset=utf-8"_ba}}, {}};
    QVERIFY(!reader.take(head, "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n\n"));
    QVERIFY(
        !reader.take(head, "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n\n")); // Another request's.
    QVERIFY(reader.take(head, "data: {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"a\":1}}\n\n"));
    QVERIFY(reader.result(head));
}

GATEHOUSE_TEST(TestAnswer)
#include "tst_answer.moc"
