// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/unit.h"
#include "web/pkce.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestPkce : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesTheChallengeOfTheSpecification();
    void knowsAVerifier();
    void knowsAChallenge();
};

/// RFC 7636 appendix B.
void TestPkce::makesTheChallengeOfTheSpecification()
{
    QCOMPARE(web::codeChallengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
             "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"_ba);
}

void TestPkce::knowsAVerifier()
{
    QVERIFY(web::isCodeVerifier(QByteArray(43, 'a')) && web::isCodeVerifier(QByteArray(128, '~')));
    QVERIFY(!web::isCodeVerifier(QByteArray(42, 'a')) && !web::isCodeVerifier(QByteArray(129, 'a')));
    QVERIFY(!web::isCodeVerifier(QByteArray(42, 'a') + '=')
            && !web::isCodeVerifier(QByteArray(42, 'a') + '\0'));
}

void TestPkce::knowsAChallenge()
{
    const QByteArray one = web::codeChallengeOf(QByteArray(43, 'a'));
    QVERIFY(web::isCodeChallenge(one));
    QVERIFY(!web::isCodeChallenge(one.chopped(1)) && !web::isCodeChallenge(one + '='));
    QVERIFY(!web::isCodeChallenge(one.chopped(1) + '+') && !web::isCodeChallenge(""));
    // Its last character holds two bits that say nothing: only one spelling is right.
    QVERIFY(!web::isCodeChallenge(QByteArray(42, 'A') + 'B'));
}

GATEHOUSE_TEST(TestPkce)
#include "tst_pkce.moc"
