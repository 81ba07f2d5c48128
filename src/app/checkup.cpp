// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/checkup.h"

#include "auth/explanation.h"
#include "base/json.h"
#include "inspector/words.h"
#include "protocol/revision.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using host::Host;
using oauth::IssuerFinding;
using oauth::ServerFinding;
using State = CheckupRow::State;
using Id = CheckupId;
using Kind = Remedy::Kind;
using NoticeKind = host::Notice::Kind;

/// The translation context.
struct Checkup
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::app::Checkup)
};

QJsonObject objectIn(const auth::PassedThrough &document)
{
    return document.status == 200 ? base::readJsonObject(document.body).value_or(QJsonObject())
                                  : QJsonObject();
}

/// A member of the issuer's documents: of the first that has it.
QJsonValue memberOf(const server::IssuerReport &report, QLatin1StringView name)
{
    const QJsonValue value = objectIn(report.authorizationServer).value(name);
    return value.isUndefined() ? objectIn(report.openId).value(name) : value;
}

QString faultIn(const server::IssuerReport &report)
{
    for (const auth::PassedThrough *one : {&report.authorizationServer, &report.openId}) {
        const auto error = base::readJsonObject(one->body);
        if (one->status != 200 && error)
            return error->value("error_description"_L1).toString();
    }
    return {};
}

/// One checkup under way: facts in, rows out.
class Checkups
{
public:
    explicit Checkups(const CheckupFacts &facts)
        : f(facts)
        , m_isUp(facts.state == Host::State::Listening)
    { }

    QList<CheckupRow> make()
    {
        m_group = CheckupGroup::Server;
        listens();
        onlyHere();
        refuses();
        elsewhere();
        attacks();
        page();
        rules();
        documents();
        m_group = CheckupGroup::Metadata;
        metadata();
        address();
        scopes();
        refreshScope();
        m_group = CheckupGroup::Issuer;
        issuer();
        pkce();
        registration();
        indicator();
        offersRefresh();
        m_group = CheckupGroup::Keys;
        keys();
        clocks();
        signatures();
        m_group = CheckupGroup::People;
        revisions();
        secrets();
        signIn();
        return std::move(m_rows);
    }

private:
    CheckupRow &add(Id id, State state, const QString &title, const QString &evidence, qint64 seenMs = 0)
    {
        m_rows.append({id, m_group, state, title, evidence, {}, seenMs});
        return m_rows.last();
    }
    CheckupRow &skip(Id id, const QString &title, const QString &why = {})
    {
        const QString usual
            = m_isUp ? Checkup::tr("not looked at yet") : Checkup::tr("the server does not run");
        return add(id, State::NotChecked, title, why.isEmpty() ? usual : why);
    }
    [[nodiscard]] const host::Notice *notice(NoticeKind kind) const
    {
        for (const host::Notice &one : f.running.notices) {
            if (one.kind == kind)
                return &one;
        }
        return nullptr;
    }
    static Remedy change(const QString &label, const QString &field, const host::Settings &wanted)
    {
        return {Kind::Change, label, field, wanted};
    }
    static Remedy settings(const QString &field) { return {Kind::Settings, Checkup::tr("Settings…"), field}; }
    [[nodiscard]] bool wantsTokens() const { return !f.running.issuer.isEmpty(); }
    [[nodiscard]] const ServerFinding *seen(ServerFinding::Id id) const
    {
        for (const ServerFinding &one : f.server) {
            if (one.id == id && m_isUp)
                return &one;
        }
        return nullptr;
    }

    void listens();
    void onlyHere();
    void refuses();
    void elsewhere();
    void attacks();
    void page();
    void rules();
    void documents();
    void metadata();
    void address();
    void scopes();
    void refreshScope();
    void issuer();
    void pkce();
    void registration();
    void indicator();
    void offersRefresh();
    void keys();
    void clocks();
    void signatures();
    void revisions();
    void secrets();
    void signIn();

    const CheckupFacts &f;
    bool m_isUp;
    CheckupGroup m_group = CheckupGroup::Server;
    QList<CheckupRow> m_rows;
};

