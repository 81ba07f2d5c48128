// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options.h"

#include "auth/issuer.h"
#include "base/json.h"
#include "base/jsontext.h"
#include "base/quoting.h"
#include "cli/commands.h"
#include "cli/platform.h"
#include "host/settingsfile.h"
#include "host/settingstable.h"
#include "inspector/foreigntext.h"
#include "oauth/browser.h"

#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QUrl>

#include <cstdio>
#include <type_traits>

using namespace Qt::StringLiterals;

namespace gatehouse::cli {

namespace {

using host::Notation;
using host::Setting;

void print(FILE *stream, const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stream);
    std::fflush(stream);
}

/// Each as one line that a terminal does not obey.
QByteArray bytesOf(const QStringList &lines)
{
    QByteArray all;
    for (const QString &line : lines)
        all += inspector::escapedForDisplay(line).toUtf8() + '\n';
    return all;
}

/// "Port to listen on; 0 takes a free one (3000)."
QString helpOf(const Setting &setting)
{
    QString text = QString::fromLatin1(setting.help);
    text[0] = text[0].toUpper();
    if (!setting.choices.isEmpty())
        text += u": "_s + setting.choices.join(u", "_s);
    if (setting.notation == Notation::Lines)
        text += u"; may be repeated"_s;
    const bool isSwitch = setting.notation == Notation::TurnsOn || setting.notation == Notation::TurnsOff;
    return isSwitch ? text + u'.' : text + u" (%1)."_s.arg(setting.defaultText());
}

/// What the option says, into the setting. The error is a sentence that names the option.
base::Expected<void, QString> read(const QCommandLineParser &parser, const Setting &setting,
                                   host::Settings &settings)
{
    const QString value = parser.value(setting.option);
    const auto set = [&](const auto &now) {
        std::visit(
            [&](auto place) {
                if constexpr (std::is_same_v<decltype(settings.*place),
                                             std::add_lvalue_reference_t<std::decay_t<decltype(now)>>>)
                    settings.*place = now;
                else
                    Q_ASSERT_X(false, "read", "the table of settings has an option of another kind");
            },
            setting.member);
    };
    switch (setting.notation) {
    case Notation::Text:
        set(value);
        break;
    case Notation::Number: {
        const auto number = numberOf(parser, setting.option, setting.lowest, setting.highest);
        if (!number)
            return base::failure(number.error());
        set(*number);
        break;
    }
    case Notation::Words:
        set(words(value));
        break;
    case Notation::Lines:
        set(parser.values(setting.option));
        break;
    case Notation::OnOff:
        if (value != "on"_L1 && value != "off"_L1)
            return base::failure(u"--%1 is on or off; this is \"%2\"."_s.arg(setting.option, value));
        set(value == "on"_L1);
        break;
    case Notation::TurnsOn:
        set(true);
        break;
    case Notation::TurnsOff:
        set(false);
        break;
    }
    return {};
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
        print(stdout, parser.helpText().toUtf8());
        return Ok;
    }
    const QStringList words = parser.positionalArguments();
    if (words.size() > positionals) {
        printError(u"%1 takes no \"%2\"."_s.arg(arguments.first(), words.at(positionals)));
        return Usage;
    }
    return std::nullopt;
}

int usageError(const QString &text)
{
    printError(text);
    return Usage;
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
    print(stdout, inspector::escapedForDisplay(line).toUtf8() + '\n');
}

void printLines(const QStringList &lines)
{
    print(stdout, bytesOf(lines));
}

void printText(const QString &text)
{
    const QString shown
        = outputIsTerminal() ? inspector::escapedForDisplay(text, inspector::Space::Text) : text;
    print(stdout, shown.toUtf8() + '\n');
}

void printJson(const QJsonValue &json)
{
    print(stdout, base::terminalJson(base::writeJson(json)) + '\n');
}

void printJsonText(const QByteArray &json)
{
    print(stdout, base::terminalJson(base::compactJson(json)) + '\n');
}

void printJsonLines(const QByteArray &lines)
{
    print(stdout, lines);
}

void printError(const QString &line)
{
    print(stderr, "gatehouse: " + inspector::escapedForDisplay(line).toUtf8() + '\n');
}

void printErrorText(const QString &text)
{
    print(stderr, "gatehouse: " + bytesOf(text.split(u'\n')));
}

