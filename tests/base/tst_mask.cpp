// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "base/mask.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using base::Place;

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
             {"eyJ",           "eyJ.", "a.eyJ", "eyJ=",      "token=",    "Bearer ",  "Bearer eyJ ",
              "a: ",           "\"",   "\\\"",  "\\u0065yJ", "{\"a\":\"", "cookie: ", "=",
              "eyJeyJ ",       "[",    "x=\"",  "_",         "sk_live_",  "data:\n",  "\"secret\":[",
              "\"secret\":1,", "://",  "://:",  "://a:b@",   "x:@"})
            QTest::addRow("%s", piece) << QByteArray(piece);
    }
    void looksAtEachPlaceOnce()
    {
        QFETCH(QByteArray, piece);
        const QByteArray text = piece.repeated(1'000'000 / piece.size());
        (void)base::maskText(text, Place::OAuthRequest);
        (void)base::maskBody("[\"" + text + "\"]");
        (void)base::maskEventStream("data: " + text);
    }
    /// The same: each bracket would be compared with the whole of what the text holds.
    void comparesWhatStandsTwiceFewTimes()
    {
        constexpr qsizetype size = 500'000;
        const QByteArray within = QByteArray(size / 8, '[') + QByteArray(size / 8, ']');
        const QByteArray body = "[\"" + within + "\"," + QByteArray(10 * size, '[');
        QCOMPARE(base::maskBody(body), body);
    }
    void looksThroughJsonThatStandsTwiceAsIfItStoodOnce_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("shown");
        const QByteArray twice = "{\"text\":\"{\\\"a\\\":[1,\\\"b\\\"]}\",";
        QTest::addRow("beside it") << twice + "\"value\":{\"a\":[1,\"b\"]}}"
                                   << twice + "\"value\":{\"a\":[1,\"b\"]}}";
        QTest::addRow("as the value of a secret")
            << twice + "\"secret\":{\"a\":[1,\"b\"]}}" << twice + "\"secret\":{\"a\":[\"…\",\"…\"]}}";
        QTest::addRow("with a secret behind it") << twice + "\"value\":{\"a\":[1,\"b\"]},\"password\":\"x\"}"
                                                 << twice + "\"value\":{\"a\":[1,\"b\"]},\"password\":\"…\"}";
        QTest::addRow("where the text is no whole JSON")
            << "[\"{\\\"a\\\":[\",\"secret\",{\"a\":[\"}}],{\"secret\":\"x\"}]"_ba
            << "[\"{\\\"a\\\":[\",\"secret\",{\"a\":[\"}}],{\"secret\":\"…\"}]"_ba;
    }
    void looksThroughJsonThatStandsTwiceAsIfItStoodOnce()
    {
        QFETCH(const QByteArray, body);
        QTEST(base::maskBody(body), "shown");
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
        QTest::addRow("an API key of WorkOS") << "key sk_live_c2lnbmF0dXJlLXNlY3JldA."_ba;
        QTest::addRow("an API key for tests") << "\"sk_test_c2lnbmF0dXJlLXNlY3JldA\""_ba;
        QTest::addRow("a password in an address")
            << "at postgresql://ada:c2lnbmF0dXJlLXNlY3JldA@db.example/documents"_ba;
        QTest::addRow("a password with a colon and an @ in it")
            << "\"https://ada:c2lnbmF0dXJlLXNlY3JldA:x@c2lnbmF0dXJlLXNlY3JldA@db.example\""_ba;
    }

    void hidesASecretWhereverItStands()
    {
        QFETCH(QByteArray, text);
        const QByteArray masked = base::maskText(text, Place::OAuthRequest);
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
        QTest::addRow("addresses without a password")
            << "https://ada@db.example:5432/a:b@c http://localhost:3000?to=a@b"_ba;
        QTest::addRow("UTF-8") << "Grüße … 東京"_ba;
        QTest::addRow("a name that ends like a key") << "ask_live_performances, task_test_cases"_ba;
        // What a tool says is its own.
        QTest::addRow("an error's code") << "Upstream failed: code=E42"_ba;
        QTest::addRow("a state of the union") << "query: state=CA&zip=94016"_ba;
        QTest::addRow("a code in quotes") << "status code: \"E42\""_ba;
        QTest::addRow("where a page begins")
            << "next_token=abc&page_token=abc&token=abc&nextToken: \"abc\""_ba;
        QTest::addRow("a branch") << "git checkout -b feature/state=done"_ba;
        QTest::addRow("a query") << "SELECT code, state FROM t WHERE state='CA'"_ba;
        QTest::addRow("a sentence on a header") << "authorization of \"x\", see docs"_ba;
        QTest::addRow("nothing where a secret could be") << "access_token=&password=&x=1"_ba;
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
        // What is empty is no secret, and must not look like one.
        QCOMPARE(base::maskHeader("Authorization", ""), ""_ba);
        QCOMPARE(base::maskHeader("Authorization", "Bearer "), "Bearer "_ba);
        QCOMPARE(base::maskHeader("Cookie", ""), ""_ba);
        QCOMPARE(base::maskHeader("Location", "http://127.0.0.1/cb?code=abc&state=def&x=1"),
                 "http://127.0.0.1/cb?code=…&state=…&x=1"_ba);
        QCOMPARE(base::maskHeader("Authorization", "Basic " + QByteArray(60, 'Q')), "Basic …"_ba);
        QCOMPARE(base::maskHeader("Cookie", "a=b"), "…"_ba);
        for (const QByteArray &name :
             {"X-Auth-Token"_ba, "Private-Token"_ba, "CF-Access-Client-Secret"_ba, "X-Goog-Api-Key"_ba,
              "Gatehouse-Control"_ba, "Mcp-Session-Id"_ba, "apikey"_ba, "X-ApiKey"_ba, "X-Auth-Password"_ba,
              "X-Authorization"_ba})
            QCOMPARE(base::maskHeader(name, "s3cret"), "…"_ba);
        QCOMPARE(base::maskHeader("Mcp-Param-Password", "s3cret"), "…"_ba);
        QCOMPARE(base::maskText("Found. Redirecting to http://127.0.0.1/cb?code=abc&state=def"_ba,
                                Place::OAuthAnswer),
                 "Found. Redirecting to http://127.0.0.1/cb?code=…&state=…"_ba);
        for (const QByteArray &name :
             {"Idempotency-Key"_ba, "Sec-WebSocket-Key"_ba, "X-Cache-Key"_ba, "Mcp-Param-Sort-Key"_ba,
              "Mcp-Name"_ba, "X-Request-Id"_ba, "traceparent"_ba, "Accept"_ba, "Key"_ba, "Monkey"_ba})
            QCOMPARE(base::maskHeader(name, "shown"), "shown"_ba);
        QCOMPARE(base::maskHeader("Accept", "*/*"), "*/*"_ba);
    }

    void knowsSecretsByTheirNames_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("inRequests");
        QTest::addColumn<bool>("inAnswers");
        QTest::addColumn<bool>("elsewhere");
        const auto rows = [](bool inRequests, bool inAnswers, bool elsewhere, const QByteArrayList &names) {
            for (const QByteArray &name : names)
                QTest::addRow("%s", name.constData()) << name << inRequests << inAnswers << elsewhere;
        };
        rows(true, true, true,
             {"access_token",  "accessToken",  "refresh_token", "id_token",    "idToken",
              "client_secret", "clientSecret", "code_verifier", "api_key",     "apiKey",
              "API-KEY",       "x-api-key",    "password",      "PASSWORD",    "authorization",
              "cookie",        "Set-Cookie",   "privateKey",    "device_code", "registration_access_token",
              "secret"});
        rows(true, true, false,
             {"token", "next_token", "nextToken", "page_token", "csrf_token", "subject_token"});
        rows(true, false, false, {"code", "state", "assertion", "user_code"});
        rows(false, false, false,
             {"",         "tokens",       "token_type", "grant_type",    "code_challenge",
              "zip_code", "country_code", "stateCode",  "status_code",   "nonce",
              "session",  "secretary",    "cookies",    "passwords",     "authorizations",
              "a_p_i",    "expectation",  "max_tokens", "password_hint", "key",
              "pin",      "secretive"});
        rows(true, true, true,
             {"api_token", "oauth_token", "github_token", "bot_token", "user_access_token", "newRefreshToken",
              "db_password", "webhook_secret", "aws_secret_access_key", "WORKOS-API-KEY"});
    }
    void knowsSecretsByTheirNames()
    {
        QFETCH(QByteArray, name);
        QFETCH(bool, inRequests);
        QFETCH(bool, inAnswers);
        QFETCH(bool, elsewhere);
        QCOMPARE(base::isSecretName(name, Place::OAuthRequest), inRequests);
        QCOMPARE(base::isSecretName(name, Place::OAuthAnswer), inAnswers);
        QCOMPARE(base::isSecretName(name, Place::Elsewhere), elsewhere);
    }

    void hidesSecretMembersOfJson()
    {
        // Written with single quotes: moc 6.4 loses its way in raw strings that hold others.
        const auto quoted = [](QByteArray text) { return text.replace('\'', '"'); };
        const auto json = base::readJson(
            quoted("{'access_token':'abc','a':[{'clientSecret':{'x':['d',1,''],'y':null},'note':'ok'}],"
                   "'password':1,'error':{'code':-32600}}"));
        QVERIFY(json);
        QCOMPARE(base::writeJson(base::maskJson(*json)),
                 quoted("{'a':[{'clientSecret':{'x':['…','…',''],'y':null},'note':'ok'}],'access_token':'…',"
                        "'error':{'code':-32600},'password':'…'}"));
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
        row("a secret member", "{'b':1,'password':'abc','a':2}", "{'b':1,'password':'…','a':2}");
        same("what a tool calls so", "{'code':'print(1)','state':'open','nextToken':'x','token':'y'}");
        same("empty secrets", "{'password':'','secret':null,'apiKey':[ ],'cookie':{}}");
        row("secrets that are no texts", "{'password' : 1234 ,'secret':true,'pin':5}",
            "{'password' : '…' ,'secret':true,'pin':5}");
        row("a secret of several", "{'secret':{'a':['x',-1.5e3,null],'b':'y'},'c':'z'}",
            "{'secret':{'a':['…','…',null],'b':'…'},'c':'z'}");
        row("a number that is cut", "{'password': 12", "{'password': '…'");
        row("numbers inside a text", "{'text':'{\\'password\\': 1234, \\'n\\': 5}'}",
            "{'text':'{\\'password\\': \\'…\\', \\'n\\': 5}'}");
        row("objects inside a text", "{'text':'{\\'secret\\':{\\'k\\':\\'hunter2\\'},\\'a\\':[\\'x\\']}'}",
            "{'text':'{\\'secret\\':{\\'k\\':\\'…\\'},\\'a\\':[\\'x\\']}'}");
        row("a quote in a secret in a text", "{'text':'{\\'password\\':\\'ab\\\\\\'cd\\'}'}",
            "{'text':'{\\'password\\':\\'…\\'}'}");
        row("two names that are tokens", "{'sk_live_aaaaaaaaa':1,'sk_live_bbbbbbbbb':2}",
            "{'sk_live_…':1,'sk_live_…2':2}");
        row("too many brackets at first", "[]]]]{'secret':{'a':'x'}}", "[]]]]{'secret':{'a':'…'}}");
        row("an API key", "['sk_live_0123456789abc']", "['sk_live_…']");
        row("spaces around the colon", "{'client_secret' : 'abc'}", "{'client_secret' : '…'}");
        row("an escaped name", "{'p\\u0061ssword':'abc'}", "{'p\\u0061ssword':'…'}");
        row("a token in a text", "{'text':'take " + token + " now'}", "{'text':'take … now'}");
        row("a token as a name", "{'" + token + "':1}", "{'…':1}");
        row("an escaped token", "{'text':'\\u0065" + token.sliced(1) + "'}", "{'text':'…'}");
        row("a token outside of texts", "['a'," + token + "]", "['a',…]");
        row("a token behind JSON", "{'a':1}" + token, "{'a':1}…");
        row("no JSON as it should be", "{access_token:'abc','secret':'d\\'}",
            "{access_token:'…','secret':'…'");
        row("a secret cut off", "{'access_token':'abc", "{'access_token':'…'");
        row("JSON inside a text", "{'text':'{\\'access_token\\':\\'" + token + "\\'}'}",
            "{'text':'{\\'access_token\\':\\'…\\'}'}");
    }

    void keepsABodyByteForByteButForItsSecrets()
    {
        QFETCH(QByteArray, body);
        QTEST(base::maskBody(body), "masked");
    }

    void masksTheDataOfEventStreams_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<QByteArray>("masked");
        const QByteArray token = jwt;
        const auto same
            = [](const char *name, const QByteArray &stream) { QTest::newRow(name) << stream << stream; };
        same("nothing", "");
        same("no secrets", "id: 1\r\nevent: message\r\ndata:{\"a\":1}\r\n\r\n: ping\n\n");
        QTest::newRow("a member in a text of JSON")
            << "data: {\"text\":\"{\\\"password\\\":\\\"hunter2\\\"}\",\"n\":1.10}\n\ndata: {}\n\n"_ba
            << "data: {\"text\":\"{\\\"password\\\":\\\"…\\\"}\",\"n\":1.10}\n\ndata: {}\n\n"_ba;
        QTest::newRow("a member over two lines") << "id: 1\ndata: {\"password\":\ndata: \"hunter2\"}\n\n"_ba
                                                 << "id: 1\ndata: {\"password\":\ndata: \"…\"}\n\n"_ba;
        QTest::newRow("a comment between two lines")
            << "data: {\"password\":\n: ping\ndata: \"hunter2\"}\n\n"_ba
            << ": ping\ndata: {\"password\":\ndata: \"…\"}\n\n"_ba;
        QTest::newRow("behind a mark of the byte order") << "\xEF\xBB\xBF"
                                                            "data: {\"password\":\"x\"}\n\n"_ba
                                                         << "data: {\"password\":\"…\"}\n\n"_ba;
        QTest::newRow("a token in an id and in a comment") << "id: " + token + "\n: " + token + "\n\n"
                                                           << "id: …\n: …\n\n"_ba;
        QTest::newRow("the last line is cut") << "data: {\"a\":1}\n\ndata: {\"password\":\"hunter2"_ba
                                              << "data: {\"a\":1}\n\ndata: {\"password\":\"…\"\n"_ba;
    }
    void masksTheDataOfEventStreams()
    {
        QFETCH(QByteArray, stream);
        QTEST(base::maskEventStream(stream), "masked");
    }

    void cutsNoTokenInTwo_data()
    {
        QTest::addColumn<QByteArray>("masked");
        QTest::addColumn<bool>("isWhole");
        QTest::addColumn<QByteArray>("shown");
        QTest::newRow("short") << "abc"_ba << true << "abc"_ba;
        QTest::newRow("short, and more came") << "abc def"_ba << false << "abc "_ba;
        QTest::newRow("within a word") << "0123 abcdefgh"_ba << true << "0123 "_ba;
        QTest::newRow("behind a word") << "0123 abcde fgh"_ba << true << "0123 abcde"_ba;
        QTest::newRow("within a character") << "012345678ä"_ba << true << "012345678"_ba;
        QTest::newRow("one word alone") << QByteArray(50, 'a') << true << ""_ba;
    }
    void cutsNoTokenInTwo()
    {
        QFETCH(QByteArray, masked);
        QFETCH(bool, isWhole);
        QTEST(base::beginningOfMasked(masked, 10, isWhole), "shown");
    }

    void givesTheSameFingerprintForTheSameToken()
    {
        QCOMPARE(base::fingerprint(jwt), base::fingerprint(jwt));
        QCOMPARE(base::fingerprint("abc"), "ba7816bf"_ba); // FIPS 180-2, appendix B.1
        QVERIFY(base::fingerprint("abd") != base::fingerprint("abc"));
    }
};

GATEHOUSE_TEST(TestMask)
#include "tst_mask.moc"