void Checkups::listens()
{
    const QString title = Checkup::tr("The server listens");
    if (f.state == Host::State::Failed) {
        CheckupRow &row = add(Id::Listens, State::Failed, title, host::sentenceOf(f.error));
        row.sentence = Checkup::tr("Nobody can reach it until that is put right.");
        const bool isTaken = f.error.kind == host::StartError::Kind::PortInUse && f.error.field == "port"_L1;
        row.remedy = isTaken && f.error.nextFree > 0
            ? Remedy{Kind::Port, Checkup::tr("Use port %1").arg(f.error.nextFree), {}, {}, f.error.nextFree}
            : f.error.field.isEmpty() ? Remedy{Kind::Start, Checkup::tr("Try again")}
                                      : settings(f.error.field);
        return;
    }
    if (!m_isUp) {
        skip(Id::Listens, title, Checkup::tr("it is stopped")).remedy = {Kind::Start, Checkup::tr("Start")};
        return;
    }
    add(Id::Listens, State::Passed, title, f.running.resource);
}

void Checkups::onlyHere()
{
    const QString title = Checkup::tr("Only this computer can reach it");
    if (!m_isUp) {
        skip(Id::OnlyHere, title);
        return;
    }
    if (const host::Notice *one = notice(NoticeKind::NotLoopback)) {
        CheckupRow &row = add(Id::OnlyHere, State::Remark, title, host::sentenceOf(*one));
        row.sentence = Checkup::tr(
            "Tokens go over the network as they are, unless something before this server has TLS.");
        row.remedy = settings(u"host"_s);
        return;
    }
    add(Id::OnlyHere, State::Passed, title,
        notice(NoticeKind::NoIpv6)
            ? Checkup::tr("127.0.0.1 alone, port %1; Host and Origin are checked").arg(f.running.port)
            : Checkup::tr("127.0.0.1 and ::1, port %1; Host and Origin are checked").arg(f.running.port));
}

void Checkups::refuses()
{
    using What = ServerFinding::What;
    const QString title = Checkup::tr("Whoever has no token is refused");
    const ServerFinding *found = seen(ServerFinding::Id::Refusal);
    if (m_isUp && !wantsTokens()) {
        CheckupRow &row = add(Id::Refuses, State::Failed, title, Checkup::tr("nobody is asked for a token"));
        row.sentence = Checkup::tr("Every program on this computer can call every tool.");
        host::Settings wanted = f.settings;
        wanted.authorization = true;
        row.remedy = change(Checkup::tr("Ask for tokens"), u"authorization"_s, wanted);
        return;
    }
    if (!found || found->state == ServerFinding::State::Waiting
        || found->state == ServerFinding::State::NotChecked) {
        skip(Id::Refuses, title);
        return;
    }
    if (found->state == ServerFinding::State::Running) {
        add(Id::Refuses, State::Running, title, Checkup::tr("asking"));
        return;
    }
    const QString evidence = found->what == What::Refused
        ? (found->isReadable ? Checkup::tr("401 with the place of the metadata; browsers may read it, too")
                             : Checkup::tr("401 with the place of the metadata"))
        : found->what == What::LetIn ? Checkup::tr("it was let in")
        : found->what == What::RefusedBlindly
        ? Checkup::tr("401 that names no place of metadata %1").arg(found->detail)
        : found->what == What::NotReached ? Checkup::tr("no answer: %1").arg(found->detail)
                                          : found->detail;
    CheckupRow &row = add(Id::Refuses, found->what == What::Refused ? State::Passed : State::Failed, title,
                          evidence, f.serverMs);
    row.filter = u"auth:"_s + auth::reasonName(auth::Reason::NoToken);
    if (row.state == State::Failed)
        row.sentence = Checkup::tr("Clients learn from this answer where to sign in.");
}

void Checkups::elsewhere()
{
    const QString title = Checkup::tr("Pages of elsewhere are turned away");
    const ServerFinding *found = seen(ServerFinding::Id::Origin);
    const bool isAway = found && found->what == ServerFinding::What::NotReached;
    if (!found || isAway || found->what == ServerFinding::What::Nothing) {
        skip(Id::Elsewhere, title, isAway ? Checkup::tr("no answer: %1").arg(found->detail) : QString());
        return;
    }
    const bool isGood = found->state == ServerFinding::State::Passed;
    CheckupRow &row = add(Id::Elsewhere, isGood ? State::Passed : State::Failed, title,
                          Checkup::tr("%1 for https://attacker.example").arg(found->detail), f.serverMs);
    if (!isGood)
        row.sentence = Checkup::tr("Any page that a browser on this computer shows may call the server.");
}

