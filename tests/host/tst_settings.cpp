// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/settings.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse::host;
using namespace Qt::StringLiterals;

class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasDefaultsThatWork();
    void findsWhatIsWrong_data();
    void findsWhatIsWrong();
    void readsTheEnvironmentThatMcpUseEstablished_data();
    void readsTheEnvironmentThatMcpUseEstablished();
};

void TestSettings::hasDefaultsThatWork()
{
    const Settings settings;
    QCOMPARE(validate(settings), QList<SettingsFault>());
    QVERIFY(settings.verifyJwt && settings.authorization && settings.usesSandbox());
    QCOMPARE(settings.scopes.join(u' '), u"email offline_access openid profile"_s);
    QCOMPARE(settings.host, u"127.0.0.1"_s);
}

void TestSettings::findsWhatIsWrong_data()
{
    QTest::addColumn<Settings>("settings");
    QTest::addColumn<QString>("field");
    const auto row
        = [](const char *name, const QString &field, const std::function<void(Settings &)> &change) {
              Settings settings;
              change(settings);
              QTest::newRow(name) << settings << field;
          };
    row("a port out of range", u"port"_s, [](Settings &s) { s.port = 65536; });
    row("a negative sandbox port", u"sandboxPort"_s, [](Settings &s) { s.sandboxPort = -1; });
    row("both on one port", u"sandboxPort"_s, [](Settings &s) { s.sandboxPort = s.port; });
    row("a host that is a name", u"host"_s, [](Settings &s) { s.host = u"localhost"_s; });
    row("a subdomain with a path", u"subdomain"_s,
        [](Settings &s) { s.subdomain = u"https://acme.authkit.app/x"_s; });
    row("plain http elsewhere", u"subdomain"_s,
        [](Settings &s) { s.subdomain = u"http://acme.authkit.app"_s; });
    row("a resource without a scheme", u"resource"_s,
        [](Settings &s) { s.resource = u"localhost:3000/mcp"_s; });
    row("a resource with a fragment", u"resource"_s, [](Settings &s) { s.resource = u"https://h/mcp#x"_s; });
    row("a resource over plain http elsewhere", u"resource"_s,
        [](Settings &s) { s.resource = u"http://h/mcp"_s; });
    row("a resource that would split a header", u"resource"_s,
        [](Settings &s) { s.resource = u"https://h/mcp\r\nX: y"_s; });
    row("an empty audience", u"audiences"_s, [](Settings &s) { s.audiences = {QString()}; });
    row("a scope with a quote", u"scopes"_s, [](Settings &s) { s.scopes = {u"a\"b"_s}; });
    row("a required scope with a space", u"requiredScopes"_s,
        [](Settings &s) { s.requiredScopes = {u"a b"_s}; });
    row("tokens of no life", u"tokenLifetime"_s, [](Settings &s) { s.tokenLifetime = 0; });
    row("no session at all", u"maxSessions"_s, [](Settings &s) { s.maxSessions = 0; });
    row("more streams than anybody has", u"maxStreams"_s, [](Settings &s) { s.maxStreams = 100'001; });
    row("tasks below nothing", u"maxTasks"_s, [](Settings &s) { s.maxTasks = -1; });
    row("no request at all", u"maxRequests"_s, [](Settings &s) { s.maxRequests = 0; });
    row("more to keep than there is", u"replayMiB"_s, [](Settings &s) { s.replayMiB = 1025; });
    row("sessions that never end", u"sessionIdleMinutes"_s, [](Settings &s) { s.sessionIdleMinutes = 0; });
    row("no connection at all", u"maxConnections"_s, [](Settings &s) { s.maxConnections = 0; });
    row("bodies without end", u"maxBodyKiB"_s, [](Settings &s) { s.maxBodyKiB = 16 * 1024 + 1; });
    row("no time for an answer", u"answerSeconds"_s, [](Settings &s) { s.answerSeconds = 0; });
    row("a tolerance of hours", u"toleranceSeconds"_s, [](Settings &s) { s.toleranceSeconds = 3600; });
    row("no signatures, but open to the network", u"verifyJwt"_s, [](Settings &s) {
        s.verifyJwt = false;
        s.host = u"0.0.0.0"_s;
    });
    row("no tokens, but open to the network", u"authorization"_s, [](Settings &s) {
        s.authorization = false;
        s.host = u"192.0.2.1"_s;
    });
}

void TestSettings::findsWhatIsWrong()
{
    QFETCH(Settings, settings);
    const QList<SettingsFault> faults = validate(settings);
    QCOMPARE(faults.size(), 1);
    QTEST(faults.first().field, "field");
    QVERIFY(faults.first().text.endsWith(u'.'));
}

void TestSettings::readsTheEnvironmentThatMcpUseEstablished_data()
{
    using Environment = QHash<QString, QString>;
    QTest::addColumn<Environment>("environment");
    QTest::addColumn<QString>("subdomain");
    QTest::addColumn<QString>("resource");
    QTest::newRow("empty") << Environment{} << QString() << QString();
    QTest::newRow("a subdomain") << Environment{{u"MCP_USE_OAUTH_WORKOS_SUBDOMAIN"_s, u" acme "_s}}
                                 << u"acme"_s << QString();
    QTest::newRow("an empty subdomain")
        << Environment{{u"MCP_USE_OAUTH_WORKOS_SUBDOMAIN"_s, QString()}} << QString() << QString();
    QTest::newRow("a URL") << Environment{{u"MCP_URL"_s, u"https://gate.example"_s}} << QString()
                           << u"https://gate.example/mcp"_s;
    QTest::newRow("a URL with a slash") << Environment{{u"MCP_URL"_s, u"https://gate.example/"_s}}
                                        << QString() << u"https://gate.example/mcp"_s;
}

void TestSettings::readsTheEnvironmentThatMcpUseEstablished()
{
    using Environment = QHash<QString, QString>;
    QFETCH(Environment, environment);
    Configuration configuration;
    configuration.readEnvironment(environment);
    QTEST(configuration.settings.subdomain, "subdomain");
    QTEST(configuration.settings.resource, "resource");
    QCOMPARE(configuration.overrides.contains(u"subdomain"_s), !configuration.settings.subdomain.isEmpty());
    QCOMPARE(configuration.overrides.contains(u"resource"_s), !configuration.settings.resource.isEmpty());
    QVERIFY(configuration.kept == Settings());
}

GATEHOUSE_TEST(TestSettings)
#include "tst_settings.moc"
