// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/checkup.h"
#include "support/unit.h"

#include <QDateTime>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::app;
using namespace Qt::StringLiterals;
using State = CheckupRow::State;
using Id = CheckupId;
using Kind = Remedy::Kind;
using Change = std::function<void(CheckupFacts &)>;

namespace {

const QString address = u"http://localhost:3000/mcp"_s;
const QString issuer = u"https://acme.authkit.app"_s;

oauth::ServerFinding seen(oauth::ServerFinding::Id id, oauth::ServerFinding::What what, bool isGood = true)
{
    using FoundState = oauth::ServerFinding::State;
    return {id, isGood ? FoundState::Passed : FoundState::Failed, what, u"HTTP 403"_s};
}

/// A server at an AuthKit of its own, about which nothing is wrong.
CheckupFacts allWell()
{
    using Found = oauth::ServerFinding;
    CheckupFacts facts;
    facts.state = host::Host::State::Listening;
    facts.running.resource = address;
    facts.running.issuer = issuer;
    facts.running.port = 3000;
    facts.server
        = {seen(Found::Id::Refusal, Found::What::Refused),
           seen(Found::Id::Metadata, Found::What::MetadataAtBoth), seen(Found::Id::Person, Found::What::Page),
           seen(Found::Id::Origin, Found::What::OriginRefused)};
    facts.issuer = {{oauth::IssuerFinding::Id::Registration, oauth::IssuerFinding::State::Passed,
                     oauth::IssuerFinding::What::RegistrationOpen}};
    server::IssuerReport report;
    report.issuer = issuer;
    report.authorizationServer.body
        = R"({"issuer":"https://acme.authkit.app","code_challenge_methods_supported":["S256"],"scopes_supported":["openid","offline_access"]})";
    report.openId = {502, "{}"};
    report.keys.fetchedAt = 1000;
    report.keys.keys = {{{u"alg"_s, u"RS256"_s}}};
    facts.report = report;
    facts.documents = 1;
    facts.attacks = {{oauth::CheckId::NoToken, oauth::CheckState::Passed, u"No token"_s, {}, {}, {}, {}}};
    facts.keySource = WorkOsDesk::KeySource::Keyring;
    facts.indicators.state = WorkOsDesk::Indicators::State::Known;
    facts.indicators.uris = {address};
    facts.indicators.ours = address;
    inspector::ClientRecord client;
    client.client = u"one 1.0"_s;
    client.revision = u"2025-11-25"_s;
    client.calls = 1;
    client.lastMs = QDateTime::currentMSecsSinceEpoch();
    facts.clients = {client};
    return facts;
}

} // namespace

Q_DECLARE_METATYPE(Change)

/// What can be wrong, judged by what is known.
class TestCheckup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsNothingWhereAllIsWell();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void changesOnlyWhatTheRemedySays();
    void leavesWhatNobodyHasLookedAt();
    void sumsUp();
};

void TestCheckup::findsNothingWhereAllIsWell()
{
    for (const CheckupRow &row : checkupOf(allWell())) {
        QVERIFY2(row.state == State::Passed, qPrintable(row.title + u": "_s + row.evidence));
        QVERIFY(!row.evidence.isEmpty());
        QVERIFY(row.sentence.isEmpty());
        QVERIFY(!reasonFor(row.id).isEmpty());
        QCOMPARE(row.remedy.kind, Kind::None);
    }
}