void Checkups::attacks()
{
    using CheckState = oauth::CheckState;
    const QString title = Checkup::tr("Forged calls are refused");
    const auto count = [this](CheckState state) {
        return int(std::count_if(f.attacks.begin(), f.attacks.end(),
                                 [state](const oauth::NegativeCheck &one) { return one.state == state; }));
    };
    const int failed = count(CheckState::Failed);
    const int run = failed + count(CheckState::Passed);
    const Remedy attack{Kind::Attack, Checkup::tr("Try them")};
    if (!m_isUp || !wantsTokens()) {
        skip(Id::Attacks, title, m_isUp ? Checkup::tr("nobody is asked for a token") : QString());
        return;
    }
    if (count(CheckState::Running) > 0) {
        add(Id::Attacks, State::Running, title, Checkup::tr("%1 tried so far").arg(run));
        return;
    }
    const auto isOpen = [](const oauth::NegativeCheck &one) {
        // What the server asks of nobody needs not be tried.
        const bool isNotNeeded = one.id == oauth::CheckId::MissingScope && !one.note.isEmpty();
        return one.state == CheckState::NotRun && !isNotNeeded;
    };
    const auto open = int(std::count_if(f.attacks.begin(), f.attacks.end(), isOpen));
    if (run == 0) {
        CheckupRow &row = skip(Id::Attacks, title, Checkup::tr("not tried: they leave rows in the traffic"));
        row.remedy = attack;
        return;
    }
    if (failed == 0 && open > 0) {
        CheckupRow &row
            = add(Id::Attacks, State::NotChecked, title,
                  Checkup::tr("%1 refused, %2 of them not tried").arg(run).arg(open), f.attacksMs);
        row.sentence = f.running.sandbox
            ? Checkup::tr("It was cancelled.")
            : Checkup::tr(
                "Only an issuer can make the others. After a sign-in the Sign-in view makes some of "
                "them of your own token.");
        row.remedy = attack;
        return;
    }
    CheckupRow &row = add(Id::Attacks, failed > 0 ? State::Failed : State::Passed, title,
                          Checkup::tr("%1 of %2 refused").arg(run - failed).arg(run), f.attacksMs);
    if (failed == 0)
        return;
    QStringList names;
    for (const oauth::NegativeCheck &one : f.attacks) {
        if (one.state == CheckState::Failed)
            names.append(one.title);
    }
    row.sentence = Checkup::tr("Not refused as it has to be: %1.").arg(names.join(u", "_s));
    row.remedy = attack;
}

void Checkups::page()
{
    const QString title = Checkup::tr("A person who opens the address gets a page");
    const ServerFinding *found = seen(ServerFinding::Id::Person);
    if (!found || found->what == ServerFinding::What::Nothing) {
        skip(Id::Page, title);
        return;
    }
    const bool isGood = found->state == ServerFinding::State::Passed;
    add(Id::Page, isGood ? State::Passed : State::Remark, title,
        isGood ? Checkup::tr("text/html for browsers, JSON for programs") : found->detail, f.serverMs);
}

void Checkups::rules()
{
    const QString title = Checkup::tr("Every rule protects something");
    if (!m_isUp) {
        skip(Id::Rules, title);
        return;
    }
    QStringList without;
    for (const host::Notice &one : f.running.notices) {
        if (one.kind == NoticeKind::RuleWithoutTool)
            without.append(one.detail);
    }
    if (without.isEmpty()) {
        add(Id::Rules, State::Passed, title,
            f.settings.toolRules.isEmpty() ? Checkup::tr("there are no rules")
                                           : Checkup::tr("rules: %1").arg(f.settings.toolRules.size()));
        return;
    }
    CheckupRow &row
        = add(Id::Rules, State::Failed, title, Checkup::tr("there is no tool %1").arg(without.join(u", "_s)));
    row.sentence = Checkup::tr("A rule for a tool that does not exist protects nothing, most likely because "
                               "of a slip in its name.");
    row.remedy = settings(u"toolRules"_s);
}

void Checkups::documents()
{
    const QString title = Checkup::tr("The database of the documents answers");
    if (!f.settings.tools.contains(u"documents"_s))
        return; // Nobody needs one.
    if (!m_isUp) {
        skip(Id::Documents, title);
        return;
    }
    const bool hasFailed = f.documents && !*f.documents;
    if (!f.outages.documents && !hasFailed) {
        if (f.documents)
            add(Id::Documents, State::Passed, title,
                Checkup::tr("organizations that have some: %1").arg(**f.documents), f.documentsMs);
        else
            skip(Id::Documents, title);
        return;
    }
    CheckupRow &row
        = add(Id::Documents, State::Failed, title,
              f.outages.documents ? host::sentenceOf(*f.outages.documents) : f.documents->error());
    row.sentence = Checkup::tr("The tools for documents answer with that sentence meanwhile.");
    row.remedy = settings(u"documents"_s);
}

