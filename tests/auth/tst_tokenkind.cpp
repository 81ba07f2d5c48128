// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/tokenkind.h"
#include "auth/tokenmemory.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestTokenKind : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void namesWhatIsNoAccessToken_data()
    {
        QTest::addColumn<QJsonObject>("header");
        QTest::addColumn<QJsonObject>("claims");
        QTest::addColumn<QString>("kind"); // Empty: may be an access token.
        const QJsonObject access{{u"aud"_s, u"http://localhost:3000/mcp"_s}, {u"scope"_s, u"email"_s}};
        const auto typed = [](const QJsonValue &type) { return QJsonObject{{u"typ"_s, type}}; };
        const auto with = [&](const QString &name, const QJsonValue &value) {
            QJsonObject claims = access;
            claims.insert(name, value);
            return claims;
        };
        const QString none;
        QTest::addRow("AuthKit's, without typ") << QJsonObject() << access << none;
        QTest::addRow("typ JWT") << typed(u"jwt"_s) << access << none;
        QTest::addRow("typ of RFC 9068") << typed(u"at+JWT"_s) << access << none;
        QTest::addRow("typ as a media type") << typed(u"application/at+jwt"_s) << access << none;
        QTest::addRow("a DPoP proof") << typed(u"dpop+jwt"_s) << access << u"typ dpop+jwt"_s;
        QTest::addRow("typ that is no text") << typed(1) << access << u"typ ?"_s;
        QTest::addRow("typ null") << typed(QJsonValue::Null) << access << u"typ ?"_s;
        QTest::addRow("typ without a name") << typed(u""_s) << access << u"typ "_s;
        QTest::addRow("typ of any length")
            << typed(QString(900, u'x')) << access << u"typ "_s + QString(40, u'x');
        QTest::addRow("of the other product, at its own issuer")
            << QJsonObject() << with(u"iss"_s, u"https://api.workos.com/user_management/client_1"_s)
            << u"a browser-session token"_s;
        QTest::addRow("of an issuer that only looks like it")
            << QJsonObject() << with(u"iss"_s, u"https://api.workos.com.evil.example/"_s) << none;
        QTest::addRow("nonce") << QJsonObject() << with(u"nonce"_s, u"n"_s) << u"an ID token"_s;
        QTest::addRow("at_hash") << QJsonObject() << with(u"at_hash"_s, u"h"_s) << u"an ID token"_s;
        QTest::addRow("c_hash") << QJsonObject() << with(u"c_hash"_s, u"h"_s) << u"an ID token"_s;
        QTest::addRow("AuthKit's, for the client, about a person")
            << QJsonObject() << QJsonObject{{u"aud"_s, u"client_1"_s}, {u"email"_s, u"ada@example.com"_s}}
            << u"an ID token"_s;
        QTest::addRow("for the client, with a scope")
            << QJsonObject()
            << QJsonObject{{u"aud"_s, u"client_1"_s}, {u"email"_s, u"a@b"_s}, {u"scope"_s, u"email"_s}}
            << none;
        QTest::addRow("for the client, about nobody")
            << QJsonObject() << QJsonObject{{u"aud"_s, u"client_1"_s}} << none;
    }
    void namesWhatIsNoAccessToken()
    {
        QFETCH(QJsonObject, header);
        QFETCH(QJsonObject, claims);
        QTEST(auth::foreignKindOf(header, claims), "kind");
    }

    void remembersABoundedNumberOfTokens()
    {
        auth::TokenMemory memory;
        auth::TokenMemory::Entry entry;
        entry.jws.signingInput = QByteArray(15'000, 'x'); // 60,000 of 8 MiB: some 130 fit.
        for (int i = 0; i < 1000; ++i) {
            entry.generation = quint64(i);
            memory.remember(QByteArray::number(i), entry);
            QVERIFY(memory.find("0"_ba)); // Asked for again and again, the first one stays …
        }
        QVERIFY(!memory.find("1"_ba)); // … while those that nobody asks for go.
        QCOMPARE(memory.find("999"_ba)->generation, quint64(999));
        memory.forget("999"_ba);
        QVERIFY(!memory.find("999"_ba));
    }
};

GATEHOUSE_TEST(TestTokenKind)
#include "tst_tokenkind.moc"
