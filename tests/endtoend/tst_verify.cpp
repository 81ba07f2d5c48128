// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "endtoend/fakeissuer.h"
#include "endtoend/program.h"
#include "keys/algorithm.h"
#include "support/unit.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

/// `gatehouse verify` as people and harnesses use it.
class TestVerifyCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void judgesAToken_data();
    void judgesAToken();
    void readsTheTokenFromStandardInput();
    void endsWhereStandardInputGivesNothing_data();
    void endsWhereStandardInputGivesNothing();
    void takesTheKeysFromAFile();
    void givesTheVerdictAsJson();
    void saysWhatIsWrongWithTheCall_data();
    void saysWhatIsWrongWithTheCall();
    void asksNoIssuerThatNobodyNamed();
    void answersAHarnessLineByLine();

private:
    [[nodiscard]] QByteArray good() const { return m_issuer->sign(m_issuer->claims(m_resource)); }
    [[nodiscard]] QJsonObject ask(Program &harness, const QJsonObject &request)
    {
        harness.write(base::writeJson(request) + '\n');
        return harness.jsonLine();
    }

    const QString m_resource = u"http://localhost:3000/mcp"_s;
    std::unique_ptr<FakeIssuer> m_issuer;
};

void TestVerifyCommand::initTestCase()
{
    m_issuer = std::make_unique<FakeIssuer>();
}

void TestVerifyCommand::judgesAToken_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("word");
    const QStringList all{u"--issuer"_s, m_issuer->address(), u"--audience"_s, m_resource};
    QJsonObject expired = m_issuer->claims(m_resource);
    expired.insert(u"exp"_s, 1000);
    QByteArray forged = good();
    forged[forged.size() - 9] = forged[forged.size() - 9] == 'A' ? 'B' : 'A';
    const auto row = [](const char *name, const QStringList &options, const QByteArray &token, int code,
                        const QByteArray &word) { QTest::newRow(name) << options << token << code << word; };
    row("good", all, good(), 0, "Accepted: The token is valid");
    row("nothing to compare with", {u"--jwks"_s, m_issuer->address() + u"/oauth2/jwks"_s}, good(), 0,
        "Accepted: Nothing is wrong with what was checked.");
    row("another server", all.first(3) + QStringList{m_resource + u'/'}, good(), 3,
        "trailing slash is missing");
    row("another issuer", {u"--issuer"_s, u"acme"_s}, good(), 3,
        "this server trusts https://acme.authkit.app");
    row("issuer with a slash", {u"--issuer"_s, m_issuer->address() + u'/'}, good(), 3, "slash");
    row("expired, and its signature is judged all the same", all, m_issuer->sign(expired), 3,
        "Nothing else is wrong with it.");
    row("forged", all, forged, 3, "signature    failed");
    row("no token at all", all, "abc", 3, "not a signed JWT");
    row("keys out of reach", {u"--jwks"_s, u"http://127.0.0.1:1/keys"_s}, good(), 4, "could not be fetched");
    row("an algorithm that is not allowed", all + QStringList{u"--algorithms"_s, u"ES256 EdDSA"_s}, good(), 3,
        "allowed is ES256 EdDSA");
}

void TestVerifyCommand::judgesAToken()
{
    QFETCH(QStringList, options);
    QFETCH(QByteArray, token);
    QFETCH(int, code);
    QFETCH(QByteArray, word);
    Program program(QStringList{u"verify"_s} + options + QStringList{QString::fromLatin1(token)});
    QCOMPARE(program.wait(), code);
    const QByteArray all = program.everything();
    QVERIFY2(all.contains(word), all.constData());
    QVERIFY2(!all.contains(token.right(40)) || token.size() < 40, "the token itself is not repeated");
}

void TestVerifyCommand::readsTheTokenFromStandardInput()
{
    Program program({u"verify"_s, u"--issuer"_s, m_issuer->address(), u"-"_s});
    program.write("\nBearer " + good() + "\n");
    program.closeInput();
    QCOMPARE(program.wait(), 0);
}

void TestVerifyCommand::endsWhereStandardInputGivesNothing_data()
{
    QTest::addColumn<QString>("input");
    QTest::newRow("a folder") << u"< /"_s;
    QTest::newRow("closed") << u"<&-"_s;
    QTest::newRow("nothing") << u"< /dev/null"_s;
    QTest::newRow("empty lines without end") << u"< <(yes '')"_s;
}

