// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "oauth/tokens.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::oauth;
using namespace Qt::StringLiterals;

class TestTokens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatServersGive_data();
    void readsWhatServersGive();
    void saysWhatIsWrongInTheServersWords_data();
    void saysWhatIsWrongInTheServersWords();
    void keepsThemWithTheirTime();
};

namespace {

const QString resource = u"https://mcp.example/mcp"_s;

QByteArray with(const QByteArray &members)
{
    return R"({"access_token":"a.b.c","token_type":"Bearer")" + (members.isEmpty() ? "" : "," + members)
        + '}';
}

} // namespace

void TestTokens::readsWhatServersGive_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("access");
    QTest::addColumn<qint64>("expiresAt"); // At 1 s.
    const QByteArray usual = "a.b.c";
    const auto row = [&usual](const char *name, const QByteArray &body, qint64 expiresAt = 0) {
        QTest::newRow(name) << body << usual << expiresAt;
    };
    row("as AuthKit answers", R"({"access_token":"a.b.c","token_type":"bearer","expires_in":300})", 301'000);
    row("no lifetime", with(""));
    row("a lifetime as text", with(R"("expires_in":"5250")"), 5'251'000);
    row("a lifetime that is no number", with(R"("expires_in":"soon")"));
    row("a lifetime of null", with(R"("expires_in":null)"));
    row("a lifetime of nothing", with(R"("expires_in":0)"));
    row("a lifetime before now", with(R"("expires_in":-1)"));
    row("half a second more", with(R"("expires_in":299.5)"), 300'500);
    row("a lifetime without end", with(R"("expires_in":1e18)"), 1000 + 10LL * 365 * 24 * 3600 * 1000);
    row("no type", R"({"access_token":"a.b.c"})");
    row("a type of null", R"({"access_token":"a.b.c","token_type":null})");
    row("a type in capitals", R"({"access_token":"a.b.c","token_type":"BEARER"})");
    row("an error of null", with(R"("error":null)"));
    row("an empty error", with(R"("error":"","error_description":"")"));
    row("a byte order mark", "\xef\xbb\xbf" + with(""));
    row("others that are null", with(R"("refresh_token":null,"id_token":null,"scope":null)"));
    row("scopes in a list", with(R"("scope":["a","b"])"));
    for (const QByteArray token : {"7|aBcDeF0123", "00Dxx0000001gPL!AQ8AQ.abc", "v1:abc:def", "abc*def$ghi"})
        QTest::newRow(token.constData())
            << base::writeJson(QJsonObject{{u"access_token"_s, QString::fromLatin1(token)}}) << token
            << qint64(0);
}

void TestTokens::readsWhatServersGive()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, access);
    QFETCH(const qint64, expiresAt);
    for (const int status : {200, 201}) {
        const auto read = readTokens(status, body, resource, 1000);
        QVERIFY2(read, qPrintable(read ? QString() : read.error().text));
        QCOMPARE(read->access, access);
        QCOMPARE(read->expiresAt, expiresAt);
        QVERIFY(read->refresh.isEmpty());
        const auto kept = readStoredTokens(writeTokens(*read));
        QVERIFY(kept);
        QCOMPARE(kept->access, access);
        QCOMPARE(kept->expiresAt, expiresAt);
    }
}

void TestTokens::saysWhatIsWrongInTheServersWords_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("said");
    QTest::addRow("no access token") << 200 << R"json({"token_type":"Bearer"})json"_ba << u"access_token"_s;
    QTest::addRow("a token with a line end")
        << 200 << R"json({"access_token":"a\r\nX: y","token_type":"Bearer"})json"_ba << u"characters"_s;
    QTest::addRow("a token with a space")
        << 200 << R"json({"access_token":"a b","token_type":"Bearer"})json"_ba << u"characters"_s;
    QTest::addRow("another kind of token")
        << 200 << R"json({"access_token":"a","token_type":"DPoP"})json"_ba << u"token_type"_s;
    QTest::addRow("a token that is a number")
        << 200 << R"json({"access_token":1,"token_type":"Bearer"})json"_ba << u"access_token"_s;
    QTest::addRow("in a wrapping") << 200 << R"json({"data":{"access_token":"a"}})json"_ba
                                   << u"access_token"_s;
    QTest::addRow("an error with status 200")
        << 200 << R"json({"error":"invalid_grant"})json"_ba << u"invalid_grant"_s;
    QTest::addRow("an error beside a token")
        << 200 << with(R"("error":"invalid_grant")") << u"invalid_grant"_s;
    QTest::addRow("an unknown resource")
        << 400 << R"json({"error":"invalid_target"})json"_ba << u"Add exactly https://mcp.example/mcp"_s;
    QTest::addRow("an error that is an object")
        << 400 << R"json({"error":{"code":"x1","message":"the verifier is wrong"}})json"_ba
        << u"HTTP 400 x1 the verifier is wrong"_s;
    QTest::addRow("only a message") << 400
                                    << R"json({"message":"the verifier is wrong","statusCode":400})json"_ba
                                    << u"HTTP 400 the verifier is wrong"_s;
    QTest::addRow("a problem of RFC 9457")
        << 400 << R"json({"title":"Bad","detail":"the verifier is wrong"})json"_ba
        << u"the verifier is wrong"_s;
    QTest::addRow("plain text") << 400 << "Bad Request: the verifier\ndoes not match"_ba
                                << u"Bad Request: the verifier does not match"_s;
    QTest::addRow("no JSON") << 200 << "<html>"_ba << u"cannot be used"_s;
    QTest::addRow("a redirect") << 302 << QByteArray() << u"HTTP 302"_s;
    QTest::addRow("a token that is too long")
        << 200
        << base::writeJson(
               QJsonObject{{u"access_token"_s, QString(20'000, u'a')}, {u"token_type"_s, u"Bearer"_s}})
        << u"too many"_s;
}

void TestTokens::saysWhatIsWrongInTheServersWords()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, said);
    const auto read = readTokens(status, body, resource, 1000);
    QVERIFY(!read);
    const QString words = read.error().text + u' ' + read.error().remedy;
    QVERIFY2(words.contains(said), qPrintable(words));
}

void TestTokens::keepsThemWithTheirTime()
{
    const auto read = readTokens(200, with(R"("expires_in":300,"refresh_token":"r")"), resource, 1000);
    QVERIFY(read);
    QVERIFY(read->usable(290'000) && !read->usable(292'000));
    const auto kept = readStoredTokens(writeTokens(*read));
    QVERIFY(kept);
    QCOMPARE(kept->refresh, "r"_ba);
    QVERIFY(kept->usable(290'000) && !kept->usable(292'000));
}

GATEHOUSE_TEST(TestTokens)
#include "tst_tokens.moc"
