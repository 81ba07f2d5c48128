// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/script.h"
#include "client/standing.h"
#include "support/unit.h"

#include <QTest>

#include <memory>

using namespace gatehouse;
using namespace gatehouse::client;
using namespace gatehouse::test;
using namespace Qt::StringLiterals;

static base::FetchReply headOf(int status = 200, const QByteArray &type = "text/event-stream")
{
    return http(status, {}, type);
}

class TestStanding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void isReadyOnceTheServerListens();
    void waitsForNobodyWhoSaysNothing();
    void hearsWhatComes();
    void leavesAServerAloneThatHasNone_data();
    void leavesAServerAloneThatHasNone();
    void isTakenUpWhereItEnded_data();
    void isTakenUpWhereItEnded();
    void hearsNothingOnceItWasStopped();

private:
    Held m_server;
    std::unique_ptr<StandingStream> m_stream;
    QStringList m_heard;
    int m_ready = 0;
};

void TestStanding::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    m_server.all.clear();
    m_heard.clear();
    m_ready = 0;
    m_stream = std::make_unique<StandingStream>(
        &m_server,
        [] {
            base::FetchRequest request;
            request.headers = {{"Mcp-Session-Id", "s-1"}};
            return request;
        },
        [this](const QJsonObject &message) { m_heard.append(message.value("method"_L1).toString()); });
    m_stream->open([this] { ++m_ready; });
    QCOMPARE(m_server.all.size(), 1);
}

void TestStanding::isReadyOnceTheServerListens()
{
    const base::FetchRequest &request = m_server.all.first()->request;
    QCOMPARE(request.method, "GET"_ba);
    QCOMPARE(request.headers, (base::Headers{{"Mcp-Session-Id", "s-1"}, {"Accept", "text/event-stream"}}));
    QCOMPARE(m_ready, 0);
    request.onHead(headOf());
    QCOMPARE(m_ready, 1);
    request.onHead(headOf());
    QCOMPARE(m_ready, 1);
}

void TestStanding::waitsForNobodyWhoSaysNothing()
{
    QTRY_COMPARE(m_ready, 1); // Some give no head before there is something to tell.
}

void TestStanding::hearsWhatComes()
{
    const base::FetchRequest &request = m_server.all.first()->request;
    QVERIFY(
        !request.onBody(headOf(), "data: {\"method\":\"a\"}\n\nevent: ping\ndata: {\"method\":\"x\"}\n\nda"));
    QVERIFY(!request.onBody(headOf(), "ta: nonsense\n\ndata: [{\"method\":\"b\"},3,{\"method\":\"c\"}]\n\n"));
    QCOMPARE(m_heard, QStringList({u"a"_s, u"b"_s, u"c"_s}));
}

void TestStanding::leavesAServerAloneThatHasNone_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::newRow("it says so") << 405 << "application/json"_ba;
    QTest::newRow("the session is gone") << 404 << "text/event-stream"_ba;
    QTest::newRow("a page") << 200 << "text/html"_ba;
    QTest::newRow("nobody answers") << 0 << QByteArray();
}

void TestStanding::leavesAServerAloneThatHasNone()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, type);
    Held::One &one = *m_server.all.first();
    if (status != 0)
        QVERIFY(one.request.onBody(headOf(status, type), "data: {\"method\":\"a\"}\n\n"));
    one.done(status == 0 ? base::FetchResult(base::failure(base::FetchError())) : headOf(status, type));
    QCOMPARE(m_ready, 1);
    QVERIFY(m_heard.isEmpty());
    QTest::qWait(1100); // It would have been asked again by now.
    QCOMPARE(m_server.all.size(), 1);
}

void TestStanding::isTakenUpWhereItEnded_data()
{
    QTest::addColumn<QByteArray>("told");
    QTest::addColumn<bool>("breaks");
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("closed") << "retry: 1\ndata:\n\n"_ba << false << QByteArray();
    QTest::newRow("closed behind an event with an id") << "retry: 1\nid: 7\ndata:\n\n"_ba << false << "7"_ba;
    QTest::newRow("broken behind an event with an id")
        << "retry: 1\nid: 7\ndata:\n\nid: 8\nda"_ba << true << "7"_ba;
}

void TestStanding::isTakenUpWhereItEnded()
{
    QFETCH(const QByteArray, told);
    QFETCH(const bool, breaks);
    QFETCH(const QByteArray, id);
    Held::One &one = *m_server.all.first();
    QVERIFY(!one.request.onBody(headOf(), told));
    one.done(breaks ? base::FetchResult(base::failure(base::FetchError())) : headOf());
    QTRY_COMPARE(m_server.all.size(), 2);
    QCOMPARE(base::onlyValueOf(m_server.all.last()->request.headers, "Last-Event-ID").value_or(QByteArray()),
             id);
    QVERIFY(!m_server.all.last()->request.onBody(headOf(), "data: {\"method\":\"a\"}\n\n"));
    QCOMPARE(m_heard, QStringList(u"a"_s));
}

void TestStanding::hearsNothingOnceItWasStopped()
{
    Held::One &one = *m_server.all.first();
    StandingStream *stream = m_stream.release();
    stream->stop();
    QVERIFY(one.isCancelled);
    QVERIFY2(one.request.onBody(headOf(), "data: {\"method\":\"a\"}\n\n"), "it is enough");
    QVERIFY(m_heard.isEmpty());
    QCOMPARE(m_ready, 0);
    QPointer<StandingStream> gone(stream);
    QTRY_VERIFY(!gone);
}

GATEHOUSE_TEST(TestStanding)
#include "tst_standing.moc"
