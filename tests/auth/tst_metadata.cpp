// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/issuermetadata.h"
#include "auth/resourcemetadata.h"
#include "base/json.h"
#include "support/scriptedfetcher.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QElapsedTimer>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using Document = auth::IssuerMetadata::Document;

class TestMetadata : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void putsTheWellKnownPathInFrontOfTheResourcesPath_data();
    void putsTheWellKnownPathInFrontOfTheResourcesPath();
    void describesTheResource();
    void passesTheIssuersDocumentsThroughByteForByte();
    void fetchesOnceForManyAndKeepsTheCopy();
    void saysWhatIsWrongWithTheIssuer_data();
    void saysWhatIsWrongWithTheIssuer();
    void servesTheOldCopyWhileTheIssuerIsAway();
    void servesTheOldCopyWhileTheIssuerIsSlow();
    void servesNoCopyThatIsOlderThanADay();
    void asksAgainWhenTheClockWasSetBack();
    void asksWithItsValidatorsWhetherACopyHasChanged();
    void keepsACopyForAsLongAsItsCacheControlSays();

private:
    auth::PassedThrough get(Document document = Document::AuthorizationServer)
    {
        std::optional<auth::PassedThrough> answer;
        m_metadata->get(document, [&](const auth::PassedThrough &given) { answer = given; });
        if (!gatehouse::waitFor([&] { return answer.has_value(); }, 5000))
            QTest::qFail("no answer came", __FILE__, __LINE__);
        return answer.value_or(auth::PassedThrough{0, {}});
    }

    const QString m_place = u"https://acme.authkit.app/.well-known/oauth-authorization-server"_s;
    qint64 m_nowMs = 0;
    std::unique_ptr<test::ScriptedFetcher> m_fetcher;
    std::unique_ptr<auth::IssuerMetadata> m_metadata;
};

void TestMetadata::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    m_nowMs = 1'800'000'000'000;
    m_fetcher = std::make_unique<test::ScriptedFetcher>();
    m_metadata = std::make_unique<auth::IssuerMetadata>(u"https://acme.authkit.app"_s, m_fetcher.get(),
                                                        [this] { return m_nowMs; });
    m_fetcher->answers.insert(m_place, {200, "{ \"issuer\" : \"x\" }\n"});
}

void TestMetadata::putsTheWellKnownPathInFrontOfTheResourcesPath_data()
{
    QTest::addColumn<QString>("resource");
    QTest::addColumn<QString>("address");
    const QString place = u"/.well-known/oauth-protected-resource"_s;
    QTest::newRow("a path") << u"http://localhost:3000/mcp"_s
                            << u"http://localhost:3000"_s + place + u"/mcp"_s;
    QTest::newRow("a longer path") << u"https://h/public/mcp"_s << u"https://h"_s + place + u"/public/mcp"_s;
    QTest::newRow("no path") << u"https://h"_s << u"https://h"_s + place;
    QTest::newRow("only a slash") << u"https://h/"_s << u"https://h"_s + place;
    QTest::newRow("an escape, kept as it is") << u"https://h/%6dcp"_s << u"https://h"_s + place + u"/%6dcp"_s;
}

void TestMetadata::putsTheWellKnownPathInFrontOfTheResourcesPath()
{
    QFETCH(QString, resource);
    QTEST(auth::resourceMetadataUrl(resource), "address");
}

void TestMetadata::describesTheResource()
{
    const QJsonObject json
        = auth::ResourceMetadata{u"http://h/mcp"_s, u"https://i"_s, {u"openid"_s}}.toJson();
    QCOMPARE(json.value("resource"_L1).toString(), u"http://h/mcp"_s);
    QCOMPARE(json.value("authorization_servers"_L1).toArray(), QJsonArray({u"https://i"_s}));
    QCOMPARE(json.value("scopes_supported"_L1).toArray(), QJsonArray({u"openid"_s}));
    QCOMPARE(json.value("bearer_methods_supported"_L1).toArray(), QJsonArray({u"header"_s}));
    QVERIFY(!auth::ResourceMetadata().toJson().contains("scopes_supported"_L1));
}

void TestMetadata::passesTheIssuersDocumentsThroughByteForByte()
{
    const auth::PassedThrough answer = get();
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, "{ \"issuer\" : \"x\" }\n"_ba);
    QCOMPARE(get(Document::OpenIdConfiguration).status, 502); // The other document has a place of its own.
}

void TestMetadata::fetchesOnceForManyAndKeepsTheCopy()
{
    int good = 0;
    for (int i = 0; i < 20; ++i)
        m_metadata->get(Document::AuthorizationServer,
                        [&](const auth::PassedThrough &answer) { good += answer.status == 200 ? 1 : 0; });
    QTRY_COMPARE(good, 20);
    (void)get();
    QCOMPARE(m_fetcher->count, 1);
    m_nowMs += 6 * 60 * 1000;
    (void)get();
    QCOMPARE(m_fetcher->count, 2);
}

