// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connectwords.h"

#include "auth/explanation.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using clientfiles::FileFault;
using clientfiles::Program;
using clientfiles::ProgramId;
using inspector::Arrival;
using inspector::Tone;
using Rung = Arrival::Rung;

constexpr qint64 patienceMs = 30'000;

/// The translation context.
struct Connect
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::app::Connect)
};

QString withoutFullStop(QString words)
{
    if (words.endsWith(u'.'))
        words.chop(1);
    return words;
}

Stuck stuckBeforeMetadata(const Arrival &arrival, const Program &program, const QString &next)
{
    if (arrival.askedMs() > 0)
        return {Tone::Warning, Connect::tr("It called without a token, and has not asked where to sign in"),
                Connect::tr("Either it waits until it is told to, or it knows no OAuth. %1").arg(next)};
    return {Tone::Warning, Connect::tr("Nothing has come"),
            Connect::tr("%1 does not know this server yet, or has not looked at its list again. %2")
                .arg(program.name, next)};
}

} // namespace

QString sentenceOf(const FileFault &fault, const Program &program, const QString &file)
{
    using Kind = FileFault::Kind;
    switch (fault.kind) {
    case Kind::Syntax:
        return Connect::tr("%1 cannot be understood at line %2, column %3: %4. It is left alone.")
            .arg(file)
            .arg(fault.line)
            .arg(fault.column)
            .arg(withoutFullStop(fault.words));
    case Kind::OtherShape:
        return Connect::tr("%1 has something else where “%2” should hold the servers. It is left alone.")
            .arg(file, program.group);
    case Kind::Uncertain:
        return Connect::tr("%1 is written in a way in which a change might touch something else. It is left "
                           "alone: copy the entry into it by hand.")
            .arg(file);
    case Kind::NotReadable:
        return Connect::tr("%1 cannot be read: %2.").arg(file, withoutFullStop(fault.words));
    case Kind::NotWritable:
        return Connect::tr("%1 cannot be written: %2.").arg(file, withoutFullStop(fault.words));
    case Kind::Outside:
        return Connect::tr("%1 leads out of the project by a link. It is left alone.").arg(file);
    case Kind::Changed:
        return Connect::tr("%1 has changed meanwhile: look at it again.").arg(file);
    case Kind::Busy:
        return Connect::tr("%1 is written by another program all the time. Try again.").arg(file);
    case Kind::Gone:
        return fault.words.isEmpty()
            ? Connect::tr("%1 is not there any more.").arg(file)
            : Connect::tr("%1 is not there any more. What it was is kept in %2.").arg(file, fault.words);
    case Kind::NoFolder:
        break;
    }
    return Connect::tr("There is no such folder.");
}

QString nextWordsFor(const Program &program, const QString &name)
{
    switch (program.id) {
    case ProgramId::ClaudeCode:
        return Connect::tr("In Claude Code type /mcp, choose %1, then Authenticate. A session that was open "
                           "before has to be told Reconnect there.")
            .arg(name);
    case ProgramId::ClaudeDesktop:
        return Connect::tr("Quit Claude Desktop and start it again: it reads its file then, and mcp-remote "
                           "opens the browser.");
    case ProgramId::Cursor:
        return Connect::tr("In Cursor open Settings › MCP and press Connect beside %1. The browser opens.")
            .arg(name);
    case ProgramId::VsCode:
        return Connect::tr("In VS Code run “MCP: List Servers”, choose %1, then Start. It asks whether it "
                           "may sign in, and opens the browser.")
            .arg(name);
    case ProgramId::Codex:
        return Connect::tr("Run the command below: the browser opens. A session that was open before has to "
                           "be started anew.");
    case ProgramId::GeminiCli:
        return Connect::tr("Start Gemini CLI and type /mcp auth %1. The browser opens.").arg(name);
    case ProgramId::Antigravity:
    case ProgramId::Windsurf:
        return Connect::tr("In %1 refresh the list of MCP servers, or start it again. The browser opens.")
            .arg(program.name);
    case ProgramId::Zed:
        return Connect::tr("Zed connects as soon as its file is saved: the panel of its agent says that %1 "
                           "wants to sign in.")
            .arg(name);
    case ProgramId::LmStudio:
        return Connect::tr("LM Studio connects as soon as its file is saved: switch %1 on in the panel of a "
                           "chat.")
            .arg(name);
    case ProgramId::Inspector:
        break;
    }
    return Connect::tr("Start it with the command, open the link, and press Connect.");
}

