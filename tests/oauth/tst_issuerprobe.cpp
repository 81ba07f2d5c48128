// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ownrequest.h"
#include "oauth/issuerprobe.h"
#include "support/scriptedfetcher.h"
#include "support/unit.h"

#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::oauth;
using namespace Qt::StringLiterals;
using What = IssuerFinding::What;
using State = IssuerFinding::State;
using Answers = QHash<QString, QPair<int, QByteArray>>;

namespace {

const QString issuer = u"https://acme.authkit.app"_s;
const QString oauthPlace = issuer + u"/.well-known/oauth-authorization-server"_s;
const QString openIdPlace = issuer + u"/.well-known/openid-configuration"_s;
const QString keysPlace = issuer + u"/oauth2/jwks"_s;
const QString registrationPlace = issuer + u"/oauth2/register"_s;

const QByteArray document
    = R"({"issuer":"https://acme.authkit.app","authorization_endpoint":"https://acme.authkit.app/oauth2/authorize","token_endpoint":"https://acme.authkit.app/oauth2/token","registration_endpoint":"https://acme.authkit.app/oauth2/register","jwks_uri":"https://acme.authkit.app/oauth2/jwks","response_types_supported":["code"],"code_challenge_methods_supported":["S256"]})";
const QByteArray keySet
    = R"({"keys":[{"kty":"RSA","kid":"k1","use":"sig","alg":"RS256","e":"AQAB","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"}]})";

Answers allWell()
{
    return {{oauthPlace, {200, document}},
            {openIdPlace, {404, "{}"}},
            {keysPlace, {200, keySet}},
            {registrationPlace, {400, R"({"error":"invalid_redirect_uri"})"}}};
}

} // namespace

/// What an authorization server has for clients, found out without leaving anything there.
class TestIssuerProbe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fetcher = std::make_unique<test::ScriptedFetcher>(); }
    void saysWhatItFinds_data();
    void saysWhatItFinds();
    void asksForNoClient();
    void canBeCancelledAndBegunAnew();
    void asksNobodyElse();

private:
    std::unique_ptr<test::ScriptedFetcher> m_fetcher;
};

