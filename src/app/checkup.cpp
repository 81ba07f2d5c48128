// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/checkupmaker.h"

using namespace Qt::StringLiterals;

namespace gatehouse::app {

QList<CheckupRow> CheckupMaker::make()
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

QList<CheckupRow> checkupOf(const CheckupFacts &facts)
{
    return CheckupMaker(facts).make();
}

} // namespace gatehouse::app