void printError(const QJsonObject &json)
{
    print(stderr, base::terminalJson(base::writeJson(json)) + '\n');
}

base::Expected<QByteArray, QString> secretFrom(const QString &word)
{
    if (word != "-"_L1)
        return word.toUtf8();
    constexpr qint64 maximumBytes = 64 * 1024;
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return base::failure(u"Standard input cannot be read."_s);
    // Empty lines before it are skipped; a folder, or what is closed, gives not even those.
    QByteArray text;
    constexpr int mostLines = 100;
    for (int lines = 0; text.isEmpty() && lines < mostLines; ++lines) {
        const QByteArray line = input.readLine(maximumBytes);
        if (line.isEmpty())
            break;
        text = line.trimmed();
    }
    if (text.isEmpty())
        return base::failure(u"Nothing came from standard input."_s);
    return text;
}

base::Expected<QString, QString> issuerFrom(const QString &word)
{
    const auto issuer = auth::issuerFromSubdomain(word);
    if (!word.contains("://"_L1))
        return issuer;
    const QUrl url(word, QUrl::StrictMode);
    if (oauth::mayOpen(url) && url.userInfo().isEmpty() && !url.hasQuery() && !url.hasFragment())
        return word;
    return issuer ? base::failure(u"\"%1\" is no address of an issuer."_s.arg(word)) : issuer;
}

bool confirm(const QString &question)
{
    if (!hasTerminal())
        return false;
    print(stderr, "gatehouse: " + inspector::escapedForDisplay(question).toUtf8() + " [y/N] ");
    const QByteArray answer = lineFromTerminal().toLower();
    return answer == "y" || answer == "yes";
}

void addServerOptions(QCommandLineParser &parser)
{
    for (const Setting &setting : host::settingsTable()) {
        if (!setting.option.isEmpty())
            parser.addOption({setting.option, helpOf(setting), setting.unit});
    }
    parser.addOption({u"config"_s, u"Settings file to read instead of the user's own."_s, u"FILE"_s});
}

QString settingsFileFrom(const QCommandLineParser &parser)
{
    return parser.isSet(u"config"_s) ? parser.value(u"config"_s) : host::usualSettingsFile();
}

base::Expected<host::Configuration, QString> configurationFrom(const QCommandLineParser &parser,
                                                               const QHash<QString, QString> &environment)
{
    const QString file = settingsFileFrom(parser);
    const auto kept
        = parser.isSet(u"config"_s) ? host::readSettingsFile(file) : host::readSettingsFileIfThere(file);
    if (!kept)
        return base::failure(kept.error());
    host::Configuration out;
    out.kept = *kept;
    out.settings = *kept;
    out.readEnvironment(environment);
    host::Settings &settings = out.settings;
    for (const Setting &setting : host::settingsTable()) {
        if (setting.option.isEmpty() || !parser.isSet(setting.option))
            continue;
        if (const auto given = read(parser, setting, settings); !given)
            return base::failure(given.error());
        out.overrides.insert(setting.field, u"--"_s + setting.option);
    }
    if (parser.isSet(u"subdomain"_s) && settings.subdomain.isEmpty())
        return base::failure(u"--subdomain wants a name; leave it out for the sandbox."_s);
    const QList<host::SettingsFault> faults = host::validate(settings);
    if (faults.isEmpty())
        return out;
    // What forbids verifyJwt off is the address that was asked for.
    const host::SettingsFault &fault = faults.first();
    const QString field = fault.field == "verifyJwt"_L1 ? u"host"_s : fault.field;
    return base::failure(out.overrides.value(field, field) + u": "_s + fault.text);
}

void addRecordOption(QCommandLineParser &parser)
{
    parser.addOption({u"record"_s,
                      u"Keeps all that passes in this session file as it goes, its secrets masked."_s,
                      u"FILE"_s});
}

base::Expected<QString, QString> recordFileFrom(const QCommandLineParser &parser)
{
    const QString file = parser.value(u"record"_s);
    if (parser.isSet(u"record"_s) && file.isEmpty())
        return base::failure(u"--record wants a file."_s);
    return file.isEmpty() ? QString() : QFileInfo(file).absoluteFilePath();
}

QStringList words(const QString &text)
{
    return text.simplified().split(u' ', Qt::SkipEmptyParts);
}

} // namespace gatehouse::cli
