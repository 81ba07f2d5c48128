// SPDX-License-Identifier: GPL-3.0-or-later
#include "endtoend/program.h"
#include "support/unit.h"

#include <QJsonDocument>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;

class TestSandboxCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void mintsATokenForTheCommandLine();
    void asksForItsSecretWhereItIsPrivate();
    void saysWhatSigningInByItselfMeans();
    void endsWithTheRightCode_data();
    void endsWithTheRightCode();
    void givesOnOnlyWhatCanBeAToken_data();
    void givesOnOnlyWhatCanBeAToken();

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

void TestSandboxCommand::asksForItsSecretWhereItIsPrivate()
{
    Program sandbox({u"sandbox"_s, u"--port"_s, u"0"_s, u"--private"_s});
    const QString issuer = issuerOf(sandbox);
    const QByteArray told = sandbox.line();
    QVERIFY2(told.startsWith("Secret of the sandbox: "), told.constData());
    Program without({u"token"_s, u"--issuer"_s, issuer});
    QCOMPARE(without.wait(), 1);
    QVERIFY2(without.errors().contains("private"), without.errors().constData());
    Program with({u"token"_s, u"--issuer"_s, issuer, u"--secret"_s, u"-"_s});
    with.write(told.mid(23) + '\n');
    with.closeInput();
    QCOMPARE(with.line().count('.'), 2);
    QCOMPARE(with.wait(), 0);
    Program both(
        {u"sandbox"_s, u"--port"_s, u"0"_s, u"--private"_s, u"--auto-sign-in"_s, u"ada@example.com"_s});
    QCOMPARE(both.wait(), 2);
    QVERIFY2(both.errors().contains("leave out one of the two"), both.errors().constData());
    Program serve(
        {u"serve"_s, u"--json"_s, u"--port"_s, u"0"_s, u"--sandbox-port"_s, u"0"_s, u"--sandbox-private"_s});
    const QJsonObject ready = serve.jsonLine();
    QCOMPARE(ready.value("sandboxSecret"_L1).toString().size(), 43);
    QCOMPARE(serve.jsonLine().value("kind"_L1).toString(), u"sandbox_private"_s);
}

void TestSandboxCommand::saysWhatSigningInByItselfMeans()
{
    Program sandbox({u"sandbox"_s, u"--port"_s, u"0"_s, u"--auto-sign-in"_s, u"ada@example.com"_s});
    (void)issuerOf(sandbox);
    QCOMPARE(sandbox.stop(), 0);
    QVERIFY2(sandbox.errors().contains("every web page of this computer"), sandbox.errors().constData());
    Program serve({u"serve"_s, u"--json"_s, u"--port"_s, u"0"_s, u"--sandbox-port"_s, u"0"_s,
                   u"--auto-sign-in"_s, u"ada@example.com"_s});
    (void)serve.jsonLine();
    QCOMPARE(serve.jsonLine().value("kind"_L1).toString(), u"auto_sign_in"_s);
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

void TestSandboxCommand::givesOnOnlyWhatCanBeAToken_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("isToken");
    QTest::newRow("a token") << R"({"access_token":"aaa.bbb.ccc"})"_ba << true;
    QTest::newRow("an escape") << R"({"access_token":"a\u001b]0;owned\u0007"})"_ba << false;
    QTest::newRow("a forged line") << R"({"access_token":"a\ngatehouse: all is well"})"_ba << false;
    QTest::newRow("a C1 control") << R"({"access_token":"a\u009b2J"})"_ba << false;
    QTest::newRow("an error with an escape")
        << R"({"error":"x","error_description":"a\u001b[2J\nb"})"_ba << false;
}

void TestSandboxCommand::givesOnOnlyWhatCanBeAToken()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, isToken);
    QTcpServer other; // Whoever holds the port.
    QVERIFY(other.listen(QHostAddress::LocalHost, 0));
    connect(&other, &QTcpServer::newConnection, &other, [&other, answer, isToken] {
        QTcpSocket *socket = other.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket, answer, isToken] {
            const bool isError = !isToken && answer.contains("error_description");
            socket->write("HTTP/1.1 " + QByteArray(isError ? "400 Bad Request" : "200 OK")
                          + "\r\nContent-Type: application/json\r\nContent-Length: "
                          + QByteArray::number(answer.size()) + "\r\nConnection: close\r\n\r\n" + answer);
            socket->disconnectFromHost();
        });
    });
    Program token({u"token"_s, u"--issuer"_s, u"http://127.0.0.1:%1"_s.arg(other.serverPort())});
    QTRY_VERIFY_WITH_TIMEOUT(!token.isRunning(), 10'000);
    QCOMPARE(token.wait() == 0, isToken);
    const QByteArray said = token.everything();
    QCOMPARE(said.startsWith("aaa.bbb.ccc\n"), isToken);
    QCOMPARE(said.count('\n'), 1);
    const QString text = QString::fromUtf8(said);
    for (const QChar c : text)
        QVERIFY2(c == u'\n' || c.category() != QChar::Other_Control, said.constData());
}

GATEHOUSE_TEST(TestSandboxCommand)
#include "tst_sandbox.moc"
