// SPDX-License-Identifier: GPL-3.0-or-later
// bench_client URL TOKEN SECONDS REVISION: calls get-profile again and again, one call after the other, and
// prints how many calls a second that makes.
#include "client/mcpclient.h"
#include "fetch/networkfetcher.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QUrl>

#include <cstdio>

using namespace gatehouse;

namespace {

struct Run
{
    client::McpClient mcp;
    qint64 lengthMs;
    static constexpr qint64 warmMs = 2000;
    QElapsedTimer time = {};
    qint64 calls = 0;
    bool isWarm = false;

    void call()
    {
        mcp.callTool(QStringLiteral("get-profile"), {},
                     [this](const base::Expected<client::Result, client::Error> &answer) {
                         if (!answer) {
                             std::fprintf(stderr, "%s\n", qPrintable(answer.error().text));
                             QCoreApplication::exit(1);
                             return;
                         }
                         ++calls;
                         // A new server is not sent a second call over one connection before it has shown
                         // that it keeps it.
                         if (!isWarm && time.elapsed() >= warmMs) {
                             isWarm = true;
                             calls = 0;
                             time.start();
                         }
                         if (!isWarm || time.elapsed() < lengthMs)
                             return call();
                         std::printf("%.0f\n", double(calls) * 1000 / double(time.elapsed()));
                         QCoreApplication::exit(0);
                     });
    }
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() != 5)
        return 2;
    fetch::NetworkFetcher fetcher;
    Run run{{QUrl(words[1]), &fetcher}, words[3].toLongLong() * 1000};
    run.mcp.setAccessToken(words[2].toLatin1());
    run.mcp.setRevision(words[4]);
    run.mcp.open([&run](const base::Expected<client::ServerInfo, client::Error> &info) {
        if (!info) {
            std::fprintf(stderr, "%s\n", qPrintable(info.error().text));
            QCoreApplication::exit(1);
            return;
        }
        run.time.start();
        run.call();
    });
    return QCoreApplication::exec();
}