void Checkups::metadata()
{
    using What = ServerFinding::What;
    const QString title = Checkup::tr("Clients find out where to sign in");
    const ServerFinding *found = seen(ServerFinding::Id::Metadata);
    if (m_isUp && !wantsTokens()) {
        skip(Id::Metadata, title, Checkup::tr("nobody is asked for a token"));
        return;
    }
    if (!found || found->what == What::Nothing || found->what == What::NotReached) {
        skip(Id::Metadata, title);
        return;
    }
    const QString evidence = found->what == What::MetadataAtBoth
        ? Checkup::tr("the same behind the path and at the root; its resource is this address")
        : found->what == What::MetadataAtOne   ? found->detail
        : found->what == What::MetadataDiffers ? Checkup::tr("the two places say different things")
        : found->what == What::MetadataMissing ? Checkup::tr("at neither place: %1").arg(found->detail)
                                               : found->detail;
    const bool isGood = found->state == ServerFinding::State::Passed;
    CheckupRow &row = add(Id::Metadata, isGood ? State::Passed : State::Failed, title, evidence, f.serverMs);
    if (!isGood)
        row.sentence = Checkup::tr("Some clients do not find out where to sign in, or take this server for "
                                   "another one.");
    row.filter = u"path:/.well-known/"_s;
}

void Checkups::address()
{
    const QString title = Checkup::tr("Clients come by the address that they are told");
    if (!m_isUp) {
        skip(Id::Address, title);
        return;
    }
    if (f.outages.proxies.isEmpty()) {
        if (f.clients.isEmpty())
            skip(Id::Address, title, Checkup::tr("nobody has come yet"));
        else
            add(Id::Address, State::Passed, title, f.running.resource);
        return;
    }
    CheckupRow &row = add(Id::Address, State::Remark, title, host::sentenceOf(f.outages.proxies.first()));
    row.sentence = Checkup::tr("Tokens are made for the address that clients are told. Set it to the one "
                               "that they use.");
    row.remedy = settings(u"resource"_s);
}

void Checkups::scopes()
{
    const QString title = Checkup::tr("What is needed can be asked for");
    QStringList missing;
    QStringList words;
    for (const CheckupFacts::Needed &one : f.needed) {
        if (f.settings.scopes.contains(one.scope))
            continue;
        words.append(one.what.isEmpty()
                         ? Checkup::tr("every call needs %1, which is not advertised").arg(one.scope)
                         : Checkup::tr("%1 needs %2, which is not advertised").arg(one.what, one.scope));
        if (!missing.contains(one.scope))
            missing.append(one.scope);
    }
    if (!m_isUp || (missing.isEmpty() && !wantsTokens())) {
        skip(Id::Scopes, title, m_isUp ? Checkup::tr("nobody is asked for a token") : QString());
        return;
    }
    if (missing.isEmpty()) {
        add(Id::Scopes, State::Passed, title,
            f.needed.isEmpty() ? Checkup::tr("nothing here needs a scope")
                               : Checkup::tr("all scopes that are needed are advertised"));
        return;
    }
    CheckupRow &row = add(Id::Scopes, State::Failed, title, words.mid(0, 3).join(u"; "_s));
    row.sentence = Checkup::tr("Clients ask for what is advertised, sign in well, and are then refused with "
                               "403.");
    host::Settings wanted = f.settings;
    wanted.scopes += missing;
    row.remedy = change(Checkup::tr("Advertise %1").arg(missing.join(u", "_s)), u"scopes"_s, wanted);
    row.filter = u"auth:"_s + auth::reasonName(auth::Reason::MissingScope);
}

void Checkups::refreshScope()
{
    const QString title = Checkup::tr("Clients may stay signed in");
    if (!m_isUp || !wantsTokens()) {
        skip(Id::RefreshScope, title, m_isUp ? Checkup::tr("nobody is asked for a token") : QString());
        return;
    }
    if (f.settings.scopes.contains(u"offline_access"_s)) {
        add(Id::RefreshScope, State::Passed, title, Checkup::tr("offline_access is advertised"));
        return;
    }
    CheckupRow &row
        = add(Id::RefreshScope, State::Remark, title, Checkup::tr("offline_access is not advertised"));
    row.sentence = Checkup::tr("Without it there is no refresh token: people sign in again whenever their "
                               "token has expired.");
    host::Settings wanted = f.settings;
    wanted.scopes.append(u"offline_access"_s);
    row.remedy = change(Checkup::tr("Advertise %1").arg(u"offline_access"_s), u"scopes"_s, wanted);
}

