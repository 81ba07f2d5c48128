// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/checkupmaker.h"
#include "protocol/revision.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

void CheckupMaker::revisions()
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

void CheckupMaker::secrets()
{
    const QString title = Checkup::tr("Secrets are kept safe");
    if (f.keepsSecrets) {
        add(Id::Secrets, State::Passed, title, Checkup::tr("in the keyring of this computer"));
        return;
    }
    add(Id::Secrets, State::Passed, title,
        Checkup::tr("in memory alone, until the program ends: this computer has no keyring"));
}

void CheckupMaker::signIn()
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

} // namespace gatehouse::app
