// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "records/har.h"
#include "support/exchanges.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::records;
using namespace Qt::StringLiterals;
using exchange::Exchange;

/// What HAR 1.2 wants of each entry, and what its readers stumble over.
class TestHar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isOneWholeText();
    void hasWhatTheFormatWants_data();
    void hasWhatTheFormatWants();
    void saysWhatIsNoText();
    void saysWhatIsCut();
    void addsUpItsTimes_data();
    void addsUpItsTimes();

private:
    static QJsonObject entryOf(const Exchange &exchange)
    {
        const auto read = base::readJsonObject(harEntryOf(exchange, QUrl(u"http://localhost:3000/mcp"_s)));
        if (!read)
            qFatal("%s", qPrintable(read.error().text));
        return *read;
    }
};

void TestHar::isOneWholeText()
{
    const QUrl server(u"http://localhost:3000/mcp"_s);
    const auto whole = base::readJsonObject(harHead() + harEntryOf(full(1), server) + ','
                                            + harEntryOf(call(2), server) + harTail().trimmed());
    QVERIFY2(whole, whole ? "" : qPrintable(whole.error().text));
    const QJsonObject log = whole->value("log"_L1).toObject();
    QCOMPARE(log.value("version"_L1).toString(), u"1.2"_s);
    QCOMPARE(log.value("creator"_L1).toObject().value("name"_L1).toString(), u"Gatehouse"_s);
    QCOMPARE(log.value("entries"_L1).toArray().size(), 2);
    QVERIFY(log.value("comment"_L1).toString().contains(u"masked"_s));
}

void TestHar::hasWhatTheFormatWants_data()
{
    QTest::addColumn<Exchange>("exchange");
    QTest::newRow("a call") << call(1);
    QTest::newRow("all that there can be") << full(1);
    QTest::newRow("what never became a request") << Exchange{};
    QTest::newRow("under way") << running(1);
}

void TestHar::hasWhatTheFormatWants()
{
    QFETCH(const Exchange, exchange);
    const QJsonObject entry = entryOf(exchange);
    for (const auto name :
         {"startedDateTime"_L1, "time"_L1, "request"_L1, "response"_L1, "cache"_L1, "timings"_L1})
        QVERIFY2(entry.contains(name), name.data());
    QVERIFY(entry.value("startedDateTime"_L1).toString().endsWith(u'Z'));
    QVERIFY(entry.value("connection"_L1).isString());
    const QJsonObject request = entry.value("request"_L1).toObject();
    for (const auto name : {"method"_L1, "url"_L1, "httpVersion"_L1, "cookies"_L1, "headers"_L1,
                            "queryString"_L1, "headersSize"_L1, "bodySize"_L1})
        QVERIFY2(request.contains(name), name.data());
    const QString url = request.value("url"_L1).toString();
    QVERIFY2(QUrl(url, QUrl::StrictMode).isValid() && url.startsWith(u"http://localhost:3000"_s),
             qPrintable(url));
    QVERIFY(request.value("bodySize"_L1).isDouble());
    const QJsonObject response = entry.value("response"_L1).toObject();
    for (const auto name : {"status"_L1, "statusText"_L1, "httpVersion"_L1, "cookies"_L1, "headers"_L1,
                            "content"_L1, "redirectURL"_L1, "headersSize"_L1, "bodySize"_L1})
        QVERIFY2(response.contains(name), name.data());
    const QJsonObject content = response.value("content"_L1).toObject();
    QVERIFY(content.value("size"_L1).isDouble() && content.value("mimeType"_L1).isString());
}

void TestHar::saysWhatIsNoText()
{
    Exchange one = call(1);
    one.requestBody = {"\xff\xfe", 2, false};
    one.responseBody = {"\xff\xfe", 2, false};
    const QJsonObject entry = entryOf(one);
    const QJsonObject content = entry.value("response"_L1).toObject().value("content"_L1).toObject();
    QCOMPARE(content.value("encoding"_L1).toString(), u"base64"_s);
    QCOMPARE(content.value("text"_L1).toString(), u"//4="_s);
    const QJsonObject request = entry.value("request"_L1).toObject();
    QCOMPARE(request.value("_content"_L1).toObject().value("text"_L1).toString(), u"//4="_s);
    QCOMPARE(request.value("postData"_L1).toObject().value("text"_L1).toString(), QString());
}

void TestHar::saysWhatIsCut()
{
    Exchange one = call(1);
    one.responseBody = {"{\"a\":\"gr\xc3", 5000, true}; // Within a character.
    const QJsonObject content = entryOf(one).value("response"_L1).toObject().value("content"_L1).toObject();
    QVERIFY(!content.contains("encoding"_L1));
    QCOMPARE(content.value("size"_L1).toInt(), 5000);
    QVERIFY(content.value("comment"_L1).toString().contains(u"of 5000 bytes"_s));
}

void TestHar::addsUpItsTimes_data()
{
    QTest::addColumn<exchange::Times>("times");
    QTest::newRow("answered at once") << exchange::Times{1000, 100, 150, 0, 180, 190, 400, 400};
    QTest::newRow("a stream") << exchange::Times{1000, 100, 150, 200, 250, 260, 400, 90'000};
    QTest::newRow("left before an answer") << exchange::Times{1000, 100, 0, 0, 0, 0, 0, 700};
    QTest::newRow("nothing known") << exchange::Times{};
    QTest::newRow("times of another world") << exchange::Times{1000, 900, 0, 0, 0, 0, -5, 300};
}

void TestHar::addsUpItsTimes()
{
    QFETCH(const exchange::Times, times);
    Exchange one = call(1);
    one.times = times;
    const QJsonObject entry = entryOf(one);
    const QJsonObject timings = entry.value("timings"_L1).toObject();
    double sum = 0;
    for (const auto name : {"send"_L1, "wait"_L1, "receive"_L1}) {
        QVERIFY(timings.value(name).toDouble(-1) >= 0);
        sum += timings.value(name).toDouble();
    }
    QVERIFY(qAbs(sum - entry.value("time"_L1).toDouble(-1)) < 0.0005);
}

GATEHOUSE_TEST(TestHar)
#include "tst_har.moc"
