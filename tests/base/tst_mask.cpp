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

    void hidesASecretWhereverItStands_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addRow("a JWT alone") << QByteArray(jwt);
        QTest::addRow("a JWT in a sentence") << "token " + QByteArray(jwt) + " was refused";
        QTest::addRow("a JWT in quotes") << '"' + QByteArray(jwt) + '"';
        QTest::addRow("an opaque bearer token")
            << "Authorization: Bearer c2lnbmF0dXJlLXNlY3JldA0123456789"_ba;
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
        QCOMPARE(base::maskHeader("Cookie", "a=b"), "…"_ba);
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

    void givesTheSameFingerprintForTheSameToken()
    {
        QCOMPARE(base::fingerprint(jwt), base::fingerprint(jwt));
        QCOMPARE(base::fingerprint("abc"), "ba7816bf"_ba); // FIPS 180-2, appendix B.1
        QVERIFY(base::fingerprint("abd") != base::fingerprint("abc"));
    }
};

QTEST_GUILESS_MAIN(TestMask)
#include "tst_mask.moc"