void TestVerifyCommand::endsWhereStandardInputGivesNothing()
{
    QFETCH(QString, input);
    QProcess shell;
    shell.start(u"bash"_s, {u"-c"_s, u"exec \"$GATEHOUSE\" verify - "_s + input});
    QVERIFY(shell.waitForFinished(20'000));
    QCOMPARE(shell.exitCode(), 1);
    const QByteArray said = shell.readAllStandardError();
    QVERIFY2(said.contains("tandard input"), said.constData());
}

void TestVerifyCommand::takesTheKeysFromAFile()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"keys.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(base::writeJson(QJsonObject{{u"keys"_s, QJsonArray({m_issuer->key().publicJwk()})}}));
    file.close();
    Program good_({u"verify"_s, u"--jwks"_s, file.fileName(), QString::fromLatin1(good())});
    QCOMPARE(good_.wait(), 0);
    const QByteArray foreign = m_issuer->foreignKey().sign({{u"alg"_s, u"RS256"_s}, {u"kid"_s, u"own"_s}},
                                                           base::writeJson(m_issuer->claims(m_resource)));
    Program bad({u"verify"_s, u"--jwks"_s, file.fileName(), QString::fromLatin1(foreign)});
    QCOMPARE(bad.wait(), 3);
}

void TestVerifyCommand::givesTheVerdictAsJson()
{
    Program program({u"verify"_s, u"--json"_s, u"--issuer"_s, m_issuer->address(), u"--audience"_s, u"x"_s,
                     QString::fromLatin1(good())});
    QCOMPARE(program.wait(), 3);
    const QJsonObject verdict = program.jsonLine();
    QCOMPARE(verdict.value("accepted"_L1).toBool(true), false);
    QCOMPARE(verdict.value("reason"_L1).toString(), u"wrong_audience"_s);
    QCOMPARE(verdict.value("status"_L1).toInt(), 401);
    QCOMPARE(verdict.value("claims"_L1).toObject().value("sub"_L1).toString(), u"user_fake"_s);
    QStringList failed;
    QStringList passed;
    const QJsonArray checks = verdict.value("checks"_L1).toArray();
    for (const QJsonValue check : checks) {
        const QString state = check.toObject().value("state"_L1).toString();
        (state == "failed"_L1 ? failed : passed).append(check.toObject().value("what"_L1).toString());
    }
    QCOMPARE(failed, QStringList{u"aud"_s});
    QVERIFY(passed.contains(u"signature"_s));
}

void TestVerifyCommand::saysWhatIsWrongWithTheCall_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("no token") << QStringList{} << "token is missing"_ba;
    QTest::newRow("two tokens") << QStringList{u"a.b.c"_s, u"d"_s} << "d"_ba;
    QTest::newRow("a file that is not there")
        << QStringList{u"--jwks"_s, u"/nowhere/keys"_s, u"a.b.c"_s} << "/nowhere/keys"_ba;
    QTest::newRow("a device for a file")
        << QStringList{u"--jwks"_s, u"/dev/zero"_s, u"a.b.c"_s} << "no regular file"_ba;
    QTest::newRow("nothing on standard input") << QStringList{u"-"_s} << "standard input"_ba;
    QTest::newRow("an algorithm that no key verifies")
        << QStringList{u"--algorithms"_s, u"HS256"_s, u"a.b.c"_s} << "HS256"_ba;
    QTest::newRow("an issuer that is none")
        << QStringList{u"--issuer"_s, u"a b"_s, u"a.b.c"_s} << "--issuer"_ba;
}

void TestVerifyCommand::saysWhatIsWrongWithTheCall()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, word);
    Program program(QStringList{u"verify"_s} + arguments);
    program.closeInput();
    QCOMPARE(program.wait(), 1);
    QVERIFY2(program.errors().contains(word), program.errors().constData());
}