void TestIssuerProbe::saysWhatItFinds_data()
{
    QTest::addColumn<Answers>("answers");
    QTest::addColumn<base::FetchFault>("fault"); // Of all other addresses.
    QTest::addColumn<QList<What>>("found");
    QTest::addColumn<int>("failed"); // -1: none.
    const auto unreachable = base::FetchFault::Unreachable;
    const auto with = [](const QString &place, int status, const QByteArray &body) {
        Answers answers = allWell();
        answers.insert(place, {status, body});
        return answers;
    };
    const QList<What> good{What::Answers, What::DocumentsRead, What::KeysRead, What::RegistrationOpen};
    const auto upTo = [&good](qsizetype count, What last) { return good.mid(0, count) + QList<What>{last}; };
    QTest::newRow("all is well") << allWell() << unreachable << good << -1;
    QTest::newRow("nobody is there") << Answers() << unreachable << upTo(0, What::NotReached) << 0;
    QTest::newRow("a certificate that nobody trusts")
        << Answers() << base::FetchFault::Tls << upTo(0, What::NotTrusted) << 0;
    Answers none = allWell();
    none.insert(oauthPlace, {404, "no"});
    QTest::newRow("no such environment") << none << unreachable << upTo(0, What::Unknown) << 0;
    QTest::newRow("a web page") << with(oauthPlace, 200, "<html>") << unreachable
                                << upTo(1, What::DocumentsUnusable) << 1;
    QTest::newRow("another issuer") << with(
        oauthPlace, 200,
        QByteArray(document).replace("\"https://acme.authkit.app\"", "\"https://other.authkit.app\""))
                                    << unreachable << upTo(1, What::DocumentsUnusable) << 1;
    QTest::newRow("no PKCE") << with(oauthPlace, 200, QByteArray(document).replace("S256", "plain"))
                             << unreachable << upTo(1, What::NoPkce) << 1;
    QTest::newRow("no keys") << with(keysPlace, 200, R"({"keys":[]})") << unreachable
                             << (good.mid(0, 2) + QList<What>{What::NoKeys, What::RegistrationOpen}) << 2;
    QTest::newRow("keys that are none")
        << with(keysPlace, 500, "") << unreachable
        << (good.mid(0, 2) + QList<What>{What::KeysUnusable, What::RegistrationOpen}) << 2;
    QTest::newRow("registration is off, as AuthKit says it")
        << with(registrationPlace, 400, R"({"error":"dynamic_client_registration_disabled"})") << unreachable
        << upTo(3, What::RegistrationOff) << 3;
    QTest::newRow("registration is not there")
        << with(registrationPlace, 404, "") << unreachable << upTo(3, What::RegistrationOff) << 3;
    QTest::newRow("it makes a client of nothing") << with(registrationPlace, 201, R"({"client_id":"c"})")
                                                  << unreachable << upTo(3, What::RegistrationCareless) << -1;
    QTest::newRow("only for whoever has a token of it")
        << with(registrationPlace, 401, "") << unreachable << upTo(3, What::RegistrationOff) << 3;
    QTest::newRow("registration is broken")
        << with(registrationPlace, 500, "") << unreachable << upTo(3, What::RegistrationUnclear) << 3;
    QTest::newRow("no place to register")
        << with(oauthPlace, 200,
                QByteArray(document)
                    .replace(R"("registration_endpoint":"https://acme.authkit.app/oauth2/register",)", "")
                    .replace("/oauth2/token", "/token"))
        << unreachable << upTo(3, What::RegistrationMissing) << 3;
    QTest::newRow("not named, but there")
        << with(oauthPlace, 200,
                QByteArray(document).replace(
                    R"("registration_endpoint":"https://acme.authkit.app/oauth2/register",)", ""))
        << unreachable << good << -1;
    QTest::newRow("no need to register") <<
        [&] {
            Answers answers = with(registrationPlace, 404, "");
            answers.insert(oauthPlace,
                           {200,
                            QByteArray(document).replace(
                                R"("response_types)",
                                R"("client_id_metadata_document_supported":true,"response_types)")});
            return answers;
        }() << unreachable << upTo(3, What::RegistrationOff)
                                         << -1;
}

void TestIssuerProbe::saysWhatItFinds()
{
    QFETCH(const Answers, answers);
    QFETCH(const QList<What>, found);
    QFETCH(const int, failed);
    m_fetcher->answers = answers;
    QFETCH(const base::FetchFault, fault);
    m_fetcher->fault = fault;
    IssuerProbe probe(m_fetcher.get(), base::systemClock(), base::systemRandom());
    QSignalSpy finished(&probe, &IssuerProbe::finished);
    probe.start(issuer);
    QVERIFY(probe.isRunning());
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(!probe.isRunning());
    QList<What> seen;
    int bad = -1;
    for (const IssuerFinding &one : probe.findings()) {
        if (one.what != What::Nothing)
            seen.append(one.what);
        if (one.state == State::Failed)
            bad = int(one.id);
        QVERIFY(one.what != What::Nothing || one.state == State::NotChecked);
    }
    QCOMPARE(seen, found);
    QCOMPARE(bad, failed);
}

void TestIssuerProbe::asksForNoClient()
{
    m_fetcher->answers = allWell();
    IssuerProbe probe(m_fetcher.get(), base::systemClock(), base::systemRandom());
    QSignalSpy finished(&probe, &IssuerProbe::finished);
    probe.start(issuer);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(m_fetcher->last.method, "POST"_ba);
    // Which the sandbox beside this program can tell from a client's.
    const QByteArray id = base::onlyValueOf(m_fetcher->last.headers, "X-Request-Id").value_or(QByteArray());
    QVERIFY2(base::isOwnRequestId(id, m_fetcher->last.url.authority().toLatin1()), id.constData());
    QCOMPARE(m_fetcher->last.body, "{}"_ba); // Without a redirect address no client can be made.
}

void TestIssuerProbe::canBeCancelledAndBegunAnew()
{
    m_fetcher->answers = allWell();
    IssuerProbe probe(m_fetcher.get(), base::systemClock(), base::systemRandom());
    QSignalSpy finished(&probe, &IssuerProbe::finished);
    probe.start(issuer);
    probe.cancel();
    QVERIFY(!probe.isRunning());
    QCOMPARE(probe.findings().first().state, State::NotChecked);
    probe.start(u"https://other.authkit.app"_s);
    probe.start(issuer);
    QTRY_COMPARE(finished.size(), 1);
    for (const IssuerFinding &one : probe.findings())
        QCOMPARE(one.state, State::Passed);
}

void TestIssuerProbe::asksNobodyElse()
{
    m_fetcher->answers = allWell();
    m_fetcher->answers.insert(
        oauthPlace,
        {200, QByteArray(document).replace("https://acme.authkit.app/oauth2/jwks", "http://127.0.0.1:1/k")});
    IssuerProbe probe(m_fetcher.get(), base::systemClock(), base::systemRandom());
    QSignalSpy finished(&probe, &IssuerProbe::finished);
    probe.start(issuer);
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(probe.findings().at(1).state == State::Failed || probe.findings().at(2).state == State::Failed);
    QVERIFY(m_fetcher->last.url.host() != u"127.0.0.1"_s);
}

GATEHOUSE_TEST(TestIssuerProbe)
#include "tst_issuerprobe.moc"