void TestCheckup::saysWhatIsWrong_data()
{
    using Notice = host::Notice;
    QTest::addColumn<Change>("change");
    QTest::addColumn<Id>("id");
    QTest::addColumn<State>("state");
    QTest::addColumn<QString>("evidence"); // A part of it.
    QTest::addColumn<Kind>("remedy");
    const auto row
        = [](const char *name, Id id, State state, const QString &evidence, Kind remedy,
             const Change &change) { QTest::newRow(name) << change << id << state << evidence << remedy; };
    const auto notice = [](Notice::Kind kind, const QString &detail = {}) {
        return Change([kind, detail](CheckupFacts &facts) { facts.running.notices = {{kind, detail}}; });
    };
    row("the port is taken", Id::Listens, State::Failed, u"3000"_s, Kind::Port, [](CheckupFacts &facts) {
        facts.state = host::Host::State::Failed;
        facts.error = {host::StartError::Kind::PortInUse, u"port"_s, 3000, 3001};
    });
    row("the port of the sandbox is taken", Id::Listens, State::Failed, u"4455"_s, Kind::Settings,
        [](CheckupFacts &facts) {
            facts.state = host::Host::State::Failed;
            facts.error = {host::StartError::Kind::PortInUse, u"sandboxPort"_s, 4455, 4456};
        });
    row("it is stopped", Id::Listens, State::NotChecked, u"stopped"_s, Kind::Start,
        [](CheckupFacts &facts) { facts.state = host::Host::State::Stopped; });
    row("others reach it", Id::OnlyHere, State::Remark, u"0.0.0.0"_s, Kind::Settings,
        notice(Notice::Kind::NotLoopback, u"0.0.0.0"_s));
    row("no IPv6", Id::OnlyHere, State::Passed, u"127.0.0.1 alone"_s, Kind::None,
        notice(Notice::Kind::NoIpv6));
    row("authorization is off", Id::Refuses, State::Failed, u"nobody is asked"_s, Kind::Change,
        [](CheckupFacts &facts) { facts.running.issuer.clear(); });
    row("it lets in", Id::Refuses, State::Failed, u"it was let in"_s, Kind::None, [](CheckupFacts &facts) {
        facts.server[0] = seen(oauth::ServerFinding::Id::Refusal, oauth::ServerFinding::What::LetIn, false);
    });
    row("pages of elsewhere are served", Id::Elsewhere, State::Failed, u"HTTP 403"_s, Kind::None,
        [](CheckupFacts &facts) {
            facts.server[3]
                = seen(oauth::ServerFinding::Id::Origin, oauth::ServerFinding::What::OriginServed, false);
        });
    row("a forged call got in", Id::Attacks, State::Failed, u"0 of 1 refused"_s, Kind::Attack,
        [](CheckupFacts &facts) { facts.attacks[0].state = oauth::CheckState::Failed; });
    row("a run that was cancelled", Id::Attacks, State::NotChecked, u"1 refused, 1 of them not tried"_s,
        Kind::Attack, [](CheckupFacts &facts) {
            facts.attacks.append({oauth::CheckId::Expired, oauth::CheckState::NotRun, {}, {}, {}, {}, {}});
        });
    row("what only an issuer can make", Id::Attacks, State::NotChecked, u"1 refused, 1 of them not tried"_s,
        Kind::Attack, [](CheckupFacts &facts) {
            facts.attacks.append(
                {oauth::CheckId::Expired, oauth::CheckState::NotRun, {}, {}, {}, u"Only an issuer"_s, {}});
        });
    row("a scope that nobody needs", Id::Attacks, State::Passed, u"1 of 1 refused"_s, Kind::None,
        [](CheckupFacts &facts) {
            facts.attacks.append(
                {oauth::CheckId::MissingScope, oauth::CheckState::NotRun, {}, {}, {}, u"needs none"_s, {}});
        });
    row("nobody has tried", Id::Attacks, State::NotChecked, u"not tried"_s, Kind::Attack,
        [](CheckupFacts &facts) { facts.attacks.clear(); });
    row("no page", Id::Page, State::Remark, u"HTTP 403"_s, Kind::None, [](CheckupFacts &facts) {
        facts.server[2] = seen(oauth::ServerFinding::Id::Person, oauth::ServerFinding::What::NoPage, false);
    });
    row("a rule without its tool", Id::Rules, State::Failed, u"get-documens"_s, Kind::Settings,
        notice(Notice::Kind::RuleWithoutTool, u"get-documens"_s));
    row("a server that did not answer pages of elsewhere", Id::Elsewhere, State::NotChecked, u"no answer"_s,
        Kind::None, [](CheckupFacts &facts) {
            facts.server[3]
                = seen(oauth::ServerFinding::Id::Origin, oauth::ServerFinding::What::NotReached, false);
        });
    row("documents that nobody has looked at", Id::Documents, State::NotChecked, u"not looked at"_s,
        Kind::None, [](CheckupFacts &facts) { facts.documents.reset(); });
    row("documents that cannot be read", Id::Documents, State::Failed, u"no such table"_s, Kind::Settings,
        [](CheckupFacts &facts) {
            facts.documents = base::Expected<int, QString>(base::failure(u"no such table"_s));
        });
    row("nobody has come", Id::Address, State::NotChecked, u"nobody has come"_s, Kind::None,
        [](CheckupFacts &facts) { facts.clients.clear(); });
    const auto registration = [](oauth::IssuerFinding::What what, bool isSandbox) {
        return Change([what, isSandbox](CheckupFacts &facts) {
            facts.running.sandbox = isSandbox;
            facts.issuer = {{oauth::IssuerFinding::Id::Registration, oauth::IssuerFinding::State::Failed,
                             what, u"HTTP 503"_s}};
        });
    };
    row("a registration that nobody knows of", Id::Registration, State::Failed, u"HTTP 503"_s, Kind::ReadAnew,
        registration(oauth::IssuerFinding::What::RegistrationUnclear, false));
    row("a sandbox that refuses registration", Id::Registration, State::Failed, u"switched off"_s, Kind::None,
        registration(oauth::IssuerFinding::What::RegistrationOff, true));
    row("no database", Id::Documents, State::Failed, u"disk is full"_s, Kind::Settings,
        [](CheckupFacts &facts) {
            facts.outages.documents = Notice{Notice::Kind::DocumentsFailing, u"disk is full"_s};
        });
    row("metadata that differ", Id::Metadata, State::Failed, u"different things"_s, Kind::None,
        [](CheckupFacts &facts) {
            facts.server[1] = seen(oauth::ServerFinding::Id::Metadata,
                                   oauth::ServerFinding::What::MetadataDiffers, false);
        });
    row("a proxy", Id::Address, State::Remark, u"mcp.example"_s, Kind::Settings, [](CheckupFacts &facts) {
        facts.outages.proxies = {{Notice::Kind::BehindProxy, u"https://mcp.example/mcp"_s}};
    });
    row("a scope that is not advertised", Id::Scopes, State::Failed,
        u"get-documents needs documents:read, which is not advertised"_s, Kind::Change,
        [](CheckupFacts &facts) {
            facts.needed = {{u"get-documents"_s, u"documents:read"_s}};
        });
    row("a scope of every call", Id::Scopes, State::Failed, u"every call needs x"_s, Kind::Change,
        [](CheckupFacts &facts) {
            facts.needed = {{{}, u"x"_s}};
        });
    row("a scope that is advertised", Id::Scopes, State::Passed, u"all scopes"_s, Kind::None,
        [](CheckupFacts &facts) {
            facts.needed = {{u"a"_s, u"email"_s}};
        });
    row("offline_access is not advertised", Id::RefreshScope, State::Remark, u"offline_access"_s,
        Kind::Change, [](CheckupFacts &facts) { facts.settings.scopes = {u"openid"_s}; });
    row("another issuer", Id::Issuer, State::Failed, u"https://other.example"_s, Kind::ReadAnew,
        [](CheckupFacts &facts) {
            facts.report->authorizationServer.body = R"({"issuer":"https://other.example"})";
        });
    row("an issuer that is away", Id::Issuer, State::Failed, u"answered 500"_s, Kind::ReadAnew,
        [](CheckupFacts &facts) {
            facts.report->authorizationServer = {502, R"({"error_description":"It answered 500."})"};
        });
    row("no PKCE", Id::Pkce, State::Failed, u"S256"_s, Kind::None, [](CheckupFacts &facts) {
        facts.report->authorizationServer.body = R"({"issuer":"https://acme.authkit.app"})";
    });
    row("no registration", Id::Registration, State::Failed, u"switched off"_s, Kind::Dashboard,
        [](CheckupFacts &facts) {
            facts.issuer[0].what = oauth::IssuerFinding::What::RegistrationOff;
            facts.issuer[0].state = oauth::IssuerFinding::State::Failed;
        });
    row("documents instead", Id::Registration, State::Passed, u"own documents"_s, Kind::None,
        [](CheckupFacts &facts) { facts.issuer[0].what = oauth::IssuerFinding::What::RegistrationOff; });
    row("careless registration", Id::Registration, State::Remark, u"empty form"_s, Kind::None,
        [](CheckupFacts &facts) { facts.issuer[0].what = oauth::IssuerFinding::What::RegistrationCareless; });
    row("not in the list", Id::Indicator, State::Failed, address, Kind::AddIndicator,
        [](CheckupFacts &facts) { facts.indicators.uris = {address + u'/'}; });
    row("the list of another address", Id::Indicator, State::NotChecked, QString(), Kind::None,
        [](CheckupFacts &facts) { facts.indicators.ours = u"http://localhost:1/mcp"_s; });
    row("no API key", Id::Indicator, State::NotChecked, u"API key"_s, Kind::Settings,
        [](CheckupFacts &facts) {
            facts.indicators = {};
            facts.keySource = WorkOsDesk::KeySource::None;
        });
    row("the sandbox has no list that counts", Id::Indicator, State::NotChecked, u"any address"_s, Kind::None,
        [](CheckupFacts &facts) {
            facts.running.sandbox = true;
            facts.indicators.uris = {};
        });
    row("no refresh tokens", Id::OffersRefresh, State::Remark, u"not among"_s, Kind::None,
        [](CheckupFacts &facts) {
            facts.report->authorizationServer.body.replace("offline_access", "email");
        });
    row("no keys", Id::Keys, State::Failed, u"HTTP 500"_s, Kind::ReadAnew,
        [](CheckupFacts &facts) { facts.report->keys = {u"The key address answered HTTP 500."_s}; });
    row("old keys", Id::Keys, State::Remark, u"HTTP 500"_s, Kind::ReadAnew,
        [](CheckupFacts &facts) { facts.report->keys.fault = u"The key address answered HTTP 500."_s; });
    row("an outage that nobody has looked at", Id::Keys, State::Failed, u"no route"_s, Kind::ReadAnew,
        [](CheckupFacts &facts) {
            facts.report.reset();
            facts.outages.unreachableSince = 1;
            facts.outages.unreachable = {Notice::Kind::IssuerUnreachable, u"no route"_s};
        });
    row("this clock is behind", Id::Clocks, State::Failed, u"60 s apart"_s, Kind::None,
        [](CheckupFacts &facts) { facts.report->keys.issuerAheadSeconds = 60; });
    row("this clock is a little ahead", Id::Clocks, State::Remark, u"5 s apart"_s, Kind::None,
        [](CheckupFacts &facts) { facts.report->keys.issuerAheadSeconds = -5; });
    row("signatures are not checked", Id::Signatures, State::Failed, u"verifyJwt is off"_s, Kind::Change,
        [](CheckupFacts &facts) { facts.running.verifyJwt = false; });
    row("an old revision", Id::Revisions, State::Remark, u"one 1.0 speaks 2025-06-18"_s, Kind::Clients,
        [](CheckupFacts &facts) { facts.clients[0].revision = u"2025-06-18"_s; });
    row("an old revision of somebody who has gone", Id::Revisions, State::NotChecked, u"nobody"_s, Kind::None,
        [](CheckupFacts &facts) {
            facts.clients[0].revision = u"2025-06-18"_s;
            facts.clients[0].hasEnded = true;
        });
    row("no keyring", Id::Secrets, State::Passed, u"memory"_s, Kind::None,
        [](CheckupFacts &facts) { facts.keepsSecrets = false; });
    row("somebody is signed in without a question", Id::SignIn, State::Remark, u"ada@example.com"_s,
        Kind::Settings, [](CheckupFacts &facts) {
            facts.running.sandbox = true;
            facts.settings.autoSignIn = u"ada@example.com"_s;
        });
}

