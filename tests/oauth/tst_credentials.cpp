// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/credentials.h"
#include "support/pem.h"
#include "support/unit.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::oauth;
using namespace Qt::StringLiterals;

class TestCredentials : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsMissing_data();
    void saysWhatIsMissing();
    void forgetsWhatIsNotGivenAnyMore();

private:
    [[nodiscard]] QString file(const QString &name, const QByteArray &content) const
    {
        QFile out(m_folder.filePath(name));
        return out.open(QIODevice::WriteOnly) && out.write(content) == content.size() ? out.fileName()
                                                                                      : QString();
    }
    QTemporaryDir m_folder;
};

void TestCredentials::saysWhatIsMissing_data()
{
    using Fault = CredentialFault;
    QTest::addColumn<Credentials>("given");
    QTest::addColumn<QString>("client");
    QTest::addColumn<QString>("secret");
    QTest::addColumn<int>("fault"); // -1: none.
    const auto row = [](const char *name, const Credentials &given, const QString &client,
                        const QString &secret, std::optional<Fault> fault = {}) {
        QTest::newRow(name) << given << client << secret << (fault ? int(*fault) : -1);
    };
    const QString token = file(u"token"_s, "a.b.c\n");
    const QString key = file(u"key"_s, test::pem::p256);
    const QString nothing = file(u"nothing"_s, " \n");
    const QString split = file(u"split"_s, "a.b\nc");
    const QString nowhere = m_folder.filePath(u"nowhere"_s);
    const QString idp = u"https://idp.example/token"_s;
    Credentials code;
    row("a person", code, {}, {});
    row("a person with a client that has a secret", code, u"c"_s, u"s"_s);
    Credentials program;
    program.grant = Grant::ClientCredentials;
    row("a program with a secret", program, u"c"_s, u"s"_s);
    row("a program without one", program, u"c"_s, {}, Fault::NothingToShow);
    row("a program without a name", program, {}, u"s"_s, Fault::NothingToShow);
    program.keyFile = key;
    row("a program with a key", program, u"c"_s, {});
    row("a program with a key and no name", program, {}, {}, Fault::KeyWithoutClient);
    row("a program with a key and a secret", program, u"c"_s, u"s"_s, Fault::KeyAndSecret);
    program.keyAlgorithm = u"RS256"_s;
    row("a key of another kind", program, u"c"_s, {}, Fault::KeyUnusable);
    program.keyFile = token;
    row("a key that is none", program, u"c"_s, {}, Fault::KeyUnusable);
    program.keyFile = nowhere;
    row("a key that is not there", program, u"c"_s, {}, Fault::KeyUnusable);
    Credentials workload;
    workload.grant = Grant::JwtBearer;
    row("a workload without an assertion", workload, {}, {}, Fault::NoAssertion);
    workload.assertionFile = token;
    row("a workload", workload, {}, {});
    workload.assertionFile = nothing;
    row("an assertion that is empty", workload, {}, {}, Fault::AssertionUnusable);
    workload.assertionFile = split;
    row("an assertion that splits a line", workload, {}, {}, Fault::AssertionUnusable);
    Credentials enterprise;
    enterprise.grant = Grant::Enterprise;
    enterprise.idTokenFile = token;
    row("an enterprise without its endpoint", enterprise, u"c"_s, {}, Fault::EnterpriseIncomplete);
    enterprise.idpTokenEndpoint = idp;
    row("an enterprise", enterprise, u"c"_s, {});
    row("an enterprise without a client", enterprise, {}, {}, Fault::EnterpriseIncomplete);
    enterprise.idTokenFile = nowhere;
    row("an ID token that is not there", enterprise, u"c"_s, {}, Fault::IdTokenUnusable);
    enterprise.idTokenFile = token;
    enterprise.idpTokenEndpoint = u"http://idp.example/token"_s;
    row("an identity provider without TLS", enterprise, u"c"_s, {}, Fault::EndpointNotSafe);
    Credentials mixed;
    mixed.assertionFile = token;
    row("an assertion that nobody asks for", mixed, {}, {}, Fault::AssertionUnused);
    mixed = {};
    mixed.idpTokenEndpoint = idp;
    row("an identity provider that nobody asks", mixed, {}, {}, Fault::IdTokenUnused);
}

void TestCredentials::saysWhatIsMissing()
{
    QFETCH(const Credentials, given);
    QFETCH(const QString, client);
    QFETCH(const QString, secret);
    QFETCH(const int, fault);
    FlowSettings settings;
    settings.clientId = client;
    settings.clientSecret = secret;
    const auto taken = takeCredentials(given, settings);
    QCOMPARE(taken ? -1 : int(taken.error().fault), fault);
    if (!taken)
        return;
    QCOMPARE(settings.grant, given.grant);
    QCOMPARE(settings.clientKey.has_value(), !given.keyFile.isEmpty());
    QCOMPARE(settings.assertion, given.assertionFile.isEmpty() ? QByteArray() : "a.b.c"_ba);
}

void TestCredentials::forgetsWhatIsNotGivenAnyMore()
{
    FlowSettings settings;
    settings.clientId = u"c"_s;
    Credentials given;
    given.grant = Grant::ClientCredentials;
    given.keyFile = file(u"key"_s, test::pem::p256);
    given.isBound = true;
    QVERIFY(takeCredentials(given, settings));
    QVERIFY(settings.clientKey && settings.dpopKey);
    QVERIFY(takeCredentials({}, settings));
    QVERIFY(!settings.clientKey && !settings.dpopKey);
}

GATEHOUSE_TEST(TestCredentials)
#include "tst_credentials.moc"
