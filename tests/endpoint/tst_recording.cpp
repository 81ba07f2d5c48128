// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/recording.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;

/// Can use now this much of a body, and now that.
class Moody : public exchange::Sink
{
public:
    void began(const exchange::Exchange &) override { }
    void ended(const exchange::Exchange &exchange) override { last = exchange; }
    [[nodiscard]] qsizetype bodyBudget() const override { return budget; }
    qsizetype budget = 0;
    exchange::Exchange last;
};

class TestRecording : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsOfABodyWhatItsSinkCanUse();
    void showsNothingBehindAGapOfAStream();
};

void TestRecording::keepsOfABodyWhatItsSinkCanUse()
{
    Moody sink;
    sink.budget = 300'000;
    exchange::HeaderMasks masks;
    endpoint::Recording recording(&sink, &masks, 1, {}, true, 0);
    sink.budget = 10;
    recording.body("{\"a\":\"b\",\"c\":\"d\"}");
    sink.budget = 300'000;
    const QByteArray large = '"' + QByteArray(280'000, 'x') + '"';
    recording.answered(http::jsonResponse(200, large));
    recording.end();
    QCOMPARE(sink.last.requestBody.shown.size(), 10);
    QVERIFY(sink.last.requestBody.isCut);
    QCOMPARE(sink.last.responseBody.shown, large);
    QVERIFY(!sink.last.responseBody.isCut);
}

/// A budget may come back while a stream goes on.
void TestRecording::showsNothingBehindAGapOfAStream()
{
    const QByteArray token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1In0.c2lnbmF0dXJlLW9mLWl0";
    const QByteArray event = "data: {\"jsonrpc\":\"2.0\",\"note\":\"" + token + "\"}\n\n";
    Moody sink;
    exchange::HeaderMasks masks;
    endpoint::Recording recording(&sink, &masks, 1, {}, true, 0);
    http::Response head;
    head.headers.append({QByteArray("Content-Type"), QByteArray("text/event-stream")});
    recording.began(head);
    recording.streamed(event.first(event.indexOf("eyJz") + 5)); // There is no room for the first half …
    sink.budget = 10'000;
    recording.streamed(event.sliced(event.indexOf("eyJz") + 5)); // … and some for the second.
    recording.end();
    QVERIFY2(!sink.last.responseBody.shown.contains("c2lnbmF0"), sink.last.responseBody.shown.constData());
    QCOMPARE(sink.last.responseBody.size, event.size());
    QVERIFY(sink.last.responseBody.isCut);
}

GATEHOUSE_TEST(TestRecording)
#include "tst_recording.moc"
