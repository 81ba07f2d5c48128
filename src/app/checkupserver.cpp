// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/checkupmaker.h"
#include "auth/explanation.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

void CheckupMaker::listens()
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

void CheckupMaker::onlyHere()
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

void CheckupMaker::refuses()
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

void CheckupMaker::elsewhere()
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

void CheckupMaker::attacks()
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

void CheckupMaker::page()
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

void CheckupMaker::rules()
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

void CheckupMaker::documents()
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

} // namespace gatehouse::app
