// SPDX-License-Identifier: GPL-3.0-or-later
// mcp-use's page about its WorkOS provider in C++: docs/library.md has both side by side.
#include <QUrl>

#include <Gatehouse/Server>

using namespace Gatehouse;

/// What this organization has. A program of your own asks its database here.
static QJsonArray documentsOf(const QString &organization)
{
    return {QJsonObject{{"id", "welcome"}, {"title", "Welcome, " + organization}}};
}

int main()
{
    // Reads MCP_USE_OAUTH_WORKOS_SUBDOMAIN. By hand: workOS({.subdomain = "your-company", .verifyJwt =
    // false})
    Server server({.name = "my-server", .version = "1.0.0", .oauth = workOS()});

    server.tool({.name = "get-profile", .description = "Who is signed in", .readOnly = true},
                [](const Call &call) {
                    return structured({{"userId", call.user.id},
                                       {"email", call.user.email},
                                       {"name", call.user.name},
                                       {"organization", call.user.organizationId},
                                       {"roles", QJsonArray::fromStringList(call.user.roles)}});
                });

    server.tool({.name = "get-documents", .description = "Documents of your organization", .readOnly = true},
                [](const Call &call) -> Result {
                    if (call.user.organizationId.isEmpty())
                        return error("Organization context required");
                    return structured({{"documents", documentsOf(call.user.organizationId)}});
                });

    server.tool({.name = "get-workos-user", .description = "What WorkOS knows of you", .readOnly = true},
                [](const Call &call, const Reply &reply) {
                    fetch(qEnvironmentVariable("WORKOS_API", "https://api.workos.com")
                              + "/user_management/users/" + QUrl::toPercentEncoding(call.user.id),
                          {{"Authorization", "Bearer " + qEnvironmentVariable("WORKOS_API_KEY")}},
                          [reply](int status, const QJsonObject &user) {
                              reply(status == 200 ? structured(user)
                                                  : error("WorkOS answered " + QString::number(status)));
                          });
                });

    return server.listen(qEnvironmentVariable("PORT", "3000").toInt());
}