void Checkups::issuer()
{
    const QString title = Checkup::tr("It answers, and is whom it says");
    if (!f.report || !m_isUp || !wantsTokens()) {
        skip(Id::Issuer, title,
             m_isUp && !wantsTokens() ? Checkup::tr("nobody is asked for a token") : QString());
        return;
    }
    const QString said = memberOf(*f.report, "issuer"_L1).toString();
    if (said == f.running.issuer) {
        add(Id::Issuer, State::Passed, title, said, f.reportMs);
        return;
    }
    const QString fault = faultIn(*f.report);
    CheckupRow &row = add(Id::Issuer, State::Failed, title,
                          !said.isEmpty()       ? Checkup::tr("it calls itself %1").arg(said)
                              : fault.isEmpty() ? Checkup::tr("no document can be read")
                                                : fault,
                          f.reportMs);
    row.sentence = Checkup::tr("Nobody can sign in until it answers as %1.").arg(f.running.issuer);
    row.remedy = {Kind::ReadAnew, Checkup::tr("Ask again")};
}

void Checkups::pkce()
{
    const QString title = Checkup::tr("PKCE with S256");
    if (!f.report || !m_isUp || memberOf(*f.report, "issuer"_L1).isUndefined()) {
        skip(Id::Pkce, title);
        return;
    }
    const bool has = memberOf(*f.report, "code_challenge_methods_supported"_L1).toArray().contains(u"S256"_s);
    CheckupRow &row = add(Id::Pkce, has ? State::Passed : State::Failed, title,
                          has ? u"code_challenge_methods_supported"_s
                              : Checkup::tr("S256 is not among code_challenge_methods_supported"),
                          f.reportMs);
    if (!has)
        row.sentence = Checkup::tr("MCP clients refuse to sign in there.");
}

void Checkups::registration()
{
    using What = IssuerFinding::What;
    const QString title = Checkup::tr("Clients can register");
    const auto found = std::find_if(f.issuer.begin(), f.issuer.end(), [](const IssuerFinding &one) {
        return one.id == IssuerFinding::Id::Registration;
    });
    if (!m_isUp || found == f.issuer.end() || found->what == What::Nothing) {
        const bool isRunning
            = m_isUp && found != f.issuer.end() && found->state == IssuerFinding::State::Running;
        isRunning ? add(Id::Registration, State::Running, title, Checkup::tr("asking"))
                  : skip(Id::Registration, title);
        return;
    }
    const bool isGood = found->state == IssuerFinding::State::Passed;
    const bool isOff = found->what == What::RegistrationOff || found->what == What::RegistrationMissing;
    const QString evidence = found->what == What::RegistrationOpen
        ? Checkup::tr("switched on; asked with an empty form, no client was left behind")
        : found->what == What::RegistrationCareless
        ? Checkup::tr("switched on, and it made a client of an empty form")
        : isOff && isGood ? Checkup::tr("switched off; clients' own documents are read")
        : isOff           ? Checkup::tr("switched off")
                          : found->detail;
    CheckupRow &row = add(Id::Registration,
                          !isGood                                         ? State::Failed
                              : found->what == What::RegistrationCareless ? State::Remark
                                                                          : State::Passed,
                          title, evidence, f.issuerMs);
    if (isGood)
        return;
    if (!isOff) {
        row.sentence = Checkup::tr("Whether clients can register is not known.");
        row.remedy = {Kind::ReadAnew, Checkup::tr("Ask again")};
        return;
    }
    if (f.running.sandbox) {
        row.sentence = Checkup::tr("The sandbox was told to refuse it: Sign-in › Sandbox: break something.");
        return;
    }
    row.sentence = Checkup::tr("DCR is disabled for this environment: enable it in Dashboard > Connect > "
                               "Configuration. Until then only clients with an ID of their own can sign in.");
    row.remedy = {Kind::Dashboard, Checkup::tr("Open dashboard")};
}

void Checkups::indicator()
{
    using Known = WorkOsDesk::Indicators::State;
    const QString title = Checkup::tr("This address stands in the list");
    const bool isKnown = f.indicators.state == Known::Known && f.indicators.ours == f.running.resource;
    if (!m_isUp || !wantsTokens()) {
        skip(Id::Indicator, title, m_isUp ? Checkup::tr("nobody is asked for a token") : QString());
        return;
    }
    if (f.running.sandbox) {
        skip(Id::Indicator, title, Checkup::tr("the sandbox makes tokens for any address"));
        return;
    }
    if (!isKnown) {
        CheckupRow &row
            = skip(Id::Indicator, title,
                   f.keySource == WorkOsDesk::KeySource::None ? Checkup::tr("that needs an API key of WorkOS")
                                                              : f.indicators.fault);
        row.sentence
            = Checkup::tr("Under MCP resource indicators must stand exactly %1.").arg(f.running.resource);
        if (f.keySource == WorkOsDesk::KeySource::None)
            row.remedy = {Kind::Settings, Checkup::tr("API key…"), u"apiKey"_s};
        return;
    }
    if (f.indicators.hasOurs()) {
        add(Id::Indicator, State::Passed, title, f.running.resource);
        return;
    }
    CheckupRow &row = add(Id::Indicator, State::Failed, title,
                          Checkup::tr("%1 is not among the MCP resource indicators").arg(f.running.resource));
    row.sentence = Checkup::tr("People sign in well, and every call is refused: their tokens are made for "
                               "another address.");
    row.remedy = {Kind::AddIndicator, Checkup::tr("Add it")};
}

