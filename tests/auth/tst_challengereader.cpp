// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/challengereader.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse::auth;
using namespace Qt::StringLiterals;

class TestChallengeReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatAServerSays_data();
    void readsWhatAServerSays();
    void refusesWhatIsMalformed_data();
    void refusesWhatIsMalformed();
    void survivesACutAtEveryByte();
};

void TestChallengeReader::readsWhatAServerSays_data()
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
    QTest::addRow("two Bearer challenges")
        << "Bearer scope=\"a\", Bearer scope=\"b\""_ba << true << QString() << QStringList({u"a"_s});
    QTest::addRow("two Bearer challenges, of which the second has metadata")
        << "Bearer scope=\"a\", Bearer resource_metadata=" + quoted << true << where << QStringList();
    QTest::addRow("DPoP alone") << "DPoP algs=\"ES256\", resource_metadata=" + quoted << true << where
                                << QStringList();
    QTest::addRow("DPoP before Bearer")
        << "DPoP algs=\"ES256\", Bearer scope=\"a\""_ba << true << QString() << QStringList({u"a"_s});
    QTest::addRow("DPoP with metadata before Bearer without")
        << "DPoP resource_metadata=" + quoted + ", Bearer scope=\"a\"" << true << where << QStringList();
}

void TestChallengeReader::readsWhatAServerSays()
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

void TestChallengeReader::refusesWhatIsMalformed_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addRow("a quote without end") << "Bearer realm=\"x"_ba;
    QTest::addRow("an escape at the end") << "Bearer realm=\"x\\"_ba;
    QTest::addRow("a control character") << "Bearer realm=\"x\x01\""_ba;
    QTest::addRow("a parameter without value") << "Bearer realm=, scope=\"x\""_ba;
    QTest::addRow("a parameter twice") << "Bearer scope=\"a\", scope=\"b\""_ba;
    QTest::addRow("a parameter twice in capitals") << "Bearer scope=\"a\", SCOPE=\"b\""_ba;
    QTest::addRow("no comma") << "Bearer scope=\"a\" realm=\"b\""_ba;
    QTest::addRow("no scheme") << "realm=\"b\""_ba;
    QTest::addRow("a stray character") << "Bearer; scope=\"a\""_ba;
    QTest::addRow("too long") << "Bearer realm=\"" + QByteArray(9000, 'x') + '"';
}

void TestChallengeReader::refusesWhatIsMalformed()
{
    QFETCH(QByteArray, header);
    const auto read = readChallenge(header);
    QVERIFY(!read);
    QVERIFY(!read.error().isEmpty());
}

void TestChallengeReader::survivesACutAtEveryByte()
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

GATEHOUSE_TEST(TestChallengeReader)
#include "tst_challengereader.moc"
