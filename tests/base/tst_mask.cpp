// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "base/mask.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestMask : public QObject
{
    Q_OBJECT

    static constexpr auto jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1c2VyXzAxIn0.c2lnbmF0dXJlLXNlY3JldA";

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    /// Otherwise this would take a quarter of an hour.
    void looksAtEachPlaceOnce_data()
    {
        QTest::addColumn<QByteArray>("piece");
        for (const char *piece :
             {"eyJ", "eyJ.", "a.eyJ", "eyJ=", "token=", "Bearer ", "Bearer eyJ ", "a: ", "\"", "\\\"",
              "\\u0065yJ", "{\"a\":\"", "cookie: ", "=", "eyJeyJ ", "[", "x=\""})
            QTest::addRow("%s", piece) << QByteArray(piece);
    }
    void looksAtEachPlaceOnce()
    {
        QFETCH(QByteArray, piece);
        const QByteArray text = piece.repeated(1'000'000 / piece.size());
        (void)base::maskText(text);
        (void)base::maskBody("[\"" + text + "\"]");
    }
    void hidesASecretWhereverItStands_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addRow("a JWT alone") << QByteArray(jwt);
        QTest::addRow("a JWT in a sentence") << "token " + QByteArray(jwt) + " was refused";
        QTest::addRow("a cookie as Qt prints it")
            << "(Headers: (\"Cookie\": \"c2lnbmF0dXJlLXNlY3JldA; a=b\"))"_ba;
        QTest::addRow("a cookie in a header block")
            << "Host: a\r\nCookie: a=b; c2lnbmF0dXJlLXNlY3JldA\r\nAccept: x"_ba;
        QTest::addRow("a session id in a header block") << "Mcp-Session-Id: c2lnbmF0dXJlLXNlY3JldA"_ba;
        QTest::addRow("a JWT as a path") << '/' + QByteArray(jwt);
        QTest::addRow("a JWT glued to a word") << "abc" + QByteArray(jwt);
        QTest::addRow("a JWT in quotes") << '"' + QByteArray(jwt) + '"';
        QTest::addRow("an opaque bearer token")
            << "Authorization: Bearer c2lnbmF0dXJlLXNlY3JldA0123456789"_ba;
        QTest::addRow("a bearer token of twenty characters") << "Bearer c2lnbmF0dXJlLXNlY3JldA"_ba;
        QTest::addRow("a name that ends like a token begins")
            << "x=1&aeyJ_token=a.b.c%20c2lnbmF0dXJlLXNlY3JldA&b=2"_ba;
        QTest::addRow("a value in quotes behind an equals sign")
            << "client_secret=\"c2lnbmF0dXJlLXNlY3JldA\""_ba;
        QTest::addRow("a name without quotes") << "{access_token: \"c2lnbmF0dXJlLXNlY3JldA\"}"_ba;
        QTest::addRow("a name without quotes or space") << "{code:\"c2lnbmF0dXJlLXNlY3JldA\"}"_ba;
        QTest::addRow("a code in a query") << "/callback?code=signature-secret-c2lnbmF0dXJlLXNlY3JldA&x=1"_ba;
        QTest::addRow("a refresh token in a form")
            << "grant_type=refresh_token&refresh_token=c2lnbmF0dXJlLXNlY3JldA"_ba;
        QTest::addRow("a verifier in a form") << "code_verifier=c2lnbmF0dXJlLXNlY3JldA"_ba;
    }

    void hidesASecretWhereverItStands()
    {
        QFETCH(QByteArray, text);
        const QByteArray masked = base::maskText(text);
        QVERIFY2(!masked.contains("c2lnbmF0dXJlLXNlY3JldA"), masked.constData());
        QVERIFY(masked.contains("…"));
    }

    void leavesOtherTextAlone_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addRow("a sentence") << "The bearer of bad news"_ba;
        QTest::addRow("a grant type") << "grant_type=refresh_token"_ba;
        QTest::addRow("a query without secrets") << "/mcp?a=1&b=2"_ba;
        QTest::addRow("a dotted name") << "eyJust.a.name is short of nothing"_ba.mid(3);
        QTest::addRow("a word before a colon") << "The state: running. The code: none."_ba;
        QTest::addRow("UTF-8") << "Grüße … 東京"_ba;
    }

    void leavesOtherTextAlone()
    {
        QFETCH(QByteArray, text);
        QCOMPARE(base::maskText(text), text);
    }

    void keepsTheSchemeAndTheLastFourOfALongToken()
    {
        QCOMPARE(base::maskHeader("authorization", "Bearer "_ba + jwt),
                 "Bearer …cmV0"_ba.replace("cmV0", QByteArray(jwt).last(4)));
        QCOMPARE(base::maskHeader("Authorization", "Bearer short"), "Bearer …"_ba);
        QCOMPARE(base::maskHeader("Authorization", "garbage"), "…"_ba);
        QCOMPARE(base::maskHeader("Authorization", "Basic " + QByteArray(60, 'Q')), "Basic …"_ba);
        QCOMPARE(base::maskHeader("Cookie", "a=b"), "…"_ba);
        for (const QByteArray &name :
             {"X-Auth-Token"_ba, "Private-Token"_ba, "CF-Access-Client-Secret"_ba, "X-Goog-Api-Key"_ba,
              "Gatehouse-Control"_ba, "Mcp-Session-Id"_ba, "apikey"_ba, "X-ApiKey"_ba, "X-Auth-Password"_ba,
              "X-Authorization"_ba})
            QCOMPARE(base::maskHeader(name, "s3cret"), "…"_ba);
        for (const QByteArray &name :
             {"Idempotency-Key"_ba, "Sec-WebSocket-Key"_ba, "X-Cache-Key"_ba, "Mcp-Param-Sort-Key"_ba,
              "Mcp-Name"_ba, "X-Request-Id"_ba, "traceparent"_ba, "Accept"_ba, "Key"_ba, "Monkey"_ba})
            QCOMPARE(base::maskHeader(name, "shown"), "shown"_ba);
        QCOMPARE(base::maskHeader("Accept", "*/*"), "*/*"_ba);
    }

    void hidesSecretMembersOfJson()
    {
        const auto json = base::readJson(
            R"({"access_token":"abc","a":[{"client_secret":"def","note":"ok"}],"error":{"code":-32600}})");
        QVERIFY(json);
        QCOMPARE(
            base::writeJson(base::maskJson(*json)),
            R"({"a":[{"client_secret":"…","note":"ok"}],"access_token":"…","error":{"code":-32600}})"_ba);
    }

    void keepsABodyByteForByteButForItsSecrets_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("masked");
        // Written with single quotes: moc 6.4 loses its way in raw strings that hold others.
        const auto row = [](const char *name, const QByteArray &body, const QByteArray &masked) {
            QTest::newRow(name) << QByteArray(body).replace('\'', '"')
                                << QByteArray(masked).replace('\'', '"');
        };
        const auto same = [&](const char *name, const QByteArray &body) { row(name, body, body); };
        const QByteArray token = jwt;
        same("order and spaces", "{ 'b' : 1 , 'a' : [ true, 'x\\n' ] }");
        same("an error's code", "{'error':{'code':-32600,'message':'no'}}");
        same("no JSON", "hello");
        same("cut in a string", "{'a':'b");
        same("empty", "");
        same("only a quote", "{'");
        row("a secret member", "{'b':1,'code':'abc','a':2}", "{'b':1,'code':'…','a':2}");
        row("spaces around the colon", "{'client_secret' : 'abc'}", "{'client_secret' : '…'}");
        row("an escaped name", "{'c\\u006fde':'abc'}", "{'c\\u006fde':'…'}");
        row("a token in a text", "{'text':'take " + token + " now'}", "{'text':'take … now'}");
        row("a token as a name", "{'" + token + "':1}", "{'…':1}");
        row("an escaped token", "{'text':'\\u0065" + token.sliced(1) + "'}", "{'text':'…'}");
        row("a token outside of texts", "['a'," + token + "]", "['a',…]");
        row("a token behind JSON", "{'a':1}" + token, "{'a':1}…");
        row("no JSON as it should be", "{access_token:'abc','code':'d\\'}", "{access_token:'…','code':'…'");
        row("a secret cut off", "{'access_token':'abc", "{'access_token':'…'");
        row("JSON inside a text", "{'text':'{\\'access_token\\':\\'" + token + "\\'}'}",
            "{'text':'{\\'access_token\\':\\'…\\'}'}");
    }

    void keepsABodyByteForByteButForItsSecrets()
    {
        QFETCH(QByteArray, body);
        QTEST(base::maskBody(body), "masked");
    }

    void givesTheSameFingerprintForTheSameToken()
    {
        QCOMPARE(base::fingerprint(jwt), base::fingerprint(jwt));
        QCOMPARE(base::fingerprint("abc"), "ba7816bf"_ba); // FIPS 180-2, appendix B.1
        QVERIFY(base::fingerprint("abd") != base::fingerprint("abc"));
    }
};

QTEST_GUILESS_MAIN(TestMask)
#include "tst_mask.moc"
