// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/flowrun.h"
#include "oauth/signout.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::oauth;
using namespace Qt::StringLiterals;

class TestSignOut : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void revokesAndForgets_data();
    void revokesAndForgets();
    void doesNothingWhereNothingIsKept();
    void showsATokenToNobodyElse();

private:
    SignedOut signedOut(const QString &server, base::SecretStore &kept)
    {
        std::optional<SignedOut> out;
        signOut(server, {&m_fetcher, &kept, base::systemClock(), base::systemRandom()},
                [&out](const SignedOut &came) { out = came; });
        return QTest::qWaitFor([&out] { return out.has_value(); }) ? *out : SignedOut();
    }
    static void serverNames(ScriptedServer &server, const QJsonValue &endpoint)
    {
        QJsonObject document = server.serverDocument();
        document.insert(u"revocation_endpoint"_s, endpoint);
        server.odd.insert("/.well-known/oauth-authorization-server",
                          [document](const http::Request &) { return ScriptedServer::json(document); });
    }
    fetch::NetworkFetcher m_fetcher;
};

void TestSignOut::revokesAndForgets_data()
{
    QTest::addColumn<bool>("isNamed");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isRevoked");
    QTest::addColumn<QString>("note");
    QTest::newRow("revoked") << true << 200 << true << QString();
    QTest::newRow("refused") << true << 400 << false << u"invalid_client"_s;
    QTest::newRow("broken") << true << 500 << false << u"HTTP 500"_s;
    QTest::newRow("not offered") << false << 200 << false << u"does not say how"_s;
}

void TestSignOut::revokesAndForgets()
{
    QFETCH(const bool, isNamed);
    QFETCH(const int, status);
    QFETCH(const bool, isRevoked);
    QFETCH(const QString, note);
    ScriptedServer server;
    base::MemorySecretStore kept;
    Run run(server, {}, &kept);
    QVERIFY(run.toTheEnd());
    QByteArray body;
    server.odd.insert("/revoke", [&](const http::Request &request) {
        body = request.body;
        return status == 400 ? ScriptedServer::json({{u"error"_s, u"invalid_client"_s}}, 400)
                             : http::jsonResponse(status, {});
    });
    serverNames(server, isNamed ? QJsonValue(server.origin() + u"/revoke"_s) : QJsonValue::Null);
    const SignedOut out = signedOut(server.mcp(), kept);
    QVERIFY(out.wasKept);
    QCOMPARE(out.issuer, server.origin());
    QCOMPARE(out.isRevoked, isRevoked);
    QVERIFY2(note.isEmpty() ? out.note.isEmpty() : out.note.contains(note), qPrintable(out.note));
    if (isNamed) {
        QCOMPARE(ScriptedServer::field(body, "token"), "refresh-1"_ba);
        QCOMPARE(ScriptedServer::field(body, "token_type_hint"), "refresh_token"_ba);
        QCOMPARE(ScriptedServer::field(body, "client_id"), "client_1"_ba);
    }
    server.asked.clear();
    Run again(server, {}, &kept);
    QVERIFY(again.toTheEnd());
    QVERIFY2(!again.flow.failure(), again.why().constData());
    QCOMPARE(server.count("/authorize"), 1);
    QCOMPARE(server.count("/register"), 0); // The client stays.
}

void TestSignOut::doesNothingWhereNothingIsKept()
{
    ScriptedServer server;
    base::MemorySecretStore kept;
    const SignedOut out = signedOut(server.mcp(), kept);
    QVERIFY(!out.wasKept && !out.isRevoked);
    QVERIFY(server.asked.isEmpty());
}

/// The issuer's own document says where; another server's sign-in stays.
void TestSignOut::showsATokenToNobodyElse()
{
    ScriptedServer server;
    ScriptedServer other;
    base::MemorySecretStore kept;
    Run run(server, {}, &kept);
    QVERIFY(run.toTheEnd());
    Run second(other, {}, &kept);
    QVERIFY(second.toTheEnd());
    serverNames(server, u"http://192.0.2.1/revoke"_s);
    const SignedOut out = signedOut(server.mcp(), kept);
    QVERIFY(out.wasKept && !out.isRevoked);
    other.asked.clear();
    Run third(other, {}, &kept);
    QVERIFY(third.toTheEnd());
    QCOMPARE(other.count("/authorize"), 0);
}

GATEHOUSE_TEST(TestSignOut)
#include "tst_signout.moc"
