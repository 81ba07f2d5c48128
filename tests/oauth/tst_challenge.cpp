// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/callback.h"
#include "oauth/challenge.h"
#include "oauth/pkce.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::oauth;
using namespace Qt::StringLiterals;

class TestChallenge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatAServerSays_data();
    void readsWhatAServerSays();
    void refusesWhatIsMalformed_data();
    void refusesWhatIsMalformed();
    void survivesACutAtEveryByte();
    void believesAnAnswerOnlyWithStateAndIssuer_data();
    void believesAnAnswerOnlyWithStateAndIssuer();
    void makesTheChallengeOfTheSpecification();
};

void TestChallenge::readsWhatAServerSays_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("bearer");
    QTest::addColumn<QString>("metadata");
    QTest::addColumn<QStringList>("scopes");
    const QString where = u"https://h/.well-known/oauth-protected-resource/mcp"_s;
    const QByteArray quoted = '"' + where.toUtf8() + '"';
    QTest::addRow("nothing") << QByteArray() << false << QString() << QStringList();
    QTest::addRow("Bearer alone") << "Bearer"_ba << true << QString() << QStringList();
    QTest::addRow("metadata") << "Bearer resource_metadata=" + quoted << true << where << QStringList();
    QTest::addRow("scheme in capitals")
        << "BEARER Resource_Metadata=" + quoted << true << where << QStringList();
    QTest::addRow("spaces around") << "Bearer  error = \"invalid_token\" ,  resource_metadata = " + quoted
            + ' ' << true << where << QStringList();
    QTest::addRow("scopes") << "Bearer error=\"insufficient_scope\", scope=\"a  b\""_ba << true << QString()
                            << QStringList({u"a"_s, u"b"_s});
    QTest::addRow("escaped quote") << "Bearer realm=\"a \\\"b\\\", scope=x\", scope=\"c\""_ba << true
                                   << QString() << QStringList({u"c"_s});
    QTest::addRow("a value that is a token")
        << "Bearer scope=openid"_ba << true << QString() << QStringList({u"openid"_s});
    QTest::addRow("another scheme first")
        << "Basic realm=\"x\", Bearer resource_metadata=" + quoted << true << where << QStringList();
    QTest::addRow("another scheme last")
        << "Bearer resource_metadata=" + quoted + ", Negotiate YWJj==" << true << where << QStringList();
    QTest::addRow("only another scheme")
        << "Basic realm=\"Bearer scope=x\""_ba << false << QString() << QStringList();
}

void TestChallenge::readsWhatAServerSays()
{
    QFETCH(QByteArray, header);
    QFETCH(bool, bearer);
    QFETCH(QString, metadata);
    QFETCH(QStringList, scopes);
    const auto read = readChallenge(header);
    QVERIFY2(read, qPrintable(read ? QString() : read.error()));
    QCOMPARE(read->has_value(), bearer);
    const Challenge challenge = read->value_or(Challenge());
    QCOMPARE(challenge.resourceMetadata(), metadata);
    QCOMPARE(challenge.scopes(), scopes);
}

void TestChallenge::refusesWhatIsMalformed_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addRow("a quote without end") << "Bearer realm=\"x"_ba;
    QTest::addRow("an escape at the end") << "Bearer realm=\"x\\"_ba;
    QTest::addRow("a control character") << "Bearer realm=\"x\x01\""_ba;
    QTest::addRow("a parameter without value") << "Bearer realm=, scope=\"x\""_ba;
    QTest::addRow("a parameter twice") << "Bearer scope=\"a\", scope=\"b\""_ba;
    QTest::addRow("a parameter twice in capitals") << "Bearer scope=\"a\", SCOPE=\"b\""_ba;
    QTest::addRow("two Bearer challenges") << "Bearer scope=\"a\", Bearer scope=\"b\""_ba;
    QTest::addRow("no comma") << "Bearer scope=\"a\" realm=\"b\""_ba;
    QTest::addRow("no scheme") << "realm=\"b\""_ba;
    QTest::addRow("a stray character") << "Bearer; scope=\"a\""_ba;
    QTest::addRow("too long") << "Bearer realm=\"" + QByteArray(9000, 'x') + '"';
}

void TestChallenge::refusesWhatIsMalformed()
{
    QFETCH(QByteArray, header);
    const auto read = readChallenge(header);
    QVERIFY(!read);
    QVERIFY(!read.error().isEmpty());
}

void TestChallenge::survivesACutAtEveryByte()
{
    const QByteArray whole = "Basic realm=\"x\\\"\", Bearer error=\"invalid_token\", scope=\"a b\", "
                             "resource_metadata=\"https://h/x\"";
    QVERIFY(readChallenge(whole));
    int refused = 0;
    for (qsizetype length = 0; length < whole.size(); ++length) {
        if (!readChallenge(whole.first(length)))
            ++refused;
    }
    QVERIFY(refused > 30); // Each cut within a quoted value, at the least.
}

void TestChallenge::believesAnAnswerOnlyWithStateAndIssuer_data()
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

void TestChallenge::believesAnAnswerOnlyWithStateAndIssuer()
{
    QFETCH(QByteArray, query);
    QFETCH(bool, sendsIssuer);
    QFETCH(QByteArray, code);
    QFETCH(bool, foreign);
    QFETCH(QString, said);
    const auto read = readCallback(query, {"right", u"https://as"_s, sendsIssuer});
    QCOMPARE(read.has_value(), !code.isEmpty());
    if (read) {
        QCOMPARE(*read, code);
        return;
    }
    QCOMPARE(read.error().foreign, foreign);
    QVERIFY2(read.error().failure.text.contains(said), qPrintable(read.error().failure.text));
}

void TestChallenge::makesTheChallengeOfTheSpecification()
{
    // RFC 7636 appendix B.
    QCOMPARE(challengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
             "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"_ba);
    const Pkce pkce = makePkce(base::systemRandom());
    QCOMPARE(pkce.verifier.size(), 43);
    QCOMPARE(pkce.challenge, challengeOf(pkce.verifier));
    QVERIFY(makeState(base::systemRandom()) != makeState(base::systemRandom()));
}

QTEST_GUILESS_MAIN(TestChallenge)
#include "tst_challenge.moc"
