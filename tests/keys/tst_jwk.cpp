// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64url.h"
#include "keys/jwk.h"
#include "keys/signingkey.h"
#include "support/unit.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestJwk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void refusesUnfitKeys_data();
    void refusesUnfitKeys();
    void refusesUnfitCurves_data();
    void refusesUnfitCurves();
    void leavesUnusableKeysOutOfASet();
    void takesNoneOfTwoKeysThatShareTheirName();
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
    QTest::newRow("operations that repeat")
        << u"key_ops"_s << QJsonValue(QJsonArray({u"verify"_s, u"verify"_s}));
    QTest::newRow("operations with a number") << u"key_ops"_s << QJsonValue(QJsonArray({u"verify"_s, 1}));
    QTest::newRow("operations of a private key")
        << u"key_ops"_s << QJsonValue(QJsonArray({u"verify"_s, u"sign"_s}));
    QTest::newRow("extractable a text") << u"ext"_s << QJsonValue(u"true"_s);
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

void TestJwk::refusesUnfitCurves_data()
{
    QTest::addColumn<QString>("algorithm");
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    const QString zeros = QString::fromLatin1(base::toBase64Url(QByteArray(32, '\0')));
    const QString ones = QString::fromLatin1(base::toBase64Url(QByteArray(32, '\xff')));
    const QString tooLong = QString::fromLatin1(base::toBase64Url(QByteArray(33, '\1')));
    QTest::newRow("a private number") << u"ES256"_s << u"d"_s << QJsonValue(zeros);
    QTest::newRow("another curve's name") << u"ES256"_s << u"crv"_s << QJsonValue(u"P-384"_s);
    QTest::newRow("an unknown curve") << u"ES256"_s << u"crv"_s << QJsonValue(u"secp256k1"_s);
    QTest::newRow("no curve") << u"ES256"_s << u"crv"_s << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("a point beside the curve") << u"ES256"_s << u"y"_s << QJsonValue(zeros);
    QTest::newRow("a number beyond the field") << u"ES256"_s << u"x"_s << QJsonValue(ones);
    QTest::newRow("a number too long") << u"ES256"_s << u"x"_s << QJsonValue(tooLong);
    QTest::newRow("no y") << u"ES256"_s << u"y"_s << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("the algorithm of another curve") << u"ES256"_s << u"alg"_s << QJsonValue(u"ES384"_s);
    QTest::newRow("the type of another key") << u"ES256"_s << u"kty"_s << QJsonValue(u"RSA"_s);
    QTest::newRow("Edwards: another curve") << u"EdDSA"_s << u"crv"_s << QJsonValue(u"Ed448"_s);
    QTest::newRow("Edwards: for agreement") << u"EdDSA"_s << u"crv"_s << QJsonValue(u"X25519"_s);
    QTest::newRow("Edwards: too long") << u"EdDSA"_s << u"x"_s << QJsonValue(tooLong);
    QTest::newRow("Edwards: a private number") << u"EdDSA"_s << u"d"_s << QJsonValue(zeros);
}

void TestJwk::refusesUnfitCurves()
{
    QFETCH(QString, algorithm);
    QFETCH(QString, member);
    QFETCH(QJsonValue, value);
    QJsonObject jwk = keys::SigningKey::generate(u"k1"_s, 0, algorithm).value().publicJwk();
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
    const auto read = keys::readJwkSet(QJsonDocument(set).toJson());
    QVERIFY(read);
    QCOMPARE(read->keys.size(), 1);
    QCOMPARE(read->keys.first().keyId, u"k1"_s);
    QCOMPARE(read->skipped.size(), 2);
    QCOMPARE(read->skipped.first().keyId, u"weak"_s);
    QVERIFY(read->skipped.first().why.contains(u"exponent"_s));
}

void TestJwk::takesNoneOfTwoKeysThatShareTheirName()
{
    const QJsonObject own = m_key->publicJwk();
    QJsonObject other = keys::SigningKey::generate(u"k1"_s, 0).value().publicJwk();
    const QJsonObject curve = keys::SigningKey::generate(u"k1"_s, 0, u"ES256"_s).value().publicJwk();
    const auto read = [](const QJsonArray &all) {
        return keys::readJwkSet(QJsonDocument(QJsonObject{{u"keys"_s, all}}).toJson()).value();
    };
    const keys::JwkSet ambiguous = read({own, other, curve});
    QCOMPARE(ambiguous.keys.size(), 1); // RFC 7517 §4.5: keys of different types may share a name.
    QCOMPARE(ambiguous.keys.first().keyType, u"EC"_s);
    QCOMPARE(ambiguous.skipped.size(), 2);
    QCOMPARE(read({own, own}).keys.size(), 1);
    QJsonObject forPs = other;
    forPs.insert(u"alg"_s, u"PS256"_s);
    QCOMPARE(read({own, forPs}).keys.size(), 2); // Told apart by their algorithm.
    QCOMPARE(read({own, forPs}).find(u"k1"_s, u"PS256"_s)->algorithm, u"PS256"_s);
    other.insert(u"kid"_s, u"k2"_s);
    QCOMPARE(read({own, other}).keys.size(), 2);
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

GATEHOUSE_TEST(TestJwk)
#include "tst_jwk.moc"
