// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace gatehouse::clientfiles {

/// MCP clients that are not ours: how each is told of a server. Facts of November 2026, on Linux. Pure
/// functions; nothing is read or started.

enum class ProgramId {
    ClaudeCode,
    ClaudeDesktop,
    Cursor,
    VsCode,
    Codex,
    GeminiCli,
    Antigravity,
    Windsurf,
    Zed,
    LmStudio,
    Inspector,
};

enum class Notation {
    None, ///< It keeps no servers in a file.
    Json, ///< With comments.
    Toml,
};

struct Program
{
    ProgramId id = ProgramId::ClaudeCode;
    QString name = {};
    Notation notation = Notation::None;
    QString group = {}; ///< The member of the root, or the table, that its servers are in.
    QString userFile = {}; ///< Below the home directory, or where `~config/` or `~codex/` stands for.
    QString projectFile = {}; ///< Below the project; empty: it has servers for the user alone.
    QStringList executables = {};
    QStringList traces = {}; ///< What is there where it is installed, written as `userFile` is.
    QStringList calls = {}; ///< How the names begin by which it calls itself, in lower case.
};

/// In the order in which they are shown.
[[nodiscard]] const QList<Program> &programs();
[[nodiscard]] const Program &programOf(ProgramId id);

/// The user's folders; absolute.
struct Places
{
    QString home = {};
    QString config = {}; ///< XDG_CONFIG_HOME, as a rule ~/.config.
    QString codex = {}; ///< CODEX_HOME, as a rule ~/.codex.
};
/// The path that `userFile` and `traces` mean.
[[nodiscard]] QString pathOf(const QString &written, const Places &places);
/// Where its servers are: the user's, or with a folder the project's. Empty where it has no such file.
[[nodiscard]] QString fileOf(const Program &program, const Places &places, const QString &project);

/// What stands in the file under the server's name, as withMember() and withTable() take it.
[[nodiscard]] QByteArray entryFor(const Program &program, const QString &address);
/// A file with nothing else in it.
[[nodiscard]] QByteArray fileFor(const Program &program, const QString &name, const QString &address);
/// For a POSIX shell; empty where it has none. For a project it is to be run in its folder.
[[nodiscard]] QString commandFor(const Program &program, const QString &name, const QString &address,
                                 bool isForProject);
/// That signs in from a shell; empty where it has none.
[[nodiscard]] QString signInCommandFor(const Program &program, const QString &name);
/// What a browser or the desktop opens; empty where it has none.
[[nodiscard]] QByteArray linkFor(const Program &program, const QString &name, const QString &address);

/// A bare key of TOML that is a word of a shell, too: letters, digits, "_" and "-", 64 at most.
[[nodiscard]] bool isServerName(const QString &name);

/// Whether a client that calls itself so ("claude-code 2.1", "claude-ai (via mcp-remote 0.1)") is that
/// program.
[[nodiscard]] bool isCalled(const Program &program, const QString &client);

} // namespace gatehouse::clientfiles
