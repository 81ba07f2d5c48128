// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/algorithm.h"
#include "keys/jwk.h"
#include "keys/signature.h"
#include "keys/signingkey.h"
#include "support/unit.h"

#include <QHash>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using keys::SignatureAnswer;

class TestSignature : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void verifiesWhatItsOwnKeySigned_data() { eachAlgorithm(); }
    void verifiesWhatItsOwnKeySigned();
    void takesOnlyTheAlgorithmThatTheKeyIsFor_data() { eachAlgorithm(); }
    void takesOnlyTheAlgorithmThatTheKeyIsFor();
    void fitsEveryAlgorithmOfItsTypeWhereTheKeyNamesNone();
    void refusesASignatureThatFitsNot_data();
    void refusesASignatureThatFitsNot();
    void refusesAnEcdsaSignatureInDer();

private:
    static void eachAlgorithm();
    [[nodiscard]] const keys::SigningKey &keyFor(const QString &algorithm) { return *m_keys[algorithm]; }
    [[nodiscard]] keys::Jwk publicKeyFor(const QString &algorithm)
    {
        return keys::readJwk(keyFor(algorithm).publicJwk()).value();
    }

    QHash<QString, std::shared_ptr<keys::SigningKey>> m_keys;
};

void TestSignature::initTestCase()
{
    const QStringList names = keys::algorithmNames();
    QCOMPARE(names.first(), u"RS256"_s);
    QCOMPARE(names.size(), 11);
    for (const QString &name : names) {
        const auto key = keys::SigningKey::generate(u"k1"_s, 1'800'000'000'000, name);
        QVERIFY2(key, qPrintable(name));
        m_keys.insert(name, std::make_shared<keys::SigningKey>(*key));
    }
}

void TestSignature::eachAlgorithm()
{
    QTest::addColumn<QString>("algorithm");
    const QStringList names = keys::algorithmNames();
    for (const QString &name : names)
        QTest::newRow(qPrintable(name)) << name;
}

void TestSignature::verifiesWhatItsOwnKeySigned()
{
    QFETCH(QString, algorithm);
    const keys::SigningKey &own = keyFor(algorithm);
    const keys::Jwk key = publicKeyFor(algorithm);
    const keys::SigningKey other = keys::SigningKey::generate(u"k1"_s, 0, algorithm).value();
    // Some: an ECDSA number is shorter than its field once in 256 times.
    for (int i = 0; i < 40; ++i) {
        const QByteArray text = "text " + QByteArray::number(i);
        const QByteArray signature = own.signature(text);
        QCOMPARE(keys::verifySignature(algorithm, key, text, signature), SignatureAnswer::Good);
        QCOMPARE(keys::verifySignature(algorithm, key, text + '.', signature), SignatureAnswer::Bad);
        QByteArray changed = signature;
        changed[i] = char(changed[i] ^ 1);
        QCOMPARE(keys::verifySignature(algorithm, key, text, changed), SignatureAnswer::Bad);
    }
    QCOMPARE(keys::verifySignature(algorithm, key, "", own.signature("")), SignatureAnswer::Good);
    QCOMPARE(keys::verifySignature(algorithm, key, "text", other.signature("text")), SignatureAnswer::Bad);
}

void TestSignature::takesOnlyTheAlgorithmThatTheKeyIsFor()
{
    QFETCH(QString, algorithm);
    const keys::Jwk key = publicKeyFor(algorithm);
    const QStringList names = keys::algorithmNames();
    for (const QString &other : names) {
        QCOMPARE(key.fits(other), other == algorithm);
        if (other != algorithm)
            QCOMPARE(keys::verifySignature(other, key, "text", keyFor(other).signature("text")),
                     SignatureAnswer::KeyMismatch);
    }
    for (const QString &none : {u"none"_s, u"HS256"_s, algorithm.toLower() + u'x', QString()})
        QCOMPARE(keys::verifySignature(none, key, "text", "x"), SignatureAnswer::UnknownAlgorithm);
}

void TestSignature::fitsEveryAlgorithmOfItsTypeWhereTheKeyNamesNone()
{
    const auto nameless = [this](const QString &algorithm) {
        QJsonObject jwk = keyFor(algorithm).publicJwk();
        jwk.remove(u"alg"_s);
        return keys::readJwk(jwk).value();
    };
    const auto fitting = [](const keys::Jwk &key) {
        QStringList out = keys::algorithmNames();
        out.removeIf([&key](const QString &name) { return !key.fits(name); });
        return out.join(u' ');
    };
    QCOMPARE(fitting(nameless(u"RS256"_s)), u"RS256 RS384 RS512 PS256 PS384 PS512"_s);
    QCOMPARE(fitting(nameless(u"ES384"_s)), u"ES384"_s);
    QCOMPARE(fitting(nameless(u"EdDSA"_s)), u"EdDSA Ed25519"_s);
    // The right key, but RS256's signature where PS256 is claimed.
    QCOMPARE(
        keys::verifySignature(u"PS256"_s, nameless(u"RS256"_s), "text", keyFor(u"RS256"_s).signature("text")),
        SignatureAnswer::Bad);
}

void TestSignature::refusesASignatureThatFitsNot_data()
{
    eachAlgorithm();
}

void TestSignature::refusesASignatureThatFitsNot()
{
    QFETCH(QString, algorithm);
    const keys::Jwk key = publicKeyFor(algorithm);
    const QByteArray good = keyFor(algorithm).signature("text");
    const auto answer = [&](const QByteArray &signature) {
        return keys::verifySignature(algorithm, key, "text", signature);
    };
    QCOMPARE(answer(good), SignatureAnswer::Good);
    QCOMPARE(answer({}), SignatureAnswer::Bad);
    QCOMPARE(answer(good.chopped(1)), SignatureAnswer::Bad);
    QCOMPARE(answer(good + '\0'), SignatureAnswer::Bad);
    QCOMPARE(answer(QByteArray(1, '\0') + good), SignatureAnswer::Bad);
    QCOMPARE(answer(QByteArray(good.size(), '\0')), SignatureAnswer::Bad); // CVE-2022-21449, for ECDSA.
    QCOMPARE(answer(QByteArray(good.size(), '\xff')), SignatureAnswer::Bad);
    QCOMPARE(answer(QByteArray(20'000, 'x')), SignatureAnswer::Bad);
}

void TestSignature::refusesAnEcdsaSignatureInDer()
{
    // As X.509 would write it; RFC 7518 §3.4 does not.
    const QByteArray good = keyFor(u"ES256"_s).signature("text");
    const auto integer = [](QByteArray number) {
        if (number.front() & char(0x80))
            number.prepend('\0');
        return QByteArray("\x02") + char(number.size()) + number;
    };
    const QByteArray body = integer(good.first(32)) + integer(good.sliced(32));
    const QByteArray der = QByteArray("\x30") + char(body.size()) + body;
    QCOMPARE(keys::verifySignature(u"ES256"_s, publicKeyFor(u"ES256"_s), "text", der), SignatureAnswer::Bad);
}

GATEHOUSE_TEST(TestSignature)
#include "tst_signature.moc"
