// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"
#include "base/random.h"
#include "host/host.h"
#include "host/minting.h"
#include "support/peer.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::oauth;
using namespace Qt::StringLiterals;

/// The negative checks over a real server with tokens that its own sandbox minted.
class TestMinting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void findsThatOurServerRefusesAllEleven();
    void saysWhyOneWasNotRun();
    void runsWhatNeedsNoMintingOnlyWithATokenOfTheUsers();
    void findsAServerThatLetsEverythingIn();
    void saysThatNobodyAnswers();
    void stopsWhenItIsToldTo();

private:
    static bool start(host::Host &server, const QStringList &requiredScopes = {})
    {
        host::Settings settings;
        settings.port = settings.sandboxPort = 0;
        settings.requiredScopes = requiredScopes;
        server.start(settings);
        return gatehouse::waitFor([&server] { return server.state() == host::Host::State::Listening; }, 5000);
    }
    NegativeChecks::Parts parts(const NegativeChecks::Mint &mint = {}, const QByteArray &token = {})
    {
        return {&m_fetcher, base::systemClock(), base::systemRandom(), mint, token};
    }
    static bool runs(NegativeChecks &checks)
    {
        QSignalSpy finished(&checks, &NegativeChecks::finished);
        checks.run();
        return gatehouse::waitFor([&finished] { return finished.count() == 1; }, 20'000);
    }

    fetch::NetworkFetcher m_fetcher;
    Peer m_peer;
};

void TestMinting::findsThatOurServerRefusesAllEleven()
{
    host::Host server;
    QVERIFY(start(server, {u"openid"_s}));
    const host::Running running = server.running();
    NegativeChecks checks(running.resource,
                          parts(host::mintFrom(&m_fetcher, {running.issuer}, running.resource)));
    QVERIFY(runs(checks));
    QVERIFY(!checks.isRunning());
    for (const NegativeCheck &check : checks.checks()) {
        QVERIFY2(check.state == CheckState::Passed,
                 qPrintable(check.title + u": "_s + check.got + u' ' + check.note));
        QVERIFY2(check.note.isEmpty(), qPrintable(check.title + u": "_s + check.note));
        QVERIFY(check.leg.requestId.startsWith("gatehouse-"));
        QVERIFY2(!check.leg.sent.contains(u"eyJ"_s), qPrintable(check.leg.sent));
        QVERIFY2(!check.leg.requestLine.contains(u"eyJ"_s), qPrintable(check.leg.requestLine));
    }
    QCOMPARE(checks.checks().at(int(CheckId::MissingScope)).got, u"403 insufficient_scope"_s);
    QCOMPARE(checks.checks().at(int(CheckId::Expired)).got, u"401 invalid_token"_s);
    QCOMPARE(textOf(checks.checks()).count(u"Pass"_s), checkCount);
    QVERIFY(runs(checks)); // Again, as often as one likes.
}

void TestMinting::saysWhyOneWasNotRun()
{
    host::Host server;
    QVERIFY(start(server));
    const host::Running running = server.running();
    NegativeChecks checks(running.resource,
                          parts(host::mintFrom(&m_fetcher, {running.issuer}, running.resource)));
    QVERIFY(runs(checks));
    const NegativeCheck &scope = checks.checks().at(int(CheckId::MissingScope));
    QCOMPARE(scope.state, CheckState::NotRun);
    QVERIFY2(scope.note.contains(u"needs none"_s), qPrintable(scope.note));
    QCOMPARE(textOf(checks.checks()).count(u"| Pass |"_s), checkCount - 1);
}

void TestMinting::runsWhatNeedsNoMintingOnlyWithATokenOfTheUsers()
{
    host::Host server;
    QVERIFY(start(server));
    const host::Running running = server.running();
    const auto passed = [](const NegativeChecks &checks) {
        QList<CheckId> ids;
        for (const NegativeCheck &check : checks.checks()) {
            if (check.state == CheckState::Passed)
                ids.append(check.id);
            else if (check.state == CheckState::Failed || check.note.isEmpty())
                return QList<CheckId>();
        }
        return ids;
    };
    NegativeChecks without(running.resource, parts());
    QVERIFY(runs(without));
    QCOMPARE(passed(without), (QList{CheckId::NoToken, CheckId::Garbage}));
    NegativeChecks with(running.resource, parts({}, m_peer.token(running.issuer)));
    QVERIFY(runs(with));
    QCOMPARE(passed(with),
             (QList{CheckId::NoToken, CheckId::Garbage, CheckId::AlgorithmNone, CheckId::BadSignature,
                    CheckId::UnknownKey}));
    NegativeChecks opaque(running.resource, parts({}, "an-opaque-token"));
    QVERIFY(runs(opaque));
    QCOMPARE(passed(opaque), (QList{CheckId::NoToken, CheckId::Garbage}));
}

void TestMinting::findsAServerThatLetsEverythingIn()
{
    host::Host open;
    host::Settings settings;
    settings.port = settings.sandboxPort = 0;
    settings.authorization = false;
    open.start(settings);
    QTRY_COMPARE(open.state(), host::Host::State::Listening);
    host::Host other; // Somebody must mint.
    QVERIFY(start(other));
    NegativeChecks checks(
        open.running().resource,
        parts(host::mintFrom(&m_fetcher, {other.running().issuer}, open.running().resource)));
    QVERIFY(runs(checks));
    int failed = 0;
    for (const NegativeCheck &check : checks.checks()) {
        failed += check.state == CheckState::Failed ? 1 : 0;
        QVERIFY2(check.state != CheckState::Passed, qPrintable(check.title));
        if (check.state == CheckState::Failed)
            QCOMPARE(check.note, u"The server let it in."_s);
    }
    QCOMPARE(failed, checkCount - 1); // No challenge, no scope that could be missing.
}

void TestMinting::saysThatNobodyAnswers()
{
    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost, 0));
    const QString nobody = u"http://127.0.0.1:%1"_s.arg(closed.serverPort());
    closed.close();
    NegativeChecks checks(nobody + u"/mcp"_s, parts(host::mintFrom(&m_fetcher, {nobody}, nobody)));
    QVERIFY(runs(checks));
    QCOMPARE(checks.checks().first().state, CheckState::Failed);
    QCOMPARE(checks.checks().first().got, u"no answer"_s);
    QCOMPARE(checks.checks().at(int(CheckId::Expired)).state, CheckState::NotRun);
    QVERIFY(!checks.checks().at(int(CheckId::Expired)).note.isEmpty());
}

void TestMinting::stopsWhenItIsToldTo()
{
    host::Host server;
    QVERIFY(start(server));
    const host::Running running = server.running();
    const auto mint = host::mintFrom(&m_fetcher, {running.issuer}, running.resource);
    for (int after = 0; after < checkCount; ++after) {
        NegativeChecks checks(running.resource, parts(mint));
        QSignalSpy finished(&checks, &NegativeChecks::finished);
        connect(&checks, &NegativeChecks::checkChanged, this, [&](int index) {
            if (index == after)
                checks.cancel();
        });
        checks.run();
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(!checks.isRunning());
        QTest::qWait(5);
        QCOMPARE(finished.count(), 1);
    }
    // Going while a check is under way is as good.
    for (int wait = 0; wait < 5; ++wait) {
        NegativeChecks checks(running.resource, parts(mint));
        checks.run();
        QTest::qWait(wait);
    }
}

GATEHOUSE_TEST(TestMinting)
#include "tst_minting.moc"