void TestMetadata::saysWhatIsWrongWithTheIssuer_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("slow");
    QTest::addColumn<int>("answer");
    QTest::newRow("not there") << 0 << ""_ba << false << 502;
    QTest::newRow("too slow") << 0 << ""_ba << true << 504;
    QTest::newRow("a redirect") << 302 << ""_ba << false << 502;
    QTest::newRow("not found") << 404 << "{}"_ba << false << 502;
    QTest::newRow("no JSON") << 200 << "<html>"_ba << false << 502;
    QTest::newRow("a list") << 200 << "[]"_ba << false << 502;
}

void TestMetadata::saysWhatIsWrongWithTheIssuer()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(bool, slow);
    m_fetcher->answers.clear();
    m_fetcher->fault = slow ? base::FetchFault::TimedOut : base::FetchFault::Unreachable;
    if (status != 0)
        m_fetcher->answers.insert(m_place, {status, body});
    const auth::PassedThrough passed = get();
    QTEST(passed.status, "answer");
    const auto json = base::readJsonObject(passed.body);
    QVERIFY(json);
    QVERIFY(!json->value("error_description"_L1).toString().isEmpty());
}

void TestMetadata::servesTheOldCopyWhileTheIssuerIsAway()
{
    QCOMPARE(get().status, 200);
    m_fetcher->answers.clear();
    m_nowMs += 60 * 60 * 1000;
    QCOMPARE(get().status, 200);
    QCOMPARE(m_fetcher->count, 2);
}

void TestMetadata::servesTheOldCopyWhileTheIssuerIsSlow()
{
    QCOMPARE(get().status, 200);
    m_nowMs += 60 * 60 * 1000;
    m_fetcher->delayMs = 3000;
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(get().status, 200);
    QVERIFY2(timer.elapsed() < 2500, "a client does not wait for what it can have at once");
    // Without a copy there is nothing else to do.
    m_fetcher->delayMs = 1500;
    timer.restart();
    QCOMPARE(get(Document::OpenIdConfiguration).status, 502);
    QVERIFY(timer.elapsed() >= 1400);
}

void TestMetadata::servesNoCopyThatIsOlderThanADay()
{
    QCOMPARE(get().status, 200);
    m_fetcher->answers.clear();
    m_nowMs += 23LL * 3600 * 1000;
    QCOMPARE(get().status, 200);
    m_nowMs += 2LL * 3600 * 1000;
    QCOMPARE(get().status, 502);
}

void TestMetadata::asksAgainWhenTheClockWasSetBack()
{
    const auto answers = std::exchange(m_fetcher->answers, {});
    QCOMPARE(get().status, 502);
    m_fetcher->answers = answers;
    m_nowMs -= 3600'000LL;
    QVERIFY2(get().status == 200, "a failure that lies ahead pauses nothing");
    m_fetcher->answers.insert(m_place, {200, "{ \"issuer\" : \"y\" }"});
    m_nowMs -= 3600'000LL;
    QVERIFY2(get().body.contains("y"), "a copy that comes from the future is no fresh one");
}

void TestMetadata::asksWithItsValidatorsWhetherACopyHasChanged()
{
    m_fetcher->headers = {{"etag", "\"v1\""}, {"last-modified", "Fri, 15 Jan 2027 08:00:00 GMT"}};
    QCOMPARE(get().status, 200);
    QVERIFY(base::valuesOf(m_fetcher->last.headers, "If-None-Match").isEmpty());
    m_nowMs += 6 * 60 * 1000;
    m_fetcher->answers.insert(m_place, {304, {}});
    const auth::PassedThrough unchanged = get();
    QCOMPARE(unchanged.status, 200);
    QCOMPARE(unchanged.body, "{ \"issuer\" : \"x\" }\n"_ba);
    QCOMPARE(base::valuesOf(m_fetcher->last.headers, "If-None-Match"), QList<QByteArray>{"\"v1\""});
    (void)get();
    QCOMPARE(m_fetcher->count, 2); // Fresh again.

    m_nowMs += 6 * 60 * 1000;
    m_fetcher->headers = {{"last-modified", "Fri, 15 Jan 2027 09:00:00 GMT"}};
    m_fetcher->answers.insert(m_place, {200, R"({"issuer":"y"})"});
    QCOMPARE(get().body, R"({"issuer":"y"})"_ba);
    m_nowMs += 6 * 60 * 1000;
    (void)get();
    QVERIFY(base::valuesOf(m_fetcher->last.headers, "If-None-Match").isEmpty());
    QCOMPARE(base::valuesOf(m_fetcher->last.headers, "If-Modified-Since").size(), 1);
    // Unchanged from what? Nobody has a copy of the other document.
    m_fetcher->answers.insert(
        QString(m_place).replace(u"oauth-authorization-server"_s, u"openid-configuration"_s), {304, {}});
    QCOMPARE(get(Document::OpenIdConfiguration).status, 502);
}

void TestMetadata::keepsACopyForAsLongAsItsCacheControlSays()
{
    m_fetcher->headers = {{"cache-control", "public, max-age=900"}};
    QCOMPARE(get().status, 200);
    m_nowMs += 899'000;
    (void)get();
    QCOMPARE(m_fetcher->count, 1);
    m_nowMs += 1'000;
    (void)get();
    QCOMPARE(m_fetcher->count, 2);
}

GATEHOUSE_TEST(TestMetadata)
#include "tst_metadata.moc"
