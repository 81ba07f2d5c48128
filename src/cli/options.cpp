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

std::optional<int> parse(QCommandLineParser &parser, const QStringList &arguments, qsizetype positionals)
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
    const QStringList words = parser.positionalArguments();
    if (words.size() > positionals) {
        printError(u"%1 takes no \"%2\"."_s.arg(arguments.first(), words.at(positionals)));
        return Usage;
    }
    return std::nullopt;
}

base::Expected<int, QString> numberOf(const QCommandLineParser &parser, const QString &name, int least,
                                      int most)
{
    bool ok = false;
    const int number = parser.value(name).toInt(&ok);
    if (!ok || number < least || number > most) {
        return base::failure(
            u"--%1 wants a whole number from %2 to %3; this is \"%4\"."_s.arg(name).arg(least).arg(most).arg(
                parser.value(name)));
    }
    return number;
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
        const auto port = numberOf(parser, u"port"_s, 0, 65535);
        if (!port)
            return base::failure(port.error());
        settings.port = *port;
    }
    return settings;
}

} // namespace gatehouse::cli
