// SPDX-License-Identifier: GPL-3.0-or-later
// Documents by organization in SQLite, or for several machines in PostgreSQL:
// DOCUMENTS=postgresql://host/database. Beside them a tool and a prompt of its own.
#include <Gatehouse/Server>

using namespace Gatehouse;

int main()
{
    Server server({.name = "documents", .version = "1.0.0", .oauth = workOS()});

    server.documents(qEnvironmentVariable("DOCUMENTS", "documents.sqlite"));

    server.tool({.name = "get-organization", .description = "Whose documents you see", .readOnly = true},
                [](const Call &call) -> Result {
                    if (call.user.organizationId.isEmpty())
                        return error("Organization context required");
                    return structured({{"organization", call.user.organizationId},
                                       {"mayWrite", call.user.permissions.contains("documents:write")}});
                });

    server.prompt({.name = "sum-up",
                   .description = "Sums up one document",
                   .arguments = {{.name = "id", .description = "As get-documents has it", .required = true}}},
                  [](const Call &call) {
                      return "Read documents://" + call.arguments["id"].toString()
                          + " and sum it up in three sentences.";
                  });

    return server.listen(qEnvironmentVariable("PORT", "3000").toInt());
}
