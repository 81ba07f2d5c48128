// SPDX-License-Identifier: GPL-3.0-or-later
#include "endtoend/program.h"

#include <QJsonDocument>
#include <QTcpServer>
#include <QTest>

using namespace Qt::StringLiterals;

class TestSandboxCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void mintsATokenForTheCommandLine();
    void endsWithTheRightCode_data();
    void endsWithTheRightCode();

private:
    /// Starts a sandbox on a free port and gives its issuer.
    static QString issuerOf(Program &sandbox)
    {
        return QString::fromUtf8(sandbox.line()).section(u' ', 3, 3).chopped(1);
    }
};

void TestSandboxCommand::mintsATokenForTheCommandLine()
{
    Program sandbox({u"sandbox"_s, u"--port"_s, u"0"_s, u"--token-lifetime"_s, u"77"_s});
    const QString issuer = issuerOf(sandbox);
    QVERIFY2(issuer.startsWith(u"http://127.0.0.1:"_s), qPrintable(issuer));
    Program token({u"token"_s, u"--issuer"_s, issuer, u"--user"_s, u"nora@example.com"_s, u"--resource"_s,
                   u"https://a.example/mcp"_s});
    const QByteArray text = token.line();
    QCOMPARE(token.wait(), 0);
    const QByteArrayList parts = text.split('.');
    QCOMPARE(parts.size(), 3);
    const QJsonObject claims
        = QJsonDocument::fromJson(QByteArray::fromBase64(parts.at(1), QByteArray::Base64UrlEncoding))
              .object();
    QCOMPARE(claims.value("iss"_L1).toString(), issuer);
    QCOMPARE(claims.value("aud"_L1).toString(), u"https://a.example/mcp"_s);
    QCOMPARE(claims.value("email"_L1).toString(), u"nora@example.com"_s);
    QCOMPARE(claims.value("exp"_L1).toInteger() - claims.value("iat"_L1).toInteger(), 77);
    QCOMPARE(token.everything(), text + '\n'); // Only the token: scripts read it.
    QCOMPARE(sandbox.stop(), 0);
}

void TestSandboxCommand::endsWithTheRightCode_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("a lifetime that is no number")
        << QStringList{u"token"_s, u"--ttl"_s, u"soon"_s} << 1 << "--ttl"_ba;
    QTest::newRow("nobody there") << QStringList{u"token"_s, u"--issuer"_s, u"http://127.0.0.1:1"_s} << 4
                                  << "127.0.0.1:1"_ba;
    QTest::newRow("plain http elsewhere")
        << QStringList{u"token"_s, u"--issuer"_s, u"http://192.0.2.1"_s} << 4 << "https"_ba;
    QTest::newRow("a word too many") << QStringList{u"token"_s, u"ada"_s} << 1 << "ada"_ba;
    QTest::newRow("a sandbox port out of range")
        << QStringList{u"sandbox"_s, u"--port"_s, u"70000"_s} << 1 << "--port"_ba;
    QTest::newRow("a life of no time")
        << QStringList{u"sandbox"_s, u"--token-lifetime"_s, u"0"_s} << 1 << "--token-lifetime"_ba;
}

void TestSandboxCommand::endsWithTheRightCode()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, word);
    Program program(arguments);
    QTEST(program.wait(), "code");
    QVERIFY2(program.errors().contains(word), program.errors().constData());
}

QTEST_GUILESS_MAIN(TestSandboxCommand)
#include "tst_sandbox.moc"
