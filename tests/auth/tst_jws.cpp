// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/jws.h"
#include "base/base64url.h"
#include "base/json.h"
#include "keys/jwk.h"
#include "keys/signature.h"
#include "keys/signingkey.h"
#include "support/unit.h"

#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QTest>

#include <algorithm>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using auth::Reason;

namespace {

/// Whether the key, or the key of that name in the set, signed the token.
bool accepts(const QJsonObject &published, const QByteArray &token)
{
    const auto jws = auth::readJws(token);
    if (!jws)
        return false;
    const QJsonArray all
        = published.contains("keys"_L1) ? published.value("keys"_L1).toArray() : QJsonArray({published});
    const auto set = keys::readJwkSet(base::writeJson(QJsonObject{{u"keys"_s, all}}));
    return set && std::any_of(set->keys.begin(), set->keys.end(), [&](const keys::Jwk &key) {
               return (all.size() == 1 || key.keyId == jws->keyId)
                   && keys::verifySignature(jws->algorithm, key, jws->signingInput, jws->signature)
                   == keys::SignatureAnswer::Good;
           });
}

} // namespace

class TestJws : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void acceptsWhatItsOwnKeySigned();
    void refusesEveryChangedByteOfAToken();
    void readsOnlyCompactTokens_data();
    void readsOnlyCompactTokens();
    void readsOnlyObjectsAsClaims_data();
    void readsOnlyObjectsAsClaims();
    void agreesWithWycheproof_data();
    void agreesWithWycheproof();

private:
    std::optional<keys::SigningKey> m_key;
    QByteArray m_token;
};

void TestJws::initTestCase()
{
    const auto key = keys::SigningKey::generate(u"k1"_s, 0);
    QVERIFY(key);
    m_key = *key;
    m_token = m_key->sign({{u"alg"_s, u"RS256"_s}, {u"kid"_s, u"k1"_s}}, R"({"sub":"user_1"})");
}

void TestJws::acceptsWhatItsOwnKeySigned()
{
    QVERIFY(accepts(m_key->publicJwk(), m_token));
    // RFC 7515 does not say what is signed: text that is no JSON, and nothing at all, are good JWS but no
    // JWT.
    for (const QByteArray &payload : {"foo"_ba, ""_ba}) {
        const QByteArray token = m_key->sign({{u"alg"_s, u"RS256"_s}}, payload);
        QVERIFY(accepts(m_key->publicJwk(), token));
        QVERIFY(!auth::readClaims(*auth::readJws(token)));
    }
}

void TestJws::refusesEveryChangedByteOfAToken()
{
    for (qsizetype i = 0; i < m_token.size(); ++i) {
        QByteArray changed = m_token;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        QVERIFY2(!accepts(m_key->publicJwk(), changed), qPrintable(u"byte %1"_s.arg(i)));
        QVERIFY2(!accepts(m_key->publicJwk(), m_token.first(i)), qPrintable(u"cut at %1"_s.arg(i)));
    }
}

void TestJws::readsOnlyCompactTokens_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<Reason>("reason");
    const auto made = [](const QByteArray &header) { return base::toBase64Url(header) + ".e30.AAAA"; };
    const Reason malformed = Reason::MalformedToken;
    const Reason notSafe = Reason::UnsafeHeader;
    QTest::newRow("empty") << ""_ba << malformed;
    QTest::newRow("one part") << "e30"_ba << malformed;
    QTest::newRow("two parts") << "e30.e30"_ba << malformed;
    QTest::newRow("four parts") << "e30.e30.e30.e30"_ba << malformed;
    QTest::newRow("five parts, as encryption has") << "e30.e30.e30.e30.e30"_ba << malformed;
    QTest::newRow("no header") << ".e30.AAAA"_ba << malformed;
    QTest::newRow("padding") << "eyJhbGciOiJSUzI1NiJ9.e30=.AAAA"_ba << malformed;
    QTest::newRow("a foreign character") << "eyJhbGciOiJSUzI1NiJ9.e3?0.AAAA"_ba << malformed;
    QTest::newRow("the other base64 alphabet") << "eyJhbGciOiJSUzI1NiJ9.e30.AA+/"_ba << malformed;
    QTest::newRow("stray bits") << "eyJhbGciOiJSUzI1NiJ9.e30.AAF"_ba << malformed;
    QTest::newRow("an impossible length") << "eyJhbGciOiJSUzI1NiJ9.e30.AAAAA"_ba << malformed;
    QTest::newRow("white space") << "eyJhbGciOiJSUzI1NiJ9.e3 0.AAAA"_ba << malformed;
    QTest::newRow("no alg") << made("{}") << malformed;
    QTest::newRow("alg twice") << made(R"({"alg":"RS256","alg":"none"})") << malformed;
    QTest::newRow("alg a number") << made(R"({"alg":1})") << malformed;
    QTest::newRow("kid a number") << made(R"({"alg":"RS256","kid":7})") << malformed;
    QTest::newRow("header an array") << made("[]") << malformed;
    QTest::newRow("header no UTF-8") << made("{\"alg\":\"RS256\",\"x\":\"\xff\"}") << malformed;
    QTest::newRow("crit") << made(R"({"alg":"RS256","crit":["exp"]})") << notSafe;
    QTest::newRow("b64") << made(R"({"alg":"RS256","b64":false})") << notSafe;
    QTest::newRow("key in the header") << made(R"({"alg":"RS256","jwk":{}})") << notSafe;
    QTest::newRow("key address in the header")
        << made(R"({"alg":"RS256","jku":"https://evil.example"})") << notSafe;
    QTest::newRow("certificate address in the header")
        << made(R"({"alg":"RS256","x5u":"https://evil.example"})") << notSafe;
    QTest::newRow("certificate in the header") << made(R"({"alg":"RS256","x5c":[]})") << notSafe;
    QTest::newRow("far too long") << QByteArray(auth::maximumTokenBytes + 1, 'a') << Reason::TooLong;
}

void TestJws::readsOnlyCompactTokens()
{
    QFETCH(QByteArray, token);
    const auto jws = auth::readJws(token);
    QVERIFY(!jws);
    QTEST(jws.error(), "reason");
}

void TestJws::readsOnlyObjectsAsClaims_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<bool>("good");
    QTest::newRow("an object") << R"({"sub":"a"})"_ba << true;
    QTest::newRow("an empty object") << "{}"_ba << true;
    QTest::newRow("an array") << "[]"_ba << false;
    QTest::newRow("a text") << R"("a")"_ba << false;
    QTest::newRow("a claim twice") << R"({"sub":"a","sub":"b"})"_ba << false;
    QTest::newRow("a claim twice, once escaped") << R"({"sub":"a","s\u0075b":"b"})"_ba << false;
    QTest::newRow("something behind it") << R"({"sub":"a"}x)"_ba << false;
    QTest::newRow("nested too deep") << QByteArray(R"({"a":)").repeated(40) + "1"
            + QByteArray("}").repeated(40)
                                     << false;
    QTest::newRow("a comment") << "{}//"_ba << false;
    QTest::newRow("nothing") << ""_ba << false;
}