void TestCheckup::saysWhatIsWrong()
{
    QFETCH(const Change, change);
    QFETCH(const Id, id);
    QFETCH(const State, state);
    QFETCH(const QString, evidence);
    QFETCH(const Kind, remedy);
    CheckupFacts facts = allWell();
    change(facts);
    const QList<CheckupRow> rows = checkupOf(facts);
    const auto row = std::find_if(rows.begin(), rows.end(), [id](const auto &one) { return one.id == id; });
    QVERIFY(row != rows.end());
    QCOMPARE(row->state, state);
    QVERIFY2(row->evidence.contains(evidence), qPrintable(row->evidence));
    QCOMPARE(row->remedy.kind, remedy);
    QCOMPARE(row->remedy.label.isEmpty(), remedy == Kind::None);
    if (state == State::Failed)
        QVERIFY(!row->sentence.isEmpty()); // What it means, and what to do.
}

void TestCheckup::changesOnlyWhatTheRemedySays()
{
    CheckupFacts facts = allWell();
    facts.settings.port = 3999;
    facts.needed = {{u"a"_s, u"x"_s}, {u"b"_s, u"x"_s}, {u"c"_s, u"y"_s}};
    const QList<CheckupRow> rows = checkupOf(facts);
    const auto row
        = std::find_if(rows.begin(), rows.end(), [](const CheckupRow &one) { return one.id == Id::Scopes; });
    QVERIFY(row != rows.end());
    host::Settings expected = facts.settings;
    expected.scopes += QStringList{u"x"_s, u"y"_s};
    QCOMPARE(row->remedy.wanted, expected);
    QCOMPARE(row->remedy.field, u"scopes"_s);
}

