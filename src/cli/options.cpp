// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options.h"

#include "cli/commands.h"

#include <QHostAddress>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace gatehouse::cli {

namespace {

void print(FILE *stream, const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stream);
    std::fflush(stream);
}

} // namespace

std::optional<int> parse(QCommandLineParser &parser, const QStringList &arguments)
{
    const QCommandLineOption help = parser.addHelpOption();
    if (!parser.parse(arguments)) {
        printError(parser.errorText());
        return Usage;
    }
    if (parser.isSet(help)) {
        print(stdout, parser.helpText());
        return Ok;
    }
    return std::nullopt;
}

void printLine(const QString &line)
{
    print(stdout, line + u'\n');
}

void printError(const QString &line)
{
    print(stderr, u"gatehouse: "_s + line + u'\n');
}

void addServerOptions(QCommandLineParser &parser)
{
    parser.addOptions({{u"port"_s, u"Port to listen on (3000); 0 takes a free one."_s, u"PORT"_s},
                       {u"host"_s, u"IP address to listen on (127.0.0.1)."_s, u"ADDRESS"_s}});
}

base::Expected<host::Settings, QString> settingsFrom(const QCommandLineParser &parser)
{
    host::Settings settings;
    if (parser.isSet(u"host"_s)) {
        settings.host = parser.value(u"host"_s);
        if (QHostAddress(settings.host).isNull())
            return base::failure(u"--host wants an IP address; this is \"%1\"."_s.arg(settings.host));
    }
    if (parser.isSet(u"port"_s)) {
        bool ok = false;
        settings.port = parser.value(u"port"_s).toUShort(&ok);
        if (!ok)
            return base::failure(
                u"--port wants a number from 0 to 65535; this is \"%1\"."_s.arg(parser.value(u"port"_s)));
    }
    return settings;
}

} // namespace gatehouse::cli