void Checkups::offersRefresh()
{
    const QString title = Checkup::tr("Refresh tokens can be had");
    const QJsonValue scopes = f.report ? memberOf(*f.report, "scopes_supported"_L1) : QJsonValue();
    if (!m_isUp || !f.report || memberOf(*f.report, "issuer"_L1).isUndefined()) {
        skip(Id::OffersRefresh, title);
        return;
    }
    if (!scopes.isArray()) {
        skip(Id::OffersRefresh, title, Checkup::tr("its documents name no scopes"));
        return;
    }
    const bool has = scopes.toArray().contains(u"offline_access"_s);
    CheckupRow &row = add(Id::OffersRefresh, has ? State::Passed : State::Remark, title,
                          has ? Checkup::tr("offline_access is among its scopes")
                              : Checkup::tr("offline_access is not among its scopes"),
                          f.reportMs);
    if (!has)
        row.sentence = Checkup::tr("People sign in again whenever their token has expired.");
}

void Checkups::keys()
{
    const QString title = Checkup::tr("Its keys can be read");
    if (!m_isUp || !wantsTokens()) {
        skip(Id::Keys, title, m_isUp ? Checkup::tr("nobody is asked for a token") : QString());
        return;
    }
    const bool isAway = f.outages.unreachableSince > 0;
    if (!f.report && !isAway) {
        skip(Id::Keys, title);
        return;
    }
    const auth::KeyReport report = f.report ? f.report->keys : auth::KeyReport();
    const QString fault = !report.fault.isEmpty() ? report.fault
        : isAway                                  ? host::sentenceOf(f.outages.unreachable)
                                                  : QString();
    if (fault.isEmpty() && report.fetchedAt > 0) {
        QStringList kinds;
        for (const QJsonObject &one : report.keys) {
            const QString alg = one.value("alg"_L1).toString(one.value("kty"_L1).toString());
            if (!kinds.contains(alg))
                kinds.append(alg);
        }
        add(Id::Keys, State::Passed, title,
            Checkup::tr("%1 of use (%2), %3 of none")
                .arg(report.keys.size())
                .arg(kinds.join(u", "_s))
                .arg(report.skipped.size()),
            report.fetchedAt);
        return;
    }
    if (fault.isEmpty()) {
        skip(Id::Keys, title);
        return;
    }
    const bool hasOld = report.fetchedAt > 0 || f.outages.unreachable.kind == NoticeKind::IssuerStale;
    CheckupRow &row = add(Id::Keys, hasOld ? State::Remark : State::Failed, title, fault);
    row.sentence = hasOld
        ? Checkup::tr("The keys from before are used meanwhile; a new key is not known.")
        : Checkup::tr("Every call with a token is answered with 503 until they can be read.");
    row.remedy = {Kind::ReadAnew, Checkup::tr("Ask again")};
}

void Checkups::clocks()
{
    const QString title = Checkup::tr("The clocks agree");
    if (!m_isUp || !f.report || f.report->keys.fetchedAt == 0) {
        skip(Id::Clocks, title);
        return;
    }
    const int ahead = f.report->keys.issuerAheadSeconds;
    const int apart = std::abs(ahead);
    const QString evidence = Checkup::tr("%1 s apart by its Date header; tolerance is %2 s")
                                 .arg(apart)
                                 .arg(f.settings.toleranceSeconds);
    CheckupRow &row = add(Id::Clocks,
                          apart > f.settings.toleranceSeconds ? State::Failed
                              : apart > 2                     ? State::Remark
                                                              : State::Passed,
                          title, evidence, f.report->keys.fetchedAt);
    if (apart > 2)
        row.sentence = ahead > 0
            ? Checkup::tr("This computer's clock is behind: fresh tokens look as if they were not valid yet.")
            : Checkup::tr("This computer's clock is ahead: tokens expire here too early.");
}

