// SPDX-License-Identifier: GPL-3.0-or-later
#include "clientfiles/commentedjson.h"
#include "clientfiles/entries.h"
#include "fuzz/fuzz.h"

using namespace gatehouse::clientfiles;
using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView address = "http://localhost:3000/mcp"_L1;

/// The file of a program as it may be: half typed, made by others, or spoiled.
void tryFile(const Program &program, const QByteArray &input)
{
    const QString name = u"gatehouse"_s;
    const auto made = withServer(program, input, name, address);
    if (!made) {
        const FileFault &fault = made.error();
        fuzz::require(fault.kind != FileFault::Kind::Syntax || (fault.line > 0 && !fault.words.isEmpty()),
                      "a fault without a place or a word");
        return;
    }
    fuzz::require(withServer(program, *made, name, address).value_or("?") == *made, "written twice");
    const auto there = serverIn(program, *made, name);
    fuzz::require(there && there->contains(QByteArrayView(address.data(), address.size())), "not there");
    const auto without = withoutServer(program, *made, name);
    fuzz::require(without.has_value() || without.error().kind == FileFault::Kind::Uncertain,
                  "taken out, and not understood any more");
    const QList<DifferenceLine> lines = differenceOf(program, input, *made, address);
    fuzz::require(lines.isEmpty() == (*made == input), "a difference that is none");
}

} // namespace

void fuzz::tryInput(const QByteArray &input)
{
    tryFile(programOf(ProgramId::Cursor), input);
    tryFile(programOf(ProgramId::Codex), input);
    require(strictJson(input).size() == input.size(), "another length");
}

QByteArrayList fuzz::seeds()
{
    return {
        "{\n  // mine\n  \"mcpServers\": {\n    \"a\": { \"url\": \"https://a\", \"env\": { \"K\": \"V\" } "
        "}, /* b */\n  },\n}\n",
        "\xEF\xBB\xBF{\r\n\t\"mcpServers\": {\r\n\t\t\"gatehouse\": { \"url\": \"https://a\" "
        "}\r\n\t}\r\n}\r\n",
        R"({"a":[1,2.50,"\u00e4\"//"],"mcpServers":{"a":{},"b":null},"c":{"d":true}})",
        "# mine\nmodel = 'x'\n\n[mcp_servers.a]\ncommand = \"b\" # c\nargs = [ 'd', # e\n \"f\" "
        "]\n\n[[p]]\nq = 1\n",
        "[mcp_servers.gatehouse]\nurl = \"https://a\"\nenabled = false\n[mcp_servers.gatehouse.tools.x]\na = "
        "1\n",
        "a = '''\n[mcp_servers]\n'''\nb = \"\"\"c\\\n \"\"\"\nd.e = { f = 1979-05-27T07:32:00Z, g = [ 0x1F, "
        "1e3, inf ] }\n",
    };
}
