// SPDX-License-Identifier: GPL-3.0-or-later
#include "clientfiles/programs.h"

#include "base/json.h"
#include "base/quoting.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::clientfiles {

namespace {

using Id = ProgramId;

constexpr QLatin1StringView configFolder = "~config/"_L1;
constexpr QLatin1StringView codexFolder = "~codex/"_L1;
constexpr qsizetype longestName = 64;

/// In single quotes only where a shell could take something of it otherwise.
QString shellWord(const QString &text)
{
    const bool isPlain = !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
        return c.isLetterOrNumber() ? c.unicode() < 0x80 : u"-_./:@%+=,"_s.contains(c);
    });
    return isPlain ? text : base::shellWord(text.toUtf8());
}

/// Everything but what stands for itself anywhere in an address (RFC 3986 §2.3).
QByteArray encoded(const QByteArray &text)
{
    return text.toPercentEncoding();
}

QByteArray quoted(const QString &text)
{
    return base::writeJson(QJsonValue(text));
}

/// The members in the order in which their programs write them.
QByteArrayList membersFor(const Program &program, const QString &address)
{
    const QByteArray to = quoted(address);
    switch (program.id) {
    case Id::ClaudeCode:
    case Id::VsCode:
        return {"\"type\": \"http\"", "\"url\": " + to};
    case Id::ClaudeDesktop: // Its connectors come from the cloud, which does not reach this machine.
        return {"\"command\": \"npx\"", "\"args\": [\"-y\", \"mcp-remote\", " + to + ']'};
    case Id::GeminiCli: // "url" is HTTP+SSE there.
        return {"\"httpUrl\": " + to};
    case Id::Windsurf:
    case Id::Antigravity:
        return {"\"serverUrl\": " + to};
    default:
        return {"\"url\": " + to};
    }
}

} // namespace

const QList<Program> &programs()
{
    static const QList<Program> all{
        {Id::ClaudeCode,
         u"Claude Code"_s,
         Notation::Json,
         u"mcpServers"_s,
         u".claude.json"_s,
         u".mcp.json"_s,
         {u"claude"_s},
         {u".claude.json"_s, u".claude"_s},
         {u"claude-code"_s}},
        {Id::ClaudeDesktop,
         u"Claude Desktop"_s,
         Notation::Json,
         u"mcpServers"_s,
         u"~config/Claude/claude_desktop_config.json"_s,
         {},
         {u"claude-desktop"_s},
         {u"~config/Claude"_s},
         {u"claude-ai"_s, u"claude-desktop"_s}},
        {Id::Cursor,
         u"Cursor"_s,
         Notation::Json,
         u"mcpServers"_s,
         u".cursor/mcp.json"_s,
         u".cursor/mcp.json"_s,
         {u"cursor"_s, u"cursor-agent"_s},
         {u".cursor"_s, u"~config/Cursor"_s},
         {u"cursor"_s}},
        {Id::VsCode,
         u"VS Code"_s,
         Notation::Json,
         u"servers"_s,
         u"~config/Code/User/mcp.json"_s,
         u".vscode/mcp.json"_s,
         {u"code"_s},
         {u"~config/Code/User"_s},
         {u"visual studio code"_s, u"visual-studio-code"_s}},
        {Id::Codex,
         u"Codex"_s,
         Notation::Toml,
         u"mcp_servers"_s,
         u"~codex/config.toml"_s,
         u".codex/config.toml"_s,
         {u"codex"_s},
         {u"~codex/"_s},
         {u"codex"_s}},
        {Id::GeminiCli,
         u"Gemini CLI"_s,
         Notation::Json,
         u"mcpServers"_s,
         u".gemini/settings.json"_s,
         u".gemini/settings.json"_s,
         {u"gemini"_s},
         {u".gemini/settings.json"_s},
         {u"gemini-cli"_s}},
        {Id::Antigravity,
         u"Antigravity"_s,
         Notation::Json,
         u"mcpServers"_s,
         u".gemini/config/mcp_config.json"_s,
         {},
         {u"antigravity"_s, u"agy"_s},
         {u".gemini/config"_s},
         {u"antigravity"_s}},
        {Id::Windsurf,
         u"Windsurf"_s,
         Notation::Json,
         u"mcpServers"_s,
         u".codeium/windsurf/mcp_config.json"_s,
         {},
         {u"windsurf"_s},
         {u".codeium/windsurf"_s},
         {u"windsurf"_s}},
        {Id::Zed,
         u"Zed"_s,
         Notation::Json,
         u"context_servers"_s,
         u"~config/zed/settings.json"_s,
         u".zed/settings.json"_s,
         {u"zed"_s, u"zeditor"_s},
         {u"~config/zed"_s},
         {u"zed"_s}},
        {Id::LmStudio,
         u"LM Studio"_s,
         Notation::Json,
         u"mcpServers"_s,
         u".lmstudio/mcp.json"_s,
         {},
         {u"lm-studio"_s, u"lms"_s},
         {u".lmstudio"_s},
         {u"lm studio"_s, u"lm-studio"_s, u"lmstudio"_s}},
        {Id::Inspector,
         u"MCP Inspector"_s,
         Notation::None,
         {},
         {},
         {},
         {u"npx"_s},
         {},
         {u"mcp-inspector"_s, u"inspector-client"_s}},
    };
    return all;
}