void Checkups::signatures()
{
    const QString title = Checkup::tr("Signatures are checked");
    if (!m_isUp || !wantsTokens()) {
        skip(Id::Signatures, title, m_isUp ? Checkup::tr("nobody is asked for a token") : QString());
        return;
    }
    if (f.running.verifyJwt) {
        add(Id::Signatures, State::Passed, title, Checkup::tr("verifyJwt is on"));
        return;
    }
    CheckupRow &row = add(Id::Signatures, State::Failed, title, Checkup::tr("verifyJwt is off"));
    row.sentence = Checkup::tr("Anybody can write a token and be let in as whoever they like.");
    host::Settings wanted = f.settings;
    wanted.verifyJwt = true;
    row.remedy = change(Checkup::tr("Check them"), u"verifyJwt"_s, wanted);
}

void Checkups::revisions()
{
    const QString title = Checkup::tr("All clients speak a current revision");
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    QStringList old;
    int there = 0;
    for (const inspector::ClientRecord &one : f.clients) {
        if (one.revision.isEmpty() || !inspector::ClientLog::isConnected(one, now))
            continue;
        ++there;
        const bool isCurrent
            = one.revision == protocol::modernRevision || one.revision == protocol::newestLegacyRevision;
        const QString words = Checkup::tr("%1 speaks %2").arg(one.client, one.revision);
        if (!isCurrent && !old.contains(words))
            old.append(words);
    }
    if (there == 0) {
        skip(Id::Revisions, title, Checkup::tr("nobody is there"));
        return;
    }
    CheckupRow &row
        = add(Id::Revisions, old.isEmpty() ? State::Passed : State::Remark, title,
              old.isEmpty() ? Checkup::tr("clients: %1").arg(there) : old.mid(0, 3).join(u", "_s));
    if (old.isEmpty())
        return;
    row.sentence = Checkup::tr("It works, without what newer revisions have. A newer version of the client "
                               "may speak one.");
    row.remedy = {Kind::Clients, Checkup::tr("Show the clients")};
}

void Checkups::secrets()
{
    const QString title = Checkup::tr("Secrets are kept safe");
    if (f.keepsSecrets) {
        add(Id::Secrets, State::Passed, title, Checkup::tr("in the keyring of this computer"));
        return;
    }
    add(Id::Secrets, State::Passed, title,
        Checkup::tr("in memory alone, until the program ends: this computer has no keyring"));
}

void Checkups::signIn()
{
    if (!m_isUp || !f.running.sandbox)
        return;
    const QString title = Checkup::tr("The sandbox asks who signs in");
    if (f.settings.autoSignIn.isEmpty()) {
        add(Id::SignIn, State::Passed, title, Checkup::tr("its page is shown"));
        return;
    }
    CheckupRow &row = add(Id::SignIn, State::Remark, title,
                          Checkup::tr("%1 is signed in without a question").arg(f.settings.autoSignIn));
    row.sentence = Checkup::tr("Every program on this computer gets that person's token.");
    row.remedy = settings(u"autoSignIn"_s);
}

} // namespace

QList<CheckupRow> checkupOf(const CheckupFacts &facts)
{
    return Checkups(facts).make();
}

QString titleOf(CheckupGroup group)
{
    switch (group) {
    case CheckupGroup::Server:
        return Checkup::tr("This server");
    case CheckupGroup::Metadata:
        return Checkup::tr("What it says of itself");
    case CheckupGroup::Issuer:
        return Checkup::tr("Authorization server");
    case CheckupGroup::Keys:
        return Checkup::tr("Keys and clock");
    case CheckupGroup::People:
        break;
    }
    return Checkup::tr("Clients and people");
}

namespace {

QString reasonForServer(CheckupId id)
{
    switch (id) {
    case Id::Listens:
        return Checkup::tr("Clients are told this address, and tokens are made for it.");
    case Id::OnlyHere:
        return Checkup::tr("An MCP server on a developer's computer is for that computer. Names and pages of "
                           "elsewhere are turned away, so that no page can use it through the browser.");
    case Id::Refuses:
        return Checkup::tr("The sign-in of every MCP client begins with a refusal: its challenge names the "
                           "metadata, and that names who signs people in (RFC 9728).");
    case Id::Elsewhere:
        return Checkup::tr("A page can have a browser send requests to this computer. Its Origin gives it "
                           "away, and MCP says that servers have to look at it.");
    case Id::Attacks:
        return Checkup::tr("What is forged, expired, or made for somebody else must not get in. Up to eleven "
                           "calls of that kind are tried, and each has to be refused in its own way.");
    case Id::Page:
        return Checkup::tr("People open the address to see whether it works.");
    case Id::Rules:
        return Checkup::tr("A rule says who may call a tool. It is found by the tool's name.");
    case Id::Documents:
        return Checkup::tr("The tools for documents keep them in a database, each organization's apart.");
    default:
        return {};
    }
}

} // namespace

