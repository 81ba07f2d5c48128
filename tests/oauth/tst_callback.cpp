// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/callback.h"
#include "oauth/pkce.h"
#include "support/unit.h"
#include "web/pkce.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::oauth;
using namespace Qt::StringLiterals;

class TestCallback : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void believesAnAnswerOnlyWithStateAndIssuer_data();
    void believesAnAnswerOnlyWithStateAndIssuer();
    void makesSecretsOfItsOwn();
};

void TestCallback::believesAnAnswerOnlyWithStateAndIssuer_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<bool>("sendsIssuer");
    QTest::addColumn<QByteArray>("code"); // Empty: refused.
    QTest::addColumn<bool>("foreign");
    QTest::addColumn<QString>("said");
    const QByteArray none;
    QTest::addRow("a code") << "code=a%2Bb&state=right"_ba << false << "a+b"_ba << false << QString();
    QTest::addRow("a code and the issuer")
        << "code=a&state=right&iss=https%3A%2F%2Fas"_ba << true << "a"_ba << false << QString();
    QTest::addRow("another state") << "code=a&state=wrong"_ba << false << none << true << u"state"_s;
    QTest::addRow("no state") << "code=a"_ba << false << none << true << u"state"_s;
    QTest::addRow("two states") << "code=a&state=right&state=right"_ba << false << none << true << u"state"_s;
    QTest::addRow("another issuer") << "code=a&state=right&iss=https%3A%2F%2Fevil"_ba << false << none
                                    << false << u"issuer"_s;
    QTest::addRow("the issuer with a slash")
        << "code=a&state=right&iss=https%3A%2F%2Fas%2F"_ba << false << none << false << u"issuer"_s;
    QTest::addRow("no issuer although announced")
        << "code=a&state=right"_ba << true << none << false << u"issuer"_s;
    QTest::addRow("two codes") << "code=a&code=b&state=right"_ba << false << none << false << u"code"_s;
    QTest::addRow("no code") << "state=right"_ba << false << none << false << u"code"_s;
    QTest::addRow("an empty code") << "code=&state=right"_ba << false << none << false << u"code"_s;
    QTest::addRow("an error") << "error=access_denied&error_description=No+thanks&state=right"_ba << false
                              << none << false << u"No thanks"_s;
    QTest::addRow("an error and a code")
        << "error=x&code=a&state=right"_ba << false << none << false << u"x"_s;
    QTest::addRow("too much") << "code=a&state=right&x=" + QByteArray(20'000, 'x') << false << none << true
                              << u"state"_s;
}

void TestCallback::believesAnAnswerOnlyWithStateAndIssuer()
{
    QFETCH(QByteArray, query);
    QFETCH(bool, sendsIssuer);
    QFETCH(QByteArray, code);
    QFETCH(bool, foreign);
    QFETCH(QString, said);
    const auto read = readCallback(query, {"right", u"https://as"_s, {}, sendsIssuer});
    QCOMPARE(read.has_value(), !code.isEmpty());
    if (read) {
        QCOMPARE(*read, code);
        return;
    }
    QCOMPARE(read.error().foreign, foreign);
    QVERIFY2(read.error().failure.text.contains(said), qPrintable(read.error().failure.text));
}

void TestCallback::makesSecretsOfItsOwn()
{
    const Pkce pkce = makePkce(base::systemRandom());
    QVERIFY(web::isCodeVerifier(pkce.verifier));
    QCOMPARE(pkce.challenge, web::codeChallengeOf(pkce.verifier));
    QVERIFY(makeState(base::systemRandom()) != makeState(base::systemRandom()));
}

GATEHOUSE_TEST(TestCallback)
#include "tst_callback.moc"
#include "web/pkce.h"