void TestCheckup::leavesWhatNobodyHasLookedAt()
{
    CheckupFacts facts = allWell();
    facts.server.clear();
    facts.issuer.clear();
    facts.report.reset();
    facts.attacks.clear();
    facts.indicators = {};
    facts.documents.reset();
    for (const CheckupRow &row : checkupOf(facts))
        QVERIFY2(row.state == State::Passed || row.state == State::NotChecked, qPrintable(row.title));
    // What was seen before says nothing of what does not run.
    facts = allWell();
    facts.state = host::Host::State::Stopped;
    for (const CheckupRow &row : checkupOf(facts)) {
        if (row.group != CheckupGroup::People)
            QVERIFY2(row.state == State::NotChecked, qPrintable(row.title));
    }
}

void TestCheckup::sumsUp()
{
    CheckupFacts facts = allWell();
    QCOMPARE(headlineOf(checkupOf(facts)), u"Nothing fails"_s);
    facts.indicators = {};
    QCOMPARE(headlineOf(checkupOf(facts)), u"Nothing fails, 1 could not be made"_s);
    facts.running.verifyJwt = false;
    QCOMPARE(headlineOf(checkupOf(facts)), u"1 of 22 checks fails, 1 could not be made"_s);
    facts.needed = {{{}, u"x"_s}};
    QCOMPARE(headlineOf(checkupOf(facts)), u"2 of 22 checks fail, 1 could not be made"_s);
}

GATEHOUSE_TEST(TestCheckup)
#include "tst_checkup.moc"
