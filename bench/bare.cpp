// SPDX-License-Identifier: GPL-3.0-or-later
// bare PORT: QHttpServer by itself with a fixed answer, as the ceiling of what can be reached with it.
#include <QCoreApplication>
#include <QHttpServer>
#include <QHttpServerResponse>

#include <cstdio>
#include <cstdlib>

using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QByteArray answer = R"({"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":")"
        + QByteArray(220, 'x') + R"("}]}})";
    QHttpServer server;
    server.route(u"/mcp"_s, [&answer] { return QHttpServerResponse("application/json"_ba, answer); });
    if (argc < 2 || server.listen(QHostAddress::LocalHost, quint16(std::atoi(argv[1]))) == 0) {
        std::fputs("bare PORT\n", stderr);
        return 1;
    }
    return QCoreApplication::exec();
}