QString reasonFor(CheckupId id)
{
    const QString ofServer = reasonForServer(id);
    if (!ofServer.isEmpty())
        return ofServer;
    switch (id) {
    case Id::Metadata:
        return Checkup::tr("Some clients read the document behind the path, some the one at the root; what "
                           "it calls the resource has to be this address to the byte (RFC 9728 §3.3).");
    case Id::Address:
        return Checkup::tr("Something passes requests on that came to another address. Who signs in there "
                           "gets a token for that one.");
    case Id::Scopes:
        return Checkup::tr("With AuthKit a client that registers itself gets only the four standard scopes. "
                           "What roles allow is better asked of the token's permissions, which need no "
                           "scope.");
    case Id::RefreshScope:
    case Id::OffersRefresh:
        return Checkup::tr("AuthKit's access tokens live for five minutes unless the dashboard says "
                           "otherwise. With a refresh token nobody notices.");
    case Id::Issuer:
        return Checkup::tr("Clients compare what it calls itself with what they were told, byte for byte, "
                           "and go no further where they differ (RFC 8414 §3.3).");
    case Id::Pkce:
        return Checkup::tr(
            "Without it a code that is overheard is worth a token. MCP wants it of everybody.");
    case Id::Registration:
        return Checkup::tr("MCP clients do not know this server beforehand. They register themselves, or "
                           "publish a document about themselves.");
    case Id::Indicator:
        return Checkup::tr("WorkOS makes tokens only for addresses that stand in its list, byte for byte. "
                           "For others it makes one without an audience of use, and says nothing.");
    case Id::Keys:
        return Checkup::tr("The keys show whether the issuer signed a token. They are kept, and read again "
                           "when an unknown one is named.");
    case Id::Clocks:
        return Checkup::tr("Whether a token has expired is a question of two clocks: the issuer's, which "
                           "wrote the time, and this computer's, which reads it.");
    case Id::Signatures:
        return Checkup::tr("Without its signature a token is only a text that says who sent it.");
    case Id::Revisions:
        return Checkup::tr(
            "Clients and servers agree on a revision of MCP. Older ones lack what came later.");
    case Id::Secrets:
        return Checkup::tr("Refresh tokens and the API key are kept where the system keeps passwords.");
    case Id::SignIn:
    default:
        break;
    }
    return Checkup::tr("For tests without a person it can sign one in by itself.");
}

QString wordOf(CheckupRow::State state)
{
    switch (state) {
    case State::Failed:
        return Checkup::tr("Fails");
    case State::Remark:
        return Checkup::tr("Remark");
    case State::Passed:
        return Checkup::tr("Passes");
    case State::NotChecked:
        return Checkup::tr("Not checked");
    case State::Running:
        break;
    }
    return Checkup::tr("Running");
}

inspector::Tone toneOf(CheckupRow::State state)
{
    return state == State::Failed ? inspector::Tone::Bad
        : state == State::Remark  ? inspector::Tone::Warning
        : state == State::Passed  ? inspector::Tone::Good
                                  : inspector::Tone::Muted;
}

QString iconNameOf(CheckupRow::State state)
{
    return state == State::Failed ? u"bad"_s
        : state == State::Remark  ? u"warning"_s
        : state == State::Passed  ? u"good"_s
        : state == State::Running ? u"running"_s
                                  : u"none"_s;
}

int countOf(const QList<CheckupRow> &rows, CheckupRow::State state)
{
    return int(std::count_if(rows.begin(), rows.end(),
                             [state](const CheckupRow &one) { return one.state == state; }));
}

QString headlineOf(const QList<CheckupRow> &rows)
{
    const int failed = countOf(rows, State::Failed);
    const int remarks = countOf(rows, State::Remark);
    const int open = countOf(rows, State::NotChecked);
    const QString first = failed == 1 ? Checkup::tr("1 of %1 checks fails").arg(rows.size())
        : failed > 1                  ? Checkup::tr("%1 of %2 checks fail").arg(failed).arg(rows.size())
        : remarks > 0                 ? Checkup::tr("Nothing fails, remarks: %1").arg(remarks)
                                      : Checkup::tr("Nothing fails");
    return open == 0 ? first : Checkup::tr("%1, %2 could not be made").arg(first).arg(open);
}

} // namespace gatehouse::app