const Program &programOf(ProgramId id)
{
    return *std::find_if(programs().begin(), programs().end(),
                         [id](const Program &program) { return program.id == id; });
}

QString pathOf(const QString &written, const Places &places)
{
    if (written.startsWith(configFolder))
        return places.config + u'/' + written.mid(configFolder.size());
    if (written.startsWith(codexFolder))
        return places.codex + u'/' + written.mid(codexFolder.size());
    return places.home + u'/' + written;
}

QString fileOf(const Program &program, const Places &places, const QString &project)
{
    if (!project.isEmpty())
        return program.projectFile.isEmpty() ? QString() : project + u'/' + program.projectFile;
    return program.userFile.isEmpty() ? QString() : pathOf(program.userFile, places);
}

QByteArray entryFor(const Program &program, const QString &address)
{
    if (program.notation == Notation::Toml) // A JSON string is a basic string of TOML, but for DEL.
        return "url = " + quoted(address) + '\n';
    return "{\n  " + membersFor(program, address).join(",\n  ") + "\n}";
}

QByteArray fileFor(const Program &program, const QString &name, const QString &address)
{
    const QByteArray entry = entryFor(program, address);
    if (program.notation == Notation::Toml)
        return '[' + program.group.toUtf8() + '.' + name.toUtf8() + "]\n" + entry;
    return "{\n  " + quoted(program.group) + ": {\n    " + quoted(name) + ": "
        + QByteArray(entry).replace("\n", "\n    ") + "\n  }\n}\n";
}

QString commandFor(const Program &program, const QString &name, const QString &address, bool isForProject)
{
    const QString to = shellWord(address);
    switch (program.id) {
    case Id::ClaudeCode:
        return u"claude mcp add --transport http --scope %1 %2 %3"_s.arg(
            isForProject ? u"project"_s : u"user"_s, name, to);
    case Id::GeminiCli:
        return u"gemini mcp add --transport http --scope %1 %2 %3"_s.arg(
            isForProject ? u"project"_s : u"user"_s, name, to);
    case Id::VsCode:
        if (isForProject)
            return {}; // It knows the user's alone.
        return u"code --add-mcp "_s
            + shellWord(QString::fromUtf8(base::writeJson(
                QJsonObject{{u"name"_s, name}, {u"type"_s, u"http"_s}, {u"url"_s, address}})));
    case Id::Codex:
        return isForProject ? QString() : u"codex mcp add %1 --url %2"_s.arg(name, to);
    case Id::Inspector:
        return u"npx @modelcontextprotocol/inspector"_s;
    default:
        return {};
    }
}

QString signInCommandFor(const Program &program, const QString &name)
{
    return program.id == Id::ClaudeCode ? u"claude mcp login "_s + name
        : program.id == Id::Codex       ? u"codex mcp login "_s + name
                                        : QString();
}

QByteArray linkFor(const Program &program, const QString &name, const QString &address)
{
    const QByteArray entry = base::writeJson(QJsonObject{{u"url"_s, address}});
    const QByteArray config = "?name=" + name.toUtf8() + "&config=" + encoded(entry.toBase64());
    switch (program.id) {
    case Id::Cursor:
        return "cursor://anysphere.cursor-deeplink/mcp/install" + config;
    case Id::LmStudio:
        return "lmstudio://add_mcp" + config;
    case Id::VsCode:
        return "vscode:mcp/install?"
            + encoded(base::writeJson(
                QJsonObject{{u"name"_s, name}, {u"type"_s, u"http"_s}, {u"url"_s, address}}));
    case Id::Inspector:
        return "http://localhost:6274/?transport=streamable-http&serverUrl=" + encoded(address.toUtf8());
    default:
        return {};
    }
}

bool isServerName(const QString &name)
{
    return !name.isEmpty() && name.size() <= longestName && !name.startsWith(u'-')
        && std::all_of(name.begin(), name.end(), [](QChar c) {
               return (c.isLetterOrNumber() && c.unicode() < 0x80) || c == u'_' || c == u'-';
           });
}

bool isCalled(const Program &program, const QString &client)
{
    const QString lower = client.toLower();
    return std::any_of(program.calls.begin(), program.calls.end(), [&lower](const QString &begin) {
        return lower.startsWith(begin)
            && (lower.size() == begin.size() || !lower.at(begin.size()).isLetter());
    });
}

} // namespace gatehouse::clientfiles
