// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/checkupmaker.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using State = CheckupRow::State;
using Id = CheckupId;

} // namespace

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
    switch (id) { // Without a default, so that a new one does not compile before it has its reason.
    case Id::Listens:
    case Id::OnlyHere:
    case Id::Refuses:
    case Id::Elsewhere:
    case Id::Attacks:
    case Id::Page:
    case Id::Rules:
    case Id::Documents:
        return reasonForServer(id);
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