void TestJws::readsOnlyObjectsAsClaims()
{
    QFETCH(QByteArray, payload);
    auth::Jws jws;
    jws.payload = payload;
    QTEST(auth::readClaims(jws).has_value(), "good");
}

void TestJws::agreesWithWycheproof_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("accepted");
    QTest::addColumn<int>("refused");
    QTest::newRow("signatures") << u"json_web_signature_test.json"_s << 32 << 369;
    QTest::newRow("crypto") << u"json_web_crypto_test.json"_s << 2 << 47;
    QTest::newRow("keys") << u"json_web_key_test.json"_s << 1 << 25;
}

void TestJws::agreesWithWycheproof()
{
    QFETCH(QString, name);
    QFile file(QStringLiteral(GATEHOUSE_SOURCE_DIR "/../shared/vectors/wycheproof/") + name);
    if (!file.open(QIODevice::ReadOnly))
        QSKIP(qPrintable(u"The test data is absent: "_s + file.fileName()));
    const auto document = base::readJsonObject(file.readAll());
    QVERIFY(document);
    const bool isSignatures = name.contains("signature"_L1);
    // Called valid there, and refused here on purpose.
    const QHash<int, QString> stricter = {
        {346, u"the key is for PS256, the token says PS384"_s},
        {350, u"the key is for PS256, the token says PS384"_s},
        {347, u"the key is for “ES521”, which no RFC knows"_s},
        {351, u"the key is for “ES521”, which no RFC knows"_s},
    };
    int accepted = 0;
    int refused = 0;
    int symmetric = 0;
    const QJsonArray groups = document->value("testGroups"_L1).toArray();
    for (const QJsonValue group : groups) {
        const QJsonObject key = group.toObject().value("public"_L1).toObject();
        const QJsonArray tests = group.toObject().value("tests"_L1).toArray();
        for (const QJsonValue value : tests) {
            const QJsonObject test = value.toObject();
            if (!test.contains("jws"_L1))
                continue; // Encryption, which no token of ours has.
            const int id = test.value("tcId"_L1).toInt();
            const bool isGood = accepts(key, test.value("jws"_L1).toString().toUtf8());
            const bool isValid = test.value("result"_L1).toString() == "valid"_L1;
            ++(isGood ? accepted : refused);
            QVERIFY2(isValid || !isGood, qPrintable(u"test %1 is bad but was accepted"_s.arg(id)));
            if (!isValid || isGood)
                continue;
            if (key.isEmpty()) {
                ++symmetric; // HMAC: no key that is published can verify it.
                continue;
            }
            QVERIFY2(isSignatures && stricter.contains(id),
                     qPrintable(u"test %1 is good but was refused"_s.arg(id)));
            qInfo("%s", qPrintable(u"test %1 refused on purpose: %2"_s.arg(id).arg(stricter.value(id))));
        }
    }
    qInfo("%s",
          qPrintable(u"%1 accepted, %2 refused, among them %3 good ones with a symmetric key"_s.arg(accepted)
                         .arg(refused)
                         .arg(symmetric)));
    QTEST(accepted, "accepted");
    QTEST(refused, "refused");
}

GATEHOUSE_TEST(TestJws)
#include "tst_jws.moc"
