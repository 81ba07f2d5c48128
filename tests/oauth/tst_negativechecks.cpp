// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64url.h"
#include "base/clock.h"
#include "base/random.h"
#include "fetch/networkfetcher.h"
#include "oauth/negativechecks.h"
#include "oauth/scriptedserver.h"
#include "support/unit.h"

#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::oauth;
using namespace Qt::StringLiterals;

/// The eleven checks over a real server are in host/minting.
class TestNegativeChecks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsNothingThatAGoodTokenCouldBeMadeOf();
};

void TestNegativeChecks::sendsNothingThatAGoodTokenCouldBeMadeOf()
{
    ScriptedServer server;
    fetch::NetworkFetcher fetcher;
    const QByteArray signature = base::toBase64Url(QByteArray(256, 'S'));
    const QByteArray token = base::toBase64Url(R"({"alg":"RS256"})") + '.'
        + base::toBase64Url(R"({"sub":"u"})") + '.' + signature;
    NegativeChecks checks(server.mcp(), {&fetcher, base::systemClock(), base::systemRandom(), {}, token});
    QSignalSpy finished(&checks, &NegativeChecks::finished);
    checks.run();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20'000);
    int forged = 0;
    for (const http::Request &request : std::as_const(server.asked)) {
        const QByteArray bearer = base::onlyValueOf(request.headers, "Authorization").value_or(QByteArray());
        if (bearer.count('.') != 2)
            continue;
        ++forged;
        const QByteArray sent = bearer.split('.').last();
        // However few letters were changed, the rest could be guessed.
        qsizetype same = 0;
        for (qsizetype i = 0; i < std::min(sent.size(), signature.size()); ++i)
            same += sent[i] == signature[i] ? 1 : 0;
        QVERIFY2(same < signature.size() / 4, sent.constData());
        QVERIFY2(sent.isEmpty() || sent.size() == signature.size(), "it looks like one");
    }
    QCOMPARE(forged, 3);
    for (const CheckId id : {CheckId::AlgorithmNone, CheckId::BadSignature, CheckId::UnknownKey})
        QCOMPARE(checks.checks().at(int(id)).state, CheckState::Passed);
}

GATEHOUSE_TEST(TestNegativeChecks)
#include "tst_negativechecks.moc"
