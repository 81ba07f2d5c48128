// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/eventstream.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse::protocol;
using namespace Qt::StringLiterals;

class TestEventStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEvents_data();
    void readsEvents();
    void remembersWhereToComeBack_data();
    void remembersWhereToComeBack();
    void goesOnOverAnotherConnection();
    void writesWhatItReads();

private:
    static QList<QByteArray> readIn(qsizetype pieces, const QByteArray &body)
    {
        EventStreamReader stream;
        QList<QByteArray> events;
        for (qsizetype i = 0; i < body.size(); i += pieces)
            events += stream.feed(QByteArrayView(body).sliced(i, qMin(pieces, body.size() - i)));
        return events;
    }
};

void TestEventStream::readsEvents_data()
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
        << ": x\nid: 1\nevent: message\nretry: 5\nx: y\ndata: a\n\n"_ba << List{"a"};
    QTest::addRow("events of another name")
        << "event: ping\ndata: now\n\nevent:\ndata: a\n\nevent: Message\ndata: x\n\ndata: b\n\n"_ba
        << List{"a", "b"};
    QTest::addRow("a name of an event without data") << "event: ping\n\ndata: a\n\n"_ba << List{"a"};
    QTest::addRow("a byte order mark") << "\xEF\xBB\xBF"
                                          "data: a\n\n"_ba
                                       << List{"a"};
    QTest::addRow("an event without data") << "id: 1\ndata:\n\n"_ba << List();
    QTest::addRow("an event cut off") << "data: a\n\ndata: b\n"_ba << List{"a"};
    QTest::addRow("a field that only begins so") << "database: a\n\n"_ba << List();
}

void TestEventStream::readsEvents()
{
    QFETCH(QByteArray, body);
    QFETCH(QList<QByteArray>, events);
    for (const qsizetype pieces : {1, 2, 1000})
        QCOMPARE(readIn(pieces, body), events);
}

void TestEventStream::remembersWhereToComeBack_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<int>("retryMs");
    QTest::addRow("nothing") << "data: a\n\n"_ba << QByteArray() << -1;
    QTest::addRow("the last id") << "id: 1\ndata: a\n\nid: 2\ndata: b\n\ndata: c\n\n"_ba
                                 << "2"_ba << -1;
    QTest::addRow("an event without data") << "id: e1\nretry: 300\ndata: \n\n"_ba
                                           << "e1"_ba << 300;
    QTest::addRow("an event of another name") << "event: ping\nid: 7\ndata: x\n\n"_ba
                                              << "7"_ba << -1;
    QTest::addRow("an event cut off") << "id: 1\ndata: a\n\nid: 2\ndata: b\n"_ba
                                      << "1"_ba << -1;
    QTest::addRow("an id that is taken back") << "id: 1\ndata: a\n\nid\ndata: b\n\n"_ba << QByteArray() << -1;
    QTest::addRow("an id that no header can carry") << "id: 1\ndata: a\n\nid: a\0b\ndata: b\n\n"_ba
                                                    << "1"_ba << -1;
    QTest::addRow("an id that is too long") << "id: " + QByteArray(1025, 'a') + "\ndata: b\n\n"
                                            << QByteArray() << -1;
    QTest::addRow("times that are none")
        << "retry: 5\nretry: -1\nretry: 1.5\nretry: 99999999999999999999\nretry:\n\n"_ba << QByteArray() << 5;
}

void TestEventStream::remembersWhereToComeBack()
{
    QFETCH(QByteArray, body);
    for (const qsizetype pieces : {1, 3, 2000}) {
        EventStreamReader stream;
        for (qsizetype i = 0; i < body.size(); i += pieces)
            (void)stream.feed(QByteArrayView(body).sliced(i, qMin(pieces, body.size() - i)));
        QTEST(stream.lastEventId(), "id");
        QTEST(stream.retryMs(), "retryMs");
    }
}

void TestEventStream::goesOnOverAnotherConnection()
{
    EventStreamReader stream;
    QCOMPARE(stream.feed("id: 1\nretry: 9\ndata: a\n\nid: 2\nevent: ping\ndata: half"),
             QList<QByteArray>{"a"});
    stream.begin();
    QCOMPARE(stream.lastEventId(), "1"_ba);
    QCOMPARE(stream.retryMs(), 9);
    QCOMPARE(stream.feed("\xEF\xBB\xBF"
                         "data: b\n\n"),
             QList<QByteArray>{"b"});
    QCOMPARE(stream.lastEventId(), "1"_ba);
}

void TestEventStream::writesWhatItReads()
{
    QCOMPARE(textOf({"{}", "1-2", 5}), "id: 1-2\nretry: 5\ndata: {}\n\n"_ba);
    QCOMPARE(textOf({"{}"}), "data: {}\n\n"_ba);
    // Without data its id would not count.
    QCOMPARE(textOf({{}, "1-2"}), "id: 1-2\ndata:\n\n"_ba);
    QCOMPARE(textOf({}), QByteArray());
    QCOMPARE(readIn(3, textOf({" {}", "7"})), (QList<QByteArray>{" {}"}));
}

GATEHOUSE_TEST(TestEventStream)
#include "tst_eventstream.moc"
