// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/checkupmaker.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

void CheckupMaker::keys()
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

void CheckupMaker::clocks()
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

void CheckupMaker::signatures()
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

} // namespace gatehouse::app
