// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/unit.h"
#include "web/mediatype.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestMediaType : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comparesTheTypeAlone_data();
    void comparesTheTypeAlone();
    void believesOneContentType();
    void readsAccept_data();
    void readsAccept();
};

void TestMediaType::comparesTheTypeAlone_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("isJson");
    QTest::newRow("itself") << "application/json"_ba << true;
    QTest::newRow("in another case") << "Application/JSON"_ba << true;
    QTest::newRow("with parameters") << " application/json ; charset=utf-8"_ba << true;
    QTest::newRow("a longer one") << "application/json-patch+json"_ba << false;
    QTest::newRow("one of its kind") << "application/vnd.x+json"_ba << false;
    QTest::newRow("in a parameter") << "text/plain; a=application/json"_ba << false;
    QTest::newRow("nothing") << ""_ba << false;
}

void TestMediaType::comparesTheTypeAlone()
{
    QFETCH(QByteArray, value);
    QTEST(web::isMediaType(value, "application/json"), "isJson");
}

void TestMediaType::believesOneContentType()
{
    const base::Header json{"content-TYPE", "application/json"};
    QVERIFY(web::hasMediaType({json}, "application/json"));
    QVERIFY(!web::hasMediaType({json, json}, "application/json"));
    QVERIFY(!web::hasMediaType({}, "application/json"));
    // A mask takes for one whatever may be read as one.
    for (const auto &value :
         {"Application/JSON charset=utf-8"_ba, "application/json, text/plain"_ba, " application/jsonp"_ba})
        QVERIFY2(web::mayHaveMediaType({{"content-type", value}}, "application/json"), value.constData());
    QVERIFY(web::mayHaveMediaType({{"Content-Type", "text/plain"}, json}, "application/json"));
    QVERIFY(!web::mayHaveMediaType({{"Content-Type", "text/plain; application/json"}}, "application/json"));
    QVERIFY(!web::mayHaveMediaType({}, "application/json"));
}

void TestMediaType::readsAccept_data()
{
    QTest::addColumn<base::Headers>("headers");
    QTest::addColumn<bool>("isAllowed");
    QTest::newRow("none") << base::Headers{} << true;
    QTest::newRow("itself") << base::Headers{{"Accept", "text/event-stream, application/json;q=0.1"}} << true;
    QTest::newRow("all of its kind") << base::Headers{{"Accept", "Application/*"}} << true;
    QTest::newRow("everything") << base::Headers{{"Accept", "*/*"}} << true;
    QTest::newRow("in a second line")
        << base::Headers{{"Accept", "text/html"}, {"Accept", "application/json"}} << true;
    QTest::newRow("another one") << base::Headers{{"Accept", "text/event-stream"}} << false;
    QTest::newRow("an empty one") << base::Headers{{"Accept", ""}} << false;
}

void TestMediaType::readsAccept()
{
    QFETCH(base::Headers, headers);
    QTEST(web::accepts(headers, "application/json"), "isAllowed");
}

GATEHOUSE_TEST(TestMediaType)
#include "tst_mediatype.moc"
