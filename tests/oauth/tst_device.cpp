// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/device.h"
#include "oauth/flowrun.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::oauth;
using namespace Qt::StringLiterals;

namespace {

const QJsonObject goodAnswer{{u"device_code"_s, u"device-1"_s},
                             {u"user_code"_s, u"WDJB-MJHT"_s},
                             {u"verification_uri"_s, u"https://example.com/device"_s},
                             {u"expires_in"_s, 600},
                             {u"interval"_s, 1}};

QJsonObject with(const QString &name, const QJsonValue &value)
{
    QJsonObject answer = goodAnswer;
    value.isUndefined() ? answer.remove(name) : void(answer.insert(name, value));
    return answer;
}

} // namespace

/// A browser anywhere, and a code (RFC 8628).
class TestDevice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheAnswer_data();
    void readsTheAnswer();
    void knowsHowLongToWait_data();
    void knowsHowLongToWait();
    void waitsUntilSomebodyHasTypedTheCode();
    void endsAsTheServerSays_data();
    void endsAsTheServerSays();
    void saysWhereNoneIsOffered();
    void leavesNothingUnderWayWhereItIsCancelled();
};

void TestDevice::readsTheAnswer_data()
{
    QTest::addColumn<QJsonObject>("answer");
    QTest::addColumn<bool>("isTaken");
    QTest::addColumn<int>("lifetime");
    QTest::addColumn<int>("interval");
    const auto taken = [](const char *name, const QJsonObject &answer, int lifetime, int interval) {
        QTest::newRow(name) << answer << true << lifetime << interval;
    };
    const auto refused = [](const char *name, const QJsonObject &answer) {
        QTest::newRow(name) << answer << false << 0 << 0;
    };
    taken("as the RFC has it", goodAnswer, 600'000, 1000);
    taken("without an interval", with(u"interval"_s, QJsonValue::Undefined), 600'000, 5000);
    taken("with no time at all between", with(u"interval"_s, 0), 600'000, 5000);
    taken("that may be asked all the time", with(u"interval"_s, 0.001), 600'000, 1000);
    taken("that may hardly be asked", with(u"interval"_s, 1e9), 600'000, 60'000);
    taken("that is good for ever", with(u"expires_in"_s, 1e12), 1'800'000, 1000);
    taken("that does not say how long", with(u"expires_in"_s, QJsonValue::Null), 1'800'000, 1000);
    taken("whose numbers are texts", with(u"expires_in"_s, u"60"_s), 60'000, 1000);
    QJsonObject google = with(u"verification_uri"_s, QJsonValue::Undefined);
    google.insert(u"verification_url"_s, u"https://example.com/device"_s);
    taken("with Google's name for the address", google, 600'000, 1000);
    taken("with a whole address that may not be opened", with(u"verification_uri_complete"_s, u"file:///x"_s),
          600'000, 1000);
    refused("without a device code", with(u"device_code"_s, QJsonValue::Undefined));
    refused("with a device code that breaks a line", with(u"device_code"_s, u"a\r\nb"_s));
    refused("without a code to type", with(u"user_code"_s, u""_s));
    refused("with a code that a terminal obeys", with(u"user_code"_s, u"\x1b[2J"_s));
    refused("with a code that nobody types", with(u"user_code"_s, u"A"_s.repeated(65)));
    refused("with a file for an address", with(u"verification_uri"_s, u"file:///etc/passwd"_s));
    refused("with an address without TLS", with(u"verification_uri"_s, u"http://example.com/"_s));
    refused("without an address", with(u"verification_uri"_s, QJsonValue::Undefined));
    refused("an error", {{u"error"_s, u"unauthorized_client"_s}});
}

void TestDevice::readsTheAnswer()
{
    QFETCH(QJsonObject, answer);
    QFETCH(int, lifetime);
    QFETCH(int, interval);
    const auto code = readDeviceCode({200, {}, base::writeJson(answer)});
    QTEST(code.has_value(), "isTaken");
    if (!code)
        return;
    QCOMPARE(code->user, u"WDJB-MJHT"_s);
    QCOMPARE(code->address, QUrl(u"https://example.com/device"_s));
    QVERIFY(code->whole.isEmpty());
    QCOMPARE(code->lifetimeMs, lifetime);
    QCOMPARE(code->intervalMs, interval);
}

void TestDevice::knowsHowLongToWait_data()
{
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("next"); // -1: no more.
    QTest::newRow("not yet") << "authorization_pending"_ba << 400 << 5000;
    QTest::newRow("too often") << "slow_down"_ba << 400 << 10'000;
    QTest::newRow("not now") << ""_ba << 503 << 10'000;
    QTest::newRow("no") << "access_denied"_ba << 400 << -1;
    QTest::newRow("too late") << "expired_token"_ba << 400 << -1;
    QTest::newRow("something else") << "invalid_client"_ba << 401 << -1;
}

void TestDevice::knowsHowLongToWait()
{
    QFETCH(QByteArray, error);
    QFETCH(int, status);
    QFETCH(int, next);
    const auto answer = readTokens(status, R"({"error":")" + error + "\"}", {}, 0);
    QVERIFY(!answer);
    QCOMPARE(nextIntervalMs(answer.error(), 5000).value_or(-1), next);
}

namespace {

/// The scripted server with a place for devices.
void offerDevices(ScriptedServer &server, const QJsonObject &answer = goodAnswer)
{
    server.odd.insert("/.well-known/oauth-authorization-server", [&server](const http::Request &) {
        QJsonObject document = server.serverDocument();
        document.insert(u"device_authorization_endpoint"_s, QString(server.origin() + u"/device"_s));
        document.remove(u"code_challenge_methods_supported"_s);
        document.remove(u"authorization_endpoint"_s);
        return ScriptedServer::json(document);
    });
    server.odd.insert("/device", [answer](const http::Request &) { return ScriptedServer::json(answer); });
}

FlowSettings byDevice()
{
    FlowSettings settings;
    settings.grant = Grant::Device;
    return settings;
}

} // namespace

void TestDevice::waitsUntilSomebodyHasTypedTheCode()
{
    ScriptedServer server;
    offerDevices(server);
    int asked = 0;
    server.odd.insert("/token", [&](const http::Request &request) {
        const bool isRight = ScriptedServer::field(request.body, "device_code") == "device-1"
            && ScriptedServer::field(request.body, "grant_type") == QByteArray(deviceGrantType.data())
            && ScriptedServer::field(request.body, "resource") == server.mcp().toUtf8();
        if (!isRight || ++asked < 2)
            return ScriptedServer::json({{u"error"_s, u"authorization_pending"_s}}, 400);
        return ScriptedServer::json({{u"access_token"_s, u"token-1"_s},
                                     {u"token_type"_s, u"Bearer"_s},
                                     {u"expires_in"_s, 300},
                                     {u"refresh_token"_s, u"refresh-1"_s}});
    });
    base::MemorySecretStore kept;
    Run run(server, byDevice(), &kept);
    QSignalSpy awaited(&run.flow, &Flow::deviceAwaited);
    QVERIFY2(run.toTheEnd(), server.tokenBody.constData());
    QVERIFY2(!run.flow.failure(), run.why().constData());
    QCOMPARE(awaited.size(), 1);
    QCOMPARE(server.count("/authorize"), 0);
    QVERIFY(run.step(StepId::Authorize).detail.contains(u"WDJB-MJHT"_s));
    for (const Step &step : run.flow.steps())
        QVERIFY2(!(step.sent() + step.answered()).contains(u"device-1"_s), qPrintable(step.sent()));
    const auto registered = std::find_if(server.asked.begin(), server.asked.end(),
                                         [](const http::Request &one) { return one.path == "/register"; });
    QVERIFY(registered != server.asked.end() && registered->body.contains(deviceGrantType.data()));
    // It is kept as any other.
    server.asked.clear();
    Run second(server, byDevice(), &kept);
    QVERIFY(second.toTheEnd());
    QVERIFY2(!second.flow.failure(), second.why().constData());
    QCOMPARE(server.count("/device") + server.count("/register"), 0);
}

void TestDevice::endsAsTheServerSays_data()
{
    QTest::addColumn<QString>("error");
    QTest::addColumn<int>("reason");
    QTest::newRow("no") << u"access_denied"_s << int(Failure::Reason::Denied);
    QTest::newRow("too late") << u"expired_token"_s << int(Failure::Reason::Other);
}

void TestDevice::endsAsTheServerSays()
{
    QFETCH(QString, error);
    ScriptedServer server;
    offerDevices(server);
    server.odd.insert("/token", [error](const http::Request &) {
        return ScriptedServer::json({{u"error"_s, error}}, 400);
    });
    Run run(server, byDevice());
    QVERIFY(run.toTheEnd());
    QVERIFY(run.flow.failure());
    QTEST(int(run.flow.failure()->reason), "reason");
    QCOMPARE(server.count("/token"), 1);
}

void TestDevice::saysWhereNoneIsOffered()
{
    ScriptedServer server;
    Run run(server, byDevice());
    QVERIFY(run.toTheEnd());
    QVERIFY(run.flow.failure());
    QCOMPARE(run.flow.failure()->code, FailureCode::NoDeviceFlow);
    QCOMPARE(server.count("/register"), 0);
}

void TestDevice::leavesNothingUnderWayWhereItIsCancelled()
{
    ScriptedServer server;
    offerDevices(server);
    int codes = 0;
    QHash<QByteArray, int> asked; // By device code.
    server.odd.insert("/device", [&codes](const http::Request &) {
        return ScriptedServer::json(with(u"device_code"_s, u"device-%1"_s.arg(++codes)));
    });
    server.odd.insert("/token", [&asked](const http::Request &request) {
        ++asked[ScriptedServer::field(request.body, "device_code")];
        return ScriptedServer::json({{u"error"_s, u"authorization_pending"_s}}, 400);
    });
    Run run(server, byDevice());
    run.flow.runAll();
    QTRY_COMPARE(asked.value("device-1"), 1);
    run.flow.cancel();
    QTRY_COMPARE(run.finished.size(), 1);
    // By the time that another one has asked twice, it would have, too.
    Run other(server, byDevice());
    other.flow.runAll();
    QTRY_COMPARE(asked.value("device-2"), 2);
    QCOMPARE(asked.value("device-1"), 1);
}

GATEHOUSE_TEST(TestDevice)
#include "tst_device.moc"
