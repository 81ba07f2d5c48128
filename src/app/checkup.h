// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/outages.h"
#include "app/workosdesk.h"
#include "host/host.h"
#include "inspector/clientlog.h"
#include "inspector/tone.h"
#include "oauth/negativechecks.h"
#include "oauth/serverprobe.h"
#include "server/issuerreport.h"

#include <optional>

namespace gatehouse::app {

/// What is known of the server, its issuer and its clients when a checkup is made of it. A value.
struct CheckupFacts
{
    host::Host::State state = host::Host::State::Stopped;
    host::Running running = {}; ///< Counts while Listening …
    host::StartError error = {}; ///< … and this while Failed.
    host::Settings settings = {}; ///< In effect.
    Outages outages = {};
    std::optional<server::IssuerReport> report = {};
    qint64 reportMs = 0; ///< When it was read; milliseconds since 1970, as all times here.
    QList<oauth::ServerFinding> server = {}; ///< As others see it; empty: nobody has looked.
    qint64 serverMs = 0;
    QList<oauth::IssuerFinding> issuer = {};
    qint64 issuerMs = 0;
    QList<oauth::NegativeCheck> attacks = {}; ///< Of this server.
    qint64 attacksMs = 0;
    /// How many organizations have documents, or why that cannot be read; none: nobody has looked.
    std::optional<base::Expected<int, QString>> documents = {};
    qint64 documentsMs = 0;
    WorkOsDesk::KeySource keySource = WorkOsDesk::KeySource::None;
    WorkOsDesk::Indicators indicators = {};
    struct Needed
    {
        QString what = {}; ///< A tool, prompt or resource; empty: every call.
        QString scope = {};
    };
    QList<Needed> needed = {};
    QList<inspector::ClientRecord> clients = {};
    bool keepsSecrets = true; ///< Beyond the end of the program.
};

enum class CheckupId {
    Listens,
    OnlyHere,
    Refuses,
    Elsewhere,
    Attacks,
    Page,
    Rules,
    Documents,
    Metadata,
    Address,
    Scopes,
    RefreshScope,
    Issuer,
    Pkce,
    Registration,
    Indicator,
    OffersRefresh,
    Keys,
    Clocks,
    Signatures,
    Revisions,
    Secrets,
    SignIn,
};
enum class CheckupGroup { Server, Metadata, Issuer, Keys, People };

/// What a button can do about a check.
struct Remedy
{
    enum class Kind {
        None,
        Start,
        Port, ///< Use `port`.
        Change, ///< Give the setting `field` what `wanted` has there.
        Settings, ///< Open them at `field`.
        ReadAnew, ///< Ask the issuer again.
        AddIndicator, ///< With the API key.
        Attack, ///< Run the negative checks.
        Dashboard, ///< WorkOS's.
        Clients, ///< Show them.
    };
    Kind kind = Kind::None;
    QString label = {}; ///< Of its button.
    QString field = {};
    host::Settings wanted = {};
    int port = 0;
};

struct CheckupRow
{
    enum class State {
        Failed, ///< Somebody is kept out, or let in who must not be.
        Remark, ///< It works, and should be thought of twice.
        Passed,
        NotChecked, ///< The evidence says why.
        Running,
    };
    CheckupId id = CheckupId::Listens;
    CheckupGroup group = CheckupGroup::Server;
    State state = State::NotChecked;
    QString title = {}; ///< What is looked at, as one would wish it.
    QString evidence = {}; ///< What was seen, in a few words.
    QString sentence = {}; ///< What that means and what to do; empty where nothing is to be done.
    qint64 seenMs = 0; ///< 0: it holds now.
    Remedy remedy = {};
    QString filter = {}; ///< Finds requests that show it in the traffic.
};

/// All checks, in the order of their groups.
[[nodiscard]] QList<CheckupRow> checkupOf(const CheckupFacts &facts);

[[nodiscard]] QString titleOf(CheckupGroup group);
/// Why anybody should care, in two or three sentences.
[[nodiscard]] QString reasonFor(CheckupId id);
[[nodiscard]] QString wordOf(CheckupRow::State state);
[[nodiscard]] inspector::Tone toneOf(CheckupRow::State state);
[[nodiscard]] QString iconNameOf(CheckupRow::State state);

/// How many of that state there are.
[[nodiscard]] int countOf(const QList<CheckupRow> &rows, CheckupRow::State state);
/// "1 of 18 checks fails, 2 could not be made"
[[nodiscard]] QString headlineOf(const QList<CheckupRow> &rows);

} // namespace gatehouse::app
