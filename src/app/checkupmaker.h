// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/checkup.h"

#include <QCoreApplication>

namespace gatehouse::app {

/// The translation context.
struct Checkup
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::app::Checkup)
};

/// One checkup under way: facts in, rows out.
class CheckupMaker
{
public:
    using State = CheckupRow::State;
    using Id = CheckupId;
    using Kind = Remedy::Kind;
    using NoticeKind = host::Notice::Kind;
    using Host = host::Host;
    using ServerFinding = oauth::ServerFinding;
    using IssuerFinding = oauth::IssuerFinding;

    explicit CheckupMaker(const CheckupFacts &facts)
        : f(facts)
        , m_isUp(facts.state == Host::State::Listening)
    { }

    QList<CheckupRow> make();

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

} // namespace gatehouse::app