/// Any port of this machine could stand in a token.
void TestVerifyCommand::asksNoIssuerThatNobodyNamed()
{
    FakeIssuer stranger;
    const QByteArray token = stranger.sign(stranger.claims(m_resource));
    Program program({u"verify"_s, u"-"_s});
    program.write(token + '\n');
    program.closeInput();
    QCOMPARE(program.wait(), 1);
    QVERIFY2(program.errors().contains("which nobody named"), program.errors().constData());
    QVERIFY2(program.errors().contains("--issuer '" + stranger.address().toUtf8() + "' ."),
             program.errors().constData());
    QCOMPARE(stranger.requests(), 0);
    // What is no issuer is no word to paste.
    QJsonObject claims = stranger.claims(m_resource);
    claims.insert(u"iss"_s, u"x';touch pwned;'"_s);
    Program trap({u"verify"_s, QString::fromLatin1(stranger.sign(claims))});
    QCOMPARE(trap.wait(), 1);
    QVERIFY2(!trap.errors().contains("--issuer"), trap.errors().constData());
    Program named({u"verify"_s, u"--issuer"_s, stranger.address(), u"-"_s});
    named.write(token + '\n');
    named.closeInput();
    QCOMPARE(named.wait(), 0);
    QVERIFY(stranger.requests() > 0);
}

void TestVerifyCommand::answersAHarnessLineByLine()
{
    Program harness({u"verify"_s, u"--stdin"_s});
    const auto answer = [&](const QJsonObject &request) {
        const QJsonObject json = ask(harness, request);
        return QString::number(json.value("id"_L1).toInt()) + u' '
            + (json.value("ok"_L1).toBool() ? u"ok "_s : u"no "_s) + json.value("reason"_L1).toString();
    };
    int id = 0;
    const QStringList names = keys::algorithmNames();
    for (const QString &name : names) {
        const keys::SigningKey key = keys::SigningKey::generate(u"k"_s, 0, name).value();
        const QJsonObject set{{u"keys"_s, QJsonArray({m_issuer->key().publicJwk(), key.publicJwk()})}};
        const QByteArray token = key.sign({{u"alg"_s, name}, {u"kid"_s, u"k"_s}}, "any bytes");
        QJsonObject request{{u"id"_s, ++id},
                            {u"op"_s, u"jws"_s},
                            {u"token"_s, QString::fromLatin1(token)},
                            {u"jwks"_s, set},
                            {u"algs"_s, QJsonArray({name})}};
        QCOMPARE(answer(request), u"%1 ok valid"_s.arg(id));
        request.insert(u"algs"_s, QJsonArray({u"none"_s}));
        QCOMPARE(answer(request), u"%1 no algorithm_not_allowed"_s.arg(id));
        const QJsonObject raw{
            {u"id"_s, ++id},
            {u"op"_s, u"raw"_s},
            {u"alg"_s, name},
            {u"jwk"_s, key.publicJwk()},
            {u"msg"_s, u"00ff"_s},
            {u"sig"_s, QString::fromLatin1(key.signature(QByteArray("\0\xff", 2)).toHex())}};
        QCOMPARE(answer(raw), u"%1 ok valid"_s.arg(id));
        QJsonObject other = raw;
        other.insert(u"msg"_s, u"00fe"_s);
        QCOMPARE(answer(other), u"%1 no bad_signature"_s.arg(id));
        other.insert(u"msg"_s, u"0"_s);
        QCOMPARE(answer(other), u"%1 no malformed_request"_s.arg(id));
    }
    const auto json = [&](const QByteArray &document) {
        return answer(
            {{u"id"_s, 7}, {u"op"_s, u"json"_s}, {u"doc"_s, QString::fromLatin1(document.toBase64())}});
    };
    QCOMPARE(json("[1]"), u"7 ok valid"_s);
    QVERIFY(json("[1,]").startsWith(u"7 no "_s));
    QVERIFY(json(R"({"a":1,"a":2})").startsWith(u"7 no "_s));
    QCOMPARE(answer({{u"id"_s, 8}, {u"op"_s, u"dance"_s}}), u"8 no unknown_operation"_s);
    harness.write("no JSON\n");
    QCOMPARE(harness.jsonLine().value("reason"_L1).toString(), u"malformed_request"_s);
    harness.closeInput();
    QCOMPARE(harness.wait(), 0);
}

GATEHOUSE_TEST(TestVerifyCommand)
#include "tst_verify.moc"
