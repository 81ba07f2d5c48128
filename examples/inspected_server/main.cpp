// SPDX-License-Identifier: GPL-3.0-or-later
// A server of your own under Gatehouse's window: each call with its claims and the verdict on them. Without
// an AuthKit environment the sandbox stands in for it.
#include <QApplication>
#include <QDateTime>

#include <Gatehouse/Inspector>

using namespace Gatehouse;

int main(int argc, char *argv[])
{
    const QApplication application(argc, argv);
    Server server({.name = "clock", .version = "1.0.0", .title = "Clock"});
    server.tool({.name = "now", .description = "What time it is, for whom", .readOnly = true},
                [](const Call &call) {
                    return structured({{"time", QDateTime::currentDateTimeUtc().toString(Qt::ISODate)},
                                       {"user", call.user.email}});
                });
    return inspect(server, qEnvironmentVariable("PORT", "3000").toInt());
}
