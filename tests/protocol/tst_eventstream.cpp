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
        << ": x\nid: 1\nevent: e\nretry: 5\ndata: a\n\n"_ba << List{"a"};
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
