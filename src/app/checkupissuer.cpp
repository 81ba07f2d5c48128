// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/checkupmaker.h"
#include "base/json.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

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

} // namespace

void CheckupMaker::issuer()
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

void CheckupMaker::pkce()
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

void CheckupMaker::registration()
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

void CheckupMaker::indicator()
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

void CheckupMaker::offersRefresh()
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

} // namespace gatehouse::app