QString nextWordsWithoutSignIn(const Program &program)
{
    return Connect::tr("Start %1 again, or have it look at its list of servers. Nobody is asked for a token.")
        .arg(program.name);
}

QString noteOn(const Program &program)
{
    if (program.id == ProgramId::ClaudeDesktop)
        return Connect::tr("Its own connectors come from the cloud, which does not reach this computer. "
                           "mcp-remote, a program from npm, carries what it says; it needs Node.js.");
    return {};
}

QString titleOf(Rung rung)
{
    switch (rung) {
    case Rung::Metadata:
        return Connect::tr("Metadata read");
    case Rung::Registered:
        return Connect::tr("Registered");
    case Rung::SignedIn:
        return Connect::tr("Signed in");
    case Rung::Token:
        return Connect::tr("Token for this address");
    case Rung::Call:
        break;
    }
    return Connect::tr("First call");
}

QString wordsOf(const Arrival &arrival, Rung rung, SignInPlace place)
{
    using State = Arrival::State;
    const State state = arrival.stateOf(rung);
    if (state == State::Reached)
        return arrival.step(rung).evidence;
    const bool isElsewhere
        = place == SignInPlace::Elsewhere && (rung == Rung::Registered || rung == Rung::SignedIn);
    if (place == SignInPlace::Nowhere && rung != Rung::Call)
        return Connect::tr("not needed: nobody is asked for a token");
    if (state == State::Skipped)
        return isElsewhere ? Connect::tr("at the authorization server: it is not seen from here")
                           : Connect::tr("not needed: it knew that from before");
    if (rung != arrival.next())
        return {};
    if (rung == Rung::Metadata && arrival.askedMs() > 0)
        return Connect::tr("it called without a token, and knows by now that it needs one");
    if (rung == Rung::SignedIn && arrival.pageMs() > 0)
        return Connect::tr("the page is open in the browser");
    return isElsewhere ? Connect::tr("that happens at the authorization server: it is not seen from here")
                       : Connect::tr("nothing has come yet");
}

std::optional<Stuck> stuckAt(const Arrival &arrival, const Program &program, const QString &name,
                             SignInPlace place, qint64 nowMs)
{
    if (!arrival.hasBegun() || arrival.isThere())
        return {};
    if (arrival.refusal().atMs > 0)
        return Stuck{Tone::Bad, arrival.refusal().title, arrival.refusal().remedy};
    const qint64 quietMs = nowMs - arrival.lastMs();
    if (quietMs < patienceMs)
        return {};
    if (place == SignInPlace::Nowhere)
        return stuckBeforeMetadata(arrival, program, nextWordsWithoutSignIn(program));
    const QString next = nextWordsFor(program, name);
    const QString quiet = auth::duration(quietMs / 1000);
    switch (arrival.next()) {
    case Rung::Metadata:
        return stuckBeforeMetadata(arrival, program, next);
    case Rung::Registered:
    case Rung::SignedIn:
        if (place == SignInPlace::Elsewhere)
            return Stuck{Tone::Warning,
                         Connect::tr("It knows where to sign in, and has not come back for %1").arg(quiet),
                         Connect::tr("What happens there is not seen from here: look at the browser that it "
                                     "opened. %1")
                             .arg(next)};
        if (arrival.pageMs() > 0)
            return Stuck{Tone::Warning, Connect::tr("The page for signing in is open since %1").arg(quiet),
                         Connect::tr("Somebody has to choose a person there, and then Allow.")};
        return Stuck{Tone::Warning,
                     Connect::tr("It knows where to sign in, and does nothing for %1").arg(quiet), next};
    case Rung::Token:
        return Stuck{Tone::Warning, Connect::tr("Signed in, and then nothing for %1").arg(quiet),
                     Connect::tr("It has its tokens and keeps quiet until it is told; no call of it was "
                                 "refused. %1")
                         .arg(next)};
    case Rung::Call:
        break;
    }
    return Stuck{Tone::Warning,
                 Connect::tr("Its token is good, and no call was answered well for %1").arg(quiet),
                 Connect::tr("Its requests in the traffic say why.")};
}

} // namespace gatehouse::app
