// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/jwk.h"
#include "keys/signature.h"
#include "keys/signingkey.h"
#include "support/pem.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestSigningKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void readsTheKeysThatPeopleHave_data();
    void readsTheKeysThatPeopleHave();
    void refusesWhatIsNoKeyForThat_data();
    void refusesWhatIsNoKeyForThat();
};

void TestSigningKey::readsTheKeysThatPeopleHave_data()
{
    QTest::addColumn<QByteArray>("pem");
    QTest::addColumn<QString>("algorithm");
    QTest::newRow("P-256 in PKCS #8") << test::pem::p256 << u"ES256"_s;
    QTest::newRow("P-256 in the older form") << test::pem::p256Sec1 << u"ES256"_s;
    QTest::newRow("P-384") << test::pem::p384 << u"ES384"_s;
    QTest::newRow("RSA") << test::pem::rsa2048 << u"RS256"_s;
    QTest::newRow("RSA with PSS") << test::pem::rsa2048 << u"PS256"_s;
    QTest::newRow("Ed25519") << test::pem::ed25519 << u"EdDSA"_s;
    QTest::newRow("with something before it") << "Bag Attributes\n" + test::pem::p256 << u"ES256"_s;
}

void TestSigningKey::readsTheKeysThatPeopleHave()
{
    QFETCH(const QByteArray, pem);
    QFETCH(const QString, algorithm);
    const auto key = keys::SigningKey::fromPem(pem, algorithm);
    QVERIFY2(key, qPrintable(key ? QString() : key.error()));
    QVERIFY(key->keyId().isEmpty());
    const QByteArray jws = key->sign({{u"alg"_s, algorithm}}, "{}");
    QJsonObject jwk = key->publicJwk();
    QVERIFY(!jwk.contains("d"_L1));
    jwk.insert(u"kid"_s, u"k"_s);
    const auto known = keys::readJwk(jwk);
    QVERIFY2(known, qPrintable(known ? QString() : known.error()));
    const qsizetype end = jws.lastIndexOf('.');
    const QByteArray signature = QByteArray::fromBase64(
        jws.mid(end + 1), QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    QCOMPARE(keys::verifySignature(algorithm, *known, jws.left(end), signature), keys::SignatureAnswer::Good);
}

void TestSigningKey::refusesWhatIsNoKeyForThat_data()
{
    QTest::addColumn<QByteArray>("pem");
    QTest::addColumn<QString>("algorithm");
    QTest::addColumn<QString>("said");
    QTest::newRow("nothing") << QByteArray() << u"ES256"_s << u"no private key"_s;
    QTest::newRow("no PEM") << "hello"_ba << u"ES256"_s << u"no private key"_s;
    QTest::newRow("half of one") << test::pem::p256.left(100) << u"ES256"_s << u"no private key"_s;
    QTest::newRow("a public key") << test::pem::p256Public << u"ES256"_s << u"no private key"_s;
    QTest::newRow("one with a passphrase") << test::pem::p256Encrypted << u"ES256"_s << u"passphrase"_s;
    QTest::newRow("another curve") << test::pem::p384 << u"ES256"_s << u"no key for ES256"_s;
    QTest::newRow("another kind") << test::pem::rsa2048 << u"ES256"_s << u"no key for ES256"_s;
    QTest::newRow("another kind the other way") << test::pem::p256 << u"RS256"_s << u"no key for RS256"_s;
    QTest::newRow("Ed25519 for a curve") << test::pem::ed25519 << u"ES256"_s << u"no key for ES256"_s;
    QTest::newRow("an RSA key that is too short")
        << test::pem::rsa1024 << u"RS256"_s << u"no key for RS256"_s;
    QTest::newRow("an algorithm with a shared secret") << test::pem::p256 << u"HS256"_s << u"no algorithm"_s;
    QTest::newRow("none") << test::pem::p256 << u"none"_s << u"no algorithm"_s;
}

void TestSigningKey::refusesWhatIsNoKeyForThat()
{
    QFETCH(const QByteArray, pem);
    QFETCH(const QString, algorithm);
    QFETCH(const QString, said);
    const auto key = keys::SigningKey::fromPem(pem, algorithm);
    QVERIFY(!key);
    QVERIFY2(key.error().contains(said), qPrintable(key.error()));
}

GATEHOUSE_TEST(TestSigningKey)
#include "tst_signingkey.moc"
