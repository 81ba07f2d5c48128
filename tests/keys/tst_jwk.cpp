// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/jwk.h"
#include "keys/signature.h"
#include "keys/signingkey.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using keys::SignatureAnswer;

class TestJwk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void verifiesWhatItsOwnKeySigned();
    void refusesASignatureThatFitsNot_data();
    void refusesASignatureThatFitsNot();
    void refusesUnfitKeys_data();
    void refusesUnfitKeys();
    void leavesUnusableKeysOutOfASet();
    void refusesWhatIsNoKeySet_data();
    void refusesWhatIsNoKeySet();

private:
    std::optional<keys::SigningKey> m_key;
};

void TestJwk::initTestCase()
{
    const auto key = keys::SigningKey::generate(u"k1"_s, 1'800'000'000'000);
    QVERIFY(key);
    m_key = *key;
}

void TestJwk::verifiesWhatItsOwnKeySigned()
{
    const auto key = keys::readJwk(m_key->publicJwk());
    QVERIFY(key);
    QCOMPARE(keys::verifySignature(u"RS256"_s, *key, "text", m_key->signature("text")),
             SignatureAnswer::Good);
    const auto other = keys::SigningKey::generate(u"k1"_s, 1'800'000'000'000);
    QVERIFY(other);
    QCOMPARE(keys::verifySignature(u"RS256"_s, *key, "text", other->signature("text")), SignatureAnswer::Bad);
}

void TestJwk::refusesASignatureThatFitsNot_data()
{
    QTest::addColumn<QString>("algorithm");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("signature");
    QTest::addColumn<SignatureAnswer>("answer");
    const QByteArray good = m_key->signature("text");
    QByteArray changed = good;
    changed[100] = char(changed[100] ^ 1);
    QTest::newRow("another text") << u"RS256"_s << "Text"_ba << good << SignatureAnswer::Bad;
    QTest::newRow("one bit changed") << u"RS256"_s << "text"_ba << changed << SignatureAnswer::Bad;
    QTest::newRow("empty") << u"RS256"_s << "text"_ba
                           << ""_ba << SignatureAnswer::Bad;
    QTest::newRow("cut short") << u"RS256"_s << "text"_ba << good.chopped(1) << SignatureAnswer::Bad;
    QTest::newRow("a zero in front") << u"RS256"_s << "text"_ba << QByteArray(1, '\0') + good
                                     << SignatureAnswer::Bad;
    QTest::newRow("all zero") << u"RS256"_s << "text"_ba << QByteArray(256, '\0') << SignatureAnswer::Bad;
    QTest::newRow("none") << u"none"_s << "text"_ba
                          << ""_ba << SignatureAnswer::UnknownAlgorithm;
    QTest::newRow("HMAC") << u"HS256"_s << "text"_ba << good << SignatureAnswer::UnknownAlgorithm;
    QTest::newRow("lower case") << u"rs256"_s << "text"_ba << good << SignatureAnswer::UnknownAlgorithm;
}

void TestJwk::refusesASignatureThatFitsNot()
{
    QFETCH(QString, algorithm);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, signature);
    const auto key = keys::readJwk(m_key->publicJwk());
    QVERIFY(key);
    QTEST(keys::verifySignature(algorithm, *key, text, signature), "answer");
}

void TestJwk::refusesUnfitKeys_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("private exponent") << u"d"_s << QJsonValue(u"AQ"_s);
    QTest::newRow("symmetric") << u"kty"_s << QJsonValue(u"oct"_s);
    QTest::newRow("no type") << u"kty"_s << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("type a number") << u"kty"_s << QJsonValue(1);
    QTest::newRow("kid a number") << u"kid"_s << QJsonValue(1);
    QTest::newRow("for encryption") << u"use"_s << QJsonValue(u"enc"_s);
    QTest::newRow("algorithm of another type") << u"alg"_s << QJsonValue(u"HS256"_s);
    QTest::newRow("operations without verify") << u"key_ops"_s << QJsonValue(QJsonArray({u"encrypt"_s}));
    QTest::newRow("operations no list") << u"key_ops"_s << QJsonValue(u"verify"_s);
    QTest::newRow("exponent 1") << u"e"_s << QJsonValue(u"AQ"_s);
    QTest::newRow("even exponent") << u"e"_s << QJsonValue(u"Ag"_s);
    QTest::newRow("exponent with a leading zero") << u"e"_s << QJsonValue(u"AAEAAQ"_s);
    QTest::newRow("long exponent") << u"e"_s << QJsonValue(u"AQAAAAAAAAAAAAAB"_s);
    QTest::newRow("short modulus") << u"n"_s << QJsonValue(u"__________8"_s);
    QTest::newRow("no modulus") << u"n"_s << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("modulus with padding")
        << u"n"_s << QJsonValue(m_key->publicJwk().value("n"_L1).toString() + u'=');
    QTest::newRow("huge modulus") << u"n"_s << QJsonValue(QString(2000, u'_'));
}

void TestJwk::refusesUnfitKeys()
{
    QFETCH(QString, member);
    QFETCH(QJsonValue, value);
    QJsonObject jwk = m_key->publicJwk();
    QVERIFY(keys::readJwk(jwk));
    jwk.insert(member, value);
    const auto key = keys::readJwk(jwk);
    QVERIFY(!key);
    QVERIFY(!key.error().isEmpty());
}

void TestJwk::leavesUnusableKeysOutOfASet()
{
    QJsonObject weak = m_key->publicJwk();
    weak.insert(u"kid"_s, u"weak"_s);
    weak.insert(u"e"_s, u"AQ"_s);
    const QJsonObject set{{u"keys"_s, QJsonArray({weak, m_key->publicJwk(), QJsonValue(7)})}};
    QStringList skipped;
    const auto read = keys::readJwkSet(QJsonDocument(set).toJson(), &skipped);
    QVERIFY(read);
    QCOMPARE(read->size(), 1);
    QCOMPARE(read->first().keyId, u"k1"_s);
    QCOMPARE(skipped.size(), 2);
    QVERIFY(skipped.first().startsWith(u"weak"_s));
}

void TestJwk::refusesWhatIsNoKeySet_data()
{
    QTest::addColumn<QByteArray>("body");
    QByteArrayList many;
    for (int i = 0; i < 101; ++i)
        many.append("{}");
    QTest::newRow("empty") << ""_ba;
    QTest::newRow("HTML") << "<html></html>"_ba;
    QTest::newRow("no keys") << "{}"_ba;
    QTest::newRow("keys an object") << R"({"keys":{}})"_ba;
    QTest::newRow("keys twice") << R"({"keys":[],"keys":[]})"_ba;
    QTest::newRow("too many keys") << R"({"keys":[)"_ba + many.join(',') + "]}";
}

void TestJwk::refusesWhatIsNoKeySet()
{
    QFETCH(QByteArray, body);
    QVERIFY(!keys::readJwkSet(body));
}

QTEST_GUILESS_MAIN(TestJwk)
#include "tst_jwk.moc"
