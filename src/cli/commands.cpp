// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"

#include "cli/call.h"
#include "cli/export.h"
#include "cli/listing.h"
#include "cli/sandbox.h"
#include "cli/serve.h"
#include "cli/verify.h"

#include <QList>

using namespace Qt::StringLiterals;

namespace gatehouse::cli {

namespace {

struct Row
{
    QString name;
    Command command;
    QString words;
};

const QList<Row> &rows()
{
    static const QList<Row> all = {
        {u"serve"_s, runServe, u"the server without a window: one line per request"_s},
        {u"sandbox"_s, runSandbox, u"only the sandbox authorization server"_s},
        {u"token"_s, runToken, u"print an access token of the running sandbox"_s},
        {u"login"_s, runLogin, u"sign in to any MCP server and list its tools"_s},
        {u"logout"_s, runLogout, u"forget a sign-in, and have it revoked"_s},
        {u"call"_s, runCall, u"sign in to any MCP server and call one of its tools"_s},
        {u"tools"_s, runTools, u"list the tools of any MCP server, or show one"_s},
        {u"resources"_s, runResources, u"list its resources, or read one"_s},
        {u"prompts"_s, runPrompts, u"list its prompts, or get one"_s},
        {u"export"_s, runExport, u"what a session file holds, for other programs"_s},
        {u"verify"_s, runVerify, u"judge an access token and explain the verdict"_s},
    };
    return all;
}

QString lineOf(const QString &name, const QString &words)
{
    return u"  gatehouse %1 %2\n"_s.arg(name, -10).arg(words);
}

} // namespace

Command commandNamed(const QString &name)
{
    for (const Row &row : rows()) {
        if (row.name == name)
            return row.command;
    }
    return nullptr;
}

QString overview()
{
    QString text = u"gatehouse "_s + QStringLiteral(GATEHOUSE_VERSION)
        + u": an MCP server behind WorkOS AuthKit that shows everything that passes the gate\n\n"_s;
    for (const Row &row : rows())
        text += lineOf(row.name, row.words);
    text += lineOf(u"open"_s, u"look at session files, each in a window"_s); // The window's, and no command.
    return text + u"\n\"gatehouse COMMAND --help\" lists a command's options.\n"_s;
}

} // namespace gatehouse::cli
