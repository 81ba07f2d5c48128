// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/serve.h"

#include "auth/explanation.h"
#include "base/quoting.h"
#include "base/stopsignal.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/platform.h"
#include "host/apikey.h"
#include "host/host.h"
#include "host/sessionrun.h"
#include "inspector/words.h"
#include "records/recorder.h"
#include "server/server.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <memory>

using namespace Qt::StringLiterals;

namespace gatehouse::cli {

namespace {

void announce(const host::Running &running, bool json)
{
    if (json) {
        QJsonObject ready{{u"event"_s, u"listening"_s},  {u"mcp"_s, running.resource},
                          {u"issuer"_s, running.issuer}, {u"sandbox"_s, running.sandbox},
                          {u"port"_s, running.port},     {u"pid"_s, QCoreApplication::applicationPid()}};
        if (!running.sandboxSecret.isEmpty())
            ready.insert(u"sandboxSecret"_s, running.sandboxSecret);
        printJson(ready);
        return;
    }
    const QString issuer = running.issuer.isEmpty() ? u"without authorization"_s
        : running.sandbox                           ? u"tokens from the sandbox at %1"_s.arg(running.issuer)
                                                    : u"tokens from %1"_s.arg(running.issuer);
    const bool isThere = QUrl(running.resource).port() == running.port;
    const QString where
        = isThere ? running.resource : u"%1 (port %2)"_s.arg(running.resource, QString::number(running.port));
    printLine(u"Listening on %1, %2. Ctrl+C ends."_s.arg(where, issuer));
    if (!running.sandboxSecret.isEmpty())
        printLine(u"Secret of the sandbox: %1"_s.arg(running.sandboxSecret));
}

void tell(const host::Notice &notice, bool json)
{
    const QString text = host::sentenceOf(notice);
    if (json)
        printJson(QJsonObject{
            {u"event"_s, u"notice"_s}, {u"kind"_s, host::nameOf(notice.kind)}, {u"text"_s, text}});
    else
        printError(text);
}

QString lineOf(const exchange::Exchange &exchange)
{
    const inspector::RowWords words = inspector::wordsOf(exchange);
    QString line = QStringList{words.time,   words.client,  words.call, words.status,
                               words.result, words.verdict, words.user, words.took}
                       .join(u"  "_s);
    if (const QString why = inspector::whyRefused(exchange); !why.isEmpty())
        line += u"  "_s + why;
    // Without a token every client begins; what to do about the rest is worth the room.
    const bool isAboutToken
        = exchange.refusal == exchange::Refusal::None && exchange.verdict.reason != auth::Reason::NoToken;
    if (isAboutToken && !exchange.verdict.accepted())
        line += u"  → "_s + inspector::escapedForDisplay(auth::explain(exchange.verdict).remedy);
    return line;
}

/// Null for no file. What is wrong with it is told, and what passes is served all the same.
std::unique_ptr<records::Recorder> recorderFor(const QString &path, bool json)
{
    if (path.isEmpty())
        return {};
    const auto told = [path, json](const std::optional<store::Fault> &fault) {
        const QString text = fault
            ? u"What passes is not recorded: %1"_s.arg(records::sentenceOf(*fault, path))
            : u"What passes is recorded again."_s;
        QMetaObject::invokeMethod(QCoreApplication::instance(), [text, json] {
            if (json)
                printJson(
                    QJsonObject{{u"event"_s, u"notice"_s}, {u"kind"_s, u"record"_s}, {u"text"_s, text}});
            else
                printError(text);
        });
    };
    return std::make_unique<records::Recorder>(path, base::systemClock(), told);
}

/// What is under way is answered first; a second signal does not wait for that.
void end(host::Host &server)
{
    base::onStopSignal(&server, [&server] { server.stop(); });
    constexpr std::chrono::milliseconds longest = server::Server::usualDrain;
    QTimer::singleShot(std::chrono::milliseconds(300), &server, [&server] {
        if (server.state() == host::Host::State::Listening)
            printError(
                u"What is under way is answered first, for %1 seconds at most. Ctrl+C ends at once."_s.arg(
                    server::Server::usualDrain.count()));
    });
    server.drain(longest, [&server] {
        // What was recorded last is on its way here: it is printed before the end.
        QMetaObject::invokeMethod(
            &server, [] { QCoreApplication::exit(Ok); }, Qt::QueuedConnection);
    });
}

int serve(const host::Configuration &configuration, records::Recorder *recorder, bool json)
{
    host::Host server;
    if (recorder)
        server.addSink(recorder);
    // Printed in small pieces: while many calls' lines are written, others wait for the processor.
    server.setBatchInterval(std::chrono::milliseconds(10));
    const auto begun = [&server, recorder, settings = configuration.settings] {
        if (recorder)
            recorder->beginRun(
                host::sessionRunOf(server.running(), settings, QDateTime::currentMSecsSinceEpoch()));
    };
    QObject::connect(&server, &host::Host::stateChanged, &server, [&server, begun, json] {
        if (server.state() == host::Host::State::Listening) {
            begun();
            announce(server.running(), json);
            for (const host::Notice &notice : server.running().notices)
                tell(notice, json);
        } else if (server.state() == host::Host::State::Failed) {
            printError(host::sentenceOf(server.error()));
            QCoreApplication::exit(CannotStart);
        }
    });
    QObject::connect(&server, &host::Host::noticed, &server,
                     [json](const host::Notice &notice) { tell(notice, json); });
    QObject::connect(&server, &host::Host::exchanged, &server,
                     [json](const QList<exchange::Exchange> &batch) {
                         QByteArray objects;
                         QStringList lines;
                         for (const exchange::Exchange &exchange : batch) {
                             if (exchange.outcome == exchange::Outcome::Running
                                 || exchange.source == exchange::Source::Sandbox)
                                 continue;
                             if (json)
                                 objects += base::terminalJson(inspector::jsonOf(exchange)) + '\n';
                             else
                                 lines.append(lineOf(exchange));
                         }
                         json ? printJsonLines(objects) : printLines(lines);
                     });
    base::onStopSignal(&server, [&server] { end(server); });
    server.setApiKey(host::environmentApiKey());
    server.start(configuration.settings);
    return QCoreApplication::exec();
}

} // namespace

int runServe(const QStringList &arguments)
{
    QCommandLineParser parser;
    QLocale::setDefault(QLocale::c()); // Its words are English, and so are its numbers.
    parser.setApplicationDescription(u"Serves MCP behind AuthKit without a window."_s);
    addServerOptions(parser);
    parser.addOption({u"json"_s, u"One JSON object per line."_s});
    addRecordOption(parser);
    if (const auto exitCode = parse(parser, arguments))
        return *exitCode;
    const auto configuration = configurationFrom(parser, host::processEnvironment());
    if (!configuration) {
        printError(configuration.error());
        return Usage;
    }
    const auto record = recordFileFrom(parser);
    if (!record) {
        printError(record.error());
        return Usage;
    }
    const bool json = parser.isSet(u"json"_s);
    auto recorder = recorderFor(*record, json);
    const int code = serve(*configuration, recorder.get(), json);
    recorder.reset();
    QCoreApplication::sendPostedEvents(); // What it had to say last.
    return code;
}

} // namespace gatehouse::cli
