// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/listing.h"

#include "base/json.h"
#include "base/jsontext.h"
#include "cli/clientoptions.h"
#include "cli/clientrun.h"
#include "cli/commands.h"
#include "cli/content.h"
#include "cli/options.h"

#include <QCommandLineParser>
#include <QJsonArray>

#include <array>

using namespace Qt::StringLiterals;

namespace gatehouse::cli {

namespace {

using oauth::Errand;

QString textOf(const QJsonObject &entry, QLatin1StringView member)
{
    return entry.value(member).toString();
}

/// "name – title", without what is not there or the same.
QString headOf(const QString &key, const QJsonObject &entry)
{
    QString title = textOf(entry, "title"_L1);
    if (title.isEmpty() && key != textOf(entry, "name"_L1))
        title = textOf(entry, "name"_L1);
    return title.isEmpty() || title == key ? key : key + u" – "_s + title;
}

QStringList indented(const QString &text)
{
    QStringList lines = text.isEmpty() ? QStringList() : text.split(u'\n');
    for (QString &line : lines)
        line.prepend(u"  "_s);
    return lines;
}

QString argumentLine(const QString &name, const QString &type, bool isRequired, const QString &about)
{
    QStringList words;
    if (!type.isEmpty())
        words.append(type);
    if (isRequired)
        words.append(u"required"_s);
    return u"    "_s + name + (words.isEmpty() ? QString() : u": "_s + words.join(u", "_s))
        + (about.isEmpty() ? QString() : u" – "_s + QString(about).replace(u'\n', u' '));
}

QString typeOf(const QJsonObject &property)
{
    const QJsonValue type = property.value("type"_L1);
    if (!type.isArray())
        return type.toString();
    QStringList types;
    const QJsonArray all = type.toArray();
    for (const QJsonValue &one : all)
        types.append(one.toString());
    return types.join(u" or "_s);
}

QStringList toolLines(const QJsonObject &tool)
{
    QStringList lines{headOf(textOf(tool, "name"_L1), tool)};
    lines += indented(textOf(tool, "description"_L1));
    const QJsonObject schema = tool.value("inputSchema"_L1).toObject();
    const QJsonArray required = schema.value("required"_L1).toArray();
    const QJsonObject properties = schema.value("properties"_L1).toObject();
    for (auto one = properties.begin(); one != properties.end(); ++one) {
        const QJsonObject property = one->toObject();
        lines.append(argumentLine(one.key(), typeOf(property), required.contains(one.key()),
                                  textOf(property, "description"_L1)));
    }
    return lines;
}

QStringList resourceLines(const QJsonObject &resource, QLatin1StringView key)
{
    QString head = headOf(textOf(resource, key), resource);
    if (const QString type = textOf(resource, "mimeType"_L1); !type.isEmpty())
        head += u" ("_s + type + u')';
    return QStringList{head} + indented(textOf(resource, "description"_L1));
}

QStringList promptLines(const QJsonObject &prompt)
{
    QStringList lines{headOf(textOf(prompt, "name"_L1), prompt)};
    lines += indented(textOf(prompt, "description"_L1));
    const QJsonArray all = prompt.value("arguments"_L1).toArray();
    for (const QJsonValue &one : all)
        lines.append(argumentLine(one["name"_L1].toString(), {}, one["required"_L1].toBool(),
                                  one["description"_L1].toString()));
    return lines;
}

QJsonArray arrayOf(const QList<QJsonObject> &entries)
{
    QJsonArray array;
    for (const QJsonObject &entry : entries)
        array.append(entry);
    return array;
}

void tellRemark(const oauth::Flow &flow, bool json)
{
    if (const QString remark = flow.listRemark(); !remark.isEmpty())
        json ? printError(QJsonObject{{u"event"_s, u"remark"_s}, {u"text"_s, remark}}) : printError(remark);
}

int finishTools(const oauth::Flow &flow, const QString &name, bool json)
{
    if (flow.failure())
        return exitCodeOf(flow);
    tellRemark(flow, json);
    QList<QJsonObject> shown = flow.entries();
    if (!name.isEmpty())
        shown.removeIf([&name](const QJsonObject &tool) { return textOf(tool, "name"_L1) != name; });
    if (!name.isEmpty() && shown.isEmpty()) {
        printError(u"There is no tool \"%1\"."_s.arg(name));
        return ToolFailed;
    }
    if (json && !name.isEmpty()) {
        printJson(shown.first());
    } else if (json) {
        printJson(QJsonObject{{u"tools"_s, arrayOf(shown)}});
    } else if (!name.isEmpty()) {
        printText(QString::fromUtf8(base::indentedJson(base::writeJson(shown.first()))));
    } else {
        QStringList lines;
        for (const QJsonObject &tool : std::as_const(shown))
            lines += toolLines(tool);
        printLines(lines);
    }
    return Ok;
}

int finishOthers(const oauth::Flow &flow, Errand errand, bool json)
{
    if (flow.failure())
        return exitCodeOf(flow);
    tellRemark(flow, json);
    const bool isOfResources = errand == Errand::Resources;
    if (json) {
        QJsonObject all{{isOfResources ? u"resources"_s : u"prompts"_s, arrayOf(flow.entries())}};
        if (isOfResources)
            all.insert(u"resourceTemplates"_s, arrayOf(flow.templates()));
        printJson(all);
        return Ok;
    }
    QStringList lines;
    for (const QJsonObject &one : flow.entries())
        lines += isOfResources ? resourceLines(one, "uri"_L1) : promptLines(one);
    for (const QJsonObject &one : flow.templates())
        lines += resourceLines(one, "uriTemplate"_L1);
    printLines(lines);
    return Ok;
}

int finishOne(const oauth::Flow &flow, Errand errand, bool json, const client::BlobWords &words)
{
    if (json && !flow.result().isEmpty())
        printJsonText(flow.resultJson());
    else if (!flow.failure())
        printText(errand == Errand::Resources ? client::contentsText(flow.result(), words)
                                              : client::messagesText(flow.result(), words));
    return exitCodeOf(flow);
}

/// What the three commands differ in.
struct ListingCommand
{
    Errand errand;
    QString about;
    QList<std::array<QString, 3>> positionals; ///< Name, description, how it stands in the usage line.
};

int runErrand(const ListingCommand &command, const QStringList &arguments)
{
    const Errand errand = command.errand;
    QCommandLineParser parser;
    parser.setApplicationDescription(command.about);
    for (const auto &[name, about, syntax] : command.positionals)
        parser.addPositionalArgument(name, about, syntax);
    addClientOptions(parser);
    if (errand == Errand::Resources)
        parser.addOption({u"save"_s, u"Folder in which a resource's bytes are saved."_s, u"DIR"_s});
    if (const auto exitCode = parse(parser, arguments, command.positionals.size()))
        return *exitCode;
    auto settings = flowSettingsFrom(parser);
    if (!settings)
        return usageError(settings.error());
    const QStringList given = parser.positionalArguments();
    const QString one = given.value(1);
    const bool json = parser.isSet(u"json"_s);
    settings->errand = errand;
    if (errand == Errand::Tools || one.isEmpty()) {
        settings->last = oauth::StepId::List;
        return runFlow(*settings, runWayFrom(parser), [errand, one, json](const oauth::Flow &flow) {
            return errand == Errand::Tools ? finishTools(flow, one, json) : finishOthers(flow, errand, json);
        });
    }
    settings->tool = one;
    settings->last = oauth::StepId::Call;
    if (given.size() == 3) {
        const auto object = base::readJsonObject(given.at(2).toUtf8());
        if (!object)
            return usageError(u"The arguments are no JSON object: %1"_s.arg(object.error().text));
        settings->arguments = *object;
    }
    const auto words = blobSaver(errand == Errand::Resources ? parser.value(u"save"_s) : QString());
    if (!words)
        return usageError(words.error());
    return runFlow(*settings, runWayFrom(parser), [errand, json, words = *words](const oauth::Flow &flow) {
        return finishOne(flow, errand, json, words);
    });
}

} // namespace

int runTools(const QStringList &arguments)
{
    return runErrand(
        {Errand::Tools,
         u"Lists the tools of any MCP server with what they take, or shows one of them whole.\n"
         "Exit codes: 0 ok, 1 usage, 3 sign-in refused, 4 unreachable, 5 there is no such tool."_s,
         {{u"URL"_s, u"The MCP server."_s, {}}, {u"NAME"_s, u"A tool."_s, u"[NAME]"_s}}},
        arguments);
}

int runResources(const QStringList &arguments)
{
    return runErrand(
        {Errand::Resources,
         u"Lists the resources of any MCP server and their templates, or reads one.\n"
         "Exit codes: 0 ok, 1 usage, 3 sign-in refused, 4 unreachable, 5 the server answered with an error."_s,
         {{u"URL"_s, u"The MCP server."_s, {}}, {u"URI"_s, u"A resource."_s, u"[URI]"_s}}},
        arguments);
}

int runPrompts(const QStringList &arguments)
{
    return runErrand(
        {Errand::Prompts,
         u"Lists the prompts of any MCP server, or gets the messages of one.\n"
         "Exit codes: 0 ok, 1 usage, 3 sign-in refused, 4 unreachable, 5 the server answered with an error."_s,
         {{u"URL"_s, u"The MCP server."_s, {}},
          {u"NAME"_s, u"A prompt."_s, u"[NAME]"_s},
          {u"JSON"_s, u"Its arguments as an object ({})."_s, u"[JSON]"_s}}},
        arguments);
}

} // namespace gatehouse::cli
