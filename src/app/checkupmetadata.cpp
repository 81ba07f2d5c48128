// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/checkupmaker.h"
#include "auth/explanation.h"

using namespace Qt::StringLiterals;

namespace gatehouse::app {

void CheckupMaker::metadata()
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

void CheckupMaker::address()
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

void CheckupMaker::scopes()
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

void CheckupMaker::refreshScope()
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

} // namespace gatehouse::app
